//! The dataset, or the module that renders a screen, is loading.

use leptos::prelude::*;

use crate::components::message_hero::{Strip, message_hero, title};
use crate::components::node::{Node, tag};
use crate::components::notice::notices;
use crate::components::top_bar::brand_bar;
use crate::components::{PageContext, use_page};
use crate::view_model::icon::Icon;

/// The screen as nodes.
#[must_use]
pub fn loading_nodes(page: &PageContext) -> Vec<Node> {
    let words = page.words;
    let strip = Strip {
        icon: Icon::Refresh,
        title: words.loading,
        note: "",
    };
    let mut nodes = vec![brand_bar(page)];
    nodes.extend(notices(page, &[]));
    nodes.push(message_hero(Some(strip), title(&words.locating_title), []));
    nodes.push(tag("p", "block quiet").text(words.loading_note));
    nodes
}

/// The screen.
#[component]
pub fn LoadingScreen() -> impl IntoView {
    loading_nodes(&use_page())
}
