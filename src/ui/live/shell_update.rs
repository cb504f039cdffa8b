//! The page itself, without its data: the service worker stores it, and a newer release waits
//! there until the rider agrees.

use super::controller::Controller;
use crate::browser;
use crate::browser::service_worker::{News, Worker};
use crate::browser::task::spawn;
use crate::dataset::ShellStatus;
use crate::ui::lazy::Name;

impl Controller {
    /// Registers the service worker, which stores the page itself, once.
    pub(super) fn register_worker(self) {
        // Not in debug builds: a worker would hide the next change.
        if cfg!(debug_assertions) || self.with_runtime(|runtime| runtime.worker.is_some()) {
            return;
        }
        // The screen is painted first.
        self.with_runtime(|runtime| runtime.worker = Some(Worker::default()));
        browser::page::after_frame(move || {
            self.start_worker();
            self.fetch_all_modules();
        });
    }

    fn start_worker(self) {
        let worker = browser::service_worker::register(move |news| {
            self.update(|model| {
                let page = &mut model.dataset_state.sync.page;
                match (news, *page) {
                    (News::IsNewer, _) => *page = ShellStatus::HasUpdate,
                    (News::IsStored, ShellStatus::NotStored) => *page = ShellStatus::Stored,
                    (
                        News::IsStored,
                        ShellStatus::Stored | ShellStatus::HasUpdate | ShellStatus::Incomplete,
                    ) => {}
                }
            });
        });
        self.with_runtime(|runtime| runtime.worker = Some(worker));
    }

    /// Fetches the modules of other screens, one after the other, while nothing else is pending.
    fn fetch_all_modules(self) {
        spawn(async move {
            for name in Name::ALWAYS {
                if self.with(|model| model.modules.may_fetch(name)) {
                    // After a failure it is fetched again when a screen needs it.
                    if let Ok(content) = name.fetch().await {
                        self.update_silently(|model| model.modules.put(name, Ok(content)));
                    }
                }
            }
        });
    }

    /// Lets the newer release take over, and reloads the page.
    pub(super) fn update_page(self) {
        self.with_runtime(|runtime| {
            if let Some(worker) = &runtime.worker {
                worker.take_over();
            }
        });
    }
}
