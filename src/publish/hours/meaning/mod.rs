//! Makes a timetable of one reading: which clause wins where several speak of a day.
//!
//! `seasons` deals with parts of the year that have no dates, `days` and `spans` turn the days
//! and the times of a clause into those of a rule.

mod days;
mod seasons;
mod spans;

use super::NotUnderstood;
use super::choices::Choices;
use super::clauses::{Body, Clause, Reading};
use super::holidays::{Spells, named_spells};
use super::merge::{TooIntricate, agreement, painted_over};
use super::selector::Selector;
use crate::domain::calendar::Calendar;
use crate::domain::timetable::{
    ALL_CLASSES, Days, HOLIDAY, MAKE_UP, OpenState, Rule, Span, Timetable, WEEK_END, agreed,
};
use days::{days_of, others, with_ordinary_days};
use seasons::{in_seasons, week_and_season_cross, within_the_week, without_vague_dates};
use spans::{minutes_of, read_spans, until_last_entry, without};

impl From<TooIntricate> for NotUnderstood {
    fn from(_: TooIntricate) -> Self {
        Self::Unclear("the hours hang on too many dates")
    }
}

/// The timetable of a reading.
///
/// # Errors
///
/// [`NotUnderstood::Unclear`] if a timetable cannot say what the reading says.
pub(super) fn timetable(
    reading: &Reading,
    calendar: &Calendar,
    choices: &mut Choices,
) -> Result<Timetable, NotUnderstood> {
    let mut clauses = without_vague_dates(&reading.clauses, choices);
    if week_and_season_cross(&clauses) && choices.pick(2) == 1 {
        clauses = within_the_week(clauses);
    }
    let reading = &Reading {
        clauses,
        ..reading.clone()
    };
    let mut as_printed = in_seasons(reading, calendar, choices)?;
    if reading.is_perhaps_shut {
        let shut = Timetable { rules: Vec::new() };
        as_printed = agreement(&[as_printed, shut])?;
    }
    Ok(as_printed)
}

/// Which clause wins: later levels override earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Everything,
    Week,
    RestDays,
    PartOfYear,
    Holidays,
    Dates,
    /// Shut or unknown; wins over all openings.
    Closure,
    /// Open on dates that the text excludes from a closure.
    DatedOpening,
}

fn build(
    reading: &Reading,
    calendar: &Calendar,
    choices: &mut Choices,
) -> Result<Timetable, NotUnderstood> {
    let all = with_ordinary_days(&reading.clauses, choices);
    let does_week_win = week_and_season_cross(&all) && choices.pick(2) == 1;
    let opens = |clause: &Clause| match &clause.body {
        Body::Spans { open, .. } => !open.is_empty(),
        Body::AsUsual | Body::Unknown => true,
        Body::Off | Body::OffAt(_) | Body::OffDuring(_) | Body::OnlyOn(_) => false,
    };
    let has_base = all.iter().any(|clause| {
        matches!(clause.body, Body::Spans { .. })
            && clause.days.iter().all(|day| *day == Selector::Rest)
    });
    let is_shut_for_good = |clause: &Clause| clause.days.is_empty() && clause.body == Body::Off;
    let mut ranked: Vec<(Level, u32, Rule)> = Vec::new();
    if !all.iter().any(is_shut_for_good) && !all.iter().any(opens) {
        // 周一闭馆 and nothing else: open on other days at unknown hours.
        ranked.push((Level::Everything, u32::MAX, unknown_on(Days::EVERY)));
    }
    let closes = all
        .iter()
        .any(|clause| clause.body == Body::Off && !clause.days.is_empty());
    let do_dates_win = closes && all.iter().any(|clause| is_dated(clause) && opens(clause));
    let do_dates_win = do_dates_win && choices.pick(2) == 1;
    let names_workdays = all
        .iter()
        .any(|clause| opens(clause) && clause.days.contains(&Selector::Workdays));
    let mut parts_off = Vec::new();
    let mut named = Vec::new();
    for clause in &all {
        let spans = match &clause.body {
            Body::Spans { open, breaks } => {
                let spans = read_spans(open, breaks, reading.has_vague_noon_break);
                until_last_entry(spans, reading.last_entry)
            }
            Body::Off => Vec::new(),
            Body::AsUsual if has_base => continue,
            Body::Unknown | Body::AsUsual => vec![Span::whole_day(OpenState::Unknown)],
            Body::OnlyOn(sets) => {
                for days in others(sets)? {
                    ranked.push((Level::Closure, breadth(&days), Rule::new(days, Vec::new())));
                }
                continue;
            }
            Body::OffAt(span) => {
                parts_off.push((clause, (span.from, span.to), Vec::new()));
                continue;
            }
            Body::OffDuring(period) => {
                let (sure, perhaps) = minutes_of(*period);
                parts_off.push((clause, sure, perhaps));
                continue;
            }
        };
        let spells = named_spells(&clause.days, calendar)?;
        if !spells.is_empty() {
            named.extend(spells.into_iter().map(|spells| (spells, spans.clone())));
            continue;
        }
        for mut days in days_of(clause)? {
            // 工作日8:00-17:00，双休日休息: a make-up Saturday is a working day.
            if clause.body == Body::Off
                && names_workdays
                && days.classes == ALL_CLASSES
                && days.weekdays & !WEEK_END == 0
            {
                days.classes &= !MAKE_UP;
            }
            let mut level = level(clause, does_week_win);
            if level == Level::Dates && opens(clause) && do_dates_win {
                level = Level::DatedOpening;
            }
            if clause.but_not_on_holidays && !has_base {
                // 周二至周日9:00-17:00，周一闭馆（节假日除外）: open on such a Monday at unknown
                // hours.
                let days = Days {
                    classes: HOLIDAY,
                    ..days.clone()
                };
                ranked.push((level, breadth(&days), unknown_on(days)));
            }
            ranked.push((level, breadth(&days), Rule::new(days, spans.clone())));
        }
    }
    ranked.sort_by_key(|(level, breadth, _)| (*level, std::cmp::Reverse(*breadth)));
    let closing = ranked.partition_point(|(level, _, _)| *level < Level::Closure);
    let rules_of = |ranked: Vec<(Level, u32, Rule)>| ranked.into_iter().map(|(_, _, rule)| rule);
    let closures: Vec<Rule> = rules_of(ranked.split_off(closing)).collect();
    let mut timetable = Timetable {
        rules: rules_of(ranked).collect(),
    };
    let (named_openings, named_closures): (Vec<_>, Vec<_>) =
        named.into_iter().partition(|(_, spans)| !spans.is_empty());
    timetable = on_named_holidays(timetable, named_openings)?;
    timetable.rules.extend(closures);
    timetable = on_named_holidays(timetable, named_closures)?;
    for (clause, sure, perhaps) in parts_off {
        for days in days_of(clause)? {
            timetable = painted_over(&timetable, &days, |painted| {
                without(painted, sure, &perhaps)
            })?;
        }
    }
    Ok(timetable)
}

/// Adds what holds on named holidays: on their dates, and as a possibility in years whose dates
/// are not announced.
fn on_named_holidays(
    mut timetable: Timetable,
    named: Vec<(Spells, Vec<Span>)>,
) -> Result<Timetable, NotUnderstood> {
    for (spells, spans) in named {
        let known = Days {
            between: spells.known,
            ..Days::EVERY
        };
        if !known.between.is_empty() {
            timetable.rules.push(Rule::new(known, spans.clone()));
        }
        let perhaps = Days {
            between: spells.open_years,
            seasons: vec![spells.window],
            ..Days::EVERY
        };
        if !perhaps.between.is_empty() {
            timetable = painted_over(&timetable, &perhaps, |painted| agreed(painted, &spans))?;
        }
    }
    Ok(timetable)
}

fn unknown_on(days: Days) -> Rule {
    Rule::new(days, vec![Span::whole_day(OpenState::Unknown)])
}

fn is_dated(clause: &Clause) -> bool {
    clause
        .days
        .iter()
        .any(|day| matches!(day, Selector::Dates(..)) || is_one_date(day))
}

/// 10月1日, each year.
fn is_one_date(selector: &Selector) -> bool {
    let Selector::Yearly(from, to) = selector else {
        return false;
    };
    from.month == to.month && to.day - from.day.min(to.day) < 10
}

fn level(clause: &Clause, does_week_win: bool) -> Level {
    let has = |wanted: fn(&Selector) -> bool| clause.days.iter().any(wanted);
    if clause.body == Body::Off || clause.body == Body::Unknown && !clause.days.is_empty() {
        Level::Closure
    } else if is_dated(clause) {
        Level::Dates
    } else if has(|s| matches!(s, Selector::Holidays)) {
        Level::Holidays
    } else if has(|s| matches!(s, Selector::NthWeekday(..)))
        || has(|s| matches!(s, Selector::Yearly(..))) && !does_week_win
    {
        Level::PartOfYear
    } else if has(|s| matches!(s, Selector::RestDays)) {
        Level::RestDays
    } else if has(|s| matches!(s, Selector::Weekdays(_) | Selector::Workdays)) {
        Level::Week
    } else {
        Level::Everything
    }
}

/// How many weekdays a clause covers; the narrower of two clauses of a level wins.
fn breadth(days: &Days) -> u32 {
    // A make-up day follows 工作日 even where week-end hours are given too.
    if days.classes == MAKE_UP {
        0
    } else {
        days.weekdays.count_ones()
    }
}
