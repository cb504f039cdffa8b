//! The order of stations in the dataset: along a Hilbert curve, so that
//! neighbours in the file are neighbours on the ground.

use crate::domain::position::{Bounds, LonLat};

/// A position's place along the curve, over the whole Earth, so that the order
/// of two stations never depends on the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hilbert(u64);

/// Bits of each axis: cells of some 0.6 m of longitude at the equator.
const BITS: u32 = 26;

/// The place of `position` along the curve.
#[must_use]
pub fn order(position: LonLat) -> Hilbert {
    let side = f64::from(1_u32 << BITS);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a checked position scaled to 0..side fits"
    )]
    let step = |share: f64| ((share * side) as u32).min((1 << BITS) - 1);
    let mut x = step((position.lon() + 180.0) / 360.0);
    let mut y = step((position.lat() + 90.0) / 180.0);
    let mut along = 0;
    for level in (0..BITS).rev() {
        let (right, up) = ((x >> level) & 1, (y >> level) & 1);
        along = along << 2 | u64::from((3 * right) ^ up);
        if up == 0 {
            if right == 1 {
                let last = (1 << BITS) - 1;
                (x, y) = (last - x, last - y);
            }
            (x, y) = (y, x);
        }
    }
    Hilbert(along)
}

/// Longer boxes than this are cut even when a cell has room: a country's first
/// cell must not carry half of it.
const CELL_SPAN_M: f64 = 50_000.0;

/// Whether a box is too long for one cell.
pub(super) fn is_too_long(bounds: &Bounds) -> bool {
    let corner = |lon, lat| LonLat::new(lon, lat);
    match (
        corner(bounds.west, bounds.south),
        corner(bounds.east, bounds.north),
    ) {
        (Ok(south_west), Ok(north_east)) => south_west.distance_to(north_east).0 > CELL_SPAN_M,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_on_the_curve_are_neighbours_on_the_ground() {
        // Walk the curve over a 32 × 32 raster: each step goes to a side neighbour.
        let mut raster: Vec<(Hilbert, (i32, i32))> = (0..32)
            .flat_map(|x| (0..32).map(move |y| (x, y)))
            .map(|(x, y)| {
                let lon = (f64::from(x) + 0.5) * 360.0 / 32.0 - 180.0;
                let lat = (f64::from(y) + 0.5) * 180.0 / 32.0 - 90.0;
                (order(LonLat::new(lon, lat).expect("on Earth")), (x, y))
            })
            .collect();
        raster.sort_unstable();
        for pair in raster.windows(2) {
            let ((_, (x0, y0)), (_, (x1, y1))) = (pair[0], pair[1]);
            assert_eq!((x1 - x0).abs() + (y1 - y0).abs(), 1, "{pair:?}");
        }
    }
}
