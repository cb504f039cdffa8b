//! The service worker that makes the page open without a network (`public/sw.js`).

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::task::spawn;
use web_sys::{
    RegistrationOptions, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

/// A change of the worker's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The page is stored.
    IsStored,
    /// A newer release waits to take over.
    IsNewer,
}

/// The registered worker, once there is one.
#[derive(Clone, Default)]
pub struct Worker {
    registration: Rc<RefCell<Option<ServiceWorkerRegistration>>>,
}

/// Registers the worker. In WeChat on iOS, on insecure pages and where storage is blocked there
/// is none, and `on_news` is never called.
pub fn register(on_news: impl Fn(News) + 'static) -> Worker {
    let worker = Worker::default();
    let registered = worker.clone();
    spawn(async move {
        // If it fails, the page only does not open without a network.
        let _ = registered.start(Rc::new(on_news)).await;
    });
    worker
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    // Reading the property throws in a frame without an origin of its own.
    Reflect::get(&navigator, &"serviceWorker".into())
        .ok()?
        .dyn_into()
        .ok()
}

impl Worker {
    async fn start(self, on_news: Rc<dyn Fn(News)>) -> Result<(), JsValue> {
        let Some(container) = container() else {
            return Ok(());
        };
        let options = RegistrationOptions::new();
        // The check for a newer worker must bypass the HTTP cache.
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registering = container.register_with_options("sw.js", &options);
        let registration: ServiceWorkerRegistration =
            JsFuture::from(registering).await?.unchecked_into();
        self.registration.replace(Some(registration.clone()));
        if registration.waiting().is_some() && registration.active().is_some() {
            on_news(News::IsNewer);
        }
        let (found_in, told) = (registration.clone(), Rc::clone(&on_news));
        let found = move || watch_installing(&found_in, &told);
        // The browser may have found a newer worker before the listener is set.
        found();
        let found = Closure::<dyn FnMut()>::new(found);
        registration.set_onupdatefound(Some(found.into_js_value().unchecked_ref()));
        JsFuture::from(container.ready()?).await?;
        on_news(News::IsStored);
        Ok(())
    }

    /// Checks for a newer release now.
    pub fn look_for_newer(&self) {
        if let Some(registration) = &*self.registration.borrow() {
            // Fails without a network, which changes nothing.
            let _ = registration.update();
        }
    }

    /// Lets the newer release take over, and reloads the page.
    pub fn take_over(&self) {
        let (Some(container), Some(waiting)) = (
            container(),
            self.registration
                .borrow()
                .as_ref()
                .and_then(ServiceWorkerRegistration::waiting),
        ) else {
            return super::location::reload();
        };
        // Set only on the page that requested the update: other tabs go on with the old release,
        // and nothing reloads twice.
        let taken = Closure::once_into_js(super::location::reload);
        container.set_oncontrollerchange(Some(taken.unchecked_ref()));
        // Cannot fail.
        let _ = waiting.post_message(&"take-over".into());
    }
}

/// Reports [`News::IsNewer`] once a newer worker than the active one has stored all its files.
fn watch_installing(registration: &ServiceWorkerRegistration, on_news: &Rc<dyn Fn(News)>) {
    let (Some(worker), Some(_)) = (registration.installing(), registration.active()) else {
        return;
    };
    let (watched, on_news) = (worker.clone(), Rc::clone(on_news));
    let changed = Closure::<dyn FnMut()>::new(move || {
        if watched.state() == ServiceWorkerState::Installed {
            on_news(News::IsNewer);
        }
    });
    worker.set_onstatechange(Some(changed.into_js_value().unchecked_ref()));
}
