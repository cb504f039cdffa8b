//! The page's frame: bars, notices, the age of the data, signs.

use leptos::prelude::*;

use super::app::Page;
use crate::domain::station::Comfort;
use crate::view_model::address::{Address, View};
use crate::view_model::screen::{DataAge as Age, Notice as NoticeView};

/// A sign: a symbol of the sprite in `index.html`.
#[component]
pub fn Icon(
    /// The symbol's name.
    name: &'static str,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=format!("icon {class}") aria-hidden="true">
            <use href=format!("#i-{name}") />
        </svg>
    }
}

/// Facts with a dot between them; a line never begins or ends with a dot.
#[component]
pub fn FactLine(
    /// The facts.
    facts: Vec<String>,
) -> impl IntoView {
    view! {
        <span class="fact-line">
            {facts.into_iter().map(|fact| view! { <span>{fact}</span> }).collect_view()}
        </span>
    }
}

/// 清凉 or 取暖.
#[component]
pub fn SeasonSwitch() -> impl IntoView {
    let page = expect_context::<Page>();
    let side = move |comfort: Comfort, icon: &'static str| {
        view! {
            <button
                class="season-switch-side"
                role="radio"
                aria-checked=move || (page.season.get() == comfort).to_string()
                on:click=move |_| {
                    page.replace(|address| Address { season: Some(comfort), ..address.clone() });
                }
            >
                <Icon name=icon />
                {move || page.words().comfort(comfort)}
            </button>
        }
    };
    view! {
        <div class="season-switch" role="radiogroup" aria-label=move || page.words().season>
            {side(Comfort::Cool, "breeze")}
            {side(Comfort::Warm, "flame")}
        </div>
    }
}

/// The name of the page, and the season.
#[component]
pub fn BrandBar() -> impl IntoView {
    let page = expect_context::<Page>();
    view! {
        <header class="top-bar">
            <span class="brand">
                <Icon name="arrow" />
                {move || page.words().brand}
            </span>
            <SeasonSwitch />
        </header>
    }
}

/// The way back, with the title of what is shown.
#[component]
pub fn BackBar(
    /// Where back leads.
    href: String,
    /// What it is called.
    title: String,
) -> impl IntoView {
    view! {
        <header class="top-bar">
            <a class="top-bar-back place-button" href=href>
                <Icon name="back" />
                {title}
            </a>
        </header>
    }
}

/// A word to the person, above the list.
#[component]
pub fn Notice(
    /// What it says.
    notice: NoticeView,
) -> impl IntoView {
    view! {
        <div class="notice" class:notice-warn=notice.is_warning role="status">
            <Icon name=notice.icon />
            <div class="notice-words">
                <p class="notice-title">{notice.title}</p>
                {(!notice.note.is_empty()).then(|| view! { <p class="quiet">{notice.note}</p> })}
                {notice
                    .link
                    .map(|(words, href)| view! { <a class="text-button" href=href>{words}</a> })}
            </div>
        </div>
    }
}

/// How old the data is, and the way to larger text.
#[component]
pub fn DataAge(
    /// What it says.
    age: Age,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let note = age.is_demo.then(|| page.words().example_note);
    view! {
        <div class="data-age">
            <span class="data-age-fact">
                <Icon name="check" />
                <span>
                    {age.words} " "
                    {age.is_demo.then(|| view! { <b title=note>{page.words().example}</b> })}
                </span>
            </span>
            <ElderToggle />
        </div>
    }
}

/// 长辈版: the largest text, and back.
#[component]
pub fn ElderToggle() -> impl IntoView {
    let page = expect_context::<Page>();
    view! {
        <button class="text-button" on:click=move |_| page.toggle_elder()>
            <Icon name="text-size" />
            <span>
                {move || {
                    let words = page.words();
                    if page.settings.get().is_elder() { words.standard } else { words.elder }
                }}
            </span>
        </button>
    }
}

/// The foot of every list.
#[component]
pub fn PageFoot() -> impl IntoView {
    let page = expect_context::<Page>();
    let to = move |view| move || page.address.read().with_view(Some(view)).to_fragment();
    view! {
        <footer class="page-foot">
            <a class="text-button" href=to(View::Display)>
                {move || page.words().display}
            </a>
            <a class="text-button" href=to(View::Privacy)>
                {move || page.words().privacy}
            </a>
        </footer>
    }
}
