//! How the dataset reached this phone, and what came between.

use super::DatasetError;

/// Where a phone keeps files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum KeptIn {
    /// In a database, with room for a city.
    #[default]
    Database,
    /// In the small storage for settings: some five million characters.
    Storage,
    /// Nowhere: this page may not keep anything here.
    Nowhere,
}

/// Why the network's list was of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No answer, or none in time.
    Unreached,
    /// The host answered that it cannot or does not have it.
    Missing,
    /// Something else came: the page of a Wi-Fi that asks for a login.
    NotOurs,
    /// Only a newer page can read it.
    NewerFormat,
    /// The bytes are not those that were published.
    Damaged,
    /// It is older than what is here.
    Older,
}

impl From<DatasetError> for Fault {
    fn from(error: DatasetError) -> Self {
        match error {
            DatasetError::NotOurs => Self::NotOurs,
            DatasetError::NewerFormat(_) => Self::NewerFormat,
            DatasetError::Damaged | DatasetError::Malformed => Self::Damaged,
        }
    }
}

/// Whether the network has confirmed the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Check {
    /// It is being asked.
    #[default]
    Asking,
    /// The list is the newest, as of this visit.
    Fresh,
    /// It was asked in vain.
    Failed(Fault),
}

/// Whether the page itself opens without a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Page {
    /// Nothing keeps it.
    #[default]
    NotKept,
    /// A service worker keeps it.
    Kept,
    /// And a newer one waits to take over.
    HasUpdate,
}

/// How the dataset reached this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Supply {
    /// Whether the network has confirmed the list.
    pub check: Check,
    /// Why stations that are waited for did not come, if they did not.
    pub cells_fault: Option<Fault>,
    /// Where this phone keeps what came.
    pub kept_in: KeptIn,
    /// Whether the room ran out while keeping it.
    pub is_full: bool,
    /// Whether an edition is kept, so that it opens without a network.
    pub is_kept: bool,
    /// How many cells of the edition that is shown are kept …
    pub kept_cells: u32,
    /// … and how long they are together, in bytes, uncompressed.
    pub kept_bytes: u32,
    /// Whether the page itself opens without a network.
    pub page: Page,
}
