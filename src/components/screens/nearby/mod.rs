//! The list: the nearest station, and the next ones.

mod ask_travel;
mod filters;
mod install_offer;
mod left_out;
mod refresh;
mod sections;

use leptos::prelude::*;

use self::ask_travel::AskTravel;
use self::filters::Filters;
use self::install_offer::InstallOffer;
use self::left_out::LeftOut;
use self::refresh::Refresh;
use self::sections::Sections;

use crate::components::data_age::DataAge;
use crate::components::fact_line::fact_line;
use crate::components::hero::hero;
use crate::components::icon::icon;
use crate::components::node::{Node, tag};
use crate::components::notice::{button, notices};
use crate::components::page_foot::PageFoot;
use crate::components::top_bar::place_bar;
use crate::components::{PageContext, use_page};
use crate::view_model::action::Action;
use crate::view_model::icon::Icon;
use crate::view_model::nearby;

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
