//! Installing the page on the home screen, where the browser offers that.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsCast as _, JsValue};

use super::listener::Listener;

/// The browser's install prompt, held until the rider asks for it.
pub struct Offer {
    event: Rc<RefCell<Option<web_sys::Event>>>,
    _listener: Listener,
}

impl Offer {
    /// Waits for the browser's offer, and calls `on_offer` when it comes.
    #[must_use]
    pub fn wait(on_offer: impl Fn() + 'static) -> Self {
        let event = Rc::new(RefCell::new(None));
        let kept = Rc::clone(&event);
        let listener = Listener::new("beforeinstallprompt", move |offer| {
            // Suppresses the browser's own banner, which would come at a moment of its choice.
            offer.prevent_default();
            kept.replace(Some(offer));
            on_offer();
        });
        Self {
            event,
            _listener: listener,
        }
    }

    /// Shows the browser's install prompt.
    pub fn take(&self) {
        let Some(offer) = self.event.take() else {
            return;
        };
        let prompt = js_sys::Reflect::get(&offer, &JsValue::from_str("prompt"));
        if let Some(prompt) = prompt
            .ok()
            .as_ref()
            .and_then(|p| p.dyn_ref::<js_sys::Function>())
        {
            // Fails only if the prompt was shown before.
            let _ = prompt.call0(&offer);
        }
    }
}
