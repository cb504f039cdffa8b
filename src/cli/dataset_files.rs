//! Reads the files of a published dataset.

use std::path::Path;

use super::write_dataset::BuildError;
use crate::dataset::{
    CellEntry, Dataset, DatasetError, MANIFEST_NAME, Manifest, decode_cell, decode_manifest,
    decode_programmes,
};
use crate::domain::nearest::{Cell, Stations};
use crate::domain::programme::Programme;

/// Reads a published dataset, every cell of it.
///
/// # Errors
///
/// [`BuildError`] if a file is missing, damaged or of a newer format.
pub fn read_dataset(folder: &Path) -> Result<Dataset, BuildError> {
    read_dataset_files(folder, MANIFEST_NAME)
}

fn read_dataset_files(folder: &Path, manifest_name: &str) -> Result<Dataset, BuildError> {
    let files = DatasetFiles::open(folder, manifest_name)?;
    let cells = files.manifest.cells.iter();
    let cells: Vec<Cell> = cells
        .map(|entry| files.cell(entry))
        .collect::<Result<_, _>>()?;
    Ok(Dataset {
        stations: Stations::of(cells),
        programmes: files.programmes()?,
        manifest: files.manifest,
    })
}

/// The files of a published dataset.
pub(super) struct DatasetFiles<'a> {
    folder: &'a Path,
    pub(super) manifest: Manifest,
}

impl<'a> DatasetFiles<'a> {
    pub(super) fn open(folder: &'a Path, manifest_name: &str) -> Result<Self, BuildError> {
        let manifest = Self::decoded(folder, manifest_name, decode_manifest)?;
        Ok(Self { folder, manifest })
    }

    pub(super) fn cell(&self, entry: &CellEntry) -> Result<Cell, BuildError> {
        let decode = |bytes: &[u8]| decode_cell(bytes, entry, &self.manifest);
        Self::decoded(self.folder, &entry.file_name(), decode).map(|decoded| decoded.cell)
    }

    pub(super) fn programmes(&self) -> Result<Vec<Programme>, BuildError> {
        self.manifest.programmes.as_ref().map_or_else(
            || Ok(Vec::new()),
            |entry| {
                let decode = |bytes: &[u8]| decode_programmes(bytes, entry);
                Self::decoded(self.folder, &entry.file_name(), decode)
            },
        )
    }

    fn decoded<T>(
        folder: &Path,
        name: &str,
        decode: impl FnOnce(&[u8]) -> Result<T, DatasetError>,
    ) -> Result<T, BuildError> {
        let path = folder.join(name);
        match std::fs::read(&path) {
            Ok(bytes) => decode(&bytes).map_err(|cause| BuildError::Dataset { path, cause }),
            Err(cause) => Err(BuildError::File { path, cause }),
        }
    }
}
