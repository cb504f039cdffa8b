//! Which files of a folder a build wrote.

use std::collections::BTreeSet;
use std::path::Path;

use super::lock::{LOCK_NAME, is_lock};
use super::{FolderError, PARTIAL, failed};
use crate::cli::Disk;
use crate::dataset::{
    DatasetError, Digest, FIRST_NAME, MANIFEST_NAME, decode_manifest, is_older_manifest,
};
use crate::publish::compressed::{self, COPIES};
use crate::publish::{CSV_NAME, FIXED_NAMES, GEOJSON_NAME, read_dataset, to_csv, to_geojson};

/// The most names shown in a message.
const NAMES_SHOWN: usize = 8;

/// The names in `folder` that a build wrote.
///
/// # Errors
///
/// [`FolderError`] if the folder holds anything else.
pub(super) fn written_names(folder: &Path) -> Result<BTreeSet<String>, FolderError> {
    let mut names = BTreeSet::new();
    let mut foreign = BTreeSet::new();
    let has_manifest = has_manifest(folder)?;
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let entry = entry.map_err(failed(folder))?;
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        let name = entry.file_name();
        match name.to_str().filter(|_| is_file) {
            Some(LOCK_NAME) if is_lock(&entry.path()) => {}
            Some(name) if is_written(folder, name, has_manifest) => {
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
    let mut shown: Vec<&str> = foreign
        .iter()
        .take(NAMES_SHOWN)
        .map(String::as_str)
        .collect();
    let more = format!("… (+{})", foreign.len().saturating_sub(NAMES_SHOWN));
    if foreign.len() > NAMES_SHOWN {
        shown.push(&more);
    }
    Err(FolderError::Foreign {
        path: folder.to_owned(),
        shown: shown.join(", "),
    })
}

/// Whether `folder` holds the manifest of a dataset.
fn has_manifest(folder: &Path) -> Result<bool, FolderError> {
    let path = folder.join(MANIFEST_NAME);
    let Ok(bytes) = std::fs::read(&path) else {
        return Ok(false);
    };
    match decode_manifest(&bytes) {
        Ok(_) => Ok(true),
        Err(DatasetError::NotOurs) => Ok(is_older_manifest(&bytes)),
        Err(cause) => Err(FolderError::Manifest {
            path: folder.to_owned(),
            cause,
        }),
    }
}

/// Whether a build wrote the file of this name.
///
/// Other people's files may be called `stations.csv`, and people edit ours: it must match the
/// compressed copy that the build wrote beside it. A file with a digest in its name must match
/// the digest.
fn is_written(folder: &Path, name: &str, has_manifest: bool) -> bool {
    if let Some(name) = name
        .strip_prefix('.')
        .and_then(|name| name.strip_suffix(PARTIAL))
    {
        // Left over from a stopped build, complete or not.
        let original = compressed::original_of(name).unwrap_or(name);
        return FIXED_NAMES.contains(&original) || digest_in(original).is_some();
    }
    let Ok(bytes) = std::fs::read(folder.join(name)) else {
        return false;
    };
    let is_copy = compressed::original_of(name).is_some();
    let original_name = compressed::original_of(name).unwrap_or(name);
    let content = if is_copy {
        match compressed::decompressed(name, &bytes) {
            Some(content) => content,
            None => return false,
        }
    } else {
        bytes
    };
    if let Some(digest) = digest_in(original_name) {
        return Digest::of(&content).to_string() == digest;
    }
    match original_name {
        // A compressed copy may be of an older edition; only a build writes files with this name
        // and start.
        MANIFEST_NAME | FIRST_NAME => has_manifest && content.starts_with(b"YZ"),
        GEOJSON_NAME | CSV_NAME if has_manifest => is_as_built(folder, original_name),
        _ => false,
    }
}

/// Whether `stations.csv` or `stations.geojson` is as a build wrote it.
fn is_as_built(folder: &Path, name: &str) -> bool {
    let Ok(bytes) = std::fs::read(folder.join(name)) else {
        return true;
    };
    let copy_name = format!("{name}.{}", COPIES[0]);
    match std::fs::read(folder.join(&copy_name)) {
        Ok(copy) => compressed::decompressed(&copy_name, &copy).as_deref() == Some(&bytes),
        // Builds of older versions wrote no compressed copies.
        Err(_) => read_dataset(folder, &Disk).is_ok_and(|dataset| {
            let built = if name == CSV_NAME {
                to_csv(&dataset)
            } else {
                to_geojson(&dataset)
            };
            built.as_bytes() == bytes
        }),
    }
}

/// The digest in `cell-DIGEST.yz` or `programmes-DIGEST.yz`.
fn digest_in(name: &str) -> Option<&str> {
    ["cell-", "programmes-"]
        .iter()
        .find_map(|kind| name.strip_prefix(kind))
        .and_then(|rest| rest.strip_suffix(".yz"))
        .filter(|digest| {
            digest.len() == 2 * Digest::LENGTH && digest.bytes().all(|c| c.is_ascii_hexdigit())
        })
}
