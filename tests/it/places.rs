//! The place picker: the datum of the device, and the search.

use yizhan::dataset::Dataset;
use yizhan::domain::datum::Crs;
use yizhan::domain::fix::{Fix, FixSource, Locating};
use yizhan::view_model::address::Address;
use yizhan::view_model::places::{Reading, find_places};
use yizhan::view_model::screen::Screen;
use yizhan::view_model::settings::Settings;

use super::fixture::{Given, ORIGIN, dataset, fix_at_origin, station};

/// Two stations: one at the origin, one where the origin's coordinates are if they are read
/// on GCJ-02.
fn two_readings() -> Dataset {
    let (lon, lat) = ORIGIN;
    let mut shifted = station("乙", 0.0, "24小时");
    shifted.position = Some(Crs::Gcj02.to_wgs84(lon, lat).expect("in China"));
    dataset(vec![station("甲", 0.0, "24小时"), shifted])
}

#[test]
fn a_wrong_position_is_corrected_by_choosing_between_the_nearest_stations_on_two_datums() {
    let dataset = two_readings();
    let readings = |source, device_crs| {
        let given = Given {
            fragment: "view=pick".to_owned(),
            locating: Locating::Found(Fix {
                source,
                ..fix_at_origin(20.0)
            }),
            settings: Settings {
                device_crs,
                ..Settings::default()
            },
            ..Given::dataset(&dataset)
        };
        let screen = given.screen();
        let Screen::Pick(places) = screen else {
            panic!("not the picker: {screen:?}")
        };
        let shown = |reading: Reading| (reading.label, reading.is_on);
        places.readings.into_iter().map(shown).collect::<Vec<_>>()
    };
    let as_given = readings(FixSource::Device, Crs::Wgs84);
    assert_eq!(
        as_given,
        [
            ("离示例甲站 10 米".to_owned(), true),
            ("离示例乙站 10 米".to_owned(), false)
        ]
    );
    // The fix is already converted from GCJ-02, so the origin is the result on GCJ-02.
    let shifted = readings(FixSource::Device, Crs::Gcj02);
    assert_eq!(shifted[1], ("离示例甲站 10 米".to_owned(), true));
    // A host names the datum of its positions.
    assert!(readings(FixSource::Host, Crs::Wgs84).is_empty());
}

#[test]
fn a_search_finds_the_stations_that_contain_every_typed_word() {
    let dataset = dataset(vec![station("甲", 0.0, ""), station("乙", 500.0, "")]);
    let found = |typed: &str| {
        find_places(&dataset, &Address::default(), typed, &|_| String::new())
            .into_iter()
            .map(|place| place.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("东区 乙"), ["示例乙站"]);
    assert_eq!(found("测试路").len(), 2);
    assert!(found("西区").is_empty() && found("  ").is_empty());
}
