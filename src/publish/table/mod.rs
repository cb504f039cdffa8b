//! Reads a sheet as rows of text: a workbook, CSV with any usual separator and
//! encoding, or a JSON list at any depth.

mod json;
mod text;
mod workbook;

use std::path::Path;

use super::config::Source;
use super::issue::Problem;

/// A sheet as text.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Table {
    /// Its name, in a workbook.
    pub(super) sheet: Option<String>,
    /// Whether the workbook does not show it.
    pub(super) is_hidden: bool,
    /// The reference system that the file itself declares.
    pub(super) crs: Option<String>,
    pub(super) rows: Vec<TableRow>,
    /// What was noticed while reading, by row; row 0 is the whole file.
    pub(super) problems: Vec<(usize, Problem)>,
}

/// A row as a spreadsheet counts it, or an entry of a JSON list.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct TableRow {
    pub(super) number: usize,
    pub(super) cells: Vec<String>,
}

impl TableRow {
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// The largest file that is read, in bytes.
const LARGEST: u64 = 200_000_000;

/// Reads a file, by its content rather than by its name. A workbook gives a
/// table for each of its sheets, or for the one that is asked for.
pub(super) fn read(path: &Path, source: &Source) -> Result<Vec<Table>, Problem> {
    let unreadable = |error: std::io::Error| Problem::Unreadable(error.to_string());
    if std::fs::metadata(path).map_err(unreadable)?.len() > LARGEST {
        return Err(Problem::TooLarge);
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    if bytes.is_empty() {
        return Err(Problem::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return workbook::read(bytes, source.sheet.as_deref());
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Problem::OldWorkbook);
    }
    read_text(&bytes, source)
}

fn read_text(bytes: &[u8], source: &Source) -> Result<Vec<Table>, Problem> {
    let (text, problem) = text::decode(bytes, source.encoding.as_deref())?;
    if text.trim().is_empty() {
        return Err(Problem::Empty);
    }
    let mut table = match text.trim_start().chars().next() {
        Some('{' | '[') => json::read(&text, source.json_path.as_deref())?,
        Some('<') => return Err(Problem::NotATable),
        _ => text::read(&text)?,
    };
    table.problems.extend(problem.map(|problem| (0, problem)));
    Ok(vec![table])
}
