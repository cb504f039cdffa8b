//! The page in the document.
//!
//! `opening` belongs to the module that comes with the page: it renders the first answer from
//! the `model`, without signals. `live` is the Leptos application that takes over behind the
//! first answer; it and the other screens, sheets and languages are `lazy` modules.

mod dataset_state;
mod lazy;
mod live;
mod model;
mod opening;
mod root;

/// Opens the page.
pub fn mount() {
    opening::open();
}
