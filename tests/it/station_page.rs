//! The page of one station, and its JSON for an embedding page.

use yizhan::dataset::Dataset;
use yizhan::domain::datum::Crs;
use yizhan::domain::position::LonLat;
use yizhan::view_model::icon::Icon;
use yizhan::view_model::language::Language;
use yizhan::view_model::map_link::MapApp;
use yizhan::view_model::screen::Screen;
use yizhan::view_model::settings::Settings;
use yizhan::view_model::station_page::StationPage;
use yizhan::view_model::station_payload::station_json;

use super::fixture::{Given, dataset, station};

/// The input of a station's page, seen from the origin.
fn given<'a>(dataset: &'a Dataset, id: &str) -> Given<'a> {
    Given {
        fragment: format!("station={id}"),
        ..Given::found_at_origin(dataset)
    }
}

#[track_caller]
fn page(given: &Given<'_>) -> StationPage {
    match given.screen() {
        Screen::Station(page) => *page,
        other => panic!("not the page of a station: {other:?}"),
    }
}

#[test]
fn the_capacity_is_a_fact_in_every_language() {
    let mut small = station("small", 300.0, "24小时");
    small.capacity = Some(1);
    let mut large = station("large", 600.0, "24小时");
    large.capacity = Some(12);
    let dataset = dataset(vec![small, large, station("unsaid", 900.0, "24小时")]);
    let capacity = |id: &str, language| {
        let given = Given {
            language,
            ..given(&dataset, id)
        };
        let facts = page(&given).facts.into_iter();
        let mut seats = facts.filter(|fact| fact.icon == Icon::Seats);
        seats.next().map(|fact| (fact.label, fact.answer))
    };
    for (id, language, label, answer) in [
        ("large", Language::ZhCn, "人数", "可容纳 12 人"),
        ("large", Language::En, "Capacity", "Room for 12 people"),
        ("small", Language::En, "Capacity", "Room for 1 person"),
        ("large", Language::Ko, "수용 인원", "12명"),
    ] {
        let expected = Some((label.to_owned(), answer.to_owned()));
        assert_eq!(capacity(id, language), expected, "{id} in {language:?}");
    }
    assert_eq!(capacity("unsaid", Language::ZhCn), None);
}

#[test]
fn every_map_app_that_opens_is_offered_and_the_chosen_one_is_on_the_button() {
    let dataset = dataset(vec![station("1", 300.0, "24小时")]);
    let maps = |map, has_apple_maps| {
        let given = Given {
            settings: Settings {
                map,
                ..Settings::default()
            },
            has_apple_maps,
            ..given(&dataset, "1")
        };
        let page = page(&given);
        let maps = page.maps.iter().map(|choice| (choice.app, choice.is_on));
        (page.go.href.expect("a position"), maps.collect::<Vec<_>>())
    };
    let (href, offered) = maps(MapApp::Amap, false);
    assert!(href.starts_with("https://uri.amap.com/navigation?"));
    assert_eq!(
        offered,
        [
            (MapApp::Amap, true),
            (MapApp::Tencent, false),
            (MapApp::Baidu, false)
        ]
    );
    let (href, offered) = maps(MapApp::Apple, true);
    assert!(href.starts_with("https://maps.apple.com/"));
    assert_eq!(offered[3], (MapApp::Apple, true));
    // Chosen in another browser of the same phone, where Apple Maps opens.
    let (href, _) = maps(MapApp::Apple, false);
    assert!(href.starts_with("https://uri.amap.com/"), "{href}");
}

#[test]
fn the_json_for_a_host_has_both_datums_and_not_the_riders_position() {
    let mut awkward = station("1", 300.0, "24小时");
    awkward.name = "\"驿\\站\"\n(北门)".to_owned();
    awkward.phone = "021-12345678".to_owned();
    let dataset = dataset(vec![awkward, station("2", 900.0, "")]);
    let given = Given {
        fragment: "at=121.2,31.3&place=家&season=cool&embed=1".to_owned(),
        settings: Settings {
            map: MapApp::Tencent,
            ..Settings::default()
        },
        ..Given::found_at_origin(&dataset)
    };
    let json = |id: &str| given.decide(|input| station_json(input, id));
    assert_eq!(json("nobody"), None);
    let text = json("1").expect("a station");
    let sent: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let mut keys: Vec<_> = sent.as_object().expect("an object").keys().collect();
    keys.sort();
    assert_eq!(
        keys,
        [
            "address", "crs", "gcj02", "id", "lat", "lon", "map", "name", "page", "phone"
        ]
    );
    assert_eq!(sent["name"], "\"驿\\站\" (北门)");
    assert_eq!(sent["page"], "#season=cool&station=1");
    assert_eq!(sent["crs"], "wgs84");
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    let position = LonLat::new(number(&sent["lon"]), number(&sent["lat"])).expect("on Earth");
    let gcj02 = &sent["gcj02"];
    let back = Crs::Gcj02
        .to_wgs84(number(&gcj02["lon"]), number(&gcj02["lat"]))
        .expect("in China");
    assert!(position.distance_to(back).0 < 1.0);
    let map = sent["map"].as_str().expect("a link");
    assert!(map.starts_with("https://apis.map.qq.com/"), "{map}");
}
