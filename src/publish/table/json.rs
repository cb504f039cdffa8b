//! A JSON list at any depth, and GeoJSON.

use geo::{InteriorPoint as _, LineString, MultiLineString, MultiPolygon, Polygon};
use serde_json::Value;

use super::{Table, TableRow};
use crate::publish::issue::Problem;

/// The columns in which a GeoJSON geometry's point stands.
const GEOMETRY_X: &str = "geometry.x";
/// North, or latitude.
const GEOMETRY_Y: &str = "geometry.y";

/// The list of objects at `json_path`, or else the longest one anywhere. Keys
/// of nested objects are joined with a dot.
pub(super) fn read(text: &str, json_path: Option<&str>) -> Result<Table, Problem> {
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(cause) => lines(text).ok_or_else(|| Problem::JsonBroken(cause.to_string()))?,
    };
    if let Some(features) = value.get("features").and_then(Value::as_array) {
        let declared = value["crs"]["properties"]["name"].as_str();
        let mut table = read_features(features)?;
        // RFC 7946 knows no other system than WGS-84; older files name theirs.
        table.crs = Some(declared.unwrap_or("CRS84").to_owned());
        return Ok(table);
    }
    let entries = match json_path {
        Some(path) => {
            let pointer = format!("/{}", path.replace('.', "/"));
            value.pointer(&pointer).and_then(Value::as_array)
        }
        None => longest_list(&value),
    };
    rows_of(
        entries
            .filter(|list| !list.is_empty())
            .ok_or(Problem::NotATable)?,
    )
}

/// An object a line, as programs log them.
fn lines(text: &str) -> Option<Value> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let values: Option<Vec<Value>> = lines.map(|line| serde_json::from_str(line).ok()).collect();
    values.map(Value::Array)
}

fn rows_of(entries: &[Value]) -> Result<Table, Problem> {
    if entries.is_empty() {
        return Err(Problem::Empty);
    }
    if entries.iter().all(Value::is_array) {
        return Ok(rows_of_lists(entries));
    }
    let mut headings: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let mut cells = vec![String::new(); headings.len()];
        flatten(entry, "", &mut |key, text| {
            let column = headings
                .iter()
                .position(|known| known == key)
                .unwrap_or_else(|| {
                    headings.push(key.to_owned());
                    cells.push(String::new());
                    headings.len() - 1
                });
            cells[column] = text;
        });
        rows.push(TableRow {
            number: index + 1,
            cells,
        });
    }
    rows.insert(
        0,
        TableRow {
            number: 0,
            cells: headings,
        },
    );
    Ok(Table {
        rows,
        ..Table::default()
    })
}

/// Lists in a list: a table with its heading in the first.
fn rows_of_lists(entries: &[Value]) -> Table {
    let rows = entries.iter().enumerate().map(|(index, entry)| TableRow {
        number: index + 1,
        cells: entry
            .as_array()
            .into_iter()
            .flatten()
            .map(|cell| plain(cell).unwrap_or_default())
            .collect(),
    });
    Table {
        rows: rows.collect(),
        ..Table::default()
    }
}

/// GeoJSON: the properties and a point. Of anything but one point a point is
/// taken that lies on it or inside, and that is reported.
fn read_features(features: &[Value]) -> Result<Table, Problem> {
    let mut problems = Vec::new();
    let entries: Vec<Value> = features
        .iter()
        .enumerate()
        .map(|(index, feature)| {
            let mut entry = feature["properties"]
                .as_object()
                .cloned()
                .unwrap_or_default();
            if let (Some(id), None) = (feature.get("id"), entry.get("id")) {
                entry.insert("id".to_owned(), id.clone());
            }
            let geometry = &feature["geometry"];
            if let Some((x, y)) = point_of(geometry) {
                // The geometry's own keys, which no property can shadow.
                entry.insert(GEOMETRY_X.to_owned(), x.into());
                entry.insert(GEOMETRY_Y.to_owned(), y.into());
                let kind = geometry["type"].as_str().unwrap_or_default();
                let is_one =
                    kind == "Point" || kind == "MultiPoint" && geometry["coordinates"][1].is_null();
                if !is_one {
                    problems.push((index + 1, Problem::PositionReduced(kind.to_owned())));
                }
            }
            Value::Object(entry)
        })
        .collect();
    let mut table = rows_of(&entries)?;
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
    let point = match geometry["type"].as_str()? {
        "Point" => return pair(coordinates),
        "MultiPoint" => return pair(&coordinates[0]),
        "LineString" => LineString::from(line(coordinates)).interior_point()?,
        "MultiLineString" => {
            MultiLineString::new(parts().map(|part| LineString::from(line(part))).collect())
                .interior_point()?
        }
        "Polygon" => polygon(coordinates).interior_point()?,
        "MultiPolygon" => MultiPolygon::new(parts().map(polygon).collect()).interior_point()?,
        _ => return None,
    };
    (point.x().is_finite() && point.y().is_finite()).then(|| (point.x(), point.y()))
}

fn longest_list(value: &Value) -> Option<&Vec<Value>> {
    let inner: Option<&Vec<Value>> = match value {
        Value::Array(list) if !list.is_empty() && list.iter().all(is_entry) => return Some(list),
        Value::Array(list) => list
            .iter()
            .filter_map(longest_list)
            .max_by_key(|list| list.len()),
        Value::Object(map) => map
            .values()
            .filter_map(longest_list)
            .max_by_key(|list| list.len()),
        _ => None,
    };
    inner
}

/// An object, or a list of plain cells.
fn is_entry(value: &Value) -> bool {
    let is_row = |list: &Vec<Value>| {
        list.len() > 1
            && list
                .iter()
                .all(|cell| plain(cell).is_some() || cell.is_null())
    };
    value.is_object() || value.as_array().is_some_and(is_row)
}

fn flatten(value: &Value, prefix: &str, put: &mut impl FnMut(&str, String)) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let key = if prefix.is_empty() {
                    key.clone()
                } else {
                    format!("{prefix}.{key}")
                };
                flatten(inner, &key, put);
            }
        }
        Value::Array(list) => {
            let words: Vec<String> = list.iter().filter_map(plain).collect();
            put(prefix, words.join("、"));
        }
        other => put(prefix, plain(other).unwrap_or_default()),
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(if *flag { "是" } else { "否" }.to_owned()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_found_at_any_depth() {
        let table = read(
            r#"{"total": 1, "data": {"items": [{"name": "甲", "location": {"lat": 31.5, "lng": 121}}]}}"#,
            None,
        )
        .expect("a list");
        assert_eq!(
            table.rows[0].cells,
            ["location.lat", "location.lng", "name"]
        );
        assert_eq!(table.rows[1].cells, ["31.5", "121", "甲"]);
    }

    #[test]
    fn lists_in_a_list_and_objects_in_lines_are_tables_too() {
        let lists = read(r#"[["名称", "地址"], ["甲", "一路1号"]]"#, None).expect("a table");
        assert_eq!(lists.rows[1].cells, ["甲", "一路1号"]);
        let lines = read("{\"name\": \"甲\"}\n{\"name\": \"乙\"}\n", None).expect("a table");
        assert_eq!(lines.rows.len(), 3);
    }

    #[test]
    fn a_polygon_gives_a_point_inside_and_says_so() {
        let table = read(
            r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
                "properties": {"name": "人民公园"},
                "geometry": {"type": "Polygon", "coordinates":
                    [[[121.46, 31.22], [121.48, 31.22], [121.48, 31.24], [121.46, 31.24], [121.46, 31.22]]]}}]}"#,
            None,
        )
        .expect("a list");
        assert_eq!(
            table.problems,
            [(1, Problem::PositionReduced("Polygon".to_owned()))]
        );
        let cell = |heading: &str| {
            let column = table.rows[0].cells.iter().position(|cell| cell == heading);
            let text = &table.rows[1].cells[column.expect("the column")];
            text.parse::<f64>().expect("a number")
        };
        assert!((121.46..121.48).contains(&cell(GEOMETRY_X)));
        assert!((31.22..31.24).contains(&cell(GEOMETRY_Y)));
    }

    #[test]
    fn what_holds_no_list_is_refused() {
        assert_eq!(read("{\"a\": 1}", None), Err(Problem::NotATable));
        assert!(matches!(
            read("[{\"a\": ", None),
            Err(Problem::JsonBroken(_))
        ));
    }
}
