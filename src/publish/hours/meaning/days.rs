//! The days of a clause as the days of rules.

use crate::domain::civil::MonthDay;
use crate::domain::timetable::{
    ALL_CLASSES, ALL_WEEK, Days, HOLIDAY, MAKE_UP, MONDAY_TO_FRIDAY, ORDINARY, WEEK_END,
};
use crate::publish::hours::choices::Choices;
use crate::publish::hours::clauses::Clause;
use crate::publish::hours::selector::Selector;
use crate::publish::hours::{NotUnderstood, md};

/// The days of a clause that names no holiday.
pub(super) fn days_of(clause: &Clause) -> Result<Vec<Days>, NotUnderstood> {
    let mut kinds: Vec<Days> = Vec::new();
    let mut seasons = Vec::new();
    let mut between = Vec::new();
    for selector in &clause.days {
        match *selector {
            // Adds no days beside others: 平时…（周一至周五）
            Selector::Every | Selector::Rest => {}
            Selector::Weekdays(mask) => match kinds.iter_mut().find(|days| is_week(days)) {
                Some(known) => known.weekdays |= mask,
                None => kinds.push(Days::on(mask)),
            },
            Selector::NthWeekday(nth, weekdays) => {
                kinds.push(Days {
                    weekdays,
                    nth,
                    ..Days::EVERY
                });
            }
            Selector::Workdays => {
                kinds.push(Days {
                    weekdays: MONDAY_TO_FRIDAY,
                    classes: ORDINARY | MAKE_UP,
                    ..Days::EVERY
                });
                kinds.push(Days::of(MAKE_UP));
            }
            Selector::RestDays => {
                kinds.push(Days {
                    weekdays: WEEK_END,
                    classes: ORDINARY | HOLIDAY,
                    ..Days::EVERY
                });
                kinds.push(Days::of(HOLIDAY));
            }
            Selector::Holidays => kinds.push(Days::of(HOLIDAY)),
            Selector::Yearly(from, to) => seasons.push((from, to)),
            Selector::Dates(from, to) => between.push((from, to)),
            Selector::OrdinaryDays
            | Selector::Named(_)
            | Selector::Lunar(..)
            | Selector::Vacation(_)
            | Selector::SomeSeason
            | Selector::Season(_) => {
                return Err(NotUnderstood::Unclear(
                    "a holiday or season beside other days",
                ));
            }
        }
    }
    if kinds.is_empty() {
        kinds.push(Days::EVERY);
    }
    for days in &mut kinds {
        days.seasons.clone_from(&seasons);
        days.between.clone_from(&between);
        if clause.but_not_on_holidays {
            days.classes &= !HOLIDAY;
        }
        debug_assert!(days.weekdays & !ALL_WEEK == 0);
    }
    Ok(kinds)
}

/// Whether these are weekdays and nothing else.
fn is_week(days: &Days) -> bool {
    days.nth == 0 && days.classes == ALL_CLASSES && days.weekdays != ALL_WEEK
}

/// 仅周末: all days but these.
pub(super) fn others(sets: &[Vec<Selector>]) -> Result<Vec<Days>, NotUnderstood> {
    let cannot = NotUnderstood::Unclear("only on days that no timetable can turn round");
    let mut mask = 0;
    match sets {
        [set] if *set == [Selector::Holidays] => return Ok(vec![Days::of(ALL_CLASSES & !HOLIDAY)]),
        [set] if *set == [Selector::Workdays] => {
            return Ok(vec![
                Days {
                    weekdays: WEEK_END,
                    classes: ORDINARY,
                    ..Days::EVERY
                },
                Days::of(HOLIDAY),
            ]);
        }
        [set] => {
            if let [Selector::Yearly(from, to)] = set[..] {
                let before = MonthDay {
                    month: if from.day > 1 {
                        from.month
                    } else {
                        from.month.wrapping_sub(1).max(1)
                    },
                    day: if from.day > 1 { from.day - 1 } else { 31 },
                };
                let after = MonthDay {
                    day: to.day + 1,
                    ..to
                };
                let is_whole_year = from == md(1, 1);
                if is_whole_year || from.month == 1 {
                    return Err(cannot);
                }
                return Ok(vec![Days {
                    seasons: vec![(after, before)],
                    ..Days::EVERY
                }]);
            }
            for day in set {
                let Selector::Weekdays(more) = day else {
                    return Err(cannot);
                };
                mask |= more;
            }
        }
        _ => return Err(cannot),
    }
    Ok(vec![Days::on(ALL_WEEK & !mask)])
}

/// Replaces 平日: Monday to Friday beside week-end hours, every other day beside holiday hours.
pub(super) fn with_ordinary_days(clauses: &[Clause], choices: &mut Choices) -> Vec<Clause> {
    let names =
        |wanted: fn(&Selector) -> bool| clauses.iter().any(|clause| clause.days.iter().any(wanted));
    let names_weekdays = names(|s| matches!(s, Selector::Weekdays(_)));
    let names_others = names(|s| {
        matches!(
            s,
            Selector::Holidays | Selector::Named(_) | Selector::Lunar(..) | Selector::RestDays
        )
    });
    let mut all = clauses.to_vec();
    for selector in all.iter_mut().flat_map(|clause| &mut clause.days) {
        if *selector == Selector::OrdinaryDays {
            // Beside week-end hours it is the working week; beside 假日, which may be the
            // week-end, or every other day too.
            *selector = if names_weekdays {
                Selector::Weekdays(MONDAY_TO_FRIDAY)
            } else if names_others {
                [Selector::Weekdays(MONDAY_TO_FRIDAY), Selector::Rest][choices.pick(2)]
            } else {
                // 平日9:00-17:00 and nothing else: each of these is possible.
                [
                    Selector::Weekdays(MONDAY_TO_FRIDAY),
                    Selector::Workdays,
                    Selector::Rest,
                ][choices.pick(3)]
            };
        }
    }
    all
}
