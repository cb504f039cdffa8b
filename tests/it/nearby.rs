//! The list screen: the hero, its notices, and the sections below it.

use yizhan::domain::fix::Locating;
use yizhan::domain::station::{Feature, Tristate};
use yizhan::view_model::hero::BigNumber;
use yizhan::view_model::station_state::StationState;

use super::fixture::{Given, NOON, dataset, fix_at_origin, nearby, station};

#[test]
fn the_hero_is_the_nearest_station_that_is_open_on_arrival() {
    let nearby = nearby(
        vec![
            station("lunch", 600.0, "8:30-11:30，13:30-17:00"),
            station("open", 1000.0, "9:00-20:00"),
            station("unknown", 100.0, "看情况"),
        ],
        "",
        NOON,
    );
    let hero = nearby.hero.expect("a hero");
    assert_eq!(hero.data.id, "open");
    assert_eq!(hero.state.title, "开着 · 到时还开着");
    assert_eq!(hero.state.until, "20:00 关");
    assert_eq!(hero.way, ["骑电动车", "直线 1.0 公里", "正北方"]);
    assert_eq!(hero.big, BigNumber::Minutes(6));
    assert!(!hero.go.is_hollow);
    let sections = nearby.sections.iter();
    let titles: Vec<&str> = sections.map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["时间不明"]);
    assert!(nearby.leaves_shut_out);
}

#[test]
fn where_every_station_is_closed_the_hero_is_the_first_to_open_with_a_hollow_button() {
    let nearby = nearby(
        vec![
            station("late", 300.0, "9:00-17:00"),
            station("early", 800.0, "6:00-17:00"),
        ],
        "",
        "2026-07-15T23:30",
    );
    let hero = nearby.hero.expect("a hero");
    assert_eq!(hero.data.id, "early");
    assert_eq!(
        (hero.state.title.as_str(), hero.state.until.as_str()),
        ("附近都关了", "最早开的一处")
    );
    assert_eq!(hero.big, BigNumber::Opens("明天 6:00".to_owned()));
    assert!(hero.go.is_hollow);
}

#[test]
fn a_station_of_unknown_hours_offers_its_telephone_first() {
    let mut with_phone = station("1", 300.0, "");
    with_phone.phone = "021-5957 0000".to_owned();
    let hero = nearby(vec![with_phone], "", NOON).hero.expect("a hero");
    assert_eq!(hero.go.call.as_deref(), Some("tel:02159570000"));
    assert!(hero.go.is_hollow && hero.go.href.is_some());
}

#[test]
fn a_station_out_of_reach_is_not_shown_and_a_notice_says_that_none_is_near() {
    let nearby = nearby(vec![station("far", 400_000.0, "24小时")], "", NOON);
    assert!(nearby.hero.is_none() && nearby.sections.is_empty());
    assert_eq!(nearby.notices[0].title, "附近没有站点");
}

#[test]
fn the_hero_has_four_amenities_and_the_seasons_relief_comes_first_even_if_unknown() {
    let mut equipped = station("1", 300.0, "24小时");
    for feature in [
        Feature::Water,
        Feature::Seats,
        Feature::Toilet,
        Feature::Wifi,
        Feature::Fan,
    ] {
        equipped.features.set(feature, Tristate::Yes);
    }
    let labels = |fragment: &str| {
        let nearby = nearby(vec![equipped.clone()], fragment, NOON);
        let amenities = nearby.hero.expect("a hero").amenities.into_iter();
        amenities.map(|amenity| amenity.label).collect::<Vec<_>>()
    };
    assert_eq!(labels("season=cool"), ["风扇", "饮水", "座位", "厕所"]);
    assert_eq!(labels("season=warm"), ["暖气不明", "风扇", "饮水", "座位"]);
}

#[test]
fn old_data_has_a_notice_and_open_becomes_should_be_open() {
    let stations = || vec![station("1", 300.0, "9:00-20:00")];
    let fresh = nearby(stations(), "", "2026-07-31T12:00");
    assert!(fresh.notices.is_empty());
    let stale = nearby(stations(), "", "2026-08-11T12:00");
    assert_eq!(stale.notices[0].title, "数据是 41 天前的");
    assert_eq!(stale.hero.expect("a hero").state.title, "应该开着");
}

#[test]
fn an_inaccurate_fix_has_a_notice_and_a_range_of_minutes() {
    let dataset = dataset(vec![station("1", 300.0, "24小时")]);
    let nearby = Given {
        locating: Locating::Found(fix_at_origin(600.0)),
        ..Given::dataset(&dataset)
    }
    .nearby();
    assert_eq!(nearby.notices[0].title, "位置只准到 600 米");
    assert_eq!(nearby.near, "大概位置（±600 米）");
    let hero = nearby.hero.expect("a hero");
    assert_eq!(hero.big, BigNumber::Between(1, 5));
}

#[test]
fn the_hero_stays_while_another_station_is_hardly_better() {
    let dataset = dataset(vec![
        station("north", 500.0, "24小时"),
        station("south", -520.0, "24小时"),
        station("far north", 2000.0, "24小时"),
    ]);
    let hero = |first_before| {
        let given = Given {
            first_before,
            ..Given::around_origin(&dataset, "")
        };
        given.nearby().hero.expect("a hero").data.id
    };
    assert_eq!(hero(None), "north");
    assert_eq!(hero(Some("south")), "south");
    assert_eq!(hero(Some("far north")), "north");
}

#[test]
fn the_hero_mentions_a_much_nearer_station_of_unknown_hours() {
    let nearby = nearby(
        vec![
            station("open", 3000.0, "24小时"),
            station("unknown", 300.0, "看情况"),
        ],
        "",
        NOON,
    );
    let nearer = nearby.hero.expect("a hero").nearer.expect("a mention");
    assert_eq!(nearer.data.id, "unknown");
    assert_eq!(nearer.words, "2 分钟有一处，时间不明");
}

#[test]
fn on_a_public_holiday_hours_that_do_not_mention_it_are_marked() {
    let stations = || {
        vec![
            station("silent", 300.0, "周一至周五8:30-17:00"),
            station("sure", 900.0, "每天8:30-17:00"),
        ]
    };
    let holiday = nearby(stations(), "", "2026-10-01T10:00");
    let hero = holiday.hero.expect("a hero");
    assert_eq!(hero.data.id, "sure");
    assert!(hero.nearer.is_none(), "3 minutes nearer is not much nearer");
    let row = &holiday.sections[0].rows[0];
    assert_eq!(row.state, "开着 · 到 17:00 · 节日可能不开");
    let ordinary = nearby(stations(), "", "2026-10-15T10:00");
    assert_eq!(ordinary.hero.expect("a hero").data.id, "silent");
}

#[test]
fn a_station_that_opens_soon_after_the_arrival_says_how_long_the_wait_is() {
    let nearby = nearby(
        vec![
            station("near", 300.0, "8:30-11:30，13:30-17:00"),
            station("far", 3000.0, "24小时"),
        ],
        "",
        "2026-07-15T13:25",
    );
    let hero = nearby.hero.expect("a hero");
    assert_eq!(hero.data.id, "near");
    assert_eq!(hero.data.state, StationState::Closed);
    assert_eq!(hero.state.title, "到了等 3 分钟开门");
    assert_eq!(hero.state.until, "13:30 开门");
    assert!(!hero.go.is_hollow);
}

#[test]
fn a_station_known_only_as_a_toilet_has_a_caveat() {
    let mut toilet = station("toilet", 300.0, "24小时");
    toilet.is_room = false;
    toilet.kinds = vec!["爱心驿站".to_owned()];
    toilet.features.set(Feature::Toilet, Tristate::Yes);
    let hero = nearby(vec![toilet], "", NOON).hero.expect("a hero");
    assert_eq!(hero.caveats, ["只知道有厕所，凉快暖和不知道"]);
}
