//! Positions on WGS-84, and what can be measured between them.

use geo::{Bearing as _, Distance as _, Haversine, Point};

/// Mean radius of the Earth in metres (IUGG R1), the one that `geo` measures with.
pub const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Published positions are whole steps of 0.00001 degree, 1.1 m of latitude:
/// rounding moves none by more than 0.8 m.
pub const STEPS_PER_DEGREE: f64 = 1e5;

/// Degrees as whole steps, see [`STEPS_PER_DEGREE`].
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "18 million steps fit")]
pub fn to_steps(degrees: f64) -> i32 {
    (degrees * STEPS_PER_DEGREE).round() as i32
}

/// Steps as degrees.
#[must_use]
pub fn from_steps(steps: i32) -> f64 {
    f64::from(steps) / STEPS_PER_DEGREE
}

/// A WGS-84 position in decimal degrees, longitude first as in GeoJSON.
///
/// The name spells the order; nothing in this crate passes a bare pair of
/// floats. Positions on another datum are [`Gcj02`](super::datum::Gcj02) or
/// [`Bd09`](super::datum::Bd09) and are converted where they come in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LonLat {
    lon: f64,
    lat: f64,
}

/// Why a pair of numbers is not a position.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("longitude {lon}, latitude {lat} is not a position on Earth")]
pub struct NotOnEarth {
    /// The longitude that was given, in degrees.
    pub lon: f64,
    /// The latitude that was given, in degrees.
    pub lat: f64,
}

impl LonLat {
    /// A position from degrees east and degrees north.
    ///
    /// # Errors
    ///
    /// [`NotOnEarth`] unless −180 ≤ `lon` ≤ 180 and −90 ≤ `lat` ≤ 90 (so NaN is refused too).
    pub fn new(lon: f64, lat: f64) -> Result<Self, NotOnEarth> {
        if (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat) {
            Ok(Self { lon, lat })
        } else {
            Err(NotOnEarth { lon, lat })
        }
    }

    /// Degrees east of Greenwich.
    #[must_use]
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north of the equator.
    #[must_use]
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// The position rounded to whole steps, as published; see [`STEPS_PER_DEGREE`].
    #[must_use]
    pub fn rounded(self) -> Self {
        let round = |degrees| from_steps(to_steps(degrees));
        Self {
            lon: round(self.lon),
            lat: round(self.lat),
        }
    }

    /// The great-circle distance to `destination` (haversine, on a sphere of
    /// the mean Earth radius); within 0.6 % of the geodesic distance.
    #[must_use]
    pub fn distance_to(self, destination: Self) -> Metres {
        Metres(Haversine.distance(self.into(), destination.into()))
    }

    /// The initial great-circle bearing towards `destination`, in degrees
    /// clockwise from true north, 0 ≤ bearing < 360.
    #[must_use]
    pub fn bearing_to(self, destination: Self) -> f64 {
        let bearing_deg: f64 = Haversine.bearing(self.into(), destination.into());
        let turned = bearing_deg.rem_euclid(360.0);
        if turned < 360.0 { turned } else { 0.0 }
    }
}

/// The only place where x means longitude.
impl From<LonLat> for Point<f64> {
    fn from(position: LonLat) -> Self {
        Point::new(position.lon, position.lat)
    }
}

/// A distance in metres.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Metres(pub f64);

/// One of the eight points of the compass, as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// 北
    North,
    /// 东北
    NorthEast,
    /// 东
    East,
    /// 东南
    SouthEast,
    /// 南
    South,
    /// 西南
    SouthWest,
    /// 西
    West,
    /// 西北
    NorthWest,
}

impl Direction {
    /// The point of the compass nearest to a bearing in degrees from north.
    #[must_use]
    pub fn of_bearing(bearing_deg: f64) -> Self {
        let points = [
            Self::North,
            Self::NorthEast,
            Self::East,
            Self::SouthEast,
            Self::South,
            Self::SouthWest,
            Self::West,
        ];
        let turned = (bearing_deg + 22.5).rem_euclid(360.0);
        let mut edge = 45.0;
        for point in points {
            if turned < edge {
                return point;
            }
            edge += 45.0;
        }
        Self::NorthWest
    }
}

/// A bounding box of positions, in degrees. It never crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Western edge, degrees.
    pub west: f64,
    /// Southern edge, degrees.
    pub south: f64,
    /// Eastern edge, degrees.
    pub east: f64,
    /// Northern edge, degrees.
    pub north: f64,
}

impl Bounds {
    /// The smallest box around `positions`; none for no positions.
    #[must_use]
    pub fn around(positions: impl IntoIterator<Item = LonLat>) -> Option<Self> {
        positions
            .into_iter()
            .fold(None, |bounds: Option<Self>, LonLat { lon, lat }| {
                Some(match bounds {
                    None => Self {
                        west: lon,
                        south: lat,
                        east: lon,
                        north: lat,
                    },
                    Some(b) => Self {
                        west: b.west.min(lon),
                        south: b.south.min(lat),
                        east: b.east.max(lon),
                        north: b.north.max(lat),
                    },
                })
            })
    }

    /// Whether two boxes overlap or touch.
    #[must_use]
    pub fn touches(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// Whether `position` lies in the box, edges included.
    #[must_use]
    pub fn contain(&self, position: LonLat) -> bool {
        (self.west..=self.east).contains(&position.lon)
            && (self.south..=self.north).contains(&position.lat)
    }

    /// A lower bound of the distance to any position in the box.
    ///
    /// The nearest point of the box is below or above the origin, or on one of
    /// its two meridian edges; on a meridian it is the foot of the
    /// perpendicular great circle, `tan φ = tan φ₀ / cos Δλ`, or a corner.
    #[must_use]
    pub fn least_distance_from(&self, origin: LonLat) -> Metres {
        if (self.west..=self.east).contains(&origin.lon) {
            // Not `clamp`: its panic message would add float formatting to the module.
            let lat = origin.lat.max(self.south).min(self.north);
            return origin.distance_to(LonLat {
                lon: origin.lon,
                lat,
            });
        }
        let to_edge = |lon: f64| {
            let turn = (lon - origin.lon).to_radians();
            let mut least = f64::INFINITY;
            let mut try_lat = |lat: f64| {
                least = least.min(origin.distance_to(LonLat { lon, lat }).0);
            };
            try_lat(self.south);
            try_lat(self.north);
            if turn.cos() > 0.0 {
                let foot = (origin.lat.to_radians().tan() / turn.cos())
                    .atan()
                    .to_degrees();
                try_lat(foot.max(self.south).min(self.north));
            }
            least
        };
        // A micrometre less, so that rounding does not exclude a station on the edge.
        Metres((to_edge(self.west).min(to_edge(self.east)) - 1e-6).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).expect("on Earth")
    }

    #[track_caller]
    fn check_distance(from: (f64, f64), to: (f64, f64), expected: f64) {
        let Metres(actual) = at(from.0, from.1).distance_to(at(to.0, to.1));
        assert!(
            (actual - expected).abs() < 1.0,
            "{actual} m, expected {expected} m"
        );
    }

    #[test]
    fn a_degree_of_longitude_shrinks_towards_the_pole() {
        check_distance((0.0, 60.0), (1.0, 60.0), 55_597.0);
    }

    #[test]
    fn distances_cross_the_antimeridian() {
        check_distance((179.9, 0.0), (-179.9, 0.0), 22_239.0);
    }

    #[test]
    fn what_is_not_on_earth_is_refused() {
        for (lon, lat) in [
            (121.5, 131.2),
            (181.0, 0.0),
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
        ] {
            assert!(LonLat::new(lon, lat).is_err(), "{lon}, {lat}");
        }
    }

    #[test]
    fn bearings_are_named_by_the_nearest_of_eight_points() {
        let people_square = at(121.4737, 31.2304);
        for (to, name) in [
            (at(121.4737, 31.2404), Direction::North),
            (at(121.4854, 31.2404), Direction::NorthEast),
            (at(121.4837, 31.2304), Direction::East),
            (at(121.4737, 31.2204), Direction::South),
            (at(121.4637, 31.2304), Direction::West),
            (at(121.4620, 31.2404), Direction::NorthWest),
        ] {
            assert_eq!(Direction::of_bearing(people_square.bearing_to(to)), name);
        }
        assert_eq!(Direction::of_bearing(359.0), Direction::North);
    }

    proptest::proptest! {
        #[test]
        fn no_position_in_a_box_is_nearer_than_the_least_distance(
            west in -180.0..179.0_f64, south in -90.0..89.0_f64,
            width in 0.0..1.0_f64, height in 0.0..1.0_f64,
            across in 0.0..=1.0_f64, up in 0.0..=1.0_f64,
            lon in -180.0..180.0_f64, lat in -90.0..90.0_f64,
        ) {
            let bounds = Bounds { west, south, east: west + width, north: south + height };
            let inside = at(west + width * across, south + height * up);
            let origin = at(lon, lat);
            let (Metres(least), Metres(actual)) =
                (bounds.least_distance_from(origin), origin.distance_to(inside));
            proptest::prop_assert!(least <= actual + 1e-6 || actual.is_nan(), "{least} > {actual}");
        }
    }
}
