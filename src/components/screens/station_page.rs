//! All that is known of one station.

use leptos::prelude::*;

use super::report_form::ReportForm;
use super::station_maps::StationMaps;
use crate::components::amenity_row::amenity_row;
use crate::components::data_age::DataAge;
use crate::components::fact_line::fact_line;
use crate::components::facts;
use crate::components::go_buttons::go_buttons;
use crate::components::icon::icon;
use crate::components::node::{Node, svg};
use crate::components::notice::notices;
use crate::components::state_strip::state_strip;
use crate::components::top_bar::back_bar;
use crate::components::use_page;
use crate::view_model::action::Action;
use crate::view_model::address::View;
use crate::view_model::icon::Icon;
use crate::view_model::station_page::{Fact, StationPage};
use crate::view_model::week::DayHours;

/// The screen.
#[component]
pub fn StationScreen(
    /// What is shown.
    station: StationPage,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let hours = (!station.hours.is_empty()).then(|| {
        let hours = format!("{} {}", words.hours_fact, station.hours);
        view! { <p class="quiet">{hours}</p> }
    });
    let data = station.data;
    view! {
        {back_bar(&page, station.back)}
        {notices(&page, &[])}
        <article
            class="station-page"
            data-station=data.id
            data-state=data.state.key()
            data-distance-m=data.distance_m
            data-minutes=data.minutes.map(|minutes| minutes.to_string())
        >
            <div class="block">
                <h1 class="station-page-name">{station.name.clone()}</h1>
                <p class="quiet">{fact_line(&station.place)}</p>
            </div>
            <div class="station-hero">
                {state_strip(&station.state)}
                <div class="station-hero-title">
                    <p class="strong">{fact_line(&station.way)}</p>
                    {hours}
                    {station.today.as_ref().map(day_ribbon)}
                </div>
                {amenity_row(&page, &station.amenities)}
                {go_buttons(&page, &station.go)}
            </div>
            <StationMaps maps=station.maps/>
        </article>
        <PassOn name=station.name spoken=station.spoken address=station.address/>
        <HowIn facts=station.facts absent=station.absent/>
        <Week days=station.week/>
        <BenefitsHere titles=station.benefits/>
        <ReportForm reported=station.reported text=station.report_text/>
        <FromHere href=station.from_here/>
        <ul class="block provenance">
            {station.provenance.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}
        </ul>
        <DataAge age=Some(station.data_age)/>
    }
}

/// Share, read aloud, copy the address.
#[component]
fn PassOn(
    /// The name of the station.
    name: String,
    /// What is read aloud.
    spoken: String,
    /// The address with the name.
    address: String,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let copy = page.on_tap(Action::Copy(address.clone()));
    view! {
        <div class="block">
            <div class="button-row">
                <button type="button" class="button" on:click=page.on_tap(Action::Share(name))>
                    {icon(Icon::Share)}
                    {words.share}
                </button>
                <button type="button" class="button" on:click=page.on_tap(Action::ReadAloud(spoken))>
                    {icon(Icon::Speaker)}
                    {words.speak}
                </button>
            </div>
            <button type="button" class="button" on:click=copy>
                {icon(Icon::Copy)}
                {words.copy_address}
            </button>
            <p role="status" data-copied=""></p>
            <p class="selectable quiet">{address}</p>
        </div>
    }
}

#[component]
fn HowIn(
    /// What is known.
    facts: Vec<Fact>,
    /// The names of amenities that are known to be absent.
    absent: Vec<String>,
) -> impl IntoView {
    let words = use_page().words;
    let facts = facts
        .into_iter()
        .map(|fact| view! { <facts::Fact fact=fact/> });
    let absent = (!absent.is_empty()).then(|| {
        let absent = (words.absent)(&absent.join(words.between_things));
        view! { <p class="block quiet">{absent}</p> }
    });
    view! {
        <h2 class="section-title">{words.how_in}</h2>
        <ul class="facts block">{facts.collect_view()}</ul>
        {absent}
    }
}

/// The opening hours of the next seven days.
#[component]
fn Week(
    /// The days; empty where the hours are not known.
    days: Vec<DayHours>,
) -> impl IntoView {
    if days.is_empty() {
        return None;
    }
    let words = use_page().words;
    let days = days.into_iter().map(|day| {
        let name = if day.is_today {
            format!("{} · {}", day.name, words.today)
        } else {
            day.name
        };
        view! {
            <li class="fact" aria-current=day.is_today.then_some("date")>
                <span>{name}</span>
                <span class="fact-answer">{day.hours}</span>
            </li>
        }
    });
    Some(view! {
        <h2 class="section-title">{words.week}</h2>
        <ul class="facts block">{days.collect_view()}</ul>
    })
}

#[component]
fn BenefitsHere(
    /// What takes place at the station; empty for nothing.
    titles: Vec<String>,
) -> impl IntoView {
    if titles.is_empty() {
        return None;
    }
    let page = use_page();
    let titles = titles.into_iter().map(|title| view! { <li>{title}</li> });
    Some(view! {
        <h2 class="section-title">{page.words.benefits_here}</h2>
        <ul class="block">{titles.collect_view()}</ul>
        <p class="block">
            <a class="text-button" href=page.link_to(View::Benefits)>{page.words.more}</a>
        </p>
    })
}

/// A link to the list around the station.
#[component]
fn FromHere(
    /// The link; none where the position is not known.
    href: Option<String>,
) -> impl IntoView {
    let words = use_page().words;
    href.map(|href| {
        view! {
            <div class="block">
                <a class="button" href=href>
                    {icon(Icon::Location)}
                    {words.from_here}
                </a>
            </div>
        }
    })
}

/// Today's hours as a bar, with a mark for the present minute. The words beside it say the
/// same.
fn day_ribbon((spans, now): &(Vec<(u16, u16)>, u16)) -> Node {
    let across = |minute: u16| 4 + u32::from(minute) * 320 / 1440;
    let rect = |class: &'static str, x: u32, width: u32, y: &'static str, height: &'static str| {
        svg("rect")
            .class(class)
            .attr("x", x.to_string())
            .attr("y", y)
            .attr("width", width.to_string())
            .attr("height", height)
            .attr("rx", "4")
    };
    let open = spans.iter().map(|(from, to)| {
        let (x, end) = (across(*from), across(*to));
        rect("day-ribbon-open", x, end - x, "11", "20")
    });
    let pointer = svg("path")
        .class("day-ribbon-now")
        .attr("d", format!("M{} 35l-9-28h18z", across(*now)));
    svg("svg")
        .class("day-ribbon")
        .attr("viewBox", "0 0 328 40")
        .attr("aria-hidden", "true")
        .child(rect("day-ribbon-track", 4, 320, "13", "16"))
        .children(open)
        .child(pointer)
}
