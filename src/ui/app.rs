//! The whole page: loads, locates, and shows what `screen` decides.
//!
//! `markup` draws the parts; here each part is a memo, so that only what changed
//! is put into the document: a tick of the clock moves no focus.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::after_frame;
use super::state::State;
use crate::browser;
use crate::domain::backoff::Backoff;
use crate::markup::{Html, Parts, parts, place_results, sheet};
use crate::view_model::action::Action;
use crate::view_model::address::View;
use crate::view_model::emergency::{Emergency, emergency};
use crate::view_model::offline::{standing, status, supply_name};
use crate::view_model::privacy::privacy;
use crate::view_model::screen::{Filters, Loaded, Screen, filters, find_places, screen, season};

/// Minutes tick; a quarter of one is soon enough to notice.
const TICK: Duration = Duration::from_secs(15);

/// So long a slow phone still works on putting its first frame on the screen.
const FIRST_FRAME: Duration = Duration::from_millis(100);

/// What the root element says of the page.
#[derive(Clone, PartialEq)]
struct Root {
    screen: &'static str,
    season: &'static str,
    language: &'static str,
    title: String,
    theme: Option<&'static str>,
    edition: Option<String>,
    supply: &'static str,
    scale: u16,
    is_embedded: bool,
    has_sheet: bool,
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let state = State::new();
    listen(state);
    // With stations on the phone the first frame is the answer, and all that it can do
    // without waits for it. Without, everything else is in a hurry.
    let is_begun = RwSignal::new(!state.open_early());
    if is_begun.get_untracked() {
        state.load();
    }
    after_frame(move || {
        browser::page::set_attribute("data-painted", Some(""));
        let begin = move || {
            browser::page::show_icon();
            if !is_begun.get_untracked() {
                is_begun.set(true);
                state.load();
            }
        };
        set_timeout(begin, FIRST_FRAME);
    });

    let drawn = Memo::new(move |_| draw(state));
    let root = Memo::new(move |_| drawn.read().root.clone());
    Effect::new(move |before: Option<&'static str>| {
        let root = root.read();
        reflect(&root);
        // Another screen begins at its top.
        if before.is_some_and(|before| before != root.screen) {
            browser::page::scroll_to_top();
            browser::host::to_top();
        }
        root.screen
    });
    Effect::new(move |_| {
        if is_begun.get() {
            state.fill();
        }
    });
    let view = Memo::new(move |_| state.address.read().view);
    Effect::new(move |_| {
        if view.get().is_some_and(|view| view != View::Pick) {
            browser::page::focus("[data-focus]");
            browser::host::to_top();
        }
    });

    // A part that did not change is left alone; in one that did, only what differs
    // is touched.
    let part = move |of: fn(&Drawn) -> &Html| {
        let html = Memo::new(move |_| of(&drawn.read()).as_str().to_owned());
        patched(html.into())
    };
    // After a tap, what is on the screen is painted first; the rows below it are
    // the larger part of the work and follow in the next frame.
    let more = Memo::new(move |_| drawn.read().parts.more.as_str().to_owned());
    let rest = RwSignal::new(String::new());
    Effect::new(move |_| {
        let html = more.get();
        if html.is_empty() || rest.read_untracked().is_empty() {
            rest.set(html);
        } else {
            after_frame(move || rest.set(more.get_untracked()));
        }
    });
    let click = move |event: ev::MouseEvent| {
        let named = browser::events::attributes_at(&event, "data-do", "data-value");
        let action = named.and_then(|(name, value)| Action::from_markup(&name, &value));
        if let Some(action) = action
            && state.act(action)
        {
            event.prevent_default();
        }
    };
    let input = move |event: ev::Event| {
        if let Some(typed) = browser::events::typed_into(&event, "data-search") {
            state.typed.set(typed);
        }
    };
    view! {
        <div on:click=click on:input=input>
            <div class="page">
                <main class="page-body">
                    <div class="part" node_ref=part(|drawn| &drawn.parts.top)></div>
                    <div class="part" node_ref=part(|drawn| &drawn.parts.notices)></div>
                    <div
                        class="part"
                        aria-live="polite"
                        node_ref=part(|drawn| &drawn.parts.plate)
                    ></div>
                    <div class="part part-late" node_ref=part(|drawn| &drawn.parts.controls)></div>
                    <div class="part" node_ref=part(|drawn| &drawn.found)></div>
                    <div class="part part-late" node_ref=part(|drawn| &drawn.parts.list)></div>
                    <div class="part part-late part-rest" node_ref=patched(rest.into())></div>
                    <div class="part part-late" node_ref=part(|drawn| &drawn.parts.foot)></div>
                </main>
            </div>
            <div node_ref=part(|drawn| &drawn.parts.bar)></div>
            <div node_ref=part(|drawn| &drawn.sheet)></div>
        </div>
    }
}

/// Follows what happens to the page from now on.
fn listen(state: State) {
    let _ = window_event_listener(ev::hashchange, move |_| state.follow_address());
    let _ = window_event_listener(ev::visibilitychange, move |_| state.tick());
    let _ = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            state.close_view();
        }
    });
    let online = move |_| {
        state.is_offline.set(browser::network::is_offline());
        if !state.is_offline.get_untracked() {
            state.try_again();
        }
        state.next_sending.set_value((Backoff::default(), false));
        state.send_reports();
    };
    let _ = window_event_listener(ev::online, online);
    let _ = window_event_listener(ev::offline, online);
    let _ = window_event_listener(ev::pointerdown, move |_| state.press(true));
    let _ = window_event_listener(ev::pointerup, move |_| state.press(false));
    let _ = window_event_listener(ev::pointercancel, move |_| state.press(false));
    state.await_install_offer();
    // Refused in no browser; without it minutes would tick on return only.
    let _ = set_interval_with_handle(move || state.tick(), TICK);
}

/// An element whose children are what a text says, as HTML.
fn patched(html: Signal<String>) -> NodeRef<leptos::html::Div> {
    let node = NodeRef::new();
    Effect::new(move |_| {
        if let Some(element) = node.get() {
            browser::patch::patch(&element, &html.read());
        }
    });
    node
}

/// Everything on the page.
#[derive(Clone, PartialEq)]
struct Drawn {
    parts: Parts,
    found: Html,
    sheet: Html,
    root: Root,
}

fn draw(state: State) -> Drawn {
    state.know(|known| {
        let words = known.language.words();
        let settings = state.settings.get();
        let found = match (known.address.view, known.data) {
            (Some(View::Pick), Loaded::Ready(dataset)) => {
                let typed = state.typed.read();
                let found =
                    find_places(dataset, known.address, &typed, &browser::initials::initials);
                place_results(&found, &typed, words)
            }
            _ => Html::default(),
        };
        let offered = match known.address.view {
            Some(View::Filter) => filters(known),
            _ => Filters::default(),
        };
        let help = match known.address.view {
            Some(View::Emergency) => emergency(known),
            _ => Emergency::default(),
        };
        let lines = match known.address.view {
            Some(View::Offline) => status(known),
            Some(View::Privacy) => privacy(known),
            _ => Vec::new(),
        };
        let has_sheet = known.address.view.is_some_and(View::is_sheet);
        let comfort = season(known.address, known.now());
        let screen = screen(known);
        Drawn {
            parts: parts(
                &screen,
                words,
                known.address,
                comfort,
                settings.is_elder(),
                &standing(known),
            ),
            found,
            sheet: if has_sheet {
                sheet(
                    known.address,
                    &offered,
                    &help,
                    &lines,
                    settings,
                    known.language,
                )
            } else {
                Html::default()
            },
            root: Root {
                screen: screen.name(),
                season: comfort.key(),
                language: words.tag,
                title: match &screen {
                    Screen::Station(station) => format!("{} · {}", station.name, words.brand),
                    _ => words.brand.to_owned(),
                },
                theme: known
                    .address
                    .theme
                    .unwrap_or(settings.theme)
                    .name_at(known.now().minute() / 60),
                supply: supply_name(known),
                edition: match known.data {
                    Loaded::Ready(dataset) => Some(dataset.manifest.edition.clone()),
                    Loaded::Waiting | Loaded::Failed => None,
                },
                scale: known.address.scale.unwrap_or(settings.scale),
                is_embedded: known.address.embed,
                has_sheet,
            },
        }
    })
}

/// Tells the root element what is shown: for the style sheet, for screen
/// readers, for tests.
fn reflect(root: &Root) {
    use browser::page::{set_attribute, set_property, set_title};
    let Root { scale, .. } = *root;
    set_attribute("lang", Some(root.language));
    set_attribute("data-season", Some(root.season));
    set_attribute("data-theme", root.theme);
    set_attribute("data-elder", (scale >= 150).then_some(""));
    set_attribute("data-large", (scale > 115).then_some(""));
    set_attribute("data-embed", root.is_embedded.then_some(""));
    set_attribute("data-sheet", root.has_sheet.then_some(""));
    set_property(
        "--user-scale",
        &format!("{}.{:02}", scale / 100, scale % 100),
    );
    // It is shown outside the page, and costs as much as all of this together.
    let title = root.title.clone();
    after_frame(move || set_title(&title));
    set_attribute("data-edition", root.edition.as_deref());
    set_attribute("data-supply", Some(root.supply));
    set_attribute("data-screen", Some(root.screen));
}
