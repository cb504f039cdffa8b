//! The list: the nearest station, and the next ones.

use leptos::prelude::*;

use crate::components::data_age::DataAge;
use crate::components::fact_line::fact_line;
use crate::components::filter_chip::{ChipRow, FilterChip};
use crate::components::hero::hero;
use crate::components::icon::icon;
use crate::components::node::{Node, tag};
use crate::components::notice::{button, notices};
use crate::components::page_foot::PageFoot;
use crate::components::row_section::{RowSection, SectionTitle, StationList};
use crate::components::top_bar::place_bar;
use crate::components::{PageContext, use_page};
use crate::view_model::action::Action;
use crate::view_model::address::View;
use crate::view_model::filters::Chip;
use crate::view_model::icon::Icon;
use crate::view_model::nearby;

/// The rows that begin above the lower edge of a long phone. The style sheet lays out the
/// others when they come near the screen.
const FIRST_ROWS: usize = 2;

/// The top of the list, down to the hero.
#[must_use]
pub fn answer_nodes(page: &PageContext, nearby: &nearby::NearbyScreen) -> Vec<Node> {
    let mut nodes = vec![place_bar_of(page, nearby)];
    nodes.extend(notices(page, &nearby.notices));
    nodes.extend(active_filters(page, nearby));
    nodes.extend(nearby.hero.as_ref().map(|shown| hero(page, shown)));
    nodes
}

fn place_bar_of(page: &PageContext, nearby: &nearby::NearbyScreen) -> Node {
    place_bar(page, nearby.near.clone(), nearby.change_place.clone())
}

/// The filters that are on, above the answer that they lead to.
fn active_filters(page: &PageContext, nearby: &nearby::NearbyScreen) -> Option<Node> {
    let clear = nearby
        .clear
        .as_ref()
        .filter(|_| !nearby.active.is_empty())?;
    let words = page.words;
    let clear = button("chip")
        .on_tap(page, Action::Replace(clear.clone()))
        .child(icon(Icon::Close))
        .text(words.drop_filters);
    let active = tag("span", "filter-question").child(fact_line(&nearby.active));
    Some(
        tag("div", "filter-chips")
            .attr("role", "group")
            .attr("aria-label", words.filters_on)
            .child(clear)
            .child(active),
    )
}

/// The screen.
#[component]
pub fn NearbyScreen(
    /// What is shown.
    nearby: nearby::NearbyScreen,
) -> impl IntoView {
    let page = use_page();
    // As `answer_nodes`, but each in a slot of its own, so that a new notice does not replace the
    // hero under a finger.
    view! {
        {place_bar_of(&page, &nearby)}
        {notices(&page, &nearby.notices)}
        {active_filters(&page, &nearby)}
        {nearby.hero.as_ref().map(|shown| hero(&page, shown))}
        <DataAge age=Some(nearby.data_age)/>
        <AskTravel chips=nearby.travel/>
        <Filters chips=nearby.chips/>
        <Sections sections=nearby.sections/>
        <LeftOut show_all=nearby.leaves_shut_out.then_some(nearby.show_all)/>
        <Refresh is_live=nearby.is_live/>
        <InstallOffer is_offered=nearby.can_install/>
        <PageFoot/>
    }
}

/// How the rider travels, asked once.
#[component]
fn AskTravel(
    /// The ways to travel; empty where that is known.
    chips: Vec<Chip>,
) -> impl IntoView {
    let question = use_page().words.ask_travel;
    (!chips.is_empty()).then(|| {
        view! {
            <ChipRow label=question>
                <span class="filter-question">{question}</span>
                {chips_of(chips)}
            </ChipRow>
        }
    })
}

/// The filters that need no sheet.
#[component]
fn Filters(
    /// The filters.
    chips: Vec<Chip>,
) -> impl IntoView {
    let page = use_page();
    view! {
        <ChipRow label=page.words.filter_group>
            <a class="chip strong" href=page.link_to(View::Filter)>
                {icon(Icon::Filter)}
                {page.words.filter}
            </a>
            {chips_of(chips)}
        </ChipRow>
    }
}

fn chips_of(chips: Vec<Chip>) -> impl IntoView {
    let chips = chips.into_iter();
    chips
        .map(|chip| view! { <FilterChip chip=chip class="chip"/> })
        .collect_view()
}

/// The next stations.
#[component]
fn Sections(
    /// The sections, each with rows.
    sections: Vec<nearby::RowSection>,
) -> impl IntoView {
    let mut sections = sections.into_iter();
    let first = sections.next().map(|first| {
        let mut rows = first.rows;
        let later = rows.split_off(rows.len().min(FIRST_ROWS));
        let top = view! {
            <SectionTitle title=first.title.clone() note=first.note/>
            <StationList rows=rows/>
        };
        let rest = (!later.is_empty()).then(|| {
            view! { <StationList rows=later class="station-list station-list-rest" label=first.title/> }
        });
        (top, rest)
    });
    let (top, rest) = first.unzip();
    let others = sections.map(|section| view! { <RowSection section=section/> });
    view! {
        {top}
        <div class="list-rest">{rest.flatten()} {others.collect_view()}</div>
    }
}

/// That shut stations are not listed, and a link that lists them.
#[component]
fn LeftOut(
    /// The link; none where nothing is left out.
    show_all: Option<String>,
) -> impl IntoView {
    let words = use_page().words;
    show_all.map(|href| {
        view! {
            <p class="block quiet">
                {words.shut_not_listed} " " <a class="text-button" href=href>{words.show_all}</a>
            </p>
        }
    })
}

/// Asks the device anew. The list follows the device by itself; the button is for riders who
/// doubt it.
#[component]
fn Refresh(
    /// Whether the list is around the position of the device.
    is_live: bool,
) -> impl IntoView {
    let page = use_page();
    is_live.then(|| {
        view! {
            <div class="block">
                <button type="button" class="button" on:click=page.on_tap(Action::Locate)>
                    {icon(Icon::Refresh)}
                    {page.words.refresh}
                </button>
            </div>
        }
    })
}

/// A quiet offer below everything else, made once.
#[component]
fn InstallOffer(
    /// Whether the browser offers to put the page on the home screen.
    is_offered: bool,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    is_offered.then(|| {
        view! {
            <div class="block">
                <p class="quiet">{words.install_note}</p>
                <div class="button-row">
                    <button type="button" class="button" on:click=page.on_tap(Action::Install)>
                        {words.install}
                    </button>
                    <button type="button" class="button" on:click=page.on_tap(Action::NotNow)>
                        {words.not_now}
                    </button>
                </div>
            </div>
        }
    })
}
