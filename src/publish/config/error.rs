//! Why a configuration cannot be used.

use std::path::PathBuf;

use crate::domain::civil::NotATime;
use crate::domain::datum::UnknownCrs;
use crate::publish::calendar::CalendarError;

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
    /// A source that does not exist, or a folder without a sheet in it.
    #[error(
        "{0}: there is no such file, or no sheet in the folder; nothing was read (没有这个文件，或者文件夹里没有表格；什么都没有读。请检查路径)"
    )]
    SourceMissing(String),
    /// The datum of a source is missing: it is never guessed.
    #[error(
        "[[source]] path = \"{0}\": no crs. Say crs = \"wgs84\", \"gcj02\", \"bd09\" or \"EPSG:…\" (没有写坐标系 crs)"
    )]
    CrsMissing(String),
    /// An unknown datum.
    #[error(
        "[[source]] path = \"{path}\": {cause} (不认识的坐标系；请写 gcj02（高德、腾讯）、bd09（百度）、wgs84 或 EPSG 编号)"
    )]
    Crs {
        /// The source.
        path: String,
        /// The word.
        cause: UnknownCrs,
    },
    /// A date that does not exist.
    #[error(transparent)]
    Date(#[from] NotATime),
    /// An unknown time zone.
    #[error(
        "time_zone \"{0}\" is not known here; zones without daylight saving in and around China are: {1} (不认识的时区)"
    )]
    TimeZone(String, String),
    /// An address for reports to which nothing can be sent.
    #[error(
        "report_url \"{0}\" is not an address: write https://host/path, or nothing (收报告的地址写 https:// 开头的网址，没有就留空)"
    )]
    ReportUrl(String),
    /// A service area that is not a box.
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
    /// An unknown mode of travel.
    #[error(
        "[[barrier]] modes: \"{0}\" is not known; say \"ebike\", \"bicycle\" or \"foot\" (不认识的通行方式)"
    )]
    Mode(String),
    /// Travel figures outside their range.
    #[error("[dataset.travel] {0} must be {1} (出行数字不合理)")]
    Travel(&'static str, &'static str),
    /// An origin that is malformed: no page would ever match it.
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
