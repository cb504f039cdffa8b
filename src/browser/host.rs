//! The host of this page, if any: an embedding page or WeChat (`public/host.js`).

use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = yizhanHost, js_name = start)]
    fn js_start(origins: Array, on_message: JsValue);
    #[wasm_bindgen(js_namespace = yizhanHost, js_name = askPosition)]
    fn js_ask_position() -> bool;
    #[wasm_bindgen(js_namespace = yizhanHost, js_name = letsLocate)]
    fn js_lets_locate() -> bool;
    #[wasm_bindgen(js_namespace = yizhanHost, js_name = toTop)]
    fn js_to_top();
    #[wasm_bindgen(js_namespace = yizhanHost, js_name = navigate)]
    fn js_navigate(station: &str) -> bool;
    #[wasm_bindgen(js_namespace = yizhanHost, js_name = share)]
    fn js_share(station: &str) -> bool;
}

/// The host's answer if it was asked for the position and has none.
pub const NO_POSITION: &str = "no-position";

/// Starts listening to the host, if its origin is one of `origins`. `on_message` receives each message
/// as a fragment of the page's address, with the accuracy of a position in metres; or
/// [`NO_POSITION`].
pub fn start(origins: &[String], on_message: impl Fn(String, f64) + 'static) {
    let origins = origins.iter().map(|origin| JsValue::from_str(origin));
    let on_message = Closure::<dyn Fn(String, f64)>::new(on_message);
    js_start(origins.collect(), on_message.into_js_value());
}

/// Asks the host for the position. Returns whether there is a host that may answer.
#[must_use]
pub fn ask_position() -> bool {
    js_ask_position()
}

/// Whether the embedding page, if any, permits this page to ask the device for the position.
#[must_use]
pub fn lets_locate() -> bool {
    js_lets_locate()
}

/// Tells the host to scroll to the top of the frame, where another screen begins.
pub fn to_top() {
    js_to_top();
}

/// Passes a station, as JSON, to the host for navigation. Returns whether the host accepts it.
#[must_use]
pub fn navigate(station: &str) -> bool {
    js_navigate(station)
}

/// Passes a station, as JSON, to the host for sharing. Returns whether the host accepts it.
#[must_use]
pub fn share(station: &str) -> bool {
    js_share(station)
}
