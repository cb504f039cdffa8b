//! Sync status in words: what is cached, how fresh it is, and what went wrong. The last good
//! stations stay on the screen below an error.

use super::action::Action;
use super::data_age::{DataAge, data_age};
use super::icon::Icon;
use super::language::Words;
use super::notice::{Failure, Notice};
use super::screen_input::ScreenInput;
use crate::dataset::{Dataset, FetchError, ShellStatus, StorageKind, UpdateCheck};
use crate::domain::decimal::fixed;

/// The status of data and page that every screen shows.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct PageStatus {
    /// The age of the data; none if there is no dataset.
    pub data_age: Option<DataAge>,
    /// A notice that a newer release is ready, or that this one is incomplete.
    pub update: Option<Notice>,
}

/// The status of data and page.
#[must_use]
pub fn page_status(input: &ScreenInput<'_>) -> PageStatus {
    PageStatus {
        data_age: input.dataset().map(|dataset| data_age(input, dataset)),
        ..first_page_status(input)
    }
}

/// The part of the page status that the first paint shows.
#[must_use]
pub fn first_page_status(input: &ScreenInput<'_>) -> PageStatus {
    let words = input.words;
    PageStatus {
        data_age: None,
        update: match input.sync.page {
            ShellStatus::Incomplete => Some(Notice {
                // An empty query reloads the page (`public/load-guard.js`).
                link: Some((words.reload.to_owned(), "?".to_owned())),
                is_warning: true,
                ..Notice::new(Icon::Offline, words.incomplete.to_owned())
            }),
            ShellStatus::HasUpdate => Some(Notice {
                action: Some((words.update_now, Action::Update)),
                ..Notice::new(Icon::Refresh, words.update.to_owned())
            }),
            ShellStatus::NotStored | ShellStatus::Stored => None,
        },
    }
}

/// The value of `data-sync`: the result of the last update check. There is none while the
/// application, which checks, could not be loaded.
#[must_use]
pub fn sync_status_name(input: &ScreenInput<'_>) -> &'static str {
    let is_incomplete = input.sync.page == ShellStatus::Incomplete;
    match input.sync.check {
        UpdateCheck::Asking if is_incomplete => "not-checked",
        UpdateCheck::Asking => "asking",
        UpdateCheck::Fresh => "fresh",
        UpdateCheck::Failed(FetchError::Unreached) => "unreached",
        UpdateCheck::Failed(FetchError::Missing) => "missing",
        UpdateCheck::Failed(FetchError::NotOurs) => "not-ours",
        UpdateCheck::Failed(FetchError::NewerFormat) => "newer-format",
        UpdateCheck::Failed(FetchError::Damaged) => "damaged",
        UpdateCheck::Failed(FetchError::Older) => "older",
    }
}

/// A fetch error in words, and what to do about it.
fn fetch_error_words(error: FetchError, words: &Words) -> (&'static str, &'static str) {
    match error {
        FetchError::Unreached => (words.unreached, words.failed_note),
        FetchError::Missing => (words.missing, words.missing_note),
        FetchError::NotOurs => (words.not_ours, words.not_ours_note),
        FetchError::NewerFormat => (words.newer_format, words.newer_format_note),
        FetchError::Damaged => (words.damaged, words.damaged_note),
        FetchError::Older => (words.older, ""),
    }
}

/// The notice above a list that may be out of date.
#[must_use]
pub(super) fn sync_notice(input: &ScreenInput<'_>, dataset: &Dataset) -> Option<Notice> {
    let words = input.words;
    let age = data_age(input, dataset).words;
    let notice = |title: &str, note: String| {
        Some(Notice {
            note,
            ..Notice::new(Icon::Offline, title.to_owned())
        })
    };
    if input.is_offline {
        return notice(words.offline, age);
    }
    match input.sync.check {
        // `Older`: the cached dataset is newer than the network's, which is no news to a rider.
        UpdateCheck::Asking | UpdateCheck::Fresh | UpdateCheck::Failed(FetchError::Older) => None,
        UpdateCheck::Failed(FetchError::NotOurs) => {
            notice(words.not_ours, format!("{} {age}", words.not_ours_note))
        }
        UpdateCheck::Failed(
            error @ (FetchError::Unreached
            | FetchError::Missing
            | FetchError::NewerFormat
            | FetchError::Damaged),
        ) => notice(fetch_error_words(error, words).0, age),
    }
}

/// The failure in the place of a screen whose stations did not load.
#[must_use]
pub(super) fn failure(input: &ScreenInput<'_>) -> Failure {
    let words = input.words;
    let missing = input.sync.cells_error.or(input.sync.programmes_error);
    let error = match (missing, input.sync.check) {
        (Some(error), _) | (None, UpdateCheck::Failed(error)) => error,
        (None, UpdateCheck::Asking | UpdateCheck::Fresh) => FetchError::Unreached,
    };
    let title = if input.dataset().is_some() {
        words.not_kept_here
    } else {
        words.failed
    };
    Failure {
        title: title.to_owned(),
        note: fetch_error_words(error, words).1.to_owned(),
    }
}

/// One line of a sheet of facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its name.
    pub label: &'static str,
    /// Its value.
    pub answer: String,
    /// Whether all is well.
    pub is_good: bool,
}

/// The sheet about the cache, line by line.
#[must_use]
#[inline(never)]
pub fn status(input: &ScreenInput<'_>) -> Vec<Line> {
    let words = input.words;
    let sync = input.sync;
    let is_page_stored = sync.page != ShellStatus::NotStored;
    let page = if is_page_stored {
        words.page_stored
    } else {
        words.page_not_kept
    };
    let mut lines = vec![Line {
        label: words.page_fact,
        answer: page.to_owned(),
        is_good: is_page_stored,
    }];
    if let Some(dataset) = input.dataset() {
        let all = dataset.manifest.cells.len();
        let kept = usize::try_from(sync.stored_cells).unwrap_or(usize::MAX);
        let size = size(sync.stored_bytes);
        let answer = if kept == 0 || !sync.is_stored {
            words.nothing_kept.to_owned()
        } else if kept == all {
            (words.all_kept)(&size)
        } else {
            (words.cells_kept)(kept, all, &size)
        };
        lines.push(Line {
            label: words.list_fact,
            answer,
            is_good: sync.is_stored && kept == all,
        });
        lines.push(Line {
            label: words.check_fact,
            answer: match sync.check {
                UpdateCheck::Asking => words.checking.to_owned(),
                UpdateCheck::Fresh => words.fresh.to_owned(),
                UpdateCheck::Failed(error) => fetch_error_words(error, words).0.to_owned(),
            },
            is_good: sync.check == UpdateCheck::Fresh,
        });
    }
    let store = match (sync.storage, sync.is_full) {
        (StorageKind::Nowhere, _) => Some(words.store_closed),
        (_, true) => Some(words.store_full),
        (StorageKind::Storage, false) => Some(words.store_small),
        (StorageKind::Database, false) => None,
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
