//! Where the stations lie around the rider.

use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

use super::radar_picture::{number_mark, radar_picture};
use crate::components::notice::notices;
use crate::components::page_foot::AgedFoot;
use crate::components::state_mark::StateMark;
use crate::components::station_row::RowWithLead;
use crate::components::top_bar::place_bar;
use crate::components::use_page;
use crate::view_model::radar::{Mark, Radar, minutes_fact};
use crate::view_model::station_state::StationState;

/// The screen.
#[component]
pub fn RadarScreen(
    /// What is shown.
    radar: Radar,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let picture = radar_picture(words, &radar);
    view! {
        {place_bar(&page, radar.near, radar.change_place)}
        {notices(&page, &radar.notices)}
        <figure class="block">
            {picture}
            <figcaption class="unseen">{radar.label}</figcaption>
        </figure>
        <Key/>
        <h1 class="section-title">{words.radar_title}</h1>
        <ul class="station-list">
            {keyed(radar.marks, |mark| (mark.number, mark.row.clone()), mark_view)}
        </ul>
        <AgedFoot age=radar.data_age/>
    }
}

/// What the colours of the picture mean.
#[component]
fn Key() -> impl IntoView {
    let words = use_page().words;
    let states = [
        (StationState::Open, words.state_open),
        (StationState::ClosingSoon, words.state_soon),
        (StationState::Closed, words.state_closed),
        (StationState::Unknown, words.state_unknown),
    ];
    let marks = states.map(|(state, word)| view! { <StateMark tone=state words=word/> });
    view! {
        <div class="radar-key" role="group" aria-label=words.filter_open>
            {marks}
        </div>
    }
}

#[component]
fn NumberedRow(
    /// The station and its number.
    mark: Mark,
) -> impl IntoView {
    let lead = number_mark(&mark).into_any();
    let minutes = minutes_fact(&mark, use_page().words.minutes);
    let mut row = mark.row;
    row.facts.splice(0..0, minutes);
    view! { <RowWithLead row=row lead=lead number=Some(mark.number)/> }
}

fn mark_view(_: usize, mark: Mark) -> (fn(usize), AnyView) {
    (|_| {}, view! { <NumberedRow mark=mark/> }.into_any())
}
