//! The first answer: the place that a colleague on the corner would name.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::running::{Folder, json, stations};

/// Small places of two stations each, in `cases/worlds.csv`: from where and when, and which
/// station may stand first.
const WORLDS: [(&str, &str, &str, &[&str]); 7] = [
    // An open room 25 minutes away before one of unknown hours 2 minutes away.
    ("113.5,22.9", "2026-07-15T14:00", "w1-0", &["w1-1"]),
    // Anyone at 4 minutes before members only at 2.
    ("113.5,24.7", "2026-07-15T14:00", "w3-1", &["w3-0"]),
    // A cooled room with seats at 5 minutes before a public toilet at 3.
    ("113.5,25.6", "2026-07-15T14:00", "w4-1", &["w4-0"]),
    // A near door that opens again 3 minutes after the arrival.
    ("113.5,26.5", "2026-07-15T13:25", "w5-0", &["w5-1"]),
    // 29 minutes of cool air at 2 minutes before a charger at 12.
    ("113.5,31.9", "2026-07-15T16:29", "w11-0", &["w11-1"]),
    // Seats and water at 3 minutes before a filling station at 2.
    ("113.5,33.7", "2026-07-15T14:00", "w13-1", &["w13-0"]),
    // A cooled room of unknown hours at 2 minutes before a toilet at 3.
    ("113.5,37.3", "2026-07-15T14:00", "w17-0", &["w17-1"]),
];

fn worlds() -> Folder {
    let folder = Folder::new();
    folder.write("worlds.csv", include_str!("cases/worlds.csv"));
    let config = folder.write(
        "stations.toml",
        "[dataset]\nedition = \"2026-07-15\"\n[[source]]\npath = \"worlds.csv\"\ncrs = \"wgs84\"\n",
    );
    let data = folder.path("data").to_string_lossy().into_owned();
    let built = stations(&["build", "--config", &config, "--out", &data]);
    assert_ne!(built.status.code(), Some(2), "{built:?}");
    folder
}

fn nearest(data: &str, at: &str, time: &str, more: &[&str]) -> Vec<Value> {
    let mut arguments = vec!["nearest", "--data", data, "--at", at, "--time", time];
    arguments.extend(["--travel", "ebike", "--json", "--limit", "200"]);
    arguments.extend(more);
    json(&arguments, 0).as_array().expect("a list").clone()
}

#[test]
fn small_worlds_have_the_first_answer_that_a_colleague_would_give() {
    let folder = worlds();
    let data = folder.path("data").to_string_lossy().into_owned();
    for (at, time, first, then) in WORLDS {
        for more in [&[][..], &["--open", "arrival"]] {
            let listed = nearest(&data, at, time, more);
            let ids: Vec<_> = listed.iter().map(|row| row["id"].as_str()).collect();
            let mut expected = vec![Some(first)];
            expected.extend(then.iter().copied().map(Some));
            assert_eq!(ids, expected, "{at} {time} {more:?}");
        }
    }
    // Who is a member goes where members go.
    let (at, time, ..) = WORLDS[1];
    let listed = nearest(&data, at, time, &["--member"]);
    assert_eq!(listed[0]["id"], "w3-0");
}

/// A grid of 14 by 14 points, 600 m apart, over Anting and Fangtai.
fn grid() -> impl Iterator<Item = (f64, f64)> {
    let step = |from: f64, by: f64, n: i32| from + by * f64::from(n);
    (0..14)
        .flat_map(move |x| (0..14).map(move |y| (step(121.15, 0.0063, x), step(31.26, 0.0054, y))))
}

/// How a first answer compares with what lies around it.
#[derive(Debug, Default, PartialEq)]
struct Count {
    points: u32,
    makeshift_first: u32,
    makeshift_though_another_is_open_within_15: u32,
    unknown_relief_first: u32,
    unknown_though_known_relief_is_5_farther: u32,
}

/// The table of `docs/ranking.md`: `cargo test --test it first_answers -- --nocapture` prints it.
#[test]
fn no_first_answer_is_makeshift_or_of_unknown_relief_where_better_is_near() {
    let folder = Folder::new();
    let data = folder.path("data").to_string_lossy().into_owned();
    let built = stations(&["build", "--config", "data/stations.toml", "--out", &data]);
    assert_ne!(built.status.code(), Some(2), "{built:?}");
    let mut table = BTreeMap::new();
    for time in ["2026-07-15T14:00", "2026-07-15T23:30", "2026-01-15T20:00"] {
        let mut count = Count::default();
        for (lon, lat) in grid() {
            let at = format!("{lon:.5},{lat:.5}");
            let listed = nearest(&data, &at, time, &["--open", "arrival"]);
            let Some(first) = listed.first() else {
                continue;
            };
            let minutes = |row: &Value| row["minutes"].as_u64().unwrap_or(u64::MAX);
            let is = |row: &Value, key: &str, value: &str| row[key] == value;
            let is_open =
                |row: &&Value| is(row, "state_on_arrival", "open") && row["group"] != "other_side";
            let is_makeshift = is(first, "fitness", "makeshift");
            let is_known = is(first, "fitness", "relief");
            let better = listed.iter().filter(is_open);
            let room = better
                .clone()
                .filter(|row| !is(row, "fitness", "makeshift") && minutes(row) <= 15);
            // Members only, and more than half an hour, are rules of their own.
            let relief = better.filter(|row| {
                is(row, "fitness", "relief")
                    && minutes(row) <= 30.min(minutes(first) + 5)
                    && row["handicap"]["members_only"] == 0
            });
            count.points += 1;
            count.makeshift_first += u32::from(is_makeshift);
            count.makeshift_though_another_is_open_within_15 +=
                u32::from(is_makeshift && room.count() > 0);
            count.unknown_relief_first += u32::from(!is_known);
            count.unknown_though_known_relief_is_5_farther +=
                u32::from(!is_known && relief.count() > 0);
        }
        println!("{time} {count:?}");
        assert_eq!(count.points, 196);
        assert_eq!(count.makeshift_though_another_is_open_within_15, 0);
        assert_eq!(count.unknown_though_known_relief_is_5_farther, 0);
        table.insert(time, count);
    }
    assert_eq!(table.len(), 3);
}
