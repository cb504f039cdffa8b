//! What changed between two editions.

use std::collections::BTreeMap;

use crate::dataset::Dataset;
use crate::domain::station::Station;

/// One station that is not as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The station's id.
    pub id: String,
    /// Its name, in the newer edition that has it.
    pub name: String,
    /// What happened.
    pub what: What,
}

/// What happened to a station.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// It is new.
    Added,
    /// It is not there any more.
    Gone,
    /// Its position is another; so many metres, unless one of them is missing.
    Moved(Option<f64>),
    /// Its hours are others, as printed.
    HoursChanged(String, String),
    /// Its name is another.
    Renamed(String, String),
}

/// Less is rounding: a dataset keeps positions to 0.8 m.
const MOVED_M: f64 = 5.0;

impl Change {
    /// The stable name in the tool's output.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.what {
            What::Added => "added",
            What::Gone => "gone",
            What::Moved(_) => "moved",
            What::HoursChanged(..) => "hours_changed",
            What::Renamed(..) => "renamed",
        }
    }

    /// How far it moved.
    #[must_use]
    pub fn metres(&self) -> Option<f64> {
        match self.what {
            What::Moved(metres) => metres.map(f64::round),
            _ => None,
        }
    }

    /// The texts before and after.
    #[must_use]
    pub fn words(&self) -> (Option<&str>, Option<&str>) {
        match &self.what {
            What::HoursChanged(before, after) | What::Renamed(before, after) => {
                (Some(before), Some(after))
            }
            _ => (None, None),
        }
    }

    /// In Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match &self.what {
            What::Added => "新增".to_owned(),
            What::Gone => "没有了".to_owned(),
            What::Moved(Some(metres)) => format!("位置移动 {metres:.0} 米"),
            What::Moved(None) => "有了位置，或位置没有了".to_owned(),
            What::HoursChanged(before, after) => format!("时间由「{before}」改为「{after}」"),
            What::Renamed(before, after) => format!("名称由「{before}」改为「{after}」"),
        }
    }

    /// In English.
    #[must_use]
    pub fn en(&self) -> String {
        match &self.what {
            What::Added => "added".to_owned(),
            What::Gone => "gone".to_owned(),
            What::Moved(Some(metres)) => format!("moved {metres:.0} m"),
            What::Moved(None) => "got or lost its position".to_owned(),
            What::HoursChanged(before, after) => {
                format!("hours were \"{before}\", now \"{after}\"")
            }
            What::Renamed(before, after) => format!("was called \"{before}\", now \"{after}\""),
        }
    }
}

/// Every change from `old` to `new`, in the order of ids.
#[must_use]
pub fn diff(old: &Dataset, new: &Dataset) -> Vec<Change> {
    let by_id = |dataset: &Dataset| -> BTreeMap<String, Station> {
        dataset
            .stations
            .iter()
            .map(|station| (station.id.clone(), station.clone()))
            .collect()
    };
    let (old, new) = (by_id(old), by_id(new));
    let mut changes = Vec::new();
    let mut report = |station: &Station, what| {
        changes.push(Change {
            id: station.id.clone(),
            name: station.name.clone(),
            what,
        });
    };
    for (id, before) in &old {
        let Some(after) = new.get(id) else {
            report(before, What::Gone);
            continue;
        };
        if before.name != after.name {
            report(
                after,
                What::Renamed(before.name.clone(), after.name.clone()),
            );
        }
        match (before.position, after.position) {
            (Some(here), Some(there)) => {
                let metres = here.distance_to(there).0;
                if metres > MOVED_M {
                    report(after, What::Moved(Some(metres)));
                }
            }
            (None, None) => {}
            _ => report(after, What::Moved(None)),
        }
        if before.hours.text != after.hours.text {
            report(
                after,
                What::HoursChanged(before.hours.text.clone(), after.hours.text.clone()),
            );
        }
    }
    for (id, station) in &new {
        if !old.contains_key(id) {
            report(station, What::Added);
        }
    }
    changes.sort_by(|one, other| one.id.cmp(&other.id));
    changes
}

/// The share of `old`'s stations that `changes` lose, in percent.
#[must_use]
pub fn gone_percent(old: &Dataset, changes: &[Change]) -> f64 {
    let gone = changes
        .iter()
        .filter(|change| change.what == What::Gone)
        .count();
    #[expect(clippy::cast_precision_loss, reason = "a count of stations")]
    let percent = 100.0 * gone as f64 / (old.stations.iter().count().max(1)) as f64;
    percent
}
