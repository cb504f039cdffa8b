//! Opening hours as printed by unions, against what a careful person says.

use yizhan::domain::calendar::Calendar;
use yizhan::domain::civil::CivilTime;
use yizhan::publish::calendar::read_calendar;
use yizhan::publish::hours;

pub(crate) fn calendar() -> Calendar {
    let json = std::fs::read_to_string("data/calendar.json").expect("the demo's calendar");
    read_calendar(&json).expect("the demo's calendar is well-formed")
}

pub(crate) struct Case {
    pub(crate) text: String,
    at: CivilTime,
    state: String,
    note: String,
}

/// Printed by unions, towns and maps.
pub(crate) fn cases() -> Vec<Case> {
    read_cases("tests/it/cases/hours_cn.tsv")
}

/// Where readers that guess are wrong.
pub(crate) fn field_cases() -> Vec<Case> {
    read_cases("tests/it/cases/hours_field.tsv")
}

/// Columns: text, at, state (or several, where each is right), note, kind.
fn read_cases(path: &str) -> Vec<Case> {
    let table = std::fs::read_to_string(path).expect("the cases");
    table
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Case {
                text: cells[0]
                    .replace("\\n", "\n")
                    .replace("\\t", "\t")
                    .replace("\\\\", "\\"),
                at: cells[1].parse().expect("a time"),
                state: cells[2].to_owned(),
                note: cells[3].to_owned(),
            }
        })
        .collect()
}

#[track_caller]
fn check_all(cases: &[Case]) {
    let calendar = calendar();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let hours = hours::hours(&case.text, &calendar);
            let actual = hours.state_at(case.at, &calendar).name();
            let is_right = case.state.split('|').any(|state| state == actual);
            (!is_right).then(|| {
                let reading = hours::read(&case.text, &calendar)
                    .map(|timetable| hours::to_osm(&timetable, &calendar));
                format!(
                    "{:?} at {}: {actual}, expected {} ({}); read as {reading:?}",
                    case.text, case.at, case.state, case.note
                )
            })
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_text_is_read_as_a_careful_person_reads_it() {
    check_all(&cases());
}

#[test]
fn texts_on_which_guesses_fail_are_read_as_a_careful_person_reads_them() {
    check_all(&field_cases());
}

/// 446 texts that were written to mislead. Not all are read, and none is called open.
#[test]
fn no_text_that_was_written_to_mislead_is_called_open() {
    let calendar = calendar();
    let lists = ["hours_misleading.tsv", "hours_neighbours.tsv"]
        .map(|list| format!("tests/it/cases/{list}"));
    for case in lists.iter().flat_map(|list| read_cases(list)) {
        let state = hours::hours(&case.text, &calendar).state_at(case.at, &calendar);
        assert!(
            !state.is_open() || case.state.contains("open") || case.state.contains("closing_soon"),
            "{:?} at {}: {state:?}, expected {} ({})",
            case.text,
            case.at,
            case.state,
            case.note
        );
    }
}

#[test]
fn other_ways_of_writing_are_read_too() {
    let calendar = calendar();
    for (text, expected) in [
        ("周一至周日9:00-21:00", "09:00-21:00"),
        (
            "8:00—20:00(周一到周五) 9:00-18:00(周六日)",
            "Mo-Fr 08:00-20:00; Sa,Su 09:00-18:00",
        ),
        (
            "周一至周五8:30-11:30,13:30-17:00(法定节假日除外)",
            "Mo-Fr 08:30-11:30,13:30-17:00; PH off",
        ),
        ("9:00-17:00（周一闭馆）", "09:00-17:00; Mo off"),
        ("早8点-晚10点", "08:00-22:00"),
        ("8:00-次日2:00", "08:00-02:00"),
        ("全年365天24小时开放", "24/7"),
        (
            "周一到周五 8:30~11:30 13:00~17:00 周六 9:00~11:00",
            "Mo-Fr 08:30-11:30,13:00-17:00; Sa 09:00-11:00",
        ),
        (
            "5月-10月 8:00-18:00；11月-4月 8:30-17:30",
            "May 01-Oct 31 08:00-18:00; Nov 01-Apr 30 08:30-17:30",
        ),
        ("除周一外 9:00-17:00", "09:00-17:00; Mo off"),
        (
            "周一至周五 9:00-17:00 双休日、节假日休息",
            "Mo-Fr 09:00-17:00; Sa,Su off; PH off",
        ),
        (
            "9:00-17:00 周一至周五，节假日休息",
            "Mo-Fr 09:00-17:00; PH off",
        ),
        (
            "周一至周五 8:30-17:00，中午12:00-13:30休息，周六 9:00-12:00",
            "Mo-Fr 08:30-12:00,13:30-17:00; Sa 09:00-12:00",
        ),
        ("周一、三、五 9:00-17:00", "Mo,We,Fr 09:00-17:00"),
        ("每周三下午14:00-16:00", "We 14:00-16:00"),
        ("每月最后一个周五 13:00-16:00", "Fr[-1] 13:00-16:00"),
        ("暂停开放", "off"),
        ("周一至周五 8:30-17:00，以现场为准", "Mo-Fr 08:30-17:00"),
        ("Monday - Friday: 9am - 5pm", "Mo-Fr 09:00-17:00"),
        (
            "Tue-Sun 10:00-18:00, closed Monday",
            "Tu-Su 10:00-18:00; Mo off",
        ),
        (
            "周五、周六 10:00-23:00，其余 10:00-22:00",
            "10:00-22:00; Fr,Sa 10:00-23:00",
        ),
        (
            "平时 9:00-17:00 节假日 10:00-16:00",
            "09:00-17:00; PH 10:00-16:00",
        ),
        ("00:00-23:59", "24/7"),
        (
            "Mo-Fr 08:00-18:00; Sa 09:00-12:00; PH off",
            "Mo-Fr 08:00-18:00; Sa 09:00-12:00; PH off",
        ),
    ] {
        let read = hours::read(text, &calendar).map(|read| hours::to_osm(&read, &calendar));
        assert_eq!(read.as_deref(), Ok(expected), "{text}");
    }
}

#[test]
fn what_a_careful_person_would_not_be_sure_of_is_refused() {
    for text in [
        "单日8:00-12:00",
        "隔周周六 9:00-12:00",
        "每月1日、15日 9:00-11:00",
        "看情况",
        "9:00-17:00（需提前预约）",
        "9-5",
        "Sat: 11:00 PM - 4:00 PM",
        "20:00-12:00",
        "同商场营业时间",
        "上午",
        "9:00起",
        "至22:00",
    ] {
        assert!(hours::read(text, &calendar()).is_err(), "{text}");
    }
}

/// Hours with something added that nobody can read must never stay open.
#[test]
fn no_text_with_an_unknown_word_in_it_is_ever_open() {
    let calendar = calendar();
    for case in cases() {
        for word in ["暂缓", "另议", "约", "左右", "？", "仅限内部", "拆迁"] {
            for text in [
                format!("{}{word}", case.text),
                format!("{word}{}", case.text),
            ] {
                let state = hours::hours(&text, &calendar).state_at(case.at, &calendar);
                assert!(!state.is_open(), "{text}: {state:?}");
            }
        }
    }
}
