//! There is no dataset, none of this place, or a module could not be loaded.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::node::{Node, tag};
use crate::components::notice::{button, failure_notice};
use crate::components::page_foot::PageFoot;
use crate::components::top_bar::brand_bar;
use crate::components::{PageContext, use_page};
use crate::view_model::action::Action;
use crate::view_model::icon::Icon;
use crate::view_model::notice::Failure;

/// The screen as nodes, without its foot.
#[must_use]
pub fn data_failed_nodes(page: &PageContext, failure: &Failure) -> Vec<Node> {
    let again = button("button button-main")
        .on_tap(page, Action::Load)
        .child(icon(Icon::Refresh))
        .text(page.words.reload);
    vec![
        brand_bar(page),
        failure_notice(failure),
        tag("div", "block").child(again),
    ]
}

/// The screen.
#[component]
pub fn DataFailedScreen(
    /// Why there is nothing to show.
    failure: Failure,
) -> impl IntoView {
    view! {
        {data_failed_nodes(&use_page(), &failure)}
        <PageFoot/>
    }
}
