//! What a rider can do, apart from following a link.

use super::language::Language;
use super::map_link::MapApp;
use super::settings::Theme;
use crate::domain::datum::Crs;
use crate::domain::report::Verdict;
use crate::domain::travel::Mode;

/// One act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Ask the device for the position.
    Locate,
    /// Show the list around the last known position.
    UseLastPlace,
    /// Remember the last known position from now on, or stop.
    RememberPlace(bool),
    /// Request the dataset again.
    Load,
    /// Reload into the newer release of the page.
    Update,
    /// Cache the whole dataset.
    StoreAll,
    /// Drop the cached dataset.
    ClearStored,
    /// Switch between the largest and the normal text.
    ToggleElder,
    /// Replace the fragment, without a step in the history.
    Replace(String),
    /// Look for a place by its name.
    Search(String),
    /// Copy a text.
    Copy(String),
    /// Set the size of the text, in hundredths.
    Scale(u16),
    /// Set the colours.
    Colours(Theme),
    /// Set the language.
    Speak(Language),
    /// Read a text aloud, or stop.
    ReadAloud(String),
    /// Share a link to the page, under a title.
    Share(String),
    /// Show the way to a station, by its id.
    Navigate(String),
    /// Show ways in this map app from now on.
    ChooseMap(MapApp),
    /// Read the device's positions on this datum from now on.
    ReadDevice(Crs),
    /// Travel like this from now on.
    Travel(Mode),
    /// Count as a union member from now on, or stop.
    Member(bool),
    /// Ask the device for the position without changing the list's origin.
    LocateHere,
    /// Go to a fragment, by a step back in the history if it is the previous one.
    Back(String),
    /// Report what was found at the shown station.
    Report(Verdict),
    /// Delete everything that the page stores on this phone.
    Forget,
    /// Put the page on the home screen.
    Install,
    /// Do not offer that again.
    NotNow,
}
