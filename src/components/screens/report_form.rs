//! What a rider found at a station: one tap reports it.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::use_page;
use crate::domain::report::Verdict;
use crate::view_model::action::Action;
use crate::view_model::icon::Icon;

/// The buttons, and the state of earlier reports.
#[component]
pub fn ReportForm(
    /// What this rider reported, and whether it was sent; empty for nothing.
    reported: Vec<String>,
    /// The report as a text to hand on; empty for none.
    text: String,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let choices = Verdict::ALL.map(|verdict| {
        let sign = match verdict {
            Verdict::Locked => Icon::Lock,
            Verdict::Wrong => Icon::Clock,
            Verdict::Gone => Icon::Report,
            Verdict::Fine => Icon::Check,
        };
        view! {
            <button type="button" class="button" on:click=page.on_tap(Action::Report(verdict))>
                {icon(sign)}
                {(words.report_word)(verdict)}
            </button>
        }
    });
    let copy = (!text.is_empty()).then(|| {
        view! {
            <button type="button" class="text-button" on:click=page.on_tap(Action::Copy(text))>
                {icon(Icon::Copy)}
                {words.report_copy}
            </button>
        }
    });
    view! {
        <h2 class="section-title">{words.report_title}</h2>
        <div class="block report-choices">{choices}</div>
        <div class="block" role="status">
            {reported.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            {copy}
        </div>
    }
}
