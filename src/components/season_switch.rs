//! The switch between cool and warm.

use super::PageContext;
use super::icon::icon;
use super::node::{Node, element, tag};
use crate::domain::station::Comfort;
use crate::view_model::action::Action;
use crate::view_model::address::Address;
use crate::view_model::icon::Icon;

/// Both seasons, of which one is on.
#[must_use]
pub fn season_switch(page: &PageContext) -> Node {
    tag("div", "season-switch")
        .attr("role", "radiogroup")
        .attr("aria-label", page.words.season)
        .child(side(page, Comfort::Cool, Icon::Breeze))
        .child(side(page, Comfort::Warm, Icon::Flame))
}

fn side(page: &PageContext, season: Comfort, symbol: Icon) -> Node {
    let address = Address {
        season: Some(season),
        ..page.address.clone()
    };
    let is_on = page.season == season;
    // `public/early.js` finds both sides by these identifiers before the module is loaded.
    let id = match season {
        Comfort::Cool => "season-cool",
        Comfort::Warm => "season-warm",
    };
    element("button")
        .attr("type", "button")
        .attr("id", id)
        .class("season-switch-side")
        .attr("role", "radio")
        .attr("aria-checked", if is_on { "true" } else { "false" })
        // One stop for the Tab key; the arrow keys switch sides.
        .attr("tabindex", if is_on { "0" } else { "-1" })
        .on_tap(page, Action::Replace(address.to_fragment()))
        .child(icon(symbol))
        .text(page.words.comfort(season))
}
