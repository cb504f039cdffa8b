//! The lock that keeps other builds out of a folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::{FolderError, failed};

/// Locked while a build writes.
pub(super) const LOCK_NAME: &str = ".building";

/// A locked file in the folder, removed when dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    pub(super) fn take(folder: &Path) -> Result<Self, FolderError> {
        let path = folder.join(LOCK_NAME);
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(failed(&path))?;
        let busy = || FolderError::Busy(folder.to_owned());
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy()),
            Err(TryLockError::Error(cause)) => return Err(failed(&path)(cause)),
        }
        // A build that has just ended may have removed the file between opening and locking;
        // then this file is not the one that the next build would find.
        let mark = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_nanos()
            .to_string();
        if let Err(cause) = file
            .set_len(0)
            .and_then(|()| file.write_all(mark.as_bytes()))
        {
            let _ = std::fs::remove_file(&path);
            return Err(failed(&path)(cause));
        }
        match std::fs::read_to_string(&path) {
            Ok(found) if found == mark => Ok(Self { path, _file: file }),
            _ => Err(busy()),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Whether a build wrote this lock file: it is empty or holds a number.
pub(super) fn is_lock(path: &Path) -> bool {
    std::fs::read_to_string(path)
        .is_ok_and(|mark| mark.len() < 40 && mark.bytes().all(|c| c.is_ascii_digit()))
}
