//! The files of a configuration's sources.

use std::path::{Path, PathBuf};

use crate::publish::config::{Config, ConfigError, Source};

/// Checks that every source exists and has a sheet. Otherwise nothing is read, since the
/// stations of a missing file would disappear from the dataset.
///
/// # Errors
///
/// [`ConfigError::SourceMissing`], with the first that is not.
pub fn require_sources(config: &Config) -> Result<(), ConfigError> {
    let missing = config
        .sources
        .iter()
        .find(|source| expand(&source.path).iter().all(|file| !file.exists()));
    match missing {
        Some(source) => Err(ConfigError::SourceMissing(source.label.clone())),
        None => Ok(()),
    }
}

/// The configuration for these files as they are; a source that it already describes keeps its
/// description.
#[must_use]
pub fn for_files(files: &[PathBuf], config: &Config) -> Config {
    let sources = files
        .iter()
        .cloned()
        .map(|file| {
            let configured = config.sources.iter().find(|source| {
                let same = |path: &Path| std::fs::canonicalize(path).ok();
                same(&source.path).is_some() && same(&source.path) == same(&file)
            });
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
pub(super) fn expand(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else {
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
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(is_sheet)
        .collect();
    files.sort();
    files
}
