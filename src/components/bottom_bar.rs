//! The bar at the bottom: four views, always in the same place.

use super::PageContext;
use super::icon::icon;
use super::node::{Node, tag};
use crate::view_model::address::View;
use crate::view_model::icon::Icon;

/// The bar; none in an embedded page.
#[must_use]
pub fn bottom_bar(page: &PageContext) -> Option<Node> {
    if page.address.embed {
        return None;
    }
    let words = page.words;
    let row = tag("div", "bottom-bar-row").children([
        item(page, None, Icon::Navigate, words.nav_nearest),
        item(page, Some(View::Radar), Icon::Radar, words.nav_radar),
        item(
            page,
            Some(View::Benefits),
            Icon::Benefit,
            words.nav_benefits,
        ),
        item(
            page,
            Some(View::Emergency),
            Icon::Emergency,
            words.nav_emergency,
        ),
    ]);
    Some(
        tag("nav", "bottom-bar")
            .attr("aria-label", words.nav)
            .child(row),
    )
}

fn item(page: &PageContext, view: Option<View>, symbol: Icon, label: &'static str) -> Node {
    let shown = page.address.view;
    let is_shown = match view {
        Some(view) => shown == Some(view),
        None => shown.is_none_or(|view| !View::PAGES.contains(&view)),
    };
    let is_emergency = view == Some(View::Emergency);
    let href = if is_emergency {
        // First aid opens over whatever is shown.
        page.link_to(View::Emergency)
    } else {
        page.address.of_list().with_view(view).to_fragment()
    };
    tag(
        "a",
        if is_emergency {
            "bottom-bar-item bottom-bar-item-urgent"
        } else {
            "bottom-bar-item"
        },
    )
    .attr("href", href)
    .maybe("aria-current", is_shown.then_some("page"))
    .child(icon(symbol))
    .text(label)
}
