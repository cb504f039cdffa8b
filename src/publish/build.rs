//! Gathers the stations of all sheets, and writes the dataset.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::beside;
use super::columns::{self, ColumnReading, Section};
use super::config::{Config, ConfigError, Source};
use super::dataset_folder::{CSV_NAME, DatasetFolder, FolderError, GEOJSON_NAME};
use super::diff::{diff, gone_percent};
use super::export::{to_csv, to_geojson};
use super::headings::Field;
use super::issue::{ASSUMED_CRS, Issue, Problem, Severity, place};
use super::progress::{Progress, Step};
use super::reference_system::ReferenceSystem;
use super::row::{self, Readings, Row, Surroundings};
use super::table::{self, Table};
use super::{barriers, checks, programmes, twins};
use crate::dataset::{
    Dataset, DatasetError, MANIFEST_NAME, Manifest, Publisher, decode_cell, decode_manifest,
    decode_programmes,
};
use crate::domain::barrier::Barrier;
use crate::domain::calendar::Calendar;
use crate::domain::civil::CivilTime;
use crate::domain::nearest::Stations;
use crate::domain::position::LonLat;
use crate::domain::programme::Programme;
use crate::domain::station::Station;
use crate::domain::timetable::Timetable;

/// What the sheets hold.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Prepared {
    /// The stations to publish.
    pub stations: Vec<Station>,
    /// What is wrong, in the order of sheets and rows.
    pub issues: Vec<Issue>,
    /// What the tables' columns were taken for.
    pub tables: Vec<TableReading>,
    /// How many rows held a station; some of them may have become one.
    pub rows: usize,
    /// What the publisher runs beside its stations.
    pub programmes: Vec<Programme>,
    /// What riders cannot simply cross.
    pub barriers: Vec<Barrier>,
    /// Positions that were not believed, and taken off their stations.
    pub withheld: Vec<Withheld>,
}

/// A position that was not believed.
#[derive(Clone, Debug, PartialEq)]
pub struct Withheld {
    /// The file.
    pub source: String,
    /// The row.
    pub row: usize,
    /// The city, as far as the row says.
    pub city: String,
    /// The station's name.
    pub name: String,
    /// Where the row says that the station is.
    pub position: LonLat,
}

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

/// A station and the row it comes from.
#[derive(Clone, Debug)]
pub(super) struct Gathered {
    pub(super) station: Station,
    pub(super) source: String,
    pub(super) sheet: Option<String>,
    pub(super) row: usize,
    pub(super) id_was_given: bool,
}

impl Gathered {
    /// The file, and the sheet in a workbook.
    pub(super) fn place(&self) -> String {
        place(&self.source, self.sheet.as_deref())
    }

    /// Only what an issue needs.
    pub(super) fn without_station(&self) -> Self {
        let station = Station {
            id: self.station.id.clone(),
            name: self.station.name.clone(),
            ..Station::default()
        };
        Self {
            station,
            source: self.source.clone(),
            sheet: self.sheet.clone(),
            ..*self
        }
    }

    fn issue(&self, problem: Problem) -> Issue {
        Issue {
            source: self.source.clone(),
            sheet: self.sheet.clone(),
            row: Some(self.row),
            station: Some(self.station.id.clone()),
            name: Some(self.station.name.clone()),
            problem,
        }
    }
}

/// Why a dataset could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A file or folder cannot be read or written.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file of the dataset cannot be used.
    #[error("{path}: {cause}")]
    Dataset {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: DatasetError,
    },
    /// What was written does not come back the same; the old dataset stays.
    #[error("what was written to {0} does not read back the same; the old dataset stays")]
    NotTheSame(PathBuf),
    /// Too many stations would be gone; the old dataset stays.
    #[error(
        "{gone:.1} % of the stations would be gone, more than the {allowed} % allowed; the old dataset stays \
         (有 {gone:.1}% 的站点会消失，超过允许的 {allowed}%，原数据未动)"
    )]
    TooManyGone {
        /// Percent of the old stations.
        gone: f64,
        /// As much as was allowed.
        allowed: f64,
    },
    /// The folder is not one to write into.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// There is nothing to publish; the old dataset stays.
    #[error("no station to publish; the old dataset stays (没有可发布的站点，原数据未动)")]
    NoStations,
}

/// Reads all sheets of a configuration.
#[must_use]
pub fn prepare(config: &Config, progress: &mut Progress<'_>) -> Prepared {
    let mut prepared = Prepared::default();
    let mut gathered = Vec::new();
    for (index, source) in config.sources.iter().enumerate() {
        for file in expand(&source.path) {
            let label = match file.strip_prefix(&source.path) {
                Ok(inside) if inside != Path::new("") => {
                    format!(
                        "{}/{}",
                        source.label.trim_end_matches('/'),
                        inside.display()
                    )
                }
                _ => source.label.clone(),
            };
            read_file(
                config,
                source,
                index,
                &file,
                &label,
                &mut prepared,
                &mut gathered,
                progress,
            );
        }
    }
    prepared.rows = gathered.len();
    progress(&Step::Comparing, 0, 1);
    let (mut gathered, merged) = twins::merge(config, gathered);
    let mut issues: Vec<Issue> = merged
        .into_iter()
        .map(|(row, problem)| row.issue(problem))
        .collect();
    for (index, problem) in twins::tell_apart(&mut gathered) {
        issues.push(gathered[index].issue(problem));
    }
    for (index, problem) in doubtful(config, &gathered) {
        if problem.severity() == Severity::Error {
            // A rider must not be sent to a field.
            let row = &mut gathered[index];
            let position = row.station.position.take();
            prepared.withheld.extend(position.map(|position| Withheld {
                source: row.place(),
                row: row.row,
                city: row.station.city.clone(),
                name: row.station.name.clone(),
                position,
            }));
        }
        issues.push(gathered[index].issue(problem));
    }
    for source in &config.programmes {
        let read = programmes::read(source, &mut issues);
        prepared.programmes.extend(read);
    }
    for source in &config.barriers {
        let barrier = barriers::read(source, &config.calendar, &mut issues);
        prepared.barriers.push(barrier);
    }
    prepared.stations = gathered.into_iter().map(|row| row.station).collect();
    prepared.issues.append(&mut issues);
    let places: HashMap<&str, usize> = config
        .sources
        .iter()
        .enumerate()
        .map(|(index, source)| (source.label.as_str(), index))
        .collect();
    prepared.issues.sort_by_cached_key(|issue| {
        // Files of a folder keep their order within the folder.
        let place = places.get(issue.source.as_str()).copied();
        (place, issue.source.clone(), issue.sheet.clone(), issue.row)
    });
    prepared
}

/// Reads some files as they are, see [`for_files`].
#[must_use]
pub fn prepare_files(files: &[PathBuf], config: &Config, progress: &mut Progress<'_>) -> Prepared {
    prepare(&for_files(files, config), progress)
}

/// Whether every source is there and has a sheet: without this nothing is read, since what a
/// missing file lists would be gone from the dataset.
///
/// # Errors
///
/// [`ConfigError::SourceMissing`], with the first that is not.
pub fn require_sources(config: &Config) -> Result<(), ConfigError> {
    let missing = config
        .sources
        .iter()
        .find(|source| expand(&source.path).iter().all(|file| !file.exists()));
    match missing {
        Some(source) => Err(ConfigError::SourceMissing(source.label.clone())),
        None => Ok(()),
    }
}

/// The configuration for some files as they are, with what it says of them, if it does.
#[must_use]
pub fn for_files(files: &[PathBuf], config: &Config) -> Config {
    let sources = files
        .iter()
        .cloned()
        .map(|file| {
            let configured = config.sources.iter().find(|source| {
                let same = |path: &Path| std::fs::canonicalize(path).ok();
                same(&source.path).is_some() && same(&source.path) == same(&file)
            });
            let source = configured.cloned().unwrap_or_default();
            Source {
                label: file.display().to_string(),
                path: file,
                ..source
            }
        })
        .collect();
    Config {
        sources,
        ..config.clone()
    }
}

/// A folder stands for the sheets in it.
fn expand(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return vec![path.to_owned()];
    };
    let is_sheet = |file: &PathBuf| {
        // A spreadsheet program's lock on an open file.
        let name = file.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| name.starts_with("~$") || name.starts_with('.')) {
            return false;
        }
        let extension = file.extension().and_then(|extension| extension.to_str());
        matches!(
            extension,
            Some("xlsx" | "csv" | "tsv" | "json" | "geojson" | "txt")
        )
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(is_sheet)
        .collect();
    files.sort();
    files
}

#[expect(clippy::too_many_arguments, reason = "one call, in the loop above")]
fn read_file(
    config: &Config,
    source: &Source,
    source_index: usize,
    file: &Path,
    label: &str,
    prepared: &mut Prepared,
    gathered: &mut Vec<Gathered>,
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
    let tables = match table::read(file, source) {
        Ok(tables) => tables,
        Err(problem) => return prepared.issues.push(issue(None, 0, problem)),
    };
    let has_sheets = tables.len() > 1;
    let mut is_list = false;
    let mut skipped = Vec::new();
    for table in tables {
        let sheet = table.sheet.clone();
        let found = if table.is_hidden {
            Err(Problem::NoHeading)
        } else {
            columns::sections(&table, &source.columns, &config.calendar)
        };
        let (mut sections, problems) = match found {
            // Covers and notes have no heading; of a whole file that is an error.
            Err(_) if has_sheets => {
                let problem = Problem::SheetSkipped {
                    sheet: table.sheet.unwrap_or_default(),
                    is_hidden: table.is_hidden,
                };
                skipped.push(issue(None, 0, problem));
                continue;
            }
            Err(problem) => return prepared.issues.push(issue(sheet.as_ref(), 0, problem)),
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
            &table,
            &sections,
            prepared,
            gathered,
            progress,
        );
    }
    if !is_list {
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
    table: &Table,
    sections: &[Section],
    prepared: &mut Prepared,
    gathered: &mut Vec<Gathered>,
    progress: &mut Progress<'_>,
) {
    let file_crs = table.crs.as_deref().map(str::parse).and_then(Result::ok);
    let crs = source.crs.or(file_crs);
    let before = gathered.len();
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
    for section in sections {
        let columns = &section.columns;
        let section_rows = &table.rows[section.rows.clone()];
        let is_confirmed = !source.kind.is_empty() || source.sheet.is_some();
        let lists_others = !columns.has(Field::Name);
        if lists_others || !columns.tell_of_places() && !is_confirmed {
            rows += section_rows.len();
            let row = if lists_others { section.heading_row } else { 0 };
            report(row, None, "", Problem::NotStations);
            continue;
        }
        for problem in columns_told(table, section) {
            report(0, None, "", problem);
        }
        let contradiction = contradiction(columns, source.crs, file_crs);
        let is_other_datum = contradiction.is_some();
        if let Some(problem) = contradiction {
            report(0, None, "", problem);
        }
        let mut title = beside::title_of_list(sheet.map_or("", String::as_str));
        if let Some(above) = section.title {
            let row = &table.rows[above];
            title.take_over(beside::title_of(row));
            report(row.number, None, "", Problem::TitleRow(title.clone()));
        }
        for row in section_rows {
            let around = Surroundings {
                columns,
                source,
                source_index,
                // A projected file keeps its own grid, whatever the sheet's datum.
                crs: file_crs
                    .filter(|crs| !crs.is_degrees())
                    .or(crs)
                    .unwrap_or(ASSUMED_CRS),
                calendar: &config.calendar,
                service_area: config.service_area.as_ref(),
                readings: &readings,
                title: &title,
                separator: table.separator,
                is_other_datum,
            };
            let (read, problems) = row::read(row, &around);
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
            gathered.extend(station.map(|station| Gathered {
                id_was_given: shared_id.is_none() && !columns.cell(row, Field::Id).is_empty(),
                station,
                source: label.to_owned(),
                sheet: sheet.cloned(),
                row: row.number,
            }));
        }
    }
    if let Some(example) = shared_id {
        report(0, None, "", Problem::IdsShared(example));
    }
    let positions = || {
        gathered[before..]
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

/// What is to be told of a section's columns: those that are hidden, belong to people, or are not
/// used.
fn columns_told(table: &Table, section: &Section) -> Vec<Problem> {
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

/// The sheet's datum and the configuration's, where they differ: by a heading such as
/// `lng_gcj02`, or by what the file declares.
fn contradiction(
    columns: &columns::Columns,
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

/// An id that many rows have, if the column of ids is a column of something
/// else: of districts or of kinds.
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

/// Positions that cannot be trusted, and addresses that cannot both be right.
fn doubtful(config: &Config, gathered: &[Gathered]) -> Vec<(usize, Problem)> {
    let mut doubtful: Vec<(usize, Problem)> = Vec::new();
    if let Some(area) = &config.service_area {
        for (index, row) in gathered.iter().enumerate() {
            let position = row.station.position;
            if position.is_some_and(|position| !area.contain(position)) {
                doubtful.push((index, Problem::PositionOutside));
            }
        }
    }
    let mut away: HashSet<usize> = doubtful.iter().map(|(index, _)| *index).collect();
    let stations: Vec<&Station> = gathered.iter().map(|row| &row.station).collect();
    for far in checks::away_from_the_list(&stations) {
        if away.insert(far.station) {
            doubtful.push((far.station, Problem::PositionAway { km: far.km }));
        }
    }
    for far in checks::far_from_their_district(&stations, &away) {
        if stations[far.station].district.is_empty() {
            doubtful.push((far.station, Problem::PositionAway { km: far.km }));
        } else {
            let district = stations[far.station].district.clone();
            doubtful.push((
                far.station,
                Problem::PositionFar {
                    district,
                    km: far.km,
                },
            ));
        }
    }
    let withheld: HashSet<usize> = doubtful.iter().map(|(index, _)| *index).collect();
    for apart in checks::same_address_apart(&stations) {
        if withheld.contains(&apart.station) || withheld.contains(&apart.from) {
            continue;
        }
        let first = &gathered[apart.from];
        let problem = Problem::AddressApart {
            source: first.place(),
            row: first.row,
            metres: apart.metres,
        };
        doubtful.push((apart.station, problem));
    }
    doubtful
}

/// Publishes the stations, which move into the dataset, into `out`. The dataset that is there stays until the new
/// one is complete, has been read back and compared.
///
/// # Errors
///
/// [`BuildError`]; the old dataset is then still in place.
pub fn write_dataset(
    config: &Config,
    prepared: &mut Prepared,
    now: CivilTime,
    out: &Path,
    max_gone_percent: Option<f64>,
    progress: &mut Progress<'_>,
) -> Result<Dataset, BuildError> {
    if prepared.stations.is_empty() {
        return Err(BuildError::NoStations);
    }
    let folder = DatasetFolder::open(out, config.files())?;
    let (name, phone, url) = config.publisher.clone();
    let about = Manifest {
        edition: config.edition.unwrap_or(now.day()).to_string(),
        built_at: config
            .edition
            .map_or(now, super::super::domain::civil::Day::start),
        title: config.title.clone(),
        publisher: Publisher { name, phone, url },
        is_demo: config.is_demo,
        time_zone: config.time_zone.clone(),
        utc_offset_minutes: config.utc_offset_minutes,
        stale_after_days: config.stale_after_days,
        keep_bytes: config.keep_bytes,
        report_url: config.report_url.clone(),
        embed_origins: config.embed_origins.clone(),
        calendar: config.calendar.clone(),
        sources: config
            .sources
            .iter()
            .map(|source| crate::dataset::Source {
                title: source.title.clone(),
                origin: source.origin.clone(),
                licence: source.licence.clone(),
            })
            .collect(),
        kinds: Vec::new(),
        areas: Vec::new(),
        programmes: None,
        travel: config.travel,
        barriers: std::mem::take(&mut prepared.barriers),
        cells: Vec::new(),
    };
    let (dataset, files) = Dataset::publish(
        about,
        std::mem::take(&mut prepared.stations),
        prepared.programmes.clone(),
    );

    if let (Some(allowed), true) = (max_gone_percent, folder.path().join(MANIFEST_NAME).exists()) {
        let old = read_dataset(folder.path())?;
        let gone = gone_percent(&old, &diff(&old, &dataset));
        if gone > allowed {
            return Err(BuildError::TooManyGone { gone, allowed });
        }
    }
    let exports = [
        (GEOJSON_NAME, to_geojson(&dataset).into_bytes()),
        (CSV_NAME, to_csv(&dataset).into_bytes()),
    ];
    let exports = exports.map(|(name, bytes)| (name.to_owned(), bytes));
    let files = exports.into_iter().chain(files).collect();
    folder.replace(files, progress, |path, manifest_name| {
        if read_dataset_files(path, manifest_name)? == dataset {
            Ok(())
        } else {
            Err(BuildError::NotTheSame(path.to_owned()))
        }
    })?;
    Ok(dataset)
}

/// Reads a published dataset, every cell of it.
///
/// # Errors
///
/// [`BuildError`] if a file is missing, damaged or of a newer format.
pub fn read_dataset(folder: &Path) -> Result<Dataset, BuildError> {
    read_dataset_files(folder, MANIFEST_NAME)
}

fn read_dataset_files(folder: &Path, manifest_name: &str) -> Result<Dataset, BuildError> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|cause| BuildError::File { path, cause })
    };
    let refused = |name: &str| {
        let path = folder.join(name);
        move |cause| BuildError::Dataset { path, cause }
    };
    let manifest = decode_manifest(&read(manifest_name)?).map_err(refused(manifest_name))?;
    let cells = manifest
        .cells
        .iter()
        .map(|entry| {
            let name = entry.file_name();
            let decoded = decode_cell(&read(&name)?, entry, &manifest).map_err(refused(&name))?;
            Ok(decoded.cell)
        })
        .collect::<Result<_, BuildError>>()?;
    let programmes = match &manifest.programmes {
        None => Vec::new(),
        Some(entry) => {
            let name = entry.file_name();
            decode_programmes(&read(&name)?, entry).map_err(refused(&name))?
        }
    };
    Ok(Dataset {
        manifest,
        stations: Stations::of(cells),
        programmes,
    })
}
