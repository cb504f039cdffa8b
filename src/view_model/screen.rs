//! The screen is a value: what to show, chosen from everything known so far.

use crate::dataset::{Dataset, Supply};
use crate::domain::civil::CivilTime;
use crate::domain::datum::Crs;
use crate::domain::decimal::fixed;
use crate::domain::fix::{Fix, FixSource, LastPlace, Locating, NoPosition};
use crate::domain::forecast::Forecasts;
use crate::domain::nearest::Filter;
use crate::domain::opening::Opening;
use crate::domain::ordering::sort_short;
use crate::domain::position::{Direction, LonLat};
use crate::domain::ranking::{FARTHER_MINUTES, Group, OpenWish, Question, REACH_MINUTES, Ranked};
use crate::domain::station::{Answer as Has, Area, Audience, Comfort, Door, Feature, Station};
use crate::domain::travel::Mode;
use crate::domain::way::Passage;

use super::action::Action;
use super::address::{Address, View};
use super::benefits::{self, Benefits, benefits};
use super::language::{Language, Words};
use super::map_link::{Destination, MapApp};
use super::offline::{failure, supply_notice};
use super::radar::{Radar, radar};
use super::reports::Reports;
use super::sentences::{self, StateWords};
use super::settings::Settings;
use super::week::{self, DayHours};

/// How many rows a list shows below the plate.
const ROWS: usize = 12;

/// How many rows a part of the list shows at most: those that are no first
/// choice only show that there are some. Each row costs a slow phone its share
/// of the time from a tap to the painted list.
fn rows_of(group: Group) -> usize {
    match group {
        Group::All | Group::Open | Group::ClosingSoon => ROWS,
        Group::Unknown => 6,
        Group::OpensSoon | Group::OpenFarther | Group::OtherSide => 4,
    }
}

/// A fix worse than this may name the wrong station.
const INACCURATE_M: f64 = 300.0;

/// Where the dataset is.
#[derive(Clone, Copy, Debug)]
pub enum Loaded<'a> {
    /// On its way.
    Waiting,
    /// Not to be had, and nothing kept from before.
    Failed,
    /// Here.
    Ready(&'a Dataset),
}

/// Everything that decides what is shown.
#[derive(Clone, Debug)]
pub struct Knowledge<'a> {
    /// The stations.
    pub data: Loaded<'a>,
    /// Where the device says the person is.
    pub locating: Locating,
    /// What the page's address says.
    pub address: &'a Address,
    /// The time now, in the dataset's zone, and what doors do from then on.
    pub forecasts: &'a Forecasts,
    /// How far the phone's clock is ahead of the network's time, if it is known
    /// to be off. The phone's time counts all the same: who set it wrong on
    /// purpose wants it so, and who did not is told.
    pub clock_ahead_minutes: Option<i64>,
    /// Where the person was found last, if the phone remembers.
    pub last_place: Option<LastPlace>,
    /// The time now, in whole minutes since the Unix epoch.
    pub unix_minute: i64,
    /// What this phone said of stations.
    pub reports: &'a Reports,
    /// The stations of these that stand back for a day.
    pub doubted: &'a [String],
    /// Whether the device says that there is no network.
    pub is_offline: bool,
    /// How the stations reached this phone.
    pub supply: Supply,
    /// Whether the browser offers to put the page on the home screen.
    pub can_install: bool,
    /// Whether this is a device of Apple's, outside WeChat: its maps open from here.
    pub has_apple_maps: bool,
    /// What the person chose for this phone.
    pub settings: Settings,
    /// The language.
    pub language: Language,
}

impl<'a> Knowledge<'a> {
    /// The time now, in the dataset's zone.
    #[must_use]
    pub fn now(&self) -> CivilTime {
        self.forecasts.now()
    }

    /// How the person travels.
    pub(super) fn mode(&self) -> Mode {
        self.address.travel.unwrap_or_default()
    }

    /// What the person asks for.
    pub(super) fn question<'b>(
        &self,
        dataset: &'b Dataset,
        origin: LonLat,
        filter: &'b Filter,
    ) -> Question<'b>
    where
        'a: 'b,
    {
        Question {
            origin,
            forecasts: self.forecasts,
            travel: dataset.manifest.travel.by(self.mode()),
            barriers: &dataset.manifest.barriers,
            filter,
            season: season(self.address, self.now()),
            open: self.address.open.unwrap_or_default(),
            doubted: self.doubted,
            limit: ROWS + 1,
        }
    }
}

/// What the page shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Screen {
    /// Nothing is known of the person yet.
    FirstVisit(Places),
    /// The device is asked for the position.
    Locating(Places),
    /// There is no position, and the page works all the same.
    NoPosition(NoPosition, Places),
    /// The list of stations is on its way, and nothing can be shown without it.
    Loading,
    /// There is no list of stations, or not of this place.
    DataFailed(Failure),
    /// The place picker.
    Pick(Places),
    /// The nearest station, and the next ones.
    Answer(Box<Answer>),
    /// Where the stations lie around.
    Radar(Box<Radar>),
    /// What the publisher runs beside its stations.
    Benefits(Benefits),
    /// The stations of a district, in no order of distance.
    District(District),
    /// All that is known of one station.
    Station(Box<StationPage>),
    /// A station that is not in the list (any more).
    StationGone,
}

impl Screen {
    /// The name in `data-screen`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::FirstVisit(_) => "first-visit",
            Self::Locating(_) => "locating",
            Self::NoPosition(..) => "no-position",
            Self::Loading => "loading",
            Self::DataFailed(_) => "data-failed",
            Self::Pick(_) => "pick",
            Self::Answer(_) => "answer",
            Self::Radar(_) => "radar",
            Self::Benefits(_) => "benefits",
            Self::District(_) => "district",
            Self::Station(_) => "station",
            Self::StationGone => "station-gone",
        }
    }
}

/// The districts that can be chosen; empty while the list is on its way.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Places {
    /// The districts, with how many stations each lists, and its link.
    pub districts: Vec<Place>,
    /// Whether the stations are examples.
    pub is_demo: bool,
    /// Where the person was found last and when, in words; empty for never.
    pub last: String,
    /// The two ways to read what the device says, each by the station that it
    /// would be next to; empty where the device said nothing.
    pub readings: Vec<Reading>,
}

/// One way to read what the device says.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it would be next to.
    pub label: String,
    /// Whether it is read like that.
    pub is_on: bool,
    /// The reference system.
    pub crs: Crs,
}

/// A place that can be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What it is called.
    pub name: String,
    /// How many stations, or the address.
    pub note: String,
    /// Where the link leads.
    pub href: String,
}

/// Why there is nothing to show.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What is.
    pub title: String,
    /// What to do.
    pub note: String,
}

/// A word to the person, above the list.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Notice {
    /// The sign (`markup`).
    pub icon: &'static str,
    /// What is.
    pub title: String,
    /// What to do.
    pub note: String,
    /// Whether it is a warning.
    pub is_warning: bool,
    /// A link: words and where it leads.
    pub link: Option<(String, String)>,
    /// A button: words and what it does.
    pub act: Option<(&'static str, Action)>,
}

/// The answer to "where do I go".
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Where the person is, in words: 方泰新公厕附近.
    pub near: String,
    /// The same as a label for the button that changes it.
    pub change_place: String,
    /// Bad news, above the plate.
    pub notices: Vec<Notice>,
    /// The plate.
    pub hero: Option<Hero>,
    /// The next ones.
    pub sections: Vec<Section>,
    /// Good news, below the plate.
    pub data_age: DataAge,
    /// The filters that can be tapped without opening the sheet.
    pub chips: Vec<Chip>,
    /// Whether shut stations are left out, which is then said.
    pub leaves_shut_out: bool,
    /// The link that shows them too.
    pub show_all: String,
    /// Whether the browser offers to put the page on the home screen.
    pub can_install: bool,
    /// Whether the place is where the device says the person is.
    pub is_live: bool,
}

/// A filter that is on or off, and the link that changes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    /// The sign; empty for none.
    pub icon: &'static str,
    /// The words.
    pub label: String,
    /// Whether it is on.
    pub is_on: bool,
    /// The address with it the other way round.
    pub href: String,
}

/// How old the data is.
#[derive(Clone, Debug, PartialEq)]
pub struct DataAge {
    /// 今天 6:00 的数据
    pub words: String,
    /// Whether the stations are examples.
    pub is_demo: bool,
}

/// Some rows under a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// What it means.
    pub note: String,
    /// The rows, never empty.
    pub rows: Vec<StationRow>,
}

/// What tests and other programs hold on to.
#[derive(Clone, Debug, PartialEq)]
pub struct StationData {
    /// The station's id.
    pub id: String,
    /// The state of its door on arrival (now, where nobody knows how far it is).
    pub state: &'static str,
    /// Great-circle metres, rounded.
    pub distance_m: Option<String>,
    /// Estimated minutes of travel.
    pub minutes: Option<u32>,
}

/// One station in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct StationRow {
    /// For attributes.
    pub data: StationData,
    /// The name.
    pub name: String,
    /// The state in words.
    pub state: String,
    /// What else matters, at most three facts.
    pub facts: Vec<String>,
    /// Where its arrow points, degrees from north.
    pub bearing_deg: Option<i32>,
    /// Its page.
    pub href: String,
}

/// Something a station offers, as a sign with a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Amenity {
    /// The sign.
    pub icon: &'static str,
    /// The word.
    pub label: String,
    /// Whether it is known to be there.
    pub is_known: bool,
}

/// The plate: the one station to go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Hero {
    /// For attributes.
    pub data: StationData,
    /// The strip.
    pub state: StateWords,
    /// The name.
    pub name: String,
    /// Address, floor, landmark.
    pub place: Vec<String>,
    /// How far and which way.
    pub way: Vec<String>,
    /// The direction alone, for the dial's label.
    pub direction: String,
    /// Where the arrow points, degrees from north.
    pub bearing_deg: i32,
    /// Minutes of travel; the opening time where nothing is open.
    pub big: BigNumber,
    /// How the door opens: sign and words.
    pub door: (&'static str, String),
    /// For whom; empty if nobody said.
    pub audience: String,
    /// Four things it offers, those of the season first.
    pub amenities: Vec<Amenity>,
    /// The button.
    pub go: Go,
    /// Its page.
    pub href: String,
    /// What is read aloud.
    pub spoken: String,
}

/// The large figure on the plate.
#[derive(Clone, Debug, PartialEq)]
pub enum BigNumber {
    /// Minutes of travel.
    Minutes(u32),
    /// When it opens.
    Opens(String),
}

/// The foot of the plate.
#[derive(Clone, Debug, PartialEq)]
pub struct Go {
    /// To the map app; none where the position is not known.
    pub href: Option<String>,
    /// The station's id.
    pub station: String,
    /// What the button says.
    pub label: &'static str,
    /// Hollow: think first.
    pub is_hollow: bool,
    /// To ring them first.
    pub call: Option<String>,
}

/// A map app that may show the way.
#[derive(Clone, Debug, PartialEq)]
pub struct MapChoice {
    /// The app.
    pub app: MapApp,
    /// What it is called.
    pub label: &'static str,
    /// Where it shows the way.
    pub href: String,
    /// Whether it is the person's.
    pub is_on: bool,
}

/// The stations of a district.
#[derive(Clone, Debug, PartialEq)]
pub struct District {
    /// Its name.
    pub name: String,
    /// Bad news.
    pub notices: Vec<Notice>,
    /// Its stations: open ones first, then the others, those without a
    /// position last.
    pub sections: Vec<Section>,
    /// How old the data is.
    pub data_age: DataAge,
}

/// One line of a station's page.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The sign.
    pub icon: &'static str,
    /// What it is about.
    pub label: String,
    /// The answer.
    pub answer: String,
    /// `yes`, `no` or `unknown`.
    pub has: &'static str,
}

/// All that is known of a station.
#[derive(Clone, Debug, PartialEq)]
pub struct StationPage {
    /// For attributes.
    pub data: StationData,
    /// The name.
    pub name: String,
    /// Address, floor, landmark.
    pub place: Vec<String>,
    /// The strip.
    pub state: StateWords,
    /// How far and which way; empty if nobody knows where the person is.
    pub way: Vec<String>,
    /// The hours as printed; empty if none.
    pub hours: String,
    /// The hours of the week, as far as they were understood.
    pub week: Vec<DayHours>,
    /// The open minutes of today, and the minute now.
    pub today: Option<(Vec<(u16, u16)>, u16)>,
    /// What the publisher runs here.
    pub benefits: Vec<String>,
    /// What this person said of it, and what became of that.
    pub reported: Vec<String>,
    /// The same, to be handed on where it is not sent; empty if nothing was said.
    pub report_text: String,
    /// What is read aloud.
    pub spoken: String,
    /// How to get in, and what else was said.
    pub facts: Vec<Fact>,
    /// What it offers.
    pub amenities: Vec<Amenity>,
    /// What it is known not to offer.
    pub absent: Vec<String>,
    /// The button.
    pub go: Go,
    /// The map apps, for who wants another one.
    pub maps: Vec<MapChoice>,
    /// What is copied.
    pub address: String,
    /// The list around this station; none where its position is not known.
    pub from_here: Option<String>,
    /// When somebody checked it, and where the row comes from.
    pub provenance: Vec<String>,
    /// How old the data is.
    pub data_age: DataAge,
    /// Back to the list.
    pub back: String,
}

/// Chooses the screen from everything that is known so far.
#[must_use]
pub fn screen(known: &Knowledge<'_>) -> Screen {
    let Knowledge { data, address, .. } = known;
    let dataset = match data {
        Loaded::Ready(dataset) => Some(*dataset),
        Loaded::Waiting | Loaded::Failed => None,
    };
    let missing = || match data {
        Loaded::Ready(_) if known.supply.cells_fault.is_none() => Screen::Loading,
        Loaded::Waiting => Screen::Loading,
        Loaded::Failed | Loaded::Ready(_) => Screen::DataFailed(failure(known)),
    };
    if address.view == Some(View::Pick) {
        return Screen::Pick(places(known));
    }
    if address.view == Some(View::Benefits) {
        return match dataset {
            // Its file is on its way.
            Some(dataset)
                if dataset.programmes.is_empty() && dataset.manifest.programmes.is_some() =>
            {
                missing()
            }
            Some(dataset) => Screen::Benefits(benefits(known, dataset)),
            None => missing(),
        };
    }
    if let (Some(View::Radar), Some(_)) = (address.view, origin(known)) {
        return match (dataset, origin(known)) {
            (Some(dataset), Some(origin)) if cells_needed(known).is_empty() => {
                Screen::Radar(Box::new(radar(known, dataset, origin)))
            }
            _ => missing(),
        };
    }
    if let Some(id) = &address.station {
        let Some(dataset) = dataset else {
            return missing();
        };
        return match dataset.stations.iter().find(|station| station.id == *id) {
            Some(station) => Screen::Station(Box::new(station_page(known, dataset, station))),
            None if dataset.missing().is_empty() => Screen::StationGone,
            // It may be in a cell that is on its way.
            None => missing(),
        };
    }
    if let Some(area) = &address.area {
        let Some(dataset) = dataset else {
            return missing();
        };
        if !dataset.missing().is_empty() {
            return missing();
        }
        return Screen::District(district(known, dataset, area));
    }
    match (origin(known), known.locating) {
        (Some(origin), _) => match dataset {
            Some(_) if !cells_needed(known).is_empty() => missing(),
            Some(dataset) => Screen::Answer(Box::new(answer(known, dataset, origin))),
            None => missing(),
        },
        (None, Locating::Asking) => Screen::Locating(places(known)),
        (None, Locating::Failed(reason)) => Screen::NoPosition(reason, places(known)),
        (None, Locating::NotAsked | Locating::Found(_) | Locating::Remembered(_)) => match data {
            Loaded::Failed => missing(),
            Loaded::Waiting | Loaded::Ready(_) => Screen::FirstVisit(places(known)),
        },
    }
}

/// The cells that are not here yet, and without which the screen cannot be
/// final, by their places in the manifest, nearest first.
#[must_use]
pub fn cells_needed(known: &Knowledge<'_>) -> Vec<usize> {
    let Loaded::Ready(dataset) = known.data else {
        return Vec::new();
    };
    if known.address.station.is_some() || known.address.area.is_some() {
        return dataset.missing();
    }
    let travel = dataset.manifest.travel.by(known.mode());
    let reach = travel.reach(f64::from(FARTHER_MINUTES));
    origin(known).map_or_else(Vec::new, |origin| dataset.missing_near(origin, reach))
}

/// The season that the address asks for, or that of the date.
#[must_use]
pub fn season(address: &Address, now: CivilTime) -> Comfort {
    address.season.unwrap_or_else(|| Comfort::of_day(now.day()))
}

pub(super) fn origin(known: &Knowledge<'_>) -> Option<LonLat> {
    known.address.at.or(match known.locating {
        Locating::Found(fix) => Some(fix.position),
        Locating::Remembered(place) => Some(place.position),
        Locating::NotAsked | Locating::Asking | Locating::Failed(_) => None,
    })
}

#[inline(never)]
fn places(known: &Knowledge<'_>) -> Places {
    let last = known.last_place.map_or_else(String::new, |place| {
        sentences::last_place(known.unix_minute - place.minute, known.language.words())
    });
    let Loaded::Ready(dataset) = known.data else {
        return Places {
            last,
            ..Places::default()
        };
    };
    let manifest = &dataset.manifest;
    let words = known.language.words();
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
                href: known.address.with_area(area).to_fragment(),
            }
        })
        .collect();
    Places {
        districts,
        is_demo: manifest.is_demo,
        last,
        readings: readings(known, dataset),
    }
}

fn readings(known: &Knowledge<'_>, dataset: &Dataset) -> Vec<Reading> {
    let Locating::Found(fix) = known.locating else {
        return Vec::new();
    };
    if fix.source != FixSource::Device {
        return Vec::new();
    }
    let words = known.language.words();
    let read = known.settings.device_crs;
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

fn area_name(area: &Area, with_city: bool) -> String {
    match (area.district.as_str(), area.city.as_str()) {
        ("", city) => city.to_owned(),
        (district, city) if with_city && !city.is_empty() => format!("{city} {district}"),
        (district, _) => district.to_owned(),
    }
}

/// At most so many places are listed for what somebody types.
const FOUND_PLACES: usize = 20;

/// The stations whose name or address holds what somebody typed, or whose name
/// has these letters as the initials of its characters, as `initials` tells
/// them; where the position is known the link starts a list from there.
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
        .take(FOUND_PLACES)
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

fn answer(known: &Knowledge<'_>, dataset: &Dataset, origin: LonLat) -> Answer {
    let words = known.language.words();
    let address = known.address;
    let filter = address.filter();
    let is_filtered = filter != Filter::default();
    let question = known.question(dataset, origin, &filter);
    let wish = question.open;
    let ranked = question.ranked(&dataset.stations);
    let mut notices = notices(known, dataset);
    let mut groups: Vec<(Group, Vec<Ranked<'_>>)> = Group::of_wish(wish)
        .iter()
        .map(|group| {
            let members = ranked.iter().filter(|ranked| ranked.group == *group);
            (*group, members.copied().collect())
        })
        .collect();
    let comfort = season(address, known.now());
    let shown = |ranked: &Ranked<'_>| row(known, dataset, ranked.station, Some((origin, *ranked)));

    // The first of the first group is the answer; where nothing near is open,
    // the one that opens first.
    let mut hero = None;
    if let Some((group, members)) = groups
        .iter_mut()
        .find(|(group, members)| is_near(*group) && !members.is_empty())
    {
        let first = members.remove(0);
        hero = Some(plate(
            known,
            dataset,
            &first,
            origin,
            comfort,
            *group == Group::OpensSoon,
        ));
    }
    if hero.is_none() && wish == OpenWish::Arrival {
        let all = Question {
            open: OpenWish::Any,
            limit: 50,
            ..question
        };
        let all = all.ranked(&dataset.stations);
        let opening = all
            .iter()
            .filter(|r| r.group == Group::All && r.minutes <= REACH_MINUTES)
            .filter_map(|r| match r.on_arrival {
                Opening::Closed {
                    opens: Some(opens), ..
                } => Some((opens, r)),
                Opening::Closed { opens: None, .. }
                | Opening::Open { .. }
                | Opening::ClosingSoon { .. }
                | Opening::Unknown(_) => None,
            })
            .min_by_key(|(opens, r)| (*opens, r.minutes));
        hero = opening.map(|(_, first)| plate(known, dataset, first, origin, comfort, true));
    }
    let sections: Vec<Section> = groups
        .into_iter()
        .filter(|(_, members)| !members.is_empty())
        .map(|(group, members)| {
            let (title, note) = match group {
                Group::All => (words.then, words.by_distance_note),
                Group::Open => (words.then, words.then_note),
                Group::ClosingSoon => (words.closing_section, words.closing_section_note),
                Group::Unknown => (words.unknown_section, words.unknown_section_note),
                Group::OpensSoon => (words.soon_section, words.then_note),
                Group::OpenFarther => (words.far_section, words.then_note),
                Group::OtherSide => (words.other_side_section, words.other_side_section_note),
            };
            let rows = rows_of(group);
            Section {
                title: title.to_owned(),
                note: note.to_owned(),
                rows: members.iter().take(rows).map(shown).collect(),
            }
        })
        .collect();
    if hero.is_none() && sections.is_empty() {
        let (title, note, link) = if is_filtered {
            let cleared = address.of_list().without_filter();
            let link = (words.drop_filters.to_owned(), cleared.to_fragment());
            (words.nothing_matches, String::new(), link)
        } else {
            let pick = address.of_list().with_view(Some(View::Pick));
            let link = (words.choose_place.to_owned(), pick.to_fragment());
            (words.nothing_here, words.nothing_here_note.to_owned(), link)
        };
        notices.push(Notice {
            icon: if is_filtered { "filter" } else { "location" },
            title: title.to_owned(),
            note,
            is_warning: false,
            link: Some(link),
            ..Notice::default()
        });
    }
    let (near, change_place) = near_words(known);
    Answer {
        near,
        change_place,
        notices,
        hero,
        sections,
        data_age: data_age(known, dataset),
        chips: chips(known, dataset, comfort),
        can_install: known.can_install && !address.embed,
        is_live: address.at.is_none(),
        leaves_shut_out: wish != OpenWish::Any,
        show_all: Address {
            open: Some(OpenWish::Any),
            ..address.of_list()
        }
        .to_fragment(),
    }
}

/// Where the person is, in words, and the same for the button that changes it.
pub(super) fn near_words(known: &Knowledge<'_>) -> (String, String) {
    let words = known.language.words();
    let near = match (known.address.at, known.address.place.as_str()) {
        (None, _) => match known.locating {
            Locating::Remembered(place) => {
                sentences::last_place(known.unix_minute - place.minute, words)
            }
            _ => words.my_position.to_owned(),
        },
        (Some(_), "") => words.given_position.to_owned(),
        (Some(_), place) => (words.near)(place),
    };
    let change = (words.change_place)(&near);
    (near, change)
}

/// Whether a station of this group can be the answer.
fn is_near(group: Group) -> bool {
    match group {
        Group::All | Group::Open | Group::ClosingSoon | Group::Unknown | Group::OpensSoon => true,
        Group::OpenFarther | Group::OtherSide => false,
    }
}

/// Bad news that concerns every list.
pub(super) fn notices(known: &Knowledge<'_>, dataset: &Dataset) -> Vec<Notice> {
    let words = known.language.words();
    let mut notices = Vec::new();
    for part in &known.address.not_understood {
        notices.push(Notice {
            icon: "info",
            title: words.odd_link.to_owned(),
            note: (words.odd_link_note)(part),
            is_warning: false,
            ..Notice::default()
        });
    }
    notices.extend(supply_notice(known, dataset));
    if let Some(days) = stale_days(known, dataset) {
        notices.push(Notice {
            icon: "clock",
            title: (words.stale)(days),
            note: words.stale_note.to_owned(),
            is_warning: true,
            ..Notice::default()
        });
    }
    if let Some(minutes) = known.clock_ahead_minutes {
        let (title, note) = sentences::clock_off(minutes, words);
        notices.push(Notice {
            icon: "clock",
            title,
            note: note.to_owned(),
            is_warning: true,
            ..Notice::default()
        });
    }
    if let (Locating::Found(fix), None) = (known.locating, known.address.at)
        && fix.accuracy.0 > INACCURATE_M
    {
        notices.push(Notice {
            icon: "compass",
            title: (words.inaccurate)(&sentences::distance(fix.accuracy, words)),
            note: words.inaccurate_note.to_owned(),
            is_warning: false,
            ..Notice::default()
        });
    }
    notices
}

pub(super) fn data_age(known: &Knowledge<'_>, dataset: &Dataset) -> DataAge {
    DataAge {
        words: sentences::data_age(
            dataset.manifest.built_at,
            known.now(),
            known.language.words(),
        ),
        is_demo: dataset.manifest.is_demo,
    }
}

/// The features worth a chip in a season: those that some station has.
fn chip_features(dataset: &Dataset, comfort: Comfort) -> Vec<Feature> {
    let wanted: &[Feature] = match comfort {
        Comfort::Cool => &[
            Feature::AirConditioning,
            Feature::Cooling,
            Feature::Water,
            Feature::Charging,
            Feature::Toilet,
        ],
        Comfort::Warm => &[
            Feature::Heating,
            Feature::Warming,
            Feature::HotWater,
            Feature::Microwave,
            Feature::Water,
            Feature::Charging,
        ],
    };
    let exists = |feature: &Feature| dataset.stations.iter().any(|s| s.features.has(*feature));
    wanted.iter().copied().filter(exists).take(4).collect()
}

fn chips(known: &Knowledge<'_>, dataset: &Dataset, comfort: Comfort) -> Vec<Chip> {
    let words = known.language.words();
    let address = known.address.of_list();
    let wish = address.open.unwrap_or_default();
    let other = if wish == OpenWish::Arrival {
        OpenWish::Any
    } else {
        OpenWish::Arrival
    };
    let mut chips = vec![Chip {
        icon: "clock",
        label: words.filter_arrival.to_owned(),
        is_on: wish == OpenWish::Arrival,
        href: Address {
            open: Some(other),
            ..address.clone()
        }
        .to_fragment(),
    }];
    let features = chip_features(dataset, comfort);
    chips.extend(
        features
            .into_iter()
            .map(|feature| need_chip(&address, feature, words)),
    );
    chips
}

fn need_chip(address: &Address, feature: Feature, words: &Words) -> Chip {
    let is_on = address.needs.contains(&feature);
    let mut needs = address.needs.clone();
    if is_on {
        needs.retain(|need| *need != feature);
    } else {
        needs.push(feature);
    }
    Chip {
        icon: icon(feature),
        label: (words.feature)(feature).to_owned(),
        is_on,
        href: Address {
            needs,
            ..address.clone()
        }
        .to_fragment(),
    }
}

/// What the filter sheet offers.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Filters {
    /// Which doors.
    pub open: Vec<Chip>,
    /// What a station must have; only what some station has.
    pub needs: Vec<Chip>,
    /// The schemes.
    pub kinds: Vec<Chip>,
    /// How the person travels.
    pub travel: Vec<Chip>,
    /// For whom; empty where no station is for members only.
    pub who: Vec<Chip>,
}

/// What the filter sheet offers.
#[must_use]
#[inline(never)]
pub fn filters(known: &Knowledge<'_>) -> Filters {
    let Loaded::Ready(dataset) = known.data else {
        return Filters::default();
    };
    let words = known.language.words();
    let address = known.address;
    let wish = address.open.unwrap_or_default();
    let open = [
        (OpenWish::Arrival, words.filter_arrival),
        (OpenWish::Now, words.filter_now),
        (OpenWish::Any, words.filter_any),
    ]
    .into_iter()
    .map(|(open, label)| Chip {
        icon: "",
        label: label.to_owned(),
        is_on: wish == open,
        href: Address {
            open: Some(open),
            ..address.clone()
        }
        .to_fragment(),
    })
    .collect();
    let needs = Feature::ALL
        .into_iter()
        .filter(|feature| dataset.stations.iter().any(|s| s.features.has(*feature)))
        .map(|feature| need_chip(address, feature, words))
        .collect();
    let kinds = dataset
        .manifest
        .kinds
        .iter()
        .map(|kind| {
            let is_on = address.kinds.contains(kind);
            let mut kinds = address.kinds.clone();
            if is_on {
                kinds.retain(|known| known != kind);
            } else {
                kinds.push(kind.clone());
            }
            Chip {
                icon: "",
                label: kind.clone(),
                is_on,
                href: Address {
                    kinds,
                    ..address.clone()
                }
                .to_fragment(),
            }
        })
        .collect();
    let travel = Mode::ALL.map(|mode| Chip {
        icon: "",
        label: (words.mode)(mode).to_owned(),
        is_on: known.mode() == mode,
        href: Address {
            travel: Some(mode),
            ..address.clone()
        }
        .to_fragment(),
    });
    let for_members = |station: &Station| station.access.audience == Audience::UnionMembers;
    let who = dataset.stations.iter().any(for_members).then(|| Chip {
        icon: "",
        label: words.filter_not_members.to_owned(),
        is_on: address.not_members_only,
        href: Address {
            not_members_only: !address.not_members_only,
            ..address.clone()
        }
        .to_fragment(),
    });
    Filters {
        open,
        needs,
        kinds,
        travel: travel.into(),
        who: who.into_iter().collect(),
    }
}

pub(super) fn state_words(
    known: &Knowledge<'_>,
    dataset: &Dataset,
    station: &Station,
    ranked: Option<&Ranked<'_>>,
) -> StateWords {
    let words = known.language.words();
    let now = ranked.map_or_else(
        || {
            station
                .hours
                .state_at(known.now(), &dataset.manifest.calendar)
        },
        |ranked| ranked.now,
    );
    let arrival = ranked.map(|r| (i64::from(r.minutes), r.on_arrival));
    let mut said = sentences::state(known.now(), now, arrival, &station.hours.text, words);
    if stale_days(known, dataset).is_some() && said.state == "open" {
        words.should_be_open.clone_into(&mut said.title);
    }
    said
}

/// How old the data is, if it is older than its publisher wants it to be.
fn stale_days(known: &Knowledge<'_>, dataset: &Dataset) -> Option<i64> {
    let manifest = &dataset.manifest;
    let days = sentences::age_days(manifest.built_at, known.now());
    (days > i64::from(manifest.stale_after_days)).then_some(days)
}

fn station_data(
    station: &Station,
    state: &'static str,
    ranked: Option<&Ranked<'_>>,
) -> StationData {
    StationData {
        id: station.id.clone(),
        state,
        distance_m: ranked.map(|r| fixed(r.distance.0, 0)),
        // Nobody knows how long the way to the other bank is.
        minutes: ranked
            .filter(|r| !matches!(r.way.passage, Passage::OtherSide(..)))
            .map(|r| r.minutes),
    }
}

/// A bearing to whole degrees: finer than a row or an arrow can show.
#[expect(clippy::cast_possible_truncation, reason = "0 to 360")]
fn whole_degrees(bearing_deg: f64) -> i32 {
    bearing_deg.round() as i32
}

pub(super) fn row(
    known: &Knowledge<'_>,
    dataset: &Dataset,
    station: &Station,
    ranked: Option<(LonLat, Ranked<'_>)>,
) -> StationRow {
    let words = known.language.words();
    let said = state_words(known, dataset, station, ranked.as_ref().map(|(_, r)| r));
    let comfort = season(known.address, known.now());
    let mut facts = Vec::new();
    let relief = comfort
        .relief()
        .iter()
        .find(|feature| station.features.has(**feature));
    if let Some(feature) = relief
        .copied()
        .or_else(|| station.features.present().next())
    {
        facts.push((words.feature)(feature).to_owned());
    }
    if station.access.door != Door::Unknown {
        facts.push((words.door)(station.access.door).to_owned());
    } else if station.access.audience != Audience::Unknown {
        facts.push((words.audience)(station.access.audience).to_owned());
    }
    if let Some(said) = reported(known, dataset, station).0.into_iter().next() {
        facts = vec![said];
    }
    match &ranked {
        Some((origin, ranked)) => {
            let passage = sentences::passage(&ranked.way.passage, known.now(), words);
            if !passage.is_empty() {
                facts = passage;
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
        href: known.address.with_station(&station.id).to_fragment(),
    }
}

fn plate(
    known: &Knowledge<'_>,
    dataset: &Dataset,
    ranked: &Ranked<'_>,
    origin: LonLat,
    comfort: Comfort,
    opens_first: bool,
) -> Hero {
    let words = known.language.words();
    let station = ranked.station;
    let mut state = state_words(known, dataset, station, Some(ranked));
    let mut big = BigNumber::Minutes(ranked.minutes);
    let bearing_deg = origin.bearing_to(ranked.position);
    let direction = (words.direction)(Direction::of_bearing(bearing_deg)).to_owned();
    let straight = (words.straight)(&sentences::distance(ranked.distance, words));
    let mut way = vec![straight, direction.clone()];
    if let (
        true,
        Opening::Closed {
            opens: Some(opens), ..
        },
    ) = (opens_first, ranked.on_arrival)
    {
        big = BigNumber::Opens(sentences::when(opens, known.now(), words));
        words.all_shut.clone_into(&mut state.title);
        words.first_to_open.clone_into(&mut state.until);
        way = vec![
            (words.by_mode)(known.mode(), ranked.minutes),
            direction.clone(),
        ];
    }
    way.extend(sentences::passage(&ranked.way.passage, known.now(), words));
    let door = (words.door)(station.access.door).to_owned();
    let mut told = vec![(words.by_mode)(known.mode(), ranked.minutes)];
    told.extend(way.iter().cloned().chain([door.clone()]));
    Hero {
        spoken: spoken(&station.name, &state, &told),
        data: station_data(station, state.state, Some(ranked)),
        name: station.name.clone(),
        place: place_lines(station),
        way,
        direction,
        bearing_deg: whole_degrees(bearing_deg),
        big,
        door: (
            door_icon(station.access.door),
            (words.door)(station.access.door).to_owned(),
        ),
        audience: match station.access.audience {
            Audience::Unknown => String::new(),
            audience => (words.audience)(audience).to_owned(),
        },
        amenities: four_amenities(station, comfort, words),
        go: go(known, station, state.state),
        href: known.address.with_station(&station.id).to_fragment(),
        state,
    }
}

fn place_lines(station: &Station) -> Vec<String> {
    [&station.address, &station.floor, &station.landmark]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect()
}

/// The season's relief first, said to be unknown where nobody said; then what
/// else is there.
fn four_amenities(station: &Station, comfort: Comfort, words: &Words) -> Vec<Amenity> {
    let relief = comfort
        .relief()
        .iter()
        .copied()
        .find(|f| station.features.has(*f));
    let first = relief.unwrap_or(comfort.relief()[0]);
    let mut amenities = Vec::new();
    let label = (words.feature)(first);
    match station.features.answer(first) {
        Has::Yes => amenities.push(amenity(first, label.to_owned(), true)),
        Has::Unknown => amenities.push(amenity(first, (words.not_known)(label), false)),
        Has::No => {}
    }
    let others = station
        .features
        .present()
        .filter(|feature| *feature != first);
    amenities.extend(others.map(|f| amenity(f, (words.feature)(f).to_owned(), true)));
    amenities.truncate(4);
    amenities
}

fn amenity(feature: Feature, label: String, is_known: bool) -> Amenity {
    Amenity {
        icon: icon(feature),
        label,
        is_known,
    }
}

fn go(known: &Knowledge<'_>, station: &Station, state: &str) -> Go {
    let words = known.language.words();
    let is_doubtful = matches!(state, "closed" | "unknown");
    let can_call = state == "unknown" && !station.phone.is_empty();
    Go {
        href: way_in(known, station, own_map(known)),
        station: station.id.clone(),
        label: if state == "closed" {
            words.go_anyway
        } else {
            words.go
        },
        is_hollow: is_doubtful,
        call: can_call.then(|| tel(&station.phone)),
    }
}

/// The person's map app; the first one where it cannot be opened.
pub(super) fn own_map(known: &Knowledge<'_>) -> MapApp {
    match known.settings.map {
        MapApp::Apple if !known.has_apple_maps => MapApp::default(),
        app => app,
    }
}

/// Where an app shows the way to a station; none where its position is not known.
pub(super) fn way_in(known: &Knowledge<'_>, station: &Station, app: MapApp) -> Option<String> {
    let destination = Destination {
        position: station.position?,
        name: &station.name,
        address: &station.address,
    };
    Some(app.way_to(&destination, known.mode()))
}

/// The map apps that may show the way to a station.
fn maps(known: &Knowledge<'_>, station: &Station) -> Vec<MapChoice> {
    let words = known.language.words();
    MapApp::ALL
        .into_iter()
        .filter(|app| *app != MapApp::Apple || known.has_apple_maps)
        .filter_map(|app| {
            Some(MapChoice {
                app,
                label: (words.map_app)(app),
                href: way_in(known, station, app)?,
                is_on: app == own_map(known),
            })
        })
        .collect()
}

/// A telephone number as a link.
pub(super) fn tel(phone: &str) -> String {
    let first = phone
        .split(['/', '、', ',', '，', ';', '；'])
        .next()
        .unwrap_or(phone);
    let digits: String = first
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    format!("tel:{digits}")
}

#[inline(never)]
fn district(known: &Knowledge<'_>, dataset: &Dataset, area: &Area) -> District {
    let words = known.language.words();
    let calendar = &dataset.manifest.calendar;
    let mut members: Vec<(usize, &Station)> = dataset
        .stations
        .iter()
        .filter(|station| station.city == area.city && station.district == area.district)
        .map(|station| {
            let rank = match station.hours.state_at(known.now(), calendar) {
                Opening::Open { .. } => 0,
                Opening::ClosingSoon { .. } => 1,
                Opening::Unknown(_) => 2,
                Opening::Closed { .. } => 3,
            };
            (rank, station)
        })
        .collect();
    sort_short(&mut members, |(one, a), (other, b)| {
        (one, &a.name) < (other, &b.name)
    });
    let (placed, unplaced): (Vec<_>, Vec<_>) = members
        .into_iter()
        .partition(|(_, station)| station.position.is_some());
    let section = |title: &str, note: &str, members: Vec<(usize, &Station)>| Section {
        title: title.to_owned(),
        note: note.to_owned(),
        rows: members
            .iter()
            .map(|(_, s)| row(known, dataset, s, None))
            .collect(),
    };
    let count = (words.count)(placed.len());
    let name = area_name(area, false);
    let sections = [
        section(&name, &count, placed),
        section(
            words.area_unplaced,
            &(words.count)(unplaced.len()),
            unplaced,
        ),
    ];
    District {
        name,
        notices: notices(known, dataset),
        sections: sections
            .into_iter()
            .filter(|section| !section.rows.is_empty())
            .collect(),
        data_age: data_age(known, dataset),
    }
}

#[inline(never)]
fn station_page(known: &Knowledge<'_>, dataset: &Dataset, station: &Station) -> StationPage {
    let words = known.language.words();
    let manifest = &dataset.manifest;
    // All that counts here is how far it is, whatever its door does.
    let filter = Filter::default();
    let ranked = origin(known).and_then(|origin| {
        let question = Question {
            open: OpenWish::Any,
            ..known.question(dataset, origin, &filter)
        };
        let ranked = question.look_at(&question.ways(), station)?;
        Some((origin, ranked))
    });
    let state = state_words(known, dataset, station, ranked.as_ref().map(|(_, r)| r));
    let way = ranked.as_ref().map_or_else(
        || match station.position {
            Some(_) => Vec::new(),
            None => vec![words.no_position_known.to_owned()],
        },
        |(origin, ranked)| {
            let direction = Direction::of_bearing(origin.bearing_to(ranked.position));
            let mut way = sentences::passage(&ranked.way.passage, known.now(), words);
            if !matches!(ranked.way.passage, Passage::OtherSide(..)) {
                way.insert(0, (words.by_mode)(known.mode(), ranked.minutes));
            }
            way.push((words.straight)(&sentences::distance(
                ranked.distance,
                words,
            )));
            way.push((words.direction)(direction).to_owned());
            way
        },
    );
    let timetable = station.hours.timetable.as_ref();
    let (reported, report_text) = reported(known, dataset, station);
    let source = manifest.sources.get(station.source);
    let mut provenance = vec![match station.verified_on {
        Some(day) => (words.verified_on)(&day.to_string()),
        None => words.unverified.to_owned(),
    }];
    provenance.extend(
        source
            .into_iter()
            .flat_map(|source| [&source.title, &source.origin, &source.licence])
            .chain([&station.origin])
            .filter(|text| !text.is_empty())
            .cloned(),
    );
    let spoken = spoken(&station.name, &state, &way);
    StationPage {
        data: station_data(station, state.state, ranked.as_ref().map(|(_, r)| r)),
        name: station.name.clone(),
        place: place_lines(station),
        way,
        hours: station.hours.text.clone(),
        week: timetable.map_or_else(Vec::new, |timetable| {
            week::week(timetable, known.now(), &manifest.calendar, words)
        }),
        today: timetable.map(|timetable| week::today(timetable, known.now(), &manifest.calendar)),
        benefits: benefits::at_station(known, dataset, station),
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
            .filter(|feature| station.features.answer(*feature) == Has::No)
            .map(|feature| (words.feature)(feature).to_owned())
            .collect(),
        go: Go {
            call: (!station.phone.is_empty()).then(|| tel(&station.phone)),
            ..go(known, station, state.state)
        },
        maps: maps(known, station),
        address: format!("{} {}", station.name, station.address),
        from_here: station
            .position
            .map(|at| known.address.with_origin(at, &station.name).to_fragment()),
        provenance,
        data_age: data_age(known, dataset),
        back: Address {
            station: None,
            ..known.address.with_view(None)
        }
        .to_fragment(),
        state,
    }
}

/// What this person said of a station, and what became of that; and the same
/// as a text to hand on.
fn reported(known: &Knowledge<'_>, dataset: &Dataset, station: &Station) -> (Vec<String>, String) {
    let words = known.language.words();
    let Some(report) = known.reports.of(&station.id) else {
        return Default::default();
    };
    let days = i64::from(known.now().day().0) - i64::from(report.at.day().0);
    let what = (words.report_word)(report.verdict);
    let became = match (dataset.manifest.report_url.is_empty(), report.is_sent) {
        (true, _) => words.report_kept,
        (false, false) => words.report_queued,
        (false, true) => words.report_sent,
    };
    let text = format!("{} ({}): {what}, {}", station.name, station.id, report.at);
    (vec![(words.reported)(days, what), became.to_owned()], text)
}

/// A station in one breath: what, whether, where.
fn spoken(name: &str, state: &StateWords, way: &[String]) -> String {
    let mut said = vec![name.to_owned(), state.title.clone(), state.until.clone()];
    said.extend_from_slice(way);
    said.retain(|part| !part.is_empty());
    said.join("，")
}

fn facts(station: &Station, words: &Words) -> Vec<Fact> {
    let known = |icon, label: &str, answer: String| Fact {
        icon,
        label: label.to_owned(),
        answer,
        has: "yes",
    };
    let door = station.access.door;
    let audience = station.access.audience;
    let if_known = |is_unknown: bool, answer: &str| {
        if is_unknown {
            words.unknown.to_owned()
        } else {
            answer.to_owned()
        }
    };
    let unless = |is_unknown: bool| if is_unknown { "unknown" } else { "yes" };
    let mut facts = vec![
        Fact {
            has: unless(door == Door::Unknown),
            ..known(
                door_icon(door),
                words.door_fact,
                if_known(door == Door::Unknown, (words.door)(door)),
            )
        },
        Fact {
            has: unless(audience == Audience::Unknown),
            ..known(
                "anyone",
                words.audience_fact,
                if_known(audience == Audience::Unknown, (words.audience)(audience)),
            )
        },
    ];
    if !station.floor.is_empty() {
        facts.push(known("stairs", words.floor_fact, station.floor.clone()));
    }
    if !station.kinds.is_empty() {
        facts.push(known("list", words.kind_fact, station.kinds.join("、")));
    }
    if !station.phone.is_empty() {
        facts.push(known("phone", words.phone_fact, station.phone.clone()));
    }
    if !station.note.is_empty() {
        facts.push(known("info", words.note_fact, station.note.clone()));
    }
    facts
}

/// The sign of a feature.
fn icon(feature: Feature) -> &'static str {
    match feature {
        Feature::AirConditioning => "cooling",
        Feature::Fan => "fan",
        Feature::Shade => "shade",
        Feature::Cooling => "breeze",
        Feature::Heating => "heating",
        Feature::HotDrink | Feature::HotWater => "hot-water",
        Feature::Warming => "flame",
        Feature::Water => "water",
        Feature::Microwave => "microwave",
        Feature::Charging => "charging",
        Feature::Seats => "seats",
        Feature::Toilet => "toilet",
        Feature::Wifi => "wifi",
        Feature::FirstAid => "first-aid",
        Feature::Aed => "aed",
        Feature::Fridge => "fridge",
        Feature::Umbrella => "umbrella",
        Feature::Reading => "reading",
        Feature::EbikeParking => "ebike",
        Feature::BatterySwap => "battery-swap",
        Feature::Shower | Feature::Laundry => "shower",
        Feature::Meals => "meal",
        Feature::Tools => "check",
    }
}

fn door_icon(door: Door) -> &'static str {
    match door {
        Door::Unknown | Door::WalkIn => "door",
        Door::Staffed => "staffed",
        Door::QrCode => "qr-door",
        Door::Face => "face-door",
        Door::App => "app-door",
    }
}
