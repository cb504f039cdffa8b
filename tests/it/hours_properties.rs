//! What must hold of every text about opening hours, tried with generated ones.
//!
//! A minute is open or closed only where all readings agree; what is not understood, and
//! what closes, can only make less open.

use std::sync::LazyLock;

use proptest::prelude::*;
use yizhan::domain::calendar::Calendar;
use yizhan::domain::civil::{CivilTime, Day};
use yizhan::domain::opening::Opening;
use yizhan::domain::timetable::{OpenState, open_state_at};
use yizhan::publish::hours::{self, timetable_of_osm, to_osm};

use super::hours::{calendar, cases, field_cases};

static CALENDAR: LazyLock<Calendar> = LazyLock::new(calendar);

/// Minutes of an ordinary week, of one with a holiday and of one with a make-up day.
static TIMES: LazyLock<Vec<CivilTime>> = LazyLock::new(|| {
    ["2026-07-13", "2026-09-28", "2026-02-09"]
        .iter()
        .flat_map(|monday| {
            let start: CivilTime = format!("{monday}T00:10").parse().expect("a time");
            (0..7 * 24 * 60 / 50).map(move |step| start.plus_minutes(step * 50))
        })
        .collect()
});

/// What a text says of the door at all [`TIMES`]; unknown all the time if it is not understood.
fn states(text: &str) -> Vec<Said> {
    let Ok(timetable) = hours::read(text, &CALENDAR) else {
        return vec![Said::Unknown; TIMES.len()];
    };
    let mut line = (Day(0), Vec::new());
    TIMES
        .iter()
        .map(|time| {
            if line.0 != time.day() {
                line = (time.day(), timetable.line(time.day(), &CALENDAR));
            }
            match open_state_at(&line.1, time.minute()) {
                OpenState::Open => Said::Open,
                OpenState::Shut => Said::Closed,
                OpenState::Unknown => Said::Unknown,
            }
        })
        .collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Open,
    Closed,
    Unknown,
}

/// Fails where `after` is open and `before` is not.
#[track_caller]
fn check_no_more_open(before: &str, after: &str) {
    let (said, says) = (states(before), states(after));
    for ((time, said), says) in TIMES.iter().zip(said).zip(says) {
        assert!(
            !(says == Said::Open && said != Said::Open),
            "{before:?} is {said:?} at {time}, and {after:?} is open"
        );
    }
}

/// Fails where `other` says anything but what `text` says, or that it does not know.
fn check_same_or_unknown(text: &str, other: &str) -> Result<(), TestCaseError> {
    for ((time, said), says) in TIMES.iter().zip(states(text)).zip(states(other)) {
        prop_assert!(
            says == said || says == Said::Unknown || said == Said::Unknown,
            "{:?} is {:?} at {}, and {:?} is {:?}",
            text,
            said,
            time,
            other,
            says
        );
    }
    Ok(())
}

fn known_texts() -> Vec<String> {
    let mut texts: Vec<String> = cases().into_iter().map(|case| case.text).collect();
    texts.extend(field_cases().into_iter().map(|case| case.text));
    texts.sort();
    texts.dedup();
    texts
}

const JOINTS: [&str; 5] = ["，", "；", " ", "\n", "（"];

fn joined(text: &str, joint: &str, more: &str) -> String {
    let close = if joint == "（" { "）" } else { "" };
    format!("{text}{joint}{more}{close}")
}

#[test]
fn a_clause_that_nobody_knows_opens_nothing() {
    for text in known_texts() {
        for clause in [
            "仅限持证人员使用",
            "参照二号馆",
            "see the other door",
            "별도 문의",
            "按规定执行",
        ] {
            for joint in JOINTS {
                for changed in [
                    joined(&text, joint, clause),
                    format!("{clause}{joint}{text}"),
                ] {
                    assert!(!states(&changed).contains(&Said::Open), "{changed:?}");
                }
            }
        }
    }
}

#[test]
fn a_clause_that_closes_opens_nothing() {
    let closures = [
        "周日休息",
        "周一闭馆",
        "周六、周日不开放",
        "节假日休息",
        "法定节假日不开放",
        "10月1日闭馆",
        "closed Monday",
        "定休日：月曜",
        "周三下午闭馆",
        "春节期间休息",
        "冬季关闭",
    ];
    for text in known_texts() {
        for closure in closures {
            for joint in JOINTS {
                check_no_more_open(&text, &joined(&text, joint, closure));
            }
        }
    }
}

#[test]
fn a_remark_opens_nothing() {
    let remarks = [
        "以现场为准",
        "免费",
        "欢迎光临",
        "最晚16:00入场",
        "装修中",
        "试运行",
        "取餐时间11:00-13:00",
        "请致电",
        "二楼9:00-17:00",
        "中午休息",
        "12:00-13:00休息",
        "另行通知",
        "全年无休",
        "因故",
    ];
    for text in known_texts() {
        // With nothing before it a floor's hours are all that is said.
        if !states(&text).contains(&Said::Open) {
            continue;
        }
        for remark in remarks {
            // The times of a break take the doubt from one without times.
            if text.contains("中午休息") && remark.ends_with("13:00休息") {
                continue;
            }
            // Where the hours are unknown, those of a floor may be all that is said.
            if remark.starts_with("二楼") && states(&text).contains(&Said::Unknown) {
                continue;
            }
            for joint in JOINTS {
                check_no_more_open(&text, &joined(&text, joint, remark));
            }
        }
    }
}

#[test]
fn what_is_read_reads_the_same_once_it_is_written_as_osm() {
    for text in known_texts() {
        let Ok(timetable) = hours::read(&text, &CALENDAR) else {
            continue;
        };
        let osm = to_osm(&timetable, &CALENDAR);
        let again =
            timetable_of_osm(&osm).unwrap_or_else(|error| panic!("{text:?}: {osm}: {error}"));
        for time in TIMES.iter() {
            let name = |state: Opening| state.name();
            assert_eq!(
                name(again.state_at(*time, &CALENDAR)),
                name(timetable.state_at(*time, &CALENDAR)),
                "{text:?} at {time}: {osm}"
            );
        }
    }
}

// ---- generated texts -----------------------------------------------------------

/// Days, none of which is in two of these.
const DAYS: [&str; 5] = ["周一至周三", "周四", "周五", "周六", "周日"];

fn time_spans() -> impl Strategy<Value = String> {
    let one = (6_u8..11, 14_u8..22).prop_map(|(from, to)| format!("{from}:00-{to}:30"));
    let two = (6_u8..9, 10_u8..12, 13_u8..15, 16_u8..22)
        .prop_map(|(a, b, c, d)| format!("{a}:30-{b}:00,{c}:00-{d}:00"));
    prop_oneof![one, two, Just("24小时".to_owned())]
}

/// Clauses about different days, and which separator stands before each.
fn clauses() -> impl Strategy<Value = Vec<(String, usize)>> {
    let clause = (time_spans(), any::<bool>(), 0_usize..4);
    (
        proptest::collection::vec(clause, 2..5),
        Just(DAYS.to_vec()).prop_shuffle(),
    )
        .prop_map(|(clauses, days)| {
            clauses
                .into_iter()
                .zip(days)
                .map(|((spans, is_open, joint), days)| {
                    let what = if is_open { spans } else { "休息".to_owned() };
                    (format!("{days}{what}"), joint)
                })
                .collect()
        })
}

fn text_of(clauses: &[(String, usize)], joints: &[usize]) -> String {
    let mut text = String::new();
    for (index, (clause, _)) in clauses.iter().enumerate() {
        if index > 0 {
            text += JOINTS[joints[index] % 4];
        }
        text += clause;
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn the_order_of_independent_clauses_changes_nothing(
        (clauses, shuffled) in clauses().prop_flat_map(|clauses| (Just(clauses.clone()), Just(clauses).prop_shuffle())),
    ) {
        let joints = vec![1; clauses.len()];
        let (one, other) = (text_of(&clauses, &joints), text_of(&shuffled, &joints));
        prop_assert_eq!(states(&one), states(&other), "{} / {}", one, other);
    }

    #[test]
    fn other_separators_say_the_same_or_leave_it_open(
        clauses in clauses(),
        joints in proptest::collection::vec(0_usize..4, 5),
    ) {
        let one = text_of(&clauses, &[1; 5]);
        let other = text_of(&clauses, &joints);
        check_same_or_unknown(&one, &other)?;
    }

    #[test]
    fn hours_before_their_days_say_the_same_or_leave_it_open(
        spans in proptest::collection::vec(time_spans(), 2..4),
        days in Just(DAYS.to_vec()).prop_shuffle(),
        joints in proptest::collection::vec(0_usize..4, 5),
    ) {
        let prefix: Vec<_> = spans.iter().zip(&days).map(|(spans, days)| (format!("{days}{spans}"), 1)).collect();
        let postfix: Vec<_> = spans.iter().zip(&days).map(|(spans, days)| (format!("{spans}（{days}）"), 1)).collect();
        check_same_or_unknown(&text_of(&prefix, &[1; 5]), &text_of(&postfix, &joints))?;
    }

    #[test]
    fn taking_a_closure_away_closes_nothing(clauses in clauses(), joints in proptest::collection::vec(0_usize..4, 5)) {
        for (at, (clause, _)) in clauses.iter().enumerate() {
            if !clause.ends_with("休息") {
                continue;
            }
            let mut fewer = clauses.clone();
            fewer.remove(at);
            if fewer.iter().any(|(clause, _)| !clause.ends_with("休息")) {
                check_no_more_open(&text_of(&fewer, &joints), &text_of(&clauses, &joints));
            }
        }
    }
}
