//! Which station is the first of the list.

use super::question::Question;
use super::ranked::Ranked;
use super::tier::Tier;
use super::{FARTHER_MINUTES, MEMBERS_ONLY_MINUTES};
use crate::domain::nearest::Stations;
use crate::domain::position::Metres;

/// Moves the previous first station, whose id is `before`, to the front again, unless
/// another one is better by `margin` minutes or it has left the first tier. Otherwise the
/// first answer would alternate while the person stands still.
pub fn keep_first(ranked: &mut Vec<Ranked<'_>>, before: &str, margin: f64) {
    let Some(first) = ranked.first() else { return };
    let holds = |kept: &Ranked<'_>| {
        kept.station.id == before
            && kept.tier == first.tier
            && kept.holiday_doubt == first.holiday_doubt
            && kept.handicap.members_only <= first.handicap.members_only
            && kept.cost() < first.cost() + margin
    };
    let place = ranked.iter().position(holds);
    move_to_front(ranked, place);
}

/// Puts a station for everybody before a first one for members only, if it is in the same
/// tier and at most [`MEMBERS_ONLY_MINUTES`] farther, whatever else their ranks differ by.
pub(super) fn prefer_open_to_all(ranked: &mut Vec<Ranked<'_>>) {
    let Some(first) = ranked.first() else { return };
    if first.tier == Tier::All || first.handicap.members_only == 0 {
        return;
    }
    let is_better = |other: &Ranked<'_>| {
        other.tier == first.tier
            && other.holiday_doubt == first.holiday_doubt
            && other.handicap.members_only == 0
            && other.minutes <= first.minutes + MEMBERS_ONLY_MINUTES
    };
    let place = ranked.iter().position(is_better);
    move_to_front(ranked, place);
}

fn move_to_front(ranked: &mut Vec<Ranked<'_>>, place: Option<usize>) {
    if let Some(place) = place {
        let first = ranked.remove(place);
        ranked.insert(0, first);
    }
}

impl Question<'_> {
    /// The distance beyond which no station, loaded or not, can rank before the first of
    /// these: once all cells within it are loaded, the first answer is final.
    #[must_use]
    pub fn reach_of_first(&self, stations: &Stations) -> Metres {
        let tiers = Tier::of_wish(self.open);
        let ranked = self.ranked(stations);
        let minutes = match ranked.first() {
            None => f64::from(FARTHER_MINUTES),
            // Without holiday doubt, minutes alone decide within the first tier.
            Some(first) if first.tier == tiers[0] && !first.holiday_doubt => {
                let for_everybody = if first.handicap.members_only > 0 {
                    MEMBERS_ONLY_MINUTES
                } else {
                    0
                };
                // One more, because whole minutes are compared.
                f64::from(first.minutes + first.handicap.minutes() + for_everybody + 1)
            }
            Some(first) => tiers
                .iter()
                .filter(|tier| **tier <= first.tier)
                .map(|tier| tier.farthest())
                .fold(0.0, f64::max),
        };
        self.travel.reach(minutes)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{
        ALL_DAY, Case, asked_at_the_origin, at, ids_and_tiers, in_one_cell, station, with,
    };
    use super::super::tier::OpenWish;
    use super::*;
    use crate::domain::calendar::Calendar;
    use crate::domain::forecast::Forecasts;
    use crate::domain::nearest::Filter;
    use crate::domain::station::{Audience, Feature};

    #[test]
    fn anyone_comes_before_members_only_within_five_minutes_unless_one_is_a_member() {
        let mut members = station("members", 2.0, ALL_DAY);
        members.access.audience = Audience::UnionMembers;
        let stations = [
            members,
            station("anyone", 7.0, ALL_DAY),
            station("anyone, farther", 8.0, ALL_DAY),
        ];
        at("2026-07-15T09:30").check(
            &stations,
            &["anyone open", "members open", "anyone, farther open"],
        );
        let a_member = Case {
            is_member: true,
            ..at("2026-07-15T09:30")
        };
        // Also where what the others offer is less.
        let mut members = station("members", 2.0, ALL_DAY);
        members.access.audience = Audience::UnionMembers;
        for lesser in [
            with(station("anyone", 6.0, ALL_DAY), &[Feature::Fan]),
            with(station("anyone", 3.0, ALL_DAY), &[Feature::Seats]),
            station("anyone", 5.0, "8:00-9:50"),
        ] {
            at("2026-07-15T09:30")
                .check(&[members.clone(), lesser], &["anyone open", "members open"]);
        }
        a_member.check(
            &stations,
            &["members open", "anyone open", "anyone, farther open"],
        );
        let not_a_member = Case {
            filter: Filter {
                not_members_only: true,
                ..Filter::default()
            },
            ..at("2026-07-15T09:30")
        };
        not_a_member.check(&stations, &["anyone open", "anyone, farther open"]);
    }

    #[test]
    fn the_first_answer_stays_until_another_is_better_by_a_margin() {
        let forecasts = Forecasts::at(
            "2026-07-15T14:00".parse().expect("a time"),
            &Calendar::default(),
        );
        let stations = in_one_cell(vec![
            station("a", 4.0, ALL_DAY),
            station("b", 5.0, ALL_DAY),
            station("c", 2.0, "?"),
        ]);
        let filter = Filter::default();
        let question = asked_at_the_origin(&forecasts, &filter);
        let after = |before: &str, margin| {
            let mut ranked = question.ranked(&stations);
            keep_first(&mut ranked, before, margin);
            ids_and_tiers(&ranked)
        };
        let all = Question {
            open: OpenWish::Any,
            ..question
        };
        let mut by_travel_time = all.ranked(&stations);
        keep_first(&mut by_travel_time, "a", 1.5);
        assert_eq!(ids_and_tiers(&by_travel_time), ["c all", "a all", "b all"]);
        assert_eq!(after("b", 1.5), ["b open", "a open", "c unknown"]);
        assert_eq!(after("b", 0.5), ["a open", "b open", "c unknown"]);
        assert_eq!(after("c", 9.0), ["a open", "b open", "c unknown"]);
        assert_eq!(after("gone", 9.0), ["a open", "b open", "c unknown"]);
    }
}
