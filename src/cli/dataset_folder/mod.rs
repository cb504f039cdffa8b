//! The folder that a dataset is published into: which folders may be written, and
//! how one dataset takes the place of another.
//!
//! Invariants: a build removes or replaces only files that a build wrote, and wherever a build
//! is stopped the folder holds a whole dataset, the old or the new one. Files named by their
//! content are written beside those of the old dataset until a rename replaces the manifest. A
//! program that reads the old dataset while a build ends may find its cells gone and has to read
//! again.
//!
//! `lock` keeps other builds out, `ownership` tells which files a build wrote, and `written` is
//! the new dataset until it is complete.

mod error;
mod lock;
mod ownership;
mod written;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::dataset::MANIFEST_NAME;
use crate::publish::{FileContent, PARTIAL, Progress, Step};
pub use error::FolderError;
use error::failed;
use lock::Lock;
use ownership::written_names;
use written::Written;

fn partial(name: &str) -> String {
    format!(".{name}{PARTIAL}")
}

/// A folder that may be written into, held against other builds until it is dropped.
#[derive(Debug)]
pub(super) struct DatasetFolder {
    path: PathBuf,
    /// What an earlier build wrote.
    old: BTreeSet<String>,
    is_new: bool,
    _lock: Lock,
}

impl DatasetFolder {
    /// Opens `path`, which must be new, empty, or hold a dataset and nothing else.
    /// `sources` are the files that the dataset is made of.
    pub(super) fn open<'a>(
        path: &Path,
        sources: impl Iterator<Item = &'a Path>,
    ) -> Result<Self, FolderError> {
        let is_new = std::fs::symlink_metadata(path).is_err();
        if is_new {
            std::fs::create_dir_all(path).map_err(failed(path))?;
        }
        let opened = Self::open_existing(path, is_new, sources);
        if is_new && opened.is_err() {
            // Removes the folder only if it is empty.
            let _ = std::fs::remove_dir(path);
        }
        opened
    }

    fn open_existing<'a>(
        path: &Path,
        is_new: bool,
        mut sources: impl Iterator<Item = &'a Path>,
    ) -> Result<Self, FolderError> {
        let path = std::fs::canonicalize(path).map_err(failed(path))?;
        written_names(&path)?;
        let is_inside = |source: &&Path| {
            std::fs::canonicalize(source).is_ok_and(|source| source.starts_with(&path))
        };
        if let Some(source) = sources.find(is_inside) {
            return Err(FolderError::HoldsSource {
                source_file: source.to_owned(),
                path,
            });
        }
        let lock = Lock::take(&path)?;
        // Read again under the lock: another build may just have ended.
        let old = written_names(&path)?;
        Ok(Self {
            path,
            old,
            is_new,
            _lock: lock,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Replaces the old dataset by `files` and their compressed copies. Before the old dataset
    /// goes, `verify` reads the new one back; it receives the temporary name of the manifest.
    pub(super) fn replace<E: From<FolderError>>(
        self,
        files: Vec<(String, FileContent<'_>)>,
        is_large: bool,
        progress: &mut Progress<'_>,
        verify: impl FnOnce(&Path, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut new = Written::nothing(&self.path);
        let written = new
            .write(files, is_large, progress)
            .map_err(E::from)
            .and_then(|()| {
                progress(&Step::ReadingBack, 0, 1);
                verify(&self.path, &partial(MANIFEST_NAME))
            })
            .and_then(|()| new.begin_publishing().map_err(E::from));
        if let Err(error) = written {
            new.roll_back();
            if self.is_new {
                let path = self.path.clone();
                drop(self);
                // Removes the folder only if it is empty.
                let _ = std::fs::remove_dir(path);
            }
            return Err(error);
        }
        let names = new.publish().map_err(E::from)?;
        for name in self.old.difference(&names) {
            // A file that cannot be removed is harmless; the next build tries again.
            let _ = std::fs::remove_file(self.path.join(name));
        }
        Ok(())
    }
}
