//! Positions that cannot be trusted, seen beside those of the other stations.

use std::collections::HashSet;

use super::SourcedStation;
use crate::domain::position::LonLat;
use crate::domain::station::Station;
use crate::publish::checks;
use crate::publish::config::Config;
use crate::publish::issue::Problem;

/// A position that was rejected as wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectedPosition {
    /// The file.
    pub source: String,
    /// The row.
    pub row: usize,
    /// The city, as far as the row says.
    pub city: String,
    /// The station's name.
    pub name: String,
    /// Where the row says that the station is.
    pub position: LonLat,
}

/// Positions that cannot be trusted, and addresses of which one must be wrong.
pub(super) fn doubtful(config: &Config, sourced: &[SourcedStation]) -> Vec<(usize, Problem)> {
    let mut doubtful: Vec<(usize, Problem)> = Vec::new();
    if let Some(area) = &config.service_area {
        for (index, row) in sourced.iter().enumerate() {
            let position = row.station.position;
            if position.is_some_and(|position| !area.contain(position)) {
                doubtful.push((index, Problem::PositionOutside));
            }
        }
    }
    let mut away: HashSet<usize> = doubtful.iter().map(|(index, _)| *index).collect();
    let stations: Vec<&Station> = sourced.iter().map(|row| &row.station).collect();
    for far in checks::away_from_the_list(&stations) {
        if away.insert(far.station) {
            doubtful.push((far.station, Problem::PositionAway { km: far.km }));
        }
    }
    for far in checks::far_from_their_district(&stations, &away) {
        if stations[far.station].district.is_empty() {
            doubtful.push((far.station, Problem::PositionAway { km: far.km }));
        } else {
            let district = stations[far.station].district.clone();
            doubtful.push((
                far.station,
                Problem::PositionFar {
                    district,
                    km: far.km,
                },
            ));
        }
    }
    let rejected: HashSet<usize> = doubtful.iter().map(|(index, _)| *index).collect();
    for apart in checks::same_address_apart(&stations) {
        if rejected.contains(&apart.station) || rejected.contains(&apart.from) {
            continue;
        }
        let first = &sourced[apart.from];
        let problem = Problem::AddressApart {
            source: first.place(),
            row: first.row,
            metres: apart.metres,
        };
        doubtful.push((apart.station, problem));
    }
    doubtful
}
