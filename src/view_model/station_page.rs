//! The page of one station.

use super::address::Address;
use super::amenity::{Amenity, amenity};
use super::benefits;
use super::data_age::{DataAge, data_age};
use super::hero::{Go, door_icon, go, own_map, place_lines, spoken, way_in};
use super::icon::Icon;
use super::language::Words;
use super::map_link::MapApp;
use super::reports::Delivery;
use super::screen_input::ScreenInput;
use super::sentences::{self, StateWords};
use super::station_row::{StationData, station_data};
use super::station_state::state_words;
use super::telephone::tel;
use super::week::{self, DayHours};
use crate::dataset::Dataset;
use crate::domain::nearest::Filter;
use crate::domain::position::{Direction, LonLat};
use crate::domain::ranking::{OpenWish, Question, Ranked};
use crate::domain::route::RouteKind;
use crate::domain::station::{Access, Audience, EntryMethod, Feature, Station, Tristate};

/// One station in detail.
#[derive(Clone, Debug, PartialEq)]
pub struct StationPage {
    /// The data attributes.
    pub data: StationData,
    /// The name.
    pub name: String,
    /// Address, floor, landmark.
    pub place: Vec<String>,
    /// The opening state in words.
    pub state: StateWords,
    /// Minutes, barriers, distance and direction; empty if the origin is unknown.
    pub way: Vec<String>,
    /// The opening hours as printed; empty if unknown.
    pub hours: String,
    /// The hours of this week; empty if the printed hours were not understood.
    pub week: Vec<DayHours>,
    /// The open spans of today in minutes since midnight, and the minute now.
    pub today: Option<(Vec<(u16, u16)>, u16)>,
    /// The programmes that apply at the station.
    pub benefits: Vec<String>,
    /// The rider's last report about the station, and whether it was sent.
    pub reported: Vec<String>,
    /// The report as a text to copy; empty if there is none.
    pub report_text: String,
    /// The text that is read aloud.
    pub spoken: String,
    /// How to get in, and the other facts.
    pub facts: Vec<Fact>,
    /// The amenities that it has.
    pub amenities: Vec<Amenity>,
    /// The names of the amenities that it is known not to have.
    pub absent: Vec<String>,
    /// The buttons.
    pub go: Go,
    /// The map apps.
    pub maps: Vec<MapChoice>,
    /// Name and address, to copy.
    pub address: String,
    /// The link to the list around the station; none if it has no position.
    pub from_here: Option<String>,
    /// When it was last verified, and its sources.
    pub provenance: Vec<String>,
    /// The age of the data.
    pub data_age: DataAge,
    /// The link back to the list.
    pub back: String,
}

/// A link that shows the way in a map app.
#[derive(Clone, Debug, PartialEq)]
pub struct MapChoice {
    /// The app.
    pub app: MapApp,
    /// Its name.
    pub label: &'static str,
    /// The link.
    pub href: String,
    /// Whether it is the chosen app.
    pub is_on: bool,
}

/// One fact about a station.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its icon.
    pub icon: Icon,
    /// Its name.
    pub label: String,
    /// Its value in words.
    pub answer: String,
    /// `Unknown` if the dataset does not say.
    pub has: Tristate,
}

/// The page of a station.
#[inline(never)]
pub(super) fn station_page(
    input: &ScreenInput<'_>,
    dataset: &Dataset,
    station: &Station,
) -> StationPage {
    let words = input.words;
    let manifest = &dataset.manifest;
    // Only the distance counts here: no filter, and closed stations too.
    let filter = Filter::default();
    let ranked = input.origin().and_then(|origin| {
        let question = Question {
            open: OpenWish::Any,
            ..input.question(dataset, origin, &filter)
        };
        let ranked = question.look_at(&question.routes(), station)?;
        Some((origin, ranked))
    });
    let state = state_words(input, dataset, station, ranked.as_ref().map(|(_, r)| r));
    let way = match &ranked {
        Some((origin, ranked)) => way(input, *origin, ranked),
        None if station.position.is_none() => vec![words.no_position_known.to_owned()],
        None => Vec::new(),
    };
    let timetable = station.hours.timetable.as_ref();
    let (reported, report_text) = reported(input, dataset, station);
    let spoken = spoken(&station.name, &state, &way);
    StationPage {
        data: station_data(station, state.state, ranked.as_ref().map(|(_, r)| r)),
        name: station.name.clone(),
        place: place_lines(station),
        way,
        hours: station.hours.text.clone(),
        week: timetable.map_or_else(Vec::new, |timetable| {
            week::week(timetable, input.now(), &manifest.calendar, words)
        }),
        today: timetable.map(|timetable| week::today(timetable, input.now(), &manifest.calendar)),
        benefits: benefits::at_station(input, dataset, station),
        reported,
        report_text,
        spoken,
        facts: facts(station, words),
        amenities: station
            .features
            .present()
            .map(|f| amenity(f, (words.feature)(f).to_owned(), true))
            .collect(),
        absent: Feature::ALL
            .into_iter()
            .filter(|feature| station.features.answer(*feature) == Tristate::No)
            .map(|feature| (words.feature)(feature).to_owned())
            .collect(),
        go: Go {
            call: tel(&station.phone),
            ..go(input, station, state.state, false)
        },
        maps: maps(input, station),
        address: format!("{} {}", station.name, station.address),
        from_here: station
            .position
            .map(|at| input.address.with_origin(at, &station.name).to_fragment()),
        provenance: provenance(dataset, station, words),
        data_age: data_age(input, dataset),
        back: Address {
            station: None,
            ..input.address.with_view(None)
        }
        .to_fragment(),
        state,
    }
}

/// Minutes, barriers, distance and direction.
fn way(input: &ScreenInput<'_>, origin: LonLat, ranked: &Ranked<'_>) -> Vec<String> {
    let words = input.words;
    let mut way = sentences::route_kind(&ranked.route.route_kind, input.now(), words);
    if !matches!(ranked.route.route_kind, RouteKind::OtherSide(..)) {
        way.insert(0, (words.by_mode)(input.mode(), ranked.minutes));
    }
    let direction = Direction::of_bearing(origin.bearing_to(ranked.position));
    way.extend([
        (words.straight)(&sentences::distance(ranked.distance, words)),
        (words.direction)(direction).to_owned(),
    ]);
    way
}

/// When the station was last verified, and its sources.
fn provenance(dataset: &Dataset, station: &Station, words: &Words) -> Vec<String> {
    let verified = match station.verified_on {
        Some(day) => (words.verified_on)(&day.to_string()),
        None => words.unverified.to_owned(),
    };
    let source = dataset.manifest.sources.get(station.source).into_iter();
    let sources = source
        .flat_map(|source| [&source.title, &source.origin, &source.licence])
        .chain([&station.origin])
        .filter(|text| !text.is_empty())
        .cloned();
    [verified].into_iter().chain(sources).collect()
}

/// The map apps whose links open on this device.
fn maps(input: &ScreenInput<'_>, station: &Station) -> Vec<MapChoice> {
    let words = input.words;
    MapApp::ALL
        .into_iter()
        .filter(|app| *app != MapApp::Apple || input.has_apple_maps)
        .filter_map(|app| {
            Some(MapChoice {
                app,
                label: (words.map_app)(app),
                href: way_in(input, station, app)?,
                is_on: app == own_map(input),
            })
        })
        .collect()
}

/// The rider's last report about a station and whether it was sent, and the report as a text
/// to copy; both empty if there is none.
pub(super) fn reported(
    input: &ScreenInput<'_>,
    dataset: &Dataset,
    station: &Station,
) -> (Vec<String>, String) {
    let words = input.words;
    let Some(report) = input.reports.of(&station.id) else {
        return Default::default();
    };
    let days = i64::from(input.now().day().0) - i64::from(report.at.day().0);
    let what = (words.report_word)(report.verdict);
    let status = match (dataset.manifest.report_url.is_empty(), report.delivery) {
        (true, _) | (_, Delivery::Waiting) if input.reports.is_lost => words.report_not_kept,
        (true, _) => words.report_kept,
        (false, Delivery::Waiting) => words.report_queued,
        (false, Delivery::Sent) => words.report_sent,
        (false, Delivery::Refused) => words.report_refused,
    };
    let text = format!("{} ({}): {what}, {}", station.name, station.id, report.at);
    (vec![(words.reported)(days, what), status.to_owned()], text)
}

/// The facts about a station, in the order of the page.
fn facts(station: &Station, words: &Words) -> Vec<Fact> {
    // No `..`: a new field does not compile until it is shown or listed here.
    let Station {
        access: Access { door, audience },
        floor,
        kinds,
        capacity,
        phone,
        note,
        // Other parts of the page show these.
        id: _,
        name: _,
        address: _,
        landmark: _,
        position: _,
        features: _,
        hours: _,
        verified_on: _,
        source: _,
        origin: _,
        // The address names the district, and only the ranking asks for rooms.
        city: _,
        district: _,
        is_room: _,
    } = station;
    let fact = |icon, label: &str, answer: String| Fact {
        icon,
        label: label.to_owned(),
        answer,
        has: Tristate::Yes,
    };
    let unknown = |icon, label: &str| Fact {
        has: Tristate::Unknown,
        ..fact(icon, label, words.unknown.to_owned())
    };
    let mut facts = vec![
        match door {
            EntryMethod::Unknown => unknown(door_icon(*door), words.door_fact),
            EntryMethod::WalkIn
            | EntryMethod::Staffed
            | EntryMethod::QrCode
            | EntryMethod::Face
            | EntryMethod::App => fact(
                door_icon(*door),
                words.door_fact,
                (words.door)(*door).to_owned(),
            ),
        },
        match audience {
            Audience::Unknown => unknown(Icon::Anyone, words.audience_fact),
            Audience::Anyone | Audience::OutdoorWorkers | Audience::UnionMembers => fact(
                Icon::Anyone,
                words.audience_fact,
                (words.audience)(*audience).to_owned(),
            ),
        },
    ];
    if !floor.is_empty() {
        facts.push(fact(Icon::Stairs, words.floor_fact, floor.clone()));
    }
    if let Some(people) = capacity.filter(|people| *people > 0) {
        let room = (words.capacity)(people);
        facts.push(fact(Icon::Seats, words.capacity_fact, room));
    }
    if !kinds.is_empty() {
        facts.push(fact(
            Icon::List,
            words.kind_fact,
            kinds.join(words.between_things),
        ));
    }
    if !phone.is_empty() {
        facts.push(fact(Icon::Phone, words.phone_fact, phone.clone()));
    }
    if !note.is_empty() {
        facts.push(fact(Icon::Info, words.note_fact, note.clone()));
    }
    facts
}
