//! The order within a tier.

use super::is_night;
use super::question::Question;
use super::ranked::Ranked;
use super::tier::Tier;
use crate::domain::opening::Opening;

/// The sort key of a station within its tier.
#[derive(PartialEq, PartialOrd)]
pub(super) struct Rank<'a> {
    /// From the highest bits down: whether a public holiday makes it doubtful; whole minutes,
    /// with the handicap; the fitness; whether it is for members only; at night, whether it
    /// may shut before morning.
    key: u64,
    /// The same minutes, not rounded.
    minutes: f64,
    id: &'a str,
}

impl Rank<'_> {
    const HOLIDAY: u64 = 1 << 40;
    const MINUTE: u64 = 1 << 8;
    const FITNESS: u64 = 1 << 2;
    const MEMBERS_ONLY: u64 = 1 << 1;
    const MAY_SHUT: u64 = 1;

    /// No station this many minutes away or farther ranks before this one; none if a station
    /// at any distance can.
    pub(super) fn worst_minutes(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "minutes of some days")]
        let minutes = (self.key / Self::MINUTE) as f64;
        // A station without holiday doubt ranks first at any distance.
        (self.key < Self::HOLIDAY).then_some(minutes)
    }
}

impl Question<'_> {
    pub(super) fn rank<'b>(&self, ranked: &Ranked<'b>) -> Rank<'b> {
        let flag = |is_set: bool, bit: u64| if is_set { bit } else { 0 };
        let mut key = u64::from(ranked.minutes) * Rank::MINUTE;
        // Where all stations are asked for, travel time alone decides.
        if ranked.tier != Tier::All {
            let never_shuts = matches!(ranked.on_arrival, Opening::Open { until: None });
            let may_shut = is_night(self.forecasts.now()) && !never_shuts;
            key += u64::from(ranked.handicap.minutes()) * Rank::MINUTE
                + ranked.fitness as u64 * Rank::FITNESS
                + flag(ranked.holiday_doubt, Rank::HOLIDAY)
                + flag(ranked.handicap.members_only > 0, Rank::MEMBERS_ONLY)
                + flag(may_shut, Rank::MAY_SHUT);
        }
        Rank {
            key,
            minutes: ranked.cost(),
            id: &ranked.station.id,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fixtures::{
        ALL_DAY, ALWAYS, asked_at_the_origin, at, ids_and_tiers, in_one_cell, station,
    };
    use super::*;
    use crate::domain::calendar::{Calendar, CalendarYear};
    use crate::domain::forecast::Forecasts;
    use crate::domain::nearest::Filter;

    #[test]
    fn at_night_stations_that_never_shut_come_first_among_equals() {
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
    fn ties_go_by_id() {
        at("2026-07-15T09:30").check(
            &[station("b", 3.0, ALL_DAY), station("a", 3.0, ALL_DAY)],
            &["a open", "b open"],
        );
    }

    #[test]
    fn on_a_holiday_stations_whose_hours_mention_holidays_come_first() {
        let holiday = "2026-10-01".parse().expect("a date");
        let calendar = Calendar::new(vec![CalendarYear {
            year: 2026,
            holidays: vec![holiday],
            workdays: Vec::new(),
        }]);
        let mut sure = station("sure", 20.0, ALL_DAY);
        Arc::make_mut(&mut sure.hours).names_holidays = true;
        let stations = [station("silent", 2.0, ALL_DAY), sure];
        let check = |time: &str, limit, expected: &[&str]| {
            let forecasts = Forecasts::at(time.parse().expect("a time"), &calendar);
            let stations = in_one_cell(stations.to_vec());
            let filter = Filter::default();
            let question = Question {
                limit,
                ..asked_at_the_origin(&forecasts, &filter)
            };
            assert_eq!(ids_and_tiers(&question.ranked(&stations)), expected);
        };
        check("2026-10-01T10:00", 9, &["sure open", "silent open"]);
        check("2026-10-01T10:00", 1, &["sure open"]);
        check("2026-10-09T10:00", 9, &["silent open", "sure open"]);
        // The doubt also applies to a station that is about to open.
        check("2026-10-01T07:55", 9, &["sure open", "silent open"]);
    }
}
