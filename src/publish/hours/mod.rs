//! From what people write about opening hours to a timetable.
//!
//! `text` makes ways of writing alike, `words` cuts it into tokens, `clauses`
//! finds out which hours belong to which days, `meaning` makes rules of them,
//! and `osm` reads and writes OpenStreetMap's syntax. A text that a careful
//! person would not be sure of is refused: calling a closed door open is the
//! worst error there is.

mod clauses;
mod meaning;
mod osm;
mod text;
mod words;

use crate::domain::calendar::Calendar;
use crate::domain::opening::Hours;
use crate::domain::timetable::Timetable;

pub use osm::{timetable_of_osm, to_osm};

/// Why a text gives no timetable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUnderstood {
    /// The text says nothing about hours.
    #[error("the text says nothing about hours")]
    NothingSaid,
    /// A part of the text is not known.
    #[error("\"{0}\" is not understood")]
    Words(String),
    /// The parts are known, but not how they hang together.
    #[error("the parts do not add up to hours: {0}")]
    Unclear(&'static str),
}

/// Reads a text: Chinese as unions print it, simple English, or
/// OpenStreetMap's `opening_hours` syntax.
///
/// `calendar` dates named holidays such as 国庆节期间; in years that it lacks,
/// the days that such a holiday may fall on are unknown.
///
/// # Errors
///
/// [`NotUnderstood`], with the words at which reading stopped.
pub fn read(text: &str, calendar: &Calendar) -> Result<Timetable, NotUnderstood> {
    let plain = text::plain(text);
    if plain.trim().is_empty() {
        return Err(NotUnderstood::NothingSaid);
    }
    if osm::looks_like_osm(text)
        && let Ok(timetable) = timetable_of_osm(text)
    {
        return Ok(timetable);
    }
    let tokens = words::tokens(&plain)?;
    let clauses = clauses::clauses(&tokens)?;
    meaning::timetable(&clauses, calendar)
}

/// The hours of a station: the timetable, if the text is understood, and the text.
#[must_use]
pub fn hours(text: &str, calendar: &Calendar) -> Hours {
    Hours {
        timetable: read(text, calendar).ok(),
        text: text.trim().to_owned(),
    }
}
