//! The page: its model, its first render, and the application.
//!
//! `opening` is part of the first module: it renders the first answer from
//! the `model`, without signals. `live` is the Leptos application that takes over after the
//! first answer; it and the other screens, sheets and languages are `lazy` modules.

mod lazy;
mod live;
mod model;
mod opening;
mod root;

/// Opens the page.
pub fn mount() {
    opening::open();
}
