//! What a person said of stations, kept on the phone. `docs/report.md` describes
//! what is sent.

use super::json::{Value, object};
use crate::domain::civil::CivilTime;

/// What a person found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Locked, or not open.
    Locked,
    /// Something that is said of it is wrong.
    Wrong,
    /// It is no longer there.
    Gone,
    /// Open, all fine.
    Fine,
}

impl Verdict {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Locked, Self::Wrong, Self::Gone, Self::Fine];

    /// The key in the storage and in what is sent.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Wrong => "wrong",
            Self::Gone => "gone",
            Self::Fine => "fine",
        }
    }

    /// The verdict with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.key() == key)
    }

    /// Whether somebody should rather go elsewhere.
    fn warns(self) -> bool {
        matches!(self, Self::Locked | Self::Gone)
    }
}

/// What a person said of one station, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The station's id.
    pub station: String,
    /// What was found.
    pub verdict: Verdict,
    /// When, in the dataset's zone.
    pub at: CivilTime,
    /// The edition that the person saw.
    pub edition: String,
    /// Whether it has reached the publisher.
    pub is_sent: bool,
}

/// All reports of this phone, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reports {
    /// The reports.
    pub all: Vec<Report>,
}

/// A station that somebody found locked stands back for so many minutes.
const STANDS_BACK_MINUTES: i64 = 24 * 60;

/// So many reports are kept; of the rest, those that were sent go first.
const MOST: usize = 100;

impl Reports {
    /// Reads what [`Reports::to_text`] wrote; a line that makes no sense costs
    /// only itself.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let read = |line: &str| {
            let mut parts = line.split('\t');
            let mut next = || parts.next();
            Some(Report {
                at: CivilTime(next()?.parse().ok()?),
                verdict: Verdict::from_key(next()?)?,
                is_sent: next()? == "sent",
                edition: next()?.to_owned(),
                station: next()?.to_owned(),
            })
        };
        Self {
            all: text.lines().filter_map(read).collect(),
        }
    }

    /// A line a report.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for report in &self.all {
            let at = report.at.0.to_string();
            let sent = if report.is_sent { "sent" } else { "kept" };
            let plain = |part: &str| part.replace(['\t', '\n', '\r'], " ");
            let parts = [
                at.as_str(),
                report.verdict.key(),
                sent,
                &plain(&report.edition),
                &plain(&report.station),
            ];
            text.push_str(&parts.join("\t"));
            text.push('\n');
        }
        text
    }

    /// Adds a report; the same station's earlier one stays only if it has been
    /// sent, so that a slip can be put right.
    pub fn add(&mut self, report: Report) {
        self.all
            .retain(|known| known.is_sent || known.station != report.station);
        self.all.push(report);
        while self.all.len() > MOST {
            let oldest = self.all.iter().position(|known| known.is_sent).unwrap_or(0);
            self.all.remove(oldest);
        }
    }

    /// The last report of a station.
    #[must_use]
    pub fn of(&self, station: &str) -> Option<&Report> {
        self.all.iter().rfind(|report| report.station == station)
    }

    /// The stations that somebody found locked or gone within a day.
    #[must_use]
    pub fn doubted(&self, now: CivilTime) -> Vec<String> {
        let is_fresh = |report: &&Report| {
            let ago = report.at.minutes_until(now);
            (0..STANDS_BACK_MINUTES).contains(&ago)
        };
        let last = |report: &&Report| self.of(&report.station) == Some(report);
        let doubted = self.all.iter().filter(is_fresh).filter(last);
        doubted
            .filter(|report| report.verdict.warns())
            .map(|report| report.station.clone())
            .collect()
    }

    /// The first report that has not been sent.
    #[must_use]
    pub fn to_send(&self) -> Option<&Report> {
        self.all.iter().find(|report| !report.is_sent)
    }

    /// Notes that a report has been sent.
    pub fn mark_sent(&mut self, sent: &Report) {
        for report in &mut self.all {
            if report == sent {
                report.is_sent = true;
            }
        }
    }
}

impl Report {
    /// What is sent: JSON, without the person's position.
    #[must_use]
    pub fn to_json(&self) -> String {
        object(&[
            ("yizhan", Value::Raw("1")),
            ("type", Value::Text("report")),
            ("station", Value::Text(&self.station)),
            ("edition", Value::Text(&self.edition)),
            ("report", Value::Text(self.verdict.key())),
            ("at", Value::Text(&self.at.to_string())),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(station: &str, verdict: Verdict, at: &str) -> Report {
        Report {
            station: station.to_owned(),
            verdict,
            at: at.parse().expect("a time"),
            edition: "2026-07-01-abcd".to_owned(),
            is_sent: false,
        }
    }

    #[test]
    fn reports_come_back_as_they_were_kept() {
        let mut reports = Reports::default();
        reports.add(report("s 1\t\"x\"", Verdict::Locked, "2026-07-15T12:10"));
        reports.add(report("二", Verdict::Fine, "2026-07-15T12:20"));
        let back = Reports::from_text(&format!("nonsense\n{}", reports.to_text()));
        assert_eq!(back.all.len(), 2);
        assert_eq!(back.all[1], reports.all[1]);
        assert_eq!(back.all[0].station, "s 1 \"x\"");
    }

    #[test]
    fn a_station_found_locked_stands_back_for_a_day() {
        let mut reports = Reports::default();
        reports.add(report("a", Verdict::Locked, "2026-07-15T12:10"));
        reports.add(report("b", Verdict::Wrong, "2026-07-15T12:10"));
        let doubted = |reports: &Reports, now: &str| reports.doubted(now.parse().expect("a time"));
        assert_eq!(doubted(&reports, "2026-07-16T12:09"), ["a"]);
        assert!(doubted(&reports, "2026-07-16T12:10").is_empty());
        // Who found it open later takes that back.
        reports.add(report("a", Verdict::Fine, "2026-07-15T14:00"));
        assert!(doubted(&reports, "2026-07-15T15:00").is_empty());
    }

    #[test]
    fn a_second_thought_replaces_what_was_not_sent() {
        let mut reports = Reports::default();
        reports.add(report("a", Verdict::Locked, "2026-07-15T12:10"));
        reports.add(report("a", Verdict::Wrong, "2026-07-15T12:11"));
        assert_eq!(reports.all.len(), 1);
        let first = reports.to_send().expect("one").clone();
        reports.mark_sent(&first);
        reports.add(report("a", Verdict::Gone, "2026-07-15T12:12"));
        assert_eq!(reports.all.len(), 2, "what was sent stays");
        assert_eq!(reports.of("a").map(|r| r.verdict), Some(Verdict::Gone));
    }

    #[test]
    fn what_is_sent_is_json_without_a_position() {
        let json = report("a\"b\\", Verdict::Locked, "2026-07-15T12:10").to_json();
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(value["station"], "a\"b\\");
        assert_eq!(value["report"], "locked");
        assert_eq!(value["at"], "2026-07-15T12:10");
        assert_eq!(value.as_object().expect("an object").len(), 6);
    }
}
