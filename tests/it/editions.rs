//! From one edition to the next.

use yizhan::dataset::{Dataset, Manifest};
use yizhan::domain::position::LonLat;
use yizhan::domain::station::Station;

/// Invented stations, evenly over a province: 400 east to west, 500 south to north.
fn stations() -> Vec<Station> {
    let place = |n: u32| {
        let (column, row) = (n % 400, n / 400);
        LonLat::new(
            118.0 + f64::from(column) / 100.0,
            28.0 + f64::from(row) / 125.0,
        )
    };
    (0..200_000)
        .map(|n| Station {
            id: format!("t{n}"),
            name: format!("测试{n}站"),
            address: format!("测试路{}号", n % 977),
            position: place(n).ok(),
            ..Station::default()
        })
        .collect()
}

/// The sizes of an edition's cells by their names.
fn cells(stations: Vec<Station>) -> Vec<(String, u32)> {
    let about = Manifest {
        edition: "2026-07-15".to_owned(),
        ..Manifest::default()
    };
    let dataset = Dataset::publish(about, stations, Vec::new()).0;
    let cells = dataset.manifest.cells.iter();
    cells.map(|cell| (cell.file_name(), cell.bytes)).collect()
}

#[test]
fn a_district_of_one_per_cent_that_changed_costs_at_most_three_per_cent_of_the_bytes() {
    let old = cells(stations());
    let mut changed = stations();
    // 40 by 50 stations that lie together: 1 %.
    for row in 230..280 {
        for column in 170..210 {
            changed[row * 400 + column].name.push('新');
        }
    }
    let new = cells(changed);
    let all: u32 = new.iter().map(|(_, bytes)| bytes).sum();
    let fetched: u32 = new
        .iter()
        .filter(|cell| !old.contains(cell))
        .map(|(_, bytes)| bytes)
        .sum();
    let share = f64::from(fetched) / f64::from(all);
    assert!(share > 0.0 && share <= 0.03, "{share}");
}
