//! The page once its first frame is there: what it knows, as a signal, and what
//! changes it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::facts::{Facts, PLACE_KEY, REPORTS_KEY, SETTINGS_KEY, unix_minute};
use super::following::Following;
use super::frame::Kept;
use super::supply::Stock;
use crate::browser;
use crate::browser::share::Shared;
use crate::domain::backoff::Backoff;
use crate::domain::fix::{Fix, Locating};
use crate::view_model::action::Action;
use crate::view_model::address::{Address, MAX_SCALE};
use crate::view_model::handover::station_json;
use crate::view_model::language::Language;
use crate::view_model::reports::Reports;
use crate::view_model::settings::Settings;

/// Where it is kept that somebody was asked about the home screen.
const INSTALL_KEY: &str = "yizhan-install";

/// Where it is kept which edition is kept: another tab may keep a newer one than it shows.
pub(super) const EDITION_KEY: &str = "yizhan-edition";

/// Where it is kept that somebody wants all of the dataset kept.
pub(super) const WHOLE_KEY: &str = "yizhan-whole";

/// What the page knows, and what it works with.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// What it knows: whatever changes of it is drawn.
    pub(super) facts: RwSignal<Facts, LocalStorage>,
    tools: StoredValue<Tools, LocalStorage>,
}

/// What the page works with, and what moves nothing on the screen.
pub(super) struct Tools {
    /// What stands behind the stations.
    pub(super) stock: Stock,
    /// When the next report may be sent.
    pub(super) next_sending: Backoff,
    /// Whether one is being sent.
    pub(super) is_sending: bool,
    /// The browser's offer to put the page on the home screen.
    offer: Option<browser::install::Offer>,
    /// The device's answers, and its compass, once the person wants them.
    pub(super) following: Option<Following>,
    /// Whether a finger is on the page: nothing moves under it.
    pub(super) is_pressed: bool,
    /// An answer that came meanwhile.
    pub(super) pending_fix: Option<Fix>,
    /// The frame that is kept for the next visit.
    pub(super) frame: Option<Kept>,
    /// Whether that is being looked at.
    pub(super) keeps_frame: bool,
    /// How often what is known has changed.
    pub(super) changes: u32,
}

impl State {
    /// Goes on from what was known when the page opened.
    pub(super) fn new(facts: Facts) -> Self {
        let kept = facts
            .shown()
            .map(|dataset| dataset.manifest.edition.clone());
        Self {
            facts: RwSignal::new_local(facts),
            tools: StoredValue::new_local(Tools {
                stock: Stock::new(kept),
                next_sending: Backoff::default(),
                is_sending: false,
                offer: None,
                following: None,
                is_pressed: false,
                pending_fix: None,
                frame: None,
                keeps_frame: false,
                changes: 0,
            }),
        }
    }

    /// Looks at what is known, without following it.
    pub(super) fn look<T>(self, at: impl FnOnce(&Facts) -> T) -> T {
        at(&self.facts.read_untracked())
    }

    /// Changes what is known.
    pub(super) fn change(self, change: impl FnOnce(&mut Facts)) {
        change(&mut self.facts.write());
    }

    /// Works with what moves nothing on the screen. Nothing else of the page may be
    /// called from within.
    pub(super) fn work<T>(self, with: impl FnOnce(&mut Tools) -> T) -> T {
        with(&mut self.tools.write_value())
    }

    /// Does what somebody tapped for; whether that takes the place of the link that
    /// was tapped.
    pub(super) fn act(self, action: Action) -> bool {
        let mut is_done = true;
        match action {
            Action::Locate => self.locate(),
            Action::Load => self.try_again(),
            Action::UseLastPlace => self.use_last_place(),
            Action::RememberPlace(remember) => self.remember_place(remember),
            Action::Update => self.update_page(),
            Action::KeepAll => self.keep_all(),
            Action::ClearKept => self.clear_kept(),
            Action::ToggleElder => {
                let is_elder = self.look(|facts| facts.settings.is_elder());
                self.set_scale(if is_elder { 100 } else { MAX_SCALE });
            }
            Action::Replace(fragment) => self.replace(Address::parse(&fragment)),
            Action::Copy(text) => spawn_local(async move {
                let is_copied = browser::clipboard::copy(&text).await;
                let words = self.language().words();
                let said = if is_copied {
                    words.copied
                } else {
                    words.not_copied
                };
                browser::page::say("[data-copied]", said);
            }),
            Action::ReadAloud(text) => {
                browser::speech::read_aloud(&text, self.language().tag());
            }
            Action::Share(title) => spawn_local(async move {
                let words = self.language().words();
                let address = self.look(|facts| facts.address.to_share());
                let station = address.station.clone().unwrap_or_default();
                let json = self.station_json(&station);
                let fragment = address.to_fragment();
                let shared = if json.is_some_and(|json| browser::host::share(&json)) {
                    // The host has a way of its own to hand it on.
                    browser::share::copy(&fragment).await
                } else {
                    browser::share::share(&title, &fragment).await
                };
                let said = match shared {
                    Shared::Handed => "",
                    Shared::Copied => words.copied,
                    Shared::Not => words.not_copied,
                };
                browser::page::say("[data-copied]", said);
            }),
            Action::Report(verdict) => self.report(verdict),
            Action::Navigate(id) => is_done = self.navigate(&id),
            Action::ChooseMap(map) => {
                is_done = false;
                self.keep_settings(|settings| settings.map = map);
            }
            Action::ReadDevice(crs) => self.read_device(crs),
            Action::Forget => self.forget(),
            Action::Install => {
                self.work(|tools| {
                    if let Some(offer) = &tools.offer {
                        offer.take();
                    }
                });
                self.decline_install();
            }
            Action::NotNow => self.decline_install(),
            Action::Scale(scale) => self.set_scale(scale),
            Action::Colours(theme) => self.keep_settings(|settings| settings.theme = theme),
            Action::Speak(language) => {
                self.keep_settings(|settings| settings.language = Some(language));
                self.replace(Address {
                    lang: None,
                    ..self.address()
                });
            }
        }
        is_done
    }

    /// Hands a station to whoever is around this page and shows the way; whether
    /// somebody takes it. Its page, with the links to maps, comes below, should
    /// nothing open.
    fn navigate(self, id: &str) -> bool {
        let json = self.station_json(id);
        let is_taken = json.is_some_and(|json| browser::host::navigate(&json));
        if is_taken {
            let page = self.address().with_station(id);
            browser::location::go(&page.to_fragment());
        }
        is_taken
    }

    fn station_json(self, id: &str) -> Option<String> {
        self.look(|facts| facts.know(|known| station_json(known, id)))
    }

    fn language(self) -> Language {
        self.look(|facts| facts.know(|known| known.language))
    }

    /// What the address says.
    pub(super) fn address(self) -> Address {
        self.look(|facts| facts.address.clone())
    }

    fn set_scale(self, scale: u16) {
        self.keep_settings(|settings| settings.scale = scale);
        self.replace(Address {
            scale: None,
            ..self.address()
        });
    }

    pub(super) fn keep_settings(self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.look(|facts| facts.settings);
        change(&mut settings);
        browser::storage::write(SETTINGS_KEY, &settings.to_text());
        self.change(|facts| facts.settings = settings);
    }

    /// Changes the address without a step in the history.
    pub(super) fn replace(self, address: Address) {
        browser::location::replace_fragment(&address.to_fragment());
        self.change(|facts| facts.address = address);
    }

    /// Asks the device where the person is, and shows the list around there.
    fn locate(self) {
        let list = Address {
            at: None,
            place: String::new(),
            ..self.look(|facts| facts.address.of_list())
        };
        browser::location::go(&list.to_fragment());
        self.change(|facts| facts.address = list);
        self.follow();
    }

    /// Forgets everything that this phone keeps for us.
    fn forget(self) {
        for key in [
            SETTINGS_KEY,
            REPORTS_KEY,
            INSTALL_KEY,
            WHOLE_KEY,
            PLACE_KEY,
            EDITION_KEY,
        ] {
            browser::storage::remove(key);
        }
        browser::frame::forget();
        self.stop_following();
        self.change(|facts| {
            facts.settings = Settings::default();
            facts.reports = Reports::default();
            facts.last_place = None;
            facts.locating = Locating::NotAsked;
        });
    }

    fn decline_install(self) {
        self.change(|facts| facts.can_install = false);
        browser::storage::write(INSTALL_KEY, "asked");
    }

    /// Waits for the browser to offer the home screen; who was asked once is
    /// not asked again.
    pub(super) fn await_install_offer(self) {
        if browser::storage::read(INSTALL_KEY).is_none() {
            let offered = move || self.change(|facts| facts.can_install = true);
            let offer = browser::install::Offer::wait(offered);
            self.work(|tools| tools.offer = Some(offer));
        }
    }

    /// Looks at the clock.
    pub(super) fn tick(self) {
        let now = unix_minute();
        if self.look(|facts| facts.unix_minute) != now {
            self.change(|facts| facts.unix_minute = now);
            self.send_reports();
            self.check_if_due();
        }
    }

    /// Reads the address again, after a link or the way back.
    pub(super) fn follow_address(self) {
        self.change(|facts| {
            facts.typed.clear();
            facts.address = Address::parse(&browser::location::fragment());
        });
    }

    /// Takes away what lies over the list.
    pub(super) fn close_view(self) {
        let address = self.address();
        if address.view.is_some() {
            browser::location::go(&address.with_view(None).to_fragment());
        }
    }
}
