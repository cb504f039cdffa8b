//! The opening state of a station at a time, when it closes and when it opens.

use super::calendar::{Calendar, DayClass};
use super::civil::{CivilTime, Day, MINUTES_PER_DAY};
use super::timetable::{OpenState, Span, Timetable};

/// A station that closes within this many minutes is closing soon.
pub const CLOSING_SOON_MINUTES: i64 = 30;

/// Closing times are searched this far ahead; later ones do not matter to a rider.
const CLOSING_SEARCH_DAYS: i32 = 8;

/// Opening times are searched this far ahead.
const OPENING_SEARCH_DAYS: i32 = 370;

/// A shut period between two open ones is a break up to this length.
const BREAK_MINUTES: i64 = 4 * 60;

/// When a station is open, as far as its source says.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Hours {
    /// The compiled timetable; none if the text is empty or was not understood.
    pub timetable: Option<Timetable>,
    /// The text as printed; may be empty.
    pub text: String,
    /// Whether the text covers public holidays, by name or by saying that no day is left
    /// out. If not, a holiday is presumed to have the hours of its weekday.
    pub names_holidays: bool,
}

/// Why the opening state is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The list gives no hours.
    NoHours,
    /// The list gives a text that was not understood.
    NotUnderstood,
    /// The hours depend on the public holidays of a year not announced yet.
    CalendarMissing(i32),
    /// The text can be read in two ways, and they differ here.
    Ambiguous,
}

/// The opening state at a time, the best for a rider first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Open, for more than half an hour.
    Open {
        /// When it closes; none if not within a week.
        until: Option<CivilTime>,
    },
    /// Open, and closing in half an hour or less.
    ClosingSoon {
        /// When it closes.
        until: CivilTime,
    },
    /// Not known, and why.
    Unknown(Doubt),
    /// Shut.
    Closed {
        /// When it opens next; none if not within a year, or not known.
        opens: Option<CivilTime>,
        /// Whether this is a break between two open periods of one day.
        on_break: bool,
    },
}

impl Opening {
    /// Whether the station is open, even if it closes soon.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. } | Self::ClosingSoon { .. })
    }

    /// The name of the state in data attributes and in the tool's output.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Open { .. } => "open",
            Self::ClosingSoon { .. } => "closing_soon",
            Self::Unknown(_) => "unknown",
            Self::Closed { .. } => "closed",
        }
    }
}

impl Hours {
    /// The opening state at `time`, in the dataset's zone.
    ///
    /// Times are half-open: open at the opening minute, shut at the closing one.
    #[must_use]
    pub fn state_at(&self, time: CivilTime, calendar: &Calendar) -> Opening {
        match &self.timetable {
            Some(timetable) => timetable.state_at(time, calendar),
            None if self.text.trim().is_empty() => Opening::Unknown(Doubt::NoHours),
            None => Opening::Unknown(Doubt::NotUnderstood),
        }
    }

    /// Whether a station that is open by its hours may be shut because the day is a
    /// public holiday that the text does not cover.
    #[must_use]
    pub fn is_holiday_doubtful(&self, day: Day, calendar: &Calendar) -> bool {
        !self.names_holidays && calendar.class_of(day) == Some(DayClass::Holiday)
    }

    /// The state `minutes` after `now`.
    #[must_use]
    pub fn state_on_arrival(&self, now: CivilTime, minutes: i64, calendar: &Calendar) -> Opening {
        self.state_at(now.plus_minutes(minutes), calendar)
    }
}

impl Timetable {
    /// The opening state at `time`; see [`Hours::state_at`].
    #[must_use]
    pub fn state_at(&self, time: CivilTime, calendar: &Calendar) -> Opening {
        let line = self.line(time.day(), calendar);
        let state = super::timetable::open_state_at(&line, time.minute());
        match state {
            OpenState::Open => {
                let change = self.next_change(time, calendar, CLOSING_SEARCH_DAYS);
                let soon = change.filter(|(at, _)| time.minutes_until(*at) <= CLOSING_SOON_MINUTES);
                match soon {
                    None => Opening::Open {
                        until: change.map(|(at, _)| at),
                    },
                    Some((until, OpenState::Shut)) => Opening::ClosingSoon { until },
                    // In one reading it closes soon, in the other it stays open.
                    Some((until, OpenState::Open | OpenState::Unknown)) => {
                        Opening::Unknown(self.doubt(until.day(), calendar))
                    }
                }
            }
            OpenState::Unknown => Opening::Unknown(self.doubt(time.day(), calendar)),
            OpenState::Shut => {
                let opens = self
                    .next_change(time, calendar, OPENING_SEARCH_DAYS)
                    .filter(|(_, state)| *state == OpenState::Open)
                    .map(|(at, _)| at);
                let on_break = opens.is_some_and(|opens| is_break(&line, time, opens));
                Opening::Closed { opens, on_break }
            }
        }
    }

    /// The time of the next change within some days, and the state after it.
    fn next_change(
        &self,
        time: CivilTime,
        calendar: &Calendar,
        days: i32,
    ) -> Option<(CivilTime, OpenState)> {
        let mut now = None;
        for day in (0..days).map(|ahead| time.day().plus(ahead)) {
            for span in self.line(day, calendar) {
                if day.at(span.to) <= time {
                    continue;
                }
                match now {
                    None => now = Some(span.state),
                    Some(state) if state != span.state => {
                        return Some((day.at(span.from), span.state));
                    }
                    Some(_) => {}
                }
            }
        }
        None
    }

    fn doubt(&self, day: Day, calendar: &Calendar) -> Doubt {
        if self.depends_on_calendar() && calendar.class_of(day).is_none() {
            Doubt::CalendarMissing(day.year())
        } else {
            Doubt::Ambiguous
        }
    }
}

fn is_break(line: &[Span], time: CivilTime, opens: CivilTime) -> bool {
    let day = time.day();
    opens.day() == day
        && line.iter().any(|span| {
            span.state == OpenState::Open
                && span.to < MINUTES_PER_DAY
                && day.at(span.to) <= time
                && day.at(span.to).minutes_until(opens) <= BREAK_MINUTES
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timetable::{Days, HOLIDAY, MONDAY_TO_FRIDAY, Rule};

    fn time(text: &str) -> CivilTime {
        text.parse().expect("a time")
    }

    fn with_lunch() -> Timetable {
        let spans = vec![Span::open(510, 660), Span::open(780, 1020)];
        Timetable {
            rules: vec![Rule::new(Days::EVERY, spans)],
        }
    }

    #[track_caller]
    fn check(timetable: &Timetable, at: &str, expected: Opening) {
        assert_eq!(
            timetable.state_at(time(at), &Calendar::default()),
            expected,
            "{at}"
        );
    }

    #[test]
    fn half_an_hour_before_lunch_it_is_closing_soon() {
        let lunch = with_lunch();
        let until = time("2026-07-15T11:00");
        check(
            &lunch,
            "2026-07-15T10:29",
            Opening::Open { until: Some(until) },
        );
        check(&lunch, "2026-07-15T10:30", Opening::ClosingSoon { until });
    }

    #[test]
    fn a_lunch_gap_is_a_break_and_the_night_is_not() {
        let lunch = with_lunch();
        let opens = Some(time("2026-07-15T13:00"));
        check(
            &lunch,
            "2026-07-15T11:00",
            Opening::Closed {
                opens,
                on_break: true,
            },
        );
        let opens = Some(time("2026-07-16T08:30"));
        check(
            &lunch,
            "2026-07-15T17:00",
            Opening::Closed {
                opens,
                on_break: false,
            },
        );
        let opens = Some(time("2026-07-15T08:30"));
        check(
            &lunch,
            "2026-07-15T06:00",
            Opening::Closed {
                opens,
                on_break: false,
            },
        );
    }

    #[test]
    fn a_station_that_never_closes_is_never_closing_soon() {
        let always = Timetable {
            rules: vec![Rule::new(
                Days::EVERY,
                vec![Span::whole_day(OpenState::Open)],
            )],
        };
        check(&always, "2026-07-19T23:45", Opening::Open { until: None });
    }

    #[test]
    fn the_week_ends_on_friday_night() {
        let week = Timetable {
            rules: vec![Rule::new(
                Days::on(MONDAY_TO_FRIDAY),
                vec![Span::whole_day(OpenState::Open)],
            )],
        };
        let until = time("2026-07-18T00:00");
        check(&week, "2026-07-17T23:50", Opening::ClosingSoon { until });
        check(
            &week,
            "2026-07-15T23:50",
            Opening::Open { until: Some(until) },
        );
    }

    #[test]
    fn a_year_without_a_calendar_is_named() {
        let closed_on_holidays = Timetable {
            rules: vec![
                Rule::new(Days::EVERY, vec![Span::open(480, 1200)]),
                Rule::new(Days::of(HOLIDAY), vec![]),
            ],
        };
        check(
            &closed_on_holidays,
            "2031-05-01T10:00",
            Opening::Unknown(Doubt::CalendarMissing(2031)),
        );
    }

    #[test]
    fn unknown_says_whether_anything_was_written() {
        let hours = |text: &str| Hours {
            timetable: None,
            text: text.to_owned(),
            ..Hours::default()
        };
        let at = |hours: Hours| hours.state_at(CivilTime(0), &Calendar::default());
        assert_eq!(at(hours(" ")), Opening::Unknown(Doubt::NoHours));
        assert_eq!(at(hours("看情况")), Opening::Unknown(Doubt::NotUnderstood));
    }

    #[test]
    fn the_state_on_arrival_may_differ_from_the_state_now() {
        let hours = Hours {
            timetable: Some(with_lunch()),
            text: String::new(),
            ..Hours::default()
        };
        let calendar = Calendar::default();
        let now = time("2026-07-15T10:20");
        assert!(hours.state_at(now, &calendar).is_open());
        assert!(!hours.state_on_arrival(now, 45, &calendar).is_open());
    }
}
