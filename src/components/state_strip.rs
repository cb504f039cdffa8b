//! The state of a station in words, as a strip of the state's colour.

use super::icon::icon;
use super::node::{Node, Text, element, tag};
use crate::view_model::icon::Icon;
use crate::view_model::sentences::StateWords;
use crate::view_model::station_state::StationState;

/// The icon of a state.
#[must_use]
pub fn state_icon(state: StationState) -> Icon {
    match state {
        StationState::Open => Icon::StateOpen,
        StationState::ClosingSoon => Icon::StateSoon,
        StationState::Closed => Icon::StateClosed,
        StationState::Unknown => Icon::StateUnknown,
    }
}

/// The strip of a station's state.
#[must_use]
pub fn state_strip(state: &StateWords) -> Node {
    strip(
        state.state,
        state_icon(state.state),
        state.title.clone(),
        state.until.clone(),
    )
}

/// A strip in the style of a state: filled, hollow or dashed.
pub fn strip(
    tone: StationState,
    symbol: Icon,
    title: impl Into<Text>,
    until: impl Into<Text>,
) -> Node {
    let words = tag("span", "state-strip-words")
        .child(element("span").text(title))
        .child(tag("span", "state-strip-until").text(until));
    tag("p", "state-strip")
        .attr("data-tone", tone.key())
        .child(icon(symbol))
        .child(words)
}
