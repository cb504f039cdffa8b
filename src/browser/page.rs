//! The document: root element, title, focus, scroll position, live regions; and timers.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

fn root() -> Option<web_sys::HtmlElement> {
    web_sys::window()?
        .document()?
        .document_element()?
        .dyn_into()
        .ok()
}

/// Sets an attribute of the root element, or removes it.
pub fn set_attribute(name: &str, value: Option<&str>) {
    let Some(root) = root() else { return };
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// Sets a custom property of the root element through the CSSOM, which the
/// content security policy allows.
pub fn set_property(name: &str, value: &str) {
    if let Some(root) = root() {
        let _ = root.style().set_property(name, value);
    }
}

/// Sets the document's title.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Calls `then` after the next frame is painted.
pub fn after_frame(then: impl FnOnce() + 'static) {
    let painted = Closure::once_into_js(move || after(0, then));
    if let Some(window) = web_sys::window() {
        // Cannot fail.
        let _ = window.request_animation_frame(painted.unchecked_ref());
    }
}

/// Calls `then` after so many milliseconds.
pub fn after(milliseconds: i32, then: impl FnOnce() + 'static) {
    let then = Closure::once_into_js(then);
    if let Some(window) = web_sys::window() {
        // Cannot fail.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            then.unchecked_ref(),
            milliseconds,
        );
    }
}

/// Whether a prerendered screen is still shown.
#[must_use]
pub fn has_shell() -> bool {
    has("#shell")
}

/// Sets the icon of the tab.
pub fn show_icon() {
    if let Some(link) = find("link[rel=icon]") {
        let _ = link.set_attribute("href", "app-icon.svg");
    }
}

/// Scrolls to a distance from the top, in CSS pixels.
pub fn scroll_to(down: f64) {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, down);
    }
}

/// How far the page is scrolled down, in CSS pixels.
#[must_use]
pub fn scrolled() -> f64 {
    web_sys::window()
        .and_then(|window| window.scroll_y().ok())
        .unwrap_or(0.0)
}

/// Turns off the browser's scroll restoration, which would scroll before the screen is rendered:
/// after a step back the page scrolls itself.
pub fn scroll_by_itself() {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let manual = web_sys::ScrollRestoration::Manual;
        // Cannot fail in this page.
        let _ = history.set_scroll_restoration(manual);
    }
}

/// The `href` of the focused link; empty for none.
#[must_use]
pub fn focused_link() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    document
        .and_then(|document| document.active_element())
        .and_then(|element| element.get_attribute("href"))
        .unwrap_or_default()
}

/// Whether no element has the focus.
#[must_use]
pub fn has_no_focus() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document
        .and_then(|document| document.active_element())
        .is_none_or(|element| element.tag_name() == "BODY")
}

/// Clicks an element.
pub fn click(selector: &str) {
    if let Some(element) = find(selector) {
        element.click();
    }
}

/// Focuses the first link with this `href`, without scrolling. An address of this page contains
/// no quotation marks.
pub fn focus_link(href: &str) {
    if let Some(element) = find(&format!("main a[href='{href}'], nav a[href='{href}']")) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = element.focus_with_options(&options);
    }
}

/// The first element that a selector finds.
pub(super) fn find(selector: &str) -> Option<web_sys::HtmlElement> {
    web_sys::window()?
        .document()?
        .query_selector(selector)
        .ok()??
        .dyn_into()
        .ok()
}

/// Whether a selector finds an element.
#[must_use]
pub fn has(selector: &str) -> bool {
    find(selector).is_some()
}

/// Focuses an element.
pub fn focus(selector: &str) {
    if let Some(element) = find(selector) {
        // An element that cannot be focused leaves the focus where it is.
        let _ = element.focus();
    }
}

/// Sets the text of an element.
pub fn say(selector: &str, text: &str) {
    if let Some(element) = find(selector) {
        element.set_text_content(Some(text));
    }
}

/// Sets a live region to a station's name and words about it, unless it holds them already.
/// Screen readers announce the change.
pub fn announce(selector: &str, name: &str, words: &str) {
    let text = if name.is_empty() {
        String::new()
    } else {
        format!(" {words}")
    };
    let Some(region) = find(selector) else { return };
    if region.text_content().unwrap_or_default() == format!("{name}{text}") {
        return;
    }
    region.set_text_content(Some(&text));
    let span = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.create_element("span").ok());
    if let Some(span) = span {
        span.set_class_name("station-hero-name");
        span.set_text_content(Some(name));
        // Cannot fail for an element of this document.
        let _ = region.prepend_with_node_1(&span);
    }
}
