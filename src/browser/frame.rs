//! What stood at this address when the page was here last (`public/frame.js`): kept
//! for the next visit, and what somebody tapped in it.

use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = yizhanFrame, js_name = key)]
    fn js_key() -> String;
    #[wasm_bindgen(js_namespace = yizhanFrame, js_name = keep)]
    fn js_keep(
        is_offline: bool,
        key: &str,
        from: f64,
        until: f64,
        look: Array,
        scale: &str,
        html: &str,
    ) -> f64;
    #[wasm_bindgen(js_namespace = yizhanFrame, js_name = drop)]
    fn js_drop();
    #[wasm_bindgen(js_namespace = yizhanFrame, js_name = replay)]
    fn js_replay();
}

/// A first frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// What stands in the page.
    pub html: String,
    /// Attributes of the root element.
    pub look: Vec<(&'static str, String)>,
    /// The size of the text, for `--user-scale`.
    pub scale: String,
}

/// All that a first frame hangs on but the stations and the minute, as one text; none
/// where nothing can be kept.
#[must_use]
pub fn key() -> Option<String> {
    Some(js_key()).filter(|key| !key.is_empty())
}

/// Keeps a frame for visits with this key, with or without a network, from one minute
/// to before another (whole minutes since the Unix epoch); until when the same frame is
/// kept, as an earlier visit may have found.
#[must_use]
pub fn keep(frame: &Frame, is_offline: bool, key: &str, minutes: &std::ops::Range<i64>) -> i64 {
    let look = frame.look.iter();
    let look = look.map(|(name, value)| Array::of2(&(*name).into(), &value.into()));
    #[expect(clippy::cast_precision_loss, reason = "minutes are far below 2^53")]
    let (from, until) = (minutes.start as f64, minutes.end as f64);
    let (look, scale, html) = (look.collect(), &frame.scale, &frame.html);
    let kept_until = js_keep(is_offline, key, from, until, look, scale, html);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole minute, as it was handed over"
    )]
    let kept_until = kept_until as i64;
    kept_until
}

/// Forgets what is kept.
pub fn forget() {
    js_drop();
}

/// Does what somebody tapped for before the page could hear it.
pub fn replay() {
    js_replay();
}
