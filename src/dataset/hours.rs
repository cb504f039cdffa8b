//! Opening hours on the wire.

use serde::{Deserialize, Serialize};

use super::DatasetError;
use crate::domain::civil::{Day, MINUTES_PER_DAY, MonthDay};
use crate::domain::opening::Hours;
use crate::domain::timetable::{Days, Door, Rule, Span, Timetable};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct WireHours {
    rules: Option<Vec<WireRule>>,
    text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct WireRule {
    weekdays: u8,
    nth: u8,
    classes: u8,
    seasons: Vec<[u8; 4]>,
    between: Vec<[i32; 2]>,
    adds: bool,
    /// From, length, door.
    spans: Vec<(u16, u16, u8)>,
}

impl WireHours {
    pub(super) fn of(hours: &Hours) -> Self {
        let timetable = hours.timetable.as_ref();
        Self {
            rules: timetable.map(|timetable| timetable.rules.iter().map(to_wire).collect()),
            text: hours.text.clone(),
        }
    }

    pub(super) fn into_hours(self) -> Result<Hours, DatasetError> {
        let rules = self
            .rules
            .map(|rules| rules.iter().map(from_wire).collect());
        Ok(Hours {
            timetable: rules.transpose()?.map(|rules| Timetable { rules }),
            text: self.text,
        })
    }
}

fn to_wire(rule: &Rule) -> WireRule {
    WireRule {
        weekdays: rule.days.weekdays,
        nth: rule.days.nth,
        classes: rule.days.classes,
        seasons: rule
            .days
            .seasons
            .iter()
            .map(|(from, to)| [from.month, from.day, to.month, to.day])
            .collect(),
        between: rule
            .days
            .between
            .iter()
            .map(|(from, to)| [from.0, to.0])
            .collect(),
        adds: rule.adds,
        spans: rule
            .spans
            .iter()
            .map(|s| (s.from, s.to - s.from, s.door as u8))
            .collect(),
    }
}

fn from_wire(rule: &WireRule) -> Result<Rule, DatasetError> {
    let spans = rule
        .spans
        .iter()
        .map(|&(from, length, door)| {
            let door = match door {
                0 => Door::Shut,
                1 => Door::Unknown,
                2 => Door::Open,
                _ => return Err(DatasetError::Malformed),
            };
            let to = from.checked_add(length).ok_or(DatasetError::Malformed)?;
            let fits = from < MINUTES_PER_DAY && from < to && to <= 2 * MINUTES_PER_DAY;
            fits.then_some(Span { from, to, door })
                .ok_or(DatasetError::Malformed)
        })
        .collect::<Result<_, _>>()?;
    Ok(Rule {
        days: Days {
            weekdays: rule.weekdays,
            nth: rule.nth,
            classes: rule.classes,
            seasons: rule
                .seasons
                .iter()
                .map(|&[month, day, to_month, to_day]| {
                    (
                        MonthDay { month, day },
                        MonthDay {
                            month: to_month,
                            day: to_day,
                        },
                    )
                })
                .collect(),
            between: rule
                .between
                .iter()
                .map(|&[from, to]| (Day(from), Day(to)))
                .collect(),
        },
        spans,
        adds: rule.adds,
    })
}
