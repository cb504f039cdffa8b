//! The folder that a dataset is published into: which folders may be written, and
//! how one dataset takes the place of another.
//!
//! What must hold: no file is removed or replaced but one that a build wrote, and the
//! folder holds a whole dataset, the old one or the new one, wherever a build is
//! stopped. Files named by their content stand beside those of the old dataset until
//! the manifest has changed, by a rename. A program that reads the old dataset while a
//! build ends may find its cells gone, and has to read again.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::build::read_dataset;
use super::compressed::{self, COPIES, Effort};
use super::export::{to_csv, to_geojson};
use super::progress::{Progress, Step};
use crate::dataset::{DatasetError, Digest, MANIFEST_NAME, decode_manifest, is_older_manifest};

/// The dataset for other people's programs.
pub(super) const GEOJSON_NAME: &str = "stations.geojson";
/// The same as a table.
pub(super) const CSV_NAME: &str = "stations.csv";

/// Files whose names stay the same from edition to edition.
const FIXED_NAMES: [&str; 3] = [GEOJSON_NAME, CSV_NAME, MANIFEST_NAME];

/// Locked while a build writes.
const LOCK_NAME: &str = ".building";

/// Behind the name of a file that is not complete yet.
const PARTIAL: &str = ".partial";

/// At most so many names in a message.
const NAMES_SHOWN: usize = 8;

/// Why a folder is not written into. Nothing in it was changed.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Something stands there that no build wrote.
    #[error(
        "{path} is no folder of a dataset: it holds {shown}. Nothing was written. Name a new or empty folder, \
         or one that an earlier build wrote, with --out\n\
         （{path} 里有别的东西：{shown}。什么都没写，什么都没删。请用 --out 另外指定一个新的或空的文件夹）"
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// What stands there.
        shown: String,
    },
    /// The dataset's own sources lie in the folder.
    #[error(
        "{source_file} lies in {path}, into which the dataset is to be written. Nothing was written. Name another folder with --out\n\
         （{source_file} 就在要写入的文件夹里。什么都没写，什么都没删。请用 --out 另外指定一个文件夹）"
    )]
    HoldsSource {
        /// The folder.
        path: PathBuf,
        /// The sheet or configuration in it.
        source_file: PathBuf,
    },
    /// The manifest is damaged or from a newer program: what belongs to it cannot be told.
    #[error(
        "{path}: {cause}, so what belongs to it cannot be told. Nothing was written. Name another folder with --out\n\
         （{path} 里的 manifest.yz 读不出来，分不清哪些文件是它的。什么都没写，什么都没删。请用 --out 另外指定一个文件夹）"
    )]
    Manifest {
        /// The folder.
        path: PathBuf,
        /// Why.
        cause: DatasetError,
    },
    /// Another build is writing.
    #[error(
        "another build is writing into {0}. Nothing was written. Wait until it has ended\n\
         （另一次 build 正在写 {0}。什么都没写，请等它结束）"
    )]
    Busy(PathBuf),
    /// The new dataset is in place, but a file of the old one could not be replaced.
    #[error(
        "{path}: {cause}. The new dataset is in place, but this file is of the old one: remove it\n\
         （新数据已经写好，但 {path} 换不掉，还是旧的。请把它删掉）"
    )]
    Leftover {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file or folder cannot be read or written; what was there before is still there.
    #[error(
        "{path}: {cause}. The dataset that was there is unchanged\n\
         （写不进去：{path}。原来的数据没有动。请看看磁盘是不是满了、文件夹是不是只读）"
    )]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
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
            // Only if nothing is in it.
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
        // Again: another build may just have ended.
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

    /// Puts `files`, complete with their compressed copies, in the place of what
    /// is there. `verify` reads the new dataset back, given where its manifest
    /// lies meanwhile, before the old one goes.
    pub(super) fn replace<E: From<FolderError>>(
        self,
        files: Vec<(String, Vec<u8>)>,
        progress: &mut Progress<'_>,
        verify: impl FnOnce(&Path, &str) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut new = Written {
            folder: &self.path,
            names: BTreeSet::new(),
            added: Vec::new(),
            waiting: Vec::new(),
        };
        let written = new
            .write(files, progress)
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
                // Only if nothing is in it.
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

/// What has been written so far.
struct Written<'a> {
    folder: &'a Path,
    /// All files of the new dataset.
    names: BTreeSet<String>,
    /// Files named by content, which were not there before.
    added: Vec<String>,
    /// Files that still have to take their fixed names.
    waiting: Vec<String>,
}

impl Written<'_> {
    fn write(
        &mut self,
        files: Vec<(String, Vec<u8>)>,
        progress: &mut Progress<'_>,
    ) -> Result<(), FolderError> {
        let to_compress = files.iter().map(|(_, bytes)| bytes.len()).sum();
        let total = files.len();
        let mut written = Vec::new();
        for (done, (name, bytes)) in files.into_iter().enumerate() {
            progress(&Step::Writing, done, total);
            let is_fixed = FIXED_NAMES.contains(&name.as_str());
            let effort = Effort::of_dataset(&name, to_compress);
            for (extension, copy) in compressed::copies(&bytes, effort) {
                self.write_file(format!("{name}.{extension}"), is_fixed, &copy)?;
            }
            written.push(self.write_file(name, is_fixed, &bytes)?);
        }
        // After a power cut, too, the manifest must name files that are complete. All are
        // written before the first is waited for: that is one wait, not one for each.
        for path in written.into_iter().flatten() {
            File::open(&path)
                .and_then(|file| file.sync_all())
                .map_err(failed(&path))?;
        }
        Ok(())
    }

    /// Writes a file; where it now lies, unless it was there before.
    fn write_file(
        &mut self,
        name: String,
        is_fixed: bool,
        bytes: &[u8],
    ) -> Result<Option<PathBuf>, FolderError> {
        let final_path = self.folder.join(&name);
        let path = self.folder.join(partial(&name));
        self.names.insert(name.clone());
        let is_there = final_path.exists();
        if !is_fixed && is_there && std::fs::read(&final_path).is_ok_and(|known| known == bytes) {
            return Ok(None);
        }
        if is_fixed {
            self.waiting.push(name);
        } else if !is_there {
            self.added.push(name);
        }
        let write = || {
            // A leftover of a stopped build; writing through a link would change another file.
            match std::fs::remove_file(&path) {
                Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(cause),
                _ => {}
            }
            File::create_new(&path)?.write_all(bytes)?;
            if is_fixed {
                return Ok(Some(path.clone()));
            }
            std::fs::rename(&path, &final_path)?;
            Ok(Some(final_path.clone()))
        };
        write().map_err(|cause| {
            let _ = std::fs::remove_file(&path);
            failed(&path)(cause)
        })
    }

    /// Gives the new manifest its name: from now on the new dataset is the one.
    fn begin_publishing(&mut self) -> Result<(), FolderError> {
        let path = self.folder.join(MANIFEST_NAME);
        std::fs::rename(self.folder.join(partial(MANIFEST_NAME)), &path).map_err(failed(&path))?;
        self.waiting.retain(|name| name != MANIFEST_NAME);
        Ok(())
    }

    /// Gives the other waiting files their names; all names of the new dataset.
    fn publish(self) -> Result<BTreeSet<String>, FolderError> {
        for name in &self.waiting {
            let (from, path) = (self.folder.join(partial(name)), self.folder.join(name));
            std::fs::rename(from, &path).map_err(|cause| FolderError::Leftover { path, cause })?;
        }
        Ok(self.names)
    }

    /// Removes what this build wrote.
    fn roll_back(self) {
        let waiting = self.waiting.iter().map(|name| partial(name));
        for name in waiting.chain(self.added) {
            let _ = std::fs::remove_file(self.folder.join(name));
        }
    }
}

/// The names in `folder` that a build wrote.
///
/// # Errors
///
/// [`FolderError`] if anything else stands there.
fn written_names(folder: &Path) -> Result<BTreeSet<String>, FolderError> {
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
/// Anybody may have a file `stations.csv`, or change ours: it must be what a build
/// compressed beside it. What has a digest in its name must add up to it.
fn is_written(folder: &Path, name: &str, has_manifest: bool) -> bool {
    if let Some(name) = name
        .strip_prefix('.')
        .and_then(|name| name.strip_suffix(PARTIAL))
    {
        // Left over where a build was stopped: complete or not.
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
        // A copy may be of an older edition: nobody else writes such files.
        MANIFEST_NAME => has_manifest && content.starts_with(b"YZ"),
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
        // Builds used to write no copies.
        Err(_) => read_dataset(folder).is_ok_and(|dataset| {
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

/// Whether a build wrote this lock: nothing, or a number.
fn is_lock(path: &Path) -> bool {
    std::fs::read_to_string(path)
        .is_ok_and(|mark| mark.len() < 40 && mark.bytes().all(|c| c.is_ascii_digit()))
}

fn partial(name: &str) -> String {
    format!(".{name}{PARTIAL}")
}

fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> FolderError {
    let path = path.to_owned();
    move |cause| FolderError::File { path, cause }
}

/// A locked file in the folder, removed when dropped.
#[derive(Debug)]
struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    fn take(folder: &Path) -> Result<Self, FolderError> {
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
        // A build that has just ended may have removed the file between opening and
        // locking it; then this is not the file that the next build would find.
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
