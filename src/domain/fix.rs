//! What the device says about where the person is.

use super::position::{LonLat, Metres};

/// One answer from the device.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// Where (taken as WGS-84, as the Geolocation standard has it).
    pub position: LonLat,
    /// Within so many metres, with 95 % confidence.
    pub accuracy: Metres,
}

/// Why there is no fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPosition {
    /// The person or the host page said no.
    Refused,
    /// It took too long.
    TimedOut,
    /// The device cannot tell.
    Unavailable,
    /// The browser has no geolocation, or not on this page.
    Unsupported,
}

/// Where the asking for a position stands.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Locating {
    /// Nobody asked yet: that is up to the person.
    #[default]
    NotAsked,
    /// Asked, no answer yet.
    Asking,
    /// Found.
    Found(Fix),
    /// Not found.
    Failed(NoPosition),
}
