//! The dataset comes: first what the phone keeps, then what the network has that
//! is newer. An edition takes the place of another only when all that the screen
//! needs of it is here, and is kept only when it leaves no place without stations.

use std::sync::Arc;

use crate::browser::task::spawn;
use leptos::prelude::*;

use super::controller::Controller;
use super::runtime::{EDITION_KEY, WHOLE_KEY};
use crate::browser;
use crate::browser::kept::EarlyFile;
use crate::browser::service_worker::Worker;
use crate::browser::stations::{self, Arrived};
use crate::dataset::{
    Dataset, FetchError, MANIFEST_NAME, Newness, UpdateCheck, is_worth_keeping, newness,
};
use crate::domain::backoff::Backoff;
use crate::domain::civil::clock_off_minutes;
use crate::domain::position::Bounds;
use crate::ui::dataset_state::{Data, DatasetState};
use crate::view_model::nearby::cells_needed;

/// A dataset up to this size, uncompressed, comes in one round of requests:
/// another round costs a slow network more than these bytes.
const ONE_ROUND_BYTES: u32 = 200_000;

/// What nobody waits for comes so many cells at a time, each kept as it comes:
/// an interruption costs little.
const BATCH: usize = 8;

/// Who asked to be spared bytes keeps this part of the dataset's limit unasked.
const SPARING: u32 = 6;

/// The network is asked again after so many minutes of an open page.
const CHECK_MINUTES: i64 = 360;

/// How much of the dataset is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CachePolicy {
    /// Nothing more: somebody cleared it, or there is no room.
    Nothing,
    /// What the publisher thinks right.
    Unasked,
    /// All of it: somebody wants that.
    All,
}

/// The download of cells: one at a time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Download {
    Idle,
    Pending,
    /// Pending, and the rider asked for it again: should it fail, the next one follows at once.
    WantedAgain,
}

/// Bookkeeping that is never rendered.
pub(super) struct SyncState {
    /// The manifest that came last, with its edition, to be kept.
    manifest: Option<(String, Vec<u8>)>,
    /// The edition that is kept.
    kept: Option<String>,
    /// The boxes of the cells that are kept.
    kept_boxes: Vec<Option<Bounds>>,
    keeping: CachePolicy,
    /// Whether what came for the first list is taken care of.
    is_begun: bool,
    is_checking: bool,
    download: Download,
    /// When to ask for the manifest again, and when for cells.
    check_pause: Backoff,
    fill_pause: Backoff,
    /// When the manifest was asked for last.
    checked_at: i64,
    /// What keeps the page itself.
    pub(super) worker: Option<Worker>,
}

impl SyncState {
    /// At the beginning, with the edition that is kept, as far as it is input.
    pub(super) fn new(kept: Option<String>) -> Self {
        Self {
            manifest: None,
            kept,
            kept_boxes: Vec::new(),
            keeping: if browser::storage::read(WHOLE_KEY).is_some() {
                CachePolicy::All
            } else {
                CachePolicy::Unasked
            },
            is_begun: false,
            is_checking: false,
            download: Download::Idle,
            check_pause: Backoff::default(),
            fill_pause: Backoff::default(),
            checked_at: i64::MIN,
            worker: None,
        }
    }
}

impl Controller {
    /// Keeps what came for the first list; asks the network, where that list was kept before.
    pub(super) fn load(self) {
        spawn(async move {
            if self.with(|model| matches!(model.dataset_state.data, Data::Waiting)) {
                // Somebody tapped before it came.
                let first = stations::first().await;
                self.update(|model| model.take_first(first));
            }
            if let Some(dataset) = self.with(|model| model.shown().cloned()) {
                self.hear_hosts_of(&dataset);
            }
            let came = browser::early::files();
            // A manifest that could not be read must not replace one that is stored.
            let is_sound = self.with(|model| model.shown().is_some());
            let has_room = !is_sound || browser::early::keep().await;
            let now = self.with(|model| model.unix_minute);
            let (is_kept, check) = self.with(|model| {
                let supply = model.dataset_state.sync;
                (supply.is_kept, supply.check)
            });
            match check {
                UpdateCheck::Fresh if !is_kept => {
                    self.take_came(came, has_room);
                    self.sync_state(|sync_state| sync_state.checked_at = now);
                }
                UpdateCheck::Failed(_) => self.sync_state(|sync_state| {
                    sync_state.checked_at = now;
                    sync_state.check_pause = sync_state.check_pause.after_failure(now);
                }),
                UpdateCheck::Fresh | UpdateCheck::Asking => self.check(),
            }
            self.sync_state(|sync_state| sync_state.is_begun = true);
            self.fill();
            let storage = browser::kept::place().await;
            self.hold(|dataset_state| dataset_state.sync.storage = storage);
            self.count_kept().await;
        });
    }

    /// Takes care of the files of the first list.
    fn take_came(self, came: Vec<EarlyFile>, has_room: bool) {
        let edition = self.with(|model| {
            let shown = model.shown();
            shown.map(|dataset| dataset.manifest.edition.clone())
        });
        let Some(edition) = edition else { return };
        let manifest = came.into_iter().find(|file| file.name == MANIFEST_NAME);
        self.sync_state(|sync_state| {
            sync_state.manifest = manifest.map(|file| (edition, file.bytes));
            // An edition with a hole must not take the place of one without.
            if !has_room {
                sync_state.keeping = CachePolicy::Nothing;
            }
        });
        if !has_room {
            self.hold(|dataset_state| dataset_state.sync.is_full = true);
        }
    }

    pub(super) fn hold(self, change: impl FnOnce(&mut DatasetState)) {
        self.update(|model| change(&mut model.dataset_state));
    }

    pub(super) fn sync_state<T>(self, with: impl FnOnce(&mut SyncState) -> T) -> T {
        self.with_runtime(|runtime| with(&mut runtime.sync_state))
    }

    /// Asks the network for a newer edition.
    pub(super) fn check(self) {
        let now = self.with(|model| model.unix_minute);
        let was_checking = self.sync_state(|sync_state| {
            let was_checking = sync_state.is_checking;
            if !was_checking {
                (sync_state.is_checking, sync_state.checked_at) = (true, now);
            }
            was_checking
        });
        if was_checking {
            return;
        }
        spawn(async move {
            let arrived = stations::load_manifest().await;
            self.sync_state(|sync_state| {
                sync_state.is_checking = false;
                sync_state.check_pause = if arrived.is_ok() {
                    Backoff::default()
                } else {
                    sync_state.check_pause.after_failure(now)
                };
            });
            match arrived {
                Ok(arrived) => self.receive(arrived),
                Err(error) => self.hold(|dataset_state| {
                    dataset_state.sync.check = UpdateCheck::Failed(error);
                    if !matches!(dataset_state.data, Data::Ready(_)) {
                        dataset_state.data = Data::Failed;
                    }
                }),
            }
        });
    }

    fn receive(self, arrived: Arrived) {
        let ahead_minutes = arrived.clock_ahead_ms.and_then(clock_off_minutes);
        let manifest = arrived.manifest;
        let (found, is_coming) = self.with(|model| {
            let here = model.shown();
            let found = here.map_or(Newness::Newer, |here| newness(&manifest, &here.manifest));
            let coming = model.dataset_state.next.as_ref();
            let is_coming = coming.is_some_and(|next| next.manifest.edition == manifest.edition);
            (found, is_coming)
        });
        if found != Newness::Older {
            let edition = manifest.edition.clone();
            self.sync_state(|sync_state| {
                sync_state.manifest = Some((edition, arrived.bytes));
                if found == Newness::Newer {
                    sync_state.fill_pause = Backoff::default();
                }
            });
        }
        let mut first = None;
        self.update(|model| {
            model.clock_ahead_minutes = ahead_minutes;
            let dataset_state = &mut model.dataset_state;
            match found {
                Newness::Same => {
                    dataset_state.next = None;
                    dataset_state.sync.check = UpdateCheck::Fresh;
                }
                Newness::Older => dataset_state.sync.check = UpdateCheck::Failed(FetchError::Older),
                Newness::Newer if is_coming => {}
                Newness::Newer => {
                    let dataset = Arc::new(Dataset::promised(manifest));
                    if matches!(dataset_state.data, Data::Ready(_)) {
                        dataset_state.next = Some(dataset);
                    } else {
                        dataset_state.sync.check = UpdateCheck::Fresh;
                        first = Some(dataset);
                    }
                }
            }
        });
        if let Some(dataset) = first {
            self.show(dataset);
        }
    }

    /// Shows another edition, or the first.
    fn show(self, dataset: Arc<Dataset>) {
        if self.with(|model| model.shown().is_none()) {
            self.hear_hosts_of(&dataset);
        }
        self.update(|model| model.show(dataset));
    }

    /// From the first edition on it is known which pages may say something.
    pub(super) fn hear_hosts_of(self, dataset: &Dataset) {
        let hear = move |said: String, accuracy| self.hear_host(&said, accuracy);
        browser::host::start(&dataset.manifest.embed_origins, hear);
    }

    /// After a failure, and now and then while the page is open, the network is
    /// asked again.
    pub(super) fn check_if_due(self) {
        let now = self.with(|model| model.unix_minute);
        let is_due = self.sync_state(|sync_state| {
            let has_failed =
                sync_state.check_pause.has_failed() || sync_state.fill_pause.has_failed();
            has_failed && sync_state.check_pause.is_due(now) && sync_state.fill_pause.is_due(now)
                || now - sync_state.checked_at >= CHECK_MINUTES
        });
        if is_due {
            self.check();
            self.sync_state(|sync_state| {
                if let Some(worker) = &sync_state.worker {
                    worker.look_for_newer();
                }
            });
        }
    }

    /// Whatever kept the network away may be over: asks again at once.
    pub(super) fn try_again(self) {
        self.sync_state(|sync_state| {
            sync_state.check_pause = Backoff::default();
            sync_state.fill_pause = Backoff::default();
            if sync_state.download == Download::Pending {
                sync_state.download = Download::WantedAgain;
            }
        });
        self.update(|model| model.modules.forgive());
        self.hold(|dataset_state| {
            dataset_state.sync.check = UpdateCheck::Asking;
            dataset_state.sync.cells_error = None;
            if matches!(dataset_state.data, Data::Failed) {
                dataset_state.data = Data::Waiting;
            }
        });
        self.check();
    }

    /// Brings the cells that the screen waits for; once none is waited for,
    /// those of the rest that are worth keeping. Runs whenever what is known
    /// changes.
    pub(super) fn fill(self) {
        let (dataset, needed, is_coming) = {
            let model = self.model.read_untracked();
            let coming = model.dataset_state.next.as_ref();
            let needed = model.decide_for(coming.map(AsRef::as_ref), cells_needed);
            (coming.or(model.shown()).cloned(), needed, coming.is_some())
        };
        let is_busy = self
            .sync_state(|sync_state| sync_state.download != Download::Idle || !sync_state.is_begun);
        let (Some(dataset), false) = (dataset, is_busy) else {
            return;
        };
        let is_waited_for = !needed.is_empty();
        if is_coming && !is_waited_for {
            self.hold(|dataset_state| {
                dataset_state.next = None;
                dataset_state.sync.check = UpdateCheck::Fresh;
                dataset_state.sync.cells_error = None;
            });
            return self.show(dataset);
        }
        if !is_waited_for {
            self.register_worker();
            if self.sync_state(|sync_state| sync_state.kept.is_none()) {
                // Better a part of the first edition than none.
                self.commit(&dataset);
            }
        }
        let now = self.with(|model| model.unix_minute);
        if !self.sync_state(|sync_state| sync_state.fill_pause.is_due(now)) {
            return;
        }
        let wanted = if dataset.manifest.cell_bytes() <= ONE_ROUND_BYTES {
            dataset.missing()
        } else if is_waited_for {
            needed
        } else {
            self.unasked(&dataset)
        };
        let programmes = dataset.manifest.programmes;
        let programmes = programmes.filter(|_| dataset.programmes.is_empty());
        if wanted.is_empty() && programmes.is_none() {
            return self.commit(&dataset);
        }
        let may_keep = self.sync_state(|sync_state| {
            sync_state.download = Download::Pending;
            sync_state.keeping != CachePolicy::Nothing
        });
        spawn(async move {
            let edition = dataset.manifest.edition.clone();
            let mut cells = Ok(Vec::new());
            let mut benefits = Ok(Vec::new());
            let mut are_kept = true;
            if let (true, Some(entry)) = (wanted.is_empty(), programmes) {
                // Last of all: what the publisher runs beside its stations.
                benefits = stations::load_programmes(&entry, may_keep).await;
            } else {
                let arrived = stations::load_cells(&dataset.manifest, &wanted, may_keep).await;
                cells = arrived.map(|arrived| {
                    are_kept = arrived.are_kept;
                    arrived.cells
                });
            }
            drop(dataset);
            // A host that has a newer edition may have dropped this one's files:
            // that is no reason to wait with the newer ones.
            let is_outdated = !is_coming && self.with(|model| model.dataset_state.next.is_some());
            self.sync_state(|sync_state| {
                // An edition with a hole must not take the place of one without.
                if !are_kept {
                    sync_state.keeping = CachePolicy::Nothing;
                }
                let is_asked_again = sync_state.download == Download::WantedAgain;
                sync_state.download = Download::Idle;
                let is_complete = cells.is_ok() && benefits.is_ok();
                sync_state.fill_pause = if is_outdated || is_complete || is_asked_again {
                    Backoff::default()
                } else {
                    sync_state.fill_pause.after_failure(now)
                };
            });
            self.hold(|dataset_state| {
                let error = cells.as_ref().err().or(benefits.as_ref().err()).copied();
                let supply = &mut dataset_state.sync;
                supply.is_full |= !are_kept;
                match error {
                    None => supply.cells_error = None,
                    Some(error) if is_coming => supply.check = UpdateCheck::Failed(error),
                    Some(error) if is_waited_for || wanted.is_empty() => {
                        supply.cells_error = Some(error);
                    }
                    Some(_) => {}
                }
                if let Some(dataset) = dataset_state.edition(&edition) {
                    if let Ok(cells) = cells {
                        dataset.add(cells);
                    }
                    if let Ok(benefits) = benefits
                        && !benefits.is_empty()
                    {
                        dataset.programmes = benefits;
                    }
                }
            });
            self.count_kept().await;
        });
    }

    /// Some of the missing cells that are worth keeping.
    fn unasked(self, dataset: &Dataset) -> Vec<usize> {
        let manifest = &dataset.manifest;
        let limit = manifest.keep_bytes;
        self.sync_state(|sync_state| {
            let most_bytes = if sync_state.keeping == CachePolicy::All {
                u32::MAX
            } else if browser::kept::saves_data() {
                limit / SPARING
            } else {
                limit
            };
            let is_worth = |place: &usize| {
                let cell = &manifest.cells[*place];
                is_worth_keeping(cell, manifest, most_bytes, &sync_state.kept_boxes)
            };
            let missing = dataset.missing().into_iter();
            missing.filter(is_worth).take(BATCH).collect()
        })
    }

    /// Makes an edition the kept one, if it is not yet.
    fn commit(self, dataset: &Dataset) {
        let edition = &dataset.manifest.edition;
        let bytes = self.sync_state(|sync_state| {
            let is_new = sync_state.kept.as_ref() != Some(edition);
            let may_keep = sync_state.keeping != CachePolicy::Nothing;
            let (of, bytes) = sync_state
                .manifest
                .as_ref()
                .filter(|_| is_new && may_keep)?;
            let bytes = (of == edition).then(|| bytes.clone())?;
            // No second time while it is being written.
            sync_state.kept = Some(edition.clone());
            Some(bytes)
        });
        let Some(bytes) = bytes else { return };
        let names = stations::names(&dataset.manifest);
        let edition = edition.clone();
        spawn(async move {
            let has_room = stations::commit(&bytes, &names).await;
            if has_room {
                browser::storage::write(EDITION_KEY, &edition);
            } else {
                // The last good edition is still there; more attempts end alike.
                self.sync_state(|sync_state| sync_state.keeping = CachePolicy::Nothing);
            }
            self.hold(|dataset_state| {
                dataset_state.sync.is_kept |= has_room;
                dataset_state.sync.is_full |= !has_room;
            });
            self.count_kept().await;
        });
    }

    /// Counts what the phone keeps of the edition that is shown.
    async fn count_kept(self) {
        let names = browser::kept::names().await;
        let mut boxes = Vec::new();
        self.hold(|dataset_state| {
            let Data::Ready(dataset) = &dataset_state.data else {
                return;
            };
            (dataset_state.sync.kept_cells, dataset_state.sync.kept_bytes) = (0, 0);
            for cell in &dataset.manifest.cells {
                if names.contains(&cell.file_name()) {
                    boxes.push(cell.bounds);
                    dataset_state.sync.kept_cells += 1;
                    dataset_state.sync.kept_bytes += cell.bytes;
                }
            }
        });
        self.sync_state(|sync_state| {
            let has_kept = sync_state.kept.is_some();
            if has_kept && boxes.len() > sync_state.kept_boxes.len() {
                sync_state.kept_boxes = boxes;
            }
        });
    }

    /// Keeps all of the dataset from now on, however large it is.
    pub(super) fn keep_all(self) {
        browser::storage::write(WHOLE_KEY, "yes");
        let was_cleared = self.sync_state(|sync_state| {
            let was_cleared = sync_state.keeping == CachePolicy::Nothing;
            sync_state.keeping = CachePolicy::All;
            was_cleared
        });
        spawn(async move {
            browser::kept::persist().await;
            if was_cleared {
                // What is here and no longer kept comes again from the top.
                browser::location::reload();
            }
            // Nothing of it changes, and yet there is more to fill now.
            self.model.notify();
        });
    }

    /// Drops what is kept of the dataset; this visit goes on with what is here.
    pub(super) fn clear_kept(self) {
        browser::storage::remove(WHOLE_KEY);
        browser::storage::remove(EDITION_KEY);
        self.sync_state(|sync_state| {
            (sync_state.keeping, sync_state.kept) = (CachePolicy::Nothing, None);
        });
        spawn(async move {
            browser::kept::clear().await;
            self.hold(|dataset_state| dataset_state.sync.is_kept = false);
            self.count_kept().await;
        });
    }
}
