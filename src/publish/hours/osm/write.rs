//! Writes timetables in `opening_hours` syntax.

use std::fmt::Write as _;

use super::{MONTHS, WEEKDAYS};
use crate::domain::calendar::{Calendar, DayClass};
use crate::domain::civil::{Day, MINUTES_PER_DAY, MonthDay};
use crate::domain::timetable::{
    ALL_CLASSES, ALL_WEEK, Days, HOLIDAY, LAST_OF_MONTH, MAKE_UP, ORDINARY, OpenState, Rule, Span,
    Timetable,
};

/// A timetable in OSM syntax. What the syntax lacks, make-up workdays, is
/// written as dated rules for the years of `calendar`.
#[must_use]
pub fn to_osm(timetable: &Timetable, calendar: &Calendar) -> String {
    let mut parts: Vec<(String, bool)> = Vec::new();
    let on_holidays = same_on_all_holidays(timetable);
    for rule in &timetable.rules {
        let is_holiday_only = rule.days.classes & ORDINARY == 0;
        let is_said_at_the_end = is_holiday_only && on_holidays.is_some();
        if rule.days.classes != MAKE_UP && !is_said_at_the_end {
            let days = selector(&rule.days, is_holiday_only);
            push_rule(&mut parts, &days, &rule.spans, rule.adds);
        }
    }
    if let Some(spans) = &on_holidays {
        push_rule(&mut parts, "PH", spans, false);
    }
    for (day, class) in special_days(timetable, calendar) {
        if class == DayClass::MakeUp || on_holidays.is_none() {
            push_rule(
                &mut parts,
                &date(day),
                &timetable.painted(day, class),
                false,
            );
        }
    }
    let mut text = String::new();
    for (part, adds) in parts {
        if !text.is_empty() {
            text.push_str(if adds { ", " } else { "; " });
        }
        text.push_str(&part);
    }
    text
}

/// What holds on public holidays, if it is the same on all of them and differs from other days.
fn same_on_all_holidays(timetable: &Timetable) -> Option<Vec<Span>> {
    let depends =
        |rule: &Rule| rule.days.classes & ORDINARY == 0 || rule.days.classes & HOLIDAY == 0;
    let is_dated = |rule: &Rule| {
        !rule.days.between.is_empty() || !rule.days.seasons.is_empty() || rule.days.nth != 0
    };
    if !timetable.rules.iter().any(depends) || timetable.rules.iter().any(is_dated) {
        return None;
    }
    let first = timetable.painted(Day(0), DayClass::Holiday);
    (1..7)
        .all(|day| timetable.painted(Day(day), DayClass::Holiday) == first)
        .then_some(first)
}

/// Days of the calendar on which the timetable differs from that of the weekday.
fn special_days(timetable: &Timetable, calendar: &Calendar) -> Vec<(Day, DayClass)> {
    if !timetable.depends_on_calendar() {
        return Vec::new();
    }
    let mut days = Vec::new();
    for year in calendar.years() {
        days.extend(year.holidays.iter().map(|day| (*day, DayClass::Holiday)));
        days.extend(year.workdays.iter().map(|day| (*day, DayClass::MakeUp)));
    }
    days.retain(|(day, class)| {
        timetable.painted(*day, *class) != timetable.painted(*day, DayClass::Ordinary)
    });
    days
}

fn push_rule(parts: &mut Vec<(String, bool)>, days: &str, spans: &[Span], adds: bool) {
    let of = |state: OpenState| {
        let times: Vec<String> = spans
            .iter()
            .filter(|span| span.state == state)
            .map(|span| times(*span))
            .collect();
        times.join(",")
    };
    let join = |times: &str, state: &str| {
        [days, times, state]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let is_whole = |state: OpenState| spans == [Span::whole_day(state)];
    if is_whole(OpenState::Open) && days.is_empty() {
        parts.push(("24/7".to_owned(), adds));
        return;
    }
    let mut written = false;
    for (door, state) in [
        (OpenState::Open, ""),
        (OpenState::Unknown, "unknown"),
        (OpenState::Shut, "off"),
    ] {
        let times = of(door);
        if !times.is_empty() {
            let days = if written && days.is_empty() {
                "Mo-Su"
            } else {
                days
            };
            let part = [days, times.as_str(), state]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ");
            parts.push((part, adds || written));
            written = true;
        }
    }
    if !written {
        parts.push((join("", "off"), adds));
    }
}

fn times(span: Span) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    // 22:00-06:00 rather than 22:00-30:00.
    let to = if span.to > MINUTES_PER_DAY && span.to - MINUTES_PER_DAY < span.from {
        span.to - MINUTES_PER_DAY
    } else {
        span.to
    };
    format!("{}-{}", clock(span.from), clock(to))
}

fn date(day: Day) -> String {
    let (year, month, of_month) = day.ymd();
    format!(
        "{year} {} {of_month:02}",
        MONTHS[usize::from(month.clamp(1, 12)) - 1]
    )
}

fn selector(days: &Days, is_holiday_only: bool) -> String {
    let month_day = |md: MonthDay| {
        format!(
            "{} {:02}",
            MONTHS[usize::from(md.month.clamp(1, 12)) - 1],
            md.day
        )
    };
    let mut parts = Vec::new();
    if !days.between.is_empty() && !days.seasons.is_empty() {
        // Part of the year in some years: then the spells are whole years.
        let years: Vec<String> = days
            .between
            .iter()
            .map(|(from, to)| format!("{}-{}", from.year().max(1900), to.year()))
            .collect();
        parts.push(years.join(","));
    } else if !days.between.is_empty() {
        let spells: Vec<String> = days
            .between
            .iter()
            .map(|(from, to)| {
                if from == to {
                    date(*from)
                } else {
                    // OSM knows years from 1900 to 9999.
                    let from = (*from).max(Day(-25_567));
                    format!("{}-{}", date(from), date(*to))
                }
            })
            .collect();
        parts.push(spells.join(","));
    }
    if !days.seasons.is_empty() {
        let seasons: Vec<String> = days
            .seasons
            .iter()
            .map(|(from, to)| format!("{}-{}", month_day(*from), month_day(*to)))
            .collect();
        parts.push(seasons.join(","));
    }
    if is_holiday_only && days.classes != ALL_CLASSES {
        parts.push("PH".to_owned());
    }
    if days.weekdays != ALL_WEEK || days.nth != 0 {
        parts.push(weekdays(days));
    }
    parts.join(" ")
}

fn weekdays(days: &Days) -> String {
    let mut names = Vec::new();
    let mut day = 0;
    while day < 7 {
        let first = day;
        while day < 7 && days.weekdays & (1 << day) != 0 {
            day += 1;
        }
        match day - first {
            0 => {}
            1 => names.push(WEEKDAYS[first].to_owned()),
            2 => names.extend([WEEKDAYS[first].to_owned(), WEEKDAYS[first + 1].to_owned()]),
            _ => names.push(format!("{}-{}", WEEKDAYS[first], WEEKDAYS[day - 1])),
        }
        day = day.max(first + 1);
    }
    if days.nth != 0 {
        let mut nth: Vec<String> = (0..5)
            .filter(|n| days.nth & (1 << n) != 0)
            .map(|n| (n + 1).to_string())
            .collect();
        if days.nth & LAST_OF_MONTH != 0 {
            nth.push("-1".to_owned());
        }
        for name in &mut names {
            let _ = write!(name, "[{}]", nth.join(","));
        }
    }
    names.join(",")
}
