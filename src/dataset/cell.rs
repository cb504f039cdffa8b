//! One cell: its stations as columns, which compress far better than rows.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::hours::WireHours;
use super::manifest::CellEntry;
use super::text::{Identifiers, Names, Text};
use super::{
    CELL_STATIONS, DatasetError, Decoded, Digest, Manifest, RecordIssue, body, header, hilbert,
};
use crate::domain::civil::Day;
use crate::domain::nearest::Cell;
use crate::domain::position::{Bounds, LonLat, from_steps, to_steps};
use crate::domain::station::{Access, Audience, Door as Entrance, Features, Station};

const KIND: u8 = b'C';

/// The columns. Ranking needs those above `id`; text follows.
#[derive(Serialize, Deserialize)]
struct Columns {
    /// Whether the stations have positions; if not, `lon` and `lat` are empty.
    placed: bool,
    /// Differences of longitude from one station to the next.
    lon: Vec<i32>,
    /// Differences of latitude.
    lat: Vec<i32>,
    /// Features that are there.
    yes: Vec<u32>,
    /// Features that are not there.
    no: Vec<u32>,
    /// Index into `hours`.
    hours: Vec<u16>,
    /// How many kinds each station has …
    kind_counts: Vec<u8>,
    /// … and which, as indices into the manifest's list.
    kinds: Vec<u16>,
    /// Index into the manifest's areas.
    area: Vec<u16>,
    /// Index into the manifest's sources.
    source: Vec<u16>,
    /// 8 × door + audience.
    access: Vec<u8>,
    /// Capacity + 1, or 0.
    capacity: Vec<u32>,
    /// Day of the last check, or 0.
    verified_on: Vec<i32>,
    /// The distinct opening hours of this cell.
    hours_table: Vec<WireHours>,
    id: Identifiers,
    names: Names,
    floor: Text,
    landmark: Text,
    phone: Text,
    note: Text,
    origin: Text,
}

pub(super) fn bounds_to_wire(bounds: &Bounds) -> [i32; 4] {
    [bounds.west, bounds.south, bounds.east, bounds.north].map(to_steps)
}

pub(super) fn bounds_from_wire(steps: [i32; 4]) -> Result<Bounds, DatasetError> {
    let [west, south, east, north] = steps.map(from_steps);
    let is_box = west <= east
        && south <= north
        && LonLat::new(west, south).is_ok()
        && LonLat::new(east, north).is_ok();
    is_box
        .then_some(Bounds {
            west,
            south,
            east,
            north,
        })
        .ok_or(DatasetError::Malformed)
}

/// Cuts stations, in the order of the dataset, into cells.
pub(super) fn cut(stations: Vec<Station>) -> Vec<Cell> {
    let ranked = stations.partition_point(|station| station.position.is_some());
    let places: Vec<_> = stations[..ranked]
        .iter()
        .filter_map(|station| station.position.map(hilbert::order))
        .collect();
    let mut lengths = hilbert::cut(&places, CELL_STATIONS);
    let unplaced = stations.len() - ranked;
    lengths.extend(
        (0..unplaced)
            .step_by(CELL_STATIONS)
            .map(|from| CELL_STATIONS.min(unplaced - from)),
    );
    let mut rest = stations.into_iter();
    lengths
        .into_iter()
        .map(|length| {
            let stations: Vec<Station> = rest.by_ref().take(length).collect();
            let bounds = Bounds::around(stations.iter().filter_map(|station| station.position));
            Cell { bounds, stations }
        })
        .collect()
}

/// The bytes of a cell, and its entry in the manifest. `manifest` must already
/// name the areas, kinds and sources of all stations.
///
/// # Panics
///
/// If it does not: the tool collects them from the very same stations.
#[must_use]
pub fn encode_cell(cell: &Cell, manifest: &Manifest) -> (Vec<u8>, CellEntry) {
    let stations = &cell.stations;
    let mut hours_table: Vec<WireHours> = Vec::new();
    let hours = stations
        .iter()
        .map(|station| {
            let wire = WireHours::of(&station.hours);
            let place = hours_table
                .iter()
                .position(|known| *known == wire)
                .unwrap_or_else(|| {
                    hours_table.push(wire);
                    hours_table.len() - 1
                });
            index(place)
        })
        .collect();
    let differences = |axis: fn(LonLat) -> f64| {
        let steps: Vec<i32> = stations
            .iter()
            .filter_map(|s| s.position)
            .map(|p| to_steps(axis(p)))
            .collect();
        let before = std::iter::once(0).chain(steps.iter().copied());
        steps
            .iter()
            .zip(before)
            .map(|(here, before)| here - before)
            .collect()
    };
    let columns = Columns {
        placed: cell.bounds.is_some(),
        lon: differences(LonLat::lon),
        lat: differences(LonLat::lat),
        yes: stations.iter().map(|s| s.features.bits().0).collect(),
        no: stations.iter().map(|s| s.features.bits().1).collect(),
        hours,
        kind_counts: stations
            .iter()
            .map(|s| u8::try_from(s.kinds.len()).expect("a station has a handful of kinds"))
            .collect(),
        kinds: stations
            .iter()
            .flat_map(|s| &s.kinds)
            .map(|kind| place_in(&manifest.kinds, |known| known == kind))
            .collect(),
        area: stations
            .iter()
            .map(|s| {
                place_in(&manifest.areas, |a| {
                    a.city == s.city && a.district == s.district
                })
            })
            .collect(),
        source: stations.iter().map(|s| index(s.source)).collect(),
        access: stations
            .iter()
            .map(|s| s.access.door as u8 * 8 + s.access.audience as u8)
            .collect(),
        capacity: stations
            .iter()
            .map(|s| s.capacity.map_or(0, |c| c.saturating_add(1)))
            .collect(),
        verified_on: stations
            .iter()
            .map(|s| s.verified_on.map_or(0, |day| day.0))
            .collect(),
        hours_table,
        id: Identifiers::of(stations.iter().map(|s| s.id.as_str())),
        names: Names::of(stations),
        floor: Text::of(stations.iter().map(|s| s.floor.as_str())),
        landmark: Text::of(stations.iter().map(|s| s.landmark.as_str())),
        phone: Text::of(stations.iter().map(|s| s.phone.as_str())),
        note: Text::of(stations.iter().map(|s| s.note.as_str())),
        origin: Text::of(stations.iter().map(|s| s.origin.as_str())),
    };
    let mut bytes = header(KIND).to_vec();
    bytes
        .extend(postcard::to_allocvec(&columns).expect("plain data always serialises into memory"));
    let length = |count| u32::try_from(count).expect("a cell is small");
    let entry = CellEntry {
        bounds: cell.bounds,
        stations: length(stations.len()),
        bytes: length(bytes.len()),
        digest: Digest::of(&bytes),
    };
    (bytes, entry)
}

fn index(place: usize) -> u16 {
    u16::try_from(place).expect("the tables of a dataset have fewer than 65,536 entries")
}

fn place_in<T>(table: &[T], is_it: impl Fn(&T) -> bool) -> u16 {
    index(
        table
            .iter()
            .position(is_it)
            .expect("the manifest names what its stations use"),
    )
}

fn entrance(code: u8) -> Option<Entrance> {
    Some(match code {
        0 => Entrance::Unknown,
        1 => Entrance::WalkIn,
        2 => Entrance::Staffed,
        3 => Entrance::QrCode,
        4 => Entrance::Face,
        5 => Entrance::App,
        _ => return None,
    })
}

fn audience(code: u8) -> Option<Audience> {
    Some(match code {
        0 => Audience::Unknown,
        1 => Audience::Anyone,
        2 => Audience::OutdoorWorkers,
        3 => Audience::UnionMembers,
        _ => return None,
    })
}

/// Reads the cell that `entry` of `manifest` describes. A bad record costs
/// only itself: it is left out and reported, so that one typing error never
/// hides every station from somebody in the heat.
///
/// # Errors
///
/// [`DatasetError`] if these are not the bytes that were published.
pub fn decode_cell(
    bytes: &[u8],
    entry: &CellEntry,
    manifest: &Manifest,
) -> Result<Decoded, DatasetError> {
    // Before the digest: a newer format says more than that it is another file.
    body(bytes, KIND)?;
    if Digest::of(bytes) != entry.digest {
        return Err(DatasetError::Damaged);
    }
    decode_intact_cell(bytes, entry, manifest)
}

/// The same, of bytes whose digest somebody else has held against the entry's.
///
/// # Errors
///
/// [`DatasetError`] if they are no cell of this format.
// Once in the page's module, not at each place that reads cells.
#[inline(never)]
pub fn decode_intact_cell(
    bytes: &[u8],
    entry: &CellEntry,
    manifest: &Manifest,
) -> Result<Decoded, DatasetError> {
    let content = body(bytes, KIND)?;
    let (columns, rest): (Columns, _) =
        postcard::take_from_bytes(content).map_err(|_| DatasetError::Malformed)?;
    let count = columns.hours.len();
    let coordinates = if columns.placed { count } else { 0 };
    let fits = rest.is_empty()
        && [columns.lon.len(), columns.lat.len()] == [coordinates; 2]
        && [
            columns.yes.len(),
            columns.no.len(),
            columns.kind_counts.len(),
            columns.area.len(),
            columns.source.len(),
            columns.access.len(),
            columns.capacity.len(),
            columns.verified_on.len(),
        ] == [count; 8]
        && columns
            .kind_counts
            .iter()
            .map(|n| usize::from(*n))
            .sum::<usize>()
            == columns.kinds.len();
    if !fits {
        return Err(DatasetError::Malformed);
    }
    let hours_table = columns
        .hours_table
        .into_iter()
        .map(|wire| wire.into_hours().map(Arc::new))
        .collect::<Result<Vec<_>, _>>()?;
    let ids = columns.id.split(count)?;
    let floors = columns.floor.split(count)?;
    let landmarks = columns.landmark.split(count)?;
    let phones = columns.phone.split(count)?;
    let notes = columns.note.split(count)?;
    let origins = columns.origin.split(count)?;
    let names = columns.names.split(count)?;

    let mut decoded = Decoded {
        cell: Cell {
            bounds: entry.bounds,
            stations: Vec::new(),
        },
        issues: Vec::new(),
    };
    let (mut lon, mut lat, mut next_kind) = (0_i32, 0_i32, 0_usize);
    for row in 0..count {
        let kinds = &columns.kinds[next_kind..][..usize::from(columns.kind_counts[row])];
        next_kind += kinds.len();
        if columns.placed {
            lon = lon.wrapping_add(columns.lon[row]);
            lat = lat.wrapping_add(columns.lat[row]);
        }
        let station = (|| {
            let area = manifest.areas.get(usize::from(columns.area[row]));
            let area = area.ok_or_else(|| "its district is not in the manifest".to_owned())?;
            let position = columns
                .placed
                .then(|| LonLat::new(from_steps(lon), from_steps(lat)))
                .transpose()
                .map_err(|_| "its position is not on Earth".to_owned())?;
            let access = columns.access[row];
            let kinds = kinds
                .iter()
                .map(|kind| manifest.kinds.get(usize::from(*kind)).cloned())
                .collect::<Option<Vec<String>>>()
                .ok_or_else(|| "its kind is not in the manifest".to_owned())?;
            let (name, address) = names.of_row(row, kinds.first().map_or("", String::as_str));
            Ok(Station {
                id: ids[row].clone(),
                name,
                address,
                city: area.city.clone(),
                district: area.district.clone(),
                floor: floors[row].to_owned(),
                landmark: landmarks[row].to_owned(),
                position,
                kinds,
                features: Features::from_bits(columns.yes[row], columns.no[row]),
                hours: hours_table
                    .get(usize::from(columns.hours[row]))
                    .cloned()
                    .ok_or_else(|| "its opening hours are not in the table".to_owned())?,
                access: Access {
                    door: entrance(access / 8).ok_or_else(|| "its door is not known".to_owned())?,
                    audience: audience(access % 8)
                        .ok_or_else(|| "its audience is not known".to_owned())?,
                },
                phone: phones[row].to_owned(),
                capacity: columns.capacity[row].checked_sub(1),
                note: notes[row].to_owned(),
                verified_on: Some(columns.verified_on[row])
                    .filter(|day| *day != 0)
                    .map(Day),
                source: usize::from(columns.source[row]),
                origin: origins[row].to_owned(),
            })
        })();
        match station {
            Ok(station) => decoded.cell.stations.push(station),
            Err(fault) => decoded.issues.push(RecordIssue {
                id: ids[row].clone(),
                fault,
            }),
        }
    }
    Ok(decoded)
}
