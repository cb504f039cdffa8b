//! Our evaluator against the `opening-hours` crate, over two whole years.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use opening_hours::{Context, ContextHolidays, OpeningHours};
use opening_hours_syntax::rules::RuleKind;
use yizhan::domain::calendar::Calendar;
use yizhan::domain::civil::{CivilTime, Day};
use yizhan::domain::timetable::{OpenState, Timetable, open_state_at};
use yizhan::publish::hours;

use super::hours::{calendar, cases};

/// The years of the demo's calendar.
const YEARS: [i32; 2] = [2025, 2026];

fn naive(time: CivilTime) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(1970, 1, 1)
        .expect("a date")
        .and_hms_opt(0, 0, 0)
        .expect("midnight")
        + TimeDelta::minutes(time.0)
}

fn context(calendar: &Calendar) -> Context {
    let holidays = calendar
        .years()
        .iter()
        .flat_map(|year| &year.holidays)
        .map(|day| naive(day.start()).date())
        .collect();
    Context::default().with_holidays(ContextHolidays::new(Arc::new(holidays), Arc::default()))
}

/// The first minute of these years at which the two disagree.
fn disagreement(osm: &str, timetable: &Timetable, calendar: &Calendar) -> Option<String> {
    let oracle: OpeningHours = match osm.parse() {
        Ok(oracle) => oracle,
        Err(error) => return Some(format!("the crate refuses it: {error}")),
    };
    let oracle = oracle.with_context(context(calendar));
    let first = Day::from_ymd(YEARS[0], 1, 1).expect("a date");
    let last = Day::from_ymd(YEARS[1], 12, 31).expect("a date");
    let mut theirs = Vec::new();
    for range in oracle.iter_range(naive(first.start()), naive(last.plus(1).start())) {
        // "open" on a condition ("by appointment") is not open to a rider.
        let kind = if range.kind == RuleKind::Open && !range.comment.is_empty() {
            RuleKind::Unknown
        } else {
            range.kind
        };
        theirs.push((range.range.start, range.range.end, kind));
    }
    for day in (first.0..=last.0).map(Day) {
        let line = timetable.line(day, calendar);
        let own = timetable.spans_of(day, calendar);
        let before = timetable.spans_of(day.plus(-1), calendar);
        let start = naive(day.start());
        let mut minutes: Vec<u16> = line
            .iter()
            .flat_map(|span| [span.from, span.to.saturating_sub(1)])
            .collect();
        for (from, to, _) in &theirs {
            for edge in [*from, *to] {
                let minute = (edge - start).num_minutes();
                minutes.extend(
                    [minute - 1, minute]
                        .into_iter()
                        .filter_map(|m| u16::try_from(m).ok()),
                );
            }
        }
        minutes.retain(|minute| *minute < 1440);
        for minute in minutes {
            let at = start + TimeDelta::minutes(i64::from(minute));
            let kind = theirs
                .iter()
                .find(|(from, to, _)| (*from..*to).contains(&at))
                .map_or(RuleKind::Closed, |(.., kind)| *kind);
            let expected = match kind {
                RuleKind::Open => OpenState::Open,
                RuleKind::Closed => OpenState::Shut,
                RuleKind::Unknown => OpenState::Unknown,
            };
            let actual = open_state_at(&line, minute);
            // The crate ends Friday's night at midnight where Saturday has a
            // rule of its own; to us a night belongs to the day on which it
            // began. So it must then say what our rules for the day alone say.
            let is_night = open_state_at(&before, minute + 1440) != OpenState::Shut;
            if actual != expected && !(is_night && open_state_at(&own, minute) == expected) {
                return Some(format!("at {at}: {actual:?}, the crate says {expected:?}"));
            }
        }
    }
    None
}

#[test]
fn chinese_texts_and_their_osm_form_agree_over_two_years() {
    let calendar = calendar();
    let mut texts: Vec<String> = cases().into_iter().map(|case| case.text).collect();
    texts.dedup();
    let mut compared = 0;
    for text in texts {
        let Ok(timetable) = hours::read(&text, &calendar) else {
            continue;
        };
        let osm = hours::to_osm(&timetable, &calendar);
        let found = disagreement(&osm, &timetable, &calendar);
        assert_eq!(found, None, "{text:?} as {osm:?}");
        compared += 1;
    }
    assert!(compared >= 60, "only {compared} texts were compared");
}

/// Where we differ on purpose: a night belongs to the day on which it began,
/// so a closed Saturday has no night either. The crate lets it run on.
const CLOSED_DAY_HAS_NO_NIGHT: [&str; 4] = [
    "Fr-Sa 18:00-06:00; PH off",
    "Mo,Tu 15:00-23:00; We,Th 15:00-01:00; Fr,Sa 15:00-02:00; PH off",
    "Mo,Tu 18:00-01:00; We,Th 18:00-02:00; Fr,Sa 16:00-03:00; PH off",
    "We-Sa 21:00-04:00; PH off",
];

/// Compares every value that compiles; `least` is the share of all values, in
/// per cent, that must compile.
#[track_caller]
fn check_values<'a>(values: impl Iterator<Item = &'a str>, least: usize) {
    let calendar = calendar();
    let (mut compared, mut refused, mut wrong) = (0, Vec::new(), Vec::new());
    for value in values.filter(|value| !CLOSED_DAY_HAS_NO_NIGHT.contains(value)) {
        match hours::timetable_of_osm(value) {
            Ok(timetable) => {
                compared += 1;
                if let Some(found) = disagreement(value, &timetable, &calendar) {
                    wrong.push(format!("{value:?} {found}"));
                }
            }
            Err(_) => refused.push(value),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {compared} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let share = 100 * compared / (compared + refused.len());
    assert!(share >= least, "{share} % compiled, refused: {refused:#?}");
}

#[test]
fn sample_values_are_evaluated_as_the_crate_does() {
    let values = std::fs::read_to_string("tests/it/cases/opening_hours_osm.txt").expect("values");
    check_values(values.lines(), 85);
}

#[test]
fn values_from_the_map_are_evaluated_as_the_crate_does() {
    let table = std::fs::read_to_string("tests/it/cases/opening_hours_osm.tsv").expect("values");
    let values = table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let key = cells.next()?;
        cells.next().filter(|_| key == "opening_hours")
    });
    check_values(values, 80);
}
