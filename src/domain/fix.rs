//! What the device says about where the person is.

use super::datum::{Crs, Gcj02};
use super::decimal::{fixed, parse};
use super::position::{LonLat, Metres};

/// Who says where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixSource {
    /// The device.
    Device,
    /// The page around this one.
    Host,
}

/// One answer to the question where the person is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// Where.
    pub position: LonLat,
    /// Within so many metres, with 95 % confidence.
    pub accuracy: Metres,
    /// Who says so.
    pub source: FixSource,
}

/// Why there is no fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPosition {
    /// The person said no.
    Refused,
    /// The page around this one does not let it ask.
    Blocked,
    /// It took too long.
    TimedOut,
    /// The device cannot tell.
    Unavailable,
    /// The browser has no geolocation, or not on this page.
    Unsupported,
}

/// Where the asking for a position stands.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Locating {
    /// Nobody asked yet: that is up to the person.
    #[default]
    NotAsked,
    /// Asked, no answer yet.
    Asking,
    /// Found.
    Found(Fix),
    /// Taken from before, because the person wanted that.
    Remembered(LastPlace),
    /// Not found.
    Failed(NoPosition),
}

/// Where a person was found last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastPlace {
    /// Where, rounded to 0.0001 degree (11 m): nobody needs it closer later on.
    pub position: LonLat,
    /// When, in whole minutes since the Unix epoch.
    pub minute: i64,
}

impl LastPlace {
    /// One line of text, to be kept: longitude, latitude, minute.
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

/// A move by less is no news, however good the device thinks it is.
const MOVED: Metres = Metres(25.0);

impl Fix {
    /// The same numbers of a device read as being on another reference system: the
    /// Geolocation standard says WGS-84, and some systems in China give GCJ-02.
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

    /// Whether this answer tells anything that the one before did not: a move
    /// of 25 m and of more than half its own uncertainty, or twice the precision.
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
}
