//! Looks at stations together: what no row shows by itself.

use std::collections::BTreeMap;

use crate::domain::position::LonLat;
use crate::domain::station::{Area, Station};

/// Nobody's next station in the same district is farther than this, unless the
/// position is wrong or the district is empty.
const FAR_KM: f64 = 12.0;

/// So near, stations of another district are neighbours.
const NEIGHBOUR_KM: f64 = 4.0;

/// So many neighbours make a cluster.
const CLUSTER: usize = 3;

/// A position that is doubtful, and how far it is from its district's others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FarOff {
    /// Index of the station.
    pub(super) station: usize,
    /// To the nearest other station of the same district.
    pub(super) km: u32,
}

/// Stations that lie far from all others of their district: either in the midst
/// of another district's stations, or alone while the others keep together.
/// Both are how a wrong geocode looks.
pub(super) fn far_from_their_district(stations: &[Station]) -> Vec<FarOff> {
    let mut by_area: BTreeMap<Area, Vec<(usize, LonLat)>> = BTreeMap::new();
    for (index, station) in stations.iter().enumerate() {
        if let Some(position) = station.position.filter(|_| !station.district.is_empty()) {
            by_area
                .entry(station.area())
                .or_default()
                .push((index, position));
        }
    }
    let mut far = Vec::new();
    for (area, members) in &by_area {
        let mut nearest_km: Vec<f64> = members
            .iter()
            .map(|(index, position)| km_to_nearest(*position, members, *index))
            .collect();
        let own: Vec<f64> = nearest_km.clone();
        nearest_km.sort_by(f64::total_cmp);
        let usual_km = nearest_km[nearest_km.len() / 2];
        for ((index, position), km) in members.iter().zip(own) {
            if km < FAR_KM || !km.is_finite() {
                continue;
            }
            let strangers = by_area
                .iter()
                .filter(|(other, _)| other.city == area.city && *other != area)
                .flat_map(|(_, others)| others)
                .filter(|(_, other)| position.distance_to(*other).0 < NEIGHBOUR_KM * 1000.0)
                .count();
            let is_alone = members.len() > CLUSTER && km > 8.0 * usual_km;
            if strangers >= CLUSTER || is_alone {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "at most half of the Earth's circumference"
                )]
                far.push(FarOff {
                    station: *index,
                    km: km.round() as u32,
                });
            }
        }
    }
    far.sort_by_key(|far| far.station);
    far
}

fn km_to_nearest(position: LonLat, others: &[(usize, LonLat)], except: usize) -> f64 {
    others
        .iter()
        .filter(|(index, _)| *index != except)
        .map(|(_, other)| position.distance_to(*other).0 / 1000.0)
        .fold(f64::INFINITY, f64::min)
}
