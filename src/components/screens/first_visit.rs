//! The first screen: one button that finds the nearest station.

use leptos::prelude::*;

use crate::components::districts::Districts;
use crate::components::icon::icon;
use crate::components::last_place::LastPlace;
use crate::components::message_hero::message_hero;
use crate::components::node::{Node, element, tag};
use crate::components::notice::{button, notices};
use crate::components::page_foot::ScreenFoot;
use crate::components::top_bar::brand_bar;
use crate::components::{PageContext, use_page};
use crate::domain::station::Comfort;
use crate::view_model::action::Action;
use crate::view_model::address::View;
use crate::view_model::icon::Icon;
use crate::view_model::places::Places;

/// The screen.
#[component]
pub fn FirstVisitScreen(
    /// The places to choose from.
    places: Places,
) -> impl IntoView {
    let page = use_page();
    let last = places.last.clone();
    view! {
        {brand_bar(&page)}
        {notices(&page, &places.notices)}
        {message_hero(None, title(&page), [promises(&page), find_nearest(&page)])}
        <div class="block">
            <a class="button" href=page.link_to(View::Pick)>
                {icon(Icon::Search)}
                {page.words.choose_instead}
            </a>
        </div>
        <LastPlace last=last/>
        <Districts places=places/>
        <ScreenFoot/>
    }
}

fn title(page: &PageContext) -> Node {
    let [above, relief, below] = match page.season {
        Comfort::Cool => page.words.first_cool,
        Comfort::Warm => page.words.first_warm,
    };
    tag("h1", "first-visit-title")
        .text(above)
        .child(element("br"))
        .child(element("em").text(relief))
        .child(element("br"))
        .text(below)
}

fn promises(page: &PageContext) -> Node {
    let promise = |sign, text| element("li").child(icon(sign)).text(text);
    tag("ul", "promise")
        .child(promise(Icon::Shield, page.words.promise_position))
        .child(promise(Icon::Offline, page.words.promise_offline))
}

fn find_nearest(page: &PageContext) -> Node {
    // `public/early.js` finds the button by its identifier before the module is loaded.
    let go = button("go-button")
        .attr("id", "locate")
        .on_tap(page, Action::Locate)
        .child(icon(Icon::Arrow))
        .child(element("span").text(page.words.find_nearest));
    tag("div", "go-foot").child(go)
}
