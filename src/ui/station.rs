//! All that is known of one station.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::{Page, link_to};
use super::frame::{BackBar, DataAge, FactLine, Icon};
use super::hero::{AmenityRow, GoFoot, StateStrip};
use crate::browser;
use crate::view_model::address::View;
use crate::view_model::screen::{Fact, StationPage};

/// One line: sign, what it is about, the answer.
#[component]
fn FactRow(
    /// The fact.
    fact: Fact,
) -> impl IntoView {
    view! {
        <li class="fact" data-has=fact.has>
            <Icon name=fact.icon />
            <span>{fact.label}</span>
            <span class="fact-answer">{fact.answer}</span>
        </li>
    }
}

/// Copies the address, and says whether that worked.
#[component]
fn CopyAddress(
    /// What is copied.
    address: String,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let said = RwSignal::new(None::<bool>);
    let shown = address.clone();
    let copy = move |_| {
        let address = address.clone();
        spawn_local(async move { said.set(Some(browser::clipboard::copy(&address).await)) });
    };
    view! {
        <div class="block">
            <button class="button" on:click=copy>
                <Icon name="copy" />
                {move || page.words().copy_address}
            </button>
            <p role="status">
                {move || match said.get() {
                    None => "",
                    Some(true) => page.words().copied,
                    Some(false) => page.words().not_copied,
                }}
            </p>
            <p class="selectable quiet">{shown}</p>
        </div>
    }
}

/// A station's page.
#[component]
pub fn StationView(
    /// The station.
    station: StationPage,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let words = page.words();
    let hours = station.hours;
    view! {
        <BackBar href=station.back title=words.back.to_owned() />
        <article
            data-station=station.data.id
            data-state=station.data.state
            data-distance-m=station.data.distance_m
            data-minutes=station.data.minutes.map(|minutes| minutes.to_string())
        >
            <div class="block">
                <h1 class="station-page-name">{station.name}</h1>
                <p class="quiet">
                    <FactLine facts=station.place />
                </p>
            </div>
            <div class="station-hero">
                <StateStrip state=station.state />
                <div class="station-hero-title">
                    <p class="strong">
                        <FactLine facts=station.way />
                    </p>
                    {(!hours.is_empty())
                        .then(|| {
                            view! {
                                <p class="quiet">{words.hours_fact} " " {hours}</p>
                            }
                        })}
                </div>
                <AmenityRow amenities=station.amenities />
                <GoFoot go=station.go />
            </div>
            <p class="block quiet">{words.opens_other_app}</p>
            <CopyAddress address=station.address />
            <h2 class="section-title">{words.how_in}</h2>
            <ul class="facts block">
                {station.facts.into_iter().map(|fact| view! { <FactRow fact=fact /> }).collect_view()}
            </ul>
            {(!station.absent.is_empty())
                .then(|| {
                    let absent = station.absent.join("、");
                    view! { <p class="block quiet">{format!("✗ {absent}")}</p> }
                })}
            {station
                .from_here
                .map(|href| {
                    view! {
                        <div class="block">
                            <a class="button" href=href>
                                <Icon name="location" />
                                {words.from_here}
                            </a>
                        </div>
                    }
                })}
            <ul class="block provenance">
                {station.provenance.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
            </ul>
        </article>
        <DataAge age=station.data_age />
    }
}

/// A station that is not in the list.
#[component]
pub fn StationGone() -> impl IntoView {
    let page = expect_context::<Page>();
    let words = page.words();
    let back = page.address.read_untracked().of_list().to_fragment();
    view! {
        <BackBar href=back title=words.back.to_owned() />
        <div class="notice" role="status">
            <Icon name="info" />
            <div class="notice-words">
                <h1 class="notice-title">{words.station_gone}</h1>
                <p class="quiet">{words.station_gone_note}</p>
            </div>
        </div>
        <div class="block">
            <a class="button button-main" href=link_to(page, Some(View::Pick))>
                {words.choose_place}
            </a>
        </div>
    }
}
