//! A workbook with what is wrong beside each row, to be corrected and dropped again.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use yizhan::publish::{MARKS, Sheet};

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

/// The longest text that a cell can hold.
const LONGEST: usize = 32_000;

/// These sheets as a workbook: the same rows at the same places, all cells as text, with two
/// columns at the right and the wrong cells coloured. `headings` are the rows of headings, by
/// sheet.
///
/// # Errors
///
/// [`XlsxError`] if no workbook can hold them.
pub fn marked_workbook(
    sheets: &[Sheet],
    headings: &[(Option<String>, usize)],
    marks: &[Mark],
) -> Result<Vec<u8>, XlsxError> {
    let text = Format::new().set_num_format("@");
    let wrong = text.clone().set_background_color("#FFD9D2");
    let heading = Format::new().set_bold().set_background_color("#FFE9A8");
    let wrapped = Format::new().set_text_wrap();
    let mut book = Workbook::new();
    for (number, sheet) in (1..).zip(sheets) {
        let page = book.add_worksheet();
        page.set_name(page_name(sheet.name.as_deref(), number))?;
        let width = sheet.columns();
        let mut rows: BTreeMap<usize, Vec<&Mark>> = BTreeMap::new();
        for mark in marks.iter().filter(|mark| mark.sheet == sheet.name) {
            rows.entry(mark.row).or_default().push(mark);
        }
        for (row, cells) in &sheet.rows {
            let at = row_index(*row)?;
            let marks = rows.get(row).map_or(&[][..], Vec::as_slice);
            for (column, cell) in cells.iter().take(width).enumerate() {
                let is_wrong = marks.iter().any(|mark| mark.columns.contains(&column));
                if cell.is_empty() && !is_wrong {
                    continue;
                }
                let format = if is_wrong { &wrong } else { &text };
                page.write_with_format(at, column_index(column)?, shortened(cell), format)?;
            }
            let joined = |of: fn(&Mark) -> &str| {
                let texts: Vec<&str> = marks.iter().map(|mark| of(mark)).collect();
                texts.join("\n")
            };
            if !marks.is_empty() {
                let texts = [joined(|mark| &mark.problem), joined(|mark| &mark.remedy)];
                for (column, text) in (width..).zip(texts) {
                    page.write_with_format(at, column_index(column)?, shortened(&text), &wrapped)?;
                }
            }
        }
        for (_, row) in headings.iter().filter(|(name, _)| *name == sheet.name) {
            for (column, word) in (width..).zip(MARKS) {
                page.write_with_format(row_index(*row)?, column_index(column)?, word, &heading)?;
            }
        }
        for column in width..width + 2 {
            page.set_column_width(column_index(column)?, 42)?;
        }
    }
    book.save_to_buffer()
}

/// A name that a workbook accepts.
fn page_name(name: Option<&str>, number: usize) -> String {
    let name: String = name
        .unwrap_or_default()
        .chars()
        .filter(|c| !"[]:*?/\\'".contains(*c))
        .take(31)
        .collect();
    if name.trim().is_empty() {
        format!("表{number}")
    } else {
        name
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

fn row_index(row: usize) -> Result<u32, XlsxError> {
    u32::try_from(row.saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)
}

fn column_index(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
