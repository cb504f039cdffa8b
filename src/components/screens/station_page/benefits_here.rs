//! The publisher's programmes at the station.

use leptos::prelude::*;

use crate::components::use_page;
use crate::view_model::address::View;

/// What takes place here.
#[component]
pub(super) fn BenefitsHere(
    /// What takes place at the station; empty for nothing.
    titles: Vec<String>,
) -> impl IntoView {
    if titles.is_empty() {
        return None;
    }
    let page = use_page();
    let titles = titles.into_iter().map(|title| view! { <li>{title}</li> });
    Some(view! {
        <h2 class="section-title">{page.words.benefits_here}</h2>
        <ul class="block">{titles.collect_view()}</ul>
        <p class="block">
            <a class="text-button" href=page.link_to(View::Benefits)>{page.words.more}</a>
        </p>
    })
}
