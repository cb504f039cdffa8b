//! The dataset comes: first what the phone keeps, then what the network has that
//! is newer. An edition takes the place of another only when all that the screen
//! needs of it is here, and is kept only when it leaves no place without stations.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{State, WHOLE_KEY};
use crate::browser;
use crate::browser::stations::{self, Arrived};
use crate::dataset::{Check, Dataset, Fault, Manifest, Newness, newness, worth_keeping};
use crate::domain::backoff::Backoff;
use crate::domain::calendar::Calendar;
use crate::domain::civil::{CivilTime, clock_off_minutes};
use crate::domain::forecast::Forecasts;
use crate::view_model::screen::cells_needed;

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

/// What stands behind the dataset that is shown.
#[derive(Clone, Copy)]
pub(super) struct Stock {
    /// A newer edition, on its way.
    next: RwSignal<Option<Arc<Dataset>>>,
    /// The manifest that came last, with its edition, to be kept.
    manifest: StoredValue<Option<(String, Vec<u8>)>>,
    /// The manifest of the edition that is kept.
    kept: StoredValue<Option<Manifest>>,
    /// The names of the files that were kept when the page opened.
    kept_names: StoredValue<Vec<String>>,
    /// Whether files may be kept: not after somebody cleared them.
    may_keep: StoredValue<bool>,
    /// Whether somebody wants all of it kept.
    wants_all: StoredValue<bool>,
    /// Whether the manifest is on its way.
    is_checking: StoredValue<bool>,
    /// Whether cells are on their way.
    is_filling: StoredValue<bool>,
    /// When to ask for the manifest again, and when for cells.
    pauses: StoredValue<(Backoff, Backoff)>,
    /// When the manifest was asked for last.
    checked_at: StoredValue<i64>,
    /// Counts what makes another attempt worth while.
    attempts: RwSignal<u32>,
    /// The worker that waits to take over.
    worker: StoredValue<Option<browser::service_worker::Worker>, LocalStorage>,
}

impl Stock {
    pub(super) fn new() -> Self {
        Self {
            next: RwSignal::new(None),
            manifest: StoredValue::new(None),
            kept: StoredValue::new(None),
            kept_names: StoredValue::new(Vec::new()),
            may_keep: StoredValue::new(true),
            wants_all: StoredValue::new(browser::storage::read(WHOLE_KEY).is_some()),
            is_checking: StoredValue::new(false),
            is_filling: StoredValue::new(false),
            pauses: StoredValue::new((Backoff::default(), Backoff::default())),
            checked_at: StoredValue::new(i64::MIN),
            attempts: RwSignal::new(0),
            worker: StoredValue::new_local(None),
        }
    }
}

impl State {
    /// Opens what the phone keeps, then asks the network.
    pub(super) fn load(self) {
        spawn_local(async move {
            let kept = stations::kept_manifest().await;
            let kept_in = browser::kept::place().await;
            self.supply.update(|supply| {
                supply.kept_in = kept_in;
                supply.is_kept = kept.is_some();
            });
            if let Some(manifest) = kept {
                let names = browser::kept::names().await;
                self.stock.kept_names.set_value(names);
                self.stock.kept.set_value(Some(manifest.clone()));
                self.show(Arc::new(Dataset::promised(manifest)));
            }
            self.check();
        });
    }

    /// Asks the network for a newer edition.
    pub(super) fn check(self) {
        let Stock {
            is_checking,
            checked_at,
            ..
        } = self.stock;
        if is_checking.get_value() {
            return;
        }
        is_checking.set_value(true);
        checked_at.set_value(self.unix_minute.get_untracked());
        spawn_local(async move {
            let arrived = stations::load_manifest().await;
            is_checking.set_value(false);
            match arrived {
                Ok(arrived) => self.receive(arrived),
                Err(fault) => {
                    let now = self.unix_minute.get_untracked();
                    self.stock
                        .pauses
                        .update_value(|(check, _)| *check = check.after_failure(now));
                    self.say(Check::Failed(fault));
                    if !matches!(*self.data.read_untracked(), Data::Ready(_)) {
                        self.data.set(Data::Failed);
                    }
                }
            }
        });
    }

    fn receive(self, arrived: Arrived) {
        let Stock { next, manifest, .. } = self.stock;
        self.stock.pauses.set_value(Default::default());
        self.stock.attempts.update(|attempts| *attempts += 1);
        self.clock_ahead_minutes
            .set(arrived.clock_ahead_ms.and_then(clock_off_minutes));
        let is_coming = |edition: &str| {
            let next = next.read_untracked();
            next.as_ref()
                .is_some_and(|next| next.manifest.edition == edition)
        };
        let found = match &*self.data.read_untracked() {
            Data::Ready(here) => newness(&arrived.manifest, &here.manifest),
            Data::Waiting | Data::Failed => Newness::Newer,
        };
        match found {
            Newness::Same => {
                next.set(None);
                manifest.set_value(Some((arrived.manifest.edition, arrived.bytes)));
                self.say(Check::Fresh);
            }
            Newness::Older => self.say(Check::Failed(Fault::Older)),
            Newness::Newer if is_coming(&arrived.manifest.edition) => {}
            Newness::Newer => {
                let edition = arrived.manifest.edition.clone();
                manifest.set_value(Some((edition, arrived.bytes)));
                let dataset = Arc::new(Dataset::promised(arrived.manifest));
                if matches!(*self.data.read_untracked(), Data::Ready(_)) {
                    next.set(Some(dataset));
                } else {
                    self.show(dataset);
                    self.say(Check::Fresh);
                }
            }
        }
    }

    /// Shows another edition, or the first.
    fn show(self, dataset: Arc<Dataset>) {
        // It may bring another calendar.
        self.forecasts
            .set_value(Forecasts::at(CivilTime(0), &Calendar::default()));
        self.data.set(Data::Ready(dataset));
    }

    fn say(self, check: Check) {
        self.supply.update(|supply| supply.check = check);
    }

    /// After a failure, and on the way back to an open page, the network is
    /// asked again.
    pub(super) fn check_if_due(self) {
        let Stock {
            pauses, checked_at, ..
        } = self.stock;
        let now = self.unix_minute.get_untracked();
        let (check, cells) = pauses.get_value();
        let is_old = now - checked_at.get_value() >= CHECK_MINUTES;
        if (check.has_failed() || cells.has_failed()) && check.is_due(now) && cells.is_due(now)
            || is_old
        {
            self.check();
        }
    }

    /// Whatever kept the network away may be over: asks again at once.
    pub(super) fn try_again(self) {
        self.stock.pauses.set_value(Default::default());
        self.supply.update(|supply| supply.cells_fault = None);
        if matches!(*self.data.read_untracked(), Data::Failed) {
            self.data.set(Data::Waiting);
        }
        self.check();
    }

    /// Brings the cells that the screen waits for; once none is waited for,
    /// those of the rest that are worth keeping. Runs whenever what is known
    /// changes.
    pub(super) fn fill(self) {
        let Stock {
            next,
            pauses,
            is_filling,
            may_keep,
            attempts,
            ..
        } = self.stock;
        attempts.track();
        let coming = next.get();
        let needed = match &coming {
            Some(next) => self.know_of(next, cells_needed),
            None => self.know(cells_needed),
        };
        if is_filling.get_value() {
            return;
        }
        let is_coming = coming.is_some();
        let dataset = match (coming, self.data.get_untracked()) {
            (Some(next), _) => next,
            (None, Data::Ready(dataset)) => dataset,
            (None, Data::Waiting | Data::Failed) => return,
        };
        let is_waited_for = !needed.is_empty();
        if is_coming && !is_waited_for {
            next.set(None);
            self.supply.update(|supply| {
                supply.check = Check::Fresh;
                supply.is_kept = false;
                supply.cells_fault = None;
            });
            return self.show(dataset);
        }
        if !is_waited_for {
            self.register_worker();
            if self.stock.kept.with_value(Option::is_none) {
                // Better a part of the first edition than none.
                self.commit(&dataset);
            }
        }
        let now = self.unix_minute.get_untracked();
        if !pauses.get_value().1.is_due(now) {
            return;
        }
        let is_small = dataset.manifest.cell_bytes() <= ONE_ROUND_BYTES;
        let wanted = match (is_waited_for, is_small) {
            (_, true) => dataset.missing(),
            (true, false) => needed,
            (false, false) => self.unasked(&dataset),
        };
        if wanted.is_empty() {
            return self.load_programmes(dataset);
        }
        is_filling.set_value(true);
        spawn_local(async move {
            let arrived =
                stations::load_cells(&dataset.manifest, &wanted, may_keep.get_value()).await;
            let edition = dataset.manifest.edition.clone();
            drop(dataset);
            is_filling.set_value(false);
            match arrived {
                Ok(cells) => {
                    pauses.update_value(|(_, cells)| *cells = Backoff::default());
                    self.supply.update(|supply| {
                        supply.cells_fault = None;
                        supply.is_full |= !cells.are_kept;
                    });
                    self.change(&edition, |dataset| dataset.add(cells.cells));
                    self.count_kept().await;
                }
                Err(fault) => {
                    let now = self.unix_minute.get_untracked();
                    pauses.update_value(|(_, cells)| *cells = cells.after_failure(now));
                    self.supply.update(|supply| {
                        if is_coming {
                            supply.check = Check::Failed(fault);
                        } else if is_waited_for {
                            supply.cells_fault = Some(fault);
                        }
                    });
                }
            }
        });
    }

    /// Changes an edition that is here or on its way. Nobody else holds it while
    /// waiting, save for what is fetched, one thing after the other.
    fn change(self, edition: &str, change: impl FnOnce(&mut Dataset)) {
        let is_meant = |dataset: &Arc<Dataset>| dataset.manifest.edition == edition;
        let coming = self
            .stock
            .next
            .read_untracked()
            .as_ref()
            .is_some_and(is_meant);
        if coming {
            self.stock.next.update(|next| {
                if let Some(dataset) = next.as_mut().and_then(Arc::get_mut) {
                    change(dataset);
                }
            });
            return;
        }
        self.data.update(|data| {
            if let Data::Ready(dataset) = data
                && is_meant(dataset)
                && let Some(dataset) = Arc::get_mut(dataset)
            {
                change(dataset);
            }
        });
    }

    /// Some of the missing cells that are worth keeping.
    fn unasked(self, dataset: &Dataset) -> Vec<usize> {
        let limit = dataset.manifest.keep_bytes;
        let most_bytes = if self.stock.wants_all.get_value() {
            u32::MAX
        } else if browser::kept::saves_data() {
            limit / SPARING
        } else {
            limit
        };
        let worth = self.stock.kept.with_value(|kept| {
            self.stock.kept_names.with_value(|names| {
                let is_kept = |name: &str| names.iter().any(|kept| kept == name);
                worth_keeping(&dataset.manifest, most_bytes, kept.as_ref(), &is_kept)
            })
        });
        let mut missing = dataset.missing();
        missing.retain(|place| worth.contains(place));
        missing.truncate(BATCH);
        missing
    }

    /// Brings what the publisher runs beside its stations, last of all.
    fn load_programmes(self, dataset: Arc<Dataset>) {
        let Stock { is_filling, .. } = self.stock;
        let entry = dataset.manifest.programmes;
        let Some(entry) = entry.filter(|_| dataset.programmes.is_empty()) else {
            return self.commit(&dataset);
        };
        is_filling.set_value(true);
        spawn_local(async move {
            let programmes =
                stations::load_programmes(&entry, self.stock.may_keep.get_value()).await;
            let edition = dataset.manifest.edition.clone();
            drop(dataset);
            is_filling.set_value(false);
            match programmes {
                Ok(programmes) => self.change(&edition, |dataset| dataset.programmes = programmes),
                // Nobody waits for these; a later attempt follows.
                Err(_) => {
                    let now = self.unix_minute.get_untracked();
                    self.stock
                        .pauses
                        .update_value(|(_, cells)| *cells = cells.after_failure(now));
                }
            }
        });
    }

    /// Makes an edition the kept one.
    fn commit(self, dataset: &Dataset) {
        let Stock {
            manifest,
            kept,
            may_keep,
            ..
        } = self.stock;
        let edition = &dataset.manifest.edition;
        let is_kept =
            kept.with_value(|kept| kept.as_ref().is_some_and(|kept| kept.edition == *edition));
        let bytes = manifest.with_value(|manifest| {
            manifest
                .as_ref()
                .filter(|(of, _)| of == edition)
                .map(|(_, bytes)| bytes.clone())
        });
        let Some(bytes) = bytes.filter(|_| !is_kept && may_keep.get_value()) else {
            return;
        };
        let promised = dataset.manifest.clone();
        // No second time while it is being written.
        kept.set_value(Some(promised.clone()));
        spawn_local(async move {
            let has_room = stations::commit(&promised, &bytes).await;
            if !has_room {
                // The last good edition is still there; another attempt would end alike.
                may_keep.set_value(false);
            }
            self.supply.update(|supply| {
                supply.is_kept = has_room;
                supply.is_full |= !has_room;
            });
            self.count_kept().await;
        });
    }

    /// Keeps all of the dataset from now on, however large it is.
    pub(super) fn keep_all(self) {
        browser::storage::write(WHOLE_KEY, "yes");
        self.stock.wants_all.set_value(true);
        self.stock.may_keep.set_value(true);
        self.supply.update(|supply| supply.is_full = false);
        spawn_local(async move {
            browser::kept::persist().await;
            // The manifest may have been cleared from the phone meanwhile.
            if let Ok(arrived) = stations::load_manifest().await {
                self.receive(arrived);
            }
            let Data::Ready(dataset) = self.data.get_untracked() else {
                return;
            };
            let manifest = dataset.manifest.clone();
            // What is fetched is kept and let go: nobody looks at it now.
            drop(dataset);
            let kept = browser::kept::names().await;
            let is_missing = |place: &usize| !kept.contains(&manifest.cells[*place].file_name());
            let missing: Vec<usize> = (0..manifest.cells.len()).filter(is_missing).collect();
            for batch in missing.chunks(BATCH) {
                match stations::load_cells(&manifest, batch, true).await {
                    Ok(cells) if cells.are_kept => self.count_kept().await,
                    Ok(_) => {
                        self.supply.update(|supply| supply.is_full = true);
                        return;
                    }
                    // The rest comes when the network is asked again.
                    Err(fault) => return self.say(Check::Failed(fault)),
                }
            }
            self.stock.attempts.update(|attempts| *attempts += 1);
        });
    }

    /// Counts what the phone keeps of the edition that is shown.
    async fn count_kept(self) {
        let names = browser::kept::names().await;
        let (mut cells, mut bytes) = (0, 0);
        if let Data::Ready(dataset) = &*self.data.read_untracked() {
            for cell in &dataset.manifest.cells {
                if names.contains(&cell.file_name()) {
                    cells += 1;
                    bytes += cell.bytes;
                }
            }
        }
        self.supply.update(|supply| {
            supply.kept_cells = cells;
            supply.kept_bytes = bytes;
        });
    }

    /// Drops what is kept of the dataset; this visit goes on with what is here.
    pub(super) fn clear_kept(self) {
        browser::storage::remove(WHOLE_KEY);
        self.stock.wants_all.set_value(false);
        self.stock.may_keep.set_value(false);
        self.stock.kept.set_value(None);
        spawn_local(async move {
            browser::kept::clear().await;
            self.supply.update(|supply| supply.is_kept = false);
            self.count_kept().await;
        });
    }

    /// Lets the service worker keep the page itself, once.
    fn register_worker(self) {
        let Stock { worker, .. } = self.stock;
        // Not in debug builds: a worker would hide the next change.
        if cfg!(debug_assertions) || worker.with_value(Option::is_some) {
            return;
        }
        let registered = browser::service_worker::register(move |news| {
            self.supply.update(|supply| match news {
                browser::service_worker::News::IsKept => supply.is_page_kept = true,
                browser::service_worker::News::IsNewer => supply.has_update = true,
            });
        });
        worker.set_value(Some(registered));
    }

    /// Lets the newer page take over, and opens it.
    pub(super) fn update_page(self) {
        self.stock.worker.with_value(|worker| {
            if let Some(worker) = worker {
                worker.take_over();
            }
        });
    }
}
