//! Which of two editions is newer, and which of its cells a phone stores.

use super::{CellEntry, Manifest};
use crate::domain::position::Bounds;

/// How a manifest compares with the one on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newness {
    /// The same edition.
    Same,
    /// A later one.
    Newer,
    /// An earlier one, from a cache on the network or a host that was rolled back.
    Older,
}

/// How `found` compares with the `loaded` manifest. The time of the build
/// decides, since an old list that is published again is built again; of two
/// builds within a minute the found one counts as newer.
#[must_use]
pub fn newness(found: &Manifest, loaded: &Manifest) -> Newness {
    if found.edition == loaded.edition {
        Newness::Same
    } else if found.built_at < loaded.built_at {
        Newness::Older
    } else {
        Newness::Newer
    }
}

/// Whether a phone stores a cell that no screen shows now: every cell if all of
/// them together have at most `most_bytes`, uncompressed; else those that touch
/// one of the cells stored before (`kept`, their boxes), so that a newer edition
/// never leaves an area without stations.
#[must_use]
pub fn is_worth_keeping(
    cell: &CellEntry,
    of: &Manifest,
    most_bytes: u32,
    kept: &[Option<Bounds>],
) -> bool {
    of.cell_bytes() <= most_bytes || kept.iter().any(|kept| touch(*kept, cell.bounds))
}

/// Whether two boxes overlap or touch. Cells without positions count as
/// touching one another.
fn touch(one: Option<Bounds>, other: Option<Bounds>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.touches(&other),
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Digest;
    use crate::domain::position::LonLat;

    /// A manifest of cells along one parallel: where each begins, in degrees,
    /// each one degree wide and 100 bytes long.
    fn manifest(edition: &str, built_at: &str, cells: &[f64]) -> Manifest {
        let cells = cells.iter().map(|west| {
            let place = |lon| LonLat::new(lon, 31.0).expect("on Earth");
            CellEntry {
                bounds: Bounds::around([place(*west), place(west + 1.0)]),
                stations: 1,
                bytes: 100,
                digest: Digest::of(format!("{edition} {west}").as_bytes()),
            }
        });
        Manifest {
            edition: edition.to_owned(),
            built_at: built_at.parse().expect("a time"),
            cells: cells.collect(),
            ..Manifest::default()
        }
    }

    #[test]
    fn an_edition_is_newer_by_the_time_it_was_built() {
        let loaded = manifest("b", "2026-07-02T06:00", &[]);
        let check = |edition, built_at, expected| {
            assert_eq!(
                newness(&manifest(edition, built_at, &[]), &loaded),
                expected,
                "{edition} {built_at}"
            );
        };
        check("b", "2026-07-02T06:00", Newness::Same);
        check("c", "2026-07-03T06:00", Newness::Newer);
        check("c", "2026-07-02T06:00", Newness::Newer);
        check("a", "2026-07-01T06:00", Newness::Older);
    }

    #[test]
    fn a_small_dataset_is_kept_whole_and_of_a_large_one_what_was_kept_before() {
        let old = manifest("a", "2026-07-01T06:00", &[100.0, 110.0, 120.0]);
        let new = manifest("b", "2026-07-02T06:00", &[100.5, 110.2, 119.5, 130.0]);
        let last = [old.cells[2].bounds];
        let kept = |most_bytes, kept: &[_]| -> Vec<bool> {
            let is_worth = |cell| is_worth_keeping(cell, &new, most_bytes, kept);
            new.cells.iter().map(is_worth).collect()
        };
        assert_eq!(kept(400, &[]), [true; 4]);
        assert_eq!(kept(399, &[]), [false; 4]);
        assert_eq!(kept(399, &last), [false, false, true, false]);
    }
}
