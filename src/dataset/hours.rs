//! Opening hours in the wire format.

use serde::Serialize;

use super::reader::Reader;
use crate::domain::civil::{Day, MINUTES_PER_DAY, MonthDay};
use crate::domain::opening::Hours;
use crate::domain::timetable::{Days, OpenState, Rule, Span, Timetable};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(super) struct WireHours {
    rules: Option<Vec<WireRule>>,
    text: String,
    names_holidays: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct WireRule {
    weekdays: u8,
    nth: u8,
    classes: u8,
    seasons: Vec<[u8; 4]>,
    between: Vec<[i32; 2]>,
    adds: bool,
    /// From, length, state.
    spans: Vec<(u16, u16, u8)>,
}

impl WireHours {
    pub(super) fn of(hours: &Hours) -> Self {
        let Hours {
            timetable,
            text,
            names_holidays,
        } = hours;
        let timetable = timetable.as_ref();
        Self {
            rules: timetable.map(|timetable| timetable.rules.iter().map(to_wire).collect()),
            text: text.clone(),
            names_holidays: *names_holidays,
        }
    }
}

fn to_wire(rule: &Rule) -> WireRule {
    let Rule { days, spans, adds } = rule;
    let Days {
        weekdays,
        nth,
        classes,
        seasons,
        between,
    } = days;
    WireRule {
        weekdays: *weekdays,
        nth: *nth,
        classes: *classes,
        seasons: seasons
            .iter()
            .map(|(from, to)| [from.month, from.day, to.month, to.day])
            .collect(),
        between: between.iter().map(|(from, to)| [from.0, to.0]).collect(),
        adds: *adds,
        spans: spans
            .iter()
            .map(|s| (s.from, s.to - s.from, s.state as u8))
            .collect(),
    }
}

/// Reads opening hours.
#[inline(never)]
pub(super) fn read_hours(reader: &mut Reader<'_>) -> Hours {
    let timetable = if reader.flag() {
        let rules = reader.list(read_rule);
        Some(Timetable { rules })
    } else {
        None
    };
    Hours {
        timetable,
        text: reader.owned(),
        names_holidays: reader.flag(),
    }
}

fn read_rule(reader: &mut Reader<'_>) -> Rule {
    let (weekdays, nth, classes) = (reader.byte(), reader.byte(), reader.byte());
    let seasons = reader.list(|reader| (read_month_day(reader), read_month_day(reader)));
    let between = reader.list(|reader| (Day(reader.signed()), Day(reader.signed())));
    Rule {
        days: Days {
            weekdays,
            nth,
            classes,
            seasons,
            between,
        },
        adds: reader.flag(),
        spans: reader.list(read_span),
    }
}

fn read_month_day(reader: &mut Reader<'_>) -> MonthDay {
    MonthDay {
        month: reader.byte(),
        day: reader.byte(),
    }
}

fn read_span(reader: &mut Reader<'_>) -> Span {
    let (from, length) = (reader.short(), reader.short());
    let state = match reader.byte() {
        0 => OpenState::Shut,
        2 => OpenState::Open,
        code => {
            if code != 1 {
                reader.fail();
            }
            OpenState::Unknown
        }
    };
    let to = from.saturating_add(length);
    if from >= MINUTES_PER_DAY || from >= to || to > 2 * MINUTES_PER_DAY {
        reader.fail();
    }
    Span { from, to, state }
}
