//! The choices of a sheet, and the button that closes it.

use leptos::prelude::*;

use crate::components::filter_chip::pressed;
use crate::components::use_page;
use crate::view_model::action::Action;

/// The button that closes a sheet.
#[component]
pub fn Done(
    /// Its label.
    label: &'static str,
) -> impl IntoView {
    let page = use_page();
    let list = page.address.with_view(None).to_fragment();
    let back = page.on_tap(Action::Back(list.clone()));
    view! { <a class="button button-main" href=list on:click=back>{label}</a> }
}

/// Choices under a title.
#[component]
pub fn ChoiceGroup(
    /// The title.
    title: &'static str,
    /// How the choices are laid out.
    #[prop(default = "choice-row")]
    class: &'static str,
    /// The choices.
    children: Children,
) -> impl IntoView {
    view! {
        <p class="choice-title">{title}</p>
        <div class=class role="group" aria-label=title>{children()}</div>
    }
}

/// One of several choices.
#[component]
pub fn Choice(
    /// Its label.
    label: &'static str,
    /// Whether it is chosen.
    is_on: bool,
    /// What a tap does.
    action: Action,
) -> impl IntoView {
    let tap = use_page().on_tap(action);
    view! {
        <button type="button" class="choice" aria-pressed=pressed(is_on) on:click=tap>
            {label}
        </button>
    }
}
