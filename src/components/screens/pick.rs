//! The place picker.

use leptos::prelude::*;

use super::place_results::PlaceResults;
use crate::components::districts::Districts;
use crate::components::filter_chip::pressed;
use crate::components::icon::icon;
use crate::components::node::tag;
use crate::components::notice::notices;
use crate::components::top_bar::back_bar;
use crate::components::use_page;
use crate::view_model::action::Action;
use crate::view_model::icon::Icon;
use crate::view_model::places::{Places, Reading, SearchResults};

/// The screen.
#[component]
pub fn PickScreen(
    /// The places to choose from.
    places: Places,
    /// What a search found.
    found: SearchResults,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let back = back_bar(&page, page.address.with_view(None).to_fragment());
    let act = page.act;
    let search = move |event| {
        act(Action::Search(event_target_value(&event)));
    };
    let readings = places.readings.clone();
    view! {
        {back.child(tag("h1", "strong").text(words.pick_title))}
        {notices(&page, &[])}
        <label class="field">
            {icon(Icon::Search)}
            <input
                type="search"
                autocomplete="off"
                placeholder=words.pick_hint
                aria-label=words.pick_names
                on:input=search
            />
        </label>
        <div class="block">
            <button type="button" class="button button-main" on:click=page.on_tap(Action::Locate)>
                {icon(Icon::Locate)}
                {words.pick_here}
            </button>
        </div>
        <PlaceResults found=found/>
        <Readings readings=readings/>
        <Districts places=places/>
    }
}

/// The ways to read the position of a device that shows the wrong place.
#[component]
fn Readings(
    /// The ways; empty where the device gave no position.
    readings: Vec<Reading>,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    if readings.is_empty() {
        return None;
    }
    let choices = readings.into_iter().map(|Reading { label, is_on, crs }| {
        view! {
            <button
                type="button"
                class="choice"
                aria-pressed=pressed(is_on)
                on:click=page.on_tap(Action::ReadDevice(crs))
            >
                {label}
            </button>
        }
    });
    Some(view! {
        <h2 class="section-title">{words.off_title}</h2>
        <p class="block quiet">{words.off_note}</p>
        <div class="block choice-row choice-lines">{choices.collect_view()}</div>
    })
}
