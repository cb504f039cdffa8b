//! The application: a lazy module that takes over behind the first answer. It renders with
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

/// How often the clock is read: minutes tick, and a quarter of one is soon enough to notice.
const TICK: Duration = Duration::from_secs(15);

/// Storage keys of earlier releases.
const OLD_KEYS: [&str; 2] = ["yizhan-frame", "yizhan-frame-offline"];

/// A slow phone may still be painting the first answer for so long.
const FIRST_PAINT: Duration = Duration::from_millis(100);

thread_local! {
    static CONTROLLER: Cell<Option<Controller>> = const { Cell::new(None) };
}

/// Does what a rider tapped for. True if that replaces what the browser would do.
fn act(action: Action) -> bool {
    CONTROLLER
        .get()
        .is_some_and(|controller| controller.act(action))
}

/// Takes over from `opening`.
pub(super) fn begin(mut model: Model, mut rendered: Option<Rendered>, taps: Vec<Action>) {
    model.catch_up();
    model.modules.forgive();
    // What `opening` still fetches would not reach this model.
    model.modules.release_pending();
    if model.dataset_state.sync.page == ShellStatus::Incomplete {
        model.dataset_state.sync.page = ShellStatus::NotKept;
    }
    // The elements of the first answer go in the same task in which the components come, so
    // that nothing is painted in between.
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
    // A stored list is being painted now.
    if controller.with(|model| model.dataset_state.sync.is_kept) {
        set_timeout(load, FIRST_PAINT);
    } else {
        load();
    }
    for key in OLD_KEYS {
        browser::storage::remove(key);
    }
}

/// Goes on with the device that was asked at an early tap: where it answers, it is followed;
/// where the rider refused, he is not asked twice.
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

/// Listens to the window. What is tapped is heard by the components.
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
            controller.try_again();
        }
        controller.may_send(Backoff::default());
        controller.send_reports();
    };
    let _ = window_event_listener(ev::online, online);
    let _ = window_event_listener(ev::offline, online);
    let _ = window_event_listener(ev::pointerdown, move |_| controller.press(true));
    let _ = window_event_listener(ev::pointerup, move |_| controller.press(false));
    let _ = window_event_listener(ev::pointercancel, move |_| controller.press(false));
    controller.await_install_offer();
    // No browser refuses it; without it minutes would tick on return only.
    let _ = set_interval_with_handle(move || controller.tick(), TICK);
}
