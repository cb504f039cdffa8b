//! What the list leaves out.

use leptos::prelude::*;

use crate::components::use_page;

/// That shut stations are not listed, and a link that lists them.
#[component]
pub(super) fn LeftOut(
    /// The link; none where nothing is left out.
    show_all: Option<String>,
) -> impl IntoView {
    let words = use_page().words;
    show_all.map(|href| {
        view! {
            <p class="block quiet">
                {words.shut_not_listed} " " <a class="text-button" href=href>{words.show_all}</a>
            </p>
        }
    })
}
