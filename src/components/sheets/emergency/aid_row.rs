//! A place that has help.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::view_model::emergency::Aid;
use crate::view_model::icon::Icon;

/// A place that has help.
#[component]
pub(super) fn AidRow(
    /// Where help is.
    aid: Aid,
) -> impl IntoView {
    view! {
        <a class="action-row" href=aid.href>
            {icon(aid.icon)}
            <div class="action-row-words">
                <p class="action-row-title">{aid.title}</p>
                <p class="quiet">{aid.note}</p>
            </div>
            {icon(Icon::Forward)}
        </a>
    }
}
