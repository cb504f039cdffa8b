//! The map apps that can show the way to a station.

use leptos::prelude::*;

use crate::components::use_page;
use crate::view_model::action::Action;
use crate::view_model::station_page::MapChoice;

/// The choice of an app, which is remembered.
#[component]
pub fn StationMaps(
    /// The apps; empty where the position is not known.
    maps: Vec<MapChoice>,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let own = maps.iter().find(|choice| choice.is_on)?.label;
    let choices = maps.into_iter().map(|choice| {
        view! {
            <a
                class="choice"
                href=choice.href
                target="_blank"
                rel="noopener noreferrer"
                aria-current=choice.is_on.then_some("true")
                on:click=page.on_tap(Action::ChooseMap(choice.app))
            >
                {choice.label}
            </a>
        }
    });
    Some(view! {
        <p class="block quiet">{(words.opens_other_app)(own)}</p>
        <h2 class="section-title">{words.choose_map}</h2>
        <div class="block choice-row">{choices.collect_view()}</div>
    })
}
