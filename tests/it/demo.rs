//! The demo dataset, from its sheets to the nearest station.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use yizhan::cli::{Disk, write_dataset};
use yizhan::dataset::{Dataset, DatasetError, Manifest, decode_cell, decode_manifest};
use yizhan::domain::opening::Opening;
use yizhan::domain::position::LonLat;
use yizhan::domain::station::{Features, Station};
use yizhan::publish::{Config, Prepared, prepare, read_dataset, silent};

pub(crate) fn prepared() -> (Config, Prepared) {
    let config =
        Config::read(Path::new("data/stations.toml"), &Disk).expect("the demo's configuration");
    let prepared = prepare(&config, &Disk, &mut silent);
    (config, prepared)
}

fn published() -> (tempfile::TempDir, PathBuf, Dataset) {
    let (config, mut prepared) = prepared();
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("data");
    let now = "2026-07-15T06:00".parse().expect("a time");
    let dataset =
        write_dataset(&config, &mut prepared, now, &out, None, &mut silent).expect("written");
    (folder, out, dataset)
}

fn codes(prepared: &Prepared, wanted: &str) -> Vec<(String, usize)> {
    prepared
        .issues
        .iter()
        .filter(|issue| issue.problem.code() == wanted)
        .map(|issue| (issue.source.clone(), issue.row.unwrap_or(0)))
        .collect()
}

#[test]
fn all_rows_of_all_lists_are_there_and_none_is_verified() {
    let (_, prepared) = prepared();
    let of = |source: usize| {
        prepared
            .stations
            .iter()
            .filter(|s| s.source == source)
            .count()
    };
    assert_eq!(
        [of(0), of(1), of(2)],
        [24, 82, 10],
        "two places of Anting are listed twice"
    );
    assert!(
        prepared
            .stations
            .iter()
            .all(|station| station.verified_on.is_none())
    );
    assert!(
        prepared
            .stations
            .iter()
            .all(|station| !station.origin.is_empty())
    );
}

#[test]
fn the_outlier_of_anting_and_three_geocodes_of_zhengzhou_are_issues_not_stations_in_a_field() {
    let (_, prepared) = prepared();
    let row = |file: &str, number| (file.to_owned(), number);
    assert_eq!(
        codes(&prepared, "position_far"),
        [
            row("anting.csv", 14),
            row("zhengzhou.csv", 9),
            row("zhengzhou.csv", 78),
            row("zhengzhou.csv", 80),
        ]
    );
    let placed = prepared
        .stations
        .iter()
        .filter(|s| s.position.is_some())
        .count();
    assert_eq!(placed, 23 + 79);
}

#[test]
fn sixty_stations_of_zhengzhou_have_no_known_hours_and_all_others_are_read() {
    let (config, prepared) = prepared();
    assert_eq!(
        codes(&prepared, "hours_missing")
            .iter()
            .filter(|(f, _)| f == "zhengzhou.csv")
            .count(),
        60
    );
    assert_eq!(codes(&prepared, "hours_not_understood"), []);
    let noon = "2026-07-15T12:00".parse().expect("a time");
    let unknown = prepared
        .stations
        .iter()
        .filter(|s| s.source == 1)
        .filter(|s| {
            matches!(
                s.hours.state_at(noon, &config.calendar),
                Opening::Unknown(_)
            )
        })
        .count();
    // Sixty without hours, and two that only say 工作日开放.
    assert_eq!(unknown, 62);
}

#[test]
fn stations_with_an_address_only_are_listed_by_district() {
    let (_folder, _, dataset) = published();
    let districts: Vec<&str> = dataset
        .manifest
        .areas
        .iter()
        .map(|area| area.district.as_str())
        .collect();
    for district in ["宝山", "普陀", "浦东", "嘉定"] {
        assert!(districts.contains(&district), "{district} in {districts:?}");
    }
    assert!(dataset.manifest.is_demo);
}

#[test]
fn what_is_published_reads_back_the_same() {
    let (_folder, out, dataset) = published();
    assert_eq!(read_dataset(&out, &Disk).expect("readable"), dataset);
}

#[test]
fn a_second_build_of_the_same_sheets_is_the_same_edition() {
    let (_one, _, first) = published();
    let (_other, _, second) = published();
    assert_eq!(first.manifest.edition, second.manifest.edition);
}

#[test]
fn damaged_files_are_refused() {
    let (_folder, out, dataset) = published();
    let manifest = std::fs::read(out.join("manifest.yz")).expect("the manifest");
    let entry = &dataset.manifest.cells[0];
    let cell = std::fs::read(out.join(entry.file_name())).expect("a cell");
    for at in 0..manifest.len() {
        let mut bytes = manifest.clone();
        bytes[at] ^= 0x10;
        assert!(
            decode_manifest(&bytes).is_err(),
            "byte {at} of the manifest"
        );
        assert!(
            decode_manifest(&manifest[..at]).is_err(),
            "the first {at} bytes"
        );
    }
    for at in 0..cell.len() {
        let mut bytes = cell.clone();
        bytes[at] ^= 0x10;
        assert!(
            decode_cell(&bytes, entry, &dataset.manifest).is_err(),
            "byte {at} of a cell"
        );
    }
    let mut newer = manifest;
    newer[3] += 1;
    let newest = newer[3];
    assert_eq!(
        decode_manifest(&newer),
        Err(DatasetError::NewerFormat(newest))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn the_nearest_are_those_of_a_brute_force_search(lon in 113.0..122.0_f64, lat in 30.5..35.0_f64) {
        thread_local! {
            static DATASET: Dataset = published().2;
        }
        DATASET.with(|dataset| {
            let origin = LonLat::new(lon, lat).expect("on Earth");
            let mut expected: Vec<(f64, &str)> = dataset
                .stations
                .iter()
                .filter_map(|s| Some((haversine_m(origin, s.position?), s.id.as_str())))
                .collect();
            expected.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(other.1)));
            let found = dataset.stations.nearest(origin, 10, |_, _| true);
            prop_assert_eq!(found.len(), 10);
            for (found, (metres, id)) in found.iter().zip(expected) {
                prop_assert_eq!(found.station.id.as_str(), id);
                prop_assert!((found.distance.0 - metres).abs() < 1.0);
            }
            Ok(())
        })?;
    }
}

/// The haversine formula, written out again: an oracle must not be the code it judges.
fn haversine_m(one: LonLat, other: LonLat) -> f64 {
    let (lat, other_lat) = (one.lat().to_radians(), other.lat().to_radians());
    let up = ((other_lat - lat) / 2.0).sin();
    let across = ((other.lon() - one.lon()).to_radians() / 2.0).sin();
    2.0 * 6_371_008.8
        * (up * up + lat.cos() * other_lat.cos() * across * across)
            .sqrt()
            .asin()
}

#[test]
fn the_programmes_of_the_demo_come_back_with_their_next_day() {
    let (_folder, _, dataset) = published();
    assert_eq!(dataset.programmes.len(), 10);
    assert!(
        dataset
            .programmes
            .iter()
            .all(|programme| !programme.source.is_empty())
    );
    let day = |text: &str| text.parse::<yizhan::domain::civil::Day>().expect("a day");
    let member_day = dataset
        .programmes
        .iter()
        .find(|programme| programme.id == "sh-28");
    let next = member_day.and_then(|programme| programme.next_on(day("2026-11-29")));
    assert_eq!(next, Some(day("2026-12-28")));
}

/// Stations that no sheet would hold, to try the columns with.
fn any_station() -> impl Strategy<Value = Station> {
    let text = || "[一-十a-z0-9号路 ]{0,12}";
    let place = proptest::option::of((-180.0..=180.0_f64, -90.0..=90.0_f64));
    (
        text(),
        text(),
        text(),
        place,
        any::<u32>(),
        any::<u32>(),
        0_u8..5,
        proptest::option::of(0_u32..500),
    )
        .prop_map(
            |(name, address, phone, place, yes, no, kind, capacity)| Station {
                name,
                address,
                phone,
                position: place.and_then(|(lon, lat)| LonLat::new(lon, lat).ok()),
                kinds: (0..kind).map(|kind| format!("类型{kind}")).collect(),
                district: format!("区{kind}"),
                features: Features::from_bits(yes & 0x1ff_ffff, no & 0x1ff_ffff),
                capacity,
                ..Station::default()
            },
        )
}

proptest! {
    #[test]
    fn what_is_published_is_read_back_the_same(
        stations in proptest::collection::vec(any_station(), 1..40), prefix in "[A-Z-]{0,3}", damage in any::<(usize, u8)>(),
    ) {
        let stations: Vec<Station> = stations
            .into_iter()
            .enumerate()
            .map(|(number, station)| Station { id: format!("{prefix}{number:03}"), ..station })
            .collect();
        let about = published_about();
        let (dataset, files) = Dataset::publish(about, stations.clone(), Vec::new());
        let mut back = Vec::new();
        for (entry, (name, bytes)) in dataset.manifest.cells.iter().zip(&files) {
            prop_assert_eq!(name, &entry.file_name());
            let decoded = decode_cell(bytes, entry, &dataset.manifest).expect("a cell");
            prop_assert!(decoded.issues.is_empty());
            back.extend(decoded.cell.stations);
            let mut damaged = bytes.clone();
            let at = damage.0 % damaged.len();
            damaged[at] ^= damage.1 | 1;
            prop_assert!(decode_cell(&damaged, entry, &dataset.manifest).is_err());
            prop_assert!(decode_cell(&bytes[..at], entry, &dataset.manifest).is_err());
        }
        prop_assert_eq!(back.len(), stations.len());
        back.sort_by(|one, other| one.id.cmp(&other.id));
        for (station, original) in back.iter().zip(&stations) {
            let off = station.position.zip(original.position).map_or(0.0, |(here, there)| here.distance_to(there).0);
            prop_assert!(off < 0.8, "{off} m off");
            prop_assert_eq!(station.position.is_some(), original.position.is_some());
            let same_place = Station { position: original.position, ..station.clone() };
            prop_assert_eq!(&same_place, original);
        }
    }
}

fn published_about() -> Manifest {
    thread_local! {
        static ABOUT: Manifest = Manifest { cells: Vec::new(), programmes: None, ..published().2.manifest };
    }
    ABOUT.with(Clone::clone)
}
