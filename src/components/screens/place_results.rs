//! The places that a search found.

use leptos::prelude::*;

use crate::components::use_page;
use crate::view_model::places::{Place, SearchResults};

/// The places; nothing while nothing is typed.
#[component]
pub fn PlaceResults(
    /// What a search found.
    found: SearchResults,
) -> impl IntoView {
    let words = use_page().words;
    let typed = found.typed.trim();
    if typed.is_empty() {
        return ().into_any();
    }
    if found.places.is_empty() {
        return view! { <p class="block" role="status">{(words.pick_none)(typed)}</p> }.into_any();
    }
    let count = (words.count)(found.places.len());
    let places = found.places.into_iter().map(|Place { name, note, href }| {
        view! {
            <a class="place-found" href=href>
                <span class="place-found-name">{name}</span>
                <span class="place-item-note">{note}</span>
            </a>
        }
    });
    view! {
        <h2 class="section-title" role="status">
            {words.pick_found} " " <span class="section-title-note">{count}</span>
        </h2>
        <div class="block">{places.collect_view()}</div>
    }
    .into_any()
}
