//! The search for the best stations of each tier.

use super::first::prefer_open_to_all;
use super::question::Question;
use super::rank::Rank;
use super::ranked::Ranked;
use super::tier::Tier;
use crate::domain::blocks::Hav;
use crate::domain::nearest::Stations;

/// The best stations of one tier found so far.
struct Best<'a> {
    tier: Tier,
    /// In order of their ranks.
    members: Vec<(Rank<'a>, Ranked<'a>)>,
}

impl<'a> Question<'a> {
    /// The listed stations in order: by tier, then by minutes and relief, ties by id.
    ///
    /// Blocks are visited in order of the least possible distance, and no station ranks
    /// better than its straight line allows. The search stops when no tier can improve any
    /// more, so the result is exact.
    #[must_use]
    pub fn ranked<'b>(&self, stations: &'b Stations) -> Vec<Ranked<'b>>
    where
        'a: 'b,
    {
        let routes = self.routes();
        let mut bests: Vec<Best<'b>> = Tier::of_wish(self.open)
            .iter()
            .map(|tier| Best {
                tier: *tier,
                members: Vec::new(),
            })
            .collect();
        let mut reach = self.reach(&bests);
        if self.limit > 0 {
            stations.blocks().sweep(self.origin, reach, |row, _| {
                let station = stations.at(row);
                if !self.filter.admits(station) {
                    return reach;
                }
                let Some(ranked) = self.listed(&routes, station) else {
                    return reach;
                };
                if let Some(best) = bests.iter_mut().find(|best| best.tier == ranked.tier) {
                    let rank = self.rank(&ranked);
                    let place = best.members.partition_point(|(known, _)| *known < rank);
                    if place < self.limit {
                        best.members.truncate(self.limit - 1);
                        best.members.insert(place, (rank, ranked));
                        reach = self.reach(&bests);
                    }
                }
                reach
            });
        }
        let members = bests.into_iter().flat_map(|best| best.members);
        let mut ranked = members.map(|(_, ranked)| ranked).collect();
        prefer_open_to_all(&mut ranked);
        ranked
    }

    /// The distance within which a station may still improve some tier.
    fn reach(&self, bests: &[Best<'_>]) -> Hav {
        let minutes = bests.iter().map(|best| {
            let last = best.members.get(self.limit.saturating_sub(1));
            // Whole minutes: a station of the same minutes may rank better by its fitness.
            let worst = last.and_then(|(rank, _)| rank.worst_minutes());
            let worst = worst.unwrap_or(f64::INFINITY);
            worst.min(best.tier.farthest())
        });
        self.travel.reach_hav(minutes.fold(0.0, f64::max))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{
        ALL_DAY, ALWAYS, WITH_LUNCH, ferry, ids_and_tiers, river_with, station,
    };
    use super::super::tier::OpenWish;
    use super::*;
    use crate::domain::barrier::{Barrier, Crossing};
    use crate::domain::calendar::Calendar;
    use crate::domain::civil::CivilTime;
    use crate::domain::forecast::Forecasts;
    use crate::domain::nearest::{Cell, Filter};
    use crate::domain::position::LonLat;
    use crate::domain::station::{Comfort, Feature, Features, Station};
    use crate::domain::travel::{Mode, TravelFigures};

    /// The same list, by evaluating and sorting every station.
    fn by_sorting<'a>(question: &Question<'a>, stations: &'a Stations) -> Vec<Ranked<'a>> {
        let routes = question.routes();
        let mut all: Vec<Ranked<'_>> = stations
            .iter()
            .filter(|station| question.filter.admits(station))
            .filter_map(|station| question.listed(&routes, station))
            .collect();
        all.sort_by(|one, other| {
            let (rank, other_rank) = (question.rank(one), question.rank(other));
            let by_rank = rank.partial_cmp(&other_rank).expect("numbers");
            one.tier.cmp(&other.tier).then(by_rank)
        });
        let mut ranked = Tier::of_wish(question.open)
            .iter()
            .flat_map(|tier| {
                let members = all.iter().filter(|ranked| ranked.tier == *tier);
                members.take(question.limit).copied()
            })
            .collect();
        prefer_open_to_all(&mut ranked);
        ranked
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]
        #[test]
        fn the_lazy_search_agrees_with_sorting_every_station(
            spots in proptest::collection::vec(
                (-40_000.0..40_000.0_f64, -40_000.0..40_000.0_f64, 0_usize..6, 0_u32..32), 0..150),
            spread in proptest::sample::select(vec![1.0, 0.2, 0.03, 0.0]),
            lon in proptest::sample::select(vec![121.2, 180.0, -179.99, 0.0]),
            lat in proptest::sample::select(vec![31.3, 0.0, -45.0, 66.0, 89.9]),
            minute in 0_i64..1440, limit in 0_usize..200, wish in 0_usize..3,
            ferries in 0_usize..3, need in proptest::bool::ANY,
        ) {
            let hours = [ALL_DAY, WITH_LUNCH, "?", ALWAYS, "20:00-28:00", "10:00-10:40"];
            let origin = LonLat::new(lon, lat).expect("on Earth");
            let near = |east: f64, north: f64| {
                let lon = lon + east / 111_195.0 / lat.to_radians().cos();
                let lon = (lon + 540.0).rem_euclid(360.0) - 180.0;
                LonLat::new(lon, (lat + north / 111_195.0).min(90.0)).expect("on Earth")
            };
            let cells = spots
                .chunks(20)
                .map(|chunk| Cell {
                    bounds: None,
                    stations: chunk
                        .iter()
                        .enumerate()
                        .map(|(number, (east, north, hours_of, bits))| Station {
                            position: Some(near(east * spread, north * spread)),
                            features: Features::from_bits(*bits, 0),
                            ..station(&format!("{number} {east}"), 1.0, hours[*hours_of])
                        })
                        .collect(),
                })
                .collect();
            let stations = Stations::of(cells);
            let crossings = [-3000.0, 5000.0]
                .iter()
                .take(ferries)
                .map(|east| Crossing {
                    landings: [Some(near(*east, 300.0)), Some(near(*east, 700.0))],
                    ..ferry()
                })
                .collect();
            let [river] = river_with(crossings);
            let line = [(-60_000.0, 500.0), (-2000.0, 500.0), (0.0, 900.0), (60_000.0, 500.0)];
            let barriers = [Barrier {
                lines: vec![line.iter().map(|(east, north)| near(*east, *north)).collect()],
                ..river
            }];
            let midnight: CivilTime = "2026-07-15T00:00".parse().expect("a time");
            let forecasts = Forecasts::at(midnight.plus_minutes(minute), &Calendar::default());
            let filter = Filter {
                needs: if need { vec![Feature::Fan] } else { Vec::new() },
                ..Filter::default()
            };
            let question = Question {
                origin,
                forecasts: &forecasts,
                travel: TravelFigures::default().by(Mode::Ebike),
                barriers: &barriers,
                filter: &filter,
                season: Comfort::Cool,
                open: [OpenWish::Any, OpenWish::Now, OpenWish::Arrival][wish],
                is_member: false,
                doubted: &[],
                limit,
            };
            proptest::prop_assert_eq!(
                ids_and_tiers(&question.ranked(&stations)),
                ids_and_tiers(&by_sorting(&question, &stations))
            );
        }
    }
}
