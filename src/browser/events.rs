//! Which part of the page an event concerns.

use wasm_bindgen::JsCast as _;

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
