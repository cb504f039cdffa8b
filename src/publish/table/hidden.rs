//! Which rows and columns a workbook hides; calamine reads the cells and does not say.

use std::collections::HashSet;
use std::io::{BufReader, Read, Seek};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::publish::workbook_package::{attribute, sheet_part};

/// Rows as a spreadsheet counts, from 1, and columns from 0.
#[derive(Default)]
pub(super) struct Hidden {
    pub(super) rows: HashSet<usize>,
    pub(super) columns: Vec<usize>,
}

/// No spreadsheet has more columns.
const MOST_COLUMNS: usize = 16_384;

/// The hidden rows and columns of a sheet; none if the file does not say.
pub(super) fn of_sheet<F: Read + Seek>(file: F, name: &str) -> Hidden {
    ZipArchive::new(file)
        .ok()
        .and_then(|mut archive| {
            let part = sheet_part(&mut archive, name)?;
            let sheet = BufReader::new(archive.by_name(&part).ok()?);
            Some(read(Reader::from_reader(sheet)))
        })
        .unwrap_or_default()
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
