//! A sheet of a workbook, with marks. Everything else is copied as it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use yizhan::publish::MARKS;
use yizhan::publish::workbook_package::attribute;

use super::original::NotEditable;
use super::styles::{Background, Styles, number, position, prefix, tag_with};
use super::{RowMarks, SheetMarks, WIDTH, shortened};

/// The most columns of a sheet.
const MOST_COLUMNS: usize = 16_384;

/// A row that is written anew.
struct Row {
    start: BytesStart<'static>,
    from: usize,
    /// Its cells, by column.
    cells: BTreeMap<usize, Cell>,
}

struct Cell {
    start: BytesStart<'static>,
    place: Range<usize>,
    /// Where its start tag ends.
    content: usize,
}

/// The sheet as XML, with its marks.
pub(super) fn marked(
    xml: &str,
    marks: &SheetMarks,
    styles: &mut Styles<'_>,
) -> Result<String, NotEditable> {
    let xml = xml.trim_start_matches('\u{feff}');
    let mut sheet = Worksheet {
        xml,
        copied: 0,
        written: String::with_capacity(xml.len() + xml.len() / 8),
        column: free_column(xml, marks)?,
        marks,
        waiting: marks
            .headings
            .iter()
            .chain(marks.rows.keys())
            .copied()
            .collect(),
        styles,
    };
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut columns: Option<(usize, Vec<BytesStart<'static>>)> = None;
    let mut has_columns = false;
    let mut number_of_row = 0;
    let mut row: Option<Row> = None;
    let mut cell: Option<(usize, Cell)> = None;
    loop {
        let from = position(&reader);
        let event = reader.read_event()?;
        let to = position(&reader);
        match event {
            Event::Eof => break,
            Event::Start(start) => match start.local_name().as_ref() {
                // It may be left out, and the added columns would make it wrong.
                "dimension" => sheet.replace(from..to, ""),
                "cols" => columns = Some((from, Vec::new())),
                "col" => {
                    if let Some((_, columns)) = &mut columns {
                        columns.push(start.into_owned());
                    }
                }
                "sheetData" if !has_columns => {
                    let columns = sheet.columns(prefix(start.name().as_ref()), &[]);
                    sheet.replace(from..from, &columns);
                }
                "row" => {
                    number_of_row = number(&start, "r").unwrap_or(number_of_row + 1);
                    sheet.write_rows_before(number_of_row, prefix(start.name().as_ref()), from);
                    if sheet.is_changed(number_of_row) {
                        row = Some(Row {
                            start: start.into_owned(),
                            from,
                            cells: BTreeMap::new(),
                        });
                    }
                }
                "c" => {
                    if let Some(row) = &row {
                        let named = attribute(&start, "r").and_then(|name| column_of(&name));
                        let last = row.cells.keys().next_back();
                        let column = named.unwrap_or_else(|| last.map_or(0, |last| last + 1));
                        let start = start.into_owned();
                        cell = Some((
                            column,
                            Cell {
                                start,
                                place: from..to,
                                content: to,
                            },
                        ));
                    }
                }
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "cols" => {
                    if let Some((from, columns)) = columns.take() {
                        has_columns = true;
                        let columns = sheet.columns(prefix(end.name().as_ref()), &columns);
                        sheet.replace(from..to, &columns);
                    }
                }
                "c" => {
                    if let (Some(row), Some((column, mut cell))) = (&mut row, cell.take()) {
                        cell.place.end = to;
                        row.cells.insert(column, cell);
                    }
                }
                "row" => {
                    if let Some(row) = row.take() {
                        let text = sheet.row(number_of_row, &row);
                        sheet.replace(row.from..to, &text);
                    }
                }
                "sheetData" => {
                    sheet.write_rows_before(usize::MAX, prefix(end.name().as_ref()), from);
                }
                _ => {}
            },
            _ => {}
        }
    }
    sheet.written.push_str(&xml[sheet.copied..]);
    Ok(sheet.written)
}

/// A sheet that is written anew.
struct Worksheet<'a, 's> {
    xml: &'a str,
    /// How much of it was copied or replaced.
    copied: usize,
    written: String,
    /// The first of the added columns.
    column: usize,
    marks: &'a SheetMarks,
    /// The rows that are to be marked and did not come yet.
    waiting: BTreeSet<usize>,
    styles: &'a mut Styles<'s>,
}

impl Worksheet<'_, '_> {
    /// Copies what stands before a place and writes this instead of it.
    fn replace(&mut self, place: Range<usize>, text: &str) {
        self.written.push_str(&self.xml[self.copied..place.start]);
        self.written.push_str(text);
        self.copied = place.end;
    }

    /// Whether a row gets marks or may hold earlier ones.
    fn is_changed(&mut self, row: usize) -> bool {
        self.waiting.remove(&row) || self.marks.are_there
    }

    /// Writes the rows before this one that are to be marked and are not in the sheet.
    fn write_rows_before(&mut self, row: usize, prefix: &str, place: usize) {
        while let Some(&number) = self.waiting.first()
            && number < row
        {
            self.waiting.pop_first();
            let mut start = BytesStart::new(format!("{prefix}row"));
            start.push_attribute(("r", number.to_string().as_str()));
            let row = Row {
                start,
                from: place,
                cells: BTreeMap::new(),
            };
            let text = self.row(number, &row);
            self.replace(place..place, &text);
        }
    }

    /// A row with its marks.
    fn row(&mut self, number: usize, row: &Row) -> String {
        let added = self.column..self.column + MARKS.len();
        let prefix = prefix(row.start.name().as_ref()).to_owned();
        let mut cells: BTreeMap<usize, String> = row
            .cells
            .iter()
            .filter(|(column, _)| !added.contains(column))
            .map(|(column, cell)| (*column, self.xml[cell.place.clone()].to_owned()))
            .collect();
        let is_marked = self.marks.rows.contains_key(&number);
        if let Some(RowMarks {
            wrong,
            problem,
            remedy,
        }) = self.marks.rows.get(&number)
        {
            let format = self.styles.wrapped();
            for (column, text) in added.clone().zip([problem, remedy]) {
                let cell = text_cell(&prefix, column, number, &shortened(text), format);
                cells.insert(column, cell);
            }
            for column in wrong.iter().filter(|column| !added.contains(column)) {
                let cell = self.wrong_cell(&prefix, *column, number, row.cells.get(column));
                cells.insert(*column, cell);
            }
        }
        if self.marks.headings.contains(&number) {
            let last = row.cells.range(..self.column).next_back();
            let format = last.map_or(0, |(_, cell)| cell.format());
            let format = self.styles.with(Background::Heading, format);
            for (column, word) in added.zip(MARKS) {
                cells.insert(column, text_cell(&prefix, column, number, word, format));
            }
        }
        // A row of a fixed height would hide most of a mark.
        let without: &[&str] = if is_marked {
            &["spans", "ht", "customHeight"]
        } else {
            &["spans"]
        };
        let mut text = tag_with(&row.start, without, &[]);
        text.push('>');
        text.extend(cells.into_values());
        let _ = write!(text, "</{prefix}row>");
        text
    }

    /// A cell with the background of wrong ones; an empty one if the sheet has none there.
    fn wrong_cell(
        &mut self,
        prefix: &str,
        column: usize,
        row: usize,
        cell: Option<&Cell>,
    ) -> String {
        let format = cell.map_or(0, Cell::format);
        let format = self.styles.with(Background::Wrong, format).to_string();
        let Some(cell) = cell else {
            return format!("<{prefix}c r=\"{}{row}\" s=\"{format}\"/>", letters(column));
        };
        let tag = tag_with(&cell.start, &["s"], &[("s", &format)]);
        let content = &self.xml[cell.content..cell.place.end];
        let end = if content.is_empty() { "/>" } else { ">" };
        tag + end + content
    }

    /// The columns of the sheet, with the added ones, which are wide and not hidden.
    fn columns(&self, prefix: &str, columns: &[BytesStart<'_>]) -> String {
        // Columns are counted from 1 here.
        let added = self.column + 1..self.column + 1 + MARKS.len();
        let mut ranges: BTreeMap<usize, String> = BTreeMap::new();
        let mut add = |column: &BytesStart<'_>, from: usize, to: usize| {
            if from <= to {
                let place = [("min", &*from.to_string()), ("max", &*to.to_string())];
                ranges.insert(from, tag_with(column, &["min", "max"], &place) + "/>");
            }
        };
        for column in columns {
            let from = number(column, "min").unwrap_or(1);
            let to = number(column, "max").unwrap_or(from);
            add(column, from, to.min(added.start - 1));
            add(column, from.max(added.end), to);
        }
        let wide = [("width", &*WIDTH.to_string()), ("customWidth", "1")];
        let column = BytesStart::new(format!("{prefix}col")).with_attributes(wide);
        add(&column, added.start, added.end - 1);
        let columns: String = ranges.into_values().collect();
        format!("<{prefix}cols>{columns}</{prefix}cols>")
    }
}

impl Cell {
    /// Its format's place in the list of formats.
    fn format(&self) -> usize {
        number(&self.start, "s").unwrap_or_default()
    }
}

/// A cell that holds a text.
fn text_cell(prefix: &str, column: usize, row: usize, text: &str, format: usize) -> String {
    let is_allowed =
        |c: &char| matches!(c, '\t' | '\n') || *c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().filter(is_allowed).collect();
    format!(
        "<{prefix}c r=\"{}{row}\" s=\"{format}\" t=\"inlineStr\"><{prefix}is>\
         <{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is></{prefix}c>",
        letters(column),
        escape(text.as_str()),
    )
}

/// The first of two columns beside the list that no merged cell covers: it would hide a mark, and
/// its text would be taken for one.
fn free_column(xml: &str, marks: &SheetMarks) -> Result<usize, NotEditable> {
    let mut column = marks.column;
    if !marks.are_there {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event()? {
                Event::Eof => break,
                Event::Start(start) | Event::Empty(start)
                    if start.local_name().as_ref() == "mergeCell" =>
                {
                    let region = attribute(&start, "ref").unwrap_or_default();
                    let last = region.split(':').next_back().and_then(column_of);
                    column = column.max(last.map_or(0, |last| last + 1));
                }
                _ => {}
            }
        }
    }
    if column + MARKS.len() > MOST_COLUMNS {
        return Err(NotEditable::NoColumn);
    }
    Ok(column)
}

/// The column of a cell's name, from 0: 27 of `AB3`.
fn column_of(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.fold(0_usize, |number, letter| {
        let digit = usize::from(letter.to_ascii_uppercase() - b'A') + 1;
        number.saturating_mul(26).saturating_add(digit)
    });
    number.checked_sub(1)
}

/// The letters of a column, from 0: `AB` of 27.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
