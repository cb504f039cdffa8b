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

/// What is heard of the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It keeps the page.
    IsKept,
    /// A newer page waits to take over.
    IsNewer,
}

/// The registered worker, once there is one.
#[derive(Clone, Default)]
pub struct Worker {
    registration: Rc<RefCell<Option<ServiceWorkerRegistration>>>,
}

/// Registers the worker. In WeChat on iOS, on pages that are not secure and where
/// storage is closed there is none; nothing is heard then.
pub fn register(on_news: impl Fn(News) + 'static) -> Worker {
    let worker = Worker::default();
    let registered = worker.clone();
    spawn(async move {
        // Every refusal costs only the use without a network.
        let _ = registered.start(Rc::new(on_news)).await;
    });
    worker
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    // Reading it throws in a frame without an origin of its own.
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
        // The HTTP cache must not answer the question for a newer worker.
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
        // The browser may have found it before this page asked.
        found();
        let found = Closure::<dyn FnMut()>::new(found);
        registration.set_onupdatefound(Some(found.into_js_value().unchecked_ref()));
        JsFuture::from(container.ready()?).await?;
        on_news(News::IsKept);
        Ok(())
    }

    /// Looks for a newer page now.
    pub fn look_for_newer(&self) {
        if let Some(registration) = &*self.registration.borrow() {
            // Without a network nothing is found, which is no news.
            let _ = registration.update();
        }
    }

    /// Lets the newer page take over, and opens it.
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
        // This page alone asked for it: others go on with what they have, and
        // nothing reloads twice.
        let taken = Closure::once_into_js(super::location::reload);
        container.set_oncontrollerchange(Some(taken.unchecked_ref()));
        // Refused by no worker.
        let _ = waiting.post_message(&"take-over".into());
    }
}

/// Tells when a newer worker than the one that serves has all of its files.
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
