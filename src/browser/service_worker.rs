//! The service worker that makes the page work without a network.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

/// There are none in WeChat on iOS and on pages that are not secure; the page
/// then works without, online.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let is_there = js_sys::Reflect::has(&navigator, &"serviceWorker".into()).unwrap_or(false);
    is_there.then(|| navigator.service_worker())
}

/// Registers the worker, and asks it to keep files of the page: those that are
/// here (on the first visit they arrived before it was there), of all that the
/// edition knows.
pub async fn register_and_keep(files: &[Vec<String>; 2]) {
    // Every refusal (private mode, blocked storage) costs only the offline use.
    let _ = try_register_and_keep(files).await;
}

async fn try_register_and_keep(files: &[Vec<String>; 2]) -> Result<(), JsValue> {
    let Some(container) = container() else {
        return Ok(());
    };
    JsFuture::from(container.register("sw.js")).await?;
    let ready = JsFuture::from(container.ready()?).await?;
    let registration: ServiceWorkerRegistration = ready.unchecked_into();
    if let Some(worker) = registration.active() {
        let list = |names: &Vec<String>| -> js_sys::Array {
            names.iter().map(|name| JsValue::from_str(name)).collect()
        };
        let lists: js_sys::Array = files.iter().map(list).collect();
        worker.post_message(&lists)?;
    }
    Ok(())
}
