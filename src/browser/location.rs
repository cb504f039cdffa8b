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

/// Goes to a fragment, as a link would; inside another page without a step in the
/// history, which is that page's.
pub fn go(fragment: &str) {
    let Some(window) = web_sys::window() else {
        return;
    };
    // Refused to no page of ours.
    let _ = if is_framed() {
        window.location().replace(fragment)
    } else {
        window.location().set_hash(fragment)
    };
}

/// Whether another page is around this one.
#[must_use]
pub fn is_framed() -> bool {
    web_sys::window().is_some_and(|window| {
        let parent = window.parent();
        parent.is_ok_and(|parent| parent.is_some_and(|parent| parent != window))
    })
}

/// Goes a step back, as the phone's own way back does.
pub fn back() {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        // Refused to no page of ours.
        let _ = history.back();
    }
}

/// Whether this is a device of Apple's, outside WeChat: its own maps open here.
#[must_use]
pub fn has_apple_maps() -> bool {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    agent.is_some_and(|agent| {
        ["iPhone", "iPad", "Macintosh"]
            .iter()
            .any(|device| agent.contains(device))
            && !agent.contains("MicroMessenger")
    })
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
