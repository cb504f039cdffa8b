//! Writes the file of notices beside the dataset.

use std::io::{self, Write as _};
use std::path::Path;

use yizhan::dataset::{decode_notices, encode_notices};
use yizhan::domain::civil::CivilTime;

use crate::store::{Store, StoreError};

/// Why the notices could not be written.
#[derive(Debug, thiserror::Error)]
pub enum NoticesError {
    /// The reports could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be written.
    #[error("{path}: {cause}")]
    Write {
        /// The file.
        path: String,
        /// Why.
        cause: io::Error,
    },
    /// There is a file of that name that holds something else.
    #[error("{0} is no file of notices and was left alone (这个文件不是反馈汇总，没有改动)")]
    Foreign(String),
}

/// Writes what everybody may know now into a file, in one step: readers find the old or the new one.
///
/// # Errors
///
/// [`NoticesError`]; the file stays as it was.
pub async fn write(store: &Store, path: &Path, now: CivilTime) -> Result<(), NoticesError> {
    let bytes = encode_notices(&store.notices(now).await?, now);
    let failed = |cause| NoticesError::Write {
        path: path.display().to_string(),
        cause,
    };
    match std::fs::read(path) {
        Ok(old) if decode_notices(&old).is_err() => {
            return Err(NoticesError::Foreign(path.display().to_string()));
        }
        Ok(_) => {}
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
        Err(cause) => return Err(failed(cause)),
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let partial = folder
        .unwrap_or(Path::new("."))
        .join(format!(".{name}.partial"));
    let written = std::fs::File::create(&partial).and_then(|mut file| {
        file.write_all(&bytes)?;
        file.sync_all()?;
        std::fs::rename(&partial, path)
    });
    written.map_err(failed)
}
