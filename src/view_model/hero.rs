//! The hero: the large card of the station to go to.

use super::amenity::{Amenity, hero_amenities};
use super::filters::is_filtered;
use super::icon::Icon;
use super::language::Words;
use super::map_link::{Destination, MapApp};
use super::screen_input::ScreenInput;
use super::sentences::{self, StateWords};
use super::station_row::{StationData, station_data, whole_degrees};
use super::station_state::{StationState, state_words, wait_of};
use super::telephone::tel;
use crate::dataset::Dataset;
use crate::domain::opening::Opening;
use crate::domain::position::{Direction, LonLat, Metres};
use crate::domain::ranking::{Ranked, Tier};
use crate::domain::station::{Audience, EntryMethod, Fitness, Station};
use crate::domain::travel::{Travel, whole_minutes};

/// The hero mentions a station that may be open if it is nearer by this many minutes, and at
/// most half as far.
const MUCH_NEARER_MINUTES: u32 = 5;

/// The card of the station to go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Hero {
    /// The data attributes.
    pub data: StationData,
    /// The opening state in words.
    pub state: StateWords,
    /// The name.
    pub name: String,
    /// Address, floor, landmark.
    pub place: Vec<String>,
    /// Mode of travel, distance, direction and barriers.
    pub way: Vec<String>,
    /// The direction of the arrow, in degrees clockwise from north.
    pub bearing_deg: i32,
    /// The large figure.
    pub big: BigNumber,
    /// A much nearer station that may be open.
    pub nearer: Option<Nearer>,
    /// A warning about what the station is.
    pub caveats: Vec<String>,
    /// How to get in: icon and words.
    pub door: (Icon, String),
    /// Who may enter; empty if unknown.
    pub audience: String,
    /// At most four amenities, the season's relief first.
    pub amenities: Vec<Amenity>,
    /// The buttons.
    pub go: Go,
    /// The link to its page.
    pub href: String,
    /// The text that is read aloud.
    pub spoken: String,
}

/// A much nearer station that may be open.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearer {
    /// The data attributes.
    pub data: StationData,
    /// The sentence about it.
    pub words: String,
    /// The link to its page.
    pub href: String,
}

/// The large figure of the hero.
#[derive(Clone, Debug, PartialEq)]
pub enum BigNumber {
    /// Minutes of travel.
    Minutes(u32),
    /// Minutes of travel as a range, because the fix is inaccurate.
    Between(u32, u32),
    /// The time at which the station opens.
    Opens(String),
}

/// The buttons that lead to a station: its map link and its telephone.
#[derive(Clone, Debug, PartialEq)]
pub struct Go {
    /// The link to the map app; none if the station has no position.
    pub href: Option<String>,
    /// The station's id.
    pub station: String,
    /// The station's name, for the button's accessible name.
    pub name: String,
    /// The text of the button.
    pub label: &'static str,
    /// Whether the button is hollow, because the station is closed or may be.
    pub is_hollow: bool,
    /// The telephone link, if the rider should ring first.
    pub call: Option<String>,
}

/// The hero of a ranked station; `opens_first` if no station is open and this one opens first.
pub(super) fn hero(
    input: &ScreenInput<'_>,
    dataset: &Dataset,
    ranked: &Ranked<'_>,
    origin: LonLat,
    opens_first: bool,
) -> Hero {
    let words = input.words;
    let station = ranked.station;
    let mut state = state_words(input, dataset, station, Some(ranked));
    let mut big = BigNumber::Minutes(ranked.minutes);
    let bearing_deg = origin.bearing_to(ranked.position);
    let direction = (words.direction)(Direction::of_bearing(bearing_deg)).to_owned();
    let straight = (words.straight)(&sentences::distance(ranked.distance, words));
    let mode = (words.travel_by)(input.mode()).to_owned();
    let mut way = vec![mode, straight, direction];
    if let (
        true,
        Opening::Closed {
            opens: Some(opens), ..
        },
    ) = (opens_first, ranked.on_arrival)
    {
        big = BigNumber::Opens(sentences::when(opens, input.now(), words));
        let title = if is_filtered(input.address) {
            words.matching_shut
        } else {
            words.all_shut
        };
        title.clone_into(&mut state.title);
        words.first_to_open.clone_into(&mut state.until);
        way[0] = (words.by_mode)(input.mode(), ranked.minutes);
        way.remove(1);
    }
    way.extend(sentences::route_kind(
        &ranked.route.route_kind,
        input.now(),
        words,
    ));
    let door = (words.door)(station.access.door).to_owned();
    let mut facts = vec![(words.by_mode)(input.mode(), ranked.minutes)];
    facts.extend(way.iter().cloned().chain([door.clone()]));
    Hero {
        nearer: None,
        caveats: caveats(ranked, words),
        spoken: spoken(&station.name, &state, &facts),
        data: station_data(station, state.state, Some(ranked)),
        name: station.name.clone(),
        place: place_lines(station),
        way,
        bearing_deg: whole_degrees(bearing_deg),
        big,
        door: (door_icon(station.access.door), door),
        audience: if station.access.audience == Audience::Unknown {
            String::new()
        } else {
            (words.audience)(station.access.audience).to_owned()
        },
        amenities: hero_amenities(station, input.season(), words),
        go: go(
            input,
            station,
            state.state,
            wait_of(input, ranked).is_some(),
        ),
        href: input.address.with_station(&station.id).to_fragment(),
        state,
    }
}

/// The hero with minutes as a range, if the fix is inaccurate.
pub(super) fn with_uncertainty(
    hero: Hero,
    ranked: &Ranked<'_>,
    uncertainty: Option<Metres>,
    travel: Travel,
    words: &Words,
) -> Hero {
    let Some(uncertainty) = uncertainty else {
        return hero;
    };
    let doubt = travel.minutes(uncertainty);
    let least = whole_minutes((ranked.route.minutes - doubt).max(0.0));
    let most = whole_minutes(ranked.route.minutes + doubt);
    let big = match hero.big {
        BigNumber::Minutes(_) if least < most => BigNumber::Between(least, most),
        big @ (BigNumber::Minutes(_) | BigNumber::Between(..) | BigNumber::Opens(_)) => big,
    };
    let rough = (words.rough_position)(&sentences::distance(uncertainty, words));
    Hero {
        big,
        spoken: format!("{rough}，{}", hero.spoken),
        ..hero
    }
}

/// A station that is much nearer than the first one and may be open.
pub(super) fn nearer(
    input: &ScreenInput<'_>,
    ranked: &[Ranked<'_>],
    first: &Ranked<'_>,
) -> Option<Nearer> {
    let words = input.words;
    let is_much_nearer = |other: &&Ranked<'_>| {
        let is_perhaps_open = other.tier == Tier::Unknown
            || other.tier == Tier::Open && other.holiday_doubt && !first.holiday_doubt;
        is_perhaps_open
            && other.minutes + MUCH_NEARER_MINUTES <= first.minutes
            && other.minutes * 2 <= first.minutes
    };
    let other = ranked
        .iter()
        .filter(is_much_nearer)
        .min_by_key(|r| r.minutes)?;
    let say = if other.holiday_doubt {
        words.nearer_holiday
    } else {
        words.nearer_unknown
    };
    Some(Nearer {
        data: station_data(
            other.station,
            StationState::of(&other.on_arrival),
            Some(other),
        ),
        words: say(other.minutes),
        href: input.address.with_station(&other.station.id).to_fragment(),
    })
}

/// A warning if the station is known only for something other than rest.
fn caveats(ranked: &Ranked<'_>, words: &Words) -> Vec<String> {
    if ranked.fitness != Fitness::Makeshift {
        return Vec::new();
    }
    let station = ranked.station;
    let mut what = String::new();
    for feature in station.features.present().take(3) {
        what.push_str((words.feature)(feature));
        what.push(' ');
    }
    if what.is_empty() {
        what.push_str(
            station
                .kinds
                .first()
                .map_or(words.something_else, |kind| kind),
        );
    }
    vec![(words.only_known_as)(what.trim_end())]
}

/// Address, floor and landmark, as far as they are known.
pub(super) fn place_lines(station: &Station) -> Vec<String> {
    [&station.address, &station.floor, &station.landmark]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect()
}

/// The text that is read aloud: name, opening state, facts.
pub(super) fn spoken(name: &str, state: &StateWords, facts: &[String]) -> String {
    let mut parts = vec![name.to_owned(), state.title.clone(), state.until.clone()];
    parts.extend_from_slice(facts);
    parts.retain(|part| !part.is_empty());
    parts.join("，")
}

/// The buttons of a station; `opens_soon` if it opens shortly after the arrival.
pub(super) fn go(
    input: &ScreenInput<'_>,
    station: &Station,
    state: StationState,
    opens_soon: bool,
) -> Go {
    let words = input.words;
    let is_shut = state == StationState::Closed && !opens_soon;
    Go {
        href: way_in(input, station, own_map(input)),
        station: station.id.clone(),
        name: station.name.clone(),
        label: if is_shut { words.go_anyway } else { words.go },
        is_hollow: is_shut || state == StationState::Unknown,
        call: tel(&station.phone).filter(|_| state == StationState::Unknown),
    }
}

/// The chosen map app, or the default one if links to the chosen one do not open.
pub(super) fn own_map(input: &ScreenInput<'_>) -> MapApp {
    if input.settings.map == MapApp::Apple && !input.has_apple_maps {
        MapApp::default()
    } else {
        input.settings.map
    }
}

/// The link that shows the way to a station in a map app; none if it has no position.
pub(super) fn way_in(input: &ScreenInput<'_>, station: &Station, app: MapApp) -> Option<String> {
    let destination = Destination {
        position: station.position?,
        name: &station.name,
        address: &station.address,
    };
    Some(app.way_to(&destination, input.mode()))
}

/// The icon of how to get in.
pub(super) fn door_icon(door: EntryMethod) -> Icon {
    match door {
        EntryMethod::Unknown | EntryMethod::WalkIn => Icon::Door,
        EntryMethod::Staffed => Icon::Staffed,
        EntryMethod::QrCode => Icon::QrDoor,
        EntryMethod::Face => Icon::FaceDoor,
        EntryMethod::App => Icon::AppDoor,
    }
}
