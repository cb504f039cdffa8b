//! The plate: one station, read like a road sign.

use leptos::prelude::*;

use super::app::Page;
use super::frame::{FactLine, Icon};
use crate::view_model::screen::{Amenity, BigNumber, Go, Hero};
use crate::view_model::sentences::StateWords;

/// The disc with the arrow. Up is north, and the tick says so, unless there is
/// no direction to tell.
#[component]
pub fn Dial(
    /// Degrees clockwise from north.
    bearing_deg: i32,
    /// The direction in words.
    label: String,
    /// Hollow: think first.
    is_hollow: bool,
    /// Whether the ring marks the north.
    has_north: bool,
) -> impl IntoView {
    let turn = format!("translate(66 69) rotate({bearing_deg}) scale(3.35) translate(-12 -11.6)");
    view! {
        <svg
            class="dial"
            class:dial-hollow=is_hollow
            viewBox="0 0 132 132"
            role="img"
            aria-label=label.clone()
            aria-hidden=label.is_empty().then_some("true")
        >
            <circle class="dial-ring" cx="66" cy="69" r="60" />
            {has_north.then(|| view! { <path class="dial-ahead" d="M66 0 76 14H56z" /> })}
            <circle class="dial-disc" cx="66" cy="69" r="53" />
            <g transform=turn>
                <path
                    class="dial-arrow"
                    vector-effect="non-scaling-stroke"
                    d="M12 2.2 21.6 12h-4.5v9.6h-2.9v-4.4a2.2 2.2 0 0 0-4.4 0v4.4H6.9V12H2.4z"
                />
            </g>
        </svg>
    }
}

/// The sign of a state.
pub fn state_icon(state: &str) -> &'static str {
    match state {
        "open" => "state-open",
        "closing_soon" => "state-soon",
        "closed" => "state-closed",
        _ => "state-unknown",
    }
}

/// The state in words, filled only as far as we know that the door opens.
#[component]
pub fn StateStrip(
    /// The words.
    state: StateWords,
) -> impl IntoView {
    view! {
        <p class="state-strip" data-tone=state.state>
            <Icon name=state_icon(state.state) />
            <span class="state-strip-words">
                <span>{state.title}</span>
                <span class="state-strip-until">{state.until}</span>
            </span>
        </p>
    }
}

/// What a station offers, as signs with words.
#[component]
pub fn AmenityRow(
    /// The things.
    amenities: Vec<Amenity>,
) -> impl IntoView {
    let page = expect_context::<Page>();
    (!amenities.is_empty()).then(|| {
        view! {
            <ul class="amenity-row" aria-label=page.words().has>
                {amenities
                    .into_iter()
                    .map(|thing| {
                        view! {
                            <li class="amenity" class:amenity-missing=!thing.is_known>
                                <Icon name=thing.icon />
                                {thing.label}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        }
    })
}

/// The foot of the plate: the way there, and the telephone where that is wiser.
#[component]
pub fn GoFoot(
    /// The button.
    go: Go,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let ring = page.words().ring_first;
    view! {
        <div class="go-foot" class:go-foot-hollow=go.is_hollow>
            {go
                .call
                .map(|href| {
                    view! {
                        <a class="go-button" href=href>
                            <Icon name="phone" />
                            <span>{ring}</span>
                        </a>
                    }
                })}
            {go
                .href
                .map(|href| {
                    view! {
                        <a
                            class="go-button"
                            class:go-button-hollow=go.is_hollow
                            href=href
                            target="_blank"
                            rel="noopener noreferrer"
                        >
                            <Icon name="arrow" />
                            <span>{go.label}</span>
                        </a>
                    }
                })}
        </div>
    }
}

/// The answer: which way, how long, may I, press here.
#[component]
pub fn StationHero(
    /// The station.
    hero: Hero,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let minutes_word = page.words().minutes;
    let is_hollow = hero.go.is_hollow;
    let big = match hero.big {
        BigNumber::Minutes(minutes) => view! {
            <span class="station-hero-number">{minutes}</span>
            <span class="station-hero-unit">{minutes_word}</span>
        }
        .into_any(),
        BigNumber::Opens(time) => view! { <span class="station-hero-time">{time}</span> }.into_any(),
    };
    view! {
        <article
            class="station-hero"
            data-hero=""
            data-station=hero.data.id
            data-state=hero.data.state
            data-distance-m=hero.data.distance_m
            data-minutes=hero.data.minutes.map(|minutes| minutes.to_string())
        >
            <StateStrip state=hero.state />
            <a class="station-hero-way" href=hero.href.clone()>
                <Dial
                    bearing_deg=hero.bearing_deg
                    label=hero.direction
                    is_hollow=is_hollow
                    has_north=true
                />
                <div class="station-hero-cost">
                    <p class="station-hero-minutes">{big}</p>
                    <p class="station-hero-distance">
                        <FactLine facts=hero.way />
                    </p>
                </div>
            </a>
            <div class="station-hero-title">
                <h1 class="station-hero-name">{hero.name}</h1>
                <p class="station-hero-where">
                    <FactLine facts=hero.place />
                </p>
            </div>
            <div class="door-line">
                <Icon name=hero.door.0 class="icon-large" />
                <p class="door-line-words">
                    <span class="strong">{hero.door.1}</span>
                    " "
                    <span class="quiet nowrap">{hero.audience}</span>
                </p>
            </div>
            <AmenityRow amenities=hero.amenities />
            <GoFoot go=hero.go />
        </article>
    }
}
