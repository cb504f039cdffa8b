//! What happens to the synchronisation, and what it asks for.

use std::sync::Arc;

use crate::dataset::{Dataset, FetchError, Manifest, ProgrammesEntry};
use crate::domain::nearest::Cell;
use crate::domain::position::Bounds;
use crate::domain::programme::Programme;

/// What happened.
#[derive(Debug)]
pub enum SyncEvent {
    /// The application took over from the first answer.
    Opened {
        /// The manifest of the shown edition, if it was downloaded just now.
        manifest: Option<Vec<u8>>,
        /// Another edition that is stored although the shown one was downloaded: its name, and
        /// the bounds of its stored cells.
        stored: Option<(String, Vec<Option<Bounds>>)>,
        /// Whether the storage had room for what was downloaded with it.
        has_room: bool,
    },
    /// The answer to [`Effect::FetchManifest`]: the manifest and its bytes.
    ManifestArrived(Result<Box<(Manifest, Vec<u8>)>, FetchError>),
    /// The answer to [`Effect::FetchCells`].
    CellsArrived(Purpose, Arrived<Vec<(usize, Cell)>>),
    /// The answer to [`Effect::FetchProgrammes`].
    ProgrammesArrived(Arrived<Vec<Programme>>),
    /// The answer to [`Effect::Commit`].
    Committed {
        /// The edition of the manifest.
        edition: String,
        /// What became of it.
        outcome: CommitOutcome,
    },
    /// The answer to [`Effect::CountStored`]: the names of all stored files; none if the storage
    /// did not answer.
    Counted(Option<Vec<String>>),
    /// Some time passed.
    Ticked,
    /// The rider or a returning network asks for another attempt at once.
    Retried,
    /// The rider asked to store all cells.
    StoreAllWanted,
    /// The rider asked to clear the storage.
    ClearWanted,
    /// The answer to [`Effect::ClearStored`].
    Cleared,
    /// The answer to [`Effect::DropLeftovers`].
    LeftoversDropped,
}

/// What cells are downloaded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The screen needs them.
    Screen,
    /// Everything else: a newer edition, storing, programmes.
    Background,
}

/// What a download brought.
#[derive(Debug)]
pub struct Arrived<T> {
    /// What was loaded, of what was asked for.
    pub content: T,
    /// Why the rest was not, if so.
    pub error: Option<FetchError>,
    /// Whether the storage had room for all that was to be stored.
    pub has_room: bool,
}

/// What became of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitOutcome {
    /// It is stored.
    Stored,
    /// There was no room; what was stored before still is.
    Full,
    /// Another tab has stored another edition, or removed files of this one; what is stored is as it
    /// was.
    Superseded,
}

/// What the browser side is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Request the manifest.
    FetchManifest,
    /// Load cells from the storage or the host.
    FetchCells {
        /// What for.
        purpose: Purpose,
        /// The edition that they belong to. To be dropped before the answer is reported.
        dataset: Arc<Dataset>,
        /// Their indices in its manifest.
        indexes: Vec<usize>,
        /// Whether downloaded cells are to be stored.
        may_store: bool,
    },
    /// Load the programmes.
    FetchProgrammes {
        /// Their entry in the manifest.
        entry: ProgrammesEntry,
        /// Whether they are to be stored.
        may_store: bool,
    },
    /// Show this edition.
    Show(Arc<Dataset>),
    /// Store the manifest and drop all files but `names`, in one transaction; unless another
    /// edition than `over` is stored, or one of `loaded` is not.
    Commit {
        /// The manifest's edition.
        edition: String,
        /// Its bytes.
        manifest: Vec<u8>,
        /// The edition that it replaces; none if none is known to be stored.
        over: Option<String>,
        /// The names of its files.
        names: Vec<String>,
        /// Those of them that are loaded.
        loaded: Vec<String>,
    },
    /// Remember which edition is stored.
    RememberEdition(String),
    /// List the stored files.
    CountStored,
    /// Store the page itself: nothing more urgent is pending.
    StorePage,
    /// Look for a newer release of the page.
    CheckPage,
    /// Ask the browser to make the storage persistent; then open the page again if `reload`.
    Persist {
        /// Whether to open the page again.
        reload: bool,
    },
    /// Delete all stored files.
    ClearStored,
    /// Delete the files that the stored manifest does not name: there is no room for another
    /// edition beside it.
    DropLeftovers,
}
