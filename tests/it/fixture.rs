//! Stations, datasets and screen inputs for the tests of what a rider sees.

use yizhan::dataset::{Dataset, Manifest, Publisher, SyncStatus};
use yizhan::domain::civil::CivilTime;
use yizhan::domain::fix::{Fix, FixSource, Locating};
use yizhan::domain::forecast::Forecasts;
use yizhan::domain::position::{LonLat, Metres};
use yizhan::domain::station::Station;
use yizhan::domain::travel::TravelFigures;
use yizhan::publish::hours;
use yizhan::view_model::address::Address;
use yizhan::view_model::language::Language;
use yizhan::view_model::nearby::NearbyScreen;
use yizhan::view_model::reports::Reports;
use yizhan::view_model::screen::{Screen, screen};
use yizhan::view_model::screen_input::{Loaded, ScreenInput};
use yizhan::view_model::settings::Settings;

use super::hours::calendar;

/// Longitude and latitude around which the stations lie.
pub(crate) const ORIGIN: (f64, f64) = (121.2, 31.3);

/// A Wednesday in summer.
pub(crate) const NOON: &str = "2026-07-15T12:10";

/// A station `north_m` metres north of the origin, with hours as printed.
pub(crate) fn station(id: &str, north_m: f64, hours_text: &str) -> Station {
    Station {
        id: id.to_owned(),
        name: format!("示例{id}站"),
        address: format!("测试路{id}号"),
        city: "测试市".to_owned(),
        district: "东区".to_owned(),
        position: LonLat::new(ORIGIN.0, ORIGIN.1 + north_m / 111_195.0).ok(),
        hours: hours::hours(hours_text, &calendar()).into(),
        is_room: true,
        ..Station::default()
    }
}

/// A dataset of 1 July 2026.
pub(crate) fn dataset(stations: Vec<Station>) -> Dataset {
    let about = Manifest {
        edition: "2026-07-01".to_owned(),
        built_at: time("2026-07-01T06:00"),
        title: "测试".to_owned(),
        publisher: Publisher::default(),
        is_demo: true,
        time_zone: "Asia/Shanghai".to_owned(),
        utc_offset_minutes: 480,
        stale_after_days: 30,
        keep_bytes: 12_000_000,
        report_url: String::new(),
        embed_origins: Vec::new(),
        calendar: calendar(),
        sources: Vec::new(),
        kinds: Vec::new(),
        areas: Vec::new(),
        programmes: None,
        travel: TravelFigures::default(),
        barriers: Vec::new(),
        cells: Vec::new(),
    };
    Dataset::publish(about, stations, Vec::new()).0
}

pub(crate) fn time(text: &str) -> CivilTime {
    text.parse().expect("a time")
}

/// A fix of the device at the origin.
pub(crate) fn fix_at_origin(accuracy_m: f64) -> Fix {
    Fix {
        position: LonLat::new(ORIGIN.0, ORIGIN.1).expect("on Earth"),
        accuracy: Metres(accuracy_m),
        source: FixSource::Device,
        second: 0,
    }
}

/// The values of a [`ScreenInput`]: a test sets those that it is about.
#[derive(Clone)]
pub(crate) struct Given<'a> {
    pub(crate) data: Loaded<'a>,
    pub(crate) fragment: String,
    pub(crate) time: &'a str,
    pub(crate) locating: Locating,
    pub(crate) unix_minute: i64,
    pub(crate) first_before: Option<&'a str>,
    pub(crate) sync: SyncStatus,
    pub(crate) has_apple_maps: bool,
    pub(crate) settings: Settings,
    pub(crate) language: Language,
}

impl<'a> Given<'a> {
    /// Noon, nothing located, an empty address, default settings.
    pub(crate) fn new(data: Loaded<'a>) -> Self {
        Self {
            data,
            fragment: String::new(),
            time: NOON,
            locating: Locating::NotAsked,
            unix_minute: 0,
            first_before: None,
            sync: SyncStatus::default(),
            has_apple_maps: false,
            settings: Settings::default(),
            language: Language::ZhCn,
        }
    }

    /// The same with a loaded dataset.
    pub(crate) fn dataset(dataset: &'a Dataset) -> Self {
        Self::new(Loaded::Ready(dataset))
    }

    /// The address names the origin, and what `more` says.
    pub(crate) fn around_origin(dataset: &'a Dataset, more: &str) -> Self {
        Self {
            fragment: format!("at={},{}&{more}", ORIGIN.0, ORIGIN.1),
            ..Self::dataset(dataset)
        }
    }

    /// The device is at the origin, within 20 m.
    pub(crate) fn found_at_origin(dataset: &'a Dataset) -> Self {
        Self {
            locating: Locating::Found(fix_at_origin(20.0)),
            ..Self::dataset(dataset)
        }
    }

    /// The result of a function of the input.
    pub(crate) fn decide<T>(&self, decide: impl FnOnce(&ScreenInput<'_>) -> T) -> T {
        decide(&ScreenInput {
            data: self.data,
            locating: self.locating,
            address: &Address::parse(&self.fragment),
            forecasts: &Forecasts::at(time(self.time), &calendar()),
            clock_ahead_minutes: None,
            last_place: None,
            unix_minute: self.unix_minute,
            reports: &Reports::default(),
            doubted: &[],
            first_before: self.first_before,
            is_offline: false,
            sync: self.sync,
            can_install: false,
            has_apple_maps: self.has_apple_maps,
            settings: self.settings,
            language: self.language,
            words: self.language.words(),
        })
    }

    pub(crate) fn screen(&self) -> Screen {
        self.decide(screen)
    }

    /// The list screen.
    #[track_caller]
    pub(crate) fn nearby(&self) -> NearbyScreen {
        match self.screen() {
            Screen::Nearby(nearby) => *nearby,
            other => panic!("not the list screen: {other:?}"),
        }
    }
}

/// The list screen around the origin.
#[track_caller]
pub(crate) fn nearby(stations: Vec<Station>, fragment: &str, time: &str) -> NearbyScreen {
    let dataset = dataset(stations);
    Given {
        time,
        ..Given::around_origin(&dataset, fragment)
    }
    .nearby()
}
