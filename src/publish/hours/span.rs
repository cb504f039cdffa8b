//! The minutes that two written times mean.

use super::token::{Clock, Period};
use crate::domain::civil::MINUTES_PER_DAY;

/// A longer span over midnight, in minutes, is not a night.
pub(super) const LONGEST_NIGHT: u16 = 14 * 60;

/// Whether the hour cannot be meant as one of the afternoon.
fn is_of_24_hours(clock: Clock) -> bool {
    clock.hour == 0 || clock.hour > 12 || clock.has_leading_zero || clock.period.is_some()
}

/// The minutes from one written time to another, in all plausible readings; the end is past 1440
/// for the next day. Empty if there is none.
pub(super) fn readings(from: Clock, to: Clock) -> Vec<(u16, u16)> {
    if from.period.is_none() && to.period.is_none() {
        unmarked(from, to)
    } else {
        marked(from, to)
    }
}

/// Neither end says which half of the day it lies in.
fn unmarked(from: Clock, to: Clock) -> Vec<(u16, u16)> {
    let (start, end) = (minutes(from), minutes(to));
    // Some forms make people write midnight as 23:59.
    let end = if end == MINUTES_PER_DAY - 1 {
        MINUTES_PER_DAY
    } else {
        end
    };
    if start >= MINUTES_PER_DAY {
        return Vec::new();
    }
    let is_certain = is_of_24_hours(from) || is_of_24_hours(to);
    let mut found = Vec::new();
    if end > start {
        // 10:00-25:00, but not 8:00-28:00
        let is_late = end > MINUTES_PER_DAY + 120;
        if is_late && end - start > LONGEST_NIGHT {
            return found;
        }
        found.push((start, end));
        // 1:30-4:30, 5:00-8:00: the afternoon may be meant.
        let is_early = from.hour < 5 || (from.hour == 5 && to.hour <= 8);
        if !is_certain && is_early {
            found.push((start + 720, end + 720));
        }
        return found;
    }
    let afternoon = end + 720;
    if !is_certain && (1..=12).contains(&to.hour) && afternoon > start && end < 720 {
        found.push((start, afternoon));
    }
    let overnight = end + MINUTES_PER_DAY;
    // 9:00-5:00 may run over night, whatever its length; nobody writes 12:00-5:00 for that. A
    // span that ends at 0:00 is not a night.
    let is_too_long = overnight > MINUTES_PER_DAY
        && overnight - start > LONGEST_NIGHT
        && (start >= 720 || is_certain);
    if !is_too_long {
        found.push((start, overnight));
    }
    found
}

/// One end at least says which part of the day it lies in.
fn marked(from: Clock, to: Clock) -> Vec<(u16, u16)> {
    let starts = match from.period {
        None if matches!(to.period, Some(Period::Afternoon | Period::Evening))
            && from.hour < 12 =>
        {
            // 1:30-5:00pm, 2:00-下午5:00: the mark at the end may apply to both.
            let (early, late) = (minutes(from), minutes(from) + 720);
            let end = to.period.and_then(|period| in_period(to, period));
            let is_before_end = end.is_some_and(|end| late < end);
            let may_be_late = from.hour <= 6 && !from.has_leading_zero;
            let is_afternoon = to.period == Some(Period::Afternoon);
            if is_before_end && may_be_late && is_afternoon {
                vec![late]
            } else if is_before_end && (may_be_late || is_afternoon && !is_of_24_hours(from)) {
                vec![early, late]
            } else {
                vec![early]
            }
        }
        None => vec![minutes(from)],
        Some(Period::NextDay) => Vec::new(),
        Some(period) => in_period(from, period).into_iter().collect(),
    };
    let mut found = Vec::new();
    for start in starts.into_iter().filter(|start| *start < MINUTES_PER_DAY) {
        found.extend(ends(start, from, to).into_iter().map(|end| (start, end)));
        // 8am-12am: many mean noon.
        let is_12_am = to.hour == 0 && to.minute == 0 && to.period == Some(Period::Morning);
        if is_12_am && start < MINUTES_PER_DAY / 2 && from.period != Some(Period::Afternoon) {
            found.push((start, MINUTES_PER_DAY / 2));
        }
    }
    let is_said_to_be_next_day = matches!(to.period, Some(Period::NextDay | Period::Dawn));
    found.retain(|&(start, end)| {
        // 11:00 PM - 4:00 PM is a slip of the pen, not 17 open hours.
        let is_too_long_a_night =
            end > MINUTES_PER_DAY && end - start > LONGEST_NIGHT && !is_said_to_be_next_day;
        end > start && end <= start + MINUTES_PER_DAY && !is_too_long_a_night
    });
    found
}

fn ends(start: u16, from: Clock, to: Clock) -> Vec<u16> {
    let past_start = |end: u16| {
        if end <= start {
            end + MINUTES_PER_DAY
        } else {
            end
        }
    };
    match (to.period, from.period) {
        (Some(Period::NextDay), _) => vec![minutes(to) + MINUTES_PER_DAY],
        (Some(period), _) => in_period(to, period).map(past_start).into_iter().collect(),
        (None, Some(period)) if to.hour <= 12 => match in_period(to, period) {
            Some(end) if end > start => vec![end],
            _ if period == Period::Evening => vec![minutes(to) + MINUTES_PER_DAY],
            // 上午9:00-5:00
            _ => {
                let unmarked_start = Clock {
                    hour: start / 60,
                    minute: start % 60,
                    period: None,
                    ..from
                };
                unmarked(unmarked_start, to)
                    .into_iter()
                    .map(|(_, end)| end)
                    .collect()
            }
        },
        (None, _) => vec![past_start(minutes(to))],
    }
}

fn minutes(clock: Clock) -> u16 {
    clock.hour * 60 + clock.minute
}

/// The minute that a time means in a part of the day.
pub(super) fn in_period(clock: Clock, period: Period) -> Option<u16> {
    let hour = clock.hour;
    if hour > 24 {
        return None;
    }
    let hour = match period {
        Period::Dawn if hour <= 6 => hour,
        Period::Dawn if hour == 12 => 0,
        Period::Morning if hour <= 12 => hour,
        Period::Noon if (11..=14).contains(&hour) => hour,
        Period::Noon if (1..=2).contains(&hour) => hour + 12,
        Period::Afternoon if (1..=11).contains(&hour) => hour + 12,
        Period::Afternoon if (12..24).contains(&hour) => hour,
        Period::Evening if (4..=12).contains(&hour) => hour + 12,
        Period::Evening if (1..=3).contains(&hour) => hour + 24,
        Period::Evening if hour == 0 => 24,
        Period::Evening if hour >= 16 => hour,
        Period::NextDay => hour + 24,
        Period::Dawn | Period::Morning | Period::Noon | Period::Afternoon | Period::Evening => {
            return None;
        }
    };
    Some(hour * 60 + clock.minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, to: &str, expected: &[(&str, &str)]) {
        let clock = |text: &str| {
            let (hour, minute) = text.split_once(':').expect("a time");
            Clock {
                hour: hour.parse().expect("an hour"),
                minute: minute.parse().expect("a minute"),
                is_bare: false,
                has_leading_zero: hour.starts_with('0'),
                period: None,
            }
        };
        let found: Vec<(String, String)> = readings(clock(from), clock(to))
            .into_iter()
            .map(|(from, to)| {
                let text = |minute| format!("{}:{:02}", minute / 60, minute % 60);
                (text(from), text(to))
            })
            .collect();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        assert_eq!(found, expected, "{from}-{to}");
    }

    #[test]
    fn five_may_be_in_the_morning_or_in_the_afternoon() {
        check("9:00", "5:00", &[("9:00", "17:00"), ("9:00", "29:00")]);
        check("2:00", "5:00", &[("2:00", "5:00"), ("14:00", "17:00")]);
        check("02:00", "05:00", &[("2:00", "5:00")]);
        check("12:00", "5:00", &[("12:00", "17:00")]);
    }

    #[test]
    fn most_times_have_one_reading() {
        check("8:30", "11:30", &[("8:30", "11:30")]);
        check("9:00", "17:00", &[("9:00", "17:00")]);
        check("22:00", "6:00", &[("22:00", "30:00")]);
        check("0:00", "23:59", &[("0:00", "24:00")]);
        check("05:00", "00:00", &[("5:00", "24:00")]);
        check("20:00", "12:00", &[]);
    }
}
