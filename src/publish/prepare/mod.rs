//! Reads the sheets of a configuration, and compares their stations.
//!
//! `sources` finds the files, `sheet` reads one, `positions` looks for positions that cannot be
//! trusted, and every station is a `SourcedStation` until its issues are known.

mod positions;
mod sheet;
mod sourced_station;
mod sources;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::config::Config;
use super::files::Files;
use super::issue::{Issue, Severity};
use super::progress::{Progress, Step};
use super::{barriers, dedupe, programmes};
use crate::domain::barrier::Barrier;
use crate::domain::programme::Programme;
use crate::domain::station::Station;
pub use positions::RejectedPosition;
use positions::doubtful;
pub use sheet::TableReading;
use sheet::read_file;
pub(super) use sourced_station::SourcedStation;
use sources::expand;
pub use sources::{for_files, require_sources};

/// What the sheets hold.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Prepared {
    /// The stations to publish.
    pub stations: Vec<Station>,
    /// What is wrong, in the order of sheets and rows.
    pub issues: Vec<Issue>,
    /// What the tables' columns were taken for.
    pub tables: Vec<TableReading>,
    /// The rows in which an earlier check wrote what is wrong: file, sheet of a workbook, row.
    pub marked_rows: Vec<(String, Option<String>, usize)>,
    /// How many rows held a station, before rows of one place were merged.
    pub rows: usize,
    /// The publisher's programmes.
    pub programmes: Vec<Programme>,
    /// Barriers that riders cannot simply cross.
    pub barriers: Vec<Barrier>,
    /// Positions that were rejected, and removed from their stations.
    pub rejected: Vec<RejectedPosition>,
}

impl Prepared {
    /// How many issues have this severity.
    #[must_use]
    pub fn count_of(&self, severity: Severity) -> usize {
        let issues = self.issues.iter();
        issues
            .filter(|issue| issue.problem.severity() == severity)
            .count()
    }
}

/// Reads all sheets of a configuration.
#[must_use]
pub fn prepare(config: &Config, files: &dyn Files, progress: &mut Progress<'_>) -> Prepared {
    let mut prepared = Prepared::default();
    let mut sourced = Vec::new();
    for (index, source) in config.sources.iter().enumerate() {
        for file in expand(&source.path, files) {
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
                files,
                source,
                index,
                &file,
                &label,
                &mut prepared,
                &mut sourced,
                progress,
            );
        }
    }
    prepared.rows = sourced.len();
    progress(&Step::Comparing, 0, 1);
    let (mut sourced, merged) = dedupe::merge(config, sourced);
    let mut issues: Vec<Issue> = merged
        .into_iter()
        .map(|(row, problem)| row.issue(problem))
        .collect();
    for (index, problem) in dedupe::assign_unique_ids(&mut sourced) {
        issues.push(sourced[index].issue(problem));
    }
    for (index, problem) in doubtful(config, &sourced) {
        if problem.severity() == Severity::Error {
            // A wrong position would send a rider to a field.
            let row = &mut sourced[index];
            let position = row.station.position.take();
            prepared
                .rejected
                .extend(position.map(|position| RejectedPosition {
                    source: row.place(),
                    row: row.row,
                    city: row.station.city.clone(),
                    name: row.station.name.clone(),
                    position,
                }));
        }
        issues.push(sourced[index].issue(problem));
    }
    for source in &config.programmes {
        let read = programmes::read(source, files, &mut issues);
        prepared.programmes.extend(read);
    }
    for source in &config.barriers {
        let barrier = barriers::read(source, files, &config.calendar, &mut issues);
        prepared.barriers.push(barrier);
    }
    prepared.stations = sourced.into_iter().map(|row| row.station).collect();
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
pub fn prepare_files(
    paths: &[PathBuf],
    config: &Config,
    files: &dyn Files,
    progress: &mut Progress<'_>,
) -> Prepared {
    prepare(&for_files(paths, config, files), files, progress)
}
