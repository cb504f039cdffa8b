//! A station that the dataset does not hold (any more).

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::notice::notices;
use crate::components::top_bar::back_bar;
use crate::components::use_page;
use crate::view_model::address::View;
use crate::view_model::icon::Icon;

/// The screen.
#[component]
pub fn StationGoneScreen() -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let list = page.address.of_list().to_fragment();
    view! {
        {back_bar(&page, list.clone())}
        {notices(&page, &[])}
        <div class="notice" role="status">
            {icon(Icon::Info)}
            <div class="notice-words">
                <h1 class="notice-title">{words.station_gone}</h1>
                <p class="quiet">{words.station_gone_note}</p>
            </div>
        </div>
        <div class="block">
            <a class="button button-main" href=list>{words.show_nearest}</a>
            <a class="button" href=page.link_to(View::Pick)>{words.choose_place}</a>
        </div>
    }
}
