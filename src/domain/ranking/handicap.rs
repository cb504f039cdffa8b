//! Penalties that rank a station behind a nearer one.

use super::question::Question;
use super::tier::OpenWish;
use super::{MEMBERS_ONLY_MINUTES, WAIT_FACTOR, WAIT_MINUTES};
use crate::domain::civil::CivilTime;
use crate::domain::opening::{CLOSING_SOON_MINUTES, Opening};
use crate::domain::station::{Audience, Station};

/// Penalties that rank a station behind a nearer one, in minutes of riding.
/// `docs/ranking.md` gives the reason for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Handicap {
    /// Its relief falls short of the season's best.
    pub relief: u32,
    /// It is for union members only, and this person is not known to be one.
    pub members_only: u32,
    /// It closes within half an hour of the arrival: half an hour less the minutes left.
    pub closing: u32,
    /// It opens at most [`WAIT_MINUTES`] after the arrival.
    pub wait: u32,
}

impl Handicap {
    /// The sum of the penalties.
    #[must_use]
    pub fn minutes(self) -> u32 {
        let Self {
            relief,
            members_only,
            closing,
            wait,
        } = self;
        relief + members_only + closing + wait
    }
}

/// Minutes from the arrival until a shut station opens, if at most [`WAIT_MINUTES`].
#[must_use]
pub fn wait(arrival: CivilTime, state: Opening) -> Option<i64> {
    match state {
        Opening::Closed {
            opens: Some(opens), ..
        } => Some(arrival.minutes_until(opens)).filter(|minutes| *minutes <= WAIT_MINUTES),
        Opening::Closed { opens: None, .. }
        | Opening::Open { .. }
        | Opening::ClosingSoon { .. }
        | Opening::Unknown(_) => None,
    }
}

impl Question<'_> {
    pub(super) fn handicap(
        &self,
        station: &Station,
        arrival: CivilTime,
        state: Opening,
    ) -> Handicap {
        let is_for_others = station.access.audience == Audience::UnionMembers && !self.is_member;
        let whole = |minutes: i64| u32::try_from(minutes).unwrap_or(0);
        Handicap {
            relief: self.season.relief_minutes(station.features),
            members_only: if is_for_others {
                MEMBERS_ONLY_MINUTES
            } else {
                0
            },
            closing: match state {
                Opening::ClosingSoon { until } => {
                    let then = if self.open == OpenWish::Now {
                        self.forecasts.now()
                    } else {
                        arrival
                    };
                    whole(CLOSING_SOON_MINUTES - then.minutes_until(until))
                }
                Opening::Open { .. } | Opening::Closed { .. } | Opening::Unknown(_) => 0,
            },
            wait: WAIT_FACTOR * whole(wait(arrival, state).unwrap_or(0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{ALL_DAY, Case, WITH_LUNCH, at, station, with};
    use crate::domain::station::{Comfort, Feature};

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
                with(station("seats", 2.0, ALL_DAY), &[Feature::Seats]),
                with(station("toilet", 1.0, ALL_DAY), &[Feature::Toilet]),
            ],
            &[
                "cold air open",
                "fan open",
                "shade open",
                "seats open",
                "toilet makeshift",
            ],
        );
    }

    #[test]
    fn a_small_comfort_is_not_worth_many_minutes() {
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
    fn known_relief_comes_before_unknown_relief_that_is_five_minutes_nearer() {
        let shade = with(station("shade", 7.0, ALL_DAY), &[Feature::Shade]);
        let seats = |minutes| with(station("seats", minutes, ALL_DAY), &[Feature::Seats]);
        let now = || at("2026-07-15T14:00");
        now().check(&[seats(2.0), shade.clone()], &["shade open", "seats open"]);
        now().check(&[seats(1.0), shade], &["seats open", "shade open"]);
    }

    #[test]
    fn a_station_that_reopens_soon_after_the_arrival_counts_with_the_wait() {
        let near = station("near", 2.0, WITH_LUNCH);
        let check = |time, minutes, expected: &[&str]| {
            at(time).check(&[near.clone(), station("far", minutes, ALL_DAY)], expected);
        };
        check("2026-07-15T13:25", 10.0, &["near open", "far open"]);
        check("2026-07-15T13:25", 7.0, &["far open", "near open"]);
        check("2026-07-15T13:22", 10.0, &["far open", "near opens_soon"]);
    }

    #[test]
    fn half_an_hour_of_cool_air_is_worth_more_than_a_charger_far_off() {
        at("2026-07-15T16:29").check(
            &[
                station("29 minutes left", 2.0, "8:00-17:00"),
                with(station("charger", 12.0, ALL_DAY), &[Feature::Charging]),
                station("open", 4.0, ALL_DAY),
            ],
            &["29 minutes left open", "open open", "charger makeshift"],
        );
    }
}
