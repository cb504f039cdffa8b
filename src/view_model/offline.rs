//! What this phone keeps, how fresh it is, and what to say when the network was
//! of no use. The last good stations are always below the words.

use super::action::Action;
use super::language::Words;
use super::screen::{DataAge, Failure, Knowledge, Loaded, Notice, data_age};
use crate::dataset::{Check, Dataset, Fault, KeptIn, Page};
use crate::domain::decimal::fixed;

/// What every screen says of the data and the page.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Standing {
    /// How old the data is; none where there are none.
    pub data_age: Option<DataAge>,
    /// That a newer page is ready.
    pub update: Option<Notice>,
}

/// What every screen says of the data and the page.
#[must_use]
pub fn standing(known: &Knowledge<'_>) -> Standing {
    let words = known.language.words();
    Standing {
        data_age: dataset(known).map(|dataset| data_age(known, dataset)),
        update: (known.supply.page == Page::HasUpdate).then(|| Notice {
            icon: "refresh",
            title: words.update.to_owned(),
            act: Some((words.update_now, Action::Update)),
            ..Notice::default()
        }),
    }
}

fn dataset<'a>(known: &Knowledge<'a>) -> Option<&'a Dataset> {
    match known.data {
        Loaded::Ready(dataset) => Some(dataset),
        Loaded::Waiting | Loaded::Failed => None,
    }
}

/// The value of `data-supply`: how the network answered.
#[must_use]
pub fn supply_name(known: &Knowledge<'_>) -> &'static str {
    match known.supply.check {
        Check::Asking => "asking",
        Check::Fresh => "fresh",
        Check::Failed(Fault::Unreached) => "unreached",
        Check::Failed(Fault::Missing) => "missing",
        Check::Failed(Fault::NotOurs) => "not-ours",
        Check::Failed(Fault::NewerFormat) => "newer-format",
        Check::Failed(Fault::Damaged) => "damaged",
        Check::Failed(Fault::Older) => "older",
    }
}

/// The news, if the network brought no newer list, and what to do about it.
fn fault_words(fault: Fault, words: &Words) -> (&'static str, &'static str) {
    match fault {
        Fault::Unreached => (words.unreached, words.failed_note),
        Fault::Missing => (words.missing, words.missing_note),
        Fault::NotOurs => (words.not_ours, words.not_ours_note),
        Fault::NewerFormat => (words.newer_format, words.newer_format_note),
        Fault::Damaged => (words.damaged, words.damaged_note),
        Fault::Older => (words.older, ""),
    }
}

/// What is said above a list that is not the network's.
#[must_use]
pub(super) fn supply_notice(known: &Knowledge<'_>, dataset: &Dataset) -> Option<Notice> {
    let words = known.language.words();
    let age = data_age(known, dataset).words;
    let (title, note) = match known.supply.check {
        _ if known.is_offline => (words.offline, age),
        // The phone's is newer: nothing that a rider must know.
        Check::Asking | Check::Fresh | Check::Failed(Fault::Older) => return None,
        Check::Failed(Fault::NotOurs) => {
            let note = format!("{} {age}", words.not_ours_note);
            (words.not_ours, note)
        }
        Check::Failed(fault) => (fault_words(fault, words).0, age),
    };
    Some(Notice {
        icon: "offline",
        title: title.to_owned(),
        note,
        ..Notice::default()
    })
}

/// What is said where no station can be shown.
#[must_use]
pub(super) fn failure(known: &Knowledge<'_>) -> Failure {
    let words = known.language.words();
    let fault = match (known.supply.cells_fault, known.supply.check) {
        (Some(fault), _) | (None, Check::Failed(fault)) => fault,
        (None, Check::Asking | Check::Fresh) => Fault::Unreached,
    };
    let title = if dataset(known).is_some() {
        words.not_kept_here
    } else {
        words.failed
    };
    Failure {
        title: title.to_owned(),
        note: fault_words(fault, words).1.to_owned(),
    }
}

/// One line of a sheet that tells facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is about.
    pub label: &'static str,
    /// The answer.
    pub answer: String,
    /// Whether it is as it should be.
    pub is_good: bool,
}

/// What this phone keeps, line by line.
#[must_use]
#[inline(never)]
pub fn status(known: &Knowledge<'_>) -> Vec<Line> {
    let words = known.language.words();
    let supply = known.supply;
    let is_page_kept = supply.page != Page::NotKept;
    let page = if is_page_kept {
        words.page_kept
    } else {
        words.page_not_kept
    };
    let mut lines = vec![Line {
        label: words.page_fact,
        answer: page.to_owned(),
        is_good: is_page_kept,
    }];
    if let Some(dataset) = dataset(known) {
        let all = dataset.manifest.cells.len();
        let kept = usize::try_from(supply.kept_cells).unwrap_or(usize::MAX);
        let size = size(supply.kept_bytes);
        let answer = if kept == 0 || !supply.is_kept {
            words.nothing_kept.to_owned()
        } else if kept == all {
            (words.all_kept)(&size)
        } else {
            (words.cells_kept)(kept, all, &size)
        };
        lines.push(Line {
            label: words.list_fact,
            answer,
            is_good: supply.is_kept && kept == all,
        });
        lines.push(Line {
            label: words.check_fact,
            answer: match supply.check {
                Check::Asking => words.checking.to_owned(),
                Check::Fresh => words.fresh.to_owned(),
                Check::Failed(fault) => fault_words(fault, words).0.to_owned(),
            },
            is_good: supply.check == Check::Fresh,
        });
    }
    let store = match (supply.kept_in, supply.is_full) {
        (KeptIn::Nowhere, _) => Some(words.store_closed),
        (_, true) => Some(words.store_full),
        (KeptIn::Storage, false) => Some(words.store_small),
        (KeptIn::Database, false) => None,
    };
    lines.extend(store.map(|answer| Line {
        label: words.store_fact,
        answer: answer.to_owned(),
        is_good: false,
    }));
    lines
}

/// Bytes as kilobytes or megabytes: 25 kB, 3.1 MB.
fn size(bytes: u32) -> String {
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        format!("{} MB", fixed(f64::from(bytes) / 1e6, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short() {
        assert_eq!(size(1), "1 kB");
        assert_eq!(size(25_300), "26 kB");
        assert_eq!(size(3_140_000), "3.1 MB");
    }
}
