//! Bad news and offers, above the list.

use super::PageContext;
use super::icon::icon;
use super::node::{Node, element, tag};
use crate::view_model::icon::Icon;
use crate::view_model::notice::{Failure, Notice};

/// One notice.
#[must_use]
pub fn notice(page: &PageContext, notice: &Notice) -> Node {
    let mut words =
        tag("div", "notice-words").child(tag("p", "notice-title").text(notice.title.clone()));
    if !notice.note.is_empty() {
        words = words.child(tag("p", "quiet").text(notice.note.clone()));
    }
    if let Some((label, href)) = &notice.link {
        let link = tag("a", "text-button").attr("href", href.clone());
        words = words.child(link.text(label.clone()));
    }
    if let Some((label, action)) = &notice.action {
        let button = button("text-button").on_tap(page, action.clone());
        words = words.child(button.text(*label));
    }
    tag(
        "div",
        if notice.is_warning {
            "notice notice-warn"
        } else {
            "notice"
        },
    )
    .attr("role", "status")
    .child(icon(notice.icon))
    .child(words)
}

/// The first notice in full, the others behind a summary: the answer below must stay in sight.
/// A warning about the page itself comes first, since its buttons may do nothing.
#[must_use]
pub fn notices(page: &PageContext, notices: &[Notice]) -> Vec<Node> {
    let mut all: Vec<&Notice> = notices.iter().chain(&page.page_status.update).collect();
    if let Some(worst) = all.pop_if(|last| last.is_warning) {
        all.insert(0, worst);
    }
    let Some((first, others)) = all.split_first() else {
        return Vec::new();
    };
    let mut shown = vec![notice(page, first)];
    if !others.is_empty() {
        let summary = tag("summary", "text-button").text((page.words.more_notices)(others.len()));
        let others = others.iter().map(|other| notice(page, other));
        shown.push(
            tag("details", "more-notices")
                .child(summary)
                .children(others),
        );
    }
    shown
}

/// Why there is nothing to show.
#[must_use]
pub fn failure_notice(failure: &Failure) -> Node {
    let words = tag("div", "notice-words")
        .child(tag("h1", "notice-title").text(failure.title.clone()))
        .child(tag("p", "quiet").text(failure.note.clone()));
    tag("div", "notice")
        .attr("role", "alert")
        .child(icon(Icon::Offline))
        .child(words)
}

/// A button of a class.
#[must_use]
pub fn button(class: &'static str) -> Node {
    element("button").attr("type", "button").class(class)
}
