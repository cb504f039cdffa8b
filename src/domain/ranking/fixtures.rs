//! Stations, rivers and questions of the tests.

use std::sync::Arc;

use super::question::Question;
use super::ranked::Ranked;
use super::tier::OpenWish;
use crate::domain::barrier::{Barrier, Crossing, metres_from};
use crate::domain::calendar::Calendar;
use crate::domain::forecast::Forecasts;
use crate::domain::nearest::{Cell, Filter, Stations};
use crate::domain::opening::Hours;
use crate::domain::position::LonLat;
use crate::domain::station::{Comfort, Feature, Features, Station, Tristate};
use crate::domain::timetable::{Days, Rule, Span, Timetable};
use crate::domain::travel::{Mode, Modes, TravelFigures};

pub(super) fn place(east_m: f64, north_m: f64) -> LonLat {
    let origin = LonLat::new(121.2, 31.3).expect("on Earth");
    metres_from(origin, east_m, north_m).expect("on Earth")
}

fn features(offered: &[Feature]) -> Features {
    let mut features = Features::default();
    for feature in offered {
        features.set(*feature, Tristate::Yes);
    }
    features
}

fn spans(text: &str) -> Vec<Span> {
    let minute = |clock: &str| {
        let (hour, minute) = clock.split_once(':').expect("a clock");
        hour.parse::<u16>().expect("an hour") * 60 + minute.parse::<u16>().expect("a minute")
    };
    let span = |span: &str| {
        let (from, to) = span.split_once('-').expect("a span");
        Span::open(minute(from), minute(to))
    };
    text.split(' ').map(span).collect()
}

/// An air-conditioned station `minutes` by e-bike north of the origin; `?` for unknown hours.
pub(super) fn station(id: &str, minutes: f64, hours: &str) -> Station {
    let spans = (hours != "?").then(|| spans(hours));
    let travel = TravelFigures::default().by(Mode::Ebike);
    Station {
        id: id.to_owned(),
        position: Some(place(0.0, travel.reach(minutes - 0.1).0)),
        hours: Arc::new(hours_of(spans)),
        features: features(&[Feature::AirConditioning]),
        ..Station::default()
    }
}

pub(super) fn with(station: Station, offered: &[Feature]) -> Station {
    Station {
        features: features(offered),
        ..station
    }
}

/// Daily hours; none if nothing is known of them.
fn hours_of(spans: Option<Vec<Span>>) -> Hours {
    Hours {
        timetable: spans.map(|spans| Timetable {
            rules: vec![Rule::new(Days::EVERY, spans)],
        }),
        ..Hours::default()
    }
}

/// Stations without any order or boxes.
pub(super) fn in_one_cell(stations: Vec<Station>) -> Stations {
    Stations::of(vec![Cell {
        bounds: None,
        stations,
    }])
}

/// The question of a rider on an e-bike who has set no options.
pub(super) fn asked_at_the_origin<'a>(
    forecasts: &'a Forecasts,
    filter: &'a Filter,
) -> Question<'a> {
    Question {
        origin: place(0.0, 0.0),
        forecasts,
        travel: TravelFigures::default().by(Mode::Ebike),
        barriers: &[],
        filter,
        season: Comfort::Cool,
        open: OpenWish::Arrival,
        is_member: false,
        doubted: &[],
        limit: 20,
    }
}

pub(super) struct Case<'a> {
    pub(super) at: &'a str,
    pub(super) barriers: &'a [Barrier],
    pub(super) open: OpenWish,
    pub(super) season: Comfort,
    pub(super) filter: Filter,
    pub(super) is_member: bool,
    pub(super) doubted: Vec<String>,
}

pub(super) fn at(time: &str) -> Case<'_> {
    Case {
        at: time,
        barriers: &[],
        open: OpenWish::Arrival,
        season: Comfort::Cool,
        filter: Filter::default(),
        is_member: false,
        doubted: Vec::new(),
    }
}

impl Case<'_> {
    /// Compares the listed stations with `expected`, as `id tier`, in order.
    #[track_caller]
    pub(super) fn check(self, stations: &[Station], expected: &[&str]) {
        let stations = in_one_cell(stations.to_vec());
        let forecasts = Forecasts::at(self.at.parse().expect("a time"), &Calendar::default());
        let question = Question {
            barriers: self.barriers,
            season: self.season,
            open: self.open,
            is_member: self.is_member,
            doubted: &self.doubted,
            ..asked_at_the_origin(&forecasts, &self.filter)
        };
        assert_eq!(ids_and_tiers(&question.ranked(&stations)), expected);
    }
}

pub(super) fn ids_and_tiers(ranked: &[Ranked<'_>]) -> Vec<String> {
    ranked
        .iter()
        .map(|ranked| format!("{} {}", ranked.station.id, ranked.tier.name()))
        .collect()
}

pub(super) const ALL_DAY: &str = "8:00-20:00";
pub(super) const ALWAYS: &str = "0:00-24:00";
pub(super) const WITH_LUNCH: &str = "8:30-12:00 13:30-17:00";

pub(super) fn river_with(crossings: Vec<Crossing>) -> [Barrier; 1] {
    [Barrier {
        name: "江".to_owned(),
        modes: Modes::ALL,
        lines: vec![vec![place(-20_000.0, 1000.0), place(20_000.0, 1000.0)]],
        areas: Vec::new(),
        crossings,
    }]
}

pub(super) fn ferry() -> Crossing {
    Crossing {
        landings: [Some(place(0.0, 800.0)), Some(place(0.0, 1200.0))],
        modes: Modes::ALL,
        hours: hours_of(Some(spans("6:00-22:00"))),
        wait_minutes: 8,
        ride_minutes: 4,
        ..Crossing::default()
    }
}
