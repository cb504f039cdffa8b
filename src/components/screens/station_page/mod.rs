//! All that is known of one station.

mod benefits_here;
mod day_ribbon;
mod from_here;
mod how_in;
mod pass_on;
mod week;

use leptos::prelude::*;

use self::benefits_here::BenefitsHere;
use self::day_ribbon::DayRibbon;
use self::from_here::FromHere;
use self::how_in::HowIn;
use self::pass_on::PassOn;
use self::week::Week;

use super::report_form::ReportForm;
use super::station_maps::StationMaps;
use crate::components::amenity_row::amenity_row;
use crate::components::data_age::DataAge;
use crate::components::fact_line::fact_line;
use crate::components::go_buttons::go_buttons;
use crate::components::notice::notices;
use crate::components::state_strip::state_strip;
use crate::components::top_bar::back_bar;
use crate::components::use_page;
use crate::view_model::station_page::StationPage;

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
                    {station.today.map(|(spans, now)| view! { <DayRibbon spans=spans now=now/> })}
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
