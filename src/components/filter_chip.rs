//! Filters that are on or off.

use leptos::prelude::*;

use super::icon::icon;
use super::use_page;
use crate::view_model::filters::Chip;
use crate::view_model::icon::Icon;

/// A filter that a tap turns on or off.
#[component]
pub fn FilterChip(
    /// What is shown.
    chip: Chip,
    /// The class: a chip of the list, or a choice of a sheet.
    class: &'static str,
) -> impl IntoView {
    let page = use_page();
    let Chip {
        icon: symbol,
        label,
        is_on,
        action,
    } = chip;
    let symbol = if is_on { Some(Icon::Check) } else { symbol };
    view! {
        <button type="button" class=class aria-pressed=pressed(is_on) on:click=page.on_tap(action)>
            {symbol.map(icon)}
            {label}
        </button>
    }
}

/// Chips in a line that scrolls.
#[component]
pub fn ChipRow(
    /// The name of the group for screen readers.
    label: &'static str,
    /// The chips.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="filter-chips" role="group" aria-label=label>
            {children()}
        </div>
    }
}

/// The value of `aria-pressed`.
#[must_use]
pub fn pressed(is_on: bool) -> &'static str {
    if is_on { "true" } else { "false" }
}
