//! The button that asks for the position anew.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::use_page;
use crate::view_model::action::Action;
use crate::view_model::icon::Icon;

/// Asks the device anew. The list follows the device by itself; the button is for riders who
/// doubt it.
#[component]
pub(super) fn Refresh(
    /// Whether the list is around the position of the device.
    is_live: bool,
) -> impl IntoView {
    let page = use_page();
    is_live.then(|| {
        view! {
            <div class="block">
                <button type="button" class="button" on:click=page.on_tap(Action::Locate)>
                    {icon(Icon::Refresh)}
                    {page.words.refresh}
                </button>
            </div>
        }
    })
}
