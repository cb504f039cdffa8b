//! Which column of a sheet holds what.
//!
//! `heading` recognises heading rows, `section` finds the rows that belong to each, `assignment`
//! gives columns to fields by their headings and `content` by their cells; `watch` looks for
//! words about opening in the columns that are left.

mod assignment;
mod content;
mod heading;
mod reading;
mod section;
mod watch;

use std::collections::{BTreeMap, HashSet};

use super::coordinate::{self, Order};
use super::headings::{Field, outright, plain};
use super::hours_columns::{HoursColumns, Joined};
use super::issue::Problem;
use super::reference_system::ReferenceSystem;
use super::table::TableRow;
use crate::domain::station::Feature;
use assignment::columns_of;
pub use reading::ColumnReading;
use reading::letters;
pub(super) use section::{Section, likely_heading, sections};
pub(super) use watch::Watch;
use watch::watch;

/// The columns of a heading, and the fields they hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Several columns may hold an address, a telephone number or a state: the first filled cell
    /// counts.
    places: BTreeMap<Field, Vec<usize>>,
    /// The columns of hours, which may be several.
    hours: HoursColumns,
    /// Columns that each stand for one facility, with cells such as √, 有, 2台.
    ticks: Vec<(usize, Vec<Feature>)>,
    /// Every heading, as printed.
    headings: Vec<String>,
    /// Fields that the configuration gives to a column.
    configured: HashSet<Field>,
    /// Columns that no field uses, and how to look for words about opening in them.
    watched: Vec<(usize, Watch)>,
    /// Whether another table is beside this one.
    is_beside: bool,
    /// Which of two numbers in one cell is the longitude, if they tell.
    pub(super) order: Option<Order>,
    /// Whether O behind a number is Ost, the German east.
    pub(super) o_is_east: Option<bool>,
}

/// The fields in which a sheet can give positions.
const POSITIONS: [Field; 5] = [
    Field::Lon,
    Field::Lat,
    Field::Position,
    Field::LatLon,
    Field::Pair,
];

/// The number of rows whose cells are examined where the heading does not tell.
const SAMPLE: usize = 60;

impl Columns {
    pub(super) fn cell<'a>(&self, row: &'a TableRow, field: Field) -> &'a str {
        let columns = self.places.get(&field).map_or(&[][..], Vec::as_slice);
        columns
            .iter()
            .filter_map(|column| row.cells.get(*column))
            .map(|cell| cell.trim())
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }

    /// Every filled cell of a field that may have several columns, with its heading.
    pub(super) fn cells<'a>(
        &'a self,
        row: &'a TableRow,
        field: Field,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let columns = self.places.get(&field).into_iter().flatten();
        columns.filter_map(|column| {
            let cell = row.cells.get(*column)?.trim();
            (!cell.is_empty()).then(|| (self.headings[*column].as_str(), cell))
        })
    }

    /// The hours, which several columns may hold.
    pub(super) fn hours(&self, row: &TableRow) -> Joined {
        self.hours.joined(row)
    }

    /// The facilities that have a column of their own, with its heading and cell.
    pub(super) fn ticks<'a>(
        &'a self,
        row: &'a TableRow,
    ) -> impl Iterator<Item = (&'a [Feature], &'a str, &'a str)> {
        self.ticks.iter().filter_map(|(column, features)| {
            let cell = row.cells.get(*column)?.trim();
            (!cell.is_empty()).then(|| (features.as_slice(), self.headings[*column].as_str(), cell))
        })
    }

    /// The filled cells of columns that no field uses, with their headings.
    pub(super) fn watched<'a>(
        &'a self,
        row: &'a TableRow,
    ) -> impl Iterator<Item = (&'a str, &'a str, Watch)> {
        self.watched.iter().filter_map(|(column, watch)| {
            let cell = row.cells.get(*column)?.trim();
            (!cell.is_empty()).then(|| (self.headings[*column].as_str(), cell, *watch))
        })
    }

    pub(super) fn has(&self, field: Field) -> bool {
        if field == Field::Hours {
            self.hours.say_hours()
        } else {
            self.places.contains_key(&field)
        }
    }

    /// Whether a row has anything in its columns of positions.
    pub(super) fn says_position(&self, row: &TableRow) -> bool {
        POSITIONS
            .iter()
            .any(|field| !self.cell(row, *field).is_empty())
    }

    /// Whether another table is beside this one, whose columns are not its own.
    pub(super) fn is_beside_another(&self) -> bool {
        self.is_beside
    }

    /// Whether the configuration names the field's column.
    pub(super) fn is_configured(&self, field: Field) -> bool {
        self.configured.contains(&field)
    }

    /// Every heading, as printed.
    pub(super) fn headings(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(String::as_str)
    }

    /// The heading of the column that holds a field.
    pub(super) fn heading_of(&self, field: Field) -> Option<&str> {
        let column = self.places.get(&field)?.first()?;
        self.headings.get(*column).map(String::as_str)
    }

    /// Where a sheet has longitudes on several datums, takes those on the declared one.
    pub(super) fn prefer(&mut self, crs: ReferenceSystem) {
        for field in [Field::Lon, Field::Lat] {
            let Some(heading) = self.heading_of(field) else {
                continue;
            };
            let other = ReferenceSystem::named_in(heading).filter(|named| *named != crs);
            if other.is_none() || self.is_configured(field) {
                continue;
            }
            let better = (0..self.headings.len()).find(|column| {
                let heading = &self.headings[*column];
                outright(&plain(heading)).is_some_and(|(known, _)| known == field)
                    && ReferenceSystem::named_in(heading).is_none_or(|named| named == crs)
            });
            if let Some(better) = better {
                self.places.insert(field, vec![better]);
            }
        }
    }

    /// How many columns the heading has.
    pub(super) fn width(&self) -> usize {
        self.headings
            .iter()
            .filter(|h| !h.trim().is_empty())
            .count()
    }

    /// The last column that has a heading or is used without one.
    fn last(&self) -> usize {
        let used =
            |column: &usize| !self.headings[*column].trim().is_empty() || self.is_taken(*column);
        (0..self.headings.len())
            .rev()
            .find(used)
            .unwrap_or_default()
    }

    /// The cells of a row beyond the last heading.
    pub(super) fn beyond<'a>(&self, row: &'a TableRow) -> Vec<&'a str> {
        let last = if self.is_beside {
            usize::MAX
        } else {
            self.last()
        };
        row.filled()
            .filter(|(column, _)| *column > last)
            .map(|(_, cell)| cell)
            .collect()
    }

    /// Where the last column is one of hours, its cell joined with the cells beyond it: the
    /// separator occurs in the text, which has no quotation marks.
    pub(super) fn hours_beyond(&self, row: &TableRow, separator: char) -> Option<String> {
        let last = self.last();
        let is_only = self.hours.len() == 1 && self.hours.has(last);
        let cells: Vec<&str> = row
            .cells
            .get(last..)?
            .iter()
            .map(|cell| cell.trim())
            .collect();
        is_only.then(|| cells.join(&separator.to_string()))
    }

    /// What was taken for what, column by column.
    pub(super) fn described(&self) -> Vec<ColumnReading> {
        let field_of = |column: usize| {
            if self.hours.has(column) {
                return Some(Field::Hours);
            }
            if self.ticks.iter().any(|(tick, _)| *tick == column) {
                return Some(Field::Amenities);
            }
            let mut fields = self
                .places
                .iter()
                .filter(|(_, columns)| columns.contains(&column));
            fields.next().map(|(field, _)| *field)
        };
        self.headings
            .iter()
            .enumerate()
            .map(|(column, heading)| {
                let field = field_of(column);
                let is_personal =
                    field == Some(Field::Person) && !self.is_configured(Field::Person);
                ColumnReading {
                    index: column,
                    column: letters(column),
                    heading: heading.split_whitespace().collect::<Vec<_>>().join(" "),
                    field: field.filter(|_| !is_personal).map(Field::label),
                    is_personal,
                }
            })
            .collect()
    }

    /// A column as people find it: its letters and its heading.
    fn name_of(&self, column: usize) -> String {
        format!("{} {}", letters(column), self.headings[column].trim())
            .trim()
            .to_owned()
    }

    /// That a column was taken for a field by what it holds.
    fn by_content(&self, field: Field, column: usize) -> Problem {
        Problem::ColumnByContent {
            field: field.label(),
            heading: self.name_of(column),
        }
    }

    /// The columns that join to the hours, as people find them; none if one column has them all.
    fn joined_hours(&self) -> Option<Vec<String>> {
        let name = |column| self.name_of(column);
        (self.hours.len() > 1).then(|| self.hours.columns().map(name).collect())
    }

    /// Chooses the columns to watch, once all fields have their columns.
    fn watch(&mut self) {
        self.watched = (0..self.headings.len())
            .filter(|column| !self.is_taken(*column))
            .filter(|column| !(self.is_beside && self.headings[*column].trim().is_empty()))
            .filter_map(|column| Some((column, watch(&self.headings[column])?)))
            .collect();
    }

    fn is_taken(&self, column: usize) -> bool {
        self.places
            .values()
            .any(|columns| columns.contains(&column))
            || self.hours.has(column)
            || self.ticks.iter().any(|(tick, _)| *tick == column)
    }

    /// Whether a row is the heading once more, as on each printed page.
    fn are_repeated_by(&self, row: &TableRow) -> bool {
        let mut filled = row.filled();
        let first = filled.next();
        let is_same = |(column, cell): (usize, &str)| {
            self.headings
                .get(column)
                .is_some_and(|heading| heading.trim() == cell)
        };
        first.is_some_and(is_same) && row.filled().count() >= 2 && filled.all(is_same)
    }

    /// Whether the cells of positions hold words: the heading of another table.
    fn are_words_in(&self, row: &TableRow) -> bool {
        let (lon, lat) = (self.cell(row, Field::Lon), self.cell(row, Field::Lat));
        let is_word = |cell: &str| {
            coordinate::number(cell).is_none() && cell.chars().any(char::is_alphabetic)
        };
        let has_digit = |cell: &str| cell.contains(|c: char| c.is_ascii_digit());
        let names = [self.cell(row, Field::Name), self.cell(row, Field::Address)];
        is_word(lon)
            && is_word(lat)
            && lon != lat
            && !names.iter().any(|cell| has_digit(cell) || cell.is_empty())
    }

    /// How much of a heading is understood.
    fn weight(&self) -> usize {
        let fields = self.places.keys().filter(|field| **field != Field::Serial);
        fields.count() + self.hours.len() + self.ticks.len()
    }

    /// A heading that a list of stations can have.
    fn is_heading(&self) -> bool {
        self.has(Field::Name) && self.weight() >= 2
    }

    /// Whether a position, hours or facilities show that the rows are places to rest, and not
    /// people, events or offices.
    pub(super) fn has_station_fields(&self) -> bool {
        let fields = [
            Field::Lon,
            Field::Position,
            Field::LatLon,
            Field::Pair,
            Field::Hours,
            Field::Amenities,
        ];
        !self.ticks.is_empty() || fields.iter().any(|field| self.has(*field))
    }
}

/// Whether keys say more of a place than its name and position: an address, hours, facilities.
pub(super) fn are_those_of_one_place(headings: Vec<String>) -> bool {
    let columns = columns_of(headings, &BTreeMap::new(), &[]);
    columns.has(Field::Address) || columns.has(Field::Hours) || columns.has(Field::Amenities)
}

/// Whether keys of a JSON list could be those of stations: a name, and where they are or when.
pub(super) fn could_list_stations(headings: Vec<String>) -> bool {
    let columns = columns_of(headings, &BTreeMap::new(), &[]);
    columns.has(Field::Name) && (columns.has(Field::Address) || columns.has_station_fields())
}

/// How many headings that we know a line has, of those that count.
pub(super) fn known_headings(line: &str, separator: char, counts: &dyn Fn(&str) -> bool) -> usize {
    line.split(separator)
        .map(|cell| cell.trim_matches('"'))
        .filter(|cell| counts(cell) && outright(&plain(cell)).is_some())
        .count()
}
