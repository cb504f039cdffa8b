//! A hero that shows no station: a strip, the dial, a title, buttons.

use super::dial::dial;
use super::node::{Node, Text, element, tag};
use super::state_strip::strip;
use crate::view_model::icon::Icon;
use crate::view_model::station_state::StationState;

/// The strip of such a hero: icon, title, note.
pub struct Strip {
    /// The icon.
    pub icon: Icon,
    /// What happens.
    pub title: &'static str,
    /// What to do, or how long it takes.
    pub note: &'static str,
}

/// The hero with a title and the nodes below it.
#[must_use]
pub fn message_hero(
    message: Option<Strip>,
    title: Node,
    below: impl IntoIterator<Item = Node>,
) -> Node {
    let way = tag("div", "station-hero-way")
        .child(dial(0, message.is_some(), false))
        .child(title);
    tag("section", "station-hero")
        .attr("aria-live", "polite")
        .children(
            message
                .map(|Strip { icon, title, note }| strip(StationState::Unknown, icon, title, note)),
        )
        .child(way)
        .children(below)
}

/// A title of several lines.
pub fn title<T: Into<Text> + Copy>(lines: &[T]) -> Node {
    let mut title = tag("h1", "first-visit-title");
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            title = title.child(element("br"));
        }
        title = title.text(*line);
    }
    title
}
