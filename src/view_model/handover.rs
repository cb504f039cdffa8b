//! A station as the page around this one receives it (docs/embedding.md).

use crate::domain::datum::Gcj02;
use crate::domain::decimal::fixed;

use super::json::{Value, object};
use super::screen::{Knowledge, Loaded, own_map, way_in};

/// The station of this id as JSON: what it is, where it is on WGS-84 and on GCJ-02
/// (degrees), the way there in the person's map app, and the fragment of its page.
/// Nothing of the person's own place. None if there is no such station.
#[must_use]
pub fn station_json(known: &Knowledge<'_>, id: &str) -> Option<String> {
    let Loaded::Ready(dataset) = known.data else {
        return None;
    };
    let station = dataset.stations.iter().find(|station| station.id == id)?;
    let page = known.address.with_station(id).to_share().to_fragment();
    let mut pairs = vec![
        ("id", Value::Text(id)),
        ("name", Value::Text(&station.name)),
        ("address", Value::Text(&station.address)),
        ("phone", Value::Text(&station.phone)),
        ("page", Value::Text(&page)),
    ];
    let (Some(position), Some(map)) = (station.position, way_in(known, station, own_map(known)))
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
