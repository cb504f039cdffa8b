//! On what a sheet's coordinates stand: one of the three datums that Chinese
//! services use, or a national grid by its EPSG code.

use std::str::FromStr;

use proj4rs::Proj;

use crate::domain::datum::{Crs, UnknownCrs};
use crate::domain::position::LonLat;

/// Where the numbers of a sheet come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceSystem {
    /// Degrees, longitude and latitude.
    Datum(Crs),
    /// Whatever EPSG calls by this number, such as 25830 (UTM zone 30 N) or
    /// 4549 (CGCS2000, 3-degree Gauss-Krüger); x is east, y is north.
    Epsg(u16),
}

/// Degrees that are WGS-84, or within a metre of it: WGS 84, ETRS89, CGCS2000,
/// Korea 2000, JGD2011.
const AS_WGS84: [u16; 5] = [4326, 4258, 4490, 4737, 6668];

impl FromStr for ReferenceSystem {
    type Err = UnknownCrs;

    fn from_str(text: &str) -> Result<Self, UnknownCrs> {
        let lower = text.trim().to_lowercase();
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

impl ReferenceSystem {
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
