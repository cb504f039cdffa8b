//! What somebody needs who needs help: a number, words to read out, the nearest
//! first aid.

use super::screen::{Knowledge, Loaded, origin, state_words};
use super::sentences;
use crate::domain::decimal::fixed;
use crate::domain::nearest::{Filter, Found};
use crate::domain::position::{Direction, LonLat, Metres};
use crate::domain::ranking::{OpenWish, Question};
use crate::domain::station::{Comfort, Feature, Station};

/// Nobody walks farther for a first-aid box.
const AID_REACH: Metres = Metres(5000.0);

/// A station farther than this says nothing about where one is.
const LANDMARK_REACH: Metres = Metres(3000.0);

/// What the sheet says.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Emergency {
    /// Lines to read out, the largest first; empty if nobody knows where.
    pub place: Vec<String>,
    /// The nearest first aid and defibrillators.
    pub aids: Vec<Aid>,
    /// Which steps come first.
    pub is_cold: bool,
}

/// Where help is.
#[derive(Clone, Debug, PartialEq)]
pub struct Aid {
    /// The sign.
    pub icon: &'static str,
    /// What, and how far.
    pub title: String,
    /// Where, and whether its door is open.
    pub note: String,
    /// Its page.
    pub href: String,
}

/// What the sheet says, as far as anything is known.
#[must_use]
#[inline(never)]
pub fn emergency(known: &Knowledge<'_>) -> Emergency {
    let is_cold = super::screen::season(known.address, known.now()) == Comfort::Warm;
    let (Loaded::Ready(dataset), Some(origin)) = (known.data, origin(known)) else {
        return Emergency {
            is_cold,
            ..Emergency::default()
        };
    };
    let words = known.language.words();
    let has_address = |station: &Station, distance: Metres| {
        !station.address.is_empty() && distance <= LANDMARK_REACH
    };
    let mut place = Vec::new();
    if let Some(landmark) = dataset.stations.nearest(origin, 1, has_address).first() {
        place.extend(read_out(known, origin, landmark));
    }
    let exact = format!("{}, {}", fixed(origin.lon(), 5), fixed(origin.lat(), 5));
    place.push((words.read_out_exact)(&exact));

    let filter = Filter::default();
    let question = Question {
        open: OpenWish::Any,
        ..known.question(dataset, origin, &filter)
    };
    let ways = question.ways();
    let aids = [(Feature::FirstAid, "first-aid"), (Feature::Aed, "aed")]
        .into_iter()
        .filter_map(|(feature, icon)| {
            let has = |station: &Station, distance: Metres| {
                station.features.has(feature) && distance <= AID_REACH
            };
            let found = dataset.stations.nearest(origin, 1, has);
            let ranked = question.look_at(&ways, found.first()?.station)?;
            let said = state_words(known, dataset, ranked.station, Some(&ranked));
            let far = sentences::distance(ranked.distance, words);
            Some(Aid {
                icon,
                title: format!("{} · {far}", (words.feature)(feature)),
                note: format!("{} · {}", ranked.station.name, said.short),
                href: known.address.with_station(&ranked.station.id).to_fragment(),
            })
        })
        .collect();
    Emergency {
        place,
        aids,
        is_cold,
    }
}

/// The nearest address, and where the person is from there.
fn read_out(known: &Knowledge<'_>, origin: LonLat, landmark: &Found<'_>) -> Vec<String> {
    let words = known.language.words();
    let station = landmark.station;
    let area = [&station.city, &station.district]
        .into_iter()
        .filter(|part| !station.address.contains(part.as_str()))
        .cloned()
        .collect::<String>();
    // From the landmark to the person: the other way round than the arrow.
    let direction = Direction::of_bearing(landmark.position.bearing_to(origin));
    let distance = sentences::distance(landmark.distance, words);
    vec![
        format!("{area}{}", station.address),
        station.name.clone(),
        (words.read_out_from)((words.direction)(direction), &distance),
    ]
}
