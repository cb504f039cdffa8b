//! The question how the rider travels.

use leptos::prelude::*;

use super::filters::chips_of;
use crate::components::filter_chip::ChipRow;
use crate::components::use_page;
use crate::view_model::filters::Chip;

/// How the rider travels, asked once.
#[component]
pub(super) fn AskTravel(
    /// The ways to travel; empty where that is known.
    chips: Vec<Chip>,
) -> impl IntoView {
    let question = use_page().words.ask_travel;
    (!chips.is_empty()).then(|| {
        view! {
            <ChipRow label=question>
                <span class="filter-question">{question}</span>
                {chips_of(chips)}
            </ChipRow>
        }
    })
}
