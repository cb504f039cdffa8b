//! What every sheet has: title, a way to close it, foot.

use leptos::prelude::*;

use crate::components::icon::icon;
use crate::components::node::{Node, element, tag};
use crate::components::{PageContext, use_page};
use crate::view_model::action::Action;
use crate::view_model::icon::Icon;

/// A dialog over the list, which closes when the rider taps beside it.
#[component]
pub fn SheetLayout(
    /// The title.
    title: &'static str,
    /// Buttons at the foot.
    #[prop(optional)]
    foot: Option<AnyView>,
    /// What the sheet is about.
    children: Children,
) -> impl IntoView {
    let page = use_page();
    view! {
        {scrim(&page)}
        <section class="sheet" role="dialog" aria-modal="true" aria-label=title>
            {head(&page, title)}
            <div class="sheet-body">{children()}</div>
            <div class="sheet-foot">{foot}</div>
        </section>
    }
}

/// The layer that covers the list.
#[must_use]
pub fn scrim(page: &PageContext) -> Node {
    closing(page, "sheet-scrim").attr("tabindex", "-1")
}

/// The title and the button that closes the sheet.
#[must_use]
pub fn head(page: &PageContext, title: &'static str) -> Node {
    let title = tag("h2", "sheet-title")
        .attr("tabindex", "-1")
        // Takes the focus when the sheet opens.
        .attr("data-focus", "")
        .text(title);
    tag("div", "sheet-head")
        .child(title)
        .child(closing(page, "sheet-close").child(icon(Icon::Close)))
}

fn closing(page: &PageContext, class: &'static str) -> Node {
    let list = page.address.with_view(None).to_fragment();
    element("a")
        .class(class)
        .attr("href", list.clone())
        .attr("aria-label", page.words.close)
        .on_tap(page, Action::Back(list))
}
