//! A state as icon and words.

use leptos::prelude::*;

use super::icon::icon;
use super::state_strip::state_icon;
use crate::view_model::station_state::StationState;

/// A state as icon and words.
#[component]
pub fn StateMark(
    /// The state.
    tone: StationState,
    /// The state in words.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! {
        <p class="state-mark" data-tone=tone.key()>
            {icon(state_icon(tone))}
            <span>{words}</span>
        </p>
    }
}
