//! A button to start from the place where the rider was found last.

use leptos::prelude::*;

use super::icon::icon;
use super::use_page;
use crate::view_model::action::Action;
use crate::view_model::icon::Icon;

/// The button; nothing where the phone remembers no place.
#[component]
pub fn LastPlace(
    /// The place and when, in words; empty for none.
    last: String,
) -> impl IntoView {
    let page = use_page();
    (!last.is_empty()).then(|| {
        view! {
            <div class="block">
                <button type="button" class="button" on:click=page.on_tap(Action::UseLastPlace)>
                    {icon(Icon::Clock)}
                    {last}
                </button>
            </div>
        }
    })
}
