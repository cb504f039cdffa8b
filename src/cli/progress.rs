//! Shows progress: a bar on a terminal, a line every few seconds elsewhere.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::publish::{Language, Step};

/// Shorter work shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// The time between two lines where stderr is no terminal.
const LINES_APART: Duration = Duration::from_secs(5);

pub(super) struct Bar {
    shown: ProgressBar,
    language: Language,
    started: Instant,
    last_line: Instant,
}

impl Bar {
    pub(super) fn new(language: Language) -> Self {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(1), target);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {percent} %") {
            bar.set_style(style);
        }
        let now = Instant::now();
        Self {
            shown: bar,
            language,
            started: now,
            last_line: now,
        }
    }

    pub(super) fn tell(&mut self, step: &Step, done: usize, total: usize) {
        if self.started.elapsed() < PATIENCE {
            return;
        }
        let said = self.words(step);
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        self.shown.set_length(count(total));
        self.shown.set_position(count(done));
        self.shown.set_message(said.clone());
        if self.shown.is_hidden() && self.last_line.elapsed() >= LINES_APART {
            self.last_line = Instant::now();
            eprintln!("{said} {done}/{total}");
        }
    }

    pub(super) fn clear(&self) {
        self.shown.finish_and_clear();
    }

    fn words(&self, step: &Step) -> String {
        let (zh, en) = match step {
            Step::Reading(file) => {
                return match self.language {
                    Language::Zh => format!("读取 {file}"),
                    Language::En => format!("reading {file}"),
                };
            }
            Step::Comparing => ("互相比对", "comparing stations"),
            Step::Writing => ("写入", "writing"),
            Step::ReadingBack => ("读回核对", "reading back"),
        };
        match self.language {
            Language::Zh => zh.to_owned(),
            Language::En => en.to_owned(),
        }
    }
}
