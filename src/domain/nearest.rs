//! The nearest stations, exactly, touching only the cells that can matter.

use super::ordering::sort_short;
use super::position::{Bounds, LonLat, Metres};
use super::station::{Comfort, Feature, Station};

/// Stations that lie together, with the box around them.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The box; none for stations of which only the address is known.
    pub bounds: Option<Bounds>,
    /// The stations, in the dataset's order.
    pub stations: Vec<Station>,
}

/// What a station must have to be an answer.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Filter {
    /// Known to give this relief.
    pub season: Option<Comfort>,
    /// Known to have all of these.
    pub needs: Vec<Feature>,
    /// Listed under one of these schemes; none sets no condition.
    pub kinds: Vec<String>,
}

impl Filter {
    /// Whether a station passes.
    #[must_use]
    pub fn admits(&self, station: &Station) -> bool {
        self.season.is_none_or(|comfort| station.offers(comfort))
            && self
                .needs
                .iter()
                .all(|feature| station.features.has(*feature))
            && (self.kinds.is_empty() || station.kinds.iter().any(|kind| self.kinds.contains(kind)))
    }
}

/// A station and how far it is.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The station.
    pub station: &'a Station,
    /// Where it is (WGS-84).
    pub position: LonLat,
    /// Great-circle metres from the origin.
    pub distance: Metres,
}

/// The `limit` stations nearest to `origin` that pass `admits`, nearest first,
/// ties in the order of their ids.
///
/// Cells are visited in order of the least possible distance; the search stops
/// when no cell left can beat the last answer, so the result is exact.
pub fn nearest<'a>(
    origin: LonLat,
    limit: usize,
    cells: &'a [Cell],
    mut admits: impl FnMut(&Station, Metres) -> bool,
) -> Vec<Found<'a>> {
    let mut queue: Vec<(f64, &Cell)> = cells
        .iter()
        .filter_map(|cell| Some((cell.bounds?.least_distance_from(origin).0, cell)))
        .collect();
    sort_short(&mut queue, |(one, _), (other, _)| {
        one.total_cmp(other).is_lt()
    });

    let mut found: Vec<Found<'a>> = Vec::new();
    for (least_m, cell) in queue {
        let is_full = found.len() >= limit;
        if limit == 0 || is_full && found.last().is_some_and(|last| last.distance.0 < least_m) {
            break;
        }
        for station in &cell.stations {
            let Some(position) = station.position else {
                continue;
            };
            let distance = origin.distance_to(position);
            if !admits(station, distance) {
                continue;
            }
            let new = Found {
                station,
                position,
                distance,
            };
            let place = found.partition_point(|known| by_distance(known, &new).is_lt());
            if place < limit {
                found.truncate(limit - 1);
                found.insert(place, new);
            }
        }
    }
    found
}

fn by_distance(one: &Found<'_>, other: &Found<'_>) -> std::cmp::Ordering {
    one.distance
        .0
        .total_cmp(&other.distance.0)
        .then_with(|| one.station.id.cmp(&other.station.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn station(id: &str, lon: f64, lat: f64) -> Station {
        Station {
            id: id.to_owned(),
            position: LonLat::new(lon, lat).ok(),
            ..Station::default()
        }
    }

    fn cells_of(stations: &[Station], size: usize) -> Vec<Cell> {
        stations
            .chunks(size)
            .map(|chunk| Cell {
                bounds: Bounds::around(chunk.iter().filter_map(|station| station.position)),
                stations: chunk.to_vec(),
            })
            .collect()
    }

    #[test]
    fn stations_at_the_same_spot_come_in_the_order_of_their_ids() {
        let cells = cells_of(
            &[
                station("b", 121.0, 31.0),
                station("a", 121.0, 31.0),
                station("c", 121.0, 31.0),
            ],
            1,
        );
        let origin = LonLat::new(121.1, 31.0).expect("on Earth");
        let ids: Vec<_> = nearest(origin, 2, &cells, |_, _| true)
            .iter()
            .map(|f| f.station.id.as_str())
            .collect();
        assert_eq!(ids, ["a", "b"]);
    }

    #[test]
    fn a_station_with_an_address_only_is_never_ranked() {
        let unplaced = Station {
            id: "x".to_owned(),
            ..Station::default()
        };
        let cells = [Cell {
            bounds: None,
            stations: vec![unplaced],
        }];
        let origin = LonLat::new(121.1, 31.0).expect("on Earth");
        assert!(nearest(origin, 5, &cells, |_, _| true).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn the_search_agrees_with_looking_at_every_station(
            spots in proptest::collection::vec((-180.0..=180.0_f64, -90.0..=90.0_f64), 0..60),
            lon in -180.0..=180.0_f64, lat in -90.0..=90.0_f64,
            limit in 0_usize..70, size in 1_usize..9, passing in 1_u32..4,
        ) {
            let stations: Vec<Station> = spots
                .iter()
                .enumerate()
                .map(|(number, (lon, lat))| station(&format!("{number:03}"), *lon, *lat))
                .collect();
            let admits = |station: &Station| {
                station.id.parse::<u32>().is_ok_and(|number| number.is_multiple_of(passing))
            };
            let origin = LonLat::new(lon, lat).expect("on Earth");
            let mut expected: Vec<(f64, &str)> = stations
                .iter()
                .filter(|station| admits(station))
                .filter_map(|s| Some((origin.distance_to(s.position?).0, s.id.as_str())))
                .collect();
            expected.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(other.1)));
            expected.truncate(limit);

            let cells = cells_of(&stations, size);
            let actual: Vec<(f64, &str)> = nearest(origin, limit, &cells, |s, _| admits(s))
                .iter()
                .map(|found| (found.distance.0, found.station.id.as_str()))
                .collect();
            proptest::prop_assert_eq!(actual, expected);
        }
    }
}
