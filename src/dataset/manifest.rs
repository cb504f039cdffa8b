//! The manifest: the one small file that is re-checked, and names all others.

use serde::{Deserialize, Serialize};

use super::barriers::WireBarrier;
use super::cell::{bounds_from_wire, bounds_to_wire};
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

/// Who answers for a dataset.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// A telephone number, or nothing.
    pub phone: String,
    /// A web page, or nothing.
    pub url: String,
}

/// Where rows come from.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// The list's name.
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
        Area {
            city: self.city.clone(),
            district: self.district.clone(),
        }
    }
}

/// A cell as the manifest knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct CellEntry {
    /// The box around its stations; none for stations with an address only.
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

/// What a dataset says of itself.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Manifest {
    /// The edition: a date and a few digits of the content's digest.
    pub edition: String,
    /// When it was built, in the dataset's zone.
    pub built_at: CivilTime,
    /// The dataset's name.
    pub title: String,
    /// Who answers for it.
    pub publisher: Publisher,
    /// Whether these are examples only (示例数据).
    pub is_demo: bool,
    /// The name of the time zone.
    pub time_zone: String,
    /// Minutes east of UTC. China keeps one offset all year.
    pub utc_offset_minutes: i32,
    /// The data is old after so many days.
    pub stale_after_days: u32,
    /// A phone keeps the whole dataset unasked up to so many bytes of cells,
    /// uncompressed (about a quarter of that travels).
    pub keep_bytes: u32,
    /// Where reports go; empty for nowhere.
    pub report_url: String,
    /// Pages that may hand over positions and receive stations.
    pub embed_origins: Vec<String>,
    /// The holidays that are known.
    pub calendar: Calendar,
    /// Where rows come from.
    pub sources: Vec<Source>,
    /// The schemes under which stations are listed.
    pub kinds: Vec<String>,
    /// The districts.
    pub areas: Vec<AreaSummary>,
    /// The programmes' file, if there are any.
    pub programmes: Option<ProgrammesEntry>,
    /// How metres become minutes.
    pub travel: TravelFigures,
    /// What riders cannot simply cross.
    pub barriers: Vec<Barrier>,
    /// The cells.
    pub cells: Vec<CellEntry>,
}

impl Manifest {
    /// How long all cells are together, in bytes, uncompressed.
    #[must_use]
    pub fn cell_bytes(&self) -> u32 {
        let sizes = self.cells.iter().map(|cell| cell.bytes);
        sizes.fold(0, u32::saturating_add)
    }
}

#[derive(Serialize, Deserialize)]
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
    cells: Vec<WireCellEntry>,
}

/// Detour in hundredths; speeds in metres an hour.
#[derive(Serialize, Deserialize)]
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

    fn into_figures(self) -> Result<TravelFigures, DatasetError> {
        // Nobody arrives at no speed, nor by less than the straight line.
        if self.detour < 100 || self.speeds.contains(&0) {
            return Err(DatasetError::Malformed);
        }
        Ok(TravelFigures {
            detour: f64::from(self.detour) / 100.0,
            metres_per_minute: self.speeds.map(|speed| f64::from(speed) / 60.0),
        })
    }
}

#[derive(Serialize, Deserialize)]
struct WireYear {
    year: i32,
    holidays: Vec<i32>,
    workdays: Vec<i32>,
}

#[derive(Serialize, Deserialize)]
struct WireCellEntry {
    bounds: Option<[i32; 4]>,
    stations: u32,
    bytes: u32,
    digest: Digest,
}

fn to_days(days: &[Day]) -> Vec<i32> {
    days.iter().map(|day| day.0).collect()
}

fn from_days(days: Vec<i32>) -> Vec<Day> {
    days.into_iter().map(Day).collect()
}

/// The manifest's bytes, with their own digest at the end.
#[must_use]
pub fn encode_manifest(manifest: &Manifest) -> Vec<u8> {
    let manifest = manifest.clone();
    let wire = WireManifest {
        edition: manifest.edition,
        built_at: manifest.built_at.0,
        title: manifest.title,
        publisher: manifest.publisher,
        is_demo: manifest.is_demo,
        time_zone: manifest.time_zone,
        utc_offset_minutes: manifest.utc_offset_minutes,
        stale_after_days: manifest.stale_after_days,
        keep_bytes: manifest.keep_bytes,
        report_url: manifest.report_url,
        embed_origins: manifest.embed_origins,
        calendar: manifest
            .calendar
            .years()
            .iter()
            .map(|year| WireYear {
                year: year.year,
                holidays: to_days(&year.holidays),
                workdays: to_days(&year.workdays),
            })
            .collect(),
        sources: manifest.sources,
        kinds: manifest.kinds,
        areas: manifest.areas,
        programmes: manifest.programmes,
        travel: WireTravel::of(&manifest.travel),
        barriers: manifest.barriers.iter().map(WireBarrier::of).collect(),
        cells: manifest
            .cells
            .into_iter()
            .map(|entry| WireCellEntry {
                bounds: entry.bounds.as_ref().map(bounds_to_wire),
                stations: entry.stations,
                bytes: entry.bytes,
                digest: entry.digest,
            })
            .collect(),
    };
    let mut bytes = header(KIND).to_vec();
    bytes.extend(postcard::to_allocvec(&wire).expect("plain data always serialises into memory"));
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
    let (wire, rest): (WireManifest, _) =
        postcard::take_from_bytes(content).map_err(|_| DatasetError::Malformed)?;
    if !rest.is_empty() {
        return Err(DatasetError::Malformed);
    }
    let years = wire
        .calendar
        .into_iter()
        .map(|year| CalendarYear {
            year: year.year,
            holidays: from_days(year.holidays),
            workdays: from_days(year.workdays),
        })
        .collect();
    let cells = wire
        .cells
        .into_iter()
        .map(|entry| {
            Ok(CellEntry {
                bounds: entry.bounds.map(bounds_from_wire).transpose()?,
                stations: entry.stations,
                bytes: entry.bytes,
                digest: entry.digest,
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(Manifest {
        edition: wire.edition,
        built_at: CivilTime(wire.built_at),
        title: wire.title,
        publisher: wire.publisher,
        is_demo: wire.is_demo,
        time_zone: wire.time_zone,
        utc_offset_minutes: wire.utc_offset_minutes,
        stale_after_days: wire.stale_after_days,
        keep_bytes: wire.keep_bytes,
        report_url: wire.report_url,
        embed_origins: wire.embed_origins,
        calendar: Calendar::new(years),
        sources: wire.sources,
        kinds: wire.kinds,
        areas: wire.areas,
        programmes: wire.programmes,
        travel: wire.travel.into_figures()?,
        barriers: wire
            .barriers
            .into_iter()
            .map(WireBarrier::into_barrier)
            .collect::<Result<_, _>>()?,
        cells,
    })
}
