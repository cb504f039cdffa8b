//! Carries out the rider's actions.

use crate::browser::task::spawn;

use super::controller::Controller;
use super::runtime::{EDITION_KEY, WHOLE_KEY};
use super::trail::Spot;
use crate::browser;
use crate::browser::share::Shared;
use crate::dataset::SyncEvent;
use crate::domain::fix::Locating;
use crate::ui::model::{PLACE_KEY, REPORTS_KEY, SETTINGS_KEY, unix_minute};
use crate::view_model::action::Action;
use crate::view_model::address::{Address, MAX_SCALE};
use crate::view_model::language::Words;
use crate::view_model::reports::Reports;
use crate::view_model::settings::Settings;
use crate::view_model::station_payload::station_json;

/// The storage key that records that the rider was asked about the home screen.
const INSTALL_KEY: &str = "yizhan-install";

impl Controller {
    /// Carries out an action. Returns whether that replaces following the link that was tapped.
    pub(super) fn act(self, action: Action) -> bool {
        let mut is_done = true;
        match action {
            Action::Locate => self.locate(),
            Action::LocateHere => self.follow(),
            Action::Search(typed) => self.update(|model| model.typed = typed),
            Action::Back(fragment) => self.go_back(&fragment),
            Action::Travel(mode) => {
                self.change_settings(|settings| settings.travel = Some(mode));
                self.replace(Address {
                    travel: None,
                    ..self.address()
                });
            }
            Action::Member(is_member) => {
                self.change_settings(|settings| settings.is_member = is_member);
            }
            Action::Load => self.retry(),
            Action::UseLastPlace => self.use_last_place(),
            Action::RememberPlace(remember) => self.remember_place(remember),
            Action::Update => self.update_page(),
            Action::StoreAll => self.sync(SyncEvent::StoreAllWanted),
            Action::ClearStored => {
                browser::storage::remove(WHOLE_KEY);
                self.sync(SyncEvent::ClearWanted);
            }
            Action::ToggleElder => {
                let is_elder = self.with(|model| model.settings.is_elder());
                self.set_scale(if is_elder { 100 } else { MAX_SCALE });
            }
            Action::Replace(fragment) => self.replace(Address::parse(&fragment)),
            Action::Copy(text) => spawn(async move {
                let is_copied = browser::clipboard::copy(&text).await;
                let words = self.words();
                let text = if is_copied {
                    words.copied
                } else {
                    words.not_copied
                };
                browser::page::say("[data-copied]", text);
            }),
            Action::ReadAloud(text) => {
                let language = self.with(|model| model.with_input(|input| input.language));
                browser::speech::read_aloud(&text, language.tag());
            }
            Action::Share(title) => spawn(async move {
                let words = self.words();
                let address = self.with(|model| model.address.to_share());
                let station = address.station.clone().unwrap_or_default();
                let json = self.station_json(&station);
                let fragment = address.to_fragment();
                let shared = if json.is_some_and(|json| browser::host::share(&json)) {
                    // The host shares the station itself; the link is copied besides.
                    browser::share::copy(&fragment).await
                } else {
                    browser::share::share(&title, &fragment).await
                };
                let text = match shared {
                    Shared::Handed => "",
                    Shared::Copied => words.copied,
                    Shared::Not => words.not_copied,
                };
                browser::page::say("[data-copied]", text);
            }),
            Action::Report(verdict) => self.report(verdict),
            Action::Navigate(id) => is_done = self.navigate(&id),
            Action::ChooseMap(map) => {
                is_done = false;
                self.change_settings(|settings| settings.map = map);
            }
            Action::ReadDevice(crs) => self.read_device(crs),
            Action::Forget => self.forget(),
            Action::Install => {
                self.with_runtime(|runtime| {
                    if let Some(offer) = &runtime.offer {
                        offer.take();
                    }
                });
                self.decline_install();
            }
            Action::NotNow => self.decline_install(),
            Action::Scale(scale) => self.set_scale(scale),
            Action::Colours(theme) => self.change_settings(|settings| settings.theme = theme),
            Action::Speak(language) => {
                self.change_settings(|settings| settings.language = Some(language));
                self.replace(Address {
                    lang: None,
                    ..self.address()
                });
            }
        }
        is_done
    }

    /// Passes a station to the host for navigation. Returns whether the host accepts it; then
    /// the station's page is shown, which has links to maps in case nothing opens.
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
        self.with(|model| model.with_input(|input| station_json(input, id)))
    }

    fn words(self) -> &'static Words {
        self.with(|model| model.with_input(|input| input.words))
    }

    /// The page's address.
    pub(super) fn address(self) -> Address {
        self.with(|model| model.address.clone())
    }

    fn set_scale(self, scale: u16) {
        self.change_settings(|settings| settings.scale = scale);
        self.replace(Address {
            scale: None,
            ..self.address()
        });
    }

    pub(super) fn change_settings(self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.with(|model| model.settings);
        change(&mut settings);
        browser::storage::write(SETTINGS_KEY, &settings.to_text());
        self.update(|model| model.settings = settings);
    }

    /// Changes the address without a history entry.
    pub(super) fn replace(self, address: Address) {
        let fragment = address.to_fragment();
        browser::location::replace_fragment(&fragment);
        self.with_runtime(|runtime| runtime.trail.replace(fragment));
        self.update(|model| model.address = address);
    }

    /// Asks the device for the position, and shows the list around it.
    fn locate(self) {
        let list = Address {
            at: None,
            place: String::new(),
            ..self.with(|model| model.address.of_list())
        };
        browser::location::go(&list.to_fragment());
        self.update(|model| model.address = list);
        self.follow();
    }

    /// Removes everything that the page has in local storage, and resets the model. The stored
    /// list stays, and is found without the key of its edition.
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
        self.stop_following();
        self.update(|model| {
            model.settings = Settings::default();
            model.reports = Reports::default();
            model.last_place = None;
            model.locating = Locating::NotAsked;
        });
    }

    fn decline_install(self) {
        self.update(|model| model.can_install = false);
        browser::storage::write(INSTALL_KEY, "asked");
    }

    /// Waits for the browser to offer installation, unless the rider was asked before.
    pub(super) fn await_install_offer(self) {
        if browser::storage::read(INSTALL_KEY).is_none() {
            let offered = move || self.update(|model| model.can_install = true);
            let offer = browser::install::Offer::wait(offered);
            self.with_runtime(|runtime| runtime.offer = Some(offer));
        }
    }

    /// Reads the clock; once a minute updates the model and starts what is due.
    pub(super) fn tick(self) {
        let now = unix_minute();
        let is_pressed = self.with_runtime(|runtime| runtime.is_pressed);
        if !is_pressed && self.with(|model| model.unix_minute) != now {
            self.update(|model| model.unix_minute = now);
            self.send_reports();
            self.sync_if_due();
        }
    }

    /// Reads the address again, after a link or a step back.
    pub(super) fn follow_address(self) {
        let fragment = browser::location::fragment();
        let left = Spot::here();
        // The message concerned the screen that the rider leaves.
        browser::page::say("[data-copied]", "");
        self.with_runtime(|runtime| runtime.trail.go(fragment.clone(), left));
        self.update(|model| {
            model.typed.clear();
            model.address = Address::parse(&fragment);
        });
    }

    /// Closes the view that covers the list.
    pub(super) fn close_view(self) {
        let address = self.address();
        if address.view.is_some() {
            self.go_back(&address.with_view(None).to_fragment());
        }
    }

    /// Goes to a fragment; by a step back in the history if that leads there, so that the
    /// phone's back button does not reopen what was closed.
    fn go_back(self, fragment: &str) {
        let is_one_back = self.with_runtime(|runtime| runtime.trail.is_one_back(fragment));
        // An embedded page added no entry: the history is the host's.
        if is_one_back && !browser::location::is_framed() {
            return browser::location::back();
        }
        browser::location::replace_fragment(fragment);
        self.with_runtime(|runtime| {
            if is_one_back {
                runtime.trail.go(fragment.to_owned(), Spot::default());
            } else {
                runtime.trail.replace(fragment.to_owned());
            }
        });
        self.update(|model| {
            model.typed.clear();
            model.address = Address::parse(fragment);
        });
    }
}
