//! The page: the screen, the bar at the bottom, and the sheet over both.

use leptos::prelude::*;

/// The layout of every screen.
pub fn page_layout(
    is_covered: Signal<bool>,
    screen: impl IntoView,
    bar: impl IntoView,
    sheet: impl IntoView,
) -> impl IntoView {
    // Keeps the Tab key and screen readers out of the page behind a sheet.
    let inert = move || is_covered.get().then_some("");
    view! {
        <div class="page" inert=inert>
            <main class="page-body">{screen}</main>
        </div>
        <div data-part="bar" inert=inert>{bar}</div>
        <div data-part="sheet">{sheet}</div>
    }
}
