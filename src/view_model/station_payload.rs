//! A station as JSON for the embedding page (`docs/embedding.md`).

use crate::domain::datum::Gcj02;
use crate::domain::decimal::fixed;

use super::hero::{own_map, way_in};
use super::json::{Value, object};
use super::screen_input::ScreenInput;

/// The station with this id as JSON: name and address, position on WGS-84 and on GCJ-02 in
/// degrees, map link, and the fragment of its page. It does not contain the rider's position.
/// None if there is no such station.
#[must_use]
pub fn station_json(input: &ScreenInput<'_>, id: &str) -> Option<String> {
    let station = input
        .dataset()?
        .stations
        .iter()
        .find(|station| station.id == id)?;
    let page = input.address.with_station(id).to_share().to_fragment();
    let mut pairs = vec![
        ("id", Value::Text(id)),
        ("name", Value::Text(&station.name)),
        ("address", Value::Text(&station.address)),
        ("phone", Value::Text(&station.phone)),
        ("page", Value::Text(&page)),
    ];
    let (Some(position), Some(map)) = (station.position, way_in(input, station, own_map(input)))
    else {
        return Some(object(&pairs));
    };
    let degrees = |value| fixed(value, 6);
    let (lon, lat) = (degrees(position.lon()), degrees(position.lat()));
    let shifted: Gcj02 = position.into();
    let gcj02 = object(&[
        ("lon", Value::Raw(&degrees(shifted.lon))),
        ("lat", Value::Raw(&degrees(shifted.lat))),
    ]);
    pairs.extend([
        ("lon", Value::Raw(lon.as_str())),
        ("lat", Value::Raw(lat.as_str())),
        ("crs", Value::Text("wgs84")),
        ("gcj02", Value::Raw(&gcj02)),
        ("map", Value::Text(&map)),
    ]);
    Some(object(&pairs))
}
