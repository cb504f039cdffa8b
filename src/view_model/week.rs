//! The opening hours of a week.

use super::language::Words;
use crate::domain::calendar::Calendar;
use crate::domain::civil::{CivilTime, MINUTES_PER_DAY};
use crate::domain::timetable::{OpenState, Span, Timetable};

/// The hours of one day of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayHours {
    /// Its name: 周一.
    pub name: String,
    /// Its hours: 8:30–12:00 13:30–17:00.
    pub hours: String,
    /// Whether it is today.
    pub is_today: bool,
}

/// Monday to Sunday of the week of `now`, holidays included.
#[must_use]
pub fn week(
    timetable: &Timetable,
    now: CivilTime,
    calendar: &Calendar,
    words: &Words,
) -> Vec<DayHours> {
    let today = now.day();
    let monday = today.plus(-i32::from(today.weekday()));
    (0..7)
        .map(|number| {
            let day = monday.plus(number);
            DayHours {
                name: (words.weekday)(usize::from(day.weekday())).to_owned(),
                hours: hours(&timetable.spans_of(day, calendar), words),
                is_today: day == today,
            }
        })
        .collect()
}

/// The open spans of today in minutes since midnight, and the minute now.
#[must_use]
pub fn today(timetable: &Timetable, now: CivilTime, calendar: &Calendar) -> (Vec<(u16, u16)>, u16) {
    let line = timetable.line(now.day(), calendar);
    let open = line.iter().filter(|span| span.state == OpenState::Open);
    (
        open.map(|span| (span.from, span.to)).collect(),
        now.minute(),
    )
}

fn hours(spans: &[Span], words: &Words) -> String {
    if spans.is_empty() {
        return words.shut_all_day.to_owned();
    }
    let texts: Vec<String> = spans
        .iter()
        .map(|span| match (span.from, span.to, span.state) {
            (0, MINUTES_PER_DAY, OpenState::Open) => words.round_the_clock.to_owned(),
            (_, _, OpenState::Unknown | OpenState::Shut) => words.unknown.to_owned(),
            (from, to, OpenState::Open) => format!("{}–{}", clock(from), clock(to)),
        })
        .collect();
    texts.join(" ")
}

/// A time of day: 8:30. Times after midnight count on: 26:00.
pub(super) fn clock(minute: u16) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timetable::{Days, MONDAY_TO_FRIDAY, Rule};
    use crate::view_model::language::Language;

    #[test]
    fn a_week_has_the_hours_of_each_day_and_marks_today() {
        let timetable = Timetable {
            rules: vec![
                Rule::new(
                    Days::on(MONDAY_TO_FRIDAY),
                    vec![Span::open(510, 720), Span::open(810, 1020)],
                ),
                Rule::new(Days::on(1 << 5), vec![Span::open(1020, 1560)]),
            ],
        };
        let now = "2026-07-15T12:10".parse().expect("a Wednesday");
        let days = week(
            &timetable,
            now,
            &Calendar::default(),
            Language::ZhCn.words(),
        );
        assert_eq!(days[0].hours, "8:30–12:00 13:30–17:00");
        assert_eq!(days[5].hours, "17:00–26:00");
        assert_eq!(days[6].hours, "不开");
        let marked: Vec<_> = days.iter().filter(|day| day.is_today).collect();
        assert_eq!(marked.len(), 1);
        assert_eq!(marked[0].name, "周三");
    }
}
