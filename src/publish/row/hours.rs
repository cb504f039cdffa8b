//! When a row says that its station is open.

use super::RowContext;
use super::cell::looks_mangled;
use crate::domain::opening::Hours;
use crate::publish::amenities;
use crate::publish::closure::State;
use crate::publish::hours::{self, Remark, Understood};
use crate::publish::hours_columns::Doubt;
use crate::publish::issue::Problem;
use crate::publish::table::TableRow;

/// The hours that a row's columns say together.
pub(super) fn hours_of(
    row: &TableRow,
    context: &RowContext<'_>,
    problems: &mut Vec<Problem>,
) -> Hours {
    let columns = context.columns;
    let joined = columns.hours(row);
    let beyond = columns.beyond(row);
    if beyond.is_empty() {
        let Some(doubt) = joined.doubt else {
            return read_hours(&joined.text, context, problems);
        };
        let understood = |text: &str| hours::read(text, &context.config.calendar).ok();
        let texts: Vec<&str> = joined.text.split('；').collect();
        // Two columns with the same hours in different words.
        if doubt == Doubt::Differ
            && let Some(first) = understood(texts[0])
            && texts
                .iter()
                .all(|text| understood(text).as_ref() == Some(&first))
        {
            return read_hours(texts[0], context, problems);
        }
        problems.push(Problem::HoursDoubtful {
            text: joined.text.clone(),
            doubt,
        });
        return Hours {
            text: joined.text,
            ..Hours::default()
        };
    }
    problems.push(Problem::CellsBeyond(beyond.join(" ")));
    let whole = context
        .separator
        .and_then(|separator| columns.hours_beyond(row, separator));
    match whole {
        Some(whole) => read_hours(&whole, context, problems),
        // The cells beyond may belong to the hours, so the hours are unknown.
        None => Hours {
            text: joined.text,
            ..Hours::default()
        },
    }
}

fn read_hours(text: &str, context: &RowContext<'_>, problems: &mut Vec<Problem>) -> Hours {
    if text.is_empty() {
        problems.push(Problem::HoursMissing);
        return Hours::default();
    }
    if looks_mangled(text) {
        // A single date is not opening hours; most likely 8-30 was typed.
        let (field, text) = ("开放时间", text.to_owned());
        problems.push(Problem::CellMangled {
            field,
            text: text.clone(),
        });
        return Hours {
            text,
            ..Hours::default()
        };
    }
    let known = context.readings.borrow().hours.get(text).cloned();
    let reading = known.unwrap_or_else(|| {
        let reading = hours::understand(text, &context.config.calendar);
        let mut readings = context.readings.borrow_mut();
        readings.hours.insert(text.to_owned(), reading.clone());
        reading
    });
    match reading {
        Ok(understood) => {
            let readings = &understood.readings;
            if !readings.is_empty() {
                let osm = |reading| hours::to_osm(reading, &context.config.calendar);
                problems.push(Problem::HoursAmbiguous {
                    text: text.to_owned(),
                    readings: readings.iter().map(osm).collect(),
                });
            }
            understood.into_hours(text)
        }
        Err(reason) => {
            problems.push(Problem::HoursNotUnderstood {
                text: text.to_owned(),
                reason,
            });
            Hours {
                text: text.to_owned(),
                ..Hours::default()
            }
        }
    }
}

/// Subtracts from the hours what remarks close. Remarks that are not fully understood make the
/// hours unknown.
pub(super) fn apply_remarks(
    remarks: &[(&str, Remark)],
    hours: &mut Hours,
    context: &RowContext<'_>,
    problems: &mut Vec<Problem>,
) -> Option<(String, State)> {
    for &(clause, remark) in remarks {
        // 空调维修中 is about the air-conditioning.
        if remark == Remark::Shut && !amenities::names_any(clause) {
            return Some((clause.to_owned(), State::Doubtful));
        }
        if remark == Remark::Shut || hours.timetable.is_none() {
            continue;
        }
        let read = hours::understand_with_remark(&hours.text, clause, &context.config.calendar);
        let Ok(Understood {
            timetable,
            names_holidays,
            ..
        }) = read
        else {
            return Some((clause.to_owned(), State::Doubtful));
        };
        hours.names_holidays |= names_holidays;
        if hours.timetable.as_ref() != Some(&timetable) {
            problems.push(Problem::RemarkHeeded(clause.to_owned()));
            hours.timetable = Some(timetable);
            hours.text = format!("{}；{clause}", hours.text);
        }
    }
    None
}
