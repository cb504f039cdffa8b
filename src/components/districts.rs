//! The districts to choose from.

use leptos::prelude::*;

use super::row_section::SectionTitle;
use super::use_page;
use crate::view_model::places::{Place, Places};

/// The districts; nothing while the dataset is loading.
#[component]
pub fn Districts(
    /// The places to choose from.
    places: Places,
) -> impl IntoView {
    if places.districts.is_empty() {
        return None;
    }
    let words = use_page().words;
    let note = if places.is_demo { words.example } else { "" };
    let links = places
        .districts
        .into_iter()
        .map(|Place { name, note, href }| {
            view! {
                <a class="place-item" href=href>
                    {name} " " <span class="place-item-count">{note}</span>
                </a>
            }
        });
    Some(view! {
        <SectionTitle title=words.by_district note=note/>
        <div class="place-grid">{links.collect_view()}</div>
    })
}
