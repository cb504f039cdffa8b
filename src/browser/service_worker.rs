//! The service worker that makes the page work without a network.

/// Registers it, where there are service workers. In WeChat on iOS and on
/// pages that are not secure there are none; the page works without, online.
pub fn register() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let navigator = window.navigator();
    let is_there = js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    if is_there {
        // A refusal (private mode, blocked storage) costs only the offline use.
        let _ = navigator.service_worker().register("sw.js");
    }
}
