//! Position fixes from the device or a host page, and which of them to accept.

use super::datum::{Crs, Gcj02};
use super::decimal::{fixed, parse};
use super::position::{LonLat, Metres};

/// The source of a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixSource {
    /// The device.
    Device,
    /// The page that embeds this one.
    Host,
}

/// One reported position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// The position.
    pub position: LonLat,
    /// The radius that holds the true position with 95 % confidence.
    pub accuracy: Metres,
    /// Its source.
    pub source: FixSource,
    /// Its time, in whole seconds since the Unix epoch.
    pub second: i64,
}

/// Why there is no fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPosition {
    /// The person refused.
    Refused,
    /// The embedding page does not permit geolocation.
    Blocked,
    /// No answer came in time.
    TimedOut,
    /// The device cannot determine its position.
    Unavailable,
    /// The browser has no geolocation, or not on this page.
    Unsupported,
}

/// The state of the request for a position.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Locating {
    /// Not requested yet; only the person starts a request.
    #[default]
    NotAsked,
    /// Requested, no answer yet.
    Asking,
    /// Requested [`PATIENCE_SECONDS`] ago without an answer: the browser's permission prompt
    /// may be out of sight.
    Unanswered,
    /// Found.
    Found(Fix),
    /// Taken from an earlier visit, because the person chose to.
    Remembered(LastPlace),
    /// Not found.
    Failed(NoPosition),
}

/// The last position found, as it is stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastPlace {
    /// The position, rounded to 0.0001 degree (11 m), which is enough for a later visit.
    pub position: LonLat,
    /// Its time, in whole minutes since the Unix epoch.
    pub minute: i64,
}

impl LastPlace {
    /// One line of text for storage: longitude, latitude, minute.
    #[must_use]
    pub fn to_text(&self) -> String {
        let place = self.position;
        let degrees = |value| fixed(value, 4);
        format!(
            "{} {} {}",
            degrees(place.lon()),
            degrees(place.lat()),
            self.minute
        )
    }

    /// Reads what [`LastPlace::to_text`] wrote.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let (lon, lat) = (parse(parts.next()?)?, parse(parts.next()?)?);
        let position = LonLat::new(lon, lat).ok()?;
        let minute = parts.next()?.parse().ok()?;
        Some(Self { position, minute })
    }
}

/// After this time without an answer a hint is shown.
pub const PATIENCE_SECONDS: u32 = 10;

/// A position of this age or more is shown with its age.
pub const OLD_MINUTES: i64 = 5;

/// A shorter move is ignored, whatever accuracy the device reports.
const MOVED: Metres = Metres(25.0);

/// How fast the uncertainty grows without a fix, in metres a second: the speed of an e-bike.
const DRIFT: f64 = 25.0 / 3.6;

/// The fastest possible move, in metres a second: a car on a motorway.
const FASTEST: f64 = 120.0 / 3.6;

/// Devices deliver fixes in batches: the time between two may be this much longer than their
/// timestamps say.
const BATCH_SECONDS: f64 = 6.0;

/// A fix of this accuracy in metres, or better, is never rejected as too uncertain.
const FINE: f64 = 50.0;

/// A fix is rejected if its uncertainty is this many times that of the held position.
const WORSE: f64 = 3.0;

/// A jump is accepted if no fix contradicts it within this time.
pub const JUMP_SECONDS: u32 = 8;

/// The filter of fixes: an uncertain fix does not replace a certain one, and a single jump
/// is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Track {
    held: Option<Fix>,
    /// A fix farther away than the person can have moved; accepted if the next one agrees.
    suspect: Option<Fix>,
    /// Whether the person has just asked again: the next fix may be anywhere.
    is_asked_anew: bool,
}

/// The effect of a fix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Taken {
    /// Nothing.
    Ignored,
    /// The held position, with the time of the fix.
    Confirmed(Fix),
    /// A new position, or the same one more accurately.
    Moved(Fix),
}

impl Track {
    /// Records that the person asks again. The held position stays until the next fix is
    /// accepted, wherever that is.
    pub fn ask_anew(&mut self) {
        self.suspect = None;
        self.is_asked_anew = true;
    }

    /// Judges a fix of the device.
    pub fn take(&mut self, fix: Fix) -> Taken {
        let Some(held) = self.held else {
            return self.hold(fix);
        };
        let age = held.age_at(fix.second);
        let doubt = held.accuracy.0 + DRIFT * age;
        if fix.accuracy.0 > FINE.max(WORSE * doubt) {
            return Taken::Ignored;
        }
        if !self.is_asked_anew && !held.can_lead_to(&fix) {
            // Two fixes that agree are a move.
            if !self.suspect.is_some_and(|before| before.can_lead_to(&fix)) {
                self.suspect = Some(fix);
                return Taken::Ignored;
            }
            return self.hold(fix);
        }
        if !self.is_asked_anew && !fix.is_news_after(&held) {
            self.suspect = None;
            let confirmed = Fix {
                second: fix.second.max(held.second),
                ..held
            };
            self.held = Some(confirmed);
            return Taken::Confirmed(confirmed);
        }
        self.hold(fix)
    }

    /// Accepts the suspect fix, unless a later one has contradicted it.
    pub fn give_in_to(&mut self, suspect: Fix) -> Taken {
        if self.suspect == Some(suspect) {
            self.hold(suspect)
        } else {
            Taken::Ignored
        }
    }

    /// The fix that waits to be confirmed.
    #[must_use]
    pub fn suspect(&self) -> Option<Fix> {
        self.suspect
    }

    /// Accepts a fix without judging it: from a host page, or after a change of the reference
    /// system.
    pub fn hold(&mut self, fix: Fix) -> Taken {
        *self = Self {
            held: Some(fix),
            ..Self::default()
        };
        Taken::Moved(fix)
    }
}

impl Fix {
    /// Seconds from this fix to `second`; 0 if the fix is later.
    #[expect(clippy::cast_precision_loss, reason = "seconds of a few hours")]
    fn age_at(&self, second: i64) -> f64 {
        (second - self.second).max(0) as f64
    }

    /// Whether a person can have moved from this fix to the later one.
    fn can_lead_to(&self, later: &Self) -> bool {
        let moved = self.position.distance_to(later.position).0;
        let doubt = self.accuracy.0 + later.accuracy.0 + MOVED.0;
        moved <= doubt + FASTEST * (self.age_at(later.second) + BATCH_SECONDS)
    }

    /// Reinterprets the device's numbers, read as `from`, as being on `to`: the Geolocation
    /// standard requires WGS-84, but some systems in China report GCJ-02.
    #[must_use]
    pub fn reread(self, from: Crs, to: Crs) -> Self {
        let given = match from {
            Crs::Gcj02 => {
                let Gcj02 { lon, lat } = self.position.into();
                (lon, lat)
            }
            Crs::Wgs84 | Crs::Bd09 => (self.position.lon(), self.position.lat()),
        };
        let position = to.to_wgs84(given.0, given.1).unwrap_or(self.position);
        Self { position, ..self }
    }

    /// Whether this fix adds information to the one before: a move of 25 m or more and of
    /// at least half its own uncertainty, or at most half the uncertainty of `before`.
    #[must_use]
    pub fn is_news_after(&self, before: &Self) -> bool {
        let moved = before.position.distance_to(self.position);
        let doubt = Metres(self.accuracy.0 / 2.0);
        moved >= MOVED && moved >= doubt || self.accuracy.0 * 2.0 <= before.accuracy.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_was_kept() {
        let place = LastPlace {
            position: LonLat::new(121.2174, -31.3144).expect("on Earth"),
            minute: 29_000_000,
        };
        assert_eq!(place.to_text(), "121.2174 -31.3144 29000000");
        assert_eq!(LastPlace::from_text(&place.to_text()), Some(place));
        for text in ["", "121.2 31.3", "x y 1", "200 31.3 1"] {
            assert_eq!(LastPlace::from_text(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_reading_on_gcj02_and_back_is_the_same_place() {
        let fix = Fix {
            position: LonLat::new(121.4737, 31.2304).expect("on Earth"),
            accuracy: Metres(20.0),
            source: FixSource::Device,
            second: 0,
        };
        let shifted = fix.reread(Crs::Wgs84, Crs::Gcj02);
        let moved = fix.position.distance_to(shifted.position).0;
        assert!((450.0..510.0).contains(&moved), "{moved} m");
        let back = shifted.reread(Crs::Gcj02, Crs::Wgs84);
        assert!(fix.position.distance_to(back.position).0 < 1.0);
        assert_eq!(fix.reread(Crs::Wgs84, Crs::Wgs84), fix);
    }

    #[test]
    fn only_a_real_move_or_a_much_better_answer_is_news() {
        let fix = |north_m: f64, accuracy: f64| Fix {
            position: LonLat::new(121.2, 31.3 + north_m / 111_195.0).expect("on Earth"),
            accuracy: Metres(accuracy),
            source: FixSource::Device,
            second: 0,
        };
        let before = fix(0.0, 20.0);
        assert!(!fix(20.0, 20.0).is_news_after(&before));
        assert!(fix(30.0, 20.0).is_news_after(&before));
        assert!(
            !fix(30.0, 100.0).is_news_after(&before),
            "within its own doubt"
        );
        assert!(fix(5.0, 8.0).is_news_after(&before), "much better");
    }

    /// A fix of an accuracy in metres, some metres north of a fixed position.
    fn fix_at(north_m: f64, accuracy: f64, second: i64) -> Fix {
        Fix {
            position: LonLat::new(121.2, 31.3 + north_m / 111_195.0).expect("on Earth"),
            accuracy: Metres(accuracy),
            source: FixSource::Device,
            second,
        }
    }

    #[test]
    fn a_bad_fix_does_not_replace_a_good_one_until_that_is_old() {
        let mut track = Track::default();
        let good = fix_at(0.0, 10.0, 0);
        assert_eq!(track.take(good), Taken::Moved(good));
        assert_eq!(track.take(fix_at(4000.0, 2000.0, 5)), Taken::Ignored);
        let later = fix_at(1500.0, 2000.0, 600);
        assert_eq!(track.take(later), Taken::Moved(later));
    }

    #[test]
    fn one_jump_changes_nothing_and_two_that_agree_do() {
        let mut track = Track::default();
        track.take(fix_at(0.0, 10.0, 0));
        assert_eq!(track.take(fix_at(27_000.0, 10.0, 2)), Taken::Ignored);
        let here = Taken::Confirmed(fix_at(0.0, 10.0, 4));
        assert_eq!(track.take(fix_at(3.0, 10.0, 4)), here);
        assert_eq!(track.take(fix_at(27_000.0, 10.0, 6)), Taken::Ignored);
        let there = fix_at(27_010.0, 10.0, 8);
        assert_eq!(track.take(there), Taken::Moved(there));
    }

    #[test]
    fn a_jump_that_nothing_contradicts_counts_in_the_end() {
        let mut track = Track::default();
        track.take(fix_at(0.0, 10.0, 0));
        let far = fix_at(27_000.0, 10.0, 2);
        assert_eq!(track.take(far), Taken::Ignored);
        assert_eq!(track.suspect(), Some(far));
        assert_eq!(track.give_in_to(far), Taken::Moved(far));
        track.take(fix_at(0.0, 10.0, 4));
        track.take(fix_at(27_003.0, 10.0, 6));
        assert_eq!(track.give_in_to(fix_at(0.0, 10.0, 4)), Taken::Ignored);
    }

    #[test]
    fn after_a_new_request_a_jump_is_accepted_but_not_an_uncertain_fix() {
        let mut track = Track::default();
        track.take(fix_at(0.0, 10.0, 0));
        track.ask_anew();
        assert_eq!(track.take(fix_at(27_000.0, 900.0, 2)), Taken::Ignored);
        let there = fix_at(27_000.0, 12.0, 3);
        assert_eq!(track.take(there), Taken::Moved(there));
    }

    proptest::proptest! {
        /// A single wrong fix never moves the shown position, however far it lies.
        #[test]
        fn a_single_outlier_never_shows(
            quiet in proptest::collection::vec((-15.0..15.0_f64, 5.0..40.0_f64), 3..40),
            at in 1_usize..39, jump in 2000.0..100_000.0_f64, accuracy in 1.0..400.0_f64,
        ) {
            let mut track = Track::default();
            for (second, (north, doubt)) in (0_i64..).zip(quiet.iter().copied()) {
                let is_outlier = usize::try_from(second) == Ok(at);
                let fix = if is_outlier {
                    fix_at(jump, accuracy, second)
                } else {
                    fix_at(north, doubt, second)
                };
                if let Taken::Moved(shown) | Taken::Confirmed(shown) = track.take(fix) {
                    proptest::prop_assert!(shown.position.lat() < 31.3 + 0.001);
                }
            }
        }
    }
}
