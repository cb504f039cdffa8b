//! Travel times, estimated from distances without a road network.

use super::blocks::Hav;
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

impl Mode {
    /// Every mode, in the order of the bits of [`Modes`].
    pub const ALL: [Self; 3] = [Self::Ebike, Self::Bicycle, Self::Foot];

    /// The key in `stations.toml`, in crossings and in the tool's `--travel`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Ebike => "ebike",
            Self::Bicycle => "bicycle",
            Self::Foot => "foot",
        }
    }

    /// The mode with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.key() == key)
    }
}

/// A set of modes of travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Modes {
    /// One bit each, in the order of [`Mode::ALL`].
    pub bits: u8,
}

impl Modes {
    /// Every mode.
    pub const ALL: Self = Self { bits: 7 };

    /// Only these modes.
    #[must_use]
    pub fn of(modes: impl IntoIterator<Item = Mode>) -> Self {
        let bits = modes
            .into_iter()
            .fold(0, |bits, mode| bits | (1 << (mode as u8)));
        Self { bits }
    }

    /// Whether a mode is one of them.
    #[must_use]
    pub fn contain(self, mode: Mode) -> bool {
        self.bits & (1 << (mode as u8)) != 0
    }
}

/// The travel figures of a dataset, from which minutes are computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TravelFigures {
    /// Metres of road for each straight metre.
    pub detour: f64,
    /// Metres a minute, in the order of [`Mode::ALL`].
    pub metres_per_minute: [f64; 3],
}

impl Default for TravelFigures {
    /// Detour 1.33, the mean circuity of China's roads (Ballou, Rahardja and
    /// Sakai 2002, *Transportation Research A* 36, table 2). E-bikes at 15 km/h,
    /// the limit for them in Shanghai's non-motor lanes; bicycles at 12 km/h;
    /// walkers at 4.5 km/h.
    fn default() -> Self {
        Self {
            detour: 1.33,
            metres_per_minute: [250.0, 200.0, 75.0],
        }
    }
}

impl TravelFigures {
    /// The figures for one mode.
    #[must_use]
    pub fn by(&self, mode: Mode) -> Travel {
        Travel {
            mode,
            detour: self.detour,
            metres_per_minute: self.metres_per_minute[mode as usize],
        }
    }
}

/// The travel figures of one mode.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Travel {
    /// How the person travels.
    pub mode: Mode,
    /// Metres of road for each straight metre.
    pub detour: f64,
    /// Speed in metres a minute.
    pub metres_per_minute: f64,
}

impl Travel {
    /// Minutes for a straight distance.
    #[must_use]
    pub fn minutes(&self, Metres(distance_m): Metres) -> f64 {
        distance_m * self.detour / self.metres_per_minute
    }

    /// The farthest straight distance that can be reached in some minutes.
    #[must_use]
    pub fn reach(&self, minutes: f64) -> Metres {
        Metres(minutes * self.metres_per_minute / self.detour)
    }

    /// [`Travel::reach`] as a haversine, by which the search compares.
    #[must_use]
    pub fn reach_hav(&self, minutes: f64) -> Hav {
        Hav::of(self.reach(minutes))
    }
}

/// Minutes as they are shown: whole, rounded up, at least 1.
#[must_use]
pub fn whole_minutes(minutes: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what fits"
    )]
    let whole = minutes.ceil().clamp(1.0, 100_000.0) as u32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_rounded_up_and_never_none() {
        let minutes =
            |mode, metres| whole_minutes(TravelFigures::default().by(mode).minutes(Metres(metres)));
        assert_eq!(minutes(Mode::Ebike, 0.0), 1);
        assert_eq!(minutes(Mode::Ebike, 187.0), 1);
        assert_eq!(minutes(Mode::Ebike, 189.0), 2);
        assert_eq!(minutes(Mode::Foot, 1000.0), 18);
    }

    #[test]
    fn modes_have_keys() {
        let modes = Modes::of([Mode::Ebike, Mode::Foot]);
        let contained = Mode::ALL.map(|mode| (mode.key(), modes.contain(mode)));
        assert_eq!(
            contained,
            [("ebike", true), ("bicycle", false), ("foot", true)]
        );
        assert_eq!(Mode::from_key("bicycle"), Some(Mode::Bicycle));
    }
}
