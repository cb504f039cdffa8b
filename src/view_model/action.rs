//! What a person can do with a tap, apart from following a link.

use super::language::Language;
use super::settings::Theme;

/// One act. Markup names it in `data-do` and `data-value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Ask the device where the person is.
    Locate,
    /// Load the dataset again.
    Load,
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
}

impl Action {
    /// The name and the value in the markup.
    #[must_use]
    pub fn to_markup(&self) -> (&'static str, String) {
        match self {
            Self::Locate => ("locate", String::new()),
            Self::Load => ("load", String::new()),
            Self::ToggleElder => ("elder", String::new()),
            Self::Replace(fragment) => ("replace", fragment.clone()),
            Self::Copy(text) => ("copy", text.clone()),
            Self::Scale(scale) => ("scale", scale.to_string()),
            Self::Colours(theme) => ("colours", theme.name().to_owned()),
            Self::Speak(language) => ("speak", language.tag().to_owned()),
        }
    }

    /// The action of a name and a value; none if they are not ours.
    #[must_use]
    pub fn from_markup(name: &str, value: &str) -> Option<Self> {
        Some(match name {
            "locate" => Self::Locate,
            "load" => Self::Load,
            "elder" => Self::ToggleElder,
            "replace" => Self::Replace(value.to_owned()),
            "copy" => Self::Copy(value.to_owned()),
            "scale" => Self::Scale(value.parse().ok()?),
            "colours" => Self::Colours(Theme::from_name(value)?),
            "speak" => Self::Speak(Language::from_tag(value)?),
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
        ] {
            let (name, value) = action.to_markup();
            assert_eq!(Action::from_markup(name, &value), Some(action));
        }
    }
}
