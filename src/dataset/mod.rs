//! The published format: bytes in, checked stations out, and back.
//!
//! `docs/dataset.md` describes it for other programs. Only this module knows it;
//! nothing here reads files, the network or a clock.

mod barriers;
mod cell;
mod dataset_state;
mod digest;
mod edition;
mod hilbert;
mod hours;
mod manifest;
mod notices;
mod programmes;
mod reader;
mod sync;
mod sync_status;
mod text;

pub use cell::{decode_cell, decode_intact_cell, encode_cell};
pub use dataset_state::{Data, DatasetState};
pub use digest::Digest;
pub use edition::{Newness, is_worth_keeping, newness};
pub use hilbert::{Hilbert, order as along_hilbert};
pub use manifest::{
    AreaSummary, CellEntry, MANIFEST_NAME, Manifest, Publisher, Source, decode_manifest,
    encode_manifest,
};
pub use notices::{NOTICES_NAME, Notices, REPORTS_TOLD, decode_notices, encode_notices};
pub use programmes::{ProgrammesEntry, decode_programmes, encode_programmes};
pub use sync::{
    Arrived, CachePolicy, CommitOutcome, DatasetSync, Effect, Purpose, SyncEvent, file_names,
};
pub use sync_status::{FetchError, ShellStatus, StorageKind, SyncStatus, UpdateCheck};

use std::collections::BTreeMap;

use crate::domain::nearest::{Cell, Stations, boxes_within};
use crate::domain::position::{LonLat, Metres};
use crate::domain::programme::Programme;
use crate::domain::station::{Area, Station};

/// The format that this program writes, and the only one it reads.
pub const FORMAT: u8 = 6;

/// The file that a first visit requests: the manifest, followed by all cells if they are small.
pub const FIRST_NAME: &str = "first.yz";

/// The most bytes of all cells, uncompressed, for them to follow the manifest in
/// [`FIRST_NAME`] (compressed, a quarter of that). On a slow network another round of requests
/// costs more than these bytes.
const FIRST_BYTES: u32 = 200_000;

pub use crate::domain::nearest::CELL_STATIONS;

/// A manifest with some or all of its cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// The manifest, which is re-checked at every visit.
    pub manifest: Manifest,
    /// The loaded stations. A cell that is not loaded yet has none.
    pub stations: Stations,
    /// What the publisher offers beside its stations.
    pub programmes: Vec<Programme>,
}

impl Dataset {
    /// A dataset of these stations: positions rounded to the precision of the
    /// wire format, ordered along the Hilbert curve, cut into cells. `about`
    /// holds everything that does not follow from the stations; its edition is
    /// a date, to which some digits of the content's digest are added.
    ///
    /// Returns the files beside the dataset: name and bytes, the manifest last.
    #[must_use]
    pub fn publish(
        about: Manifest,
        mut stations: Vec<Station>,
        programmes: Vec<Programme>,
    ) -> (Self, Vec<(String, Vec<u8>)>) {
        for station in &mut stations {
            station.position = station.position.map(LonLat::rounded);
        }
        stations.sort_by_cached_key(|station| {
            let place = station.position.map(hilbert::order);
            (place.is_none(), place, station.area(), station.id.clone())
        });
        let mut areas: BTreeMap<Area, u32> = BTreeMap::new();
        let mut kinds: BTreeMap<&str, u32> = BTreeMap::new();
        for station in &stations {
            *areas.entry(station.area()).or_default() += 1;
            for kind in &station.kinds {
                *kinds.entry(kind).or_default() += 1;
            }
        }
        let mut manifest = Manifest {
            kinds: kinds.into_keys().map(str::to_owned).collect(),
            areas: areas
                .into_iter()
                .map(|(Area { city, district }, stations)| AreaSummary {
                    city,
                    district,
                    stations,
                })
                .collect(),
            cells: Vec::new(),
            ..about
        };
        let cells = cell::cut(stations);
        let mut files = Vec::new();
        for cell in &cells {
            let (bytes, entry) = encode_cell(cell, &manifest);
            files.push((entry.file_name(), bytes));
            manifest.cells.push(entry);
        }
        if !programmes.is_empty() {
            let (bytes, entry) = encode_programmes(&programmes);
            files.push((entry.file_name(), bytes));
            manifest.programmes = Some(entry);
        }
        let content = Digest::of(&encode_manifest(&manifest)).to_string();
        manifest.edition = format!("{}-{}", manifest.edition, &content[..8]);
        let bytes = encode_manifest(&manifest);
        let mut first = bytes.clone();
        if manifest.cell_bytes() <= FIRST_BYTES {
            let cells = files.iter().take(manifest.cells.len());
            first.extend(cells.flat_map(|(_, bytes)| bytes));
        }
        files.push((FIRST_NAME.to_owned(), first));
        files.push((MANIFEST_NAME.to_owned(), bytes));
        (
            Self {
                manifest,
                stations: Stations::of(cells),
                programmes,
            },
            files,
        )
    }
}

impl Dataset {
    /// The dataset of a manifest, with no cell loaded yet.
    #[must_use]
    pub fn promised(manifest: Manifest) -> Self {
        let cells = manifest.cells.iter().map(|entry| Cell {
            bounds: entry.bounds,
            stations: Vec::new(),
        });
        Self {
            stations: Stations::of(cells.collect()),
            manifest,
            programmes: Vec::new(),
        }
    }

    /// Adds loaded cells, each with its index in the manifest.
    pub fn add(&mut self, loaded: Vec<(usize, Cell)>) {
        let mut cells = std::mem::take(&mut self.stations).into_cells();
        for (index, cell) in loaded {
            cells[index] = cell;
        }
        self.stations = Stations::of(cells);
    }

    /// The indices in the manifest of the cells that are not loaded.
    #[must_use]
    pub fn missing(&self) -> Vec<usize> {
        let is_missing = |index: &usize| self.is_missing(*index);
        (0..self.manifest.cells.len()).filter(is_missing).collect()
    }

    /// The indices of those missing cells that can hold a station within
    /// `reach` of `origin`, nearest first: without them an answer there is not
    /// final.
    #[must_use]
    pub fn missing_near(&self, origin: LonLat, reach: Metres) -> Vec<usize> {
        let boxes = self.manifest.cells.iter().map(|entry| entry.bounds);
        let mut near = boxes_within(origin, reach, boxes);
        near.retain(|index| self.is_missing(*index));
        near
    }

    fn is_missing(&self, index: usize) -> bool {
        let loaded = self.stations.cells().get(index);
        loaded.is_none_or(|cell| cell.stations.is_empty())
            && self.manifest.cells[index].stations > 0
    }
}

/// Why a file of the dataset cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DatasetError {
    /// Not a file of this kind.
    #[error("this is not a file of a station dataset")]
    NotOurs,
    /// Written by a newer program.
    #[error("format {0} is newer than this program reads")]
    NewerFormat(u8),
    /// The bytes are not those that were published.
    #[error("the file is damaged: its digest does not match")]
    Damaged,
    /// The digest matches, but the content is inconsistent.
    #[error("the file's columns do not fit together")]
    Malformed,
}

/// A record that was left out, and why. All others are still read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("station \"{id}\": {fault}")]
pub struct RecordIssue {
    /// The station's id.
    pub id: String,
    /// What is wrong with it.
    pub fault: &'static str,
}

/// The stations of a file, and the records that were left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The stations, in order, with the box around them.
    pub cell: Cell,
    /// What was left out.
    pub issues: Vec<RecordIssue>,
}

/// The first bytes of a file: `YZ`, its kind and its format.
fn header(kind: u8) -> [u8; 4] {
    [b'Y', b'Z', kind, FORMAT]
}

/// Whether these bytes begin a manifest of an older format, which is no longer read.
#[must_use]
pub fn is_older_manifest(bytes: &[u8]) -> bool {
    matches!(bytes, [b'Y', b'Z', manifest::KIND, format, ..] if *format < FORMAT)
}

/// The bytes after the header, if it is one of this kind and format.
fn body(bytes: &[u8], kind: u8) -> Result<&[u8], DatasetError> {
    match bytes {
        [b'Y', b'Z', given, format, rest @ ..] if *given == kind => match *format {
            FORMAT => Ok(rest),
            format if format > FORMAT => Err(DatasetError::NewerFormat(format)),
            _ => Err(DatasetError::NotOurs),
        },
        _ => Err(DatasetError::NotOurs),
    }
}
