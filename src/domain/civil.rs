//! Civil dates and times in the dataset's time zone. Nothing here reads a clock:
//! the caller passes the time.

use std::fmt;
use std::str::FromStr;

/// Minutes in a civil day. China has had no daylight saving time since 1991.
pub const MINUTES_PER_DAY: u16 = 1440;

/// A civil date: days since 1970-01-01 in the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A day of the year, without a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// Text that is not a date (`2026-07-15`) or a time (`2026-07-15T08:30`).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a date or time: write 2026-07-15 or 2026-07-15T08:30")]
pub struct NotATime(pub String);

impl Day {
    /// The day of a date, if there is such a date.
    #[must_use]
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        let known = (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && (-9999..=9999).contains(&year);
        known.then(|| Self(days_from_civil(year, month, day)))
    }

    /// Year, month 1–12, day of the month.
    #[must_use]
    pub fn ymd(self) -> (i32, u8, u8) {
        civil_from_days(self.0)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// Month and day of the month.
    #[must_use]
    pub fn month_day(self) -> MonthDay {
        let (_, month, day) = self.ymd();
        MonthDay { month, day }
    }

    /// 0 for Monday to 6 for Sunday.
    #[must_use]
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        u8::try_from((self.0 + 3).rem_euclid(7)).unwrap_or_default()
    }

    /// The day that comes `days` later (earlier if negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Midnight at the start of this day.
    #[must_use]
    pub fn start(self) -> CivilTime {
        self.at(0)
    }

    /// A minute of this day, or of the following ones for 1440 and more.
    #[must_use]
    pub fn at(self, minute: u16) -> CivilTime {
        CivilTime(i64::from(self.0) * i64::from(MINUTES_PER_DAY) + i64::from(minute))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let mut parts = text.trim().splitn(3, '-');
        let mut next = || {
            parts
                .next()
                .filter(|part| part.bytes().all(|b| b.is_ascii_digit()))
        };
        let (year, month, day) = (next(), next(), next());
        (|| {
            Self::from_ymd(
                year?.parse().ok()?,
                month?.parse().ok()?,
                day?.parse().ok()?,
            )
        })()
        .ok_or_else(|| NotATime(text.to_owned()))
    }
}

/// A civil time to the minute: minutes since 1970-01-01T00:00 in the dataset's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CivilTime(pub i64);

impl CivilTime {
    /// The civil time in a zone `offset_minutes` east of UTC, at a moment
    /// given in milliseconds since the Unix epoch (as `Date.now` gives it).
    #[must_use]
    pub fn from_unix_ms(unix_ms: f64, offset_minutes: i32) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "saturates, far beyond any real time"
        )]
        let minutes = (unix_ms / 60_000.0).floor() as i64;
        Self(minutes + i64::from(offset_minutes))
    }

    /// The day this time lies in.
    #[must_use]
    pub fn day(self) -> Day {
        let days = self.0.div_euclid(i64::from(MINUTES_PER_DAY));
        Day(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// Minutes since midnight, 0 to 1439.
    #[must_use]
    pub fn minute(self) -> u16 {
        u16::try_from(self.0.rem_euclid(i64::from(MINUTES_PER_DAY))).unwrap_or_default()
    }

    /// The time `minutes` later.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0.saturating_add(minutes))
    }

    /// Minutes from `self` until `later`; negative if that is earlier.
    #[must_use]
    pub fn minutes_until(self, later: Self) -> i64 {
        later.0.saturating_sub(self.0)
    }
}

impl fmt::Display for CivilTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minute = self.minute();
        write!(f, "{}T{:02}:{:02}", self.day(), minute / 60, minute % 60)
    }
}

impl FromStr for CivilTime {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let not = || NotATime(text.to_owned());
        let (date, time) = text.trim().split_once(['T', ' ']).ok_or_else(not)?;
        let day: Day = date.parse().map_err(|_| not())?;
        let (hour, minute) = time.split_once(':').ok_or_else(not)?;
        // Seconds may follow and are ignored: opening hours are whole minutes.
        let minute = minute.split_once(':').map_or(minute, |(minute, _)| minute);
        match (hour.parse::<u16>(), minute.parse::<u16>()) {
            (Ok(hour @ 0..=23), Ok(minute @ 0..=59)) => Ok(day.at(hour * 60 + minute)),
            _ => Err(not()),
        }
    }
}

fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The number of days in a month; 0 for a month that does not exist.
#[must_use]
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(is_leap(year)),
        _ => 0,
    }
}

/// Howard Hinnant's `days_from_civil` (public domain): years start in March, so
/// that the leap day is the last of the year.
fn days_from_civil(year: i32, month: u8, day: u8) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    let year = year - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse, `civil_from_days`.
fn civil_from_days(days: i32) -> (i32, u8, u8) {
    let days = days.saturating_add(719_468);
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    let small = |number: i32| u8::try_from(number).unwrap_or_default();
    (year, small(month), small(day))
}

/// A clock that is off by no more than this, in minutes, is accepted.
const CLOCK_TOLERANCE_MINUTES: f64 = 5.0;

/// Whole minutes by which a clock is ahead of the right time, negative if it is
/// behind; none if it is off by five minutes or less.
#[must_use]
pub fn clock_off_minutes(ahead_ms: f64) -> Option<i64> {
    let minutes = ahead_ms / 60_000.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` keeps it within range"
    )]
    let whole = minutes.round() as i64;
    (minutes.abs() > CLOCK_TOLERANCE_MINUTES).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_days_agree_over_four_centuries() {
        let mut expected = Day::from_ymd(1800, 1, 1).expect("a date").0;
        for year in 1800..2201 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    let date = Day::from_ymd(year, month, day).expect("a date");
                    assert_eq!((date.0, date.ymd()), (expected, (year, month, day)));
                    expected += 1;
                }
            }
        }
    }

    #[test]
    fn the_opening_of_the_2026_national_day_holiday_is_a_thursday() {
        assert_eq!("2026-10-01".parse::<Day>().map(Day::weekday), Ok(3));
    }

    #[test]
    fn times_are_read_and_written_alike() {
        let time: CivilTime = "2026-02-28T23:59".parse().expect("a time");
        assert_eq!(time.to_string(), "2026-02-28T23:59");
        assert_eq!(time.plus_minutes(1).to_string(), "2026-03-01T00:00");
        for text in [
            "2026-02-29T10:00",
            "2026-07-15",
            "2026-07-15T24:00",
            "now",
            "2026-7-x",
        ] {
            assert!(text.parse::<CivilTime>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_clock_counts_in_the_datasets_zone() {
        // 2026-07-14T16:00:30Z is one minute into the next day in Shanghai.
        let time = CivilTime::from_unix_ms(1_784_044_830_000.0, 480);
        assert_eq!(time.to_string(), "2026-07-15T00:00");
    }

    #[test]
    fn a_clock_may_be_off_by_five_minutes() {
        assert_eq!(clock_off_minutes(4.9 * 60_000.0), None);
        assert_eq!(clock_off_minutes(7.2 * 60_000.0), Some(7));
        assert_eq!(clock_off_minutes(-90.0 * 60_000.0), Some(-90));
    }
}
