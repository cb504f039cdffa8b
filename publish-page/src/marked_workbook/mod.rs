//! A workbook with what is wrong beside each row, to be corrected and dropped again.

mod of_texts;
mod original;
mod styles;
mod worksheet;

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::XlsxError;
use yizhan::publish::Sheet;

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row, as a spreadsheet counts.
    pub row: usize,
    /// The columns that it is about, from 0.
    pub columns: Vec<usize>,
    /// What is wrong and what was done.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

/// A marked workbook.
pub struct MarkedWorkbook {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// Whether it is the file itself, with marks, and so of the file's own kind.
    pub is_original: bool,
}

/// The longest text that a cell can hold.
const LONGEST: usize = 32_000;

/// The width of the added columns, in characters.
const WIDTH: u8 = 42;

/// The background of wrong cells and of the added headings, as RGB.
const WRONG: &str = "FFD9D2";
const HEADING: &str = "FFE9A8";

/// What is written into a sheet.
struct SheetMarks {
    /// The first of the two added columns, from 0.
    column: usize,
    /// Whether an earlier check added them.
    are_there: bool,
    headings: BTreeSet<usize>,
    rows: BTreeMap<usize, RowMarks>,
}

#[derive(Default)]
struct RowMarks {
    /// The columns of the wrong cells.
    wrong: BTreeSet<usize>,
    problem: String,
    remedy: String,
}

impl SheetMarks {
    fn new(sheet: &Sheet, headings: &[(Option<String>, usize)], marks: &[Mark]) -> Self {
        let mut rows: BTreeMap<usize, RowMarks> = BTreeMap::new();
        for mark in marks.iter().filter(|mark| mark.sheet == sheet.name) {
            let row = rows.entry(mark.row).or_default();
            row.wrong.extend(&mark.columns);
            add_line(&mut row.problem, &mark.problem);
            add_line(&mut row.remedy, &mark.remedy);
        }
        let headings = headings.iter().filter(|(name, _)| *name == sheet.name);
        Self {
            column: sheet.columns(),
            are_there: sheet.marks().is_some(),
            headings: headings.map(|(_, row)| *row).collect(),
            rows,
        }
    }

    /// Whether there is nothing to write and nothing to take away.
    fn is_empty(&self) -> bool {
        self.rows.is_empty() && !self.are_there
    }
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// The text, as long as a cell holds it.
fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// A file's sheets as a workbook, with two columns at the right that say what is wrong and what to
/// do, and the wrong cells coloured. `headings` are the rows of headings, by sheet. A workbook
/// stays as it is in everything else; of other files all cells are texts.
///
/// # Errors
///
/// [`XlsxError`] if no workbook can hold the sheets.
pub fn marked_workbook(
    file: &[u8],
    sheets: &[Sheet],
    headings: &[(Option<String>, usize)],
    marks: &[Mark],
) -> Result<MarkedWorkbook, XlsxError> {
    let sheets: Vec<(&Sheet, SheetMarks)> = sheets
        .iter()
        .map(|sheet| (sheet, SheetMarks::new(sheet, headings, marks)))
        .collect();
    let (bytes, is_original) = match original::marked(file, &sheets) {
        Ok(bytes) => (bytes, true),
        // No workbook, or one that cannot be edited, such as one without styles.
        Err(_) => (of_texts::marked(&sheets)?, false),
    };
    Ok(MarkedWorkbook { bytes, is_original })
}
