//! Writes the dataset of the prepared stations into a folder.

use std::path::{Path, PathBuf};

use super::dataset_folder::{DatasetFolder, FolderError};
use super::disk::Disk;
use crate::dataset::{Dataset, MANIFEST_NAME};
use crate::domain::civil::CivilTime;
use crate::publish::{
    Config, DatasetFileError, DatasetFiles, Prepared, Progress, build, contents, diff,
    gone_percent, is_large, read_dataset,
};

/// Why a dataset could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The old or the new dataset cannot be read.
    #[error(transparent)]
    Files(#[from] DatasetFileError),
    /// The files that were written do not decode to the same dataset; the old dataset stays.
    #[error("what was written to {0} does not read back the same; the old dataset stays")]
    NotTheSame(PathBuf),
    /// Too many stations would be gone; the old dataset stays.
    #[error(
        "{gone:.1} % of the stations would be gone, more than the {allowed} % allowed; the old dataset stays \
         (有 {gone:.1}% 的站点会消失，超过允许的 {allowed}%，原数据未动)"
    )]
    TooManyGone {
        /// Percent of the old stations.
        gone: f64,
        /// As much as was allowed.
        allowed: f64,
    },
    /// The folder must not be written into.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// There is nothing to publish; the old dataset stays.
    #[error("no station to publish; the old dataset stays (没有可发布的站点，原数据未动)")]
    NoStations,
}

/// Publishes the stations into `out` and moves them into the dataset. The old dataset stays
/// until the new one is complete, has been read back and compared.
///
/// # Errors
///
/// [`BuildError`]; the old dataset is then still in place.
pub fn write_dataset(
    config: &Config,
    prepared: &mut Prepared,
    now: CivilTime,
    out: &Path,
    max_gone_percent: Option<f64>,
    progress: &mut Progress<'_>,
) -> Result<Dataset, BuildError> {
    if prepared.stations.is_empty() {
        return Err(BuildError::NoStations);
    }
    let folder = DatasetFolder::open(out, config.files())?;
    let (dataset, files) = build(config, prepared, now);
    if let (Some(allowed), true) = (max_gone_percent, folder.path().join(MANIFEST_NAME).exists()) {
        let old = read_dataset(folder.path(), &Disk)?;
        let gone = gone_percent(&old, &diff(&old, &dataset));
        if gone > allowed {
            return Err(BuildError::TooManyGone { gone, allowed });
        }
    }
    let files = contents(&dataset, files);
    folder.replace(
        files,
        is_large(&dataset),
        progress,
        |path, manifest_name| {
            if reads_back(path, manifest_name, &dataset)? {
                Ok(())
            } else {
                Err(BuildError::NotTheSame(path.to_owned()))
            }
        },
    )?;
    Ok(dataset)
}

/// Whether the written files decode to this dataset; reads one cell at a time.
fn reads_back(folder: &Path, manifest_name: &str, dataset: &Dataset) -> Result<bool, BuildError> {
    let files = DatasetFiles::open(folder, manifest_name, &Disk)?;
    if files.manifest != dataset.manifest || files.programmes()? != dataset.programmes {
        return Ok(false);
    }
    for (entry, cell) in files.manifest.cells.iter().zip(dataset.stations.cells()) {
        if files.cell(entry)? != *cell {
            return Ok(false);
        }
    }
    Ok(true)
}
