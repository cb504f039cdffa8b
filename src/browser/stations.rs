//! Loads the dataset: from the store, else from the network.

use futures::future::join_all;
use gloo_net::http::{Request, Response};
use web_sys::{AbortController, RequestCache};

use super::dataset_store::EarlyFile;
use super::{dataset_store, early};
use crate::dataset::{
    CellEntry, Dataset, Digest, FetchError, MANIFEST_NAME, Manifest, ProgrammesEntry, decode_cell,
    decode_intact_cell, decode_manifest, decode_programmes,
};
use crate::domain::nearest::Cell;
use crate::domain::programme::Programme;

/// The folder of the dataset, relative to the page.
const FOLDER: &str = "data";

/// The time limit of a request and its body: a thousand stations take some 20 kB, which even a
/// very slow network delivers by then.
const TIMEOUT_MS: i32 = 30_000;

/// A manifest from the network.
#[derive(Debug)]
pub struct Arrived {
    /// The manifest.
    pub manifest: Manifest,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How far the phone's clock is ahead of the server's, in milliseconds; `None` unless the
    /// manifest just came over the network.
    pub clock_ahead_ms: Option<f64>,
}

/// The stored edition, as far as [`dataset_store::early_files`] holds it.
#[must_use]
pub fn stored_early() -> Option<Dataset> {
    let files = dataset_store::early_files();
    // A manifest that is damaged, or that an older release wrote, counts as none.
    of_files(&files).ok()
}

/// The dataset of the first list.
#[derive(Debug)]
pub struct First {
    /// The manifest with the cells that came with it.
    pub dataset: Dataset,
    /// As in [`Arrived`].
    pub clock_ahead_ms: Option<f64>,
    /// Whether it was stored on an earlier visit.
    pub is_stored: bool,
}

/// Loads the first list through `public/early.js`.
///
/// # Errors
///
/// [`FetchError`] if the manifest cannot be loaded or is damaged.
pub async fn first() -> Result<First, FetchError> {
    let mut came = early::first(false).await?;
    let mut dataset = of_files(&came.files);
    if came.are_stored && dataset.is_err() {
        // Damaged, or stored by an older release.
        came = early::first(true).await?;
        dataset = of_files(&came.files);
    }
    Ok(First {
        dataset: dataset?,
        clock_ahead_ms: came.clock_ahead_ms,
        is_stored: came.are_stored,
    })
}

/// Loads cells through `public/early.js`, by their indices in the manifest.
///
/// # Errors
///
/// [`FetchError`] as for [`load_cells`].
pub async fn first_cells(
    manifest: &Manifest,
    places: &[usize],
) -> Result<Vec<(usize, Cell)>, FetchError> {
    let names = places
        .iter()
        .map(|place| manifest.cells[*place].file_name());
    let files = early::bring(&names.collect::<Vec<_>>()).await?;
    let cells = cells_of_files(&files, manifest);
    if cells.len() < places.len() {
        return Err(FetchError::Damaged);
    }
    Ok(cells)
}

/// Decodes a dataset from some of its files.
fn of_files(files: &[EarlyFile]) -> Result<Dataset, FetchError> {
    let manifest = files.iter().find(|file| file.name == MANIFEST_NAME);
    let manifest = decode_manifest(&manifest.ok_or(FetchError::Missing)?.bytes)?;
    let mut dataset = Dataset::promised(manifest);
    let cells = cells_of_files(files, &dataset.manifest);
    dataset.add(cells);
    Ok(dataset)
}

/// Decodes the cells that are among the files.
fn cells_of_files(files: &[EarlyFile], manifest: &Manifest) -> Vec<(usize, Cell)> {
    let mut cells = Vec::new();
    for (place, entry) in manifest.cells.iter().enumerate() {
        let name = entry.file_name();
        let Some(file) = files.iter().find(|file| file.name == name) else {
            continue;
        };
        let decode = if file.is_intact {
            decode_intact_cell
        } else {
            decode_cell
        };
        if let Ok(decoded) = decode(&file.bytes, entry, manifest) {
            cells.push((place, decoded.cell));
        }
    }
    cells
}

/// Fetches the manifest.
///
/// # Errors
///
/// [`FetchError`] if it is missing or damaged.
pub async fn load_manifest() -> Result<Arrived, FetchError> {
    let (bytes, clock_ahead_ms) = fetch(MANIFEST_NAME, RequestCache::Default).await?;
    Ok(Arrived {
        manifest: decode_manifest(&bytes)?,
        bytes,
        clock_ahead_ms,
    })
}

/// Loaded cells.
#[derive(Debug)]
pub struct Cells {
    /// The cells, with their indices in the manifest.
    pub cells: Vec<(usize, Cell)>,
    /// Whether there was room for all that should be stored.
    pub are_stored: bool,
}

/// Loads cells, by their indices in the manifest. An invalid record is skipped; the tool that
/// built the dataset reports it.
///
/// # Errors
///
/// [`FetchError`] if any of them is missing or damaged: an incomplete list could name the wrong
/// station as the nearest. The other cells are stored all the same.
pub async fn load_cells(
    manifest: &Manifest,
    places: &[usize],
    may_keep: bool,
) -> Result<Cells, FetchError> {
    let entries: Vec<&CellEntry> = places.iter().map(|place| &manifest.cells[*place]).collect();
    let wanted = entries
        .iter()
        .map(|entry| (entry.file_name(), entry.digest));
    let (files, are_stored) = bring(wanted.collect(), may_keep).await;
    let mut cells = Vec::new();
    for ((place, entry), file) in places.iter().zip(entries).zip(files) {
        cells.push((*place, decode_intact_cell(&file?, entry, manifest)?.cell));
    }
    Ok(Cells { cells, are_stored })
}

/// Loads the programmes.
///
/// # Errors
///
/// [`FetchError`] if the file is missing or damaged.
pub async fn load_programmes(
    entry: &ProgrammesEntry,
    may_keep: bool,
) -> Result<Vec<Programme>, FetchError> {
    let wanted = vec![(entry.file_name(), entry.digest)];
    let (files, _) = bring(wanted, may_keep).await;
    let file = files
        .into_iter()
        .next()
        .unwrap_or(Err(FetchError::Missing))?;
    Ok(decode_programmes(&file, entry)?)
}

/// Loads files whose names hold their digests: from the store if the digest still matches, else
/// from the network. Fetched files are stored if `may_keep`; false if there was no room for them.
async fn bring(
    wanted: Vec<(String, Digest)>,
    may_keep: bool,
) -> (Vec<Result<Vec<u8>, FetchError>>, bool) {
    let names: Vec<String> = wanted.iter().map(|(name, _)| name.clone()).collect();
    let kept = dataset_store::read(&names).await;
    // All requests are sent before the first response is awaited.
    let arriving = wanted.iter().zip(kept).map(|((name, digest), kept)| async {
        match kept.filter(|bytes| Digest::of(bytes) == *digest) {
            Some(bytes) => (Ok(bytes), false),
            None => (fetch_intact(name, *digest).await, true),
        }
    });
    let mut files = Vec::new();
    let mut new = Vec::new();
    for (name, (file, is_new)) in names.into_iter().zip(join_all(arriving).await) {
        if let (Ok(bytes), true) = (&file, is_new && may_keep) {
            new.push((name, bytes.clone()));
        }
        files.push(file);
    }
    let has_room = new.is_empty() || dataset_store::write(&new).await;
    (files, has_room)
}

async fn fetch_intact(name: &str, digest: Digest) -> Result<Vec<u8>, FetchError> {
    let (bytes, _) = fetch(name, RequestCache::Default).await?;
    if Digest::of(&bytes) == digest {
        return Ok(bytes);
    }
    // A cache on the way, or the browser's own, may hold a damaged copy for a year: fetches once
    // more, bypassing them.
    let (bytes, _) = fetch(name, RequestCache::Reload).await?;
    if Digest::of(&bytes) == digest {
        Ok(bytes)
    } else if bytes.starts_with(b"<") {
        Err(FetchError::NotOurs)
    } else {
        Err(FetchError::Damaged)
    }
}

async fn fetch(name: &str, cache: RequestCache) -> Result<(Vec<u8>, Option<f64>), FetchError> {
    // Cannot fail in a browser that runs this module.
    let abort = AbortController::new().map_err(|_| FetchError::Unreached)?;
    let late = abort.clone();
    super::page::after(TIMEOUT_MS, move || late.abort());
    let response = Request::get(&format!("{FOLDER}/{name}"))
        .cache(cache)
        .abort_signal(Some(&abort.signal()))
        .send()
        .await
        .map_err(|_| FetchError::Unreached)?;
    if !response.ok() {
        return Err(FetchError::Missing);
    }
    let clock_ahead_ms = clock_ahead_ms(&response);
    let bytes = response.binary().await.map_err(|_| FetchError::Unreached)?;
    Ok((bytes, clock_ahead_ms))
}

/// How far the phone's clock is ahead of the server's time, which is the `Date` of the response
/// plus its time in a cache (`Age`).
fn clock_ahead_ms(response: &Response) -> Option<f64> {
    let headers = response.headers();
    let answered_ms = js_sys::Date::parse(&headers.get("date")?);
    let age_s: u32 = headers
        .get("age")
        .and_then(|age| age.parse().ok())
        .unwrap_or(0);
    let ahead_ms = super::clock::now_ms() - answered_ms - f64::from(age_s) * 1000.0;
    ahead_ms.is_finite().then_some(ahead_ms)
}
