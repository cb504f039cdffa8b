//! The order in which stations are offered to a person who is on the way.
//!
//! `docs/ranking.md` holds the same order as a table.

use super::barrier::Barrier;
use super::blocks::Hav;
use super::civil::CivilTime;
use super::forecast::Forecasts;
use super::nearest::{Filter, Stations};
use super::opening::Opening;
use super::position::{LonLat, Metres};
use super::station::{Comfort, Station};
use super::travel::{Travel, whole_minutes};
use super::way::{Passage, Traveller, Way, Ways};

/// Nothing farther than this is "near": an open door beyond it comes after
/// nearer ones of which the hours are not known.
pub const REACH_MINUTES: u32 = 30;

/// An open door beyond this is no use to anybody on the road.
pub const FARTHER_MINUTES: u32 = 120;

/// A shut door that opens within so many minutes of the arrival is worth showing.
pub const OPENS_SOON_MINUTES: i64 = 60;

/// From this minute of the day on, and up to the other, few doors are open.
const NIGHT: (u16, u16) = (22 * 60, 6 * 60);

/// Which doors a person wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OpenWish {
    /// All of them, by the way alone.
    Any,
    /// Those that are open now.
    Now,
    /// Those that will be open on arrival; the others apart, or left out.
    #[default]
    Arrival,
}

/// The part of the list in which a station stands, in the order shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Everything up to [`FARTHER_MINUTES`], for who wants to see all doors.
    All,
    /// Open, in the sense of the wish, and near.
    Open,
    /// Open, closing within half an hour, and near.
    ClosingSoon,
    /// Nobody can say whether it is open.
    Unknown,
    /// Shut on arrival, and opening within the hour.
    OpensSoon,
    /// Open, but farther than [`REACH_MINUTES`], up to [`FARTHER_MINUTES`].
    OpenFarther,
    /// Near as the crow flies, beyond a barrier with no crossing known to be
    /// usable.
    OtherSide,
}

impl Group {
    /// The groups of a wish, in the order shown.
    #[must_use]
    pub fn of_wish(wish: OpenWish) -> &'static [Self] {
        match wish {
            OpenWish::Any => &[Self::All, Self::OtherSide],
            OpenWish::Now => &[
                Self::Open,
                Self::ClosingSoon,
                Self::OpenFarther,
                Self::OtherSide,
            ],
            OpenWish::Arrival => &[
                Self::Open,
                Self::ClosingSoon,
                Self::Unknown,
                Self::OpensSoon,
                Self::OpenFarther,
                Self::OtherSide,
            ],
        }
    }

    /// No station of the group is farther, in minutes.
    fn farthest(self) -> f64 {
        match self {
            Self::Open | Self::ClosingSoon | Self::Unknown | Self::OpensSoon | Self::OtherSide => {
                f64::from(REACH_MINUTES)
            }
            Self::All | Self::OpenFarther => f64::from(FARTHER_MINUTES),
        }
    }

    /// Its name in the tool's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::ClosingSoon => "closing_soon",
            Self::Unknown => "unknown",
            Self::OpensSoon => "opens_soon",
            Self::OpenFarther => "open_farther",
            Self::OtherSide => "other_side",
        }
    }
}

/// A station, how to get there, and whether its door is open.
#[derive(Clone, Copy, Debug)]
pub struct Ranked<'a> {
    /// The station.
    pub station: &'a Station,
    /// Where it is (WGS-84).
    pub position: LonLat,
    /// Great-circle metres from the origin.
    pub distance: Metres,
    /// The way there.
    pub way: Way<'a>,
    /// Estimated minutes of travel, whole.
    pub minutes: u32,
    /// Minutes that its relief falls short of the season's best.
    pub relief_minutes: u32,
    /// The state of the door now.
    pub now: Opening,
    /// The state of the door on arrival.
    pub on_arrival: Opening,
    /// The part of the list in which it stands.
    pub group: Group,
}

/// What a person asks for, and when.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Where the person is.
    pub origin: LonLat,
    /// The time now in the dataset's zone, and what doors do from then on.
    pub forecasts: &'a Forecasts,
    /// How the person travels.
    pub travel: Travel,
    /// What cannot simply be crossed.
    pub barriers: &'a [Barrier],
    /// What a station must have.
    pub filter: &'a Filter,
    /// The relief that is wanted.
    pub season: Comfort,
    /// Which doors the person wants to see.
    pub open: OpenWish,
    /// Stations that the person found locked not long ago: nobody can say that
    /// they are open.
    pub doubted: &'a [String],
    /// At most so many stations of each group.
    pub limit: usize,
}

/// The best so far of one group.
struct Best<'a> {
    group: Group,
    /// Each with what it is ordered by.
    members: Vec<(Rank<'a>, Ranked<'a>)>,
}

/// What stations of a group are ordered by.
#[derive(PartialEq, PartialOrd)]
struct Rank<'a> {
    /// Whole minutes, with those that the relief falls short.
    whole: u32,
    /// At night, whether the door may shut before morning.
    may_shut: bool,
    /// The same minutes, not rounded.
    minutes: f64,
    id: &'a str,
}

impl<'a> Question<'a> {
    /// The ways of the person who asks.
    #[must_use]
    pub fn ways(&self) -> Ways<'a> {
        let traveller = Traveller {
            origin: self.origin,
            now: self.forecasts.now(),
            travel: self.travel,
            calendar: self.forecasts.calendar(),
        };
        Ways::new(traveller, self.barriers)
    }

    /// What somebody who sets out now finds at a station, wherever it stands in
    /// the list (`group` says [`Group::All`]); none if nobody knows where it is.
    #[must_use]
    pub fn look_at<'b>(&self, ways: &Ways<'a>, station: &'b Station) -> Option<Ranked<'b>>
    where
        'a: 'b,
    {
        let position = station.position?;
        let way = ways.to(position);
        let minutes = whole_minutes(way.minutes);
        let (now, on_arrival) = self.forecasts.now_and_after(&station.hours, minutes);
        Some(Ranked {
            station,
            position,
            distance: way.straight,
            way,
            minutes,
            relief_minutes: self.season.relief_minutes(station.features),
            now,
            on_arrival,
            group: Group::All,
        })
    }

    /// The same with its group; none if it stands nowhere in the list.
    fn listed<'b>(&self, ways: &Ways<'a>, station: &'b Station) -> Option<Ranked<'b>>
    where
        'a: 'b,
    {
        let ranked = self.look_at(ways, station)?;
        let group = self.group_of(&ranked)?;
        Some(Ranked { group, ..ranked })
    }

    /// The stations in the order in which they are offered: by group, then by
    /// minutes and relief, ties by id.
    ///
    /// Blocks are visited in order of the least possible distance, and no
    /// station has a better rank than its straight line allows; the search
    /// stops where no group can gain any more, so the result is exact.
    #[must_use]
    pub fn ranked<'b>(&self, stations: &'b Stations) -> Vec<Ranked<'b>>
    where
        'a: 'b,
    {
        let ways = self.ways();
        let mut bests: Vec<Best<'b>> = Group::of_wish(self.open)
            .iter()
            .map(|group| Best {
                group: *group,
                members: Vec::new(),
            })
            .collect();
        let mut reach = self.reach(&bests);
        if self.limit > 0 {
            stations.blocks().sweep(self.origin, reach, |row, _| {
                let station = stations.at(row);
                if !self.filter.admits(station) {
                    return reach;
                }
                let Some(ranked) = self.listed(&ways, station) else {
                    return reach;
                };
                if let Some(best) = bests.iter_mut().find(|best| best.group == ranked.group) {
                    let rank = self.rank(&ranked);
                    let place = best.members.partition_point(|(known, _)| *known < rank);
                    if place < self.limit {
                        best.members.truncate(self.limit - 1);
                        best.members.insert(place, (rank, ranked));
                        reach = self.reach(&bests);
                    }
                }
                reach
            });
        }
        let members = bests.into_iter().flat_map(|best| best.members);
        members.map(|(_, ranked)| ranked).collect()
    }

    /// How far any group may still gain something.
    fn reach(&self, bests: &[Best<'_>]) -> Hav {
        let minutes = bests.iter().map(|best| {
            let last = best.members.get(self.limit.saturating_sub(1));
            // A place of the same whole minutes may yet come first at night.
            let worst = last.map_or(f64::INFINITY, |(rank, _)| f64::from(rank.whole));
            worst.min(best.group.farthest())
        });
        self.travel.reach_hav(minutes.fold(0.0, f64::max))
    }

    fn rank<'b>(&self, ranked: &Ranked<'b>) -> Rank<'b> {
        let relief = match ranked.group {
            // Who wants to see all doors sees them as they lie.
            Group::All => 0,
            Group::Open
            | Group::ClosingSoon
            | Group::Unknown
            | Group::OpensSoon
            | Group::OpenFarther
            | Group::OtherSide => ranked.relief_minutes,
        };
        let never_shuts = matches!(ranked.on_arrival, Opening::Open { until: None });
        Rank {
            whole: ranked.minutes + relief,
            may_shut: is_night(self.forecasts.now()) && !never_shuts && ranked.group != Group::All,
            minutes: ranked.way.minutes + f64::from(relief),
            id: &ranked.station.id,
        }
    }

    fn group_of(&self, ranked: &Ranked<'_>) -> Option<Group> {
        let is_near = ranked.minutes <= REACH_MINUTES;
        if let Passage::OtherSide(..) = ranked.way.passage {
            return is_near.then_some(Group::OtherSide);
        }
        let is_of_use = ranked.minutes <= FARTHER_MINUTES;
        let state = match self.open {
            OpenWish::Any => return is_of_use.then_some(Group::All),
            OpenWish::Now => ranked.now,
            OpenWish::Arrival => ranked.on_arrival,
        };
        let is_doubted = state.is_open() && self.doubted.contains(&ranked.station.id);
        match state {
            _ if is_doubted => {
                (is_near && self.open == OpenWish::Arrival).then_some(Group::Unknown)
            }
            Opening::Open { .. } if is_near => Some(Group::Open),
            Opening::ClosingSoon { .. } if is_near => Some(Group::ClosingSoon),
            Opening::Open { .. } | Opening::ClosingSoon { .. } => {
                is_of_use.then_some(Group::OpenFarther)
            }
            Opening::Unknown(_) => {
                (is_near && self.open == OpenWish::Arrival).then_some(Group::Unknown)
            }
            Opening::Closed { opens, .. } => {
                let arrival = self.forecasts.now().plus_minutes(i64::from(ranked.minutes));
                let is_soon =
                    opens.is_some_and(|opens| arrival.minutes_until(opens) <= OPENS_SOON_MINUTES);
                (is_near && is_soon && self.open == OpenWish::Arrival).then_some(Group::OpensSoon)
            }
        }
    }
}

/// Whether few doors are open, and those that never shut come first among equals.
#[must_use]
pub fn is_night(time: CivilTime) -> bool {
    time.minute() >= NIGHT.0 || time.minute() < NIGHT.1
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::barrier::{Crossing, metres_from};
    use crate::domain::calendar::Calendar;
    use crate::domain::nearest::Cell;
    use crate::domain::opening::Hours;
    use crate::domain::station::{Answer, Audience, Feature, Features};
    use crate::domain::timetable::{Days, Rule, Span, Timetable};
    use crate::domain::travel::{Mode, Modes, TravelFigures};

    fn place(east_m: f64, north_m: f64) -> LonLat {
        let origin = LonLat::new(121.2, 31.3).expect("on Earth");
        metres_from(origin, east_m, north_m).expect("on Earth")
    }

    fn features(offered: &[Feature]) -> Features {
        let mut features = Features::default();
        for feature in offered {
            features.set(*feature, Answer::Yes);
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

    /// An air-conditioned station so many minutes by e-bike north of the origin.
    fn station(id: &str, minutes: f64, hours: &str) -> Station {
        let timetable = (hours != "?").then(|| Timetable {
            rules: vec![Rule::new(Days::EVERY, spans(hours))],
        });
        let travel = TravelFigures::default().by(Mode::Ebike);
        Station {
            id: id.to_owned(),
            position: Some(place(0.0, travel.reach(minutes - 0.1).0)),
            hours: Arc::new(Hours {
                timetable,
                text: String::new(),
            }),
            features: features(&[Feature::AirConditioning]),
            ..Station::default()
        }
    }

    fn with(station: Station, offered: &[Feature]) -> Station {
        Station {
            features: features(offered),
            ..station
        }
    }

    struct Case<'a> {
        at: &'a str,
        barriers: &'a [Barrier],
        open: OpenWish,
        season: Comfort,
        filter: Filter,
        doubted: Vec<String>,
    }

    fn at(time: &str) -> Case<'_> {
        Case {
            at: time,
            barriers: &[],
            open: OpenWish::Arrival,
            season: Comfort::Cool,
            filter: Filter::default(),
            doubted: Vec::new(),
        }
    }

    impl Case<'_> {
        /// `id group` of every station that is offered, in order.
        #[track_caller]
        fn check(self, stations: &[Station], expected: &[&str]) {
            let stations = Stations::of(vec![Cell {
                bounds: None,
                stations: stations.to_vec(),
            }]);
            let forecasts = Forecasts::at(self.at.parse().expect("a time"), &Calendar::default());
            let question = Question {
                origin: place(0.0, 0.0),
                forecasts: &forecasts,
                travel: TravelFigures::default().by(Mode::Ebike),
                barriers: self.barriers,
                filter: &self.filter,
                season: self.season,
                open: self.open,
                doubted: &self.doubted,
                limit: 20,
            };
            assert_eq!(told(&question.ranked(&stations)), expected);
        }
    }

    fn told(ranked: &[Ranked<'_>]) -> Vec<String> {
        ranked
            .iter()
            .map(|ranked| format!("{} {}", ranked.station.id, ranked.group.name()))
            .collect()
    }

    const ALL_DAY: &str = "8:00-20:00";
    const ALWAYS: &str = "0:00-24:00";
    const WITH_LUNCH: &str = "8:30-12:00 13:30-17:00";

    #[test]
    fn open_on_arrival_comes_first_by_minutes_then_closing_soon_then_unknown_then_opening_within_the_hour()
     {
        at("2026-07-15T09:30").check(
            &[
                station("opens at 10", 1.0, "10:00-12:00"),
                station("unknown", 2.0, "?"),
                station("closes at 9:50", 3.0, "8:00-9:50"),
                station("open, 9 min", 9.0, ALL_DAY),
                station("open, 5 min", 5.0, ALL_DAY),
                station("shut till noon", 1.0, "12:00-13:00"),
                station("open, 40 min", 40.0, ALL_DAY),
            ],
            &[
                "open, 5 min open",
                "open, 9 min open",
                "closes at 9:50 closing_soon",
                "unknown unknown",
                "opens at 10 opens_soon",
                "open, 40 min open_farther",
            ],
        );
    }

    #[test]
    fn a_door_that_closes_for_lunch_before_the_arrival_is_not_offered_as_open() {
        at("2026-07-15T11:56").check(
            &[
                station("lunch", 5.0, WITH_LUNCH),
                station("open", 10.0, ALL_DAY),
            ],
            &["open open"],
        );
    }

    #[test]
    fn a_door_that_opens_just_before_the_arrival_is_open() {
        at("2026-07-15T13:26").check(&[station("lunch", 5.0, WITH_LUNCH)], &["lunch open"]);
    }

    #[test]
    fn closed_doors_are_listed_only_on_request_and_then_all_by_the_way_alone() {
        let stations = [
            station("b", 3.0, ALL_DAY),
            with(station("a", 2.0, "?"), &[]),
            station("c", 1.0, "12:00-13:00"),
        ];
        at("2026-07-15T09:30").check(&stations, &["b open", "a unknown"]);
        let any = Case {
            open: OpenWish::Any,
            ..at("2026-07-15T09:30")
        };
        any.check(&stations, &["c all", "a all", "b all"]);
    }

    #[test]
    fn who_asks_for_open_now_is_not_told_of_doors_that_open_later() {
        let now = Case {
            open: OpenWish::Now,
            ..at("2026-07-15T09:58")
        };
        now.check(
            &[
                station("opens at 10", 5.0, "10:00-12:00"),
                station("unknown", 2.0, "?"),
                station("open", 9.0, ALL_DAY),
            ],
            &["open open"],
        );
    }

    #[test]
    fn in_summer_an_air_conditioned_room_comes_before_a_fan_before_shade_if_it_is_about_as_near() {
        at("2026-07-15T09:30").check(
            &[
                with(station("shade", 4.0, ALL_DAY), &[Feature::Shade]),
                with(station("fan", 4.0, ALL_DAY), &[Feature::Fan]),
                with(
                    station("cold air", 5.0, ALL_DAY),
                    &[Feature::AirConditioning],
                ),
                with(station("nothing known", 4.5, ALL_DAY), &[]),
            ],
            &[
                "cold air open",
                "fan open",
                "nothing known open",
                "shade open",
            ],
        );
    }

    #[test]
    fn nobody_is_sent_much_farther_for_a_small_comfort() {
        at("2026-07-15T09:30").check(
            &[
                with(
                    station("cold air", 8.0, ALL_DAY),
                    &[Feature::AirConditioning],
                ),
                with(station("shade", 4.0, ALL_DAY), &[Feature::Shade]),
            ],
            &["shade open", "cold air open"],
        );
    }

    #[test]
    fn in_winter_heating_comes_before_a_hot_drink() {
        let winter = Case {
            season: Comfort::Warm,
            ..at("2026-01-15T09:30")
        };
        winter.check(
            &[
                with(station("hot drink", 4.0, ALL_DAY), &[Feature::HotDrink]),
                with(station("heating", 5.0, ALL_DAY), &[Feature::Heating]),
            ],
            &["heating open", "hot drink open"],
        );
    }

    #[test]
    fn at_night_places_that_never_shut_come_first_among_equals() {
        let stations = [
            station("till 2", 2.7, "9:00-26:00"),
            station("always", 2.9, ALWAYS),
            station("always, farther", 4.0, ALWAYS),
        ];
        at("2026-07-15T22:30").check(
            &stations,
            &["always open", "till 2 open", "always, farther open"],
        );
        at("2026-07-15T21:30").check(
            &stations,
            &["till 2 open", "always open", "always, farther open"],
        );
    }

    #[test]
    fn a_door_that_this_person_found_locked_stands_with_those_that_nobody_knows() {
        let found_locked = Case {
            doubted: vec!["near".to_owned()],
            ..at("2026-07-15T09:30")
        };
        found_locked.check(
            &[station("near", 2.0, ALL_DAY), station("far", 9.0, ALL_DAY)],
            &["far open", "near unknown"],
        );
    }

    #[test]
    fn ties_go_by_id() {
        at("2026-07-15T09:30").check(
            &[station("b", 3.0, ALL_DAY), station("a", 3.0, ALL_DAY)],
            &["a open", "b open"],
        );
    }

    #[test]
    fn stations_for_members_only_can_be_left_out() {
        let mut members = station("members", 2.0, ALL_DAY);
        members.access.audience = Audience::UnionMembers;
        let stations = [members, station("anyone", 3.0, ALL_DAY)];
        at("2026-07-15T09:30").check(&stations, &["members open", "anyone open"]);
        let not_a_member = Case {
            filter: Filter {
                not_members_only: true,
                ..Filter::default()
            },
            ..at("2026-07-15T09:30")
        };
        not_a_member.check(&stations, &["anyone open"]);
    }

    fn river_with(crossings: Vec<Crossing>) -> [Barrier; 1] {
        [Barrier {
            name: "江".to_owned(),
            modes: Modes::ALL,
            lines: vec![vec![place(-20_000.0, 1000.0), place(20_000.0, 1000.0)]],
            areas: Vec::new(),
            crossings,
        }]
    }

    fn ferry() -> Crossing {
        Crossing {
            landings: [Some(place(0.0, 800.0)), Some(place(0.0, 1200.0))],
            modes: Modes::ALL,
            hours: Hours {
                timetable: Some(Timetable {
                    rules: vec![Rule::new(Days::EVERY, spans("6:00-22:00"))],
                }),
                text: String::new(),
            },
            wait_minutes: 8,
            ride_minutes: 4,
            ..Crossing::default()
        }
    }

    #[test]
    fn a_station_over_the_river_counts_the_ferry_and_at_night_stands_apart() {
        let stations = [
            station("over there, 7 min straight", 7.0, ALWAYS),
            station("here, 4 min", 4.0, ALWAYS),
            Station {
                position: Some(place(-3500.0, 0.0)),
                ..station("here, 19 min", 1.0, ALWAYS)
            },
        ];
        let barriers = river_with(vec![ferry()]);
        let by_day = Case {
            barriers: &barriers,
            ..at("2026-07-15T12:00")
        };
        by_day.check(
            &stations,
            &[
                "here, 4 min open",
                "over there, 7 min straight open",
                "here, 19 min open",
            ],
        );
        let by_night = Case {
            barriers: &barriers,
            ..at("2026-07-15T22:30")
        };
        by_night.check(
            &stations,
            &[
                "here, 4 min open",
                "here, 19 min open",
                "over there, 7 min straight other_side",
            ],
        );
    }

    #[test]
    fn the_other_side_stands_apart_also_where_all_doors_are_asked_for() {
        let barriers = river_with(vec![]);
        let any = Case {
            barriers: &barriers,
            open: OpenWish::Any,
            ..at("2026-07-15T12:00")
        };
        any.check(
            &[station("over", 6.0, ALL_DAY), station("here", 4.0, "?")],
            &["here all", "over other_side"],
        );
    }

    /// The order again, by looking at every station and sorting.
    fn by_sorting<'a>(question: &Question<'a>, stations: &'a Stations) -> Vec<Ranked<'a>> {
        let ways = question.ways();
        let mut all: Vec<Ranked<'_>> = stations
            .iter()
            .filter(|station| question.filter.admits(station))
            .filter_map(|station| question.listed(&ways, station))
            .collect();
        all.sort_by(|one, other| {
            let (rank, other_rank) = (question.rank(one), question.rank(other));
            let by_rank = rank.partial_cmp(&other_rank).expect("numbers");
            one.group.cmp(&other.group).then(by_rank)
        });
        Group::of_wish(question.open)
            .iter()
            .flat_map(|group| {
                let members = all.iter().filter(|ranked| ranked.group == *group);
                members.take(question.limit).copied()
            })
            .collect()
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]
        #[test]
        fn the_lazy_search_agrees_with_sorting_every_station(
            spots in proptest::collection::vec(
                (-40_000.0..40_000.0_f64, -40_000.0..40_000.0_f64, 0_usize..6, 0_u32..32), 0..150),
            spread in proptest::sample::select(vec![1.0, 0.2, 0.03, 0.0]),
            lon in proptest::sample::select(vec![121.2, 180.0, -179.99, 0.0]),
            lat in proptest::sample::select(vec![31.3, 0.0, -45.0, 66.0, 89.9]),
            minute in 0_i64..1440, limit in 0_usize..200, wish in 0_usize..3,
            ferries in 0_usize..3, need in proptest::bool::ANY,
        ) {
            let hours = [ALL_DAY, WITH_LUNCH, "?", ALWAYS, "20:00-28:00", "10:00-10:40"];
            let origin = LonLat::new(lon, lat).expect("on Earth");
            let near = |east: f64, north: f64| {
                let lon = lon + east / 111_195.0 / lat.to_radians().cos();
                let lon = (lon + 540.0).rem_euclid(360.0) - 180.0;
                LonLat::new(lon, (lat + north / 111_195.0).min(90.0)).expect("on Earth")
            };
            let cells = spots
                .chunks(20)
                .map(|chunk| Cell {
                    bounds: None,
                    stations: chunk
                        .iter()
                        .enumerate()
                        .map(|(number, (east, north, hours_of, bits))| Station {
                            position: Some(near(east * spread, north * spread)),
                            features: Features::from_bits(*bits, 0),
                            ..station(&format!("{number} {east}"), 1.0, hours[*hours_of])
                        })
                        .collect(),
                })
                .collect();
            let stations = Stations::of(cells);
            let crossings = [-3000.0, 5000.0]
                .iter()
                .take(ferries)
                .map(|east| Crossing {
                    landings: [Some(near(*east, 300.0)), Some(near(*east, 700.0))],
                    ..ferry()
                })
                .collect();
            let [river] = river_with(crossings);
            let line = [(-60_000.0, 500.0), (-2000.0, 500.0), (0.0, 900.0), (60_000.0, 500.0)];
            let barriers = [Barrier {
                lines: vec![line.iter().map(|(east, north)| near(*east, *north)).collect()],
                ..river
            }];
            let midnight: CivilTime = "2026-07-15T00:00".parse().expect("a time");
            let forecasts = Forecasts::at(midnight.plus_minutes(minute), &Calendar::default());
            let filter = Filter {
                needs: if need { vec![Feature::Fan] } else { Vec::new() },
                ..Filter::default()
            };
            let question = Question {
                origin,
                forecasts: &forecasts,
                travel: TravelFigures::default().by(Mode::Ebike),
                barriers: &barriers,
                filter: &filter,
                season: Comfort::Cool,
                open: [OpenWish::Any, OpenWish::Now, OpenWish::Arrival][wish],
                doubted: &[],
                limit,
            };
            proptest::prop_assert_eq!(
                told(&question.ranked(&stations)),
                told(&by_sorting(&question, &stations))
            );
        }
    }
}
