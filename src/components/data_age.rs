//! How old the data is, and the switch to the largest text.

use leptos::prelude::*;

use super::icon::icon;
use super::use_page;
use crate::view_model::action::Action;
use crate::view_model::data_age;
use crate::view_model::icon::Icon;

/// The age of what is shown.
#[component]
pub fn DataAge(
    /// The age; none where no dataset is loaded.
    age: Option<data_age::DataAge>,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let label = if page.is_elder {
        words.standard
    } else {
        words.elder
    };
    let fact = age.map(|age| {
        let example = age
            .is_demo
            .then(|| view! { " " <b title=words.example_note>{words.example}</b> });
        view! {
            {icon(Icon::Check)}
            <span>{age.words} {example}</span>
        }
    });
    view! {
        <div class="data-age">
            <span class="data-age-fact">{fact}</span>
            <button
                type="button"
                id="elder"
                class="text-button"
                on:click=page.on_tap(Action::ToggleElder)
            >
                {icon(Icon::TextSize)}
                <span>{label}</span>
            </button>
        </div>
    }
}
