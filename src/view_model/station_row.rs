//! One station in a list.

use super::screen_input::ScreenInput;
use super::sentences;
use super::station_page::reported;
use super::station_state::{StationState, state_words};
use crate::dataset::Dataset;
use crate::domain::decimal::fixed;
use crate::domain::position::{Direction, LonLat};
use crate::domain::ranking::Ranked;
use crate::domain::route::RouteKind;
use crate::domain::station::{Audience, EntryMethod, Station};

/// The data attributes of a station's element, for tests and other programs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StationData {
    /// The station's id.
    pub id: String,
    /// Its opening state on arrival; now, if the distance is unknown.
    pub state: StationState,
    /// Great-circle distance in whole metres.
    pub distance_m: Option<String>,
    /// Estimated minutes of travel.
    pub minutes: Option<u32>,
}

/// One station in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StationRow {
    /// The data attributes.
    pub data: StationData,
    /// The name.
    pub name: String,
    /// The opening state in words.
    pub state: String,
    /// At most three facts: an amenity or a barrier, how to get in, distance, direction.
    pub facts: Vec<String>,
    /// The direction of its arrow, in degrees clockwise from north.
    pub bearing_deg: Option<i32>,
    /// The link to its page.
    pub href: String,
}

/// The row of a station; with distance and direction if it is ranked from an origin.
pub(super) fn row(
    input: &ScreenInput<'_>,
    dataset: &Dataset,
    station: &Station,
    ranked: Option<(LonLat, Ranked<'_>)>,
) -> StationRow {
    let words = input.words;
    let said = state_words(input, dataset, station, ranked.as_ref().map(|(_, r)| r));
    let mut facts = Vec::new();
    let season = input.season();
    let relief = season
        .relief()
        .iter()
        .find(|feature| station.features.has(**feature));
    if let Some(feature) = relief
        .copied()
        .or_else(|| station.features.present().next())
    {
        facts.push((words.feature)(feature).to_owned());
    }
    if station.access.audience == Audience::UnionMembers {
        facts.push((words.audience)(station.access.audience).to_owned());
    } else if station.access.door != EntryMethod::Unknown {
        facts.push((words.door)(station.access.door).to_owned());
    } else if station.access.audience != Audience::Unknown {
        facts.push((words.audience)(station.access.audience).to_owned());
    }
    if let Some(said) = reported(input, dataset, station).0.into_iter().next() {
        facts = vec![said];
    }
    match &ranked {
        Some((origin, ranked)) => {
            let route_kind = sentences::route_kind(&ranked.route.route_kind, input.now(), words);
            if !route_kind.is_empty() {
                facts = route_kind;
            }
            facts.push(sentences::distance(ranked.distance, words));
            let direction = Direction::of_bearing(origin.bearing_to(ranked.position));
            facts.push((words.direction)(direction).to_owned());
        }
        None => facts.push(station.address.clone()),
    }
    StationRow {
        data: station_data(station, said.state, ranked.as_ref().map(|(_, r)| r)),
        name: station.name.clone(),
        state: said.short,
        facts,
        bearing_deg: ranked
            .as_ref()
            .map(|(origin, ranked)| whole_degrees(origin.bearing_to(ranked.position))),
        href: input.address.with_station(&station.id).to_fragment(),
    }
}

/// The data attributes of a station.
pub(super) fn station_data(
    station: &Station,
    state: StationState,
    ranked: Option<&Ranked<'_>>,
) -> StationData {
    StationData {
        id: station.id.clone(),
        state,
        distance_m: ranked.map(|r| fixed(r.distance.0, 0)),
        // No crossing is known, so the time to the other bank is unknown.
        minutes: ranked
            .filter(|r| !matches!(r.route.route_kind, RouteKind::OtherSide(..)))
            .map(|r| r.minutes),
    }
}

/// A bearing in whole degrees, which is finer than an arrow can show.
#[expect(clippy::cast_possible_truncation, reason = "0 to 360")]
pub(super) fn whole_degrees(bearing_deg: f64) -> i32 {
    bearing_deg.round() as i32
}
