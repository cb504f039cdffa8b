//! The stations that are shown, and those that will take their place.

use std::sync::Arc;

use crate::browser::stations;
use crate::dataset::{Dataset, SyncStatus};

/// Where the dataset is.
#[derive(Clone, Debug)]
pub(super) enum Data {
    /// On its way.
    Waiting,
    /// Not to be had.
    Failed,
    /// Here.
    Ready(Arc<Dataset>),
}

/// What is shown, and what comes after it.
#[derive(Clone, Debug)]
pub(super) struct DatasetState {
    /// The dataset that is shown.
    pub(super) data: Data,
    /// A newer edition, on its way.
    pub(super) next: Option<Arc<Dataset>>,
    /// How they reached this phone.
    pub(super) sync: SyncStatus,
}

impl DatasetState {
    /// What is here of the stations before anybody asks.
    pub(super) fn on_opening() -> Self {
        if let Some(dataset) = stations::kept_early() {
            return Self {
                data: Data::Ready(Arc::new(dataset)),
                next: None,
                sync: SyncStatus {
                    is_kept: true,
                    ..SyncStatus::default()
                },
            };
        }
        Self {
            data: Data::Waiting,
            next: None,
            sync: SyncStatus::default(),
        }
    }

    /// The edition that is shown or on its way, for a change. Nobody else holds
    /// it while waiting, save for what is fetched, one thing after the other.
    pub(super) fn edition(&mut self, edition: &str) -> Option<&mut Dataset> {
        let is_meant = |dataset: &&mut Arc<Dataset>| dataset.manifest.edition == edition;
        let shown = match &mut self.data {
            Data::Ready(dataset) => Some(dataset),
            Data::Waiting | Data::Failed => None,
        };
        let meant = shown.into_iter().chain(&mut self.next).find(is_meant);
        meant.and_then(Arc::get_mut)
    }
}
