//! The Chinese datums GCJ-02 and BD-09, and their conversion to and from WGS-84.
//!
//! They occur only at the edges: in source sheets, in positions from a host
//! page and in links to map apps. Neither type has a distance, so neither can
//! be ranked by mistake.
//!
//! Formula: the published obfuscation of China's map services, on the
//! Krasovsky 1940 ellipsoid (a = 6 378 245 m, e² = 0.006 693 421 622 965 943 23),
//! as all public implementations agree on it; tested against the reference
//! vectors of gcoord (MIT) and eviltransform (BSD).

use std::f64::consts::PI;
use std::str::FromStr;

use super::position::{LonLat, NotOnEarth};

const SEMI_MAJOR_AXIS_M: f64 = 6_378_245.0;
const ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;

/// A position on GCJ-02 (AMap, Tencent), in decimal degrees, longitude first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gcj02 {
    /// Degrees east, GCJ-02.
    pub lon: f64,
    /// Degrees north, GCJ-02.
    pub lat: f64,
}

/// A position on BD-09 (Baidu), in decimal degrees, longitude first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bd09 {
    /// Degrees east, BD-09.
    pub lon: f64,
    /// Degrees north, BD-09.
    pub lat: f64,
}

/// The name of a datum, as sheets, hosts and the tool's options spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crs {
    /// `wgs84`: what satellites and browsers give.
    Wgs84,
    /// `gcj02`: AMap, Tencent, most Chinese lists.
    Gcj02,
    /// `bd09`: Baidu.
    Bd09,
}

/// A word that names no datum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not a reference system known here: say wgs84, gcj02, bd09 or an EPSG code such as EPSG:4549"
)]
pub struct UnknownCrs(pub String);

impl FromStr for Crs {
    type Err = UnknownCrs;

    fn from_str(word: &str) -> Result<Self, UnknownCrs> {
        match word
            .trim()
            .to_ascii_lowercase()
            .replace(['-', '_'], "")
            .as_str()
        {
            "wgs84" => Ok(Self::Wgs84),
            "gcj02" => Ok(Self::Gcj02),
            "bd09" | "bd09ll" => Ok(Self::Bd09),
            _ => Err(UnknownCrs(word.to_owned())),
        }
    }
}

impl Crs {
    /// The spelling that [`Crs::from_str`] reads.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    /// Reads a longitude and a latitude on this datum, and converts to WGS-84.
    ///
    /// # Errors
    ///
    /// [`NotOnEarth`] if the numbers are no position.
    pub fn to_wgs84(self, lon: f64, lat: f64) -> Result<LonLat, NotOnEarth> {
        let given = LonLat::new(lon, lat)?;
        match self {
            Self::Wgs84 => Ok(given),
            Self::Gcj02 => Gcj02 { lon, lat }.to_wgs84(),
            Self::Bd09 => Bd09 { lon, lat }.to_gcj02().to_wgs84(),
        }
    }

    /// The longitude and latitude of `position` on this datum.
    #[must_use]
    pub fn from_wgs84(self, position: LonLat) -> (f64, f64) {
        match self {
            Self::Wgs84 => (position.lon(), position.lat()),
            Self::Gcj02 => {
                let Gcj02 { lon, lat } = position.into();
                (lon, lat)
            }
            Self::Bd09 => {
                let Bd09 { lon, lat } = Gcj02::from(position).into();
                (lon, lat)
            }
        }
    }
}

/// Whether the obfuscation applies at a longitude and latitude. The rectangle is that
/// of all public implementations; it wrongly includes Hong Kong, Macau and
/// Taiwan, where Chinese maps do not shift (an error of some 500–620 m).
fn is_shifted_area(lon: f64, lat: f64) -> bool {
    (72.004..=137.834_7).contains(&lon) && (0.829_3..=55.827_1).contains(&lat)
}

/// How far GCJ-02 lies from WGS-84 at a WGS-84 position: degrees east, degrees north.
fn gcj02_shift(lon: f64, lat: f64) -> (f64, f64) {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave = |amplitude: f64, angle: f64| amplitude * angle.sin();
    let ripple = (wave(20.0, 6.0 * PI * x) + wave(20.0, 2.0 * PI * x)) * 2.0 / 3.0;
    let north_m = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripple
        + (wave(20.0, PI * y) + wave(40.0, PI / 3.0 * y)) * 2.0 / 3.0
        + (wave(160.0, PI / 12.0 * y) + wave(320.0, PI / 30.0 * y)) * 2.0 / 3.0;
    let east_m = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + ripple
        + (wave(20.0, PI * x) + wave(40.0, PI / 3.0 * x)) * 2.0 / 3.0
        + (wave(150.0, PI / 12.0 * x) + wave(300.0, PI / 30.0 * x)) * 2.0 / 3.0;
    let latitude = lat.to_radians();
    let flattening = 1.0 - ECCENTRICITY_SQUARED * latitude.sin().powi(2);
    let meridian_radius_m =
        SEMI_MAJOR_AXIS_M * (1.0 - ECCENTRICITY_SQUARED) / (flattening * flattening.sqrt());
    let parallel_radius_m = SEMI_MAJOR_AXIS_M / flattening.sqrt() * latitude.cos();
    (
        east_m / parallel_radius_m * 180.0 / PI,
        north_m / meridian_radius_m * 180.0 / PI,
    )
}

impl From<LonLat> for Gcj02 {
    fn from(position: LonLat) -> Self {
        let (lon, lat) = (position.lon(), position.lat());
        if !is_shifted_area(lon, lat) {
            return Self { lon, lat };
        }
        let (east, north) = gcj02_shift(lon, lat);
        Self {
            lon: lon + east,
            lat: lat + north,
        }
    }
}

impl Gcj02 {
    /// The WGS-84 position, by fixed-point iteration of the forward formula.
    /// It inverts the forward formula to well under a millimetre.
    ///
    /// # Errors
    ///
    /// [`NotOnEarth`] if this is no position.
    pub fn to_wgs84(self) -> Result<LonLat, NotOnEarth> {
        if !is_shifted_area(self.lon, self.lat) {
            return LonLat::new(self.lon, self.lat);
        }
        let (mut lon, mut lat) = (self.lon, self.lat);
        // Each round shrinks the error some 300-fold; five leave only rounding.
        for _ in 0..5 {
            let (east, north) = gcj02_shift(lon, lat);
            (lon, lat) = (self.lon - east, self.lat - north);
        }
        LonLat::new(lon, lat)
    }
}

const BD_TURN: f64 = PI * 3000.0 / 180.0;

impl From<Gcj02> for Bd09 {
    fn from(Gcj02 { lon, lat }: Gcj02) -> Self {
        let radius = lon.hypot(lat) + 0.000_02 * (lat * BD_TURN).sin();
        let angle = lat.atan2(lon) + 0.000_003 * (lon * BD_TURN).cos();
        Self {
            lon: radius * angle.cos() + 0.006_5,
            lat: radius * angle.sin() + 0.006,
        }
    }
}

impl Bd09 {
    /// The GCJ-02 position, by the usual inverse and three rounds of correction.
    #[must_use]
    pub fn to_gcj02(self) -> Gcj02 {
        let (x, y) = (self.lon - 0.006_5, self.lat - 0.006);
        let radius = x.hypot(y) - 0.000_02 * (y * BD_TURN).sin();
        let angle = y.atan2(x) - 0.000_003 * (x * BD_TURN).cos();
        let mut gcj02 = Gcj02 {
            lon: radius * angle.cos(),
            lat: radius * angle.sin(),
        };
        for _ in 0..3 {
            let forward = Bd09::from(gcj02);
            gcj02.lon -= forward.lon - self.lon;
            gcj02.lat -= forward.lat - self.lat;
        }
        gcj02
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).expect("on Earth")
    }

    #[track_caller]
    fn check_forward(from: (f64, f64), crs: Crs, expected: (f64, f64)) {
        let (lon, lat) = crs.from_wgs84(at(from.0, from.1));
        let off = at(lon, lat).distance_to(at(expected.0, expected.1)).0;
        assert!(off < 1.0, "{off} m off: {lon}, {lat}");
    }

    #[test]
    fn shanghai_lies_480_metres_away_on_gcj02() {
        check_forward(
            (121.4737, 31.2304),
            Crs::Gcj02,
            (121.478_223_1, 31.228_457_7),
        );
        check_forward(
            (121.4737, 31.2304),
            Crs::Bd09,
            (121.484_781_5, 31.234_310_6),
        );
    }

    #[test]
    fn beijing_and_shenzhen_meet_the_published_vectors() {
        check_forward(
            (116.377_817, 39.911_954),
            Crs::Gcj02,
            (116.384_047_22, 39.913_345_46),
        );
        check_forward(
            (113.912_316, 22.543_847),
            Crs::Gcj02,
            (113.917_176_78, 22.540_796_13),
        );
    }

    #[test]
    fn nothing_shifts_outside_china() {
        assert_eq!(
            Crs::Gcj02.from_wgs84(at(2.3522, 48.8566)),
            (2.3522, 48.8566)
        );
        assert_eq!(
            Crs::Gcj02.to_wgs84(2.3522, 48.8566),
            Ok(at(2.3522, 48.8566))
        );
    }

    #[test]
    fn names_of_datums_are_read_as_people_write_them() {
        assert_eq!("GCJ-02".parse(), Ok(Crs::Gcj02));
        assert_eq!("BD09ll".parse(), Ok(Crs::Bd09));
        assert_eq!("wgs84".parse(), Ok(Crs::Wgs84));
        assert!("mars".parse::<Crs>().is_err());
    }

    proptest::proptest! {
        #[test]
        fn the_inverse_undoes_the_forward(lon in 73.5..135.0_f64, lat in 18.0..53.5_f64) {
            let position = at(lon, lat);
            for crs in [Crs::Gcj02, Crs::Bd09] {
                let (east, north) = crs.from_wgs84(position);
                let back = crs.to_wgs84(east, north).expect("on Earth");
                proptest::prop_assert!(back.distance_to(position).0 < 0.05);
            }
        }
    }
}
