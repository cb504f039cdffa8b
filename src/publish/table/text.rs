//! Text files: rows of cells with a separator between them.

use std::collections::BTreeMap;

use super::{Table, TableRow};
use crate::publish::columns::known_headings;
use crate::publish::issue::Problem;

/// Rows of a text with separators.
///
/// Not read by a CSV library: one quotation mark that is never closed must cost only its own
/// row, and every CSV reader takes the rest of the file into its cell.
pub(super) fn read(text: &str) -> Table {
    let separator = separator(text);
    let lines: Vec<&str> = lines(text);
    let mut table = Table {
        separator: Some(separator),
        ..Table::default()
    };
    if let Some(rows) = as_written(&lines, separator) {
        table.rows = rows;
        return table;
    }
    let width = Width::of(&lines, separator);
    let mut at = 0;
    let mut number = 0;
    while at < lines.len() {
        number += 1;
        let mut cut = Cut::of(lines[at], separator);
        let mut height = 1;
        if cut.is_open {
            if let Some((whole, lines)) = over_lines(&lines[at..], separator, width) {
                (cut, height) = (whole, lines);
            } else {
                cut = Cut::without_quotes(lines[at], separator);
                table.problems.push((number, Problem::QuoteOpen));
            }
        }
        at += height;
        // A spreadsheet counts blank lines.
        if cut.cells.iter().any(|cell| !cell.is_empty()) {
            table.rows.push(TableRow::new(number, cut.cells));
        }
    }
    table
}

/// A cell has at most this many lines; an address or a note has fewer.
const LINES_IN_A_CELL: usize = 30;

/// The lines of a text, ended as on any system.
fn lines(text: &str) -> Vec<&str> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.contains('\n') {
        let lines = text.split('\n');
        return lines
            .map(|line| line.strip_suffix('\r').unwrap_or(line))
            .collect();
    }
    text.split('\r').collect()
}

/// The rows of a text in which every quotation mark is closed where a program would close it, and
/// every row is as wide as the first: then no line inside a cell is taken for a row, whatever it
/// looks like.
fn as_written(lines: &[&str], separator: char) -> Option<Vec<TableRow>> {
    let mut rows = Vec::new();
    let mut width = None;
    let (mut at, mut number) = (0, 0);
    while at < lines.len() {
        let mut cut = Cut::of(lines[at], separator);
        let mut height = 1;
        let mut joined = String::new();
        while cut.is_open {
            if height == LINES_IN_A_CELL || at + height == lines.len() {
                return None;
            }
            if joined.is_empty() {
                joined.push_str(lines[at]);
            }
            joined.push('\n');
            joined.push_str(lines[at + height]);
            cut = Cut::of(&joined, separator);
            height += 1;
        }
        at += height;
        number += 1;
        if lines[at - height].is_empty() {
            continue;
        }
        if cut.is_odd || *width.get_or_insert(cut.cells.len()) != cut.cells.len() {
            return None;
        }
        if cut.cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(TableRow::new(number, cut.cells));
        }
    }
    Some(rows)
}

/// How wide the rows of a table are.
#[derive(Clone, Copy, Default)]
struct Width {
    usual: usize,
    most: usize,
}

impl Width {
    fn of(lines: &[&str], separator: char) -> Self {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for line in lines.iter().take(SAMPLE) {
            let cut = Cut::of(line, separator);
            if !cut.is_open && !cut.is_odd && cut.cells.len() > 1 {
                *counts.entry(cut.cells.len()).or_default() += 1;
            }
        }
        Self {
            usual: counts
                .iter()
                .max_by_key(|(_, count)| **count)
                .map_or(0, |(width, _)| *width),
            most: counts.keys().next_back().copied().unwrap_or_default(),
        }
    }
}

/// So many lines are looked at to find out how wide the table is.
const SAMPLE: usize = 200;

/// A row whose cell goes on in the next lines, and how many lines it has; none if the mark is
/// closed nowhere, or only after rows of the table that it would swallow.
fn over_lines(lines: &[&str], separator: char, width: Width) -> Option<(Cut, usize)> {
    let is_row = |line: &str| {
        let cut = Cut::of(line, separator);
        width.usual >= 3 && !cut.is_open && !cut.is_odd && cut.cells.len() >= width.usual
    };
    let mut joined = lines[0].to_owned();
    for (index, line) in lines.iter().enumerate().skip(1).take(LINES_IN_A_CELL) {
        joined.push('\n');
        joined.push_str(line);
        let cut = Cut::of(&joined, separator);
        if !cut.is_open {
            let is_sound = !cut.is_odd && (width.most == 0 || cut.cells.len() <= width.most);
            return is_sound.then_some((cut, index + 1));
        }
        if is_row(line) {
            return None;
        }
    }
    None
}

/// A row, cut at its separators.
#[derive(Default)]
struct Cut {
    cells: Vec<String>,
    /// Whether it ends inside quotation marks.
    is_open: bool,
    /// Whether text follows a closing quotation mark before the separator.
    is_odd: bool,
}

impl Cut {
    /// Quotation marks around a cell are not part of it; inside, two stand for one.
    fn of(line: &str, separator: char) -> Self {
        let mut cut = Self::default();
        let mut rest = line;
        loop {
            let quoted = rest.strip_prefix('"');
            let (cell, after) = match quoted {
                None => match rest.split_once(separator) {
                    Some((cell, after)) => (cell.to_owned(), Some(after)),
                    None => (rest.to_owned(), None),
                },
                Some(inside) => cut.quoted(inside, separator),
            };
            cut.cells.push(cell);
            match after {
                Some(after) => rest = after,
                None => return cut,
            }
        }
    }

    /// The cell that begins behind a quotation mark, and what comes after its separator.
    fn quoted<'a>(&mut self, inside: &'a str, separator: char) -> (String, Option<&'a str>) {
        let mut cell = String::new();
        let mut rest = inside;
        loop {
            let Some((text, after)) = rest.split_once('"') else {
                cell.push_str(rest);
                self.is_open = true;
                return (cell, None);
            };
            cell.push_str(text);
            if let Some(after) = after.strip_prefix('"') {
                cell.push('"');
                rest = after;
                continue;
            }
            let (odd, after) = match after.split_once(separator) {
                Some((odd, after)) => (odd, Some(after)),
                None => (after, None),
            };
            self.is_odd |= !odd.trim().is_empty();
            cell.push_str(odd);
            return (cell, after);
        }
    }

    /// Reads quotation marks as ordinary characters, except around a cell.
    fn without_quotes(line: &str, separator: char) -> Self {
        let cells = line.split(separator);
        Self {
            cells: cells
                .map(|cell| cell.trim_matches('"').to_owned())
                .collect(),
            ..Self::default()
        }
    }
}

/// The separator that cuts the heading into the most known words, or else the most frequent one.
fn separator(text: &str) -> char {
    let sample: Vec<&str> = lines(text).into_iter().take(20).collect();
    let signs = [',', ';', '\t', '|'];
    let worth = |sign: &char| {
        let known = sample
            .iter()
            .map(|line| known_headings(line, *sign, &|_| true))
            .max();
        let count: usize = sample.iter().map(|line| line.matches(*sign).count()).sum();
        (known, count)
    };
    signs.into_iter().rev().max_by_key(worth).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let rows = read(text).rows;
        rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        for text in [
            "名称,地址\n甲,\"一楼\n东门\"\n\n乙,二楼\n",
            "名称,地址\r\n甲,\"一楼\r\n东门\"\r\n\r\n乙,二楼\r\n",
            "名称,地址\r甲,\"一楼\r东门\"\r\r乙,二楼\r",
        ] {
            let numbers: Vec<usize> = read(text).rows.iter().map(|row| row.number).collect();
            assert_eq!(numbers, [1, 2, 4], "{text:?}");
        }
    }

    #[test]
    fn an_open_quotation_mark_costs_its_own_row_only() {
        let rows = "乙,三路3号,1\n".repeat(40);
        for open in ["甲,\"二路1号,1", "甲,二路1号,\"1", "\"甲,二路1号,1"] {
            let table = read(&format!("名称,地址,电话\n{open}\n{rows}"));
            assert_eq!(table.rows.len(), 42, "{open}");
            assert_eq!(table.rows[1].cells, ["甲", "二路1号", "1"]);
            assert_eq!(table.problems, [(2, Problem::QuoteOpen)]);
        }
        let two = read("名称,地址,电话\n甲,\"一路,1\n丙,三路,3\n乙,\"二路,2\n");
        assert_eq!(two.rows.len(), 4);
        assert_eq!(
            two.problems,
            [(2, Problem::QuoteOpen), (4, Problem::QuoteOpen)]
        );
    }

    #[test]
    fn the_separator_is_the_one_that_makes_headings() {
        let cells = cells("名称;地址;经度\n甲;一路1号，东门, 二楼, 左转, 直走;121,5\n");
        assert_eq!(cells[1].len(), 3);
    }

    proptest! {
        #[test]
        fn what_a_csv_writer_wrote_is_read_back(
            rows in proptest::collection::vec(proptest::collection::vec("[a-z甲乙\", \n]{0,6}", 4), 1..8),
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            writer.write_record(["名称", "地址", "电话", "备注"]).expect("in memory");
            for row in &rows {
                writer.write_record(row).expect("in memory");
            }
            let text = String::from_utf8(writer.into_inner().expect("in memory")).expect("text");
            let read = read(&text);
            let filled: Vec<&Vec<String>> =
                rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
            let back: Vec<&Vec<String>> = read.rows.iter().skip(1).map(|row| &row.cells).collect();
            prop_assert_eq!(back, filled);
        }
    }
}
