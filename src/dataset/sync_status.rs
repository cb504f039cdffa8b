//! The state of the dataset on this phone: loaded, checked for updates, stored.

use super::DatasetError;

/// Where a phone stores files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum StorageKind {
    /// In a database, with room for a city.
    #[default]
    Database,
    /// In the small storage that also holds settings: some five million characters.
    Storage,
    /// Nowhere: the browser permits no storage.
    Nowhere,
}

/// Why a file from the network could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// No answer, or none in time.
    Unreached,
    /// The host answered with an error.
    Missing,
    /// Another file came, such as the login page of a Wi-Fi.
    NotOurs,
    /// Only a newer page can read it.
    NewerFormat,
    /// The bytes are not those that were published.
    Damaged,
    /// It is older than the loaded edition.
    Older,
}

impl From<DatasetError> for FetchError {
    fn from(error: DatasetError) -> Self {
        match error {
            DatasetError::NotOurs => Self::NotOurs,
            DatasetError::NewerFormat(_) => Self::NewerFormat,
            DatasetError::Damaged | DatasetError::Malformed => Self::Damaged,
        }
    }
}

/// The check for a newer edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum UpdateCheck {
    /// Under way.
    #[default]
    Asking,
    /// The loaded edition is the newest, as of this visit.
    Fresh,
    /// It failed.
    Failed(FetchError),
}

/// Whether the page itself opens without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ShellStatus {
    /// It is not stored.
    #[default]
    NotStored,
    /// A service worker stores it.
    Stored,
    /// It is stored, and a newer release waits to take over.
    HasUpdate,
    /// A part that every visit needs was not loaded.
    Incomplete,
}

/// The state of the dataset on this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct SyncStatus {
    /// The check for a newer edition.
    pub check: UpdateCheck,
    /// Why cells that are needed could not be loaded, if so.
    pub cells_error: Option<FetchError>,
    /// Why the programmes could not be loaded, if so.
    pub programmes_error: Option<FetchError>,
    /// Where this phone stores files.
    pub storage: StorageKind,
    /// Whether the storage is full.
    pub is_full: bool,
    /// Whether an edition is stored, so that it opens without a network.
    pub is_stored: bool,
    /// How many cells of the shown edition are stored …
    pub stored_cells: u32,
    /// … and how long they are together, in bytes, uncompressed.
    pub stored_bytes: u32,
    /// Whether the page itself opens without a network.
    pub page: ShellStatus,
}
