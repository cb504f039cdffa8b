//! The page's address.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // In the script: a search in a text costs the first module a kilobyte.
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = hasAppleMaps)]
    fn js_has_apple_maps() -> bool;
}

/// The fragment, with its `#`; empty if there is none.
#[must_use]
pub fn fragment() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// Replaces the fragment of the address without a history entry.
pub fn replace_fragment(fragment: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // Fails only in sandboxed frames; the page works without it.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(fragment));
    }
}

/// Goes to a fragment, as a link does. An embedded page adds no history entry: the history is
/// the host's.
pub fn go(fragment: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    // Cannot fail in this page.
    let _ = if is_framed() {
        window.location().replace(fragment)
    } else {
        window.location().set_hash(fragment)
    };
}

/// Whether this page is embedded in another one.
#[must_use]
pub fn is_framed() -> bool {
    web_sys::window().is_some_and(|window| {
        let parent = window.parent();
        parent.is_ok_and(|parent| parent.is_some_and(|parent| parent != window))
    })
}

/// Goes one history entry back, as the phone's back button does.
pub fn back() {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // Cannot fail in this page.
        let _ = history.back();
    }
}

/// Whether Apple Maps opens: on Apple's devices, outside WeChat.
#[must_use]
pub fn has_apple_maps() -> bool {
    js_has_apple_maps()
}

/// The tags of the browser's languages, the preferred one first.
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

/// Reloads the page.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // Cannot fail in this page.
        let _ = window.location().reload();
    }
}
