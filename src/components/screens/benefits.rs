//! The benefits that the publisher offers besides its stations.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::notice::{notice, notices};
use crate::components::page_foot::AgedFoot;
use crate::components::use_page;
use crate::view_model::benefits::{Benefit, Benefits};
use crate::view_model::icon::Icon;

/// The screen.
#[component]
pub fn BenefitsScreen(
    /// What is shown.
    benefits: Benefits,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let Benefits {
        all,
        next,
        data_age,
    } = benefits;
    let list = if all.is_empty() {
        view! { <p class="block quiet">{words.no_benefits}</p> }.into_any()
    } else {
        let items = all.into_iter();
        let items = items.map(|benefit| view! { <BenefitItem benefit=benefit/> });
        view! { <ul class="station-list">{items.collect_view()}</ul> }.into_any()
    };
    view! {
        <header class="top-bar">
            <h1 class="sheet-title">{words.benefits}</h1>
            <span class="quiet">{words.benefits_note}</span>
        </header>
        {match next {
            Some(next) => vec![notice(&page, &next)],
            None => notices(&page, &[]),
        }}
        {list}
        <AgedFoot age=data_age/>
    }
}

#[component]
fn BenefitItem(
    /// What is shown.
    benefit: Benefit,
) -> impl IntoView {
    let words = use_page().words;
    let when = match benefit.when {
        Some((figure, word)) => {
            view! { <span class="programme-when-number">{figure}</span> {word} }.into_any()
        }
        None => icon(Icon::Benefit).into_any(),
    };
    let lines = benefit.lines.into_iter();
    let lines = lines.map(|line| view! { <p class="quiet">{line}</p> });
    let call = benefit.call.map(|href| {
        view! {
            <a class="text-button" href=href>
                {icon(Icon::Phone)}
                {words.call}
            </a>
        }
    });
    let more = benefit.url.map(|href| {
        view! {
            <a class="text-button" href=href target="_blank" rel="noopener noreferrer">
                {words.more}
            </a>
        }
    });
    view! {
        <li class="programme">
            <span class="programme-when">{when}</span>
            <div class="programme-words">
                <h2 class="programme-title">{benefit.title}</h2>
                {lines.collect_view()}
                {call}
                {more}
            </div>
        </li>
    }
}
