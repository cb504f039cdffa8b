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
    /// Other fields changed; never empty.
    DetailsChanged(Vec<Detail>),
}

/// A field of which only the fact of a change is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Address, floor or landmark.
    Address,
    /// City or district.
    Area,
    /// Kinds, and whether it is a room.
    Kind,
    /// Amenities.
    Amenities,
    /// How to get in, and for whom it is.
    Access,
    /// For how many people it has room.
    Capacity,
    /// Its note.
    Note,
    /// When it was verified.
    VerifiedOn,
    /// Its list, or where the row came from.
    Origin,
}

impl Detail {
    fn name(self, language: Language) -> &'static str {
        match self {
            Self::Address => language.say("地址", "address"),
            Self::Area => language.say("区县", "district"),
            Self::Kind => language.say("类型", "kind"),
            Self::Amenities => language.say("设施", "amenities"),
            Self::Access => language.say("进门方式", "access"),
            Self::Capacity => language.say("容纳人数", "capacity"),
            Self::Note => language.say("备注", "note"),
            Self::VerifiedOn => language.say("核对日期", "day of verification"),
            Self::Origin => language.say("来源", "origin"),
        }
    }

    fn names(details: &[Self], language: Language) -> String {
        let names: Vec<&str> = details.iter().map(|detail| detail.name(language)).collect();
        names.join(language.say("、", ", "))
    }
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
            What::DetailsChanged(_) => "details_changed",
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
            What::DetailsChanged(_) => language.say("其他变了", "other details"),
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
            What::DetailsChanged(_) => 6,
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
            | What::PhoneChanged(..)
            | What::DetailsChanged(_) => None,
        }
    }

    /// The texts before and after.
    #[must_use]
    pub fn words(&self) -> (Option<&str>, Option<&str>) {
        match &self.what {
            What::HoursChanged(before, after)
            | What::Renamed(before, after)
            | What::PhoneChanged(before, after) => (Some(before), Some(after)),
            What::Gone | What::Added | What::Moved(_) | What::DetailsChanged(_) => (None, None),
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
            What::DetailsChanged(details) => {
                format!("改了{}", Detail::names(details, Language::Zh))
            }
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
            What::DetailsChanged(details) => {
                format!("changed: {}", Detail::names(details, Language::En))
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
    // Without `..`: a new field must be compared, or left out on purpose.
    let Station {
        id: _,
        name,
        address,
        city,
        district,
        floor,
        landmark,
        position,
        kinds,
        is_room,
        features,
        hours,
        access,
        phone,
        capacity,
        note,
        verified_on,
        source: _,
        origin,
    } = before;
    let mut report = |what| changes.push(change(after, what));
    if *name != after.name {
        report(What::Renamed(name.clone(), after.name.clone()));
    }
    match (position, after.position) {
        (Some(here), Some(there)) => {
            let metres = here.distance_to(there).0;
            if metres > MOVED_M {
                report(What::Moved(Some(metres)));
            }
        }
        (None, None) => {}
        _ => report(What::Moved(None)),
    }
    if hours.text != after.hours.text {
        report(What::HoursChanged(
            hours.text.clone(),
            after.hours.text.clone(),
        ));
    }
    if *phone != after.phone {
        report(What::PhoneChanged(phone.clone(), after.phone.clone()));
    }
    let is_moved = (address, floor, landmark) != (&after.address, &after.floor, &after.landmark);
    let details = [
        (is_moved, Detail::Address),
        (
            (city, district) != (&after.city, &after.district),
            Detail::Area,
        ),
        (
            (kinds, is_room) != (&after.kinds, &after.is_room),
            Detail::Kind,
        ),
        (*features != after.features, Detail::Amenities),
        (*access != after.access, Detail::Access),
        (*capacity != after.capacity, Detail::Capacity),
        (*note != after.note, Detail::Note),
        (*verified_on != after.verified_on, Detail::VerifiedOn),
        (*origin != after.origin, Detail::Origin),
    ];
    let details = details.into_iter().filter(|(is_changed, _)| *is_changed);
    let details: Vec<Detail> = details.map(|(_, detail)| detail).collect();
    if !details.is_empty() {
        report(What::DetailsChanged(details));
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
