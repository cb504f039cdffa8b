//! The application: a lazy module that takes over after the first answer. It renders with
//! Leptos, follows the device, downloads newer editions, and stores them and the page.

mod actions;
mod app;
mod controller;
mod following;
mod reporting;
mod runtime;
mod shell_update;
mod sync;
mod trail;

use std::cell::Cell;
use std::time::Duration;

use leptos::ev;
use leptos::mount::mount_to;
use leptos::prelude::*;

use self::app::{App, focus_view};
use self::controller::Controller;
use super::model::Model;
use super::opening::Rendered;
use crate::browser;
use crate::browser::task::spawn;
use crate::dataset::ShellStatus;
use crate::domain::backoff::Backoff;
use crate::domain::fix::Locating;
use crate::view_model::action::Action;

/// How often the clock is read: the page shows minutes, and may be a quarter of one late.
const TICK: Duration = Duration::from_secs(15);

/// Storage keys of earlier releases.
const OLD_KEYS: [&str; 2] = ["yizhan-frame", "yizhan-frame-offline"];

/// The time in which a slow phone may still be painting the first answer.
const FIRST_PAINT: Duration = Duration::from_millis(100);

thread_local! {
    static CONTROLLER: Cell<Option<Controller>> = const { Cell::new(None) };
}

/// Carries out an action. Returns whether that replaces the browser's default.
fn act(action: Action) -> bool {
    CONTROLLER
        .get()
        .is_some_and(|controller| controller.act(action))
}

/// Takes over from `opening`.
pub(super) fn begin(mut model: Model, mut rendered: Option<Rendered>, taps: Vec<Action>) {
    model.catch_up();
    model.modules.forgive();
    // What `opening` still fetches does not reach this model.
    model.modules.release_pending();
    if model.dataset_state.sync.page == ShellStatus::Incomplete {
        model.dataset_state.sync.page = ShellStatus::NotStored;
    }
    // The elements of the first answer are removed in the same task that mounts the components,
    // so that nothing is painted in between.
    let mut app = Some(move |page| {
        mount_to(page, move || {
            let controller = Controller::new(model);
            controller.prepare();
            CONTROLLER.set(Some(controller));
            view! { <App controller=controller/> }
        })
        .forget();
        if let Some(rendered) = &mut rendered {
            rendered.unmount();
        }
    });
    browser::early::replace_shell(&mut |page| {
        if let Some(app) = app.take() {
            app(page.clone());
        }
    });
    let Some(controller) = CONTROLLER.get() else {
        return;
    };
    start(controller);
    for id in browser::early::release() {
        match id.as_str() {
            "locate" => {
                controller.act(Action::Locate);
            }
            "elder" => {
                controller.act(Action::ToggleElder);
            }
            _ => browser::page::click(&format!("#{id}")),
        }
    }
    for action in taps {
        controller.act(action);
    }
}

fn start(controller: Controller) {
    browser::page::scroll_by_itself();
    browser::page::show_icon();
    // Tests wait for this.
    browser::page::set_attribute("data-live", Some(""));
    let view = controller.with(|model| model.address.view);
    focus_view(view);
    controller.locate_in_an_emergency(view);
    listen(controller);
    if browser::early::has_asked() {
        spawn(go_on_locating(controller));
    }
    let load = move || controller.load();
    // A stored list is being painted now, which loading must not delay.
    if controller.with(|model| model.dataset_state.sync.is_stored) {
        set_timeout(load, FIRST_PAINT);
    } else {
        load();
    }
    for key in OLD_KEYS {
        browser::storage::remove(key);
    }
}

/// Continues the request of an early tap: if the device gives a position, it is followed; if the
/// rider refused, there is no second prompt.
async fn go_on_locating(controller: Controller) {
    if controller.with(Model::awaits_position) {
        let answer = browser::early::position().await;
        if controller.with(Model::awaits_position) {
            controller.update(|model| model.take_position(answer));
        }
    }
    if controller.with(|model| matches!(model.locating, Locating::Found(_))) {
        controller.follow();
    }
}

/// Attaches listeners to the window. Components have their own listeners for taps.
fn listen(controller: Controller) {
    let _ = window_event_listener(ev::hashchange, move |_| controller.follow_address());
    let _ = window_event_listener(ev::visibilitychange, move |_| controller.tick());
    let _ = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            controller.close_view();
        }
    });
    let online = move |_| {
        let is_offline = browser::network::is_offline();
        controller.update(|model| model.is_offline = is_offline);
        if !is_offline {
            controller.retry();
        }
        controller.may_send(Backoff::default());
        controller.send_reports();
    };
    let _ = window_event_listener(ev::online, online);
    let _ = window_event_listener(ev::offline, online);
    // As `public/early.js` does before: of one finger, and of a mouse's main button.
    let _ = window_event_listener(ev::pointerdown, move |event| {
        if event.is_primary() && event.button() == 0 {
            controller.press(true);
        }
    });
    let _ = window_event_listener(ev::pointerup, move |event| {
        if event.is_primary() {
            controller.press(false);
        }
    });
    let _ = window_event_listener(ev::pointercancel, move |_| controller.press(false));
    let _ = window_event_listener(ev::contextmenu, move |_| controller.press(false));
    controller.await_install_offer();
    // Cannot fail; without it the time would change only when the page becomes visible.
    let _ = set_interval_with_handle(move || controller.tick(), TICK);
}
