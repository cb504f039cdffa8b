//! A report as a phone sends it.

use serde::Deserialize;
use yizhan::domain::civil::CivilTime;
use yizhan::domain::report::Verdict;

/// The longest message, in bytes.
pub const LONGEST: usize = 2048;

/// How old a report may be when it comes, in minutes: phones keep reports until there is a network.
pub const OLDEST_MINUTES: i64 = 14 * 24 * 60;

/// How far ahead a phone's clock may be, in minutes.
const AHEAD_MINUTES: i64 = 10;

/// The version of the messages.
const VERSION: u64 = 1;

/// A report that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The station's id.
    pub station: String,
    /// The edition of the dataset that the rider saw.
    pub edition: String,
    /// What the rider found.
    pub verdict: Verdict,
    /// When, in the dataset's zone.
    pub at: CivilTime,
}

/// Why a message is not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no JSON object with the fields of a report.
    NotAReport,
    /// It is longer than [`LONGEST`].
    TooLong,
    /// Its bytes did not come in time.
    TooSlow,
    /// It is of a version that is not known here.
    UnknownVersion,
    /// No station has this id.
    UnknownStation,
    /// This is not how an edition is written.
    UnknownEdition,
    /// `report` is none of the four verdicts.
    UnknownVerdict,
    /// `at` is no time, in the future, or too long ago.
    UnlikelyTime,
    /// The page that sent it is none of the publisher's.
    OtherOrigin,
    /// Too many came from one address, or on one station.
    TooMany,
    /// It cannot be stored now.
    Unavailable,
}

impl Refusal {
    /// The word by which programs know it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAReport => "not_a_report",
            Self::TooLong => "too_long",
            Self::TooSlow => "too_slow",
            Self::UnknownVersion => "unknown_version",
            Self::UnknownStation => "unknown_station",
            Self::UnknownEdition => "unknown_edition",
            Self::UnknownVerdict => "unknown_report",
            Self::UnlikelyTime => "unlikely_time",
            Self::OtherOrigin => "other_origin",
            Self::TooMany => "too_many",
            Self::Unavailable => "unavailable",
        }
    }

    /// The status of the answer. Phones send again what is answered by 408, 429 or 5xx.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::NotAReport | Self::UnknownVersion => 400,
            Self::TooLong => 413,
            Self::TooSlow => 408,
            Self::UnknownStation => 404,
            Self::UnknownEdition | Self::UnknownVerdict | Self::UnlikelyTime => 422,
            Self::OtherOrigin => 403,
            Self::TooMany => 429,
            Self::Unavailable => 503,
        }
    }

    /// What is wrong and what to do, in Chinese and English.
    #[must_use]
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Self::NotAReport => [
                "这不是一条反馈。格式见 docs/report.md",
                "This is no report; docs/report.md has the format",
            ],
            Self::TooLong => [
                "反馈太长，最多 2048 字节",
                "The report is too long: at most 2048 bytes",
            ],
            Self::TooSlow => [
                "反馈没有在 10 秒内发完，请再发一次",
                "The report did not come within 10 seconds; send it again",
            ],
            Self::UnknownVersion => [
                "不认识这个版本的反馈。这里认识版本 1",
                "The version of this report is not known here; version 1 is",
            ],
            Self::UnknownStation => [
                "现在的名单里没有这个站点。请更新页面里的名单",
                "The list has no such station now; load the newest list",
            ],
            Self::UnknownEdition => [
                "edition 应是名单的版本，如 2026-11-24-1a2b3c4d",
                "edition must be that of a list, such as 2026-11-24-1a2b3c4d",
            ],
            Self::UnknownVerdict => [
                "report 应是 locked、wrong、gone、fine 之一",
                "report must be locked, wrong, gone or fine",
            ],
            Self::UnlikelyTime => [
                "at 应是当地时间，如 2026-07-15T12:10，14 天以内，不能在将来。请看看手机的时间",
                "at must be a local time such as 2026-07-15T12:10, within 14 days and not in the future; is the phone's clock right?",
            ],
            Self::OtherOrigin => [
                "这个网站不能往这里发反馈。发布单位可以用 --origin 加上它",
                "This site may not send reports here; the publisher can add it with --origin",
            ],
            Self::TooMany => [
                "反馈太多，请过一会儿再发",
                "Too many reports; send it again later",
            ],
            Self::Unavailable => [
                "现在存不了，请过一会儿再发",
                "It cannot be stored now; send it again later",
            ],
        }
    }
}

#[derive(Deserialize)]
struct Version {
    yizhan: u64,
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Fields {
    station: String,
    edition: String,
    report: String,
    at: String,
}

impl Message {
    /// Reads a message that came at `now`. Fields that are not known are passed over.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if it cannot be stored, whatever stations there are.
    pub fn read(bytes: &[u8], now: CivilTime) -> Result<Self, Refusal> {
        if bytes.len() > LONGEST {
            return Err(Refusal::TooLong);
        }
        let version: Version = serde_json::from_slice(bytes).map_err(|_| Refusal::NotAReport)?;
        if version.kind != "report" {
            return Err(Refusal::NotAReport);
        }
        if version.yizhan != VERSION {
            return Err(Refusal::UnknownVersion);
        }
        let fields: Fields = serde_json::from_slice(bytes).map_err(|_| Refusal::NotAReport)?;
        let verdict = Verdict::from_key(&fields.report).ok_or(Refusal::UnknownVerdict)?;
        if !is_edition(&fields.edition) {
            return Err(Refusal::UnknownEdition);
        }
        let at: CivilTime = fields.at.parse().map_err(|_| Refusal::UnlikelyTime)?;
        if !(-AHEAD_MINUTES..=OLDEST_MINUTES).contains(&at.minutes_until(now)) {
            return Err(Refusal::UnlikelyTime);
        }
        Ok(Self {
            station: fields.station,
            edition: fields.edition,
            verdict,
            at,
        })
    }
}

/// Whether this is how editions are written: a date and eight hexadecimal digits. An edition that
/// is not the current one is as good: phones work for weeks without a network.
fn is_edition(text: &str) -> bool {
    let date = text.get(..10).zip(text.get(10..));
    date.is_some_and(|(date, digits)| {
        date.parse::<yizhan::domain::civil::Day>().is_ok()
            && digits.len() == 9
            && digits.starts_with('-')
            && digits[1..].bytes().all(|b| b.is_ascii_hexdigit())
    })
}
