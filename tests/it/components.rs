//! Every screen and sheet as HTML: what sheets and riders write stays text, elements are
//! closed, and what tests and embedding pages hold on to is there.

use std::fmt::Write as _;
use std::sync::Arc;

use leptos::prelude::*;
use yizhan::components::PageContext;
use yizhan::components::bottom_bar::bottom_bar;
use yizhan::components::page_layout::page_layout;
use yizhan::components::screens::screen_view;
use yizhan::components::sheets::{sheet_view, waiting_nodes};
use yizhan::dataset::Dataset;
use yizhan::domain::fix::{Locating, NoPosition};
use yizhan::domain::station::{Feature, Station, Tristate};
use yizhan::view_model::language::Language;
use yizhan::view_model::places::{SearchResults, find_places};
use yizhan::view_model::screen::screen;
use yizhan::view_model::screen_input::Loaded;
use yizhan::view_model::sheet::sheet;

use super::fixture::{Given, ORIGIN, dataset, station};

const SCRIPT: &str = "<script>alert('1')</script> & \"友\"";
const LONG: &str = "这是一个特别特别长的站点名称用来看看排版会不会被它撑坏掉所以它至少要有六十个字那么长才行现在大概已经差不多够长了吧";

/// The whole page, as the application renders it.
fn html(given: &Given<'_>, typed: &str) -> String {
    given.decide(|input| {
        Owner::new().with(|| {
            let context = Arc::new(PageContext::new(input, |_| false));
            provide_context(Arc::clone(&context));
            let found = SearchResults {
                typed: typed.to_owned(),
                places: match input.data {
                    Loaded::Ready(dataset) => {
                        find_places(dataset, input.address, typed, &|_| String::new())
                    }
                    Loaded::Waiting | Loaded::Failed => Vec::new(),
                },
            };
            let page = screen_view(screen(input), found);
            let over = sheet(input).map(sheet_view);
            let bar = bottom_bar(&context);
            page_layout(Signal::stored(false), page, bar, over).to_html()
        })
    })
}

/// A station whose every text is `text`.
fn station_of(text: &str, id: &str, north_m: f64) -> Station {
    let mut made = station(id, north_m, "8:00-20:00");
    for field in [
        &mut made.name,
        &mut made.address,
        &mut made.district,
        &mut made.floor,
        &mut made.landmark,
        &mut made.note,
        &mut made.phone,
        &mut made.origin,
    ] {
        text.clone_into(field);
    }
    let mut hours = (*made.hours).clone();
    text.clone_into(&mut hours.text);
    made.hours = hours.into();
    made.kinds = vec![text.to_owned()];
    made.features.set(Feature::AirConditioning, Tristate::Yes);
    made.features.set(Feature::HotWater, Tristate::No);
    made
}

fn dataset_of(text: &str) -> Dataset {
    let mut made = dataset(vec![
        station_of(text, "1", 300.0),
        station_of(text, "2", 900.0),
        station_of(text, "3", 1500.0),
        station_of(text, "4", 2500.0),
    ]);
    text.clone_into(&mut made.manifest.title);
    text.clone_into(&mut made.manifest.publisher.name);
    made
}

/// The addresses of all screens and sheets, with the name of the screen.
fn addresses(text: &str) -> Vec<(String, &'static str)> {
    let at = format!("at={},{}", ORIGIN.0, ORIGIN.1);
    let mut all: Vec<(String, &'static str)> = vec![
        (String::new(), "first-visit"),
        (at.clone(), "answer"),
        (format!("{at}&place={}", percent(text)), "answer"),
        (format!("{at}&has=cooling&open=now"), "answer"),
        ("view=pick".to_owned(), "pick"),
        (format!("{at}&view=radar"), "radar"),
        ("view=benefits".to_owned(), "benefits"),
        (format!("area={}", percent("测试市/东区")), "district-gone"),
        ("station=1".to_owned(), "station"),
        ("station=nowhere".to_owned(), "station-gone"),
        ("nonsense=1&at=200,100".to_owned(), "first-visit"),
    ];
    for view in ["emergency", "filter", "display", "privacy", "offline"] {
        all.push((format!("{at}&view={view}"), "answer"));
    }
    all
}

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        write!(encoded, "%{byte:02X}").expect("a string takes all");
        encoded
    })
}

/// Every element that is opened is closed, in order.
#[track_caller]
fn check_nesting(html: &str) {
    // Leptos puts comments where a view may appear.
    let html = &html.replace("<!--<() />-->", "");
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).map(|rest| {
        let tag = rest.split_once('>').map(|(tag, _)| tag);
        tag.unwrap_or_else(|| panic!("<{rest} has no end in {html}"))
    }) {
        // Leptos separates texts by comments.
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            continue;
        }
        let name = tag.split([' ', '/']).next().expect("a name");
        if name != "br" && name != "input" && !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} in {html}");
}

#[test]
fn no_screen_makes_markup_of_a_text() {
    for text in [SCRIPT, LONG, ""] {
        let dataset = dataset_of(text);
        for language in Language::ALL {
            for (fragment, name) in addresses(text) {
                let given = Given {
                    fragment: fragment.clone(),
                    language,
                    ..Given::dataset(&dataset)
                };
                assert_eq!(given.screen().name(), name, "{fragment}");
                let html = html(&given, text);
                assert!(!html.contains("<script"), "{fragment}: {html}");
                check_nesting(&html);
            }
        }
    }
}

#[test]
fn what_a_sheet_says_is_shown_as_text() {
    let dataset = dataset_of(SCRIPT);
    let shown = "&lt;script&gt;alert(";
    for fragment in ["station=1", "view=pick", "view=privacy"] {
        let given = Given {
            fragment: fragment.to_owned(),
            ..Given::dataset(&dataset)
        };
        assert!(html(&given, "").contains(shown), "{fragment}");
    }
    assert!(html(&Given::around_origin(&dataset, ""), "").contains(shown));
}

#[test]
fn screens_without_a_dataset_or_a_position_are_complete_too() {
    for data in [Loaded::Waiting, Loaded::Failed] {
        for locating in [
            Locating::NotAsked,
            Locating::Asking,
            Locating::Unanswered,
            Locating::Failed(NoPosition::Refused),
            Locating::Failed(NoPosition::Blocked),
            Locating::Failed(NoPosition::TimedOut),
            Locating::Failed(NoPosition::Unavailable),
            Locating::Failed(NoPosition::Unsupported),
        ] {
            for (fragment, _) in addresses("") {
                let given = Given {
                    fragment,
                    locating,
                    ..Given::new(data)
                };
                check_nesting(&html(&given, ""));
            }
        }
    }
}

#[test]
fn the_hero_carries_what_tests_and_embedding_pages_hold_on_to() {
    let dataset = dataset_of(SCRIPT);
    let html = html(&Given::around_origin(&dataset, ""), "");
    for wanted in [
        "data-hero=\"\"",
        "data-station=\"1\"",
        "data-state=\"open\"",
        "data-distance-m=\"300\"",
        "data-minutes=\"2\"",
        "rel=\"noopener noreferrer\"",
        "<main class=\"page-body\">",
    ] {
        assert!(html.contains(wanted), "{wanted} in {html}");
    }
}

#[test]
fn the_number_to_call_needs_no_module_of_the_sheets() {
    let dataset = dataset(Vec::new());
    let given = Given::around_origin(&dataset, "view=emergency");
    for is_missing in [false, true] {
        let html: String = given.decide(|input| {
            let page = PageContext::new(input, |_| false);
            let nodes = waiting_nodes(&page, is_missing);
            nodes.into_iter().map(RenderHtml::to_html).collect()
        });
        assert!(html.contains("tel:120"), "{html}");
        check_nesting(&html);
    }
}
