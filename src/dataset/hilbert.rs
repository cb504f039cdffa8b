//! The order of stations in the dataset: along a Hilbert curve, so that
//! neighbours in the file are neighbours on the ground.

use crate::domain::position::LonLat;

/// A position's place along the curve. The curve covers the whole Earth, so
/// that the order of two stations never depends on the others.
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

/// Cuts places, in the order of the curve, into runs of at most `most`, each of
/// which fills some neighbouring squares of one parent square. Returns the
/// lengths of the runs.
///
/// The cuts follow fixed grid lines: adding or removing a station changes few
/// cells beside its own, so that an update downloads little.
#[must_use]
pub fn cut(places: &[Hilbert], most: usize) -> Vec<usize> {
    let mut lengths = Vec::new();
    split(places, BITS, most, &mut lengths);
    lengths
}

fn split(places: &[Hilbert], level: u32, most: usize, lengths: &mut Vec<usize>) {
    if places.is_empty() {
        return;
    }
    if level == 0 {
        // All at one position: no grid line divides them.
        lengths.extend(places.chunks(most).map(<[_]>::len));
        return;
    }
    if places.len() <= most && level <= BITS - COARSEST {
        lengths.push(places.len());
        return;
    }
    let before = lengths.len();
    let mut rest = places;
    for quarter in 0..4 {
        let inside = rest.partition_point(|place| place.0 >> (2 * (level - 1)) & 3 <= quarter);
        let (quarter_places, after) = rest.split_at(inside);
        rest = after;
        split(quarter_places, level - 1, most, lengths);
    }
    if level <= BITS - COARSEST {
        join_neighbours(lengths, before, most);
    }
}

/// The least number of times that the Earth is halved for the square of a cell,
/// however few stations it holds: at level 8 it is at most 156 by 78 km.
const COARSEST: u32 = 8;

/// Joins neighbouring runs that together fit into one cell.
fn join_neighbours(lengths: &mut Vec<usize>, from: usize, most: usize) {
    let runs = lengths.split_off(from);
    for run in runs {
        match lengths.get_mut(from..).and_then(<[_]>::last_mut) {
            Some(last) if *last + run <= most => *last += run,
            _ => lengths.push(run),
        }
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

    proptest::proptest! {
        #[test]
        fn an_added_station_changes_few_cells(
            spots in proptest::collection::vec((121.0..122.0_f64, 30.8..31.6_f64), 1..300),
            lon in 121.0..122.0_f64, lat in 30.8..31.6_f64,
        ) {
            let place = |(lon, lat)| order(LonLat::new(lon, lat).expect("on Earth"));
            let cells = |spots: &[(f64, f64)]| -> Vec<Vec<Hilbert>> {
                let mut places: Vec<Hilbert> = spots.iter().copied().map(place).collect();
                places.sort_unstable();
                let mut rest = places.as_slice();
                cut(&places, 16)
                    .into_iter()
                    .map(|length| {
                        let (cell, after) = rest.split_at(length);
                        rest = after;
                        cell.to_vec()
                    })
                    .collect()
            };
            let before = cells(&spots);
            proptest::prop_assert!(before.iter().all(|cell| (1..=16).contains(&cell.len())));
            proptest::prop_assert_eq!(before.iter().map(Vec::len).sum::<usize>(), spots.len());
            let mut more = spots.clone();
            more.push((lon, lat));
            let after = cells(&more);
            let gone = before.iter().filter(|cell| !after.contains(cell)).count();
            // Its own cell, and those that were joined with it before.
            proptest::prop_assert!(gone <= 4, "{gone} cells changed");
        }
    }
}
