//! The edition that is shown, and the one that will replace it.

use std::sync::Arc;

use super::{Dataset, SyncStatus};

/// Whether there is a dataset.
#[derive(Clone, Debug, Default)]
pub enum Data {
    /// Pending.
    #[default]
    Waiting,
    /// It could not be loaded.
    Failed,
    /// Loaded, with some or all of its cells.
    Ready(Arc<Dataset>),
}

/// The edition that is shown, the one that will replace it, and the state of both on this phone.
#[derive(Clone, Debug, Default)]
pub struct DatasetState {
    /// The dataset that is shown.
    pub data: Data,
    /// A newer edition, which is shown as soon as the cells that the screen needs are loaded.
    pub next: Option<Arc<Dataset>>,
    /// Loaded, checked for updates, stored.
    pub sync: SyncStatus,
}

impl DatasetState {
    /// The state of a page that finds `dataset` in its storage.
    #[must_use]
    pub fn of_stored(dataset: Dataset) -> Self {
        Self {
            data: Data::Ready(Arc::new(dataset)),
            next: None,
            sync: SyncStatus {
                is_stored: true,
                ..SyncStatus::default()
            },
        }
    }

    /// The edition that is shown.
    #[must_use]
    pub fn shown(&self) -> Option<&Arc<Dataset>> {
        match &self.data {
            Data::Ready(dataset) => Some(dataset),
            Data::Waiting | Data::Failed => None,
        }
    }

    /// The shown or next edition of this name, to add cells to it.
    pub fn edition(&mut self, edition: &str) -> Option<&mut Arc<Dataset>> {
        let is_meant = |dataset: &&mut Arc<Dataset>| dataset.manifest.edition == edition;
        let shown = match &mut self.data {
            Data::Ready(dataset) => Some(dataset),
            Data::Waiting | Data::Failed => None,
        };
        shown.into_iter().chain(&mut self.next).find(is_meant)
    }
}
