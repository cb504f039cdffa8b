//! The part of the list in which a station stands.

use super::handicap::wait;
use super::question::Question;
use super::ranked::Ranked;
use super::{FARTHER_MINUTES, OPENS_SOON_MINUTES, REACH_MINUTES, UNKNOWN_MINUTES};
use crate::domain::opening::Opening;
use crate::domain::route::RouteKind;
use crate::domain::station::Fitness;

/// Which stations to list, by their opening state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OpenWish {
    /// All of them, ordered by travel time alone.
    Any,
    /// Stations that are open now.
    Now,
    /// Stations open on arrival first; the others in tiers of their own, or left out.
    #[default]
    Arrival,
}

/// The part of the list in which a station stands, in the order shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Every station up to [`FARTHER_MINUTES`], for [`OpenWish::Any`].
    All,
    /// Near, fit to cool down or warm up in, and open as the wish asks or within
    /// [`WAIT_MINUTES`](super::WAIT_MINUTES).
    Open,
    /// Fit to cool down or warm up in, within [`UNKNOWN_MINUTES`], of unknown hours.
    Unknown,
    /// Open and near, but known only as a toilet, a filling station, a charger, a kiosk.
    Makeshift,
    /// Hours unknown, and farther than [`UNKNOWN_MINUTES`] or makeshift.
    Doubtful,
    /// Shut on arrival, and opening within [`OPENS_SOON_MINUTES`].
    OpensSoon,
    /// Open, but farther than [`REACH_MINUTES`], up to [`FARTHER_MINUTES`].
    OpenFarther,
    /// This person recently reported it locked or gone.
    Reported,
    /// Near by straight distance, but beyond a barrier without a crossing known to be
    /// usable.
    OtherSide,
}

impl Tier {
    /// The tiers of a wish, in the order shown.
    #[must_use]
    pub fn of_wish(wish: OpenWish) -> &'static [Self] {
        match wish {
            OpenWish::Any => &[Self::All, Self::Reported, Self::OtherSide],
            OpenWish::Now => &[
                Self::Open,
                Self::Makeshift,
                Self::OpenFarther,
                Self::Reported,
                Self::OtherSide,
            ],
            OpenWish::Arrival => &[
                Self::Open,
                Self::Unknown,
                Self::Makeshift,
                Self::Doubtful,
                Self::OpensSoon,
                Self::OpenFarther,
                Self::Reported,
                Self::OtherSide,
            ],
        }
    }

    /// Minutes within which all stations of the tier lie.
    pub(super) fn farthest(self) -> f64 {
        f64::from(match self {
            Self::Open
            | Self::Makeshift
            | Self::Doubtful
            | Self::OpensSoon
            | Self::Reported
            | Self::OtherSide => REACH_MINUTES,
            Self::Unknown => UNKNOWN_MINUTES,
            Self::All | Self::OpenFarther => FARTHER_MINUTES,
        })
    }

    /// Its name in the tool's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Unknown => "unknown",
            Self::Makeshift => "makeshift",
            Self::Doubtful => "doubtful",
            Self::OpensSoon => "opens_soon",
            Self::OpenFarther => "open_farther",
            Self::Reported => "reported",
            Self::OtherSide => "other_side",
        }
    }
}

impl Question<'_> {
    pub(super) fn tier_of(&self, ranked: &Ranked<'_>) -> Option<Tier> {
        let is_near = ranked.minutes <= REACH_MINUTES;
        if let RouteKind::OtherSide(..) = ranked.route.route_kind {
            return is_near.then_some(Tier::OtherSide);
        }
        let is_of_use = ranked.minutes <= FARTHER_MINUTES;
        if self.doubted.contains(&ranked.station.id) {
            return is_near.then_some(Tier::Reported);
        }
        if self.open == OpenWish::Any {
            return is_of_use.then_some(Tier::All);
        }
        let asks_for_now = self.open == OpenWish::Now;
        let state = self.state_asked_for(ranked.now, ranked.on_arrival);
        let is_makeshift = ranked.fitness == Fitness::Makeshift;
        let arrival = self.forecasts.now().plus_minutes(i64::from(ranked.minutes));
        match state {
            Opening::Open { .. } | Opening::ClosingSoon { .. } => match (is_near, is_makeshift) {
                (true, false) => Some(Tier::Open),
                (true, true) => Some(Tier::Makeshift),
                (false, _) => is_of_use.then_some(Tier::OpenFarther),
            },
            Opening::Unknown(_) | Opening::Closed { .. } if asks_for_now || !is_near => None,
            Opening::Unknown(_) if is_makeshift || ranked.minutes > UNKNOWN_MINUTES => {
                Some(Tier::Doubtful)
            }
            Opening::Unknown(_) => Some(Tier::Unknown),
            Opening::Closed { .. } if wait(arrival, state).is_some() && !is_makeshift => {
                Some(Tier::Open)
            }
            Opening::Closed { opens, .. } => opens
                .filter(|opens| arrival.minutes_until(*opens) <= OPENS_SOON_MINUTES)
                .map(|_| Tier::OpensSoon),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{
        ALL_DAY, ALWAYS, Case, WITH_LUNCH, at, ferry, place, river_with, station, with,
    };
    use super::*;
    use crate::domain::nearest::Filter;
    use crate::domain::station::{Feature, Station};

    #[test]
    fn open_on_arrival_comes_first_by_minutes_then_unknown_then_opening_within_the_hour() {
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
                "closes at 9:50 open",
                "unknown unknown",
                "opens at 10 opens_soon",
                "open, 40 min open_farther",
            ],
        );
    }

    #[test]
    fn a_station_that_closes_for_lunch_before_the_arrival_is_not_listed_as_open() {
        at("2026-07-15T11:56").check(
            &[
                station("lunch", 5.0, WITH_LUNCH),
                station("open", 10.0, ALL_DAY),
            ],
            &["open open"],
        );
    }

    #[test]
    fn a_station_that_opens_just_before_the_arrival_is_open() {
        at("2026-07-15T13:26").check(&[station("lunch", 5.0, WITH_LUNCH)], &["lunch open"]);
    }

    #[test]
    fn shut_stations_are_listed_only_on_request_and_then_all_by_travel_time_alone() {
        let stations = [
            station("b", 3.0, ALL_DAY),
            with(station("a", 2.0, "?"), &[Feature::Seats]),
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
    fn open_now_lists_no_station_that_opens_later() {
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
    fn a_station_that_this_person_found_locked_ranks_behind_all_that_are_open() {
        let found_locked = Case {
            doubted: vec!["near".to_owned()],
            ..at("2026-07-15T09:30")
        };
        found_locked.check(
            &[
                station("near", 2.0, ALL_DAY),
                with(station("toilet", 9.0, ALL_DAY), &[Feature::Toilet]),
                station("far", 50.0, ALL_DAY),
            ],
            &["toilet makeshift", "far open_farther", "near reported"],
        );
    }

    #[test]
    fn a_toilet_comes_first_only_where_no_room_is_near() {
        let toilet = with(station("toilet", 3.0, ALWAYS), &[Feature::Toilet]);
        let room = |minutes, hours| Station {
            is_room: true,
            ..with(station("room", minutes, hours), &[])
        };
        let now = || at("2026-07-15T14:00");
        let check = |room, expected: &[&str]| now().check(&[toilet.clone(), room], expected);
        check(room(28.0, ALL_DAY), &["room open", "toilet makeshift"]);
        check(room(14.0, "?"), &["room unknown", "toilet makeshift"]);
        check(room(16.0, "?"), &["toilet makeshift", "room doubtful"]);
        check(
            room(40.0, ALL_DAY),
            &["toilet makeshift", "room open_farther"],
        );
        let asks_for_toilets = Case {
            filter: Filter {
                needs: vec![Feature::Toilet],
                ..Filter::default()
            },
            ..now()
        };
        asks_for_toilets.check(&[toilet.clone(), room(2.0, ALL_DAY)], &["toilet open"]);
    }

    #[test]
    fn a_station_across_the_river_counts_the_ferry_and_at_night_has_its_own_tier() {
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
    fn the_other_side_has_its_own_tier_also_where_all_stations_are_asked_for() {
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
}
