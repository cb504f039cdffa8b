//! The files of a configuration's sources.

use std::path::{Path, PathBuf};

use crate::publish::config::{Config, ConfigError, Source};
use crate::publish::files::Files;

/// Checks that every source exists and has a sheet. Otherwise nothing is read, since the
/// stations of a missing file would disappear from the dataset.
///
/// # Errors
///
/// [`ConfigError::SourceMissing`], with the first that is not.
pub fn require_sources(config: &Config, files: &dyn Files) -> Result<(), ConfigError> {
    let missing = config.sources.iter().find(|source| {
        let found = expand(&source.path, files);
        found.iter().all(|file| !files.exists(file))
    });
    match missing {
        Some(source) => Err(ConfigError::SourceMissing(source.label.clone())),
        None => Ok(()),
    }
}

/// The configuration for these files as they are; a source that it already describes keeps its
/// description.
#[must_use]
pub fn for_files(paths: &[PathBuf], config: &Config, files: &dyn Files) -> Config {
    let sources = paths
        .iter()
        .cloned()
        .map(|file| {
            let is_it = |source: &&Source| files.is_same(&source.path, &file);
            let configured = config.sources.iter().find(is_it);
            let source = configured.cloned().unwrap_or_default();
            Source {
                label: file.display().to_string(),
                path: file,
                ..source
            }
        })
        .collect();
    Config {
        sources,
        ..config.clone()
    }
}

/// The files of a path; a folder means all sheets in it.
pub(super) fn expand(path: &Path, files: &dyn Files) -> Vec<PathBuf> {
    let Some(mut inside) = files.folder(path) else {
        return vec![path.to_owned()];
    };
    let is_sheet = |file: &PathBuf| {
        // Lock files of spreadsheet programs.
        let name = file.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| name.starts_with("~$") || name.starts_with('.')) {
            return false;
        }
        let extension = file.extension().and_then(|extension| extension.to_str());
        matches!(
            extension,
            Some("xlsx" | "csv" | "tsv" | "json" | "geojson" | "txt")
        )
    };
    inside.retain(is_sheet);
    inside.sort();
    inside
}
