//! The Leptos page: signals in, parts of the screen out. It decides nothing.
//!
//! A browser compiles each function of the module when it is called first, and a slow
//! phone spends as long on that as on everything else before the first list. So what
//! only other screens need is `#[inline(never)]` all over the page's rooms: it must not
//! become a part of functions that every screen calls.

mod app;
mod drawn;
mod facts;
mod following;
mod frame;
mod reporting;
mod state;
mod supply;

use std::time::Duration;

use leptos::prelude::*;

/// Puts the page into the document.
pub fn mount() {
    mount_to_body(app::App);
}

/// Does something once the next frame is on the screen.
fn after_frame(then: impl FnOnce() + 'static) {
    request_animation_frame(move || set_timeout(then, Duration::ZERO));
}
