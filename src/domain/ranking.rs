//! The order in which stations are offered to a person who is on the way.

use super::calendar::Calendar;
use super::civil::CivilTime;
use super::nearest::{Cell, Filter, Found, nearest};
use super::opening::Opening;
use super::position::{LonLat, Metres};
use super::station::Station;
use super::travel::Travel;

/// Nothing farther than this is "near": an open door beyond it comes after
/// nearer ones of which the hours are not known.
pub const REACH_MINUTES: u32 = 30;

/// An open door beyond this is no use to anybody on the road.
pub const FARTHER_MINUTES: u32 = 120;

/// A shut door that opens within so many minutes of the arrival is worth showing.
pub const OPENS_SOON_MINUTES: i64 = 60;

/// Which doors a person wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OpenWish {
    /// All of them, by distance alone.
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
    /// Open, in the sense of the wish, and near; or everything, for [`OpenWish::Any`].
    Open,
    /// Nobody can say whether it is open.
    Unknown,
    /// Shut on arrival, and opening within the hour.
    OpensSoon,
    /// Open, but farther than [`REACH_MINUTES`], up to [`FARTHER_MINUTES`].
    OpenFarther,
}

/// A station, how far, and whether its door is open.
#[derive(Clone, Copy, Debug)]
pub struct Ranked<'a> {
    /// The station.
    pub station: &'a Station,
    /// Where it is (WGS-84).
    pub position: LonLat,
    /// Great-circle metres from the origin.
    pub distance: Metres,
    /// Estimated minutes of travel.
    pub minutes: u32,
    /// The state of the door now.
    pub now: Opening,
    /// The state of the door on arrival.
    pub on_arrival: Opening,
    /// The part of the list in which it stands.
    pub group: Group,
}

impl<'a> Ranked<'a> {
    /// What somebody who sets out at `now` finds at a station.
    #[must_use]
    pub fn of(
        found: Found<'a>,
        group: Group,
        now: CivilTime,
        calendar: &Calendar,
        travel: Travel,
    ) -> Self {
        let minutes = travel.minutes(found.distance);
        let hours = &found.station.hours;
        Self {
            station: found.station,
            position: found.position,
            distance: found.distance,
            minutes,
            now: hours.state_at(now, calendar),
            on_arrival: hours.state_on_arrival(now, i64::from(minutes), calendar),
            group,
        }
    }
}

/// What a person asks for, and when.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// Where the person is.
    pub origin: LonLat,
    /// The time now, in the dataset's zone.
    pub now: CivilTime,
    /// The holidays that are known.
    pub calendar: &'a Calendar,
    /// How the person travels.
    pub travel: Travel,
    /// What a station must have.
    pub filter: Filter,
    /// Which doors the person wants to see.
    pub open: OpenWish,
    /// At most so many stations of each group.
    pub limit: usize,
}

impl Question<'_> {
    /// The stations in the order in which they are offered: by group, then by
    /// distance, ties by id.
    #[must_use]
    pub fn ranked<'a>(&self, cells: &'a [Cell]) -> Vec<Ranked<'a>> {
        let groups: &[Group] = match self.open {
            OpenWish::Any => &[Group::Open],
            OpenWish::Now => &[Group::Open, Group::OpenFarther],
            OpenWish::Arrival => &[
                Group::Open,
                Group::Unknown,
                Group::OpensSoon,
                Group::OpenFarther,
            ],
        };
        groups
            .iter()
            .flat_map(|group| {
                let admits = |station: &Station, distance| {
                    self.filter.admits(station) && self.group_of(station, distance) == Some(*group)
                };
                nearest(self.origin, self.limit, cells, admits)
                    .into_iter()
                    .map(|found| Ranked::of(found, *group, self.now, self.calendar, self.travel))
            })
            .collect()
    }

    fn group_of(&self, station: &Station, distance: Metres) -> Option<Group> {
        let minutes = self.travel.minutes(distance);
        let state = match self.open {
            OpenWish::Any => return Some(Group::Open),
            OpenWish::Now => station.hours.state_at(self.now, self.calendar),
            OpenWish::Arrival => {
                station
                    .hours
                    .state_on_arrival(self.now, i64::from(minutes), self.calendar)
            }
        };
        let is_near = minutes <= REACH_MINUTES;
        match state {
            Opening::Open { .. } | Opening::ClosingSoon { .. } if is_near => Some(Group::Open),
            Opening::Open { .. } | Opening::ClosingSoon { .. } => {
                (minutes <= FARTHER_MINUTES).then_some(Group::OpenFarther)
            }
            Opening::Unknown(_) => is_near.then_some(Group::Unknown),
            Opening::Closed { opens, .. } => {
                let arrival = self.now.plus_minutes(i64::from(minutes));
                let is_soon =
                    opens.is_some_and(|opens| arrival.minutes_until(opens) <= OPENS_SOON_MINUTES);
                (is_near && is_soon).then_some(Group::OpensSoon)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::opening::Hours;
    use crate::domain::position::Bounds;
    use crate::domain::timetable::{Days, Rule, Span, Timetable};
    use crate::domain::travel::Mode;

    /// A station so many metres north of the origin.
    fn station(id: &str, north_m: f64, spans: Option<&[(u16, u16)]>) -> Station {
        let timetable = spans.map(|spans| Timetable {
            rules: vec![Rule::new(
                Days::EVERY,
                spans
                    .iter()
                    .map(|(from, to)| Span::open(*from, *to))
                    .collect(),
            )],
        });
        Station {
            id: id.to_owned(),
            position: LonLat::new(121.2, 31.3 + north_m / 111_195.0).ok(),
            hours: Hours {
                timetable,
                text: String::new(),
            },
            ..Station::default()
        }
    }

    #[track_caller]
    fn check(stations: Vec<Station>, at: &str, open: OpenWish, expected: &[(&str, Group)]) {
        let bounds = Bounds::around(stations.iter().filter_map(|station| station.position));
        let cells = [Cell { bounds, stations }];
        let question = Question {
            origin: LonLat::new(121.2, 31.3).expect("on Earth"),
            now: at.parse().expect("a time"),
            calendar: &Calendar::default(),
            travel: Travel::by(Mode::Ebike),
            filter: Filter::default(),
            open,
            limit: 20,
        };
        let actual: Vec<_> = question
            .ranked(&cells)
            .iter()
            .map(|r| (r.station.id.as_str(), r.group))
            .collect();
        assert_eq!(actual, expected);
    }

    const ALL_DAY: Option<&[(u16, u16)]> = Some(&[(480, 1200)]);
    const WITH_LUNCH: Option<&[(u16, u16)]> = Some(&[(510, 720), (810, 1020)]);

    #[test]
    fn a_door_that_closes_for_lunch_before_the_arrival_is_not_offered_as_open() {
        check(
            vec![
                station("lunch", 1000.0, WITH_LUNCH),
                station("open", 2000.0, ALL_DAY),
            ],
            "2026-07-15T11:56",
            OpenWish::Arrival,
            &[("open", Group::Open)],
        );
    }

    #[test]
    fn a_door_that_opens_just_before_the_arrival_is_open() {
        check(
            vec![station("lunch", 1000.0, WITH_LUNCH)],
            "2026-07-15T13:26",
            OpenWish::Arrival,
            &[("lunch", Group::Open)],
        );
    }

    #[test]
    fn unknown_hours_come_after_open_ones_and_before_those_that_open_within_the_hour() {
        check(
            vec![
                station("soon", 100.0, Some(&[(600, 700)])),
                station("unknown", 200.0, None),
                station("open", 900.0, ALL_DAY),
                station("shut", 50.0, Some(&[(1000, 1100)])),
            ],
            "2026-07-15T09:30",
            OpenWish::Arrival,
            &[
                ("open", Group::Open),
                ("unknown", Group::Unknown),
                ("soon", Group::OpensSoon),
            ],
        );
    }

    #[test]
    fn an_open_door_out_of_reach_comes_last() {
        check(
            vec![
                station("far", 9000.0, ALL_DAY),
                station("unknown", 200.0, None),
            ],
            "2026-07-15T09:30",
            OpenWish::Arrival,
            &[("unknown", Group::Unknown), ("far", Group::OpenFarther)],
        );
    }

    #[test]
    fn who_asks_for_all_doors_gets_them_by_distance() {
        check(
            vec![
                station("b", 300.0, ALL_DAY),
                station("a", 200.0, None),
                station("c", 50.0, Some(&[(1000, 1100)])),
            ],
            "2026-07-15T09:30",
            OpenWish::Any,
            &[("c", Group::Open), ("a", Group::Open), ("b", Group::Open)],
        );
    }
}
