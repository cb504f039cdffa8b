//! The rows nearest to a position.

use std::cmp::Ordering;

use super::Blocks;
use super::hav::Hav;
use crate::domain::ordering::sort_short;
use crate::domain::position::LonLat;

impl Blocks {
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
        // Unordered until the end, since most candidates are soon replaced.
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
                // As near as the farthest one found, within rounding.
                Some((hav, row))
            };
            if found.len() == limit {
                (worst, most) = worst_of(&found);
                ties.extend(last.filter(|(hav, _)| may_tie(*hav, most.0)));
            }
            most
        });
        let tie = most.with_margin().0;
        found.extend(ties.into_iter().filter(|(hav, _)| *hav <= tie));
        sort_short(&mut found, |(one, _), (other, _)| one < other);
        self.settle(origin, &mut found, is_first);
        found.truncate(limit);
        found.into_iter().map(|(_, row)| row).collect()
    }

    /// Orders rows whose haversines differ by no more than rounding by their
    /// great-circle distances.
    fn settle(
        &self,
        origin: LonLat,
        found: &mut [(f64, u32)],
        is_first: impl Fn(u32, u32) -> bool,
    ) {
        let mut from = 0;
        while from < found.len() {
            let mut to = from + 1;
            while to < found.len() && found[to].0 <= Hav(found[to - 1].0).with_margin().0 {
                to += 1;
            }
            if to - from > 1 {
                let close = &mut found[from..to];
                for (hav, row) in close.iter_mut() {
                    *hav = self
                        .position_of(*row)
                        .map_or(f64::INFINITY, |position| origin.distance_to(position).0);
                }
                sort_short(close, |(one, row), (other, other_row)| {
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

    /// The position of a row. Searches every block, since ties are rare.
    fn position_of(&self, row: u32) -> Option<LonLat> {
        let mut positions = self.positions();
        positions.find_map(|(own, position)| (own == row).then_some(position))
    }
}

/// The index and the haversine of the farthest row.
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

/// Whether a haversine may be within [`Hav::with_margin`] of the smaller `last`.
/// A slightly looser bound, which needs no square root.
#[inline]
fn may_tie(hav: f64, last: f64) -> bool {
    hav - last < last * 1e-6 + 1e-20
}
