//! Which files of a folder a build wrote.

use std::collections::BTreeSet;
use std::path::Path;

use super::lock::{LOCK_NAME, is_lock};
use super::{FolderError, failed};
use crate::cli::Disk;
use crate::publish::{has_manifest, is_notices, is_written, shown_names};

/// The names in `folder` that a build wrote.
///
/// # Errors
///
/// [`FolderError`] if the folder holds anything else.
pub(super) fn written_names(folder: &Path) -> Result<BTreeSet<String>, FolderError> {
    let mut names = BTreeSet::new();
    let mut foreign = BTreeSet::new();
    let has_manifest = has_manifest(folder, &Disk).map_err(|cause| FolderError::Manifest {
        path: folder.to_owned(),
        cause,
    })?;
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let name = entry.file_name();
        match name.to_str().filter(|_| is_file) {
            Some(LOCK_NAME) if is_lock(&entry.path()) => {}
            Some(name) if is_notices(folder, name, &Disk) => {}
            Some(name) if is_written(folder, name, has_manifest, &Disk) => {
                names.insert(name.to_owned());
            }
            _ => {
                foreign.insert(name.to_string_lossy().into_owned());
            }
        }
    }
    if foreign.is_empty() {
        return Ok(names);
    }
    Err(FolderError::Foreign {
        path: folder.to_owned(),
        shown: shown_names(&foreign),
    })
}
