//! The list screen: the hero, and the other stations in sections below it.

use super::address::{Address, View};
use super::data_age::{DataAge, data_age};
use super::filters::{Chip, active_filters, ask_travel, chips, is_filtered};
use super::hero::{Hero, hero, nearer, with_uncertainty};
use super::icon::Icon;
use super::notice::{Notice, notices};
use super::screen::is_list;
use super::screen_input::ScreenInput;
use super::sentences;
use super::station_row::{StationRow, row};
use crate::dataset::Dataset;
use crate::domain::civil::CivilTime;
use crate::domain::fix::{Locating, OLD_MINUTES};
use crate::domain::nearest::Filter;
use crate::domain::opening::Opening;
use crate::domain::position::{LonLat, Metres};
use crate::domain::ranking::{
    FARTHER_MINUTES, OpenWish, Question, REACH_MINUTES, Ranked, Tier, keep_first,
};
use crate::domain::travel::Travel;

/// The longest tier that a list shows, in rows.
pub(super) const ROWS: usize = 12;

/// How many rows of a tier are shown at most. Tiers that are no first choice only show that
/// such stations exist: each row costs a slow phone time between a tap and the paint.
fn rows_of(tier: Tier) -> usize {
    match tier {
        Tier::All | Tier::Open => ROWS,
        Tier::Unknown | Tier::Doubtful => 6,
        Tier::Makeshift
        | Tier::OpensSoon
        | Tier::OpenFarther
        | Tier::Reported
        | Tier::OtherSide => 4,
    }
}

/// A fix less accurate than this may rank the wrong station first.
pub(super) const INACCURATE_M: f64 = 300.0;

/// A fix at least as accurate as this counts as exact, however close two stations are.
const EXACT_M: f64 = 50.0;

/// Another station replaces the one in the hero only if it is better by this many minutes,
/// plus the minutes that the fix is inaccurate by.
const MARGIN_MINUTES: f64 = 1.0;

/// The margin never grows beyond this.
const MOST_MARGIN_MINUTES: f64 = 5.0;

/// The list screen.
#[derive(Clone, Debug, PartialEq)]
pub struct NearbyScreen {
    /// The origin in words: 方泰新公厕附近.
    pub near: String,
    /// The label of the button that changes the origin.
    pub change_place: String,
    /// The notices above the hero.
    pub notices: Vec<Notice>,
    /// The station to go to; none if no station qualifies.
    pub hero: Option<Hero>,
    /// The other stations.
    pub sections: Vec<RowSection>,
    /// The age of the data.
    pub data_age: DataAge,
    /// The modes of travel; empty once the rider has chosen one.
    pub travel: Vec<Chip>,
    /// The filters beside the button of the filter sheet.
    pub chips: Vec<Chip>,
    /// The names of the active filters.
    pub active: Vec<String>,
    /// The fragment without filters; none if no filter is active.
    pub clear: Option<String>,
    /// Whether closed stations are left out.
    pub leaves_shut_out: bool,
    /// The fragment of the list with closed stations.
    pub show_all: String,
    /// Whether to offer to put the page on the home screen.
    pub can_install: bool,
    /// Whether the origin is the device's position, not one from the address.
    pub is_live: bool,
}

/// Rows below a title.
#[derive(Clone, Debug, PartialEq)]
pub struct RowSection {
    /// The title.
    pub title: String,
    /// The note beside it.
    pub note: String,
    /// The rows, never empty.
    pub rows: Vec<StationRow>,
}

/// The cells that the screen needs and that are not loaded: indices into the manifest,
/// nearest first.
#[must_use]
pub fn cells_needed(input: &ScreenInput<'_>) -> Vec<usize> {
    let Some(dataset) = input.dataset() else {
        return Vec::new();
    };
    if input.address.station.is_some() || input.address.area.is_some() {
        return dataset.missing();
    }
    let travel = dataset.manifest.travel.by(input.mode());
    let reach = travel.reach(f64::from(FARTHER_MINUTES));
    let origin = input.origin();
    origin.map_or_else(Vec::new, |origin| dataset.missing_near(origin, reach))
}

/// Those of the [`cells_needed`] without which the hero may still change; the others can load
/// after the first paint.
#[must_use]
pub fn cells_needed_first(input: &ScreenInput<'_>) -> Vec<usize> {
    let mut needed = cells_needed(input);
    if let (false, true, Some(dataset), Some(origin)) = (
        needed.is_empty(),
        is_list(input),
        input.dataset(),
        input.origin(),
    ) {
        let filter = input.address.filter();
        let question = Question {
            limit: 1,
            ..input.question(dataset, origin, &filter)
        };
        let reach = question.reach_of_first(&dataset.stations);
        let near = dataset.missing_near(origin, reach);
        needed.retain(|cell| near.contains(cell));
    }
    needed
}

/// The stations of each tier that the list shows, best tier first.
type Tiers<'a> = Vec<(Tier, Vec<Ranked<'a>>)>;

/// The hero, and what the ranking leaves for the rows.
struct Choice<'a> {
    hero: Option<Hero>,
    /// The stations without the hero's.
    rest: Tiers<'a>,
    /// The inaccuracy of the fix, if it may rank the wrong station first.
    uncertainty: Option<Metres>,
}

fn choose<'a>(
    input: &'a ScreenInput<'_>,
    dataset: &'a Dataset,
    origin: LonLat,
    filter: &'a Filter,
) -> Choice<'a> {
    let question = input.question(dataset, origin, filter);
    let travel = question.travel;
    let mut ranked = question.ranked(&dataset.stations);
    if let Some(before) = input.first_before {
        keep_first(&mut ranked, before, margin(input, travel));
    }
    let uncertainty = uncertainty(input, &ranked);
    let mut tiers: Tiers<'_> = Tier::of_wish(question.open)
        .iter()
        .map(|tier| {
            let members = ranked.iter().filter(|ranked| ranked.tier == *tier);
            (*tier, members.copied().collect())
        })
        .collect();
    let to_hero = |ranked: &Ranked<'_>, opens_first| {
        let hero = hero(input, dataset, ranked, origin, opens_first);
        with_uncertainty(hero, ranked, uncertainty, travel, input.words)
    };
    let chosen = if let Some((tier, first)) = take_best(&mut tiers) {
        Some(Hero {
            nearer: nearer(input, &ranked, &first),
            ..to_hero(&first, tier == Tier::OpensSoon)
        })
    } else if let Some(first) = first_to_open(input, dataset, question) {
        Some(to_hero(&first, true))
    } else {
        take_reported(&mut tiers).map(|first| to_hero(&first, false))
    };
    Choice {
        hero: chosen,
        rest: tiers,
        uncertainty,
    }
}

/// Takes the first station of the first tier that a hero may come from.
fn take_best<'a>(tiers: &mut Tiers<'a>) -> Option<(Tier, Ranked<'a>)> {
    let is_candidate =
        |(tier, members): &&mut (Tier, Vec<_>)| is_near(*tier) && !members.is_empty();
    let (tier, members) = tiers.iter_mut().find(is_candidate)?;
    let index = match tier {
        // The hero calls it the first to open, so the opening time decides.
        Tier::OpensSoon => index_of_first_to_open(members),
        Tier::All
        | Tier::Open
        | Tier::Unknown
        | Tier::Makeshift
        | Tier::Doubtful
        | Tier::OpenFarther
        | Tier::Reported
        | Tier::OtherSide => 0,
    };
    Some((*tier, members.remove(index)))
}

/// Where the rider wants stations that are open on arrival and none is: the one within reach
/// that opens first.
fn first_to_open<'a>(
    input: &ScreenInput<'_>,
    dataset: &'a Dataset,
    question: Question<'a>,
) -> Option<Ranked<'a>> {
    if question.open != OpenWish::Arrival {
        return None;
    }
    let all = Question {
        open: OpenWish::Any,
        limit: 50,
        ..question
    };
    all.ranked(&dataset.stations)
        .into_iter()
        .filter(|ranked| ranked.tier == Tier::All && ranked.minutes <= REACH_MINUTES)
        .filter(|ranked| !input.doubted.contains(&ranked.station.id))
        .filter_map(|ranked| Some((opening_time(&ranked)?, ranked)))
        .min_by_key(|(opens, ranked)| (*opens, ranked.fitness, ranked.minutes))
        .map(|(_, ranked)| ranked)
}

/// Takes the first station that was reported locked or gone, unless an open one is listed
/// farther away.
fn take_reported<'a>(tiers: &mut Tiers<'a>) -> Option<Ranked<'a>> {
    let has =
        |wanted: Tier, (tier, members): &(Tier, Vec<_>)| *tier == wanted && !members.is_empty();
    if tiers.iter().any(|tier| has(Tier::OpenFarther, tier)) {
        return None;
    }
    let reported = tiers.iter_mut().find(|tier| has(Tier::Reported, tier));
    reported.map(|(_, members)| members.remove(0))
}

/// The list screen down to the hero, without rows: the first paint.
pub(super) fn nearby_above_rows(
    input: &ScreenInput<'_>,
    dataset: &Dataset,
    origin: LonLat,
) -> NearbyScreen {
    let filter = input.address.filter();
    above_rows(input, dataset, choose(input, dataset, origin, &filter))
}

fn above_rows(input: &ScreenInput<'_>, dataset: &Dataset, choice: Choice<'_>) -> NearbyScreen {
    let (words, address) = (input.words, input.address);
    let Choice {
        hero,
        rest,
        uncertainty,
    } = choice;
    let mut notices = notices(input, dataset);
    let is_filtered = is_filtered(address);
    let has_rows = rest.iter().any(|(_, members)| !members.is_empty());
    if hero.is_none() && (is_filtered || !has_rows) {
        // In the place of the hero, so before all other notices.
        notices.insert(0, no_hero_notice(input, has_rows));
    }
    let (mut near, mut change_place) = near_words(input);
    let fix = input.live_fix();
    let is_old = fix.is_some_and(|fix| input.age_minutes(fix) >= OLD_MINUTES);
    if let Some(uncertainty) = uncertainty.filter(|_| !is_old) {
        near = (words.rough_position)(&sentences::distance(uncertainty, words));
        change_place = (words.change_place)(&near);
    }
    NearbyScreen {
        near,
        change_place,
        notices,
        hero,
        sections: Vec::new(),
        data_age: DataAge::default(),
        travel: Vec::new(),
        chips: Vec::new(),
        active: active_filters(input),
        clear: (is_filtered || address.open.unwrap_or_default() != OpenWish::Arrival).then(|| {
            Address {
                open: None,
                ..address.of_list().without_filter()
            }
            .to_fragment()
        }),
        leaves_shut_out: false,
        show_all: String::new(),
        can_install: false,
        is_live: address.at.is_none(),
    }
}

/// Says that no station qualifies, and offers to drop the filters or to choose another place.
fn no_hero_notice(input: &ScreenInput<'_>, has_rows: bool) -> Notice {
    let (words, address) = (input.words, input.address);
    if is_filtered(address) {
        let cleared = address.of_list().without_filter();
        let title = if has_rows {
            words.none_near_matches
        } else {
            words.nothing_matches
        };
        return Notice {
            link: Some((words.drop_filters.to_owned(), cleared.to_fragment())),
            ..Notice::new(Icon::Filter, title.to_owned())
        };
    }
    let pick = address.of_list().with_view(Some(View::Pick));
    Notice {
        note: words.nothing_here_note.to_owned(),
        link: Some((words.choose_place.to_owned(), pick.to_fragment())),
        ..Notice::new(Icon::Location, words.nothing_here.to_owned())
    }
}

/// The list screen.
pub(super) fn nearby(input: &ScreenInput<'_>, dataset: &Dataset, origin: LonLat) -> NearbyScreen {
    let address = input.address;
    let filter = address.filter();
    let choice = choose(input, dataset, origin, &filter);
    NearbyScreen {
        sections: sections(input, dataset, origin, &choice.rest),
        data_age: data_age(input, dataset),
        travel: ask_travel(input),
        chips: chips(input, dataset, input.season()),
        can_install: input.can_install && !address.embed,
        leaves_shut_out: address.open.unwrap_or_default() != OpenWish::Any,
        show_all: Address {
            open: Some(OpenWish::Any),
            ..address.of_list()
        }
        .to_fragment(),
        ..above_rows(input, dataset, choice)
    }
}

/// The rows of the tiers; neighbouring tiers with the same title share a section.
fn sections(
    input: &ScreenInput<'_>,
    dataset: &Dataset,
    origin: LonLat,
    tiers: &Tiers<'_>,
) -> Vec<RowSection> {
    let words = input.words;
    let to_row = |ranked: &Ranked<'_>| row(input, dataset, ranked.station, Some((origin, *ranked)));
    let mut sections: Vec<RowSection> = Vec::new();
    for (tier, members) in tiers {
        let (title, note) = match tier {
            Tier::All => (words.then, words.by_distance_note),
            Tier::Open => (words.then, words.then_note),
            Tier::Unknown | Tier::Doubtful => (words.unknown_section, words.unknown_section_note),
            Tier::Makeshift => (words.makeshift_section, words.makeshift_section_note),
            Tier::OpensSoon => (words.soon_section, words.then_note),
            Tier::OpenFarther => (words.far_section, words.then_note),
            Tier::Reported => (words.reported_section, ""),
            Tier::OtherSide => (words.other_side_section, words.other_side_section_note),
        };
        let rows = members.iter().take(rows_of(*tier)).map(to_row);
        match sections.last_mut().filter(|last| last.title == title) {
            Some(last) => last.rows.extend(rows),
            None => sections.push(RowSection {
                title: title.to_owned(),
                note: note.to_owned(),
                rows: rows.collect(),
            }),
        }
    }
    sections.retain(|section| !section.rows.is_empty());
    sections
}

/// By how many minutes another station must be better to replace the one in the hero.
fn margin(input: &ScreenInput<'_>, travel: Travel) -> f64 {
    let fix = input.live_fix();
    let doubt = fix.map_or(0.0, |fix| travel.minutes(fix.accuracy));
    (MARGIN_MINUTES + doubt).min(MOST_MARGIN_MINUTES)
}

/// The inaccuracy of the fix, if it is large, or larger than the difference in distance of
/// the first two stations.
fn uncertainty(input: &ScreenInput<'_>, ranked: &[Ranked<'_>]) -> Option<Metres> {
    let accuracy = input.live_fix()?.accuracy;
    let apart_m = match ranked {
        [first, second, ..] => (first.distance.0 - second.distance.0).abs(),
        [_] | [] => f64::INFINITY,
    };
    let is_rough = accuracy.0 > INACCURATE_M || accuracy.0 > EXACT_M && accuracy.0 > apart_m;
    is_rough.then_some(accuracy)
}

/// The time at which a station opens that is closed on arrival.
fn opening_time(ranked: &Ranked<'_>) -> Option<CivilTime> {
    match ranked.on_arrival {
        Opening::Closed { opens, .. } => opens,
        Opening::Open { .. } | Opening::ClosingSoon { .. } | Opening::Unknown(_) => None,
    }
}

/// The index of the station that opens first; of the nearer one if two open at the same time.
fn index_of_first_to_open(members: &[Ranked<'_>]) -> usize {
    let indices = 0..members.len();
    let first = indices.min_by_key(|index| opening_time(&members[*index]));
    first.unwrap_or(0)
}

/// The origin in words, and the label of the button that changes it.
pub(super) fn near_words(input: &ScreenInput<'_>) -> (String, String) {
    let words = input.words;
    let near = match (input.address.at, input.address.place.as_str()) {
        (None, _) => match input.locating {
            Locating::Remembered(place) => {
                sentences::last_place(input.unix_minute - place.minute, words)
            }
            Locating::Found(fix) if input.age_minutes(fix) >= OLD_MINUTES => {
                sentences::last_place(input.age_minutes(fix), words)
            }
            Locating::Found(_)
            | Locating::NotAsked
            | Locating::Asking
            | Locating::Unanswered
            | Locating::Failed(_) => words.my_position.to_owned(),
        },
        (Some(_), "") => words.given_position.to_owned(),
        (Some(_), place) => {
            let change = (words.change_place)(&(words.near)(place));
            return ((words.near)(&shortened(place)), change);
        }
    };
    let change = (words.change_place)(&near);
    (near, change)
}

/// A name cut so that it fits beside the season switch.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 13;
    let end = name.char_indices().nth(LONGEST).map(|(end, _)| end);
    match end.and_then(|end| name.get(..end)) {
        Some(begin) => format!("{begin}…"),
        None => name.to_owned(),
    }
}

/// Whether the hero may come from this tier.
fn is_near(tier: Tier) -> bool {
    match tier {
        Tier::All
        | Tier::Open
        | Tier::Unknown
        | Tier::Makeshift
        | Tier::Doubtful
        | Tier::OpensSoon => true,
        Tier::OpenFarther | Tier::Reported | Tier::OtherSide => false,
    }
}
