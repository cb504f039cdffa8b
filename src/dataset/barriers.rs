//! Barriers and their crossings on the wire, in the manifest: every answer
//! needs them.

use serde::{Deserialize, Serialize};

use super::DatasetError;
use super::hours::WireHours;
use crate::domain::barrier::{Barrier, Crossing};
use crate::domain::civil::Day;
use crate::domain::position::{LonLat, from_steps, to_steps};
use crate::domain::travel::Modes;

/// Places as differences of longitude and latitude, in turn.
type Chain = Vec<i32>;

#[derive(Serialize, Deserialize)]
pub(super) struct WireBarrier {
    name: String,
    modes: u8,
    lines: Vec<Chain>,
    areas: Vec<Chain>,
    crossings: Vec<WireCrossing>,
}

#[derive(Serialize, Deserialize)]
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

fn from_chain(chain: &[i32]) -> Result<Vec<LonLat>, DatasetError> {
    let (mut lon, mut lat) = (0_i32, 0_i32);
    let pairs = chain.chunks(2).map(|pair| {
        let [over, up] = *pair else {
            return Err(DatasetError::Malformed);
        };
        (lon, lat) = (lon.wrapping_add(over), lat.wrapping_add(up));
        LonLat::new(from_steps(lon), from_steps(lat)).map_err(|_| DatasetError::Malformed)
    });
    pairs.collect()
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

    pub(super) fn into_barrier(self) -> Result<Barrier, DatasetError> {
        let chains = |chains: &[Chain]| -> Result<Vec<Vec<LonLat>>, DatasetError> {
            chains.iter().map(|chain| from_chain(chain)).collect()
        };
        Ok(Barrier {
            lines: chains(&self.lines)?,
            areas: chains(&self.areas)?,
            name: self.name,
            modes: Modes { bits: self.modes },
            crossings: self
                .crossings
                .into_iter()
                .map(|crossing| {
                    let places = from_chain(&crossing.landings)?;
                    Ok(Crossing {
                        landings: [places.first().copied(), places.get(1).copied()],
                        name: crossing.name,
                        modes: Modes {
                            bits: crossing.modes,
                        },
                        hours: crossing.hours.into_hours()?,
                        wait_minutes: crossing.wait_minutes,
                        ride_minutes: crossing.ride_minutes,
                        verified_on: Some(crossing.verified_on).filter(|day| *day != 0).map(Day),
                        source: crossing.source,
                    })
                })
                .collect::<Result<_, DatasetError>>()?,
        })
    }
}
