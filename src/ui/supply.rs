//! The dataset comes: first what the phone keeps, then what the network has that
//! is newer. An edition takes the place of another only when all that the screen
//! needs of it is here, and is kept only when it leaves no place without stations.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::after_frame;
use super::state::{State, WHOLE_KEY};
use crate::browser;
use crate::browser::service_worker::{News, Worker};
use crate::browser::stations::{self, Arrived};
use crate::dataset::{Check, Dataset, Fault, Newness, Page, Supply, is_worth_keeping, newness};
use crate::domain::backoff::Backoff;
use crate::domain::calendar::Calendar;
use crate::domain::civil::{CivilTime, clock_off_minutes};
use crate::domain::forecast::Forecasts;
use crate::domain::position::Bounds;
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

/// What is shown, and what comes after it.
#[derive(Clone, Debug)]
pub(super) struct Holding {
    /// The dataset that is shown.
    pub(super) data: Data,
    /// A newer edition, on its way.
    next: Option<Arc<Dataset>>,
    /// How they reached this phone.
    pub(super) supply: Supply,
}

impl Holding {
    pub(super) fn new() -> Self {
        Self {
            data: Data::Waiting,
            next: None,
            supply: Supply::default(),
        }
    }

    /// The edition that is shown or on its way, for a change. Nobody else holds
    /// it while waiting, save for what is fetched, one thing after the other.
    fn edition(&mut self, edition: &str) -> Option<&mut Dataset> {
        let is_meant = |dataset: &&mut Arc<Dataset>| dataset.manifest.edition == edition;
        let shown = match &mut self.data {
            Data::Ready(dataset) => Some(dataset),
            Data::Waiting | Data::Failed => None,
        };
        let meant = shown.into_iter().chain(&mut self.next).find(is_meant);
        meant.and_then(Arc::get_mut)
    }
}

/// How much of the dataset is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keeping {
    /// Nothing more: somebody cleared it, or there is no room.
    Nothing,
    /// What the publisher thinks right.
    Unasked,
    /// All of it: somebody wants that.
    All,
}

/// What stands behind it, and moves nothing on the screen.
pub(super) struct Stock {
    /// The manifest that came last, with its edition, to be kept.
    manifest: Option<(String, Vec<u8>)>,
    /// The edition that is kept.
    kept: Option<String>,
    /// The boxes of the cells that are kept.
    kept_boxes: Vec<Option<Bounds>>,
    keeping: Keeping,
    is_checking: bool,
    is_filling: bool,
    /// When to ask for the manifest again, and when for cells.
    check_pause: Backoff,
    fill_pause: Backoff,
    /// When the manifest was asked for last.
    checked_at: i64,
    /// What keeps the page itself.
    worker: Option<Worker>,
}

impl Stock {
    pub(super) fn new() -> Self {
        Self {
            manifest: None,
            kept: None,
            kept_boxes: Vec::new(),
            keeping: if browser::storage::read(WHOLE_KEY).is_some() {
                Keeping::All
            } else {
                Keeping::Unasked
            },
            is_checking: false,
            is_filling: false,
            check_pause: Backoff::default(),
            fill_pause: Backoff::default(),
            checked_at: i64::MIN,
            worker: None,
        }
    }
}

impl State {
    /// Opens what is here of the stations before anybody asks; whether there is any.
    pub(super) fn open_early(self) -> bool {
        let kept = stations::kept_early();
        let is_here = kept.is_some();
        if let Some(dataset) = kept {
            self.open_kept(dataset);
        }
        is_here
    }

    /// Opens what the phone keeps, if it is not open yet, then asks the network.
    pub(super) fn load(self) {
        spawn_local(async move {
            if self.shown().is_none()
                && let Some(manifest) = stations::kept_manifest().await
            {
                self.open_kept(Dataset::promised(manifest));
            }
            self.check();
            let kept_in = browser::kept::place().await;
            self.hold(|holding| holding.supply.kept_in = kept_in);
            self.count_kept().await;
        });
    }

    /// Shows the edition that the phone keeps.
    fn open_kept(self, dataset: Dataset) {
        self.stock
            .update_value(|stock| stock.kept = Some(dataset.manifest.edition.clone()));
        self.hold(|holding| holding.supply.is_kept = true);
        self.show(Arc::new(dataset));
    }

    fn hold(self, change: impl FnOnce(&mut Holding)) {
        self.holding.update(change);
    }

    /// Asks the network for a newer edition.
    pub(super) fn check(self) {
        let now = self.unix_minute.get_untracked();
        let was_checking = self.stock.with_value(|stock| stock.is_checking);
        if was_checking {
            return;
        }
        self.stock.update_value(|stock| {
            stock.is_checking = true;
            stock.checked_at = now;
        });
        spawn_local(async move {
            let arrived = stations::load_manifest().await;
            self.stock.update_value(|stock| {
                stock.is_checking = false;
                stock.check_pause = if arrived.is_ok() {
                    Backoff::default()
                } else {
                    stock.check_pause.after_failure(now)
                };
            });
            match arrived {
                Ok(arrived) => self.receive(arrived),
                Err(fault) => self.hold(|holding| {
                    holding.supply.check = Check::Failed(fault);
                    if !matches!(holding.data, Data::Ready(_)) {
                        holding.data = Data::Failed;
                    }
                }),
            }
        });
    }

    fn receive(self, arrived: Arrived) {
        self.clock_ahead_minutes
            .set(arrived.clock_ahead_ms.and_then(clock_off_minutes));
        let manifest = arrived.manifest;
        let (found, is_coming) = {
            let holding = self.holding.read_untracked();
            let found = match &holding.data {
                Data::Ready(here) => newness(&manifest, &here.manifest),
                Data::Waiting | Data::Failed => Newness::Newer,
            };
            let coming = holding.next.as_ref();
            let is_coming = coming.is_some_and(|next| next.manifest.edition == manifest.edition);
            (found, is_coming)
        };
        if found != Newness::Older {
            let edition = manifest.edition.clone();
            self.stock.update_value(|stock| {
                stock.manifest = Some((edition, arrived.bytes));
                if found == Newness::Newer {
                    stock.fill_pause = Backoff::default();
                }
            });
        }
        let mut first = None;
        self.hold(|holding| match found {
            Newness::Same => {
                holding.next = None;
                holding.supply.check = Check::Fresh;
            }
            Newness::Older => holding.supply.check = Check::Failed(Fault::Older),
            Newness::Newer if is_coming => {}
            Newness::Newer => {
                let dataset = Arc::new(Dataset::promised(manifest));
                if matches!(holding.data, Data::Ready(_)) {
                    holding.next = Some(dataset);
                } else {
                    holding.supply.check = Check::Fresh;
                    first = Some(dataset);
                }
            }
        });
        if let Some(dataset) = first {
            self.show(dataset);
        }
    }

    /// Shows another edition, or the first.
    fn show(self, dataset: Arc<Dataset>) {
        if self.shown().is_none() {
            // From now on it is known which pages may say something.
            let hear = move |said: String, accuracy| self.hear_host(&said, accuracy);
            browser::host::start(&dataset.manifest.embed_origins, hear);
        }
        // It may bring another calendar.
        self.forecasts
            .set_value(Forecasts::at(CivilTime(0), &Calendar::default()));
        self.hold(|holding| holding.data = Data::Ready(dataset));
    }

    /// After a failure, and now and then while the page is open, the network is
    /// asked again.
    pub(super) fn check_if_due(self) {
        let now = self.unix_minute.get_untracked();
        let is_due = self.stock.with_value(|stock| {
            let has_failed = stock.check_pause.has_failed() || stock.fill_pause.has_failed();
            has_failed && stock.check_pause.is_due(now) && stock.fill_pause.is_due(now)
                || now - stock.checked_at >= CHECK_MINUTES
        });
        if is_due {
            self.check();
            self.stock.with_value(|stock| {
                if let Some(worker) = &stock.worker {
                    worker.look_for_newer();
                }
            });
        }
    }

    /// Whatever kept the network away may be over: asks again at once.
    pub(super) fn try_again(self) {
        self.stock.update_value(|stock| {
            stock.check_pause = Backoff::default();
            stock.fill_pause = Backoff::default();
        });
        self.hold(|holding| {
            holding.supply.check = Check::Asking;
            holding.supply.cells_fault = None;
            if matches!(holding.data, Data::Failed) {
                holding.data = Data::Waiting;
            }
        });
        self.check();
    }

    /// Brings the cells that the screen waits for; once none is waited for,
    /// those of the rest that are worth keeping. Runs whenever what is known
    /// changes.
    pub(super) fn fill(self) {
        let coming = self.holding.read().next.clone();
        let needed = self.know_of(coming.as_deref(), cells_needed);
        let is_coming = coming.is_some();
        let shown = || self.shown();
        let (Some(dataset), false) = (
            coming.or_else(shown),
            self.stock.with_value(|stock| stock.is_filling),
        ) else {
            return;
        };
        let is_waited_for = !needed.is_empty();
        if is_coming && !is_waited_for {
            self.hold(|holding| {
                holding.next = None;
                holding.supply.check = Check::Fresh;
                holding.supply.cells_fault = None;
            });
            return self.show(dataset);
        }
        if !is_waited_for {
            self.register_worker();
            if self.stock.with_value(|stock| stock.kept.is_none()) {
                // Better a part of the first edition than none.
                self.commit(&dataset);
            }
        }
        let now = self.unix_minute.get_untracked();
        if !self.stock.with_value(|stock| stock.fill_pause.is_due(now)) {
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
        let may_keep = self
            .stock
            .with_value(|stock| stock.keeping != Keeping::Nothing);
        self.stock.update_value(|stock| stock.is_filling = true);
        spawn_local(async move {
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
            let is_outdated = !is_coming && self.holding.read_untracked().next.is_some();
            self.stock.update_value(|stock| {
                stock.is_filling = false;
                // An edition with a hole must not take the place of one without.
                if !are_kept {
                    stock.keeping = Keeping::Nothing;
                }
                stock.fill_pause = if is_outdated || cells.is_ok() && benefits.is_ok() {
                    Backoff::default()
                } else {
                    stock.fill_pause.after_failure(now)
                };
            });
            self.hold(|holding| {
                let fault = cells.as_ref().err().or(benefits.as_ref().err()).copied();
                let supply = &mut holding.supply;
                supply.is_full |= !are_kept;
                match fault {
                    None => supply.cells_fault = None,
                    Some(fault) if is_coming => supply.check = Check::Failed(fault),
                    Some(fault) if is_waited_for || wanted.is_empty() => {
                        supply.cells_fault = Some(fault);
                    }
                    Some(_) => {}
                }
                if let Some(dataset) = holding.edition(&edition) {
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

    pub(super) fn shown(self) -> Option<Arc<Dataset>> {
        match &self.holding.read_untracked().data {
            Data::Ready(dataset) => Some(Arc::clone(dataset)),
            Data::Waiting | Data::Failed => None,
        }
    }

    /// Some of the missing cells that are worth keeping.
    fn unasked(self, dataset: &Dataset) -> Vec<usize> {
        let manifest = &dataset.manifest;
        let limit = manifest.keep_bytes;
        self.stock.with_value(|stock| {
            let most_bytes = if stock.keeping == Keeping::All {
                u32::MAX
            } else if browser::kept::saves_data() {
                limit / SPARING
            } else {
                limit
            };
            let is_worth = |place: &usize| {
                let cell = &manifest.cells[*place];
                is_worth_keeping(cell, manifest, most_bytes, &stock.kept_boxes)
            };
            let missing = dataset.missing().into_iter();
            missing.filter(is_worth).take(BATCH).collect()
        })
    }

    /// Makes an edition the kept one, if it is not yet.
    fn commit(self, dataset: &Dataset) {
        let edition = &dataset.manifest.edition;
        let mut bytes = None;
        self.stock.update_value(|stock| {
            let is_new = stock.kept.as_ref() != Some(edition);
            if let (true, true, Some((of, manifest))) =
                (is_new, stock.keeping != Keeping::Nothing, &stock.manifest)
                && of == edition
            {
                bytes = Some(manifest.clone());
                // No second time while it is being written.
                stock.kept = Some(edition.clone());
            }
        });
        let Some(bytes) = bytes else { return };
        let names = stations::names(&dataset.manifest);
        spawn_local(async move {
            let has_room = stations::commit(&bytes, &names).await;
            if !has_room {
                // The last good edition is still there; more attempts end alike.
                self.stock
                    .update_value(|stock| stock.keeping = Keeping::Nothing);
            }
            self.hold(|holding| {
                holding.supply.is_kept |= has_room;
                holding.supply.is_full |= !has_room;
            });
            self.count_kept().await;
        });
    }

    /// Counts what the phone keeps of the edition that is shown.
    async fn count_kept(self) {
        let names = browser::kept::names().await;
        let mut boxes = Vec::new();
        self.hold(|holding| {
            let Data::Ready(dataset) = &holding.data else {
                return;
            };
            (holding.supply.kept_cells, holding.supply.kept_bytes) = (0, 0);
            for cell in &dataset.manifest.cells {
                if names.contains(&cell.file_name()) {
                    boxes.push(cell.bounds);
                    holding.supply.kept_cells += 1;
                    holding.supply.kept_bytes += cell.bytes;
                }
            }
        });
        self.stock.update_value(|stock| {
            let has_kept = stock.kept.is_some();
            if has_kept && boxes.len() > stock.kept_boxes.len() {
                stock.kept_boxes = boxes;
            }
        });
    }

    /// Keeps all of the dataset from now on, however large it is.
    pub(super) fn keep_all(self) {
        browser::storage::write(WHOLE_KEY, "yes");
        let mut was_cleared = false;
        self.stock.update_value(|stock| {
            was_cleared = stock.keeping == Keeping::Nothing;
            stock.keeping = Keeping::All;
        });
        spawn_local(async move {
            browser::kept::persist().await;
            if was_cleared {
                // What is here and no longer kept comes again from the top.
                browser::location::reload();
            }
            // Nothing of it changes, and yet there is more to fill now.
            self.holding.notify();
        });
    }

    /// Drops what is kept of the dataset; this visit goes on with what is here.
    pub(super) fn clear_kept(self) {
        browser::storage::remove(WHOLE_KEY);
        self.stock.update_value(|stock| {
            stock.keeping = Keeping::Nothing;
            stock.kept = None;
        });
        spawn_local(async move {
            browser::kept::clear().await;
            self.hold(|holding| holding.supply.is_kept = false);
            self.count_kept().await;
        });
    }

    /// Lets the service worker keep the page itself, once.
    fn register_worker(self) {
        // Not in debug builds: a worker would hide the next change.
        if cfg!(debug_assertions) || self.stock.with_value(|stock| stock.worker.is_some()) {
            return;
        }
        // What is on the screen is painted first.
        self.stock
            .update_value(|stock| stock.worker = Some(Worker::default()));
        after_frame(move || self.start_worker());
    }

    fn start_worker(self) {
        let worker = browser::service_worker::register(move |news| {
            self.hold(|holding| match (news, holding.supply.page) {
                (News::IsNewer, _) => holding.supply.page = Page::HasUpdate,
                (News::IsKept, Page::NotKept) => holding.supply.page = Page::Kept,
                (News::IsKept, Page::Kept | Page::HasUpdate) => {}
            });
        });
        self.stock.update_value(|stock| stock.worker = Some(worker));
    }

    /// Lets the newer page take over, and opens it.
    pub(super) fn update_page(self) {
        self.stock.with_value(|stock| {
            if let Some(worker) = &stock.worker {
                worker.take_over();
            }
        });
    }
}
