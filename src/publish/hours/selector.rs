//! Days as a text names them.

use super::token::{Named, Vacation};
use crate::domain::civil::{Day, MonthDay};
use crate::domain::timetable::MONDAY_TO_FRIDAY;

/// Some days, as named in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Selector {
    Every,
    /// 其余时间, 平时: what other clauses leave.
    Rest,
    /// 平日: ordinary days, whatever the writer means by that.
    OrdinaryDays,
    Weekdays(u8),
    NthWeekday(u8, u8),
    Workdays,
    RestDays,
    Holidays,
    Vacation(Vacation),
    Named(Named),
    Lunar(i8, i8),
    /// Bits of [`super::token::season`].
    Season(u8),
    /// 高温季节 without its dates.
    SomeSeason,
    Yearly(MonthDay, MonthDay),
    Dates(Day, Day),
}

impl Selector {
    /// The weekdays as bits, if it names weekdays.
    pub(super) fn weekdays(&self) -> Option<u8> {
        if let Self::Weekdays(mask) = *self {
            Some(mask)
        } else {
            None
        }
    }
}

/// Some days of a text: a list of sets. A day belongs to a set if it meets a condition of
/// each sort that the set names: one of its weekdays, and its part of the year.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Days {
    pub(super) sets: Vec<Vec<Selector>>,
    /// 工作日/周末: the hours behind it may be meant respectively.
    pub(super) is_slashed: bool,
    /// 仅周末: on no other days.
    pub(super) is_only: bool,
}

impl Days {
    /// All that is named.
    pub(super) fn selectors(&self) -> impl Iterator<Item = &Selector> {
        self.sets.iter().flatten()
    }
}

/// The end of spells without one.
pub(super) const FOREVER: Day = Day(2_932_896);

/// Whether a selector names days of the week, or holidays.
pub(super) fn is_of_week(selector: &Selector) -> bool {
    matches!(
        selector,
        Selector::Every
            | Selector::Weekdays(_)
            | Selector::NthWeekday(..)
            | Selector::Workdays
            | Selector::RestDays
            | Selector::Holidays
    )
}

/// Days that are a part of the year.
pub(super) fn is_part_of_year(selector: &Selector) -> bool {
    matches!(
        selector,
        Selector::Season(_) | Selector::SomeSeason | Selector::Yearly(..)
    )
}

/// Days that hold whatever the season.
pub(super) fn is_overriding(selector: &Selector) -> bool {
    matches!(
        selector,
        Selector::Holidays
            | Selector::Vacation(_)
            | Selector::Named(_)
            | Selector::Lunar(..)
            | Selector::Dates(..)
            | Selector::Rest
            | Selector::OrdinaryDays
    )
}

/// Whether days are named by their place in the week, or as holidays.
pub(super) fn names_week(days: &Days) -> bool {
    days.selectors().any(is_of_week)
}

/// The weekdays that are named, if nothing else is.
pub(super) fn week_mask(days: &Days) -> u8 {
    days.selectors()
        .fold(0, |mask, day| day.weekdays().map_or(0, |more| mask | more))
}

pub(super) fn is_every(days: &Days) -> bool {
    days.selectors().all(|day| *day == Selector::Every)
}

pub(super) fn covers_working_week(days: &Days) -> bool {
    days.selectors().any(|day| {
        matches!(day, Selector::Workdays | Selector::Every)
            || day
                .weekdays()
                .is_some_and(|mask| mask & MONDAY_TO_FRIDAY == MONDAY_TO_FRIDAY)
    })
}
