//! The dates of holidays that a text names.

use super::selector::{FOREVER, Selector};
use super::token::Named;
use super::{NotUnderstood, md};
use crate::domain::calendar::{Calendar, CalendarYear};
use crate::domain::civil::{Day, MonthDay};

/// The dates of a named holiday.
pub(super) struct Spells {
    /// The dates that are announced.
    pub(super) known: Vec<(Day, Day)>,
    /// The years without announced dates …
    pub(super) open_years: Vec<(Day, Day)>,
    /// … and the part of the year in which it may fall then.
    pub(super) window: (MonthDay, MonthDay),
}

/// The spells of a clause that names holidays; none if it names no holiday.
pub(super) fn named_spells(
    days: &[Selector],
    calendar: &Calendar,
) -> Result<Vec<Spells>, NotUnderstood> {
    let spells: Vec<Spells> = days
        .iter()
        .filter_map(|selector| match *selector {
            Selector::Named(named) => Some(holiday_spells(named, calendar)),
            Selector::Lunar(first, last) => Some(lunar_spells(first, last)),
            Selector::Every
            | Selector::Rest
            | Selector::OrdinaryDays
            | Selector::Weekdays(_)
            | Selector::NthWeekday(..)
            | Selector::Workdays
            | Selector::RestDays
            | Selector::Holidays
            | Selector::Vacation(_)
            | Selector::Season(_)
            | Selector::SomeSeason
            | Selector::Yearly(..)
            | Selector::Dates(..) => None,
        })
        .collect();
    if spells.is_empty() || spells.len() == days.len() {
        Ok(spells)
    } else {
        Err(NotUnderstood::Unclear(
            "a holiday called by name beside other days",
        ))
    }
}

/// New Year's day of the lunar calendar, from the tables of the Hong Kong
/// Observatory.
const LUNAR_NEW_YEAR: [(i32, u8, u8); 12] = [
    (2024, 2, 10),
    (2025, 1, 29),
    (2026, 2, 17),
    (2027, 2, 6),
    (2028, 1, 26),
    (2029, 2, 13),
    (2030, 2, 3),
    (2031, 1, 23),
    (2032, 2, 11),
    (2033, 1, 31),
    (2034, 2, 19),
    (2035, 2, 8),
];

fn lunar_new_year(year: i32) -> Option<Day> {
    let (_, month, day) = LUNAR_NEW_YEAR.iter().find(|(known, ..)| *known == year)?;
    Day::from_ymd(year, *month, *day)
}

fn lunar_spells(first: i8, last: i8) -> Spells {
    let known = LUNAR_NEW_YEAR
        .iter()
        .filter_map(|(year, ..)| lunar_new_year(*year))
        .map(|day| (day.plus(i32::from(first)), day.plus(i32::from(last))))
        .collect();
    let years: Vec<i32> = LUNAR_NEW_YEAR.iter().map(|(year, ..)| *year).collect();
    Spells {
        known,
        open_years: other_years(&years),
        window: (md(1, 20), md(3, 8)),
    }
}

fn holiday_spells(named: Named, calendar: &Calendar) -> Spells {
    let window = match named {
        Named::NewYear => (md(12, 29), md(1, 4)),
        Named::SpringFestival => (md(1, 15), md(3, 5)),
        Named::Qingming => (md(4, 2), md(4, 8)),
        Named::Labour => (md(4, 27), md(5, 7)),
        Named::DragonBoat => (md(5, 24), md(6, 28)),
        Named::MidAutumn => (md(9, 5), md(10, 11)),
        Named::National => (md(9, 28), md(10, 11)),
    };
    let is_day_of = |day: Day, class_year: &CalendarYear| {
        let MonthDay {
            month,
            day: of_month,
        } = day.month_day();
        match named {
            Named::NewYear => (month, of_month) == (1, 1),
            Named::SpringFestival => lunar_new_year(class_year.year) == Some(day),
            Named::Qingming => month == 4 && (4..=6).contains(&of_month),
            Named::Labour => (month, of_month) == (5, 1),
            Named::DragonBoat => month == 6 || (month == 5 && of_month > 20),
            Named::MidAutumn => month == 9 || (month == 10 && class_year.year == 2025),
            Named::National => (month, of_month) == (10, 1),
        }
    };
    let mut years = Vec::new();
    let mut known = Vec::new();
    for year in calendar.years() {
        let mut runs: Vec<(Day, Day)> = Vec::new();
        for &day in &year.holidays {
            match runs.last_mut() {
                Some((_, last)) if last.plus(1) == day => *last = day,
                _ => runs.push((day, day)),
            }
        }
        let run = runs
            .into_iter()
            .find(|&(first, last)| (first.0..=last.0).any(|day| is_day_of(Day(day), year)));
        if let Some(run) = run {
            years.push(year.year);
            known.push(run);
        }
    }
    Spells {
        known,
        open_years: other_years(&years),
        window,
    }
}

/// The spells of time outside these years, which ascend.
fn other_years(years: &[i32]) -> Vec<(Day, Day)> {
    let start = |year| Day::from_ymd(year, 1, 1).unwrap_or(FOREVER);
    let mut open = Vec::new();
    let mut from = start(1);
    for &year in years {
        let before = start(year).plus(-1);
        if from <= before {
            open.push((from, before));
        }
        from = start(year + 1);
    }
    open.push((from, FOREVER));
    open
}
