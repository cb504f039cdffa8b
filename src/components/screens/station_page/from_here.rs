//! The way to the list around the station.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::use_page;
use crate::view_model::icon::Icon;

/// A link to the list around the station.
#[component]
pub(super) fn FromHere(
    /// The link; none where the position is not known.
    href: Option<String>,
) -> impl IntoView {
    let words = use_page().words;
    href.map(|href| {
        view! {
            <div class="block">
                <a class="button" href=href>
                    {icon(Icon::Location)}
                    {words.from_here}
                </a>
            </div>
        }
    })
}
