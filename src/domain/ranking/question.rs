//! What a person asks for, and the evaluation of one station.

use super::handicap::wait;
use super::ranked::Ranked;
use super::tier::{OpenWish, Tier};
use crate::domain::barrier::Barrier;
use crate::domain::forecast::Forecasts;
use crate::domain::nearest::Filter;
use crate::domain::opening::Opening;
use crate::domain::position::LonLat;
use crate::domain::route::{Routes, Traveller};
use crate::domain::station::{Comfort, Fitness, Station};
use crate::domain::travel::{Travel, whole_minutes};

/// What a person asks for, and when.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Where the person is.
    pub origin: LonLat,
    /// The current time in the dataset's zone, and the opening states from then on.
    pub forecasts: &'a Forecasts,
    /// How the person travels.
    pub travel: Travel,
    /// Barriers that a route must avoid or cross.
    pub barriers: &'a [Barrier],
    /// The conditions that a station must meet.
    pub filter: &'a Filter,
    /// The relief that is wanted.
    pub season: Comfort,
    /// Which stations to list, by their opening state.
    pub open: OpenWish,
    /// Whether the person is a union member by their own statement.
    pub is_member: bool,
    /// Ids of the stations that the person recently reported locked or gone.
    pub doubted: &'a [String],
    /// The most stations of each tier.
    pub limit: usize,
}

impl<'a> Question<'a> {
    /// The routes from the origin at the current time.
    #[must_use]
    pub fn routes(&self) -> Routes<'a> {
        let traveller = Traveller {
            origin: self.origin,
            now: self.forecasts.now(),
            travel: self.travel,
            calendar: self.forecasts.calendar(),
        };
        Routes::new(traveller, self.barriers)
    }

    /// Evaluates a station for a person who sets out now, whether or not it is listed: `tier`
    /// is always [`Tier::All`]. None if its position is not known.
    #[must_use]
    pub fn look_at<'b>(&self, routes: &Routes<'a>, station: &'b Station) -> Option<Ranked<'b>>
    where
        'a: 'b,
    {
        let position = station.position?;
        let route = routes.to(position);
        let minutes = whole_minutes(route.minutes);
        let (now, on_arrival) = self.forecasts.now_and_after(&station.hours, minutes);
        let arrival = self.forecasts.now().plus_minutes(i64::from(minutes));
        let state = self.state_asked_for(now, on_arrival);
        let calendar = self.forecasts.calendar();
        Some(Ranked {
            station,
            position,
            distance: route.straight,
            route,
            minutes,
            fitness: self.fitness(station),
            handicap: self.handicap(station, arrival, state),
            holiday_doubt: (state.is_open() || wait(arrival, state).is_some())
                && station.hours.is_holiday_doubtful(arrival.day(), calendar),
            now,
            on_arrival,
            tier: Tier::All,
        })
    }

    /// The opening state that the wish asks about.
    pub(super) fn state_asked_for(&self, now: Opening, on_arrival: Opening) -> Opening {
        match self.open {
            OpenWish::Now => now,
            OpenWish::Arrival | OpenWish::Any => on_arrival,
        }
    }

    /// How well a station serves. A filter by feature or kind names the need, so that no
    /// station that passes it is makeshift.
    fn fitness(&self, station: &Station) -> Fitness {
        let is_asked_for = !self.filter.needs.is_empty() || !self.filter.kinds.is_empty();
        let fitness = station.fitness(self.season);
        if is_asked_for && fitness == Fitness::Makeshift {
            Fitness::Room
        } else {
            fitness
        }
    }

    /// [`Question::look_at`] with the tier of the station; none if it is not listed.
    pub(super) fn listed<'b>(&self, routes: &Routes<'a>, station: &'b Station) -> Option<Ranked<'b>>
    where
        'a: 'b,
    {
        let ranked = self.look_at(routes, station)?;
        let tier = self.tier_of(&ranked)?;
        Some(Ranked { tier, ..ranked })
    }
}
