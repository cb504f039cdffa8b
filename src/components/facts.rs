//! Facts in a table: icon, label, answer.

use leptos::prelude::*;

use super::icon::icon;
use crate::domain::station::Tristate;
use crate::view_model::station_page;

/// One fact.
#[component]
pub fn Fact(
    /// What is shown.
    fact: station_page::Fact,
) -> impl IntoView {
    let station_page::Fact {
        icon: symbol,
        label,
        answer,
        has,
    } = fact;
    view! {
        <li class="fact" data-has=key(has)>
            {icon(symbol)}
            <span>{label}</span>
            <span class="fact-answer">{answer}</span>
        </li>
    }
}

fn key(has: Tristate) -> &'static str {
    match has {
        Tristate::Yes => "yes",
        Tristate::No => "no",
        Tristate::Unknown => "unknown",
    }
}
