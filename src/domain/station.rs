//! A station: a place where somebody who works outdoors may rest.

use std::sync::Arc;

use super::civil::Day;
use super::opening::Hours;
use super::position::LonLat;

/// Something a station may offer. The order is that of the bits in the wire
/// format: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// Air-conditioning that cools.
    AirConditioning,
    /// A fan.
    Fan,
    /// Shade.
    Shade,
    /// Shelter from heat, by means not named.
    Cooling,
    /// Heating.
    Heating,
    /// A hot drink.
    HotDrink,
    /// Shelter from cold, by means not named.
    Warming,
    /// Drinking water.
    Water,
    /// Hot water.
    HotWater,
    /// A microwave oven, or another way to heat a meal.
    Microwave,
    /// Charging for phones.
    Charging,
    /// Seats.
    Seats,
    /// A toilet.
    Toilet,
    /// Wi-Fi.
    Wifi,
    /// A first-aid box or medicines.
    FirstAid,
    /// A defibrillator.
    Aed,
    /// A fridge.
    Fridge,
    /// Umbrellas or rainwear to borrow.
    Umbrella,
    /// Something to read.
    Reading,
    /// A place to park an e-bike.
    EbikeParking,
    /// Battery swap for e-bikes.
    BatterySwap,
    /// A shower.
    Shower,
    /// Meals to buy or to get.
    Meals,
    /// Tools for small repairs.
    Tools,
    /// A washing machine.
    Laundry,
}

/// The relief that people want in a season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comfort {
    /// To cool down (清凉).
    Cool,
    /// To warm up (取暖).
    Warm,
}

impl Feature {
    /// Every feature, in wire order.
    pub const ALL: [Self; 25] = [
        Self::AirConditioning,
        Self::Fan,
        Self::Shade,
        Self::Cooling,
        Self::Heating,
        Self::HotDrink,
        Self::Warming,
        Self::Water,
        Self::HotWater,
        Self::Microwave,
        Self::Charging,
        Self::Seats,
        Self::Toilet,
        Self::Wifi,
        Self::FirstAid,
        Self::Aed,
        Self::Fridge,
        Self::Umbrella,
        Self::Reading,
        Self::EbikeParking,
        Self::BatterySwap,
        Self::Shower,
        Self::Meals,
        Self::Tools,
        Self::Laundry,
    ];

    /// The key in addresses, in the tool's `--need` and in exports.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::AirConditioning => "air_conditioning",
            Self::Fan => "fan",
            Self::Shade => "shade",
            Self::Cooling => "cooling",
            Self::Heating => "heating",
            Self::HotDrink => "hot_drink",
            Self::Warming => "warming",
            Self::Water => "water",
            Self::HotWater => "hot_water",
            Self::Microwave => "microwave",
            Self::Charging => "charging",
            Self::Seats => "seats",
            Self::Toilet => "toilet",
            Self::Wifi => "wifi",
            Self::FirstAid => "first_aid",
            Self::Aed => "aed",
            Self::Fridge => "fridge",
            Self::Umbrella => "umbrella",
            Self::Reading => "reading",
            Self::EbikeParking => "ebike_parking",
            Self::BatterySwap => "battery_swap",
            Self::Shower => "shower",
            Self::Meals => "meals",
            Self::Tools => "tools",
            Self::Laundry => "laundry",
        }
    }

    /// The feature with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.key() == key)
    }

    fn bit(self) -> u32 {
        1 << (self as u32)
    }
}

impl Comfort {
    /// The features that give this relief, best first.
    #[must_use]
    pub fn relief(self) -> &'static [Feature] {
        match self {
            Self::Cool => &[
                Feature::AirConditioning,
                Feature::Cooling,
                Feature::Fan,
                Feature::Shade,
            ],
            Self::Warm => &[
                Feature::Heating,
                Feature::Warming,
                Feature::HotDrink,
                Feature::HotWater,
            ],
        }
    }

    /// How far a station's best relief falls short of the season's best, in
    /// minutes of riding. A known relief beats an unknown one up to five minutes
    /// nearer: the worst known grade is 3, so an unknown one is 8. A judgement of
    /// this project, not a measurement; `docs/ranking.md` lists it.
    #[must_use]
    pub fn relief_minutes(self, features: Features) -> u32 {
        const NOTHING_KNOWN: u32 = 8;
        const KNOWN_TO_HAVE_NONE: u32 = 10;
        let relief = self.relief();
        match (0..)
            .zip(relief)
            .find(|(_, feature)| features.has(**feature))
        {
            // A minute for each grade below the best.
            Some((grade, _)) => grade,
            None if features.answer(relief[0]) == Tristate::No => KNOWN_TO_HAVE_NONE,
            None => NOTHING_KNOWN,
        }
    }

    /// The key in addresses and in the tool's `--season`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Cool => "cool",
            Self::Warm => "warm",
        }
    }

    /// The relief that a date asks for: cool from May to October, warm
    /// otherwise. Shanghai's daily mean lies above 19 °C in those six months
    /// (climate normals 1991–2020) and below 16 °C in the others.
    #[must_use]
    pub fn of_day(day: Day) -> Self {
        if (5..=10).contains(&day.month_day().month) {
            Self::Cool
        } else {
            Self::Warm
        }
    }
}

/// Yes, no or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tristate {
    /// It is there.
    Yes,
    /// It is not there.
    No,
    /// Not stated.
    Unknown,
}

/// What a station offers; every feature is yes, no or unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Features {
    yes: u32,
    no: u32,
}

impl Features {
    /// From the bits of [`Features::bits`]; a feature said to be both there
    /// and not there is unknown.
    #[must_use]
    pub fn from_bits(yes: u32, no: u32) -> Self {
        Self {
            yes: yes & !no,
            no: no & !yes,
        }
    }

    /// The features that are there, and those that are not, as bits in wire order.
    #[must_use]
    pub fn bits(self) -> (u32, u32) {
        (self.yes, self.no)
    }

    /// Records whether a feature is there.
    pub fn set(&mut self, feature: Feature, answer: Tristate) {
        let bit = feature.bit();
        self.yes &= !bit;
        self.no &= !bit;
        match answer {
            Tristate::Yes => self.yes |= bit,
            Tristate::No => self.no |= bit,
            Tristate::Unknown => {}
        }
    }

    /// What is known of one feature.
    #[must_use]
    pub fn answer(self, feature: Feature) -> Tristate {
        if self.yes & feature.bit() != 0 {
            Tristate::Yes
        } else if self.no & feature.bit() != 0 {
            Tristate::No
        } else {
            Tristate::Unknown
        }
    }

    /// Whether a feature is known to be there.
    #[must_use]
    pub fn has(self, feature: Feature) -> bool {
        self.yes & feature.bit() != 0
    }

    /// The features that are there, in wire order.
    pub fn present(self) -> impl Iterator<Item = Feature> {
        Feature::ALL
            .into_iter()
            .filter(move |feature| self.has(*feature))
    }
}

/// How people get in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum EntryMethod {
    /// Not stated.
    #[default]
    Unknown,
    /// The door is not locked.
    WalkIn,
    /// Staff are there.
    Staffed,
    /// By scanning a code.
    QrCode,
    /// By a face check.
    Face,
    /// With an app.
    App,
}

/// Who may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Audience {
    /// Not stated.
    #[default]
    Unknown,
    /// Anyone.
    Anyone,
    /// People who work outdoors.
    OutdoorWorkers,
    /// Members of the union.
    UnionMembers,
}

/// How people get in, and who may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Access {
    /// How people get in.
    pub door: EntryMethod,
    /// Who may enter.
    pub audience: Audience,
}

/// How well a station serves to cool down or warm up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fitness {
    /// It is known to give the season's relief.
    Relief,
    /// A room where people may sit; its relief is not known.
    Room,
    /// Known only for something else: a toilet, a filling station, a charger, a kiosk.
    Makeshift,
}

impl Fitness {
    /// Its name in the tool's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Relief => "relief",
            Self::Room => "room",
            Self::Makeshift => "makeshift",
        }
    }
}

/// A place in the dataset.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Station {
    /// Stable across editions; never a row number.
    pub id: String,
    /// The name as printed.
    pub name: String,
    /// The address as printed.
    pub address: String,
    /// The city, without 市.
    pub city: String,
    /// The district; may be empty.
    pub district: String,
    /// Floor, lift, stairs, as printed; may be empty.
    pub floor: String,
    /// What to look for; may be empty.
    pub landmark: String,
    /// Its position; none if only an address is known.
    pub position: Option<LonLat>,
    /// The schemes under which it is listed, as printed.
    pub kinds: Vec<String>,
    /// Whether one of them is a room, as the publisher says (`rooms` in `stations.toml`).
    pub is_room: bool,
    /// What it offers.
    pub features: Features,
    /// When it is open; stations with the same hours share them.
    pub hours: Arc<Hours>,
    /// How people get in, and who may.
    pub access: Access,
    /// Telephone, as printed; may be empty.
    pub phone: String,
    /// Seats or persons; none if not stated.
    pub capacity: Option<u32>,
    /// Anything else, as printed; may be empty.
    pub note: String,
    /// When a person last checked it; none means unverified.
    pub verified_on: Option<Day>,
    /// The index of its source in the dataset's list of sources.
    pub source: usize,
    /// Where the row itself comes from, as printed; may be empty.
    pub origin: String,
}

impl Station {
    /// Whether the station is known to give this relief.
    #[must_use]
    pub fn offers(&self, comfort: Comfort) -> bool {
        comfort
            .relief()
            .iter()
            .any(|feature| self.features.has(*feature))
    }

    /// How well it serves in this season.
    #[must_use]
    pub fn fitness(&self, comfort: Comfort) -> Fitness {
        if self.offers(comfort) {
            Fitness::Relief
        } else if self.is_room || self.features.has(Feature::Seats) {
            Fitness::Room
        } else {
            Fitness::Makeshift
        }
    }

    /// The city and district under which a person looks it up.
    #[must_use]
    pub fn area(&self) -> Area {
        Area::of(&self.city, &self.district)
    }
}

/// A city and a district of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area {
    /// The city, without 市.
    pub city: String,
    /// The district; may be empty.
    pub district: String,
}

impl Area {
    /// A city and a district by their names.
    #[must_use]
    pub fn of(city: &str, district: &str) -> Self {
        Self {
            city: city.to_owned(),
            district: district.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_one_key_and_one_bit() {
        let mut bits = 0_u32;
        for feature in Feature::ALL {
            assert_eq!(Feature::from_key(feature.key()), Some(feature));
            assert_eq!(bits & feature.bit(), 0, "{feature:?}");
            bits |= feature.bit();
        }
        assert_eq!(bits, (1 << Feature::ALL.len()) - 1);
    }

    #[test]
    fn a_feature_said_to_be_there_and_not_there_is_unknown() {
        let features = Features::from_bits(0b11, 0b01);
        assert_eq!(features.answer(Feature::AirConditioning), Tristate::Unknown);
        assert_eq!(features.answer(Feature::Fan), Tristate::Yes);
        assert_eq!(features.answer(Feature::Shade), Tristate::Unknown);
    }

    #[test]
    fn the_season_follows_the_date() {
        let comfort = |date: &str| Comfort::of_day(date.parse().expect("a date"));
        assert_eq!(comfort("2026-08-02"), Comfort::Cool);
        assert_eq!(comfort("2026-10-31"), Comfort::Cool);
        assert_eq!(comfort("2026-11-24"), Comfort::Warm);
    }
}
