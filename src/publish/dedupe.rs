//! Merges rows of one place that is listed under several schemes into one station.

use std::collections::{BTreeSet, HashMap};

use super::config::Config;
use super::issue::Problem;
use super::prepare::SourcedStation;
use super::row::derived_id;
use crate::domain::position::LonLat;
use crate::domain::station::{Access, Features, Station};

/// Two rows this near may be one place: a map's pin for a shop lies within its front and its
/// yard.
const SAME_DOOR_M: f64 = 60.0;

/// Merges the rows of each place into one station, and reports every merge.
pub(super) fn merge(
    config: &Config,
    sourced: Vec<SourcedStation>,
) -> (Vec<SourcedStation>, Vec<(SourcedStation, Problem)>) {
    let mut kept: Vec<SourcedStation> = Vec::with_capacity(sourced.len());
    // A list whose stations all lie at the town's centre compares each with each.
    let mut names: Vec<String> = Vec::with_capacity(sourced.len());
    let mut reported = Vec::new();
    let mut near: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    let mut unplaced: HashMap<(String, String), Vec<usize>> = HashMap::new();
    for row in sourced {
        let name = bare(&row.station.name);
        let candidates: Vec<usize> = match row.station.position {
            Some(position) => {
                let (x, y) = square(position);
                (x - 1..=x + 1)
                    .flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)))
                    .filter_map(|square| near.get(&square))
                    .flatten()
                    .copied()
                    .collect()
            }
            None => unplaced
                .get(&words(&row.station))
                .cloned()
                .unwrap_or_default(),
        };
        let mut relations = candidates
            .iter()
            .filter(|index| are_namesakes(&names[**index], &name))
            .map(|index| (*index, relation(config, &kept[*index], &row)));
        let same = relations
            .clone()
            .find(|(_, relation)| *relation == Relation::Same);
        if let Some((index, _)) = same {
            let first = &mut kept[index];
            let problem = Problem::Merged {
                source: first.place(),
                row: first.row,
            };
            reported.push((row.without_station(), problem));
            join(&mut first.station, row.station);
            continue;
        }
        if let Some((index, _)) = relations.find(|(_, relation)| *relation == Relation::MaybeSame) {
            let first = &kept[index];
            let problem = Problem::MaybeSame {
                source: first.place(),
                row: first.row,
            };
            reported.push((row.without_station(), problem));
        }
        match row.station.position {
            Some(position) => near.entry(square(position)).or_default().push(kept.len()),
            None => unplaced
                .entry(words(&row.station))
                .or_default()
                .push(kept.len()),
        }
        kept.push(row);
        names.push(name);
    }
    (kept, reported)
}

/// Grid squares that are wider than [`SAME_DOOR_M`] up to 72 degrees north.
#[expect(clippy::cast_possible_truncation, reason = "degrees times a thousand")]
fn square(position: LonLat) -> (i32, i32) {
    (
        (position.lon() * 500.0).floor() as i32,
        (position.lat() * 1000.0).floor() as i32,
    )
}

fn words(station: &Station) -> (String, String) {
    (bare(&station.name), bare(&station.address))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Relation {
    Same,
    /// Apparently one place, but the hours disagree.
    MaybeSame,
    Other,
}

/// Whether two names, as [`bare`] leaves them, may be of one place.
fn are_namesakes(one: &str, other: &str) -> bool {
    one == other
        || (one.contains(other) || other.contains(one))
            && one.chars().count().min(other.chars().count()) >= 4
}

/// How two rows with the same name are related.
fn relation(config: &Config, first: &SourcedStation, second: &SourcedStation) -> Relation {
    let (one, other) = (&first.station, &second.station);
    let is_near = match (one.position, other.position) {
        (Some(here), Some(there)) => here.distance_to(there).0 <= SAME_DOOR_M,
        (None, None) => !one.address.is_empty() && bare(&one.address) == bare(&other.address),
        _ => false,
    };
    // Two rows of one list under one scheme are two things with one name (a
    // park's pool and its fountain), unless nothing sets them apart.
    let kinds = |station: &Station| station.kinds.iter().cloned().collect::<BTreeSet<_>>();
    let is_other_scheme = kinds(one) != kinds(other) || one.source != other.source;
    let is_again = one.id == other.id && bare(&one.name) == bare(&other.name);
    let is_forbidden = !config.merge
        || config
            .keep_apart
            .iter()
            .any(|ids| ids.contains(&one.id) && ids.contains(&other.id));
    if is_forbidden || !is_near || !(is_other_scheme || is_again) {
        return Relation::Other;
    }
    let agrees = one.hours.text.is_empty()
        || other.hours.text.is_empty()
        || one.hours.text == other.hours.text
        || one.hours.timetable.is_some() && one.hours.timetable == other.hours.timetable;
    if agrees {
        Relation::Same
    } else {
        Relation::MaybeSame
    }
}

/// The letters and digits of a text in lower case: people write the rest differently each time.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Adds to the first row what only the second says; where both say something, the first counts.
fn join(first: &mut Station, second: Station) {
    // Without `..`: a new field must be merged, or left out on purpose.
    let Station {
        id: _,
        name: _,
        address,
        city: _,
        district,
        floor,
        landmark,
        position: _,
        kinds,
        is_room,
        features,
        hours,
        access: Access {
            door: _,
            audience: _,
        },
        phone,
        capacity,
        note,
        verified_on,
        source: _,
        origin: _,
    } = second;
    for kind in kinds {
        if !first.kinds.contains(&kind) {
            first.kinds.push(kind);
        }
    }
    first.is_room |= is_room;
    let ((yes, no), (also_yes, also_no)) = (first.features.bits(), features.bits());
    first.features = Features::from_bits(yes | also_yes, no | also_no);
    if first.hours.text.is_empty() {
        first.hours = hours;
    }
    for (own, other) in [
        (&mut first.address, address),
        (&mut first.district, district),
        (&mut first.floor, floor),
        (&mut first.landmark, landmark),
        (&mut first.phone, phone),
    ] {
        if own.is_empty() {
            *own = other;
        }
    }
    if !note.is_empty() && !first.note.contains(&note) {
        first.note = if first.note.is_empty() {
            note
        } else {
            format!("{}；{note}", first.note)
        };
    }
    first.capacity = first.capacity.or(capacity);
    // Only where both rows were checked is the station checked: since the older of the two days.
    first.verified_on = match (first.verified_on, verified_on) {
        (Some(one), Some(other)) => Some(one.min(other)),
        _ => None,
    };
}

/// Gives each station a unique id; an id that a sheet gives twice is reported.
pub(super) fn assign_unique_ids(sourced: &mut [SourcedStation]) -> Vec<(usize, Problem)> {
    let mut ids: HashMap<String, usize> = HashMap::with_capacity(sourced.len());
    let mut problems = Vec::new();
    for index in 0..sourced.len() {
        let row = &sourced[index];
        let id = if let Some(first) = ids.get(&row.station.id) {
            let first = &sourced[*first];
            if row.id_was_given {
                problems.push((
                    index,
                    Problem::IdDuplicate {
                        source: first.place(),
                        row: first.row,
                    },
                ));
            }
            own_id(&row.station, &ids)
        } else {
            row.station.id.clone()
        };
        sourced[index].station.id.clone_from(&id);
        ids.insert(id, index);
    }
    problems
}

/// An id made of as few fields as distinguish the station, so that it stays when other fields
/// change.
fn own_id(station: &Station, taken: &HashMap<String, usize>) -> String {
    let place = station
        .position
        .map_or(String::new(), |p| format!("{:.4},{:.4}", p.lon(), p.lat()));
    let kinds = station.kinds.join(",");
    let mut parts = vec![station.id.as_str(), &station.name, &station.address];
    for part in [
        &place,
        &kinds,
        &station.hours.text,
        &station.phone,
        &station.note,
    ] {
        let id = derived_id(&parts);
        if !taken.contains_key(&id) {
            return id;
        }
        parts.push(part);
    }
    loop {
        let id = derived_id(&parts);
        if !taken.contains_key(&id) {
            return id;
        }
        parts.push("+");
    }
}
