//! Reads a sheet as rows of text: a workbook, CSV with any usual separator and
//! encoding, or the lists of a JSON file.

mod encoding;
mod geojson;
mod hidden;
mod json;
mod text;
mod workbook;

use std::path::Path;

use super::config::Source;
use super::files::Files;
use super::issue::{FileKind, Problem};

/// A sheet as text.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Table {
    /// Its name in a workbook, or the path of a list in a JSON file.
    pub(super) sheet: Option<String>,
    /// Whether the workbook hides it.
    pub(super) is_hidden: bool,
    /// Columns that the workbook hides.
    pub(super) hidden_columns: Vec<usize>,
    /// The reference system that the file itself declares.
    pub(super) crs: Option<String>,
    /// The sign between the cells of a text file.
    pub(super) separator: Option<char>,
    pub(super) rows: Vec<TableRow>,
    /// Problems found while reading, by row; row 0 is the whole file.
    pub(super) problems: Vec<(usize, Problem)>,
    /// Rows in which an earlier check wrote what is wrong.
    pub(super) marked_rows: Vec<usize>,
}

/// A row as a spreadsheet counts it, or an entry of a JSON list.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct TableRow {
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
    /// Whether the workbook hides it.
    pub(super) is_hidden: bool,
}

impl TableRow {
    pub(super) fn new(number: usize, cells: Vec<String>) -> Self {
        Self {
            number,
            cells,
            is_hidden: false,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// The cells that hold anything, and their columns.
    pub(super) fn filled(&self) -> impl Iterator<Item = (usize, &str)> {
        let cells = self.cells.iter().map(|cell| cell.trim()).enumerate();
        cells.filter(|(_, cell)| !cell.is_empty())
    }
}

/// The headings of the columns that a marked workbook adds: what is wrong with a row, and what to
/// do.
pub const MARKS: [&str; 2] = ["问题", "怎么改"];

/// A sheet as rows of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name in a workbook, or the path of a list in a JSON file.
    pub name: Option<String>,
    /// The rows that hold anything, as a spreadsheet counts them, with their cells.
    pub rows: Vec<(usize, Vec<String>)>,
}

impl Sheet {
    /// The column of the marks, from 0; none if there are none.
    #[must_use]
    pub fn marks(&self) -> Option<usize> {
        self.rows.iter().find_map(|(_, cells)| marks_in(cells))
    }

    /// How many columns the sheet has, without marks.
    #[must_use]
    pub fn columns(&self) -> usize {
        let widths = self.rows.iter().map(|(_, cells)| cells.len());
        self.marks().or(widths.max()).unwrap_or_default()
    }
}

fn marks_in(cells: &[String]) -> Option<usize> {
    cells.windows(2).position(|pair| pair == MARKS)
}

/// The sheets of a source as they are.
///
/// # Errors
///
/// [`Problem`] if the file cannot be read as sheets.
pub fn sheets(source: &Source, files: &dyn Files) -> Result<Vec<Sheet>, Problem> {
    let tables = read_with_marks(&source.path, source, files)?;
    let sheets = tables.into_iter().map(|table| Sheet {
        name: table.sheet,
        rows: table
            .rows
            .into_iter()
            .filter(|row| !row.is_empty())
            .map(|row| (row.number, row.cells))
            .collect(),
    });
    Ok(sheets.collect())
}

/// The largest file that is read, in bytes.
const LARGEST: u64 = 200_000_000;

/// Reads a file, by its content rather than by its name. A workbook gives a table for each of its
/// sheets, or for the one that is asked for. The columns that a marked workbook adds are no part
/// of the list.
pub(super) fn read(path: &Path, source: &Source, files: &dyn Files) -> Result<Vec<Table>, Problem> {
    let mut tables = read_with_marks(path, source, files)?;
    for table in &mut tables {
        let Some(column) = table.rows.iter().find_map(|row| marks_in(&row.cells)) else {
            continue;
        };
        for row in &mut table.rows {
            let mut marks = row.cells.iter_mut().skip(column).take(MARKS.len());
            if let Some(mark) = marks.next() {
                if !mark.trim().is_empty() && mark != MARKS[0] {
                    table.marked_rows.push(row.number);
                }
                mark.clear();
            }
            marks.for_each(String::clear);
        }
    }
    Ok(tables)
}

fn read_with_marks(path: &Path, source: &Source, files: &dyn Files) -> Result<Vec<Table>, Problem> {
    let unreadable = |error: std::io::Error| Problem::Unreadable(error.to_string());
    if files.length(path).map_err(unreadable)? > LARGEST {
        return Err(Problem::TooLarge);
    }
    let bytes = files.read(path).map_err(unreadable)?;
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        // A workbook with a password lies in the same container as the old format.
        let package: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let is_locked = bytes.windows(package.len()).any(|part| part == package);
        return Err(if is_locked {
            Problem::WorkbookBroken("有密码 (it has a password)".to_owned())
        } else {
            Problem::OldWorkbook
        });
    }
    if let Some(kind) = other_kind(&bytes) {
        return Err(Problem::OtherKind(kind));
    }
    let mut tables = if bytes.starts_with(b"PK\x03\x04") {
        workbook::read(&bytes, source.sheet.as_deref())?
    } else {
        read_text(&bytes, source)?
    };
    for table in &mut tables {
        tidy(table);
    }
    Ok(tables)
}

/// What a file is that holds no rows, whatever its name says: by its first bytes, and a zipped
/// document by the names in it.
fn other_kind(bytes: &[u8]) -> Option<FileKind> {
    let begins = |starts: &[&[u8]]| starts.iter().any(|start| bytes.starts_with(start));
    // The names of a zip file stand at its end.
    let end = &bytes[bytes.len().saturating_sub(1 << 20)..];
    let holds = |name: &[u8]| end.windows(name.len()).any(|part| part == name);
    if begins(&[b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF"]) {
        Some(FileKind::Picture)
    } else if begins(&[b"%PDF"]) {
        Some(FileKind::Pdf)
    } else if begins(&[b"PK\x03\x04"])
        && (holds(b"word/document.xml") || holds(b"ppt/presentation.xml"))
    {
        Some(FileKind::Document)
    } else {
        None
    }
}

fn read_text(bytes: &[u8], source: &Source) -> Result<Vec<Table>, Problem> {
    let (text, problem) = encoding::decode(bytes, source.encoding.as_deref())?;
    if text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    let mut tables = match text.trim_start().chars().next() {
        Some('{' | '[' | json::RECORD_SEPARATOR) => json::read(&text, source.json_path.as_deref())?,
        Some('<') => return Err(Problem::NotATable),
        _ => vec![text::read(&text)],
    };
    if let Some(first) = tables.first_mut() {
        first.problems.extend(problem.map(|problem| (0, problem)));
    }
    Ok(tables)
}

/// Removes invisible characters, and the values of failed formulas.
fn tidy(table: &mut Table) {
    for row in &mut table.rows {
        for (column, cell) in row.cells.iter_mut().enumerate() {
            if !cell.is_ascii() && cell.contains(is_invisible) {
                cell.retain(|c| !is_invisible(c));
            }
            if is_failed_formula(cell) {
                let text = std::mem::take(cell);
                let problem = Problem::CellFailed { column, text };
                table.problems.push((row.number, problem));
            }
        }
    }
}

/// Marks of direction, zero-width joiners, soft hyphens, a second byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// #REF!, #N/A, #NAME? and the like.
fn is_failed_formula(cell: &str) -> bool {
    let Some(name) = cell.trim().strip_prefix('#') else {
        return false;
    };
    let is_name = |name: &str| {
        !name.is_empty()
            && name
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"/_".contains(&b))
    };
    name == "N/A" || name.strip_suffix(['!', '?']).is_some_and(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_kinds_are_named() {
        let kinds: [(&[u8], _); 6] = [
            (b"\x89PNG\r\n\x1a\n", Some(FileKind::Picture)),
            (b"\xff\xd8\xff\xe0", Some(FileKind::Picture)),
            (b"%PDF-1.7", Some(FileKind::Pdf)),
            (b"PK\x03\x04 word/document.xml", Some(FileKind::Document)),
            (b"PK\x03\x04 xl/workbook.xml", None),
            ("名称,地址\n".as_bytes(), None),
        ];
        for (bytes, kind) in kinds {
            assert_eq!(other_kind(bytes), kind);
        }
    }

    #[test]
    fn failed_formulas_are_empty_cells_and_told() {
        let cells = ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#1", "#N", "C#!"];
        let mut table = Table {
            rows: vec![TableRow::new(2, cells.map(str::to_owned).to_vec())],
            ..Table::default()
        };
        tidy(&mut table);
        assert_eq!(table.rows[0].cells, ["", "", "", "", "#1", "#N", "C#!"]);
        assert_eq!(table.problems.len(), 4);
    }
}
