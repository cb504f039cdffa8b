//! Links to map apps. They take GCJ-02 and are told the destination only.

use crate::domain::datum::Gcj02;
use crate::domain::decimal::fixed;
use crate::domain::position::LonLat;

use super::address::encode;

/// Longer names are cut: links have limits, and nobody reads the rest.
const NAME_CHARS: usize = 40;

/// Opens a ride to `destination` in AMap, which wants `lon,lat,name` on GCJ-02
/// (AMap URI API, /navigation, as of 2025-03).
#[must_use]
pub fn amap_ride(destination: LonLat, name: &str) -> String {
    let Gcj02 { lon, lat } = destination.into();
    // A comma would end the name.
    let name: String = name
        .chars()
        .take(NAME_CHARS)
        .collect::<String>()
        .replace(',', "，");
    format!(
        "https://uri.amap.com/navigation?to={},{},{}&mode=ride&src=yizhan&callnative=1",
        fixed(lon, 6),
        fixed(lat, 6),
        encode(&name).replace('/', "%2F")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_destination_is_on_gcj02_and_the_name_cannot_break_out() {
        let people_square = LonLat::new(121.4737, 31.2304).expect("on Earth");
        assert_eq!(
            amap_ride(people_square, "A&B,驿站?"),
            "https://uri.amap.com/navigation?to=121.478223,31.228458,\
             A%26B%EF%BC%8C%E9%A9%BF%E7%AB%99%3F&mode=ride&src=yizhan&callnative=1"
        );
    }
}
