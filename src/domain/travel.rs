//! How long the way takes. An estimate, never a route.

use super::position::Metres;

/// How a person travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// An e-bike.
    #[default]
    Ebike,
    /// A bicycle.
    Bicycle,
    /// On foot.
    Foot,
}

/// What turns straight metres into minutes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Travel {
    /// Metres of road for each straight metre. 1.33 is the mean circuity of
    /// China's roads (Ballou, Rahardja and Sakai 2002, *Transportation
    /// Research A* 36, table 2).
    pub detour: f64,
    /// Speed in metres a minute.
    pub metres_per_minute: f64,
}

impl Travel {
    /// The default for a mode: e-bikes at 15 km/h, the limit for them in
    /// Shanghai's non-motor lanes; bicycles at 12 km/h; walkers at 4.5 km/h.
    #[must_use]
    pub fn by(mode: Mode) -> Self {
        let metres_per_minute = match mode {
            Mode::Ebike => 250.0,
            Mode::Bicycle => 200.0,
            Mode::Foot => 75.0,
        };
        Self {
            detour: 1.33,
            metres_per_minute,
        }
    }

    /// Whole minutes for a great-circle distance, rounded up, at least 1.
    #[must_use]
    pub fn minutes(&self, Metres(distance_m): Metres) -> u32 {
        let minutes = (distance_m * self.detour / self.metres_per_minute).ceil();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to what fits"
        )]
        let whole = minutes.clamp(1.0, 100_000.0) as u32;
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_rounded_up_and_never_none() {
        let ebike = Travel::by(Mode::Ebike);
        assert_eq!(ebike.minutes(Metres(0.0)), 1);
        assert_eq!(ebike.minutes(Metres(187.0)), 1);
        assert_eq!(ebike.minutes(Metres(189.0)), 2);
        assert_eq!(Travel::by(Mode::Foot).minutes(Metres(1000.0)), 18);
    }
}
