//! The settings of this phone: size of the text, colours, language.

use super::address::MAX_SCALE;
use super::language::Language;
use super::map_link::MapApp;
use crate::domain::datum::Crs;
use crate::domain::travel::Mode;

/// In the stored text: the last known position is not remembered.
const NO_PLACE: &str = "no-place";

/// In the stored text: the last known position is remembered.
const PLACE: &str = "place";

/// In the stored text: the rider is a union member.
const MEMBER: &str = "member";

/// The colours of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// Follows the system; dark from 22:00 to 6:00.
    #[default]
    Automatic,
    /// Dark on white.
    Light,
    /// Black on white, bold, no tints.
    Sunlight,
    /// Light on black.
    Dark,
}

/// The settings that are stored on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The size of the text in hundredths, 100 to [`MAX_SCALE`].
    pub scale: u16,
    /// The colours.
    pub theme: Theme,
    /// The language; none for the browser's.
    pub language: Option<Language>,
    /// Whether the phone remembers the last known position.
    pub remembers_place: bool,
    /// The datum of this device's positions: WGS-84, as the Geolocation standard requires, or
    /// GCJ-02, as on some Chinese systems.
    pub device_crs: Crs,
    /// The map app that shows the way.
    pub map: MapApp,
    /// The mode of travel; none until the rider chooses one.
    pub travel: Option<Mode>,
    /// Whether the rider is a union member.
    pub is_member: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            scale: 100,
            theme: Theme::Automatic,
            language: None,
            remembers_place: true,
            device_crs: Crs::Wgs84,
            map: MapApp::default(),
            travel: None,
            is_member: false,
        }
    }
}

impl Theme {
    /// Its name in the storage, in addresses and in markup.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Light => "light",
            Self::Sunlight => "sunlight",
            Self::Dark => "dark",
        }
    }

    /// The theme of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The value of `data-theme` at an hour of the day; none to follow the system.
    #[must_use]
    pub fn name_at(self, hour: u16) -> Option<&'static str> {
        match self {
            Self::Automatic => (!(6..22).contains(&hour)).then_some("dark"),
            Self::Light | Self::Sunlight | Self::Dark => Some(self.name()),
        }
    }

    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Automatic, Self::Light, Self::Sunlight, Self::Dark];
}

impl Settings {
    /// Parses the output of [`Settings::to_text`]; every malformed value is the default.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut parts = text.split(' ');
        let mut next = || parts.next().unwrap_or("");
        let scale = next().parse().unwrap_or(100);
        let theme = next();
        let language = Language::from_tag(next());
        let remembers_place = next() != NO_PLACE;
        let device_crs = next().parse().unwrap_or(Crs::Wgs84);
        let map = MapApp::from_key(next()).unwrap_or_default();
        let travel = Mode::from_key(next());
        let is_member = next() == MEMBER;
        Self {
            scale: if (100..=MAX_SCALE).contains(&scale) {
                scale
            } else {
                100
            },
            theme: Theme::from_name(theme).unwrap_or_default(),
            language,
            remembers_place,
            device_crs,
            map,
            travel,
            is_member,
        }
    }

    /// Writes one line of text, to be stored.
    #[must_use]
    pub fn to_text(self) -> String {
        let language = self.language.map_or("", Language::tag);
        let place = if self.remembers_place {
            PLACE
        } else {
            NO_PLACE
        };
        let (scale, theme) = (self.scale, self.theme.name());
        let (crs, map) = (self.device_crs.as_str(), self.map.key());
        let travel = self.travel.map_or("", Mode::key);
        let member = if self.is_member { MEMBER } else { "" };
        format!("{scale} {theme} {language} {place} {crs} {map} {travel} {member}")
    }

    /// 长辈版: the largest text.
    #[must_use]
    pub fn is_elder(self) -> bool {
        self.scale >= 150
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_their_text() {
        let settings = Settings {
            scale: 167,
            theme: Theme::Sunlight,
            language: Some(Language::En),
            remembers_place: false,
            device_crs: Crs::Gcj02,
            map: MapApp::Baidu,
            travel: Some(Mode::Foot),
            is_member: true,
        };
        assert_eq!(Settings::from_text(&settings.to_text()), settings);
    }

    #[test]
    fn nonsense_in_the_storage_means_the_defaults() {
        for text in ["", "9999 purple xx", "null", "100"] {
            assert_eq!(Settings::from_text(text), Settings::default(), "{text:?}");
        }
    }

    #[test]
    fn the_night_is_dark_unless_a_theme_is_chosen() {
        assert_eq!(Theme::Automatic.name_at(23), Some("dark"));
        assert_eq!(Theme::Automatic.name_at(12), None);
        assert_eq!(Theme::Light.name_at(23), Some("light"));
    }
}
