//! What lies over the list: filters, display, privacy.

use leptos::html;
use leptos::prelude::*;

use super::app::{Page, link_to};
use super::frame::Icon;
use super::list::FilterChip;
use crate::view_model::address::{Address, MAX_SCALE, View};
use crate::view_model::language::Language;
use crate::view_model::screen::filters;
use crate::view_model::settings::{Settings, Theme};

/// The sheet that the address names, if it names one.
#[component]
pub fn Sheets() -> impl IntoView {
    let page = expect_context::<Page>();
    let view = Memo::new(move |_| page.address.read().view);
    move || match view.get() {
        None | Some(View::Pick) => ().into_any(),
        Some(View::Filter) => view! { <FilterSheet /> }.into_any(),
        Some(View::Display) => view! { <DisplaySheet /> }.into_any(),
        Some(View::Privacy) => view! { <PrivacySheet /> }.into_any(),
    }
}

/// A sheet that rises from below; it takes the focus.
#[component]
fn Sheet(
    /// Its title.
    title: &'static str,
    /// What it holds.
    children: Children,
    /// Its foot.
    foot: AnyView,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let close = link_to(page, None);
    let head = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(head) = head.get() {
            // A detached heading cannot take it; then the page keeps the focus.
            let _ = head.focus();
        }
    });
    let close_word = move || page.words().close;
    view! {
        <a class="sheet-scrim" href=close aria-label=close_word tabindex="-1"></a>
        <section class="sheet" role="dialog" aria-modal="true" aria-label=title>
            <div class="sheet-head">
                <h2 class="sheet-title" tabindex="-1" node_ref=head>
                    {title}
                </h2>
                <a class="sheet-close" href=close aria-label=close_word>
                    <Icon name="close" />
                </a>
            </div>
            <div class="sheet-body">{children()}</div>
            <div class="sheet-foot">{foot}</div>
        </section>
    }
}

#[component]
fn FilterSheet() -> impl IntoView {
    let page = expect_context::<Page>();
    let words = page.words();
    let groups = Memo::new(move |_| page.know(filters));
    let group = move |title: &'static str, number: usize, class: &'static str| {
        view! {
            <p class="choice-title">{title}</p>
            <div class=class role="group" aria-label=title>
                {move || {
                    groups.read()[number]
                        .iter()
                        .map(|chip| view! { <FilterChip chip=chip.clone() class="choice" /> })
                        .collect_view()
                }}
            </div>
        }
    };
    let clear = move |_| {
        page.replace(|address| Address {
            needs: Vec::new(),
            kinds: Vec::new(),
            open: None,
            ..address.clone()
        });
    };
    let foot = view! {
        <button class="button" on:click=clear>
            {words.filter_clear}
        </button>
        <a class="button button-main" href=link_to(page, None)>
            {words.filter_show}
        </a>
    }
    .into_any();
    view! {
        <Sheet title=words.filter foot=foot>
            {group(words.filter_open, 0, "choice-row")}
            {group(words.filter_need, 1, "choice-grid")}
            {group(words.filter_kind, 2, "choice-row")}
        </Sheet>
    }
}

/// One of several: pressed if it is the one.
#[component]
fn Choice(
    /// What it says.
    label: &'static str,
    /// Whether it is the one.
    #[prop(into)]
    is_on: Signal<bool>,
    /// What a tap does.
    on_press: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button
            class="choice"
            aria-pressed=move || is_on.get().to_string()
            on:click=move |_| on_press()
        >
            {label}
        </button>
    }
}

#[component]
fn DisplaySheet() -> impl IntoView {
    let page = expect_context::<Page>();
    let words = page.words();
    let size = move |label, scale: u16| {
        let is_on = Signal::derive(move || page.settings.get().scale == scale);
        let on_press = move || {
            page.replace(|address| Address { scale: None, ..address.clone() });
            page.set(|settings| Settings { scale, ..settings });
        };
        view! { <Choice label=label is_on=is_on on_press=on_press /> }
    };
    let colours = move |label, theme: Theme| {
        let is_on = Signal::derive(move || page.settings.get().theme == theme);
        let on_press = move || page.set(|settings| Settings { theme, ..settings });
        view! { <Choice label=label is_on=is_on on_press=on_press /> }
    };
    let languages = Language::ALL
        .into_iter()
        .map(|language| {
            let is_on = Signal::derive(move || page.language.get() == language);
            let on_press = move || {
                page.set(|settings| Settings { language: Some(language), ..settings });
                page.replace(|address| Address { lang: None, ..address.clone() });
            };
            view! { <Choice label=language.words().name is_on=is_on on_press=on_press /> }
        })
        .collect_view();
    let foot = view! {
        <a class="button button-main" href=link_to(page, None)>
            {words.done}
        </a>
    }
    .into_any();
    view! {
        <Sheet title=words.display foot=foot>
            <p class="choice-title">{words.text_size}</p>
            <div class="choice-row" role="group" aria-label=words.text_size>
                {size(words.standard, 100)}
                {size(words.text_large, 130)}
                {size(words.elder, MAX_SCALE)}
            </div>
            <p class="choice-title">{words.colours}</p>
            <div class="choice-row" role="group" aria-label=words.colours>
                {colours(words.automatic, Theme::Automatic)}
                {colours(words.light, Theme::Light)}
                {colours(words.sunlight, Theme::Sunlight)}
                {colours(words.dark, Theme::Dark)}
            </div>
            <p class="choice-title">{words.language}</p>
            <div class="choice-row" role="group" aria-label=words.language>
                {languages}
            </div>
        </Sheet>
    }
}

#[component]
fn PrivacySheet() -> impl IntoView {
    let page = expect_context::<Page>();
    let words = page.words();
    let facts = words.privacy_facts.map(|(label, answer)| {
        view! {
            <li class="fact" data-has="yes">
                <Icon name="shield" />
                <span>{label}</span>
                <span class="fact-answer">{answer}</span>
            </li>
        }
    });
    let foot = view! {
        <a class="button button-main" href=link_to(page, None)>
            {words.done}
        </a>
    }
    .into_any();
    view! {
        <Sheet title=words.privacy foot=foot>
            <ul class="facts">{facts.into_iter().collect_view()}</ul>
            <p class="quiet">{words.privacy_note}</p>
        </Sheet>
    }
}
