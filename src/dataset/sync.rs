//! Synchronisation of the dataset with its host and the phone's storage: a state machine.
//! Events go in, effects come out; the browser side (`ui::live::sync`) performs them and
//! reports each result as the next event.
//!
//! - One request for the manifest, one download of cells and one commit are pending at a time.
//! - A newer edition is shown when every cell that the screen needs of it is loaded.
//! - It is stored when every cell is that covers an area with stored cells, so that an update
//!   never leaves an area without stations. Of the first edition, a part is stored.

use std::sync::Arc;

use super::{
    CellEntry, Data, Dataset, DatasetState, FetchError, Manifest, Newness, ProgrammesEntry,
    UpdateCheck, is_worth_keeping, newness,
};
use crate::domain::backoff::Backoff;
use crate::domain::nearest::Cell;
use crate::domain::position::Bounds;
use crate::domain::programme::Programme;

/// A dataset up to this size, uncompressed, is downloaded in one round of requests: another
/// round costs a slow network more than these bytes.
const ONE_ROUND_BYTES: u32 = 200_000;

/// Cells that no screen needs are downloaded so many at a time, and each batch is stored, so
/// that an interruption loses little.
const BATCH: usize = 8;

/// Where the browser asks for reduced data use, this fraction of the dataset's limit applies.
const SAVE_DATA_DIVISOR: u32 = 6;

/// The manifest is requested again after so many minutes of an open page.
const CHECK_MINUTES: i64 = 360;

/// How much of the dataset is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Nothing more: the rider cleared the storage, or it is full.
    Nothing,
    /// As much as the publisher's limit (`keep_bytes`) permits.
    Limited,
    /// All cells: the rider asked for it.
    All,
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// The application took over from the first answer.
    Opened {
        /// The manifest of the shown edition, if it was downloaded just now.
        manifest: Option<Vec<u8>>,
        /// Whether the storage had room for what was downloaded with it.
        has_room: bool,
    },
    /// The answer to [`Effect::FetchManifest`]: the manifest and its bytes.
    ManifestArrived(Result<Box<(Manifest, Vec<u8>)>, FetchError>),
    /// The answer to [`Effect::FetchCells`].
    CellsArrived {
        /// The cells, with their indices in the manifest.
        cells: Result<Vec<(usize, Cell)>, FetchError>,
        /// Whether the storage had room for them.
        has_room: bool,
    },
    /// The answer to [`Effect::FetchProgrammes`].
    ProgrammesArrived(Result<Vec<Programme>, FetchError>),
    /// The answer to [`Effect::Commit`].
    Committed {
        /// The edition of the manifest.
        edition: String,
        /// Whether the storage had room for it.
        has_room: bool,
    },
    /// The answer to [`Effect::CountStored`]: the names of all stored files.
    Counted(Vec<String>),
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
}

/// What the browser side is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Request the manifest.
    FetchManifest,
    /// Load cells from the storage or the host.
    FetchCells {
        /// The edition that they belong to. To be dropped before the answer is reported.
        dataset: Arc<Dataset>,
        /// Their indices in its manifest.
        places: Vec<usize>,
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
    /// Store the manifest and drop all files but `names`, in one transaction.
    Commit {
        /// The manifest's edition.
        edition: String,
        /// Its bytes.
        manifest: Vec<u8>,
        /// The names of its files.
        names: Vec<String>,
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
}

/// A pending download of cells or programmes.
#[derive(Clone, Debug)]
struct Download {
    edition: String,
    /// Whether it belongs to the next edition, not to the shown one.
    is_next: bool,
    /// Whether its failure concerns what the screen shows.
    is_needed: bool,
    /// When it began, in minutes.
    began_at: i64,
    /// Whether a retry was asked for meanwhile.
    is_retried: bool,
}

/// Bookkeeping of the synchronisation; nothing of it is rendered.
#[derive(Debug)]
pub struct Sync {
    /// The edition and bytes of the last manifest that was downloaded.
    manifest: Option<(String, Vec<u8>)>,
    /// The edition whose manifest is stored.
    stored: Option<String>,
    /// The bounds of the stored cells; none for cells of stations without positions. Up to date
    /// while no count is pending.
    stored_bounds: Vec<Option<Bounds>>,
    pending_counts: u32,
    policy: CachePolicy,
    is_open: bool,
    is_checking: bool,
    is_committing: bool,
    download: Option<Download>,
    check_pause: Backoff,
    fill_pause: Backoff,
    /// When the manifest was requested last, in minutes.
    checked_at: i64,
}

impl Sync {
    /// The machine of a page that found the edition `stored` in its storage.
    #[must_use]
    pub fn new(stored: Option<String>, policy: CachePolicy) -> Self {
        Self {
            manifest: None,
            stored,
            stored_bounds: Vec::new(),
            pending_counts: 0,
            policy,
            is_open: false,
            is_checking: false,
            is_committing: false,
            download: None,
            check_pause: Backoff::default(),
            fill_pause: Backoff::default(),
            checked_at: i64::MIN,
        }
    }

    /// Takes an event at `now`, in minutes.
    pub fn handle(&mut self, state: &mut DatasetState, event: Event, now: i64) -> Vec<Effect> {
        match event {
            Event::Opened { manifest, has_room } => self.open(state, manifest, has_room, now),
            Event::ManifestArrived(arrived) => self.take_manifest(state, arrived, now),
            Event::CellsArrived { cells, has_room } => {
                if !has_room {
                    // An edition with missing cells must not replace a stored one.
                    self.policy = CachePolicy::Nothing;
                    state.sync.is_full = true;
                }
                self.end_download(state, cells, Dataset::add)
            }
            Event::ProgrammesArrived(programmes) => {
                self.end_download(state, programmes, |dataset, programmes| {
                    dataset.programmes = programmes;
                })
            }
            Event::Committed { edition, has_room } => self.commit_ended(state, edition, has_room),
            Event::Counted(names) => {
                self.pending_counts = self.pending_counts.saturating_sub(1);
                self.count(state, &names);
                Vec::new()
            }
            Event::Ticked => self.check_if_due(now),
            Event::Retried => self.retry(state, now),
            Event::StoreAllWanted => {
                // What is loaded but not stored is loaded again by the reopened page; until then
                // nothing may be committed.
                let reload = self.policy == CachePolicy::Nothing;
                if !reload {
                    self.policy = CachePolicy::All;
                }
                vec![Effect::Persist { reload }]
            }
            Event::ClearWanted => {
                (self.policy, self.stored) = (CachePolicy::Nothing, None);
                vec![Effect::ClearStored]
            }
            Event::Cleared => {
                state.sync.is_stored = false;
                vec![self.recount()]
            }
        }
    }

    fn open(
        &mut self,
        state: &mut DatasetState,
        manifest: Option<Vec<u8>>,
        has_room: bool,
        now: i64,
    ) -> Vec<Effect> {
        self.is_open = true;
        let mut effects = Vec::new();
        match state.sync.check {
            UpdateCheck::Fresh if !state.sync.is_stored => {
                self.checked_at = now;
                let edition = state.shown().map(|shown| shown.manifest.edition.clone());
                self.manifest = edition.zip(manifest);
                if !has_room {
                    self.policy = CachePolicy::Nothing;
                    state.sync.is_full = true;
                }
            }
            UpdateCheck::Failed(_) => {
                self.checked_at = now;
                self.check_pause = self.check_pause.after_failure(now);
            }
            UpdateCheck::Fresh | UpdateCheck::Asking => effects.extend(self.check(now)),
        }
        effects.push(self.recount());
        effects
    }

    fn check(&mut self, now: i64) -> Option<Effect> {
        let may_check = !std::mem::replace(&mut self.is_checking, true);
        if may_check {
            self.checked_at = now;
        }
        may_check.then_some(Effect::FetchManifest)
    }

    /// Repeats a failed request once its pause is over, and checks for updates now and then.
    fn check_if_due(&mut self, now: i64) -> Vec<Effect> {
        let (check, fill) = (self.check_pause, self.fill_pause);
        let has_failed = check.has_failed() || fill.has_failed();
        let may_retry = has_failed && check.is_due(now) && fill.is_due(now);
        if !may_retry && now.saturating_sub(self.checked_at) < CHECK_MINUTES {
            return Vec::new();
        }
        let check = self.check(now);
        check.into_iter().chain([Effect::CheckPage]).collect()
    }

    fn retry(&mut self, state: &mut DatasetState, now: i64) -> Vec<Effect> {
        self.check_pause = Backoff::default();
        self.fill_pause = Backoff::default();
        if let Some(download) = &mut self.download {
            download.is_retried = true;
        }
        state.sync.check = UpdateCheck::Asking;
        state.sync.cells_error = None;
        if matches!(state.data, Data::Failed) {
            state.data = Data::Waiting;
        }
        self.check(now).into_iter().collect()
    }

    fn take_manifest(
        &mut self,
        state: &mut DatasetState,
        arrived: Result<Box<(Manifest, Vec<u8>)>, FetchError>,
        now: i64,
    ) -> Vec<Effect> {
        self.is_checking = false;
        let (manifest, bytes) = match arrived {
            Ok(arrived) => *arrived,
            Err(error) => {
                self.check_pause = self.check_pause.after_failure(now);
                state.sync.check = UpdateCheck::Failed(error);
                if !matches!(state.data, Data::Ready(_)) {
                    state.data = Data::Failed;
                }
                return Vec::new();
            }
        };
        self.check_pause = Backoff::default();
        let shown = state.shown();
        let found = shown.map_or(Newness::Newer, |shown| newness(&manifest, &shown.manifest));
        if found != Newness::Older {
            self.manifest = Some((manifest.edition.clone(), bytes));
        }
        match found {
            Newness::Same => {
                state.next = None;
                state.sync.check = UpdateCheck::Fresh;
            }
            Newness::Older => {
                // The host was rolled back: it may have no cells of a pending edition.
                state.next = None;
                state.sync.check = UpdateCheck::Failed(FetchError::Older);
            }
            Newness::Newer => {
                self.fill_pause = Backoff::default();
                let next = state.next.as_ref();
                if next.is_some_and(|next| next.manifest.edition == manifest.edition) {
                    return Vec::new();
                }
                let dataset = Arc::new(Dataset::promised(manifest));
                if shown.is_none() {
                    state.sync.check = UpdateCheck::Fresh;
                    return vec![Effect::Show(dataset)];
                }
                state.next = Some(dataset);
            }
        }
        Vec::new()
    }

    /// Starts what is to be done next, if anything. To be called after every change of what
    /// is known: `needed` are the cells that the screen lacks, of the next edition if there is
    /// one, else of the shown one.
    pub fn fill(
        &mut self,
        state: &mut DatasetState,
        needed: Vec<usize>,
        saves_data: bool,
        now: i64,
    ) -> Vec<Effect> {
        let is_next = state.next.is_some();
        let newest = state.next.as_ref().or(state.shown());
        let Some(dataset) = newest.filter(|_| self.is_open && self.download.is_none()) else {
            return Vec::new();
        };
        let dataset = Arc::clone(dataset);
        let is_needed = !needed.is_empty();
        if is_next && !is_needed {
            if self.pending_counts > 0 {
                // What is stored of the shown edition is known first.
                return Vec::new();
            }
            state.next = None;
            state.sync.check = UpdateCheck::Fresh;
            state.sync.cells_error = None;
            return vec![Effect::Show(dataset)];
        }
        let mut effects = Vec::new();
        if !is_needed {
            effects.push(Effect::StorePage);
            if self.stored.is_none() {
                // A part of the first edition is better than none.
                effects.extend(self.commit(&dataset));
            }
        }
        // A commit drops the files that it does not name, also those of a download meanwhile.
        if self.is_committing || !self.fill_pause.is_due(now) {
            return effects;
        }
        if !is_needed && self.pending_counts > 0 {
            return effects;
        }
        let places = if dataset.manifest.cell_bytes() <= ONE_ROUND_BYTES {
            dataset.missing()
        } else if is_needed {
            needed
        } else {
            self.batch(&dataset, saves_data)
        };
        let programmes = dataset.manifest.programmes;
        let programmes = programmes.filter(|_| dataset.programmes.is_empty());
        let may_store = self.policy != CachePolicy::Nothing;
        let edition = dataset.manifest.edition.clone();
        let fetch = match (places.is_empty(), programmes) {
            (true, None) => {
                effects.extend(self.commit(&dataset));
                return effects;
            }
            (true, Some(entry)) => Effect::FetchProgrammes { entry, may_store },
            (false, _) => Effect::FetchCells {
                dataset,
                places,
                may_store,
            },
        };
        self.download = Some(Download {
            edition,
            is_next,
            is_needed: is_needed || matches!(fetch, Effect::FetchProgrammes { .. }),
            began_at: now,
            is_retried: false,
        });
        effects.push(fetch);
        effects
    }

    /// The next missing cells that no screen needs and that are worth storing.
    fn batch(&self, dataset: &Dataset, saves_data: bool) -> Vec<usize> {
        let manifest = &dataset.manifest;
        let limit = manifest.keep_bytes;
        let most_bytes = match self.policy {
            CachePolicy::All => u32::MAX,
            CachePolicy::Nothing | CachePolicy::Limited if saves_data => limit / SAVE_DATA_DIVISOR,
            CachePolicy::Nothing | CachePolicy::Limited => limit,
        };
        let is_worth = |place: &usize| {
            let cell = &manifest.cells[*place];
            is_worth_keeping(cell, manifest, most_bytes, &self.stored_bounds)
        };
        let missing = dataset.missing().into_iter();
        missing.filter(is_worth).take(BATCH).collect()
    }

    fn end_download<T>(
        &mut self,
        state: &mut DatasetState,
        arrived: Result<T, FetchError>,
        add: impl FnOnce(&mut Dataset, T),
    ) -> Vec<Effect> {
        let Some(download) = self.download.take() else {
            return Vec::new();
        };
        // A host with a newer edition may have dropped the files of this one: no reason to
        // delay the newer ones.
        let is_outdated = !download.is_next && state.next.is_some();
        self.fill_pause = if is_outdated || arrived.is_ok() || download.is_retried {
            Backoff::default()
        } else {
            self.fill_pause.after_failure(download.began_at)
        };
        match arrived {
            Ok(content) => {
                state.sync.cells_error = None;
                if let Some(dataset) = state.edition(&download.edition) {
                    add(dataset, content);
                }
            }
            Err(error) if download.is_next => state.sync.check = UpdateCheck::Failed(error),
            Err(error) if download.is_needed => state.sync.cells_error = Some(error),
            Err(_) => {}
        }
        vec![self.recount()]
    }

    /// Makes an edition the stored one, unless it is.
    fn commit(&mut self, dataset: &Dataset) -> Option<Effect> {
        let edition = &dataset.manifest.edition;
        let (of, manifest) = self.manifest.as_ref()?;
        let is_wanted = of == edition
            && !self.is_committing
            && self.stored.as_ref() != Some(edition)
            && self.policy != CachePolicy::Nothing;
        if !is_wanted {
            return None;
        }
        let commit = Effect::Commit {
            edition: edition.clone(),
            manifest: manifest.clone(),
            names: file_names(&dataset.manifest),
        };
        self.is_committing = true;
        self.stored = Some(edition.clone());
        Some(commit)
    }

    fn commit_ended(
        &mut self,
        state: &mut DatasetState,
        edition: String,
        has_room: bool,
    ) -> Vec<Effect> {
        self.is_committing = false;
        let mut effects = vec![self.recount()];
        if !has_room {
            // The edition that was stored before is still complete; further attempts would fail
            // too.
            self.policy = CachePolicy::Nothing;
            state.sync.is_full = true;
        } else if self.stored.as_ref() == Some(&edition) {
            state.sync.is_stored = true;
            effects.push(Effect::RememberEdition(edition));
        }
        effects
    }

    fn recount(&mut self) -> Effect {
        self.pending_counts += 1;
        Effect::CountStored
    }

    /// Counts the stored cells of the shown edition.
    fn count(&mut self, state: &mut DatasetState, names: &[String]) {
        let Data::Ready(dataset) = &state.data else {
            return;
        };
        let cells = &dataset.manifest.cells;
        let is_stored = |cell: &&CellEntry| names.contains(&cell.file_name());
        let stored: Vec<&CellEntry> = cells.iter().filter(is_stored).collect();
        state.sync.stored_cells = u32::try_from(stored.len()).unwrap_or(u32::MAX);
        state.sync.stored_bytes = stored.iter().map(|cell| cell.bytes).sum();
        // While another edition is stored, what is known of it stays.
        if self.stored.as_ref() == Some(&dataset.manifest.edition) {
            self.stored_bounds = stored.iter().map(|cell| cell.bounds).collect();
        }
    }
}

/// The names of an edition's files.
fn file_names(manifest: &Manifest) -> Vec<String> {
    let cells = manifest.cells.iter().map(CellEntry::file_name);
    let programmes = manifest.programmes.iter().map(ProgrammesEntry::file_name);
    cells.chain(programmes).collect()
}
