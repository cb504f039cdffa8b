//! How to get in, and what is there.

use leptos::prelude::*;

use crate::components::{facts, use_page};
use crate::view_model::station_page::Fact;

/// What is known about getting in.
#[component]
pub(super) fn HowIn(
    /// What is known.
    facts: Vec<Fact>,
    /// The names of amenities that are known to be absent.
    absent: Vec<String>,
) -> impl IntoView {
    let words = use_page().words;
    let facts = facts
        .into_iter()
        .map(|fact| view! { <facts::Fact fact=fact/> });
    let absent = (!absent.is_empty()).then(|| {
        let absent = (words.absent)(&absent.join(words.between_things));
        view! { <p class="block quiet">{absent}</p> }
    });
    view! {
        <h2 class="section-title">{words.how_in}</h2>
        <ul class="facts block">{facts.collect_view()}</ul>
        {absent}
    }
}
