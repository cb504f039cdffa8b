//! Public holidays and make-up workdays (调休), as data per year.

use super::civil::Day;
use super::ordering::sort_short;

/// The class of a date in the holiday calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayClass {
    /// Follows its weekday.
    Ordinary,
    /// A day off in a public holiday's arrangement.
    Holiday,
    /// A Saturday or Sunday on which people work instead (调休).
    MakeUp,
}

/// One year as announced.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CalendarYear {
    /// The year.
    pub year: i32,
    /// Days off, week-end days inside an arrangement included; ascending.
    pub holidays: Vec<Day>,
    /// Make-up workdays; ascending.
    pub workdays: Vec<Day>,
}

/// The years whose holidays are known.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Calendar {
    years: Vec<CalendarYear>,
}

impl Calendar {
    /// A calendar of some years; later entries for the same year are ignored.
    #[must_use]
    pub fn new(mut years: Vec<CalendarYear>) -> Self {
        for year in &mut years {
            sort_short(&mut year.holidays, |one, other| one < other);
            sort_short(&mut year.workdays, |one, other| one < other);
        }
        sort_short(&mut years, |one, other| one.year < other.year);
        years.dedup_by_key(|year| year.year);
        Self { years }
    }

    /// The years, ascending.
    #[must_use]
    pub fn years(&self) -> &[CalendarYear] {
        &self.years
    }

    /// The class of `day`; none if its year has not been announced.
    #[must_use]
    pub fn class_of(&self, day: Day) -> Option<DayClass> {
        let wanted = day.year();
        let year = self.years.iter().find(|year| year.year == wanted)?;
        Some(if year.holidays.binary_search(&day).is_ok() {
            DayClass::Holiday
        } else if year.workdays.binary_search(&day).is_ok() {
            DayClass::MakeUp
        } else {
            DayClass::Ordinary
        })
    }
}
