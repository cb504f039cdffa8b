//! Everything of a sheet is used or told, and what is not understood makes less open: the
//! rule on generated sheets, then samples of each kind on which a reader may be trapped.

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use yizhan::cli::Disk;
use yizhan::domain::civil::CivilTime;
use yizhan::domain::station::{Feature, Station};
use yizhan::publish::{Config, Prepared, prepare, silent};

use super::running::Folder;

const PLACE: &str = "121.473712,31.230437";

/// What becomes of a file, with its datum declared.
fn read(name: &str, content: impl AsRef<[u8]>) -> (Config, Prepared) {
    let folder = Folder::new();
    folder.write(name, content);
    read_in(&folder, name)
}

fn read_in(folder: &Folder, name: &str) -> (Config, Prepared) {
    let toml = format!("[[source]]\npath = \"{name}\"\ncrs = \"wgs84\"\ncity = \"上海\"\n");
    let path = folder.write("stations.toml", toml);
    let config = Config::read(path.as_ref(), &Disk).expect("a configuration");
    let prepared = prepare(&config, &Disk, &mut silent);
    (config, prepared)
}

fn is_open(config: &Config, station: &Station, at: &str) -> bool {
    let at: CivilTime = at.parse().expect("a time");
    station.hours.state_at(at, &config.calendar).is_open()
}

fn codes(prepared: &Prepared) -> Vec<&'static str> {
    let issues = prepared.issues.iter();
    issues.map(|issue| issue.problem.code()).collect()
}

fn names(prepared: &Prepared) -> Vec<&str> {
    let stations = prepared.stations.iter();
    stations.map(|station| station.name.as_str()).collect()
}

/// 2026-07-15 is a Wednesday.
const WEEK: [&str; 4] = [
    "2026-07-15T10:00",
    "2026-07-18T10:00",
    "2026-07-19T10:00",
    "2026-10-01T10:00",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// A column more, whatever its heading and its cell, opens nothing.
    #[test]
    fn another_column_makes_nothing_more_open(
        heading in prop_oneof!["[开停闭休运状日时周季备说其][放用馆息行态期间明他]", "[A-Z][a-z]{2,8}", Just("休息日".to_owned()), Just("状态".to_owned()), Just("备注".to_owned())],
        cell in prop_oneof!["周[一二三四五六日]", "[7-9]月[1-9]日至[7-9]月28日", "[一-龥]{1,6}", Just("暂停开放".to_owned()), Just("否".to_owned()), Just("9:00-12:00".to_owned())],
    ) {
        let without = format!("名称,地址,经度,纬度,开放时间\n甲站,一路1号,{PLACE},9:00-17:00\n");
        let with = format!("名称,地址,经度,纬度,开放时间,{heading}\n甲站,一路1号,{PLACE},9:00-17:00,{cell}\n");
        let (config, before) = read("list.csv", without);
        let (_, after) = read("list.csv", &with);
        for station in &after.stations {
            for at in WEEK {
                prop_assert!(
                    !is_open(&config, station, at) || is_open(&config, &before.stations[0], at),
                    "{} is open at {}", with, at
                );
            }
            prop_assert!(!is_open(&config, station, "2026-07-15T20:00"), "{}", with);
        }
    }

    /// A column that is filled and used for nothing is named.
    #[test]
    fn a_column_that_is_not_used_is_named(heading in "[甲乙丙丁戊己庚辛壬癸]{3,6}", cell in "[一-龥]{1,5}") {
        let (_, prepared) = read(
            "list.csv",
            format!("名称,地址,经度,纬度,开放时间,{heading}\n甲站,一路1号,{PLACE},9:00-17:00,{cell}\n"),
        );
        let is_told = prepared.issues.iter().any(|issue| issue.problem.zh().contains(&heading));
        prop_assert!(is_told || prepared.issues.iter().any(|issue| issue.problem.zh().contains(&cell)));
    }

    /// Sums and remarks below the stations, whatever stands beside them, are none.
    #[test]
    fn what_stands_below_is_no_station(
        word in prop_oneof![Just("合计"), Just("总计："), Just("共3个站点"), Just("注：以现场为准"), Just("填表人：某"), Just("Total")],
        address in "[一-龥0-9]{0,6}",
        hours in "[0-9]{0,3}",
    ) {
        let (_, prepared) = read(
            "list.csv",
            format!("名称,地址,经度,纬度,开放时间\n甲站,一路1号,{PLACE},9:00-17:00\n{word},{address},,,{hours}\n"),
        );
        prop_assert_eq!(names(&prepared), ["甲站"]);
        prop_assert!(codes(&prepared).contains(&"not_a_station"));
    }
}

/// A station in a row of five columns and one more.
#[track_caller]
fn check(heading: &str, cell: &str, expected: [bool; 4]) {
    let (config, prepared) = read(
        "list.csv",
        format!("名称,地址,经度,纬度,{heading}\n甲站,一路1号,{PLACE},{cell}\n"),
    );
    let open = WEEK.map(|at| {
        prepared
            .stations
            .iter()
            .any(|station| is_open(&config, station, at))
    });
    assert_eq!(open, expected, "{heading} / {cell}: {:?}", codes(&prepared));
}

#[test]
fn hours_in_several_columns_are_joined_or_unknown() {
    let (always, never) = ([true; 4], [false; 4]);
    check(
        "开放日期,开放时间",
        "周一至周五,9:00-17:00",
        [true, false, false, true],
    );
    check("开放日期,开放时间", ",9:00-17:00", never);
    check(
        "服务时间,休息日",
        "9:00-17:00,周三",
        [false, true, true, true],
    );
    check("服务时间,休息日", "9:00-17:00,无", always);
    check("服务时间,每周停用", "9:00-17:00,周三", never);
    check(
        "周三,周四,周六",
        "9:00-17:00,9:00-17:00,休息",
        [true, false, false, true],
    );
    check("开门时间,关门时间", "9:00,17:00", always);
    check("工作日开放时间", "9:00-17:00", [true, false, false, false]);
    check("值班时间", "9:00-17:00", never);
    check("服务时间（志愿者）", "9:00-17:00", never);
    check("开放时间,特殊开放时间", "9:00-17:00,见公告", never);
    check(
        "hours.monday,hours.wednesday",
        "9:00-17:00,9:00-17:00",
        [true, false, false, false],
    );
    check("开放时间,开放月份", "9:00-17:00,10月至次年4月", never);
}

#[test]
fn words_that_close_are_heeded_wherever_they_stand() {
    for (heading, cell) in [
        ("开放时间,状态", "9:00-17:00,装修中"),
        ("开放时间,状态", "9:00-17:00,待核实"),
        ("开放时间,是否开放", "9:00-17:00,否"),
        ("开放时间,是否停用", "9:00-17:00,是"),
        ("开放时间,备注", "9:00-17:00,暂停开放（装修至9月底）"),
        ("开放时间,备注", "9:00-17:00,门锁着"),
        ("开放时间,其他", "9:00-17:00,已搬到对面"),
        ("开放时间,permanently_closed", "9:00-17:00,是"),
        ("开放时间,有效期", "9:00-17:00,至2026年6月"),
    ] {
        check(heading, cell, [false; 4]);
    }
    for (heading, cell) in [
        ("开放时间,状态", "9:00-17:00,正常"),
        ("开放时间,备注", "9:00-17:00,自带水杯，停车方便"),
        ("开放时间,备注", "9:00-17:00,自助饮水，请随手关门"),
        ("开放时间,审核状态", "9:00-17:00,已审核"),
        ("开放时间,建成时间", "9:00-17:00,2019年5月"),
        ("开放时间,所属街道", "9:00-17:00,休宁街道"),
    ] {
        check(heading, cell, [true; 4]);
    }
    check(
        "开放时间,备注",
        "9:00-17:00,周三闭馆",
        [false, true, true, true],
    );
}

#[test]
fn names_may_say_that_a_station_is_shut_and_numbers_do_not() {
    let rows = [
        "甲站（已撤）",
        "乙站（装修中）",
        "丙站 2",
        "丁站（3）",
        "戊站（一楼）",
        "关门弄驿站",
    ];
    let list: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(index, name)| format!("{name},{index}路1号,{PLACE},9:00-17:00\n"))
        .collect();
    let list = list.concat();
    let (config, prepared) = read("list.csv", format!("名称,地址,经度,纬度,开放时间\n{list}"));
    let open: Vec<&str> = prepared
        .stations
        .iter()
        .filter(|station| is_open(&config, station, WEEK[0]))
        .map(|station| station.name.as_str())
        .collect();
    assert_eq!(open, &rows[2..]);
    assert!(!names(&prepared).contains(&rows[0]));
}

#[test]
fn facilities_are_there_only_where_the_sheet_says_so() {
    let claims = |heading: &str, cell: &str| {
        let (_, prepared) = read(
            "list.csv",
            format!("名称,地址,经度,纬度,开放时间,{heading}\n甲站,一路1号,{PLACE},全天,{cell}\n"),
        );
        prepared.stations[0].features.has(Feature::HotWater)
    };
    for (heading, cell) in [
        ("热水", "√"),
        ("热水", "有"),
        ("热水", "2台"),
        ("是否有热水", "是"),
        ("服务设施", "空调、热水"),
        ("服务设施", "24小时热水供应"),
        ("服务设施", "☑热水 ☐空调"),
    ] {
        assert!(claims(heading, cell), "{heading} {cell}");
    }
    for (heading, cell) in [
        ("热水", "×"),
        ("热水", "无"),
        ("热水", "0"),
        ("热水", "需2台"),
        ("热水", "2027年安装"),
        ("热水（负责人）", "√"),
        ("服务设施", "空调、热水：无"),
        ("服务设施", "热水（申请中）"),
        ("服务设施", "热水自备"),
        ("服务设施", "空调、热水均无"),
        ("服务设施", "[ ]热水 [x]空调"),
        ("设施（缺少的）", "热水"),
    ] {
        assert!(!claims(heading, cell), "{heading} {cell}");
    }
}

#[test]
fn what_belongs_to_people_is_not_published_unless_that_is_asked_for() {
    let sheet = format!(
        "名称,地址,经度,纬度,开放时间,联系人,联系电话,备注\n\
         甲站,一路1号,{PLACE},全天,王某,13800000001,找李某 138 0000 0002；有坡道\n\
         乙站,二路2号,121.48,31.24,全天,赵某,021-00000003,\n"
    );
    let (_, prepared) = read("list.csv", &sheet);
    let published = format!("{:?}", prepared.stations);
    for word in ["王某", "赵某", "13800000001", "0002"] {
        assert!(!published.contains(word), "{word}");
    }
    assert!(published.contains("021-00000003") && published.contains("有坡道"));
    assert!(codes(&prepared).contains(&"columns_personal"));
    let folder = Folder::new();
    folder.write("list.csv", &sheet);
    let toml = folder.write(
        "stations.toml",
        "[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\npublish_contacts = true\n",
    );
    let config = Config::read(toml.as_ref(), &Disk).expect("a configuration");
    let published = format!("{:?}", prepare(&config, &Disk, &mut silent).stations);
    assert!(published.contains("13800000001") && published.contains("0002"));
}

#[test]
fn one_position_at_the_other_end_of_the_country_is_withheld_in_a_small_district_too() {
    let near = |n: u32| format!("{n}号站,{n}路1号,外滩街道,121.47{n}1,31.23{n}1,全天\n");
    // Of three in a district, too, the one apart is wrong.
    for count in [2, 3] {
        let list: String = (1..=count).map(near).collect();
        let (_, prepared) = read(
            "list.csv",
            format!(
                "名称,地址,街道,经度,纬度,开放时间\n{list}远站,远路1号,外滩街道,121.3823,36.2479,全天\n"
            ),
        );
        let placed: Vec<&str> = prepared
            .stations
            .iter()
            .filter(|station| station.position.is_some())
            .map(|station| station.name.as_str())
            .collect();
        assert_eq!(placed, ["1号站", "2号站", "3号站"][..count as usize]);
        assert_eq!(prepared.rejected[0].name, "远站");
    }
}

#[test]
fn a_heading_on_another_datum_withholds_all_positions() {
    let sheet = "名称,地址,lng_gcj02,lat_gcj02,开放时间\n甲站,一路1号,121.478235,31.228495,全天\n";
    let (_, prepared) = read("list.csv", sheet);
    assert!(prepared.stations[0].position.is_none());
    assert!(codes(&prepared).contains(&"crs_contradicts"));
}

#[test]
fn tables_side_by_side_are_both_read() {
    let (_, prepared) = read(
        "list.csv",
        "名称,地址,经度,纬度,,名称,地址,经度,纬度\n\
         甲站,一路1号,121.4711,31.2311,,乙站,二路2号,121.4722,31.2322\n",
    );
    assert_eq!(names(&prepared), ["甲站", "乙站"]);
}

/// Five tables one below the other, whose titles say what their stations are; telephone lists and
/// events on other sheets.
#[test]
fn stacked_tables_get_their_kinds_from_their_titles_and_lists_of_people_none() {
    let folder = Folder::new();
    let mut book = Workbook::new();
    let plain = Format::new();
    let sheet = book.add_worksheet().set_name("阵地").expect("a name");
    let kinds = [
        "户外职工爱心接力站",
        "工会驿站",
        "司机之家",
        "合作商户",
        "公共厕所",
    ];
    let mut row = 0;
    sheet
        .merge_range(row, 0, row, 4, "某区服务阵地一览表", &plain)
        .expect("a title");
    let mut count = 0;
    for (table, kind) in kinds.iter().enumerate() {
        row += 1;
        let title = format!(
            "{}、{kind}（{}个）",
            ["一", "二", "三", "四", "五"][table],
            5 + table % 2
        );
        sheet
            .merge_range(row, 0, row, 4, &title, &plain)
            .expect("a title");
        row += 1;
        for (column, heading) in (0_u16..).zip(["序号", "名称", "地址", "坐标", "开放时间"])
        {
            sheet.write(row, column, heading).expect("a cell");
        }
        for number in 1..=u32::try_from(5 + table % 2).expect("small") {
            row += 1;
            count += 1;
            sheet.write(row, 0, number).expect("a cell");
            sheet
                .write(row, 1, format!("{table}组{number}号点"))
                .expect("a cell");
            sheet
                .write(row, 2, format!("{table}路{number}号"))
                .expect("a cell");
            let position = format!("121.47{table}{number}1,31.23{table}{number}1");
            sheet.write(row, 3, position).expect("a cell");
            sheet.write(row, 4, "9:00-17:00").expect("a cell");
        }
    }
    row += 1;
    for (column, cell) in (0_u16..).zip(["姓名", "单位", "职务", "手机"]) {
        sheet.write(row, column, cell).expect("a cell");
    }
    for (column, cell) in (0_u16..).zip(["王某", "某街道", "干事", "13800000001"]) {
        sheet.write(row + 1, column, cell).expect("a cell");
    }
    for (name, rows) in [
        (
            "通讯录",
            [["姓名", "部门", "电话"], ["李某", "办公室", "021-00000001"]],
        ),
        (
            "活动",
            [
                ["活动名称", "时间", "地点"],
                ["送清凉", "7月15日 14:00", "某广场"],
            ],
        ),
        (
            "热线",
            [["名称", "部门", "电话"], ["服务热线", "总工会", "12351"]],
        ),
    ] {
        let sheet = book.add_worksheet().set_name(name).expect("a name");
        for (row, cells) in (0_u32..).zip(rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                sheet.write(row, column, cell).expect("a cell");
            }
        }
    }
    book.save(folder.path("list.xlsx")).expect("saved");
    let (_, prepared) = read_in(&folder, "list.xlsx");
    assert_eq!(count, 27);
    assert_eq!(prepared.stations.len(), count, "{:?}", names(&prepared));
    for station in &prepared.stations {
        let table: usize = station.name[..1].parse().expect("the table's number");
        assert_eq!(station.kinds, [kinds[table]], "{}", station.name);
    }
    let told = codes(&prepared);
    assert!(told.contains(&"not_stations") && told.contains(&"sheet_skipped"));
}

#[test]
fn lists_in_lists_are_stations_only_where_they_lead_somewhere() {
    let (_, prepared) = read(
        "list.json",
        r#"{"meta": {"name": "导出", "count": 3},
            "open": [{"name": "甲站", "address": "一路1号", "lat": 31.2311, "lon": 121.4711, "hours": "全天",
                "staff": [{"name": "王某", "phone": "13800000001"}],
                "nearby": [{"name": "超市", "lat": 31.2344, "lon": 121.4744}]}],
            "closed_stations": [{"name": "乙站", "address": "二路2号", "lat": 31.2322, "lon": 121.4722, "hours": "全天"}]}"#,
    );
    let mut found = names(&prepared);
    found.sort_unstable();
    assert_eq!(found, ["乙站", "甲站"]);
    let is_known = |station: &&Station| station.hours.timetable.is_some();
    let known: Vec<&str> = prepared
        .stations
        .iter()
        .filter(is_known)
        .map(|station| station.name.as_str())
        .collect();
    assert_eq!(
        known,
        ["甲站"],
        "the list's own name says that 乙站 is shut"
    );
}
