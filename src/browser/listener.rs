//! An event listener on the window, removed when it is dropped.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;

/// A listener for one type of event.
pub struct Listener {
    name: &'static str,
    handler: Closure<dyn FnMut(web_sys::Event)>,
}

impl Listener {
    /// Calls `on_event` for each event of this name.
    pub fn new(name: &'static str, on_event: impl FnMut(web_sys::Event) + 'static) -> Self {
        let handler = Closure::new(on_event);
        if let Some(window) = web_sys::window() {
            // Cannot fail: any event name is valid.
            let _ = window.add_event_listener_with_callback(name, handler.as_ref().unchecked_ref());
        }
        Self { name, handler }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let handler = self.handler.as_ref().unchecked_ref();
            let _ = window.remove_event_listener_with_callback(self.name, handler);
        }
    }
}
