//! Fetches the dataset.

use futures::future::join_all;
use gloo_net::http::{Request, Response};

use crate::dataset::{
    CellEntry, Dataset, DatasetError, MANIFEST_NAME, Manifest, ProgrammesEntry, decode_cell,
    decode_manifest, decode_programmes,
};
use crate::domain::nearest::Cell;
use crate::domain::programme::Programme;

/// Where the dataset lies, relative to the page.
const FOLDER: &str = "data";

/// The service worker marks what it had kept.
const KEPT_HEADER: &str = "x-yizhan-kept";

/// The files of a dataset, relative to the page: those that are here, and all.
#[must_use]
pub fn files(dataset: &Dataset) -> [Vec<String>; 2] {
    let missing = dataset.missing();
    let names = |has_cell: &dyn Fn(usize) -> bool, has_programmes: bool| {
        let cells = dataset.manifest.cells.iter().enumerate();
        let programmes = dataset.manifest.programmes.iter();
        cells
            .filter(|(place, _)| has_cell(*place))
            .map(|(_, entry)| entry.file_name())
            .chain(
                programmes
                    .filter(|_| has_programmes)
                    .map(ProgrammesEntry::file_name),
            )
            .chain([MANIFEST_NAME.to_owned()])
            .map(|name| format!("{FOLDER}/{name}"))
            .collect()
    };
    [
        names(
            &|place| !missing.contains(&place),
            !dataset.programmes.is_empty(),
        ),
        names(&|_| true, true),
    ]
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

/// A manifest, and what the network said of the time.
#[derive(Debug)]
pub struct Arrived {
    /// The manifest.
    pub manifest: Manifest,
    /// How far the phone's clock is ahead of the server's, in milliseconds;
    /// none if the manifest did not come over the network just now.
    pub clock_ahead_ms: Option<f64>,
}

/// Fetches the manifest.
///
/// # Errors
///
/// [`LoadError`] if it is missing or damaged.
pub async fn load_manifest() -> Result<Arrived, LoadError> {
    let (bytes, clock_ahead_ms) = fetch(MANIFEST_NAME).await?;
    Ok(Arrived {
        manifest: decode_manifest(&bytes)?,
        clock_ahead_ms,
    })
}

/// Fetches some cells, by their places in the manifest. A record that makes no
/// sense costs only itself; the tool that built the dataset reports it.
///
/// # Errors
///
/// [`LoadError`] if any of them is missing or damaged: with a hole in it the
/// list could name the wrong station as the nearest.
pub async fn load_cells(
    manifest: &Manifest,
    places: &[usize],
) -> Result<Vec<(usize, Cell)>, LoadError> {
    let entries: Vec<&CellEntry> = places.iter().map(|place| &manifest.cells[*place]).collect();
    let names: Vec<String> = entries.iter().map(|entry| entry.file_name()).collect();
    // All requests are under way before the first answer is waited for.
    let answers = join_all(names.iter().map(|name| fetch(name))).await;
    let mut cells = Vec::new();
    for ((place, entry), bytes) in places.iter().zip(entries).zip(answers) {
        cells.push((*place, decode_cell(&bytes?.0, entry, manifest)?.cell));
    }
    Ok(cells)
}

/// Fetches the programmes.
///
/// # Errors
///
/// [`LoadError`] if the file is missing or damaged.
pub async fn load_programmes(entry: &ProgrammesEntry) -> Result<Vec<Programme>, LoadError> {
    let (bytes, _) = fetch(&entry.file_name()).await?;
    Ok(decode_programmes(&bytes, entry)?)
}

async fn fetch(name: &str) -> Result<(Vec<u8>, Option<f64>), LoadError> {
    let failed = || LoadError::NotFetched(name.to_owned());
    let response = Request::get(&format!("{FOLDER}/{name}"))
        .send()
        .await
        .map_err(|_| failed())?;
    if !response.ok() {
        return Err(failed());
    }
    let clock_ahead_ms = clock_ahead_ms(&response);
    let bytes = response.binary().await.map_err(|_| failed())?;
    Ok((bytes, clock_ahead_ms))
}

/// The phone's clock against the time at which the server answered (`Date`),
/// with the time the answer lay in a cache since (`Age`).
fn clock_ahead_ms(response: &Response) -> Option<f64> {
    let headers = response.headers();
    // The worker's own copies are as old as they may be.
    if headers.get(KEPT_HEADER).is_some() {
        return None;
    }
    let answered_ms = js_sys::Date::parse(&headers.get("date")?);
    let age_s: u32 = headers
        .get("age")
        .and_then(|age| age.parse().ok())
        .unwrap_or(0);
    let ahead_ms = super::clock::now_ms() - answered_ms - f64::from(age_s) * 1000.0;
    ahead_ms.is_finite().then_some(ahead_ms)
}
