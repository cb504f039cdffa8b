//! What the application needs besides the model, and never renders: timers, listeners,
//! bookkeeping of synchronisation and of the way back.

use std::cell::RefCell;

use super::controller::Controller;
use super::following::Following;
use super::trail::Trail;
use crate::browser;
use crate::browser::service_worker::Worker;
use crate::dataset::{CachePolicy, DatasetSync};
use crate::domain::backoff::Backoff;
use crate::domain::fix::{Fix, NoPosition, Track};

/// The storage key of the stored edition's name: where it is missing, `public/early.js` downloads
/// the first list before anything is read from the store.
pub(super) const EDITION_KEY: &str = "yizhan-edition";

/// The storage key of the rider's wish to store all cells.
pub(super) const WHOLE_KEY: &str = "yizhan-whole";

pub(super) struct Runtime {
    /// The synchronisation of the dataset.
    pub(super) sync: DatasetSync,
    /// The service worker, which stores the page itself; none until it is wanted.
    pub(super) worker: Option<Worker>,
    /// When the next report may be sent.
    pub(super) next_sending: Backoff,
    /// Whether one is being sent.
    pub(super) is_sending: bool,
    /// The browser's offer to put the page on the home screen.
    pub(super) offer: Option<browser::install::Offer>,
    /// The device's answers, and its compass, once the person wants them.
    pub(super) following: Option<Following>,
    /// Whether a finger is on the page: nothing moves under it.
    pub(super) is_pressed: bool,
    /// The device's answers that came meanwhile.
    pub(super) pending: Vec<Result<Fix, NoPosition>>,
    /// How often the device was asked.
    pub(super) asked: u32,
    /// What is believed of the device's answers.
    pub(super) track: Track,
    /// Where this page was before.
    pub(super) trail: Trail,
    /// The first answer on the screen; the next change takes it over into the model.
    pub(super) shown_answer: Option<String>,
    /// The link that had the focus before the last change.
    pub(super) focused: String,
}

thread_local! {
    static RUNTIME: RefCell<Option<Runtime>> = const { RefCell::new(None) };
}

impl Controller {
    /// Sets up the runtime. Nothing else of the application is called before.
    pub(super) fn prepare(self) {
        let policy = match browser::storage::read(WHOLE_KEY) {
            Some(_) => CachePolicy::All,
            None => CachePolicy::Limited,
        };
        RUNTIME.set(Some(Runtime {
            sync: DatasetSync::new(policy),
            worker: None,
            next_sending: Backoff::default(),
            is_sending: false,
            offer: None,
            following: None,
            is_pressed: false,
            pending: Vec::new(),
            asked: 0,
            track: Track::default(),
            trail: self.with(|model| Trail::of(model.steps.clone())),
            shown_answer: None,
            focused: String::new(),
        }));
    }

    /// Reads or changes the runtime. `with` must call nothing else of the application.
    #[expect(
        clippy::unused_self,
        reason = "only a controller may reach the runtime"
    )]
    pub(super) fn with_runtime<T>(self, with: impl FnOnce(&mut Runtime) -> T) -> T {
        RUNTIME.with_borrow_mut(|runtime| with(runtime.as_mut().expect("set by `prepare`")))
    }
}
