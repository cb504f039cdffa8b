//! The screen as a value: what a rider sees, without a browser.

use yizhan::dataset::{Check, Dataset, Fault, Manifest, Publisher, Supply};
use yizhan::domain::civil::CivilTime;
use yizhan::domain::datum::Crs;
use yizhan::domain::fix::{Fix, FixSource, Locating, NoPosition};
use yizhan::domain::forecast::Forecasts;
use yizhan::domain::position::{LonLat, Metres};
use yizhan::domain::station::{Answer as Has, Comfort, Feature, Station};
use yizhan::domain::travel::TravelFigures;
use yizhan::markup::{Extent, parts};
use yizhan::publish::hours;
use yizhan::view_model::address::Address;
use yizhan::view_model::handover::station_json;
use yizhan::view_model::language::Language;
use yizhan::view_model::map_link::MapApp;
use yizhan::view_model::offline::standing;
use yizhan::view_model::privacy::privacy;
use yizhan::view_model::reports::Reports;
use yizhan::view_model::screen::{
    Answer, BigNumber, Knowledge, Loaded, Screen, find_places, screen,
};
use yizhan::view_model::settings::Settings;

use super::hours::calendar;

const ORIGIN: (f64, f64) = (121.2, 31.3);

/// A station so many metres north of the origin, with hours as printed.
fn station(id: &str, north_m: f64, text: &str) -> Station {
    Station {
        id: id.to_owned(),
        name: format!("示例{id}站"),
        address: format!("测试路{id}号"),
        city: "测试市".to_owned(),
        district: "东区".to_owned(),
        position: LonLat::new(ORIGIN.0, ORIGIN.1 + north_m / 111_195.0).ok(),
        hours: hours::hours(text, &calendar()).into(),
        ..Station::default()
    }
}

fn dataset(stations: Vec<Station>) -> Dataset {
    let about = Manifest {
        edition: "2026-07-01".to_owned(),
        built_at: "2026-07-01T06:00".parse().expect("a time"),
        title: "测试".to_owned(),
        publisher: Publisher::default(),
        is_demo: true,
        time_zone: "Asia/Shanghai".to_owned(),
        utc_offset_minutes: 480,
        stale_after_days: 30,
        keep_bytes: 12_000_000,
        report_url: String::new(),
        embed_origins: Vec::new(),
        calendar: calendar(),
        sources: Vec::new(),
        kinds: Vec::new(),
        areas: Vec::new(),
        programmes: None,
        travel: TravelFigures::default(),
        barriers: Vec::new(),
        cells: Vec::new(),
    };
    Dataset::publish(about, stations, Vec::new()).0
}

fn time(text: &str) -> CivilTime {
    text.parse().expect("a time")
}

/// What is decided at a time, with nothing else known than what is said here.
fn decided<T>(
    (data, locating): (Loaded<'_>, Locating),
    fragment: &str,
    at: &str,
    settings: Settings,
    decide: impl FnOnce(&Knowledge<'_>) -> T,
) -> T {
    decide(&Knowledge {
        data,
        locating,
        address: &Address::parse(fragment),
        forecasts: &Forecasts::at(time(at), &calendar()),
        clock_ahead_minutes: None,
        reports: &Reports::default(),
        doubted: &[],
        is_offline: false,
        supply: Supply::default(),
        last_place: None,
        unix_minute: 0,
        can_install: false,
        has_apple_maps: false,
        settings,
        language: Language::ZhCn,
    })
}

fn shown(data: Loaded<'_>, fragment: &str, locating: Locating, at: &str) -> Screen {
    decided((data, locating), fragment, at, Settings::default(), screen)
}

fn answer(stations: Vec<Station>, fragment: &str, at: &str) -> Answer {
    let dataset = dataset(stations);
    let fragment = format!("at={},{}&{fragment}", ORIGIN.0, ORIGIN.1);
    match shown(Loaded::Ready(&dataset), &fragment, Locating::NotAsked, at) {
        Screen::Answer(answer) => *answer,
        other => panic!("not an answer: {other:?}"),
    }
}

const NOON: &str = "2026-07-15T12:10";

#[test]
fn what_is_known_chooses_the_screen() {
    let dataset = dataset(vec![station("1", 500.0, "24小时")]);
    let ready = Loaded::Ready(&dataset);
    let failed = Locating::Failed(NoPosition::Refused);
    for (data, fragment, locating, expected) in [
        (Loaded::Waiting, "", Locating::NotAsked, "first-visit"),
        (ready, "", Locating::NotAsked, "first-visit"),
        (ready, "", Locating::Asking, "locating"),
        (ready, "", failed, "no-position"),
        (Loaded::Failed, "", Locating::NotAsked, "data-failed"),
        (
            Loaded::Waiting,
            "at=121.2,31.3",
            Locating::NotAsked,
            "loading",
        ),
        (
            Loaded::Failed,
            "at=121.2,31.3",
            Locating::NotAsked,
            "data-failed",
        ),
        (ready, "at=121.2,31.3", failed, "answer"),
        (ready, "view=pick", failed, "pick"),
        (ready, "station=1", Locating::NotAsked, "station"),
        (ready, "station=gone", Locating::NotAsked, "station-gone"),
        (ready, "area=测试市/东区", Locating::NotAsked, "district"),
    ] {
        assert_eq!(
            shown(data, fragment, locating, NOON).name(),
            expected,
            "{fragment}"
        );
    }
}

#[test]
fn the_plate_shows_the_nearest_door_that_is_open_on_arrival() {
    let answer = answer(
        vec![
            station("lunch", 600.0, "8:30-11:30，13:30-17:00"),
            station("open", 1000.0, "9:00-20:00"),
            station("unknown", 100.0, "看情况"),
        ],
        "",
        NOON,
    );
    let hero = answer.hero.expect("a plate");
    assert_eq!(hero.data.id, "open");
    assert_eq!(hero.state.title, "开着 · 到时还开着");
    assert_eq!(hero.state.until, "20:00 关");
    assert_eq!(hero.way, ["直线 1.0 公里", "正北方"]);
    assert_eq!(hero.big, BigNumber::Minutes(6));
    assert!(!hero.go.is_hollow);
    let titles: Vec<&str> = answer
        .sections
        .iter()
        .map(|section| section.title.as_str())
        .collect();
    assert_eq!(titles, ["时间不明"]);
    assert!(answer.leaves_shut_out);
}

#[test]
fn where_all_is_shut_the_plate_names_the_first_to_open_and_is_hollow() {
    let answer = answer(
        vec![
            station("late", 300.0, "9:00-17:00"),
            station("early", 800.0, "6:00-17:00"),
        ],
        "",
        "2026-07-15T23:30",
    );
    let hero = answer.hero.expect("a plate");
    assert_eq!(hero.data.id, "early");
    assert_eq!(
        (hero.state.title.as_str(), hero.state.until.as_str()),
        ("附近都关了", "最早开的一处")
    );
    assert_eq!(hero.big, BigNumber::Opens("明天 6:00".to_owned()));
    assert!(hero.go.is_hollow);
}

#[test]
fn an_unknown_door_asks_to_ring_first_where_there_is_a_telephone() {
    let mut known = station("1", 300.0, "");
    known.phone = "021-5957 0000".to_owned();
    let hero = answer(vec![known], "", NOON).hero.expect("a plate");
    assert_eq!(hero.go.call.as_deref(), Some("tel:02159570000"));
    assert!(hero.go.is_hollow && hero.go.href.is_some());
}

#[test]
fn nothing_within_reach_is_said_and_not_replaced_by_something_far() {
    let answer = answer(vec![station("far", 400_000.0, "24小时")], "", NOON);
    assert!(answer.hero.is_none() && answer.sections.is_empty());
    assert_eq!(answer.notices[0].title, "附近没有站点");
}

#[test]
fn four_things_are_shown_the_seasons_relief_first_and_said_to_be_unknown() {
    let mut offering = station("1", 300.0, "24小时");
    for feature in [
        Feature::Water,
        Feature::Seats,
        Feature::Toilet,
        Feature::Wifi,
        Feature::Fan,
    ] {
        offering.features.set(feature, Has::Yes);
    }
    let labels = |fragment: &str| {
        let hero = answer(vec![offering.clone()], fragment, NOON)
            .hero
            .expect("a plate");
        hero.amenities
            .iter()
            .map(|thing| thing.label.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(labels("season=cool"), ["风扇", "饮水", "座位", "厕所"]);
    assert_eq!(labels("season=warm"), ["暖气不明", "风扇", "饮水", "座位"]);
}

#[test]
fn old_data_says_so_and_open_becomes_should_be_open() {
    let stations = || vec![station("1", 300.0, "9:00-20:00")];
    let fresh = answer(stations(), "", "2026-07-31T12:00");
    assert!(fresh.notices.is_empty());
    let stale = answer(stations(), "", "2026-08-11T12:00");
    assert_eq!(stale.notices[0].title, "数据是 41 天前的");
    assert_eq!(stale.hero.expect("a plate").state.title, "应该开着");
}

#[test]
fn a_poor_fix_is_told() {
    let dataset = dataset(vec![station("1", 300.0, "24小时")]);
    let position = LonLat::new(ORIGIN.0, ORIGIN.1).expect("on Earth");
    let fix = Fix {
        position,
        accuracy: Metres(600.0),
        source: FixSource::Device,
    };
    let screen = shown(Loaded::Ready(&dataset), "", Locating::Found(fix), NOON);
    let Screen::Answer(answer) = screen else {
        panic!("not an answer: {screen:?}")
    };
    assert_eq!(answer.notices[0].title, "位置只准到 600 米");
    assert_eq!(answer.near, "我的位置");
}

/// What is decided where the device says that the person is at the origin.
fn known_at_origin<T>(
    dataset: &Dataset,
    fragment: &str,
    source: FixSource,
    settings: Settings,
    decide: impl FnOnce(&Knowledge<'_>) -> T,
) -> T {
    let position = LonLat::new(ORIGIN.0, ORIGIN.1).expect("on Earth");
    let fix = Fix {
        position,
        accuracy: Metres(20.0),
        source,
    };
    let known = (Loaded::Ready(dataset), Locating::Found(fix));
    decided(known, fragment, NOON, settings, decide)
}

/// Two stations: one where the device says that the person is, one where the
/// person is if the device's numbers are on GCJ-02.
fn two_readings() -> Dataset {
    let (lon, lat) = ORIGIN;
    let there = Crs::Gcj02.to_wgs84(lon, lat).expect("in China");
    let mut other = station("乙", 0.0, "24小时");
    other.position = Some(there);
    dataset(vec![station("甲", 0.0, "24小时"), other])
}

#[test]
fn who_is_shown_in_the_wrong_place_chooses_between_two_readings_by_landmarks() {
    let dataset = two_readings();
    let readings = |source, device_crs| {
        let settings = Settings {
            device_crs,
            ..Settings::default()
        };
        let screen = known_at_origin(&dataset, "view=pick", source, settings, screen);
        let Screen::Pick(places) = screen else {
            panic!("not the picker: {screen:?}")
        };
        let told = |r: &yizhan::view_model::screen::Reading| (r.label.clone(), r.is_on);
        places.readings.iter().map(told).collect::<Vec<_>>()
    };
    let as_given = readings(FixSource::Device, Crs::Wgs84);
    assert_eq!(
        as_given,
        [
            ("离示例甲站 10 米".to_owned(), true),
            ("离示例乙站 10 米".to_owned(), false)
        ]
    );
    // Read the other way, the origin is what the shifted numbers mean.
    let shifted = readings(FixSource::Device, Crs::Gcj02);
    assert_eq!(shifted[1], ("离示例甲站 10 米".to_owned(), true));
    // A host says what its numbers are.
    assert!(readings(FixSource::Host, Crs::Wgs84).is_empty());
}

#[test]
fn a_host_receives_the_station_on_both_datums_and_nothing_of_the_person() {
    let mut awkward = station("1", 300.0, "24小时");
    awkward.name = "\"驿\\站\"\n(北门)".to_owned();
    awkward.phone = "021-12345678".to_owned();
    let dataset = dataset(vec![awkward, station("2", 900.0, "")]);
    let settings = Settings {
        map: MapApp::Tencent,
        ..Settings::default()
    };
    let fragment = "at=121.2,31.3&place=家&season=cool&embed=1";
    let json = |id: &str| {
        known_at_origin(&dataset, fragment, FixSource::Device, settings, |known| {
            station_json(known, id)
        })
    };
    assert_eq!(json("nobody"), None);
    let text = json("1").expect("a station");
    let told: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let mut keys: Vec<_> = told.as_object().expect("an object").keys().collect();
    keys.sort();
    assert_eq!(
        keys,
        [
            "address", "crs", "gcj02", "id", "lat", "lon", "map", "name", "page", "phone"
        ]
    );
    assert_eq!(told["name"], "\"驿\\站\" (北门)");
    assert_eq!(told["page"], "#season=cool&station=1");
    assert_eq!(told["crs"], "wgs84");
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    let position = LonLat::new(number(&told["lon"]), number(&told["lat"])).expect("on Earth");
    let gcj02 = &told["gcj02"];
    let back = Crs::Gcj02
        .to_wgs84(number(&gcj02["lon"]), number(&gcj02["lat"]))
        .expect("in China");
    assert!(position.distance_to(back).0 < 1.0);
    let map = told["map"].as_str().expect("a link");
    assert!(map.starts_with("https://apis.map.qq.com/"), "{map}");
}

#[test]
fn another_map_app_is_one_tap_away_and_becomes_the_own_one() {
    let dataset = dataset(vec![station("1", 300.0, "24小时")]);
    let maps = |map, has_apple_maps| {
        let settings = Settings {
            map,
            ..Settings::default()
        };
        let decide = |known: &Knowledge<'_>| {
            screen(&Knowledge {
                has_apple_maps,
                ..known.clone()
            })
        };
        match known_at_origin(&dataset, "station=1", FixSource::Device, settings, decide) {
            Screen::Station(page) => (
                page.go.href.expect("a position"),
                page.maps
                    .iter()
                    .map(|m| (m.app, m.is_on))
                    .collect::<Vec<_>>(),
            ),
            other => panic!("not a station: {other:?}"),
        }
    };
    let (href, offered) = maps(MapApp::Amap, false);
    assert!(href.starts_with("https://uri.amap.com/navigation?"));
    assert_eq!(
        offered,
        [
            (MapApp::Amap, true),
            (MapApp::Tencent, false),
            (MapApp::Baidu, false)
        ]
    );
    let (href, offered) = maps(MapApp::Apple, true);
    assert!(href.starts_with("https://maps.apple.com/"));
    assert_eq!(offered[3], (MapApp::Apple, true));
    // Kept from another browser of the same phone, and not to be had here.
    let (href, _) = maps(MapApp::Apple, false);
    assert!(href.starts_with("https://uri.amap.com/"), "{href}");
}

#[test]
fn the_page_about_privacy_says_who_answers_and_where_the_data_is_from() {
    let mut dataset = dataset(vec![station("1", 300.0, "")]);
    dataset.manifest.publisher = Publisher {
        name: "示例工会".to_owned(),
        phone: "021-1".to_owned(),
        url: String::new(),
    };
    let lines = known_at_origin(
        &dataset,
        "",
        FixSource::Device,
        Settings::default(),
        privacy,
    );
    let said = |label: &str| {
        let line = lines.iter().find(|line| line.label == label);
        line.map(|line| line.answer.as_str())
    };
    assert_eq!(said("谁在办"), Some("示例工会 021-1"));
    assert_eq!(said("数据来源"), Some("7月1日的数据，14 天前"));
    assert_eq!(said("位置"), Some("只在这台手机里用，不上传"));
}

#[test]
fn places_are_found_by_all_the_words_typed() {
    let dataset = dataset(vec![station("甲", 0.0, ""), station("乙", 500.0, "")]);
    let found = |typed: &str| {
        find_places(&dataset, &Address::default(), typed, &|_| String::new())
            .iter()
            .map(|place| place.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("东区 乙"), ["示例乙站"]);
    assert_eq!(found("测试路").len(), 2);
    assert!(found("西区").is_empty() && found("  ").is_empty());
}

#[test]
fn the_markup_carries_what_tests_and_screen_readers_hold_on_to() {
    let mut evil = station("1", 300.0, "24小时");
    evil.name = "<b>驿站</b> & \"友\"".to_owned();
    let dataset = dataset(vec![evil, station("2", 900.0, "24小时")]);
    let address = Address::parse("at=121.2,31.3");
    let language = Language::ZhCn;
    let known = Knowledge {
        data: Loaded::Ready(&dataset),
        locating: Locating::NotAsked,
        address: &address,
        forecasts: &Forecasts::at(time(NOON), &calendar()),
        clock_ahead_minutes: None,
        reports: &Reports::default(),
        doubted: &[],
        is_offline: false,
        supply: Supply::default(),
        last_place: None,
        unix_minute: 0,
        can_install: false,
        has_apple_maps: false,
        settings: Settings::default(),
        language,
    };
    let draw = |extent| {
        parts(
            &screen(&known),
            language.words(),
            &address,
            Comfort::Cool,
            false,
            &standing(&known),
            extent,
        )
    };
    let drawn = draw(Extent::Screen);
    // The first frame has the same plate, and nothing below it; the rest follows.
    let first = draw(Extent::Plate);
    assert_eq!((&first.plate, &first.bar), (&drawn.plate, &drawn.bar));
    assert!(first.controls.is_empty() && first.foot.is_empty());
    assert!(!drawn.controls.is_empty() && !drawn.foot.is_empty());
    assert!(drawn.more.is_empty() && draw(Extent::Rest).plate.is_empty());
    let plate = drawn.plate.as_str();
    for wanted in [
        "data-hero=\"\"",
        "data-station=\"1\"",
        "data-state=\"open\"",
        "data-distance-m=\"300\"",
        "data-minutes=\"2\"",
        "rel=\"noopener noreferrer\"",
        "&lt;b&gt;驿站&lt;/b&gt; &amp; &quot;友&quot;",
    ] {
        assert!(plate.contains(wanted), "{wanted} in {plate}");
    }
    assert!(!plate.contains("<b>"));
    assert!(drawn.list.as_str().contains("data-station=\"2\""));
}

#[test]
fn every_sentence_is_there_in_every_language() {
    for language in Language::ALL {
        assert_eq!(Language::from_tag(language.tag()), Some(language));
        let words = language.words();
        for feature in Feature::ALL {
            assert!(
                !(words.feature)(feature).is_empty(),
                "{feature:?} in {language:?}"
            );
        }
    }
    assert_eq!(Language::from_tag("zh-Hant-HK"), Some(Language::ZhCn));
    assert_eq!(Language::from_tag("fr"), None);
}

#[test]
fn every_fault_has_words_and_leaves_the_last_good_list_below() {
    let dataset = dataset(vec![station("1", 100.0, "24/7")]);
    let address = Address::parse(&format!("at={},{}", ORIGIN.0, ORIGIN.1));
    let reports = Reports::default();
    let forecasts = Forecasts::at(time(NOON), &dataset.manifest.calendar);
    let said = |check: Check, language: Language| {
        let known = Knowledge {
            data: Loaded::Ready(&dataset),
            locating: Locating::NotAsked,
            address: &address,
            forecasts: &forecasts,
            clock_ahead_minutes: None,
            last_place: None,
            unix_minute: 0,
            reports: &reports,
            doubted: &[],
            is_offline: false,
            supply: Supply {
                check,
                ..Supply::default()
            },
            can_install: false,
            has_apple_maps: false,
            settings: Settings::default(),
            language,
        };
        let Screen::Answer(answer) = screen(&known) else {
            panic!("{check:?}");
        };
        assert!(answer.hero.is_some(), "{check:?}");
        let titles: Vec<String> = answer.notices.into_iter().map(|n| n.title).collect();
        titles.join("|")
    };
    let faults = [
        Fault::Unreached,
        Fault::Missing,
        Fault::NotOurs,
        Fault::NewerFormat,
        Fault::Damaged,
    ];
    for language in Language::ALL {
        let mut all: Vec<String> = faults
            .iter()
            .map(|fault| said(Check::Failed(*fault), language))
            .collect();
        assert!(all.iter().all(|words| !words.is_empty()), "{all:?}");
        all.sort();
        all.dedup();
        assert_eq!(all.len(), faults.len(), "each its own: {all:?}");
        for quiet in [Check::Asking, Check::Fresh, Check::Failed(Fault::Older)] {
            assert_eq!(said(quiet, language), "", "{quiet:?}");
        }
    }
}
