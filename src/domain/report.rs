//! What riders found at a station, what their reports add up to, and what the publisher answered.
//! `docs/report.md` explains the rule.

use super::civil::{CivilTime, Day};

/// What the rider found at a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It is locked or not open.
    Locked,
    /// Something that the page says about it is wrong.
    Wrong,
    /// It no longer exists.
    Gone,
    /// It is open, and everything is right.
    Fine,
}

impl Verdict {
    /// Every verdict, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Locked, Self::Wrong, Self::Gone, Self::Fine];

    /// The key in the storage and in the sent JSON.
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

    /// Whether riders should rather go elsewhere.
    #[must_use]
    pub fn warns(self) -> bool {
        matches!(self, Self::Locked | Self::Gone)
    }
}

/// A rider's last report on a station, without anything that tells riders apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RiderReport {
    /// What the rider found.
    pub verdict: Verdict,
    /// When.
    pub at: CivilTime,
}

/// What the publisher found after reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is open as its hours say: 已核实开放.
    VerifiedOpen,
    /// Its hours were wrong; the next edition has the right ones: 时间已更正.
    HoursCorrected,
    /// It is no longer a station: 已撤.
    Withdrawn,
    /// It is closed up to and on this day: 临时关闭到.
    ClosedUntil(Day),
}

/// What is known of a station beside the dataset.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Notice {
    /// The last reports of independent riders, the newest first.
    pub reports: Vec<RiderReport>,
    /// What the publisher answered, and when.
    pub answer: Option<(Answer, CivilTime)>,
}

/// How riders are told of a station that has a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// As the dataset says.
    AsPublished,
    /// It stands with the stations of unknown hours.
    Doubted,
    /// The publisher closed it for a while.
    ClosedUntil(Day),
    /// The publisher withdrew it.
    Withdrawn,
}

/// How many riders must have found a station shut before others are told to doubt it. One person
/// alone moves nothing for others.
pub const DOUBTING_RIDERS: usize = 2;

/// How long a report counts fully, in minutes; half as much for as long again, and so on.
pub const HALF_LIFE_MINUTES: i64 = 6 * 60;

/// How long a report is shown to others, in minutes.
pub const TOLD_MINUTES: i64 = 48 * 60;

/// The weight of a new report.
const FULL_WEIGHT: i64 = 1 << 10;

/// The weight, above that of the riders who found it open, from which a station is doubted.
const DOUBT_WEIGHT: i64 = FULL_WEIGHT + FULL_WEIGHT / 2;

impl RiderReport {
    /// How much it counts.
    fn weight(self, now: CivilTime) -> i64 {
        let age = self.at.minutes_until(now).max(0);
        if age >= TOLD_MINUTES {
            return 0;
        }
        FULL_WEIGHT >> (age / HALF_LIFE_MINUTES)
    }
}

impl Notice {
    /// The reports that the publisher has not answered yet.
    fn open_reports(&self) -> impl Iterator<Item = RiderReport> {
        let answered = self.answer.map(|(_, at)| at);
        let reports = self.reports.iter().copied();
        reports.filter(move |report| answered.is_none_or(|at| report.at > at))
    }

    /// How the station stands at a time.
    ///
    /// Riders who found it locked or gone count against it, riders who found it open count for it,
    /// each with the weight of his last report. Reports move it behind the stations that are
    /// known to be open and no further; only the publisher can close it.
    #[must_use]
    pub fn standing(&self, now: CivilTime) -> Standing {
        match self.answer {
            Some((Answer::Withdrawn, _)) => return Standing::Withdrawn,
            Some((Answer::ClosedUntil(day), _)) if now.day() <= day => {
                return Standing::ClosedUntil(day);
            }
            Some((Answer::VerifiedOpen | Answer::HoursCorrected | Answer::ClosedUntil(_), _))
            | None => {}
        }
        let mut riders = 0;
        let mut weight = 0;
        for report in self.open_reports() {
            match report.verdict {
                Verdict::Locked | Verdict::Gone => {
                    riders += usize::from(report.weight(now) > 0);
                    weight += report.weight(now);
                }
                Verdict::Fine => weight -= report.weight(now),
                Verdict::Wrong => {}
            }
        }
        if riders >= DOUBTING_RIDERS && weight >= DOUBT_WEIGHT {
            Standing::Doubted
        } else {
            Standing::AsPublished
        }
    }

    /// How many riders found this on a day, and when the last did.
    #[must_use]
    pub fn on_day(&self, verdict: Verdict, day: Day) -> Option<(usize, CivilTime)> {
        let times = || {
            let reports = self.open_reports();
            let alike = reports.filter(move |report| report.verdict == verdict);
            alike
                .map(|report| report.at)
                .filter(move |at| at.day() == day)
        };
        Some((times().count(), times().max()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> CivilTime {
        CivilTime(29_000_000 + minutes)
    }

    fn notice(reports: &[(Verdict, i64)]) -> Notice {
        let reports = reports.iter().map(|(verdict, minutes)| RiderReport {
            verdict: *verdict,
            at: at(*minutes),
        });
        Notice {
            reports: reports.collect(),
            answer: None,
        }
    }

    use Verdict::{Fine, Gone, Locked, Wrong};

    #[test]
    fn one_rider_alone_moves_nothing() {
        for verdict in Verdict::ALL {
            let standing = notice(&[(verdict, 0)]).standing(at(1));
            assert_eq!(standing, Standing::AsPublished);
        }
    }

    #[test]
    fn two_riders_doubt_for_six_hours_and_three_for_longer() {
        let two = notice(&[(Locked, 0), (Gone, 5)]);
        assert_eq!(two.standing(at(10)), Standing::Doubted);
        assert_eq!(two.standing(at(359)), Standing::Doubted);
        assert_eq!(two.standing(at(366)), Standing::AsPublished);
        let three = notice(&[(Locked, 0), (Locked, 5), (Locked, 9)]);
        assert_eq!(three.standing(at(700)), Standing::Doubted);
        assert_eq!(three.standing(at(TOLD_MINUTES + 9)), Standing::AsPublished);
    }

    #[test]
    fn a_later_rider_who_found_it_open_takes_it_back() {
        let reports = [(Locked, 0), (Locked, 5), (Fine, 60)];
        assert_eq!(notice(&reports).standing(at(61)), Standing::AsPublished);
        // Not against many who found it locked.
        let reports = [(Locked, 0), (Locked, 5), (Locked, 7), (Fine, 60)];
        assert_eq!(notice(&reports).standing(at(61)), Standing::Doubted);
    }

    #[test]
    fn wrong_information_is_told_and_moves_nothing() {
        let wrong = notice(&[(Wrong, 0); 40]);
        assert_eq!(wrong.standing(at(1)), Standing::AsPublished);
        assert_eq!(wrong.on_day(Wrong, at(0).day()), Some((40, at(0))));
        assert_eq!(wrong.on_day(Wrong, at(0).day().plus(1)), None);
    }

    #[test]
    fn the_publisher_answers_earlier_reports_and_no_later_ones() {
        let mut found = notice(&[(Locked, 0), (Locked, 5)]);
        found.answer = Some((Answer::VerifiedOpen, at(6)));
        assert_eq!(found.standing(at(10)), Standing::AsPublished);
        found.answer = Some((Answer::VerifiedOpen, at(-1)));
        assert_eq!(found.standing(at(10)), Standing::Doubted);
        found.answer = Some((Answer::Withdrawn, at(6)));
        assert_eq!(found.standing(at(10)), Standing::Withdrawn);
        let today = at(0).day();
        found.answer = Some((Answer::ClosedUntil(today), at(6)));
        assert_eq!(found.standing(at(10)), Standing::ClosedUntil(today));
        assert_eq!(found.standing(today.plus(1).start()), Standing::AsPublished);
    }
}
