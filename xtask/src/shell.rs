//! Renders the first screens into `index.html` with the page's own components: a phone shows
//! one of them until the module has rendered. `public/early.js` chooses.
//!
//! Each screen is stored once as a template, with marks where the languages and seasons differ,
//! and the words of each: the same markup six times would be most of the page.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow, ensure};
use leptos::prelude::*;
use serde_json::{Value, json};
use yizhan::components::PageContext;
use yizhan::components::bottom_bar::bottom_bar;
use yizhan::components::page_layout::page_layout;
use yizhan::components::screens::screen_view;
use yizhan::dataset::SyncStatus;
use yizhan::domain::calendar::Calendar;
use yizhan::domain::fix::Locating;
use yizhan::domain::forecast::Forecasts;
use yizhan::view_model::address::Address;
use yizhan::view_model::language::Language;
use yizhan::view_model::places::SearchResults;
use yizhan::view_model::reports::Reports;
use yizhan::view_model::screen::screen;
use yizhan::view_model::screen_input::{Loaded, ScreenInput};
use yizhan::view_model::settings::Settings;

use crate::scripts::replace;
use crate::split;

/// Where the screens go in `index.html`.
const MARK: &str = "    <div id=\"shell\"></div>\n";

/// Marks the number of a word in a template. It occurs in no text.
const WORD: char = '\u{1}';

/// Writes the screens into the page, as data, and the files of the lazy modules that some of
/// them need at once.
pub(crate) fn draw(folder: &Path, parts: &split::Parts) -> Result<()> {
    let path = folder.join("index.html");
    let index = std::fs::read_to_string(&path)?;
    let screens = [
        ("first-visit", "", Locating::NotAsked),
        ("locating", "", Locating::Asking),
        ("loading", "at=121.5,31.2", Locating::NotAsked),
    ];
    let mut drawn = MARK.to_owned();
    for (name, fragment, locating) in screens {
        // The data must not close the script element.
        let data = one_for_all(fragment, locating)?
            .to_string()
            .replace('<', "\\u003c");
        let id = format!("screen-{name}");
        writeln!(
            drawn,
            "    <script type=\"application/json\" id=\"{id}\">{data}</script>"
        )?;
    }
    let of = |part: &str| {
        let files = parts.get(part);
        files.ok_or_else(|| anyhow!("no part {part}"))
    };
    let wanted = json!({
        "en": of("english")?,
        "ko": of("korean")?,
        "live": of("live")?,
        "screens": of("screens")?,
    });
    writeln!(
        drawn,
        "    <script type=\"application/json\" id=\"parts\">{wanted}</script>"
    )?;
    Ok(std::fs::write(&path, replace(&index, MARK, &drawn)?)?)
}

/// A screen in all languages and seasons: its template, and the words by language and season.
fn one_for_all(fragment: &str, locating: Locating) -> Result<Value> {
    let mut drawn = Vec::new();
    for language in Language::ALL {
        for season in ["cool", "warm"] {
            let name = format!("{} {season}", language.tag());
            let html = drawn_in(language, &format!("{fragment}&season={season}"), locating);
            drawn.push((name, html));
        }
    }
    let pieces: Vec<Vec<&str>> = drawn.iter().map(|(_, html)| split(html)).collect();
    let first = &pieces[0];
    ensure!(
        pieces.iter().all(|other| other.len() == first.len()),
        "the languages draw different markup: {fragment}"
    );
    let mut template = String::new();
    let mut words: Vec<Vec<&str>> = vec![Vec::new(); pieces.len()];
    for (place, piece) in first.iter().enumerate() {
        if pieces.iter().all(|other| other[place] == *piece) {
            template.push_str(piece);
            continue;
        }
        write!(template, "{WORD}{};", words[0].len())?;
        for (words, pieces) in words.iter_mut().zip(&pieces) {
            words.push(pieces[place]);
        }
    }
    let words: Value = drawn
        .iter()
        .zip(words)
        .map(|((name, _), words)| (name.clone(), json!(words)))
        .collect::<serde_json::Map<_, _>>()
        .into();
    Ok(json!([template, words]))
}

/// Splits HTML into texts, tags and attribute values, each with its delimiter.
fn split(html: &str) -> Vec<&str> {
    html.split_inclusive(['<', '>', '"']).collect()
}

fn drawn_in(language: Language, fragment: &str, locating: Locating) -> String {
    let address = Address::parse(fragment);
    let now = "2026-07-15T12:00".parse().expect("a time");
    let input = ScreenInput {
        data: Loaded::Waiting,
        locating,
        address: &address,
        forecasts: &Forecasts::at(now, &Calendar::default()),
        clock_ahead_minutes: None,
        last_place: None,
        unix_minute: 0,
        reports: &Reports::default(),
        doubted: &[],
        first_before: None,
        is_offline: false,
        sync: SyncStatus::default(),
        can_install: false,
        has_apple_maps: false,
        settings: Settings::default(),
        language,
        words: language.words(),
    };
    let shown = screen(&input);
    // Links without other parts of the address, which `public/early.js` adds.
    let plain = Address::default();
    let context = PageContext {
        address: plain,
        is_first_paint: true,
        ..PageContext::of_first_answer(&input, |_| false)
    };
    let owner = Owner::new();
    owner.with(|| {
        let bar = bottom_bar(&context);
        provide_context(Arc::new(context));
        let view = screen_view(shown, SearchResults::default());
        page_layout(Signal::stored(false), view, bar, ()).to_html()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_and_season_is_as_the_page_draws_it() {
        for (fragment, locating) in [
            ("", Locating::NotAsked),
            ("", Locating::Asking),
            ("at=121.5,31.2", Locating::NotAsked),
        ] {
            let all = one_for_all(fragment, locating).expect("drawn");
            let template = all[0].as_str().expect("a template");
            for language in Language::ALL {
                for season in ["cool", "warm"] {
                    let words = &all[1][format!("{} {season}", language.tag())];
                    let mut html = template.to_owned();
                    for (number, word) in words.as_array().expect("words").iter().enumerate() {
                        html = html
                            .replace(&format!("{WORD}{number};"), word.as_str().expect("a word"));
                    }
                    let drawn =
                        drawn_in(language, &format!("{fragment}&season={season}"), locating);
                    assert_eq!(html, drawn, "{language:?} {season}");
                    assert!(!html.contains(WORD));
                }
            }
        }
    }
}
