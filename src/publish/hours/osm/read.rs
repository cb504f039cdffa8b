//! Reads `opening_hours` syntax as timetables.

use opening_hours_syntax::rules::day::{
    Date, DateOffset, HolidayKind, MonthdayRange, WeekDayRange, Weekday,
};
use opening_hours_syntax::rules::time::{Time, TimeSpan};
use opening_hours_syntax::rules::{RuleKind, RuleOperator, RuleSequence};

use super::{MONTHS, WEEKDAYS};
use crate::domain::civil::{Day, MINUTES_PER_DAY, MonthDay, days_in_month};
use crate::domain::timetable::{Days, HOLIDAY, LAST_OF_MONTH, OpenState, Rule, Span, Timetable};
use crate::publish::hours::NotUnderstood;
use crate::publish::hours::lexer::weekdays_between;
use crate::publish::hours::span::LONGEST_NIGHT;

const NOT_HERE: NotUnderstood =
    NotUnderstood::Unclear("this part of the opening_hours syntax is not supported");

/// Reads OSM syntax by its own rules.
///
/// # Errors
///
/// [`NotUnderstood`] if it is not OSM syntax, or uses what a timetable cannot
/// say: sunrise, week numbers, school holidays, Easter, open ends, fallbacks.
pub fn timetable_of_osm(text: &str) -> Result<Timetable, NotUnderstood> {
    let expression = opening_hours_syntax::parse(text)
        .map_err(|_| NotUnderstood::Words(text.trim().chars().take(40).collect()))?;
    let mut rules = Vec::new();
    for sequence in &expression.rules {
        rules.extend(rules_of(sequence, rules.is_empty(), false)?);
    }
    Ok(Timetable { rules })
}

/// All readings of a text that looks like OSM syntax; none if it is something else.
///
/// A list of days may have blanks behind its commas. Days without times are open at unknown
/// hours. By the rules of the syntax a later rule wins, and one behind a comma adds; people mean
/// that closures stay, and that Wednesday's hours replace those of the week.
pub(in crate::publish::hours) fn readings(text: &str) -> Option<Vec<Timetable>> {
    if !looks_like_osm(text) {
        return None;
    }
    let text = &with_joined_lists(text);
    let expression = opening_hours_syntax::parse(text).ok()?;
    let is_whole_day = |word: &&str| ["24/7", "00:00-24:00", "0:00-24:00"].contains(word);
    let whole_days = text.split([' ', ';', ',']).filter(is_whole_day).count();
    let is_whole_day =
        |sequence: &&RuleSequence| sequence.kind != RuleKind::Closed && is_default_time(sequence);
    // Days without times are open at unknown hours.
    let lacks_times = expression.rules.iter().filter(is_whole_day).count() > whole_days;
    let mut by_the_rules = Vec::new();
    let mut as_meant = Vec::new();
    let mut closures = Vec::new();
    for sequence in &expression.rules {
        let is_unknown = lacks_times && is_whole_day(&sequence);
        for mut rule in rules_of(sequence, by_the_rules.is_empty(), is_unknown).ok()? {
            // No station is open for so long a night: 9:00-5:00 may mean the afternoon.
            let is_night =
                |span: &Span| span.to > MINUTES_PER_DAY && span.to - span.from > LONGEST_NIGHT;
            if rule.spans.iter().any(is_night) {
                return None;
            }
            // "Mo-Fr 08:00-18:00, PH off" closes it.
            rule.adds &= !rule.spans.is_empty();
            by_the_rules.push(rule.clone());
            if rule.spans.is_empty() {
                closures.push(rule);
            } else {
                let continues = as_meant
                    .last()
                    .is_some_and(|last: &Rule| last.days == rule.days);
                rule.adds &=
                    continues || rule.spans.iter().any(|span| span.state == OpenState::Shut);
                as_meant.push(rule);
            }
        }
    }
    as_meant.extend(closures);
    let mut readings = vec![Timetable {
        rules: by_the_rules,
    }];
    if readings[0].rules != as_meant {
        readings.push(Timetable { rules: as_meant });
    }
    Some(readings)
}

/// Whether a text may be in OSM's syntax: plain ASCII with a word of it, or `24/7`, and no hour
/// that may be one of the afternoon. Bare times are not enough: 9:00-5:00 may mean the
/// afternoon.
fn looks_like_osm(text: &str) -> bool {
    text.is_ascii()
        && (text.trim() == "24/7" || text.contains(|c: char| c.is_ascii_uppercase()))
        && !has_hour_of_either_half(text)
}

/// Whether the text contains a time such as 1:30, without a zero before it.
fn has_hour_of_either_half(text: &str) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len()).any(|at| {
        let follows_digit = at > 0 && (bytes[at - 1].is_ascii_digit() || bytes[at - 1] == b':');
        !follows_digit
            && matches!(bytes[at], b'1'..=b'5')
            && bytes.get(at + 1) == Some(&b':')
            && bytes.get(at + 2).is_some_and(u8::is_ascii_digit)
    })
}

/// Whether a sequence holds for the whole day, which is also what it says without times.
fn is_default_time(sequence: &RuleSequence) -> bool {
    let whole = Span::whole_day(OpenState::Open);
    let spans: Vec<_> = sequence
        .time_selector
        .spans
        .iter()
        .map(|span| span_of(span, OpenState::Open))
        .collect();
    spans == [Ok(whole)]
}

/// `Mo-Su, PH 10:00-22:00`, `Jul, Aug 08:00-20:00`: in the syntax a blank behind the comma
/// begins another rule; people mean a list.
fn with_joined_lists(text: &str) -> String {
    let is_name = |word: &str| {
        !word.is_empty()
            && word.split('-').all(|name| {
                WEEKDAYS.contains(&name) || MONTHS.contains(&name) || name == "PH" || name == "SH"
            })
    };
    let mut joined = String::with_capacity(text.len());
    let mut parts = text.split(',').peekable();
    while let Some(part) = parts.next() {
        let part = if joined.is_empty() {
            part
        } else {
            part.trim_start()
        };
        joined.push_str(part);
        let Some(next) = parts.peek() else { break };
        let last = part
            .trim_end()
            .rsplit([' ', ';'])
            .next()
            .unwrap_or_default();
        let first = next
            .trim_start()
            .split([' ', ','])
            .next()
            .unwrap_or_default();
        let is_list = is_name(last) && is_name(first);
        // "Mo-Fr, 08:00-17:00"
        if is_name(last) && first.starts_with(|c: char| c.is_ascii_digit()) {
            joined.push(' ');
            continue;
        }
        joined.push(',');
        if !is_list && next.starts_with(' ') {
            joined.push(' ');
        }
    }
    joined
}

fn rules_of(
    sequence: &RuleSequence,
    is_first: bool,
    is_unknown: bool,
) -> Result<Vec<Rule>, NotUnderstood> {
    let day = &sequence.day_selector;
    if !day.week.is_empty() || sequence.operator == RuleOperator::Fallback && !is_first {
        return Err(NOT_HERE);
    }
    let state = match sequence.kind {
        RuleKind::Open if is_unknown => OpenState::Unknown,
        RuleKind::Open => OpenState::Open,
        RuleKind::Closed => OpenState::Shut,
        RuleKind::Unknown => OpenState::Unknown,
    };
    // "open" with a comment such as "by appointment" does not let every rider in.
    let state = if sequence.comment.is_empty() || state == OpenState::Shut {
        state
    } else {
        OpenState::Unknown
    };
    let spans: Vec<Span> = sequence
        .time_selector
        .spans
        .iter()
        .map(|s| span_of(s, state))
        .collect::<Result<_, _>>()?;
    let is_whole_day = spans == [Span::whole_day(state)];
    let mut between = Vec::new();
    let mut seasons = Vec::new();
    for range in &day.monthday {
        dates_of(range, &mut seasons, &mut between)?;
    }
    let has_dates = !between.is_empty();
    for range in &day.year {
        let (years, step) = range.clone().into_parts();
        if step != 1 || has_dates {
            return Err(NOT_HERE);
        }
        let bounds = (
            Day::from_ymd(years.start().0, 1, 1).ok_or(NOT_HERE)?,
            Day::from_ymd(years.end().0, 12, 31).ok_or(NOT_HERE)?,
        );
        between.push(bounds);
    }
    if !seasons.is_empty() && !between.is_empty() && day.year.is_empty() {
        return Err(NOT_HERE);
    }
    let mut kinds: Vec<Days> = Vec::new();
    for range in &day.weekday {
        kinds.push(weekdays_of(range)?);
    }
    if kinds.is_empty() {
        kinds.push(Days::EVERY);
    }
    // Closed at certain times only takes those away; closed all day closes the day.
    let adds = sequence.operator == RuleOperator::Additional
        || (state == OpenState::Shut && !is_whole_day);
    let spans = if state == OpenState::Shut && is_whole_day {
        Vec::new()
    } else {
        spans
    };
    Ok(kinds
        .into_iter()
        .map(|days| Rule {
            days: Days {
                seasons: seasons.clone(),
                between: between.clone(),
                ..days
            },
            spans: spans.clone(),
            adds,
        })
        .collect())
}

fn span_of(span: &TimeSpan, state: OpenState) -> Result<Span, NotUnderstood> {
    let (Time::Fixed(from), Time::Fixed(to)) = (span.range.start, span.range.end) else {
        return Err(NOT_HERE);
    };
    if span.open_end || span.repeats.is_some() {
        return Err(NOT_HERE);
    }
    let (from, mut to) = (from.mins_from_midnight(), to.mins_from_midnight());
    if to <= from {
        to += MINUTES_PER_DAY;
    }
    let fits = from < MINUTES_PER_DAY && to <= 2 * MINUTES_PER_DAY;
    fits.then_some(Span { from, to, state }).ok_or(NOT_HERE)
}

fn weekdays_of(range: &WeekDayRange) -> Result<Days, NotUnderstood> {
    match range {
        WeekDayRange::Fixed {
            range,
            offset,
            nth_from_start,
            nth_from_end,
        } => {
            if *offset != 0 {
                return Err(NOT_HERE);
            }
            let bit = |day: Weekday| 1_u8 << day.num_days_from_monday();
            let weekdays = weekdays_between(bit(*range.start()), bit(*range.end()));
            let every = nth_from_start
                .iter()
                .chain(nth_from_end)
                .all(|is_named| *is_named);
            if every {
                return Ok(Days::on(weekdays));
            }
            let first = (0..5_u8)
                .map(|n| u8::from(nth_from_start[usize::from(n)]) << n)
                .fold(0, |mask, bit| mask | bit);
            let last = match nth_from_end {
                [false, false, false, false, false] => 0,
                [true, false, false, false, false] => LAST_OF_MONTH,
                _ => return Err(NOT_HERE),
            };
            Ok(Days {
                weekdays,
                nth: first | last,
                ..Days::EVERY
            })
        }
        WeekDayRange::Holiday {
            kind: HolidayKind::Public,
            offset: 0,
        } => Ok(Days::of(HOLIDAY)),
        WeekDayRange::Holiday { .. } => Err(NOT_HERE),
    }
}

fn dates_of(
    range: &MonthdayRange,
    seasons: &mut Vec<(MonthDay, MonthDay)>,
    between: &mut Vec<(Day, Day)>,
) -> Result<(), NotUnderstood> {
    match range {
        MonthdayRange::Month { range, year } => {
            let (from, to) = (*range.start() as u8, *range.end() as u8);
            match year {
                None => seasons.push((
                    MonthDay {
                        month: from,
                        day: 1,
                    },
                    MonthDay {
                        month: to,
                        day: days_in_month(2024, to),
                    },
                )),
                Some(year) => {
                    let last = days_in_month(year.0, to);
                    let spell = Day::from_ymd(year.0, from, 1).zip(Day::from_ymd(year.0, to, last));
                    between.push(spell.filter(|(from, to)| from <= to).ok_or(NOT_HERE)?);
                }
            }
        }
        MonthdayRange::Date {
            start: (start, start_offset),
            end: (end, end_offset),
        } => {
            let no_offset = DateOffset::default();
            let (
                Date::Fixed { year, month, day },
                Date::Fixed {
                    year: end_year,
                    month: end_month,
                    day: end_day,
                },
            ) = (start, end)
            else {
                return Err(NOT_HERE);
            };
            if *start_offset != no_offset || *end_offset != no_offset {
                return Err(NOT_HERE);
            }
            let (from, to) = (
                MonthDay {
                    month: *month as u8,
                    day: *day,
                },
                MonthDay {
                    month: *end_month as u8,
                    day: *end_day,
                },
            );
            match (year, end_year.or(*year)) {
                (None, None) => seasons.push((from, to)),
                (Some(year), Some(end_year)) => {
                    let spell = Day::from_ymd(year.0, from.month, from.day)
                        .zip(Day::from_ymd(end_year.0, to.month, to.day));
                    between.push(spell.filter(|(from, to)| from <= to).ok_or(NOT_HERE)?);
                }
                _ => return Err(NOT_HERE),
            }
        }
    }
    Ok(())
}
