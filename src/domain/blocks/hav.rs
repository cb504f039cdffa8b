//! Haversines, their series for small angles, and lower bounds of them.

use crate::domain::position::{EARTH_RADIUS_M, Metres};

/// A generous bound of the relative error of the series below.
const RELATIVE_ERROR: f64 = 1e-9;

/// A generous bound of the rounding error of an angle, in radians: 60 nm on the ground.
const ANGLE_ERROR_RAD: f64 = 1e-14;

/// Up to this angle, in radians (190 km), three terms of the series suffice.
pub(super) const NEAR: f64 = 0.03;

/// Up to this angle, in radians (3,200 km), the longer series suffice; beyond it `sin` is
/// called.
pub(super) const FAR: f64 = 0.5;

pub(super) const HALF_TURN: f64 = std::f64::consts::PI;

/// `sin²(θ/2)` of the angle θ between two positions at the centre of the Earth.
/// It grows with the great-circle distance.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Hav(pub f64);

impl Hav {
    /// More than the haversine of any two positions.
    pub const ANY: Self = Self(2.0);

    /// The haversine of a great-circle distance, slightly too large, so that a
    /// position at exactly this distance lies within it.
    #[must_use]
    pub fn of(Metres(metres): Metres) -> Self {
        let half = metres / (2.0 * EARTH_RADIUS_M);
        if half >= std::f64::consts::FRAC_PI_2 {
            return Self::ANY;
        }
        let sine = half.max(0.0).sin();
        Self(sine * sine).with_margin()
    }

    /// An upper bound of computed haversines whose exact value is at most this one.
    pub(super) fn with_margin(self) -> Self {
        let turned = ANGLE_ERROR_RAD * (self.0.sqrt() + ANGLE_ERROR_RAD);
        Self(self.0 * (1.0 + RELATIVE_ERROR) + turned)
    }
}

/// `sin²(θ/2)` of an angle up to [`NEAR`] by its series (Taylor, x = θ²/4).
#[inline]
pub(super) fn hav_of_small(angle: f64) -> f64 {
    let x = angle * angle * 0.25;
    x * (1.0 - x * (1.0 / 3.0 - x * (2.0 / 45.0)))
}

/// `sin²(θ/2)` of an angle up to [`FAR`] by the same series.
pub(super) fn hav_of_angle(angle: f64) -> f64 {
    let x = angle * angle * 0.25;
    x * (1.0 - x * (1.0 / 3.0 - x * (2.0 / 45.0 - x * (1.0 / 315.0 - x * (2.0 / 14175.0)))))
}

/// `sin θ` of an angle up to [`FAR`] by its series (Taylor).
pub(super) fn sine_of_angle(angle: f64) -> f64 {
    let x = angle * angle;
    angle
        * (1.0
            - x / 6.0 * (1.0 - x / 20.0 * (1.0 - x / 42.0 * (1.0 - x / 72.0 * (1.0 - x / 110.0)))))
}

/// A lower bound of the haversine of an angle up to [`NEAR`]: its series
/// alternates, so two terms are less than all, and `θ²/12` is below 8e-5.
#[inline]
pub(super) fn least_hav_of_small(angle: f64) -> f64 {
    angle * angle * (0.25 * (1.0 - 8e-5))
}

/// A lower bound of the haversine of an angle from [`NEAR`] to half a turn:
/// `sin x ≥ x − x³/6`, and beyond 2.2 radians the bound at 2.2 radians.
#[inline]
fn least_hav_of_large(angle: f64) -> f64 {
    let half = angle.min(2.2) * 0.5;
    let sine = half * (1.0 - half * half * (1.0 / 6.0));
    sine * sine
}

/// Lower bounds of the haversines of latitude and longitude from the origin to
/// a box that lies `up` radians north or south and from `west` to `east`.
#[inline]
pub(super) fn least_havs_afar(up: f64, west: f64, east: f64) -> (f64, f64) {
    let over = if west <= 0.0 && east >= 0.0 {
        0.0
    } else {
        let (west, east) = (west.abs(), east.abs());
        let turned = |angle: f64| angle.min(2.0 * HALF_TURN - angle);
        turned(west).min(turned(east)).max(0.0)
    };
    (least_hav_of_large(up), least_hav_of_large(over))
}
