//! The dataset of the prepared stations, and the files that it is published as.

use std::io::{self, Write};

use super::config::Config;
use super::export;
use super::prepare::Prepared;
use crate::dataset::{Dataset, FIRST_NAME, MANIFEST_NAME, Manifest, Publisher};
use crate::domain::civil::{CivilTime, Day};

/// The dataset for other people's programs.
pub const GEOJSON_NAME: &str = "stations.geojson";

/// The same as a table.
pub const CSV_NAME: &str = "stations.csv";

/// Files whose names stay the same from edition to edition.
pub const FIXED_NAMES: [&str; 4] = [GEOJSON_NAME, CSV_NAME, FIRST_NAME, MANIFEST_NAME];

/// With more stations than this, compressed copies are made with less effort: full effort takes
/// two seconds for each megabyte.
const LARGE_STATIONS: usize = 2000;

/// Writes an export piece by piece.
pub type Export<'a> = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + Send + 'a>;

/// What a file holds.
pub enum FileContent<'a> {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// An export, which may be too large for memory.
    Export(Export<'a>),
}

/// Whether compressed copies are made with less effort, for the number of stations.
#[must_use]
pub fn is_large(dataset: &Dataset) -> bool {
    dataset.stations.iter().count() > LARGE_STATIONS
}

/// All files to publish, without compressed copies: the exports, then `files`, those that the
/// page loads.
#[must_use]
pub fn contents(
    dataset: &Dataset,
    files: Vec<(String, Vec<u8>)>,
) -> Vec<(String, FileContent<'_>)> {
    let exports = [
        (GEOJSON_NAME, export::write_geojson as export::Export),
        (CSV_NAME, export::write_csv),
    ];
    let exports = exports.map(|(name, write)| {
        let write = move |out: &mut dyn Write| write(dataset, out);
        (name.to_owned(), FileContent::Export(Box::new(write)))
    });
    let files = files
        .into_iter()
        .map(|(name, bytes)| (name, FileContent::Bytes(bytes)));
    exports.into_iter().chain(files).collect()
}

/// Builds the dataset of the prepared stations, which move into it, and the files that the page
/// loads: name and bytes, the manifest last.
#[must_use]
pub fn build(
    config: &Config,
    prepared: &mut Prepared,
    now: CivilTime,
) -> (Dataset, Vec<(String, Vec<u8>)>) {
    let (name, phone, url) = config.publisher.clone();
    let about = Manifest {
        edition: config.edition.unwrap_or(now.day()).to_string(),
        built_at: config.edition.map_or(now, Day::start),
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
    Dataset::publish(
        about,
        std::mem::take(&mut prepared.stations),
        prepared.programmes.clone(),
    )
}
