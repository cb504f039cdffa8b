//! Fetches the dataset.

use futures::future::join_all;
use gloo_net::http::Request;

use crate::dataset::{
    CellEntry, Dataset, DatasetError, MANIFEST_NAME, Manifest, decode_cell, decode_manifest,
};

/// Where the dataset lies, relative to the page.
const FOLDER: &str = "data";

/// The files that a dataset consists of, relative to the page.
#[must_use]
pub fn files(manifest: &Manifest) -> Vec<String> {
    let cells = manifest.cells.iter().map(CellEntry::file_name);
    cells
        .chain([MANIFEST_NAME.to_owned()])
        .map(|name| format!("{FOLDER}/{name}"))
        .collect()
}

/// Why there is no dataset.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No answer, or not a good one.
    #[error("{0} did not arrive")]
    NotFetched(String),
    /// What came is not what was published.
    #[error(transparent)]
    Refused(#[from] DatasetError),
}

/// Fetches the manifest and all cells. A record that makes no sense costs only
/// itself; the tool that built the dataset reports it.
///
/// # Errors
///
/// [`LoadError`] if any file is missing or damaged: with a hole in it the list
/// could name the wrong station as the nearest.
pub async fn load() -> Result<Dataset, LoadError> {
    let manifest = decode_manifest(&fetch(MANIFEST_NAME).await?)?;
    let names: Vec<String> = manifest.cells.iter().map(CellEntry::file_name).collect();
    // All requests are under way before the first answer is waited for.
    let answers = join_all(names.iter().map(|name| fetch(name))).await;
    let mut cells = Vec::new();
    for (entry, bytes) in manifest.cells.iter().zip(answers) {
        cells.push(decode_cell(&bytes?, entry, &manifest)?.cell);
    }
    // No screen shows the programmes yet; they would cost the first list a file.
    Ok(Dataset {
        manifest,
        cells,
        programmes: Vec::new(),
    })
}

async fn fetch(name: &str) -> Result<Vec<u8>, LoadError> {
    let failed = || LoadError::NotFetched(name.to_owned());
    let response = Request::get(&format!("{FOLDER}/{name}"))
        .send()
        .await
        .map_err(|_| failed())?;
    if !response.ok() {
        return Err(failed());
    }
    response.binary().await.map_err(|_| failed())
}
