//! A sheet whose module is loading, or could not be loaded.

use super::frame::{head, scrim};
use crate::components::PageContext;
use crate::components::icon::icon;
use crate::components::node::{Node, element, tag};
use crate::components::notice::button;
use crate::view_model::action::Action;
use crate::view_model::address::View;
use crate::view_model::icon::Icon;
use crate::view_model::language::Words;

/// The sheet in the place of the one that the address names; nothing if it names none.
///
/// In an emergency the number to call is shown all the same.
#[must_use]
pub fn waiting_nodes(page: &PageContext, is_missing: bool) -> Vec<Node> {
    let Some(view) = page.address.view.filter(|view| view.is_sheet()) else {
        return Vec::new();
    };
    let words = page.words;
    let is_emergency = view == View::Emergency;
    let title = if is_emergency {
        words.nav_emergency
    } else {
        words.brand
    };
    let status = element("p").attr("role", "status");
    let mut body = tag("div", "sheet-body").children(is_emergency.then(|| call_120(words)));
    if is_missing {
        let again = button("button button-main")
            .on_tap(page, Action::Load)
            .child(icon(Icon::Refresh))
            .text(words.reload);
        body = body.child(status.text(words.part_missing)).child(again);
    } else {
        body = body.child(status.text(words.part_coming));
    }
    let sheet = tag("section", "sheet")
        .attr("role", "dialog")
        .attr("aria-modal", "true")
        .attr("aria-label", title)
        .child(head(page, title))
        .child(body)
        .child(tag("div", "sheet-foot"));
    vec![scrim(page), sheet]
}

/// A button that calls an ambulance.
#[must_use]
pub fn call_120(words: &Words) -> Node {
    tag("a", "button button-danger button-huge")
        .attr("href", "tel:120")
        .child(icon(Icon::Phone))
        .text(words.call_120)
}
