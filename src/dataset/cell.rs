//! One cell: its stations as columns, which compress far better than rows.

use std::sync::Arc;

use serde::Serialize;

use super::hours::{WireHours, read_hours};
use super::manifest::{AreaSummary, CellEntry};
use super::reader::Reader;
use super::text::{Identifiers, NameParts, Names, Text};
use super::{
    CELL_STATIONS, DatasetError, Decoded, Digest, Manifest, RecordIssue, body, header, hilbert,
};
use crate::domain::civil::Day;
use crate::domain::nearest::Cell;
use crate::domain::position::{Bounds, LonLat, from_steps, to_steps};
use crate::domain::station::{Access, Audience, EntryMethod, Features, Station};

const KIND: u8 = b'C';

/// The columns. Ranking needs those above `id`; text follows.
#[derive(Default, Serialize)]
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
    /// 8 × entry method + audience.
    access: Vec<u8>,
    /// 1 for a station that is a room, by its kind.
    room: Vec<u8>,
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

pub(super) fn bounds_from_wire(steps: [i32; 4]) -> Option<Bounds> {
    let [west, south, east, north] = steps.map(from_steps);
    let is_box = west <= east
        && south <= north
        && LonLat::new(west, south).is_ok()
        && LonLat::new(east, north).is_ok();
    is_box.then_some(Bounds {
        west,
        south,
        east,
        north,
    })
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
/// If it does not. [`Dataset::publish`](super::Dataset::publish) collects them from the same
/// stations.
#[must_use]
pub fn encode_cell(cell: &Cell, manifest: &Manifest) -> (Vec<u8>, CellEntry) {
    let mut columns = Columns {
        placed: cell.bounds.is_some(),
        ..Columns::default()
    };
    let (mut ids, mut names) = (Vec::new(), Vec::new());
    let [
        mut floors,
        mut landmarks,
        mut phones,
        mut notes,
        mut origins,
    ] = [(); 5].map(|()| Vec::new());
    let (mut last_lon, mut last_lat) = (0, 0);
    for station in &cell.stations {
        // Without `..`, so that the compiler asks whether a new field is written.
        let Station {
            id,
            name,
            address,
            city,
            district,
            floor,
            landmark,
            position,
            kinds,
            is_room,
            features,
            hours,
            access: Access { door, audience },
            phone,
            capacity,
            note,
            verified_on,
            source,
            origin,
        } = station;
        if let Some(position) = position {
            let (lon, lat) = (to_steps(position.lon()), to_steps(position.lat()));
            columns.lon.push(lon - last_lon);
            columns.lat.push(lat - last_lat);
            (last_lon, last_lat) = (lon, lat);
        }
        let (yes, no) = features.bits();
        columns.yes.push(yes);
        columns.no.push(no);
        let hours = WireHours::of(hours);
        let known = columns.hours_table.iter().position(|known| *known == hours);
        columns.hours.push(index(known.unwrap_or_else(|| {
            columns.hours_table.push(hours);
            columns.hours_table.len() - 1
        })));
        let kind_count = u8::try_from(kinds.len()).expect("a station has a handful of kinds");
        columns.kind_counts.push(kind_count);
        let kind_places = kinds
            .iter()
            .map(|kind| place_in(&manifest.kinds, |known| known == kind));
        columns.kinds.extend(kind_places);
        let is_area = |area: &AreaSummary| area.city == *city && area.district == *district;
        columns.area.push(place_in(&manifest.areas, is_area));
        columns.source.push(index(*source));
        columns.access.push(*door as u8 * 8 + *audience as u8);
        columns.room.push(u8::from(*is_room));
        let capacity = capacity.map_or(0, |capacity| capacity.saturating_add(1));
        columns.capacity.push(capacity);
        columns.verified_on.push(verified_on.map_or(0, |day| day.0));
        ids.push(id.as_str());
        names.push(NameParts::of(
            name,
            address,
            kinds.first().map_or("", String::as_str),
        ));
        floors.push(floor);
        landmarks.push(landmark);
        phones.push(phone);
        notes.push(note);
        origins.push(origin);
    }
    columns.id = Identifiers::of(ids.iter().copied());
    columns.names = Names::of(&names);
    columns.floor = Text::of(floors);
    columns.landmark = Text::of(landmarks);
    columns.phone = Text::of(phones);
    columns.note = Text::of(notes);
    columns.origin = Text::of(origins);
    let mut bytes = header(KIND).to_vec();
    bytes
        .extend(postcard::to_allocvec(&columns).expect("plain data always serialises into memory"));
    let length = |count| u32::try_from(count).expect("a cell is small");
    let entry = CellEntry {
        bounds: cell.bounds,
        stations: length(cell.stations.len()),
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

fn entry_method(code: u8) -> Option<EntryMethod> {
    Some(match code {
        0 => EntryMethod::Unknown,
        1 => EntryMethod::WalkIn,
        2 => EntryMethod::Staffed,
        3 => EntryMethod::QrCode,
        4 => EntryMethod::Face,
        5 => EntryMethod::App,
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

/// Reads the cell that `entry` of `manifest` describes. A bad record is left
/// out and reported, so that one error does not hide the other stations.
///
/// # Errors
///
/// [`DatasetError`] if these are not the bytes that were published.
pub fn decode_cell(
    bytes: &[u8],
    entry: &CellEntry,
    manifest: &Manifest,
) -> Result<Decoded, DatasetError> {
    // Checked before the digest: that the format is newer is the more useful error.
    body(bytes, KIND)?;
    if Digest::of(bytes) != entry.digest {
        return Err(DatasetError::Damaged);
    }
    decode_intact_cell(bytes, entry, manifest)
}

/// [`decode_cell`] of bytes whose digest the caller has compared with the entry's.
///
/// # Errors
///
/// [`DatasetError`] if they are no cell of this format.
// Not inlined, so that the page's module contains it once.
#[inline(never)]
pub fn decode_intact_cell(
    bytes: &[u8],
    entry: &CellEntry,
    manifest: &Manifest,
) -> Result<Decoded, DatasetError> {
    // In the order of `Columns`.
    let reader = &mut Reader::of(body(bytes, KIND)?);
    let is_placed = reader.flag();
    let (lon, lat) = (reader.signed_list(), reader.signed_list());
    let (yes, no) = (reader.unsigned_list(), reader.unsigned_list());
    let hours = reader.unsigned_list();
    let kind_counts = reader.bytes();
    let kind_places = reader.unsigned_list();
    let (area, source) = (reader.unsigned_list(), reader.unsigned_list());
    let (accesses, room) = (reader.bytes(), reader.bytes());
    let capacity = reader.unsigned_list();
    let verified_on = reader.signed_list();
    let hours_table = reader.list(|reader| Arc::new(read_hours(reader)));
    let id = Identifiers::read(reader);
    let names = Names::read(reader);
    let mut texts = Vec::new();
    for _ in 0..5 {
        texts.push(Text::read(reader));
    }
    reader.end()?;

    let count = hours.len();
    let coordinates = if is_placed { count } else { 0 };
    let kinds_in_all: usize = kind_counts.iter().map(|n| usize::from(*n)).sum();
    let fits = [lon.len(), lat.len()] == [coordinates; 2]
        && [
            yes.len(),
            no.len(),
            kind_counts.len(),
            area.len(),
            source.len(),
            accesses.len(),
            room.len(),
            capacity.len(),
            verified_on.len(),
        ] == [count; 9]
        && kinds_in_all == kind_places.len();
    if !fits {
        return Err(DatasetError::Malformed);
    }
    let ids = id.split(count)?;
    let names = names.split(count)?;
    let mut split = Vec::new();
    for text in &texts {
        split.push(text.split(count)?);
    }
    let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);

    let mut decoded = Decoded {
        cell: Cell {
            bounds: entry.bounds,
            stations: Vec::with_capacity(count),
        },
        issues: Vec::new(),
    };
    let (mut x, mut y, mut next_kind) = (0_i32, 0_i32, 0_usize);
    for row in 0..count {
        let mut kinds = Vec::new();
        let mut has_kinds = true;
        for kind in &kind_places[next_kind..][..usize::from(kind_counts[row])] {
            match manifest.kinds.get(place(*kind)) {
                Some(kind) => kinds.push(kind.clone()),
                None => has_kinds = false,
            }
            next_kind += 1;
        }
        let mut position = None;
        if is_placed {
            x = x.wrapping_add(lon[row]);
            y = y.wrapping_add(lat[row]);
            position = LonLat::new(from_steps(x), from_steps(y)).ok();
        }
        let area = manifest.areas.get(place(area[row]));
        let hours = hours_table.get(place(hours[row]));
        let (door, audience) = (entry_method(accesses[row] / 8), audience(accesses[row] % 8));
        let faults = [
            (area.is_none(), "its district is not in the manifest"),
            (
                is_placed && position.is_none(),
                "its position is not on Earth",
            ),
            (!has_kinds, "its kind is not in the manifest"),
            (hours.is_none(), "its opening hours are not in the table"),
            (door.is_none(), "its entry method is not known"),
            (audience.is_none(), "its audience is not known"),
        ];
        let fault = faults.iter().find(|(is_so, _)| *is_so);
        let (Some(area), Some(hours), Some(door), Some(audience), None) =
            (area, hours, door, audience, fault)
        else {
            decoded.issues.push(RecordIssue {
                id: ids[row].clone(),
                fault: fault.map_or("", |(_, fault)| fault),
            });
            continue;
        };
        let (name, address) = names.of_row(row, kinds.first().map_or("", String::as_str));
        let [floor, landmark, phone, note, origin] =
            [0, 1, 2, 3, 4].map(|column| split[column][row].to_owned());
        decoded.cell.stations.push(Station {
            id: ids[row].clone(),
            name,
            address,
            city: area.city.clone(),
            district: area.district.clone(),
            floor,
            landmark,
            position,
            kinds,
            is_room: room[row] != 0,
            features: Features::from_bits(yes[row], no[row]),
            hours: Arc::clone(hours),
            access: Access { door, audience },
            phone,
            capacity: capacity[row].checked_sub(1),
            note,
            verified_on: Some(verified_on[row]).filter(|day| *day != 0).map(Day),
            source: place(source[row]),
            origin,
        });
    }
    Ok(decoded)
}
