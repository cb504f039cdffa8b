//! Auxiliary sheets, such as programmes and crossings: one heading row with words known in
//! advance, and one entry in each row below.

use std::path::Path;

use super::config::Source;
use super::files::Files;
use super::headings::plain;
use super::issue::{Issue, Problem};
use super::row;
use super::table::{self, TableRow};
use crate::domain::civil::Day;

/// An auxiliary sheet, and the list that its issues are added to.
pub(super) struct AuxiliarySheet<'a> {
    label: &'a str,
    sheet: Option<&'a str>,
    headings: Vec<String>,
    rows: Vec<TableRow>,
    issues: &'a mut Vec<Issue>,
}

impl<'a> AuxiliarySheet<'a> {
    /// Reads a file. `first` lists the headings of the column that every such sheet has,
    /// separated by spaces. None if nothing can be read, which is reported.
    pub(super) fn read(
        path: &Path,
        files: &dyn Files,
        label: &'a str,
        sheet: Option<&'a str>,
        first: &str,
        issues: &'a mut Vec<Issue>,
    ) -> Option<Self> {
        let source = Source {
            sheet: sheet.map(str::to_owned),
            ..Source::default()
        };
        let mut read = Self {
            label,
            sheet,
            headings: Vec::new(),
            rows: Vec::new(),
            issues,
        };
        match table::read(path, &source, files) {
            Ok(tables) => read.rows = tables.into_iter().flat_map(|table| table.rows).collect(),
            Err(problem) => {
                read.report(0, None, problem);
                return None;
            }
        }
        let is_first = |cell: &String| first.split(' ').any(|word| word == plain(cell));
        let heading = read
            .rows
            .iter()
            .position(|row| row.cells.iter().any(is_first));
        let Some(heading) = heading else {
            read.report(0, None, Problem::NoHeading);
            return None;
        };
        read.headings = read.rows[heading]
            .cells
            .iter()
            .map(|cell| plain(cell))
            .collect();
        read.rows.drain(..=heading);
        read.rows.retain(|row| !row.is_empty());
        Some(read)
    }

    /// The rows that hold anything.
    pub(super) fn rows(&self) -> Vec<TableRow> {
        self.rows.clone()
    }

    /// The cell of a row under the first of these headings that the sheet has.
    pub(super) fn cell(&self, row: &TableRow, words: &str) -> String {
        let column = words.split(' ').find_map(|word| {
            self.headings
                .iter()
                .position(|heading| *heading == plain(word))
        });
        let text = column.and_then(|column| row.cells.get(column));
        text.map_or("", |text| text.trim()).to_owned()
    }

    /// A date; anything else in the cell is reported.
    pub(super) fn day(
        &mut self,
        row: &TableRow,
        thing: &str,
        words: &str,
        field: &'static str,
    ) -> Option<Day> {
        let text = self.cell(row, words);
        let day = row::day(&text);
        if day.is_none() && !text.is_empty() {
            let problem = Problem::DateInvalid { field, text };
            self.report(row.number, Some(thing), problem);
        }
        day
    }

    /// Reports what is wrong with a row, or with the whole sheet (row 0).
    pub(super) fn report(&mut self, row: usize, thing: Option<&str>, problem: Problem) {
        self.issues.push(Issue {
            source: self.label.to_owned(),
            sheet: self.sheet.map(str::to_owned),
            row: (row > 0).then_some(row),
            station: thing.map(str::to_owned),
            name: None,
            problem,
        });
    }
}
