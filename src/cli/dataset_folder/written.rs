//! The new dataset while it is written: its files, and how they get their names or go again.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{FolderError, failed, partial};
use crate::cli::copies::copies;
use crate::dataset::MANIFEST_NAME;
use crate::publish::compressed::{COPIES, Effort, WithCopy};
use crate::publish::{Export, FIXED_NAMES, FileContent, Progress, Step};

/// What has been written so far.
pub(super) struct Written<'a> {
    folder: &'a Path,
    /// All files of the new dataset.
    names: BTreeSet<String>,
    /// Files named by content, which were not there before.
    added: Vec<String>,
    /// Files that still have to take their fixed names.
    waiting: Vec<String>,
    /// Files that are not yet synced to disk.
    unsynced: Vec<PathBuf>,
}

impl<'f> Written<'f> {
    pub(super) fn nothing(folder: &'f Path) -> Self {
        Self {
            folder,
            names: BTreeSet::new(),
            added: Vec::new(),
            waiting: Vec::new(),
            unsynced: Vec::new(),
        }
    }

    pub(super) fn write(
        &mut self,
        files: Vec<(String, FileContent<'_>)>,
        is_large: bool,
        progress: &mut Progress<'_>,
    ) -> Result<(), FolderError> {
        let total = files.len();
        let mut exports: Vec<(String, Export<'_>)> = Vec::new();
        let mut others = Vec::new();
        for (name, content) in files {
            match content {
                FileContent::Export(export) if is_large => exports.push((name, export)),
                content @ (FileContent::Bytes(_) | FileContent::Export(_)) => {
                    others.push((name, content));
                }
            }
        }
        let folder = self.folder;
        // Written on a thread of their own: large exports take as long as all other files
        // together.
        std::thread::scope(|scope| {
            let apart = scope.spawn(move || {
                let mut apart = Written::nothing(folder);
                let written = exports
                    .iter()
                    .try_for_each(|(name, export)| apart.write_large_export(name, export));
                (apart, written)
            });
            let written = others.into_iter().enumerate().try_for_each(|(done, file)| {
                progress(&Step::Writing, done, total);
                self.write_with_copies(file, is_large)
            });
            let (apart, apart_written) = apart.join().expect("writing does not panic");
            self.names.extend(apart.names);
            self.waiting.extend(apart.waiting);
            self.unsynced.extend(apart.unsynced);
            written.and(apart_written)
        })?;
        // Synced before the manifest gets its name, so that after a power cut it names complete
        // files. Syncing after all writes costs one wait instead of one for each file.
        for path in self.unsynced.drain(..) {
            File::open(&path)
                .and_then(|file| file.sync_all())
                .map_err(failed(&path))?;
        }
        Ok(())
    }

    fn write_with_copies(
        &mut self,
        (name, content): (String, FileContent<'_>),
        is_large: bool,
    ) -> Result<(), FolderError> {
        let bytes = match content {
            FileContent::Bytes(bytes) => bytes,
            FileContent::Export(export) => {
                let mut bytes = Vec::new();
                export(&mut bytes).map_err(failed(self.folder))?;
                bytes
            }
        };
        let is_fixed = FIXED_NAMES.contains(&name.as_str());
        for (extension, copy) in copies(&bytes, Effort::for_dataset(is_large)) {
            self.write_file(format!("{name}.{extension}"), is_fixed, &copy)?;
        }
        let written = self.write_file(name, is_fixed, &bytes)?;
        self.unsynced.extend(written);
        Ok(())
    }

    /// Writes a file and returns its path; none if the same file was there before.
    fn write_file(
        &mut self,
        name: String,
        is_fixed: bool,
        bytes: &[u8],
    ) -> Result<Option<PathBuf>, FolderError> {
        let final_path = self.folder.join(&name);
        let is_there = final_path.exists();
        if !is_fixed && is_there && std::fs::read(&final_path).is_ok_and(|known| known == bytes) {
            self.names.insert(name);
            return Ok(None);
        }
        if is_fixed {
            return self
                .write_waiting(name, |file| file.write_all(bytes))
                .map(Some);
        }
        let path = self.folder.join(partial(&name));
        self.names.insert(name.clone());
        if !is_there {
            self.added.push(name);
        }
        let write = || {
            create_anew(&path)?.write_all(bytes)?;
            std::fs::rename(&path, &final_path)?;
            Ok(Some(final_path.clone()))
        };
        write().map_err(|cause| {
            let _ = std::fs::remove_file(&path);
            failed(&path)(cause)
        })
    }

    /// Writes a large export and its compressed copy in one pass, without holding either in
    /// memory.
    fn write_large_export(&mut self, name: &str, export: &Export<'_>) -> Result<(), FolderError> {
        let [gzip, _] = COPIES;
        let mut copy = None;
        self.write_waiting(format!("{name}.{gzip}"), |file| {
            copy = Some(file.try_clone()?);
            Ok(())
        })?;
        let copy = copy.expect("it was just opened");
        let path = self.write_waiting(name.to_owned(), |file| {
            WithCopy::write(file, copy, export).map(|_| ())
        })?;
        self.unsynced.push(path);
        Ok(())
    }

    /// Writes a file under its temporary name, and returns that path; `publish` renames it.
    fn write_waiting(
        &mut self,
        name: String,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<PathBuf, FolderError> {
        let path = self.folder.join(partial(&name));
        self.names.insert(name.clone());
        self.waiting.push(name);
        let written = create_anew(&path).and_then(|mut file| write(&mut file));
        match written {
            Ok(()) => Ok(path),
            Err(cause) => {
                let _ = std::fs::remove_file(&path);
                Err(failed(&path)(cause))
            }
        }
    }

    /// Renames the new manifest: from here on the new dataset is the published one.
    pub(super) fn begin_publishing(&mut self) -> Result<(), FolderError> {
        let path = self.folder.join(MANIFEST_NAME);
        std::fs::rename(self.folder.join(partial(MANIFEST_NAME)), &path).map_err(failed(&path))?;
        self.waiting.retain(|name| name != MANIFEST_NAME);
        Ok(())
    }

    /// Renames the other waiting files; returns all names of the new dataset.
    pub(super) fn publish(self) -> Result<BTreeSet<String>, FolderError> {
        for name in &self.waiting {
            let (from, path) = (self.folder.join(partial(name)), self.folder.join(name));
            std::fs::rename(from, &path).map_err(|cause| FolderError::Leftover { path, cause })?;
        }
        Ok(self.names)
    }

    /// Removes what this build wrote.
    pub(super) fn roll_back(self) {
        let waiting = self.waiting.iter().map(|name| partial(name));
        for name in waiting.chain(self.added) {
            let _ = std::fs::remove_file(self.folder.join(name));
        }
    }
}

/// Removes a file that a stopped build may have left, and creates it again: writing through a
/// link would change another file.
fn create_anew(path: &Path) -> io::Result<File> {
    match std::fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(cause),
        _ => File::create_new(path),
    }
}
