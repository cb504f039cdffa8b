//! What a union offers to its members beside its stations: a card, a member
//! day, help with housing.

use super::civil::{Day, MonthDay, days_in_month};

/// On which days something takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Recurrence {
    /// Not stated, or not understood.
    #[default]
    Unknown,
    /// All the time.
    Always,
    /// On this day of the month, in every month that has it.
    Monthly(u8),
    /// On this day of every week, 0 for Monday.
    Weekly(u8),
    /// On this day of every year.
    Yearly(MonthDay),
}

/// Something that a union offers.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Programme {
    /// Stable across editions.
    pub id: String,
    /// Its title.
    pub title: String,
    /// For whom, as printed.
    pub audience: String,
    /// What it offers, as printed.
    pub summary: String,
    /// When, as printed; may be empty.
    pub when: String,
    /// When, as understood.
    pub recurrence: Recurrence,
    /// Not before this day, if stated.
    pub from: Option<Day>,
    /// Not after this day, if stated.
    pub to: Option<Day>,
    /// The kinds of stations where it applies; may be empty.
    pub kinds: Vec<String>,
    /// The ids of stations where it applies; may be empty.
    pub stations: Vec<String>,
    /// How to join, as printed.
    pub join: String,
    /// A telephone number; may be empty.
    pub phone: String,
    /// A web page; may be empty.
    pub url: String,
    /// Where the record was found.
    pub source: String,
}

impl Programme {
    /// Whether it is over on `today`.
    #[must_use]
    pub fn is_over(&self, today: Day) -> bool {
        self.to.is_some_and(|last| today > last)
    }

    /// The next day on which it takes place, `today` included; none if it is
    /// over or its days are not known.
    #[must_use]
    pub fn next_on(&self, today: Day) -> Option<Day> {
        let from = self.from.map_or(today, |first| first.max(today));
        let takes_place = |day: &Day| {
            let MonthDay {
                month,
                day: of_month,
            } = day.month_day();
            match self.recurrence {
                Recurrence::Unknown => false,
                Recurrence::Always => true,
                Recurrence::Monthly(wanted) => wanted == of_month,
                Recurrence::Weekly(weekday) => day.weekday() == weekday,
                Recurrence::Yearly(date) => (date.month, date.day) == (month, of_month),
            }
        };
        // The 29th of February comes back within eight years.
        (0..8 * 366)
            .map(|days| from.plus(days))
            .take_while(|day| self.to.is_none_or(|last| *day <= last))
            .find(takes_place)
    }
}

impl Recurrence {
    /// A day of the month that some month has.
    #[must_use]
    pub fn monthly(day: u8) -> Option<Self> {
        (1..=31).contains(&day).then_some(Self::Monthly(day))
    }

    /// A day of the year that some year has.
    #[must_use]
    pub fn yearly(month: u8, day: u8) -> Option<Self> {
        let is_day = (1..=12).contains(&month) && (1..=days_in_month(2024, month)).contains(&day);
        is_day.then_some(Self::Yearly(MonthDay { month, day }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(recurrence: Recurrence, between: (&str, &str), today: &str, expected: Option<&str>) {
        let day = |text: &str| text.parse::<Day>().ok();
        let programme = Programme {
            recurrence,
            from: day(between.0),
            to: day(between.1),
            ..Programme::default()
        };
        let today = day(today).expect("a day");
        assert_eq!(programme.next_on(today), expected.and_then(day));
    }

    #[test]
    fn a_member_day_comes_back_every_month() {
        let day = Recurrence::Monthly(28);
        check(day, ("", ""), "2026-11-24", Some("2026-11-28"));
        check(day, ("", ""), "2026-11-28", Some("2026-11-28"));
        check(day, ("", ""), "2026-11-29", Some("2026-12-28"));
    }

    #[test]
    fn a_month_without_that_day_is_passed_over() {
        check(
            Recurrence::Monthly(31),
            ("", ""),
            "2026-11-01",
            Some("2026-12-31"),
        );
        let leap_day = Recurrence::yearly(2, 29).expect("a day");
        check(leap_day, ("", ""), "2026-11-24", Some("2028-02-29"));
        check(leap_day, ("", ""), "2096-03-01", Some("2104-02-29"));
    }

    #[test]
    fn nothing_takes_place_before_it_begins_or_after_it_ends() {
        let wednesday = Recurrence::Weekly(2);
        check(
            wednesday,
            ("2027-01-01", ""),
            "2026-11-24",
            Some("2027-01-06"),
        );
        check(wednesday, ("", "2026-11-24"), "2026-11-24", None);
        check(Recurrence::Always, ("", "2026-11-23"), "2026-11-24", None);
        check(Recurrence::Unknown, ("", ""), "2026-11-24", None);
    }
}
