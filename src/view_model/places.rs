//! The place picker: districts, the results of a search, and the datum of the device.

use super::address::Address;
use super::notice::{Notice, link_notices};
use super::screen_input::ScreenInput;
use super::sentences;
use crate::dataset::Dataset;
use crate::domain::datum::Crs;
use crate::domain::fix::{Fix, FixSource, Locating};
use crate::domain::station::{Area, Station};

/// The places that can be chosen. There are none until the dataset is loaded.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Places {
    /// The districts, each with its number of stations.
    pub districts: Vec<Place>,
    /// The notices about the address.
    pub notices: Vec<Notice>,
    /// Whether the stations are examples.
    pub is_demo: bool,
    /// The last known position in words; empty if the phone remembers none.
    pub last: String,
    /// The device's coordinates read on WGS-84 and on GCJ-02; empty if the device gave none.
    pub readings: Vec<Reading>,
}

/// A place that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Its number of stations, or its address.
    pub note: String,
    /// The link.
    pub href: String,
}

/// What a search for a place found.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct SearchResults {
    /// What the rider typed.
    pub typed: String,
    /// The places.
    pub places: Vec<Place>,
}

/// The device's coordinates read on one datum.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The nearest station, and how far it would be.
    pub label: String,
    /// Whether this datum is the chosen one.
    pub is_on: bool,
    /// The datum.
    pub crs: Crs,
}

/// The places that can be chosen.
#[inline(never)]
pub(super) fn places(input: &ScreenInput<'_>) -> Places {
    let last = input.last_place.map_or_else(String::new, |place| {
        sentences::last_place(input.unix_minute - place.minute, input.words)
    });
    let notices = link_notices(input);
    let Some(dataset) = input.dataset() else {
        return Places {
            notices,
            last,
            ..Places::default()
        };
    };
    let manifest = &dataset.manifest;
    let words = input.words;
    let mut cities: Vec<&str> = manifest
        .areas
        .iter()
        .map(|area| area.city.as_str())
        .collect();
    cities.dedup();
    let districts = manifest
        .areas
        .iter()
        .map(|summary| {
            let area = summary.area();
            Place {
                name: area_name(&area, cities.len() > 1),
                note: (words.count)(usize::try_from(summary.stations).unwrap_or_default()),
                href: input.address.with_area(area).to_fragment(),
            }
        })
        .collect();
    Places {
        notices,
        districts,
        is_demo: manifest.is_demo,
        last,
        readings: readings(input, dataset),
    }
}

/// The device's coordinates read on each datum, named by the station nearest to the result.
fn readings(input: &ScreenInput<'_>, dataset: &Dataset) -> Vec<Reading> {
    let Locating::Found(fix) = input.locating else {
        return Vec::new();
    };
    if fix.source != FixSource::Device {
        return Vec::new();
    }
    let words = input.words;
    let read = input.settings.device_crs;
    let next_to = |fix: Fix| {
        let away = |station: &Station| Some(fix.position.distance_to(station.position?));
        let near = dataset.stations.iter().filter_map(|s| Some((away(s)?, s)));
        near.min_by(|(one, _), (other, _)| one.0.total_cmp(&other.0))
    };
    [Crs::Wgs84, Crs::Gcj02]
        .into_iter()
        .filter_map(|crs| {
            let (distance, station) = next_to(fix.reread(read, crs))?;
            Some(Reading {
                label: (words.next_to)(&station.name, &sentences::distance(distance, words)),
                is_on: crs == read,
                crs,
            })
        })
        .collect()
}

/// The name of a district, with its city if the dataset has several.
pub(super) fn area_name(area: &Area, with_city: bool) -> String {
    match (area.district.as_str(), area.city.as_str()) {
        ("", city) => city.to_owned(),
        (district, city) if with_city && !city.is_empty() => format!("{city} {district}"),
        (district, _) => district.to_owned(),
    }
}

/// How many results a search shows at most.
const MOST_RESULTS: usize = 20;

/// The stations whose name or address contains every typed word. A word of letters also
/// matches the initials of a name's characters, which `initials` returns. The link of a
/// station with a position leads to the list around it.
#[must_use]
#[inline(never)]
pub fn find_places(
    dataset: &Dataset,
    address: &Address,
    typed: &str,
    initials: &dyn Fn(&str) -> String,
) -> Vec<Place> {
    let typed: Vec<String> = typed
        .to_ascii_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    if typed.is_empty() {
        return Vec::new();
    }
    let are_letters =
        |word: &String| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    let holds = |station: &Station| {
        let text = format!(
            "{} {} {} {} {}",
            station.name, station.address, station.city, station.district, station.landmark
        )
        .to_ascii_lowercase();
        typed.iter().all(|word| {
            text.contains(word.as_str())
                || are_letters(word) && {
                    let name = format!("{} {}", station.district, station.name);
                    initials(&name).contains(word.as_str())
                }
        })
    };
    dataset
        .stations
        .iter()
        .filter(|station| holds(station))
        .take(MOST_RESULTS)
        .map(|station| Place {
            name: station.name.clone(),
            note: station.address.clone(),
            href: match station.position {
                Some(at) => address.with_origin(at, &station.name).to_fragment(),
                None => address.with_station(&station.id).to_fragment(),
            },
        })
        .collect()
}
