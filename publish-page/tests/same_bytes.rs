//! The page publishes what the tool publishes: the same files, byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use publish_page::workbench::{Published, Workbench, WorkbenchError};
use yizhan::cli::{Disk, write_dataset};
use yizhan::domain::civil::CivilTime;
use yizhan::publish::compressed::extension_of;
use yizhan::publish::{Config, FilesInMemory, Language, prepare, silent};

type Files = BTreeMap<String, Vec<u8>>;

fn now() -> CivilTime {
    "2026-07-15T12:00".parse().expect("a time")
}

fn files_in(folder: &Path) -> Files {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let files = entries.map(|entry| entry.expect("an entry").path());
    files
        .filter(|path| path.is_file())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            (name.into_owned(), std::fs::read(&path).expect("a file"))
        })
        .collect()
}

/// What the tool writes for a folder with a `stations.toml`.
fn by_the_tool(folder: &Path) -> Files {
    let config = Config::read(&folder.join("stations.toml"), &Disk).expect("settings");
    let mut prepared = prepare(&config, &Disk, &mut silent);
    let out = tempfile::tempdir().expect("a folder");
    let data = out.path().join("data");
    write_dataset(&config, &mut prepared, now(), &data, None, &mut silent).expect("a dataset");
    files_in(&data)
}

/// What the page makes of the same files.
fn by_the_page(files: &Files) -> Result<Files, WorkbenchError> {
    let settings = String::from_utf8(files["stations.toml"].clone()).expect("UTF-8");
    let is_data = |name: &str| name != "stations.toml" && extension_of(name) != "md";
    let sheets = files.iter().filter(|(name, _)| is_data(name));
    let sheets = sheets.map(|(name, bytes)| (name.clone(), bytes.clone()));
    let mut workbench = Workbench::new(sheets.collect(), Published::Nothing);
    workbench.check(&settings, Language::Zh, now(), &mut silent)?;
    Ok(workbench
        .build(&settings, &mut silent)?
        .into_iter()
        .collect())
}

fn check(folder: &Path) {
    let tool = by_the_tool(folder);
    let page = by_the_page(&files_in(folder)).expect("a dataset");
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&page), names(&tool));
    for (name, bytes) in &tool {
        assert!(page[name] == *bytes, "{name} differs");
    }
}

#[test]
fn the_demo_is_the_same() {
    check(Path::new("../data"));
}

#[test]
fn a_list_so_large_that_exports_are_compressed_in_one_pass_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut list = String::from("编号,名称,地址,经度,纬度,开放时间\n");
    for number in 0..2500 {
        let (east, north) = (number % 50, number / 50);
        let _ = writeln!(
            list,
            "s{number},测试{number}站,测试路{number}号,121.{:03},31.{:03},8:00-{}:30",
            400 + east,
            200 + north,
            17 + number % 5
        );
    }
    std::fs::write(folder.path().join("list.csv"), list).expect("written");
    let settings = "[dataset]\nedition = \"2026-07-01\"\n[[source]]\npath = \"list.csv\"\ncrs = \"gcj02\"\ncity = \"上海\"\n";
    std::fs::write(folder.path().join("stations.toml"), settings).expect("written");
    check(folder.path());
}

#[test]
fn nothing_is_built_before_somebody_names_the_datum() {
    let list = "名称,地址,经度,纬度\n甲,测试路1号,121.4,31.2\n";
    let files = vec![("list.csv".to_owned(), list.as_bytes().to_vec())];
    let mut workbench = Workbench::new(files, Published::Nothing);
    let checked = workbench
        .check("", Language::Zh, now(), &mut silent)
        .expect("checked");
    assert_eq!(checked.without_crs, ["list.csv"]);
    assert!(
        checked
            .issues
            .iter()
            .any(|issue| issue.problem.contains("坐标系"))
    );
    let error = workbench.build("", &mut silent).expect_err("refused");
    assert!(matches!(error, WorkbenchError::WithoutCrs(file) if file == "list.csv"));
}

#[test]
fn a_folder_is_written_only_if_a_build_wrote_all_that_is_in_it() {
    let settings =
        "[dataset]\nedition = \"2026-07-01\"\n[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\n";
    let workbench = |name: &str| {
        let list = format!("名称,地址,经度,纬度\n{name},测试路1号,121.4,31.2\n");
        let files = vec![("list.csv".to_owned(), list.into_bytes())];
        let mut workbench = Workbench::new(files, Published::Nothing);
        workbench
            .check(settings, Language::Zh, now(), &mut silent)
            .expect("checked");
        workbench
    };
    let into = |workbench: &mut Workbench, old: &Files| {
        let old: FilesInMemory = old.clone().into_iter().collect();
        workbench.build_into(settings, &old, &mut silent)
    };
    let (mut first, mut second) = (workbench("甲站"), workbench("乙站"));
    let new = into(&mut first, &Files::new()).expect("an empty folder");
    assert_eq!(new.fixed[0].0, "manifest.yz");
    assert_eq!(new.old, [""; 0]);
    let whole: Files = new.by_content.into_iter().chain(new.fixed).collect();
    let built: Files = first
        .build(settings, &mut silent)
        .expect("a dataset")
        .into_iter()
        .collect();
    assert_eq!(whole, built);

    // The next edition takes its place, and leaves nothing of it.
    let next = into(&mut second, &whole).expect("an old dataset");
    let written: Files = next.by_content.into_iter().chain(next.fixed).collect();
    let mut left = whole.clone();
    left.extend(written);
    left.retain(|name, _| !next.old.contains(name));
    let built: Files = second
        .build(settings, &mut silent)
        .expect("a dataset")
        .into_iter()
        .collect();
    assert_eq!(left, built);

    // One file more, or one that somebody edited.
    for (name, bytes) in [
        ("名单.xlsx", &b"PK"[..]),
        ("stations.csv", b"id,name\n"),
        ("cell-0123456789abcdef.yz", b"YZ"),
    ] {
        let mut folder = whole.clone();
        folder.insert(name.to_owned(), bytes.to_vec());
        let error = into(&mut second, &folder).expect_err("refused");
        assert!(matches!(error, WorkbenchError::ForeignFiles(names) if names.contains(name)));
    }
}

#[test]
fn columns_under_unknown_headings_are_told_and_can_be_named() {
    let list = "户外名单,,,\n甲项,乙项,丙项,丁项\n甲站,测试路1号,121.4,31.2\n";
    let files = vec![("list.csv".to_owned(), list.as_bytes().to_vec())];
    let mut workbench = Workbench::new(files, Published::Nothing);
    let mut settings =
        "[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\n[source.columns]\n".to_owned();
    for (field, heading) in [
        ("name", "甲项"),
        ("address", "乙项"),
        ("lon", "丙项"),
        ("lat", "丁项"),
    ] {
        let checked = workbench
            .check(&settings, Language::Zh, now(), &mut silent)
            .expect("checked");
        let headings: Vec<_> = checked.tables[0]
            .columns
            .iter()
            .map(|column| column.heading.as_str())
            .collect();
        assert_eq!(headings, ["甲项", "乙项", "丙项", "丁项"]);
        let _ = writeln!(settings, "{field} = \"{heading}\"");
    }
    let checked = workbench
        .check(&settings, Language::Zh, now(), &mut silent)
        .expect("checked");
    assert_eq!(checked.stations, 1);
}

/// A sheet with two faults, marked, corrected and read again.
#[test]
fn a_marked_workbook_is_read_again_without_its_marks_and_tells_which_rows_are_right_now() {
    let settings = "[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\n";
    let list = |hours: &str| {
        format!(
            "名称,地址,经度,纬度,开放时间\n甲,测试路1号,121.4,31.2,{hours}\n乙,测试路2号,121.41,31.2,看情况\n"
        )
    };
    let wrong = vec![("list.csv".to_owned(), list("有时开").into_bytes())];
    let mut workbench = Workbench::new(wrong, Published::Nothing);
    let first = workbench
        .check(settings, Language::Zh, now(), &mut silent)
        .expect("checked");
    let mut rows: Vec<_> = first.issues.iter().filter_map(|issue| issue.row).collect();
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows, [2, 3]);
    let marked = workbench
        .marked("list.csv", Language::Zh)
        .expect("a workbook");

    let settings = settings.replace("list.csv", "marked.xlsx");
    let again = vec![("marked.xlsx".to_owned(), marked.bytes)];
    let mut workbench = Workbench::new(again, Published::Nothing);
    let second = workbench
        .check(&settings, Language::Zh, now(), &mut silent)
        .expect("checked");
    assert_eq!(second.stations, 2);
    assert_eq!(second.corrected, []);
    let texts = |checked: &publish_page::checked::Checked| {
        let issues = checked.issues.iter();
        issues
            .map(|issue| issue.problem.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        texts(&second),
        texts(&first),
        "the marks are no part of the list"
    );

    // The clerk corrects row 2 and leaves the marks.
    let corrected = list("8:00-18:00").replace("开放时间\n", "开放时间,问题,怎么改\n");
    let corrected = corrected.replace("18:00\n", "18:00,看不懂,请改\n");
    let corrected = corrected.replace("看情况\n", "看情况,看不懂,请改\n");
    let files = vec![("list.csv".to_owned(), corrected.into_bytes())];
    let settings = settings.replace("marked.xlsx", "list.csv");
    let mut workbench = Workbench::new(files, Published::Nothing);
    let third = workbench
        .check(&settings, Language::Zh, now(), &mut silent)
        .expect("checked");
    let rows: Vec<_> = third.corrected.iter().map(|place| place.row).collect();
    assert_eq!(rows, [2]);
}
