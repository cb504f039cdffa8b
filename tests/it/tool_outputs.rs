//! What the tool writes besides datasets: changes between editions, the template, the report.

use super::running::{Folder, json, out, stations};
use super::tool::HEADING;

#[test]
fn two_editions_are_compared_and_a_build_that_loses_many_is_refused() {
    let folder = Folder::new();
    let config = folder.write(
        "stations.toml",
        "[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\n",
    );
    let rows = [
        "a,甲,一路1号,121.47,31.23,,,全天,\n",
        "b,乙,二路2号,121.48,31.24,,,9:00-17:00,\n",
        "c,丙,三路3号,121.49,31.25,,,全天,\n",
    ];
    let new_rows = [
        "a,甲,一路1号,121.471,31.23,,,全天,021-00000000\n",
        "b,乙乙,二路2号,121.48,31.24,,,9:00-18:00,\n",
        "d,丁,四路4号,121.49,31.26,,,全天,\n",
    ];
    let list = |rows: &[&str]| folder.write("list.csv", HEADING.to_owned() + &rows.concat());
    let data = |name: &str| folder.path(name).to_string_lossy().into_owned();
    let (old, new) = (data("old"), data("new"));
    list(&rows);
    out(&["build", "--config", &config, "--out", &old], 0);
    list(&new_rows);
    out(&["build", "--config", &config, "--out", &new], 0);

    let changes = json(&["diff", &old, &new, "--json"], 0);
    let told: Vec<(&str, &str)> = changes
        .as_array()
        .expect("a list")
        .iter()
        .map(|change| {
            (
                change["id"].as_str().expect("an id"),
                change["change"].as_str().expect("a word"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("c", "gone"),
            ("d", "added"),
            ("b", "renamed"),
            ("a", "moved"),
            ("b", "hours_changed"),
            ("a", "phone_changed"),
        ]
    );
    assert_eq!(changes[3]["metres"], 95.0);
    assert_eq!(changes[4]["after"], "9:00-18:00");
    assert_eq!(changes[5]["after"], "021-00000000");
    out(&["diff", &old, &new, "--max-gone", "34%"], 0);
    out(&["diff", &old, &new, "--max-gone", "33"], 1);

    let before = std::fs::read(folder.path("old").join("manifest.yz")).expect("a manifest");
    out(
        &[
            "build",
            "--config",
            &config,
            "--out",
            &old,
            "--max-gone",
            "10%",
        ],
        2,
    );
    let after = std::fs::read(folder.path("old").join("manifest.yz")).expect("a manifest");
    assert_eq!(before, after, "the old dataset stays");
}

#[test]
fn a_station_that_is_called_otherwise_is_not_gone_and_new() {
    let folder = Folder::new();
    let config = folder.write(
        "stations.toml",
        "[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\n",
    );
    let build = |rows: &str, name: &str| {
        folder.write("list.csv", format!("名称,地址,经度,纬度,开放时间\n{rows}"));
        let out_folder = folder.path(name).to_string_lossy().into_owned();
        out(&["build", "--config", &config, "--out", &out_folder], 0);
        out_folder
    };
    // Without ids of their own, stations are known by name and address.
    let old = build(
        "甲站,一路1号,121.4712,31.2312,全天\n乙站,二路2号,121.4812,31.2412,全天\n",
        "old",
    );
    let new = build(
        "甲驿站,一路1号,121.4712,31.2312,全天\n丙站,三路3号,121.4912,31.2512,全天\n",
        "new",
    );
    let changes = json(&["diff", &old, &new, "--json"], 0);
    let told: Vec<(&str, &str)> = changes
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|change| Some((change["change"].as_str()?, change["name"].as_str()?)))
        .collect();
    assert_eq!(
        told,
        [
            ("gone", "乙站"),
            ("added", "丙站"),
            ("renamed", "甲驿站"),
            // By its name it is a room now.
            ("details_changed", "甲驿站"),
        ]
    );
}

#[test]
fn the_template_is_a_workbook_that_the_tool_itself_understands() {
    let folder = Folder::new();
    let file = folder.path("template.xlsx").to_string_lossy().into_owned();
    out(&["template", &file], 0);
    out(&["template", &file], 2);
    let config = folder.write(
        "stations.toml",
        "[[source]]\npath = \"template.xlsx\"\ncrs = \"gcj02\"\n",
    );
    let data = folder.path("data").to_string_lossy().into_owned();
    // The example is no station; nothing else is there.
    out(&["build", "--config", &config, "--out", &data], 2);
    let issues = json(&["check", "--config", &config, "--json"], 1);
    let codes: Vec<&str> = issues
        .as_array()
        .expect("a list")
        .iter()
        .filter(|issue| issue["severity"] == "error")
        .filter_map(|issue| issue["code"].as_str())
        .collect();
    assert_eq!(codes, ["example_row"]);
    let columns = issues
        .as_array()
        .expect("a list")
        .iter()
        .find(|entry| entry["code"] == "columns")
        .expect("what the columns were taken for");
    for column in columns["columns"].as_array().expect("columns") {
        assert_eq!(column["field"], column["heading"], "{column}");
    }
}

#[test]
fn the_report_shows_doubtful_positions_the_night_gap_and_every_issue() {
    let folder = Folder::new();
    let near: String = ["一", "二", "三", "四"]
        .map(|n| format!("{n}号站,{n}路1号,黄浦区,121.47,31.23,9:00-17:00\n"))
        .concat();
    let list = folder.write(
        "list.csv",
        format!(
            "名称,地址,区县,经度,纬度,开放时间\n{near}远站,远路1号,黄浦区,122.5,31.9,看情况<b>\n"
        ),
    );
    let page = folder.path("report.html");
    out(
        &[
            "check",
            &list,
            "--report",
            &page.to_string_lossy(),
            "--lang",
            "en",
        ],
        1,
    );
    let html = std::fs::read_to_string(&page).expect("the report");
    assert!(
        html.contains("list.csv 6 远站 · 12"),
        "the doubtful position is named on the picture, with its distance"
    );
    assert!(html.contains("None is open: Mon 0:00"), "the night gap");
    assert!(
        html.contains("看情况&lt;b&gt;") && !html.contains("看情况<b>"),
        "texts of the sheet are escaped"
    );
    assert!(
        !html.contains("http://") && !html.contains("https://"),
        "nothing is loaded"
    );
    assert_eq!(
        html.matches("<tr class=\"").count(),
        8,
        "far, hours, no datum, and five rounded positions"
    );
}

#[test]
fn a_build_that_phones_will_not_take_says_so() {
    let folder = Folder::new();
    let out_folder = folder.path("data").to_string_lossy().into_owned();
    let build = |day: &str, name: &str| {
        folder.write(
            "list.csv",
            format!("名称,地址,经度,纬度,开放时间\n{name},一路1号,121.4712,31.2312,全天\n"),
        );
        let config = folder.write(
            "stations.toml",
            format!(
                "[dataset]\nedition = \"{day}\"\n[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\n"
            ),
        );
        let built = stations(&["build", "--config", &config, "--out", &out_folder]);
        assert_eq!(built.status.code(), Some(0));
        String::from_utf8_lossy(&built.stderr).into_owned()
    };
    assert!(!build("2026-07-02", "甲站").contains("edition"));
    assert!(!build("2026-07-02", "乙站").contains("edition"));
    assert!(build("2026-07-01", "丙站").contains("edition"));
}
