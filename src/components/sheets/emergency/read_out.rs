//! Where the rider is, in words to read out.

use leptos::prelude::*;

use crate::components::use_page;

/// Where the rider is, to be read out on the telephone.
#[component]
pub(super) fn ReadOut(
    /// The lines of the address; empty where it is not known.
    place: Vec<String>,
    /// How the place is known; empty where that is obvious.
    known_by: String,
) -> impl IntoView {
    let words = use_page().words;
    let lines = if place.is_empty() {
        view! { <p>{words.read_out_unknown}</p> }.into_any()
    } else {
        let lines = place.into_iter().enumerate();
        let lines = lines.map(|(number, line)| {
            let class = (number == 0).then_some("read-out-text");
            view! { <p class=class>{line}</p> }
        });
        lines.collect_view().into_any()
    };
    let known_by = (!known_by.is_empty()).then(|| view! { <p class="quiet">{known_by}</p> });
    view! { <div class="read-out selectable">{lines} {known_by}</div> }
}
