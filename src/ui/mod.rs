//! Leptos components: they show what `view_model` decides and raise events.
//! No component sorts, filters, parses or reckons.

mod app;
mod choosing;
mod frame;
mod hero;
mod list;
mod sheets;
mod station;

use leptos::prelude::*;

/// Puts the page into the document.
pub fn mount() {
    mount_to_body(app::App);
}
