//! The page itself, without its data: the service worker stores it, and a newer release waits
//! there until the rider agrees.

use super::controller::Controller;
use crate::browser;
use crate::browser::service_worker::{News, Worker};
use crate::browser::task::spawn;
use crate::dataset::ShellStatus;
use crate::ui::lazy::Name;

impl Controller {
    /// Lets the service worker keep the page itself, once.
    pub(super) fn register_worker(self) {
        // Not in debug builds: a worker would hide the next change.
        if cfg!(debug_assertions) || self.sync_state(|sync_state| sync_state.worker.is_some()) {
            return;
        }
        // What is on the screen is painted first.
        self.sync_state(|sync_state| sync_state.worker = Some(Worker::default()));
        browser::page::after_frame(move || {
            self.start_worker();
            self.fetch_all_modules();
        });
    }

    fn start_worker(self) {
        let worker = browser::service_worker::register(move |news| {
            self.hold(|dataset_state| match (news, dataset_state.sync.page) {
                (News::IsNewer, _) => dataset_state.sync.page = ShellStatus::HasUpdate,
                (News::IsKept, ShellStatus::NotKept) => dataset_state.sync.page = ShellStatus::Kept,
                (
                    News::IsKept,
                    ShellStatus::Kept | ShellStatus::HasUpdate | ShellStatus::Incomplete,
                ) => {}
            });
        });
        self.sync_state(|sync_state| sync_state.worker = Some(worker));
    }

    /// Fetches the parts that other screens want, one after the other, as nothing else is
    /// to do.
    fn fetch_all_modules(self) {
        spawn(async move {
            for name in Name::ALWAYS {
                if self.with(|model| model.modules.may_fetch(name)) {
                    // It is asked for again when a screen wants it.
                    if let Ok(content) = name.fetch().await {
                        self.update_silently(|model| model.modules.put(name, Ok(content)));
                    }
                }
            }
        });
    }

    /// Lets the newer page take over, and opens it.
    pub(super) fn update_page(self) {
        self.sync_state(|sync_state| {
            if let Some(worker) = &sync_state.worker {
                worker.take_over();
            }
        });
    }
}
