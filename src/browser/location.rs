//! The page's address.

use wasm_bindgen::JsValue;

/// The fragment, with its `#`; empty if there is none.
#[must_use]
pub fn fragment() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// Puts a fragment into the address without a step in the history.
pub fn replace_fragment(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // Refused only inside sandboxed frames; the page then works on.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// Goes to a fragment, as a link would.
pub fn go(fragment: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(fragment);
    }
}

/// The tags of the browser's languages, the favourite first.
#[must_use]
pub fn languages() -> Vec<String> {
    web_sys::window()
        .map(|window| {
            window
                .navigator()
                .languages()
                .iter()
                .filter_map(|tag| tag.as_string())
                .collect()
        })
        .unwrap_or_default()
}

/// Opens the page again.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // Refused to no page of ours.
        let _ = window.location().reload();
    }
}
