//! What a rider sees, as Leptos components: values of `view_model` in, elements out.
//!
//! Components compile for both targets. The page mounts them; `tests/it/components.rs` renders
//! each screen to HTML, and the build renders the first screens into `index.html`.
//!
//! The parts of the first answer are [`node::Node`]s, which need no signals: the first module
//! is built of them alone, and Leptos renders them like any other view.

#![expect(
    clippy::must_use_candidate,
    clippy::needless_pass_by_value,
    reason = "`view!` calls components with values, and uses what they return"
)]

pub mod amenity_row;
pub mod bottom_bar;
pub mod data_age;
pub mod dial;
pub mod districts;
pub mod fact_line;
pub mod facts;
pub mod filter_chip;
pub mod go_buttons;
pub mod hero;
pub mod icon;
pub mod last_place;
pub mod message_hero;
pub mod node;
pub mod notice;
pub mod page_foot;
pub mod page_layout;
pub mod row_section;
pub mod screens;
pub mod season_switch;
pub mod sheets;
pub mod state_mark;
pub mod state_strip;
pub mod station_row;
pub mod top_bar;

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::domain::station::Comfort;
use crate::view_model::action::Action;
use crate::view_model::address::{Address, View};
use crate::view_model::language::Words;
use crate::view_model::offline::{PageStatus, first_page_status, page_status};
use crate::view_model::screen_input::{ScreenInput, season};

/// Carries out an action. Returns whether that replaces the browser's default.
pub type Act = fn(Action) -> bool;

/// Data that all components share. The root provides it as a context.
#[derive(Clone, Debug)]
pub struct PageContext {
    /// The words of the language that is shown.
    pub words: &'static Words,
    /// The page's address.
    pub address: Address,
    /// The season that is shown.
    pub season: Comfort,
    /// Whether the largest text is on.
    pub is_elder: bool,
    /// How old the data is, and what is wrong with the page.
    pub page_status: PageStatus,
    /// Whether the build renders the screen into `index.html`. The parts below the hero are not
    /// known then, and are left out, so that nothing shifts later.
    pub is_first_paint: bool,
    /// Carries out the actions of taps.
    pub act: Act,
}

impl PageContext {
    /// The context of every screen.
    #[must_use]
    pub fn new(input: &ScreenInput<'_>, act: Act) -> Self {
        Self {
            page_status: page_status(input),
            ..Self::of_first_answer(input, act)
        }
    }

    /// The context of the first answer, which shows no age of the data.
    #[must_use]
    pub fn of_first_answer(input: &ScreenInput<'_>, act: Act) -> Self {
        Self {
            words: input.words,
            address: input.address.clone(),
            season: season(input.address, input.now()),
            is_elder: input.settings.is_elder(),
            page_status: first_page_status(input),
            is_first_paint: false,
            act,
        }
    }

    /// A link that opens a view over the screen that is shown.
    #[must_use]
    pub fn link_to(&self, view: View) -> String {
        self.address.with_view(Some(view)).to_fragment()
    }

    /// A listener for clicks.
    pub fn on_tap(&self, action: Action) -> impl Fn(MouseEvent) + Clone + use<> {
        let act = self.act;
        move |event| {
            if act(action.clone()) {
                event.prevent_default();
            }
        }
    }
}

/// The context of the page.
///
/// # Panics
///
/// Outside a tree whose root provides it.
#[must_use]
pub fn use_page() -> Arc<PageContext> {
    expect_context()
}
