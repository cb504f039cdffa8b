//! The offer to put the page on the home screen.

use leptos::prelude::*;

use crate::components::use_page;
use crate::view_model::action::Action;

/// A quiet offer below everything else, made once.
#[component]
pub(super) fn InstallOffer(
    /// Whether the browser offers to put the page on the home screen.
    is_offered: bool,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    is_offered.then(|| {
        view! {
            <div class="block">
                <p class="quiet">{words.install_note}</p>
                <div class="button-row">
                    <button type="button" class="button" on:click=page.on_tap(Action::Install)>
                        {words.install}
                    </button>
                    <button type="button" class="button" on:click=page.on_tap(Action::NotNow)>
                        {words.not_now}
                    </button>
                </div>
            </div>
        }
    })
}
