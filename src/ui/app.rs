//! The whole page: loads, locates, and shows what `screen` decides.
//!
//! `markup` draws the parts. What the phone keeps is here when the page opens, so its
//! first frame is the answer, drawn as a plain value; signals and ears come behind it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::after_frame;
use super::drawn::{Drawn, draw, draw_rest, reflect};
use super::facts::Facts;
use super::state::State;
use crate::browser;
use crate::domain::backoff::Backoff;
use crate::markup::{Extent, Html, page};
use crate::view_model::action::Action;
use crate::view_model::address::View;

/// Minutes tick; a quarter of one is soon enough to notice.
const TICK: Duration = Duration::from_secs(15);

/// So long a slow phone still works on putting its first frame on the screen.
const FIRST_FRAME: Duration = Duration::from_millis(100);

/// A part of the page: the value of its `data-part`, and what stands there.
type Part = (&'static str, fn(&Drawn) -> &Html);

/// The parts that are put at once.
const PARTS: [Part; 9] = [
    ("top", |drawn| &drawn.parts.top),
    ("notices", |drawn| &drawn.parts.notices),
    ("plate", |drawn| &drawn.parts.plate),
    ("controls", |drawn| &drawn.parts.controls),
    ("found", |drawn| &drawn.found),
    ("list", |drawn| &drawn.parts.list),
    ("foot", |drawn| &drawn.parts.foot),
    ("bar", |drawn| &drawn.parts.bar),
    ("sheet", |drawn| &drawn.sheet),
];

/// The part that follows the others a frame later after a tap.
const REST: &str = "rest";

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let facts = Facts::on_opening();
    let first = draw(&facts, Extent::Plate);
    reflect(&first.root);
    let is_shown = browser::page::has("[data-part]");
    if is_shown {
        for (name, of) in PARTS {
            browser::patch::patch(name, of(&first).as_str());
        }
    }
    let html = page(&first.parts, &first.found, &first.sheet);
    let view = (!is_shown).then(|| view! { <div inner_html=html.as_str().to_owned()></div> });
    let owner = Owner::current().unwrap_or_default();
    // Once it is in the document. Without stations everything is in a hurry. Inside another
    // page there may be no frame before somebody scrolls there, and that page waits for it.
    queue_microtask(move || {
        let may_wait = facts.shown().is_some() && !first.root.is_embedded && !is_shown;
        let begin = move || owner.with(|| live(facts, first));
        if may_wait {
            after_frame_or_touch(begin);
        } else {
            begin();
        }
    });
    view
}

/// Does something once the next frame is on the screen, or before the page hears of
/// anything that somebody does to it earlier: no tap is lost.
fn after_frame_or_touch(then: impl FnOnce() + 'static) {
    let then = Rc::new(Cell::new(Some(then)));
    let at_touch = Rc::clone(&then);
    browser::events::before(&["pointerdown", "click", "keydown", "input"], move || {
        if let Some(then) = at_touch.take() {
            then();
        }
    });
    after_frame(move || {
        if let Some(then) = then.take() {
            then();
        }
    });
}

/// Makes a page of what stands there: from now on it hears, and follows what is known.
fn live(mut facts: Facts, first: Drawn) {
    facts.catch_up();
    let kept = facts.shown().cloned();
    let state = State::new(facts);
    listen(state);
    follow(state, first);
    browser::frame::replay();
    let begin = move || {
        browser::page::show_icon();
        state.load();
        Effect::new(move |_| state.fill());
        Effect::new(move |_| state.keep_frame());
    };
    if let Some(dataset) = kept {
        state.hear_hosts_of(&dataset);
        let owner = Owner::current().unwrap_or_default();
        set_timeout(move || owner.with(begin), FIRST_FRAME);
    } else {
        begin();
    }
}

/// Draws anew whatever changes. A part that did not change is left alone; in one that
/// did, only what differs is touched: a tick of the clock moves no focus.
fn follow(state: State, first: Drawn) {
    attend(first.root.view);
    // After a tap, what is on the screen is painted first; the rows below it are
    // the larger part of the work and follow in the next frame.
    let shown_rest = Rc::new(RefCell::new(Html::default()));
    let put_rest = move || {
        let rest = state.look(draw_rest);
        if *shown_rest.borrow() != rest {
            browser::patch::patch(REST, rest.as_str());
            shown_rest.replace(rest);
        }
    };
    let mut first = Some(first);
    Effect::new(move |before: Option<Drawn>| {
        let drawn = draw(&state.facts.read(), Extent::Screen);
        let is_first = before.is_none();
        let Some(before) = before.or_else(|| first.take()) else {
            return drawn;
        };
        for (name, of) in PARTS {
            if of(&before) != of(&drawn) {
                browser::patch::patch(name, of(&drawn).as_str());
            }
        }
        // On another screen rows of the one before would be wrong.
        if is_first || before.root.screen != drawn.root.screen {
            put_rest();
        } else {
            after_frame(put_rest.clone());
        }
        if before.root != drawn.root {
            reflect(&drawn.root);
            // Another screen begins at its top.
            if before.root.screen != drawn.root.screen {
                browser::page::scroll_to_top();
                browser::host::to_top();
            }
            if before.root.view != drawn.root.view {
                attend(drawn.root.view);
            }
        }
        drawn
    });
}

/// What has just opened takes the focus.
fn attend(view: Option<View>) {
    if view.is_some_and(|view| view != View::Pick) {
        browser::page::focus("[data-focus]");
        browser::host::to_top();
    }
}

/// Follows what happens to the page from now on.
fn listen(state: State) {
    let _ = window_event_listener(ev::click, move |event| {
        let named = browser::events::attributes_at(&event, "data-do", "data-value");
        let action = named.and_then(|(name, value)| Action::from_markup(&name, &value));
        if let Some(action) = action
            && state.act(action)
        {
            event.prevent_default();
        }
    });
    let _ = window_event_listener(ev::input, move |event| {
        if let Some(typed) = browser::events::typed_into(&event, "data-search") {
            state.change(|facts| facts.typed = typed);
        }
    });
    let _ = window_event_listener(ev::hashchange, move |_| state.follow_address());
    let _ = window_event_listener(ev::visibilitychange, move |_| state.tick());
    let _ = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            state.close_view();
        }
    });
    let online = move |_| {
        let is_offline = browser::network::is_offline();
        state.change(|facts| facts.is_offline = is_offline);
        if !is_offline {
            state.try_again();
        }
        state.may_send(Backoff::default());
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
