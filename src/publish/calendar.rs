//! Holidays and make-up workdays from a JSON file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::calendar::{Calendar, CalendarYear};
use crate::domain::civil::{Day, NotATime};

#[derive(Deserialize)]
struct Year {
    #[serde(default)]
    holidays: Vec<String>,
    #[serde(default)]
    workdays: Vec<String>,
}

/// Why a calendar file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// Not the JSON that `docs/publishing.md` describes.
    #[error("not a calendar ({{\"2026\": {{\"holidays\": […], \"workdays\": […]}}}}): {0}")]
    Json(#[from] serde_json::Error),
    /// A year or date that does not exist.
    #[error(transparent)]
    Date(#[from] NotATime),
}

/// Reads `{"2026": {"holidays": ["2026-01-01", …], "workdays": [...]}}`.
///
/// # Errors
///
/// [`CalendarError`] with the place.
pub fn read_calendar(json: &str) -> Result<Calendar, CalendarError> {
    let years: BTreeMap<String, Year> = serde_json::from_str(json)?;
    let days = |dates: Vec<String>| -> Result<Vec<Day>, NotATime> {
        dates.iter().map(|date| date.parse()).collect()
    };
    let years = years
        .into_iter()
        .map(|(year, content)| {
            Ok(CalendarYear {
                year: year.parse().map_err(|_| NotATime(year.clone()))?,
                holidays: days(content.holidays)?,
                workdays: days(content.workdays)?,
            })
        })
        .collect::<Result<_, CalendarError>>()?;
    Ok(Calendar::new(years))
}
