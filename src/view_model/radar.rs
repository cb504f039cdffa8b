//! The radar screen: a picture of the stations around the origin, without a map.
//!
//! The rings are minutes: everything within a ring can be reached in that time. Rivers are
//! bent to the same scale. North is up until the device reports its heading.

use super::data_age::{DataAge, data_age};
use super::nearby::near_words;
use super::notice::{Notice, notices};
use super::screen_input::ScreenInput;
use super::sentences;
use super::station_row::{StationRow, row};
use crate::dataset::Dataset;
use crate::domain::position::LonLat;
use crate::domain::ranking::{OpenWish, Question, Ranked};
use crate::domain::travel::Travel;

/// Both coordinates of the picture's middle, in the units of its view box.
pub const MIDDLE: i32 = 174;

/// The radii of the rings.
pub const RINGS: [i32; 3] = [62, 112, 160];

/// The minutes of the rings. The first scale with [`ENOUGH`] stations within it is used.
const SCALES: [[u32; 3]; 3] = [[3, 6, 10], [10, 20, 30], [40, 80, 120]];

/// How many stations are drawn at most; more would overlap.
const MARKS: usize = 8;

/// A scale with fewer stations than this is too small.
const ENOUGH: usize = 3;

/// The radar screen: the picture and its list.
#[derive(Clone, Debug, PartialEq)]
pub struct Radar {
    /// The origin in words.
    pub near: String,
    /// The label of the button that changes the origin.
    pub change_place: String,
    /// The notices above the picture.
    pub notices: Vec<Notice>,
    /// The picture described in words, for screen readers.
    pub label: String,
    /// The labels of the rings.
    pub rings: [String; 3],
    /// The rivers: line and name.
    pub rivers: Vec<(Vec<(i32, i32)>, String)>,
    /// The landings of ferries and bridges.
    pub crossings: Vec<(i32, i32)>,
    /// The stations.
    pub marks: Vec<Mark>,
    /// Whether it reaches farther than the smallest scale.
    pub is_far: bool,
    /// The age of the data.
    pub data_age: DataAge,
}

/// A station in the picture and in the list below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its number in both.
    pub number: usize,
    /// Its point in the picture.
    pub at: (i32, i32),
    /// Its row in the list.
    pub row: StationRow,
}

/// The projection from positions to points of the picture.
struct Picture {
    origin: LonLat,
    travel: Travel,
    minutes: [u32; 3],
}

impl Picture {
    /// The radius of a travel time. Beyond the last ring the scale of the last two continues.
    fn radius(&self, minutes: f64) -> f64 {
        let [near, middle, far] = self.minutes.map(f64::from);
        let [one, two, three] = RINGS.map(f64::from);
        if minutes <= near {
            minutes / near * one
        } else if minutes <= middle {
            one + (minutes - near) / (middle - near) * (two - one)
        } else {
            two + (minutes - middle) / (far - middle) * (three - two)
        }
    }

    fn point(&self, place: LonLat, minutes: f64) -> (i32, i32) {
        let radius = self.radius(minutes).min(1000.0);
        let (sine, cosine) = self.origin.bearing_to(place).to_radians().sin_cos();
        #[expect(clippy::cast_possible_truncation, reason = "within a few thousand")]
        let whole = |value: f64| value.round() as i32;
        (
            MIDDLE + whole(radius * sine),
            MIDDLE - whole(radius * cosine),
        )
    }

    fn place(&self, place: LonLat) -> (i32, i32) {
        self.point(place, self.travel.minutes(self.origin.distance_to(place)))
    }

    fn is_within(&self, place: LonLat, rings: f64) -> bool {
        let minutes = self.travel.minutes(self.origin.distance_to(place));
        minutes <= f64::from(self.minutes[2]) * rings
    }
}

/// The radar screen around an origin.
#[inline(never)]
pub(super) fn radar(input: &ScreenInput<'_>, dataset: &Dataset, origin: LonLat) -> Radar {
    let words = input.words;
    let filter = input.address.filter();
    let question = Question {
        open: OpenWish::Any,
        limit: MARKS,
        ..input.question(dataset, origin, &filter)
    };
    let mut nearest = question.ranked(&dataset.stations);
    // The ranking puts the other bank last; the numbers follow travel time alone.
    crate::domain::ordering::sort_short(&mut nearest, |one, other| {
        one.route.minutes < other.route.minutes
    });
    nearest.truncate(MARKS);
    let within = |minutes: u32| nearest.iter().filter(move |r| r.minutes <= minutes).count();
    let enough = ENOUGH.min(nearest.len());
    let minutes = SCALES
        .into_iter()
        .find(|[.., far]| within(*far) >= enough)
        .unwrap_or(SCALES[2]);
    let picture = Picture {
        origin,
        travel: question.travel,
        minutes,
    };
    let mark = |(index, ranked): (usize, &Ranked<'_>)| Mark {
        number: index + 1,
        at: picture.point(ranked.position, ranked.route.minutes),
        row: row(input, dataset, ranked.station, Some((origin, *ranked))),
    };
    let mut marks: Vec<Mark> = nearest
        .iter()
        .filter(|ranked| ranked.minutes <= minutes[2])
        .enumerate()
        .map(mark)
        .collect();
    spread(&mut marks);
    let barriers = question.barriers.iter().filter(|barrier| {
        let mut places = barrier.lines.iter().chain(&barrier.areas).flatten();
        places.any(|place| picture.is_within(*place, 1.5))
    });
    let mut rivers = Vec::new();
    let mut crossings = Vec::new();
    for barrier in barriers {
        for line in barrier.lines.iter().chain(&barrier.areas) {
            rivers.push((drawn(&picture, line), barrier.name.clone()));
        }
        let landings = barrier
            .crossings
            .iter()
            .flat_map(|crossing| crossing.landings);
        let near = landings
            .flatten()
            .filter(|place| picture.is_within(*place, 1.0));
        crossings.extend(near.map(|place| picture.place(place)));
    }
    let (near, change_place) = near_words(input);
    Radar {
        near,
        change_place,
        notices: notices(input, dataset),
        label: (words.radar_label)(marks.len()),
        rings: minutes.map(words.radar_minutes),
        rivers,
        crossings,
        is_far: minutes != SCALES[0],
        marks,
        data_age: data_age(input, dataset),
    }
}

/// Pushes marks apart that overlap each other or the middle. Legible numbers that can be
/// tapped matter more than exact points.
fn spread(marks: &mut [Mark]) {
    const APART: i32 = 42;
    const STEPS: usize = 40;
    // The vector by which one of two points must move; the other one moves the opposite way.
    let give = |one: (i32, i32), other: (i32, i32), apart: i32| {
        let (x, y) = (f64::from(one.0 - other.0), f64::from(one.1 - other.1));
        let distance = x.hypot(y);
        let lacking = f64::from(apart) - distance;
        if lacking <= 0.0 {
            return None;
        }
        // Two points at one spot move left and right.
        let (x, y) = if distance > 0.0 {
            (x / distance, y / distance)
        } else {
            (1.0, 0.0)
        };
        #[expect(clippy::cast_possible_truncation, reason = "a few dozen")]
        let whole = |value: f64| value.round() as i32;
        let half = lacking / 2.0 + 0.5;
        Some((whole(x * half), whole(y * half)))
    };
    for _ in 0..STEPS {
        for one in 0..marks.len() {
            if let Some((x, y)) = give(marks[one].at, (MIDDLE, MIDDLE), APART) {
                marks[one].at.0 += x;
                marks[one].at.1 += y;
            }
            for other in one + 1..marks.len() {
                if let Some((x, y)) = give(marks[one].at, marks[other].at, APART) {
                    marks[one].at.0 += x;
                    marks[one].at.1 += y;
                    marks[other].at.0 -= x;
                    marks[other].at.1 -= y;
                }
            }
        }
    }
    for mark in marks {
        let edge = 2 * MIDDLE - 20;
        mark.at = (mark.at.0.max(20).min(edge), mark.at.1.max(20).min(edge));
    }
}

/// A line in the picture. Its segments are subdivided, because the rings bend them.
fn drawn(picture: &Picture, line: &[LonLat]) -> Vec<(i32, i32)> {
    const PIECES: i32 = 6;
    let mut points: Vec<(i32, i32)> = Vec::new();
    for pair in line.windows(2) {
        for piece in 0..=PIECES {
            let share = f64::from(piece) / f64::from(PIECES);
            let between =
                |axis: fn(LonLat) -> f64| axis(pair[0]) + (axis(pair[1]) - axis(pair[0])) * share;
            let Ok(place) = LonLat::new(between(LonLat::lon), between(LonLat::lat)) else {
                continue;
            };
            if picture.is_within(place, 2.5) {
                let point = picture.place(place);
                if points.last() != Some(&point) {
                    points.push(point);
                }
            }
        }
    }
    points
}

/// The minutes as the first fact of a mark's row, whose number takes the place of the minutes.
#[must_use]
pub fn minutes_fact(mark: &Mark, minutes_unit: &str) -> Option<String> {
    let minutes = mark.row.data.minutes?;
    Some(sentences::minutes(minutes, minutes_unit))
}
