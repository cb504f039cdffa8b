//! A picture of where the stations lie around, without any map.
//!
//! Rings are minutes, so that what lies within a ring can be reached in that
//! time; rivers are bent to the same scale. North is up until the device knows
//! better.

use super::screen::{DataAge, Knowledge, Notice, StationRow, data_age, near_words, notices, row};
use super::sentences;
use crate::dataset::Dataset;
use crate::domain::position::LonLat;
use crate::domain::ranking::{OpenWish, Question, Ranked};
use crate::domain::travel::Travel;

/// The middle of the picture, in its own units.
pub const MIDDLE: i32 = 174;

/// The radii of the rings.
pub const RINGS: [i32; 3] = [62, 112, 160];

/// The minutes of the rings, from near to far; the first row that holds enough
/// stations is taken.
const SCALES: [[u32; 3]; 3] = [[3, 6, 10], [10, 20, 30], [40, 80, 120]];

/// So many stations are drawn at most: more would hide one another.
const MARKS: usize = 8;

/// With fewer than so many in it the next scale is better.
const ENOUGH: usize = 3;

/// The picture and its list.
#[derive(Clone, Debug, PartialEq)]
pub struct Radar {
    /// Where the person is, in words.
    pub near: String,
    /// The same as a label for the button that changes it.
    pub change_place: String,
    /// Bad news.
    pub notices: Vec<Notice>,
    /// What the picture shows, in words.
    pub label: String,
    /// The minutes of the rings.
    pub rings: [String; 3],
    /// Rivers: their line and their name.
    pub rivers: Vec<(Vec<(i32, i32)>, String)>,
    /// Ferries and bridges.
    pub crossings: Vec<(i32, i32)>,
    /// The stations.
    pub marks: Vec<Mark>,
    /// Whether it reaches farther than the usual ten minutes.
    pub is_far: bool,
    /// How old the data is.
    pub data_age: DataAge,
}

/// A station in the picture, and in the list below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Its number in both.
    pub number: usize,
    /// Where it is drawn.
    pub at: (i32, i32),
    /// The same station as a row.
    pub row: StationRow,
}

/// How places become points of the picture.
struct Picture {
    origin: LonLat,
    travel: Travel,
    minutes: [u32; 3],
}

impl Picture {
    /// Beyond the last ring distances go on as between the last two.
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

/// The picture around a place.
#[inline(never)]
pub(super) fn radar(known: &Knowledge<'_>, dataset: &Dataset, origin: LonLat) -> Radar {
    let words = known.language.words();
    let filter = known.address.filter();
    let question = Question {
        open: OpenWish::Any,
        limit: MARKS,
        ..known.question(dataset, origin, &filter)
    };
    let mut nearest = question.ranked(&dataset.stations);
    // Numbers go from near to far, whatever bank.
    crate::domain::ordering::sort_short(&mut nearest, |one, other| {
        one.way.minutes < other.way.minutes
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
        at: picture.point(ranked.position, ranked.way.minutes),
        row: row(known, dataset, ranked.station, Some((origin, *ranked))),
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
    let (near, change_place) = near_words(known);
    Radar {
        near,
        change_place,
        notices: notices(known, dataset),
        label: (words.radar_label)(marks.len()),
        rings: minutes.map(words.radar_minutes),
        rivers,
        crossings,
        is_far: minutes != SCALES[0],
        marks,
        data_age: data_age(known, dataset),
    }
}

/// Marks that would hide one another, or the person in the middle, are pushed
/// apart a little: a number that can be read and tapped is worth more than a
/// spot that is right to the metre.
fn spread(marks: &mut [Mark]) {
    const APART: i32 = 42;
    const STEPS: usize = 40;
    // By how much two points must give way, and which way.
    let give = |one: (i32, i32), other: (i32, i32), apart: i32| {
        let (x, y) = (f64::from(one.0 - other.0), f64::from(one.1 - other.1));
        let distance = x.hypot(y);
        let lacking = f64::from(apart) - distance;
        if lacking <= 0.0 {
            return None;
        }
        // Two on one spot part to the left and the right.
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

/// A line on the picture. Long pieces are cut, because the rings bend them.
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

/// What a mark's row says first: minutes, which its number has displaced.
#[must_use]
pub fn minutes_fact(mark: &Mark, minutes_unit: &str) -> Option<String> {
    let minutes = mark.row.data.minutes?;
    Some(sentences::minutes(minutes, minutes_unit))
}
