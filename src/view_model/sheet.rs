//! The sheets that lie over the list.

use super::address::View;
use super::emergency::{Emergency, emergency};
use super::filters::{Filters, filters};
use super::language::Language;
use super::offline::{Line, status};
use super::privacy::privacy;
use super::screen_input::ScreenInput;
use super::settings::Settings;

/// What a sheet shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Sheet {
    /// First aid.
    Emergency(Emergency),
    /// The filters.
    Filter(Filters),
    /// Text size, colours, language.
    Display(Settings, Language),
    /// What the page does with the rider's data.
    Privacy(Vec<Line>),
    /// What the phone keeps.
    Offline(Vec<Line>),
}

/// The sheet that the address names, if it names one.
#[must_use]
pub fn sheet(input: &ScreenInput<'_>) -> Option<Sheet> {
    Some(match input.address.view? {
        View::Pick | View::Radar | View::Benefits => return None,
        View::Emergency => Sheet::Emergency(emergency(input)),
        View::Filter => Sheet::Filter(filters(input)),
        View::Display => Sheet::Display(input.settings, input.language),
        View::Privacy => Sheet::Privacy(privacy(input)),
        View::Offline => Sheet::Offline(status(input)),
    })
}
