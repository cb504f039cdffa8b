//! The changes between two editions.

use std::collections::{BTreeMap, BTreeSet};

use super::issue::Language;
use crate::dataset::Dataset;
use crate::domain::station::Station;

/// A station that changed.
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
    /// It was removed.
    Gone,
    /// It is new.
    Added,
    /// Its name changed; without an id in the sheet its id changes too.
    Renamed(String, String),
    /// Its position changed by this many metres; none if one of the positions is missing.
    Moved(Option<f64>),
    /// Its hours changed, as printed.
    HoursChanged(String, String),
    /// Its telephone number changed.
    PhoneChanged(String, String),
}

/// Shorter moves are rounding: a dataset keeps positions to 0.8 m.
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
            What::PhoneChanged(..) => "phone_changed",
        }
    }

    /// What changes of its kind are called.
    #[must_use]
    pub fn kind(&self, language: Language) -> &'static str {
        match self.what {
            What::Gone => language.say("没有了", "gone"),
            What::Added => language.say("新增", "added"),
            What::Renamed(..) => language.say("改名", "renamed"),
            What::Moved(_) => language.say("位置变了", "moved"),
            What::HoursChanged(..) => language.say("时间变了", "other hours"),
            What::PhoneChanged(..) => language.say("电话变了", "other number"),
        }
    }

    /// The place of its kind in a list.
    fn order(&self) -> u8 {
        match self.what {
            What::Gone => 0,
            What::Added => 1,
            What::Renamed(..) => 2,
            What::Moved(_) => 3,
            What::HoursChanged(..) => 4,
            What::PhoneChanged(..) => 5,
        }
    }

    /// How far it moved.
    #[must_use]
    pub fn metres(&self) -> Option<f64> {
        match self.what {
            What::Moved(metres) => metres.map(f64::round),
            What::Gone
            | What::Added
            | What::Renamed(..)
            | What::HoursChanged(..)
            | What::PhoneChanged(..) => None,
        }
    }

    /// The texts before and after.
    #[must_use]
    pub fn words(&self) -> (Option<&str>, Option<&str>) {
        match &self.what {
            What::HoursChanged(before, after)
            | What::Renamed(before, after)
            | What::PhoneChanged(before, after) => (Some(before), Some(after)),
            What::Gone | What::Added | What::Moved(_) => (None, None),
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
            What::PhoneChanged(before, after) => format!("电话由「{before}」改为「{after}」"),
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
            What::PhoneChanged(before, after) => {
                format!("its number was \"{before}\", now \"{after}\"")
            }
        }
    }
}

/// A renamed station keeps its position; two maps put one place up to this far apart.
const SAME_PLACE_M: f64 = 30.0;

/// Every change from `old` to `new`, by kinds, and in the order of ids.
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
    let gone: Vec<&Station> = old
        .iter()
        .filter(|(id, _)| !new.contains_key(*id))
        .map(|(_, station)| station)
        .collect();
    let added: Vec<&Station> = new
        .iter()
        .filter(|(id, _)| !old.contains_key(*id))
        .map(|(_, station)| station)
        .collect();
    let renamed = renamed(&gone, &added);
    let mut changes = Vec::new();
    for (id, before) in &old {
        if let Some(after) = new.get(id).or(renamed.get(id).copied()) {
            changes_of(before, after, &mut changes);
        } else {
            changes.push(change(before, What::Gone));
        }
    }
    let known: BTreeSet<&str> = renamed
        .values()
        .map(|station| station.id.as_str())
        .collect();
    let added = added
        .into_iter()
        .filter(|station| !known.contains(station.id.as_str()));
    changes.extend(added.map(|station| change(station, What::Added)));
    changes.sort_by(|one, other| (one.order(), &one.id).cmp(&(other.order(), &other.id)));
    changes
}

fn change(station: &Station, what: What) -> Change {
    Change {
        id: station.id.clone(),
        name: station.name.clone(),
        what,
    }
}

/// Renamed stations by their old id: one station is gone and exactly one is new at the same
/// place.
fn renamed<'a>(gone: &[&Station], added: &[&'a Station]) -> BTreeMap<String, &'a Station> {
    let is_there = |before: &Station, after: &Station| match (before.position, after.position) {
        (Some(here), Some(there)) => here.distance_to(there).0 <= SAME_PLACE_M,
        (None, None) => {
            !before.address.is_empty()
                && before.address == after.address
                && before.district == after.district
        }
        _ => false,
    };
    let mut pairs = BTreeMap::new();
    for before in gone {
        let there: Vec<&&Station> = added
            .iter()
            .filter(|after| is_there(before, after))
            .collect();
        let [after] = there[..] else {
            continue;
        };
        // If two stations are gone from one place, neither can be matched with the new one.
        if gone.iter().filter(|other| is_there(other, after)).count() == 1 {
            pairs.insert(before.id.clone(), *after);
        }
    }
    pairs
}

fn changes_of(before: &Station, after: &Station, changes: &mut Vec<Change>) {
    let mut report = |what| changes.push(change(after, what));
    if before.name != after.name {
        report(What::Renamed(before.name.clone(), after.name.clone()));
    }
    match (before.position, after.position) {
        (Some(here), Some(there)) => {
            let metres = here.distance_to(there).0;
            if metres > MOVED_M {
                report(What::Moved(Some(metres)));
            }
        }
        (None, None) => {}
        _ => report(What::Moved(None)),
    }
    if before.hours.text != after.hours.text {
        report(What::HoursChanged(
            before.hours.text.clone(),
            after.hours.text.clone(),
        ));
    }
    if before.phone != after.phone {
        report(What::PhoneChanged(
            before.phone.clone(),
            after.phone.clone(),
        ));
    }
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
