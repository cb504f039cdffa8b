//! Today's hours as a bar.

use leptos::prelude::*;

/// Today's open spans and the present minute, in minutes since midnight. The words beside it say
/// the same.
#[component]
pub(super) fn DayRibbon(
    /// The open spans.
    spans: Vec<(u16, u16)>,
    /// The present minute.
    now: u16,
) -> impl IntoView {
    let across = |minute: u16| 4 + u32::from(minute) * 320 / 1440;
    let open = spans.into_iter().map(|(from, to)| {
        let (x, end) = (across(from), across(to));
        view! { <rect class="day-ribbon-open" x=x.to_string() y="11" width=(end - x).to_string() height="20" rx="4"></rect> }
    });
    let pointer = format!("M{} 35l-9-28h18z", across(now));
    view! {
        <svg class="day-ribbon" viewBox="0 0 328 40" aria-hidden="true">
            <rect class="day-ribbon-track" x="4" y="13" width="320" height="16" rx="4"></rect>
            {open.collect_view()}
            <path class="day-ribbon-now" d=pointer></path>
        </svg>
    }
}
