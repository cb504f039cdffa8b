//! Which screen is shown, and what every screen shares.

use yizhan::dataset::{FetchError, Publisher, SyncStatus, UpdateCheck};
use yizhan::domain::fix::{Locating, NoPosition};
use yizhan::domain::station::Feature;
use yizhan::view_model::language::Language;
use yizhan::view_model::privacy::privacy;
use yizhan::view_model::screen_input::Loaded;

use super::fixture::{Given, dataset, station};

#[test]
fn the_input_chooses_the_screen() {
    let dataset = dataset(vec![station("1", 500.0, "24小时")]);
    let ready = Loaded::Ready(&dataset);
    let not_asked = Locating::NotAsked;
    let failed = Locating::Failed(NoPosition::Refused);
    for (data, fragment, locating, expected) in [
        (Loaded::Waiting, "", not_asked, "first-visit"),
        (ready, "", not_asked, "first-visit"),
        (ready, "", Locating::Asking, "locating"),
        (ready, "", failed, "no-position"),
        (Loaded::Failed, "", not_asked, "data-failed"),
        (Loaded::Waiting, "at=121.2,31.3", not_asked, "loading"),
        (Loaded::Failed, "at=121.2,31.3", not_asked, "data-failed"),
        (ready, "at=121.2,31.3", failed, "answer"),
        (ready, "at=121.2,31.3&view=filter", not_asked, "answer"),
        (ready, "at=121.2,31.3&view=radar", not_asked, "radar"),
        (ready, "view=radar", not_asked, "first-visit"),
        (ready, "view=benefits", not_asked, "benefits"),
        (ready, "view=pick", failed, "pick"),
        (ready, "station=1", not_asked, "station"),
        (ready, "station=gone", not_asked, "station-gone"),
        (ready, "area=测试市/东区", not_asked, "district"),
        (ready, "area=测试市/西区", not_asked, "district-gone"),
    ] {
        let given = Given {
            fragment: fragment.to_owned(),
            locating,
            ..Given::new(data)
        };
        assert_eq!(given.screen().name(), expected, "{fragment}");
    }
}

#[test]
fn the_privacy_sheet_names_the_publisher_and_the_age_of_the_data() {
    let mut dataset = dataset(vec![station("1", 300.0, "")]);
    dataset.manifest.publisher = Publisher {
        name: "示例工会".to_owned(),
        phone: "021-1".to_owned(),
        url: String::new(),
    };
    let lines = Given::dataset(&dataset).decide(privacy);
    let answer = |label: &str| {
        let line = lines.iter().find(|line| line.label == label);
        line.map(|line| line.answer.as_str())
    };
    assert_eq!(answer("谁在办"), Some("示例工会 021-1"));
    assert_eq!(answer("数据来源"), Some("7月1日的数据，14 天前"));
    assert_eq!(answer("位置"), Some("只在这台手机里用，不上传"));
}

#[test]
fn every_feature_has_a_label_in_every_language() {
    for language in Language::ALL {
        assert_eq!(Language::from_tag(language.tag()), Some(language));
        let words = language.words();
        for feature in Feature::ALL {
            assert!(
                !(words.feature)(feature).is_empty(),
                "{feature:?} in {language:?}"
            );
        }
    }
    assert_eq!(Language::from_tag("zh-Hant-HK"), Some(Language::ZhCn));
    assert_eq!(Language::from_tag("fr"), None);
}

#[test]
fn every_fetch_error_has_its_own_notice_and_leaves_the_last_good_list_on_the_screen() {
    let dataset = dataset(vec![station("1", 100.0, "24/7")]);
    let notices = |check: UpdateCheck, language: Language| {
        let nearby = Given {
            sync: SyncStatus {
                check,
                ..SyncStatus::default()
            },
            language,
            ..Given::around_origin(&dataset, "")
        }
        .nearby();
        assert!(nearby.hero.is_some(), "{check:?}");
        let titles = nearby.notices.into_iter().map(|notice| notice.title);
        titles.collect::<Vec<_>>().join("|")
    };
    let errors = [
        FetchError::Unreached,
        FetchError::Missing,
        FetchError::NotOurs,
        FetchError::NewerFormat,
        FetchError::Damaged,
    ];
    for language in Language::ALL {
        let mut all: Vec<String> = errors
            .iter()
            .map(|error| notices(UpdateCheck::Failed(*error), language))
            .collect();
        assert!(all.iter().all(|titles| !titles.is_empty()), "{all:?}");
        all.sort();
        all.dedup();
        assert_eq!(all.len(), errors.len(), "each its own: {all:?}");
        for quiet in [
            UpdateCheck::Asking,
            UpdateCheck::Fresh,
            UpdateCheck::Failed(FetchError::Older),
        ] {
            assert_eq!(notices(quiet, language), "", "{quiet:?}");
        }
    }
}
