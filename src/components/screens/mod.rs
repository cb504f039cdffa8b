//! The screens, one file each.
//!
//! The list, and the screens shown while there is none, belong to the application's module; the
//! other screens are a lazy module of their own (`ui/lazy.rs`).

mod benefits;
mod data_failed;
mod district;
mod district_gone;
mod first_visit;
mod loading;
mod locating;
mod nearby;
mod no_position;
mod pick;
mod place_results;
mod radar;
mod radar_picture;
mod report_form;
mod station_gone;
mod station_maps;
mod station_page;

use leptos::prelude::*;

pub use self::data_failed::data_failed_nodes;
pub use self::loading::loading_nodes;
pub use self::nearby::answer_nodes;

use self::benefits::BenefitsScreen;
use self::data_failed::DataFailedScreen;
use self::district::DistrictScreen;
use self::district_gone::DistrictGoneScreen;
use self::first_visit::FirstVisitScreen;
use self::loading::LoadingScreen;
use self::locating::LocatingScreen;
use self::nearby::NearbyScreen;
use self::no_position::NoPositionScreen;
use self::pick::PickScreen;
use self::radar::RadarScreen;
use self::station_gone::StationGoneScreen;
use self::station_page::StationScreen;
use crate::view_model::places::SearchResults;
use crate::view_model::screen::Screen;

/// Renders a screen.
pub type ScreenView = fn(Screen, SearchResults) -> AnyView;

/// The list, or why there is none.
#[must_use]
pub fn list_view(screen: Screen, _: SearchResults) -> AnyView {
    match screen {
        Screen::Nearby(nearby) => view! { <NearbyScreen nearby=*nearby/> }.into_any(),
        Screen::DataFailed(failure) => view! { <DataFailedScreen failure=failure/> }.into_any(),
        Screen::Loading
        | Screen::FirstVisit(_)
        | Screen::Locating(..)
        | Screen::NoPosition(..)
        | Screen::Pick(_)
        | Screen::Radar(_)
        | Screen::Benefits(_)
        | Screen::District(_)
        | Screen::DistrictGone(_)
        | Screen::Station(_)
        | Screen::StationGone => view! { <LoadingScreen/> }.into_any(),
    }
}

/// Any screen.
#[must_use]
pub fn screen_view(screen: Screen, found: SearchResults) -> AnyView {
    match screen {
        Screen::Nearby(_) | Screen::DataFailed(_) | Screen::Loading => list_view(screen, found),
        Screen::FirstVisit(places) => view! { <FirstVisitScreen places=places/> }.into_any(),
        Screen::Locating(places, is_unanswered) => {
            view! { <LocatingScreen places=places is_unanswered=is_unanswered/> }.into_any()
        }
        Screen::NoPosition(reason, places) => {
            view! { <NoPositionScreen reason=reason places=places/> }.into_any()
        }
        Screen::Pick(places) => view! { <PickScreen places=places found=found/> }.into_any(),
        Screen::Radar(radar) => view! { <RadarScreen radar=*radar/> }.into_any(),
        Screen::Benefits(benefits) => view! { <BenefitsScreen benefits=benefits/> }.into_any(),
        Screen::District(district) => view! { <DistrictScreen district=district/> }.into_any(),
        Screen::DistrictGone(places) => view! { <DistrictGoneScreen places=places/> }.into_any(),
        Screen::Station(station) => view! { <StationScreen station=*station/> }.into_any(),
        Screen::StationGone => view! { <StationGoneScreen/> }.into_any(),
    }
}
