//! The device is asked for the position.

use leptos::prelude::*;

use crate::components::districts::Districts;
use crate::components::icon::icon;
use crate::components::last_place::LastPlace;
use crate::components::message_hero::{Strip, message_hero, title};
use crate::components::node::{Node, element, tag};
use crate::components::notice::notices;
use crate::components::page_foot::ScreenFoot;
use crate::components::top_bar::brand_bar;
use crate::components::{PageContext, use_page};
use crate::view_model::address::View;
use crate::view_model::icon::Icon;
use crate::view_model::places::Places;

/// The screen.
#[component]
pub fn LocatingScreen(
    /// The places to choose from.
    places: Places,
    /// Whether the device has not answered for long.
    is_unanswered: bool,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let (title_of_strip, note) = if is_unanswered {
        (words.unanswered, words.unanswered_note)
    } else {
        (words.locating, words.locating_limit)
    };
    let strip = Strip {
        icon: Icon::Locate,
        title: title_of_strip,
        note,
    };
    let last = places.last.clone();
    view! {
        {brand_bar(&page)}
        {notices(&page, &places.notices)}
        {message_hero(Some(strip), title(&words.locating_title), [choose_instead(&page)])}
        <LastPlace last=last/>
        <Districts places=places/>
        <ScreenFoot/>
    }
}

fn choose_instead(page: &PageContext) -> Node {
    let choose = tag("a", "go-button go-button-hollow")
        .attr("href", page.link_to(View::Pick))
        .child(icon(Icon::Search))
        .child(element("span").text(page.words.stop_waiting));
    tag("div", "go-foot go-foot-hollow").child(choose)
}
