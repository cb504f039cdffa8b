//! A compiled timetable: at which minutes of which days a station is open, shut,
//! or of unknown state. It has the meaning of OpenStreetMap's `opening_hours`
//! rules, of which it covers the small part that stations need, and adds the
//! make-up workdays of Chinese calendars.

use super::calendar::{Calendar, DayClass};
use super::civil::{Day, MINUTES_PER_DAY, MonthDay, days_in_month};
use super::ordering::sort_short;

/// Whether a station is open during some minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OpenState {
    /// Shut.
    Shut,
    /// The text does not say, or the calendar is missing.
    Unknown,
    /// Open.
    Open,
}

/// Some minutes of a day. `to` may lie past 1440: the span then runs on into
/// the next day, and still belongs to the day on which it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first minute, 0 to 1439.
    pub from: u16,
    /// The first minute that no longer belongs to the span, `from` < `to` ≤ 2880.
    pub to: u16,
    /// The state during these minutes.
    pub state: OpenState,
}

impl Span {
    /// Open from one minute of the day to another, which may lie past midnight.
    #[must_use]
    pub fn open(from: u16, to: u16) -> Self {
        Self {
            from,
            to,
            state: OpenState::Open,
        }
    }

    /// The whole day, midnight to midnight.
    #[must_use]
    pub fn whole_day(state: OpenState) -> Self {
        Self {
            from: 0,
            to: MINUTES_PER_DAY,
            state,
        }
    }
}

/// Every weekday, in [`Days::weekdays`].
pub const ALL_WEEK: u8 = 0b111_1111;
/// Monday to Friday, in [`Days::weekdays`].
pub const MONDAY_TO_FRIDAY: u8 = 0b001_1111;
/// Saturday and Sunday, in [`Days::weekdays`].
pub const WEEK_END: u8 = 0b110_0000;

/// Ordinary days, in [`Days::classes`].
pub const ORDINARY: u8 = 1;
/// Public holidays, in [`Days::classes`].
pub const HOLIDAY: u8 = 2;
/// Make-up workdays, in [`Days::classes`].
pub const MAKE_UP: u8 = 4;
/// Days of every class, in [`Days::classes`].
pub const ALL_CLASSES: u8 = 7;

/// The last such weekday of a month, in [`Days::nth`].
pub const LAST_OF_MONTH: u8 = 0b10_0000;

/// The set of days that meet all of these conditions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Days {
    /// Bit 0 is Monday, bit 6 Sunday.
    pub weekdays: u8,
    /// Bit 0 is the first such weekday of its month … bit 4 the fifth, bit 5
    /// the last; 0 sets no condition.
    pub nth: u8,
    /// [`ORDINARY`], [`HOLIDAY`], [`MAKE_UP`], added up.
    pub classes: u8,
    /// Parts of the year, both ends included; over New Year if the first is
    /// later than the second. An empty list sets no condition.
    pub seasons: Vec<(MonthDay, MonthDay)>,
    /// Ranges of dates, both ends included. An empty list sets no condition.
    pub between: Vec<(Day, Day)>,
}

impl Days {
    /// Every day.
    pub const EVERY: Self = Self {
        weekdays: ALL_WEEK,
        nth: 0,
        classes: ALL_CLASSES,
        seasons: Vec::new(),
        between: Vec::new(),
    };

    /// Every day that falls on one of these weekdays.
    #[must_use]
    pub fn on(weekdays: u8) -> Self {
        Self {
            weekdays,
            ..Self::EVERY
        }
    }

    /// Every day of these classes, whatever its weekday.
    #[must_use]
    pub fn of(classes: u8) -> Self {
        Self {
            classes,
            ..Self::EVERY
        }
    }

    /// Whether a day is one of these, given its class.
    #[must_use]
    pub fn contain(&self, day: Day, class: DayClass) -> bool {
        let class = match class {
            DayClass::Ordinary => ORDINARY,
            DayClass::Holiday => HOLIDAY,
            DayClass::MakeUp => MAKE_UP,
        };
        let (year, month, of_month) = day.ymd();
        let month_day = MonthDay {
            month,
            day: of_month,
        };
        self.weekdays & (1 << day.weekday()) != 0
            && self.classes & class != 0
            && (self.nth == 0 || self.nth & nth_of_month(year, month, of_month) != 0)
            && (self.seasons.is_empty()
                || self.seasons.iter().any(|&(from, to)| {
                    if from <= to {
                        (from..=to).contains(&month_day)
                    } else {
                        month_day >= from || month_day <= to
                    }
                }))
            && (self.between.is_empty()
                || self
                    .between
                    .iter()
                    .any(|(from, to)| (from..=to).contains(&&day)))
    }
}

/// The bits of [`Days::nth`] that a day of the month has.
fn nth_of_month(year: i32, month: u8, day: u8) -> u8 {
    let nth = 1 << ((day.max(1) - 1) / 7);
    let last = if day + 7 > days_in_month(year, month) {
        LAST_OF_MONTH
    } else {
        0
    };
    nth | last
}

/// One rule: on these days, these hours.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// The days it applies to.
    pub days: Days,
    /// The spans of these days, later ones over earlier ones. Minutes in no
    /// span are shut; an empty list means shut all day.
    pub spans: Vec<Span>,
    /// Whether its spans are added to those of earlier rules (`,` in OSM
    /// syntax) instead of replacing them (`;`).
    pub adds: bool,
}

impl Rule {
    /// A rule that replaces earlier ones on its days.
    #[must_use]
    pub fn new(days: Days, spans: Vec<Span>) -> Self {
        Self {
            days,
            spans,
            adds: false,
        }
    }
}

/// The rules of a station, later ones over earlier ones.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Timetable {
    /// The rules, in order.
    pub rules: Vec<Rule>,
}

impl Timetable {
    /// The spans that begin on `day`, given its class: ascending, without
    /// overlap, up to the end of the next day.
    #[must_use]
    pub fn painted(&self, day: Day, class: DayClass) -> Vec<Span> {
        let mut painted = Vec::new();
        for rule in &self.rules {
            if rule.days.contain(day, class) {
                if !rule.adds {
                    painted.clear();
                }
                for span in &rule.spans {
                    paint(&mut painted, *span);
                }
            }
        }
        painted
    }

    /// Whether any rule depends on public holidays or make-up workdays.
    #[must_use]
    pub fn depends_on_calendar(&self) -> bool {
        self.rules
            .iter()
            .any(|rule| rule.days.classes != ALL_CLASSES)
    }

    /// Like [`Timetable::painted`], with the class taken from the calendar.
    /// Where the year is missing, minutes on which the possible classes
    /// disagree are unknown.
    #[must_use]
    pub fn spans_of(&self, day: Day, calendar: &Calendar) -> Vec<Span> {
        if !self.depends_on_calendar() {
            return self.painted(day, DayClass::Ordinary);
        }
        if let Some(class) = calendar.class_of(day) {
            return self.painted(day, class);
        }
        let as_announced = agreed(
            &self.painted(day, DayClass::Ordinary),
            &self.painted(day, DayClass::Holiday),
        );
        if WEEK_END & (1 << day.weekday()) == 0 {
            as_announced
        } else {
            agreed(&as_announced, &self.painted(day, DayClass::MakeUp))
        }
    }

    /// The whole of `day`, minute 0 to 1440 without a gap, including spans that
    /// run on from the day before.
    #[must_use]
    pub fn line(&self, day: Day, calendar: &Calendar) -> Vec<Span> {
        let own = self.spans_of(day, calendar);
        let before = self.spans_of(day.plus(-1), calendar);
        let mut edges = vec![0, MINUTES_PER_DAY];
        edges.extend(own.iter().flat_map(|span| [span.from, span.to]));
        edges.extend(
            before
                .iter()
                .flat_map(|span| [span.from, span.to])
                .filter_map(|minute| minute.checked_sub(MINUTES_PER_DAY)),
        );
        edges.retain(|minute| *minute <= MINUTES_PER_DAY);
        between_edges(edges, |minute| {
            open_state_at(&own, minute).max(open_state_at(&before, minute + MINUTES_PER_DAY))
        })
    }
}

/// The state at one minute; shut where no span covers it.
#[must_use]
pub fn open_state_at(spans: &[Span], minute: u16) -> OpenState {
    spans
        .iter()
        .find(|span| (span.from..span.to).contains(&minute))
        .map_or(OpenState::Shut, |span| span.state)
}

/// Joins two readings of the same text: unknown where they differ.
#[must_use]
pub fn agreed(one: &[Span], other: &[Span]) -> Vec<Span> {
    let edges = one
        .iter()
        .chain(other)
        .flat_map(|span| [span.from, span.to])
        .collect();
    let mut spans = between_edges(edges, |minute| {
        let (one, other) = (open_state_at(one, minute), open_state_at(other, minute));
        if one == other {
            one
        } else {
            OpenState::Unknown
        }
    });
    spans.retain(|span| span.state != OpenState::Shut);
    spans
}

/// Lays `span` over the spans painted so far; ascending, without overlap.
fn paint(painted: &mut Vec<Span>, span: Span) {
    let mut rest = Vec::with_capacity(painted.len() + 2);
    for old in painted.drain(..) {
        if old.from < span.from {
            rest.push(Span {
                to: old.to.min(span.from),
                ..old
            });
        }
        if old.to > span.to {
            rest.push(Span {
                from: old.from.max(span.to),
                ..old
            });
        }
    }
    if span.state != OpenState::Shut && span.from < span.to {
        rest.push(span);
    }
    sort_short(&mut rest, |one, other| one.from < other.from);
    *painted = rest;
}

/// Spans between neighbouring edges, each with its state; equal neighbours are
/// joined.
fn between_edges(mut edges: Vec<u16>, state_at: impl Fn(u16) -> OpenState) -> Vec<Span> {
    sort_short(&mut edges, |one, other| one < other);
    edges.dedup();
    let mut spans: Vec<Span> = Vec::new();
    for pair in edges.windows(2) {
        let span = Span {
            from: pair[0],
            to: pair[1],
            state: state_at(pair[0]),
        };
        match spans.last_mut() {
            Some(last) if last.state == span.state && last.to == span.from => last.to = span.to,
            _ => spans.push(span),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a date")
    }

    #[test]
    fn a_span_belongs_to_the_day_on_which_it_began() {
        let nights = Timetable {
            rules: vec![Rule::new(
                Days::on(MONDAY_TO_FRIDAY),
                vec![Span::open(17 * 60, 25 * 60)],
            )],
        };
        let open_at_00_20 = |date| open_state_at(&nights.line(day(date), &Calendar::default()), 20);
        assert_eq!(
            open_at_00_20("2026-07-18"),
            OpenState::Open,
            "Friday's night, on Saturday"
        );
        assert_eq!(
            open_at_00_20("2026-07-19"),
            OpenState::Shut,
            "Saturday has no night"
        );
    }

    #[test]
    fn the_last_weekday_of_a_month_may_be_its_fourth_or_fifth() {
        let last_friday = Days {
            weekdays: 1 << 4,
            nth: LAST_OF_MONTH,
            ..Days::EVERY
        };
        let contains = |date| last_friday.contain(day(date), DayClass::Ordinary);
        assert!(contains("2026-07-31") && !contains("2026-07-24"));
        assert!(contains("2026-02-27") && !contains("2026-02-20"));
    }

    #[test]
    fn a_season_may_run_over_new_year() {
        let md = |month, day| MonthDay { month, day };
        let winter = Days {
            seasons: vec![(md(10, 1), md(4, 30))],
            ..Days::EVERY
        };
        for (date, expected) in [
            ("2026-01-15", true),
            ("2026-04-30", true),
            ("2026-05-01", false),
            ("2026-10-01", true),
        ] {
            assert_eq!(
                winter.contain(day(date), DayClass::Ordinary),
                expected,
                "{date}"
            );
        }
    }

    #[test]
    fn where_two_readings_differ_the_state_is_unknown() {
        let evening = [Span::open(540, 1020)];
        let morning_after = [Span::open(540, 1440 + 300)];
        assert_eq!(
            agreed(&evening, &morning_after),
            [
                Span {
                    from: 540,
                    to: 1020,
                    state: OpenState::Open
                },
                Span {
                    from: 1020,
                    to: 1740,
                    state: OpenState::Unknown
                },
            ]
        );
    }

    #[test]
    fn a_missing_year_leaves_unknown_only_what_depends_on_it() {
        let timetable = Timetable {
            rules: vec![
                Rule::new(Days::EVERY, vec![Span::open(480, 1200)]),
                Rule::new(Days::of(HOLIDAY), vec![Span::open(540, 960)]),
            ],
        };
        let line = timetable.line(day("2031-05-07"), &Calendar::default());
        assert_eq!(
            open_state_at(&line, 600),
            OpenState::Open,
            "open either way"
        );
        assert_eq!(
            open_state_at(&line, 1000),
            OpenState::Unknown,
            "shut only on a holiday"
        );
        assert_eq!(
            open_state_at(&line, 1300),
            OpenState::Shut,
            "shut either way"
        );
    }

    #[test]
    fn a_later_span_lies_over_an_earlier_one() {
        let lunch = Timetable {
            rules: vec![Rule::new(
                Days::EVERY,
                vec![
                    Span::open(480, 1080),
                    Span {
                        from: 720,
                        to: 840,
                        state: OpenState::Shut,
                    },
                ],
            )],
        };
        assert_eq!(
            lunch.painted(Day(0), DayClass::Ordinary),
            [Span::open(480, 720), Span::open(840, 1080)]
        );
    }
}
