//! Reads the files of a published dataset.

use std::path::{Path, PathBuf};

use super::files::Files;
use crate::dataset::{
    CellEntry, Dataset, DatasetError, MANIFEST_NAME, Manifest, decode_cell, decode_manifest,
    decode_programmes,
};
use crate::domain::nearest::{Cell, Stations};
use crate::domain::programme::Programme;

/// Why a published dataset cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DatasetFileError {
    /// A file cannot be read.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file is damaged or of a newer format.
    #[error("{path}: {cause}")]
    Dataset {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: DatasetError,
    },
}

/// Reads a published dataset, every cell of it.
///
/// # Errors
///
/// [`DatasetFileError`] if a file is missing, damaged or of a newer format.
pub fn read_dataset(folder: &Path, files: &dyn Files) -> Result<Dataset, DatasetFileError> {
    let files = DatasetFiles::open(folder, MANIFEST_NAME, files)?;
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
pub struct DatasetFiles<'a> {
    folder: &'a Path,
    files: &'a dyn Files,
    /// Its manifest.
    pub manifest: Manifest,
}

impl<'a> DatasetFiles<'a> {
    /// Reads the manifest of this name.
    ///
    /// # Errors
    ///
    /// [`DatasetFileError`] if it is missing, damaged or of a newer format.
    pub fn open(
        folder: &'a Path,
        manifest_name: &str,
        files: &'a dyn Files,
    ) -> Result<Self, DatasetFileError> {
        let manifest = decoded(files, folder.join(manifest_name), decode_manifest)?;
        Ok(Self {
            folder,
            files,
            manifest,
        })
    }

    /// Reads a cell.
    ///
    /// # Errors
    ///
    /// [`DatasetFileError`] if it is missing or damaged.
    pub fn cell(&self, entry: &CellEntry) -> Result<Cell, DatasetFileError> {
        let decode = |bytes: &[u8]| decode_cell(bytes, entry, &self.manifest);
        let path = self.folder.join(entry.file_name());
        decoded(self.files, path, decode).map(|decoded| decoded.cell)
    }

    /// Reads the programmes; none if the dataset has none.
    ///
    /// # Errors
    ///
    /// [`DatasetFileError`] if they are missing or damaged.
    pub fn programmes(&self) -> Result<Vec<Programme>, DatasetFileError> {
        let Some(entry) = &self.manifest.programmes else {
            return Ok(Vec::new());
        };
        let path = self.folder.join(entry.file_name());
        decoded(self.files, path, |bytes| decode_programmes(bytes, entry))
    }
}

fn decoded<T>(
    files: &dyn Files,
    path: PathBuf,
    decode: impl FnOnce(&[u8]) -> Result<T, DatasetError>,
) -> Result<T, DatasetFileError> {
    match files.read(&path) {
        Ok(bytes) => decode(&bytes).map_err(|cause| DatasetFileError::Dataset { path, cause }),
        Err(cause) => Err(DatasetFileError::File { path, cause }),
    }
}
