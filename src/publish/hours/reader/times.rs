//! Reads times of day: spans, breaks, the last admission.

use super::{Reader, T};
use crate::domain::civil::MINUTES_PER_DAY;
use crate::publish::hours::NotUnderstood;
use crate::publish::hours::piece::{Gap, Kind, Piece, Span};
use crate::publish::hours::span::{self, in_period};
use crate::publish::hours::token::{Clock, Period};

/// Breaks are at most this long, in minutes; a longer span beside a word for a break is not one.
const LONGEST_BREAK: u16 = 240;

impl Reader<'_> {
    pub(super) fn read_times(&mut self) -> Result<(), NotUnderstood> {
        if self.is_last_entry() {
            return self.read_last_entry();
        }
        if let Some(T::Period(period)) = self.peek(0) {
            let ahead = self.past_blank(1);
            let next = self.peek(ahead);
            // 隔日休息 does not say on which days.
            if matches!(next, Some(T::Off | T::Closed)) && period != Period::NextDay {
                self.at += ahead + 1;
                self.push(Kind::OffDuring(period));
                return Ok(());
            }
            let has_time = matches!(next, Some(T::Time(_) | T::Period(_) | T::Dotted(..)))
                || next == Some(T::Colon) && matches!(self.content(ahead + 1), Some(T::Time(_)));
            if !has_time {
                return Err(NotUnderstood::Unclear("a part of the day without times"));
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
        let may_be_break = !is_heading && !follows_days;
        // 11:30-13:00暂停服务: a break within other hours, else perhaps shut until further notice.
        let is_break = may_be_break && next == Some(T::Off)
            || may_be_break
                && next == Some(T::Suspended)
                && (span.is_inside_any(&self.pieces) || self.choices.pick(2) == 0);
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

    pub(super) fn read_span(&mut self) -> Result<Span, NotUnderstood> {
        let from = self.read_clock()?;
        // 9:30起至17:00
        let since = self.past_blank(0);
        if self.peek(since) == Some(T::Since) && self.content(since + 1) == Some(T::Dash) {
            self.at += since + 1;
        }
        let ahead = self.past_blank(0);
        let next = self.peek(ahead);
        let to = if next == Some(T::Dash) {
            self.at += ahead + 1;
            self.read_clock()?
        } else if next == Some(T::OpenWord) {
            // 8:00开门，20:00关门
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
        } else if matches!(next, Some(T::Period(_))) && from.period.is_some() && ahead == 0 {
            // 早8晚5
            self.read_clock()?
        } else {
            return Err(NotUnderstood::Unclear("a time stands alone"));
        };
        let mut found = span::readings(from, to);
        if from.is_bare && to.is_bare && !self.may_be_bare(from, to) {
            found.clear();
        }
        match found.len() {
            0 => Err(NotUnderstood::Unclear("the times cannot be told apart")),
            // 晚班6:00-10:00 would have to be in the evening, which nobody writes this way.
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

    fn read_clock(&mut self) -> Result<Clock, NotUnderstood> {
        let mut period = None;
        while let Some(token) = self.peek(0) {
            self.at += 1;
            if let T::Period(next) = token {
                // 次日凌晨: the day matters more than the hour's name.
                if period != Some(Period::NextDay) {
                    period = Some(next);
                }
            } else if let T::Time(clock) = token {
                return Ok(Clock {
                    period: period.or(clock.period),
                    ..clock
                });
            } else if let T::Dotted(hour, minute) = token
                && (10..60).contains(&minute)
            {
                return Ok(Clock {
                    hour: hour.into(),
                    minute: minute.into(),
                    is_bare: false,
                    has_leading_zero: false,
                    period,
                });
            } else if !(matches!(token, T::Space | T::Particle | T::From)
                || token == T::Colon && period.is_some())
            {
                break;
            }
        }
        Err(NotUnderstood::Unclear("a time is missing"))
    }

    /// Whether bare numbers are hours: 9-17 are, 1-5 only beside days.
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

    pub(super) fn read_all_day(&mut self) {
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
    pub(super) fn read_lunch(&mut self) -> Result<(), NotUnderstood> {
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
        // 8:00-17:00，12:00-13:00午休: the break precedes the word.
        let is_close = self.gap <= Gap::Space;
        // 11:00-14:00午休 is a break; 8:30-17:00午休 is not.
        if is_close
            && let Some(last) = self.pieces.last_mut()
            && let Kind::Span(span) = last.kind
            && span.to - span.from <= LONGEST_BREAK
            && span.from >= 600
        {
            last.kind = Kind::Break(span);
            return Ok(());
        }
        self.push(Kind::VagueNoonBreak);
        Ok(())
    }

    /// 9am-5pm (closed 12pm-1pm): a break, if hours precede it.
    pub(super) fn is_break_behind_word(&self) -> bool {
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

    pub(super) fn skip_to_time(&mut self) {
        while matches!(self.peek(0), Some(T::Space | T::Particle | T::Colon)) {
            self.at += 1;
        }
    }

    /// 8:30-11:30（上午）: the span says the same.
    pub(super) fn is_bracketed_period(&self) -> bool {
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

    /// 12:00-13:00、17:00-18:00休息: both are breaks.
    fn spread_break(&mut self) {
        let mut at = self.pieces.len() - 1;
        while at > 0 && self.pieces[at].gap == Gap::Comma {
            let Kind::Span(span) = self.pieces[at - 1].kind else {
                return;
            };
            // It lies within longer hours and directly behind other hours or a break, not behind
            // days.
            let is_short = span.to - span.from <= LONGEST_BREAK;
            let follows_hours =
                at > 1 && matches!(self.pieces[at - 2].kind, Kind::Span(_) | Kind::Break(_));
            let is_inside = is_short && follows_hours && span.is_inside_any(&self.pieces[..at - 1]);
            if !is_inside {
                return;
            }
            self.pieces[at - 1].kind = Kind::Break(span);
            at -= 1;
        }
    }

    /// Whether the token before the one at `ahead` is a blank.
    fn gap_before(&self, ahead: usize) -> bool {
        ahead > 0 && self.peek(ahead - 1) == Some(T::Space)
    }

    /// 最晚20:30入场, 16:30停止入馆, last entry 16:30: changes no hours.
    pub(super) fn read_last_entry(&mut self) -> Result<(), NotUnderstood> {
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
        while let Some(token) = self.peek(0) {
            let begins_time = matches!(token, T::Time(_) | T::Dotted(..) | T::Period(_));
            if begins_time && last.is_none() {
                last = Some(self.read_clock()?);
                continue;
            }
            let goes_on = matches!(
                token,
                T::Entry | T::LastEntry | T::Space | T::Colon | T::Particle | T::Until
            ) || matches!(token, T::OpenWord | T::Dash) && last.is_none();
            if !goes_on {
                break;
            }
            has_entry |= token == T::Entry;
            self.at += 1;
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

    /// 16:30停止入馆: the time precedes the words.
    fn is_last_entry(&self) -> bool {
        let mut ahead = 0;
        let mut has_time = false;
        while let Some(token) = self.peek(ahead) {
            if token == T::Entry {
                return has_time;
            }
            let is_time = matches!(token, T::Time(_));
            let goes_on = matches!(token, T::Period(_) | T::Space | T::Particle | T::Until)
                || is_time && !has_time
                || token == T::LastEntry && has_time;
            if !goes_on {
                return false;
            }
            has_time |= is_time;
            ahead += 1;
        }
        false
    }
}
