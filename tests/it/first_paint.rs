//! The first paint: the list screen down to the hero, before all cells are loaded.

use std::collections::BTreeMap;

use leptos::prelude::RenderHtml;
use yizhan::components::PageContext;
use yizhan::components::screens::answer_nodes;
use yizhan::dataset::{CellEntry, Dataset, Digest};
use yizhan::domain::nearest::{Cell, Stations};
use yizhan::domain::position::{Bounds, LonLat};
use yizhan::domain::station::{Audience, Feature, Station, Tristate};
use yizhan::view_model::nearby::cells_needed_first;
use yizhan::view_model::screen::{Screen, first_screen, screen};

use super::fixture::{Given, ORIGIN, dataset, station};

#[test]
fn the_first_paint_is_the_top_of_the_list_screen() {
    let dataset = dataset(vec![
        station("1", 300.0, "24小时"),
        station("2", 900.0, "24小时"),
    ]);
    let (first, whole) = Given::around_origin(&dataset, "").decide(|input| {
        let context = PageContext::new(input, |_| false);
        let nodes = |screen| match screen {
            Screen::Nearby(nearby) => answer_nodes(&context, &nearby)
                .into_iter()
                .map(RenderHtml::to_html)
                .collect::<String>(),
            other => panic!("not the list screen: {other:?}"),
        };
        (nodes(first_screen(input)), nodes(screen(input)))
    });
    assert_eq!(first, whole);
    assert!(first.contains("data-station=\"1\"") && !first.contains("data-station=\"2\""));
}

proptest::proptest! {
    /// A large dataset loads cell by cell.
    #[test]
    fn the_first_hero_is_that_of_all_cells_without_waiting_for_all_of_them(
        places in proptest::collection::vec(
            // Up to 25 km each way, so that 120 minutes end within.
            (-25_000.0..25_000.0_f64, -25_000.0..25_000.0_f64, 0..6_usize, proptest::prelude::any::<[bool; 3]>()),
            1..120,
        ),
        wish in 0..3_usize,
        hour in 0..24_u32,
    ) {
        let texts = ["24小时", "8:00-17:00", "9:00-12:00,13:30-21:00", "", "周一至周五 8:00-18:00", "17:00-23:00"];
        let mut cells: BTreeMap<(i32, i32), Vec<Station>> = BTreeMap::new();
        for (number, (east, north, text, [is_cool, is_room, for_members])) in places.into_iter().enumerate() {
            let mut made = station(&format!("s{number:03}"), north, texts[text]);
            let metres = 111_195.0 * ORIGIN.1.to_radians().cos();
            made.position = LonLat::new(ORIGIN.0 + east / metres, ORIGIN.1 + north / 111_195.0).ok();
            made.is_room = is_room;
            if is_cool {
                made.features.set(Feature::AirConditioning, Tristate::Yes);
            }
            if for_members {
                made.access.audience = Audience::UnionMembers;
            }
            // Squares of 5 km.
            let square = |metres: f64| (metres / 5000.0).floor();
            #[expect(clippy::cast_possible_truncation, reason = "a few squares")]
            let square = (square(east) as i32, square(north) as i32);
            cells.entry(square).or_default().push(made);
        }
        let cells: Vec<Cell> = cells
            .into_values()
            .map(|stations| Cell {
                bounds: Bounds::around(stations.iter().filter_map(|station| station.position)),
                stations,
            })
            .collect();
        let whole = {
            let mut whole = dataset(Vec::new());
            whole.manifest.cells = cells
                .iter()
                .map(|cell| CellEntry {
                    bounds: cell.bounds,
                    stations: u32::try_from(cell.stations.len()).expect("few"),
                    bytes: 0,
                    digest: Digest::of(b""),
                })
                .collect();
            whole.stations = Stations::of(cells.clone());
            whole
        };
        let fragment = format!("at={},{}{}", ORIGIN.0, ORIGIN.1, ["", "&open=any", "&open=now"][wish]);
        let at = format!("2026-07-15T{hour:02}:10");
        let seen = |dataset: &Dataset| {
            let given = Given {
                fragment: fragment.clone(),
                time: &at,
                ..Given::dataset(dataset)
            };
            given.decide(|input| {
                let hero = match first_screen(input) {
                    Screen::Nearby(nearby) => Some(nearby.hero.map(|hero| (hero.data.id, hero.nearer))),
                    _ => None,
                };
                (hero, cells_needed_first(input))
            })
        };
        let (expected, none) = seen(&whole);
        proptest::prop_assert!(none.is_empty());
        // As on a phone: no cell is loaded, and the needed ones are requested.
        let mut partly = Dataset::promised(whole.manifest.clone());
        // Each round loads one cell.
        for _ in 0..=cells.len() {
            let (hero, needed) = seen(&partly);
            if needed.is_empty() {
                proptest::prop_assert_eq!(&hero, &expected);
                return Ok(());
            }
            proptest::prop_assert_eq!(hero, None);
            // The nearest one first: the farther ones may turn out not to be needed.
            partly.add(vec![(needed[0], cells[needed[0]].clone())]);
        }
        proptest::prop_assert!(false, "cells are needed for ever");
    }
}
