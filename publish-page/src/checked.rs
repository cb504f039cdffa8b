//! What a check found, as the worker reports it to the page.

use serde::{Deserialize, Serialize};

/// How a list of stations was understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// How many rows hold a station.
    pub rows: usize,
    /// Counts of the stations, with what is counted.
    pub counts: Vec<(String, usize)>,
    /// How many stations can be published.
    pub stations: usize,
    /// The first issues, in the order of files and rows.
    pub issues: Vec<IssueLine>,
    /// How many issues there are in all.
    pub issue_count: usize,
    /// What the columns were taken for.
    pub tables: Vec<TableLine>,
    /// Maps without tiles, as SVG in HTML.
    pub map: String,
    /// How many stations are open at each hour of the week, as HTML.
    pub coverage: String,
    /// The texts about opening hours beside their readings, as HTML.
    pub hours: String,
    /// How it compares with what the site publishes.
    pub comparison: Comparison,
    /// The rows that an earlier check marked and that have no issue now.
    pub corrected: Vec<RowPlace>,
    /// Files whose datum nobody named.
    pub without_crs: Vec<String>,
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowPlace {
    /// The file.
    pub file: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row, as a spreadsheet counts.
    pub row: usize,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IssueLine {
    /// The stable name of what is wrong.
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: String,
    /// The severity in words.
    pub severity_label: String,
    /// The file, and the sheet of a workbook.
    pub place: String,
    /// The row, if it is about one.
    pub row: Option<usize>,
    /// The field of the template.
    pub field: String,
    /// The station's name.
    pub name: String,
    /// What is wrong and what was done.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

/// A table of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableLine {
    /// The file.
    pub file: String,
    /// The file, and the sheet of a workbook.
    pub place: String,
    /// Its columns.
    pub columns: Vec<ColumnLine>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnLine {
    /// Its letters and heading.
    pub name: String,
    /// Its heading.
    pub heading: String,
    /// The key of the field that it was taken for; empty if it is not used.
    pub field: String,
    /// Whether it holds names or numbers of people.
    pub is_personal: bool,
}

/// How a list compares with what the site publishes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Comparison {
    /// The site publishes nothing yet.
    #[default]
    NotPublished,
    /// What it publishes could not be read.
    NotReadable,
    /// The list has no station to compare.
    NoStations,
    /// The changes.
    Changes(Changes),
}

/// The changes against the published dataset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changes {
    /// The published edition.
    pub edition: String,
    /// How many stations are gone.
    pub gone: usize,
    /// The same in percent of the published stations.
    pub gone_percent: f64,
    /// The number of changes of each kind.
    pub kinds: Vec<(String, usize)>,
    /// How many changes there are.
    pub total: usize,
    /// The first changes: kind, station, what changed.
    pub lines: Vec<(String, String, String)>,
}
