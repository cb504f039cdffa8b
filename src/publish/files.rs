//! Files by path: those of a disk, or those that somebody dropped on a page.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Reads files by path.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// Why it cannot be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The length of a file, in bytes.
    ///
    /// # Errors
    ///
    /// Why it cannot be read.
    fn length(&self, path: &Path) -> io::Result<u64>;

    /// The paths in a folder; none if the path is no folder.
    fn folder(&self, path: &Path) -> Option<Vec<PathBuf>>;

    /// Whether both paths lead to the same file.
    fn is_same(&self, one: &Path, other: &Path) -> bool;

    /// Whether the path leads to a file.
    fn exists(&self, path: &Path) -> bool {
        self.length(path).is_ok()
    }

    /// The text of a file.
    ///
    /// # Errors
    ///
    /// Why it cannot be read; text that is not UTF-8 is [`io::ErrorKind::InvalidData`].
    fn read_text(&self, path: &Path) -> io::Result<String> {
        let not_utf8 = |cause| io::Error::new(io::ErrorKind::InvalidData, cause);
        String::from_utf8(self.read(path)?).map_err(not_utf8)
    }
}

/// Files in memory, by name.
#[derive(Clone, Debug, Default)]
pub struct FilesInMemory(pub BTreeMap<PathBuf, Vec<u8>>);

impl FromIterator<(String, Vec<u8>)> for FilesInMemory {
    fn from_iter<I: IntoIterator<Item = (String, Vec<u8>)>>(files: I) -> Self {
        let files = files.into_iter();
        Self(files.map(|(name, bytes)| (name.into(), bytes)).collect())
    }
}

impl FilesInMemory {
    fn get(&self, path: &Path) -> io::Result<&Vec<u8>> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no such file");
        self.0.get(path).ok_or_else(missing)
    }
}

impl Files for FilesInMemory {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.get(path).cloned()
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        self.get(path).map(|bytes| bytes.len() as u64)
    }

    fn folder(&self, path: &Path) -> Option<Vec<PathBuf>> {
        let inside = self.0.keys().filter(|file| file.parent() == Some(path));
        let inside: Vec<PathBuf> = inside.cloned().collect();
        (!inside.is_empty() && !self.0.contains_key(path)).then_some(inside)
    }

    fn is_same(&self, one: &Path, other: &Path) -> bool {
        one == other && self.exists(one)
    }
}
