//! `stations.toml`: which sheets make up the dataset, and what they do not say
//! themselves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::barriers::{self, BarrierSource};
use super::calendar::{CalendarError, read_calendar};
use super::config_text;
use super::reference_system::ReferenceSystem;
use crate::domain::calendar::Calendar;
use crate::domain::civil::{Day, NotATime};
use crate::domain::datum::{Crs, UnknownCrs};
use crate::domain::position::Bounds;
use crate::domain::travel::{Modes, TravelFigures};

/// Phones keep up to so many megabytes of cells unasked: some 3 MB as they travel.
const DEFAULT_KEEP_MB: u32 = 12;

const MEGABYTE: u32 = 1_000_000;

/// The whole file, read and checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// The dataset's name.
    pub title: String,
    /// Name, telephone, web page of who answers for it.
    pub publisher: (String, String, String),
    /// Whether these are examples only.
    pub is_demo: bool,
    /// The name of the time zone.
    pub time_zone: String,
    /// Minutes east of UTC.
    pub utc_offset_minutes: i32,
    /// The edition's date, if it is not the day of the build.
    pub edition: Option<Day>,
    /// Positions outside it are issues (WGS-84).
    pub service_area: Option<Bounds>,
    /// The holidays that are known.
    pub calendar: Calendar,
    /// The data is old after so many days.
    pub stale_after_days: u32,
    /// Phones keep the whole dataset unasked up to so many bytes, uncompressed.
    pub keep_bytes: u32,
    /// Where reports go; empty for nowhere.
    pub report_url: String,
    /// Pages that may hand over positions and receive stations.
    pub embed_origins: Vec<String>,
    /// Whether one place under two schemes becomes one station.
    pub merge: bool,
    /// Ids that are never merged with one another.
    pub keep_apart: Vec<Vec<String>>,
    /// How metres become minutes.
    pub travel: TravelFigures,
    /// What riders cannot simply cross.
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
    /// When somebody checked the rows that do not say.
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

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// Not TOML, or a key that does not exist.
    #[error("{path} 第 {line} 行: {zh} (line {line}: {en})")]
    Toml {
        /// The file.
        path: PathBuf,
        /// Where.
        line: usize,
        /// What is wrong and what to do, in Chinese.
        zh: String,
        /// The parser's words.
        en: String,
    },
    /// A source that is not there, or a folder without a sheet in it.
    #[error(
        "{0}: there is no such file, or no sheet in the folder; nothing was read (没有这个文件，或者文件夹里没有表格；什么都没有读。请检查路径)"
    )]
    SourceMissing(String),
    /// The datum of a source is missing: it is never guessed.
    #[error(
        "[[source]] path = \"{0}\": no crs. Say crs = \"wgs84\", \"gcj02\", \"bd09\" or \"EPSG:…\" (没有写坐标系 crs)"
    )]
    CrsMissing(String),
    /// A word that names no datum.
    #[error(
        "[[source]] path = \"{path}\": {cause} (不认识的坐标系；请写 gcj02（高德、腾讯）、bd09（百度）、wgs84 或 EPSG 编号)"
    )]
    Crs {
        /// The source.
        path: String,
        /// The word.
        cause: UnknownCrs,
    },
    /// A date that is none.
    #[error(transparent)]
    Date(#[from] NotATime),
    /// A time zone that this program does not know.
    #[error(
        "time_zone \"{0}\" is not known here; zones without daylight saving in and around China are: {1} (不认识的时区)"
    )]
    TimeZone(String, String),
    /// A service area that is no box.
    #[error(
        "service_area must be [west, south, east, north] in WGS-84 degrees (服务范围写西、南、东、北四个数，WGS-84 度)"
    )]
    ServiceArea,
    /// A barrier's geometry cannot be used.
    #[error("{path}: {why}")]
    Barrier {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// A word that names no way of travelling.
    #[error(
        "[[barrier]] modes: \"{0}\" is not known; say \"ebike\", \"bicycle\" or \"foot\" (不认识的通行方式)"
    )]
    Mode(String),
    /// Figures by which nobody arrives.
    #[error("[dataset.travel] {0} must be {1} (出行数字不合理)")]
    Travel(&'static str, &'static str),
    /// A page that is none, and so would never be the one that asks.
    #[error(
        "embed_origins: \"{0}\" is no origin; write scheme and host only, such as \"https://union.example\" (只写协议和域名)"
    )]
    Origin(String),
    /// The calendar cannot be used.
    #[error("{path}: {cause}")]
    Calendar {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: CalendarError,
    },
}

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    dataset: FileDataset,
    #[serde(default)]
    source: Vec<FileSource>,
    #[serde(default)]
    barrier: Vec<FileBarrier>,
    #[serde(default)]
    programmes: Vec<FileProgrammes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileBarrier {
    #[serde(default)]
    name: String,
    geometry: String,
    modes: Option<Vec<String>>,
    crossings: Option<String>,
    crs: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTravel {
    detour: Option<f64>,
    ebike_kmh: Option<f64>,
    bicycle_kmh: Option<f64>,
    foot_kmh: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileProgrammes {
    path: String,
    sheet: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileDataset {
    title: Option<String>,
    #[serde(default)]
    publisher: FilePublisher,
    #[serde(default)]
    demo: bool,
    time_zone: Option<String>,
    edition: Option<String>,
    service_area: Option<[f64; 4]>,
    calendar: Option<PathBuf>,
    stale_after: Option<u32>,
    keep_mb: Option<u16>,
    #[serde(default)]
    report_url: String,
    #[serde(default)]
    embed_origins: Vec<String>,
    #[serde(default)]
    travel: FileTravel,
    merge: Option<bool>,
    #[serde(default)]
    keep_apart: Vec<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FilePublisher {
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    url: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSource {
    path: String,
    crs: Option<String>,
    #[serde(default)]
    title: String,
    #[serde(default)]
    origin: String,
    #[serde(default)]
    licence: String,
    #[serde(default)]
    city: String,
    #[serde(default)]
    district: String,
    #[serde(default)]
    kind: String,
    verified_on: Option<String>,
    sheet: Option<String>,
    encoding: Option<String>,
    json_path: Option<String>,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    #[serde(default)]
    publish_contacts: bool,
}

/// The calendar that the program carries: China, the years announced so far.
#[must_use]
pub(crate) fn built_in_calendar() -> Calendar {
    read_calendar(include_str!("../../data/calendar.json"))
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
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let bytes = std::fs::read(path).map_err(|cause| ConfigError::File {
            path: path.to_owned(),
            cause,
        })?;
        let text = config_text::decoded(&bytes);
        let file: File = toml::from_str(&text)
            .or_else(|cause| {
                // “ ” from a word processor.
                let straight = config_text::with_straight_quotes(&text).ok_or(cause.clone())?;
                toml::from_str(&straight).map_err(|_| cause)
            })
            .map_err(|cause| {
                let (line, zh, en) = config_text::explained(&text, &cause);
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
            Some(path) => read_calendar_file(path)?,
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
            report_url: file.dataset.report_url,
            embed_origins: file
                .dataset
                .embed_origins
                .iter()
                .map(|text| origin(text).ok_or_else(|| ConfigError::Origin(text.clone())))
                .collect::<Result<_, _>>()?,
            merge: file.dataset.merge.unwrap_or(defaults.merge),
            keep_apart: file.dataset.keep_apart,
            travel: file.dataset.travel.checked()?,
            barriers: file
                .barrier
                .into_iter()
                .map(|barrier| barrier.checked(folder))
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

/// An origin as browsers write it: scheme, host in small letters, a port that is not the
/// scheme's own. None for anything else.
fn origin(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let (scheme, host) = text.split_once("://")?;
    let own_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let host = host.trim_end_matches('/').trim_end_matches(own_port);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    (!host.is_empty() && host.chars().all(is_plain)).then(|| format!("{scheme}://{host}"))
}

/// Reads a calendar file.
///
/// # Errors
///
/// [`ConfigError`], which names the file.
pub fn read_calendar_file(path: &Path) -> Result<Calendar, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::File {
        path: path.to_owned(),
        cause,
    })?;
    read_calendar(&text).map_err(|cause| ConfigError::Calendar {
        path: path.to_owned(),
        cause,
    })
}

impl FileTravel {
    /// The figures, at the precision of the wire.
    fn checked(&self) -> Result<TravelFigures, ConfigError> {
        let defaults = TravelFigures::default();
        let detour = self.detour.unwrap_or(defaults.detour);
        if !(1.0..=5.0).contains(&detour) {
            return Err(ConfigError::Travel("detour", "from 1 to 5"));
        }
        let speeds = [
            ("ebike_kmh", self.ebike_kmh),
            ("bicycle_kmh", self.bicycle_kmh),
            ("foot_kmh", self.foot_kmh),
        ];
        let mut metres_per_minute = defaults.metres_per_minute;
        for ((key, said), speed) in speeds.into_iter().zip(&mut metres_per_minute) {
            if let Some(kmh) = said {
                if !(1.0..=60.0).contains(&kmh) {
                    return Err(ConfigError::Travel(key, "from 1 to 60 km/h"));
                }
                *speed = (kmh * 1000.0).round() / 60.0;
            }
        }
        Ok(TravelFigures {
            detour: (detour * 100.0).round() / 100.0,
            metres_per_minute,
        })
    }
}

impl FileBarrier {
    fn checked(self, folder: &Path) -> Result<BarrierSource, ConfigError> {
        let modes = match self.modes {
            None => Modes::ALL,
            Some(words) => {
                let modes = words
                    .into_iter()
                    .map(|word| barriers::mode(&word).ok_or(ConfigError::Mode(word)));
                Modes::of(modes.collect::<Result<Vec<_>, _>>()?)
            }
        };
        let crs = match self.crs {
            // As GeoJSON, next to which the crossings stand.
            None => Crs::Wgs84,
            Some(word) => word.parse().map_err(|cause| ConfigError::Crs {
                path: self.geometry.clone(),
                cause,
            })?,
        };
        Ok(BarrierSource {
            barrier: barriers::geometry(&folder.join(&self.geometry), &self.name, modes)?,
            crossings: self
                .crossings
                .map(|label| (label.clone(), folder.join(label))),
            crs,
        })
    }
}

impl FileSource {
    fn checked(self, folder: &Path) -> Result<Source, ConfigError> {
        let crs = self
            .crs
            .ok_or_else(|| ConfigError::CrsMissing(self.path.clone()))?;
        let crs = crs.parse().map_err(|cause| ConfigError::Crs {
            path: self.path.clone(),
            cause,
        })?;
        Ok(Source {
            path: folder.join(&self.path),
            label: self.path,
            crs: Some(crs),
            title: self.title,
            origin: self.origin,
            licence: self.licence,
            city: self.city,
            district: self.district,
            kind: self.kind,
            verified_on: self.verified_on.map(|text| text.parse()).transpose()?,
            sheet: self.sheet,
            encoding: self.encoding,
            json_path: self.json_path,
            columns: self.columns,
            publish_contacts: self.publish_contacts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_compare_it() {
        for (text, expected) in [
            ("https://union.example", Some("https://union.example")),
            (" https://Union.Example/ ", Some("https://union.example")),
            ("https://union.example:443", Some("https://union.example")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("https://union.example/page", None),
            ("https://*.union.example", None),
            ("union.example", None),
            ("*", None),
            ("https://", None),
            ("ftp://union.example", None),
        ] {
            assert_eq!(origin(text).as_deref(), expected, "{text:?}");
        }
    }
}
