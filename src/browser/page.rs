//! The document's root element and title.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

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

/// Does something once the next frame is on the screen.
pub fn after_frame(then: impl FnOnce() + 'static) {
    let painted = Closure::once_into_js(move || after(0, then));
    if let Some(window) = web_sys::window() {
        // Refused in no browser.
        let _ = window.request_animation_frame(painted.unchecked_ref());
    }
}

/// Does something after so many milliseconds.
pub fn after(milliseconds: i32, then: impl FnOnce() + 'static) {
    let then = Closure::once_into_js(then);
    if let Some(window) = web_sys::window() {
        // Refused in no browser.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(
            then.unchecked_ref(),
            milliseconds,
        );
    }
}

/// Whether a screen of the build is still shown.
#[must_use]
pub fn has_shell() -> bool {
    has("#frame")
}

/// Sets the icon of the tab.
pub fn show_icon() {
    if let Some(link) = find("link[rel=icon]") {
        let _ = link.set_attribute("href", "app-icon.svg");
    }
}

/// Scrolls so far down, in CSS pixels.
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

/// Leaves it to the page where it is scrolled to after a step back: the browser would scroll
/// before the screen is there.
pub fn scroll_by_itself() {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let manual = web_sys::ScrollRestoration::Manual;
        // Refused to no page of ours.
        let _ = history.set_scroll_restoration(manual);
    }
}

/// The address of the link that holds the focus; empty for none.
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

/// Gives the focus to the first link with this address of ours (which holds no quotation
/// marks), and leaves the page where it is.
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

/// Puts a station's name and words about it into a live region, which announces them if they
/// are others than before.
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
        // Refused for no element of this document.
        let _ = region.prepend_with_node_1(&span);
    }
}
