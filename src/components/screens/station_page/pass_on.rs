//! What a rider passes on: the link, the spoken answer, the address.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::use_page;
use crate::view_model::action::Action;
use crate::view_model::icon::Icon;

/// Share, read aloud, copy the address.
#[component]
pub(super) fn PassOn(
    /// The name of the station.
    name: String,
    /// What is read aloud.
    spoken: String,
    /// The address with the name.
    address: String,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let copy = page.on_tap(Action::Copy(address.clone()));
    view! {
        <div class="block">
            <div class="button-row">
                <button type="button" class="button" on:click=page.on_tap(Action::Share(name))>
                    {icon(Icon::Share)}
                    {words.share}
                </button>
                <button type="button" class="button" on:click=page.on_tap(Action::ReadAloud(spoken))>
                    {icon(Icon::Speaker)}
                    {words.speak}
                </button>
            </div>
            <button type="button" class="button" on:click=copy>
                {icon(Icon::Copy)}
                {words.copy_address}
            </button>
            <p role="status" data-copied=""></p>
            <p class="selectable quiet">{address}</p>
        </div>
    }
}
