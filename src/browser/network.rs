//! Whether the device is offline, and sending JSON.

use gloo_net::http::Request;

/// Whether the device reports that it is offline. The opposite guarantees no connection.
#[must_use]
pub fn is_offline() -> bool {
    web_sys::window().is_some_and(|window| !window.navigator().on_line())
}

/// Posts JSON. Returns the status of the answer; none if there was no answer.
pub async fn post_json(url: &str, json: &str) -> Option<u16> {
    let request = Request::post(url)
        .header("content-type", "application/json")
        .referrer_policy(web_sys::ReferrerPolicy::NoReferrer)
        .credentials(web_sys::RequestCredentials::Omit)
        .body(json);
    let answer = request.ok()?.send().await;
    answer.ok().map(|response| response.status())
}
