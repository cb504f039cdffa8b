//! Sheets as a new workbook.

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use yizhan::publish::{MARKS, Sheet};

use super::{HEADING, SheetMarks, WIDTH, WRONG, shortened};

/// These sheets, the same rows at the same places, all cells as text, with their marks.
pub(super) fn marked(sheets: &[(&Sheet, SheetMarks)]) -> Result<Vec<u8>, XlsxError> {
    let text = Format::new().set_num_format("@");
    let wrong = text.clone().set_background_color(WRONG);
    let heading = Format::new().set_bold().set_background_color(HEADING);
    let wrapped = Format::new().set_text_wrap();
    let mut book = Workbook::new();
    for (number, (sheet, marks)) in (1..).zip(sheets) {
        let page = book.add_worksheet();
        page.set_name(page_name(sheet.name.as_deref(), number))?;
        for (row, cells) in &sheet.rows {
            let at = row_index(*row)?;
            let row_marks = marks.rows.get(row);
            for (column, cell) in cells.iter().take(marks.column).enumerate() {
                let is_wrong = row_marks.is_some_and(|marks| marks.wrong.contains(&column));
                if cell.is_empty() && !is_wrong {
                    continue;
                }
                let format = if is_wrong { &wrong } else { &text };
                page.write_with_format(at, column_index(column)?, shortened(cell), format)?;
            }
            if let Some(row) = row_marks {
                for (column, text) in (marks.column..).zip([&row.problem, &row.remedy]) {
                    page.write_with_format(at, column_index(column)?, shortened(text), &wrapped)?;
                }
            }
        }
        for row in &marks.headings {
            for (column, word) in (marks.column..).zip(MARKS) {
                page.write_with_format(row_index(*row)?, column_index(column)?, word, &heading)?;
            }
        }
        for column in marks.column..marks.column + MARKS.len() {
            page.set_column_width(column_index(column)?, WIDTH)?;
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

fn row_index(row: usize) -> Result<u32, XlsxError> {
    u32::try_from(row.saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)
}

fn column_index(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
