//! Reads one file of a source: its tables, their sections, their rows.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

use super::{Prepared, SourcedStation};
use crate::domain::calendar::Calendar;
use crate::domain::datum::Crs;
use crate::domain::timetable::Timetable;
use crate::publish::columns::{self, ColumnReading, Columns, Section};
use crate::publish::config::{Config, Source};
use crate::publish::files::Files;
use crate::publish::headings::Field;
use crate::publish::issue::{Issue, Problem};
use crate::publish::progress::{Progress, Step};
use crate::publish::reference_system::ReferenceSystem;
use crate::publish::row::{self, Readings, Row, RowContext};
use crate::publish::table::{self, Table};
use crate::publish::title;

/// What a table's columns were taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReading {
    /// The file, as the configuration names it.
    pub source: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The heading's row.
    pub heading_row: usize,
    /// Each column.
    pub columns: Vec<ColumnReading>,
}

/// The datum that is assumed for a check where none is declared.
const ASSUMED_CRS: ReferenceSystem = ReferenceSystem::Datum(Crs::Wgs84);

#[expect(clippy::too_many_arguments, reason = "one call, in the loop above")]
pub(super) fn read_file(
    config: &Config,
    files: &dyn Files,
    source: &Source,
    source_index: usize,
    file: &Path,
    label: &str,
    prepared: &mut Prepared,
    sourced: &mut Vec<SourcedStation>,
    progress: &mut Progress<'_>,
) {
    let issue = |sheet: Option<&String>, row: usize, problem| Issue {
        source: label.to_owned(),
        sheet: sheet.cloned(),
        row: (row > 0).then_some(row),
        station: None,
        name: None,
        problem,
    };
    let tables = match table::read(file, source, files) {
        Ok(tables) => tables,
        Err(problem) => return prepared.issues.push(issue(None, 0, problem)),
    };
    let has_sheets = tables.len() > 1;
    let mut is_list = false;
    let mut skipped = Vec::new();
    let mut unread = Vec::new();
    for mut table in tables {
        let sheet = table.sheet.clone();
        let found = if table.is_hidden {
            Err(Problem::NoHeading)
        } else {
            columns::sections(&table, &source.columns, &config.calendar)
        };
        if found.is_err() && !table.is_hidden {
            let likely = columns::likely_heading(&table, &source.columns);
            unread.extend(likely.map(|(heading_row, columns)| TableReading {
                source: label.to_owned(),
                sheet: sheet.clone(),
                heading_row,
                columns: columns.described(),
            }));
        }
        let (mut sections, problems) = match found {
            // Covers and notes have no heading; a whole file without one is an error.
            Err(_) if has_sheets => {
                let problem = Problem::SheetSkipped {
                    sheet: table.sheet.unwrap_or_default(),
                    is_hidden: table.is_hidden,
                };
                skipped.push(issue(None, 0, problem));
                continue;
            }
            Err(problem) => {
                prepared.tables.extend(unread);
                return prepared.issues.push(issue(sheet.as_ref(), 0, problem));
            }
            Ok(found) => found,
        };
        if let Some(crs) = source.crs {
            for section in &mut sections {
                section.columns.prefer(crs);
            }
        }
        is_list = true;
        for problem in problems {
            prepared.issues.push(issue(sheet.as_ref(), 0, problem));
        }
        let marked = table.marked_rows.iter();
        prepared
            .marked_rows
            .extend(marked.map(|row| (label.to_owned(), sheet.clone(), *row)));
        for (row, problem) in &table.problems {
            prepared
                .issues
                .push(issue(sheet.as_ref(), *row, problem.clone()));
        }
        read_table(
            config,
            source,
            source_index,
            label,
            sheet.as_ref(),
            &mut table,
            &sections,
            prepared,
            sourced,
            progress,
        );
    }
    if !is_list {
        prepared.tables.extend(unread);
        return prepared.issues.push(issue(None, 0, Problem::NoHeading));
    }
    prepared.issues.append(&mut skipped);
}

#[expect(clippy::too_many_arguments, reason = "one call, in the loop above")]
fn read_table(
    config: &Config,
    source: &Source,
    source_index: usize,
    label: &str,
    sheet: Option<&String>,
    table: &mut Table,
    sections: &[Section],
    prepared: &mut Prepared,
    sourced: &mut Vec<SourcedStation>,
    progress: &mut Progress<'_>,
) {
    let file_crs = table.crs.as_deref().map(str::parse).and_then(Result::ok);
    let crs = source.crs.or(file_crs);
    let before = sourced.len();
    let mut issues: Vec<Issue> = Vec::new();
    let mut report = |row: usize, station: Option<String>, name: &str, problem| {
        issues.push(Issue {
            source: label.to_owned(),
            sheet: sheet.cloned(),
            row: (row > 0).then_some(row),
            station,
            name: (!name.is_empty()).then(|| name.to_owned()),
            problem,
        });
    };
    let step = Step::Reading(label.to_owned());
    let mut rows = 0;
    let readings = RefCell::new(Readings::default());
    let shared_id = shared_id(table, sections);
    let knows_holidays = config.calendar != Calendar::default();
    for (number, section) in sections.iter().enumerate() {
        let columns = &section.columns;
        let is_last = number + 1 == sections.len();
        let is_confirmed = !source.kind.is_empty() || source.sheet.is_some();
        let lists_others = !columns.has(Field::Name);
        if lists_others || !columns.has_station_fields() && !is_confirmed {
            rows += section.rows.len();
            let row = if lists_others { section.heading_row } else { 0 };
            report(row, None, "", Problem::NotStations);
            continue;
        }
        for problem in column_problems(table, section) {
            report(0, None, "", problem);
        }
        let contradiction = contradiction(columns, source.crs, file_crs);
        let is_other_datum = contradiction.is_some();
        if let Some(problem) = contradiction {
            report(0, None, "", problem);
        }
        let mut title = title::title_of_list(sheet.map_or("", String::as_str));
        if let Some(above) = section.title {
            let row = &table.rows[above];
            title.take_over(title::title_of(row));
            report(row.number, None, "", Problem::TitleRow(title.clone()));
        }
        for place in section.rows.clone() {
            let row = &table.rows[place];
            let context = RowContext {
                columns,
                source,
                source_index,
                // A projected file keeps its own grid, whatever datum the configuration
                // declares.
                crs: file_crs
                    .filter(|crs| !crs.is_degrees())
                    .or(crs)
                    .unwrap_or(ASSUMED_CRS),
                readings: &readings,
                config,
                title: &title,
                separator: table.separator,
                is_other_datum,
            };
            let (read, problems) = row::read(row, &context);
            rows += usize::from(!row.is_empty());
            if rows.is_multiple_of(1000) {
                progress(&step, rows, table.rows.len());
            }
            let mut station = match read {
                Row::Station(station) => Some(*station),
                Row::None => None,
                Row::Title(found) => {
                    title.take_over(found);
                    None
                }
            };
            if let (Some(_), Some(station)) = (&shared_id, &mut station) {
                station.id = row::derived_id(&[&station.name, &station.address]);
            }
            let id = station.as_ref().map(|station| station.id.clone());
            let name = columns.cell(row, Field::Name);
            let timetable = station
                .as_ref()
                .and_then(|station| station.hours.timetable.as_ref());
            if !knows_holidays && timetable.is_some_and(Timetable::depends_on_calendar) {
                report(row.number, id.clone(), name, Problem::HolidaysNotKnown);
            }
            for problem in problems {
                report(row.number, id.clone(), name, problem);
            }
            sourced.extend(station.map(|station| SourcedStation {
                id_was_given: shared_id.is_none() && !columns.cell(row, Field::Id).is_empty(),
                station,
                source: label.to_owned(),
                sheet: sheet.cloned(),
                row: row.number,
            }));
            if is_last {
                // Frees the row: a country's rows fill the memory. Sections side by side share
                // rows, so only the last one frees them.
                table.rows[place].cells = Vec::new();
            }
        }
    }
    if let Some(example) = shared_id {
        report(0, None, "", Problem::IdsShared(example));
    }
    let positions = || {
        sourced[before..]
            .iter()
            .filter_map(|row| row.station.position)
    };
    if rows == 0 {
        report(0, None, "", Problem::Empty);
    } else if crs.is_none() && positions().next().is_some() {
        let in_china = positions()
            .any(|p| (73.0..136.0).contains(&p.lon()) && (18.0..54.0).contains(&p.lat()));
        let heading = sections
            .iter()
            .flat_map(|section| section.columns.headings())
            .find(|heading| ReferenceSystem::named_in(heading).is_some())
            .map(str::to_owned);
        report(0, None, "", Problem::CrsMissing { in_china, heading });
    }
    prepared.issues.append(&mut issues);
    prepared
        .tables
        .extend(sections.iter().map(|section| TableReading {
            source: label.to_owned(),
            sheet: sheet.cloned(),
            heading_row: section.heading_row,
            columns: section.columns.described(),
        }));
}

/// Problems with a section's columns: those that are hidden, personal or unused.
fn column_problems(table: &Table, section: &Section) -> Vec<Problem> {
    let rows = &table.rows[section.rows.clone()];
    let is_filled = |column: usize| {
        rows.iter().any(|row| {
            row.cells
                .get(column)
                .is_some_and(|cell| !cell.trim().is_empty())
        })
    };
    let mut columns = section.columns.described();
    columns.retain(|column| {
        is_filled(column.index)
            && !(column.heading.is_empty() && section.columns.is_beside_another())
    });
    let names = |is_it: &dyn Fn(&ColumnReading) -> bool| -> Vec<String> {
        let columns = columns.iter().filter(|column| is_it(column));
        columns.map(ColumnReading::name).collect()
    };
    let lists = [
        (
            names(&|column| table.hidden_columns.contains(&column.index)),
            Problem::ColumnsHidden as fn(_) -> _,
        ),
        (
            names(&|column| column.is_personal),
            Problem::ColumnsPersonal,
        ),
        (
            names(&|column| column.field.is_none() && !column.is_personal),
            Problem::ColumnsUnused,
        ),
    ];
    lists
        .into_iter()
        .filter(|(columns, _)| !columns.is_empty())
        .map(|(columns, problem)| problem(columns))
        .collect()
}

/// The contradiction between the datum of the sheet and that of the configuration, if any. The
/// sheet names a datum by a heading such as `lng_gcj02` or by what the file declares.
fn contradiction(
    columns: &Columns,
    configured: Option<ReferenceSystem>,
    file_crs: Option<ReferenceSystem>,
) -> Option<Problem> {
    let configured = configured?;
    let fields = [Field::Lon, Field::Position, Field::LatLon, Field::Pair];
    let by_heading = fields.into_iter().find_map(|field| {
        let heading = columns.heading_of(field)?;
        let crs = ReferenceSystem::named_in(heading)?;
        (crs != configured).then(|| format!("{crs}（{}）", heading.trim()))
    });
    let by_file = file_crs
        .filter(|crs| *crs != configured && crs.is_degrees() == configured.is_degrees())
        .map(|crs| crs.to_string());
    let sheet = by_heading.or(by_file)?;
    Some(Problem::CrsContradicts {
        sheet,
        configured: configured.to_string(),
    })
}

/// An example of an id that many rows share, if the column of ids holds something else:
/// districts or kinds.
fn shared_id(table: &Table, sections: &[Section]) -> Option<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for section in sections {
        for row in &table.rows[section.rows.clone()] {
            let id = section.columns.cell(row, Field::Id);
            if !id.is_empty() {
                *counts.entry(id).or_default() += 1;
            }
        }
    }
    let rows: usize = counts.values().sum();
    let most = counts.iter().max_by_key(|(id, count)| (**count, **id))?;
    (rows >= 5 && counts.len() * 3 < rows * 2).then(|| (*most.0).to_owned())
}
