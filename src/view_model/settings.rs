//! What a person chose for this phone: size of the text, colours, language.

use super::address::MAX_SCALE;
use super::language::Language;
use super::map_link::MapApp;
use crate::domain::datum::Crs;

/// In the kept text: the last place is not remembered.
const NO_PLACE: &str = "no-place";

/// In the kept text: the last place is remembered.
const PLACE: &str = "place";

/// The colours of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system wishes; dark from 22:00 to 6:00.
    #[default]
    Automatic,
    /// Dark on white.
    Light,
    /// Black on white, bold, no tints.
    Sunlight,
    /// Light on black.
    Dark,
}

/// What is kept on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Size of the text in hundredths, 100 to [`MAX_SCALE`].
    pub scale: u16,
    /// The colours.
    pub theme: Theme,
    /// The language; the browser's where nobody chose.
    pub language: Option<Language>,
    /// Whether the phone remembers where the person was found last.
    pub remembers_place: bool,
    /// What the numbers are on that this device gives for its position: WGS-84, as
    /// the Geolocation standard has it, or GCJ-02, as some Chinese systems do.
    pub device_crs: Crs,
    /// The map app that shows the way.
    pub map: MapApp,
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
        }
    }
}

impl Theme {
    /// Its name, where it is kept and in markup.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Light => "light",
            Self::Sunlight => "sunlight",
            Self::Dark => "dark",
        }
    }

    /// The colours of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The value of `data-theme` at an hour of the day; none to follow the system.
    #[must_use]
    pub fn name_at(self, hour: u16) -> Option<&'static str> {
        match self {
            Self::Automatic => (!(6..22).contains(&hour)).then_some("dark"),
            chosen => Some(chosen.name()),
        }
    }

    /// All colours, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Automatic, Self::Light, Self::Sunlight, Self::Dark];
}

impl Settings {
    /// Reads what [`Settings::to_text`] wrote; anything else is the default.
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
        }
    }

    /// One line of text, to be kept.
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
        format!("{scale} {theme} {language} {place} {crs} {map}")
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
    fn settings_come_back_as_they_were_kept() {
        let settings = Settings {
            scale: 167,
            theme: Theme::Sunlight,
            language: Some(Language::En),
            remembers_place: false,
            device_crs: Crs::Gcj02,
            map: MapApp::Baidu,
        };
        assert_eq!(Settings::from_text(&settings.to_text()), settings);
    }

    #[test]
    fn nonsense_in_the_storage_does_no_harm() {
        for text in ["", "9999 purple xx", "null", "100"] {
            assert_eq!(Settings::from_text(text), Settings::default(), "{text:?}");
        }
    }

    #[test]
    fn the_night_is_dark_unless_somebody_chose_otherwise() {
        assert_eq!(Theme::Automatic.name_at(23), Some("dark"));
        assert_eq!(Theme::Automatic.name_at(12), None);
        assert_eq!(Theme::Light.name_at(23), Some("light"));
    }
}
