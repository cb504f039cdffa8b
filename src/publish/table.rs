//! Reads a sheet as rows of text: a workbook, CSV with any usual separator and
//! encoding, or a JSON list at any depth.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};

use serde_json::Value;

use super::issue::Problem;

/// A sheet as text.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<TableRow>,
}

/// A row as a spreadsheet counts it, or an entry of a JSON list.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct TableRow {
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
}

/// Reads a file, by its content rather than by its name. A workbook gives a
/// table for each of its sheets, or for the one that is asked for.
pub(super) fn read(
    path: &Path,
    sheet: Option<&str>,
    json_path: Option<&str>,
) -> Result<Vec<Table>, Problem> {
    let bytes = std::fs::read(path).map_err(|error| Problem::Unreadable(error.to_string()))?;
    if bytes.starts_with(b"PK\x03\x04") {
        return read_workbook(bytes, sheet);
    }
    let text = decode(&bytes)?;
    if text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    match text.trim_start().chars().next() {
        Some('{' | '[') => Ok(vec![read_json(&text, json_path)?]),
        Some('<') => Err(Problem::NotATable),
        _ => Ok(vec![read_csv(&text)?]),
    }
}

fn read_workbook(bytes: Vec<u8>, sheet: Option<&str>) -> Result<Vec<Table>, Problem> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Problem::NotATable)?;
    let mut names = workbook.sheet_names();
    if let Some(wanted) = sheet {
        names.retain(|name| name == wanted);
        if names.is_empty() {
            return Err(Problem::SheetMissing(wanted.to_owned()));
        }
    }
    let mut tables = Vec::new();
    for name in names {
        let range = workbook
            .worksheet_range(&name)
            .map_err(|_| Problem::NotATable)?;
        // A used range may begin below or to the right of the first cell.
        let (first_row, first_column) = range.start().unwrap_or_default();
        let before = vec![String::new(); usize::try_from(first_column).unwrap_or_default()];
        let rows = range.rows().enumerate().map(|(index, cells)| TableRow {
            number: usize::try_from(first_row).unwrap_or_default() + index + 1,
            cells: before
                .iter()
                .cloned()
                .chain(cells.iter().map(cell_text))
                .collect(),
        });
        tables.push(Table {
            rows: rows.collect(),
        });
    }
    if tables.iter().all(|table| table.rows.is_empty()) {
        return Err(Problem::Empty);
    }
    Ok(tables)
}

/// A cell as its reader sees it. Telephone numbers and ids that a spreadsheet
/// keeps as numbers come without a fraction, dates as 2026-08-30, times as 8:30.
fn cell_text(cell: &Data) -> String {
    match cell {
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
            match (time.as_f64() < 1.0, hour, minute) {
                (true, ..) => format!("{hour}:{minute:02}"),
                (false, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                (false, ..) => format!("{year:04}-{month:02}-{day:02} {hour}:{minute:02}"),
            }
        }
        other => other.to_string(),
    }
}

/// The text of a file: UTF-8 or UTF-16 with a byte order mark, UTF-8 without,
/// or GB18030, which Chinese spreadsheets write.
fn decode(bytes: &[u8]) -> Result<String, Problem> {
    if let Some((encoding, skipped)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[skipped..]);
        return Ok(text.into_owned());
    }
    // Binary files (workbooks, pictures) are full of zeros or hardly text.
    if bytes.split(|byte| *byte == 0).count() * 100 > bytes.len() + 100 {
        return Err(Problem::NotATable);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let (text, _, has_errors) = encoding_rs::GB18030.decode(bytes);
    if has_errors {
        Err(Problem::NotATable)
    } else {
        Ok(text.into_owned())
    }
}

fn read_csv(text: &str) -> Result<Table, Problem> {
    let sample: String = text.lines().take(20).collect();
    let separator = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|separator| sample.bytes().filter(|byte| byte == separator).count())
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    // The csv crate passes over blank lines, which a spreadsheet counts: so rows
    // are counted by line breaks in the text, less those inside cells.
    let (mut counted, mut breaks, mut breaks_inside) = (0, 0, 0);
    for record in reader.records() {
        let record = record.map_err(|_| Problem::NotATable)?;
        let begin = record.position().map_or(counted, |position| {
            usize::try_from(position.byte())
                .unwrap_or(usize::MAX)
                .min(text.len())
        });
        let blank = text.as_bytes()[begin..]
            .iter()
            .take_while(|b| b"\r\n".contains(b))
            .count();
        let start = begin + blank;
        breaks += text[counted..start].matches('\n').count();
        counted = start;
        let cells: Vec<String> = record.iter().map(str::to_owned).collect();
        rows.push(TableRow {
            number: 1 + breaks - breaks_inside,
            cells,
        });
        breaks_inside += record
            .iter()
            .map(|cell| cell.matches('\n').count())
            .sum::<usize>();
    }
    Ok(Table { rows })
}

/// The list of objects at `json_path`, or else the longest one anywhere. Keys
/// of nested objects are joined with a dot.
fn read_json(text: &str, json_path: Option<&str>) -> Result<Table, Problem> {
    let value: Value = serde_json::from_str(text).map_err(|_| Problem::NotATable)?;
    if let Some(features) = value.get("features").and_then(Value::as_array) {
        return read_features(features);
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

fn rows_of(entries: &[Value]) -> Result<Table, Problem> {
    if entries.is_empty() {
        return Err(Problem::Empty);
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
    Ok(Table { rows })
}

/// GeoJSON: the properties, and the point (or the only point of several).
fn read_features(features: &[Value]) -> Result<Table, Problem> {
    let entries: Vec<Value> = features
        .iter()
        .map(|feature| {
            let mut entry = feature["properties"]
                .as_object()
                .cloned()
                .unwrap_or_default();
            let geometry = &feature["geometry"];
            let point = match geometry["type"].as_str() {
                Some("Point") => Some(&geometry["coordinates"]),
                Some("MultiPoint") if geometry["coordinates"][1].is_null() => {
                    Some(&geometry["coordinates"][0])
                }
                _ => None,
            };
            if let Some(point) = point {
                entry.insert("longitude".to_owned(), point[0].clone());
                entry.insert("latitude".to_owned(), point[1].clone());
            }
            Value::Object(entry)
        })
        .collect();
    rows_of(&entries)
}

fn longest_list(value: &Value) -> Option<&Vec<Value>> {
    let inner: Option<&Vec<Value>> = match value {
        Value::Array(list) if list.iter().all(Value::is_object) => return Some(list),
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
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let table = read_csv("名称,地址\n甲,\"一楼\n东门\"\n\n乙,二楼\n").expect("a table");
        let numbers: Vec<usize> = table.rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 2, 4]);
    }

    #[test]
    fn a_sheet_saved_by_a_chinese_spreadsheet_is_read() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("名称,地址\n方泰菜场公厕,方锦路44号\n");
        assert!(decode(&bytes).is_ok_and(|text| text.contains("方泰菜场公厕")));
    }

    #[test]
    fn the_list_is_found_at_any_depth() {
        let table = read_json(
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
    fn what_is_no_table_is_refused() {
        assert_eq!(
            decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"),
            Err(Problem::NotATable)
        );
        assert_eq!(read_json("{\"a\": 1}", None), Err(Problem::NotATable));
    }
}
