//! What several timetables agree on.

use crate::domain::calendar::DayClass;
use crate::domain::civil::{Day, MonthDay};
use crate::domain::timetable::{
    ALL_CLASSES, ALL_WEEK, Days, HOLIDAY, MAKE_UP, ORDINARY, Rule, Span, Timetable, agreed,
};

/// With more conditions than this a timetable would need thousands of rules.
const MOST_CONDITIONS: usize = 8;

/// A condition on the date, beside weekday and class.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Condition {
    nth: u8,
    seasons: Vec<(MonthDay, MonthDay)>,
    between: Vec<(Day, Day)>,
}

impl Condition {
    fn of(days: &Days) -> Option<Self> {
        let Days {
            weekdays: _,
            nth,
            classes: _,
            seasons,
            between,
        } = days;
        let is_none = *nth == 0 && seasons.is_empty() && between.is_empty();
        (!is_none).then(|| Self {
            nth: *nth,
            seasons: seasons.clone(),
            between: between.clone(),
        })
    }

    /// The condition that both hold. `None` if they exclude each other; an error if a rule
    /// cannot express it.
    fn and(&self, other: &Self) -> Result<Option<Self>, TooIntricate> {
        let nth = match (self.nth, other.nth) {
            (0, nth) | (nth, 0) => nth,
            (one, two) if one == two => one,
            // The fourth Friday may be the last.
            _ => return Err(TooIntricate),
        };
        let Some(seasons) = overlap(&self.seasons, &other.seasons, overlap_of_seasons) else {
            return Ok(None);
        };
        let Some(between) = overlap(&self.between, &other.between, |one, two| {
            let (from, to) = (one.0.max(two.0), one.1.min(two.1));
            Vec::from_iter((from <= to).then_some((from, to)))
        }) else {
            return Ok(None);
        };
        Ok(Some(Self {
            nth,
            seasons,
            between,
        }))
    }

    fn days(&self, weekdays: u8, classes: u8) -> Days {
        Days {
            weekdays,
            nth: self.nth,
            classes,
            seasons: self.seasons.clone(),
            between: self.between.clone(),
        }
    }
}

/// The rules depend on too many dates to be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooIntricate;

/// Where two lists of ranges overlap; an empty list sets no condition. `None` if nowhere.
fn overlap<R: Copy>(one: &[R], other: &[R], of: impl Fn(R, R) -> Vec<R>) -> Option<Vec<R>> {
    if one.is_empty() || other.is_empty() {
        return Some([one, other].concat());
    }
    let found: Vec<R> = one
        .iter()
        .flat_map(|a| other.iter().flat_map(|b| of(*a, *b)).collect::<Vec<_>>())
        .collect();
    (!found.is_empty()).then_some(found)
}

const FIRST: MonthDay = MonthDay { month: 1, day: 1 };
const LAST: MonthDay = MonthDay { month: 12, day: 31 };

fn overlap_of_seasons(
    one: (MonthDay, MonthDay),
    other: (MonthDay, MonthDay),
) -> Vec<(MonthDay, MonthDay)> {
    // A season over New Year is two.
    let parts = |(from, to): (MonthDay, MonthDay)| {
        if from <= to {
            vec![(from, to)]
        } else {
            vec![(from, LAST), (FIRST, to)]
        }
    };
    let mut found = Vec::new();
    for a in parts(one) {
        for b in parts(other) {
            let (from, to) = (a.0.max(b.0), a.1.min(b.1));
            if from <= to {
                found.push((from, to));
            }
        }
    }
    found
}

/// A timetable that says what all of `timetables` say, and unknown where they differ.
///
/// # Errors
///
/// [`TooIntricate`] if their rules hang on too many dates.
pub(super) fn agreement(timetables: &[Timetable]) -> Result<Timetable, TooIntricate> {
    let mut distinct: Vec<&Timetable> = Vec::new();
    for timetable in timetables {
        if !distinct.contains(&timetable) {
            distinct.push(timetable);
        }
    }
    if let [one] = distinct[..] {
        return Ok(one.clone());
    }
    combined(&distinct, |readings| {
        let (first, rest) = readings.split_first().expect("there is a timetable");
        rest.iter()
            .fold(first.clone(), |known, next| agreed(&known, next))
    })
}

/// The hours left where two timetables hold together: shut where the second is shut, unknown
/// where they differ otherwise.
///
/// # Errors
///
/// [`TooIntricate`] if their rules hang on too many dates.
pub(super) fn least(first: &Timetable, second: &Timetable) -> Result<Timetable, TooIntricate> {
    combined(&[first, second], |readings| {
        let (first, second) = (&readings[0], &readings[1]);
        let both = agreed(first, second);
        let mut left = Vec::new();
        for span in &both {
            for other in second {
                let (from, to) = (span.from.max(other.from), span.to.min(other.to));
                if from < to {
                    left.push(Span { from, to, ..*span });
                }
            }
        }
        left
    })
}

/// The timetable with the spans of each day replaced by what `decide` makes of them.
pub(super) fn painted_over(
    timetable: &Timetable,
    days: &Days,
    decide: impl Fn(&[Span]) -> Vec<Span>,
) -> Result<Timetable, TooIntricate> {
    let over = Timetable {
        rules: vec![Rule::new(days.clone(), vec![Span::open(0, 1)])],
    };
    combined(&[timetable, &over], |readings| {
        if readings[1].is_empty() {
            readings[0].clone()
        } else {
            decide(&readings[0])
        }
    })
}

/// The rules of a timetable, in a part of the year only.
pub(super) fn within(timetable: &Timetable, seasons: &[(MonthDay, MonthDay)]) -> Vec<Rule> {
    let narrowed = |rule: &Rule| {
        let seasons = overlap(&rule.days.seasons, seasons, overlap_of_seasons)?;
        Some(Rule {
            days: Days {
                seasons,
                ..rule.days.clone()
            },
            ..rule.clone()
        })
    };
    timetable.rules.iter().filter_map(narrowed).collect()
}

/// Rules for every combination of conditions, the most special ones last.
fn combined(
    timetables: &[&Timetable],
    decide: impl Fn(&[Vec<Span>]) -> Vec<Span>,
) -> Result<Timetable, TooIntricate> {
    let mut conditions: Vec<Condition> = Vec::new();
    for rule in timetables.iter().flat_map(|timetable| &timetable.rules) {
        if let Some(condition) = Condition::of(&rule.days)
            && !conditions.contains(&condition)
        {
            conditions.push(condition);
        }
    }
    if conditions.len() > MOST_CONDITIONS {
        return Err(TooIntricate);
    }
    let mut sets: Vec<u32> = (0..1_u32 << conditions.len()).collect();
    sets.sort_by_key(|set| set.count_ones());
    let depends = timetables
        .iter()
        .any(|timetable| timetable.depends_on_calendar());
    let mut rules = Vec::new();
    for set in sets {
        let Some(condition) = conjunction(&conditions, set)? else {
            continue;
        };
        let holds = |days: &Days| {
            Condition::of(days).is_none_or(|wanted| {
                let at = conditions.iter().position(|known| *known == wanted);
                at.is_some_and(|at| set & (1 << at) != 0)
            })
        };
        let applying: Vec<Timetable> = timetables
            .iter()
            .map(|timetable| Timetable {
                rules: timetable
                    .rules
                    .iter()
                    .filter(|rule| holds(&rule.days))
                    .map(|rule| Rule {
                        days: Days {
                            weekdays: rule.days.weekdays,
                            classes: rule.days.classes,
                            ..Days::EVERY
                        },
                        ..rule.clone()
                    })
                    .collect(),
            })
            .collect();
        rules.extend(by_weekday(&applying, &condition, depends, &decide));
    }
    Ok(Timetable { rules })
}

/// What holds where all conditions of a set do.
fn conjunction(conditions: &[Condition], set: u32) -> Result<Option<Condition>, TooIntricate> {
    let mut all = Condition {
        nth: 0,
        seasons: Vec::new(),
        between: Vec::new(),
    };
    for (at, condition) in conditions.iter().enumerate() {
        if set & (1 << at) == 0 {
            continue;
        }
        match all.and(condition)? {
            Some(both) => all = both,
            None => return Ok(None),
        }
    }
    Ok(Some(all))
}

/// Monday, 2001-04-09.
const A_MONDAY: Day = Day(11_421);

fn by_weekday(
    timetables: &[Timetable],
    condition: &Condition,
    depends: bool,
    decide: &impl Fn(&[Vec<Span>]) -> Vec<Span>,
) -> Vec<Rule> {
    let classes: &[(u8, DayClass)] = if depends {
        &[
            (ORDINARY, DayClass::Ordinary),
            (HOLIDAY, DayClass::Holiday),
            (MAKE_UP, DayClass::MakeUp),
        ]
    } else {
        &[(ALL_CLASSES, DayClass::Ordinary)]
    };
    // For each kind of day, the spans by weekday; alike ones share a rule.
    let mut by_spans: Vec<(Vec<Span>, [u8; 3])> = Vec::new();
    for (index, &(_, class)) in classes.iter().enumerate() {
        for weekday in 0..7 {
            let day = A_MONDAY.plus(weekday);
            let readings: Vec<_> = timetables
                .iter()
                .map(|timetable| timetable.painted(day, class))
                .collect();
            let spans = decide(&readings);
            let known = by_spans.iter_mut().find(|(known, _)| *known == spans);
            if let Some((_, masks)) = known {
                masks[index] |= 1 << weekday;
            } else {
                let mut masks = [0; 3];
                masks[index] = 1 << weekday;
                by_spans.push((spans, masks));
            }
        }
    }
    let is_whole =
        condition.nth == 0 && condition.seasons.is_empty() && condition.between.is_empty();
    let mut rules = Vec::new();
    for (spans, masks) in by_spans {
        // Days without a rule are shut anyway.
        if spans.is_empty() && is_whole {
            continue;
        }
        let mut left: Vec<(u8, u8)> = classes
            .iter()
            .zip(masks)
            .filter(|(_, mask)| *mask != 0)
            .map(|((bits, _), mask)| (*bits, mask))
            .collect();
        // Classes with the same weekdays are one rule.
        while let Some((mut bits, mask)) = left.pop() {
            left.retain(|(other, other_mask)| {
                let is_same = *other_mask == mask;
                if is_same {
                    bits |= other;
                }
                !is_same
            });
            rules.push(Rule::new(
                condition.days(mask & ALL_WEEK, bits),
                spans.clone(),
            ));
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timetable::{MONDAY_TO_FRIDAY, OpenState, WEEK_END, open_state_at};
    use proptest::prelude::*;

    fn timetable() -> impl Strategy<Value = Timetable> {
        let season = prop_oneof![
            3 => Just(Vec::new()),
            1 => Just(vec![(MonthDay { month: 6, day: 1 }, MonthDay { month: 9, day: 30 })]),
            1 => Just(vec![(MonthDay { month: 12, day: 1 }, MonthDay { month: 2, day: 29 })]),
        ];
        let between = prop_oneof![
            4 => Just(Vec::new()),
            1 => Just(vec![("2026-07-10".parse().expect("a day"), "2026-07-20".parse().expect("a day"))]),
        ];
        let weekdays = prop_oneof![
            Just(ALL_WEEK),
            Just(MONDAY_TO_FRIDAY),
            Just(WEEK_END),
            Just(4)
        ];
        let classes =
            prop_oneof![3 => Just(ALL_CLASSES), 1 => Just(HOLIDAY), 1 => Just(ORDINARY | MAKE_UP)];
        let spans = proptest::collection::vec((0_u16..1440, 1_u16..900), 0..3);
        let rule = (weekdays, classes, season, between, spans).prop_map(
            |(weekdays, classes, seasons, between, spans)| {
                let days = Days {
                    weekdays,
                    nth: 0,
                    classes,
                    seasons,
                    between,
                };
                let spans = spans
                    .into_iter()
                    .map(|(from, length)| Span::open(from, from + length));
                Rule::new(days, spans.collect())
            },
        );
        proptest::collection::vec(rule, 0..4).prop_map(|rules| Timetable { rules })
    }

    proptest! {
        #[test]
        fn a_minute_is_what_all_readings_say_or_unknown(
            one in timetable(),
            two in timetable(),
            day in 20_500_i32..20_900,
            minute in 0_u16..1440,
        ) {
            let Ok(both) = agreement(&[one.clone(), two.clone()]) else { return Ok(()) };
            let day = Day(day);
            for class in [DayClass::Ordinary, DayClass::Holiday, DayClass::MakeUp] {
                let said = |timetable: &Timetable| open_state_at(&timetable.painted(day, class), minute);
                let expected = if said(&one) == said(&two) { said(&one) } else { OpenState::Unknown };
                prop_assert_eq!(said(&both), expected);
            }
        }
    }
}
