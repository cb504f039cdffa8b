//! The files of this machine.

use std::io;
use std::path::{Path, PathBuf};

use crate::publish::Files;

/// Reads files from the disk.
#[derive(Clone, Copy, Debug)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        std::fs::metadata(path).map(|metadata| metadata.len())
    }

    fn folder(&self, path: &Path) -> Option<Vec<PathBuf>> {
        let entries = std::fs::read_dir(path).ok()?;
        Some(
            entries
                .filter_map(|entry| Some(entry.ok()?.path()))
                .collect(),
        )
    }

    fn is_same(&self, one: &Path, other: &Path) -> bool {
        let resolved = |path: &Path| std::fs::canonicalize(path).ok();
        resolved(one).is_some_and(|one| Some(one) == resolved(other))
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }
}
