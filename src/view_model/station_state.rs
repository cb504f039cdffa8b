//! The opening state of a station, as a value and in words.

use super::data_age::stale_days;
use super::screen_input::ScreenInput;
use super::sentences::{self, StateWords};
use crate::dataset::Dataset;
use crate::domain::opening::Opening;
use crate::domain::ranking::{Ranked, wait};
use crate::domain::station::Station;

/// An opening state without its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StationState {
    /// It is open.
    Open,
    /// It is open and closes soon.
    ClosingSoon,
    /// It is closed.
    Closed,
    /// It is unknown.
    Unknown,
}

impl StationState {
    /// The state of an [`Opening`].
    #[must_use]
    pub fn of(opening: &Opening) -> Self {
        match opening {
            Opening::Open { .. } => Self::Open,
            Opening::ClosingSoon { .. } => Self::ClosingSoon,
            Opening::Closed { .. } => Self::Closed,
            Opening::Unknown(_) => Self::Unknown,
        }
    }

    fn is_open(self) -> bool {
        match self {
            Self::Open | Self::ClosingSoon => true,
            Self::Closed | Self::Unknown => false,
        }
    }

    /// The value of `data-state` and `data-tone`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::ClosingSoon => "closing_soon",
            Self::Closed => "closed",
            Self::Unknown => "unknown",
        }
    }
}

/// The opening state of a station in words: on arrival if it is ranked, now otherwise.
pub(super) fn state_words(
    input: &ScreenInput<'_>,
    dataset: &Dataset,
    station: &Station,
    ranked: Option<&Ranked<'_>>,
) -> StateWords {
    let words = input.words;
    let now = ranked.map_or_else(
        || {
            station
                .hours
                .state_at(input.now(), &dataset.manifest.calendar)
        },
        |ranked| ranked.now,
    );
    let arrival = ranked.map(|r| (i64::from(r.minutes), r.on_arrival));
    let mut shown = sentences::state(input.now(), now, arrival, &station.hours.text, words);
    if stale_days(input, dataset).is_some() && shown.state == StationState::Open {
        words.should_be_open.clone_into(&mut shown.title);
    }
    if shown.state.is_open() && is_holiday_doubtful(input, station, ranked) {
        shown.title = format!("{} · {}", words.open_now, words.holiday_doubt);
        shown.short = format!("{} · {}", shown.short, words.holiday_doubt);
    }
    if let Some(minutes) = ranked.and_then(|ranked| wait_of(input, ranked)) {
        shown.title = (words.wait_at_door)(minutes);
        shown.short = format!("{} · {}", shown.until, shown.title);
    }
    if shown.state != StationState::Closed && input.doubted.contains(&station.id) {
        // The rider found it locked, so it does not count as open.
        shown.state = StationState::Unknown;
        shown.until.clone_from(&shown.short);
        words.you_reported.clone_into(&mut shown.title);
        words.you_reported.clone_into(&mut shown.short);
    }
    shown
}

/// Whether the hours say nothing about the public holiday on which the rider arrives.
fn is_holiday_doubtful(
    input: &ScreenInput<'_>,
    station: &Station,
    ranked: Option<&Ranked<'_>>,
) -> bool {
    let minutes = ranked.map_or(0, |ranked| ranked.minutes);
    let day = input.now().plus_minutes(i64::from(minutes)).day();
    let calendar = input.forecasts.calendar();
    station.hours.is_holiday_doubtful(day, calendar)
}

/// Minutes between the arrival and the opening, if the ranking counts the wait.
pub(super) fn wait_of(input: &ScreenInput<'_>, ranked: &Ranked<'_>) -> Option<i64> {
    let arrival = input.now().plus_minutes(i64::from(ranked.minutes));
    wait(arrival, ranked.on_arrival).filter(|minutes| *minutes > 0)
}
