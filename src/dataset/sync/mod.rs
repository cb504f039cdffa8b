//! Synchronisation of the dataset with its host and the phone's storage: a state machine.
//! Events go in, effects come out; the browser side (`ui::live::sync`) performs them and
//! reports each result as the next event.
//!
//! - One request for the manifest, one download of what the screen needs, one in the background
//!   and one commit are pending at a time.
//! - What the screen needs never waits for anything else, and what is stored is read without a
//!   pause, whatever failed before.
//! - A newer edition is shown when every cell of it is loaded that the screen needs or that
//!   covers an area with stored cells, and stored when these are stored: an update never leaves
//!   an area without stations. Of the first edition, a part is stored.

mod check;
mod event;

use std::sync::Arc;

use super::{
    CellEntry, Data, Dataset, DatasetState, Manifest, ProgrammesEntry, StorageKind, UpdateCheck,
    is_worth_keeping,
};
use crate::domain::backoff::Backoff;
use crate::domain::position::Bounds;
use crate::domain::programme::Programme;

pub use event::{Arrived, CommitOutcome, Effect, Purpose, SyncEvent};

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

/// A pending download of cells or programmes.
#[derive(Clone, Debug)]
struct Download {
    edition: String,
    /// The cells, by index; none for programmes.
    indexes: Vec<usize>,
    /// When it began, in minutes.
    began_at: i64,
    /// Whether a retry was asked for meanwhile.
    is_retried: bool,
    /// Whether the storage was cleared meanwhile.
    is_cleared: bool,
}

/// Bookkeeping of the synchronisation; nothing of it is rendered.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says whether one thing is pending, independent of the others"
)]
pub struct DatasetSync {
    /// The edition and bytes of the last manifest that was downloaded.
    manifest: Option<(String, Vec<u8>)>,
    /// The edition whose manifest is stored.
    stored: Option<String>,
    /// The bounds of the stored cells; none for cells of stations without positions. Up to date
    /// while [`Self::is_counted`].
    stored_bounds: Vec<Option<Bounds>>,
    pending_counts: u32,
    has_failed_count: bool,
    policy: CachePolicy,
    is_open: bool,
    /// Whether a retry was asked for before that.
    is_retry_wanted: bool,
    is_checking: bool,
    is_check_retried: bool,
    is_committing: bool,
    for_screen: Option<Download>,
    in_background: Option<Download>,
    check_pause: Backoff,
    screen_pause: Backoff,
    background_pause: Backoff,
    /// The edition and cells that the screen lacked when it was last asked.
    lacking: (String, Vec<usize>),
    /// The edition and cells that could not be loaded last: others are asked for before them.
    failing: (String, Vec<usize>),
    /// Whether the programmes were asked for last of what had failed.
    were_programmes_asked: bool,
    /// When the manifest was requested last, in minutes.
    checked_at: i64,
}

impl DatasetSync {
    /// The machine of a page that was just opened.
    #[must_use]
    pub fn new(policy: CachePolicy) -> Self {
        Self {
            manifest: None,
            stored: None,
            stored_bounds: Vec::new(),
            pending_counts: 0,
            has_failed_count: false,
            policy,
            is_open: false,
            is_retry_wanted: false,
            is_checking: false,
            is_check_retried: false,
            is_committing: false,
            for_screen: None,
            in_background: None,
            check_pause: Backoff::default(),
            screen_pause: Backoff::default(),
            background_pause: Backoff::default(),
            lacking: (String::new(), Vec::new()),
            failing: (String::new(), Vec::new()),
            were_programmes_asked: false,
            checked_at: i64::MIN,
        }
    }

    /// Takes an event at `now`, in minutes.
    pub fn handle(&mut self, state: &mut DatasetState, event: SyncEvent, now: i64) -> Vec<Effect> {
        match event {
            SyncEvent::Opened {
                manifest,
                stored,
                has_room,
            } => {
                if let Some((edition, bounds)) = stored {
                    (self.stored, self.stored_bounds) = (Some(edition), bounds);
                }
                self.open(state, manifest, has_room, now)
            }
            SyncEvent::ManifestArrived(arrived) => self.take_manifest(state, arrived, now),
            SyncEvent::CellsArrived(purpose, arrived) => {
                self.end_download(state, purpose, arrived, Dataset::add)
            }
            SyncEvent::ProgrammesArrived(arrived) => {
                let add = |dataset: &mut Dataset, programmes: Vec<Programme>| {
                    dataset.programmes = programmes;
                };
                self.end_download(state, Purpose::Background, arrived, add)
            }
            SyncEvent::Committed { edition, outcome } => self.end_commit(state, edition, outcome),
            SyncEvent::Counted(names) => {
                self.pending_counts = self.pending_counts.saturating_sub(1);
                self.has_failed_count = names.is_none();
                if let Some(names) = names {
                    self.count(state, &names);
                }
                Vec::new()
            }
            SyncEvent::Ticked => self.tick(now),
            SyncEvent::Retried => self.retry(state, now),
            SyncEvent::StoreAllWanted => {
                // What is loaded but not stored is loaded again by the reopened page; until then
                // nothing may be committed.
                let is_unstored = self.policy == CachePolicy::Nothing;
                if !is_unstored {
                    self.policy = CachePolicy::All;
                }
                let reload = is_unstored && state.sync.storage != StorageKind::Nowhere;
                vec![Effect::Persist { reload }]
            }
            SyncEvent::ClearWanted => {
                (self.policy, self.stored) = (CachePolicy::Nothing, None);
                for download in self.for_screen.iter_mut().chain(&mut self.in_background) {
                    download.is_cleared = true;
                }
                vec![Effect::ClearStored]
            }
            SyncEvent::Cleared => {
                state.sync.is_stored = false;
                vec![self.recount()]
            }
            SyncEvent::LeftoversDropped => vec![self.recount()],
        }
    }

    /// Starts what is to be done next, if anything. To be called after every change of what is
    /// known. `lacking` are the cells that the screen lacks of the shown edition, `lacking_next`
    /// those that it would lack of the next one.
    pub fn fill(
        &mut self,
        state: &mut DatasetState,
        lacking: &[usize],
        lacking_next: &[usize],
        saves_data: bool,
        now: i64,
    ) -> Vec<Effect> {
        // A commit drops the files that it does not name, also those of a download meanwhile.
        if !self.is_open || self.is_committing {
            return Vec::new();
        }
        let Some(shown) = state.shown().cloned() else {
            // Without stations the page itself is still worth storing.
            let has_failed = matches!(state.data, Data::Failed);
            return has_failed
                .then_some(Effect::StorePage)
                .into_iter()
                .collect();
        };
        let mut effects = Vec::new();
        effects.extend(self.fill_screen(state, &shown, lacking, now));
        if self.for_screen.is_some() || self.in_background.is_some() {
            return effects;
        }
        // The screen has what it needs, or what it lacks has failed and waits for its pause: that
        // keeps nothing else from being stored.
        effects.push(Effect::StorePage);
        let has_any = || lacking.is_empty() || shown.missing().len() < shown.manifest.cells.len();
        if self.stored.is_none() && has_any() {
            // A part of the first edition is better than none.
            effects.extend(self.commit(&shown));
            if self.is_committing {
                return effects;
            }
        }
        if let Some(next) = state.next.clone() {
            effects.extend(self.fill_next(state, next, lacking_next, now));
        } else if self.is_counted() {
            let have_failed = state.sync.programmes_error.is_some();
            effects.extend(self.fill_background(&shown, lacking, have_failed, saves_data, now));
        }
        effects
    }

    /// Whether it is known which cells are stored.
    fn is_counted(&self) -> bool {
        self.pending_counts == 0 && !self.has_failed_count
    }

    /// What the screen lacks, unless it is on its way.
    fn fill_screen(
        &mut self,
        state: &mut DatasetState,
        shown: &Arc<Dataset>,
        lacking: &[usize],
        now: i64,
    ) -> Option<Effect> {
        let edition = &shown.manifest.edition;
        if self.lacking.0 != *edition || self.lacking.1 != lacking {
            // Other cells may be stored, or within reach of the network.
            state.sync.cells_error = None;
            self.lacking = (edition.clone(), lacking.to_vec());
            self.screen_pause = Backoff::default();
        }
        if self.for_screen.is_some() || !self.screen_pause.is_due(now) {
            return None;
        }
        let coming = self.in_background.as_ref();
        let coming = coming.filter(|download| download.edition == *edition);
        let coming = coming.map_or(&[][..], |download| &download.indexes);
        let mut indexes = lacking.to_vec();
        indexes.retain(|index| !coming.contains(index));
        if indexes.is_empty() {
            return None;
        }
        if shown.manifest.cell_bytes() <= ONE_ROUND_BYTES {
            indexes = shown.missing();
            indexes.retain(|index| !coming.contains(index));
        }
        Some(self.fetch(Purpose::Screen, shown, indexes, now))
    }

    /// What is lacking of the next edition before it can be shown; then it is.
    fn fill_next(
        &mut self,
        state: &mut DatasetState,
        next: Arc<Dataset>,
        lacking: &[usize],
        now: i64,
    ) -> Option<Effect> {
        if self.stored.is_some() && !self.is_counted() {
            return None;
        }
        let manifest = &next.manifest;
        let mut indexes = lacking.to_vec();
        if manifest.cell_bytes() <= ONE_ROUND_BYTES {
            indexes = next.missing();
        } else if indexes.is_empty() && self.stored.is_some() {
            // Where cells are stored now, the rider must find stations without a network.
            indexes = next.missing();
            indexes.retain(|index| {
                is_worth_keeping(&manifest.cells[*index], manifest, 0, &self.stored_bounds)
            });
            let (failing, others) = self.split_failing(manifest, indexes);
            indexes = [others, failing].concat();
            indexes.truncate(BATCH);
        }
        if indexes.is_empty() {
            state.next = None;
            state.sync.check = UpdateCheck::Fresh;
            state.sync.cells_error = None;
            return Some(Effect::Show(next));
        }
        let is_due = self.background_pause.is_due(now);
        is_due.then(|| self.fetch(Purpose::Background, &next, indexes, now))
    }

    /// What no screen needs: cells that are worth storing, then the programmes, then the commit.
    /// What failed last comes after all else.
    fn fill_background(
        &mut self,
        shown: &Arc<Dataset>,
        lacking: &[usize],
        have_programmes_failed: bool,
        saves_data: bool,
        now: i64,
    ) -> Option<Effect> {
        if !self.background_pause.is_due(now) {
            return None;
        }
        let mut indexes = self.worth_storing(shown, saves_data);
        // The screen asks for these itself.
        indexes.retain(|index| !lacking.contains(index));
        let (mut failing, mut others) = self.split_failing(&shown.manifest, indexes);
        if shown.manifest.cell_bytes() > ONE_ROUND_BYTES {
            others.truncate(BATCH);
            failing.truncate(BATCH);
        }
        let programmes = shown.manifest.programmes;
        let programmes = programmes.filter(|_| shown.programmes.is_empty());
        let is_programmes_turn =
            !have_programmes_failed || failing.is_empty() || !self.were_programmes_asked;
        let cells = if others.is_empty() {
            failing
        } else {
            others.clone()
        };
        match (cells.is_empty(), programmes) {
            (true, None) => {
                // What failed is not wanted any more.
                self.background_pause = Backoff::default();
                lacking.is_empty().then(|| self.commit(shown)).flatten()
            }
            (_, Some(entry)) if others.is_empty() && is_programmes_turn => {
                self.were_programmes_asked = true;
                self.in_background = Some(Download::new(shown, Vec::new(), now));
                let may_store = self.policy != CachePolicy::Nothing;
                Some(Effect::FetchProgrammes { entry, may_store })
            }
            (_, Some(_) | None) => {
                self.were_programmes_asked = false;
                Some(self.fetch(Purpose::Background, shown, cells, now))
            }
        }
    }

    /// Of these cells, those that could not be loaded last, and the others.
    fn split_failing(&self, of: &Manifest, indexes: Vec<usize>) -> (Vec<usize>, Vec<usize>) {
        let (edition, failing) = &self.failing;
        let is_failing = |index: &usize| *edition == of.edition && failing.contains(index);
        indexes.into_iter().partition(is_failing)
    }

    fn fetch(
        &mut self,
        purpose: Purpose,
        dataset: &Arc<Dataset>,
        indexes: Vec<usize>,
        now: i64,
    ) -> Effect {
        *self.slot(purpose) = Some(Download::new(dataset, indexes.clone(), now));
        Effect::FetchCells {
            purpose,
            dataset: Arc::clone(dataset),
            indexes,
            may_store: self.policy != CachePolicy::Nothing,
        }
    }

    fn slot(&mut self, purpose: Purpose) -> &mut Option<Download> {
        match purpose {
            Purpose::Screen => &mut self.for_screen,
            Purpose::Background => &mut self.in_background,
        }
    }

    /// The missing cells that no screen needs and that are worth storing.
    fn worth_storing(&self, dataset: &Dataset, saves_data: bool) -> Vec<usize> {
        let manifest = &dataset.manifest;
        if manifest.cell_bytes() <= ONE_ROUND_BYTES {
            return dataset.missing();
        }
        let limit = manifest.keep_bytes;
        let most_bytes = match self.policy {
            CachePolicy::All => u32::MAX,
            CachePolicy::Limited if saves_data => limit / SAVE_DATA_DIVISOR,
            CachePolicy::Limited => limit,
            CachePolicy::Nothing => return Vec::new(),
        };
        let is_worth = |index: &usize| {
            let cell = &manifest.cells[*index];
            is_worth_keeping(cell, manifest, most_bytes, &self.stored_bounds)
        };
        let mut missing = dataset.missing();
        missing.retain(is_worth);
        missing
    }

    fn end_download<T>(
        &mut self,
        state: &mut DatasetState,
        purpose: Purpose,
        arrived: Arrived<T>,
        add: impl FnOnce(&mut Dataset, T),
    ) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !arrived.has_room {
            effects.extend(self.be_full(state));
        }
        let Some(download) = self.slot(purpose).take() else {
            return effects;
        };
        if download.is_cleared {
            // It may have stored files after the storage was cleared.
            effects.push(Effect::ClearStored);
        }
        effects.push(self.recount());
        let is_next = |next: &Arc<Dataset>| next.manifest.edition == download.edition;
        let is_next = state.next.as_ref().is_some_and(is_next);
        let is_shown = state
            .shown()
            .is_some_and(|shown| shown.manifest.edition == download.edition);
        if !is_next && !is_shown {
            // The host has moved on meanwhile.
            return effects;
        }
        if let Some(dataset) = state.edition(&download.edition) {
            // It is copied if the first answer's download still holds it.
            add(Arc::make_mut(dataset), arrived.content);
            if self.failing.0 != download.edition {
                self.failing = (download.edition.clone(), Vec::new());
            }
            let failing = &mut self.failing.1;
            failing.retain(|index| !download.indexes.contains(index));
            let asked = download.indexes.iter();
            failing.extend(asked.filter(|index| dataset.is_missing(**index)));
        }
        // A host with a newer edition may have dropped the files of this one: no reason to delay
        // the newer ones.
        let is_outdated = purpose == Purpose::Background && !is_next && state.next.is_some();
        let failed = arrived
            .error
            .filter(|_| !is_outdated && !download.is_retried);
        let pause = match purpose {
            Purpose::Screen => &mut self.screen_pause,
            Purpose::Background => &mut self.background_pause,
        };
        *pause = match failed {
            Some(_) => pause.after_failure(download.began_at),
            None => Backoff::default(),
        };
        let is_programmes = download.indexes.is_empty();
        match (arrived.error, purpose) {
            (None, Purpose::Screen) => state.sync.cells_error = None,
            // The rider may be elsewhere by now.
            (Some(error), Purpose::Screen) => {
                state.sync.cells_error = (!self.lacking.1.is_empty()).then_some(error);
            }
            (Some(error), Purpose::Background) if is_next => {
                state.sync.check = UpdateCheck::Failed(error);
            }
            (Some(error), Purpose::Background) if is_programmes => {
                state.sync.programmes_error = Some(error);
            }
            (None, Purpose::Background) if is_programmes => state.sync.programmes_error = None,
            (None | Some(_), Purpose::Background) => {}
        }
        effects
    }

    /// Makes an edition the stored one, unless it is.
    fn commit(&mut self, dataset: &Dataset) -> Option<Effect> {
        let edition = &dataset.manifest.edition;
        let (of, manifest) = self.manifest.as_ref()?;
        let is_wanted = of == edition
            && self.stored.as_ref() != Some(edition)
            && self.policy != CachePolicy::Nothing;
        if !is_wanted {
            return None;
        }
        let commit = Effect::Commit {
            edition: edition.clone(),
            manifest: manifest.clone(),
            over: self.stored.clone(),
            names: file_names(&dataset.manifest),
            loaded: names_of_loaded(dataset),
        };
        self.is_committing = true;
        self.stored = Some(edition.clone());
        Some(commit)
    }

    fn end_commit(
        &mut self,
        state: &mut DatasetState,
        edition: String,
        outcome: CommitOutcome,
    ) -> Vec<Effect> {
        self.is_committing = false;
        let mut effects = vec![self.recount()];
        match outcome {
            // Further attempts would fail too.
            CommitOutcome::Full => effects.extend(self.be_full(state)),
            CommitOutcome::Superseded => self.policy = CachePolicy::Nothing,
            CommitOutcome::Stored if self.stored.as_ref() == Some(&edition) => {
                state.sync.is_stored = true;
                effects.push(Effect::RememberEdition(edition));
            }
            // The storage was cleared meanwhile, perhaps before the manifest was written.
            CommitOutcome::Stored => effects.push(Effect::ClearStored),
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

impl Download {
    fn new(of: &Dataset, indexes: Vec<usize>, now: i64) -> Self {
        Self {
            edition: of.manifest.edition.clone(),
            indexes,
            began_at: now,
            is_retried: false,
            is_cleared: false,
        }
    }
}

/// The names of the files of which the dataset is made so far.
fn names_of_loaded(dataset: &Dataset) -> Vec<String> {
    let manifest = &dataset.manifest;
    let cells = manifest.cells.iter().enumerate();
    let loaded = cells.filter(|(index, entry)| entry.stations > 0 && !dataset.is_missing(*index));
    let programmes = manifest.programmes.iter();
    let programmes = programmes.filter(|_| !dataset.programmes.is_empty());
    loaded
        .map(|(_, entry)| entry.file_name())
        .chain(programmes.map(ProgrammesEntry::file_name))
        .collect()
}

/// The names of an edition's files, without its manifest.
#[must_use]
pub fn file_names(manifest: &Manifest) -> Vec<String> {
    let cells = manifest.cells.iter().map(CellEntry::file_name);
    let programmes = manifest.programmes.iter().map(ProgrammesEntry::file_name);
    cells.chain(programmes).collect()
}
