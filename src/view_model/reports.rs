//! Reports about stations, stored on the phone. `docs/report.md` describes what is sent.

use super::json::{Value, object};
use crate::domain::civil::CivilTime;
use crate::domain::report::Verdict;

/// Where a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// On this phone only, to be sent when there is a network and somebody who takes reports.
    Waiting,
    /// The publisher has it.
    Sent,
    /// The publisher's server refused it for good: sending it again would change nothing.
    Refused,
}

impl Delivery {
    const ALL: [Self; 3] = [Self::Waiting, Self::Sent, Self::Refused];

    /// What a server's answer means, by its status. What may pass, such as too many requests or a
    /// fault of the server, leaves the report waiting.
    #[must_use]
    pub fn answered(status: u16) -> Self {
        match status {
            200..=299 => Self::Sent,
            408 | 429 => Self::Waiting,
            400..=499 => Self::Refused,
            _ => Self::Waiting,
        }
    }

    /// The key in the storage.
    fn key(self) -> &'static str {
        match self {
            Self::Waiting => "kept",
            Self::Sent => "sent",
            Self::Refused => "refused",
        }
    }
}

/// A report about one station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The station's id.
    pub station: String,
    /// What the rider found.
    pub verdict: Verdict,
    /// The time, in the dataset's zone.
    pub at: CivilTime,
    /// The edition of the dataset that was on the screen.
    pub edition: String,
    /// Whether the publisher has it.
    pub delivery: Delivery,
}

/// The reports of this phone, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reports {
    /// The reports.
    pub all: Vec<Report>,
    /// Whether the phone could not store them; then they are lost when the page closes.
    pub is_lost: bool,
}

/// How long a station that was found locked or gone is ranked last.
const DOUBTED_MINUTES: i64 = 24 * 60;

/// How many reports are stored at most; those that wait to be sent are dropped last.
const MOST: usize = 100;

impl Reports {
    /// Parses the output of [`Reports::to_text`]; a malformed line is skipped.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let read = |line: &str| {
            let mut parts = line.split('\t');
            let mut next = || parts.next();
            Some(Report {
                at: CivilTime(next()?.parse().ok()?),
                verdict: Verdict::from_key(next()?)?,
                delivery: next().map(|key| {
                    let known = Delivery::ALL.into_iter().find(|known| known.key() == key);
                    known.unwrap_or(Delivery::Waiting)
                })?,
                edition: next()?.to_owned(),
                station: next()?.to_owned(),
            })
        };
        Self {
            all: text.lines().filter_map(read).collect(),
            is_lost: false,
        }
    }

    /// Writes one line a report.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        for report in &self.all {
            let at = report.at.0.to_string();
            let plain = |part: &str| part.replace(['\t', '\n', '\r'], " ");
            let parts = [
                at.as_str(),
                report.verdict.key(),
                report.delivery.key(),
                &plain(&report.edition),
                &plain(&report.station),
            ];
            text.push_str(&parts.join("\t"));
            text.push('\n');
        }
        text
    }

    /// Adds a report. It replaces an earlier one about the same station that was not sent yet,
    /// so that a slip can be corrected.
    pub fn add(&mut self, report: Report) {
        self.all
            .retain(|earlier| !earlier.is_waiting() || earlier.station != report.station);
        self.all.push(report);
        while self.all.len() > MOST {
            let oldest = self
                .all
                .iter()
                .position(|earlier| !earlier.is_waiting())
                .unwrap_or(0);
            self.all.remove(oldest);
        }
    }

    /// The last report about a station.
    #[must_use]
    pub fn of(&self, station: &str) -> Option<&Report> {
        self.all.iter().rfind(|report| report.station == station)
    }

    /// The ids of the stations that were found locked or gone within a day.
    #[must_use]
    pub fn doubted(&self, now: CivilTime) -> Vec<String> {
        let is_fresh = |report: &&Report| {
            let ago = report.at.minutes_until(now);
            (0..DOUBTED_MINUTES).contains(&ago)
        };
        let last = |report: &&Report| self.of(&report.station) == Some(report);
        let doubted = self.all.iter().filter(is_fresh).filter(last);
        doubted
            .filter(|report| report.verdict.warns())
            .map(|report| report.station.clone())
            .collect()
    }

    /// The first report that waits to be sent.
    #[must_use]
    pub fn to_send(&self) -> Option<&Report> {
        self.all.iter().find(|report| report.is_waiting())
    }

    /// Notes what became of a report.
    pub fn deliver(&mut self, sent: &Report, delivery: Delivery) {
        for report in &mut self.all {
            if report == sent {
                report.delivery = delivery;
            }
        }
    }
}

impl Report {
    fn is_waiting(&self) -> bool {
        self.delivery == Delivery::Waiting
    }

    /// The JSON that is sent; it does not contain the rider's position.
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
            delivery: Delivery::Waiting,
        }
    }

    #[test]
    fn reports_survive_their_text() {
        let mut reports = Reports::default();
        reports.add(report("s 1\t\"x\"", Verdict::Locked, "2026-07-15T12:10"));
        reports.add(report("二", Verdict::Fine, "2026-07-15T12:20"));
        let back = Reports::from_text(&format!("nonsense\n{}", reports.to_text()));
        assert_eq!(back.all.len(), 2);
        assert_eq!(back.all[1], reports.all[1]);
        assert_eq!(back.all[0].station, "s 1 \"x\"");
    }

    #[test]
    fn a_station_found_locked_is_doubted_for_a_day() {
        let mut reports = Reports::default();
        reports.add(report("a", Verdict::Locked, "2026-07-15T12:10"));
        reports.add(report("b", Verdict::Wrong, "2026-07-15T12:10"));
        let doubted = |reports: &Reports, now: &str| reports.doubted(now.parse().expect("a time"));
        assert_eq!(doubted(&reports, "2026-07-16T12:09"), ["a"]);
        assert!(doubted(&reports, "2026-07-16T12:10").is_empty());
        // A later report that it is open withdraws the doubt.
        reports.add(report("a", Verdict::Fine, "2026-07-15T14:00"));
        assert!(doubted(&reports, "2026-07-15T15:00").is_empty());
    }

    #[test]
    fn a_new_report_replaces_one_that_was_not_sent() {
        let mut reports = Reports::default();
        reports.add(report("a", Verdict::Locked, "2026-07-15T12:10"));
        reports.add(report("a", Verdict::Wrong, "2026-07-15T12:11"));
        assert_eq!(reports.all.len(), 1);
        let first = reports.to_send().expect("one").clone();
        reports.deliver(&first, Delivery::Sent);
        reports.add(report("a", Verdict::Gone, "2026-07-15T12:12"));
        assert_eq!(reports.all.len(), 2, "the sent report stays");
        assert_eq!(reports.of("a").map(|r| r.verdict), Some(Verdict::Gone));
    }

    #[test]
    fn a_report_that_is_refused_for_good_does_not_hold_up_the_others() {
        let mut reports = Reports::default();
        reports.add(report("gone", Verdict::Locked, "2026-07-15T12:10"));
        reports.add(report("a", Verdict::Wrong, "2026-07-15T12:11"));
        for (status, delivery) in [
            (200, Delivery::Sent),
            (204, Delivery::Sent),
            (404, Delivery::Refused),
            (422, Delivery::Refused),
            (408, Delivery::Waiting),
            (429, Delivery::Waiting),
            (500, Delivery::Waiting),
            (503, Delivery::Waiting),
        ] {
            assert_eq!(Delivery::answered(status), delivery, "{status}");
        }
        let first = reports.to_send().expect("one").clone();
        reports.deliver(&first, Delivery::answered(404));
        let back = Reports::from_text(&reports.to_text());
        assert_eq!(
            back.to_send().map(|report| report.station.as_str()),
            Some("a")
        );
        assert_eq!(back.all[0].delivery, Delivery::Refused);
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
