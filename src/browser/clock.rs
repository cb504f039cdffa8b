//! The phone's clock.

/// Milliseconds since the Unix epoch.
#[must_use]
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}
