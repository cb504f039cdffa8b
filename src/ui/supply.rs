//! The dataset comes: first what the phone keeps, then what the network has that
//! is newer. An edition takes the place of another only when all that the screen
//! needs of it is here, and is kept only when it leaves no place without stations.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::after_frame;
use super::state::{EDITION_KEY, State, WHOLE_KEY};
use crate::browser;
use crate::browser::service_worker::{News, Worker};
use crate::browser::stations::{self, Arrived};
use crate::dataset::{Check, Dataset, Fault, Newness, Page, Supply, is_worth_keeping, newness};
use crate::domain::backoff::Backoff;
use crate::domain::civil::clock_off_minutes;
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
    /// What is here of the stations before anybody asks.
    pub(super) fn on_opening() -> Self {
        if let Some(dataset) = stations::kept_early() {
            return Self::of(Arc::new(dataset));
        }
        Self {
            data: Data::Waiting,
            next: None,
            supply: Supply::default(),
        }
    }

    /// Stations that the phone keeps, before anything else is known of them.
    pub(super) fn of(dataset: Arc<Dataset>) -> Self {
        Self {
            data: Data::Ready(dataset),
            next: None,
            supply: Supply {
                is_kept: true,
                ..Supply::default()
            },
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
    /// At the beginning, with the edition that is kept, as far as it is known.
    pub(super) fn new(kept: Option<String>) -> Self {
        Self {
            manifest: None,
            kept,
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

    /// Whether an edition is the one that is kept.
    pub(super) fn keeps(&self, edition: &str) -> bool {
        self.keeping != Keeping::Nothing && self.kept.as_deref() == Some(edition)
    }
}

impl State {
    /// Opens what the phone keeps, if it is not open yet, then asks the network.
    pub(super) fn load(self) {
        spawn_local(async move {
            if self.look(|facts| facts.shown().is_none())
                && let Some(manifest) = stations::kept_manifest().await
            {
                let edition = manifest.edition.clone();
                self.work(|tools| tools.stock.kept = Some(edition));
                self.hold(|holding| holding.supply.is_kept = true);
                self.show(Arc::new(Dataset::promised(manifest)));
            }
            self.check();
            let kept_in = browser::kept::place().await;
            self.hold(|holding| holding.supply.kept_in = kept_in);
            self.count_kept().await;
        });
    }

    fn hold(self, change: impl FnOnce(&mut Holding)) {
        self.change(|facts| change(&mut facts.holding));
    }

    fn stock<T>(self, with: impl FnOnce(&mut Stock) -> T) -> T {
        self.work(|tools| with(&mut tools.stock))
    }

    /// Asks the network for a newer edition.
    pub(super) fn check(self) {
        let now = self.look(|facts| facts.unix_minute);
        let was_checking = self.stock(|stock| {
            let was_checking = stock.is_checking;
            if !was_checking {
                (stock.is_checking, stock.checked_at) = (true, now);
            }
            was_checking
        });
        if was_checking {
            return;
        }
        spawn_local(async move {
            let arrived = stations::load_manifest().await;
            self.stock(|stock| {
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
        let ahead_minutes = arrived.clock_ahead_ms.and_then(clock_off_minutes);
        let manifest = arrived.manifest;
        let (found, is_coming) = self.look(|facts| {
            let here = facts.shown();
            let found = here.map_or(Newness::Newer, |here| newness(&manifest, &here.manifest));
            let coming = facts.holding.next.as_ref();
            let is_coming = coming.is_some_and(|next| next.manifest.edition == manifest.edition);
            (found, is_coming)
        });
        if found != Newness::Older {
            let edition = manifest.edition.clone();
            self.stock(|stock| {
                stock.manifest = Some((edition, arrived.bytes));
                if found == Newness::Newer {
                    stock.fill_pause = Backoff::default();
                }
            });
        }
        let mut first = None;
        self.change(|facts| {
            facts.clock_ahead_minutes = ahead_minutes;
            let holding = &mut facts.holding;
            match found {
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
            }
        });
        if let Some(dataset) = first {
            self.show(dataset);
        }
    }

    /// Shows another edition, or the first.
    fn show(self, dataset: Arc<Dataset>) {
        if self.look(|facts| facts.shown().is_none()) {
            self.hear_hosts_of(&dataset);
        }
        self.change(|facts| facts.show(dataset));
    }

    /// From the first edition on it is known which pages may say something.
    pub(super) fn hear_hosts_of(self, dataset: &Dataset) {
        let hear = move |said: String, accuracy| self.hear_host(&said, accuracy);
        browser::host::start(&dataset.manifest.embed_origins, hear);
    }

    /// After a failure, and now and then while the page is open, the network is
    /// asked again.
    pub(super) fn check_if_due(self) {
        let now = self.look(|facts| facts.unix_minute);
        let is_due = self.stock(|stock| {
            let has_failed = stock.check_pause.has_failed() || stock.fill_pause.has_failed();
            has_failed && stock.check_pause.is_due(now) && stock.fill_pause.is_due(now)
                || now - stock.checked_at >= CHECK_MINUTES
        });
        if is_due {
            self.check();
            self.stock(|stock| {
                if let Some(worker) = &stock.worker {
                    worker.look_for_newer();
                }
            });
        }
    }

    /// Whatever kept the network away may be over: asks again at once.
    pub(super) fn try_again(self) {
        self.stock(|stock| {
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
        let (dataset, needed, is_coming) = {
            let facts = self.facts.read();
            let coming = facts.holding.next.as_ref();
            let needed = facts.know_of(coming.map(AsRef::as_ref), cells_needed);
            (coming.or(facts.shown()).cloned(), needed, coming.is_some())
        };
        let (Some(dataset), false) = (dataset, self.stock(|stock| stock.is_filling)) else {
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
            if self.stock(|stock| stock.kept.is_none()) {
                // Better a part of the first edition than none.
                self.commit(&dataset);
            }
        }
        let now = self.look(|facts| facts.unix_minute);
        if !self.stock(|stock| stock.fill_pause.is_due(now)) {
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
        let may_keep = self.stock(|stock| {
            stock.is_filling = true;
            stock.keeping != Keeping::Nothing
        });
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
            let is_outdated = !is_coming && self.look(|facts| facts.holding.next.is_some());
            self.stock(|stock| {
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

    /// Some of the missing cells that are worth keeping.
    fn unasked(self, dataset: &Dataset) -> Vec<usize> {
        let manifest = &dataset.manifest;
        let limit = manifest.keep_bytes;
        self.stock(|stock| {
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
        let bytes = self.stock(|stock| {
            let is_new = stock.kept.as_ref() != Some(edition);
            let may_keep = stock.keeping != Keeping::Nothing;
            let (of, bytes) = stock.manifest.as_ref().filter(|_| is_new && may_keep)?;
            let bytes = (of == edition).then(|| bytes.clone())?;
            // No second time while it is being written.
            stock.kept = Some(edition.clone());
            Some(bytes)
        });
        let Some(bytes) = bytes else { return };
        let names = stations::names(&dataset.manifest);
        let edition = edition.clone();
        // It shows stations of the one before.
        browser::frame::forget();
        spawn_local(async move {
            let has_room = stations::commit(&bytes, &names).await;
            if has_room {
                browser::storage::write(EDITION_KEY, &edition);
            } else {
                // The last good edition is still there; more attempts end alike.
                self.stock(|stock| stock.keeping = Keeping::Nothing);
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
        self.stock(|stock| {
            let has_kept = stock.kept.is_some();
            if has_kept && boxes.len() > stock.kept_boxes.len() {
                stock.kept_boxes = boxes;
            }
        });
    }

    /// Keeps all of the dataset from now on, however large it is.
    pub(super) fn keep_all(self) {
        browser::storage::write(WHOLE_KEY, "yes");
        let was_cleared = self.stock(|stock| {
            let was_cleared = stock.keeping == Keeping::Nothing;
            stock.keeping = Keeping::All;
            was_cleared
        });
        spawn_local(async move {
            browser::kept::persist().await;
            if was_cleared {
                // What is here and no longer kept comes again from the top.
                browser::location::reload();
            }
            // Nothing of it changes, and yet there is more to fill now.
            self.facts.notify();
        });
    }

    /// Drops what is kept of the dataset; this visit goes on with what is here.
    pub(super) fn clear_kept(self) {
        browser::storage::remove(WHOLE_KEY);
        browser::storage::remove(EDITION_KEY);
        browser::frame::forget();
        self.stock(|stock| (stock.keeping, stock.kept) = (Keeping::Nothing, None));
        spawn_local(async move {
            browser::kept::clear().await;
            self.hold(|holding| holding.supply.is_kept = false);
            self.count_kept().await;
        });
    }

    /// Lets the service worker keep the page itself, once.
    fn register_worker(self) {
        // Not in debug builds: a worker would hide the next change.
        if cfg!(debug_assertions) || self.stock(|stock| stock.worker.is_some()) {
            return;
        }
        // What is on the screen is painted first.
        self.stock(|stock| stock.worker = Some(Worker::default()));
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
        self.stock(|stock| stock.worker = Some(worker));
    }

    /// Lets the newer page take over, and opens it.
    pub(super) fn update_page(self) {
        self.stock(|stock| {
            if let Some(worker) = &stock.worker {
                worker.take_over();
            }
        });
    }
}
