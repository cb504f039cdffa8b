//! Makes clauses of words that say what holds on days: shut, as usual, by notice.

use super::binder::Binder;
use super::{A_NOTICE_DECIDES, Body};
use crate::publish::hours::NotUnderstood;
use crate::publish::hours::piece::{Gap, Kind, UNCLEAR_DAYS};
use crate::publish::hours::selector::{Days, FOREVER, Selector, covers_working_week, is_of_week};
use crate::publish::hours::token::Period;

impl Binder<'_> {
    /// Days and words that say what holds on them: shut, as usual, by notice.
    pub(super) fn bind_what_holds(&mut self) -> Result<(), NotUnderstood> {
        for at in 0..self.pieces.len() {
            if self.used[at] {
                continue;
            }
            match self.pieces[at].kind.clone() {
                Kind::Days(_) | Kind::Span(_) | Kind::Break(_) | Kind::OpenWord => continue,
                Kind::Label(_) | Kind::Doubt(_) | Kind::Because | Kind::LastEntry(_) => {}
                Kind::VagueNoonBreak => self.has_vague_noon_break = true,
                Kind::Off => self.bind_off(at, false)?,
                Kind::Suspended => self.bind_off(at, true)?,
                Kind::Closed => self.bind_closed(at)?,
                Kind::ClosingDays | Kind::Without => {
                    let mut next = at + 1;
                    while self.kind(next) == Some(&Kind::OpenWord) {
                        next += 1;
                    }
                    let days = self.free_days(next).ok_or(UNCLEAR_DAYS)?;
                    self.used[next] = true;
                    // 除节假日外; 休馆日：周一休息
                    if matches!(self.kind(next + 1), Some(Kind::Except | Kind::Off)) {
                        self.used[next + 1] = true;
                    }
                    self.close(&days, false);
                }
                Kind::Except => self.bind_except(at)?,
                Kind::OffDuring(period) => self.bind_off_during(at, period),
                // 8:30-17:00 周一至周五，以现场为准: the days have their hours.
                // Behind 另行通知 they are doubtful.
                Kind::Notice { is_caveat } if self.is_of_hours(at) => {
                    self.is_doubtful |= !is_caveat;
                }
                Kind::Notice { is_caveat } => match self.take_before(at) {
                    Some(days) => self.add(days.sets, &Body::Unknown),
                    None if is_caveat => {}
                    None => return Err(A_NOTICE_DECIDES),
                },
                Kind::AsUsual => {
                    if self.bind_as_usual(at) {
                        continue;
                    }
                }
            }
            self.used[at] = true;
        }
        Ok(())
    }

    /// Adds a closure on some days. A closure until further notice may begin on the day named.
    fn close(&mut self, days: &Days, is_suspended: bool) {
        for set in &days.sets {
            // 其余时间关闭 adds nothing where the hours have days.
            let mut set = set.clone();
            if set.contains(&Selector::Rest) {
                set.retain(|day| *day != Selector::Rest);
                // 其他节假日休息 closes holidays, perhaps not those that have hours of their own.
                if set.is_empty() || self.names_holidays() && self.choices.pick(2) == 1 {
                    self.is_rest_shut |= set.is_empty();
                    continue;
                }
            }
            if is_suspended
                && let [day] = &mut set[..]
                && matches!(day, Selector::Dates(from, to) if from == to)
                    | matches!(day, Selector::Yearly(from, to) if from == to)
                && self.choices.pick(2) == 0
            {
                *day = if let Selector::Dates(from, _) = *day {
                    Selector::Dates(from, FOREVER)
                } else {
                    Selector::Every
                };
            }
            self.add(vec![set], &Body::Off);
        }
    }

    /// Whether days directly behind hours belong to those hours and not to the notice at `at`:
    /// certainly behind a comma, perhaps behind a blank.
    fn is_of_hours(&mut self, at: usize) -> bool {
        let Some(before) = self.before(at) else {
            return false;
        };
        let gap = self.gap_between(before, at);
        let follows_hours = before > 0 && matches!(self.kind(before - 1), Some(Kind::Span(_)));
        follows_hours
            && self.free_days(before).is_some()
            && (gap >= Gap::Comma || gap == Gap::Space && self.choices.pick(2) == 0)
    }

    /// Whether a closing word with days on both sides closes those behind it:
    /// 周二至周日，休息：周一. The nearer ones belong to it; at equal distance it is a choice,
    /// unless the text begins with days.
    fn closes_what_follows(&mut self, at: usize) -> bool {
        let Some(before) = self.before(at) else {
            return false;
        };
        if self.free_days(before).is_none() || self.free_days(at + 1).is_none() {
            return false;
        }
        if self.pieces[at + 1].follows_colon {
            return true;
        }
        match self.gap_between(before, at).cmp(&self.gap(at + 1)) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => before != 0 && self.choices.pick(2) == 1,
        }
    }

    fn bind_off(&mut self, at: usize, is_suspended: bool) -> Result<(), NotUnderstood> {
        // 周一至周五 9:00-17:00 休息：周六、周日
        let is_heading = self
            .pieces
            .get(at + 1)
            .is_some_and(|next| next.follows_colon)
            && !matches!(self.kind(at + 2), Some(Kind::Span(_)));
        if (is_heading || self.closes_what_follows(at))
            && let Some(days) = self.free_days(at + 1)
        {
            self.used[at + 1] = true;
            self.close(&days, is_suspended);
            return Ok(());
        }
        if let Some(days) = self.take_before(at) {
            self.close(&days, is_suspended);
            return Ok(());
        }
        let before = self.before(at);
        // 周一12:00-18:00休息
        if let Some(before) = before
            && let Some(Kind::Span(span)) = self.kind(before).cloned()
            && self.gap_between(before, at) <= Gap::Space
            && let Some(of) = self.before(before)
            && self.free_days(of).is_some()
        {
            // 8:30-17:00 周一至周五，12:00-13:00休息: the days have hours of their own.
            let follows_hours = of > 0 && matches!(self.kind(of - 1), Some(Kind::Span(_)));
            if follows_hours && self.choices.pick(2) == 0 {
                self.pieces[before].kind = Kind::Break(span);
                return Ok(());
            }
            if let Some(days) = self.take_before(before) {
                self.used[before] = true;
                self.add(days.sets, &Body::OffAt(span));
                return Ok(());
            }
        }
        // 8:00-20:00，暂停服务
        if is_suspended {
            self.add(Vec::new(), &Body::Off);
            return Ok(());
        }
        // 闭馆：周一
        let is_apart = before.is_none_or(|before| self.used[before] || self.gap(at) >= Gap::Comma);
        if is_apart
            && self.gap(at + 1) <= Gap::Space
            && let Some(days) = self.free_days(at + 1)
            && !matches!(self.kind(at + 2), Some(Kind::Span(_)))
        {
            self.used[at + 1] = true;
            self.close(&days, false);
            return Ok(());
        }
        // 休息, and nothing else
        let is_all = !self.says_hours()
            && (0..self.pieces.len()).all(|at| self.free_days(at).is_none())
            && self.clauses.iter().all(|clause| clause.days.is_empty());
        if is_all {
            self.add(Vec::new(), &Body::Off);
            return Ok(());
        }
        Err(UNCLEAR_DAYS)
    }

    /// "Sunday: closed", "closed Sunday"
    fn bind_closed(&mut self, at: usize) -> Result<(), NotUnderstood> {
        let before = self
            .before(at)
            .filter(|before| self.free_days(*before).is_some());
        let next = Some(at + 1).filter(|next| self.free_days(*next).is_some());
        let chosen = match (before, next) {
            (Some(before), Some(next)) => {
                if self.closes_what_follows(at) {
                    next
                } else {
                    before
                }
            }
            (Some(before), None) => before,
            (None, Some(next)) => next,
            (None, None) => return self.bind_off(at, false),
        };
        let days = self.free_days(chosen).ok_or(UNCLEAR_DAYS)?;
        self.used[chosen] = true;
        self.close(&days, false);
        Ok(())
    }

    /// 周五下午闭馆; of 周日、周五下午闭馆 the Sunday may be shut all day.
    fn bind_off_during(&mut self, at: usize, period: Period) {
        let Some(mut days) = self.take_before(at) else {
            // 周六8:00-12:00，下午休息: on the days named last, or on all.
            let named = self.pieces[..at]
                .iter()
                .rev()
                .find_map(|piece| Some(piece.kind.days()?.sets.clone()));
            let sets = named
                .filter(|_| self.choices.pick(2) == 0)
                .unwrap_or_default();
            self.add(sets, &Body::OffDuring(period));
            return;
        };
        let last = match &mut days.sets[..] {
            [set] if set.len() > 1 && set.iter().all(is_of_week) => {
                set.pop().map(|last| vec![last])
            }
            [_, .., _] => days.sets.pop(),
            _ => None,
        };
        if let Some(last) = last {
            self.add(vec![last], &Body::OffDuring(period));
            let body = if self.choices.pick(2) == 0 {
                Body::Off
            } else {
                Body::OffDuring(period)
            };
            self.add(days.sets, &body);
        } else {
            self.add(days.sets, &Body::OffDuring(period));
        }
    }

    /// 节假日除外; and behind a closure, 周一闭馆（节假日除外）, an exception to that.
    fn bind_except(&mut self, at: usize) -> Result<(), NotUnderstood> {
        let before = self.before(at).ok_or(UNCLEAR_DAYS)?;
        if self.kind(before) == Some(&Kind::VagueNoonBreak) {
            return Ok(());
        }
        let follows_closure = before > 0
            && matches!(self.kind(before - 1), Some(Kind::Off | Kind::Closed))
            && self.used[before - 1]
            && self.gap(before) <= Gap::Open;
        // 周日休息，节假日除外: then open, or shut too.
        let is_exception =
            follows_closure && (self.gap(before) == Gap::Open || self.choices.pick(2) == 0);
        let days = self.take_before(at).ok_or(UNCLEAR_DAYS)?;
        if !is_exception {
            self.close(&days, false);
            return Ok(());
        }
        if days.sets == [[Selector::Holidays]] {
            if let Some(last) = self.clauses.last_mut() {
                last.but_not_on_holidays = true;
            }
        } else {
            // Open on these days in spite of the closure, at unknown hours.
            self.add(days.sets, &Body::Unknown);
        }
        Ok(())
    }

    /// 节假日照常开放，9:00-21:00; but 周一至周五正常开放，8:30-17:00. Whether the days before
    /// it wait for their hours.
    fn bind_as_usual(&mut self, at: usize) -> bool {
        let Some(before) = self.before(at) else {
            return false;
        };
        let Some(days) = self.free_days(before) else {
            return false;
        };
        if self.gap_between(before, at) > Gap::Comma {
            return false;
        }
        let is_exceptional = days.selectors().all(|day| {
            matches!(
                day,
                Selector::Holidays
                    | Selector::Named(_)
                    | Selector::Lunar(..)
                    | Selector::Vacation(_)
            )
        });
        let has_hours_next = self.pieces[at + 1..]
            .iter()
            .find(|piece| !matches!(piece.kind, Kind::Break(_)))
            .is_some_and(|piece| matches!(piece.kind, Kind::Span(_)));
        let waits = days.is_only
            || covers_working_week(&days)
            || has_hours_next && !is_exceptional && self.choices.pick(2) == 0;
        if waits {
            self.pieces[at].kind = Kind::OpenWord;
        } else {
            self.used[before] = true;
            self.add(days.sets, &Body::AsUsual);
        }
        waits
    }
}
