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

/// The rows of `tests/it/cases/hours_cn.tsv`: text, at, state, note, kind.
pub(crate) fn cases() -> Vec<Case> {
    let table = std::fs::read_to_string("tests/it/cases/hours_cn.tsv").expect("the cases");
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

#[test]
fn every_text_is_read_as_a_careful_person_reads_it() {
    let calendar = calendar();
    let wrong: Vec<String> = cases()
        .iter()
        .filter_map(|case| {
            let hours = hours::hours(&case.text, &calendar);
            let actual = hours.state_at(case.at, &calendar).name();
            (actual != case.state).then(|| {
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
