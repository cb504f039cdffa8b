//! The loaded stations, and exact search for the nearest of them.

use std::sync::Arc;

use super::blocks::Blocks;
use super::opening::Hours;
use super::ordering::sort_short;
use super::position::{Bounds, LonLat, Metres};
use super::station::{Audience, Comfort, Feature, Station};

/// The most stations in a cell.
pub const CELL_STATIONS: usize = 1024;

/// Neighbouring stations and their bounding box.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The bounding box; none for stations without a position.
    pub bounds: Option<Bounds>,
    /// The stations, in the dataset's order; at most [`CELL_STATIONS`].
    pub stations: Vec<Station>,
}

/// The stations of some cells, and their positions in blocks.
///
/// Equal opening hours are one object in memory, so that they are evaluated
/// once.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Stations {
    cells: Vec<Cell>,
    blocks: Blocks,
}

/// The conditions that a station must meet to be listed.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Filter {
    /// Known to give this relief.
    pub season: Option<Comfort>,
    /// Known to have all of these.
    pub needs: Vec<Feature>,
    /// Listed under one of these schemes; an empty list sets no condition.
    pub kinds: Vec<String>,
    /// Not for union members only.
    pub not_members_only: bool,
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
            && !(self.not_members_only && station.access.audience == Audience::UnionMembers)
    }
}

/// A station and its distance.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The station.
    pub station: &'a Station,
    /// Its position (WGS-84).
    pub position: LonLat,
    /// Great-circle metres from the origin.
    pub distance: Metres,
}

impl Stations {
    /// The stations of some cells. Positions are rounded as in the published
    /// files, see [`LonLat::rounded`].
    #[must_use]
    pub fn of(mut cells: Vec<Cell>) -> Self {
        let mut known: Vec<Arc<Hours>> = Vec::new();
        for cell in &mut cells {
            // Equal hours of a cell are mostly one object already, so that comparing
            // addresses first is quicker.
            let mut seen: Vec<(*const Hours, usize)> = Vec::new();
            for station in &mut cell.stations {
                station.position = station.position.map(LonLat::rounded);
                let own = Arc::as_ptr(&station.hours);
                let place = if let Some((_, place)) = seen.iter().find(|(other, _)| *other == own) {
                    *place
                } else {
                    let place = known.iter().position(|hours| *hours == station.hours);
                    let place = place.unwrap_or_else(|| {
                        known.push(Arc::clone(&station.hours));
                        known.len() - 1
                    });
                    seen.push((own, place));
                    place
                };
                station.hours = Arc::clone(&known[place]);
            }
        }
        let blocks = Blocks::of(
            rows(&cells)
                .filter_map(|(row, station)| station.position.map(|position| (row, position))),
        );
        Self { cells, blocks }
    }

    /// Gives the cells back, to be changed.
    #[must_use]
    pub fn into_cells(self) -> Vec<Cell> {
        self.cells
    }

    /// The cells, in the order given.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Every station, including those without a position.
    pub fn iter(&self) -> impl Iterator<Item = &Station> {
        self.cells.iter().flat_map(|cell| &cell.stations)
    }

    /// The index of the positions of those stations that have one.
    #[must_use]
    pub fn blocks(&self) -> &Blocks {
        &self.blocks
    }

    /// The station of a row of [`Stations::blocks`].
    #[must_use]
    pub fn at(&self, row: u32) -> &Station {
        let row = row as usize;
        &self.cells[row / CELL_STATIONS].stations[row % CELL_STATIONS]
    }

    /// The `limit` stations nearest to `origin` that pass `admits`, nearest
    /// first, ties in the order of their ids.
    ///
    /// Blocks are visited in order of the least possible distance; the search
    /// stops when none left can beat the last answer, so the result is exact.
    pub fn nearest(
        &self,
        origin: LonLat,
        limit: usize,
        mut admits: impl FnMut(&Station, Metres) -> bool,
    ) -> Vec<Found<'_>> {
        let found = |row: u32| {
            let station = self.at(row);
            let position = station.position?;
            Some(Found {
                station,
                position,
                distance: origin.distance_to(position),
            })
        };
        self.blocks
            .nearest(
                origin,
                limit,
                |row| found(row).is_some_and(|found| admits(found.station, found.distance)),
                |one, other| self.at(one).id < self.at(other).id,
            )
            .into_iter()
            .filter_map(found)
            .collect()
    }
}

/// Every station and its row.
fn rows(cells: &[Cell]) -> impl Iterator<Item = (u32, &Station)> {
    cells.iter().enumerate().flat_map(|(number, cell)| {
        let first = u32::try_from(number * CELL_STATIONS).unwrap_or(u32::MAX);
        (first..).zip(&cell.stations)
    })
}

/// The indices of those boxes that can hold a station within `reach` of
/// `origin`, nearest first: the cells that must be loaded before an answer is
/// final.
#[must_use]
pub fn boxes_within(
    origin: LonLat,
    reach: Metres,
    boxes: impl IntoIterator<Item = Option<Bounds>>,
) -> Vec<usize> {
    let mut near: Vec<(f64, usize)> = boxes
        .into_iter()
        .enumerate()
        .filter_map(|(number, bounds)| Some((bounds?.least_distance_from(origin).0, number)))
        .filter(|(least, _)| *least <= reach.0)
        .collect();
    sort_short(&mut near, |(one, _), (other, _)| one < other);
    near.into_iter().map(|(_, number)| number).collect()
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

    fn in_cells(stations: &[Station], size: usize) -> Stations {
        Stations::of(
            stations
                .chunks(size)
                .map(|chunk| Cell {
                    bounds: Bounds::around(chunk.iter().filter_map(|station| station.position)),
                    stations: chunk.to_vec(),
                })
                .collect(),
        )
    }

    #[test]
    fn stations_at_the_same_spot_come_in_the_order_of_their_ids() {
        let spot = |id| station(id, 121.0, 31.0);
        let stations = in_cells(&[spot("b"), spot("a"), spot("c")], 1);
        let origin = LonLat::new(121.1, 31.0).expect("on Earth");
        let found = stations.nearest(origin, 2, |_, _| true);
        let ids: Vec<_> = found.iter().map(|f| f.station.id.as_str()).collect();
        assert_eq!(ids, ["a", "b"]);
    }

    #[test]
    fn a_station_with_an_address_only_is_never_ranked() {
        let unplaced = Station {
            id: "x".to_owned(),
            ..Station::default()
        };
        let stations = in_cells(&[unplaced], 1);
        let origin = LonLat::new(121.1, 31.0).expect("on Earth");
        assert!(stations.nearest(origin, 5, |_, _| true).is_empty());
    }

    #[test]
    fn a_station_just_over_the_antimeridian_is_near() {
        let stations = in_cells(
            &[
                station("west", -180.0, 31.3),
                station("east", 179.87, 31.3),
                station("farther east", 179.8, 31.3),
            ],
            3,
        );
        let origin = LonLat::new(180.0, 31.3).expect("on Earth");
        let found = stations.nearest(origin, 2, |_, _| true);
        let ids: Vec<_> = found.iter().map(|f| f.station.id.as_str()).collect();
        assert_eq!(ids, ["west", "east"]);
    }

    #[test]
    fn equal_hours_are_one_object() {
        let with = |id, text: &str| Station {
            hours: Arc::new(Hours {
                timetable: None,
                text: text.to_owned(),
                ..Hours::default()
            }),
            ..station(id, 121.0, 31.0)
        };
        let stations = in_cells(&[with("a", "早"), with("b", "晚"), with("c", "早")], 2);
        assert!(Arc::ptr_eq(&stations.at(0).hours, &stations.at(1024).hours));
        assert!(!Arc::ptr_eq(&stations.at(0).hours, &stations.at(1).hours));
    }

    #[test]
    fn only_boxes_within_reach_are_needed() {
        let around = |lon: f64| {
            Bounds::around([
                LonLat::new(lon, 31.0).expect("on Earth"),
                LonLat::new(lon + 0.1, 31.1).expect("on Earth"),
            ])
        };
        let origin = LonLat::new(121.0, 31.0).expect("on Earth");
        let boxes = [around(122.0), None, around(121.05), around(120.85)];
        // 0.05 degree of longitude are 4.8 km here.
        assert_eq!(boxes_within(origin, Metres(5000.0), boxes), [2, 3]);
    }

    proptest::proptest! {
        #[test]
        fn the_search_agrees_with_looking_at_every_station(
            spots in proptest::collection::vec((-180.0..=180.0_f64, -90.0..=90.0_f64), 0..200),
            duplicates in 0_usize..20,
            spread in proptest::sample::select(vec![1.0, 1e-2, 1e-4]),
            lon in -180.0..=180.0_f64, lat in -90.0..=90.0_f64,
            limit in 0_usize..120, size in 1_usize..90, passing in 1_u32..4,
        ) {
            // From all over the Earth to one square, some on the same spot.
            let mut spots: Vec<(f64, f64)> = spots
                .iter()
                .map(|(x, y)| (lon + (x - lon) * spread, lat + (y - lat) * spread))
                .collect();
            spots.extend_from_within(..duplicates.min(spots.len()));
            let stations: Vec<Station> = spots
                .iter()
                .enumerate()
                .map(|(number, (lon, lat))| station(&format!("{number:03}"), *lon, *lat))
                .collect();
            let admits = |station: &Station| {
                station.id.parse::<u32>().is_ok_and(|number| number.is_multiple_of(passing))
            };
            let origin = LonLat::new(lon, lat).expect("on Earth");
            let stations = in_cells(&stations, size);
            let mut expected: Vec<(f64, &str)> = stations
                .iter()
                .filter(|station| admits(station))
                .filter_map(|s| Some((origin.distance_to(s.position?).0, s.id.as_str())))
                .collect();
            expected.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(other.1)));
            expected.truncate(limit);

            let actual: Vec<(f64, &str)> = stations.nearest(origin, limit, |s, _| admits(s))
                .iter()
                .map(|found| (found.distance.0, found.station.id.as_str()))
                .collect();
            proptest::prop_assert_eq!(actual, expected);
        }
    }
}
