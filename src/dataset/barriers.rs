//! Barriers and their crossings in the wire format. They are part of the
//! manifest, since every ranking needs them.

use serde::Serialize;

use super::hours::{WireHours, read_hours};
use super::reader::Reader;
use crate::domain::barrier::{Barrier, Crossing};
use crate::domain::civil::Day;
use crate::domain::position::{LonLat, from_steps, to_steps};
use crate::domain::travel::Modes;

/// Positions as differences of longitude and latitude in steps, alternating.
type Chain = Vec<i32>;

#[derive(Serialize)]
pub(super) struct WireBarrier {
    name: String,
    modes: u8,
    lines: Vec<Chain>,
    areas: Vec<Chain>,
    crossings: Vec<WireCrossing>,
}

#[derive(Serialize)]
struct WireCrossing {
    name: String,
    landings: Chain,
    modes: u8,
    hours: WireHours,
    wait_minutes: u16,
    ride_minutes: u16,
    /// Day of the last check, or 0.
    verified_on: i32,
    source: String,
}

fn to_chain(places: impl IntoIterator<Item = LonLat>) -> Chain {
    let (mut lon, mut lat) = (0, 0);
    let mut chain = Vec::new();
    for place in places {
        let (next_lon, next_lat) = (to_steps(place.lon()), to_steps(place.lat()));
        chain.extend([next_lon - lon, next_lat - lat]);
        (lon, lat) = (next_lon, next_lat);
    }
    chain
}

impl WireBarrier {
    pub(super) fn of(barrier: &Barrier) -> Self {
        let chains = |chains: &[Vec<LonLat>]| -> Vec<Chain> {
            chains
                .iter()
                .map(|chain| to_chain(chain.iter().copied()))
                .collect()
        };
        Self {
            name: barrier.name.clone(),
            modes: barrier.modes.bits,
            lines: chains(&barrier.lines),
            areas: chains(&barrier.areas),
            crossings: barrier
                .crossings
                .iter()
                .map(|crossing| WireCrossing {
                    name: crossing.name.clone(),
                    landings: to_chain(crossing.landings.into_iter().flatten()),
                    modes: crossing.modes.bits,
                    hours: WireHours::of(&crossing.hours),
                    wait_minutes: crossing.wait_minutes,
                    ride_minutes: crossing.ride_minutes,
                    verified_on: crossing.verified_on.map_or(0, |day| day.0),
                    source: crossing.source.clone(),
                })
                .collect(),
        }
    }
}

/// Reads a barrier.
#[inline(never)]
pub(super) fn read_barrier(reader: &mut Reader<'_>) -> Barrier {
    let name = reader.owned();
    let modes = read_modes(reader);
    Barrier {
        name,
        modes,
        lines: reader.list(read_chain),
        areas: reader.list(read_chain),
        crossings: reader.list(read_crossing),
    }
}

fn read_modes(reader: &mut Reader<'_>) -> Modes {
    Modes {
        bits: reader.byte(),
    }
}

#[inline(never)]
fn read_chain(reader: &mut Reader<'_>) -> Vec<LonLat> {
    let (mut lon, mut lat) = (0_i32, 0_i32);
    let mut places = Vec::new();
    for pair in reader.signed_list().chunks(2) {
        let place = if let [over, up] = *pair {
            (lon, lat) = (lon.wrapping_add(over), lat.wrapping_add(up));
            LonLat::new(from_steps(lon), from_steps(lat)).ok()
        } else {
            None
        };
        match place {
            Some(place) => places.push(place),
            None => reader.fail(),
        }
    }
    places
}

fn read_crossing(reader: &mut Reader<'_>) -> Crossing {
    let name = reader.owned();
    let places = read_chain(reader);
    Crossing {
        name,
        landings: [places.first().copied(), places.get(1).copied()],
        modes: read_modes(reader),
        hours: read_hours(reader),
        wait_minutes: reader.short(),
        ride_minutes: reader.short(),
        verified_on: Some(reader.signed()).filter(|day| *day != 0).map(Day),
        source: reader.owned(),
    }
}
