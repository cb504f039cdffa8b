//! The hours found so far, each with the days that they belong to.

use crate::publish::hours::choices::Choices;
use crate::publish::hours::piece::{Gap, Span};
use crate::publish::hours::selector::{Days, Selector, is_of_week, is_overriding, is_part_of_year};

/// Days with the hours that they have.
pub(super) struct Scope {
    /// None: every day.
    pub(super) days: Vec<Vec<Selector>>,
    pub(super) spans: Vec<Span>,
    /// Whether the days follow the hours.
    is_postfix: bool,
}

/// The hours so far.
#[derive(Default)]
pub(super) struct Scopes {
    pub(super) open: Vec<Scope>,
    /// Days that wait for their hours.
    pub(super) next: Option<Vec<Vec<Selector>>>,
    /// Breaks, each with how many scopes stood before it.
    pub(super) breaks: Vec<(usize, Span)>,
}

impl Scopes {
    /// Hours right behind their days.
    pub(super) fn add_first(&mut self, span: Span) {
        let days = self.next.take().unwrap_or_default();
        self.add(days, span, false);
    }

    pub(super) fn add(&mut self, days: Vec<Vec<Selector>>, span: Span, is_postfix: bool) {
        let is_every = days.iter().flatten().all(|day| *day == Selector::Every);
        self.open.push(Scope {
            days: if is_every { Vec::new() } else { days },
            spans: vec![span],
            is_postfix,
        });
    }

    /// Hours behind other hours: more of the same days, if they come later in the day; else
    /// of other days, or instead of the others.
    pub(super) fn add_next(&mut self, span: Span, is_alternative: bool, choices: &mut Choices) {
        let Some(last) = self.open.last_mut() else {
            return self.add(Vec::new(), span, false);
        };
        let overlaps = |known: &Span| span.from < known.to && known.from < span.to;
        let comes_later = last.spans.iter().all(|known| span.from >= known.to);
        if is_alternative {
            // 8:30-17:00或9:00-20:30
            if choices.pick(2) == 1 {
                last.spans.pop();
                last.spans.push(span);
            }
        } else if last.is_postfix {
            // 8:30-11:30（周一至周五）13:30-17:00: of the same days, or of all.
            if comes_later && choices.pick(2) == 0 {
                last.spans.push(span);
            } else {
                self.add(Vec::new(), span, false);
            }
        } else if last.spans.contains(&span) {
            // Said twice.
        } else if comes_later || !last.spans.iter().any(overlaps) {
            last.spans.push(span);
        } else if last.days.is_empty() {
            // 24小时、8:00-20:00: one of the two.
            if choices.pick(2) == 1 {
                last.spans.retain(|known| !overlaps(known));
                last.spans.push(span);
            }
        } else if choices.pick(2) == 0 {
            // 周六9:00-12:00，8:30-17:00: of all other days, or of the same.
            self.add(Vec::new(), span, false);
        } else {
            last.spans.push(span);
        }
    }

    /// Hours with their days behind them: 13:30-17:00（周一至周五）. The days may be those of
    /// the hours before, too.
    pub(super) fn add_behind(&mut self, span: Span, days: &Days, gap: Gap, choices: &mut Choices) {
        if let Some(before) = self.next.take() {
            let both = before
                .iter()
                .flat_map(|set| days.sets.iter().map(|more| [&set[..], &more[..]].concat()))
                .collect();
            return self.add(both, span, true);
        }
        let may_continue = gap <= Gap::Comma
            && self.open.last().is_some_and(|last| {
                last.days.is_empty() && last.spans.iter().all(|known| span.from >= known.to)
            });
        match self.open.last_mut() {
            Some(last) if may_continue && choices.pick(2) == 0 => {
                last.days.clone_from(&days.sets);
                last.spans.push(span);
                last.is_postfix = true;
            }
            _ => self.add(days.sets.clone(), span, true),
        }
    }

    /// Each break with the scope that it belongs to, or none for all scopes: a break behind some
    /// hours belongs to them or to all.
    pub(super) fn breaks_of_all(&self, choices: &mut Choices) -> Vec<(Option<usize>, Span)> {
        let is_certain = self.open.len() < 2;
        self.breaks
            .iter()
            .map(|(before, span)| {
                let own = before.checked_sub(1).filter(|_| !is_certain);
                let of = own.filter(|_| choices.pick(2) == 0);
                (of, *span)
            })
            .collect()
    }
}

/// A week or a season that a text says once for several lists of hours.
#[derive(Default)]
pub(super) struct Carried {
    season: Option<Selector>,
    pub(super) week: Vec<Selector>,
}

impl Carried {
    pub(super) fn is_any(&self) -> bool {
        self.season.is_some()
    }

    /// 夏季：周一至周五8:00-18:00，周六9:00-12:00; 周一至周五：夏季8:00-18:00，冬季8:30-17:00
    pub(super) fn over(&mut self, sets: Vec<Vec<Selector>>) -> Vec<Vec<Selector>> {
        sets.into_iter().map(|set| self.over_set(set)).collect()
    }

    fn over_set(&mut self, mut set: Vec<Selector>) -> Vec<Selector> {
        let season = set.iter().copied().find(is_part_of_year);
        let week: Vec<Selector> = set.iter().copied().filter(is_of_week).collect();
        match (season, week.is_empty()) {
            (Some(season), false) => {
                self.season = Some(season);
                self.week = week;
            }
            (Some(season), true) => {
                self.season = Some(season);
                set.extend(&self.week);
            }
            (None, false) if !set.iter().any(is_overriding) => set.extend(self.season),
            (None, _) => {}
        }
        set
    }
}
