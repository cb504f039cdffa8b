//! Reads GeoJSON features anywhere in a file, and Esri's features.

use std::borrow::Cow;

use geo::{InteriorPoint as _, LineString, MultiLineString, MultiPolygon, Polygon};
use serde_json::Value;

use super::{Table, json};
use crate::publish::issue::Problem;

/// The column of the longitude, or east, of a geometry's point.
const GEOMETRY_X: &str = "geometry.x";
/// Latitude, or north.
const GEOMETRY_Y: &str = "geometry.y";

/// The features of a value that is a collection, a list or one of them, and the coordinate system
/// that it names.
pub(super) fn features(value: &Value) -> Option<(Vec<&Value>, Option<String>)> {
    let is_feature = |value: &Value| value["type"] == "Feature" && value.get("geometry").is_some();
    // Esri: {"spatialReference": {"wkid": 4326}, "features": [{"attributes": …, "geometry": {"x": …}}]}
    let is_esri = |value: &Value| value.get("attributes").is_some_and(Value::is_object);
    match value {
        // Metadata may be among them.
        Value::Array(list)
            if list.iter().filter(|one| is_feature(one)).count() * 2 > list.len() =>
        {
            Some((list.iter().filter(|one| is_feature(one)).collect(), None))
        }
        // Collections one after the other, as lines or as a sequence.
        Value::Array(list)
            if !list.is_empty() && list.iter().all(|one| one["features"].is_array()) =>
        {
            let crs = list.iter().find_map(declared);
            let inner = list.iter().filter_map(features);
            Some((inner.flat_map(|(features, _)| features).collect(), crs))
        }
        Value::Object(map) => {
            if let Some(list) = map.get("features").and_then(Value::as_array)
                && (value["type"] == "FeatureCollection"
                    || !list.is_empty() && list.iter().all(|one| is_feature(one) || is_esri(one)))
            {
                return Some((list.iter().collect(), declared(value)));
            }
            is_feature(value).then(|| (vec![value], None))
        }
        _ => None,
    }
}

fn declared(collection: &Value) -> Option<String> {
    let name = collection["crs"]["properties"]["name"].as_str();
    let code = ["latestWkid", "wkid"]
        .iter()
        .find_map(|key| collection["spatialReference"][key].as_u64());
    name.map(str::to_owned)
        .or(code.map(|code| format!("EPSG:{}", if code == 102_100 { 3857 } else { code })))
}

/// The properties and one point of each feature. Any geometry but a single point is reduced to a
/// point on it or inside it, which is reported.
pub(super) fn read(features: &[&Value]) -> Result<Table, Problem> {
    if features.is_empty() {
        return Err(Problem::Empty);
    }
    let mut problems = Vec::new();
    let entries: Vec<Value> = features
        .iter()
        .enumerate()
        .map(|(index, feature)| {
            let properties = feature["properties"].as_object();
            let mut entry = properties
                .or(feature["attributes"].as_object())
                .cloned()
                .unwrap_or_default();
            if let (Some(id), None) = (feature.get("id"), entry.get("id")) {
                entry.insert("id".to_owned(), id.clone());
            }
            let geometry = &feature["geometry"];
            if let Some((x, y)) = point_of(geometry) {
                // Keys that no property can shadow.
                entry.insert(GEOMETRY_X.to_owned(), x.into());
                entry.insert(GEOMETRY_Y.to_owned(), y.into());
                let kind = geometry["type"].as_str().unwrap_or("Point");
                let is_one =
                    kind == "Point" || kind == "MultiPoint" && geometry["coordinates"][1].is_null();
                if !is_one {
                    problems.push((index + 1, Problem::PositionReduced(kind.to_owned())));
                }
            }
            Value::Object(entry)
        })
        .collect();
    let mut table = json::rows_of(entries.iter().map(Cow::Borrowed).enumerate());
    table.problems = problems;
    Ok(table)
}

/// A point on a geometry, or inside it.
fn point_of(geometry: &Value) -> Option<(f64, f64)> {
    let pair = |value: &Value| Some((value[0].as_f64()?, value[1].as_f64()?));
    let line = |value: &Value| -> Vec<(f64, f64)> {
        value
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(pair)
            .collect()
    };
    let polygon = |value: &Value| {
        let mut rings = value.as_array().into_iter().flatten().map(line);
        let outer = LineString::from(rings.next().unwrap_or_default());
        Polygon::new(outer, rings.map(LineString::from).collect())
    };
    let coordinates = &geometry["coordinates"];
    let parts = || coordinates.as_array().into_iter().flatten();
    let point = match geometry["type"].as_str() {
        // Esri's points.
        None => return Some((geometry["x"].as_f64()?, geometry["y"].as_f64()?)),
        Some("Point") => return pair(coordinates),
        Some("MultiPoint") => return pair(&coordinates[0]),
        Some("LineString") => LineString::from(line(coordinates)).interior_point()?,
        Some("MultiLineString") => {
            MultiLineString::new(parts().map(|part| LineString::from(line(part))).collect())
                .interior_point()?
        }
        Some("Polygon") => polygon(coordinates).interior_point()?,
        Some("MultiPolygon") => {
            MultiPolygon::new(parts().map(polygon).collect()).interior_point()?
        }
        Some("GeometryCollection") => {
            return geometry["geometries"].as_array()?.iter().find_map(point_of);
        }
        Some(_) => return None,
    };
    (point.x().is_finite() && point.y().is_finite()).then(|| (point.x(), point.y()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Table {
        let mut tables = json::read(text, None).expect("features");
        assert_eq!(tables.len(), 1);
        tables.remove(0)
    }

    fn cell(table: &Table, row: usize, heading: &str) -> f64 {
        let column = table.rows[0].cells.iter().position(|cell| cell == heading);
        let text = &table.rows[row].cells[column.expect("the column")];
        text.parse().expect("a number")
    }

    #[test]
    fn a_polygon_gives_a_point_inside_and_says_so() {
        let table = read_text(
            r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
                "properties": {"name": "人民公园"},
                "geometry": {"type": "Polygon", "coordinates":
                    [[[121.46, 31.22], [121.48, 31.22], [121.48, 31.24], [121.46, 31.24], [121.46, 31.22]]]}}]}"#,
        );
        assert_eq!(
            table.problems,
            [(1, Problem::PositionReduced("Polygon".to_owned()))]
        );
        assert!((121.46..121.48).contains(&cell(&table, 1, GEOMETRY_X)));
        assert!((31.22..31.24).contains(&cell(&table, 1, GEOMETRY_Y)));
    }

    #[test]
    fn features_are_longitude_first_wherever_they_stand() {
        let feature = r#"{"type": "Feature", "properties": {"name": "甲"}, "geometry": {"type": "Point", "coordinates": [-79.5, 43.5]}}"#;
        let collection = format!(r#"{{"type": "FeatureCollection", "features": [{feature}]}}"#);
        for text in [
            feature.to_owned(),
            format!("[{feature}, {feature}]"),
            format!("{feature}\n{feature}\n"),
            format!("\u{1e}{feature}\n\u{1e}{feature}\n"),
            format!("\u{1e}{collection}\n\u{1e}{collection}\n"),
            collection.clone(),
            format!(r#"{{"ok": true, "result": {{"stations": {collection}}}}}"#),
        ] {
            let table = read_text(&text);
            assert!(table.rows.len() >= 2, "{text}");
            for row in 1..table.rows.len() {
                assert!(
                    (cell(&table, row, GEOMETRY_X) + 79.5).abs() < 1e-9,
                    "{text}"
                );
                assert!(
                    (cell(&table, row, GEOMETRY_Y) - 43.5).abs() < 1e-9,
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn esris_features_say_their_system() {
        let table = read_text(
            r#"{"spatialReference": {"wkid": 102100}, "features": [{"attributes": {"NAME": "甲"}, "geometry": {"x": 1.5, "y": 2.5}}]}"#,
        );
        assert_eq!(table.crs.as_deref(), Some("EPSG:3857"));
        assert!((cell(&table, 1, GEOMETRY_X) - 1.5).abs() < 1e-9);
    }
}
