//! Positions in blocks that lie together, and the search over them: the same
//! rule for the whole country and for one street.
//!
//! A block is a few positions and the box around them; blocks lie in groups,
//! groups in regions, each with a box of its own. What cannot be near enough
//! is never looked at, so the answer is exact and costs microseconds.
//!
//! Distances are compared as haversines, `hav θ = sin²(θ/2)` of the angle θ at
//! the centre of the Earth: they order as the great circle does, and need no
//! inverse functions. Single precision would not do (the cosine of 2 km is 1),
//! nor would a plane (it names wrong neighbours across a country).

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::position::{EARTH_RADIUS_M, LonLat, Metres, STEPS_PER_DEGREE, from_steps, to_steps};

/// Positions in a block at most.
const BLOCK: usize = 32;

/// Blocks in a group, and groups in a region.
const FAN: usize = 16;

/// What the series below may be off, relatively, many times over.
const DOUBT: f64 = 1e-9;

/// What rounding may turn an angle by, in radians, many times over: 60 nm.
const DOUBT_RADIANS: f64 = 1e-14;

/// Up to this difference, in radians (190 km), three terms of the series do.
const NEAR: f64 = 0.03;

/// Up to this one six terms do; beyond it trigonometry is asked.
const FAR: f64 = 0.5;

const HALF_TURN: f64 = std::f64::consts::PI;

const RADIANS_PER_STEP: f64 = std::f64::consts::PI / 180.0 / STEPS_PER_DEGREE;

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

    /// The largest haversine that may in truth be no larger than this one.
    fn with_doubt(self) -> Self {
        let turned = DOUBT_RADIANS * (self.0.sqrt() + DOUBT_RADIANS);
        Self(self.0 * (1.0 + DOUBT) + turned)
    }
}

/// The box around some blocks or groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Western, southern, eastern and northern edge, in steps of 0.00001 degree.
    pub edges: [i32; 4],
    /// The least cosine of a latitude in the box, rounded down.
    pub cosine: f32,
}

/// Some positions that lie together, and the box around them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// Where they begin in the columns; the next block's start is their end.
    pub start: u32,
    /// The row of the first one.
    pub row: u32,
    /// Western edge, in steps of 0.00001 degree.
    pub west: i32,
    /// Southern edge, in steps of 0.00001 degree.
    pub south: i32,
    /// Steps from the western to the eastern edge.
    pub width: u16,
    /// Steps from the southern to the northern edge.
    pub height: u16,
    /// The least cosine of a latitude in the box, rounded down.
    pub cosine: f32,
}

/// Positions, each of a row, in blocks.
///
/// They are WGS-84, kept to 0.00001 degree as they travel. Rows are whatever
/// the owner numbers.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Blocks {
    /// The blocks, in the order given.
    pub blocks: Vec<Block>,
    /// Boxes around each [`FAN`] blocks.
    pub groups: Vec<Frame>,
    /// Boxes around each [`FAN`] groups.
    pub regions: Vec<Frame>,
    /// Steps east of the block's western edge.
    pub east: Vec<u16>,
    /// Steps north of the block's southern edge.
    pub north: Vec<u16>,
    /// How many rows after the one before in the block; 0 for the first.
    pub step: Vec<u16>,
}

impl Frame {
    fn of(block: &Block) -> Self {
        let east = block.west + i32::from(block.width);
        let north = block.south + i32::from(block.height);
        Self {
            edges: [block.west, block.south, east, north],
            cosine: block.cosine,
        }
    }

    fn around(frames: impl Iterator<Item = Self>) -> Self {
        let mut all = Self {
            edges: [i32::MAX, i32::MAX, i32::MIN, i32::MIN],
            cosine: 1.0,
        };
        for frame in frames {
            let [west, south, east, north] = frame.edges;
            let [all_west, all_south, all_east, all_north] = &mut all.edges;
            *all_west = west.min(*all_west);
            *all_south = south.min(*all_south);
            *all_east = east.max(*all_east);
            *all_north = north.max(*all_north);
            all.cosine = frame.cosine.min(all.cosine);
        }
        all
    }
}

/// A position on its way into a block.
#[derive(Clone, Copy)]
struct Member {
    row: u32,
    /// Steps of 0.00001 degree.
    east: i32,
    north: i32,
}

/// Where the search starts: what the trigonometry of it needs only once.
struct Origin {
    /// Longitude and latitude in radians.
    lon: f64,
    lat: f64,
    sine: f64,
    cosine: f64,
}

impl Origin {
    fn at(position: LonLat) -> Self {
        let (sine, cosine) = position.lat().to_radians().sin_cos();
        Self {
            lon: position.lon().to_radians(),
            lat: position.lat().to_radians(),
            sine,
            cosine,
        }
    }

    /// The haversine of the way to a place so many radians up and over.
    #[inline]
    fn hav_to(&self, up: f64, over: f64) -> f64 {
        if up.abs() > NEAR || over.abs() > NEAR {
            return self.hav_to_afar(up, over);
        }
        let sine = up * (1.0 - up * up * (1.0 / 6.0 - up * up * (1.0 / 120.0)));
        self.hav(hav_of_small(up), sine, hav_of_small(over))
    }

    #[cold]
    #[inline(never)]
    fn hav_to_afar(&self, up: f64, over: f64) -> f64 {
        if up.abs() > FAR || over.abs() > FAR {
            let hav = |angle: f64| (angle / 2.0).sin() * (angle / 2.0).sin();
            return self.hav(hav(up), up.sin(), hav(over));
        }
        self.hav(hav_of_angle(up), sine_of_angle(up), hav_of_angle(over))
    }

    /// `hav Δφ + cos φ₁ cos φ₂ hav Δλ`, where φ₂ = φ₁ + Δφ needs no cosine of
    /// its own.
    #[inline]
    fn hav(&self, up: f64, sine_of_up: f64, over: f64) -> f64 {
        let cosine = self.cosine * (1.0 - 2.0 * up) - self.sine * sine_of_up;
        up + self.cosine * cosine * over
    }
}

/// `sin²(θ/2)` of an angle up to [`NEAR`] by its series (Taylor, x = θ²/4).
#[inline]
fn hav_of_small(angle: f64) -> f64 {
    let x = angle * angle * 0.25;
    x * (1.0 - x * (1.0 / 3.0 - x * (2.0 / 45.0)))
}

/// The same for an angle up to [`FAR`].
fn hav_of_angle(angle: f64) -> f64 {
    let x = angle * angle * 0.25;
    x * (1.0 - x * (1.0 / 3.0 - x * (2.0 / 45.0 - x * (1.0 / 315.0 - x * (2.0 / 14175.0)))))
}

/// `sin θ` of an angle up to [`FAR`] by its series (Taylor).
fn sine_of_angle(angle: f64) -> f64 {
    let x = angle * angle;
    angle
        * (1.0
            - x / 6.0 * (1.0 - x / 20.0 * (1.0 - x / 42.0 * (1.0 - x / 72.0 * (1.0 - x / 110.0)))))
}

/// The levels, the smallest first.
const BLOCK_ITSELF: u32 = 0;
const GROUP: u32 = 1;
const REGION: u32 = 2;

/// A region, group or block that may hold something near: the bits of the least
/// haversine to it, in single precision and rounded down, then its level, then
/// its number. Haversines are never negative, so nodes order as they do, and of
/// two at the same one the smaller comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Node(u64);

impl Node {
    const NUMBER_BITS: u32 = 30;

    #[inline]
    fn new(least: f64, level: u32, number: usize) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "rounded down by more than that; numbers are below a billion"
        )]
        let (least, number) = ((least * (1.0 - 2e-7)) as f32, number as u32);
        let low = level << Self::NUMBER_BITS | number;
        Self(u64::from(least.to_bits()) << 32 | u64::from(low))
    }

    fn least(self) -> f64 {
        let bits = (self.0 >> 32) as u32;
        f64::from(f32::from_bits(bits))
    }

    fn level_and_number(self) -> (u32, usize) {
        #[expect(clippy::cast_possible_truncation, reason = "the lower half")]
        let low = self.0 as u32;
        (
            low >> Self::NUMBER_BITS,
            (low & ((1 << Self::NUMBER_BITS) - 1)) as usize,
        )
    }
}

/// The place and the haversine of the farthest.
#[inline]
fn worst_of(found: &[(f64, u32)]) -> (usize, Hav) {
    let (mut place, mut most) = (0, -1.0);
    for (number, (hav, _)) in found.iter().enumerate() {
        if *hav > most {
            (place, most) = (number, *hav);
        }
    }
    (place, Hav(most))
}

/// Whether a haversine may be within [`Hav::with_doubt`] of a smaller one: a
/// little more than that, without a root.
#[inline]
fn may_tie(hav: f64, last: f64) -> bool {
    hav - last < last * 1e-6 + 1e-20
}

/// One search under way.
struct Sweep<'a, V> {
    blocks: &'a Blocks,
    origin: Origin,
    /// The limit as it was given.
    given: f64,
    /// What lies beyond this haversine no longer matters.
    limit: f64,
    visit: V,
}

impl<V: FnMut(u32, Hav) -> Hav> Sweep<'_, V> {
    fn limit_to(&mut self, Hav(limit): Hav) {
        self.given = limit;
        // What may in truth be no farther is still shown.
        self.limit = Hav(limit).with_doubt().0;
    }

    /// Visits regions, groups and blocks in the order of the least haversine to
    /// each; of two at the same, the smaller one first, so that rows are seen
    /// and the limit shrinks before more is opened.
    fn run(&mut self) {
        let Blocks {
            blocks,
            groups,
            regions,
            ..
        } = self.blocks;
        let mut queue = BinaryHeap::with_capacity(64);
        for (number, frame) in regions.iter().enumerate() {
            self.consider(&mut queue, frame, REGION, number);
        }
        while let Some(Reverse(node)) = queue.pop() {
            if node.least() > self.limit {
                break;
            }
            let (level, number) = node.level_and_number();
            let from = number * FAN;
            match level {
                BLOCK_ITSELF => self.rows(number),
                GROUP => {
                    let to = (from + FAN).min(blocks.len());
                    for (number, block) in (from..to).zip(&blocks[from..to]) {
                        self.consider(&mut queue, &Frame::of(block), BLOCK_ITSELF, number);
                    }
                }
                _ => {
                    let to = (from + FAN).min(groups.len());
                    for (number, frame) in (from..to).zip(&groups[from..to]) {
                        self.consider(&mut queue, frame, GROUP, number);
                    }
                }
            }
        }
    }

    /// Puts what a box holds into the queue if it may hold anything that
    /// matters.
    #[inline]
    fn consider(
        &self,
        queue: &mut BinaryHeap<Reverse<Node>>,
        frame: &Frame,
        level: u32,
        number: usize,
    ) {
        let least = self.least_hav(frame);
        if least <= self.limit {
            queue.push(Reverse(Node::new(least, level, number)));
        }
    }

    /// A haversine that nothing in a box can undercut: `hav Δφ + cos φ₁ cos φ₂
    /// hav Δλ` with the least of each factor.
    #[inline]
    fn least_hav(&self, frame: &Frame) -> f64 {
        let (west, south) = self.corner(frame.edges[0], frame.edges[1]);
        let (east, north) = self.corner(frame.edges[2], frame.edges[3]);
        let up = south.max(-north).max(0.0);
        let over = west.max(-east).max(0.0);
        let cosines = self.origin.cosine * f64::from(frame.cosine);
        // Beyond half a turn an edge is nearer the other way around the Earth.
        if up < NEAR && over < NEAR && west > -HALF_TURN && east < HALF_TURN {
            return least_hav_of_small(up) + cosines * least_hav_of_small(over);
        }
        let (up, over) = least_havs_afar(up, west, east);
        up + cosines * over
    }

    /// How far a corner lies over and up, in radians.
    #[inline]
    fn corner(&self, lon: i32, lat: i32) -> (f64, f64) {
        (
            f64::from(lon) * RADIANS_PER_STEP - self.origin.lon,
            f64::from(lat) * RADIANS_PER_STEP - self.origin.lat,
        )
    }

    #[inline]
    fn rows(&mut self, number: usize) {
        let blocks = self.blocks;
        let block = &blocks.blocks[number];
        let members = blocks.members(number);
        let (west, south) = self.corner(block.west, block.south);
        let mut row = block.row;
        let cosines = self.origin.cosine * f64::from(block.cosine);
        let columns = blocks.east[members.clone()]
            .iter()
            .zip(&blocks.north[members.clone()])
            .zip(&blocks.step[members]);
        for ((east, north), step) in columns {
            row += u32::from(*step);
            let up = south + f64::from(*north) * RADIANS_PER_STEP;
            let over = west + f64::from(*east) * RADIANS_PER_STEP;
            // Most rows are too far even by less than the true distance.
            if up.abs() < NEAR
                && over.abs() < NEAR
                && least_hav_of_small(up) + cosines * least_hav_of_small(over) > self.limit
            {
                continue;
            }
            let hav = self.origin.hav_to(up, over);
            if hav <= self.limit {
                let limit = (self.visit)(row, Hav(hav));
                if limit.0 < self.given {
                    self.limit_to(limit);
                }
            }
        }
    }
}

/// A little less than the haversine of an angle up to [`NEAR`]: its series
/// alternates, so two terms are less than all, and `θ²/12` is below 8e-5.
#[inline]
fn least_hav_of_small(angle: f64) -> f64 {
    angle * angle * (0.25 * (1.0 - 8e-5))
}

/// The same for an angle beyond that, up to half a turn, within a tenth:
/// `sin x ≥ x − x³/6`, and from 2.2 radians on what it is there at least.
#[inline]
fn least_hav_of_large(angle: f64) -> f64 {
    let half = angle.min(2.2) * 0.5;
    let sine = half * (1.0 - half * half * (1.0 / 6.0));
    sine * sine
}

/// Haversines that no place of a box undercuts, of which one edge is `up`
/// radians away and which lies between `west` and `east`.
#[inline]
fn least_havs_afar(up: f64, west: f64, east: f64) -> (f64, f64) {
    let over = if west <= 0.0 && east >= 0.0 {
        0.0
    } else {
        let (west, east) = (west.abs(), east.abs());
        let turned = |angle: f64| angle.min(2.0 * HALF_TURN - angle);
        turned(west).min(turned(east)).max(0.0)
    };
    (least_hav_of_large(up), least_hav_of_large(over))
}

impl Blocks {
    /// Blocks of positions in the order given, which should keep neighbours
    /// together; each with its row.
    #[must_use]
    pub fn of(positions: impl IntoIterator<Item = (u32, LonLat)>) -> Self {
        let members: Vec<Member> = positions
            .into_iter()
            .map(|(row, position)| {
                let (east, north) = (to_steps(position.lon()), to_steps(position.lat()));
                Member { row, east, north }
            })
            .collect();
        let mut blocks = Self::default();
        for block in members.chunks(BLOCK) {
            blocks.add(block);
        }
        Self::from_columns(blocks.blocks, blocks.east, blocks.north, blocks.step)
    }

    /// Blocks and columns that are there already; the rest follows from them.
    #[must_use]
    pub fn from_columns(
        blocks: Vec<Block>,
        east: Vec<u16>,
        north: Vec<u16>,
        step: Vec<u16>,
    ) -> Self {
        let groups: Vec<Frame> = blocks
            .chunks(FAN)
            .map(|blocks| Frame::around(blocks.iter().map(Frame::of)))
            .collect();
        let regions = groups
            .chunks(FAN)
            .map(|groups| Frame::around(groups.iter().copied()))
            .collect();
        Self {
            blocks,
            groups,
            regions,
            east,
            north,
            step,
        }
    }

    /// Adds these members as one block, or as several where they lie too far
    /// apart for one.
    fn add(&mut self, members: &[Member]) {
        // Rows ascend within a block, so that they are small differences.
        let mut members = members.to_vec();
        let west = members.iter().map(|member| member.east).min().unwrap_or(0);
        let south = members.iter().map(|member| member.north).min().unwrap_or(0);
        let halves = members.split_at(members.len() / 2);
        let halves = [halves.0.to_vec(), halves.1.to_vec()];
        super::ordering::sort_short(&mut members, |one, other| one.row < other.row);
        let first_row = members.first().map_or(0, |member| member.row);
        let mut before = first_row;
        let offsets: Option<Vec<[u16; 3]>> = members
            .iter()
            .map(|member| {
                let step = member.row - before;
                before = member.row;
                Some([
                    u16::try_from(i64::from(member.east) - i64::from(west)).ok()?,
                    u16::try_from(i64::from(member.north) - i64::from(south)).ok()?,
                    u16::try_from(step).ok()?,
                ])
            })
            .collect();
        let Some(offsets) = offsets else {
            return halves.iter().for_each(|half| self.add(half));
        };
        let most = |axis: fn(&[u16; 3]) -> u16| offsets.iter().map(axis).max().unwrap_or(0);
        let (width, height) = (most(|offset| offset[0]), most(|offset| offset[1]));
        let edge = |steps: i32| from_steps(steps).to_radians().cos();
        let least = edge(south).min(edge(south + i32::from(height)));
        #[expect(
            clippy::cast_possible_truncation,
            reason = "less than it by more than that"
        )]
        let cosine = (least - 1e-6).max(0.0) as f32;
        self.blocks.push(Block {
            start: u32::try_from(self.east.len()).unwrap_or(u32::MAX),
            row: first_row,
            west,
            south,
            width,
            height,
            cosine,
        });
        for [east, north, step] in offsets {
            self.east.push(east);
            self.north.push(north);
            self.step.push(step);
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
                    let lon = from_steps(block.west + i32::from(self.east[at]));
                    let lat = from_steps(block.south + i32::from(self.north[at]));
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
    /// with its own: the nearest region first, in it the nearest group, in it
    /// the nearest block. What `visit` answers is the limit from then on: rows
    /// beyond it are left out, though some may still come.
    ///
    /// Haversines are good to 9 digits here; where that is not enough, ask the
    /// great circle.
    #[inline]
    pub fn sweep(&self, origin: LonLat, within: Hav, visit: impl FnMut(u32, Hav) -> Hav) {
        let mut sweep = Sweep {
            blocks: self,
            origin: Origin::at(origin),
            given: 0.0,
            limit: 0.0,
            visit,
        };
        sweep.limit_to(within);
        sweep.run();
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
        // In no order until the end: most candidates are soon pushed out again.
        let mut found: Vec<(f64, u32)> = Vec::with_capacity(limit.min(self.len()));
        let mut ties: Vec<(f64, u32)> = Vec::new();
        let mut worst = 0;
        let mut most = Hav::ANY;
        self.sweep(origin, Hav::ANY, |row, Hav(hav)| {
            if !admits(row) {
                return most;
            }
            let last = if found.len() < limit {
                found.push((hav, row));
                None
            } else if hav < most.0 {
                Some(std::mem::replace(&mut found[worst], (hav, row)))
            } else {
                // As near as the last one, as far as anybody can tell here.
                Some((hav, row))
            };
            if found.len() == limit {
                (worst, most) = worst_of(&found);
                ties.extend(last.filter(|(hav, _)| may_tie(*hav, most.0)));
            }
            most
        });
        let tie = most.with_doubt().0;
        found.extend(ties.into_iter().filter(|(hav, _)| *hav <= tie));
        super::ordering::sort_short(&mut found, |(one, _), (other, _)| one < other);
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
                    match one.total_cmp(other) {
                        Ordering::Less => true,
                        Ordering::Equal => is_first(*row, *other_row),
                        Ordering::Greater => false,
                    }
                });
            }
            from = to;
        }
    }

    /// Where a row is: a look at every block, for the rare tie.
    fn position_of(&self, row: u32) -> Option<LonLat> {
        let mut positions = self.positions();
        positions.find_map(|(own, position)| (own == row).then_some(position))
    }
}
