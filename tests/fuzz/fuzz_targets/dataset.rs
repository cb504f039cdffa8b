//! Any bytes as a manifest and as a cell. Digests are made to fit, so that the
//! decoder behind them is tried as well.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yizhan::dataset::{CellEntry, Digest, decode_cell, decode_manifest};

/// The demo's, so that cells find districts, kinds and sources.
const MANIFEST: &[u8] = include_bytes!("../../../public/data/manifest.yz");

fn signed(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.extend(Digest::of(&bytes).as_bytes());
    bytes
}

fuzz_target!(|bytes: &[u8]| {
    let _ = decode_manifest(bytes);
    let _ = decode_manifest(&signed(bytes));
    let entry = CellEntry {
        bounds: None,
        stations: 0,
        bytes: 0,
        digest: Digest::of(bytes),
    };
    let manifest = decode_manifest(MANIFEST).expect("the demo's manifest");
    if let Ok(decoded) = decode_cell(bytes, &entry, &manifest) {
        for station in &decoded.cell.stations {
            let _ = station.hours.state_at("2026-11-24T12:00".parse().expect("a time"), &manifest.calendar);
        }
    }
});
