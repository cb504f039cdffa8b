//! Hours that a sheet spreads over columns: days apart from times, a column a weekday, morning
//! and afternoon, summer and winter, beginning and end, closing days.
//!
//! Such columns are joined to one text where their headings say how, and the text is read like
//! any other: whole, or not at all. `part` reads the headings, `cell` the cells.

mod cell;
mod part;

use super::headings::words;
use super::hours::is_when;
use super::table::TableRow;
use cell::{as_time, closed_on, is_closed_mark, is_never, says_nothing};
pub(super) use part::says_others;
use part::{Part, part};

/// The columns of a sheet that say when its stations are open.
#[derive(Clone, Debug, Default)]
pub(super) struct HoursColumns {
    parts: Vec<(Part, usize)>,
}

/// What a row's columns say together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Joined {
    pub(super) text: String,
    /// Why the text cannot be trusted, if it cannot.
    pub(super) doubt: Option<Doubt>,
}

/// Why hours of several columns do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// There is a column for days, and it is empty here.
    DaysMissing,
    /// Only one of beginning and end is filled in.
    EndMissing,
    /// Two columns of hours say different things.
    Differ,
    /// Another column is about opening too, and is not understood.
    Unclear,
}

impl HoursColumns {
    /// The columns of hours among these headings; `seems_hours` examines the cells where a
    /// heading is a mere 周一 or 上午.
    pub(super) fn of(headings: &[(usize, &str)], seems_hours: impl Fn(usize) -> bool) -> Self {
        let mut parts: Vec<(Part, usize)> = Vec::new();
        for (column, heading) in headings {
            let part = part(heading).or_else(|| {
                let when = words(heading).join(" ");
                (is_when(&when) && seems_hours(*column)).then_some(Part::Hours(when))
            });
            parts.extend(part.map(|part| (part, *column)));
        }
        // A beginning without its end is ignored, unless 开门时间 is meant as both.
        let has = |part: &Part| parts.iter().any(|(other, _)| other == part);
        let alone: Vec<usize> = parts
            .iter()
            .filter(|(part, _)| match part {
                Part::Opens(when) => !has(&Part::Closes(when.clone())),
                Part::Closes(when) => !has(&Part::Opens(when.clone())),
                Part::Hours(_) | Part::Days | Part::ClosingDays | Part::Break | Part::Unclear => {
                    false
                }
            })
            .map(|(_, column)| *column)
            .collect();
        for (part, column) in &mut parts {
            if alone.contains(column)
                && let Part::Opens(when) = part
                && seems_hours(*column)
            {
                *part = Part::Hours(std::mem::take(when));
            }
        }
        parts.retain(|(part, column)| !alone.contains(column) || matches!(part, Part::Hours(_)));
        // Days and breaks without hours are not opening hours.
        let says_when = |(part, _): &(Part, usize)| {
            matches!(part, Part::Hours(_) | Part::Opens(_) | Part::Closes(_))
        };
        if !parts.iter().any(says_when) {
            parts.retain(|(part, _)| matches!(part, Part::ClosingDays));
        }
        Self { parts }
    }

    /// One column, which holds it all.
    pub(super) fn single(column: usize) -> Self {
        Self {
            parts: vec![(Part::Hours(String::new()), column)],
        }
    }

    /// The same, with this column for the hours and no other.
    pub(super) fn with_hours_in(mut self, column: usize) -> Self {
        self.parts.retain(|(part, other)| {
            *other != column && matches!(part, Part::Days | Part::ClosingDays | Part::Break)
        });
        self.parts.push((Part::Hours(String::new()), column));
        self
    }

    pub(super) fn has(&self, column: usize) -> bool {
        self.parts.iter().any(|(_, other)| *other == column)
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// The columns, in their order.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().map(|(_, column)| *column)
    }

    /// Whether any column says at what time it is open.
    pub(super) fn say_hours(&self) -> bool {
        self.parts
            .iter()
            .any(|(part, _)| matches!(part, Part::Hours(_) | Part::Opens(_)))
    }

    /// What a row says, as one text.
    pub(super) fn joined(&self, row: &TableRow) -> Joined {
        let cell = |column: usize| row.cells.get(column).map_or("", |cell| cell.trim());
        let mut joined = Joined::default();
        let mut plain: Vec<&str> = Vec::new();
        let mut spans: Vec<String> = Vec::new();
        for (part, column) in &self.parts {
            let text = cell(*column);
            match part {
                Part::Hours(when) if when.is_empty() => {
                    plain.extend((!text.is_empty()).then_some(text));
                }
                Part::Hours(when) if is_closed_mark(text) => spans.push(format!("{when} 休息")),
                Part::Hours(when) if !says_nothing(text) => spans.push(format!("{when} {text}")),
                Part::Opens(when) => {
                    let closes = Part::Closes(when.clone());
                    let end = self.parts.iter().find(|(part, _)| *part == closes);
                    let end = end.map_or("", |(_, column)| cell(*column));
                    match (says_nothing(text), says_nothing(end)) {
                        (true, true) => {}
                        // closed, closed
                        (false, false) if text == end => spans.push(format!("{when} {text}")),
                        (false, false) => {
                            spans.push(format!("{when} {}-{}", as_time(text), as_time(end)));
                        }
                        _ => {
                            joined.doubt = Some(Doubt::EndMissing);
                            spans.push(format!("{when} {text}-{end}"));
                        }
                    }
                }
                Part::Hours(_)
                | Part::Closes(_)
                | Part::Days
                | Part::ClosingDays
                | Part::Break
                | Part::Unclear => {}
            }
        }
        plain.dedup();
        if plain.len() > 1 {
            joined.doubt = Some(Doubt::Differ);
        }
        let unclear = self.parts.iter().filter(|(part, _)| *part == Part::Unclear);
        let unclear: Vec<&str> = unclear
            .map(|(_, column)| cell(*column))
            .filter(|cell| !says_nothing(cell))
            .collect();
        let mut texts: Vec<String> = plain.into_iter().map(str::to_owned).collect();
        texts.extend(spans.into_iter().map(|span| span.trim().to_owned()));
        self.add_days(&cell, &mut texts, &mut joined);
        if !texts.is_empty() {
            for (part, column) in &self.parts {
                let text = cell(*column);
                match part {
                    Part::ClosingDays if !says_nothing(text) && !is_never(text) => {
                        texts.push(closed_on(text));
                    }
                    Part::Break if !says_nothing(text) && !is_never(text) => {
                        texts.push(format!("午休 {text}"));
                    }
                    Part::Hours(_)
                    | Part::Opens(_)
                    | Part::Closes(_)
                    | Part::Days
                    | Part::ClosingDays
                    | Part::Break
                    | Part::Unclear => {}
                }
            }
        }
        if !texts.is_empty() && !unclear.is_empty() {
            joined.doubt = Some(Doubt::Unclear);
            texts.extend(unclear.into_iter().map(str::to_owned));
        }
        joined.text = texts.join("；");
        joined
    }

    /// Puts the days, which have a column of their own, before each of the hours.
    fn add_days<'a>(
        &self,
        cell: &impl Fn(usize) -> &'a str,
        texts: &mut [String],
        joined: &mut Joined,
    ) {
        let columns = self.parts.iter().filter(|(part, _)| *part == Part::Days);
        let mut cells: Vec<&str> = columns.map(|(_, column)| cell(*column)).collect();
        if cells.is_empty() {
            return;
        }
        cells.sort_unstable_by_key(|days| std::cmp::Reverse(days.len()));
        cells.dedup();
        let days = cells[0];
        // A date of foundation is not a list of days, and two columns of days are unclear.
        let is_founding = days.contains(|c: char| c.is_ascii_digit())
            && !days.contains(['周', '至', '~', '～', ':'])
            && days.chars().filter(char::is_ascii_digit).count() >= 6;
        if is_founding || cells.iter().filter(|days| !days.is_empty()).count() > 1 {
            joined.doubt.get_or_insert(Doubt::Unclear);
        }
        if days.is_empty() && !texts.is_empty() {
            joined.doubt.get_or_insert(Doubt::DaysMissing);
        }
        for text in texts {
            format!("{days} {text}").trim().clone_into(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(headings: &[&str], cells: &[&str], expected: &str, doubt: Option<Doubt>) {
        let numbered: Vec<(usize, &str)> = headings.iter().copied().enumerate().collect();
        let columns = HoursColumns::of(&numbered, |_| true);
        let row = TableRow::new(2, cells.iter().map(|cell| (*cell).to_owned()).collect());
        let joined = columns.joined(&row);
        assert_eq!((joined.text.as_str(), joined.doubt), (expected, doubt));
    }

    #[test]
    fn columns_are_joined_as_their_headings_say() {
        check(
            &["开放日期", "开放时间"],
            &["周一至周五", "9:00-17:00"],
            "周一至周五 9:00-17:00",
            None,
        );
        check(
            &["开放日期", "开放时间"],
            &["", "9:00-17:00"],
            "9:00-17:00",
            Some(Doubt::DaysMissing),
        );
        check(
            &["服务时间", "休息日"],
            &["9:00-17:00", "周一"],
            "9:00-17:00；周一休息",
            None,
        );
        check(
            &["服务时间", "定休日"],
            &["9:00-17:00", "なし"],
            "9:00-17:00",
            None,
        );
        check(
            &["hours", "closed on"],
            &["9-17", "Mon"],
            "9-17；closed Mon",
            None,
        );
        check(
            &["周一", "周二"],
            &["9:00-17:00", "×"],
            "周一 9:00-17:00；周二 休息",
            None,
        );
        check(
            &["上午", "下午"],
            &["8:30-11:30", ""],
            "上午 8:30-11:30",
            None,
        );
        check(
            &["开门时间", "关门时间"],
            &["8:30", "17:00"],
            "8:30-17:00",
            None,
        );
        check(
            &["开门时间", "关门时间"],
            &["8:30", ""],
            "8:30-",
            Some(Doubt::EndMissing),
        );
        check(
            &["开放时间", "营业时间"],
            &["8:30-17:00", "9:00-18:00"],
            "8:30-17:00；9:00-18:00",
            Some(Doubt::Differ),
        );
        check(
            &["开放时间", "营业时间"],
            &["8:30-17:00", "8:30-17:00"],
            "8:30-17:00",
            None,
        );
        check(
            &["monOpen", "monClose"],
            &["0930", "1700"],
            "mon 09:30-17:00",
            None,
        );
        check(
            &["monOpen", "monClose"],
            &["CLOSED", "CLOSED"],
            "mon CLOSED",
            None,
        );
        check(
            &["开放时间", "特殊开放时间"],
            &["9:00-17:00", "见通知"],
            "9:00-17:00；见通知",
            Some(Doubt::Unclear),
        );
    }
}
