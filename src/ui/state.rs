//! What the page knows, as signals, and what changes it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::following::Following;
use super::supply::{Data, Holding, Stock};
use crate::browser;
use crate::browser::share::Shared;
use crate::dataset::Dataset;
use crate::domain::backoff::Backoff;
use crate::domain::calendar::Calendar;
use crate::domain::civil::CivilTime;
use crate::domain::fix::{Fix, LastPlace, Locating};
use crate::domain::forecast::Forecasts;
use crate::view_model::action::Action;
use crate::view_model::address::{Address, MAX_SCALE};
use crate::view_model::handover::station_json;
use crate::view_model::language::Language;
use crate::view_model::reports::Reports;
use crate::view_model::screen::{Knowledge, Loaded};
use crate::view_model::settings::Settings;

/// Where the settings are kept.
const SETTINGS_KEY: &str = "yizhan-settings";

/// Where the reports are kept.
pub(super) const REPORTS_KEY: &str = "yizhan-reports";

/// Where it is kept that somebody was asked about the home screen.
const INSTALL_KEY: &str = "yizhan-install";

/// Where it is kept where the person was found last.
pub(super) const PLACE_KEY: &str = "yizhan-place";

/// Where it is kept that somebody wants all of the dataset kept.
pub(super) const WHOLE_KEY: &str = "yizhan-whole";

/// China's offset, until the dataset says otherwise.
const DEFAULT_OFFSET_MINUTES: i32 = 480;

/// What the page knows.
#[derive(Clone, Copy)]
pub(super) struct State {
    /// What the address says.
    pub(super) address: RwSignal<Address>,
    /// What is kept on the phone.
    pub(super) settings: RwSignal<Settings>,
    /// The stations.
    pub(super) holding: RwSignal<Holding>,
    /// Where asking for the position stands.
    pub(super) locating: RwSignal<Locating>,
    /// Whole minutes since the Unix epoch.
    pub(super) unix_minute: RwSignal<i64>,
    /// How far the phone's clock is ahead, in minutes, if it is off.
    pub(super) clock_ahead_minutes: RwSignal<Option<i64>>,
    /// What stands behind the stations.
    pub(super) stock: StoredValue<Stock, LocalStorage>,
    /// What doors do from this minute on, kept while the minute lasts.
    pub(super) forecasts: StoredValue<Forecasts, LocalStorage>,
    /// Where the person was found last.
    pub(super) last_place: RwSignal<Option<LastPlace>>,
    /// What this phone said of stations.
    pub(super) reports: RwSignal<Reports>,
    /// When the next report may be sent, and whether one is being sent.
    pub(super) next_sending: StoredValue<(Backoff, bool)>,
    /// Whether the device says that there is no network.
    pub(super) is_offline: RwSignal<bool>,
    /// Whether the browser offers to put the page on the home screen.
    pub(super) can_install: RwSignal<bool>,
    /// That offer.
    pub(super) offer: StoredValue<Option<browser::install::Offer>, LocalStorage>,
    /// The device's answers, and its compass, once the person wants them.
    pub(super) following: StoredValue<Option<Following>, LocalStorage>,
    /// Whether a finger is on the page: nothing moves under it.
    pub(super) is_pressed: StoredValue<bool>,
    /// An answer that came meanwhile.
    pub(super) pending_fix: StoredValue<Option<Fix>>,
    /// What somebody typed to find a place.
    pub(super) typed: RwSignal<String>,
    /// The browser's favourite among our languages.
    browsers_language: Language,
    has_apple_maps: bool,
}

impl State {
    /// What is known when the page opens.
    pub(super) fn new() -> Self {
        let kept = browser::storage::read(SETTINGS_KEY);
        let tags = browser::location::languages();
        Self {
            address: RwSignal::new(Address::parse(&browser::location::fragment())),
            settings: RwSignal::new(
                kept.map(|text| Settings::from_text(&text))
                    .unwrap_or_default(),
            ),
            holding: RwSignal::new(Holding::new()),
            locating: RwSignal::new(Locating::NotAsked),
            unix_minute: RwSignal::new(unix_minute()),
            clock_ahead_minutes: RwSignal::new(None),
            forecasts: StoredValue::new_local(Forecasts::at(CivilTime(0), &Calendar::default())),
            stock: StoredValue::new_local(Stock::new()),
            last_place: RwSignal::new(
                browser::storage::read(PLACE_KEY).and_then(|text| LastPlace::from_text(&text)),
            ),
            reports: RwSignal::new(
                browser::storage::read(REPORTS_KEY)
                    .map(|text| Reports::from_text(&text))
                    .unwrap_or_default(),
            ),
            next_sending: StoredValue::new((Backoff::default(), false)),
            is_offline: RwSignal::new(browser::network::is_offline()),
            can_install: RwSignal::new(false),
            offer: StoredValue::new_local(None),
            following: StoredValue::new_local(None),
            is_pressed: StoredValue::new(false),
            pending_fix: StoredValue::new(None),
            typed: RwSignal::new(String::new()),
            browsers_language: tags
                .iter()
                .find_map(|tag| Language::from_tag(tag))
                .unwrap_or_default(),
            has_apple_maps: browser::location::has_apple_maps(),
        }
    }

    /// Everything that decides what is shown, handed to `decide`.
    pub(super) fn know<T>(self, decide: impl FnOnce(&Knowledge<'_>) -> T) -> T {
        let mut decide = Some(decide);
        let mut decided = None;
        self.tell(None, &mut |known| {
            decided = decide.take().map(|decide| decide(known));
        });
        decided.expect("`tell` tells once")
    }

    /// The same, as if another edition were shown, if one is given.
    pub(super) fn know_of(
        self,
        dataset: Option<&Dataset>,
        decide: fn(&Knowledge<'_>) -> Vec<usize>,
    ) -> Vec<usize> {
        let mut decided = Vec::new();
        self.tell(dataset, &mut |known| decided = decide(known));
        decided
    }

    /// The same, compiled once for all who want to know.
    fn tell(self, instead: Option<&Dataset>, listener: &mut dyn FnMut(&Knowledge<'_>)) {
        let address = self.address.read();
        let holding = self.holding.read();
        let wished = address.lang.or(self.settings.read().language);
        let (loaded, offset_minutes) = match &holding.data {
            Data::Waiting => (Loaded::Waiting, DEFAULT_OFFSET_MINUTES),
            Data::Failed => (Loaded::Failed, DEFAULT_OFFSET_MINUTES),
            Data::Ready(dataset) => (Loaded::Ready(dataset), dataset.manifest.utc_offset_minutes),
        };
        let clock_ahead_minutes = self.clock_ahead_minutes.get();
        let now = CivilTime(self.unix_minute.get() + i64::from(offset_minutes));
        if self
            .forecasts
            .with_value(|forecasts| forecasts.now() != now)
        {
            let calendar = match loaded {
                Loaded::Ready(dataset) => &dataset.manifest.calendar,
                Loaded::Waiting | Loaded::Failed => &Calendar::default(),
            };
            self.forecasts.set_value(Forecasts::at(now, calendar));
        }
        let reports = self.reports.read();
        let doubted = reports.doubted(now);
        self.forecasts.with_value(|forecasts| {
            listener(&Knowledge {
                last_place: self.last_place.get(),
                unix_minute: self.unix_minute.get(),
                reports: &reports,
                doubted: &doubted,
                is_offline: self.is_offline.get(),
                can_install: self.can_install.get(),
                has_apple_maps: self.has_apple_maps,
                settings: self.settings.get(),
                supply: holding.supply,
                data: instead.map_or(loaded, Loaded::Ready),
                locating: self.locating.get(),
                address: &address,
                forecasts,
                clock_ahead_minutes,
                language: wished.unwrap_or(self.browsers_language),
            });
        });
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
                let scale = if self.settings.read_untracked().is_elder() {
                    100
                } else {
                    MAX_SCALE
                };
                self.set_scale(scale);
            }
            Action::Replace(fragment) => self.replace(Address::parse(&fragment)),
            Action::Copy(text) => spawn_local(async move {
                let is_copied = browser::clipboard::copy(&text).await;
                let words = self.language_untracked().words();
                let said = if is_copied {
                    words.copied
                } else {
                    words.not_copied
                };
                browser::page::say("[data-copied]", said);
            }),
            Action::ReadAloud(text) => {
                browser::speech::read_aloud(&text, self.language_untracked().tag());
            }
            Action::Share(title) => spawn_local(async move {
                let words = self.language_untracked().words();
                let address = self.address.get_untracked().to_share();
                let station = address.station.clone().unwrap_or_default();
                let json = untrack(|| self.know(|known| station_json(known, &station)));
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
                self.keep_settings(Settings {
                    map,
                    ..self.settings.get_untracked()
                });
            }
            Action::ReadDevice(crs) => self.read_device(crs),
            Action::Forget => self.forget(),
            Action::Install => {
                self.offer.with_value(|offer| {
                    if let Some(offer) = offer {
                        offer.take();
                    }
                });
                self.decline_install();
            }
            Action::NotNow => self.decline_install(),
            Action::Scale(scale) => self.set_scale(scale),
            Action::Colours(theme) => {
                self.keep_settings(Settings {
                    theme,
                    ..self.settings.get_untracked()
                });
            }
            Action::Speak(language) => {
                let language = Some(language);
                self.keep_settings(Settings {
                    language,
                    ..self.settings.get_untracked()
                });
                self.replace(Address {
                    lang: None,
                    ..self.address.get_untracked()
                });
            }
        }
        is_done
    }

    /// Hands a station to whoever is around this page and shows the way; whether
    /// somebody takes it. Its page, with the links to maps, comes below, should
    /// nothing open.
    fn navigate(self, id: &str) -> bool {
        let json = untrack(|| self.know(|known| station_json(known, id)));
        let is_taken = json.is_some_and(|json| browser::host::navigate(&json));
        if is_taken {
            let page = self.address.read_untracked().with_station(id);
            browser::location::go(&page.to_fragment());
        }
        is_taken
    }

    fn language_untracked(self) -> Language {
        untrack(|| self.know(|known| known.language))
    }

    fn set_scale(self, scale: u16) {
        self.keep_settings(Settings {
            scale,
            ..self.settings.get_untracked()
        });
        self.replace(Address {
            scale: None,
            ..self.address.get_untracked()
        });
    }

    pub(super) fn keep_settings(self, settings: Settings) {
        self.settings.set(settings);
        browser::storage::write(SETTINGS_KEY, &settings.to_text());
    }

    /// Changes the address without a step in the history.
    pub(super) fn replace(self, address: Address) {
        browser::location::replace_fragment(&address.to_fragment());
        self.address.set(address);
    }

    /// Asks the device where the person is, and shows the list around there.
    fn locate(self) {
        let list = self.address.read_untracked().of_list();
        let list = Address {
            at: None,
            place: String::new(),
            ..list
        };
        browser::location::go(&list.to_fragment());
        self.address.set(list);
        self.follow();
    }

    /// Forgets everything that this phone keeps for us.
    fn forget(self) {
        for key in [SETTINGS_KEY, REPORTS_KEY, INSTALL_KEY, WHOLE_KEY, PLACE_KEY] {
            browser::storage::remove(key);
        }
        self.settings.set(Settings::default());
        self.reports.set(Reports::default());
        self.last_place.set(None);
        self.following.set_value(None);
        self.locating.set(Locating::NotAsked);
    }

    fn decline_install(self) {
        self.can_install.set(false);
        browser::storage::write(INSTALL_KEY, "asked");
    }

    /// Waits for the browser to offer the home screen; who was asked once is
    /// not asked again.
    pub(super) fn await_install_offer(self) {
        if browser::storage::read(INSTALL_KEY).is_none() {
            let offer = browser::install::Offer::wait(move || self.can_install.set(true));
            self.offer.set_value(Some(offer));
        }
    }

    /// Looks at the clock.
    pub(super) fn tick(self) {
        let now = unix_minute();
        if *self.unix_minute.read_untracked() != now {
            self.unix_minute.set(now);
            self.send_reports();
            self.check_if_due();
        }
    }

    /// Reads the address again, after a link or the way back.
    pub(super) fn follow_address(self) {
        self.typed.set(String::new());
        self.address
            .set(Address::parse(&browser::location::fragment()));
    }

    /// Takes away what lies over the list.
    pub(super) fn close_view(self) {
        let address = self.address.read_untracked();
        if address.view.is_some() {
            browser::location::go(&address.with_view(None).to_fragment());
        }
    }
}

fn unix_minute() -> i64 {
    CivilTime::from_unix_ms(browser::clock::now_ms(), 0).0
}
