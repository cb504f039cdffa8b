//! What the page does with the rider's data.

use leptos::prelude::*;

use super::choice::Done;
use super::frame::SheetLayout;
use crate::components::facts::Fact;
use crate::components::use_page;
use crate::domain::station::Tristate;
use crate::view_model::action::Action;
use crate::view_model::address::View;
use crate::view_model::icon::Icon;
use crate::view_model::offline::Line;
use crate::view_model::station_page;

/// The sheet.
#[component]
pub fn PrivacySheet(
    /// What is said, line by line.
    lines: Vec<Line>,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let facts = lines.into_iter().map(|line| {
        let fact = station_page::Fact {
            icon: Icon::Shield,
            label: line.label.to_owned(),
            answer: line.answer,
            has: Tristate::Yes,
        };
        view! { <Fact fact=fact/> }
    });
    let foot = view! {
        <button type="button" class="button" on:click=page.on_tap(Action::Forget)>
            {words.clear_all}
        </button>
        <Done label=words.done/>
    };
    view! {
        <SheetLayout title=words.privacy foot=foot.into_any()>
            <ul class="facts facts-long">{facts.collect_view()}</ul>
            <p class="quiet">{words.privacy_note}</p>
            <a class="text-button" href=page.link_to(View::Offline)>{words.offline_status}</a>
        </SheetLayout>
    }
}
