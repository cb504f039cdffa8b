//! The bar at the top: the brand, the rider's place, or the way back.

use super::PageContext;
use super::icon::icon;
use super::node::{Node, element, tag};
use super::season_switch::season_switch;
use crate::view_model::action::Action;
use crate::view_model::address::View;
use crate::view_model::icon::Icon;

/// The brand and the season switch.
#[must_use]
pub fn brand_bar(page: &PageContext) -> Node {
    // The embedding page has a header of its own.
    if page.address.embed {
        return tag("div", "top-bar").child(season_switch(page));
    }
    let brand = tag("span", "brand").child(icon(Icon::Arrow));
    tag("header", "top-bar")
        .child(brand.text(page.words.brand))
        .child(season_switch(page))
}

/// The place that the list is around, which a tap changes, and the season switch.
#[must_use]
pub fn place_bar(page: &PageContext, near: String, change_place: String) -> Node {
    let place = tag("a", "place-button")
        .attr("href", page.link_to(View::Pick))
        .attr("aria-label", change_place)
        .child(icon(Icon::Location))
        .child(tag("span", "place-button-name").text(near))
        .child(icon(Icon::Down));
    tag("header", "top-bar")
        .child(place)
        .child(season_switch(page))
}

/// A link back.
#[must_use]
pub fn back_bar(page: &PageContext, href: String) -> Node {
    let back = element("a")
        .class("top-bar-back place-button")
        .attr("href", href.clone())
        .on_tap(page, Action::Back(href))
        .child(icon(Icon::Back))
        .text(page.words.back);
    tag("header", "top-bar").child(back)
}
