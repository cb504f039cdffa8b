//! From tokens to pieces: days, spans of time, and words that say what holds.
//!
//! Every token becomes a part of a piece or of the gap between two; one that fits nowhere
//! makes this reading impossible.

use super::NotUnderstood;
use super::choices::Choices;
use super::lexer::weekdays_between;
use super::lexicon::{Clock, Doubt, Label, Named, Period, Token, Vacation};
use super::span::{self, in_period};
use crate::domain::civil::{Day, MINUTES_PER_DAY, MonthDay, days_in_month};
use crate::domain::timetable::MONDAY_TO_FRIDAY;

use Token as T;

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
    /// Bits of [`super::lexicon::season`].
    Season(u8),
    /// 高温季节 without its dates.
    SomeSeason,
    Yearly(MonthDay, MonthDay),
    Dates(Day, Day),
}

/// Hours as written: from, and to (past 1440 for the next day).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: u16,
    pub(super) to: u16,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Days(Days),
    Span(Span),
    Break(Span),
    /// 中午休息, without times.
    VagueNoonBreak,
    Off,
    /// 暂停开放
    Suspended,
    Closed,
    ClosingDays,
    OffDuring(Period),
    /// The last minute at which anybody is let in.
    LastEntry(u16),
    Except,
    Without,
    Notice {
        is_caveat: bool,
    },
    OpenWord,
    AsUsual,
    Because,
    Label(Label),
    Doubt(Doubt),
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

/// How strongly two pieces are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Gap {
    #[default]
    None,
    Space,
    /// One of two.
    Or,
    Slash,
    Comma,
    /// A bracket opens …
    Open,
    /// … and closes.
    Close,
    /// A semicolon, a full stop, a new line.
    Stop,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    /// What stands before it.
    pub(super) gap: Gap,
    /// Whether one of two is meant: 或 stands before it.
    pub(super) is_alternative: bool,
    /// Whether a colon stands before it.
    pub(super) follows_colon: bool,
}

/// The end of spells that have none.
pub(super) const FOREVER: Day = Day(2_932_896);

pub(super) const UNCLEAR_DAYS: NotUnderstood =
    NotUnderstood::Unclear("it is not clear which hours belong to which days");

/// The pieces of a text, in one of its readings.
///
/// # Errors
///
/// [`NotUnderstood::Unclear`] if the tokens do not hang together in this reading.
pub(super) fn pieces(tokens: &[Token], choices: &mut Choices) -> Result<Vec<Piece>, NotUnderstood> {
    let mut reader = Reader {
        tokens,
        at: 0,
        pieces: Vec::new(),
        gap: Gap::None,
        is_alternative: false,
        follows_colon: false,
        is_only: false,
        is_late_shift: false,
        choices,
    };
    reader.read()?;
    if reader.is_only || reader.is_late_shift {
        return Err(NotUnderstood::Unclear(
            "what is meant by 仅 or a shift is not said",
        ));
    }
    Ok(reader.pieces)
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word that waits for what comes"
)]
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    pieces: Vec<Piece>,
    gap: Gap,
    is_alternative: bool,
    follows_colon: bool,
    /// 仅 stands before the days that come.
    is_only: bool,
    /// 晚班 stands before the hours that come.
    is_late_shift: bool,
    choices: &'a mut Choices,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    /// How many tokens to the first one that has content.
    fn past_blank(&self, mut ahead: usize) -> usize {
        while matches!(self.peek(ahead), Some(T::Space | T::Particle)) {
            ahead += 1;
        }
        ahead
    }

    /// The first token that has content.
    fn content(&self, ahead: usize) -> Option<Token> {
        self.peek(self.past_blank(ahead))
    }

    fn skip_blank(&mut self) {
        self.at += self.past_blank(0);
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
        self.at += 1;
    }

    fn push(&mut self, kind: Kind) {
        self.pieces.push(Piece {
            kind,
            gap: std::mem::take(&mut self.gap),
            is_alternative: std::mem::take(&mut self.is_alternative),
            follows_colon: std::mem::take(&mut self.follows_colon),
        });
    }

    /// One token is one piece.
    fn take(&mut self, kind: Kind) {
        self.at += 1;
        self.push(kind);
    }

    fn read(&mut self) -> Result<(), NotUnderstood> {
        while let Some(token) = self.peek(0) {
            match token {
                T::Space => self.widen(Gap::Space),
                T::Colon => {
                    self.follows_colon = true;
                    self.at += 1;
                }
                T::Particle | T::Harmless | T::AllYear => self.at += 1,
                T::From => {
                    self.at += 1;
                    let is_before_start = matches!(
                        self.content(0),
                        Some(
                            T::Weekdays(_)
                                | T::Year(_)
                                | T::Month(_)
                                | T::Date(_)
                                | T::Dotted(..)
                                | T::Time(_)
                                | T::Period(_)
                                | T::Lunar(_)
                                | T::Harmless
                        )
                    );
                    if !is_before_start {
                        return Err(NotUnderstood::Unclear("since when is not said"));
                    }
                }
                T::Until => return Err(NotUnderstood::Unclear("until when is not said")),
                T::Only => {
                    self.is_only = true;
                    self.at += 1;
                }
                T::LateShift => {
                    self.is_late_shift = true;
                    self.at += 1;
                }
                T::RestDays if self.names_closing_days(1) => self.take(Kind::ClosingDays),
                T::And | T::Comma => self.widen(Gap::Comma),
                T::Or => {
                    self.is_alternative = true;
                    self.widen(Gap::Or);
                }
                T::Slash => self.widen(Gap::Slash),
                T::Stop | T::Line => self.widen(Gap::Stop),
                T::Open if self.is_bracketed_period() => self.at += 3,
                T::Open => self.widen(Gap::Open),
                T::Close => self.widen(Gap::Close),
                T::Off | T::Closed | T::Suspended if self.is_break_behind_word() => {
                    self.at += 1;
                    self.skip_to_time();
                    let span = self.read_span()?;
                    self.push(Kind::Break(span));
                }
                T::Suspended => self.take(Kind::Suspended),
                T::Off => self.take(Kind::Off),
                T::Closed => self.take(Kind::Closed),
                T::ClosingDays => self.take(Kind::ClosingDays),
                T::Except => self.take(Kind::Except),
                T::Without => self.take(Kind::Without),
                T::OpenWord => self.take(Kind::OpenWord),
                T::AsUsual => self.take(Kind::AsUsual),
                T::Notice { is_caveat } => self.take(Kind::Notice { is_caveat }),
                T::Because => self.take(Kind::Because),
                T::Label(label) => self.take(Kind::Label(label)),
                T::Doubt(doubt) => self.take(Kind::Doubt(doubt)),
                T::LastEntry | T::Entry => self.read_last_entry()?,
                T::AllDay => self.read_all_day(),
                T::Lunch => self.read_lunch()?,
                T::Dotted(..) if self.is_dotted_dates() => self.read_days()?,
                T::Time(_) if self.is_months() => self.read_days()?,
                T::Time(_) | T::Period(_) | T::Dotted(..) => self.read_times()?,
                // 每晚8:00
                T::EachOf if matches!(self.content(1), Some(T::Period(_))) => self.at += 1,
                T::EachOf | T::Monthly => {
                    // "every second Tuesday" is no second Tuesday of a month.
                    let is_nth = token == T::EachOf && matches!(self.content(1), Some(T::Nth(_)));
                    self.at += 1;
                    let is_of_days = matches!(
                        self.content(0),
                        Some(
                            T::Weekdays(_)
                                | T::Nth(_)
                                | T::Month(_)
                                | T::Named(_)
                                | T::Holidays
                                | T::Workdays
                                | T::RestDays
                                | T::Season(_)
                                | T::Vacation(_)
                                | T::DayOfMonth(_)
                                | T::Lunar(_)
                                | T::EachOf
                        )
                    );
                    // 每月初一: of which calendar nobody says.
                    let is_lunar =
                        token == T::Monthly && matches!(self.content(0), Some(T::Lunar(_)));
                    if !is_of_days || is_nth || is_lunar {
                        return Err(NotUnderstood::Unclear(
                            "how often is said, and not on which days",
                        ));
                    }
                }
                T::Dash => return Err(NotUnderstood::Unclear("a dash with nothing before it")),
                T::Including => self.read_including()?,
                T::Since => return Err(NotUnderstood::Unclear("since when is not said")),
                T::Weekdays(_)
                | T::Nth(_)
                | T::Every
                | T::Rest
                | T::OrdinaryDays
                | T::Workdays
                | T::RestDays
                | T::Holidays
                | T::Vacation(_)
                | T::Named(_)
                | T::Lunar(_)
                | T::Season(_)
                | T::SomeSeason
                | T::Year(_)
                | T::Month(_)
                | T::DayOfMonth(_)
                | T::Date(_) => self.read_days()?,
            }
        }
        Ok(())
    }

    /// 休息日：周二, 休息时间：周一: the days behind it are those on which it is shut.
    fn names_closing_days(&self, mut ahead: usize) -> bool {
        while matches!(
            self.peek(ahead),
            Some(T::Space | T::Particle | T::Colon | T::EachOf)
        ) {
            ahead += 1;
        }
        matches!(
            self.peek(ahead),
            Some(T::Weekdays(_) | T::Holidays | T::Named(_) | T::Nth(_))
        )
    }

    /// 8:30-11:30（上午）: the span says the same.
    fn is_bracketed_period(&self) -> bool {
        let (Some(T::Period(period)), Some(T::Close)) = (self.peek(1), self.peek(2)) else {
            return false;
        };
        let Some(Piece {
            kind: Kind::Span(Span { from, .. }),
            ..
        }) = self.pieces.last()
        else {
            return false;
        };
        let clock = Clock {
            hour: from / 60,
            minute: from % 60,
            is_bare: false,
            has_leading_zero: true,
            period: None,
        };
        in_period(clock, period) == Some(*from)
    }

    /// 9am-5pm (closed 12pm-1pm): a break, if hours stand before it.
    fn is_break_behind_word(&self) -> bool {
        let mut ahead = 1;
        let mut has_colon = false;
        while let Some(token @ (T::Space | T::Particle | T::Colon)) = self.peek(ahead) {
            has_colon |= token == T::Colon;
            ahead += 1;
        }
        let is_hours = |piece: &Piece| matches!(piece.kind, Kind::Span(_) | Kind::Break(_));
        matches!(self.peek(ahead), Some(T::Time(_) | T::Period(_)))
            && if has_colon {
                // 9:00-17:00（周一至周五）暂停服务：12:30-14:00
                self.pieces.iter().any(is_hours)
            } else {
                self.pieces.last().is_some_and(is_hours)
            }
    }

    fn skip_to_time(&mut self) {
        while matches!(self.peek(0), Some(T::Space | T::Particle | T::Colon)) {
            self.at += 1;
        }
    }

    /// 周二至周日（含国定假日）: more days of the same list; behind a closure, more days that
    /// are closed.
    fn read_including(&mut self) -> Result<(), NotUnderstood> {
        self.at += 1;
        self.skip_blank();
        let count = self.pieces.len();
        self.read_days()?;
        let more = self.pieces.pop().filter(|_| self.pieces.len() == count);
        let Some(Piece {
            kind: Kind::Days(more),
            gap,
            ..
        }) = more
        else {
            return Err(UNCLEAR_DAYS);
        };
        let closes =
            |piece: &Piece| matches!(piece.kind, Kind::Off | Kind::Closed | Kind::Suspended);
        if self.pieces.last().is_some_and(closes) {
            self.push(Kind::Days(more));
            self.push(Kind::Off);
            return Ok(());
        }
        let mut before = self.pieces.iter_mut().rev();
        let days = before.find_map(|piece| match &mut piece.kind {
            Kind::Days(days) => Some(Some(days)),
            Kind::Span(_) | Kind::Break(_) => None,
            _ => Some(None),
        });
        if let Some(Some(days)) = days {
            days.sets.extend(more.sets);
        }
        self.gap = self.gap.max(gap);
        Ok(())
    }

    /// 7-8月: a bare number, a dash and a month.
    fn is_months(&self) -> bool {
        matches!(self.peek(0), Some(T::Time(clock)) if clock.is_bare && (1..=12).contains(&clock.hour))
            && self.peek(1) == Some(T::Dash)
            && matches!(self.peek(2), Some(T::Month(_)))
    }

    /// 7.15-9.15: as dates where it can be nothing else, else in one of two readings.
    fn is_dotted_dates(&mut self) -> bool {
        let times = [self.peek(0), self.peek(2)];
        let may_be_times = times.iter().all(|token| match token {
            Some(T::Dotted(_, minute)) => *minute >= 10,
            _ => false,
        });
        let is_range = self.peek(1) == Some(T::Dash) && matches!(self.peek(2), Some(T::Dotted(..)));
        !(is_range && may_be_times) || self.choices.pick(2) == 0
    }

    /// 最晚20:30入场, 16:30停止入馆, last entry 16:30: changes no hours.
    fn read_last_entry(&mut self) -> Result<(), NotUnderstood> {
        // 周三12:00停止入内: on these days only.
        if matches!(
            self.pieces.last(),
            Some(Piece {
                kind: Kind::Days(_),
                ..
            })
        ) && self.gap <= Gap::Space
        {
            return Err(NotUnderstood::Unclear("the last admission on some days"));
        }
        let mut has_entry = false;
        let mut last = None;
        let mut times = 0;
        loop {
            match self.peek(0) {
                Some(T::Entry) => {
                    has_entry = true;
                    self.at += 1;
                }
                Some(T::Time(_) | T::Dotted(..) | T::Period(_)) if times == 0 => {
                    times += 1;
                    last = Some(self.read_clock()?);
                }
                Some(T::LastEntry | T::Space | T::Colon | T::Particle | T::Until) => self.at += 1,
                Some(T::OpenWord | T::Dash) if times == 0 => self.at += 1,
                _ => break,
            }
        }
        if has_entry && let Some(clock) = last {
            let minute = match clock.period {
                Some(period) => in_period(clock, period),
                None => Some(clock.hour * 60 + clock.minute),
            };
            let minute = minute.ok_or(NotUnderstood::Unclear("the last of what is not said"))?;
            self.push(Kind::LastEntry(minute));
            Ok(())
        } else {
            Err(NotUnderstood::Unclear("the last of what is not said"))
        }
    }

    /// 16:30停止入馆: the time stands before the words.
    fn is_last_entry(&self) -> bool {
        let mut ahead = 0;
        let mut has_time = false;
        loop {
            match self.peek(ahead) {
                Some(T::Period(_) | T::Space | T::Particle | T::Until) => {}
                Some(T::Time(_)) if !has_time => has_time = true,
                Some(T::LastEntry) if has_time => {}
                Some(T::Entry) => return has_time,
                _ => return false,
            }
            ahead += 1;
        }
    }

    fn read_all_day(&mut self) {
        self.take(Kind::Span(Span {
            from: 0,
            to: MINUTES_PER_DAY,
        }));
        // 全天24小时: said twice.
        while self.content(0) == Some(T::AllDay) {
            self.skip_blank();
            self.at += 1;
        }
    }

    /// 中午休息, 午休时间12:00-14:00
    fn read_lunch(&mut self) -> Result<(), NotUnderstood> {
        if self.names_closing_days(1) {
            self.take(Kind::ClosingDays);
            return Ok(());
        }
        self.at += 1;
        let mut ahead = self.past_blank(0);
        if self.peek(ahead) == Some(T::Colon) {
            ahead = self.past_blank(ahead + 1);
        }
        if matches!(self.peek(ahead), Some(T::Time(_) | T::Period(_))) {
            self.at += ahead;
            let span = self.read_span()?;
            // 午休12:00-13:00休息 says it twice.
            if self.peek(0) == Some(T::Off) {
                self.at += 1;
            }
            self.push(Kind::Break(span));
            return Ok(());
        }
        // 午休除外
        self.at += usize::from(self.peek(0) == Some(T::Except));
        // 8:00-17:00，12:00-13:00午休: the break stands before the word.
        let is_close = self.gap <= Gap::Space;
        match self.pieces.last_mut() {
            Some(Piece {
                kind: kind @ Kind::Span(_),
                ..
            }) if is_close => {
                let Kind::Span(span) = *kind else {
                    unreachable!("matched above")
                };
                // 11:00-14:00午休 is a break; 8:30-17:00午休 is not.
                if span.to - span.from <= 240 && span.from >= 600 {
                    *kind = Kind::Break(span);
                    return Ok(());
                }
                self.push(Kind::VagueNoonBreak);
            }
            _ => self.push(Kind::VagueNoonBreak),
        }
        Ok(())
    }

    fn read_times(&mut self) -> Result<(), NotUnderstood> {
        if self.is_last_entry() {
            return self.read_last_entry();
        }
        if let Some(T::Period(period)) = self.peek(0) {
            let ahead = self.past_blank(1);
            match self.peek(ahead) {
                Some(T::Time(_) | T::Period(_) | T::Dotted(..)) => {}
                Some(T::Colon) if matches!(self.content(ahead + 1), Some(T::Time(_))) => {}
                // 隔日休息: on which days nobody says.
                Some(T::Off | T::Closed) if period != Period::NextDay => {
                    self.at += ahead + 1;
                    self.push(Kind::OffDuring(period));
                    return Ok(());
                }
                _ => return Err(NotUnderstood::Unclear("a part of the day without times")),
            }
        }
        let span = self.read_span()?;
        let follows_days = matches!(
            self.pieces.last(),
            Some(Piece {
                kind: Kind::Days(_),
                ..
            })
        ) && self.gap <= Gap::Comma;
        let ahead = self.past_blank(0);
        let next = self.peek(ahead);
        // 9:00-17:00 休息：周一: the word is about what follows.
        let is_heading = self.names_closing_days(ahead + 1) && self.gap_before(ahead)
            || self.content(ahead + 1) == Some(T::Colon);
        let is_break = match next {
            _ if is_heading => false,
            Some(T::Off) => !follows_days,
            // 11:30-13:00暂停服务: a break within other hours, else perhaps shut until further
            // notice.
            Some(T::Suspended) => {
                let is_inside = self.pieces.iter().any(|piece| {
                    matches!(piece.kind, Kind::Span(outer)
                        if outer != span && outer.from <= span.from && span.to <= outer.to)
                });
                !follows_days && (is_inside || self.choices.pick(2) == 0)
            }
            _ => false,
        };
        if is_break {
            // 12:00-13:00休息
            self.skip_blank();
            self.at += 1;
            self.push(Kind::Break(span));
            self.spread_break();
            return Ok(());
        }
        self.push(Kind::Span(span));
        Ok(())
    }

    /// Whether a blank stands before the token that is so many ahead.
    fn gap_before(&self, ahead: usize) -> bool {
        ahead > 0 && self.peek(ahead - 1) == Some(T::Space)
    }

    /// 12:00-13:00、17:00-18:00休息: both are breaks.
    fn spread_break(&mut self) {
        let mut at = self.pieces.len() - 1;
        while at > 0 && self.pieces[at].gap == Gap::Comma {
            let Kind::Span(span) = self.pieces[at - 1].kind else {
                return;
            };
            // It lies within longer hours, and right behind other hours, not behind days.
            let is_short = span.to - span.from <= 240;
            let follows_hours =
                at > 1 && matches!(self.pieces[at - 2].kind, Kind::Span(_) | Kind::Break(_));
            let is_inside = is_short
                && follows_hours
                && self.pieces[..at - 1].iter().any(|piece| {
                    matches!(piece.kind, Kind::Span(outer)
                        if outer != span && outer.from <= span.from && span.to <= outer.to)
                });
            if !is_inside {
                return;
            }
            self.pieces[at - 1].kind = Kind::Break(span);
            at -= 1;
        }
    }

    fn read_clock(&mut self) -> Result<Clock, NotUnderstood> {
        let mut period = None;
        loop {
            match self.peek(0) {
                Some(T::Space | T::Particle | T::From) => self.at += 1,
                Some(T::Colon) if period.is_some() => self.at += 1,
                Some(T::Period(next)) => {
                    self.at += 1;
                    // 次日凌晨: the day matters more than the hour's name.
                    if period != Some(Period::NextDay) {
                        period = Some(next);
                    }
                }
                Some(T::Dotted(hour, minute)) if (10..60).contains(&minute) => {
                    self.at += 1;
                    return Ok(Clock {
                        hour: hour.into(),
                        minute: minute.into(),
                        is_bare: false,
                        has_leading_zero: false,
                        period,
                    });
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

    fn read_span(&mut self) -> Result<Span, NotUnderstood> {
        let from = self.read_clock()?;
        // 9:30起至17:00
        let since = self.past_blank(0);
        if self.peek(since) == Some(T::Since) && self.content(since + 1) == Some(T::Dash) {
            self.at += since + 1;
        }
        let ahead = self.past_blank(0);
        let to = match self.peek(ahead) {
            Some(T::Dash) => {
                self.at += ahead + 1;
                self.read_clock()?
            }
            // 8:00开门，20:00关门
            Some(T::OpenWord) => {
                self.at += ahead + 1;
                while matches!(self.peek(0), Some(T::Comma | T::And | T::Space | T::Dash)) {
                    self.at += 1;
                }
                let to = self.read_clock()?;
                self.skip_blank();
                if !matches!(self.peek(0), Some(T::Off | T::Closed)) {
                    return Err(NotUnderstood::Unclear("a time stands alone"));
                }
                self.at += 1;
                to
            }
            // 早8晚5
            Some(T::Period(_)) if from.period.is_some() && ahead == 0 => self.read_clock()?,
            _ => return Err(NotUnderstood::Unclear("a time stands alone")),
        };
        let mut found = span::readings(from, to);
        if from.is_bare && to.is_bare && !self.may_be_bare(from, to) {
            found.clear();
        }
        match found.len() {
            0 => Err(NotUnderstood::Unclear("the times cannot be told apart")),
            // 晚班6:00-10:00: of the evening, but nobody writes so.
            _ if std::mem::take(&mut self.is_late_shift)
                && from.hour <= 12
                && from.period.is_none() =>
            {
                Err(NotUnderstood::Unclear(
                    "hours of a late shift in the morning",
                ))
            }
            count => {
                // 9:30至17:00止
                if self.peek(self.past_blank(0)) == Some(T::Until) {
                    self.skip_blank();
                    self.at += 1;
                }
                let (from, to) = found[if count > 1 {
                    self.choices.pick(count)
                } else {
                    0
                }];
                Ok(Span { from, to })
            }
        }
    }

    /// 9-17 are hours; 1-5 may be anything, but not behind or before days.
    fn may_be_bare(&self, from: Clock, to: Clock) -> bool {
        let is_marked = from.period.is_some() || to.period.is_some();
        let is_wide = (5..=12).contains(&from.hour) && to.hour > 12 && to.hour <= 24;
        let names_days = || {
            self.tokens
                .iter()
                .any(|token| matches!(token, T::Weekdays(_) | T::Every | T::Workdays | T::Holidays))
        };
        is_marked || is_wide || names_days()
    }

    fn read_days(&mut self) -> Result<(), NotUnderstood> {
        let is_only = std::mem::take(&mut self.is_only);
        let mut sets = vec![vec![self.read_selector()?]];
        let mut is_slashed = false;
        let mut alternatives = Vec::new();
        loop {
            // 周一、周三、周五; 周六周日; 双休日及节假日; 周六或周日; 工作日/周末
            let mut ahead = 0;
            let mut joint = None;
            loop {
                match self.peek(ahead) {
                    Some(T::Particle | T::EachOf) => {}
                    Some(T::Space) if joint.is_some() || self.is_joint(ahead + 1) => {}
                    Some(token @ (T::And | T::Or | T::Slash)) if joint.is_none() => {
                        joint = Some(token);
                    }
                    _ => break,
                }
                ahead += 1;
            }
            let goes_on = match self.peek(ahead) {
                Some(
                    T::Weekdays(_)
                    | T::Nth(_)
                    | T::Workdays
                    | T::RestDays
                    | T::Holidays
                    | T::Vacation(_)
                    | T::Named(_),
                ) => true,
                Some(
                    T::Month(_)
                    | T::Season(_)
                    | T::Lunar(_)
                    | T::DayOfMonth(_)
                    | T::Year(_)
                    | T::Date(_),
                ) => joint.is_some(),
                _ => false,
            };
            if !goes_on {
                break;
            }
            self.at += ahead;
            let mut next = self.read_selector()?;
            let set = sets.last_mut().expect("there is one");
            // 第一个周六、周日: the first Sunday too, or every one.
            if let (Some(Selector::NthWeekday(nth, _)), Selector::Weekdays(day)) =
                (set.last(), next)
                && self.choices.pick(2) == 0
            {
                next = Selector::NthWeekday(*nth, day);
            }
            let is_week_list = set.iter().chain([&next]).all(is_of_week);
            if joint.is_none()
                && let Some(narrower) = narrowed(set, next)?
            {
                // 周末周六: the Saturday, or the whole week-end.
                if narrower.is_certain || self.choices.pick(2) == 0 {
                    *set.last_mut().expect("it is narrowed") = next;
                }
                continue;
            }
            match joint {
                // 工作日周一至周五: one explains the other, and on holidays they differ.
                None if is_said_twice(set, next) => {
                    if self.choices.pick(2) == 1 {
                        *set = vec![next];
                    }
                }
                Some(T::Slash) => {
                    is_slashed = true;
                    sets.push(vec![next]);
                }
                Some(T::Or) => {
                    if alternatives.is_empty() {
                        alternatives.extend(set.iter().copied());
                    }
                    alternatives.push(next);
                }
                // 夏季周一至周五: both hold together …
                None => set.push(next),
                Some(_) if is_week_list => set.push(next),
                // … and 周一及1月1日 are either.
                Some(_) => sets.push(vec![next]),
            }
        }
        if !alternatives.is_empty() {
            let one = alternatives[self.choices.pick(alternatives.len())];
            *sets.last_mut().expect("there is one") = vec![one];
        }
        self.explain(sets.last_mut().expect("there is one"))?;
        self.push(Kind::Days(Days {
            sets,
            is_slashed,
            is_only,
        }));
        Ok(())
    }

    fn is_joint(&self, ahead: usize) -> bool {
        matches!(self.peek(ahead), Some(T::And | T::Or | T::Slash))
    }

    /// 夏令时（5月1日至9月30日）, 春节期间（2月15日至2月23日）, 工作日（周一至周五）:
    /// a bracket right behind some days says which days they are.
    fn explain(&mut self, days: &mut [Selector]) -> Result<(), NotUnderstood> {
        // 期间（, 季节 （
        let mut ahead = 0;
        while matches!(self.peek(ahead), Some(T::Harmless | T::Particle | T::Space)) {
            ahead += 1;
        }
        if self.peek(ahead) != Some(T::Open) {
            return Ok(());
        }
        let start = self.at;
        self.at += ahead + 1;
        let explanation = match self.peek(0) {
            Some(
                T::Year(_)
                | T::Month(_)
                | T::Date(_)
                | T::Weekdays(_)
                | T::Lunar(_)
                | T::Dotted(..),
            ) => self.read_selector().ok(),
            _ if self.is_months() => self.read_selector().ok(),
            _ => None,
        };
        let explanation = explanation.filter(|_| self.peek(0) == Some(T::Close));
        let (Some(explanation), Some(explained)) = (explanation, days.last_mut()) else {
            self.at = start;
            return Ok(());
        };
        match (&explained, explanation) {
            (
                Selector::Season(_)
                | Selector::SomeSeason
                | Selector::Named(_)
                | Selector::Vacation(_),
                Selector::Yearly(..) | Selector::Dates(..) | Selector::Lunar(..),
            )
            | (Selector::OrdinaryDays, Selector::Weekdays(_)) => *explained = explanation,
            (Selector::Workdays, Selector::Weekdays(MONDAY_TO_FRIDAY)) => {}
            (Selector::Weekdays(one), Selector::Weekdays(other)) if *one == other => {}
            (Selector::Weekdays(_) | Selector::Every, _) => {
                self.at = start;
                return Ok(());
            }
            _ => return Err(UNCLEAR_DAYS),
        }
        self.at += 1;
        Ok(())
    }

    fn read_selector(&mut self) -> Result<Selector, NotUnderstood> {
        while matches!(self.peek(0), Some(T::EachOf | T::Monthly)) {
            self.at += 1;
        }
        let token = self.peek(0).ok_or(UNCLEAR_DAYS)?;
        let simple = match token {
            T::Every => Some(Selector::Every),
            T::Rest => Some(Selector::Rest),
            T::OrdinaryDays => Some(Selector::OrdinaryDays),
            T::Workdays => Some(Selector::Workdays),
            T::RestDays => Some(Selector::RestDays),
            T::Holidays => Some(Selector::Holidays),
            T::Vacation(vacation) => Some(Selector::Vacation(vacation)),
            T::Named(named) => Some(Selector::Named(named)),
            T::Season(season) => Some(Selector::Season(season)),
            T::SomeSeason => Some(Selector::SomeSeason),
            _ => None,
        };
        if let Some(selector) = simple {
            self.at += 1;
            // 春节假日, 国庆节假期: one holiday, said twice.
            let is_twice = matches!(self.peek(0), Some(T::Holidays | T::Vacation(Vacation::Any)));
            if matches!(token, T::Named(_)) && is_twice {
                self.at += 1;
            }
            return Ok(selector);
        }
        match token {
            T::Weekdays(first) => {
                self.at += 1;
                let ahead = self.past_blank(0);
                if let (Some(T::Dash), Some(T::Weekdays(last))) =
                    (self.peek(ahead), self.content(ahead + 1))
                {
                    self.at += self.past_blank(ahead + 1) + 1;
                    return Ok(Selector::Weekdays(weekdays_between(first, last)));
                }
                Ok(Selector::Weekdays(first))
            }
            T::Nth(mut nth) => {
                self.at += 1;
                // 1st and 3rd Tuesday
                let ahead = self.past_blank(0);
                if let (Some(T::And | T::Comma), Some(T::Nth(other))) =
                    (self.peek(ahead), self.content(ahead + 1))
                {
                    nth |= other;
                    self.at += self.past_blank(ahead + 1) + 1;
                }
                match self.content(0) {
                    Some(T::Weekdays(day)) => {
                        self.at += self.past_blank(0) + 1;
                        Ok(Selector::NthWeekday(nth, day))
                    }
                    _ => Err(UNCLEAR_DAYS),
                }
            }
            T::Lunar(first) => {
                self.at += 1;
                if let (Some(T::Dash), Some(T::Lunar(last))) = (self.peek(0), self.peek(1)) {
                    self.at += 2;
                    return Ok(Selector::Lunar(first, last));
                }
                Ok(Selector::Lunar(first, first))
            }
            T::Year(_) | T::Month(_) | T::Date(_) | T::Time(_) | T::Dotted(..) => self.read_dates(),
            _ => Err(UNCLEAR_DAYS),
        }
    }

    /// 6月1日至9月30日, 7-8月, 2026年7月1日起, 2026年7月1日至8月31日
    fn read_dates(&mut self) -> Result<Selector, NotUnderstood> {
        // 自2026年7月1日
        let has_from = self.at > 0 && self.tokens[self.at - 1] == T::From;
        let first = self.read_date(None)?;
        // …起至…
        let since = self.past_blank(0);
        if self.peek(since) == Some(T::Since) && self.content(since + 1) == Some(T::Dash) {
            self.at += since + 1;
        }
        let ahead = self.past_blank(0);
        let last = if self.peek(ahead) == Some(T::Dash) {
            self.at += ahead + 1;
            self.skip_blank();
            Some(self.read_date(Some(&first))?)
        } else {
            None
        };
        if last.is_some() && self.peek(0) == Some(T::Until) {
            self.at += 1;
        }
        let is_since = self.peek(0) == Some(T::Since);
        self.at += usize::from(is_since);
        let is_since = is_since || (has_from && last.is_none());
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
        if let Some(T::Dotted(month, day)) = self.peek(0) {
            self.at += 1;
            date.month = Some(month);
            date.day = Some(day);
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
            Some(T::Time(clock)) if first.is_none() && clock.is_bare && date.month.is_none() => {
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

/// How days narrow those that stand right before them.
struct Narrower {
    /// 每天周二至周日, 平时周一至周五: what is narrowed says nothing of its own.
    is_certain: bool,
}

/// Whether days right behind others only say which of them are meant; days side by side are a
/// list as well, as in 周六周日.
///
/// # Errors
///
/// [`UNCLEAR_DAYS`] where school holidays and weekdays meet: 假期周一至周五.
fn narrowed(set: &[Selector], next: Selector) -> Result<Option<Narrower>, NotUnderstood> {
    let Some(last) = set.last() else {
        return Ok(None);
    };
    let is_week = matches!(
        next,
        Selector::Weekdays(_) | Selector::Workdays | Selector::RestDays | Selector::NthWeekday(..)
    );
    match (*last, next) {
        (Selector::Every | Selector::OrdinaryDays, _) if is_week => {
            Ok(Some(Narrower { is_certain: true }))
        }
        (Selector::Vacation(Vacation::Any), _) if is_week => Err(UNCLEAR_DAYS),
        (Selector::Weekdays(mask), Selector::Weekdays(part))
            if part & !mask == 0 && part != mask =>
        {
            Ok(Some(Narrower { is_certain: false }))
        }
        _ => Ok(None),
    }
}

/// Whether two names of the working week stand side by side.
fn is_said_twice(list: &[Selector], next: Selector) -> bool {
    let is_in_week =
        |day: Selector| matches!(day, Selector::Weekdays(mask) if mask & !MONDAY_TO_FRIDAY == 0);
    match list {
        [Selector::Workdays] => is_in_week(next),
        [day] => is_in_week(*day) && next == Selector::Workdays,
        _ => false,
    }
}

#[derive(Default)]
struct WrittenDate {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
}
