//! The emergency sheet: words to read out to the emergency number, and the nearest first aid.

use super::amenity::feature_icon;
use super::icon::Icon;
use super::screen_input::ScreenInput;
use super::sentences;
use super::station_state::state_words;
use crate::dataset::Dataset;
use crate::domain::decimal::fixed;
use crate::domain::fix::{LastPlace, Locating, NoPosition, OLD_MINUTES};
use crate::domain::nearest::Filter;
use crate::domain::position::{Direction, LonLat, Metres};
use crate::domain::ranking::{OpenWish, Question, Ranked};
use crate::domain::route::RouteKind;
use crate::domain::station::{Comfort, Feature};

/// First aid farther away than this is not shown.
const AID_REACH: Metres = Metres(5000.0);

/// A station farther away than this is no landmark.
const LANDMARK_REACH: Metres = Metres(3000.0);

/// How many stations are examined, in the order of travel time.
const AROUND: usize = 100;

/// The emergency sheet.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Emergency {
    /// The lines to read out, the first one largest; empty if the position is unknown.
    pub place: Vec<String>,
    /// How the position is known, or why it is not; may be empty.
    pub known_by: String,
    /// Whether to offer to ask the device for the position.
    pub can_locate: bool,
    /// The nearest first-aid boxes and defibrillators.
    pub aids: Vec<Aid>,
    /// Whether the steps against cold come before those against heat.
    pub is_cold: bool,
}

/// A station with first aid or a defibrillator.
#[derive(Clone, Debug, PartialEq)]
pub struct Aid {
    /// The icon of the feature.
    pub icon: Icon,
    /// The feature, and minutes or distance.
    pub title: String,
    /// The station, its opening state and barriers.
    pub note: String,
    /// The link to the station's page.
    pub href: String,
}

/// The rider's position, and how it is known. The device's fix comes before a position from
/// the address, which may be somebody else's.
struct Place {
    at: LonLat,
    /// The accuracy of the device's fix.
    within: Option<Metres>,
    known_by: String,
}

fn place(input: &ScreenInput<'_>) -> Option<Place> {
    let words = input.words;
    let from_before = |last: LastPlace| Place {
        at: last.position,
        within: None,
        known_by: sentences::last_place(input.unix_minute - last.minute, words),
    };
    match (input.locating, input.address.at) {
        (Locating::Found(fix), _) => {
            let mut known_by = (words.known_by_fix)(&sentences::distance(fix.accuracy, words));
            let minutes = input.age_minutes(fix);
            if minutes >= OLD_MINUTES {
                known_by = format!("{known_by} · {}", sentences::last_place(minutes, words));
            }
            Some(Place {
                at: fix.position,
                within: Some(fix.accuracy),
                known_by,
            })
        }
        (_, Some(at)) => Some(Place {
            at,
            within: None,
            known_by: words.known_by_choice.to_owned(),
        }),
        (Locating::Remembered(last), None) => Some(from_before(last)),
        (
            Locating::NotAsked | Locating::Asking | Locating::Unanswered | Locating::Failed(_),
            None,
        ) => input.last_place.map(from_before),
    }
}

/// How locating went, if the device gave no position; empty otherwise.
fn locating_words(input: &ScreenInput<'_>) -> &'static str {
    let words = input.words;
    match input.locating {
        Locating::Asking => words.locating,
        Locating::Unanswered => words.unanswered_note,
        Locating::Failed(NoPosition::TimedOut) => words.too_slow,
        Locating::Failed(
            NoPosition::Refused
            | NoPosition::Blocked
            | NoPosition::Unavailable
            | NoPosition::Unsupported,
        ) => words.no_position,
        Locating::NotAsked | Locating::Found(_) | Locating::Remembered(_) => "",
    }
}

/// The emergency sheet.
#[must_use]
#[inline(never)]
pub fn emergency(input: &ScreenInput<'_>) -> Emergency {
    let is_cold = input.season() == Comfort::Warm;
    let can_locate = match input.locating {
        Locating::Found(fix) => input.age_minutes(fix) >= OLD_MINUTES,
        Locating::NotAsked
        | Locating::Remembered(_)
        | Locating::Unanswered
        | Locating::Failed(_) => true,
        Locating::Asking => false,
    };
    let (Some(dataset), Some(here)) = (input.dataset(), place(input)) else {
        return Emergency {
            known_by: locating_words(input).to_owned(),
            can_locate,
            is_cold,
            ..Emergency::default()
        };
    };
    let words = input.words;
    let everything = Filter::default();
    let mut place = Vec::new();
    // An address on the other bank would send help to the wrong side.
    let is_landmark = |ranked: &&Ranked<'_>| {
        !ranked.station.address.is_empty()
            && ranked.distance.0 <= LANDMARK_REACH.0
            && is_on_this_side(ranked)
    };
    let landmarks = around(input, dataset, here.at, &everything);
    // If the fix is so inaccurate that the rider may be on either bank, no address is named.
    let within = here.within.unwrap_or(Metres(0.0));
    let may_be_on_other_bank = landmarks
        .iter()
        .any(|ranked| !is_on_this_side(ranked) && ranked.distance.0 <= within.0);
    let landmark = landmarks.iter().find(is_landmark);
    if let Some(landmark) = landmark.filter(|_| !may_be_on_other_bank) {
        place.extend(read_out(input, &here, landmark));
    }
    let exact = format!("{}, {}", fixed(here.at.lon(), 5), fixed(here.at.lat(), 5));
    place.push((words.read_out_exact)(&exact));

    let mut aids = Vec::new();
    for feature in [Feature::FirstAid, Feature::Aed] {
        let filter = Filter {
            needs: vec![feature],
            ..Filter::default()
        };
        let mut by_way = around(input, dataset, here.at, &filter);
        by_way.retain(|ranked| ranked.distance.0 <= AID_REACH.0);
        // The nearest one may be closed; the nearest open one is shown too.
        let is_open = |ranked: &Ranked<'_>| {
            ranked.on_arrival.is_open()
                && !input.doubted.contains(&ranked.station.id)
                && !matches!(ranked.route.route_kind, RouteKind::OtherSide(..))
        };
        let open = by_way.iter().position(is_open).filter(|index| *index > 0);
        let shown = by_way.first().into_iter();
        let shown = shown.chain(open.map(|index| &by_way[index]));
        aids.extend(shown.map(|ranked| aid(input, dataset, feature, ranked)));
    }
    let mut known_by = here.known_by;
    let locating = locating_words(input);
    if !locating.is_empty() {
        known_by.push_str(" · ");
        known_by.push_str(locating);
    }
    Emergency {
        place,
        known_by,
        can_locate,
        aids,
        is_cold,
    }
}

/// The stations around a position by travel time; those on the other bank last.
fn around<'a>(
    input: &ScreenInput<'a>,
    dataset: &'a Dataset,
    at: LonLat,
    filter: &'a Filter,
) -> Vec<Ranked<'a>> {
    let question = Question {
        open: OpenWish::Any,
        limit: AROUND,
        ..input.question(dataset, at, filter)
    };
    question.ranked(&dataset.stations)
}

fn is_on_this_side(ranked: &Ranked<'_>) -> bool {
    match ranked.route.route_kind {
        RouteKind::Free | RouteKind::Around(_) => true,
        RouteKind::By(_) | RouteKind::OtherSide(..) => false,
    }
}

fn aid(input: &ScreenInput<'_>, dataset: &Dataset, feature: Feature, ranked: &Ranked<'_>) -> Aid {
    let words = input.words;
    let route_kind = sentences::route_kind(&ranked.route.route_kind, input.now(), words);
    let far = if matches!(ranked.route.route_kind, RouteKind::OtherSide(..)) {
        sentences::distance(ranked.distance, words)
    } else {
        (words.by_mode)(input.mode(), ranked.minutes)
    };
    let state = state_words(input, dataset, ranked.station, Some(ranked));
    let mut note = vec![ranked.station.name.clone(), state.short];
    note.extend(route_kind);
    Aid {
        icon: feature_icon(feature),
        title: format!("{} · {far}", (words.feature)(feature)),
        note: note.join(" · "),
        href: input.address.with_station(&ranked.station.id).to_fragment(),
    }
}

/// The nearest address, and the rider's direction and distance from it.
fn read_out(input: &ScreenInput<'_>, here: &Place, landmark: &Ranked<'_>) -> Vec<String> {
    let words = input.words;
    let station = landmark.station;
    let area = [&station.city, &station.district]
        .into_iter()
        .filter(|part| !station.address.contains(part.as_str()))
        .cloned()
        .collect::<String>();
    // From the landmark to the rider; the arrows on other screens point the other way.
    let direction = Direction::of_bearing(landmark.position.bearing_to(here.at));
    let distance = sentences::distance(landmark.distance, words);
    // An inaccurate position has no meaningful direction.
    let from = match here.within {
        Some(within) if within.0 > landmark.distance.0 => {
            let most = Metres(within.0 + landmark.distance.0);
            (words.somewhere_near)(&sentences::distance(most, words))
        }
        Some(_) | None => (words.read_out_from)((words.direction)(direction), &distance),
    };
    vec![
        format!("{area}{}", station.address),
        station.name.clone(),
        from,
    ]
}
