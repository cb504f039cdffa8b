//! Rivers: the one that ships, and those that a union brings itself.

use std::path::Path;

use serde_json::Value;
use yizhan::cli::Disk;
use yizhan::domain::position::LonLat;
use yizhan::publish::{Config, prepare, silent};

use super::running::{Folder, json, stations};

/// Well-known places on either bank of the Huangpu, WGS-84 to a few hundred metres: 浦西, 浦东.
const BANKS: [[(&str, f64, f64); 8]; 2] = [
    [
        ("外滩", 121.4903, 31.2397),
        ("外滩 中山东一路", 121.4858, 31.2385),
        ("人民广场", 121.4737, 31.2304),
        ("十六铺", 121.4951, 31.2286),
        ("北外滩", 121.4985, 31.2520),
        ("徐家汇", 121.4333, 31.1955),
        ("杨浦公园", 121.5340, 31.2830),
        ("吴淞", 121.4900, 31.3780),
    ],
    [
        ("东方明珠", 121.4952, 31.2418),
        ("陆家嘴地铁站", 121.4980, 31.2400),
        ("滨江大道", 121.4920, 31.2410),
        ("世纪公园", 121.5470, 31.2160),
        ("浦东南路", 121.5090, 31.2330),
        ("后滩", 121.4720, 31.1800),
        ("金桥", 121.5900, 31.2600),
        ("三岔港", 121.5048, 31.3738),
    ],
];

#[test]
fn the_huangpu_that_ships_divides_puxi_from_pudong() {
    let config = Config::read(Path::new("data/stations.toml"), &Disk).expect("the demo");
    let prepared = prepare(&config, &Disk, &mut silent);
    let [river] = &prepared.barriers[..] else {
        panic!("one river");
    };
    assert_eq!(river.name, "黄浦江");
    let at = |(_, lon, lat): (&str, f64, f64)| LonLat::new(lon, lat).expect("on Earth");
    for (bank, places) in BANKS.iter().enumerate() {
        for one in places {
            for (other_bank, others) in BANKS.iter().enumerate() {
                for other in others {
                    let divides = river.meet(at(*one), at(*other)).divides;
                    assert_eq!(divides, bank != other_bank, "{} to {}", one.0, other.0);
                }
            }
        }
    }
    // Nobody has checked a ferry, and no list says when they run.
    assert!(river.crossings.len() >= 6);
    for ferry in &river.crossings {
        assert_eq!((ferry.verified_on, &ferry.hours.timetable), (None, &None));
        assert!(ferry.source.contains("未核实"), "{}", ferry.name);
    }
}

const LIST: &str = "编号,名称,经度,纬度,开放时间,服务设施\n\
    bund,测试外滩站,121.4870,31.2370,24小时,空调\n\
    square,测试广场站,121.4760,31.2320,24小时,空调\n\
    tower,测试明珠站,121.4960,31.2415,24小时,空调\n\
    metro,测试陆家嘴站,121.4985,31.2395,24小时,空调\n";

const RIVER: &str = "[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\ncity = \"上海\"\n\
    [[barrier]]\ngeometry = \"huangpu.geojson\"\nmodes = [\"ebike\", \"foot\"]\ncrossings = \"ferries.csv\"\n";

/// Invented stations on both banks, the river that ships, and a ferry.
fn both_banks(ferries: &str) -> Folder {
    let folder = Folder::new();
    folder.write("list.csv", LIST);
    folder.write(
        "huangpu.geojson",
        std::fs::read("data/huangpu.geojson").expect("the river"),
    );
    folder.write("ferries.csv", ferries);
    let config = folder.write("stations.toml", RIVER);
    let built = stations(&["build", "--config", &config, "--out", &data(&folder)]);
    assert_ne!(built.status.code(), Some(2), "{built:?}");
    folder
}

fn data(folder: &Folder) -> String {
    folder.path("data").to_string_lossy().into_owned()
}

const FERRY: &str = "名称,经度,纬度,方式,开放时间,等候分钟,过江分钟,核实日期,来源\n\
    测试轮渡,121.4998,31.2325,ebike,7:00-22:00,8,6,2026-07-01,测试\n";

fn from_the_bund(folder: &Folder, travel: &str, time: &str) -> Vec<(String, String, Value)> {
    let listed = json(
        &[
            "nearest",
            "--data",
            &data(folder),
            "--at",
            "121.4903,31.2397",
            "--travel",
            travel,
            "--open",
            "arrival",
            "--time",
            time,
            "--json",
        ],
        0,
    );
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    listed
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| {
            (
                text(&row["id"]),
                text(&row["group"]),
                row["minutes"].clone(),
            )
        })
        .collect()
}

#[track_caller]
fn check_order(listed: &[(String, String, Value)], expected: &[(&str, &str)]) {
    let told: Vec<_> = listed
        .iter()
        .map(|(id, group, _)| (id.as_str(), group.as_str()))
        .collect();
    assert_eq!(told, expected);
}

const APART: [(&str, &str); 4] = [
    ("bund", "open"),
    ("square", "open"),
    ("tower", "other_side"),
    ("metro", "other_side"),
];

#[test]
fn from_the_bund_nothing_in_lujiazui_is_near_without_a_ferry() {
    let folder = both_banks("名称,经度,纬度\n");
    check_order(&from_the_bund(&folder, "ebike", "2026-07-15T12:00"), &APART);
}

#[test]
fn a_ferry_of_which_nobody_knows_the_hours_takes_nobody_across() {
    let folder = both_banks("名称,经度,纬度\n测试轮渡,121.4998,31.2325\n");
    let listed = from_the_bund(&folder, "ebike", "2026-07-15T12:00");
    check_order(&listed, &APART);
    assert_eq!(listed[2].2, Value::Null, "no minutes that nobody knows");
}

#[test]
fn with_an_allowed_ferry_the_minutes_include_it_and_at_night_it_is_the_other_bank() {
    let folder = both_banks(FERRY);
    let by_day = from_the_bund(&folder, "ebike", "2026-07-15T12:00");
    let groups: Vec<_> = by_day.iter().map(|(_, group, _)| group.as_str()).collect();
    assert_eq!(groups, ["open"; 4]);
    let minutes = |id: &str| {
        let (.., minutes) = by_day
            .iter()
            .find(|(known, ..)| known == id)
            .expect("listed");
        minutes.as_u64().expect("minutes")
    };
    assert!(minutes("metro") >= 8 + 6 + 2, "{by_day:?}");
    assert!(minutes("bund") <= 4, "{by_day:?}");
    check_order(&from_the_bund(&folder, "ebike", "2026-07-15T23:00"), &APART);
    check_order(&from_the_bund(&folder, "ebike", "2026-07-16T06:30"), &APART);
    // The ferry of the sheet takes e-bikes only.
    check_order(&from_the_bund(&folder, "foot", "2026-07-15T12:00"), &APART);
    // The river of the configuration does not stop bicycles.
    let bicycle = from_the_bund(&folder, "bicycle", "2026-07-15T12:00");
    assert!(bicycle.iter().all(|(_, group, _)| group == "open"));
}

#[test]
fn without_travel_the_tool_orders_by_distance_and_still_tells_of_the_river() {
    let folder = both_banks(FERRY);
    let listed = json(
        &[
            "nearest",
            "--data",
            &data(&folder),
            "--at",
            "121.4903,31.2397",
            "--time",
            "2026-07-15T23:00",
            "--json",
        ],
        0,
    );
    let distances: Vec<f64> = listed
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| row["distance_m"].as_f64().expect("metres"))
        .collect();
    assert!(distances.is_sorted(), "{distances:?}");
    let tower = listed
        .as_array()
        .expect("a list")
        .iter()
        .find(|row| row["id"] == "tower");
    assert_eq!(tower.expect("listed")["barrier"], "黄浦江");
}

#[test]
fn the_tool_explains_why_a_station_stands_where_it_stands() {
    let folder = both_banks(FERRY);
    let told = |time: &str, lang: &str| {
        let output = stations(&[
            "nearest",
            "--data",
            &data(&folder),
            "--at",
            "121.4903,31.2397",
            "--travel",
            "ebike",
            "--open",
            "arrival",
            "--time",
            time,
            "--explain",
            "--lang",
            lang,
        ]);
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let by_day = told("2026-07-15T12:00", "zh");
    assert!(
        by_day.contains("经测试轮渡，等 8 分钟、过 6 分钟"),
        "{by_day}"
    );
    assert!(by_day.contains("中间没有阻隔"), "{by_day}");
    let by_night = told("2026-07-15T23:00", "zh");
    assert!(
        by_night.contains("隔着黄浦江：测试轮渡那时不开 2026-07-16T07:00"),
        "{by_night}"
    );
    assert!(by_night.contains("对岸，另列"), "{by_night}");
    let english = told("2026-07-15T23:00", "en");
    assert!(
        english.contains("beyond 黄浦江: 测试轮渡 is not in use then"),
        "{english}"
    );
}

#[test]
fn crossings_that_cannot_be_used_are_reported_by_row() {
    let folder = both_banks(
        "名称,经度,纬度,对岸经度,对岸纬度,方式,开放时间,等候分钟\n\
         两端同岸,121.47,31.23,121.48,31.24,,,\n\
         太远,121.20,31.30,,,,,\n\
         好的,121.4998,31.2325,,,电动车、飞机,看情况,十\n",
    );
    let config = folder.path("stations.toml");
    let issues = json(
        &["check", "--config", &config.to_string_lossy(), "--json"],
        1,
    );
    let told: Vec<(u64, &str)> = issues
        .as_array()
        .expect("a list")
        .iter()
        .filter(|issue| issue["source"] == "ferries.csv")
        .map(|issue| {
            (
                issue["row"].as_u64().unwrap_or(0),
                issue["code"].as_str().expect("a code"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (2, "crossing_not_across"),
            (3, "crossing_not_across"),
            (4, "mode_not_known"),
            (4, "hours_not_understood"),
            (4, "number_invalid"),
        ]
    );
}

#[test]
fn a_barrier_or_travel_figure_that_makes_no_sense_stops_the_tool_and_names_the_place() {
    let folder = Folder::new();
    folder.write("list.csv", LIST);
    folder.write(
        "point.geojson",
        r#"{"type":"Point","coordinates":[121,31]}"#,
    );
    folder.write(
        "metres.geojson",
        r#"{"type":"LineString","coordinates":[[13520000,3660000],[13521000,3661000]]}"#,
    );
    for (toml, expected) in [
        ("[[barrier]]\ngeometry = \"gone.geojson\"\n", "gone.geojson"),
        ("[[barrier]]\ngeometry = \"point.geojson\"\n", "LineString"),
        ("[[barrier]]\ngeometry = \"metres.geojson\"\n", "WGS-84"),
        (
            "[[barrier]]\ngeometry = \"metres.geojson\"\nmodes = [\"car\"]\n",
            "\"car\"",
        ),
        ("[dataset.travel]\ndetour = 0.5\n", "detour"),
        ("[dataset.travel]\nebike_kmh = 0\n", "ebike_kmh"),
    ] {
        let config = folder.write("stations.toml", toml);
        let output = stations(&["check", "--config", &config]);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{toml}");
        assert!(error.contains(expected), "{toml}: {error}");
    }
}

#[test]
fn a_city_sets_its_own_travel_figures() {
    let folder = Folder::new();
    folder.write("list.csv", LIST);
    let minutes = |figures: &str| {
        let toml = format!(
            "[dataset.travel]\n{figures}\n[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\ncity = \"上海\"\n"
        );
        let config = folder.write("stations.toml", toml);
        stations(&["build", "--config", &config, "--out", &data(&folder)]);
        let listed = json(
            &[
                "nearest",
                "--data",
                &data(&folder),
                "--at",
                "121.4760,31.2140",
                "--travel",
                "foot",
                "--json",
            ],
            0,
        );
        listed[0]["minutes"].as_u64().expect("minutes")
    };
    // 2,001.5 m: × 1.33 at 75 m a minute; then × 1.5 at 100.
    assert_eq!(minutes(""), 36);
    assert_eq!(minutes("detour = 1.5\nfoot_kmh = 6"), 31);
}
