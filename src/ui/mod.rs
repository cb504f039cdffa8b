//! The Leptos page: signals in, parts of the screen out. It decides nothing.

mod app;
mod following;
mod reporting;
mod state;
mod supply;

use leptos::prelude::*;

/// Puts the page into the document.
pub fn mount() {
    mount_to_body(app::App);
}
