//! What the page knows: a plain value. The first frame needs nothing else, and the
//! signal that holds it from then on costs one type and not a dozen.

use std::cell::RefCell;
use std::sync::Arc;

use super::supply::{Data, Holding};
use crate::browser;
use crate::dataset::Dataset;
use crate::domain::calendar::Calendar;
use crate::domain::civil::CivilTime;
use crate::domain::fix::{LastPlace, Locating};
use crate::domain::forecast::Forecasts;
use crate::view_model::address::Address;
use crate::view_model::language::Language;
use crate::view_model::reports::Reports;
use crate::view_model::screen::{Knowledge, Loaded};
use crate::view_model::settings::Settings;

/// Where the settings are kept.
pub(super) const SETTINGS_KEY: &str = "yizhan-settings";

/// Where the reports are kept.
pub(super) const REPORTS_KEY: &str = "yizhan-reports";

/// Where it is kept where the person was found last.
pub(super) const PLACE_KEY: &str = "yizhan-place";

/// China's offset, until the dataset says otherwise.
const DEFAULT_OFFSET_MINUTES: i32 = 480;

/// What the page knows.
pub(super) struct Facts {
    /// What the address says.
    pub(super) address: Address,
    /// What is kept on the phone.
    pub(super) settings: Settings,
    /// The stations.
    pub(super) holding: Holding,
    /// Where asking for the position stands.
    pub(super) locating: Locating,
    /// Whole minutes since the Unix epoch.
    pub(super) unix_minute: i64,
    /// How far the phone's clock is ahead, in minutes, if it is off.
    pub(super) clock_ahead_minutes: Option<i64>,
    /// Where the person was found last.
    pub(super) last_place: Option<LastPlace>,
    /// What this phone said of stations.
    pub(super) reports: Reports,
    /// Whether the device says that there is no network.
    pub(super) is_offline: bool,
    /// Whether the browser offers to put the page on the home screen.
    pub(super) can_install: bool,
    /// What somebody typed to find a place.
    pub(super) typed: String,
    /// The browser's favourite among our languages.
    browsers_language: Language,
    has_apple_maps: bool,
    /// What doors do from this minute on, kept while the minute lasts.
    forecasts: RefCell<Option<Forecasts>>,
}

impl Facts {
    /// What is known when the page opens; that includes the stations, if they are here
    /// before anybody asks.
    pub(super) fn on_opening() -> Self {
        Self::opened_with(Holding::on_opening())
    }

    /// The same with these stations.
    pub(super) fn opened_with(holding: Holding) -> Self {
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
            holding,
            locating: Locating::NotAsked,
            unix_minute: unix_minute(),
            clock_ahead_minutes: None,
            last_place: place.and_then(|text| LastPlace::from_text(&text)),
            reports: reports
                .map(|text| Reports::from_text(&text))
                .unwrap_or_default(),
            is_offline: browser::network::is_offline(),
            can_install: false,
            typed: String::new(),
            browsers_language: language.unwrap_or_default(),
            has_apple_maps: browser::location::has_apple_maps(),
            forecasts: RefCell::default(),
        }
    }

    /// Reads again what may have changed while nobody listened: a page that was opened
    /// behind another one has no frame until it is seen.
    pub(super) fn catch_up(&mut self) {
        self.address = Address::parse(&browser::location::fragment());
        self.unix_minute = unix_minute();
        self.is_offline = browser::network::is_offline();
    }

    /// The edition that is shown.
    pub(super) fn shown(&self) -> Option<&Arc<Dataset>> {
        match &self.holding.data {
            Data::Ready(dataset) => Some(dataset),
            Data::Waiting | Data::Failed => None,
        }
    }

    /// Shows another edition, or the first.
    pub(super) fn show(&mut self, dataset: Arc<Dataset>) {
        // It may bring another calendar.
        self.forecasts.take();
        self.holding.data = Data::Ready(dataset);
    }

    /// Everything that decides what is shown, handed to `decide`.
    pub(super) fn know<T>(&self, decide: impl FnOnce(&Knowledge<'_>) -> T) -> T {
        let mut decide = Some(decide);
        let mut decided = None;
        self.tell(None, &mut |known| {
            decided = decide.take().map(|decide| decide(known));
        });
        decided.expect("`tell` tells once")
    }

    /// The same, as if another edition were shown, if one is given.
    pub(super) fn know_of(
        &self,
        dataset: Option<&Dataset>,
        decide: fn(&Knowledge<'_>) -> Vec<usize>,
    ) -> Vec<usize> {
        let mut decided = Vec::new();
        self.tell(dataset, &mut |known| decided = decide(known));
        decided
    }

    /// The same, compiled once for all who want to know.
    fn tell(&self, instead: Option<&Dataset>, listener: &mut dyn FnMut(&Knowledge<'_>)) {
        let wished = self.address.lang.or(self.settings.language);
        let (loaded, offset_minutes) = match &self.holding.data {
            Data::Waiting => (Loaded::Waiting, DEFAULT_OFFSET_MINUTES),
            Data::Failed => (Loaded::Failed, DEFAULT_OFFSET_MINUTES),
            Data::Ready(dataset) => (Loaded::Ready(dataset), dataset.manifest.utc_offset_minutes),
        };
        let now = CivilTime(self.unix_minute + i64::from(offset_minutes));
        let mut forecasts = self.forecasts.borrow_mut();
        let kept = forecasts.take().filter(|kept| kept.now() == now);
        let forecasts = forecasts.insert(kept.unwrap_or_else(|| {
            let calendar = match loaded {
                Loaded::Ready(dataset) => &dataset.manifest.calendar,
                Loaded::Waiting | Loaded::Failed => &Calendar::default(),
            };
            Forecasts::at(now, calendar)
        }));
        listener(&Knowledge {
            last_place: self.last_place,
            unix_minute: self.unix_minute,
            reports: &self.reports,
            doubted: &self.reports.doubted(now),
            is_offline: self.is_offline,
            can_install: self.can_install,
            has_apple_maps: self.has_apple_maps,
            settings: self.settings,
            supply: self.holding.supply,
            data: instead.map_or(loaded, Loaded::Ready),
            locating: self.locating,
            address: &self.address,
            forecasts,
            clock_ahead_minutes: self.clock_ahead_minutes,
            language: wished.unwrap_or(self.browsers_language),
        });
    }
}

/// The phone's clock, in whole minutes since the Unix epoch.
pub(super) fn unix_minute() -> i64 {
    CivilTime::from_unix_ms(browser::clock::now_ms(), 0).0
}
