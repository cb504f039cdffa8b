//! Amenities: what a station offers, as icons with labels.

use super::icon::Icon;
use super::language::Words;
use crate::domain::station::{Comfort, Feature, Station, Tristate};

/// An amenity of a station.
#[derive(Clone, Debug, PartialEq)]
pub struct Amenity {
    /// Its icon.
    pub icon: Icon,
    /// Its label.
    pub label: String,
    /// Whether the station is known to have it; it is shown as unknown otherwise.
    pub is_known: bool,
}

/// At most four amenities: the season's relief first, also if it is unknown, then the others.
pub(super) fn hero_amenities(station: &Station, comfort: Comfort, words: &Words) -> Vec<Amenity> {
    let relief = comfort
        .relief()
        .iter()
        .copied()
        .find(|f| station.features.has(*f));
    let first = relief.unwrap_or(comfort.relief()[0]);
    let mut amenities = Vec::new();
    let label = (words.feature)(first);
    match station.features.answer(first) {
        Tristate::Yes => amenities.push(amenity(first, label.to_owned(), true)),
        Tristate::Unknown => amenities.push(amenity(first, (words.not_known)(label), false)),
        Tristate::No => {}
    }
    let others = station
        .features
        .present()
        .filter(|feature| *feature != first);
    amenities.extend(others.map(|f| amenity(f, (words.feature)(f).to_owned(), true)));
    amenities.truncate(4);
    amenities
}

/// The amenity of a feature.
pub(super) fn amenity(feature: Feature, label: String, is_known: bool) -> Amenity {
    Amenity {
        icon: feature_icon(feature),
        label,
        is_known,
    }
}

/// The icon of a feature.
pub(super) fn feature_icon(feature: Feature) -> Icon {
    match feature {
        Feature::AirConditioning => Icon::Cooling,
        Feature::Fan => Icon::Fan,
        Feature::Shade => Icon::Shade,
        Feature::Cooling => Icon::Breeze,
        Feature::Heating => Icon::Heating,
        Feature::HotDrink | Feature::HotWater => Icon::HotWater,
        Feature::Warming => Icon::Flame,
        Feature::Water => Icon::Water,
        Feature::Microwave => Icon::Microwave,
        Feature::Charging => Icon::Charging,
        Feature::Seats => Icon::Seats,
        Feature::Toilet => Icon::Toilet,
        Feature::Wifi => Icon::Wifi,
        Feature::FirstAid => Icon::FirstAid,
        Feature::Aed => Icon::Aed,
        Feature::Fridge => Icon::Fridge,
        Feature::Umbrella => Icon::Umbrella,
        Feature::Reading => Icon::Reading,
        Feature::EbikeParking => Icon::Ebike,
        Feature::BatterySwap => Icon::BatterySwap,
        Feature::Shower | Feature::Laundry => Icon::Shower,
        Feature::Meals => Icon::Meal,
        Feature::Tools => Icon::Check,
    }
}
