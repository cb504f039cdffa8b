//! `stations.toml`: which sheets make up the dataset, and what they do not say
//! themselves.
//!
//! `file` has the keys as they are written, `text` reads the bytes and explains faults in them.

mod error;
mod file;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::barriers::BarrierSource;
use super::calendar::read_calendar;
use super::files::Files;
use super::reference_system::ReferenceSystem;
use crate::domain::calendar::Calendar;
use crate::domain::civil::Day;
use crate::domain::position::Bounds;
use crate::domain::travel::TravelFigures;
pub use error::ConfigError;
use file::{File, FileDataset, FileProgrammes, origin};

/// The whole file, read and checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The dataset's name.
    pub title: String,
    /// Name, telephone and web page of the organisation that is responsible for it.
    pub publisher: (String, String, String),
    /// Whether these are examples only.
    pub is_demo: bool,
    /// The name of the time zone.
    pub time_zone: String,
    /// Minutes east of UTC.
    pub utc_offset_minutes: i32,
    /// The edition's date, if it is not the day of the build.
    pub edition: Option<Day>,
    /// The service area (WGS-84); positions outside it are issues.
    pub service_area: Option<Bounds>,
    /// The holidays that are known.
    pub calendar: Calendar,
    /// After this many days the page calls the data old.
    pub stale_after_days: u32,
    /// Phones cache the whole dataset without being asked up to this many bytes, uncompressed.
    pub keep_bytes: u32,
    /// Where reports go; empty for nowhere.
    pub report_url: String,
    /// Pages that may hand over positions and receive stations.
    pub embed_origins: Vec<String>,
    /// Whether one place under two schemes becomes one station.
    pub merge: bool,
    /// Ids that are never merged with one another.
    pub keep_apart: Vec<Vec<String>>,
    /// Words of kinds that are rooms where people may sit, in small letters.
    pub rooms: Vec<String>,
    /// Words of kinds and names that are not rooms, in small letters.
    pub makeshift: Vec<String>,
    /// How metres become minutes.
    pub travel: TravelFigures,
    /// Barriers that riders cannot simply cross.
    pub barriers: Vec<BarrierSource>,
    /// The sheets of programmes.
    pub programmes: Vec<ProgrammeSource>,
    /// The sheets of stations.
    pub sources: Vec<Source>,
    /// The configuration itself and other files it names, beside the sheets.
    pub other_files: Vec<PathBuf>,
}

/// A sheet of programmes.
#[derive(Clone, Debug)]
pub struct ProgrammeSource {
    /// The file, as the configuration writes it.
    pub label: String,
    /// The file.
    pub path: PathBuf,
    /// Which sheet of a workbook; all, if not said.
    pub sheet: Option<String>,
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The file, as the configuration writes it.
    pub label: String,
    /// The file.
    pub path: PathBuf,
    /// The datum; only `stations check` runs without one.
    pub crs: Option<ReferenceSystem>,
    /// The list's name.
    pub title: String,
    /// Where it was found.
    pub origin: String,
    /// Its licence.
    pub licence: String,
    /// The city of rows that name none.
    pub city: String,
    /// The district of rows that name none.
    pub district: String,
    /// The kind of rows that name none.
    pub kind: String,
    /// The day of the last check, for rows without one.
    pub verified_on: Option<Day>,
    /// How the file's bytes are to be read, such as `gb18030`; found out, if not
    /// said.
    pub encoding: Option<String>,
    /// Which sheet of a workbook; all that list stations, if not said.
    pub sheet: Option<String>,
    /// Where in a JSON file the list is, such as `data.items`.
    pub json_path: Option<String>,
    /// Fields and the headings of their columns, where they cannot be guessed.
    pub columns: BTreeMap<String, String>,
    /// Whether names and mobile numbers of contacts are published.
    pub publish_contacts: bool,
}

/// Phones cache up to this many megabytes of cells without being asked: some 3 MB of traffic.
const DEFAULT_KEEP_MB: u32 = 12;

const MEGABYTE: u32 = 1_000_000;

/// A kind that contains one of these words is a room where people may sit, unless the
/// configuration names other words. `docs/publishing.md` lists them.
const DEFAULT_ROOMS: [&str; 29] = [
    "驿站",
    "家园",
    "接力站",
    "服务站",
    "服务中心",
    "服务点",
    "党群",
    "休息室",
    "休息站",
    "休息点",
    "歇脚",
    "暖心站",
    "阅览室",
    "图书馆",
    "书房",
    "书屋",
    "会客厅",
    "营业厅",
    "活动室",
    "司机之家",
    "食堂",
    "餐厅",
    "咖啡",
    "银行",
    "网点",
    "library",
    "lounge",
    "shelter",
    "community cent",
];

/// A kind or a name that contains one of these is not a room, whatever else the station is
/// listed as.
const DEFAULT_MAKESHIFT: [&str; 19] = [
    "公厕",
    "厕所",
    "卫生间",
    "洗手间",
    "加油",
    "加气",
    "充电站",
    "充电桩",
    "换电",
    "售货",
    "报亭",
    "报刊亭",
    "快递",
    "toilet",
    "filling station",
    "petrol",
    "gas station",
    "charger",
    "kiosk",
];

/// Zones without daylight saving time, minutes east of UTC.
const TIME_ZONES: [(&str, i32); 9] = [
    ("Asia/Shanghai", 480),
    ("Asia/Urumqi", 360),
    ("Asia/Hong_Kong", 480),
    ("Asia/Macau", 480),
    ("Asia/Taipei", 480),
    ("Asia/Singapore", 480),
    ("Asia/Seoul", 540),
    ("Asia/Tokyo", 540),
    ("UTC", 0),
];

/// The calendar that the program carries: China, the years announced so far.
#[must_use]
pub(crate) fn built_in_calendar() -> Calendar {
    read_calendar(include_str!("../../../data/calendar.json"))
        .expect("the project's own calendar is tested to be readable")
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "驿站".to_owned(),
            publisher: Default::default(),
            is_demo: false,
            time_zone: TIME_ZONES[0].0.to_owned(),
            utc_offset_minutes: TIME_ZONES[0].1,
            edition: None,
            service_area: None,
            calendar: built_in_calendar(),
            stale_after_days: 30,
            keep_bytes: DEFAULT_KEEP_MB * MEGABYTE,
            report_url: String::new(),
            embed_origins: Vec::new(),
            merge: true,
            keep_apart: Vec::new(),
            rooms: DEFAULT_ROOMS.map(str::to_owned).into(),
            makeshift: DEFAULT_MAKESHIFT.map(str::to_owned).into(),
            travel: TravelFigures::default(),
            barriers: Vec::new(),
            programmes: Vec::new(),
            sources: Vec::new(),
            other_files: Vec::new(),
        }
    }
}

impl Config {
    /// Reads `stations.toml`; paths in it are relative to it.
    ///
    /// # Errors
    ///
    /// [`ConfigError`], which names the file and the key.
    pub fn read(path: &Path, files: &dyn Files) -> Result<Self, ConfigError> {
        let bytes = files.read(path).map_err(|cause| ConfigError::File {
            path: path.to_owned(),
            cause,
        })?;
        let text = self::text::decoded(&bytes);
        let file: File = toml::from_str(&text)
            .or_else(|cause| {
                // “ ” from a word processor.
                let straight = self::text::with_straight_quotes(&text).ok_or(cause.clone())?;
                toml::from_str(&straight).map_err(|_| cause)
            })
            .map_err(|cause| {
                let (line, zh, en) = self::text::explained(&text, &cause);
                ConfigError::Toml {
                    path: path.to_owned(),
                    line,
                    zh,
                    en,
                }
            })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let FileDataset { publisher, .. } = &file.dataset;
        let publisher = (
            publisher.name.clone(),
            publisher.phone.clone(),
            publisher.url.clone(),
        );
        let defaults = Self::default();
        let time_zone = file.dataset.time_zone.unwrap_or(defaults.time_zone);
        let offset = TIME_ZONES.iter().find(|(name, _)| *name == time_zone);
        let &(_, utc_offset_minutes) = offset.ok_or_else(|| {
            let known: Vec<&str> = TIME_ZONES.iter().map(|(name, _)| *name).collect();
            ConfigError::TimeZone(time_zone.clone(), known.join(", "))
        })?;
        let service_area = file
            .dataset
            .service_area
            .map(|[west, south, east, north]| {
                let is_box = west <= east && south <= north;
                is_box
                    .then_some(Bounds {
                        west,
                        south,
                        east,
                        north,
                    })
                    .ok_or(ConfigError::ServiceArea)
            })
            .transpose()?;
        let calendar_path = file.dataset.calendar.map(|name| folder.join(name));
        let calendar = match &calendar_path {
            // The calendar that the program carries is that of mainland China.
            None if ["Asia/Shanghai", "Asia/Urumqi"].contains(&time_zone.as_str()) => {
                defaults.calendar
            }
            None => Calendar::default(),
            Some(path) => read_calendar_file(path, files)?,
        };
        let geometries = file
            .barrier
            .iter()
            .map(|barrier| folder.join(&barrier.geometry));
        let other_files = std::iter::once(path.to_owned())
            .chain(geometries)
            .chain(calendar_path)
            .collect();
        Ok(Self {
            title: file.dataset.title.unwrap_or(defaults.title),
            publisher,
            is_demo: file.dataset.demo,
            time_zone,
            utc_offset_minutes,
            edition: file.dataset.edition.map(|text| text.parse()).transpose()?,
            service_area,
            calendar,
            stale_after_days: file
                .dataset
                .stale_after
                .unwrap_or(defaults.stale_after_days),
            keep_bytes: file.dataset.keep_mb.map_or(defaults.keep_bytes, |mb| {
                u32::from(mb).saturating_mul(MEGABYTE)
            }),
            report_url: file::report_url(&file.dataset.report_url)
                .ok_or(ConfigError::ReportUrl(file.dataset.report_url))?,
            embed_origins: file
                .dataset
                .embed_origins
                .iter()
                .map(|text| origin(text).ok_or_else(|| ConfigError::Origin(text.clone())))
                .collect::<Result<_, _>>()?,
            merge: file.dataset.merge.unwrap_or(defaults.merge),
            keep_apart: file.dataset.keep_apart,
            rooms: file
                .dataset
                .rooms
                .map_or(defaults.rooms, |words| in_small_letters(&words)),
            makeshift: file
                .dataset
                .makeshift
                .map_or(defaults.makeshift, |words| in_small_letters(&words)),
            travel: file.dataset.travel.checked()?,
            barriers: file
                .barrier
                .into_iter()
                .map(|barrier| barrier.checked(folder, files))
                .collect::<Result<_, _>>()?,
            programmes: file
                .programmes
                .into_iter()
                .map(|FileProgrammes { path, sheet }| ProgrammeSource {
                    path: folder.join(&path),
                    label: path,
                    sheet,
                })
                .collect(),
            sources: file
                .source
                .into_iter()
                .map(|source| source.checked(folder))
                .collect::<Result<_, _>>()?,
            other_files,
        })
    }

    /// All files and folders that the dataset is made of.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.sources
            .iter()
            .map(|source| &source.path)
            .chain(self.programmes.iter().map(|source| &source.path))
            .chain(
                self.barriers
                    .iter()
                    .filter_map(|barrier| Some(&barrier.crossings.as_ref()?.1)),
            )
            .chain(&self.other_files)
            .map(PathBuf::as_path)
    }
}

/// Words as they are looked for in kinds and names.
fn in_small_letters(words: &[String]) -> Vec<String> {
    let words = words.iter().map(|word| word.trim().to_lowercase());
    words.filter(|word| !word.is_empty()).collect()
}

/// Reads a calendar file.
///
/// # Errors
///
/// [`ConfigError`], which names the file.
pub fn read_calendar_file(path: &Path, files: &dyn Files) -> Result<Calendar, ConfigError> {
    let text = files.read_text(path).map_err(|cause| ConfigError::File {
        path: path.to_owned(),
        cause,
    })?;
    read_calendar(&text).map_err(|cause| ConfigError::Calendar {
        path: path.to_owned(),
        cause,
    })
}
