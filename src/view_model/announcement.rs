//! What a rider who cannot see the screen hears when the answer changes.

use super::language::Words;
use super::screen::Screen;
use super::station_state::StationState;

/// An answer and its state.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Announcement {
    /// The station's name; empty for no answer.
    pub name: String,
    /// Its state in words.
    pub state: &'static str,
}

/// What is announced. Minutes that pass are no news, and the other screens announce themselves.
#[must_use]
pub fn announcement(words: &Words, screen: &Screen) -> Announcement {
    let Some(hero) = screen.hero() else {
        return Announcement::default();
    };
    let state = match hero.data.state {
        StationState::Open => words.state_open,
        StationState::ClosingSoon => words.state_soon,
        StationState::Closed => words.state_closed,
        StationState::Unknown => words.hours_unknown,
    };
    Announcement {
        name: hero.name.clone(),
        state,
    }
}
