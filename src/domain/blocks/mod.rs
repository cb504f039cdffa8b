//! A spatial index of positions, and exact nearest-neighbour search in it.
//!
//! A block is a few neighbouring positions and their bounding box. Blocks form
//! groups and groups form regions, each with a bounding box. The search skips
//! every box that is too far away, so it is exact and takes microseconds.
//!
//! Distances are compared as haversines, `hav θ = sin²(θ/2)` of the angle θ at
//! the centre of the Earth: they order as great-circle distances do, and need
//! no inverse functions. Single precision is too coarse (the cosine of 2 km
//! rounds to 1), and a plane gives wrong neighbours across a country.

mod bounding_box;
mod hav;
mod nearest;
mod origin;
mod sweep;

pub use bounding_box::BoundingBox;
pub use hav::Hav;

use super::position::{LonLat, from_steps, to_steps};

/// The most positions in a block.
const BLOCK: usize = 32;

/// Blocks in a group, and groups in a region.
const FAN: usize = 16;

/// A few neighbouring positions and their bounding box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The index of the first position in the columns; the next block's start is the end.
    pub start: u32,
    /// The row of the first position.
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

/// Positions in blocks, each with a row number whose meaning is the owner's.
///
/// They are WGS-84, rounded to 0.00001 degree as in the published files.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Blocks {
    /// The blocks, in the order given.
    pub blocks: Vec<Block>,
    /// The bounding box of each [`FAN`] blocks.
    pub groups: Vec<BoundingBox>,
    /// The bounding box of each [`FAN`] groups.
    pub regions: Vec<BoundingBox>,
    /// Steps east of the block's western edge.
    pub east: Vec<u16>,
    /// Steps north of the block's southern edge.
    pub north: Vec<u16>,
    /// The row less that of the position before in the block; 0 for the first.
    pub step: Vec<u16>,
}

/// A position that is not in a block yet.
#[derive(Clone, Copy)]
struct Member {
    row: u32,
    /// Steps of 0.00001 degree.
    east: i32,
    north: i32,
}

impl Blocks {
    /// Makes blocks of positions and their rows, in the order given. Neighbours
    /// should follow one another: the smaller the boxes, the faster the search.
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

    /// Takes finished blocks and columns, and computes groups and regions.
    #[must_use]
    pub fn from_columns(
        blocks: Vec<Block>,
        east: Vec<u16>,
        north: Vec<u16>,
        step: Vec<u16>,
    ) -> Self {
        let groups: Vec<BoundingBox> = blocks
            .chunks(FAN)
            .map(|blocks| BoundingBox::around(blocks.iter().map(BoundingBox::of)))
            .collect();
        let regions = groups
            .chunks(FAN)
            .map(|groups| BoundingBox::around(groups.iter().copied()))
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
    /// apart for offsets of 16 bits.
    fn add(&mut self, members: &[Member]) {
        // Rows ascend within a block, so that their differences are small.
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
            reason = "reduced by more than rounding adds"
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

    /// Blocks of only those rows that pass.
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
}
