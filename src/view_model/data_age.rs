//! The age of the data.

use super::screen_input::ScreenInput;
use super::sentences;
use crate::dataset::Dataset;

/// The age of the data.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct DataAge {
    /// In words: 今天 6:00 的数据.
    pub words: String,
    /// Whether the stations are examples.
    pub is_demo: bool,
}

/// The age of a dataset.
pub(super) fn data_age(input: &ScreenInput<'_>, dataset: &Dataset) -> DataAge {
    DataAge {
        words: sentences::data_age(dataset.manifest.built_at, input.now(), input.words),
        is_demo: dataset.manifest.is_demo,
    }
}

/// The age of a dataset in days, if it is older than its publisher allows.
pub(super) fn stale_days(input: &ScreenInput<'_>, dataset: &Dataset) -> Option<i64> {
    let manifest = &dataset.manifest;
    let days = sentences::age_days(manifest.built_at, input.now());
    (days > i64::from(manifest.stale_after_days)).then_some(days)
}
