//! What the page reads from its site: the demo's sheets, and the published dataset.

use yizhan::dataset::{CellEntry, MANIFEST_NAME, ProgrammesEntry, decode_manifest};

use crate::browser::{self, Dropped};

/// The files of the demo, its settings first; none without a network.
pub(crate) async fn demo() -> Option<Vec<Dropped>> {
    let mut files = Vec::new();
    for name in DEMO {
        let bytes = browser::fetch(&format!("demo/{name}")).await.ok()??;
        let name = (*name).to_owned();
        files.push(Dropped { name, bytes });
    }
    Some(files)
}

/// The files of the demo, which the build copies from `data/`.
const DEMO: &[&str] = &[
    "stations.toml",
    "anting.csv",
    "zhengzhou.csv",
    "shanghai_pages.csv",
    "huangpu.geojson",
    "huangpu-crossings.csv",
    "programmes.csv",
    "calendar.json",
];

/// The files of the dataset that the site publishes now; none if they could not be read.
pub(crate) async fn published() -> Option<Vec<Dropped>> {
    let mut files = Vec::new();
    let Some(bytes) = browser::fetch(&format!("../data/{MANIFEST_NAME}"))
        .await
        .ok()?
    else {
        return Some(files);
    };
    let manifest = decode_manifest(&bytes.to_vec()).ok()?;
    files.push(Dropped {
        name: MANIFEST_NAME.to_owned(),
        bytes,
    });
    let cells = manifest.cells.iter().map(CellEntry::file_name);
    let programmes = manifest.programmes.iter().map(ProgrammesEntry::file_name);
    for name in cells.chain(programmes) {
        let bytes = browser::fetch(&format!("../data/{name}")).await.ok()??;
        files.push(Dropped { name, bytes });
    }
    Some(files)
}
