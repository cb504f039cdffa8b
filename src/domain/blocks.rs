//! Positions in blocks that lie together, and the search over them: the same
//! rule for the whole country and for one street.
//!
//! A block is a few positions and a sphere around them; blocks lie in groups,
//! groups in regions, each with a sphere of its own. What cannot be near enough
//! is never looked at, so the answer is exact and costs microseconds.
//!
//! Distances are compared as haversines, `hav θ = sin²(θ/2)` of the angle θ at
//! the centre of the Earth: they order as the great circle does, and need no
//! inverse functions. Single precision would not do (the cosine of 2 km is 1),
//! nor would a plane (it names wrong neighbours across a country).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::position::{EARTH_RADIUS_M, LonLat, Metres, STEPS_PER_DEGREE};

/// Positions in a block at most.
const BLOCK: usize = 32;

/// Blocks in a group, and groups in a region.
const FAN: usize = 16;

/// Two haversines so close, relatively, are told apart by the great circle
/// itself: many times what the series below and rounding can be off.
const DOUBT: f64 = 1e-9;

/// A hundredth of a millimetre, as a haversine: no two positions are nearer to
/// each other, save those on one spot.
const NOTHING: f64 = 1e-24;

/// Up to this difference, in radians, the series below are good to 12 digits.
const NEAR: f64 = 0.5;

/// `sin²(θ/2)` of the angle between two positions, seen from the centre of the
/// Earth: it grows with the great-circle distance.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Hav(pub f64);

impl Hav {
    /// Farther than anything on Earth.
    pub const ANY: Self = Self(2.0);

    /// Of a great-circle distance. Slightly more than exact, so that what lies
    /// at this very distance is within it.
    #[must_use]
    pub fn of(Metres(metres): Metres) -> Self {
        let half = metres / (2.0 * EARTH_RADIUS_M);
        if half >= std::f64::consts::FRAC_PI_2 {
            return Self::ANY;
        }
        let sine = half.max(0.0).sin();
        Self(sine * sine).with_doubt()
    }

    /// The great-circle distance.
    #[must_use]
    pub fn metres(self) -> Metres {
        Metres(2.0 * EARTH_RADIUS_M * self.0.sqrt().min(1.0).asin())
    }

    fn with_doubt(self) -> Self {
        Self(self.0 * (1.0 + DOUBT) + NOTHING)
    }
}

/// A place on the unit sphere.
#[derive(Clone, Copy)]
struct Vector {
    x: f64,
    y: f64,
    z: f64,
}

impl Vector {
    fn of(position: LonLat) -> Self {
        let (lon, lat) = (position.lon().to_radians(), position.lat().to_radians());
        let across = lat.cos();
        Self {
            x: across * lon.cos(),
            y: across * lon.sin(),
            z: lat.sin(),
        }
    }

    fn chord_to(self, other: Self) -> f64 {
        let (x, y, z) = (self.x - other.x, self.y - other.y, self.z - other.z);
        (x * x + y * y + z * z).sqrt()
    }
}

/// A ball that holds some places of the unit sphere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ball {
    /// Its centre, and its radius, in radii of the Earth.
    pub of: [f32; 4],
}

impl Ball {
    fn centre(&self) -> Vector {
        Vector {
            x: f64::from(self.of[0]),
            y: f64::from(self.of[1]),
            z: f64::from(self.of[2]),
        }
    }

    /// Around places, each with a radius of its own.
    fn around(places: &[(Vector, f64)]) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the radius is measured from the rounded centre, and rounded up"
        )]
        let single = |value: f64| value as f32;
        #[expect(clippy::cast_precision_loss, reason = "a few hundred at most")]
        let count = places.len().max(1) as f64;
        let mean = |axis: fn(&Vector) -> f64| {
            single(places.iter().map(|(place, _)| axis(place)).sum::<f64>() / count)
        };
        let [x, y, z] = [mean(|v| v.x), mean(|v| v.y), mean(|v| v.z)];
        let mut ball = Self { of: [x, y, z, 0.0] };
        let radius = places.iter().fold(0.0_f64, |radius, (place, own)| {
            radius.max(ball.centre().chord_to(*place) + own)
        });
        // One part in a million more than any rounding takes away.
        ball.of[3] = single(radius * (1.0 + 1e-6) + 1e-12);
        ball
    }

    /// A haversine that nothing in the ball can undercut.
    fn least_hav_from(&self, origin: Vector) -> f64 {
        let half = (self.centre().chord_to(origin) - f64::from(self.of[3])).max(0.0) / 2.0;
        half * half
    }
}

/// Some positions that lie together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The ball around them.
    pub ball: Ball,
    /// Where they begin in the columns; the next block's start is their end.
    pub start: u32,
    /// The row of the first one.
    pub row: u32,
    /// Western edge, in steps of 0.00001 degree.
    pub west: i32,
    /// Southern edge, in steps of 0.00001 degree.
    pub south: i32,
}

/// Positions, each of a row, in blocks.
///
/// They are WGS-84, kept to 0.00001 degree as they travel. Rows are whatever
/// the owner numbers.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Blocks {
    /// The blocks, in the order given.
    pub blocks: Vec<Block>,
    /// Balls around each [`FAN`] blocks.
    pub groups: Vec<Ball>,
    /// Balls around each [`FAN`] groups.
    pub regions: Vec<Ball>,
    /// Steps east of the block's western edge.
    pub east: Vec<u16>,
    /// Steps north of the block's southern edge.
    pub north: Vec<u16>,
    /// How many rows after the one before in the block; 0 for the first.
    pub step: Vec<u16>,
}

/// Where the search starts: what the trigonometry of it needs only once.
struct Origin {
    position: LonLat,
    vector: Vector,
    sine: f64,
    cosine: f64,
}

impl Origin {
    fn at(position: LonLat) -> Self {
        let (sine, cosine) = position.lat().to_radians().sin_cos();
        Self {
            position,
            vector: Vector::of(position),
            sine,
            cosine,
        }
    }

    /// The haversine of the way to a position, given in degrees; `beyond` is
    /// what no longer matters.
    #[inline]
    fn hav_to(&self, lon: f64, lat: f64, beyond: f64) -> f64 {
        let up = (lat - self.position.lat()).to_radians();
        let over = (lon - self.position.lon()).to_radians();
        if up.abs() > NEAR || over.abs() > NEAR {
            return self.hav_to_afar(up, over);
        }
        let up_hav = hav_of_angle(up);
        if up_hav > beyond {
            return up_hav;
        }
        // cos(φ₁ + Δφ), without asking for another cosine.
        let cosine = self.cosine * (1.0 - 2.0 * up_hav) - self.sine * sine_of_angle(up);
        up_hav + self.cosine * cosine * hav_of_angle(over)
    }

    #[cold]
    fn hav_to_afar(&self, up: f64, over: f64) -> f64 {
        let sine = |angle: f64| (angle / 2.0).sin();
        let cosine = self.cosine * up.cos() - self.sine * up.sin();
        sine(up) * sine(up) + self.cosine * cosine * sine(over) * sine(over)
    }
}

/// `sin²(θ/2)` of a small angle by its series (Taylor, with x = θ²/4).
#[inline]
fn hav_of_angle(angle: f64) -> f64 {
    let x = angle * angle * 0.25;
    x * (1.0 - x * (1.0 / 3.0 - x * (2.0 / 45.0 - x * (1.0 / 315.0 - x * (2.0 / 14175.0)))))
}

/// `sin θ` of a small angle by its series (Taylor).
#[inline]
fn sine_of_angle(angle: f64) -> f64 {
    let x = angle * angle;
    angle
        * (1.0
            - x / 6.0 * (1.0 - x / 20.0 * (1.0 - x / 42.0 * (1.0 - x / 72.0 * (1.0 - x / 110.0)))))
}

/// A position in steps of 0.00001 degree.
fn steps_of(position: LonLat) -> (i32, i32) {
    #[expect(clippy::cast_possible_truncation, reason = "18 million steps fit")]
    let steps = |degrees: f64| (degrees * STEPS_PER_DEGREE).round() as i32;
    (steps(position.lon()), steps(position.lat()))
}

fn degrees_of(steps: i32) -> f64 {
    f64::from(steps) / STEPS_PER_DEGREE
}

impl Blocks {
    /// Blocks of positions in the order given, which should keep neighbours
    /// together; each with its row.
    #[must_use]
    pub fn of(positions: impl IntoIterator<Item = (u32, LonLat)>) -> Self {
        let mut blocks = Self::default();
        let mut members: Vec<(u32, i32, i32)> = Vec::with_capacity(BLOCK);
        for (row, position) in positions {
            let (east, north) = steps_of(position);
            members.push((row, east, north));
            if members.len() > BLOCK || !fit(&mut members) {
                members.retain(|member| *member != (row, east, north));
                blocks.add(&mut members);
                members.push((row, east, north));
            }
        }
        blocks.add(&mut members);
        let balls = |balls: &[Ball]| {
            let places: Vec<_> = balls
                .iter()
                .map(|ball| (ball.centre(), f64::from(ball.of[3])))
                .collect();
            places.chunks(FAN).map(Ball::around).collect::<Vec<_>>()
        };
        let lowest: Vec<Ball> = blocks.blocks.iter().map(|block| block.ball).collect();
        blocks.groups = balls(&lowest);
        blocks.regions = balls(&blocks.groups);
        blocks
    }

    /// Adds a block of these members, and takes them away.
    fn add(&mut self, members: &mut Vec<(u32, i32, i32)>) {
        // Rows ascend within a block, so that they are small differences.
        members.sort_unstable();
        let Some(&(first_row, ..)) = members.first() else {
            return;
        };
        let west = members.iter().map(|(_, east, _)| *east).min().unwrap_or(0);
        let south = members.iter().map(|(.., north)| *north).min().unwrap_or(0);
        let places: Vec<_> = members
            .iter()
            .filter_map(|&(_, east, north)| LonLat::new(degrees_of(east), degrees_of(north)).ok())
            .map(|position| (Vector::of(position), 0.0))
            .collect();
        self.blocks.push(Block {
            ball: Ball::around(&places),
            start: u32::try_from(self.east.len()).unwrap_or(u32::MAX),
            row: first_row,
            west,
            south,
        });
        let mut before = first_row;
        for (row, east, north) in members.drain(..) {
            self.east.push(offset(i64::from(east) - i64::from(west)));
            self.north.push(offset(i64::from(north) - i64::from(south)));
            self.step.push(offset(i64::from(row) - i64::from(before)));
            before = row;
        }
    }

    /// How many positions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.east.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.east.is_empty()
    }

    /// Every row and its position.
    pub fn positions(&self) -> impl Iterator<Item = (u32, LonLat)> {
        self.blocks
            .iter()
            .enumerate()
            .flat_map(move |(number, block)| {
                let mut row = block.row;
                self.members(number).filter_map(move |at| {
                    row += u32::from(self.step[at]);
                    let lon = degrees_of(block.west + i32::from(self.east[at]));
                    let lat = degrees_of(block.south + i32::from(self.north[at]));
                    Some((row, LonLat::new(lon, lat).ok()?))
                })
            })
    }

    /// The blocks of those rows that pass.
    #[must_use]
    pub fn select(&self, mut passes: impl FnMut(u32) -> bool) -> Self {
        Self::of(self.positions().filter(|(row, _)| passes(*row)))
    }

    fn members(&self, block: usize) -> std::ops::Range<usize> {
        let end = self
            .blocks
            .get(block + 1)
            .map_or(self.east.len(), |next| next.start as usize);
        self.blocks[block].start as usize..end
    }

    /// Shows `visit` every row that may lie within a haversine of `origin`,
    /// with its own, nearest blocks first. What `visit` answers is the limit
    /// from then on: rows beyond it are left out, though some may still come.
    ///
    /// Haversines are good to 9 digits here; where that is not enough, ask the
    /// great circle.
    #[inline]
    pub fn sweep(&self, origin: LonLat, within: Hav, mut visit: impl FnMut(u32, Hav) -> Hav) {
        let origin = Origin::at(origin);
        let mut limit = within.0;
        // Haversines are never negative, so their bits order as they do.
        let mut queue: BinaryHeap<Reverse<(u64, usize)>> = BinaryHeap::with_capacity(128);
        let (groups, blocks) = (self.regions.len(), self.regions.len() + self.groups.len());
        for (number, ball) in self.regions.iter().enumerate() {
            let least = ball.least_hav_from(origin.vector);
            if least <= limit {
                queue.push(Reverse((least.to_bits(), number)));
            }
        }
        while let Some(Reverse((least, node))) = queue.pop() {
            if f64::from_bits(least) > limit {
                break;
            }
            if node < groups {
                let from = node * FAN;
                let to = (from + FAN).min(self.groups.len());
                for (number, ball) in (from..to).zip(&self.groups[from..to]) {
                    let least = ball.least_hav_from(origin.vector);
                    if least <= limit {
                        queue.push(Reverse((least.to_bits(), groups + number)));
                    }
                }
            } else if node < blocks {
                let from = (node - groups) * FAN;
                let to = (from + FAN).min(self.blocks.len());
                for (number, block) in (from..to).zip(&self.blocks[from..to]) {
                    let least = block.ball.least_hav_from(origin.vector);
                    if least <= limit {
                        queue.push(Reverse((least.to_bits(), blocks + number)));
                    }
                }
            } else {
                limit = self.sweep_block(node - blocks, &origin, limit, &mut visit);
            }
        }
    }

    #[inline]
    fn sweep_block(
        &self,
        number: usize,
        origin: &Origin,
        mut limit: f64,
        visit: &mut impl FnMut(u32, Hav) -> Hav,
    ) -> f64 {
        let block = &self.blocks[number];
        let members = self.members(number);
        let mut row = block.row;
        let columns = self.east[members.clone()]
            .iter()
            .zip(&self.north[members.clone()])
            .zip(&self.step[members]);
        for ((east, north), step) in columns {
            row += u32::from(*step);
            let lon = degrees_of(block.west + i32::from(*east));
            let lat = degrees_of(block.south + i32::from(*north));
            let hav = origin.hav_to(lon, lat, limit);
            if hav <= limit {
                limit = visit(row, Hav(hav)).0;
            }
        }
        limit
    }

    /// The `limit` rows nearest to `origin` that pass `admits`, nearest first;
    /// `is_first` decides between rows at the same distance.
    #[must_use]
    pub fn nearest(
        &self,
        origin: LonLat,
        limit: usize,
        mut admits: impl FnMut(u32) -> bool,
        is_first: impl Fn(u32, u32) -> bool,
    ) -> Vec<u32> {
        if limit == 0 {
            return Vec::new();
        }
        let mut found: Vec<(f64, u32)> = Vec::with_capacity(limit.min(self.len()) + 8);
        let mut most = Hav::ANY;
        self.sweep(origin, Hav::ANY, |row, Hav(hav)| {
            if !admits(row) {
                return most;
            }
            let place = found.partition_point(|(known, _)| *known <= hav);
            found.insert(place, (hav, row));
            if let Some(&(last, _)) = found.get(limit - 1) {
                // Beyond the last answer only those stay that may yet tie with it.
                most = Hav(last).with_doubt();
                while found.last().is_some_and(|(hav, _)| *hav > most.0) {
                    found.pop();
                }
            }
            most
        });
        self.settle(origin, &mut found, is_first);
        found.truncate(limit);
        found.into_iter().map(|(_, row)| row).collect()
    }

    /// Orders rows whose haversines are too close to call by the great circle.
    fn settle(
        &self,
        origin: LonLat,
        found: &mut [(f64, u32)],
        is_first: impl Fn(u32, u32) -> bool,
    ) {
        let mut from = 0;
        while from < found.len() {
            let mut to = from + 1;
            while to < found.len() && found[to].0 <= Hav(found[to - 1].0).with_doubt().0 {
                to += 1;
            }
            if to - from > 1 {
                let close = &mut found[from..to];
                for (hav, row) in close.iter_mut() {
                    *hav = self
                        .position_of(*row)
                        .map_or(f64::INFINITY, |position| origin.distance_to(position).0);
                }
                super::ordering::sort_short(close, |(one, row), (other, other_row)| {
                    one < other || one == other && is_first(*row, *other_row)
                });
            }
            from = to;
        }
    }

    /// Where a row is: a look at every block, for the rare tie.
    fn position_of(&self, row: u32) -> Option<LonLat> {
        let has = |(_, block): &(usize, &Block)| block.row <= row;
        self.blocks
            .iter()
            .enumerate()
            .filter(has)
            .find_map(|(number, block)| {
                let mut own = block.row;
                self.members(number).find_map(|at| {
                    own += u32::from(self.step[at]);
                    let lon = degrees_of(block.west + i32::from(self.east[at]));
                    let lat = degrees_of(block.south + i32::from(self.north[at]));
                    LonLat::new(lon, lat).ok().filter(|_| own == row)
                })
            })
    }
}

/// Whether members can share a block: their offsets and the differences of
/// their rows fit into 16 bits.
fn fit(members: &mut [(u32, i32, i32)]) -> bool {
    members.sort_unstable();
    let spans = |axis: fn(&(u32, i32, i32)) -> i32| {
        let least = members.iter().map(axis).min().unwrap_or(0);
        let most = members.iter().map(axis).max().unwrap_or(0);
        i64::from(most) - i64::from(least) <= i64::from(u16::MAX)
    };
    spans(|member| member.1)
        && spans(|member| member.2)
        && members
            .windows(2)
            .all(|pair| pair[1].0 - pair[0].0 <= u32::from(u16::MAX))
}

fn offset(difference: i64) -> u16 {
    u16::try_from(difference).expect("members of a block fit it")
}
