//! The hours of the week.

use leptos::prelude::*;

use crate::components::use_page;
use crate::view_model::week::DayHours;

/// The opening hours of the next seven days.
#[component]
pub(super) fn Week(
    /// The days; empty where the hours are not known.
    days: Vec<DayHours>,
) -> impl IntoView {
    if days.is_empty() {
        return None;
    }
    let words = use_page().words;
    let days = days.into_iter().map(|day| {
        let name = if day.is_today {
            format!("{} · {}", day.name, words.today)
        } else {
            day.name
        };
        view! {
            <li class="fact" aria-current=day.is_today.then_some("date")>
                <span>{name}</span>
                <span class="fact-answer">{day.hours}</span>
            </li>
        }
    });
    Some(view! {
        <h2 class="section-title">{words.week}</h2>
        <ul class="facts block">{days.collect_view()}</ul>
    })
}
