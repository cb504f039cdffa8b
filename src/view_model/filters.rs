//! The filters: the chips on the list screen, and the filter sheet.

use super::action::Action;
use super::address::Address;
use super::amenity::feature_icon;
use super::icon::Icon;
use super::language::Words;
use super::screen_input::ScreenInput;
use crate::dataset::Dataset;
use crate::domain::nearest::Filter;
use crate::domain::ranking::OpenWish;
use crate::domain::station::{Audience, Comfort, Feature, Station};
use crate::domain::travel::Mode;

/// A toggle: a filter or a setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    /// Its icon, if it has one.
    pub icon: Option<Icon>,
    /// Its label.
    pub label: String,
    /// Whether it is on.
    pub is_on: bool,
    /// The action of a tap.
    pub action: Action,
}

impl Chip {
    /// The chip of a filter; `toggled` is the address after a tap.
    fn of_filter(icon: Option<Icon>, label: &str, is_on: bool, toggled: &Address) -> Self {
        Self {
            icon,
            label: label.to_owned(),
            is_on,
            action: Action::Replace(toggled.to_fragment()),
        }
    }
}

/// The filter sheet.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Filters {
    /// The opening states.
    pub open: Vec<Chip>,
    /// The amenities that at least one station has.
    pub needs: Vec<Chip>,
    /// The schemes under which stations are listed.
    pub kinds: Vec<Chip>,
    /// The modes of travel.
    pub travel: Vec<Chip>,
    /// Union membership; empty if no station is for members only.
    pub who: Vec<Chip>,
}

/// The filter sheet.
#[must_use]
#[inline(never)]
pub fn filters(input: &ScreenInput<'_>) -> Filters {
    let Some(dataset) = input.dataset() else {
        return Filters::default();
    };
    let words = input.words;
    let address = input.address;
    let wish = address.open.unwrap_or_default();
    let open = [
        (OpenWish::Arrival, words.filter_arrival),
        (OpenWish::Now, words.filter_now),
        (OpenWish::Any, words.filter_any),
    ]
    .into_iter()
    .map(|(open, label)| {
        let toggled = Address {
            open: Some(open),
            ..address.clone()
        };
        Chip::of_filter(None, label, wish == open, &toggled)
    })
    .collect();
    let needs = Feature::ALL
        .into_iter()
        .filter(|feature| dataset.stations.iter().any(|s| s.features.has(*feature)))
        .map(|feature| need_chip(address, feature, words))
        .collect();
    let kinds = dataset.manifest.kinds.iter();
    let kinds = kinds.map(|kind| kind_chip(address, kind)).collect();
    let for_members = |station: &Station| station.access.audience == Audience::UnionMembers;
    let who = if dataset.stations.iter().any(for_members) {
        let is_member = input.settings.is_member;
        vec![
            Chip {
                icon: None,
                label: words.member.to_owned(),
                is_on: is_member,
                action: Action::Member(!is_member),
            },
            not_members_chip(address, words),
        ]
    } else {
        Vec::new()
    };
    Filters {
        open,
        needs,
        kinds,
        travel: travel_chips(input, true),
        who,
    }
}

/// Whether the address filters stations.
pub(super) fn is_filtered(address: &Address) -> bool {
    address.filter() != Filter::default()
}

/// The question for the mode of travel; empty once the rider has chosen one.
pub(super) fn ask_travel(input: &ScreenInput<'_>) -> Vec<Chip> {
    if input.settings.travel.or(input.address.travel).is_some() {
        return Vec::new();
    }
    travel_chips(input, false)
}

fn travel_chips(input: &ScreenInput<'_>, shows_choice: bool) -> Vec<Chip> {
    let words = input.words;
    let chip = |mode| Chip {
        icon: None,
        label: (words.travel_by)(mode).to_owned(),
        is_on: shows_choice && input.mode() == mode,
        action: Action::Travel(mode),
    };
    Mode::ALL.into_iter().map(chip).collect()
}

/// The features that have a chip in a season, of those that at least one station has.
fn chip_features(dataset: &Dataset, comfort: Comfort) -> Vec<Feature> {
    let wanted: &[Feature] = match comfort {
        Comfort::Cool => &[
            Feature::AirConditioning,
            Feature::Cooling,
            Feature::Water,
            Feature::Charging,
            Feature::Toilet,
        ],
        Comfort::Warm => &[
            Feature::Heating,
            Feature::Warming,
            Feature::HotWater,
            Feature::Microwave,
            Feature::Water,
            Feature::Charging,
        ],
    };
    let exists = |feature: &Feature| dataset.stations.iter().any(|s| s.features.has(*feature));
    wanted.iter().copied().filter(exists).take(4).collect()
}

/// The chips on the list screen.
pub(super) fn chips(input: &ScreenInput<'_>, dataset: &Dataset, comfort: Comfort) -> Vec<Chip> {
    let words = input.words;
    let address = input.address.of_list();
    let wish = address.open.unwrap_or_default();
    let other_wish = if wish == OpenWish::Arrival {
        OpenWish::Any
    } else {
        OpenWish::Arrival
    };
    let toggled = Address {
        open: Some(other_wish),
        ..address.clone()
    };
    let label = if wish == OpenWish::Now {
        words.filter_now
    } else {
        words.filter_arrival
    };
    let mut chips = vec![Chip::of_filter(
        Some(Icon::Clock),
        label,
        wish != OpenWish::Any,
        &toggled,
    )];
    let offered = chip_features(dataset, comfort);
    chips.extend(
        offered
            .iter()
            .map(|feature| need_chip(&address, *feature, words)),
    );
    chips
}

/// The names of the active filters, also of those that only the sheet offers.
pub(super) fn active_filters(input: &ScreenInput<'_>) -> Vec<String> {
    let words = input.words;
    let address = input.address;
    let needs = address.needs.iter();
    let mut active: Vec<String> = needs
        .map(|need| (words.feature)(*need).to_owned())
        .collect();
    active.extend(address.kinds.iter().cloned());
    if address.not_members_only {
        active.push(words.filter_not_members.to_owned());
    }
    active
}

fn need_chip(address: &Address, feature: Feature, words: &Words) -> Chip {
    let is_on = address.needs.contains(&feature);
    let mut needs = address.needs.clone();
    if is_on {
        needs.retain(|need| *need != feature);
    } else {
        needs.push(feature);
    }
    let toggled = Address {
        needs,
        ..address.clone()
    };
    Chip::of_filter(
        Some(feature_icon(feature)),
        (words.feature)(feature),
        is_on,
        &toggled,
    )
}

fn kind_chip(address: &Address, kind: &str) -> Chip {
    let is_on = address.kinds.iter().any(|other| other == kind);
    let mut kinds = address.kinds.clone();
    if is_on {
        kinds.retain(|other| other != kind);
    } else {
        kinds.push(kind.to_owned());
    }
    let toggled = Address {
        kinds,
        ..address.clone()
    };
    Chip::of_filter(None, kind, is_on, &toggled)
}

fn not_members_chip(address: &Address, words: &Words) -> Chip {
    let is_on = address.not_members_only;
    let toggled = Address {
        not_members_only: !is_on,
        ..address.clone()
    };
    Chip::of_filter(None, words.filter_not_members, is_on, &toggled)
}
