//! The document's root element and title.

use wasm_bindgen::JsCast as _;

fn root() -> Option<web_sys::HtmlElement> {
    web_sys::window()?
        .document()?
        .document_element()?
        .dyn_into()
        .ok()
}

/// Sets an attribute of the root element, or takes it away.
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

/// Shows the sign of the tab.
pub fn show_icon() {
    if let Some(link) = find("link[rel=icon]") {
        // Refused for no element.
        let _ = link.set_attribute("href", "app-icon.svg");
    }
}

/// Scrolls to the top.
pub fn scroll_to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
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

/// Whether there is such an element.
#[must_use]
pub fn has(selector: &str) -> bool {
    find(selector).is_some()
}

/// Gives the focus to an element.
pub fn focus(selector: &str) {
    if let Some(element) = find(selector) {
        // What cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Puts a text into an element.
pub fn say(selector: &str, text: &str) {
    if let Some(element) = find(selector) {
        element.set_text_content(Some(text));
    }
}
