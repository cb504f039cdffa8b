//! Reads dates and spells of dates: 6月1日至9月30日, 7-8月, 2026年7月1日起.

use super::{Reader, T};
use crate::domain::civil::{Day, MonthDay, days_in_month};
use crate::publish::hours::NotUnderstood;
use crate::publish::hours::selector::{FOREVER, Selector};

impl Reader<'_> {
    /// 7-8月: a bare number, a dash and a month.
    pub(super) fn is_months(&self) -> bool {
        matches!(self.peek(0), Some(T::Time(clock)) if clock.is_bare && (1..=12).contains(&clock.hour))
            && self.peek(1) == Some(T::Dash)
            && matches!(self.peek(2), Some(T::Month(_)))
    }

    /// Whether 7.15-9.15 are dates: certain if they cannot be times, else a choice.
    pub(super) fn is_dotted_dates(&mut self) -> bool {
        let times = [self.peek(0), self.peek(2)];
        let may_be_times = times
            .iter()
            .all(|token| matches!(token, Some(T::Dotted(_, minute)) if *minute >= 10));
        let is_range = self.peek(1) == Some(T::Dash) && matches!(self.peek(2), Some(T::Dotted(..)));
        !(is_range && may_be_times) || self.choices.pick(2) == 0
    }

    /// 6月1日至9月30日, 7-8月, 2026年7月1日起, 2026年7月1日至8月31日
    pub(super) fn read_dates(&mut self) -> Result<Selector, NotUnderstood> {
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
        if let Some(T::Month(month)) = self.peek(0) {
            date.month = Some(month);
            self.at += 1;
        } else if let Some(T::Time(clock)) = self.peek(0)
            && first.is_none()
            && clock.is_bare
            && date.month.is_none()
        {
            // The 7 of 7-8月.
            date.month = u8::try_from(clock.hour).ok();
            self.at += 1;
            return Ok(date);
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

#[derive(Default)]
struct WrittenDate {
    year: Option<i32>,
    month: Option<u8>,
    day: Option<u8>,
}
