//! The order in which stations are listed.
//!
//! `docs/ranking.md` holds the same order as a table.

mod first;
mod handicap;
mod question;
mod rank;
mod ranked;
mod search;
mod tier;

pub use first::keep_first;
pub use handicap::{Handicap, wait};
pub use question::Question;
pub use ranked::Ranked;
pub use tier::{OpenWish, Tier};

use super::civil::CivilTime;

/// Stations within this many minutes are near. An open station beyond them is listed
/// after near ones of unknown hours.
pub const REACH_MINUTES: u32 = 30;

/// Open stations farther than this many minutes are not listed.
pub const FARTHER_MINUTES: u32 = 120;

/// A room of unknown hours within this many minutes is listed before an open toilet or
/// filling station. Farther away, a ride to a station that may be shut costs too much.
pub const UNKNOWN_MINUTES: u32 = 15;

/// A shut station is listed if it opens within this many minutes of the arrival.
pub const OPENS_SOON_MINUTES: i64 = 60;

/// A shut station counts as open if it opens within this many minutes of the arrival.
pub const WAIT_MINUTES: i64 = 5;

/// Minutes of riding that one minute of waiting counts as.
const WAIT_FACTOR: u32 = 2;

/// A station for union members only ranks behind one for everybody that is up to this
/// many minutes farther.
pub const MEMBERS_ONLY_MINUTES: u32 = 5;

/// The minutes of the day at which night begins and ends.
const NIGHT: (u16, u16) = (22 * 60, 6 * 60);

/// Whether it is night: few stations are open then, and those that never shut come first
/// among equals.
#[must_use]
pub fn is_night(time: CivilTime) -> bool {
    time.minute() >= NIGHT.0 || time.minute() < NIGHT.1
}

#[cfg(test)]
mod fixtures;
