//! Putting the page on the home screen, where the browser offers that.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsCast as _, JsValue};

use super::listener::Listener;

/// The browser's offer, kept until the person wants it.
pub struct Offer {
    event: Rc<RefCell<Option<web_sys::Event>>>,
    _listener: Listener,
}

impl Offer {
    /// Waits for an offer, and says when there is one.
    #[must_use]
    pub fn wait(on_offer: impl Fn() + 'static) -> Self {
        let event = Rc::new(RefCell::new(None));
        let kept = Rc::clone(&event);
        let listener = Listener::new("beforeinstallprompt", move |offer| {
            // The browser's own banner would come at a moment of its choice.
            offer.prevent_default();
            kept.replace(Some(offer));
            on_offer();
        });
        Self {
            event,
            _listener: listener,
        }
    }

    /// Takes the browser up on it.
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
            // Refused only if the offer was taken before.
            let _ = prompt.call0(&offer);
        }
    }
}
