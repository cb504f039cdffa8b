//! A simulated phone with the page open, and the host of the dataset.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use yizhan::dataset::{
    Arrived, CachePolicy, CellEntry, CommitOutcome, Data, Dataset, DatasetState, DatasetSync,
    Effect, FetchError, MANIFEST_NAME, Manifest, Newness, SyncEvent, UpdateCheck, decode_cell,
    decode_manifest, decode_programmes, file_names, newness,
};
use yizhan::domain::position::{LonLat, Metres};
use yizhan::domain::programme::Programme;
use yizhan::domain::station::Station;

use crate::fixture::time;

/// Longitudes of towns so far apart that no cell holds stations of two.
pub(super) const TOWNS: [f64; 4] = [104.0, 109.0, 114.0, 119.0];

/// As far as the screen looks around a place.
pub(super) const REACH: Metres = Metres(20_000.0);

pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// An edition, as it lies on a host.
pub(super) struct Edition {
    pub(super) manifest: Manifest,
    pub(super) files: Files,
}

pub(super) fn town(number: usize) -> LonLat {
    LonLat::new(TOWNS[number], 31.0).expect("on Earth")
}

pub(super) fn edition(
    day: u32,
    stations: usize,
    address_length: usize,
    keep_bytes: u32,
) -> Edition {
    let station = |number: usize| {
        let lat = 31.0 + f64::from(u32::try_from(number).expect("few")) * 1e-4;
        Station {
            id: format!("s{number}"),
            name: format!("第{day}天{number}站"),
            // Random enough for the text not to be shared.
            address: format!("{number}").repeat(address_length / 3),
            position: LonLat::new(TOWNS[number % TOWNS.len()], lat).ok(),
            ..Station::default()
        }
    };
    let about = Manifest {
        edition: format!("2026-07-{day:02}"),
        built_at: time(&format!("2026-07-{day:02}T06:00")),
        keep_bytes,
        ..Manifest::default()
    };
    let programme = Programme {
        id: "p".to_owned(),
        title: format!("第{day}天"),
        ..Programme::default()
    };
    let (dataset, files) =
        Dataset::publish(about, (0..stations).map(station).collect(), vec![programme]);
    Edition {
        manifest: dataset.manifest,
        files: files.into_iter().collect(),
    }
}

/// Three editions that a phone stores whole.
pub(super) static SMALL: LazyLock<Vec<Edition>> =
    LazyLock::new(|| (1..=3).map(|day| edition(day, 40, 3, 1_000_000)).collect());

/// Three editions of which a phone stores the cells around the places where it was.
pub(super) static LARGE: LazyLock<Vec<Edition>> =
    LazyLock::new(|| (1..=3).map(|day| edition(day, 1200, 200, 1000)).collect());

/// What happens next.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A pending request, by its number, is answered; or fails.
    Answer(usize, Option<FetchError>),
    /// The host has this edition from now on.
    Publish(usize),
    /// The clock goes on by so many minutes, or is set back.
    Wait(i64),
    /// The rider is in this town; or nobody knows where.
    Move(Option<usize>),
    Retry,
    StoreAll,
    Clear,
    /// Whether the storage has room.
    Room(bool),
    /// The host lacks a file of its edition, by its number, until it is mended.
    Break(usize),
    Mend,
    /// Another tab stores this edition.
    OtherTab(usize),
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let error = prop_oneof![
        Just(FetchError::Unreached),
        Just(FetchError::Missing),
        Just(FetchError::Damaged)
    ];
    prop_oneof![
        12 => (0..4_usize).prop_map(|request| Step::Answer(request, None)),
        3 => ((0..4_usize), error).prop_map(|(request, error)| Step::Answer(request, Some(error))),
        2 => (0..3_usize).prop_map(Step::Publish),
        4 => (1..90_i64).prop_map(Step::Wait),
        1 => (-1_000_000..-1000_i64).prop_map(Step::Wait),
        3 => prop::option::weighted(0.8, 0..4_usize).prop_map(Step::Move),
        1 => Just(Step::Retry),
        1 => Just(Step::StoreAll),
        1 => Just(Step::Clear),
        1 => any::<bool>().prop_map(Step::Room),
        2 => (0..8_usize).prop_map(Step::Break),
        1 => Just(Step::Mend),
        1 => (0..3_usize).prop_map(Step::OtherTab),
    ]
}

/// A phone with the page open, and the host as it is now.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says one thing, independent of the others"
)]
pub(super) struct Phone<'a> {
    pub(super) editions: &'a [Edition],
    pub(super) published: usize,
    pub(super) sync: DatasetSync,
    pub(super) state: DatasetState,
    pub(super) now: i64,
    pub(super) town: Option<usize>,
    pub(super) store: Files,
    pub(super) has_room: bool,
    /// Files that the host lacks.
    pub(super) broken: BTreeSet<String>,
    /// Requests without an answer.
    pub(super) pending: Vec<Effect>,
    /// How many requests to the host were made.
    pub(super) requests: usize,
    pub(super) is_page_stored: bool,
    /// Whether the rider cleared the storage since the page was opened, or it was full, or another
    /// tab has changed it.
    pub(super) is_unstored: bool,
    pub(super) has_other_tab: bool,
}

impl<'a> Phone<'a> {
    pub(super) fn new(
        editions: &'a [Edition],
        published: usize,
        state: DatasetState,
        store: Files,
    ) -> Self {
        Self {
            editions,
            published,
            sync: DatasetSync::new(CachePolicy::Limited),
            state,
            now: 0,
            town: Some(0),
            store,
            has_room: true,
            broken: BTreeSet::new(),
            pending: Vec::new(),
            requests: 0,
            is_page_stored: false,
            is_unstored: false,
            has_other_tab: false,
        }
    }

    /// A first visit: the manifest was downloaded, no cell yet.
    pub(super) fn first_visit(editions: &'a [Edition], published: usize) -> Self {
        let host = &editions[published];
        let mut state = DatasetState {
            data: Data::Ready(Arc::new(Dataset::promised(host.manifest.clone()))),
            ..DatasetState::default()
        };
        state.sync.check = UpdateCheck::Fresh;
        let mut phone = Self::new(editions, published, state, Files::new());
        let manifest = Some(host.files[MANIFEST_NAME].clone());
        phone.handle(SyncEvent::Opened {
            manifest,
            stored: None,
            has_room: true,
        });
        phone.render();
        phone
    }

    /// A later visit, with what an earlier one stored.
    pub(super) fn later_visit(editions: &'a [Edition], published: usize, store: Files) -> Self {
        let manifest = decode_manifest(&store[MANIFEST_NAME]).expect("stored whole");
        let state = DatasetState::of_stored(Dataset::promised(manifest));
        let mut phone = Self::new(editions, published, state, store);
        phone.handle(SyncEvent::Opened {
            manifest: None,
            stored: None,
            has_room: true,
        });
        phone.render();
        phone
    }

    pub(super) fn shown(&self) -> &Dataset {
        self.state.shown().expect("a dataset is shown")
    }

    pub(super) fn handle(&mut self, event: SyncEvent) {
        let effects = self.sync.handle(&mut self.state, event, self.now);
        self.perform(effects);
    }

    pub(super) fn needed_of(&self, dataset: &Dataset) -> Vec<usize> {
        self.town
            .map_or_else(Vec::new, |number| dataset.missing_near(town(number), REACH))
    }

    /// What the page does after every change.
    pub(super) fn render(&mut self) {
        loop {
            let lacking = self.needed_of(self.shown());
            let next = self.state.next.as_ref();
            let lacking_next = next.map_or(Vec::new(), |next| self.needed_of(next));
            let state = &mut self.state;
            let effects = self
                .sync
                .fill(state, &lacking, &lacking_next, false, self.now);
            let is_shown = effects
                .iter()
                .any(|effect| matches!(effect, Effect::Show(_)));
            self.perform(effects);
            if !is_shown {
                return;
            }
        }
    }

    pub(super) fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Show(dataset) => {
                    let before = self.shown().manifest.built_at;
                    assert!(dataset.manifest.built_at > before, "shows an older edition");
                    assert_eq!(
                        self.needed_of(&dataset),
                        [0; 0],
                        "shows an edition with a hole"
                    );
                    self.state.data = Data::Ready(dataset);
                }
                Effect::Persist { reload } => self.is_unstored |= reload,
                Effect::StorePage => self.is_page_stored = true,
                Effect::CheckPage | Effect::RememberEdition(_) => {}
                Effect::FetchManifest
                | Effect::FetchCells { .. }
                | Effect::FetchProgrammes { .. }
                | Effect::Commit { .. }
                | Effect::CountStored
                | Effect::ClearStored
                | Effect::DropLeftovers => self.pending.push(effect),
            }
        }
        let count = |is_it: fn(&&Effect) -> bool| self.pending.iter().filter(is_it).count();
        assert!(count(|effect| matches!(effect, Effect::FetchManifest)) <= 1);
        let commits = count(|effect| matches!(effect, Effect::Commit { .. }));
        let downloads = count(|effect| {
            matches!(
                effect,
                Effect::FetchCells { .. } | Effect::FetchProgrammes { .. }
            )
        });
        assert!(downloads <= 2, "three downloads at once");
        assert!(
            commits <= 1 && commits * downloads == 0,
            "a download during a commit"
        );
    }

    /// A file from the storage, else from the host, which may fail.
    pub(super) fn load(
        &mut self,
        name: &str,
        may_store: bool,
        error: Option<FetchError>,
    ) -> Result<Vec<u8>, FetchError> {
        if let Some(bytes) = self.store.get(name) {
            return Ok(bytes.clone());
        }
        if let Some(error) = error {
            return Err(error);
        }
        self.requests += 1;
        let host = &self.editions[self.published].files;
        let is_there = !self.broken.contains(name);
        let bytes = host
            .get(name)
            .filter(|_| is_there)
            .cloned()
            .ok_or(FetchError::Missing)?;
        if may_store && self.has_room {
            self.store.insert(name.to_owned(), bytes.clone());
        }
        Ok(bytes)
    }

    pub(super) fn answer(&mut self, request: usize, error: Option<FetchError>) {
        if self.pending.is_empty() {
            return;
        }
        let effect = self.pending.remove(request % self.pending.len());
        let event = match effect {
            Effect::FetchManifest => {
                self.requests += 1;
                let host = &self.editions[self.published];
                let arrived = (host.manifest.clone(), host.files[MANIFEST_NAME].clone());
                SyncEvent::ManifestArrived(error.map_or(Ok(Box::new(arrived)), Err))
            }
            Effect::FetchCells {
                purpose,
                dataset,
                indexes,
                may_store,
            } => {
                let mut arrived = Arrived {
                    content: Vec::new(),
                    error: None,
                    has_room: !may_store || self.has_room,
                };
                for index in indexes {
                    let entry = &dataset.manifest.cells[index];
                    match self.load(&entry.file_name(), may_store, error) {
                        Ok(bytes) => {
                            let cell = decode_cell(&bytes, entry, &dataset.manifest);
                            arrived.content.push((index, cell.expect("whole").cell));
                        }
                        Err(error) => arrived.error = Some(error),
                    }
                }
                drop(dataset);
                SyncEvent::CellsArrived(purpose, arrived)
            }
            Effect::FetchProgrammes { entry, may_store } => {
                let loaded = self.load(&entry.file_name(), may_store, error);
                let decode = |bytes: &Vec<u8>| decode_programmes(bytes, &entry).expect("whole");
                SyncEvent::ProgrammesArrived(Arrived {
                    content: loaded.as_ref().map(decode).unwrap_or_default(),
                    error: loaded.err(),
                    has_room: !may_store || self.has_room,
                })
            }
            Effect::Commit {
                edition,
                manifest,
                over,
                names,
                loaded,
            } => {
                let outcome = if !self.may_commit(&edition, over.as_ref(), &loaded) {
                    self.is_unstored = true;
                    CommitOutcome::Superseded
                } else if self.has_room {
                    self.commit(manifest, &names);
                    CommitOutcome::Stored
                } else {
                    CommitOutcome::Full
                };
                SyncEvent::Committed { edition, outcome }
            }
            // Storage that does not answer.
            Effect::CountStored if error.is_some() => SyncEvent::Counted(None),
            Effect::CountStored => SyncEvent::Counted(Some(self.store.keys().cloned().collect())),
            Effect::ClearStored => {
                self.store.clear();
                self.is_unstored = true;
                SyncEvent::Cleared
            }
            Effect::DropLeftovers => {
                if let Some(manifest) = self.store.get(MANIFEST_NAME) {
                    let names = file_names(&decode_manifest(manifest).expect("whole"));
                    self.store
                        .retain(|name, _| name == MANIFEST_NAME || names.contains(name));
                }
                SyncEvent::LeftoversDropped
            }
            Effect::Show(_)
            | Effect::RememberEdition(_)
            | Effect::StorePage
            | Effect::CheckPage
            | Effect::Persist { .. } => unreachable!("performed at once"),
        };
        self.handle(event);
    }

    pub(super) fn stored(&self) -> Option<Manifest> {
        let stored = self.store.get(MANIFEST_NAME);
        stored.map(|stored| decode_manifest(stored).expect("whole"))
    }

    /// Whether the edition is stored that a commit replaces, and all that it is to hold.
    pub(super) fn may_commit(
        &self,
        edition: &str,
        over: Option<&String>,
        loaded: &[String],
    ) -> bool {
        let stored = self.stored().map(|stored| stored.edition);
        let is_expected =
            |stored: &String| stored == edition || over.is_some_and(|over| over == stored);
        let is_there = |name: &String| self.store.contains_key(name);
        let may_commit = stored.as_ref().is_none_or(is_expected) && loaded.iter().all(is_there);
        assert!(
            may_commit || self.is_unstored,
            "a commit over another edition, or without its files"
        );
        may_commit
    }

    /// Another tab stores an edition with all its files, unless a newer one is stored.
    pub(super) fn store_in_other_tab(&mut self, edition: usize) {
        let edition = &self.editions[edition];
        (self.has_other_tab, self.is_unstored) = (true, true);
        let is_newest = |stored| newness(&edition.manifest, &stored) != Newness::Older;
        if self.stored().is_none_or(is_newest) {
            self.store = edition.files.clone();
        }
    }

    /// Stores a manifest; the files that it does not name go.
    pub(super) fn commit(&mut self, manifest: Vec<u8>, names: &[String]) {
        let new = decode_manifest(&manifest).expect("whole");
        if let Some(old) = self.store.get(MANIFEST_NAME) {
            let old = decode_manifest(old).expect("whole");
            let is_stored = |cell: &&CellEntry| self.store.contains_key(&cell.file_name());
            for before in old.cells.iter().filter(is_stored) {
                for cell in new.cells.iter().filter(|cell| !is_stored(cell)) {
                    let (Some(one), Some(other)) = (before.bounds, cell.bounds) else {
                        continue;
                    };
                    assert!(
                        !one.touches(&other),
                        "an update leaves an area without stations"
                    );
                }
            }
        }
        // Of the first edition, a part is stored.
        let is_first = !self.store.contains_key(MANIFEST_NAME);
        self.store.retain(|name, _| names.contains(name));
        if let (Some(entry), false) = (new.programmes, is_first) {
            let is_stored = self.store.contains_key(&entry.file_name());
            assert!(is_stored, "stored without its programmes");
        }
        self.store.insert(MANIFEST_NAME.to_owned(), manifest);
    }

    pub(super) fn take(&mut self, step: &Step) {
        match *step {
            Step::Answer(request, error) => self.answer(request, error),
            Step::Publish(edition) => self.published = edition,
            Step::Break(number) => {
                let names = file_names(&self.editions[self.published].manifest);
                self.broken.insert(names[number % names.len()].clone());
            }
            Step::Mend => self.broken.clear(),
            Step::OtherTab(edition) => self.store_in_other_tab(edition),
            Step::Wait(minutes) => {
                self.now += minutes;
                self.handle(SyncEvent::Ticked);
            }
            Step::Move(town) => self.town = town,
            Step::Retry => self.handle(SyncEvent::Retried),
            Step::StoreAll => self.handle(SyncEvent::StoreAllWanted),
            Step::Clear => self.handle(SyncEvent::ClearWanted),
            Step::Room(has_room) => {
                self.has_room = has_room;
                self.is_unstored |= !has_room;
            }
        }
        self.render();
    }

    /// Answers what is pending until a commit is.
    pub(super) fn answer_until_commit(&mut self) {
        let is_commit = |effect: &Effect| matches!(effect, Effect::Commit { .. });
        while !self.pending.iter().any(is_commit) {
            self.take(&Step::Answer(0, None));
        }
    }

    pub(super) fn answer_all(&mut self, error: Option<FetchError>) {
        for _ in 0..100 {
            self.take(&Step::Answer(0, error));
        }
    }

    /// Without a network, each area whose cells are stored can be shown.
    pub(super) fn assert_offline(&mut self) {
        let Some(manifest) = self.store.get(MANIFEST_NAME) else {
            return;
        };
        if self.has_other_tab {
            // Opened anew, the page has what the other tab stored.
            return Self::later_visit(self.editions, self.published, self.store.clone())
                .assert_offline();
        }
        let stored = Dataset::promised(decode_manifest(manifest).expect("whole"));
        for number in 0..TOWNS.len() {
            self.take(&Step::Move(Some(number)));
            self.answer_all(Some(FetchError::Unreached));
            let near = self.needed_of(&stored);
            let is_stored = |index: &usize| {
                let name = stored.manifest.cells[*index].file_name();
                self.store.contains_key(&name)
            };
            if near.iter().all(is_stored) {
                assert_eq!(
                    self.needed_of(self.shown()),
                    [0; 0],
                    "stored, and not shown"
                );
            }
        }
    }

    /// The network works from now on, and the rider asks again, or leaves the page open.
    pub(super) fn settle(&mut self, is_asked: bool) {
        self.has_room = true;
        self.broken.clear();
        for _ in 0..if is_asked { 2 } else { 20 } {
            self.take(if is_asked {
                &Step::Retry
            } else {
                &Step::Wait(61)
            });
            for _ in 0..400 {
                if self.pending.is_empty() {
                    break;
                }
                self.take(&Step::Answer(0, None));
            }
            assert!(self.pending.is_empty(), "never ends: {:?}", self.pending);
        }
    }

    /// What holds once the network works: the newest edition is shown and stored.
    pub(super) fn assert_settled(&self) {
        let host = &self.editions[self.published].manifest;
        let shown = &self.shown().manifest;
        assert!(self.state.next.is_none());
        if shown.built_at > host.built_at {
            // A host that was rolled back has no cells of this edition.
            let older = UpdateCheck::Failed(FetchError::Older);
            assert_eq!(self.state.sync.check, older);
            return;
        }
        assert_eq!(self.state.sync.cells_error, None);
        assert_eq!(self.needed_of(self.shown()), [0; 0]);
        assert_eq!(shown.edition, host.edition);
        assert_eq!(self.state.sync.check, UpdateCheck::Fresh);
        if self.is_unstored {
            return;
        }
        assert!(self.state.sync.is_stored);
        let stored = decode_manifest(&self.store[MANIFEST_NAME]).expect("whole");
        assert_eq!(stored.edition, host.edition);
    }
}
