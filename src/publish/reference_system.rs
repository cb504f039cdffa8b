//! The reference system of a sheet's coordinates: one of the three datums that Chinese services
//! use, or a national grid by its EPSG code.

use std::fmt;
use std::str::FromStr;

use proj4rs::Proj;

use crate::domain::datum::{Crs, UnknownCrs};
use crate::domain::position::LonLat;

/// The reference system of the numbers in a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceSystem {
    /// Degrees, longitude and latitude.
    Datum(Crs),
    /// The system with this EPSG code, such as 25830 (UTM zone 30 N) or 4549 (CGCS2000, 3-degree
    /// Gauss-Krüger); x is east, y is north.
    Epsg(u16),
}

/// Degrees that are WGS-84, or within two metres of it: WGS 84, ETRS89, CGCS2000, Korea 2000,
/// JGD2011, JGD2000, NAD83, NAD83(CSRS), GDA94.
const AS_WGS84: [u16; 9] = [4326, 4258, 4490, 4737, 6668, 4612, 4269, 4617, 4283];

impl FromStr for ReferenceSystem {
    type Err = UnknownCrs;

    fn from_str(text: &str) -> Result<Self, UnknownCrs> {
        let lower = text.trim().to_lowercase();
        if let Some(known) = Self::of_service(&lower) {
            return Ok(known);
        }
        if lower.ends_with("crs84") || lower == "cgcs2000" {
            return Ok(Self::Datum(Crs::Wgs84));
        }
        // "EPSG:25830", and as GeoJSON writes it "urn:ogc:def:crs:EPSG::25830".
        if !lower.contains("epsg") {
            return lower.parse().map(Self::Datum);
        }
        let code = lower.rsplit(':').next().and_then(|code| code.parse().ok());
        match code {
            Some(code) if AS_WGS84.contains(&code) => Ok(Self::Datum(Crs::Wgs84)),
            Some(code) if crs_definitions::from_code(code).is_some() => Ok(Self::Epsg(code)),
            _ => Err(UnknownCrs(text.to_owned())),
        }
    }
}

impl fmt::Display for ReferenceSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Datum(Crs::Wgs84) => f.write_str("wgs84"),
            Self::Datum(Crs::Gcj02) => f.write_str("gcj02"),
            Self::Datum(Crs::Bd09) => f.write_str("bd09"),
            Self::Epsg(code) => write!(f, "EPSG:{code}"),
        }
    }
}

impl ReferenceSystem {
    /// The datum that a map service uses, by its name.
    fn of_service(name: &str) -> Option<Self> {
        let crs = match name {
            "高德" | "高德地图" | "腾讯" | "腾讯地图" | "amap" | "gaode" | "autonavi"
            | "tencent" | "火星" | "火星坐标" | "gcj-02" | "gcj" => Crs::Gcj02,
            "百度" | "百度地图" | "baidu" | "bd-09" | "bd09ll" | "bd" => Crs::Bd09,
            "gps" | "wgs-84" | "wgs" => Crs::Wgs84,
            _ => return None,
        };
        Some(Self::Datum(crs))
    }

    /// The datum that a heading names: `lng_gcj02`, 经度（百度）.
    #[must_use]
    pub fn named_in(heading: &str) -> Option<Self> {
        let heading = heading.to_lowercase();
        let words = [
            ("gcj", Crs::Gcj02),
            ("高德", Crs::Gcj02),
            ("腾讯", Crs::Gcj02),
            ("火星", Crs::Gcj02),
            ("bd09", Crs::Bd09),
            ("bd-09", Crs::Bd09),
            ("百度", Crs::Bd09),
            ("wgs", Crs::Wgs84),
            ("cgcs", Crs::Wgs84),
        ];
        let found = words.iter().find(|(word, _)| heading.contains(word));
        found.map(|(_, crs)| Self::Datum(*crs))
    }

    /// Whether the numbers are degrees.
    #[must_use]
    pub fn is_degrees(self) -> bool {
        matches!(self, Self::Datum(_))
    }

    /// The WGS-84 position of a pair of numbers, longitude or east first; none
    /// if it is not on Earth.
    #[must_use]
    pub fn to_wgs84(self, x: f64, y: f64) -> Option<LonLat> {
        match self {
            Self::Datum(crs) => crs.to_wgs84(x, y).ok(),
            Self::Epsg(code) => {
                let definition = crs_definitions::from_code(code)?;
                let from = Proj::from_proj_string(definition.proj4).ok()?;
                let to = Proj::from_proj_string(crs_definitions::EPSG_4326.proj4).ok()?;
                let mut point = (x, y, 0.0);
                proj4rs::transform::transform(&from, &to, &mut point).ok()?;
                LonLat::new(point.0.to_degrees(), point.1.to_degrees()).ok()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(crs: &str, x: f64, y: f64, lon: f64, lat: f64) {
        let system: ReferenceSystem = crs.parse().expect("a known system");
        let position = system.to_wgs84(x, y).expect("on Earth");
        let expected = LonLat::new(lon, lat).expect("on Earth");
        let off = position.distance_to(expected).0;
        assert!(off < 0.05, "{position:?} is {off} m off");
    }

    #[test]
    fn national_grids_become_degrees() {
        // The first shelter of the Seoul list has both (EPSG:5186 and WGS-84).
        check("EPSG:5186", 200_000.0, 600_000.0, 127.0, 38.0);
        // The central meridian of UTM zone 30 at the equator, by definition.
        check("urn:ogc:def:crs:EPSG::25830", 500_000.0, 0.0, -3.0, 0.0);
        check("EPSG:4490", 121.5, 31.2, 121.5, 31.2);
        check("urn:ogc:def:crs:OGC:1.3:CRS84", 121.5, 31.2, 121.5, 31.2);
    }

    #[test]
    fn an_unknown_number_is_refused() {
        assert!("EPSG:1".parse::<ReferenceSystem>().is_err());
        assert!("mars".parse::<ReferenceSystem>().is_err());
    }
}
