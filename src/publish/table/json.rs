//! Finds the lists of stations in a JSON file, at any depth.

use std::borrow::Cow;

use serde_json::Value;

use super::{Table, TableRow, geojson};
use crate::publish::columns::{are_those_of_one_place, could_list_stations};
use crate::publish::issue::Problem;

/// Stands before each text of a JSON text sequence (RFC 7464, RFC 8142).
pub(super) const RECORD_SEPARATOR: char = '\u{1e}';

/// Every list of the file that could be one of stations, or the one at `json_path`. Keys of
/// nested objects are joined with a dot.
pub(super) fn read(text: &str, json_path: Option<&str>) -> Result<Vec<Table>, Problem> {
    let value = parse(text)?;
    refuse_quantised(&value)?;
    let mut found = Vec::new();
    if let Some(path) = json_path {
        let pointer = format!("/{}", path.replace('.', "/"));
        let value = value.pointer(&pointer).ok_or(Problem::NotATable)?;
        let list = list_of(value, None).ok_or(Problem::NotATable)?;
        found.push((path.to_owned(), list));
    } else {
        collect_lists(&value, None, "", &mut found);
    }
    let mut tables = Vec::new();
    let mut others = Vec::new();
    for (path, list) in found {
        if json_path.is_none() && !list.could_list_stations() {
            others.push((path, list));
            continue;
        }
        let mut table = list.table()?;
        table.sheet = (!path.is_empty()).then_some(path);
        tables.push(table);
    }
    if tables.is_empty() {
        // The longest list is read all the same, so that its faults are reported.
        others.sort_by_key(|(_, list)| list.len());
        let (_, longest) = others.pop().ok_or(Problem::NotATable)?;
        return Ok(vec![longest.table()?]);
    }
    let skipped = others.into_iter().filter(|(path, _)| !path.is_empty());
    tables[0].problems.extend(skipped.map(|(path, _)| {
        let problem = Problem::SheetSkipped {
            sheet: path,
            is_hidden: false,
        };
        (0, problem)
    }));
    Ok(tables)
}

/// One value, a value a line, or a sequence of values.
fn parse(text: &str) -> Result<Value, Problem> {
    let whole = if text.contains(RECORD_SEPARATOR) {
        let texts = text
            .split(RECORD_SEPARATOR)
            .filter(|text| !text.trim().is_empty());
        texts
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()
            .map(Value::Array)
    } else {
        serde_json::from_str(text)
    };
    whole.or_else(|cause| {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let values: Result<Vec<Value>, _> = lines.map(serde_json::from_str).collect();
        values
            .map(Value::Array)
            .map_err(|_| Problem::JsonBroken(cause.to_string()))
    })
}

/// Rejects `TopoJSON` and similar formats, which count steps of a grid instead of degrees.
fn refuse_quantised(value: &Value) -> Result<(), Problem> {
    let is_topology = value["type"] == "Topology";
    let is_quantised = value["transform"]["scale"].is_array();
    if is_topology || is_quantised {
        return Err(Problem::Quantised);
    }
    Ok(())
}

/// A list in the file.
enum List<'a> {
    /// Objects, with their keys if they are the values of an object.
    Objects(Vec<(Option<&'a str>, &'a Value)>),
    /// Rows of plain cells, with names of their columns from elsewhere in the file.
    Rows(&'a [Value], Option<Vec<String>>),
    /// Features, and the coordinate system that the file names.
    Features(Vec<&'a Value>, Option<String>),
}

impl List<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Objects(entries) => entries.len(),
            Self::Rows(rows, _) => rows.len(),
            Self::Features(features, _) => features.len(),
        }
    }

    fn could_list_stations(&self) -> bool {
        match self {
            Self::Objects(entries) => {
                let mut headings = Vec::new();
                for (_, entry) in entries.iter().take(SAMPLE) {
                    flatten(entry, "", &mut |key, _| headings.push(key.to_owned()));
                }
                headings.sort_unstable();
                headings.dedup();
                could_list_stations(headings)
            }
            Self::Rows(_, Some(headings)) => could_list_stations(headings.clone()),
            Self::Rows(rows, None) => rows
                .iter()
                .take(SAMPLE)
                .any(|row| could_list_stations(cells(row))),
            Self::Features(..) => true,
        }
    }

    /// Districts with their stations inside: the inner lists are the ones of stations.
    fn holds_stations(&self) -> bool {
        let Self::Objects(entries) = self else {
            return false;
        };
        // Stations may list places nearby, but a district has no address and no hours.
        let says_more = |entry: &Value| {
            let mut headings = Vec::new();
            flatten(entry, "", &mut |key, _| headings.push(key.to_owned()));
            are_those_of_one_place(headings)
        };
        let mut inner = entries.iter().take(SAMPLE).map(|(_, entry)| *entry);
        if inner.clone().any(says_more) {
            return false;
        }
        let inner = inner.by_ref().filter_map(Value::as_object);
        inner.flat_map(|entry| entry.values()).any(|value| {
            let is_list = value
                .as_array()
                .is_some_and(|list| list.iter().all(Value::is_object));
            is_list && list_of(value, None).is_some_and(|list| list.lists_places())
        })
    }

    /// Whether entries have a name and a place, and not just a name and a number.
    fn lists_places(&self) -> bool {
        let Self::Objects(entries) = self else {
            return false;
        };
        entries
            .iter()
            .take(SAMPLE)
            .any(|(_, entry)| is_place(entry))
    }

    fn table(self) -> Result<Table, Problem> {
        match self {
            Self::Objects(entries) => {
                let places = entries.iter().filter(|(_, entry)| is_place(entry)).count();
                let are_places = places * 3 >= entries.len() * 2;
                let mut skipped = Vec::new();
                let entries: Vec<_> = entries
                    .into_iter()
                    .enumerate()
                    .filter(|(index, (key, entry))| {
                        // Metadata among stations: an entry without a place where all others
                        // have one.
                        let is_meta = is_metadata(entry)
                            || key.is_some_and(|key| {
                                ["meta", "metadata", "info", "header"].contains(&key)
                            });
                        let is_station = !are_places
                            || !is_meta
                            || is_place(entry) && entry.get("@type").is_none() && key.is_none();
                        if !is_station {
                            let text = entry["name"].as_str().unwrap_or("{…}").to_owned();
                            skipped.push((index + 1, Problem::NotAStation(text)));
                        }
                        is_station
                    })
                    .collect();
                let mut table = rows_of(entries.into_iter().map(|(index, (key, entry))| {
                    let has_id = key.is_none() || entry.get("id").is_some();
                    match (key, entry.as_object()) {
                        (Some(key), Some(object)) if !has_id => {
                            let mut object = object.clone();
                            object.insert("id".to_owned(), key.into());
                            (index, Cow::Owned(Value::Object(object)))
                        }
                        _ => (index, Cow::Borrowed(entry)),
                    }
                }));
                table.problems = skipped;
                Ok(table)
            }
            Self::Rows(rows, headings) => Ok(rows_of_lists(rows, headings)),
            Self::Features(features, crs) => {
                let mut table = geojson::read(&features)?;
                table.crs = crs.or(table.crs);
                Ok(table)
            }
        }
    }
}

/// Whether an entry has a name and says where it is, or when it is open.
fn is_place(entry: &Value) -> bool {
    let mut headings = Vec::new();
    flatten(entry, "", &mut |key, text| {
        if !text.is_empty() {
            headings.push(key.to_owned());
        }
    });
    could_list_stations(headings)
}

/// Whether an entry says itself that it is something else.
fn is_metadata(entry: &Value) -> bool {
    let kinds = [&entry["type"], &entry["@type"]];
    let is_other = |kind: &&Value| {
        ["meta", "metadata", "Organization", "Person", "WebSite"]
            .iter()
            .any(|word| **kind == *word)
    };
    kinds.iter().any(is_other) || entry.as_object().is_some_and(|entry| entry.len() <= 2)
}

/// The number of entries that are examined to tell what a list is about.
const SAMPLE: usize = 20;

/// Collects the lists in a value. Lists inside the entries of a list belong to the entries:
/// staff, telephone numbers, opening days.
fn collect_lists<'a>(
    value: &'a Value,
    parent: Option<&'a Value>,
    path: &str,
    found: &mut Vec<(String, List<'a>)>,
) {
    if let Some(list) = list_of(value, parent) {
        let could = list.could_list_stations();
        let holds_lists_of_them = could && list.holds_stations();
        if !holds_lists_of_them {
            found.push((path.to_owned(), list));
            if could {
                return;
            }
        }
    }
    let join = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}.{key}")
        }
    };
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                collect_lists(inner, Some(value), &join(key), found);
            }
        }
        Value::Array(list) => {
            for (index, inner) in list.iter().enumerate() {
                // Rows of cells hold no lists.
                if inner.is_object() || inner.is_array() {
                    collect_lists(inner, Some(value), &join(&index.to_string()), found);
                }
            }
        }
        _ => {}
    }
}

/// The value as a list, if it is one.
fn list_of<'a>(value: &'a Value, parent: Option<&'a Value>) -> Option<List<'a>> {
    if let Some((features, crs)) = geojson::features(value) {
        return Some(List::Features(features, crs));
    }
    match value {
        Value::Array(list) if !list.is_empty() && list.iter().all(Value::is_object) => Some(
            List::Objects(list.iter().map(|entry| (None, entry)).collect()),
        ),
        Value::Array(list) if list.len() > 1 && list.iter().all(is_row) => {
            let width = list.iter().filter_map(Value::as_array).map(Vec::len).max();
            let names = parent.and_then(|parent| column_names(parent, width.unwrap_or_default()));
            Some(List::Rows(list, names))
        }
        // Stations by their ids.
        Value::Object(map) if map.len() > 1 && map.values().all(Value::is_object) => {
            let entries = map.iter().map(|(key, entry)| (Some(key.as_str()), entry));
            Some(List::Objects(entries.collect()))
        }
        _ => None,
    }
}

/// The names of a table's columns where the file lists them apart, as Socrata's exports do:
/// objects with a name, as many as a row has cells.
fn column_names(file: &Value, width: usize) -> Option<Vec<String>> {
    match file {
        Value::Array(columns) if columns.len() == width => columns
            .iter()
            .map(|column| column.get("name")?.as_str().map(str::to_owned))
            .collect(),
        Value::Object(map) => map.values().find_map(|inner| column_names(inner, width)),
        _ => None,
    }
}

/// Rows of cells without a list or object in them; Socrata puts both in metadata columns.
fn is_row(value: &Value) -> bool {
    value.as_array().is_some_and(|row| row.len() > 1)
}

/// A table of objects, each with its place in the list.
pub(super) fn rows_of<'a>(entries: impl Iterator<Item = (usize, Cow<'a, Value>)>) -> Table {
    let mut headings: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for (index, entry) in entries {
        let mut cells = vec![String::new(); headings.len()];
        flatten(&entry, "", &mut |key, text| {
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
        rows.push(TableRow::new(index + 1, cells));
    }
    rows.insert(0, TableRow::new(0, headings));
    Table {
        rows,
        ..Table::default()
    }
}

/// Lists in a list: a table with its heading in the first list, unless the file gives it
/// elsewhere.
fn rows_of_lists(rows: &[Value], headings: Option<Vec<String>>) -> Table {
    let heading = headings.map(|headings| TableRow::new(0, headings));
    let rows = rows.iter().enumerate();
    let rows = rows.map(|(index, row)| TableRow::new(index + 1, cells(row)));
    Table {
        rows: heading.into_iter().chain(rows).collect(),
        ..Table::default()
    }
}

fn cells(row: &Value) -> Vec<String> {
    let cells = row.as_array().into_iter().flatten();
    cells.map(|cell| plain(cell).unwrap_or_default()).collect()
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
            let text = if words.len() == list.len() {
                words.join("、")
            } else {
                // Objects in the entry are not read; the placeholder makes the column visible in
                // the report.
                "[…]".to_owned()
            };
            put(prefix, text);
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

    fn one(text: &str) -> Table {
        let mut tables = read(text, None).expect("a list");
        assert_eq!(tables.len(), 1, "{tables:?}");
        tables.remove(0)
    }

    #[test]
    fn the_list_is_found_at_any_depth() {
        let table = one(
            r#"{"total": 1, "data": {"items": [{"name": "甲", "location": {"lat": 31.5, "lng": 121}}]}}"#,
        );
        assert_eq!(
            table.rows[0].cells,
            ["location.lat", "location.lng", "name"]
        );
        assert_eq!(table.rows[1].cells, ["31.5", "121", "甲"]);
        assert_eq!(table.sheet.as_deref(), Some("data.items"));
    }

    #[test]
    fn lists_in_a_list_and_objects_in_lines_are_tables_too() {
        let lists = one(r#"[["名称", "地址"], ["甲", "一路1号"]]"#);
        assert_eq!(lists.rows[1].cells, ["甲", "一路1号"]);
        let lines =
            one("{\"name\": \"甲\", \"address\": \"1\"}\n{\"name\": \"乙\", \"address\": \"2\"}\n");
        assert_eq!(lines.rows.len(), 3);
    }

    #[test]
    fn staff_columns_and_metadata_are_no_stations_and_several_lists_are_all_read() {
        let text = r#"{
            "meta": {"columns": [{"name": "Site", "id": 1}, {"name": "Address", "id": 2}, {"name": "x", "id": 3}]},
            "libraries": [{"name": "甲", "address": "1", "staff": [{"name": "某", "phone": "1"}, {"name": "某", "phone": "2"}]}],
            "rooms": {"a": {"name": "乙", "lat": 31, "lon": 121}, "b": {"name": "丙", "lat": 31, "lon": 121}}
        }"#;
        let tables = read(text, None).expect("lists");
        let names: Vec<Option<&str>> = tables.iter().map(|table| table.sheet.as_deref()).collect();
        assert_eq!(names, [Some("libraries"), Some("rooms")]);
        assert_eq!(tables[1].rows.len(), 3);
        assert!(tables[0].rows[0].cells.contains(&"staff".to_owned()));
        let skipped = Problem::SheetSkipped {
            sheet: "meta.columns".to_owned(),
            is_hidden: false,
        };
        assert_eq!(tables[0].problems, [(0, skipped)]);
    }

    #[test]
    fn names_of_columns_may_stand_apart_from_the_rows() {
        let table = one(
            r#"{"meta": {"view": {"columns": [{"name": "sid"}, {"name": "Site Name"}, {"name": "Address"}]}},
                "data": [["r1", "甲", "1"], ["r2", "乙", "2"]]}"#,
        );
        assert_eq!(table.rows[0].cells, ["sid", "Site Name", "Address"]);
        assert_eq!((table.rows[1].number, table.rows.len()), (1, 3));
    }

    #[test]
    fn steps_of_a_grid_are_no_degrees() {
        let text = r#"{"type": "Topology", "transform": {"scale": [1, 1], "translate": [0, 0]}, "objects": {}}"#;
        assert_eq!(read(text, None), Err(Problem::Quantised));
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
