//! Gathers the stations of all sheets, and writes the dataset.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::checks::far_from_their_district;
use super::columns;
use super::config::{Config, Source};
use super::export::{to_csv, to_geojson};
use super::issue::{Issue, Problem};
use super::{row, table};
use crate::dataset::{
    Dataset, DatasetError, MANIFEST_NAME, Manifest, Publisher, decode_cell, decode_manifest,
};
use crate::domain::civil::CivilTime;
use crate::domain::station::Station;

/// What the sheets hold.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Prepared {
    /// The stations to publish.
    pub stations: Vec<Station>,
    /// What is wrong, in the order of sheets and rows.
    pub issues: Vec<Issue>,
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
    /// There is nothing to publish; the old dataset stays.
    #[error("no station to publish; the old dataset stays (没有可发布的站点，原数据未动)")]
    NoStations,
}

/// Reads all sheets of a configuration.
#[must_use]
pub fn prepare(config: &Config) -> Prepared {
    let mut prepared = Prepared::default();
    // Where each station comes from, for issues that show only later.
    let mut rows: Vec<(usize, usize)> = Vec::new();
    let mut ids: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (index, source) in config.sources.iter().enumerate() {
        read_source(config, source, index, &mut prepared, &mut rows, &mut ids);
    }
    withhold_doubtful_positions(config, &mut prepared, &rows);
    prepared.issues.sort_by_cached_key(|issue| {
        let place = config
            .sources
            .iter()
            .position(|source| source.label == issue.source);
        (place, issue.row)
    });
    prepared
}

/// Reads some files as they are, with what the configuration says of them, if
/// it does.
#[must_use]
pub fn prepare_files(files: &[PathBuf], config: &Config) -> Prepared {
    let sources = files
        .iter()
        .flat_map(|file| expand(file))
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
    prepare(&Config {
        sources,
        ..config.clone()
    })
}

/// A folder stands for the sheets in it.
fn expand(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return vec![path.to_owned()];
    };
    let is_sheet = |file: &PathBuf| {
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

fn read_source(
    config: &Config,
    source: &Source,
    index: usize,
    prepared: &mut Prepared,
    rows: &mut Vec<(usize, usize)>,
    ids: &mut BTreeMap<String, (String, usize)>,
) {
    let mut report = |row, station, problem| {
        prepared.issues.push(Issue {
            source: source.label.clone(),
            row,
            station,
            problem,
        });
    };
    let tables = table::read(
        &source.path,
        source.sheet.as_deref(),
        source.json_path.as_deref(),
    );
    // Of a workbook, the first sheet with a heading: covers and notes have none.
    let found = tables.and_then(|tables| {
        let found = tables.into_iter().find_map(|table| {
            let (columns, problems) = columns::find(&table, &source.columns).ok()?;
            Some((table, columns, problems))
        });
        found.ok_or(Problem::NoHeading)
    });
    let (table, columns, problems) = match found {
        Ok(found) => found,
        Err(problem) => return report(None, None, problem),
    };
    for problem in problems {
        report(None, None, problem);
    }
    let mut in_china = false;
    let before = prepared.stations.len();
    for table_row in table.rows.iter().skip(columns.skipped) {
        let (station, problems) = row::read(table_row, &columns, source, index, &config.calendar);
        let name = station.as_ref().map(|station| station.id.clone());
        for problem in problems {
            report(Some(table_row.number), name.clone(), problem);
        }
        let Some(station) = station else { continue };
        let place = (source.label.clone(), table_row.number);
        if let Some((source, row)) = ids.get(&station.id).cloned() {
            let problem = Problem::IdDuplicate { source, row };
            report(Some(table_row.number), name, problem);
            continue;
        }
        ids.insert(station.id.clone(), place);
        in_china |= station
            .position
            .is_some_and(|p| (73.0..136.0).contains(&p.lon()) && (18.0..54.0).contains(&p.lat()));
        prepared.stations.push(station);
        rows.push((index, table_row.number));
    }
    let has_positions = prepared.stations[before..]
        .iter()
        .any(|station| station.position.is_some());
    if table.rows.len() <= columns.skipped {
        report(None, None, Problem::Empty);
    } else if source.crs.is_none() && has_positions {
        report(None, None, Problem::CrsMissing { in_china });
    }
}

/// A rider must not be sent to a field: a doubtful position is taken off, and
/// the station is listed by its address.
fn withhold_doubtful_positions(config: &Config, prepared: &mut Prepared, rows: &[(usize, usize)]) {
    let mut doubtful: Vec<(usize, Problem)> = Vec::new();
    if let Some(area) = &config.service_area {
        for (index, station) in prepared.stations.iter().enumerate() {
            if station
                .position
                .is_some_and(|position| !area.contain(position))
            {
                doubtful.push((index, Problem::PositionOutside));
            }
        }
    }
    for far in far_from_their_district(&prepared.stations) {
        let district = prepared.stations[far.station].district.clone();
        if !doubtful.iter().any(|(index, _)| *index == far.station) {
            doubtful.push((
                far.station,
                Problem::PositionFar {
                    district,
                    km: far.km,
                },
            ));
        }
    }
    for (index, problem) in doubtful {
        let (source, row) = rows[index];
        let station = &mut prepared.stations[index];
        station.position = None;
        prepared.issues.push(Issue {
            source: config.sources[source].label.clone(),
            row: Some(row),
            station: Some(station.id.clone()),
            problem,
        });
    }
}

/// Publishes stations into `out`. The dataset that is there stays until the new
/// one is complete, has been read back and compared.
///
/// # Errors
///
/// [`BuildError`]; the old dataset is then still in place.
pub fn write_dataset(
    config: &Config,
    prepared: &Prepared,
    now: CivilTime,
    out: &Path,
) -> Result<Dataset, BuildError> {
    if prepared.stations.is_empty() {
        return Err(BuildError::NoStations);
    }
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
        cells: Vec::new(),
    };
    let (dataset, files) = Dataset::publish(about, prepared.stations.clone());

    let file_name = out.file_name().unwrap_or_default().to_string_lossy();
    let staging = out.with_file_name(format!(".{file_name}.new"));
    let old = out.with_file_name(format!(".{file_name}.old"));
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |cause| BuildError::File { path, cause }
    };
    remove_if_there(&staging)?;
    std::fs::create_dir_all(&staging).map_err(failed(&staging))?;
    let twins = [
        (
            "stations.geojson".to_owned(),
            to_geojson(&dataset).into_bytes(),
        ),
        ("stations.csv".to_owned(), to_csv(&dataset).into_bytes()),
    ];
    for (name, bytes) in files.into_iter().chain(twins) {
        let path = staging.join(name);
        std::fs::write(&path, bytes).map_err(failed(&path))?;
    }
    if read_dataset(&staging)? != dataset {
        return Err(BuildError::NotTheSame(staging));
    }
    remove_if_there(&old)?;
    if out.exists() {
        std::fs::rename(out, &old).map_err(failed(out))?;
    }
    std::fs::rename(&staging, out).map_err(failed(out))?;
    remove_if_there(&old)?;
    Ok(dataset)
}

fn remove_if_there(folder: &Path) -> Result<(), BuildError> {
    match std::fs::remove_dir_all(folder) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => Err(BuildError::File {
            path: folder.to_owned(),
            cause,
        }),
        _ => Ok(()),
    }
}

/// Reads a published dataset, every cell of it.
///
/// # Errors
///
/// [`BuildError`] if a file is missing, damaged or of a newer format.
pub fn read_dataset(folder: &Path) -> Result<Dataset, BuildError> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|cause| BuildError::File { path, cause })
    };
    let refused = |name: &str| {
        let path = folder.join(name);
        move |cause| BuildError::Dataset { path, cause }
    };
    let manifest = decode_manifest(&read(MANIFEST_NAME)?).map_err(refused(MANIFEST_NAME))?;
    let cells = manifest
        .cells
        .iter()
        .map(|entry| {
            let name = entry.file_name();
            let decoded = decode_cell(&read(&name)?, entry, &manifest).map_err(refused(&name))?;
            Ok(decoded.cell)
        })
        .collect::<Result<_, BuildError>>()?;
    Ok(Dataset { manifest, cells })
}
