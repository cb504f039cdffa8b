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
mod piece;
mod reader;
mod remark;
mod selector;
mod services;
mod span;
mod text;
mod token;

use crate::domain::calendar::Calendar;
use crate::domain::civil::MonthDay;
use crate::domain::opening::Hours;
use crate::domain::timetable::Timetable;
use text::Plain;
use token::Token;

pub use osm::{timetable_of_osm, to_osm};
pub use remark::{Remark, is_shut, is_when, remark};

/// Longer texts, in bytes, are pages pasted into a cell.
const LONGEST_TEXT: usize = 2000;

/// With more readings than this a text counts as ambiguous.
const MOST_READINGS: usize = 16;

const fn md(month: u8, day: u8) -> MonthDay {
    MonthDay { month, day }
}

/// Why a text gives no timetable.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotUnderstood {
    /// The text says nothing about hours.
    #[error("the text says nothing about hours")]
    NothingSaid,
    /// A part of the text is not known.
    #[error("\"{0}\" is not understood")]
    Words(String),
    /// The words are known, but not how they belong together.
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
    /// Whether the text speaks of public holidays, by name or by leaving no day out.
    pub names_holidays: bool,
}

impl Understood {
    /// The hours of a station, with the text as printed.
    #[must_use]
    pub fn into_hours(self, text: &str) -> Hours {
        Hours {
            timetable: Some(self.timetable),
            text: text.to_owned(),
            names_holidays: self.names_holidays,
        }
    }
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
        let names_holidays = text.contains("PH") || text.contains("24/7");
        return agreed(readings, names_holidays);
    }
    let tokens = lexer::tokens(&plain)?;
    let names_holidays = tokens.iter().any(Token::names_holidays);
    let read = choices::all(|choices| {
        // A reading that contradicts itself is dropped; one that no timetable can express makes
        // the text unknown.
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
    agreed(readings, names_holidays)
}

/// What distinct readings agree on.
fn agreed(readings: Vec<Timetable>, names_holidays: bool) -> Result<Understood, NotUnderstood> {
    if readings.len() > MOST_READINGS {
        return Err(NotUnderstood::TooManyReadings);
    }
    let timetable = merge::agreement(&readings)?;
    Ok(Understood {
        names_holidays: names_holidays || timetable.depends_on_calendar(),
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
        names_holidays: both.names_holidays,
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
    let printed = text.trim();
    match understand(text, calendar) {
        Ok(understood) => understood.into_hours(printed),
        Err(_) => Hours {
            text: printed.to_owned(),
            ..Hours::default()
        },
    }
}
