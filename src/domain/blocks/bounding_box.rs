//! The bounding boxes of blocks, groups and regions.

use super::Block;

/// The bounding box of a block, a group or a region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundingBox {
    /// Western, southern, eastern and northern edge, in steps of 0.00001 degree.
    pub edges: [i32; 4],
    /// The least cosine of a latitude in the box, rounded down.
    pub cosine: f32,
}

impl BoundingBox {
    pub(super) fn of(block: &Block) -> Self {
        let east = block.west + i32::from(block.width);
        let north = block.south + i32::from(block.height);
        Self {
            edges: [block.west, block.south, east, north],
            cosine: block.cosine,
        }
    }

    pub(super) fn around(boxes: impl Iterator<Item = Self>) -> Self {
        let mut all = Self {
            edges: [i32::MAX, i32::MAX, i32::MIN, i32::MIN],
            cosine: 1.0,
        };
        for inner in boxes {
            let [west, south, east, north] = inner.edges;
            let [all_west, all_south, all_east, all_north] = &mut all.edges;
            *all_west = west.min(*all_west);
            *all_south = south.min(*all_south);
            *all_east = east.max(*all_east);
            *all_north = north.max(*all_north);
            all.cosine = inner.cosine.min(all.cosine);
        }
        all
    }
}
