//! The stations that can be reported on: those of the published dataset, read again when a newer
//! one was published.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::SystemTime;

use yizhan::cli::Disk;
use yizhan::dataset::MANIFEST_NAME;
use yizhan::publish::{DatasetFileError, read_dataset};

/// What is known of a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownStation {
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its hours as they are printed.
    pub hours: String,
}

/// The stations of an edition.
#[derive(Debug)]
pub struct Edition {
    /// The stations by id.
    pub stations: BTreeMap<String, KnownStation>,
    /// The zone of all times, in minutes east of UTC.
    pub utc_offset_minutes: i32,
    changed: Option<SystemTime>,
}

/// The stations of a folder with a dataset.
#[derive(Debug)]
pub struct Stations {
    folder: PathBuf,
    edition: RwLock<Arc<Edition>>,
}

impl Stations {
    /// Reads the dataset in a folder.
    ///
    /// # Errors
    ///
    /// [`DatasetFileError`] if there is none.
    pub fn open(folder: &Path) -> Result<Self, DatasetFileError> {
        Ok(Self {
            folder: folder.to_owned(),
            edition: RwLock::new(Arc::new(read(folder)?)),
        })
    }

    /// The stations as they were read last.
    #[must_use]
    pub fn edition(&self) -> Arc<Edition> {
        let edition = self.edition.read();
        edition
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// Reads the dataset again if its manifest changed. Gives whether it did.
    ///
    /// # Errors
    ///
    /// [`DatasetFileError`] if it cannot be read; the edition before stays.
    pub fn refresh(&self) -> Result<bool, DatasetFileError> {
        if changed(&self.folder) == self.edition().changed {
            return Ok(false);
        }
        let edition = Arc::new(read(&self.folder)?);
        let place = self.edition.write();
        *place.unwrap_or_else(std::sync::PoisonError::into_inner) = edition;
        Ok(true)
    }
}

fn changed(folder: &Path) -> Option<SystemTime> {
    let metadata = std::fs::metadata(folder.join(MANIFEST_NAME)).ok()?;
    metadata.modified().ok()
}

fn read(folder: &Path) -> Result<Edition, DatasetFileError> {
    // Asked before reading: what changes meanwhile is read again.
    let changed = changed(folder);
    let dataset = read_dataset(folder, &Disk)?;
    let utc_offset_minutes = dataset.manifest.utc_offset_minutes;
    let stations = dataset.stations.iter().map(|station| {
        let known = KnownStation {
            name: station.name.clone(),
            address: station.address.clone(),
            hours: station.hours.text.clone(),
        };
        (station.id.clone(), known)
    });
    Ok(Edition {
        stations: stations.collect(),
        utc_offset_minutes,
        changed,
    })
}
