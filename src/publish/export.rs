//! The dataset for everyone else's programs.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::hours::to_osm;
use crate::dataset::Dataset;
use crate::domain::calendar::Calendar;
use crate::domain::station::{Audience, Door, Station};
use crate::domain::timetable::Timetable;

/// Timetables in OSM syntax: a list of thousands shares some dozen.
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

/// RFC 7946 GeoJSON, WGS-84, longitude first. Stations without a position have
/// a null geometry. Licence and origin stand in the member `sources`.
#[must_use]
pub fn to_geojson(dataset: &Dataset) -> String {
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
    // One feature after the other: a tree of a whole country would fill the memory.
    head.pop();
    let mut text = head + ",\"features\":[";
    let mut osm = OsmTexts::of(dataset);
    for (index, station) in dataset.stations.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text += &feature(dataset, station, &mut osm).to_string();
    }
    text += "]}\n";
    text
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

/// A table with a heading row; positions in WGS-84.
#[must_use]
pub fn to_csv(dataset: &Dataset) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let into_memory = "writing into memory does not fail";
    let mut osm = OsmTexts::of(dataset);
    for (index, station) in dataset.stations.iter().enumerate() {
        let columns = columns(dataset, station, &mut osm);
        if index == 0 {
            writer
                .write_record(columns.iter().map(|(name, _)| *name))
                .expect(into_memory);
        }
        writer
            .write_record(columns.iter().map(|(_, value)| value))
            .expect(into_memory);
    }
    String::from_utf8(writer.into_inner().expect(into_memory)).expect("texts are UTF-8")
}

fn columns<'a>(
    dataset: &'a Dataset,
    station: &'a Station,
    osm: &mut OsmTexts<'a>,
) -> [(&'static str, String); 22] {
    let manifest = &dataset.manifest;
    let source = manifest.sources.get(station.source);
    let degrees = |value: Option<f64>| value.map(|d| format!("{d:.6}")).unwrap_or_default();
    let features = |keys: Vec<&str>| keys.join(";");
    let (yes, no) = station.features.bits();
    let absent = crate::domain::station::Features::from_bits(no, yes);
    let osm = station
        .hours
        .timetable
        .as_ref()
        .map(|timetable| osm.write(timetable));
    [
        ("id", station.id.clone()),
        ("name", station.name.clone()),
        ("address", station.address.clone()),
        ("city", station.city.clone()),
        ("district", station.district.clone()),
        ("floor", station.floor.clone()),
        ("landmark", station.landmark.clone()),
        (
            "lon",
            degrees(
                station
                    .position
                    .map(super::super::domain::position::LonLat::lon),
            ),
        ),
        (
            "lat",
            degrees(
                station
                    .position
                    .map(super::super::domain::position::LonLat::lat),
            ),
        ),
        ("kind", station.kinds.join(";")),
        (
            "has",
            features(
                station
                    .features
                    .present()
                    .map(super::super::domain::station::Feature::key)
                    .collect(),
            ),
        ),
        (
            "has_not",
            features(
                absent
                    .present()
                    .map(super::super::domain::station::Feature::key)
                    .collect(),
            ),
        ),
        ("hours_text", station.hours.text.clone()),
        ("opening_hours", osm.unwrap_or_default()),
        ("door", door(station.access.door).to_owned()),
        ("audience", audience(station.access.audience).to_owned()),
        ("phone", station.phone.clone()),
        ("note", station.note.clone()),
        (
            "verified_on",
            station
                .verified_on
                .map(|day| day.to_string())
                .unwrap_or_default(),
        ),
        (
            "source",
            source.map(|s| s.title.clone()).unwrap_or_default(),
        ),
        (
            "licence",
            source.map(|s| s.licence.clone()).unwrap_or_default(),
        ),
        ("origin", station.origin.clone()),
    ]
}

fn door(door: Door) -> &'static str {
    match door {
        Door::Unknown => "",
        Door::WalkIn => "walk_in",
        Door::Staffed => "staffed",
        Door::QrCode => "qr_code",
        Door::Face => "face",
        Door::App => "app",
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
