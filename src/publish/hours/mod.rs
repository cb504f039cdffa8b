//! From what people write about opening hours to a timetable.
//!
//! The rule: every word counts, every reading that makes sense counts, and a minute is open
//! or closed only where all readings agree. `text` makes ways of writing alike, `lexer` cuts
//! the text into tokens with the words of `lexicon`, `reader` and `clauses` make one reading
//! of them for each combination of `choices`, `meaning` makes a timetable of a reading,
//! `merge` finds out what all of them say, and `osm` reads and writes OpenStreetMap's syntax;
//! `remark` judges words that stand beside the hours.
//! Calling a closed door open is the worst error there is.

mod choices;
mod clauses;
mod holidays;
mod lexer;
mod lexicon;
mod meaning;
mod merge;
mod osm;
mod reader;
mod remark;
mod services;
mod span;
mod text;

use crate::domain::calendar::Calendar;
use crate::domain::opening::Hours;
use crate::domain::timetable::Timetable;
use text::Plain;

pub use osm::{timetable_of_osm, to_osm};
pub use remark::{Remark, is_shut, is_when, remark};

/// No list says hours at such length, in bytes; a page that was pasted into a cell does.
const LONGEST_TEXT: usize = 2000;

/// Nobody is sure of a text that can be read in more ways.
const MOST_READINGS: usize = 16;

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
    /// There are too many ways to read it.
    #[error("it can be read in too many ways")]
    TooManyReadings,
}

/// A text as it is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// What all readings say; unknown where they differ.
    pub timetable: Timetable,
    /// The readings, where there are several.
    pub readings: Vec<Timetable>,
}

/// Reads a text: Chinese as unions print it, the habits of some other languages, or
/// OpenStreetMap's `opening_hours` syntax.
///
/// `calendar` dates named holidays such as 国庆节期间; in years that it lacks,
/// the days that such a holiday may fall on are unknown.
///
/// # Errors
///
/// [`NotUnderstood`], with the words at which reading stopped.
pub fn understand(text: &str, calendar: &Calendar) -> Result<Understood, NotUnderstood> {
    let plain = Plain::of(text);
    if plain.text().trim().is_empty() {
        return Err(NotUnderstood::NothingSaid);
    }
    if text.len() > LONGEST_TEXT {
        return Err(NotUnderstood::TooManyReadings);
    }
    if let Some(readings) = osm::readings(text) {
        return agreed(readings);
    }
    let tokens = lexer::tokens(&plain)?;
    let read = choices::all(|choices| {
        // A reading that contradicts itself is none; one that no timetable can say counts.
        clauses::reading(&tokens, choices)
            .map(|reading| meaning::timetable(&reading, calendar, choices))
    });
    let read = read.ok_or(NotUnderstood::TooManyReadings)?;
    let mut readings: Vec<Timetable> = Vec::new();
    let mut contradiction = None;
    for reading in read {
        match reading {
            Ok(timetable) => {
                let timetable = timetable?;
                if !readings.contains(&timetable) {
                    readings.push(timetable);
                }
            }
            Err(clauses::A_NOTICE_DECIDES) => return Err(clauses::A_NOTICE_DECIDES),
            Err(error) => {
                contradiction.get_or_insert(error);
            }
        }
    }
    if readings.is_empty() {
        return Err(contradiction.unwrap_or(NotUnderstood::NothingSaid));
    }
    agreed(readings)
}

/// What distinct readings agree on.
fn agreed(readings: Vec<Timetable>) -> Result<Understood, NotUnderstood> {
    if readings.len() > MOST_READINGS {
        return Err(NotUnderstood::TooManyReadings);
    }
    let timetable = merge::agreement(&readings)?;
    Ok(Understood {
        timetable,
        readings: if readings.len() > 1 {
            readings
        } else {
            Vec::new()
        },
    })
}

/// Hours in a text, less what a remark beside them says: open only where both are.
///
/// # Errors
///
/// [`NotUnderstood`], with the words at which reading stopped.
pub fn understand_with_remark(
    text: &str,
    remark: &str,
    calendar: &Calendar,
) -> Result<Understood, NotUnderstood> {
    let alone = understand(text, calendar)?;
    let both = understand(&format!("{text}；{remark}"), calendar)?;
    Ok(Understood {
        timetable: merge::least(&alone.timetable, &both.timetable)?,
        readings: Vec::new(),
    })
}

/// What all readings of a text say, see [`understand`].
///
/// # Errors
///
/// [`NotUnderstood`], with the words at which reading stopped.
pub fn read(text: &str, calendar: &Calendar) -> Result<Timetable, NotUnderstood> {
    understand(text, calendar).map(|understood| understood.timetable)
}

/// The hours of a station: the timetable, if the text is understood, and the text.
#[must_use]
pub fn hours(text: &str, calendar: &Calendar) -> Hours {
    Hours {
        timetable: read(text, calendar).ok(),
        text: text.trim().to_owned(),
    }
}
