//! The start of a search.

use super::hav::{FAR, NEAR, hav_of_angle, hav_of_small, sine_of_angle};
use crate::domain::position::LonLat;

/// The start of a search, with its trigonometry computed once.
pub(super) struct Origin {
    /// Longitude and latitude in radians.
    pub(super) lon: f64,
    pub(super) lat: f64,
    sine: f64,
    pub(super) cosine: f64,
}

impl Origin {
    pub(super) fn at(position: LonLat) -> Self {
        let (sine, cosine) = position.lat().to_radians().sin_cos();
        Self {
            lon: position.lon().to_radians(),
            lat: position.lat().to_radians(),
            sine,
            cosine,
        }
    }

    /// The haversine to a position `up` radians north and `over` radians east.
    #[inline]
    pub(super) fn hav_to(&self, up: f64, over: f64) -> f64 {
        if up.abs() > NEAR || over.abs() > NEAR {
            return self.hav_to_afar(up, over);
        }
        let sine = up * (1.0 - up * up * (1.0 / 6.0 - up * up * (1.0 / 120.0)));
        self.hav(hav_of_small(up), sine, hav_of_small(over))
    }

    #[cold]
    #[inline(never)]
    fn hav_to_afar(&self, up: f64, over: f64) -> f64 {
        if up.abs() > FAR || over.abs() > FAR {
            let hav = |angle: f64| (angle / 2.0).sin() * (angle / 2.0).sin();
            return self.hav(hav(up), up.sin(), hav(over));
        }
        self.hav(hav_of_angle(up), sine_of_angle(up), hav_of_angle(over))
    }

    /// `hav Δφ + cos φ₁ cos φ₂ hav Δλ`, where φ₂ = φ₁ + Δφ needs no cosine of
    /// its own.
    #[inline]
    fn hav(&self, up: f64, sine_of_up: f64, over: f64) -> f64 {
        let cosine = self.cosine * (1.0 - 2.0 * up) - self.sine * sine_of_up;
        up + self.cosine * cosine * over
    }
}
