//! The file of notices: what riders reported lately, written by the receiver of reports beside the
//! dataset (`docs/report.md`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DatasetError, Digest, body, header};
use crate::domain::civil::{CivilTime, Day};
use crate::domain::report::{Answer, Notice, RiderReport, Verdict};

/// The name of the file.
pub const NOTICES_NAME: &str = "notices.yz";

/// The most reports that are told of a station.
pub const REPORTS_TOLD: usize = 20;

const KIND: u8 = b'N';

/// What is known of stations beside the dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notices {
    /// When the file was written, in the dataset's zone.
    pub written_at: CivilTime,
    /// The notices, by the id of the station.
    pub stations: BTreeMap<String, Notice>,
}

#[derive(Serialize, Deserialize)]
struct WireNotices {
    written_at: i64,
    stations: Vec<WireNotice>,
}

#[derive(Serialize, Deserialize)]
struct WireNotice {
    station: String,
    /// The place of the verdict in [`Verdict::ALL`], and the minutes before the file was written.
    reports: Vec<(u8, i64)>,
    answer: Option<(WireAnswer, i64)>,
}

#[derive(Serialize, Deserialize)]
enum WireAnswer {
    VerifiedOpen,
    HoursCorrected,
    Withdrawn,
    ClosedUntil(i32),
}

impl WireAnswer {
    fn of(answer: Answer) -> Self {
        match answer {
            Answer::VerifiedOpen => Self::VerifiedOpen,
            Answer::HoursCorrected => Self::HoursCorrected,
            Answer::Withdrawn => Self::Withdrawn,
            Answer::ClosedUntil(day) => Self::ClosedUntil(day.0),
        }
    }

    fn answer(self) -> Answer {
        match self {
            Self::VerifiedOpen => Answer::VerifiedOpen,
            Self::HoursCorrected => Answer::HoursCorrected,
            Self::Withdrawn => Answer::Withdrawn,
            Self::ClosedUntil(day) => Answer::ClosedUntil(Day(day)),
        }
    }
}

/// The file's bytes, written at this time: of each station the newest [`REPORTS_TOLD`] reports.
#[must_use]
pub fn encode_notices(stations: &BTreeMap<String, Notice>, now: CivilTime) -> Vec<u8> {
    let stations = stations.iter().map(|(station, notice)| {
        let Notice { reports, answer } = notice;
        let mut reports = reports.clone();
        reports.sort_by_key(|report| std::cmp::Reverse(report.at));
        let reports = reports.iter().take(REPORTS_TOLD).map(|report| {
            let mut places = (0..).zip(Verdict::ALL);
            let place = places.find(|(_, verdict)| *verdict == report.verdict);
            let (place, _) = place.expect("all verdicts are listed");
            (place, report.at.minutes_until(now))
        });
        WireNotice {
            station: station.clone(),
            reports: reports.collect(),
            answer: answer.map(|(answer, at)| (WireAnswer::of(answer), at.minutes_until(now))),
        }
    });
    let wire = WireNotices {
        written_at: now.0,
        stations: stations.collect(),
    };
    let mut bytes = header(KIND).to_vec();
    bytes.extend(postcard::to_allocvec(&wire).expect("plain data always serialises into memory"));
    let digest = Digest::of(&bytes);
    bytes.extend(digest.as_bytes());
    bytes
}

/// Reads the notices.
///
/// # Errors
///
/// [`DatasetError`] if these are not the bytes that were written.
pub fn decode_notices(bytes: &[u8]) -> Result<Notices, DatasetError> {
    body(bytes, KIND)?;
    let length = bytes.len().checked_sub(Digest::LENGTH);
    let split = length.and_then(|length| bytes.split_at_checked(length));
    let (signed, digest) = split.ok_or(DatasetError::Damaged)?;
    if Digest::of(signed).as_bytes() != digest {
        return Err(DatasetError::Damaged);
    }
    let wire: WireNotices =
        postcard::from_bytes(body(signed, KIND)?).map_err(|_| DatasetError::Malformed)?;
    let written_at = CivilTime(wire.written_at);
    let before = |minutes: i64| CivilTime(wire.written_at.saturating_sub(minutes));
    let mut stations = BTreeMap::new();
    for notice in wire.stations {
        let mut reports = Vec::new();
        for (place, minutes) in notice.reports {
            let verdict = Verdict::ALL.get(usize::from(place));
            reports.push(RiderReport {
                verdict: *verdict.ok_or(DatasetError::Malformed)?,
                at: before(minutes),
            });
        }
        let answer = notice.answer;
        let answer = answer.map(|(answer, minutes)| (answer.answer(), before(minutes)));
        stations.insert(notice.station, Notice { reports, answer });
    }
    Ok(Notices {
        written_at,
        stations,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_read_as_they_were_written_and_damaged_ones_refused() {
        let now = CivilTime(29_000_000);
        let notice = Notice {
            reports: vec![
                RiderReport {
                    verdict: Verdict::Locked,
                    at: now,
                },
                RiderReport {
                    verdict: Verdict::Fine,
                    at: CivilTime(now.0 - 90),
                },
            ],
            answer: Some((Answer::ClosedUntil(now.day()), CivilTime(now.0 - 5))),
        };
        let stations = BTreeMap::from([("anting-1".to_owned(), notice)]);
        let bytes = encode_notices(&stations, now);
        let read = decode_notices(&bytes).expect("notices");
        assert_eq!(read.stations, stations);
        assert_eq!(read.written_at, now);
        for place in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[place] ^= 0x40;
            assert!(decode_notices(&damaged).is_err(), "byte {place}");
            assert!(decode_notices(&bytes[..place]).is_err(), "{place} bytes");
        }
    }
}
