//! Finds out which hours belong to which days.

use super::NotUnderstood;
use super::words::{Clock, Named, Period, Season, Token, weekdays_between};
use crate::domain::civil::{Day, MINUTES_PER_DAY, MonthDay, days_in_month};
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
    Named(Named),
    Lunar(i8, i8),
    Season(Season),
    Yearly(MonthDay, MonthDay),
    Dates(Day, Day),
}

/// Hours as written: from, to (past 1440 for the next day), and another
/// reading where two make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenSpan {
    pub(super) from: u16,
    pub(super) to: u16,
    pub(super) other: Option<(u16, u16)>,
    /// A break, not opening hours.
    pub(super) is_break: bool,
}

/// What holds on some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    Spans(Vec<WrittenSpan>),
    Off,
    /// 周五下午闭馆
    OffDuring(Period),
    /// Open or not, nobody says when.
    Unknown,
    /// Open, as on other days.
    AsUsual,
}

/// Some days and what holds on them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) days: Vec<Selector>,
    pub(super) body: Body,
    /// 每周一闭馆（节假日除外）: not on public holidays.
    pub(super) but_not_on_holidays: bool,
}

/// A text as clauses, and whether it has a noon break without times.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Clauses {
    pub(super) clauses: Vec<Clause>,
    pub(super) has_vague_noon_break: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Element {
    Days(Vec<Selector>),
    Spans(Vec<WrittenSpan>),
    Off,
    OffDuring(Period),
    Except,
    /// Stands before days: 除…外.
    Without,
    Notice {
        is_caveat: bool,
    },
    OpenWord,
    Comma,
    Stop,
    Paren,
}

use Element as E;
use Token as T;

const UNCLEAR_DAYS: NotUnderstood =
    NotUnderstood::Unclear("it is not clear which hours belong to which days");

pub(super) fn clauses(tokens: &[Token]) -> Result<Clauses, NotUnderstood> {
    let mut reader = Reader {
        tokens,
        at: 0,
        elements: Vec::new(),
        has_vague_noon_break: false,
    };
    reader.read()?;
    let has_vague_noon_break = reader.has_vague_noon_break;
    Ok(Clauses {
        clauses: pair(reader.elements)?,
        has_vague_noon_break,
    })
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    elements: Vec<Element>,
    has_vague_noon_break: bool,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    /// How many tokens to the first one that is not a space.
    fn past_space(&self, ahead: usize) -> usize {
        ahead + usize::from(self.peek(ahead) == Some(T::Space))
    }

    fn read(&mut self) -> Result<(), NotUnderstood> {
        while let Some(token) = self.peek(0) {
            match token {
                T::Space | T::AllYear => self.at += 1,
                T::And | T::Comma => self.push(E::Comma),
                T::Stop => self.push(E::Stop),
                // 8:30-11:30（上午）
                T::Open
                    if matches!(
                        (self.peek(1), self.peek(2)),
                        (Some(T::Period(_)), Some(T::Close))
                    ) =>
                {
                    self.at += 3;
                }
                T::Open | T::Close => self.push(E::Paren),
                T::Off => self.push(E::Off),
                T::Except => self.push(E::Except),
                T::Without => self.push(E::Without),
                T::OpenWord => self.push(E::OpenWord),
                T::ByNotice(is_caveat) => self.push(E::Notice { is_caveat }),
                T::AllDay => {
                    let whole = WrittenSpan {
                        from: 0,
                        to: MINUTES_PER_DAY,
                        other: None,
                        is_break: false,
                    };
                    self.at += 1;
                    self.push_spans(whole);
                }
                T::Lunch => self.read_lunch()?,
                T::Time(_) if self.is_months() => self.read_days()?,
                T::Time(_) | T::Period(_) => self.read_times()?,
                T::Dash => return Err(NotUnderstood::Unclear("a dash with nothing before it")),
                T::Since => return Err(NotUnderstood::Unclear("since when is not said")),
                _ => self.read_days()?,
            }
        }
        Ok(())
    }

    fn push(&mut self, element: Element) {
        self.at += 1;
        self.elements.push(element);
    }

    /// 7-8月: a bare number, a dash and a month.
    fn is_months(&self) -> bool {
        matches!(self.peek(0), Some(T::Time(clock)) if clock.is_bare && (1..=12).contains(&clock.hour))
            && self.peek(1) == Some(T::Dash)
            && matches!(self.peek(2), Some(T::Month(_)))
    }

    /// 中午休息, 午休时间12:00-14:00
    fn read_lunch(&mut self) -> Result<(), NotUnderstood> {
        self.at += 1;
        let ahead = self.past_space(0);
        if matches!(self.peek(ahead), Some(T::Time(_) | T::Period(_))) {
            self.at += ahead;
            let span = self.read_span()?;
            // 午休12:00-13:00休息 says it twice.
            if self.peek(0) == Some(T::Off) {
                self.at += 1;
            }
            self.push_spans(WrittenSpan {
                is_break: true,
                ..span
            });
        } else {
            // 午休除外
            self.at += usize::from(self.peek(0) == Some(T::Except));
            // 12:00-13:00午休: the break stands before the word.
            match self.elements.last_mut() {
                Some(E::Spans(spans)) if spans.len() > 1 => {
                    if let Some(last) = spans.last_mut() {
                        last.is_break = true;
                    }
                }
                _ => self.has_vague_noon_break = true,
            }
        }
        Ok(())
    }

    fn push_spans(&mut self, span: WrittenSpan) {
        // What stands between two spans of one list.
        let trailing = self
            .elements
            .iter()
            .rev()
            .take_while(|e| matches!(e, E::Comma | E::Paren | E::OpenWord))
            .count();
        let before = self.elements.len() - trailing;
        match self.elements[..before].last_mut() {
            Some(E::Spans(spans)) => {
                if !spans.contains(&span) {
                    spans.push(span);
                }
                self.elements.truncate(before);
            }
            _ => self.elements.push(E::Spans(vec![span])),
        }
    }

    fn read_times(&mut self) -> Result<(), NotUnderstood> {
        if let Some(T::Period(period)) = self.peek(0) {
            let ahead = self.past_space(1);
            match self.peek(ahead) {
                Some(T::Time(_) | T::Period(_)) => {}
                Some(T::Off) => {
                    self.at += ahead + 1;
                    self.elements.push(E::OffDuring(period));
                    return Ok(());
                }
                _ => return Err(NotUnderstood::Unclear("a part of the day without times")),
            }
        }
        let mut span = self.read_span()?;
        if self.peek(0) == Some(T::Off) && !self.follows_days() {
            // 12:00-13:00休息
            self.at += 1;
            span.is_break = true;
        } else if let (Some(E::Spans(spans)), None) = (self.elements.last(), span.other) {
            // 8:30-11:30，1:30-5:00: the second may be meant for the afternoon.
            let before = spans.last().filter(|before| !before.is_break);
            if before.is_some_and(|before| span.from < before.to && span.from + 720 >= before.to)
                && span.to <= 720
            {
                span.other = Some((span.from + 720, span.to + 720));
            }
        }
        self.push_spans(span);
        Ok(())
    }

    /// Whether the hours that come now belong to days named right before them.
    fn follows_days(&self) -> bool {
        matches!(self.elements.last(), Some(E::Days(_)))
    }

    fn read_clock(&mut self) -> Result<Clock, NotUnderstood> {
        let mut period = None;
        loop {
            match self.peek(0) {
                Some(T::Space) => self.at += 1,
                Some(T::Period(next)) => {
                    self.at += 1;
                    // 次日凌晨: the day matters more than the hour's name.
                    if period != Some(Period::NextDay) {
                        period = Some(next);
                    }
                }
                Some(T::Time(clock)) => {
                    self.at += 1;
                    return Ok(Clock {
                        period: period.or(clock.period),
                        ..clock
                    });
                }
                _ => return Err(NotUnderstood::Unclear("a time is missing")),
            }
        }
    }

    fn read_span(&mut self) -> Result<WrittenSpan, NotUnderstood> {
        let from = self.read_clock()?;
        let mut ahead = self.past_space(0);
        match self.peek(ahead) {
            Some(T::Dash) => {
                self.at += ahead + 1;
                let to = self.read_clock()?;
                span_between(from, to)
            }
            // 8:00开门，20:00关门
            Some(T::OpenWord) => {
                ahead += 1;
                if matches!(self.peek(ahead), Some(T::Comma | T::And | T::Space)) {
                    ahead += 1;
                }
                self.at += ahead;
                let to = self.read_clock()?;
                if self.peek(0) != Some(T::Off) {
                    return Err(NotUnderstood::Unclear("a time stands alone"));
                }
                self.at += 1;
                span_between(from, to)
            }
            _ => Err(NotUnderstood::Unclear("a time stands alone")),
        }
    }

    fn read_days(&mut self) -> Result<(), NotUnderstood> {
        let mut days = vec![self.read_selector()?];
        loop {
            // 周一、周三、周五; 周六周日; 双休日及节假日
            let ahead = usize::from(self.peek(0) == Some(T::And));
            let goes_on = match self.peek(ahead) {
                Some(
                    T::Weekdays(_)
                    | T::Nth(_)
                    | T::Workdays
                    | T::RestDays
                    | T::Holidays
                    | T::Named(_),
                ) => true,
                Some(T::Month(_)) => ahead == 1,
                _ => false,
            };
            if !goes_on {
                break;
            }
            self.at += ahead;
            days.push(self.read_selector()?);
        }
        self.explain(&mut days)?;
        self.elements.push(E::Days(days));
        Ok(())
    }

    /// 夏令时（5月1日至9月30日）, 春节期间（2月15日至2月23日）, 工作日（周一至周五）:
    /// a bracket right behind some days says which days they are.
    fn explain(&mut self, days: &mut [Selector]) -> Result<(), NotUnderstood> {
        if self.peek(0) != Some(T::Open) {
            return Ok(());
        }
        let mut inner = Reader {
            tokens: self.tokens,
            at: self.at + 1,
            elements: Vec::new(),
            has_vague_noon_break: false,
        };
        let is_day = |token| {
            matches!(
                token,
                Some(T::Year(_) | T::Month(_) | T::Date(_) | T::Weekdays(_) | T::Lunar(_))
            )
        };
        if !(is_day(inner.peek(0)) || inner.is_months()) {
            return Ok(());
        }
        let Ok(explanation) = inner.read_selector() else {
            return Ok(());
        };
        if inner.peek(0) != Some(T::Close) {
            return Ok(());
        }
        let Some(explained) = days.last_mut() else {
            return Ok(());
        };
        match (&explained, explanation) {
            (
                Selector::Season(_) | Selector::Named(_),
                Selector::Yearly(..) | Selector::Dates(..) | Selector::Lunar(..),
            ) => *explained = explanation,
            (Selector::Workdays, Selector::Weekdays(MONDAY_TO_FRIDAY)) => {}
            (Selector::Weekdays(one), Selector::Weekdays(other)) if *one == other => {}
            (Selector::Weekdays(_) | Selector::Every, _) => return Ok(()),
            _ => return Err(UNCLEAR_DAYS),
        }
        self.at = inner.at + 1;
        Ok(())
    }

    fn read_selector(&mut self) -> Result<Selector, NotUnderstood> {
        let token = self.peek(0).ok_or(UNCLEAR_DAYS)?;
        let simple = match token {
            T::Every => Some(Selector::Every),
            T::Rest => Some(Selector::Rest),
            T::OrdinaryDays => Some(Selector::OrdinaryDays),
            T::Workdays => Some(Selector::Workdays),
            T::RestDays => Some(Selector::RestDays),
            T::Holidays => Some(Selector::Holidays),
            T::Named(named) => Some(Selector::Named(named)),
            T::Season(season) => Some(Selector::Season(season)),
            _ => None,
        };
        if let Some(selector) = simple {
            self.at += 1;
            // 春节假日, 国庆节假期: one holiday, said twice.
            if matches!(token, T::Named(_)) && self.peek(0) == Some(T::Holidays) {
                self.at += 1;
            }
            return Ok(selector);
        }
        match token {
            T::Weekdays(first) => {
                self.at += 1;
                let ahead = self.past_space(0);
                if let (Some(T::Dash), Some(T::Weekdays(last))) =
                    (self.peek(ahead), self.peek(self.past_space(ahead + 1)))
                {
                    self.at += self.past_space(ahead + 1) + 1;
                    return Ok(Selector::Weekdays(weekdays_between(first, last)));
                }
                Ok(Selector::Weekdays(first))
            }
            T::Nth(nth) => match self.peek(1) {
                Some(T::Weekdays(day)) => {
                    self.at += 2;
                    Ok(Selector::NthWeekday(nth, day))
                }
                _ => Err(UNCLEAR_DAYS),
            },
            T::Lunar(first) => {
                self.at += 1;
                if let (Some(T::Dash), Some(T::Lunar(last))) = (self.peek(0), self.peek(1)) {
                    self.at += 2;
                    return Ok(Selector::Lunar(first, last));
                }
                Ok(Selector::Lunar(first, first))
            }
            T::Year(_) | T::Month(_) | T::Date(_) | T::Time(_) => self.read_dates(),
            _ => Err(UNCLEAR_DAYS),
        }
    }

    /// 6月1日至9月30日, 7-8月, 2026年7月1日起, 2026年7月1日至8月31日
    fn read_dates(&mut self) -> Result<Selector, NotUnderstood> {
        let first = self.read_date(None)?;
        let ahead = self.past_space(0);
        let last = if self.peek(ahead) == Some(T::Dash) {
            self.at += ahead + 1;
            self.at += usize::from(self.peek(0) == Some(T::Space));
            Some(self.read_date(Some(&first))?)
        } else {
            None
        };
        let is_since = self.peek(0) == Some(T::Since);
        self.at += usize::from(is_since);
        let unclear = NotUnderstood::Unclear("a date does not exist or lacks its year");
        let first_day = |date: &WrittenDate| {
            Some(MonthDay {
                month: date.month?,
                day: date.day.unwrap_or(1),
            })
        };
        let last_day = |date: &WrittenDate| {
            let month = date.month?;
            Some(MonthDay {
                month,
                day: date.day.unwrap_or_else(|| days_in_month(2024, month)),
            })
        };
        let end = last.as_ref().unwrap_or(&first);
        let (Some(from), Some(to)) = (first_day(&first), last_day(end)) else {
            return Err(unclear);
        };
        match (first.year, end.year.or(first.year)) {
            (None, None) if !is_since => Ok(Selector::Yearly(from, to)),
            (Some(year), Some(end_year)) => {
                let day = |year, MonthDay { month, day }| {
                    Day::from_ymd(year, month, day.min(days_in_month(year, month).max(1)))
                };
                let from = day(year, from);
                let to = if is_since && last.is_none() {
                    Some(FOREVER)
                } else {
                    day(end_year, to)
                };
                match (from, to) {
                    (Some(from), Some(to)) if from <= to => Ok(Selector::Dates(from, to)),
                    _ => Err(unclear),
                }
            }
            _ => Err(unclear),
        }
    }

    fn read_date(&mut self, first: Option<&WrittenDate>) -> Result<WrittenDate, NotUnderstood> {
        let mut date = WrittenDate::default();
        if let Some(T::Date(day)) = self.peek(0) {
            self.at += 1;
            let (year, month, day) = day.ymd();
            return Ok(WrittenDate {
                year: Some(year),
                month: Some(month),
                day: Some(day),
            });
        }
        if let Some(T::Year(year)) = self.peek(0) {
            date.year = Some(year);
            self.at += 1;
        }
        match self.peek(0) {
            Some(T::Month(month)) => {
                date.month = Some(month);
                self.at += 1;
            }
            // The 7 of 7-8月.
            Some(T::Time(clock)) if first.is_none() && clock.is_bare => {
                date.month = u8::try_from(clock.hour).ok();
                self.at += 1;
                return Ok(date);
            }
            _ => {}
        }
        if let Some(T::DayOfMonth(day)) = self.peek(0) {
            date.day = Some(day);
            self.at += 1;
        }
        if date.month.is_none() {
            // 7月1日至15日
            let known = first
                .and_then(|first| first.month)
                .filter(|_| date.day.is_some());
            date.month = Some(known.ok_or(NotUnderstood::Unclear("a date lacks its month"))?);
        }
        let exists = date
            .month
            .zip(Some(date.day.unwrap_or(1)))
            .is_some_and(|(month, day)| (1..=days_in_month(2024, month)).contains(&day));
        exists
            .then_some(date)
            .ok_or(NotUnderstood::Unclear("a date does not exist"))
    }
}

/// The end of spells that have none.
pub(super) const FOREVER: Day = Day(2_932_896);

#[derive(Default)]
struct WrittenDate {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
}

/// A span over midnight that is longer, in minutes, is no night.
const LONGEST_NIGHT: u16 = 14 * 60;

/// The minutes between two written times, in one or two readings.
fn span_between(from: Clock, to: Clock) -> Result<WrittenSpan, NotUnderstood> {
    const UNCLEAR: NotUnderstood = NotUnderstood::Unclear("the times cannot be told apart");
    if from.is_bare && to.is_bare && from.period.is_none() && to.period.is_none() {
        // 9-17 may be hours; 1-5 may be anything.
        if !(5..=12).contains(&from.hour) || to.hour <= 12 {
            return Err(UNCLEAR);
        }
    }
    let mut other = None;
    let start = match from.period {
        None if to.period == Some(Period::Afternoon) && from.hour < 12 && to.hour >= 12 => {
            // 1:30-5:00pm: the mark at the end may serve for both.
            let (early, late) = (minutes(from), minutes(from) + 720);
            match (late < minutes(to), from.hour <= 6) {
                (true, true) => late,
                (true, false) => {
                    other = Some((late, minutes(to)));
                    early
                }
                (false, _) => early,
            }
        }
        None | Some(Period::NextDay) => minutes(from),
        Some(period) => in_period(from, period).ok_or(UNCLEAR)?,
    };
    if start >= MINUTES_PER_DAY || from.period == Some(Period::NextDay) {
        return Err(UNCLEAR);
    }
    let end = match (to.period, from.period) {
        (Some(Period::NextDay), _) => minutes(to) + MINUTES_PER_DAY,
        (Some(period), _) => {
            let end = in_period(to, period).ok_or(UNCLEAR)?;
            if end <= start {
                end + MINUTES_PER_DAY
            } else {
                end
            }
        }
        (None, Some(period)) if to.hour <= 12 => match in_period(to, period) {
            Some(end) if end > start => end,
            _ if period == Period::Evening => minutes(to) + MINUTES_PER_DAY,
            _ => return overnight_or_afternoon(start, to, other),
        },
        // 23:59 is how some forms make people write midnight.
        (None, _) if minutes(to) == MINUTES_PER_DAY - 1 => MINUTES_PER_DAY,
        (None, _) if minutes(to) > start => minutes(to),
        (None, _) => return overnight_or_afternoon(start, to, other),
    };
    // 11:00 PM - 4:00 PM is a slip of the pen, not a door open for 17 hours.
    let is_said_to_be_next_day = matches!(to.period, Some(Period::NextDay | Period::Dawn));
    let is_too_long_a_night =
        end > MINUTES_PER_DAY && end - start > LONGEST_NIGHT && !is_said_to_be_next_day;
    if end > start && end <= start + MINUTES_PER_DAY && !is_too_long_a_night {
        Ok(WrittenSpan {
            from: start,
            to: end,
            other,
            is_break: false,
        })
    } else {
        Err(UNCLEAR)
    }
}

/// An end before the start: 22:00-06:00 runs past midnight; 9:00-5:00 may.
fn overnight_or_afternoon(
    start: u16,
    to: Clock,
    other: Option<(u16, u16)>,
) -> Result<WrittenSpan, NotUnderstood> {
    if other.is_some() {
        return Err(NotUnderstood::Unclear("the times cannot be told apart"));
    }
    let end = minutes(to);
    let (afternoon, overnight) = (end + 720, end + MINUTES_PER_DAY);
    let may_be_afternoon = (1..=12).contains(&to.hour) && afternoon > start && end < 720;
    if !may_be_afternoon && start >= 720 && overnight - start > LONGEST_NIGHT {
        return Err(NotUnderstood::Unclear("the times cannot be told apart"));
    }
    Ok(if may_be_afternoon {
        WrittenSpan {
            from: start,
            to: afternoon,
            other: Some((start, overnight)),
            is_break: false,
        }
    } else {
        WrittenSpan {
            from: start,
            to: overnight,
            other: None,
            is_break: false,
        }
    })
}

fn minutes(clock: Clock) -> u16 {
    clock.hour * 60 + clock.minute
}

/// The minute that a time means in a part of the day.
fn in_period(clock: Clock, period: Period) -> Option<u16> {
    let hour = clock.hour;
    if hour > 24 {
        return None;
    }
    let hour = match period {
        Period::Dawn if hour <= 6 => hour,
        Period::Dawn if hour == 12 => 0,
        Period::Morning if hour <= 12 => hour,
        Period::Noon if (11..=14).contains(&hour) => hour,
        Period::Noon if (1..=2).contains(&hour) => hour + 12,
        Period::Afternoon if (1..=11).contains(&hour) => hour + 12,
        Period::Afternoon if (12..24).contains(&hour) => hour,
        Period::Evening if (4..=12).contains(&hour) => hour + 12,
        Period::Evening if (1..=3).contains(&hour) => hour + 24,
        Period::Evening if hour == 0 => 24,
        Period::Evening if hour >= 16 => hour,
        Period::NextDay => hour + 24,
        _ => return None,
    };
    Some(hour * 60 + clock.minute)
}

/// Joins days and what holds on them.
fn pair(elements: Vec<Element>) -> Result<Vec<Clause>, NotUnderstood> {
    let elements = without_every(elements);
    let elements = closures(elements)?;
    let (mut clauses, rest) = elements;
    let mut pending: Vec<Selector> = Vec::new();
    let kinds: Vec<&Element> = rest
        .iter()
        .filter(|e| matches!(e, E::Days(_) | E::Spans(_)))
        .collect();
    let is_postfix = has_days_behind_hours(&rest, &kinds)?;
    let mut own = Vec::new();
    if is_postfix {
        for pair in kinds.chunks(2) {
            if let [E::Spans(spans), E::Days(days)] = pair {
                own.push(clause(days.clone(), Body::Spans(spans.clone())));
            }
        }
    } else {
        let mut season: Option<Selector> = None;
        let mut said_open = false;
        let rest = rest.into_iter().peekable();
        for element in rest {
            match element {
                E::Days(days) => {
                    if said_open && !pending.is_empty() {
                        own.push(clause(std::mem::take(&mut pending), Body::AsUsual));
                    }
                    said_open = false;
                    pending.extend(days);
                    let dated = pending.iter().copied().find(is_part_of_year);
                    match (dated, season) {
                        (Some(dated), _) => season = Some(dated),
                        // 夏季：周一至周五8:00-18:00，周六9:00-12:00
                        (None, Some(season)) if !pending.iter().any(is_overriding) => {
                            pending.push(season);
                        }
                        _ => {}
                    }
                }
                E::Spans(spans) => {
                    said_open = false;
                    own.push(clause(std::mem::take(&mut pending), Body::Spans(spans)));
                }
                E::OpenWord => said_open = true,
                E::Notice { is_caveat } => {
                    let decides = !pending.is_empty();
                    if decides {
                        own.push(clause(std::mem::take(&mut pending), Body::Unknown));
                    } else if !is_caveat {
                        return Err(NotUnderstood::Unclear("a notice decides"));
                    }
                }
                E::Stop => {
                    if pending.is_empty() {
                        season = None;
                    }
                }
                E::Comma | E::Paren => {}
                E::Off | E::OffDuring(_) | E::Except | E::Without => return Err(UNCLEAR_DAYS),
            }
        }
        if !pending.is_empty() {
            // Hours here, days there: 下午2:30-6:00（夏季）2:00-5:30（冬季）
            if !said_open && own.iter().any(|known| matches!(known.body, Body::Spans(_))) {
                return Err(UNCLEAR_DAYS);
            }
            own.push(clause(pending, Body::AsUsual));
        }
    }
    own.append(&mut clauses);
    if own.is_empty() {
        return Err(NotUnderstood::NothingSaid);
    }
    same_days_joined(own)
}

/// 8:30-11:30；13:30-17:00: two parts about the same days add up, unless they
/// contradict each other.
fn same_days_joined(clauses: Vec<Clause>) -> Result<Vec<Clause>, NotUnderstood> {
    let mut joined: Vec<Clause> = Vec::new();
    for clause in clauses {
        let twin = joined.iter_mut().find(|known| known.days == clause.days);
        match (twin.map(|known| &mut known.body), &clause.body) {
            (Some(Body::Spans(spans)), Body::Spans(more)) => {
                for span in more {
                    let overlaps = |known: &WrittenSpan| {
                        span.is_break == known.is_break
                            && span.from < known.to
                            && known.from < span.to
                    };
                    if spans.contains(span) {
                        continue;
                    }
                    if spans.iter().any(overlaps) {
                        return Err(NotUnderstood::Unclear(
                            "two parts give the same days other hours",
                        ));
                    }
                    spans.push(*span);
                }
            }
            _ => joined.push(clause),
        }
    }
    Ok(joined)
}

/// 8:30-17:00（周一至周五）; 9:00-12:00（周六）: hours first, days behind.
fn has_days_behind_hours(all: &[Element], kinds: &[&Element]) -> Result<bool, NotUnderstood> {
    let alternate = kinds.len() >= 2
        && kinds.len().is_multiple_of(2)
        && kinds
            .chunks(2)
            .all(|pair| matches!(pair, [E::Spans(_), E::Days(_)]));
    let Some(E::Days(last)) = kinds.last().filter(|_| alternate) else {
        return Ok(false);
    };
    let is_week = covers_working_week(last);
    // 8:30-17:00，周末以通知为准; 8:30-17:00，节假日照常开放
    let behind = all.iter().rev().take_while(|e| !matches!(e, E::Days(_)));
    if behind
        .into_iter()
        .any(|e| matches!(e, E::Notice { .. } | E::OpenWord))
        && !is_week
    {
        return Ok(false);
    }
    let names_week_or_season = last.iter().all(|s| {
        matches!(
            s,
            Selector::Weekdays(_)
                | Selector::NthWeekday(..)
                | Selector::Workdays
                | Selector::Season(_)
                | Selector::Yearly(..)
        )
    });
    if names_week_or_season {
        Ok(true)
    } else {
        Err(UNCLEAR_DAYS)
    }
}

fn clause(days: Vec<Selector>, body: Body) -> Clause {
    Clause {
        days,
        body,
        but_not_on_holidays: false,
    }
}

/// （每日） behind or before hours changes nothing.
fn without_every(mut elements: Vec<Element>) -> Vec<Element> {
    elements.retain(|e| !matches!(e, E::Days(days) if days == &[Selector::Every]));
    elements
}

/// Days that are a part of the year.
fn is_part_of_year(selector: &Selector) -> bool {
    matches!(selector, Selector::Season(_) | Selector::Yearly(..))
}

/// Days that hold whatever the season.
fn is_overriding(selector: &Selector) -> bool {
    matches!(
        selector,
        Selector::Holidays
            | Selector::Named(_)
            | Selector::Lunar(..)
            | Selector::Dates(..)
            | Selector::Rest
            | Selector::OrdinaryDays
    )
}

/// Takes out what says that something is shut, with the days it speaks of.
fn closures(elements: Vec<Element>) -> Result<(Vec<Clause>, Vec<Element>), NotUnderstood> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut rest: Vec<Element> = Vec::new();
    let mut is_after_off = false;
    let mut iter = elements.into_iter().peekable();
    while let Some(element) = iter.next() {
        let body = match element {
            E::OffDuring(period) => Body::OffDuring(period),
            E::Off | E::Except => Body::Off,
            E::Without => {
                // 除节假日外每天8:00-20:00
                let Some(E::Days(days)) = iter.next() else {
                    return Err(UNCLEAR_DAYS);
                };
                iter.next_if(|e| matches!(e, E::Except));
                clauses.push(clause(days, Body::Off));
                is_after_off = false;
                continue;
            }
            other => {
                is_after_off &= matches!(other, E::Paren)
                    || matches!(&other, E::Days(days) if days == &[Selector::Holidays]);
                rest.push(other);
                continue;
            }
        };
        let is_except = matches!(element, E::Except);
        let days = take_days(&mut rest, is_except)?;
        if is_except && is_after_off && days == [Selector::Holidays] {
            // 每周一闭馆（节假日除外）
            if let Some(last) = clauses.last_mut() {
                last.but_not_on_holidays = true;
                continue;
            }
        }
        if days.is_empty() && (is_except || !is_bare(&rest)) {
            return Err(UNCLEAR_DAYS);
        }
        is_after_off = body == Body::Off && !is_except;
        clauses.push(clause(days, body));
    }
    Ok((clauses, rest))
}

/// Whether nothing was said of hours or days so far.
fn is_bare(rest: &[Element]) -> bool {
    !rest.iter().any(|e| matches!(e, E::Days(_) | E::Spans(_)))
}

/// The days that stand right before a word for shut.
fn take_days(rest: &mut Vec<Element>, is_except: bool) -> Result<Vec<Selector>, NotUnderstood> {
    while matches!(rest.last(), Some(E::Paren | E::OpenWord)) {
        rest.pop();
    }
    let Some(E::Days(_)) = rest.last() else {
        return Ok(Vec::new());
    };
    let Some(E::Days(mut days)) = rest.pop() else {
        return Ok(Vec::new());
    };
    if is_except {
        return Ok(days);
    }
    loop {
        // 周六，周日休息 closes both; in 周一至周五，节假日休息 the first is no closure.
        let gap = rest
            .iter()
            .rev()
            .take_while(|e| matches!(e, E::Comma))
            .count();
        let before = rest.len() - gap;
        let Some(E::Days(earlier)) = rest[..before].last() else {
            break;
        };
        if covers_working_week(earlier) || earlier.iter().any(is_part_of_year) {
            break;
        }
        if earlier
            .iter()
            .any(|s| !matches!(s, Selector::Weekdays(_) | Selector::Holidays))
        {
            return Err(UNCLEAR_DAYS);
        }
        let earlier = earlier.clone();
        rest.truncate(before - 1);
        days.extend(earlier);
    }
    Ok(days)
}

fn covers_working_week(days: &[Selector]) -> bool {
    days.iter().any(|s| match s {
        Selector::Weekdays(mask) => mask & MONDAY_TO_FRIDAY == MONDAY_TO_FRIDAY,
        Selector::Workdays | Selector::Every => true,
        _ => false,
    })
}
