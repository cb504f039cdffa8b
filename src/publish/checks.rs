//! Checks that need all stations at once.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::dataset::along_hilbert;
use crate::domain::position::LonLat;
use crate::domain::station::{Area, Station};

/// Where a district's stations lie farther than this from the next one, the position is wrong or
/// the district is hardly served.
const FAR_KM: f64 = 12.0;

/// Stations of another district that lie this near are neighbours.
const NEIGHBOUR_KM: f64 = 4.0;

/// This many neighbours make a cluster.
const CLUSTER: usize = 3;

/// Where no district is named, one far position is doubted only if nine in ten stations lie this
/// near to the middle of the list.
const TOWN_KM: f64 = 15.0;

/// In such a list a position is doubted from this distance on: cities have beaches and hamlets
/// (Valencia's lie 13 km from the next fountain).
const FAR_FROM_TOWN_KM: f64 = 25.0;

/// A position that is doubtful, and how far it is from its district's others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FarOff {
    /// Index of the station.
    pub(super) station: usize,
    /// To the nearest other station of the same district.
    pub(super) km: u32,
}

/// With fewer stations than this the place of a list is not known.
const FEWEST: usize = 4;

/// The same where no city is named, since the list may cover several.
const FEWEST_ANYWHERE: usize = 10;

/// No list of one place has gaps as wide as this, in kilometres, whatever its usual gap.
const AWAY_KM: f64 = 100.0;

/// A list with wide gaps has none that is this many times wider than usual.
const AWAY_TIMES: f64 = 20.0;

/// Stations that lie far from nearly all others of the list, alone or beside another wrong one.
/// They are not in the place of the list, whatever their district.
pub(super) fn away_from_the_list(stations: &[&Station]) -> Vec<FarOff> {
    let mut by_city: BTreeMap<&str, Vec<(usize, LonLat)>> = BTreeMap::new();
    for (index, station) in stations.iter().enumerate() {
        if let Some(position) = station.position {
            by_city
                .entry(&station.city)
                .or_default()
                .push((index, position));
        }
    }
    let named: Vec<(usize, LonLat)> = by_city
        .iter()
        .filter(|(city, _)| !city.is_empty())
        .flat_map(|(_, members)| members.iter().copied())
        .collect();
    let mut away: Vec<FarOff> = Vec::new();
    for (city, members) in by_city {
        let fewest = if city.is_empty() {
            FEWEST_ANYWHERE
        } else {
            FEWEST
        };
        if members.len() < fewest {
            continue;
        }
        let found = away_from_most(members).into_iter();
        // A row that names no city may belong to any of the named ones.
        away.extend(found.filter(|far| {
            let position = stations[far.station].position;
            !city.is_empty()
                || position
                    .is_none_or(|position| km_to_nearest(position, &named, far.station) >= AWAY_KM)
        }));
    }
    away.sort_by_key(|far| far.station);
    away
}

fn away_from_most(mut members: Vec<(usize, LonLat)>) -> Vec<FarOff> {
    members.sort_by_cached_key(|(_, position)| along_hilbert(*position));
    let mut near_km: Vec<f64> = (0..members.len())
        .map(|place| km_to_neighbour(&members, place))
        .collect();
    near_km.sort_by(f64::total_cmp);
    let gap_km = AWAY_KM.max(AWAY_TIMES * near_km[near_km.len() / 2]);
    // Most stations follow each other along the curve without such a gap; the others are
    // compared with these groups.
    let mut groups: Vec<Vec<(usize, LonLat)>> = Vec::new();
    let mut last = 0;
    for (index, position) in members {
        let is_near = |group: &Vec<(usize, LonLat)>| {
            let from = group.len().saturating_sub(NEIGHBOURS);
            km_to_nearest(position, &group[from..], index) < gap_km
        };
        // Nearly always the group of the station before it on the curve.
        let near = groups
            .get(last)
            .filter(|group| is_near(group))
            .map(|_| last);
        last = near
            .or_else(|| groups.iter().position(is_near))
            .unwrap_or_else(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
        groups[last].push((index, position));
    }
    let count: usize = groups.iter().map(Vec::len).sum();
    groups.sort_by_key(Vec::len);
    let Some(most) = groups.pop() else {
        return Vec::new();
    };
    // Several places far apart: the list covers a country.
    if most.len() * 3 < count * 2 {
        return Vec::new();
    }
    // A geocoder puts the addresses that it does not find in one spot.
    let is_one_spot = |group: &[(usize, LonLat)]| {
        let (_, first) = group[0];
        group
            .iter()
            .all(|(_, position)| position.distance_to(first).0 < SPOT_M)
    };
    groups
        .into_iter()
        .filter(|group| group.len() * 10 <= most.len() || is_one_spot(group))
        .flatten()
        .map(|(index, position)| (index, km_to_nearest(position, &most, index)))
        .filter(|(_, km)| *km >= gap_km)
        .map(|(station, km)| FarOff {
            station,
            km: whole(km),
        })
        .collect()
}

/// The width of one spot, in metres.
const SPOT_M: f64 = 100.0;

/// Only this many members of a group, the last ones, are compared.
const NEIGHBOURS: usize = 8;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most half of the Earth's circumference"
)]
fn whole(distance: f64) -> u32 {
    distance.round() as u32
}

/// Stations that lie far from all others of their district: among another district's stations,
/// or alone while the others keep together. A wrong geocode looks like this.
///
/// Stations away from the whole list are left out: they do not show where the district is.
pub(super) fn far_from_their_district(stations: &[&Station], away: &HashSet<usize>) -> Vec<FarOff> {
    let mut by_area: BTreeMap<Area, Vec<(usize, LonLat)>> = BTreeMap::new();
    for (index, station) in stations.iter().enumerate() {
        if let Some(position) = station.position
            && !away.contains(&index)
        {
            by_area
                .entry(station.area())
                .or_default()
                .push((index, position));
        }
    }
    let mut far = Vec::new();
    for members in by_area.values_mut() {
        members.sort_by_cached_key(|(_, position)| along_hilbert(*position));
    }
    for (area, members) in &by_area {
        let least_km = if !area.district.is_empty() {
            FAR_KM
        } else if keep_together(members) {
            FAR_FROM_TOWN_KM
        } else {
            continue;
        };
        let near_km: Vec<f64> = (0..members.len())
            .map(|place| km_to_neighbour(members, place))
            .collect();
        let mut sorted = near_km.clone();
        sorted.sort_by(f64::total_cmp);
        let usual_km = sorted[sorted.len() / 2];
        for ((index, position), near_km) in members.iter().zip(near_km) {
            if near_km < least_km {
                continue;
            }
            let km = km_to_nearest(*position, members, *index);
            if km < least_km || !km.is_finite() {
                continue;
            }
            let strangers = by_area
                .iter()
                .filter(|(other, _)| other.city == area.city && *other != area)
                .flat_map(|(_, others)| others)
                .filter(|(_, other)| position.distance_to(*other).0 < NEIGHBOUR_KM * 1000.0)
                .count();
            let is_alone = members.len() > CLUSTER && km > 8.0 * usual_km;
            // No district is as wide as that: of its three stations the distant one is wrong.
            let is_elsewhere = members.len() == CLUSTER
                && !area.district.is_empty()
                && km >= AWAY_KM
                && usual_km < FAR_KM;
            if strangers >= CLUSTER || is_alone || is_elsewhere {
                far.push(FarOff {
                    station: *index,
                    km: whole(km),
                });
            }
        }
    }
    far.sort_by_key(|far| far.station);
    far
}

/// Whether nearly all lie in and around one town.
fn keep_together(members: &[(usize, LonLat)]) -> bool {
    let median = |axis: fn(LonLat) -> f64| {
        let mut values: Vec<f64> = members
            .iter()
            .map(|(_, position)| axis(*position))
            .collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let Ok(middle) = LonLat::new(median(LonLat::lon), median(LonLat::lat)) else {
        return false;
    };
    let near = members
        .iter()
        .filter(|(_, position)| position.distance_to(middle).0 < TOWN_KM * 1000.0)
        .count();
    near * 10 >= members.len() * 9
}

/// The distance to the nearest of a few stations beside it on the curve. Never less than the
/// distance to the nearest of all, nearly always the same, and no need to compare all pairs.
fn km_to_neighbour(members: &[(usize, LonLat)], place: usize) -> f64 {
    let (index, position) = members[place];
    let around = &members[place.saturating_sub(4)..members.len().min(place + 5)];
    km_to_nearest(position, around, index)
}

/// Two stations with one address that lie apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Apart {
    /// Index of the later station.
    pub(super) station: usize,
    /// Index of the first station with this address.
    pub(super) from: usize,
    /// How far apart.
    pub(super) metres: u32,
}

/// An address with a number is one gate or one yard; a large yard is this wide.
const YARD_M: f64 = 300.0;

/// Stations that share the address of an earlier one and lie elsewhere.
pub(super) fn same_address_apart(stations: &[&Station]) -> Vec<Apart> {
    let mut first: HashMap<(&str, &str, &str), (usize, LonLat)> = HashMap::new();
    let mut apart = Vec::new();
    for (index, station) in stations.iter().enumerate() {
        let Some(position) = station.position else {
            continue;
        };
        if !station.address.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let address = (
            station.city.as_str(),
            station.district.as_str(),
            station.address.as_str(),
        );
        let (from, there) = *first.entry(address).or_insert((index, position));
        let metres = position.distance_to(there).0;
        if metres > YARD_M {
            apart.push(Apart {
                station: index,
                from,
                metres: whole(metres),
            });
        }
    }
    apart
}

fn km_to_nearest(position: LonLat, others: &[(usize, LonLat)], except: usize) -> f64 {
    others
        .iter()
        .filter(|(index, _)| *index != except)
        .map(|(_, other)| position.distance_to(*other).0 / 1000.0)
        .fold(f64::INFINITY, f64::min)
}
