//! A station in a list.

use leptos::prelude::*;

use super::fact_line::fact_line;
use super::icon::icon_markup;
use super::node::{Node, svg};
use super::state_mark::StateMark;
use super::use_page;
use crate::view_model::icon::Icon;
use crate::view_model::station_row::{StationData, StationRow};

/// A row of the list: minutes, state, facts, and the arrow.
#[component]
pub fn StationRow(
    /// What the row shows.
    row: StationRow,
) -> impl IntoView {
    let words = use_page().words;
    let lead = row.data.minutes.map(|minutes| {
        let class = if minutes > 99 {
            "station-row-minutes station-row-minutes-far"
        } else {
            "station-row-minutes"
        };
        view! {
            <span class=class>
                <span class="station-row-number">{minutes}</span>
                <span class="station-row-unit">{words.minutes}</span>
            </span>
        }
    });
    view! { <RowWithLead row=row lead=lead.into_any() number=None/> }
}

/// A row that begins with something other than the minutes.
#[component]
pub fn RowWithLead(
    /// What the row shows.
    row: StationRow,
    /// What stands before the name.
    lead: AnyView,
    /// The number of the row, for screen readers.
    number: Option<usize>,
) -> impl IntoView {
    let StationRow {
        data,
        name,
        state,
        facts,
        bearing_deg,
        href,
    } = row;
    let StationData {
        id,
        state: tone,
        distance_m,
        minutes,
    } = data;
    // A screen reader reads the name first; the style sheet shows the minutes first.
    view! {
        <li>
            <a
                class="station-row"
                data-station=id
                data-state=tone.key()
                data-distance-m=distance_m
                data-minutes=minutes.map(|minutes| minutes.to_string())
                href=href
            >
                <div class="station-row-body">
                    <h3 class="station-row-name">
                        {name}
                        {number.map(|number| view! { <span class="unseen">" " {number}</span> })}
                    </h3>
                    <StateMark tone=tone words=state/>
                    <p class="station-row-facts">{fact_line(&facts)}</p>
                </div>
                {lead}
                {bearing_deg.map(arrow)}
            </a>
        </li>
    }
    .into_any()
}

fn arrow(bearing_deg: i32) -> Node {
    let turned = svg("g")
        .attr("transform", format!("rotate({bearing_deg} 12 12)"))
        .markup(icon_markup(Icon::Arrow));
    svg("svg")
        .class("station-row-arrow")
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .child(turned)
}
