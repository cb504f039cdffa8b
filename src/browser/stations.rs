//! Loads the dataset: from the store, else from the network.

use futures::future::join_all;
use gloo_net::http::{Request, Response};
use web_sys::{AbortController, RequestCache};

use super::dataset_store::EarlyFile;
use super::{dataset_store, early};
use crate::dataset::{
    Arrived, CellEntry, CommitOutcome, Dataset, Digest, FetchError, MANIFEST_NAME, Manifest,
    Newness, ProgrammesEntry, decode_cell, decode_intact_cell, decode_manifest, decode_programmes,
    file_names, newness,
};
use crate::domain::nearest::Cell;
use crate::domain::position::Bounds;
use crate::domain::programme::Programme;

/// The folder of the dataset, relative to the page.
const FOLDER: &str = "data";

/// The time limit of a request and its body: a thousand stations take some 20 kB, which even a
/// very slow network delivers by then.
const TIMEOUT_MS: i32 = 30_000;

/// A manifest from the network.
#[derive(Debug)]
pub struct DownloadedManifest {
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
    /// As in [`DownloadedManifest`].
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
    let mut came = early::first("").await?;
    let mut dataset = of_files(&came.files);
    if let Err(fault) = dataset {
        // What is stored is damaged, or an older release stored it. Or what came is no dataset,
        // but the sign-in page of a network, and an earlier visit stored one.
        let without = if came.are_stored { "stored" } else { "came" };
        let are_stored = came.are_stored;
        came = early::first(without)
            .await
            .map_err(|error| if are_stored { error } else { fault })?;
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
    indexes: &[usize],
) -> Result<Vec<(usize, Cell)>, FetchError> {
    let names = indexes
        .iter()
        .map(|index| manifest.cells[*index].file_name());
    let files = early::bring(&names.collect::<Vec<_>>()).await?;
    let cells = cells_of_files(&files, manifest);
    if cells.len() < indexes.len() {
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
    for (index, entry) in manifest.cells.iter().enumerate() {
        let name = entry.file_name();
        let Some(file) = files.iter().find(|file| file.name == name) else {
            continue;
        };
        let decode = if file.is_intact {
            decode_intact_cell
        } else {
            decode_cell
        };
        // One of which nothing can be read counts as damaged, or it would be asked for for ever.
        match decode(&file.bytes, entry, manifest) {
            Ok(decoded) if !decoded.cell.stations.is_empty() => cells.push((index, decoded.cell)),
            Ok(_) | Err(_) => {}
        }
    }
    cells
}

/// Fetches the manifest.
///
/// # Errors
///
/// [`FetchError`] if it is missing or damaged.
pub async fn load_manifest() -> Result<DownloadedManifest, FetchError> {
    let (bytes, clock_ahead_ms) = fetch(MANIFEST_NAME, RequestCache::Default).await?;
    Ok(DownloadedManifest {
        manifest: decode_manifest(&bytes)?,
        bytes,
        clock_ahead_ms,
    })
}

/// Loads cells, by their indices in the manifest: those that can be loaded, and why the others
/// cannot. An invalid record is skipped; the tool that built the dataset reports it.
pub async fn load_cells(
    manifest: &Manifest,
    indexes: &[usize],
    may_store: bool,
) -> Arrived<Vec<(usize, Cell)>> {
    let entries: Vec<&CellEntry> = indexes
        .iter()
        .map(|index| &manifest.cells[*index])
        .collect();
    let wanted = entries
        .iter()
        .map(|entry| (entry.file_name(), entry.digest));
    let (files, has_room) = bring(wanted.collect(), may_store).await;
    let mut cells = Vec::new();
    let mut failed = None;
    for ((index, entry), file) in indexes.iter().zip(entries).zip(files) {
        let decode = |file: Vec<u8>| Ok(decode_intact_cell(&file, entry, manifest)?.cell);
        match file.and_then(decode) {
            Ok(cell) if cell.stations.is_empty() => failed = failed.or(Some(FetchError::Damaged)),
            Ok(cell) => cells.push((*index, cell)),
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    Arrived {
        content: cells,
        error: failed,
        has_room,
    }
}

/// Loads the programmes; none if they cannot be loaded.
pub async fn load_programmes(entry: &ProgrammesEntry, may_store: bool) -> Arrived<Vec<Programme>> {
    let wanted = vec![(entry.file_name(), entry.digest)];
    let (files, has_room) = bring(wanted, may_store).await;
    let decode = |file: Vec<u8>| match decode_programmes(&file, entry)? {
        programmes if programmes.is_empty() => Err(FetchError::Damaged),
        programmes => Ok(programmes),
    };
    let file = files.into_iter().next();
    let decoded = file.unwrap_or(Err(FetchError::Missing)).and_then(decode);
    Arrived {
        error: decoded.as_ref().err().copied(),
        content: decoded.unwrap_or_default(),
        has_room,
    }
}

/// Stores a manifest and drops the files that it does not name; unless another tab has stored
/// another edition than `over`, or removed one of the files `loaded`.
pub async fn commit(
    manifest: &[u8],
    over: Option<&str>,
    names: &[String],
    loaded: &[String],
) -> CommitOutcome {
    let Ok(new) = decode_manifest(manifest) else {
        return CommitOutcome::Superseded;
    };
    // Once more if the storage did not answer, or another tab stored the same edition meanwhile.
    for _ in 0..2 {
        let before = stored_manifest_bytes().await;
        let stored = before.as_ref();
        let stored = stored.and_then(|bytes| decode_manifest(bytes).ok());
        let is_expected = |stored: &Manifest| {
            new.edition == stored.edition
                || Some(stored.edition.as_str()) == over && newness(&new, stored) != Newness::Older
        };
        if !stored.as_ref().is_none_or(is_expected) {
            break;
        }
        let before = before.as_deref();
        match dataset_store::commit(MANIFEST_NAME, before, manifest, names, loaded).await {
            Some(true) => return CommitOutcome::Stored,
            Some(false) => return CommitOutcome::Full,
            None => {}
        }
    }
    CommitOutcome::Superseded
}

async fn stored_manifest_bytes() -> Option<Vec<u8>> {
    let stored = dataset_store::read(&[MANIFEST_NAME.to_owned()]).await;
    stored.into_iter().next().flatten()
}

/// The stored edition and the bounds of its stored cells; none if it is `shown`, or nothing is
/// stored that can be read.
pub async fn stored_beside(shown: &str) -> Option<(String, Vec<Option<Bounds>>)> {
    let manifest = decode_manifest(&stored_manifest_bytes().await?).ok()?;
    // Storage that does not answer now may hold all.
    let names = dataset_store::names().await;
    let is_stored = |entry: &&CellEntry| {
        let names = names.as_ref();
        names.is_none_or(|names| names.contains(&entry.file_name()))
    };
    let stored = manifest.cells.iter().filter(is_stored);
    let bounds = stored.map(|entry| entry.bounds).collect();
    (manifest.edition != shown).then_some((manifest.edition, bounds))
}

/// Deletes the files that the stored manifest does not name; nothing if another tab stores another
/// one meanwhile.
pub async fn drop_leftovers() {
    let Some(bytes) = stored_manifest_bytes().await else {
        return;
    };
    if let Ok(manifest) = decode_manifest(&bytes) {
        let names = file_names(&manifest);
        dataset_store::commit(MANIFEST_NAME, Some(&bytes), &bytes, &names, &[]).await;
    }
}

/// Loads files whose names hold their digests: from the store if the digest still matches, else
/// from the network. Fetched files are stored if `may_store`; false if there was no room for them.
async fn bring(
    wanted: Vec<(String, Digest)>,
    may_store: bool,
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
        if let (Ok(bytes), true) = (&file, is_new && may_store) {
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
