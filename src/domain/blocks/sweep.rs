//! The search over boxes, the nearest first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::bounding_box::BoundingBox;
use super::hav::{HALF_TURN, Hav, NEAR, least_hav_of_small, least_havs_afar};
use super::origin::Origin;
use super::{Blocks, FAN};
use crate::domain::position::{LonLat, STEPS_PER_DEGREE};

const RADIANS_PER_STEP: f64 = std::f64::consts::PI / 180.0 / STEPS_PER_DEGREE;

impl Blocks {
    /// Calls `visit` with every row that may lie within a haversine of `origin`,
    /// and with the row's haversine, boxes in the order of their least
    /// haversine. `visit` returns the limit from then on; a few rows beyond it
    /// may still be visited.
    ///
    /// Haversines are good to 9 digits. Where that is not enough, compare
    /// great-circle distances.
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
}

/// The state of a search.
struct Sweep<'a, V> {
    blocks: &'a Blocks,
    origin: Origin,
    /// The limit as `visit` returned it.
    given: f64,
    /// The same with a margin for rounding: no haversine beyond it matters.
    limit: f64,
    visit: V,
}

impl<V: FnMut(u32, Hav) -> Hav> Sweep<'_, V> {
    fn limit_to(&mut self, Hav(limit): Hav) {
        self.given = limit;
        // Rounding must not exclude a row at exactly the limit.
        self.limit = Hav(limit).with_margin().0;
    }

    /// Visits regions, groups and blocks in the order of the least haversine to
    /// each. Of two at the same haversine the smaller one comes first, so that
    /// the limit shrinks before more boxes are opened.
    fn run(&mut self) {
        let Blocks {
            blocks,
            groups,
            regions,
            ..
        } = self.blocks;
        let mut queue = BinaryHeap::with_capacity(64);
        for (number, region) in regions.iter().enumerate() {
            self.consider(&mut queue, region, REGION, number);
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
                        self.consider(&mut queue, &BoundingBox::of(block), BLOCK_ITSELF, number);
                    }
                }
                _ => {
                    let to = (from + FAN).min(groups.len());
                    for (number, group) in (from..to).zip(&groups[from..to]) {
                        self.consider(&mut queue, group, GROUP, number);
                    }
                }
            }
        }
    }

    /// Queues a box unless all of it lies beyond the limit.
    #[inline]
    fn consider(
        &self,
        queue: &mut BinaryHeap<Reverse<Node>>,
        bounding_box: &BoundingBox,
        level: u32,
        number: usize,
    ) {
        let least = self.least_hav(bounding_box);
        if least <= self.limit {
            queue.push(Reverse(Node::new(least, level, number)));
        }
    }

    /// A lower bound of the haversine to any position in a box: `hav Δφ +
    /// cos φ₁ cos φ₂ hav Δλ` with the least of each factor.
    #[inline]
    fn least_hav(&self, bounding_box: &BoundingBox) -> f64 {
        let [west, south, east, north] = bounding_box.edges;
        let (west, south) = self.corner(west, south);
        let (east, north) = self.corner(east, north);
        let up = south.max(-north).max(0.0);
        let over = west.max(-east).max(0.0);
        let cosines = self.origin.cosine * f64::from(bounding_box.cosine);
        // Beyond half a turn an edge is nearer the other way around the Earth.
        if up < NEAR && over < NEAR && west > -HALF_TURN && east < HALF_TURN {
            return least_hav_of_small(up) + cosines * least_hav_of_small(over);
        }
        let (up, over) = least_havs_afar(up, west, east);
        up + cosines * over
    }

    /// Longitude and latitude of a corner from the origin, in radians.
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
            // Most rows lie beyond the limit even by a lower bound, which is cheaper.
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

/// The levels, the smallest first.
const BLOCK_ITSELF: u32 = 0;
const GROUP: u32 = 1;
const REGION: u32 = 2;

/// A queued region, group or block: from the highest bits down, the least
/// haversine to it in single precision, rounded down, then its level, then its
/// number. The bits of floats that are not negative order as the floats do, so
/// nodes order by haversine, then by level.
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
