//! What is stored on the phone, and how fresh it is.

use leptos::prelude::*;

use super::choice::Done;
use super::frame::SheetLayout;
use crate::components::facts::Fact;
use crate::components::icon::icon;
use crate::components::use_page;
use crate::domain::station::Tristate;
use crate::view_model::action::Action;
use crate::view_model::icon::Icon;
use crate::view_model::offline::Line;
use crate::view_model::station_page;

/// The sheet.
#[component]
pub fn OfflineSheet(
    /// What is said, line by line.
    lines: Vec<Line>,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let facts = lines.into_iter().map(|line| {
        let (sign, has) = if line.is_good {
            (Icon::Check, Tristate::Yes)
        } else {
            (Icon::Info, Tristate::Unknown)
        };
        let fact = station_page::Fact {
            icon: sign,
            label: line.label.to_owned(),
            answer: line.answer,
            has,
        };
        view! { <Fact fact=fact/> }
    });
    let foot = view! {
        <button type="button" class="button" on:click=page.on_tap(Action::ClearStored)>
            {words.clear_stored}
        </button>
        <Done label=words.done/>
    };
    view! {
        <SheetLayout title=words.offline_status foot=foot.into_any()>
            <ul class="facts">{facts.collect_view()}</ul>
            <p class="quiet">{words.offline_note}</p>
            <button type="button" class="button" on:click=page.on_tap(Action::StoreAll)>
                {icon(Icon::Down)}
                {words.keep_all}
            </button>
            <button type="button" class="button" on:click=page.on_tap(Action::Load)>
                {icon(Icon::Refresh)}
                {words.reload}
            </button>
        </SheetLayout>
    }
}
