//! Screens on which the person says where they are.

use leptos::prelude::*;

use super::app::{Data, Page, link_to};
use super::frame::{BackBar, BrandBar, ElderToggle, Icon, PageFoot};
use super::hero::Dial;
use crate::domain::fix::NoPosition as Reason;
use crate::domain::station::Comfort;
use crate::view_model::address::View;
use crate::view_model::screen::{Place, Places, find_places};

/// The districts, each with the number of its stations.
#[component]
fn Districts(
    /// The districts.
    places: Places,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let title = page.words().by_district;
    let example = places.is_demo.then(|| page.words().example);
    (!places.districts.is_empty()).then(|| {
        view! {
            <h2 class="section-title">
                {title} " " <span class="section-title-note">{example}</span>
            </h2>
            <div class="place-grid">
                {places
                    .districts
                    .into_iter()
                    .map(|Place { name, note, href }| {
                        view! {
                            <a class="place-item" href=href>
                                {name} <span class="place-item-count">{note}</span>
                            </a>
                        }
                    })
                    .collect_view()}
            </div>
        }
    })
}

/// Nothing is known yet: what this is, one button, and a way without a position.
#[component]
pub fn FirstVisit(
    /// The districts that can be chosen.
    places: Places,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let title = move || {
        let words = page.words();
        match page.season.get() {
            Comfort::Cool => words.first_cool,
            Comfort::Warm => words.first_warm,
        }
    };
    view! {
        <BrandBar />
        <section class="station-hero">
            <div class="station-hero-way">
                <Dial bearing_deg=0 label=String::new() is_hollow=false has_north=false />
                <h1 class="first-visit-title">
                    {move || title()[0]} <br /> <em>{move || title()[1]}</em> <br />
                    {move || title()[2]}
                </h1>
            </div>
            <ul class="promise">
                <li>
                    <Icon name="shield" />
                    {move || page.words().promise_position}
                </li>
                <li>
                    <Icon name="offline" />
                    {move || page.words().promise_offline}
                </li>
            </ul>
            <div class="go-foot">
                <button class="go-button" on:click=move |_| page.locate()>
                    <Icon name="arrow" />
                    <span>{move || page.words().find_nearest}</span>
                </button>
            </div>
        </section>
        <div class="block">
            <a class="button" href=link_to(page, Some(View::Pick))>
                <Icon name="search" />
                {move || page.words().choose_instead}
            </a>
        </div>
        <Districts places=places />
        <div class="data-age">
            <span class="data-age-fact"></span>
            <ElderToggle />
        </div>
        <PageFoot />
    }
}

/// The strip of a plate that tells of no station.
#[component]
fn Strip(
    /// The sign.
    icon: &'static str,
    /// What is.
    title: &'static str,
    /// What it means.
    note: &'static str,
) -> impl IntoView {
    view! {
        <p class="state-strip" data-tone="unknown">
            <Icon name=icon />
            <span class="state-strip-words">
                <span>{title}</span>
                <span class="state-strip-until">{note}</span>
            </span>
        </p>
    }
}

/// The device is asked.
#[component]
pub fn Locating(
    /// The districts that can be chosen meanwhile.
    places: Places,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let words = page.words();
    view! {
        <BrandBar />
        <section class="station-hero" aria-live="polite">
            <Strip icon="locate" title=words.locating note=words.locating_limit />
            <div class="station-hero-way">
                <Dial bearing_deg=0 label=String::new() is_hollow=true has_north=false />
                <h1 class="first-visit-title">
                    {words.locating_title[0]} <br /> {words.locating_title[1]}
                </h1>
            </div>
            <div class="go-foot go-foot-hollow">
                <a class="go-button go-button-hollow" href=link_to(page, Some(View::Pick))>
                    <Icon name="search" />
                    <span>{words.stop_waiting}</span>
                </a>
            </div>
        </section>
        <Districts places=places />
        <PageFoot />
    }
}

/// There is no position: what to do, and everything works without.
#[component]
pub fn NoPosition(
    /// Why.
    reason: Reason,
    /// The districts that can be chosen.
    places: Places,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let words = page.words();
    let (title, note, how) = match reason {
        Reason::TimedOut => (words.too_slow, words.too_slow_note, words.window_how),
        Reason::Unavailable => (words.no_position, words.no_position_note, words.window_how),
        Reason::Refused | Reason::Unsupported => {
            (words.no_position, words.no_position_note, words.allow_how)
        }
    };
    view! {
        <BrandBar />
        <section class="station-hero" role="status">
            <Strip icon="location" title=title note=note />
            <div class="station-hero-way">
                <Dial bearing_deg=0 label=String::new() is_hollow=true has_north=false />
                <h1 class="first-visit-title">
                    {words.where_are_you[0]} <br /> {words.where_are_you[1]}
                </h1>
            </div>
            <div class="go-foot">
                <a class="go-button" href=link_to(page, Some(View::Pick))>
                    <Icon name="location" />
                    <span>{words.choose_place}</span>
                </a>
            </div>
        </section>
        <div class="block">
            <button class="button" on:click=move |_| page.locate()>
                <Icon name="refresh" />
                {words.try_again}
            </button>
        </div>
        <div class="notice">
            <Icon name="info" />
            <div class="notice-words">
                <p class="notice-title">{words.allow_title}</p>
                <p class="quiet">{how}</p>
            </div>
        </div>
        <Districts places=places />
        <PageFoot />
    }
}

/// The place picker: the position, a search, the districts.
#[component]
pub fn Pick(
    /// The districts.
    places: Places,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| match &*page.data.read() {
        Data::Ready(dataset) => find_places(dataset, &page.address.read(), &typed.read()),
        Data::Waiting | Data::Failed => Vec::new(),
    });
    let words = page.words();
    let back = page.address.read_untracked().with_view(None).to_fragment();
    let results = move || {
        let typed = typed.get();
        if typed.trim().is_empty() {
            return ().into_any();
        }
        let found = found.get();
        if found.is_empty() {
            let none = (words.pick_none)(typed.trim());
            return view! { <p class="block" role="status">{none}</p> }.into_any();
        }
        view! {
            <h2 class="section-title" role="status">
                {words.pick_found} " "
                <span class="section-title-note">{(words.count)(found.len())}</span>
            </h2>
            <div class="block">
                {found
                    .into_iter()
                    .map(|Place { name, note, href }| {
                        view! {
                            <a class="place-found" href=href>
                                <span class="place-found-name">{name}</span>
                                <span class="place-item-note">{note}</span>
                            </a>
                        }
                    })
                    .collect_view()}
            </div>
        }
        .into_any()
    };
    view! {
        <BackBar href=back title=words.pick_title.to_owned() />
        <label class="field">
            <Icon name="search" />
            <input
                type="search"
                autocomplete="off"
                placeholder=words.pick_hint
                aria-label=words.pick_names
                on:input:target=move |event| typed.set(event.target().value())
            />
        </label>
        <div class="block">
            <button class="button button-main" on:click=move |_| page.locate()>
                <Icon name="locate" />
                {words.pick_here}
            </button>
        </div>
        {results}
        <Districts places=places />
    }
}

/// The list of stations is on its way.
#[component]
pub fn Loading() -> impl IntoView {
    let page = expect_context::<Page>();
    let words = page.words();
    view! {
        <BrandBar />
        <section class="station-hero" aria-live="polite">
            <Strip icon="refresh" title=words.loading note="" />
            <div class="station-hero-way">
                <Dial bearing_deg=0 label=String::new() is_hollow=true has_north=false />
                <h1 class="first-visit-title">
                    {words.locating_title[0]} <br /> {words.locating_title[1]}
                </h1>
            </div>
        </section>
        <p class="block quiet">{words.loading_note}</p>
    }
}

/// There is no list of stations.
#[component]
pub fn DataFailed() -> impl IntoView {
    let page = expect_context::<Page>();
    let words = page.words();
    view! {
        <BrandBar />
        <div class="notice" role="alert">
            <Icon name="offline" />
            <div class="notice-words">
                <h1 class="notice-title">{words.failed}</h1>
                <p class="quiet">{words.failed_note}</p>
            </div>
        </div>
        <div class="block">
            <button class="button button-main" on:click=move |_| page.load()>
                <Icon name="refresh" />
                {words.try_again}
            </button>
        </div>
        <PageFoot />
    }
}
