//! Reads lists of days.

use super::{Reader, T};
use crate::domain::timetable::MONDAY_TO_FRIDAY;
use crate::publish::hours::NotUnderstood;
use crate::publish::hours::lexer::weekdays_between;
use crate::publish::hours::piece::{Kind, Piece, UNCLEAR_DAYS};
use crate::publish::hours::selector::{Days, Selector, is_of_week};
use crate::publish::hours::token::Vacation;

impl Reader<'_> {
    pub(super) fn read_days(&mut self) -> Result<(), NotUnderstood> {
        let is_only = std::mem::take(&mut self.is_only);
        let mut sets = vec![vec![self.read_selector()?]];
        let mut is_slashed = false;
        let mut alternatives = Vec::new();
        loop {
            // 周一、周三、周五; 周六周日; 双休日及节假日; 周六或周日; 工作日/周末
            let mut ahead = 0;
            let mut joint = None;
            while let Some(token) = self.peek(ahead) {
                let is_blank = matches!(token, T::Particle | T::EachOf)
                    || token == T::Space && (joint.is_some() || self.joint(ahead + 1).is_some());
                if !is_blank {
                    let found = self.joint(ahead);
                    if joint.is_some() || found.is_none() {
                        break;
                    }
                    joint = found;
                }
                ahead += 1;
            }
            let next = self.peek(ahead);
            let goes_on = matches!(
                next,
                Some(
                    T::Weekdays(_)
                        | T::Nth(_)
                        | T::Workdays
                        | T::RestDays
                        | T::Holidays
                        | T::Vacation(_)
                        | T::Named(_)
                )
            ) || joint.is_some()
                && matches!(
                    next,
                    Some(
                        T::Month(_)
                            | T::Season(_)
                            | T::Lunar(_)
                            | T::DayOfMonth(_)
                            | T::Year(_)
                            | T::Date(_)
                    )
                );
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
                Some(Joint::Slash) => {
                    is_slashed = true;
                    sets.push(vec![next]);
                }
                Some(Joint::Or) => {
                    if alternatives.is_empty() {
                        alternatives.extend(set.iter().copied());
                    }
                    alternatives.push(next);
                }
                // 夏季周一至周五: both hold together …
                None => set.push(next),
                Some(Joint::And) if is_week_list => set.push(next),
                // … and 周一及1月1日 are either.
                Some(Joint::And) => sets.push(vec![next]),
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

    fn joint(&self, ahead: usize) -> Option<Joint> {
        let joints = [
            (T::And, Joint::And),
            (T::Or, Joint::Or),
            (T::Slash, Joint::Slash),
        ];
        let token = self.peek(ahead)?;
        let found = joints.iter().find(|(known, _)| *known == token);
        found.map(|(_, joint)| *joint)
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
        let begins_days = matches!(
            self.peek(0),
            Some(
                T::Year(_)
                    | T::Month(_)
                    | T::Date(_)
                    | T::Weekdays(_)
                    | T::Lunar(_)
                    | T::Dotted(..)
            )
        ) || self.is_months();
        let explanation = if begins_days {
            self.read_selector().ok()
        } else {
            None
        };
        let explanation = explanation.filter(|_| self.peek(0) == Some(T::Close));
        let (Some(explanation), Some(explained)) = (explanation, days.last_mut()) else {
            self.at = start;
            return Ok(());
        };
        let is_dated = matches!(
            explained,
            Selector::Season(_) | Selector::SomeSeason | Selector::Named(_) | Selector::Vacation(_)
        ) && matches!(
            explanation,
            Selector::Yearly(..) | Selector::Dates(..) | Selector::Lunar(..)
        );
        let weekdays = explanation.weekdays();
        let says_the_same = match weekdays {
            Some(MONDAY_TO_FRIDAY) if *explained == Selector::Workdays => true,
            Some(mask) => explained.weekdays() == Some(mask),
            None => false,
        };
        if is_dated || *explained == Selector::OrdinaryDays && weekdays.is_some() {
            *explained = explanation;
        } else if !says_the_same {
            if !matches!(explained, Selector::Weekdays(_) | Selector::Every) {
                return Err(UNCLEAR_DAYS);
            }
            // The bracket is about something else than the days.
            self.at = start;
            return Ok(());
        }
        self.at += 1;
        Ok(())
    }

    fn read_selector(&mut self) -> Result<Selector, NotUnderstood> {
        while matches!(self.peek(0), Some(T::EachOf | T::Monthly)) {
            self.at += 1;
        }
        match self.peek(0).ok_or(UNCLEAR_DAYS)? {
            T::Every => Ok(self.take_as(Selector::Every)),
            T::Rest => Ok(self.take_as(Selector::Rest)),
            T::OrdinaryDays => Ok(self.take_as(Selector::OrdinaryDays)),
            T::Workdays => Ok(self.take_as(Selector::Workdays)),
            T::RestDays => Ok(self.take_as(Selector::RestDays)),
            T::Holidays => Ok(self.take_as(Selector::Holidays)),
            T::Vacation(vacation) => Ok(self.take_as(Selector::Vacation(vacation))),
            T::Season(season) => Ok(self.take_as(Selector::Season(season))),
            T::SomeSeason => Ok(self.take_as(Selector::SomeSeason)),
            T::Named(named) => {
                let selector = self.take_as(Selector::Named(named));
                // 春节假日, 国庆节假期: one holiday, said twice.
                let is_twice =
                    matches!(self.peek(0), Some(T::Holidays | T::Vacation(Vacation::Any)));
                self.at += usize::from(is_twice);
                Ok(selector)
            }
            T::Weekdays(first) => Ok(self.read_weekdays(first)),
            T::Nth(nth) => self.read_nth_weekday(nth),
            T::Lunar(first) => Ok(self.read_lunar_days(first)),
            T::Year(_) | T::Month(_) | T::Date(_) | T::Time(_) | T::Dotted(..) => self.read_dates(),
            T::Period(_)
            | T::AllDay
            | T::Dash
            | T::Space
            | T::Colon
            | T::Comma
            | T::And
            | T::Or
            | T::Slash
            | T::Stop
            | T::Line
            | T::Open
            | T::Close
            | T::DayOfMonth(_)
            | T::Since
            | T::Off
            | T::Suspended
            | T::Closed
            | T::ClosingDays
            | T::Except
            | T::Including
            | T::Without
            | T::Lunch
            | T::OpenWord
            | T::AsUsual
            | T::AllYear
            | T::Notice { .. }
            | T::Because
            | T::Label(_)
            | T::Doubt(_)
            | T::LastEntry
            | T::Entry
            | T::Particle
            | T::From
            | T::Until
            | T::Only
            | T::LateShift
            | T::EachOf
            | T::Monthly
            | T::Harmless => Err(UNCLEAR_DAYS),
        }
    }

    /// One token is one selector.
    fn take_as(&mut self, selector: Selector) -> Selector {
        self.at += 1;
        selector
    }

    /// 周一, 周一至周五
    fn read_weekdays(&mut self, first: u8) -> Selector {
        self.at += 1;
        let ahead = self.past_blank(0);
        if let (Some(T::Dash), Some(T::Weekdays(last))) =
            (self.peek(ahead), self.content(ahead + 1))
        {
            self.at += self.past_blank(ahead + 1) + 1;
            return Selector::Weekdays(weekdays_between(first, last));
        }
        Selector::Weekdays(first)
    }

    /// 第一个周六, 1st and 3rd Tuesday
    fn read_nth_weekday(&mut self, mut nth: u8) -> Result<Selector, NotUnderstood> {
        self.at += 1;
        let ahead = self.past_blank(0);
        if let (Some(T::And | T::Comma), Some(T::Nth(other))) =
            (self.peek(ahead), self.content(ahead + 1))
        {
            nth |= other;
            self.at += self.past_blank(ahead + 1) + 1;
        }
        let Some(T::Weekdays(day)) = self.content(0) else {
            return Err(UNCLEAR_DAYS);
        };
        self.at += self.past_blank(0) + 1;
        Ok(Selector::NthWeekday(nth, day))
    }

    /// 除夕, 除夕至初六
    fn read_lunar_days(&mut self, first: i8) -> Selector {
        self.at += 1;
        if let (Some(T::Dash), Some(T::Lunar(last))) = (self.peek(0), self.peek(1)) {
            self.at += 2;
            return Selector::Lunar(first, last);
        }
        Selector::Lunar(first, first)
    }

    /// 周二至周日（含国定假日）: more days of the same list; behind a closure, more days that
    /// are closed.
    pub(super) fn read_including(&mut self) -> Result<(), NotUnderstood> {
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
        let before = before.find(|piece| !matches!(piece.kind, Kind::Span(_) | Kind::Break(_)));
        if let Some(Piece {
            kind: Kind::Days(days),
            ..
        }) = before
        {
            days.sets.extend(more.sets);
        }
        self.gap = self.gap.max(gap);
        Ok(())
    }
}

/// The word or sign between two days of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    And,
    Or,
    Slash,
}

/// How days narrow those directly before them.
struct Narrower {
    /// 每天周二至周日, 平时周一至周五: the first word adds nothing.
    is_certain: bool,
}

/// Whether days directly behind others only narrow them; days side by side may also be a list,
/// as in 周六周日.
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
    if is_week && *last == Selector::Vacation(Vacation::Any) {
        return Err(UNCLEAR_DAYS);
    }
    let is_certain = is_week && matches!(last, Selector::Every | Selector::OrdinaryDays);
    let is_part = last
        .weekdays()
        .zip(next.weekdays())
        .is_some_and(|(mask, part)| part & !mask == 0 && part != mask);
    Ok((is_certain || is_part).then_some(Narrower { is_certain }))
}

/// Whether these are two names of the working week.
fn is_said_twice(list: &[Selector], next: Selector) -> bool {
    let is_in_week =
        |day: Selector| matches!(day, Selector::Weekdays(mask) if mask & !MONDAY_TO_FRIDAY == 0);
    match list {
        [Selector::Workdays] => is_in_week(next),
        [day] => is_in_week(*day) && next == Selector::Workdays,
        _ => false,
    }
}
