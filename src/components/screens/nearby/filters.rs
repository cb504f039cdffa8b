//! The filters above the list.

use leptos::prelude::*;

use crate::components::filter_chip::{ChipRow, FilterChip};
use crate::components::icon::icon;
use crate::components::use_page;
use crate::view_model::address::View;
use crate::view_model::filters::Chip;
use crate::view_model::icon::Icon;

/// The filters that need no sheet.
#[component]
pub(super) fn Filters(
    /// The filters.
    chips: Vec<Chip>,
) -> impl IntoView {
    let page = use_page();
    view! {
        <ChipRow label=page.words.filter_group>
            <a class="chip strong" href=page.link_to(View::Filter)>
                {icon(Icon::Filter)}
                {page.words.filter}
            </a>
            {chips_of(chips)}
        </ChipRow>
    }
}

/// The filters of a row.
pub(super) fn chips_of(chips: Vec<Chip>) -> impl IntoView {
    let chips = chips.into_iter();
    chips
        .map(|chip| view! { <FilterChip chip=chip class="chip"/> })
        .collect_view()
}
