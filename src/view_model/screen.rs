//! The screen as a plain value, and which one the input asks for.

use super::address::View;
use super::benefits::{Benefits, benefits};
use super::district::{District, district};
use super::hero::Hero;
use super::nearby::{NearbyScreen, cells_needed, cells_needed_first, nearby, nearby_above_rows};
use super::notice::Failure;
use super::offline::failure;
use super::places::{Places, places};
use super::radar::{Radar, radar};
use super::screen_input::{Loaded, ScreenInput};
use super::station_page::{StationPage, station_page};
use crate::dataset::Dataset;
use crate::domain::fix::{Locating, NoPosition};
use crate::domain::position::LonLat;
use crate::domain::station::Area;

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// The position is unknown, and the device has not been asked for it.
    FirstVisit(Places),
    /// The device is asked for the position; `true` if the answer is overdue.
    Locating(Places, bool),
    /// The device gave no position; a place can be chosen instead.
    NoPosition(NoPosition, Places),
    /// The stations that the screen needs are not loaded yet.
    Loading,
    /// The stations that the screen needs did not load.
    DataFailed(Failure),
    /// The place picker.
    Pick(Places),
    /// The nearest station, and the next ones.
    Nearby(Box<NearbyScreen>),
    /// A picture of the stations around the origin.
    Radar(Box<Radar>),
    /// The programmes that the publisher runs.
    Benefits(Benefits),
    /// The stations of a district, not ordered by distance.
    District(District),
    /// The address names a district that the dataset lacks; the districts that it has.
    DistrictGone(Places),
    /// One station in detail.
    Station(Box<StationPage>),
    /// The address names a station that the dataset lacks.
    StationGone,
}

impl Screen {
    /// The list, if that is the screen.
    #[must_use]
    pub fn nearby(&self) -> Option<&NearbyScreen> {
        if let Self::Nearby(nearby) = self {
            Some(nearby)
        } else {
            None
        }
    }

    /// The first answer, if the screen has one.
    #[must_use]
    pub fn hero(&self) -> Option<&Hero> {
        self.nearby()?.hero.as_ref()
    }

    /// The name in `data-screen`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::FirstVisit(_) => "first-visit",
            Self::Locating(..) => "locating",
            Self::NoPosition(..) => "no-position",
            Self::Loading => "loading",
            Self::DataFailed(_) => "data-failed",
            Self::Pick(_) => "pick",
            Self::Nearby(_) => "answer",
            Self::Radar(_) => "radar",
            Self::Benefits(_) => "benefits",
            Self::District(_) => "district",
            Self::DistrictGone(_) => "district-gone",
            Self::Station(_) => "station",
            Self::StationGone => "station-gone",
        }
    }
}

/// Whether the address names the list around a known position. All other screens are in a
/// module that loads after the first paint.
#[must_use]
pub fn is_list(input: &ScreenInput<'_>) -> bool {
    let address = input.address;
    let is_page = match address.view {
        Some(View::Pick | View::Benefits | View::Radar) => true,
        Some(View::Filter | View::Display | View::Privacy | View::Emergency | View::Offline)
        | None => false,
    };
    !is_page && address.station.is_none() && address.area.is_none() && input.origin().is_some()
}

/// The screen for an input.
#[must_use]
pub fn screen(input: &ScreenInput<'_>) -> Screen {
    if is_list(input) {
        return list_screen(input);
    }
    match input.address.view {
        Some(View::Pick) => Screen::Pick(places(input)),
        Some(View::Benefits) => benefits_screen(input),
        Some(View::Radar) if input.origin().is_some() => radar_screen(input),
        // Without a position there is no radar. The other views are sheets over a screen.
        Some(
            View::Radar
            | View::Filter
            | View::Display
            | View::Privacy
            | View::Emergency
            | View::Offline,
        )
        | None => screen_below_sheets(input),
    }
}

fn screen_below_sheets(input: &ScreenInput<'_>) -> Screen {
    if let Some(id) = &input.address.station {
        station_screen(input, id)
    } else if let Some(area) = &input.address.area {
        district_screen(input, area)
    } else if input.origin().is_some() {
        list_screen(input)
    } else {
        start_screen(input)
    }
}

/// The list screen without its rows: the first paint.
#[must_use]
pub fn first_screen(input: &ScreenInput<'_>) -> Screen {
    match loaded_around(input, &cells_needed_first(input)) {
        Some((dataset, origin)) => {
            Screen::Nearby(Box::new(nearby_above_rows(input, dataset, origin)))
        }
        None => without_stations(input),
    }
}

/// The list screen.
#[must_use]
pub fn list_screen(input: &ScreenInput<'_>) -> Screen {
    match loaded_around(input, &cells_needed_first(input)) {
        Some((dataset, origin)) => Screen::Nearby(Box::new(nearby(input, dataset, origin))),
        None => without_stations(input),
    }
}

/// The dataset and the origin, if both are known and no cell is needed any more.
fn loaded_around<'a>(
    input: &ScreenInput<'a>,
    cells_needed: &[usize],
) -> Option<(&'a Dataset, LonLat)> {
    let loaded = input.dataset().zip(input.origin());
    loaded.filter(|_| cells_needed.is_empty())
}

/// The screen while the position is unknown.
fn start_screen(input: &ScreenInput<'_>) -> Screen {
    match input.locating {
        Locating::Asking => Screen::Locating(places(input), false),
        Locating::Unanswered => Screen::Locating(places(input), true),
        Locating::Failed(reason) => Screen::NoPosition(reason, places(input)),
        Locating::NotAsked | Locating::Found(_) | Locating::Remembered(_) => match input.data {
            Loaded::Failed => without_stations(input),
            Loaded::Waiting | Loaded::Ready(_) => Screen::FirstVisit(places(input)),
        },
    }
}

fn benefits_screen(input: &ScreenInput<'_>) -> Screen {
    match input.dataset() {
        Some(dataset) if dataset.programmes.is_empty() && dataset.manifest.programmes.is_some() => {
            // Their file is pending, or could not be loaded.
            match input.sync.programmes_error {
                Some(_) => Screen::DataFailed(failure(input)),
                None => without_stations(input),
            }
        }
        Some(dataset) => Screen::Benefits(benefits(input, dataset)),
        None => without_stations(input),
    }
}

fn radar_screen(input: &ScreenInput<'_>) -> Screen {
    match loaded_around(input, &cells_needed(input)) {
        Some((dataset, origin)) => Screen::Radar(Box::new(radar(input, dataset, origin))),
        None => without_stations(input),
    }
}

fn district_screen(input: &ScreenInput<'_>, area: &Area) -> Screen {
    let Some(dataset) = input.dataset() else {
        return without_stations(input);
    };
    let areas = &dataset.manifest.areas;
    if !areas.iter().any(|summary| summary.area() == *area) {
        return Screen::DistrictGone(places(input));
    }
    if !dataset.missing().is_empty() {
        return without_stations(input);
    }
    Screen::District(district(input, dataset, area))
}

fn station_screen(input: &ScreenInput<'_>, id: &str) -> Screen {
    let Some(dataset) = input.dataset() else {
        return without_stations(input);
    };
    let found = dataset.stations.iter().find(|station| station.id == id);
    match found {
        Some(station) => Screen::Station(Box::new(station_page(input, dataset, station))),
        None if dataset.missing().is_empty() => Screen::StationGone,
        // A cell that is still pending may hold it.
        None => without_stations(input),
    }
}

/// The screen in the place of one whose stations are not loaded.
fn without_stations(input: &ScreenInput<'_>) -> Screen {
    match input.data {
        Loaded::Ready(_) if input.sync.cells_error.is_none() => Screen::Loading,
        Loaded::Waiting => Screen::Loading,
        Loaded::Failed | Loaded::Ready(_) => Screen::DataFailed(failure(input)),
    }
}
