//! Gives columns to fields by what their cells hold, where the headings do not tell.

use std::collections::HashSet;
use std::ops::Range;

use super::{Columns, POSITIONS, SAMPLE};
use crate::domain::calendar::Calendar;
use crate::publish::coordinate;
use crate::publish::headings::{Field, by_ending, outright, plain, words};
use crate::publish::hours;
use crate::publish::hours_columns::HoursColumns;
use crate::publish::issue::Problem;
use crate::publish::table::TableRow;

/// Assigns columns by what most of their cells hold.
pub(super) fn by_content(
    columns: &mut Columns,
    rows: &[TableRow],
    calendar: &Calendar,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let sample = || rows.iter().take(SAMPLE);
    let width = sample()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or_default();
    // A few cells beyond the heading do not make a column.
    let is_column = |column: &usize| {
        let filled = sample().filter(|row| {
            row.cells
                .get(*column)
                .is_some_and(|cell| !cell.trim().is_empty())
        });
        filled.count() * 2 > sample().filter(|row| !row.is_empty()).count()
    };
    let width = (columns.headings.len()..width)
        .filter(is_column)
        .max()
        .map_or(columns.headings.len(), |last| last + 1);
    columns.headings.resize(width, String::new());
    let free: Vec<usize> = (0..width)
        .filter(|column| !columns.is_taken(*column))
        .filter(|column| !columns.headings[*column].to_lowercase().contains("epsg"))
        .collect();
    let is_silent = |column: &&usize, columns: &Columns| says_nothing(&columns.headings[**column]);
    let holds = |column: usize, least: f64, is_it: &dyn Fn(&str) -> bool| {
        let cells = rows
            .iter()
            .take(SAMPLE)
            .filter_map(|row| row.cells.get(column));
        let filled: Vec<&str> = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "60 at most")]
        let share = filled.iter().filter(|cell| is_it(cell)).count() as f64 / filled.len() as f64;
        filled.len() >= 2 && share >= least
    };
    let mut take = |field: Field, column: usize, columns: &mut Columns| {
        columns.places.insert(field, vec![column]);
        problems.push(columns.by_content(field, column));
    };
    let has_place = POSITIONS.iter().any(|field| columns.has(*field));
    if !has_place {
        // Only in China the numbers themselves tell east from north.
        let within = |range: Range<f64>| {
            move |cell: &str| {
                let is_fine = cell
                    .split('.')
                    .nth(1)
                    .is_some_and(|decimals| decimals.len() >= 3);
                is_fine && coordinate::number(cell).is_some_and(|value| range.contains(&value))
            }
        };
        let lon = free
            .iter()
            .find(|column| holds(**column, 0.8, &within(73.0..136.0)));
        let lat = free
            .iter()
            .find(|column| holds(**column, 0.8, &within(3.0..54.0)));
        let is_pair = |cell: &str| {
            let is_degrees = |pair: coordinate::Pair| {
                let (one, other) = pair.numbers();
                one.abs() <= 180.0 && other.abs() <= 180.0
            };
            cell.contains('.') && coordinate::pair(cell).is_some_and(is_degrees)
        };
        if let (Some(lon), Some(lat)) = (lon, lat) {
            take(Field::Lon, *lon, columns);
            take(Field::Lat, *lat, columns);
        } else if let Some(column) = free.iter().find(|column| holds(**column, 0.8, &is_pair)) {
            take(Field::Pair, *column, columns);
        }
    }
    if !columns.has(Field::Hours) {
        let is_hours = |cell: &str| {
            cell.contains([':', '：', '点', '时']) && hours::read(cell, calendar).is_ok()
        };
        // Only silent headings: 值班时间 are not opening hours.
        let column = free
            .iter()
            .filter(|column| is_silent(column, columns))
            .find(|column| holds(**column, 0.6, &is_hours))
            .copied();
        if let Some(column) = column {
            columns.hours = HoursColumns::single(column);
            problems.push(columns.by_content(Field::Hours, column));
        }
    }
    problems
}

/// A heading that is empty or a mere name for a column: X1, 列2, `field_3`, Unnamed: 4.
fn says_nothing(heading: &str) -> bool {
    let word: String = heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    word.chars().count() <= 1
        || ["列", "字段", "column", "col", "field", "unnamed", "未命名"].contains(&word.as_str())
}

/// A column in which all names are the same is not the column of names.
pub(super) fn choose_name(columns: &mut Columns, rows: &[TableRow]) -> Option<Problem> {
    if columns.is_configured(Field::Name) {
        return None;
    }
    let distinct = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.cells.get(column));
        let filled: Vec<&str> = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let kinds: HashSet<&&str> = filled.iter().collect();
        (filled.len(), kinds.len())
    };
    let column = *columns.places.get(&Field::Name)?.first()?;
    let (filled, kinds) = distinct(column);
    if filled < ROWS_TO_DOUBT || kinds > 1 {
        return None;
    }
    let other = (0..columns.headings.len())
        .filter(|other| !columns.is_taken(*other))
        .filter(|other| {
            let heading = &columns.headings[*other];
            by_ending(heading) == Some(Field::Name)
                || outright(&plain(heading)).is_some_and(|(field, _)| field == Field::Name)
        })
        .find(|other| distinct(*other).1 * 2 > filled);
    match other {
        Some(other) => {
            columns.places.insert(Field::Name, vec![other]);
            Some(columns.by_content(Field::Name, other))
        }
        None => Some(Problem::NamesShared {
            heading: columns.headings[column].trim().to_owned(),
        }),
    }
}

/// Fewer rows than this may share a name.
const ROWS_TO_DOUBT: usize = 3;

/// Whether O means Ost: if the column also has W for west, or the headings are German. In French
/// and Spanish it is the west; none if nothing tells.
pub(super) fn o_is_east(columns: &Columns, rows: &[TableRow]) -> Option<bool> {
    let texts = || {
        rows.iter().take(SAMPLE).flat_map(|row| {
            [Field::Lon, Field::Position, Field::LatLon, Field::Pair]
                .map(|field| columns.cell(row, field))
        })
    };
    let says = |letter: char| texts().any(|text| text.to_uppercase().trim_end().ends_with(letter));
    match (says('W'), says('E')) {
        (true, false) => return Some(true),
        (false, true) => return Some(false),
        _ => {}
    }
    let has = |list: &[&str]| {
        columns.headings.iter().any(|heading| {
            words(heading)
                .iter()
                .any(|word| list.contains(&word.as_str()))
        })
    };
    let is_german = has(&[
        "öffnungszeiten",
        "breite",
        "länge",
        "breitengrad",
        "längengrad",
        "straße",
        "strasse",
        "ort",
        "plz",
        "bezirk",
    ]);
    let is_romance = has(&[
        "nom",
        "horaires",
        "nombre",
        "dirección",
        "direccion",
        "longitud",
        "horario",
        "endereço",
        "nome",
        "indirizzo",
    ]);
    match (is_german, is_romance) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}
