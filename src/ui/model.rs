//! Everything that decides what is shown, as one plain value: the first answer is rendered
//! from it alone, and the application holds it in one signal.

use std::cell::RefCell;
use std::sync::Arc;

use super::lazy::{LoadedModules, Name, needed};
use crate::browser;
use crate::browser::stations::{self, First};
use crate::dataset::{Data, Dataset, DatasetState, FetchError, UpdateCheck};
use crate::domain::calendar::Calendar;
use crate::domain::civil::{CivilTime, clock_off_minutes};
use crate::domain::datum::Crs;
use crate::domain::fix::{Fix, LastPlace, Locating, NoPosition};
use crate::domain::forecast::Forecasts;
use crate::view_model::address::Address;
use crate::view_model::language::Language;
use crate::view_model::reports::Reports;
use crate::view_model::screen_input::{Loaded, ScreenInput};
use crate::view_model::settings::Settings;

/// The storage key of the settings.
pub(super) const SETTINGS_KEY: &str = "yizhan-settings";

/// The storage key of the reports.
pub(super) const REPORTS_KEY: &str = "yizhan-reports";

/// The storage key of the last position found.
pub(super) const PLACE_KEY: &str = "yizhan-place";

/// China's UTC offset, used until a dataset is loaded.
const DEFAULT_OFFSET_MINUTES: i32 = 480;

/// The state of the page.
pub(super) struct Model {
    /// The page's address.
    pub(super) address: Address,
    /// The stored settings.
    pub(super) settings: Settings,
    /// The dataset.
    pub(super) dataset_state: DatasetState,
    /// The state of the request for a position.
    pub(super) locating: Locating,
    /// The current time, in whole minutes since the Unix epoch.
    pub(super) unix_minute: i64,
    /// How far the phone's clock is ahead, in minutes, if it is off.
    pub(super) clock_ahead_minutes: Option<i64>,
    /// The last position found.
    pub(super) last_place: Option<LastPlace>,
    /// The reports made on this phone.
    pub(super) reports: Reports,
    /// The fragment of the list that was shown last, and the station of its first answer.
    pub(super) first_answer: Option<(String, String)>,
    /// Whether the device reports that it is offline.
    pub(super) is_offline: bool,
    /// Whether the browser offers to put the page on the home screen.
    pub(super) can_install: bool,
    /// The text in the search field of the place picker.
    pub(super) typed: String,
    /// The fragments shown before the application started, the current one last.
    pub(super) steps: Vec<String>,
    /// The lazy modules that are loaded.
    pub(super) modules: LoadedModules,
    /// The browser's preferred language, of those of the page.
    browsers_language: Language,
    has_apple_maps: bool,
    /// The opening states from the current minute on, cached for that minute.
    forecasts: RefCell<Option<Forecasts>>,
}

impl Model {
    /// The state when the page opens. It includes the stored dataset, if that was read in
    /// advance.
    pub(super) fn on_opening() -> Self {
        let dataset_state = stations::stored_early().map(DatasetState::of_stored);
        let settings = browser::storage::read(SETTINGS_KEY);
        let place = browser::storage::read(PLACE_KEY);
        let reports = browser::storage::read(REPORTS_KEY);
        let tags = browser::location::languages();
        let language = tags.iter().find_map(|tag| Language::from_tag(tag));
        Self {
            address: Address::parse(&browser::location::fragment()),
            settings: settings
                .map(|text| Settings::from_text(&text))
                .unwrap_or_default(),
            dataset_state: dataset_state.unwrap_or_default(),
            locating: Locating::NotAsked,
            unix_minute: unix_minute(),
            clock_ahead_minutes: None,
            last_place: place.and_then(|text| LastPlace::from_text(&text)),
            reports: reports
                .map(|text| Reports::from_text(&text))
                .unwrap_or_default(),
            first_answer: None,
            is_offline: browser::network::is_offline(),
            can_install: false,
            typed: String::new(),
            steps: vec![browser::location::fragment()],
            modules: LoadedModules::default(),
            browsers_language: language.unwrap_or_default(),
            has_apple_maps: browser::location::has_apple_maps(),
            forecasts: RefCell::default(),
        }
    }

    /// Reads again what may have changed before listeners were attached: a page that was opened
    /// in a background tab gets no frame until it is visible.
    pub(super) fn catch_up(&mut self) {
        self.address = Address::parse(&browser::location::fragment());
        self.unix_minute = unix_minute();
        self.is_offline = browser::network::is_offline();
    }

    /// The edition that is shown.
    pub(super) fn shown(&self) -> Option<&Arc<Dataset>> {
        self.dataset_state.shown()
    }

    /// The language that the rider wants.
    pub(super) fn language(&self) -> Language {
        let wished = self.address.lang.or(self.settings.language);
        wished.unwrap_or(self.browsers_language)
    }

    /// The modules that the screen needs and that may be fetched.
    pub(super) fn modules_wanted(&self) -> Vec<Name> {
        let mut names = self.with_input(|input| needed(input, self.language()));
        names.retain(|name| self.modules.may_fetch(*name));
        names
    }

    /// Takes the first list, or why it cannot be loaded.
    pub(super) fn take_first(&mut self, first: Result<First, FetchError>) {
        if self.shown().is_some() {
            // An edition was downloaded meanwhile.
            return;
        }
        match first {
            Ok(first) => {
                self.clock_ahead_minutes = first.clock_ahead_ms.and_then(clock_off_minutes);
                let sync = &mut self.dataset_state.sync;
                sync.is_stored = first.is_stored;
                if !first.is_stored {
                    sync.check = UpdateCheck::Fresh;
                }
                self.show(Arc::new(first.dataset));
            }
            Err(error) => {
                self.dataset_state.sync.check = UpdateCheck::Failed(error);
                self.dataset_state.data = Data::Failed;
            }
        }
    }

    /// Whether the device's answer to the first tap is still awaited.
    pub(super) fn awaits_position(&self) -> bool {
        matches!(self.locating, Locating::Asking | Locating::Unanswered)
    }

    /// Takes the device's answer to the first tap.
    pub(super) fn take_position(&mut self, answer: Result<Fix, NoPosition>) {
        self.locating = match answer {
            Ok(fix) => Locating::Found(fix.reread(Crs::Wgs84, self.settings.device_crs)),
            Err(reason) => Locating::Failed(reason),
        };
    }

    /// Shows another edition, or the first.
    pub(super) fn show(&mut self, dataset: Arc<Dataset>) {
        // It may have another calendar.
        self.forecasts.take();
        self.dataset_state.data = Data::Ready(dataset);
    }

    /// Calls `decide` with everything that decides what is shown.
    pub(super) fn with_input<T>(&self, decide: impl FnOnce(&ScreenInput<'_>) -> T) -> T {
        let mut decide = Some(decide);
        let mut decided = None;
        self.with_input_dyn(None, &mut |input| {
            decided = decide.take().map(|decide| decide(input));
        });
        decided.expect("called once by `with_input_dyn`")
    }

    /// Like [`Self::with_input`], as if `dataset` were shown, if one is given.
    pub(super) fn decide_for(
        &self,
        dataset: Option<&Dataset>,
        decide: fn(&ScreenInput<'_>) -> Vec<usize>,
    ) -> Vec<usize> {
        let mut decided = Vec::new();
        self.with_input_dyn(dataset, &mut |input| decided = decide(input));
        decided
    }

    /// Like [`Self::with_input`], but not generic, so that it is compiled once.
    fn with_input_dyn(&self, instead: Option<&Dataset>, decide: &mut dyn FnMut(&ScreenInput<'_>)) {
        let (language, words) = self.modules.words(self.language());
        let (loaded, offset_minutes) = match &self.dataset_state.data {
            Data::Waiting => (Loaded::Waiting, DEFAULT_OFFSET_MINUTES),
            Data::Failed => (Loaded::Failed, DEFAULT_OFFSET_MINUTES),
            Data::Ready(dataset) => (Loaded::Ready(dataset), dataset.manifest.utc_offset_minutes),
        };
        let now = CivilTime(self.unix_minute + i64::from(offset_minutes));
        let mut forecasts = self.forecasts.borrow_mut();
        let cached = forecasts.take().filter(|cached| cached.now() == now);
        let forecasts = forecasts.insert(cached.unwrap_or_else(|| {
            let calendar = match loaded {
                Loaded::Ready(dataset) => &dataset.manifest.calendar,
                Loaded::Waiting | Loaded::Failed => &Calendar::default(),
            };
            Forecasts::at(now, calendar)
        }));
        let list = self.address.of_list().to_fragment();
        let first_before = self
            .first_answer
            .as_ref()
            .filter(|(of_list, _)| *of_list == list);
        decide(&ScreenInput {
            first_before: first_before.map(|(_, station)| station.as_str()),
            last_place: self.last_place,
            unix_minute: self.unix_minute,
            reports: &self.reports,
            doubted: &self.reports.doubted(now),
            is_offline: self.is_offline,
            can_install: self.can_install,
            has_apple_maps: self.has_apple_maps,
            settings: self.settings,
            sync: self.dataset_state.sync,
            data: instead.map_or(loaded, Loaded::Ready),
            locating: self.locating,
            address: &self.address,
            forecasts,
            clock_ahead_minutes: self.clock_ahead_minutes,
            language,
            words,
        });
    }
}

/// The phone's clock, in whole minutes since the Unix epoch.
pub(super) fn unix_minute() -> i64 {
    CivilTime::from_unix_ms(browser::clock::now_ms(), 0).0
}
