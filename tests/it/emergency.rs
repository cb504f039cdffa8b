//! The emergency sheet.

use std::path::Path;

use yizhan::cli::Disk;
use yizhan::domain::fix::{Fix, FixSource, LastPlace, Locating};
use yizhan::domain::position::{LonLat, Metres};
use yizhan::domain::station::{Feature, Tristate};
use yizhan::publish::{Config, prepare};
use yizhan::view_model::emergency::{Emergency, emergency};

use super::fixture::{Given, dataset, station};

/// The emergency sheet at the Bund at five in the morning: the river, one first-aid box in
/// Pudong, two in Puxi.
fn sheet(fragment: &str, locating: Locating, unix_minute: i64) -> Emergency {
    let config =
        Config::read(Path::new("data/stations.toml"), &Disk).expect("the demo's configuration");
    let first_aid = |id: &str, address: &str, lon, lat, hours: &str| {
        let mut station = station(id, 0.0, hours);
        station.position = LonLat::new(lon, lat).ok();
        address.clone_into(&mut station.address);
        station.features.set(Feature::FirstAid, Tristate::Yes);
        station
    };
    let mut dataset = dataset(vec![
        first_aid("pd", "陆家嘴路1号", 121.4990, 31.2395, "24小时"),
        first_aid("px", "南京东路100号", 121.4750, 31.2370, "8:00-17:00"),
        first_aid("px24", "西藏中路9号", 121.4700, 31.2360, "24小时"),
    ]);
    dataset.manifest.barriers = prepare(&config, &Disk, &mut |_, _, _| {}).barriers;
    Given {
        fragment: fragment.to_owned(),
        time: "2026-07-15T05:10",
        locating,
        unix_minute,
        ..Given::dataset(&dataset)
    }
    .decide(emergency)
}

#[test]
fn the_address_to_read_out_is_never_on_the_other_bank() {
    let sheet = sheet("at=121.4903,31.2397", Locating::NotAsked, 0);
    assert!(sheet.place[0].contains("南京东路100号"), "{sheet:?}");
    assert_eq!(sheet.known_by, "这是选定的地点，不一定是你现在的位置");
    assert!(sheet.can_locate);
    // The nearest box on this bank, and the nearest one that is open; none on the other bank.
    let ids: Vec<_> = sheet.aids.iter().map(|aid| aid.href.as_str()).collect();
    assert_eq!(sheet.aids.len(), 2, "{sheet:?}");
    assert!(
        ids[0].contains("station=px&") || ids[0].ends_with("station=px"),
        "{ids:?}"
    );
    assert!(ids[1].contains("station=px24"), "{ids:?}");
}

#[test]
fn the_devices_fix_comes_before_the_address_and_the_sheet_says_how_the_position_is_known() {
    let fix = |accuracy: f64| Fix {
        position: LonLat::new(121.4755, 31.2372).expect("on Earth"),
        accuracy: Metres(accuracy),
        source: FixSource::Device,
        second: 0,
    };
    let exact = sheet("at=113.6,34.7", Locating::Found(fix(20.0)), 0);
    assert_eq!(exact.known_by, "手机定位，误差约 20 米");
    assert!(exact.place[2].starts_with("我在它"), "{exact:?}");
    assert!(!exact.can_locate);
    let old = sheet("", Locating::Found(fix(20.0)), 12);
    assert_eq!(
        old.known_by,
        "手机定位，误差约 20 米 · 上次的位置（12 分钟前）"
    );
    assert!(old.can_locate);
    let rough = sheet("", Locating::Found(fix(1500.0)), 0);
    assert_eq!(rough.place[2], "我在它附近，1.6 公里 以内");
    let last = LastPlace {
        position: fix(0.0).position,
        minute: 0,
    };
    let remembered = sheet("", Locating::Remembered(last), 150);
    assert_eq!(remembered.known_by, "上次的位置（2 小时前）");
}
