//! Events on the window, and which part of the page they concern.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// Calls `then` before anything else in the page hears of these events, from now on;
/// who begins to listen in it hears the event too.
pub fn before(names: &[&str], then: impl FnMut() + 'static) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let then = Closure::<dyn FnMut()>::new(then).into_js_value();
    for name in names {
        // Refused for no name. On the way down to the target: the window's other ears
        // hear on the way up.
        let _ = window.add_event_listener_with_callback_and_bool(name, then.unchecked_ref(), true);
    }
}

/// The values of two attributes of the nearest element, from the event's target
/// upwards, that has the first one.
#[must_use]
pub fn attributes_at(event: &web_sys::Event, name: &str, other: &str) -> Option<(String, String)> {
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let found = target.closest(&format!("[{name}]")).ok()??;
    Some((
        found.get_attribute(name)?,
        found.get_attribute(other).unwrap_or_default(),
    ))
}

/// What stands in an input that has an attribute, if the event comes from it.
#[must_use]
pub fn typed_into(event: &web_sys::Event, attribute: &str) -> Option<String> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    input.has_attribute(attribute).then(|| input.value())
}
