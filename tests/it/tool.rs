//! The tool as people run it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::running::{Folder, json, out, stations};

/// The headings of the lists in these tests.
pub(super) const HEADING: &str = "编号,名称,地址,经度,纬度,类型,服务设施,开放时间,电话\n";

/// Checks a sheet of one row, and gives code and row of its issues.
fn codes(content: &str) -> Vec<(String, Option<u64>)> {
    let folder = Folder::new();
    let sheet = folder.write("list.csv", content);
    let output = stations(&["check", &sheet, "--json"]);
    let issues: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let issues = issues.as_array().expect("a list");
    for issue in issues {
        for key in ["source", "row", "station", "severity", "code", "message"] {
            assert!(issue.get(key).is_some(), "{key} in {issue}");
        }
    }
    issues
        .iter()
        .filter(|issue| issue["severity"] != "note")
        .map(|issue| {
            (
                issue["code"].as_str().expect("a code").to_owned(),
                issue["row"].as_u64(),
            )
        })
        .collect()
}

#[track_caller]
fn check_row(row: &str, code: &str) {
    assert_eq!(
        codes(&format!("{HEADING}{row}\n")),
        [(code.to_owned(), Some(2))],
        "{row}"
    );
}

#[test]
fn a_wrong_row_gives_an_issue_that_names_its_place() {
    check_row("1,,方中路1号,121.2,31.3,,,9:00-17:00,", "name_missing");
    check_row(
        "1,甲,方中路1号,121.2,131.3,,,9:00-17:00,",
        "position_invalid",
    );
    check_row(
        "1,甲,方中路1号,31.3,121.2,,,9:00-17:00,",
        "position_swapped",
    );
    check_row("1,甲,方中路1号,东经,北纬,,,9:00-17:00,", "position_invalid");
    check_row("1,甲,方中路1号,,,,,9:00-17:00,", "position_missing");
    check_row("1,甲,方中路1号,0,0,,,9:00-17:00,", "position_missing");
    check_row(
        "1,甲,方中路1号,121.2,31.3,,,看情况,",
        "hours_not_understood",
    );
}

#[test]
fn a_good_row_is_clean_and_a_duplicate_id_is_named() {
    let good = "1,甲,方中路1号,121.2,31.3,,,9:00-17:00,";
    assert_eq!(codes(&format!("{HEADING}{good}\n")), []);
    let twice = format!("{HEADING}{good}\n1,乙,方中路2号,121.2,31.3,,,9:00-17:00,\n");
    assert_eq!(codes(&twice), [("id_duplicate".to_owned(), Some(3))]);
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    for (content, code) in [
        ("", "empty"),
        ("\u{89}PNG\u{0}\u{0}\u{0}\u{0}\u{0}", "not_a_table"),
        ("<!doctype html><p>404</p>", "not_a_table"),
        ("{\"broken\": ", "not_a_table"),
        ("甲,乙,丙\n1,2,3\n", "no_heading"),
    ] {
        assert_eq!(codes(content), [(code.to_owned(), None)], "{content:?}");
    }
}

#[test]
fn a_missing_file_and_an_empty_folder_cannot_be_checked() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("lists")).expect("a folder");
    folder.write("lists/~$open.xlsx", "a lock");
    for path in [folder.path("no-such-file.csv"), folder.path("lists")] {
        out(&["check", &path.to_string_lossy(), "--json"], 2);
    }
    let config = folder.write(
        "stations.toml",
        "[[source]]\npath = \"gone.xlsx\"\ncrs = \"gcj02\"\n",
    );
    let data = folder.path("data").to_string_lossy().into_owned();
    out(&["build", "--config", &config, "--out", &data], 2);
    assert!(!folder.path("data").exists());
}

#[test]
fn messages_are_chinese_and_english_and_say_what_to_do() {
    let folder = Folder::new();
    let sheet = folder.write(
        "七月.csv",
        format!("{HEADING}1,甲,方中路1号,121.2,31.3,,,看情况,\n"),
    );
    let chinese = out(&["check", &sheet], 1);
    assert!(
        chinese.contains("第 2 行") && chinese.contains("[开放时间]"),
        "{chinese}"
    );
    assert!(
        chinese.contains("看情况") && chinese.contains("请写成"),
        "{chinese}"
    );
    let english = out(&["check", &sheet, "--lang", "en"], 1);
    assert!(
        english.contains("row 2") && english.contains("write them like"),
        "{english}"
    );
}

#[test]
fn the_datum_is_never_guessed_silently() {
    let folder = Folder::new();
    let sheet = folder.write(
        "list.csv",
        format!("{HEADING}1,甲,方中路1号,121.2,31.3,,,24小时,\n"),
    );
    let issues = json(&["check", &sheet, "--json"], 0);
    assert_eq!(issues[0]["code"], "crs_missing");
    let config = folder.write("stations.toml", "[[source]]\npath = \"list.csv\"\n");
    let built = stations(&["build", "--config", &config, "--out", "unused"]);
    assert_eq!(built.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&built.stderr).contains("crs"));
}

fn build(folder: &Folder, sheet: &str, status: i32) -> PathBuf {
    folder.write("list.csv", format!("{HEADING}{sheet}"));
    let config = folder.write(
        "stations.toml",
        "[[source]]\npath = \"list.csv\"\ncrs = \"gcj02\"\n",
    );
    let data = folder.path("data");
    out(
        &[
            "build",
            "--config",
            &config,
            "--out",
            &data.to_string_lossy(),
        ],
        status,
    );
    data
}

#[test]
fn a_bad_row_costs_only_itself() {
    let folder = Folder::new();
    let rows = "1,甲,方中路1号,121.20,31.30,,饮水,9:00-17:00,\n2,,没有名称,121.21,31.30,,,,\n3,丙,方中路3号,121.22,31.30,,热水、充电,看情况,\n";
    let data = build(&folder, rows, 1);
    let data = data.to_string_lossy();
    let found = json(
        &[
            "nearest",
            "--data",
            &data,
            "--at",
            "121.2,31.3",
            "--crs",
            "gcj02",
            "--json",
        ],
        0,
    );
    assert_eq!(found[0]["id"], "1");
    assert!(
        found[0]["distance_m"]
            .as_f64()
            .is_some_and(|metres| metres < 1.0)
    );
    assert_eq!(found[1]["id"], "3");
    assert_eq!(found[1]["state"], "unknown");
    assert_eq!(found.as_array().map(Vec::len), Some(2));
}

#[test]
fn filters_keep_what_is_asked_for() {
    let folder = Folder::new();
    let rows = "1,甲,一号,121.20,31.30,,空调、饮水,8:30-11:30，13:30-17:00,\n2,乙,二号,121.21,31.30,,暖气、热水,24小时,\n";
    let data = build(&folder, rows, 0);
    let data = data.to_string_lossy().into_owned();
    let ids = |more: &[&str]| {
        let mut arguments = vec!["nearest", "--data", &data, "--at", "121.2,31.3", "--json"];
        arguments.extend(["--crs", "gcj02", "--time", "2026-07-15T12:10"]);
        arguments.extend(more);
        let found = json(&arguments, 0);
        let found = found.as_array().expect("a list");
        found
            .iter()
            .map(|s| s["id"].as_str().expect("an id").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&[]), ["1", "2"]);
    assert_eq!(ids(&["--limit", "1"]), ["1"]);
    assert_eq!(ids(&["--open", "now"]), ["2"]);
    assert_eq!(ids(&["--season", "cool"]), ["1"]);
    assert_eq!(ids(&["--season", "warm"]), ["2"]);
    assert_eq!(ids(&["--need", "hot_water"]), ["2"]);
}

#[test]
fn a_build_that_fails_leaves_the_old_dataset() {
    let folder = Folder::new();
    let data = build(&folder, "1,甲,方中路1号,121.2,31.3,,,24小时,\n", 0);
    let before = std::fs::read(data.join("manifest.yz")).expect("a manifest");
    folder.write("list.csv", "");
    let config = folder.path("stations.toml");
    out(
        &[
            "build",
            "--config",
            &config.to_string_lossy(),
            "--out",
            &data.to_string_lossy(),
        ],
        2,
    );
    assert_eq!(
        std::fs::read(data.join("manifest.yz")).expect("a manifest"),
        before
    );
}

#[test]
fn hours_are_read_and_told() {
    let said = json(
        &[
            "hours",
            "周一至周五 8:30-11:30，13:30-17:00",
            "--at",
            "2026-07-15T12:10",
            "--json",
        ],
        0,
    );
    assert_eq!(said["state"], "closed");
    assert_eq!(said["until"], "2026-07-15T13:30");
    assert_eq!(said["osm"], "Mo-Fr 08:30-11:30,13:30-17:00");
    let unknown = json(
        &["hours", "看情况", "--at", "2026-07-15T12:10", "--json"],
        1,
    );
    assert_eq!(
        (&unknown["state"], &unknown["osm"]),
        (&Value::from("unknown"), &Value::Null)
    );
}

#[test]
fn hours_with_several_readings_are_told_with_each_of_them() {
    let said = json(
        &["hours", "9:00-5:00", "--at", "2026-07-15T20:00", "--json"],
        0,
    );
    assert_eq!(said["state"], "unknown");
    assert_eq!(
        said["readings"],
        serde_json::json!(["09:00-17:00", "09:00-05:00"])
    );
    let text = out(&["hours", "9:00-5:00", "--at", "2026-07-15T20:00"], 0);
    assert!(
        text.contains("2 种读法") && text.contains("2 readings"),
        "{text}"
    );
    let unknown = json(
        &["hours", "週一 看心情", "--at", "2026-07-15T12:10", "--json"],
        1,
    );
    assert!(
        unknown["reason_zh"]
            .as_str()
            .is_some_and(|reason| reason.contains("看心情")),
        "{unknown}"
    );

    let folder = Folder::new();
    let sheet = folder.write(
        "list.csv",
        format!(
            "{HEADING}1,甲,方中路1号,121.2,31.3,,,9:00-5:00,\n2,乙,方中路2号,121.2,31.3,,,看心情,\n"
        ),
    );
    let report = folder.path("report.html");
    let issues = json(
        &[
            "check",
            &sheet,
            "--json",
            "--report",
            &report.to_string_lossy(),
        ],
        1,
    );
    let codes: Vec<_> = issues
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|issue| issue["code"].as_str())
        .collect();
    assert!(codes.contains(&"hours_ambiguous"), "{codes:?}");
    let report = std::fs::read_to_string(report).expect("the report");
    for shown in ["? 09:00-17:00", "? 09:00-05:00", "看心情"] {
        assert!(report.contains(shown), "{shown}");
    }
}

#[test]
fn positions_are_converted_both_ways() {
    let gcj02 = out(
        &[
            "convert",
            "--from",
            "wgs84",
            "--to",
            "gcj02",
            "121.4737,31.2304",
        ],
        0,
    );
    assert_eq!(gcj02.trim(), "121.4782231,31.2284577");
    let back = out(
        &["convert", "--from", "gcj02", "--to", "wgs84", gcj02.trim()],
        0,
    );
    assert_eq!(back.trim(), "121.4737000,31.2304000");
}

#[test]
fn exports_are_wgs84_with_their_source() {
    let folder = Folder::new();
    let data = build(
        &folder,
        "1,甲,方中路1号,121.4782231,31.2284577,工会驿站,饮水,24小时,\n",
        0,
    );
    let data = data.to_string_lossy();
    let geojson = json(&["export", "--data", &data, "--format", "geojson"], 0);
    let feature = &geojson["features"][0];
    assert_eq!(
        feature["geometry"]["coordinates"],
        serde_json::json!([121.4737, 31.2304])
    );
    assert_eq!(feature["properties"]["opening_hours"], "24/7");
    assert!(geojson["sources"].is_array());
    let csv = out(&["export", "--data", &data, "--format", "csv"], 0);
    assert!(csv.starts_with("id,name,address"), "{csv}");
}

#[test]
fn what_cannot_run_says_why() {
    for arguments in [
        &["nearest", "--data", "no-such-folder", "--at", "121,31"][..],
        &["nearest", "--data", ".", "--at", "here"],
        &["build", "--config", "no-such-file.toml"],
        &["hours", "24小时", "--at", "tomorrow"],
        &["convert", "--from", "mars", "--to", "wgs84", "1,2"],
        &["no-such-command"],
    ] {
        let output = stations(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(
            !output.stderr.is_empty() && output.stdout.is_empty(),
            "{arguments:?}"
        );
    }
}

#[test]
fn every_command_explains_itself_with_an_example() {
    for command in [
        "check", "build", "nearest", "hours", "convert", "export", "pack",
    ] {
        assert!(
            out(&[command, "--help"], 0).contains("Example"),
            "{command}"
        );
    }
}

#[test]
fn lists_of_other_programs_are_found_in_their_json() {
    let folder = Folder::new();
    let list = folder.write(
        "sites.json",
        r#"{"total": 1, "items": [{"id": 7, "name": "甲", "location": {"lat": 31.3, "lng": 121.2}, "serviceTime": "24小时"}]}"#,
    );
    assert_eq!(
        json(&["check", &list, "--json"], 0)[0]["code"],
        "crs_missing"
    );
    assert!(Path::new(&list).exists());
}

#[test]
fn a_workbook_with_a_cover_and_a_title_row_is_read_as_it_is() {
    use rust_xlsxwriter::Workbook;
    let folder = Folder::new();
    let path = folder.path("驿站.xlsx");
    let mut workbook = Workbook::new();
    let cover = workbook.add_worksheet();
    cover.write(0, 0, "填表说明").expect("written");
    let sheet = workbook.add_worksheet().set_name("七月").expect("a name");
    sheet.write(1, 1, "某区驿站一览表").expect("written");
    for (column, heading) in (1..).zip(["名称", "经度", "纬度", "开放时间", "站点电话"])
    {
        sheet.write(2, column, heading).expect("written");
    }
    sheet.write(3, 1, "方泰文化分中心").expect("written");
    sheet.write(3, 2, 121.218_82).expect("written");
    sheet.write(3, 3, 31.318_338).expect("written");
    sheet.write(3, 4, "8:30-20:00").expect("written");
    sheet.write(3, 5, 13_800_000_000.0).expect("written");
    sheet.write(4, 1, "看情况站").expect("written");
    sheet.write(4, 4, "看情况").expect("written");
    workbook.save(&path).expect("saved");
    let issues = json(&["check", &path.to_string_lossy(), "--json"], 1);
    let rows: Vec<_> = issues
        .as_array()
        .expect("a list")
        .iter()
        .map(|issue| {
            (
                issue["code"].as_str().expect("a code"),
                issue["row"].as_u64(),
            )
        })
        .collect();
    // Row 5 as the spreadsheet shows it.
    assert!(
        rows.contains(&("hours_not_understood", Some(5))),
        "{rows:?}"
    );
    assert!(rows.contains(&("position_missing", Some(5))), "{rows:?}");
    let config = folder.write(
        "stations.toml",
        "[[source]]\npath = \"驿站.xlsx\"\ncrs = \"gcj02\"\n",
    );
    let data = folder.path("data").to_string_lossy().into_owned();
    out(&["build", "--config", &config, "--out", &data], 1);
    let csv = out(&["export", "--data", &data, "--format", "csv"], 0);
    assert!(
        csv.contains("13800000000") && !csv.contains("13800000000.0"),
        "{csv}"
    );
}

#[test]
fn a_broken_workbook_is_refused() {
    let folder = Folder::new();
    let path = folder.write("broken.xlsx", b"PK\x03\x04 not really a workbook");
    assert_eq!(
        json(&["check", &path, "--json"], 1)[0]["code"],
        "not_a_table"
    );
}

#[test]
fn both_coordinates_in_one_cell_and_geojson_are_read() {
    let placed = |name: &str, content: &str| {
        let folder = Folder::new();
        let list = folder.write(name, content);
        let output = stations(&["check", &list, "--lang", "en"]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            said.contains("1 stations, 1 with a position"),
            "{content}: {said}"
        );
    };
    placed("one.csv", "名称,经纬度\n甲,\"121.47,31.23\"\n");
    placed("two.csv", "名称,经纬度\n甲,\"31.23，121.47\"\n");
    placed("three.csv", "Nom;geo_point_2d\nParc;48.85, 2.35\n");
    placed(
        "four.geojson",
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Pool"},
            "geometry": {"type": "MultiPoint", "coordinates": [[-79.4, 43.7]]}}]}"#,
    );
}

#[test]
fn projected_metres_are_never_taken_for_degrees() {
    let folder = Folder::new();
    let list = folder.write(
        "utm.geojson",
        r#"{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"nombre": "Refugio"},
            "geometry": {"type": "Point", "coordinates": [727125.0, 4374262.0]}}]}"#,
    );
    let issues = json(&["check", &list, "--json"], 1);
    assert!(
        issues
            .as_array()
            .expect("a list")
            .iter()
            .any(|i| i["code"] == "position_invalid")
    );
}
