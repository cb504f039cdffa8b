//! Size of the text, colours, language, and whether the phone remembers the place.

use leptos::prelude::*;

use super::choice::{Choice, ChoiceGroup, Done};
use super::frame::SheetLayout;
use crate::components::use_page;
use crate::view_model::action::Action;
use crate::view_model::address::MAX_SCALE;
use crate::view_model::language::Language;
use crate::view_model::settings::{Settings, Theme};

/// The sheet.
#[component]
pub fn DisplaySheet(
    /// What the rider chose.
    settings: Settings,
    /// The language that is shown.
    language: Language,
) -> impl IntoView {
    let words = use_page().words;
    let sizes = [
        (words.standard, 100),
        (words.text_large, 130),
        (words.elder, MAX_SCALE),
    ];
    let sizes = sizes.map(|(label, scale)| {
        let is_on = settings.scale == scale;
        view! { <Choice label=label is_on=is_on action=Action::Scale(scale)/> }
    });
    let themes = Theme::ALL.map(|theme| {
        let label = match theme {
            Theme::Automatic => words.automatic,
            Theme::Light => words.light,
            Theme::Sunlight => words.sunlight,
            Theme::Dark => words.dark,
        };
        let is_on = settings.theme == theme;
        view! { <Choice label=label is_on=is_on action=Action::Colours(theme)/> }
    });
    let languages = Language::ALL.map(|other| {
        let is_on = other == language;
        view! { <Choice label=other.name() is_on=is_on action=Action::Speak(other)/> }
    });
    let places = [(words.remember, true), (words.do_not_remember, false)];
    let places = places.map(|(label, remembers)| {
        let is_on = settings.remembers_place == remembers;
        view! { <Choice label=label is_on=is_on action=Action::RememberPlace(remembers)/> }
    });
    let foot = view! { <Done label=words.done/> };
    view! {
        <SheetLayout title=words.display foot=foot.into_any()>
            <ChoiceGroup title=words.text_size>{sizes}</ChoiceGroup>
            <ChoiceGroup title=words.colours>{themes}</ChoiceGroup>
            <ChoiceGroup title=words.language>{languages}</ChoiceGroup>
            <ChoiceGroup title=words.remember_place>{places}</ChoiceGroup>
        </SheetLayout>
    }
}
