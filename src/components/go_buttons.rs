//! The buttons at the foot of the hero: ring first, and go.

use super::PageContext;
use super::icon::icon;
use super::node::{Node, element, tag};
use crate::view_model::action::Action;
use crate::view_model::hero::Go;
use crate::view_model::icon::Icon;

/// The buttons; none where the station has neither a position nor a telephone number.
#[must_use]
pub fn go_buttons(page: &PageContext, go: &Go) -> Option<Node> {
    if go.call.is_none() && go.href.is_none() {
        return None;
    }
    let ring = go.call.as_ref().map(|href| {
        let link = tag("a", "go-button").attr("href", href.clone());
        link.child(icon(Icon::Phone))
            .child(element("span").text(page.words.ring_first))
    });
    let way = go.href.as_ref().map(|href| {
        let class = if go.is_hollow {
            "go-button go-button-hollow"
        } else {
            "go-button"
        };
        tag("a", class)
            .attr("href", href.clone())
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .attr("aria-label", format!("{} {}", go.label, go.name))
            .on_tap(page, Action::Navigate(go.station.clone()))
            .child(icon(Icon::Arrow))
            .child(element("span").text(go.label))
    });
    let class = if go.is_hollow {
        "go-foot go-foot-hollow"
    } else {
        "go-foot"
    };
    Some(tag("div", class).children(ring.into_iter().chain(way)))
}
