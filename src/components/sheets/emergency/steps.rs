//! What to do, step by step.

use leptos::prelude::*;

/// What to do.
#[component]
pub(super) fn Steps(
    /// The title.
    title: &'static str,
    /// What to do, in this order.
    steps: [&'static str; 4],
) -> impl IntoView {
    let steps = steps.map(|step| view! { <li class="step">{step}</li> });
    view! {
        <h3 class="choice-title">{title}</h3>
        <ol class="steps">{steps}</ol>
    }
}
