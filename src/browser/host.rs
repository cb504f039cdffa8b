//! The page around this one, where there is one: a host that frames it, or WeChat
//! (`public/host.js`). Everywhere else nobody answers.

use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = yizhanHost, js_name = start)]
    fn js_start(origins: Array, heard: JsValue);
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

/// What the host says when it was asked and does not know.
pub const NO_POSITION: &str = "no-position";

/// Begins to hear the host, if its origin is one of these: each message as a
/// fragment of the page's address, and how exact a position is, in metres; or
/// [`NO_POSITION`].
pub fn start(origins: &[String], heard: impl Fn(String, f64) + 'static) {
    let origins = origins.iter().map(|origin| JsValue::from_str(origin));
    let heard = Closure::<dyn Fn(String, f64)>::new(heard);
    js_start(origins.collect(), heard.into_js_value());
}

/// Asks the host where the person is; whether there is one that may answer.
#[must_use]
pub fn ask_position() -> bool {
    js_ask_position()
}

/// Whether the page around this one, if there is one, lets it ask the device.
#[must_use]
pub fn lets_locate() -> bool {
    js_lets_locate()
}

/// Tells the host that another screen begins at its top.
pub fn to_top() {
    js_to_top();
}

/// Hands a station over, as JSON, for the way there; whether somebody takes it.
#[must_use]
pub fn navigate(station: &str) -> bool {
    js_navigate(station)
}

/// Hands a station over, as JSON, to be shared; whether somebody takes it.
#[must_use]
pub fn share(station: &str) -> bool {
    js_share(station)
}
