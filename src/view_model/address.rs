//! The fragment of the page's address: everything that another visit or another person
//! should see again. Browsers never send it to a server.

use crate::domain::datum::Crs;
use crate::domain::decimal::{fixed, parse};
use crate::domain::nearest::Filter;
use crate::domain::position::LonLat;
use crate::domain::ranking::OpenWish;
use crate::domain::station::{Area, Comfort, Feature};
use crate::domain::travel::Mode;

use super::language::Language;
use super::settings::Theme;

/// A sheet over the screen, or a screen beside the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The place picker.
    Pick,
    /// The filters.
    Filter,
    /// Text size, colours, language.
    Display,
    /// How personal data is used.
    Privacy,
    /// A picture of the stations around the origin.
    Radar,
    /// The programmes that the publisher runs.
    Benefits,
    /// Help in an emergency.
    Emergency,
    /// What is cached, and how fresh it is.
    Offline,
}

impl View {
    /// The screens that the bottom bar links to.
    pub const PAGES: [Self; 2] = [Self::Radar, Self::Benefits];

    /// Whether it is a sheet over a screen.
    #[must_use]
    pub fn is_sheet(self) -> bool {
        self != Self::Pick && !Self::PAGES.contains(&self)
    }

    /// Its name in the address.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pick => "pick",
            Self::Filter => "filter",
            Self::Display => "display",
            Self::Privacy => "privacy",
            Self::Radar => "radar",
            Self::Benefits => "benefits",
            Self::Emergency => "emergency",
            Self::Offline => "offline",
        }
    }

    const ALL: [Self; 8] = [
        Self::Pick,
        Self::Filter,
        Self::Display,
        Self::Privacy,
        Self::Radar,
        Self::Benefits,
        Self::Emergency,
        Self::Offline,
    ];
}

/// The parsed fragment.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Address {
    /// `at` with `crs`: the origin, converted to WGS-84.
    pub at: Option<LonLat>,
    /// `place`: the name of the origin.
    pub place: String,
    /// `season`.
    pub season: Option<Comfort>,
    /// `open`.
    pub open: Option<OpenWish>,
    /// `need`.
    pub needs: Vec<Feature>,
    /// `kind`.
    pub kinds: Vec<String>,
    /// `who=anyone`: no stations for union members only.
    pub not_members_only: bool,
    /// `travel`.
    pub travel: Option<Mode>,
    /// `station`: the id of a station to show.
    pub station: Option<String>,
    /// `area`: a district to list, as city/district.
    pub area: Option<Area>,
    /// `embed`.
    pub embed: bool,
    /// `lang`.
    pub lang: Option<Language>,
    /// `scale`: text size, 1.0 to 1.67 in hundredths.
    pub scale: Option<u16>,
    /// `theme`: the colours that the embedding page asks for.
    pub theme: Option<Theme>,
    /// `view`.
    pub view: Option<View>,
    /// The parts with a known key and a value that makes no sense.
    pub not_understood: Vec<String>,
    /// Whether `at` makes sense with latitude first.
    pub is_swapped: bool,
}

/// The largest text: 30 px instead of 18 px, as the 适老化 rules require.
pub const MAX_SCALE: u16 = 167;

impl Address {
    /// Parses a fragment, with or without its `#`. Unknown keys are ignored; parts with bad
    /// values are collected, so that a notice can name them.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let mut address = Self::default();
        let mut at = None;
        let mut crs = Ok(Crs::Wgs84);
        for part in fragment
            .trim_start_matches('#')
            .split('&')
            .filter(|part| !part.is_empty())
        {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let value = decode(value);
            let understood = match key {
                "at" => {
                    at = Some((part, value));
                    true
                }
                "crs" => {
                    crs = value.parse::<Crs>().map_err(|_| part);
                    true
                }
                "season" => {
                    address.season = [Comfort::Cool, Comfort::Warm]
                        .into_iter()
                        .find(|comfort| comfort.key() == value);
                    address.season.is_some()
                }
                "open" => {
                    address.open = wish(&value);
                    address.open.is_some()
                }
                "need" => {
                    let keys: Vec<_> = value.split(',').filter(|key| !key.is_empty()).collect();
                    address.needs = keys
                        .iter()
                        .filter_map(|key| Feature::from_key(key))
                        .collect();
                    address.needs.len() == keys.len()
                }
                "kind" => {
                    let kinds = value.split(',').filter(|kind| !kind.is_empty());
                    address.kinds = kinds.map(str::to_owned).collect();
                    true
                }
                "who" => {
                    address.not_members_only = value == "anyone";
                    address.not_members_only
                }
                "travel" => {
                    address.travel = Mode::from_key(&value);
                    address.travel.is_some()
                }
                "station" => {
                    address.station = Some(value).filter(|id| !id.is_empty());
                    true
                }
                "area" => {
                    address.area = value.split_once('/').map(|(city, district)| Area {
                        city: city.to_owned(),
                        district: district.to_owned(),
                    });
                    address.area.is_some()
                }
                "place" => {
                    address.place = value;
                    true
                }
                "embed" => {
                    address.embed = value == "1";
                    matches!(value.as_str(), "0" | "1")
                }
                "lang" => {
                    address.lang = Language::from_tag(&value);
                    address.lang.is_some()
                }
                "scale" => {
                    address.scale = scale(&value);
                    address.scale.is_some()
                }
                "theme" => {
                    address.theme = Theme::from_name(&value);
                    address.theme.is_some()
                }
                "view" => {
                    address.view = View::ALL.into_iter().find(|view| view.name() == value);
                    address.view.is_some()
                }
                _ => true,
            };
            if !understood {
                address.not_understood.push(part.to_owned());
            }
        }
        match (at, crs) {
            (Some((part, value)), Ok(crs)) => {
                address.at = position(&value, crs);
                if address.at.is_none() {
                    // First, because only the first notice is shown in full.
                    address.not_understood.insert(0, part.to_owned());
                    let other_way = value
                        .split_once(',')
                        .map(|(lat, lon)| format!("{lon},{lat}"));
                    address.is_swapped =
                        other_way.is_some_and(|value| position(&value, crs).is_some());
                }
            }
            // On an unknown datum the position may be anywhere.
            (Some((part, _)), Err(crs)) => {
                address
                    .not_understood
                    .extend([crs.to_owned(), part.to_owned()]);
            }
            (None, Err(crs)) => address.not_understood.push(crs.to_owned()),
            (None, Ok(_)) => {}
        }
        address
    }

    /// Writes the fragment with its `#`; positions on WGS-84, to a millionth of a degree.
    #[must_use]
    pub fn to_fragment(&self) -> String {
        let mut parts = Vec::new();
        let mut put = |key: &str, value: &str| parts.push(format!("{key}={}", encode(value)));
        if let Some(at) = self.at {
            put(
                "at",
                &format!("{},{}", fixed(at.lon(), 6), fixed(at.lat(), 6)),
            );
            put("crs", Crs::Wgs84.as_str());
        }
        if !self.place.is_empty() {
            put("place", &self.place);
        }
        if let Some(season) = self.season {
            put("season", season.key());
        }
        if let Some(open) = self.open {
            put(
                "open",
                match open {
                    OpenWish::Any => "any",
                    OpenWish::Now => "now",
                    OpenWish::Arrival => "arrival",
                },
            );
        }
        if !self.needs.is_empty() {
            let keys: Vec<&str> = self.needs.iter().map(|feature| feature.key()).collect();
            put("need", &keys.join(","));
        }
        if !self.kinds.is_empty() {
            put("kind", &self.kinds.join(","));
        }
        if self.not_members_only {
            put("who", "anyone");
        }
        if let Some(mode) = self.travel {
            put("travel", mode.key());
        }
        if let Some(area) = &self.area {
            put("area", &format!("{}/{}", area.city, area.district));
        }
        if let Some(id) = &self.station {
            put("station", id);
        }
        if self.embed {
            put("embed", "1");
        }
        if let Some(lang) = self.lang {
            put("lang", lang.tag());
        }
        if let Some(scale) = self.scale {
            put("scale", &format!("{}.{:02}", scale / 100, scale % 100));
        }
        if let Some(theme) = self.theme {
            put("theme", theme.name());
        }
        if let Some(view) = self.view {
            put("view", view.name());
        }
        format!("#{}", parts.join("&"))
    }

    /// The address of the list: without a station, a district or a view.
    #[must_use]
    pub fn of_list(&self) -> Self {
        Self {
            station: None,
            area: None,
            view: None,
            not_understood: Vec::new(),
            ..self.clone()
        }
    }

    /// The filter of stations.
    #[must_use]
    pub fn filter(&self) -> Filter {
        Filter {
            season: None,
            needs: self.needs.clone(),
            kinds: self.kinds.clone(),
            not_members_only: self.not_members_only,
        }
    }

    /// The address without the filter.
    #[must_use]
    pub fn without_filter(&self) -> Self {
        Self {
            needs: Vec::new(),
            kinds: Vec::new(),
            not_members_only: false,
            ..self.clone()
        }
    }

    /// The address with another view, or with none.
    #[must_use]
    pub fn with_view(&self, view: Option<View>) -> Self {
        Self {
            view,
            not_understood: Vec::new(),
            ..self.clone()
        }
    }

    /// The address to share: only the station and the season, never the rider's position.
    #[must_use]
    pub fn to_share(&self) -> Self {
        Self {
            station: self.station.clone(),
            season: self.season,
            ..Self::default()
        }
    }

    /// The address of the same page outside the embedding page.
    #[must_use]
    pub fn alone(&self) -> Self {
        Self {
            embed: false,
            theme: None,
            not_understood: Vec::new(),
            ..self.clone()
        }
    }

    /// The address of a station's page.
    #[must_use]
    pub fn with_station(&self, id: &str) -> Self {
        Self {
            station: Some(id.to_owned()),
            view: None,
            ..self.clone()
        }
    }

    /// The address of a district's screen.
    #[must_use]
    pub fn with_area(&self, area: Area) -> Self {
        Self {
            area: Some(area),
            station: None,
            at: None,
            place: String::new(),
            ..self.of_list()
        }
    }

    /// The address of the list around a position.
    #[must_use]
    pub fn with_origin(&self, at: LonLat, place: &str) -> Self {
        Self {
            at: Some(at),
            place: place.to_owned(),
            ..self.of_list()
        }
    }
}

fn wish(value: &str) -> Option<OpenWish> {
    match value {
        "any" => Some(OpenWish::Any),
        "now" => Some(OpenWish::Now),
        "arrival" => Some(OpenWish::Arrival),
        _ => None,
    }
}

fn scale(value: &str) -> Option<u16> {
    let hundredths = parse(value).filter(|scale| (0.5..=4.0).contains(scale))? * 100.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "50 to 400"
    )]
    let hundredths = hundredths.round() as u16;
    Some(hundredths.clamp(100, MAX_SCALE))
}

fn position(value: &str, crs: Crs) -> Option<LonLat> {
    let (lon, lat) = value.split_once(',')?;
    crs.to_wgs84(parse(lon.trim())?, parse(lat.trim())?).ok()
}

/// Decodes percent-encoding; broken sequences stay as they are.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = |at: usize| {
            after
                .get(at)
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        if let (b'%', Some(high), Some(low)) = (first, hex(0), hex(1)) {
            bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Percent-encodes all bytes but those that are safe in every part of an address.
pub(super) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back_as_it_was_written() {
        let fragment = "#at=121.473700,31.230400&crs=wgs84&place=%E6%96%B9%E6%B3%B0&season=cool\
                        &open=arrival&need=hot_water,charging&kind=%E5%B7%A5%E4%BC%9A%E9%A9%BF%E7%AB%99\
                        &who=anyone&travel=foot&station=s-1&embed=1&lang=zh-CN&scale=1.40&theme=dark";
        let address = Address::parse(fragment);
        assert_eq!(address.not_understood, Vec::<String>::new());
        assert_eq!(address.kinds, ["工会驿站"]);
        assert_eq!(address.to_fragment(), fragment);
    }

    #[test]
    fn a_position_of_a_chinese_map_is_converted() {
        let address = Address::parse("at=121.4782231,31.2284577&crs=gcj02");
        let people_square = LonLat::new(121.4737, 31.2304).expect("on Earth");
        assert!(
            address
                .at
                .is_some_and(|at| at.distance_to(people_square).0 < 1.0)
        );
    }

    #[test]
    fn unknown_keys_are_ignored_and_bad_values_collected() {
        let address = Address::parse("utm_source=wechat&season=hot&at=200,31&need=water,sauna");
        assert!(!address.is_swapped);
        assert!(Address::parse("at=31.3144,121.2174").is_swapped);
        assert_eq!(
            address.not_understood,
            ["at=200,31", "season=hot", "need=water,sauna"]
        );
        assert_eq!(address.needs, [Feature::Water]);
        assert_eq!(address.at, None);
    }

    #[test]
    fn a_position_on_an_unknown_datum_is_no_position() {
        let address = Address::parse("at=121.4737,31.2304&crs=mars");
        assert_eq!(address.at, None);
        assert_eq!(address.not_understood, ["crs=mars", "at=121.4737,31.2304"]);
    }

    #[test]
    fn what_is_shared_does_not_say_where_the_person_is() {
        let here =
            Address::parse("at=121.4737,31.2304&place=方泰&season=warm&scale=1.5&station=s-1");
        assert_eq!(here.to_share().to_fragment(), "#season=warm&station=s-1");
    }

    #[test]
    fn broken_percent_signs_do_no_harm() {
        assert_eq!(Address::parse("place=100%&station=%zz").place, "100%");
    }
}
