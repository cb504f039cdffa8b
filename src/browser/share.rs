//! Sharing a link.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The outcome of sharing a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The device's share sheet took it, or the rider closed the sheet.
    Handed,
    /// It was copied.
    Copied,
    /// Neither is possible.
    Not,
}

/// Shares the page's address with a title, or copies it where that fails. `fragment` replaces the
/// address's own, and the query is dropped.
pub async fn share(title: &str, fragment: &str) -> Shared {
    let Some(window) = web_sys::window() else {
        return Shared::Not;
    };
    let href = link(&window, fragment);
    let can_share = js_sys::Reflect::has(&window.navigator(), &"share".into());
    if can_share.unwrap_or(false) {
        let data = web_sys::ShareData::new();
        data.set_title(title);
        data.set_url(&href);
        let shared = JsFuture::from(window.navigator().share_with_data(&data)).await;
        if shared.as_ref().map_or_else(is_closed, |_: &JsValue| true) {
            return Shared::Handed;
        }
    }
    copy(fragment).await
}

/// Copies the same link.
pub async fn copy(fragment: &str) -> Shared {
    let is_copied = match web_sys::window() {
        Some(window) => super::clipboard::copy(&link(&window, fragment)).await,
        None => false,
    };
    if is_copied {
        Shared::Copied
    } else {
        Shared::Not
    }
}

fn link(window: &web_sys::Window, fragment: &str) -> String {
    let own = window.location().href().unwrap_or_default();
    let page = own.split(['?', '#']).next().unwrap_or_default();
    format!("{page}{fragment}")
}

/// Whether the rider closed the share sheet; the link is not copied then.
fn is_closed(error: &JsValue) -> bool {
    js_sys::Reflect::get(error, &"name".into()).is_ok_and(|name| name == "AbortError")
}
