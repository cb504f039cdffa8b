//! Which files of a folder a build wrote: others are never replaced or removed.

use std::collections::BTreeSet;
use std::path::Path;

use super::build::{CSV_NAME, FIXED_NAMES, GEOJSON_NAME};
use super::compressed::{self, COPIES};
use super::dataset_files::read_dataset;
use super::export::{to_csv, to_geojson};
use super::files::Files;
use crate::dataset::{
    DatasetError, Digest, FIRST_NAME, MANIFEST_NAME, NOTICES_NAME, decode_manifest, decode_notices,
    is_older_manifest,
};

/// The suffix of a file that is not complete yet.
pub const PARTIAL: &str = ".partial";

/// The most names shown in a message.
const NAMES_SHOWN: usize = 8;

/// Some of these names, for a message.
#[must_use]
pub fn shown_names(names: &BTreeSet<String>) -> String {
    let mut shown: Vec<&str> = names.iter().take(NAMES_SHOWN).map(String::as_str).collect();
    let more = format!("… (+{})", names.len().saturating_sub(NAMES_SHOWN));
    if names.len() > NAMES_SHOWN {
        shown.push(&more);
    }
    shown.join(", ")
}

/// Whether `folder` holds the manifest of a dataset.
///
/// # Errors
///
/// [`DatasetError`] if the manifest is damaged or of a newer format.
pub fn has_manifest(folder: &Path, files: &dyn Files) -> Result<bool, DatasetError> {
    let Ok(bytes) = files.read(&folder.join(MANIFEST_NAME)) else {
        return Ok(false);
    };
    match decode_manifest(&bytes) {
        Ok(_) => Ok(true),
        Err(DatasetError::NotOurs) => Ok(is_older_manifest(&bytes)),
        Err(cause) => Err(cause),
    }
}

/// Whether a build may have written a file of this name.
#[must_use]
pub fn is_name_of_ours(name: &str) -> bool {
    let partial = name
        .strip_prefix('.')
        .and_then(|name| name.strip_suffix(PARTIAL));
    let name = partial.unwrap_or(name);
    let original = compressed::original_of(name).unwrap_or(name);
    FIXED_NAMES.contains(&original) || digest_in(original).is_some()
}

/// Whether a build wrote the file of this name.
///
/// Other people's files may be called `stations.csv`, and people edit ours: it must match the
/// compressed copy that the build wrote beside it. A file with a digest in its name must match
/// the digest.
#[must_use]
pub fn is_written(folder: &Path, name: &str, has_manifest: bool, files: &dyn Files) -> bool {
    if !is_name_of_ours(name) {
        return false;
    }
    if name.ends_with(PARTIAL) {
        // Left over from a stopped build, complete or not.
        return true;
    }
    let Ok(bytes) = files.read(&folder.join(name)) else {
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
        GEOJSON_NAME | CSV_NAME if has_manifest => is_as_built(folder, original_name, files),
        _ => false,
    }
}

/// Whether `stations.csv` or `stations.geojson` is as a build wrote it.
fn is_as_built(folder: &Path, name: &str, files: &dyn Files) -> bool {
    let Ok(bytes) = files.read(&folder.join(name)) else {
        return true;
    };
    let copy_name = format!("{name}.{}", COPIES[0]);
    match files.read(&folder.join(&copy_name)) {
        Ok(copy) => compressed::decompressed(&copy_name, &copy).as_deref() == Some(&bytes),
        // Builds of older versions wrote no compressed copies.
        Err(_) => read_dataset(folder, files).is_ok_and(|dataset| {
            let built = if name == CSV_NAME {
                to_csv(&dataset)
            } else {
                to_geojson(&dataset)
            };
            built.as_bytes() == bytes
        }),
    }
}

/// Whether a file is the receiver's, which writes its notices beside the dataset
/// (`docs/report.md`): a build leaves it alone.
#[must_use]
pub fn is_notices(folder: &Path, name: &str, files: &dyn Files) -> bool {
    let read = |name| files.read(&folder.join(name));
    name == NOTICES_NAME && read(name).is_ok_and(|bytes| decode_notices(&bytes).is_ok())
        || name
            .strip_prefix('.')
            .and_then(|name| name.strip_suffix(PARTIAL))
            == Some(NOTICES_NAME)
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
