//! Links to map apps. They contain only the destination, on GCJ-02.

use crate::domain::datum::Gcj02;
use crate::domain::decimal::fixed;
use crate::domain::position::LonLat;
use crate::domain::travel::Mode;

use super::address::encode;

/// Longer names are cut, because links have a limited length.
const NAME_CHARS: usize = 40;

/// A map app that opens from a plain https link, also inside WeChat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum MapApp {
    /// 高德地图: the only one that plans a bicycle route from a web link.
    #[default]
    Amap,
    /// 腾讯地图: plans a route on foot; opens inside WeChat.
    Tencent,
    /// 百度地图: shows a marker, because its web route requires an origin.
    Baidu,
    /// Apple Maps: only on Apple devices.
    Apple,
}

impl MapApp {
    /// Every app, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Amap, Self::Tencent, Self::Baidu, Self::Apple];

    /// Its key in markup and in the storage.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Amap => "amap",
            Self::Tencent => "tencent",
            Self::Baidu => "baidu",
            Self::Apple => "apple",
        }
    }

    /// The app with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|app| app.key() == key)
    }

    /// The link that shows the way to a destination. Sources: AMap URI API, /navigation
    /// (2025-03); Tencent URI API, /uri/v1/routeplan; Baidu URI API, /marker; Apple Map Links.
    #[must_use]
    pub fn way_to(self, destination: &Destination<'_>, mode: Mode) -> String {
        let Gcj02 { lon, lat } = destination.position.into();
        let (lon, lat) = (fixed(lon, 6), fixed(lat, 6));
        let name = plain(if destination.name.trim().is_empty() {
            destination.address
        } else {
            destination.name
        });
        match self {
            Self::Amap => {
                let mode = match mode {
                    Mode::Ebike | Mode::Bicycle => "ride",
                    Mode::Foot => "walk",
                };
                format!(
                    "https://uri.amap.com/navigation?to={lon},{lat},{name}&mode={mode}&src=yizhan&callnative=1"
                )
            }
            Self::Tencent => format!(
                "https://apis.map.qq.com/uri/v1/routeplan?type=walk&to={name}&tocoord={lat},{lon}&referer=yizhan"
            ),
            Self::Baidu => {
                let content = if destination.address.trim().is_empty() {
                    name.clone()
                } else {
                    plain(destination.address)
                };
                format!(
                    "https://api.map.baidu.com/marker?location={lat},{lon}&title={name}&content={content}\
                     &coord_type=gcj02&output=html&src=webapp.yizhan.yizhan"
                )
            }
            Self::Apple => {
                format!("https://maps.apple.com/?daddr={lat},{lon}&dirflg=w&q={name}")
            }
        }
    }
}

/// The destination of a map link.
#[derive(Clone, Copy, Debug)]
pub struct Destination<'a> {
    /// Its position.
    pub position: LonLat,
    /// Its name.
    pub name: &'a str,
    /// Its address.
    pub address: &'a str,
}

/// A percent-encoded name for a link: cut between visible characters, without the separators
/// of a map app's parameters. 驿站 if there is none.
fn plain(name: &str) -> String {
    let name = name.trim();
    let mut kept = String::new();
    let mut characters = name.chars();
    kept.extend(characters.by_ref().take(NAME_CHARS));
    if characters.next().is_some_and(joins_the_one_before) || kept.ends_with(JOINER) {
        // The cut is inside an emoji of several characters: the whole emoji is left out.
        let end = |text: &str| text.trim_end_matches(joins_the_one_before).len();
        loop {
            kept.truncate(end(&kept));
            kept.pop();
            if !kept.ends_with(JOINER) {
                break;
            }
        }
    }
    let kept = kept.replace(',', "，").replace('|', "｜");
    encode(if kept.is_empty() { "驿站" } else { &kept }).replace('/', "%2F")
}

/// Joins two emoji into one.
const JOINER: char = '\u{200D}';

/// Whether a character belongs to the one before it: joiners, variation selectors,
/// skin tones, combining marks.
fn joins_the_one_before(character: char) -> bool {
    matches!(character, JOINER | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{0300}'..='\u{036F}' | '\u{20E3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(app: MapApp, name: &str, address: &str) -> String {
        let position = LonLat::new(121.4737, 31.2304).expect("on Earth");
        let destination = Destination {
            position,
            name,
            address,
        };
        app.way_to(&destination, Mode::Ebike)
    }

    /// The parameters of a link, decoded, in their order.
    fn parameters(link: &str) -> Vec<(String, String)> {
        let (_, query) = link.split_once('?').expect("a query");
        query
            .split('&')
            .map(|part| {
                let (key, value) = part.split_once('=').expect("key and value");
                (key.to_owned(), super::super::address::decode(value))
            })
            .collect()
    }

    fn expected<'a>(pairs: &[(&'a str, &'a str)]) -> Vec<(String, String)> {
        let owned = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    // People's Square is 121.478223, 31.228458 on GCJ-02.
    #[test]
    fn each_app_gets_the_destination_in_its_own_order() {
        assert_eq!(
            link(MapApp::Amap, "A&B,驿站?", ""),
            "https://uri.amap.com/navigation?to=121.478223,31.228458,\
             A%26B%EF%BC%8C%E9%A9%BF%E7%AB%99%3F&mode=ride&src=yizhan&callnative=1"
        );
        let tencent = link(MapApp::Tencent, "驿站", "方中路 1 号");
        assert!(tencent.starts_with("https://apis.map.qq.com/uri/v1/routeplan?"));
        assert_eq!(
            parameters(&tencent),
            expected(&[
                ("type", "walk"),
                ("to", "驿站"),
                ("tocoord", "31.228458,121.478223"),
                ("referer", "yizhan"),
            ])
        );
        let baidu = link(MapApp::Baidu, "驿站", "方中路 1 号");
        assert!(baidu.starts_with("https://api.map.baidu.com/marker?"));
        assert_eq!(
            parameters(&baidu),
            expected(&[
                ("location", "31.228458,121.478223"),
                ("title", "驿站"),
                ("content", "方中路 1 号"),
                ("coord_type", "gcj02"),
                ("output", "html"),
                ("src", "webapp.yizhan.yizhan"),
            ])
        );
        let apple = link(MapApp::Apple, "驿站", "");
        assert!(apple.starts_with("https://maps.apple.com/?"));
        assert_eq!(
            parameters(&apple),
            expected(&[
                ("daddr", "31.228458,121.478223"),
                ("dirflg", "w"),
                ("q", "驿站"),
            ])
        );
    }

    #[test]
    fn a_rider_on_foot_gets_a_walking_route() {
        let position = LonLat::new(121.4737, 31.2304).expect("on Earth");
        let destination = Destination {
            position,
            name: "驿站",
            address: "",
        };
        let href = MapApp::Amap.way_to(&destination, Mode::Foot);
        assert!(href.contains("&mode=walk&"), "{href}");
    }

    #[test]
    fn awkward_names_stay_within_their_parameter() {
        let sixty = "一二三四五六七八九十".repeat(6);
        let family = format!("{}👨‍👩‍👧", "站".repeat(38));
        for (name, shown) in [
            ("驿站（北门）[2]", "驿站（北门）[2]".to_owned()),
            ("A&B=C#D?E/F", "A&B=C#D?E/F".to_owned()),
            ("一,二|三", "一，二｜三".to_owned()),
            ("爱心驿站❤️", "爱心驿站❤️".to_owned()),
            (sixty.as_str(), sixty.chars().take(40).collect()),
            // An emoji of several characters is cut as a whole.
            (family.as_str(), "站".repeat(38)),
            ("  ", "驿站".to_owned()),
        ] {
            for app in MapApp::ALL {
                let href = link(app, name, "");
                let plain = |c: char| c.is_ascii_alphanumeric() || "-._~,/:?&=%".contains(c);
                assert!(href.chars().all(plain), "{app:?} {name:?}: {href}");
                let told = parameters(&href);
                assert!(
                    told.iter().any(|(key, value)| match key.as_str() {
                        "to" if app == MapApp::Amap =>
                            *value == format!("121.478223,31.228458,{shown}"),
                        "to" | "title" | "q" => *value == shown,
                        _ => false,
                    }),
                    "{app:?} {name:?}: {told:?}"
                );
            }
        }
    }

    #[test]
    fn a_destination_without_a_name_is_called_by_its_address() {
        let told = parameters(&link(MapApp::Tencent, "", "方中路 1 号"));
        assert_eq!(told[1], ("to".to_owned(), "方中路 1 号".to_owned()));
    }
}
