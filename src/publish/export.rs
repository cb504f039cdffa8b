//! Exports the dataset as GeoJSON and CSV for other programs.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::hours::to_osm;
use crate::dataset::Dataset;
use crate::domain::calendar::Calendar;
use crate::domain::position::LonLat;
use crate::domain::station::{Access, Audience, EntryMethod, Feature, Features, Station};
use crate::domain::timetable::Timetable;

/// Timetables in OSM syntax, cached: thousands of stations share some dozen timetables.
struct OsmTexts<'a> {
    calendar: &'a Calendar,
    written: HashMap<&'a Timetable, String>,
}

impl<'a> OsmTexts<'a> {
    fn of(dataset: &'a Dataset) -> Self {
        Self {
            calendar: &dataset.manifest.calendar,
            written: HashMap::new(),
        }
    }

    fn write(&mut self, timetable: &'a Timetable) -> String {
        let calendar = self.calendar;
        let write = || to_osm(timetable, calendar);
        self.written.entry(timetable).or_insert_with(write).clone()
    }
}

/// RFC 7946 GeoJSON, WGS-84, longitude first. Stations without a position have a null geometry.
/// The member `sources` gives licence and origin.
#[must_use]
pub fn to_geojson(dataset: &Dataset) -> String {
    into_memory(dataset, write_geojson)
}

/// A table with a heading row; positions in WGS-84.
#[must_use]
pub fn to_csv(dataset: &Dataset) -> String {
    into_memory(dataset, write_csv)
}

fn into_memory(dataset: &Dataset, write: Export) -> String {
    let mut bytes = Vec::new();
    write(dataset, &mut bytes).expect("writing into memory does not fail");
    String::from_utf8(bytes).expect("texts are UTF-8")
}

/// Writes an export one station at a time: a whole country would fill the memory.
pub(super) type Export = fn(&Dataset, &mut dyn Write) -> io::Result<()>;

/// Writes what [`to_geojson`] gives.
pub(super) fn write_geojson(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let manifest = &dataset.manifest;
    let sources: Vec<Value> = manifest
        .sources
        .iter()
        .map(|s| json!({"title": s.title, "origin": s.origin, "licence": s.licence}))
        .collect();
    let mut head = json!({
        "type": "FeatureCollection",
        "title": manifest.title,
        "edition": manifest.edition,
        "publisher": manifest.publisher.name,
        "example_data": manifest.is_demo,
        "sources": sources,
    })
    .to_string();
    head.pop();
    write!(out, "{head},\"features\":[")?;
    let mut osm = OsmTexts::of(dataset);
    for (index, station) in dataset.stations.iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut *out, &feature(dataset, station, &mut osm))?;
    }
    out.write_all(b"]}\n")
}

fn feature<'a>(dataset: &'a Dataset, station: &'a Station, osm: &mut OsmTexts<'a>) -> Value {
    let geometry = station
        .position
        .map(|p| json!({"type": "Point", "coordinates": [p.lon(), p.lat()]}));
    json!({
        "type": "Feature",
        "id": station.id,
        "geometry": geometry,
        "properties": properties(dataset, station, osm),
    })
}

fn properties<'a>(
    dataset: &'a Dataset,
    station: &'a Station,
    osm: &mut OsmTexts<'a>,
) -> Map<String, Value> {
    let mut properties = Map::new();
    for (name, value) in columns(dataset, station, osm) {
        if !value.is_empty() && name != "lon" && name != "lat" {
            properties.insert(name.to_owned(), Value::String(value));
        }
    }
    properties
}

/// Writes what [`to_csv`] gives.
pub(super) fn write_csv(dataset: &Dataset, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let mut osm = OsmTexts::of(dataset);
    for (index, station) in dataset.stations.iter().enumerate() {
        let columns = columns(dataset, station, &mut osm);
        if index == 0 {
            writer.write_record(columns.iter().map(|(name, _)| *name))?;
        }
        writer.write_record(columns.iter().map(|(_, value)| value))?;
    }
    writer.flush()
}

fn columns<'a>(
    dataset: &'a Dataset,
    station: &'a Station,
    osm: &mut OsmTexts<'a>,
) -> [(&'static str, String); 22] {
    // Without `..`: a new field must be exported, or left out on purpose.
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
        is_room: _,
        features,
        hours,
        access,
        phone,
        capacity: _,
        note,
        verified_on,
        source,
        origin,
    } = station;
    let Access {
        door: entry,
        audience: admitted,
    } = *access;
    let source = dataset.manifest.sources.get(*source);
    let degrees = |axis: fn(LonLat) -> f64| {
        let degrees = position.map(axis);
        degrees
            .map(|degrees| format!("{degrees:.6}"))
            .unwrap_or_default()
    };
    let keys = |features: Features| {
        features
            .present()
            .map(Feature::key)
            .collect::<Vec<_>>()
            .join(";")
    };
    let (yes, no) = features.bits();
    let absent = Features::from_bits(no, yes);
    let osm = hours
        .timetable
        .as_ref()
        .map(|timetable| osm.write(timetable));
    [
        ("id", id.clone()),
        ("name", name.clone()),
        ("address", address.clone()),
        ("city", city.clone()),
        ("district", district.clone()),
        ("floor", floor.clone()),
        ("landmark", landmark.clone()),
        ("lon", degrees(LonLat::lon)),
        ("lat", degrees(LonLat::lat)),
        ("kind", kinds.join(";")),
        ("has", keys(*features)),
        ("has_not", keys(absent)),
        ("hours_text", hours.text.clone()),
        ("opening_hours", osm.unwrap_or_default()),
        ("door", door(entry).to_owned()),
        ("audience", audience(admitted).to_owned()),
        ("phone", phone.clone()),
        ("note", note.clone()),
        (
            "verified_on",
            verified_on.map(|day| day.to_string()).unwrap_or_default(),
        ),
        (
            "source",
            source.map(|s| s.title.clone()).unwrap_or_default(),
        ),
        (
            "licence",
            source.map(|s| s.licence.clone()).unwrap_or_default(),
        ),
        ("origin", origin.clone()),
    ]
}

fn door(door: EntryMethod) -> &'static str {
    match door {
        EntryMethod::Unknown => "",
        EntryMethod::WalkIn => "walk_in",
        EntryMethod::Staffed => "staffed",
        EntryMethod::QrCode => "qr_code",
        EntryMethod::Face => "face",
        EntryMethod::App => "app",
    }
}

fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Unknown => "",
        Audience::Anyone => "anyone",
        Audience::OutdoorWorkers => "outdoor_workers",
        Audience::UnionMembers => "union_members",
    }
}
