//! The device gives no position: what to do instead.

use leptos::prelude::*;

use crate::components::districts::Districts;
use crate::components::icon::icon;
use crate::components::last_place::LastPlace;
use crate::components::message_hero::{Strip, message_hero, title};
use crate::components::node::{Node, element, tag};
use crate::components::notice::{notice, notices};
use crate::components::page_foot::ScreenFoot;
use crate::components::top_bar::brand_bar;
use crate::components::{PageContext, use_page};
use crate::domain::fix::NoPosition;
use crate::view_model::action::Action;
use crate::view_model::address::View;
use crate::view_model::icon::Icon;
use crate::view_model::notice::Notice;
use crate::view_model::places::Places;

/// The screen.
#[component]
pub fn NoPositionScreen(
    /// Why there is no position.
    reason: NoPosition,
    /// The places to choose from.
    places: Places,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let (heading, note) = match reason {
        NoPosition::TimedOut => (words.too_slow, words.too_slow_note),
        NoPosition::Unavailable
        | NoPosition::Blocked
        | NoPosition::Refused
        | NoPosition::Unsupported => (words.no_position, words.no_position_note),
    };
    let strip = Strip {
        icon: Icon::Location,
        title: heading,
        note,
    };
    let last = places.last.clone();
    view! {
        {brand_bar(&page)}
        {notices(&page, &places.notices)}
        {message_hero(Some(strip), title(&words.where_are_you), [choose_place(&page)])}
        <div class="block">
            <button type="button" class="button" on:click=page.on_tap(Action::Locate)>
                {icon(Icon::Refresh)}
                {words.try_again}
            </button>
        </div>
        <LastPlace last=last/>
        {notice(&page, &how_to_allow(&page, reason))}
        <Districts places=places/>
        <ScreenFoot/>
    }
}

fn choose_place(page: &PageContext) -> Node {
    let choose = tag("a", "go-button")
        .attr("href", page.link_to(View::Pick))
        .child(icon(Icon::Location))
        .child(element("span").text(page.words.choose_place));
    tag("div", "go-foot").child(choose)
}

fn how_to_allow(page: &PageContext, reason: NoPosition) -> Notice {
    let words = page.words;
    let (title, how) = match reason {
        NoPosition::TimedOut | NoPosition::Unavailable => (words.allow_title, words.window_how),
        NoPosition::Blocked => (words.blocked_title, words.blocked_how),
        NoPosition::Refused | NoPosition::Unsupported => (words.allow_title, words.allow_how),
    };
    // The question mark makes the browser load the page in place of the host's.
    let alone = (reason == NoPosition::Blocked).then(|| {
        let href = format!("?{}", page.address.alone().to_fragment());
        (words.open_alone.to_owned(), href)
    });
    Notice {
        note: how.to_owned(),
        link: alone,
        ..Notice::new(Icon::Info, title.to_owned())
    }
}
