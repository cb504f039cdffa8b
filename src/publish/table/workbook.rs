//! Reads the sheets of a workbook as a spreadsheet shows them.

use std::io::Cursor;

use calamine::{Data, Reader as _, SheetType, SheetVisible, Xlsx};

use super::{Table, TableRow, hidden};
use crate::publish::issue::Problem;

/// A table for each visible sheet, or the requested one. The text of a merged cell is repeated
/// in each cell that it covers.
pub(super) fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Vec<Table>, Problem> {
    let broken = |cause: calamine::XlsxError| Problem::WorkbookBroken(cause.to_string());
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheets: Vec<(String, bool)> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    if let Some(wanted) = sheet
        && !sheets.iter().any(|(name, _)| name == wanted)
    {
        return Err(Problem::SheetMissing(wanted.to_owned()));
    }
    let mut tables = Vec::new();
    for (name, is_visible) in sheets {
        if sheet.is_some_and(|wanted| wanted != name) {
            continue;
        }
        let mut table = Table {
            is_hidden: sheet.is_none() && !is_visible,
            ..Table::default()
        };
        if !table.is_hidden {
            let range = workbook.worksheet_range(&name).map_err(broken)?;
            // A used range may begin below or to the right of the first cell.
            let (first_row, first_column) = range.start().unwrap_or_default();
            let before = vec![String::new(); index(first_column)];
            let hidden = hidden::of_sheet(Cursor::new(bytes), &name);
            table.rows = range
                .rows()
                .enumerate()
                .map(|(row, cells)| {
                    let number = index(first_row) + row + 1;
                    TableRow {
                        number,
                        cells: before
                            .iter()
                            .cloned()
                            .chain(cells.iter().map(cell_text))
                            .collect(),
                        is_hidden: hidden.rows.contains(&number),
                    }
                })
                .collect();
            table.hidden_columns = hidden.columns;
            if let Ok(merged) = workbook.merge_cells_by_sheet_name(&name) {
                for region in merged {
                    fill(&mut table.rows, index(first_row), &region);
                }
            }
        }
        table.sheet = Some(name);
        tables.push(table);
    }
    if tables.iter().all(|table| table.rows.is_empty()) {
        return Err(Problem::Empty);
    }
    Ok(tables)
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn fill(rows: &mut [TableRow], first_row: usize, region: &calamine::Dimensions) {
    let row_of = |number: u32| index(number).checked_sub(first_row);
    let (Some(top), Some(bottom)) = (row_of(region.start.0), row_of(region.end.0)) else {
        return;
    };
    let (left, right) = (index(region.start.1), index(region.end.1));
    let Some(text) = rows.get(top).and_then(|row| row.cells.get(left)).cloned() else {
        return;
    };
    for row in rows.iter_mut().take(bottom.saturating_add(1)).skip(top) {
        for cell in row
            .cells
            .iter_mut()
            .take(right.saturating_add(1))
            .skip(left)
        {
            if cell.is_empty() {
                cell.clone_from(&text);
            }
        }
    }
}

/// A cell as a spreadsheet shows it. Telephone numbers and ids that are stored as numbers come
/// without a fraction, dates as 2026-08-30, times as 8:30.
fn cell_text(cell: &Data) -> String {
    match cell {
        Data::DateTime(time) if time.is_datetime() => {
            let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
            // Midnight at the end of a day: 24:00.
            if (time.as_f64() - 1.0).abs() < 1e-9 {
                return "24:00".to_owned();
            }
            match (time.as_f64() < 1.0, hour, minute) {
                (true, ..) => format!("{hour}:{minute:02}"),
                (false, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                (false, ..) => format!("{year:04}-{month:02}-{day:02} {hour}:{minute:02}"),
            }
        }
        other => other.to_string(),
    }
}
