//! Which rows and columns a workbook hides; calamine reads the cells and does not say.

use std::collections::HashSet;
use std::io::{BufReader, Read as _, Seek};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// Rows as a spreadsheet counts, from 1, and columns from 0.
#[derive(Default)]
pub(super) struct Hidden {
    pub(super) rows: HashSet<usize>,
    pub(super) columns: Vec<usize>,
}

/// No spreadsheet has more columns.
const MOST_COLUMNS: usize = 16_384;

/// The hidden rows and columns of a sheet; none if the file does not say.
pub(super) fn of_sheet<F: std::io::Read + Seek>(file: F, name: &str) -> Hidden {
    ZipArchive::new(file)
        .ok()
        .and_then(|mut archive| {
            let part = part_of(&mut archive, name)?;
            let sheet = BufReader::new(archive.by_name(&part).ok()?);
            Some(read(Reader::from_reader(sheet)))
        })
        .unwrap_or_default()
}

/// The path of a sheet in the archive.
fn part_of<F: std::io::Read + Seek>(archive: &mut ZipArchive<F>, name: &str) -> Option<String> {
    let relation = find(&text(archive, "xl/workbook.xml")?, "sheet", |sheet| {
        (attribute(sheet, "name")? == name)
            .then(|| attribute(sheet, "id"))
            .flatten()
    })?;
    let relations = text(archive, "xl/_rels/workbook.xml.rels")?;
    let target = find(&relations, "Relationship", |one| {
        (attribute(one, "Id")? == relation)
            .then(|| attribute(one, "Target"))
            .flatten()
    })?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

fn text<F: std::io::Read + Seek>(archive: &mut ZipArchive<F>, part: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(part).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// What `of` makes of the first element of this name for which it makes anything.
fn find(
    xml: &str,
    element: &str,
    of: impl Fn(&BytesStart<'_>) -> Option<String>,
) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return None,
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == element => {
                if let Some(found) = of(&start) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
}

/// The value of an attribute, whatever its namespace.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.value.into_owned();
    let plain = quick_xml::escape::unescape(&value).ok()?;
    Some(plain.into_owned())
}

fn read(mut reader: Reader<impl std::io::BufRead>) -> Hidden {
    let mut hidden = Hidden::default();
    let mut buffer = Vec::new();
    let mut row = 0;
    while let Ok(event) = reader.read_event_into(&mut buffer) {
        let number = |element: &BytesStart<'_>, name| attribute(element, name)?.parse().ok();
        let is_hidden = |element: &BytesStart<'_>| {
            attribute(element, "hidden").is_some_and(|value| value == "1" || value == "true")
        };
        match event {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "row" => {
                    row = number(&start, "r").unwrap_or(row + 1);
                    if is_hidden(&start) {
                        hidden.rows.insert(row);
                    }
                }
                "col" if is_hidden(&start) => {
                    let from: usize = number(&start, "min").unwrap_or(1);
                    let to = number(&start, "max").unwrap_or(from).min(MOST_COLUMNS);
                    hidden
                        .columns
                        .extend((from.max(1)..=to).map(|column| column - 1));
                }
                _ => {}
            },
            _ => {}
        }
        buffer.clear();
    }
    hidden
}
