//! What a person can do with a tap, apart from following a link.

use super::language::Language;
use super::map_link::MapApp;
use super::reports::Verdict;
use super::settings::Theme;
use crate::domain::datum::Crs;

/// One act. Markup names it in `data-do` and `data-value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Ask the device where the person is.
    Locate,
    /// Show the list around where the person was found last.
    UseLastPlace,
    /// Remember where the person was found last, or do not.
    RememberPlace(bool),
    /// Ask the network for the dataset again.
    Load,
    /// Let the newer page take over.
    Update,
    /// Keep all of the dataset.
    KeepAll,
    /// Drop what is kept of the dataset.
    ClearKept,
    /// The largest text, and back.
    ToggleElder,
    /// Show another fragment, without a step in the history.
    Replace(String),
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
    /// Hand a link on, with the title of what it shows.
    Share(String),
    /// Show the way to a station, by its id.
    Navigate(String),
    /// Show ways in this map app from now on.
    ChooseMap(MapApp),
    /// Take the device's positions as being on this reference system from now on.
    ReadDevice(Crs),
    /// Say what was found at the station that is shown.
    Report(Verdict),
    /// Forget everything that this phone keeps for us.
    Forget,
    /// Put the page on the home screen.
    Install,
    /// Do not ask again whether to.
    NotNow,
}

impl Action {
    /// The name and the value in the markup.
    #[must_use]
    pub fn to_markup(&self) -> (&'static str, String) {
        match self {
            Self::Locate => ("locate", String::new()),
            Self::UseLastPlace => ("last-place", String::new()),
            Self::RememberPlace(remember) => ("remember-place", remember.to_string()),
            Self::Load => ("load", String::new()),
            Self::Update => ("update", String::new()),
            Self::KeepAll => ("keep-all", String::new()),
            Self::ClearKept => ("clear-kept", String::new()),
            Self::ToggleElder => ("elder", String::new()),
            Self::Replace(fragment) => ("replace", fragment.clone()),
            Self::Copy(text) => ("copy", text.clone()),
            Self::Scale(scale) => ("scale", scale.to_string()),
            Self::Colours(theme) => ("colours", theme.name().to_owned()),
            Self::Speak(language) => ("speak", language.tag().to_owned()),
            Self::ReadAloud(text) => ("read-aloud", text.clone()),
            Self::Share(title) => ("share", title.clone()),
            Self::Report(verdict) => ("report", verdict.key().to_owned()),
            Self::Navigate(id) => ("navigate", id.clone()),
            Self::ChooseMap(app) => ("map", app.key().to_owned()),
            Self::ReadDevice(crs) => ("device", crs.as_str().to_owned()),
            Self::Forget => ("forget", String::new()),
            Self::Install => ("install", String::new()),
            Self::NotNow => ("not-now", String::new()),
        }
    }

    /// The action of a name and a value; none if they are not ours.
    #[must_use]
    pub fn from_markup(name: &str, value: &str) -> Option<Self> {
        Some(match name {
            "locate" => Self::Locate,
            "last-place" => Self::UseLastPlace,
            "remember-place" => Self::RememberPlace(value == "true"),
            "load" => Self::Load,
            "update" => Self::Update,
            "keep-all" => Self::KeepAll,
            "clear-kept" => Self::ClearKept,
            "elder" => Self::ToggleElder,
            "replace" => Self::Replace(value.to_owned()),
            "copy" => Self::Copy(value.to_owned()),
            "scale" => Self::Scale(value.parse().ok()?),
            "colours" => Self::Colours(Theme::from_name(value)?),
            "speak" => Self::Speak(Language::from_tag(value)?),
            "read-aloud" => Self::ReadAloud(value.to_owned()),
            "share" => Self::Share(value.to_owned()),
            "report" => Self::Report(Verdict::from_key(value)?),
            "navigate" => Self::Navigate(value.to_owned()),
            "map" => Self::ChooseMap(MapApp::from_key(value)?),
            "device" => Self::ReadDevice(value.parse().ok()?),
            "forget" => Self::Forget,
            "install" => Self::Install,
            "not-now" => Self::NotNow,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_survives_the_markup() {
        for action in [
            Action::Locate,
            Action::Load,
            Action::ToggleElder,
            Action::Replace("#season=warm".to_owned()),
            Action::Copy("方中路 \"101\" 弄".to_owned()),
            Action::Scale(130),
            Action::Colours(Theme::Sunlight),
            Action::Speak(Language::En),
            Action::ReadAloud("开着".to_owned()),
            Action::Share("驿站".to_owned()),
            Action::Report(Verdict::Gone),
            Action::UseLastPlace,
            Action::RememberPlace(false),
            Action::Update,
            Action::KeepAll,
            Action::ClearKept,
            Action::Navigate("s-1".to_owned()),
            Action::ChooseMap(MapApp::Tencent),
            Action::ReadDevice(Crs::Gcj02),
            Action::Forget,
            Action::Install,
            Action::NotNow,
        ] {
            let (name, value) = action.to_markup();
            assert_eq!(Action::from_markup(name, &value), Some(action));
        }
    }
}
