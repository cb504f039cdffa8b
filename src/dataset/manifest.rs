//! The manifest: the small file that is re-checked at every visit and names all others.

use serde::{Deserialize, Serialize};

use super::barriers::{WireBarrier, read_barrier};
use super::cell::{bounds_from_wire, bounds_to_wire};
use super::reader::Reader;
use super::{DatasetError, Digest, ProgrammesEntry, body, header};
use crate::domain::barrier::Barrier;
use crate::domain::calendar::{Calendar, CalendarYear};
use crate::domain::civil::{CivilTime, Day};
use crate::domain::position::Bounds;
use crate::domain::station::Area;
use crate::domain::travel::TravelFigures;

/// The manifest's file name.
pub const MANIFEST_NAME: &str = "manifest.yz";

pub(super) const KIND: u8 = b'M';

/// The publisher of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// A telephone number; may be empty.
    pub phone: String,
    /// A web page; may be empty.
    pub url: String,
}

/// A list from which rows come.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Where it was found.
    pub origin: String,
    /// Its licence.
    pub licence: String,
}

/// A district, and how many stations are listed under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaSummary {
    /// The city, without 市.
    pub city: String,
    /// The district; may be empty.
    pub district: String,
    /// How many stations.
    pub stations: u32,
}

impl AreaSummary {
    /// The area itself.
    #[must_use]
    pub fn area(&self) -> Area {
        Area::of(&self.city, &self.district)
    }
}

/// The entry of a cell in the manifest.
#[derive(Clone, Debug, PartialEq)]
pub struct CellEntry {
    /// The bounding box of its stations; none for stations without a position.
    pub bounds: Option<Bounds>,
    /// How many stations.
    pub stations: u32,
    /// Length of the file in bytes, uncompressed.
    pub bytes: u32,
    /// The digest of the file.
    pub digest: Digest,
}

impl CellEntry {
    /// The cell's file name, which changes with its content.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("cell-{}.yz", self.digest)
    }
}

/// A dataset's description, and the list of its files.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Manifest {
    /// The edition: a date and a few digits of the content's digest.
    pub edition: String,
    /// When it was built, in the dataset's zone.
    pub built_at: CivilTime,
    /// The dataset's name.
    pub title: String,
    /// Its publisher.
    pub publisher: Publisher,
    /// Whether these are examples only (示例数据).
    pub is_demo: bool,
    /// The name of the time zone.
    pub time_zone: String,
    /// Minutes east of UTC. China keeps one offset all year.
    pub utc_offset_minutes: i32,
    /// The number of days after which the data counts as old.
    pub stale_after_days: u32,
    /// A phone stores the whole dataset without being asked if its cells have
    /// at most this many bytes, uncompressed (about a quarter is transferred).
    pub keep_bytes: u32,
    /// The address that takes reports; may be empty.
    pub report_url: String,
    /// Origins of pages that may pass positions and receive stations.
    pub embed_origins: Vec<String>,
    /// The holidays that are known.
    pub calendar: Calendar,
    /// The lists from which rows come.
    pub sources: Vec<Source>,
    /// The schemes under which stations are listed.
    pub kinds: Vec<String>,
    /// The districts.
    pub areas: Vec<AreaSummary>,
    /// The programmes' file, if there are any.
    pub programmes: Option<ProgrammesEntry>,
    /// The figures from which minutes are computed.
    pub travel: TravelFigures,
    /// Barriers and their crossings.
    pub barriers: Vec<Barrier>,
    /// The cells.
    pub cells: Vec<CellEntry>,
}

impl Manifest {
    /// The length of all cells together in bytes, uncompressed.
    #[must_use]
    pub fn cell_bytes(&self) -> u32 {
        let sizes = self.cells.iter().map(|cell| cell.bytes);
        sizes.fold(0, u32::saturating_add)
    }
}

#[derive(Serialize)]
struct WireManifest {
    edition: String,
    built_at: i64,
    title: String,
    publisher: Publisher,
    is_demo: bool,
    time_zone: String,
    utc_offset_minutes: i32,
    stale_after_days: u32,
    keep_bytes: u32,
    report_url: String,
    embed_origins: Vec<String>,
    calendar: Vec<WireYear>,
    sources: Vec<Source>,
    kinds: Vec<String>,
    areas: Vec<AreaSummary>,
    programmes: Option<ProgrammesEntry>,
    travel: WireTravel,
    barriers: Vec<WireBarrier>,
}

/// Detour in hundredths; speeds in metres an hour.
#[derive(Serialize)]
struct WireTravel {
    detour: u16,
    speeds: [u32; 3],
}

impl WireTravel {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "figures of a few digits; `as` keeps any others within range"
    )]
    fn of(figures: &TravelFigures) -> Self {
        Self {
            detour: (figures.detour * 100.0).round() as u16,
            speeds: figures
                .metres_per_minute
                .map(|speed| (speed * 60.0).round() as u32),
        }
    }
}

fn read_travel(reader: &mut Reader<'_>) -> TravelFigures {
    let detour = reader.short();
    let speeds = [(); 3].map(|()| reader.unsigned());
    // No route is shorter than the straight line, and none is travelled at no speed.
    if detour < 100 || speeds.contains(&0) {
        reader.fail();
    }
    TravelFigures {
        detour: f64::from(detour) / 100.0,
        metres_per_minute: speeds.map(|speed| f64::from(speed) / 60.0),
    }
}

fn read_year(reader: &mut Reader<'_>) -> CalendarYear {
    CalendarYear {
        year: reader.signed(),
        holidays: from_days(reader.signed_list()),
        workdays: from_days(reader.signed_list()),
    }
}

fn read_source(reader: &mut Reader<'_>) -> Source {
    Source {
        title: reader.owned(),
        origin: reader.owned(),
        licence: reader.owned(),
    }
}

fn read_area(reader: &mut Reader<'_>) -> AreaSummary {
    AreaSummary {
        city: reader.owned(),
        district: reader.owned(),
        stations: reader.unsigned(),
    }
}

fn read_programmes(reader: &mut Reader<'_>) -> Option<ProgrammesEntry> {
    if !reader.flag() {
        return None;
    }
    let bytes = reader.unsigned();
    let digest = reader.take(Digest::LENGTH).try_into().ok()?;
    Some(ProgrammesEntry {
        bytes,
        digest: Digest::from_bytes(digest),
    })
}

#[derive(Serialize)]
struct WireYear {
    year: i32,
    holidays: Vec<i32>,
    workdays: Vec<i32>,
}

/// Columns of the table of cells before the digests, four bytes each: the box (west, south,
/// east, north), the stations, the length of the file.
const CELL_COLUMNS: usize = 6;

/// The western edge of a cell without positions.
const NO_BOX: i32 = i32::MIN;

/// The cells as columns of four bytes each, little-endian, and the digests. The page's start
/// script reads them before the module is loaded.
fn encode_cells(cells: &[CellEntry]) -> Vec<u8> {
    let steps = |entry: &CellEntry| {
        entry
            .bounds
            .as_ref()
            .map_or([NO_BOX, 0, 0, 0], bounds_to_wire)
    };
    let mut bytes = u32_of(cells.len()).to_le_bytes().to_vec();
    for side in 0..4 {
        bytes.extend(
            cells
                .iter()
                .flat_map(|cell| steps(cell)[side].to_le_bytes()),
        );
    }
    bytes.extend(cells.iter().flat_map(|cell| cell.stations.to_le_bytes()));
    bytes.extend(cells.iter().flat_map(|cell| cell.bytes.to_le_bytes()));
    bytes.extend(cells.iter().flat_map(|cell| *cell.digest.as_bytes()));
    bytes
}

fn u32_of(length: usize) -> u32 {
    u32::try_from(length).expect("a manifest is small")
}

/// Reads the table of cells.
fn read_cells(reader: &mut Reader<'_>) -> Vec<CellEntry> {
    let (count, _) = reader.take(4).as_chunks::<4>();
    let count = count.first().map_or(0, |count| u32::from_le_bytes(*count));
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    let (numbers, _) = reader
        .take(count.saturating_mul(4 * CELL_COLUMNS))
        .as_chunks::<4>();
    let (digests, _) = reader
        .take(count.saturating_mul(Digest::LENGTH))
        .as_chunks::<{ Digest::LENGTH }>();
    let mut cells = Vec::new();
    for (row, digest) in digests.iter().enumerate() {
        let number = |column: usize| numbers[column * count + row];
        let sides = [0, 1, 2, 3].map(|side| i32::from_le_bytes(number(side)));
        let bounds = if sides[0] == NO_BOX {
            None
        } else {
            let bounds = bounds_from_wire(sides);
            if bounds.is_none() {
                reader.fail();
            }
            bounds
        };
        cells.push(CellEntry {
            bounds,
            stations: u32::from_le_bytes(number(4)),
            bytes: u32::from_le_bytes(number(5)),
            digest: Digest::from_bytes(*digest),
        });
    }
    cells
}

fn to_days(days: &[Day]) -> Vec<i32> {
    days.iter().map(|day| day.0).collect()
}

fn from_days(days: Vec<i32>) -> Vec<Day> {
    days.into_iter().map(Day).collect()
}

/// The manifest's bytes, with their length after the header and their digest at the end.
#[must_use]
pub fn encode_manifest(manifest: &Manifest) -> Vec<u8> {
    // Without `..`, so that the compiler asks whether a new field is written.
    let Manifest {
        edition,
        built_at,
        title,
        publisher,
        is_demo,
        time_zone,
        utc_offset_minutes,
        stale_after_days,
        keep_bytes,
        report_url,
        embed_origins,
        calendar,
        sources,
        kinds,
        areas,
        programmes,
        travel,
        barriers,
        cells,
    } = manifest.clone();
    let wire = WireManifest {
        edition,
        built_at: built_at.0,
        title,
        publisher,
        is_demo,
        time_zone,
        utc_offset_minutes,
        stale_after_days,
        keep_bytes,
        report_url,
        embed_origins,
        calendar: calendar
            .years()
            .iter()
            .map(|year| WireYear {
                year: year.year,
                holidays: to_days(&year.holidays),
                workdays: to_days(&year.workdays),
            })
            .collect(),
        sources,
        kinds,
        areas,
        programmes,
        travel: WireTravel::of(&travel),
        barriers: barriers.iter().map(WireBarrier::of).collect(),
    };
    let content = postcard::to_allocvec(&wire).expect("plain data always serialises into memory");
    let cells = encode_cells(&cells);
    let mut bytes = header(KIND).to_vec();
    let length = bytes.len() + 4 + cells.len() + content.len() + Digest::LENGTH;
    bytes.extend(u32_of(length).to_le_bytes());
    bytes.extend(cells);
    bytes.extend(content);
    let digest = Digest::of(&bytes);
    bytes.extend(digest.as_bytes());
    bytes
}

/// Reads a manifest.
///
/// # Errors
///
/// [`DatasetError`] if it is not a manifest of this format, or damaged.
pub fn decode_manifest(bytes: &[u8]) -> Result<Manifest, DatasetError> {
    let signed = body(bytes, KIND)?;
    let length = signed
        .len()
        .checked_sub(Digest::LENGTH)
        .ok_or(DatasetError::Damaged)?;
    let (content, digest) = signed.split_at(length);
    if Digest::of(&bytes[..bytes.len() - Digest::LENGTH]).as_bytes() != digest {
        return Err(DatasetError::Damaged);
    }
    let reader = &mut Reader::of(content);
    // The manifest's length, by which the page's start script finds the cells that follow.
    reader.take(4);
    let cells = read_cells(reader);
    // In the order of `WireManifest`.
    let manifest = Manifest {
        edition: reader.owned(),
        built_at: CivilTime(reader.long()),
        title: reader.owned(),
        publisher: Publisher {
            name: reader.owned(),
            phone: reader.owned(),
            url: reader.owned(),
        },
        is_demo: reader.flag(),
        time_zone: reader.owned(),
        utc_offset_minutes: reader.signed(),
        stale_after_days: reader.unsigned(),
        keep_bytes: reader.unsigned(),
        report_url: reader.owned(),
        embed_origins: reader.owned_list(),
        calendar: Calendar::new(reader.list(read_year)),
        sources: reader.list(read_source),
        kinds: reader.owned_list(),
        areas: reader.list(read_area),
        programmes: read_programmes(reader),
        travel: read_travel(reader),
        barriers: reader.list(read_barrier),
        cells,
    };
    reader.end()?;
    Ok(manifest)
}
