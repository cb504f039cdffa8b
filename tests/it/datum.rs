//! Datums against reference values of other projects.

use serde_json::Value;
use yizhan::domain::datum::Crs;
use yizhan::domain::position::LonLat;

fn cities() -> Vec<Value> {
    let text = std::fs::read_to_string("tests/it/cases/china_cities.json").expect("the cities");
    let json: Value = serde_json::from_str(&text).expect("JSON");
    match json {
        Value::Array(cities) => cities,
        Value::Object(map) => map.into_iter().map(|(_, city)| city).collect(),
        other => panic!("not a list of cities: {other}"),
    }
}

fn pair(city: &Value, crs: &str) -> (f64, f64) {
    let of = |index: usize| city["coords"][crs][index].as_f64().expect("a number");
    (of(0), of(1))
}

fn metres_between(one: (f64, f64), other: (f64, f64)) -> f64 {
    let at = |(lon, lat)| LonLat::new(lon, lat).expect("on Earth");
    at(one).distance_to(at(other)).0
}

#[test]
fn every_conversion_of_664_cities_is_within_a_metre() {
    let names = [
        ("WGS84", Crs::Wgs84),
        ("GCJ02", Crs::Gcj02),
        ("BD09", Crs::Bd09),
    ];
    let cities = cities();
    assert!(cities.len() > 600, "{} cities", cities.len());
    for city in &cities {
        for (from_name, from) in names {
            for (to_name, to) in names {
                let (lon, lat) = pair(city, from_name);
                let converted = to.from_wgs84(from.to_wgs84(lon, lat).expect("on Earth"));
                let off = metres_between(converted, pair(city, to_name));
                assert!(
                    off < 1.0,
                    "{from_name} to {to_name}: {off} m off at {lon}, {lat}"
                );
            }
        }
    }
}

#[test]
fn the_inverse_of_the_forward_is_within_five_centimetres() {
    for city in cities() {
        let (lon, lat) = pair(&city, "WGS84");
        let position = LonLat::new(lon, lat).expect("on Earth");
        for crs in [Crs::Gcj02, Crs::Bd09] {
            let (east, north) = crs.from_wgs84(position);
            let back = crs.to_wgs84(east, north).expect("on Earth");
            assert!(
                back.distance_to(position).0 < 0.05,
                "{crs:?} at {lon}, {lat}"
            );
        }
    }
}
