//! One station of the list.

use super::handicap::Handicap;
use super::tier::Tier;
use crate::domain::opening::Opening;
use crate::domain::position::{LonLat, Metres};
use crate::domain::route::Route;
use crate::domain::station::{Fitness, Station};

/// A station with its route, its opening state and its tier.
#[derive(Clone, Copy, Debug)]
pub struct Ranked<'a> {
    /// The station.
    pub station: &'a Station,
    /// Where it is (WGS-84).
    pub position: LonLat,
    /// Great-circle metres from the origin.
    pub distance: Metres,
    /// The route there.
    pub route: Route<'a>,
    /// Estimated minutes of travel, whole.
    pub minutes: u32,
    /// How well it serves to cool down or warm up.
    pub fitness: Fitness,
    /// The penalties that rank it behind nearer ones.
    pub handicap: Handicap,
    /// Whether it may be shut because the day is a public holiday that its hours do not
    /// mention.
    pub holiday_doubt: bool,
    /// The opening state now.
    pub now: Opening,
    /// The opening state on arrival.
    pub on_arrival: Opening,
    /// The part of the list in which it stands.
    pub tier: Tier,
}

impl Ranked<'_> {
    /// The minutes by which stations of a tier are compared, not rounded: those of the route
    /// and, except in [`Tier::All`], the handicap.
    #[must_use]
    pub fn cost(&self) -> f64 {
        let handicap = match self.tier {
            Tier::All => 0,
            Tier::Open
            | Tier::Unknown
            | Tier::Makeshift
            | Tier::Doubtful
            | Tier::OpensSoon
            | Tier::OpenFarther
            | Tier::Reported
            | Tier::OtherSide => self.handicap.minutes(),
        };
        self.route.minutes + f64::from(handicap)
    }
}
