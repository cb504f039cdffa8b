//! The fragment of the page's address: what another visit, or another person,
//! should see again. Servers never see it.

use crate::domain::datum::Crs;
use crate::domain::decimal::{fixed, parse};
use crate::domain::nearest::Filter;
use crate::domain::position::LonLat;
use crate::domain::ranking::OpenWish;
use crate::domain::station::{Area, Comfort, Feature};
use crate::domain::travel::Mode;

use super::language::Language;
use super::settings::Theme;

/// What lies over the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The place picker.
    Pick,
    /// The filters.
    Filter,
    /// Text size, colours, language.
    Display,
    /// What happens to the position.
    Privacy,
    /// Where the stations lie around.
    Radar,
    /// What the publisher runs beside its stations.
    Benefits,
    /// Help in an emergency.
    Emergency,
    /// What this phone keeps, and how fresh it is.
    Offline,
}

impl View {
    /// Those that are pages of their own, and not something over the list.
    pub const PAGES: [Self; 2] = [Self::Radar, Self::Benefits];

    /// Whether it lies over another screen, as a sheet.
    #[must_use]
    pub fn is_sheet(self) -> bool {
        self != Self::Pick && !Self::PAGES.contains(&self)
    }

    const ALL: [(Self, &'static str); 8] = [
        (Self::Pick, "pick"),
        (Self::Filter, "filter"),
        (Self::Display, "display"),
        (Self::Privacy, "privacy"),
        (Self::Radar, "radar"),
        (Self::Benefits, "benefits"),
        (Self::Emergency, "emergency"),
        (Self::Offline, "offline"),
    ];
}

/// Everything that the fragment says.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Address {
    /// `at` with `crs`: the origin, converted to WGS-84.
    pub at: Option<LonLat>,
    /// `place`: what the origin is called.
    pub place: String,
    /// `season`.
    pub season: Option<Comfort>,
    /// `open`.
    pub open: Option<OpenWish>,
    /// `need`.
    pub needs: Vec<Feature>,
    /// `kind`.
    pub kinds: Vec<String>,
    /// `who=anyone`: without stations for union members only.
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
    /// `theme`: the colours, as the page around this one wants them.
    pub theme: Option<Theme>,
    /// `view`: what lies over the list.
    pub view: Option<View>,
    /// Parts with a known key and a value that makes no sense.
    pub not_understood: Vec<String>,
}

/// The largest text: 18 px become 30 px, as the 适老化 rules ask.
pub const MAX_SCALE: u16 = 167;

impl Address {
    /// Reads a fragment, with or without its `#`. Unknown keys are ignored;
    /// bad values are kept to be told.
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
                    let known = View::ALL.into_iter().find(|(_, name)| *name == value);
                    address.view = known.map(|(view, _)| view);
                    address.view.is_some()
                }
                _ => true,
            };
            if !understood {
                address.not_understood.push(part.to_owned());
            }
        }
        match (at, crs) {
            (Some((part, value)), Ok(crs)) => match position(&value, crs) {
                Some(position) => address.at = Some(position),
                None => address.not_understood.push(part.to_owned()),
            },
            // A position on a datum that nobody knows may be anywhere.
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

    /// The fragment with its `#`; positions on WGS-84, to a millionth of a degree.
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
        if let Some((_, name)) = View::ALL
            .into_iter()
            .find(|(view, _)| Some(*view) == self.view)
        {
            put("view", name);
        }
        format!("#{}", parts.join("&"))
    }

    /// The address of the list: without a station, a district or anything over it.
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

    /// What a station must have.
    #[must_use]
    pub fn filter(&self) -> Filter {
        Filter {
            season: None,
            needs: self.needs.clone(),
            kinds: self.kinds.clone(),
            not_members_only: self.not_members_only,
        }
    }

    /// The address of the same without any of that.
    #[must_use]
    pub fn without_filter(&self) -> Self {
        Self {
            needs: Vec::new(),
            kinds: Vec::new(),
            not_members_only: false,
            ..self.clone()
        }
    }

    /// The address with something over the list, or with nothing.
    #[must_use]
    pub fn with_view(&self, view: Option<View>) -> Self {
        Self {
            view,
            not_understood: Vec::new(),
            ..self.clone()
        }
    }

    /// What may be handed on to anybody: the station and the season, and never
    /// where this person is.
    #[must_use]
    pub fn to_share(&self) -> Self {
        Self {
            station: self.station.clone(),
            season: self.season,
            ..Self::default()
        }
    }

    /// The address of the same page on its own.
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

    /// The address of a district's list.
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

    /// The address of the list around a place.
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

/// Undoes percent-encoding; what is no encoding stays as it is.
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

/// Percent-encodes everything but what is plain in any part of an address.
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
    fn unknown_keys_are_ignored_and_bad_values_told() {
        let address = Address::parse("utm_source=wechat&season=hot&at=200,31&need=water,sauna");
        assert_eq!(
            address.not_understood,
            ["season=hot", "need=water,sauna", "at=200,31"]
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
