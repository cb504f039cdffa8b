//! Rivers and railways that a route can cross only in some places.
//!
//! A straight line that meets a barrier an odd number of times ends on the
//! other side. A line that meets it twice has cut off a bend, and the route
//! leads around the bend. Geometry is planar, in degrees, with an error of a
//! few metres over the length of a ride.

use super::civil::Day;
use super::opening::Hours;
use super::position::{LonLat, Metres};
use super::travel::Modes;

/// A line only clips an area if the route around its edge is at most this many
/// times as long: roads have a detour of that size anyway.
const CLIPPED: f64 = 1.33;

/// An obstacle for some modes of travel, and its crossings.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Barrier {
    /// Its usual name.
    pub name: String,
    /// The modes of travel that cannot cross it.
    pub modes: Modes,
    /// Lines, such as the middle of a river.
    pub lines: Vec<Vec<LonLat>>,
    /// Rings around areas, such as lakes; the last position is joined to the first.
    pub areas: Vec<Vec<LonLat>>,
    /// Where it can be crossed.
    pub crossings: Vec<Crossing>,
}

/// A ferry or a bridge.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Crossing {
    /// Its usual name.
    pub name: String,
    /// The position on either side where the crossing begins and ends.
    pub landings: [Option<LonLat>; 2],
    /// The modes of travel that may use it.
    pub modes: Modes,
    /// When it can be used.
    pub hours: Hours,
    /// Average wait in minutes.
    pub wait_minutes: u16,
    /// Minutes from landing to landing.
    pub ride_minutes: u16,
    /// When a person last checked it; none means unverified.
    pub verified_on: Option<Day>,
    /// Where the record was found.
    pub source: String,
}

/// How a straight line and a barrier meet.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Meeting {
    /// Whether the line ends on the other side.
    pub divides: bool,
    /// Metres that the route around bends adds to the straight line.
    pub around: f64,
}

/// A point in degrees, relative to the start of the line. Longitudes are scaled
/// so that a degree is equally long on both axes.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Flat {
    x: f64,
    y: f64,
}

/// An intersection of the line with a chain of points.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// How far along the line, 0 to 1.
    along: f64,
    /// The index of the chain's segment.
    segment: usize,
}

impl Flat {
    fn of(place: LonLat, start: LonLat) -> Self {
        // The shorter direction around the Earth.
        let lon = (place.lon() - start.lon() + 540.0).rem_euclid(360.0) - 180.0;
        Self {
            x: lon * start.lat().to_radians().cos(),
            y: place.lat() - start.lat(),
        }
    }

    fn distance_to(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// Twice the signed area of a triangle; positive if its corners turn left.
fn turn(a: Flat, b: Flat, c: Flat) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

const METRES_PER_DEGREE: f64 = super::position::EARTH_RADIUS_M * std::f64::consts::PI / 180.0;

impl Barrier {
    /// How the straight line between two places meets this barrier.
    #[must_use]
    pub fn meet(&self, from: LonLat, to: LonLat) -> Meeting {
        let mut meeting = Meeting::default();
        for line in &self.lines {
            let chain: Vec<Flat> = line.iter().map(|place| Flat::of(*place, from)).collect();
            let (start, end) = (Flat { x: 0.0, y: 0.0 }, Flat::of(to, from));
            if !may_meet(&chain, start, end) {
                continue;
            }
            let cuts = cuts(&chain, start, end);
            meeting.divides ^= cuts.len() % 2 == 1;
            for pair in cuts.chunks_exact(2) {
                let (low, high) = segments_of(pair);
                meeting.around += around(start, end, &chain[low + 1..=high]);
            }
        }
        for ring in &self.areas {
            let mut chain: Vec<Flat> = ring.iter().map(|place| Flat::of(*place, from)).collect();
            chain.extend(chain.first().copied());
            // A position in the area, such as a pier or a ferry, counts as
            // the nearest bank.
            let start = ashore(&chain, Flat { x: 0.0, y: 0.0 });
            let end = ashore(&chain, Flat::of(to, from));
            if !may_meet(&chain, start, end) {
                continue;
            }
            let straight = start.distance_to(end) * METRES_PER_DEGREE;
            for pair in cuts(&chain, start, end).chunks_exact(2) {
                let (low, high) = segments_of(pair);
                let one = around(start, end, &chain[low + 1..=high]);
                let rest: Vec<Flat> = chain[high + 1..]
                    .iter()
                    .chain(&chain[..=low])
                    .copied()
                    .collect();
                let least = one.min(around(start, end, &rest));
                if straight + least <= straight * CLIPPED {
                    meeting.around += least;
                } else {
                    meeting.divides = !meeting.divides;
                }
            }
        }
        meeting
    }
}

/// Whether the bounding boxes of a chain and a line touch.
fn may_meet(chain: &[Flat], start: Flat, end: Flat) -> bool {
    let apart = |axis: fn(&Flat) -> f64| {
        let (low, high) = (axis(&start).min(axis(&end)), axis(&start).max(axis(&end)));
        chain.iter().all(|place| axis(place) < low) || chain.iter().all(|place| axis(place) > high)
    };
    chain.len() > 1 && !apart(|place| place.x) && !apart(|place| place.y)
}

/// The intersections of the line from `start` to `end` with a chain, in the
/// order of the line. A corner of the chain on the line counts for one of its
/// two segments.
fn cuts(chain: &[Flat], start: Flat, end: Flat) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (segment, pair) in chain.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        let (left, right) = (turn(start, end, a), turn(start, end, b));
        if (left >= 0.0) == (right >= 0.0) || (turn(a, b, start) >= 0.0) == (turn(a, b, end) >= 0.0)
        {
            continue;
        }
        let share = left / (left - right);
        let (x, y) = (a.x + share * (b.x - a.x), a.y + share * (b.y - a.y));
        let length = start.distance_to(end).max(f64::MIN_POSITIVE);
        cuts.push(Cut {
            along: start.distance_to(Flat { x, y }) / length,
            segment,
        });
    }
    super::ordering::sort_short(&mut cuts, |one, other| one.along < other.along);
    cuts
}

/// The segments of two cuts, in the order of the chain.
fn segments_of(pair: &[Cut]) -> (usize, usize) {
    let (one, other) = (pair[0].segment, pair[1].segment);
    (one.min(other), one.max(other))
}

/// Metres by which the route from `start` to `end` around some points exceeds
/// the straight line. The route is the convex hull without its straight side.
fn around(start: Flat, end: Flat, places: &[Flat]) -> f64 {
    let mut all = vec![start, end];
    all.extend_from_slice(places);
    let hull = hull(all);
    let sides = hull.iter().zip(hull.iter().cycle().skip(1));
    let length: f64 = sides.map(|(one, other)| one.distance_to(*other)).sum();
    (length - 2.0 * start.distance_to(end)).max(0.0) * METRES_PER_DEGREE
}

/// The convex hull (Andrew's monotone chain).
fn hull(mut places: Vec<Flat>) -> Vec<Flat> {
    super::ordering::sort_short(&mut places, |one, other| {
        (one.x, one.y) < (other.x, other.y)
    });
    let mut hull: Vec<Flat> = Vec::new();
    let mut wrap = |places: &mut dyn Iterator<Item = &Flat>| {
        let first = hull.len();
        for place in places {
            while hull.len() >= first + 2
                && turn(hull[hull.len() - 2], hull[hull.len() - 1], *place) <= 0.0
            {
                hull.pop();
            }
            hull.push(*place);
        }
        hull.pop();
    };
    wrap(&mut places.iter());
    wrap(&mut places.iter().rev());
    hull
}

/// The point itself, or one just outside the nearest bank if it lies in the ring.
fn ashore(ring: &[Flat], place: Flat) -> Flat {
    let beyond = Flat {
        x: ring.iter().fold(place.x, |most, corner| most.max(corner.x)) + 1.0,
        ..place
    };
    if cuts(ring, place, beyond).len().is_multiple_of(2) {
        return place;
    }
    let Some((foot, ..)) = foot_on(ring, place) else {
        return place;
    };
    let distance = foot.distance_to(place);
    // A metre beyond the bank, so that rounding does not put it back inside.
    let metre = 1.0 / METRES_PER_DEGREE;
    let over = if distance > 0.0 {
        1.0 + metre / distance
    } else {
        1.0
    };
    Flat {
        x: place.x + (foot.x - place.x) * over,
        y: place.y + (foot.y - place.y) * over,
    }
}

/// The point of a chain nearest to `place`, and the unit vector across the chain
/// there.
fn foot_on(chain: &[Flat], place: Flat) -> Option<(Flat, [f64; 2])> {
    let mut best: Option<(f64, Flat, [f64; 2])> = None;
    for pair in chain.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = a.distance_to(b);
        if length <= 0.0 {
            continue;
        }
        let share =
            ((place.x - a.x) * (b.x - a.x) + (place.y - a.y) * (b.y - a.y)) / (length * length);
        let share = share.clamp(0.0, 1.0);
        let foot = Flat {
            x: a.x + share * (b.x - a.x),
            y: a.y + share * (b.y - a.y),
        };
        let distance = foot.distance_to(place);
        if best.is_none_or(|(least, ..)| distance < least) {
            let across = [-(b.y - a.y) / length, (b.x - a.x) / length];
            best = Some((distance, foot, across));
        }
    }
    best.map(|(_, foot, across)| (foot, across))
}

/// The position on a line nearest to `place`, its distance, and the unit vector
/// across the line there (east, north), along which landings can be placed.
#[must_use]
pub fn nearest_on_line(line: &[LonLat], place: LonLat) -> Option<(LonLat, Metres, [f64; 2])> {
    let chain: Vec<Flat> = line.iter().map(|corner| Flat::of(*corner, place)).collect();
    let (foot, across) = foot_on(&chain, Flat { x: 0.0, y: 0.0 })?;
    let distance = foot.x.hypot(foot.y);
    Some((
        shifted(place, foot.x, foot.y)?,
        Metres(distance * METRES_PER_DEGREE),
        across,
    ))
}

/// The position some metres east and north of `place`; none beyond the poles or
/// the antimeridian.
#[must_use]
pub fn metres_from(place: LonLat, east_m: f64, north_m: f64) -> Option<LonLat> {
    shifted(
        place,
        east_m / METRES_PER_DEGREE,
        north_m / METRES_PER_DEGREE,
    )
}

fn shifted(place: LonLat, x: f64, y: f64) -> Option<LonLat> {
    let lon = place.lon() + x / place.lat().to_radians().cos();
    LonLat::new(lon, place.lat() + y).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Metres east and north of a place in Shanghai.
    fn at(east: f64, north: f64) -> LonLat {
        let middle = LonLat::new(121.49, 31.24).expect("on Earth");
        metres_from(middle, east, north).expect("on Earth")
    }

    fn river(corners: &[(f64, f64)]) -> Barrier {
        Barrier {
            lines: vec![
                corners
                    .iter()
                    .map(|(east, north)| at(*east, *north))
                    .collect(),
            ],
            ..Barrier::default()
        }
    }

    fn lake(corners: &[(f64, f64)]) -> Barrier {
        let mut barrier = river(corners);
        barrier.areas = std::mem::take(&mut barrier.lines);
        barrier
    }

    #[track_caller]
    fn check(barrier: &Barrier, from: (f64, f64), to: (f64, f64), divides: bool, around: f64) {
        for (from, to) in [(from, to), (to, from)] {
            let meeting = barrier.meet(at(from.0, from.1), at(to.0, to.1));
            assert_eq!(meeting.divides, divides, "{from:?} {to:?}");
            assert!(
                (meeting.around - around).abs() < 2.0,
                "{from:?} {to:?}: {} m, expected {around} m",
                meeting.around
            );
        }
    }

    #[test]
    fn a_line_across_a_river_ends_on_the_other_side() {
        let straight = river(&[(0.0, -3000.0), (0.0, 0.0), (0.0, 3000.0)]);
        check(&straight, (-500.0, 100.0), (500.0, 100.0), true, 0.0);
        check(&straight, (-500.0, 100.0), (-50.0, 900.0), false, 0.0);
        // Through a corner of the line: once, not twice and not never.
        check(&straight, (-500.0, 0.0), (500.0, 0.0), true, 0.0);
    }

    #[test]
    fn a_bend_that_is_cut_off_is_ridden_around() {
        // The river comes from the south, bends east around a tongue of land
        // from (0, 0) to (800, 0), and goes on north.
        let bend = river(&[
            (0.0, -5000.0),
            (0.0, 0.0),
            (800.0, 0.0),
            (800.0, 600.0),
            (0.0, 600.0),
            (0.0, 5000.0),
        ]);
        // West to west, past the bend: over nothing.
        check(&bend, (-100.0, -500.0), (-100.0, 1500.0), false, 0.0);
        // East to east: the line would cut through the western half of the bend.
        let from = (400.0, -700.0);
        let to = (400.0, 1300.0);
        let side = 400.0_f64.hypot(700.0);
        check(&bend, from, to, false, 2.0 * side + 600.0 - 2000.0);
    }

    #[test]
    fn a_gap_in_a_barrier_lets_a_line_through() {
        let mut railway = river(&[(0.0, -3000.0), (0.0, -20.0)]);
        railway.lines.push(vec![at(0.0, 20.0), at(0.0, 3000.0)]);
        check(&railway, (-500.0, 0.0), (500.0, 0.0), false, 0.0);
        check(&railway, (-500.0, 100.0), (500.0, 100.0), true, 0.0);
    }

    #[test]
    fn an_area_divides_unless_its_shore_is_only_clipped() {
        let square = lake(&[
            (0.0, -1000.0),
            (200.0, -1000.0),
            (200.0, 1000.0),
            (0.0, 1000.0),
        ]);
        check(&square, (-300.0, 0.0), (500.0, 0.0), true, 0.0);
        // Near its end one rides around: 300 m up, 200 m over, 300 m down at most.
        let around = 2.0 * 1000.0_f64.hypot(100.0) + 200.0 - 2200.0;
        check(&square, (-1000.0, 900.0), (1200.0, 900.0), false, around);
    }

    #[test]
    fn a_pier_and_a_boat_belong_to_the_nearest_bank() {
        let water = lake(&[
            (0.0, -3000.0),
            (400.0, -3000.0),
            (400.0, 3000.0),
            (0.0, 3000.0),
        ]);
        let (west, east) = ((-200.0, 0.0), (600.0, 0.0));
        let pier = (390.0, 30.0);
        check(&water, east, pier, false, 0.0);
        check(&water, west, pier, true, 0.0);
        let boat = (30.0, 0.0);
        check(&water, boat, west, false, 0.0);
        check(&water, boat, east, true, 0.0);
    }

    #[test]
    fn a_barrier_over_the_antimeridian_is_met() {
        let place = |lon, lat| LonLat::new(lon, lat).expect("on Earth");
        let strait = Barrier {
            lines: vec![vec![place(180.0, 64.0), place(-180.0, 66.0)]],
            ..Barrier::default()
        };
        assert!(
            strait
                .meet(place(179.99, 65.0), place(-179.99, 65.0))
                .divides
        );
        assert!(
            !strait
                .meet(place(179.99, 65.0), place(179.95, 65.0))
                .divides
        );
    }

    #[test]
    fn the_nearest_place_of_a_line_comes_with_the_direction_across() {
        let straight = [at(0.0, -3000.0), at(0.0, 3000.0)];
        let (foot, Metres(distance), across) =
            nearest_on_line(&straight, at(-300.0, 10.0)).expect("a line");
        assert!((distance - 300.0).abs() < 1.0);
        assert!(foot.distance_to(at(0.0, 10.0)).0 < 1.0);
        assert!((across[0].abs() - 1.0).abs() < 1e-6 && across[1].abs() < 1e-6);
    }
}
