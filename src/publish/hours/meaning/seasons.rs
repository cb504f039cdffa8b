//! Parts of the year without dates: seasons, school holidays, and hours of a season beside hours
//! of a week.

use super::{build, is_one_date};
use crate::domain::calendar::Calendar;
use crate::domain::civil::MonthDay;
use crate::domain::timetable::Timetable;
use crate::publish::hours::choices::Choices;
use crate::publish::hours::clauses::{Body, Clause, Reading};
use crate::publish::hours::merge::{agreement, within};
use crate::publish::hours::selector::{Selector, is_part_of_year};
use crate::publish::hours::token::{Vacation, season};
use crate::publish::hours::{NotUnderstood, md};

/// The parts of the year, and the seasons that each may belong to: June to August are summer,
/// December to February winter; when the seasons change is not known.
const PARTS_OF_YEAR: [(MonthDay, MonthDay, u8); 4] = [
    (
        md(3, 1),
        md(5, 31),
        season::WINTER | season::SPRING | season::SUMMER,
    ),
    (md(6, 1), md(8, 31), season::SUMMER),
    (
        md(9, 1),
        md(11, 30),
        season::SUMMER | season::AUTUMN | season::WINTER,
    ),
    (md(12, 1), md(2, 29), season::WINTER),
];

/// School holidays and seasons without dates: each choice is a reading.
pub(super) fn without_vague_dates(clauses: &[Clause], choices: &mut Choices) -> Vec<Clause> {
    let mut all = Vec::new();
    for clause in clauses {
        let Some(at) = clause
            .days
            .iter()
            .position(|day| matches!(day, Selector::Vacation(_) | Selector::SomeSeason))
        else {
            all.push(clause.clone());
            continue;
        };
        let summer = [
            Selector::Yearly(md(7, 10), md(8, 20)),
            Selector::Yearly(md(6, 15), md(9, 10)),
        ];
        // Some weeks around the lunar New Year; no text gives the dates.
        let winter = [
            Selector::Lunar(-3, 6),
            Selector::Yearly(md(1, 5), md(3, 10)),
        ];
        let at_most_or_least = choices.pick(2);
        let parts: Vec<Selector> = if let Selector::Vacation(vacation) = clause.days[at] {
            match vacation {
                Vacation::Any if at_most_or_least == 0 => vec![Selector::Holidays],
                Vacation::Any => vec![Selector::Holidays, summer[1], winter[1]],
                Vacation::Summer => vec![summer[at_most_or_least]],
                Vacation::Winter => vec![winter[at_most_or_least]],
                Vacation::SummerAndWinter => {
                    vec![summer[at_most_or_least], winter[at_most_or_least]]
                }
            }
        } else if at_most_or_least == 0 {
            // 高温季节 without dates: all the year, or never.
            vec![Selector::Every]
        } else {
            Vec::new()
        };
        for part in parts {
            let mut days = clause.days.clone();
            days[at] = part;
            days.retain(|day| *day != Selector::Every);
            all.push(Clause {
                days,
                ..clause.clone()
            });
        }
    }
    all
}

/// The timetable, with the seasons without dates resolved for each part of the year.
pub(super) fn in_seasons(
    reading: &Reading,
    calendar: &Calendar,
    choices: &mut Choices,
) -> Result<Timetable, NotUnderstood> {
    let named = reading
        .clauses
        .iter()
        .flat_map(|clause| &clause.days)
        .fold(0, |named, day| {
            if let Selector::Season(seasons) = day {
                named | seasons
            } else {
                named
            }
        });
    if named == 0 {
        return build(reading, calendar, choices);
    }
    // A text that names only summer and winter has no spring.
    let usual = season::SUMMER | season::WINTER;
    let mut by_season = Vec::new();
    for season in [
        season::SPRING,
        season::SUMMER,
        season::AUTUMN,
        season::WINTER,
    ] {
        if (named | usual) & season != 0 {
            by_season.push((
                season,
                build(&in_season(reading, season), calendar, choices)?,
            ));
        }
    }
    let mut rules = Vec::new();
    for (from, to, may_be) in PARTS_OF_YEAR {
        let candidates: Vec<Timetable> = by_season
            .iter()
            .filter(|(season, _)| may_be & season != 0)
            .map(|(_, timetable)| timetable.clone())
            .collect();
        rules.extend(within(&agreement(&candidates)?, &[(from, to)]));
    }
    Ok(Timetable { rules })
}

/// The reading on a day of `season`.
fn in_season(reading: &Reading, season: u8) -> Reading {
    let is_of_season = |clause: &&Clause| {
        !clause
            .days
            .iter()
            .any(|day| matches!(day, Selector::Season(seasons) if seasons & season == 0))
    };
    let without_season = |clause: &Clause| {
        let mut days = clause.days.clone();
        let named = days.len();
        days.retain(|day| !matches!(day, Selector::Season(_)));
        // A clause for the whole season lies over one for the whole year.
        if days.is_empty() && named > 0 {
            days.push(Selector::Yearly(md(1, 1), md(12, 31)));
        }
        Clause {
            days,
            ..clause.clone()
        }
    };
    Reading {
        clauses: reading
            .clauses
            .iter()
            .filter(is_of_season)
            .map(without_season)
            .collect(),
        ..reading.clone()
    }
}

/// "周一至周五 8:30-17:00，7-8月 8:00-22:00": which holds on a Monday in July is a choice.
pub(super) fn week_and_season_cross(clauses: &[Clause]) -> bool {
    let opens = |clause: &&Clause| matches!(clause.body, Body::Spans { .. });
    clauses.iter().filter(opens).any(is_of_season_only)
        && clauses
            .iter()
            .filter(opens)
            .any(|clause| clause.days.iter().any(is_in_week))
}

/// 周一至周五8:30-17:00，夏季8:30-18:00: the summer hours are those of the same weekdays.
pub(super) fn within_the_week(clauses: Vec<Clause>) -> Vec<Clause> {
    let opens = |clause: &Clause| matches!(clause.body, Body::Spans { .. });
    let weeks: Vec<Vec<Selector>> = clauses
        .iter()
        .filter(|clause| opens(clause))
        .map(|clause| clause.days.iter().copied().filter(is_in_week).collect())
        .filter(|week: &Vec<Selector>| !week.is_empty())
        .collect();
    clauses
        .into_iter()
        .flat_map(|clause| {
            if !(opens(&clause) && is_of_season_only(&clause)) {
                return vec![clause];
            }
            let of_week = |week: &Vec<Selector>| Clause {
                days: [&clause.days[..], &week[..]].concat(),
                ..clause.clone()
            };
            weeks.iter().map(of_week).collect()
        })
        .collect()
}

fn is_of_season_only(clause: &Clause) -> bool {
    let is_season = |s: &Selector| {
        is_part_of_year(s) && !is_one_date(s)
            || matches!(s, Selector::Dates(from, to) if from != to)
    };
    clause.days.iter().any(is_season) && !clause.days.iter().any(is_in_week)
}

fn is_in_week(selector: &Selector) -> bool {
    matches!(
        selector,
        Selector::Weekdays(_) | Selector::Workdays | Selector::RestDays | Selector::NthWeekday(..)
    )
}
