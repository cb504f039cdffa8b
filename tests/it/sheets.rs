//! Sheets as unions and cities really send them: what they become, and what
//! is said about them.

use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use yizhan::cli::Disk;
use yizhan::domain::station::Station;
use yizhan::publish::{Config, Prepared, prepare, prepare_files, silent};

use super::running::Folder;

fn configured(folder: &Folder, toml: &str) -> Prepared {
    let path = folder.write("stations.toml", toml);
    let config = Config::read(Path::new(&path), &Disk).expect("a configuration");
    prepare(&config, &Disk, &mut silent)
}

fn read(path: &Path) -> Prepared {
    prepare_files(&[path.to_owned()], &Config::default(), &Disk, &mut silent)
}

/// A list without configuration.
fn list(name: &str, content: impl AsRef<[u8]>) -> Prepared {
    let folder = Folder::new();
    read(Path::new(&folder.write(name, content)))
}

fn names(prepared: &Prepared) -> Vec<&str> {
    prepared
        .stations
        .iter()
        .map(|station| station.name.as_str())
        .collect()
}

/// Codes and rows of what is more than a note.
fn faults(prepared: &Prepared) -> Vec<(&'static str, usize)> {
    said(prepared, |severity| severity != "note")
}

fn said(prepared: &Prepared, wanted: impl Fn(&str) -> bool) -> Vec<(&'static str, usize)> {
    prepared
        .issues
        .iter()
        .filter(|issue| wanted(issue.problem.severity().name()))
        .map(|issue| (issue.problem.code(), issue.row.unwrap_or_default()))
        .collect()
}

#[track_caller]
fn is_at(station: &Station, lon: f64, lat: f64) {
    let position = station.position.expect("a position");
    let off = (position.lon() - lon)
        .abs()
        .max((position.lat() - lat).abs());
    assert!(off < 1e-6, "{position:?}");
}

#[test]
fn a_workbook_with_a_title_a_cover_and_a_sheet_for_each_district_is_read_whole() {
    let folder = Folder::new();
    let path = folder.path("list.xlsx");
    let mut book = Workbook::new();
    let plain = Format::new();
    let cover = book.add_worksheet().set_name("填写说明").expect("a name");
    cover
        .write(0, 0, "请各区按表填写，7月1日前交")
        .expect("a cell");
    for (name, first) in [("黄浦", "外滩驿站"), ("浦东", "陆家嘴驿站")] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        sheet
            .merge_range(0, 0, 0, 4, "户外劳动者驿站一览表", &plain)
            .expect("a title");
        for (column, heading) in ["区县", "站点名称", "详细地址", "坐标", "联系电话"]
            .iter()
            .enumerate()
        {
            sheet
                .write(1, u16::try_from(column).expect("small"), *heading)
                .expect("a cell");
        }
        sheet
            .merge_range(2, 0, 3, 0, name, &plain)
            .expect("a district of two rows");
        for (row, (station, address)) in [(first, "一路1号"), ("二号站", "二路2号")]
            .iter()
            .enumerate()
        {
            let row = 2 + u32::try_from(row).expect("small");
            let unique = format!("{name}{station}");
            sheet.write(row, 1, &unique).expect("a cell");
            sheet.write(row, 2, *address).expect("a cell");
            sheet.write(row, 3, "31.2304,121.4737").expect("a cell");
            sheet.write(row, 4, 2_159_591_234.0).expect("a cell");
        }
    }
    let hidden = book
        .add_worksheet()
        .set_name("旧表")
        .expect("a name")
        .set_hidden(true);
    hidden.write(0, 0, "名称").expect("a cell");
    hidden.write(0, 1, "地址").expect("a cell");
    hidden.write(1, 0, "不再开放的站").expect("a cell");
    book.save(&path).expect("saved");

    let prepared = read(&path);
    assert_eq!(
        names(&prepared),
        ["黄浦外滩驿站", "黄浦二号站", "浦东陆家嘴驿站", "浦东二号站"]
    );
    let [_, second, ..] = prepared.stations.as_slice() else {
        panic!("four stations")
    };
    assert_eq!(
        (second.district.as_str(), second.phone.as_str()),
        ("黄浦", "2159591234")
    );
    is_at(second, 121.4737, 31.2304);
    let skipped: Vec<_> = said(&prepared, |_| true)
        .into_iter()
        .filter(|(code, _)| *code == "sheet_skipped")
        .collect();
    assert_eq!(skipped.len(), 2, "the cover and the hidden sheet");
}

#[test]
fn a_date_that_was_hours_or_an_address_is_reported_and_not_believed() {
    let folder = Folder::new();
    let path = folder.path("list.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["名称", "地址", "开放时间", "经度", "纬度"]
        .iter()
        .enumerate()
    {
        sheet
            .write(0, u16::try_from(column).expect("small"), *heading)
            .expect("a cell");
    }
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let date = ExcelDateTime::from_ymd(2026, 8, 30).expect("a day");
    sheet.write(1, 0, "甲").expect("a cell");
    sheet.write_with_format(1, 1, &date, &day).expect("a cell");
    sheet.write_with_format(1, 2, &date, &day).expect("a cell");
    sheet.write(1, 3, 121.4737).expect("a cell");
    sheet.write(1, 4, 31.2304).expect("a cell");
    book.save(&path).expect("saved");

    let prepared = read(&path);
    assert_eq!(
        faults(&prepared),
        [("cell_mangled", 2), ("cell_mangled", 2)]
    );
    assert!(prepared.stations[0].hours.timetable.is_none());
}

#[test]
fn titles_and_sums_between_the_stations_are_no_stations() {
    let prepared = list(
        "list.csv",
        "名称,地址,开放时间\n一、黄浦区,,\n甲,一路1号,全天\n二、浦东新区,,\n乙,二路2号,全天\n合计,,2\n",
    );
    assert_eq!(names(&prepared), ["甲", "乙"]);
    let noted: Vec<usize> = said(&prepared, |_| true)
        .into_iter()
        .filter_map(|(code, row)| (code == "not_a_station").then_some(row))
        .collect();
    assert_eq!(noted, [2, 4, 6]);
    assert_eq!(prepared.stations[0].district, "黄浦区");
    assert_eq!(prepared.stations[1].district, "浦东新区");
}

#[test]
fn swapped_columns_are_mended_where_the_place_is_known() {
    // Urumqi: both numbers are below 90, and only the datum tells that it is China.
    let folder = Folder::new();
    folder.write(
        "list.csv",
        "名称,地址,经度,纬度\n甲,一路1号,43.8256,87.6168\n",
    );
    let prepared = configured(
        &folder,
        "[[source]]\npath = \"list.csv\"\ncrs = \"gcj02\"\n",
    );
    assert_eq!(faults(&prepared), [("position_swapped", 2)]);
    let position = prepared.stations[0].position.expect("a position");
    assert!((87.0..88.0).contains(&position.lon()));
}

#[test]
fn two_numbers_below_ninety_in_one_cell_are_not_guessed() {
    let prepared = list("list.csv", "nombre;coordenadas\nRefugio;39.47, -0.37\n");
    assert_eq!(faults(&prepared), [("position_order_unclear", 2)]);
    let prepared = list("list.csv", "nombre;lat,lon\nRefugio;39.47, -0.37\n");
    assert_eq!(faults(&prepared), []);
    is_at(&prepared.stations[0], -0.37, 39.47);
}

#[test]
fn mangled_coordinates_are_read_or_refused_and_never_invented() {
    let prepared = list(
        "list.csv",
        "nombre;direccion;longitud;latitud\nA;Calle 1;-0,376;39,470\nB;Calle 2;121.473.701;31.230.400\n\
         C;Calle 3;121473701;31230400\nD;Calle 4;cerca;39,4\nE;Calle 5;0;0\n",
    );
    is_at(&prepared.stations[0], -0.376, 39.47);
    is_at(&prepared.stations[1], 121.473_701, 31.2304);
    assert!(
        prepared.stations[2..]
            .iter()
            .all(|station| station.position.is_none())
    );
    assert_eq!(
        faults(&prepared),
        [
            ("position_invalid", 4),
            ("position_invalid", 5),
            ("position_missing", 6)
        ]
    );
}

#[test]
fn national_metres_are_converted_where_the_grid_is_declared() {
    let folder = Folder::new();
    folder.write(
        "list.csv",
        "名称,地址,经度,纬度\n서울시청,세종대로 110,198056,551885\n",
    );
    let prepared = configured(
        &folder,
        "[[source]]\npath = \"list.csv\"\ncrs = \"EPSG:5186\"\n",
    );
    let position = prepared.stations[0].position.expect("a position");
    // Seoul's city hall.
    assert!((position.lon() - 126.978).abs() < 0.002 && (position.lat() - 37.566).abs() < 0.002);
}

#[test]
fn one_place_under_two_kinds_becomes_one_station_unless_that_is_forbidden() {
    let rows = "编号,名称,地址,经度,纬度,类型,开放时间,服务设施\n\
                a,百安加油站,百安路1号,121.2174,31.3144,司机之家,全天,热水\n\
                b,百安加油站,百安路1号,121.2174,31.3144,爱心接力站,全天,充电\n\
                c,百安加油站,百安路1号,121.2174,31.3144,公厕,9:00-17:00,\n\
                d,百安加油站,百安路99号,121.2274,31.3144,公厕,全天,\n";
    let folder = Folder::new();
    folder.write("list.csv", rows);
    let source = "[[source]]\npath = \"list.csv\"\ncrs = \"gcj02\"\n";
    let prepared = configured(&folder, source);
    let ids = |prepared: &Prepared| -> Vec<String> {
        prepared
            .stations
            .iter()
            .map(|station| station.id.clone())
            .collect()
    };
    assert_eq!(ids(&prepared), ["a", "c", "d"]);
    assert_eq!(prepared.stations[0].kinds, ["司机之家", "爱心接力站"]);
    assert_eq!(prepared.stations[0].features.present().count(), 2);
    assert_eq!(
        said(&prepared, |_| true),
        [("names_shared", 0), ("merged", 3), ("maybe_same", 4)]
    );
    let apart = configured(
        &folder,
        &format!("[dataset]\nkeep_apart = [[\"a\", \"b\"]]\n{source}"),
    );
    assert_eq!(ids(&apart), ["a", "b", "c", "d"]);
    let none = configured(&folder, &format!("[dataset]\nmerge = false\n{source}"));
    assert_eq!(ids(&none), ["a", "b", "c", "d"]);
}

#[test]
fn an_id_given_twice_costs_no_station() {
    let prepared = list(
        "list.csv",
        "编号,名称,地址,开放时间\n1,甲,一路1号,全天\n1,乙,二路2号,全天\n2,丙,三路3号,全天\n",
    );
    assert_eq!(names(&prepared), ["甲", "乙", "丙"]);
    assert!(faults(&prepared).contains(&("id_duplicate", 3)));
    assert_ne!(prepared.stations[0].id, prepared.stations[1].id);
}

#[test]
fn a_folder_is_a_source_and_each_of_its_files_is_named() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("lists")).expect("a folder");
    folder.write("lists/b.csv", "名称,地址,开放时间\n乙,二路2号,全天\n");
    folder.write("lists/a.csv", "名称,地址,开放时间\n甲,一路1号,全天\n");
    folder.write("lists/readme.md", "no list");
    let prepared = configured(&folder, "[[source]]\npath = \"lists\"\ncrs = \"gcj02\"\n");
    assert_eq!(names(&prepared), ["甲", "乙"]);
    let sources: Vec<&str> = prepared
        .issues
        .iter()
        .map(|issue| issue.source.as_str())
        .collect();
    assert!(
        sources.contains(&"lists/a.csv") && sources.contains(&"lists/b.csv"),
        "{sources:?}"
    );
}

#[test]
fn a_declared_encoding_is_used_and_an_unknown_one_refused() {
    let folder = Folder::new();
    let (bytes, _, _) =
        encoding_rs::SHIFT_JIS.encode("施設名,住所,利用時間\n図書館,一丁目1,9:00-17:00\n");
    folder.write("list.csv", bytes);
    let source = "[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\n";
    let prepared = configured(&folder, &format!("{source}encoding = \"shift_jis\"\n"));
    assert_eq!(names(&prepared), ["図書館"]);
    let prepared = configured(&folder, &format!("{source}encoding = \"klingon\"\n"));
    assert_eq!(faults(&prepared), [("encoding_not_known", 0)]);
}

#[test]
fn control_characters_and_broken_ones_are_issues_of_their_cells() {
    let mut bytes = "名称,地址,开放时间\n甲\u{0}乙,一路1号,全天\n"
        .as_bytes()
        .to_vec();
    bytes.extend("丙丁戊己庚辛".as_bytes());
    bytes.extend(b"\xe7\x94,");
    bytes.extend("二路2号,全天\n".as_bytes());
    let prepared = list("list.csv", bytes);
    assert_eq!(prepared.stations[0].name, "甲乙");
    let codes: Vec<_> = faults(&prepared)
        .into_iter()
        .filter(|(code, _)| *code != "position_missing")
        .collect();
    assert_eq!(codes, [("control_characters", 2), ("characters_broken", 3)]);
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_the_tool_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        list("list.csv", bytes);
    }

    #[test]
    fn no_row_with_a_name_and_an_address_is_lost(
        rows in proptest::collection::vec(("[一-十]{2,5}", "[a-z]{3,6}[0-9]{1,3}", "[0-9.,:;\" -]{0,12}", "\\PC{0,12}"), 1..12),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["名称", "地址", "经度", "纬度", "开放时间"]).expect("in memory");
        for (name, address, number, hours) in &rows {
            writer.write_record([name, address, number, number, hours]).expect("in memory");
        }
        let prepared = list("list.csv", writer.into_inner().expect("in memory"));
        let merged = prepared.issues.iter().filter(|issue| issue.problem.code() == "merged").count();
        proptest::prop_assert_eq!(prepared.stations.len() + merged, rows.len());
    }
}

/// A real list, unchanged: its rows, how many of them have a position, and what
/// is said about it, notes included.
struct List(&'static str, usize, usize, &'static [(&'static str, usize)]);

/// Counts that the lists' own descriptions give. The lists may not be shipped
/// with the project; they are beside it where it is developed and in CI.
const LISTS: [List; 11] = [
    List(
        "cn-zhengzhou/zhengzhou_82.csv",
        82,
        79,
        &[
            ("columns_unused", 1),
            ("crs_missing", 1),
            ("hours_missing", 60),
            ("position_far", 3),
        ],
    ),
    List(
        "cn-zhengzhou/stations.json",
        82,
        79,
        &[
            ("columns_personal", 1),
            ("columns_unused", 1),
            ("crs_missing", 1),
            ("position_far", 3),
        ],
    ),
    List(
        "cn-shanghai-anting/sites.json",
        26,
        23,
        &[
            ("address_apart", 1),
            ("columns_unused", 1),
            ("crs_missing", 1),
            ("merged", 2),
            ("position_far", 1),
            ("sheet_skipped", 1),
        ],
    ),
    List(
        "cn-web-lists/stations_from_pages.tsv",
        37,
        0,
        &[
            ("hours_missing", 13),
            ("maybe_same", 1),
            ("position_missing", 37),
        ],
    ),
    List(
        "kr-seoul/seoul_heat_shelters_2025.csv",
        3803,
        3799,
        &[
            ("address_apart", 5),
            ("columns_unused", 1),
            ("crs_missing", 1),
            ("hours_missing", 3803),
            ("ids_shared", 1),
            ("merged", 4),
            // Closed for works, in a column of remarks.
            ("perhaps_shut", 20),
        ],
    ),
    List(
        "fr-paris/paris_ilots_equipements_raw.csv",
        505,
        504,
        &[
            ("address_apart", 10),
            ("columns_unused", 1),
            ("crs_missing", 1),
            ("hours_doubtful", 88),
            ("hours_joined", 1),
            ("hours_missing", 388),
            ("hours_not_understood", 1),
            ("id_duplicate", 1),
            ("merged", 1),
            ("perhaps_shut", 3),
        ],
    ),
    List(
        "ca-toronto/toronto_heat_relief.geojson",
        822,
        822,
        &[
            ("address_apart", 1),
            ("columns_unused", 1),
            ("hours_joined", 1),
            ("hours_missing", 283),
            ("hours_not_understood", 2),
        ],
    ),
    List(
        "us-newyork-state/ny_cooling_centers_2024.csv",
        569,
        569,
        &[("crs_missing", 1), ("hours_not_understood", 200)],
    ),
    List(
        "es-valencia/J0_red_base.geojson",
        18,
        18,
        &[("columns_unused", 1), ("hours_missing", 18)],
    ),
    List(
        "es-valencia/fuentes_base.geojson",
        76,
        76,
        &[("columns_unused", 1), ("hours_missing", 76)],
    ),
    // Green areas without names: nobody could be sent to one.
    List(
        "es-valencia/candidatos_J2V.geojson",
        0,
        0,
        &[("no_heading", 1)],
    ),
];

#[test]
fn real_lists_give_the_stations_that_their_descriptions_promise() {
    let folder = Path::new("../shared/data");
    if !folder.exists() {
        return;
    }
    for List(path, rows, placed, codes) in LISTS {
        let prepared = read(&folder.join(path));
        let mut counts = std::collections::BTreeMap::new();
        for issue in &prepared.issues {
            *counts.entry(issue.problem.code()).or_insert(0) += 1;
        }
        let counts: Vec<(&str, usize)> = counts.into_iter().collect();
        assert_eq!(counts, codes, "{path}");
        assert_eq!(prepared.rows, rows, "{path}");
        let with_position = prepared
            .stations
            .iter()
            .filter(|station| station.position.is_some());
        assert_eq!(with_position.count(), placed, "{path}");
    }
}
