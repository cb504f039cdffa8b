//! The script that runs before the module (`public/early.js`): it fetches the dataset, takes
//! taps, and asks the device for the position at the tap.

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::*;

use super::dataset_store::{EarlyFile, to_array, to_files};
use super::position::second_of;
use crate::dataset::FetchError;
use crate::domain::fix::{Fix, FixSource, NoPosition};
use crate::domain::position::{LonLat, Metres};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = listen)]
    fn js_listen(listener: JsValue);
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = replaceShell)]
    fn js_replace_shell(render: &mut dyn FnMut(web_sys::HtmlElement));
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = isPressed)]
    fn js_is_pressed() -> bool;
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = afterPress)]
    fn js_after_press(then: JsValue);
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = hasAsked)]
    fn js_has_asked() -> bool;
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = release)]
    fn js_release() -> Array;
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = position)]
    async fn js_position() -> JsValue;
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = first)]
    async fn js_first(without: &str) -> JsValue;
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = bring)]
    async fn js_bring(names: Array) -> JsValue;
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = keep)]
    async fn js_keep() -> JsValue;
    #[wasm_bindgen(js_namespace = yizhanEarly, js_name = files)]
    fn js_files() -> Array;
}

/// What a rider did on a prerendered screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EarlyEvent {
    /// Tapped the button that locates: the device is being asked for the position.
    Locating,
    /// Followed a link: the address has changed.
    Followed,
    /// Changed the address without a history entry.
    Replaced,
    /// Tapped another button; the tap is queued until [`release`].
    Tapped,
}

/// Calls `listener` for each event until [`release`], and for those that occurred before.
pub fn listen(listener: impl Fn(EarlyEvent) + 'static) {
    let listener = Closure::<dyn Fn(String)>::new(move |what: String| {
        listener(match what.as_str() {
            "locating" => EarlyEvent::Locating,
            "followed" => EarlyEvent::Followed,
            "replaced" => EarlyEvent::Replaced,
            _ => EarlyEvent::Tapped,
        });
    });
    js_listen(listener.into_js_value());
}

/// Whether the script asked the device for the position.
#[must_use]
pub fn has_asked() -> bool {
    js_has_asked()
}

/// Removes the prerendered screen and lets `render` fill the page's container. Then focuses the
/// element that matches the focused one, if there is one.
pub fn replace_shell(render: &mut dyn FnMut(&web_sys::HtmlElement)) {
    js_replace_shell(&mut |container| render(&container));
}

/// Whether a finger is on the page.
#[must_use]
pub fn is_pressed() -> bool {
    js_is_pressed()
}

/// Calls `then` after the finger is lifted and its click was dispatched.
pub fn after_press(then: impl FnOnce() + 'static) {
    js_after_press(Closure::once_into_js(then));
}

/// Removes the script's listeners. Returns the identifiers of the buttons whose taps are queued.
#[must_use]
pub fn release() -> Vec<String> {
    let ids = js_release();
    ids.iter().filter_map(|id| id.as_string()).collect()
}

/// The position that the script requested at the tap.
///
/// # Errors
///
/// [`NoPosition`] if there is none.
pub async fn position() -> Result<Fix, NoPosition> {
    let answer = js_position().await;
    if let Some(refusal) = answer.as_string() {
        return Err(match refusal.as_str() {
            "refused" => NoPosition::Refused,
            "timed-out" => NoPosition::TimedOut,
            "unavailable" => NoPosition::Unavailable,
            _ => NoPosition::Unsupported,
        });
    }
    let answer: Array = answer.unchecked_into();
    let number = |place| answer.get(place).as_f64().unwrap_or(f64::NAN);
    let position = LonLat::new(number(0), number(1)).map_err(|_| NoPosition::Unavailable)?;
    Ok(Fix {
        position,
        accuracy: Metres(number(2)),
        source: FixSource::Device,
        second: second_of(number(3)),
    })
}

/// The files of the first list.
#[derive(Debug)]
pub struct Came {
    /// The manifest, and some or all cells.
    pub files: Vec<EarlyFile>,
    /// How far the phone's clock is ahead of the server's, in milliseconds.
    pub clock_ahead_ms: Option<f64>,
    /// Whether they were stored on an earlier visit.
    pub are_stored: bool,
}

/// Loads the files of the first list. `without` names those that could not be used: `stored` or
/// `came`; empty for none.
///
/// # Errors
///
/// [`FetchError`] if they cannot be loaded.
pub async fn first(without: &str) -> Result<Came, FetchError> {
    let came = js_first(without).await;
    if let Some(error) = came.as_string() {
        return Err(error_named(&error));
    }
    let came: Array = came.unchecked_into();
    Ok(Came {
        files: to_files(&came.get(0).unchecked_into()),
        clock_ahead_ms: came.get(1).as_f64(),
        are_stored: came.get(2).is_truthy(),
    })
}

/// Loads files of the dataset by name, from the store or the network.
///
/// # Errors
///
/// [`FetchError`] if one of them cannot be loaded.
pub async fn bring(names: &[String]) -> Result<Vec<EarlyFile>, FetchError> {
    let files = js_bring(to_array(names)).await;
    if let Some(error) = files.as_string() {
        return Err(error_named(&error));
    }
    Ok(to_files(&files.unchecked_into()))
}

/// Stores all files fetched so far. Returns false if there was no room, now or at an earlier call.
pub async fn keep() -> bool {
    js_keep().await.is_truthy()
}

/// All files fetched so far.
#[must_use]
pub fn files() -> Vec<EarlyFile> {
    to_files(&js_files())
}

fn error_named(name: &str) -> FetchError {
    match name {
        "missing" => FetchError::Missing,
        _ => FetchError::Unreached,
    }
}
