//! The hero: the one station to go to.

use super::PageContext;
use super::amenity_row::amenity_row;
use super::dial::dial;
use super::fact_line::fact_line;
use super::go_buttons::go_buttons;
use super::icon::{icon, icon_of_class};
use super::node::{Node, element, tag};
use super::notice::button;
use super::state_strip::state_strip;

use crate::view_model::action::Action;
use crate::view_model::hero::{BigNumber, Hero, Nearer};
use crate::view_model::icon::Icon;
use crate::view_model::station_row::StationData;

/// The hero. A screen reader reads the name first; the style sheet shows the state above it.
#[must_use]
pub fn hero(page: &PageContext, hero: &Hero) -> Node {
    let article = tag("article", "station-hero station-hero-answer");
    with_station_data(article, &hero.data)
        .attr("data-hero", "")
        .child(title(hero))
        .child(state_strip(&hero.state))
        .child(way(page, hero))
        .children(hero.nearer.as_ref().map(nearer))
        .child(door_line(page, hero))
        .children(amenity_row(page, &hero.amenities))
        .children(go_buttons(page, &hero.go))
}

fn title(hero: &Hero) -> Node {
    let caveats = hero
        .caveats
        .iter()
        .map(|caveat| tag("p", "strong").text(caveat.clone()));
    tag("div", "station-hero-title")
        .child(tag("h1", "station-hero-name").text(hero.name.clone()))
        .child(tag("p", "station-hero-where").child(fact_line(&hero.place)))
        .children(caveats)
}

fn way(page: &PageContext, hero: &Hero) -> Node {
    let cost = tag("div", "station-hero-cost")
        .child(tag("p", "station-hero-minutes").children(big_number(page, &hero.big)))
        .child(tag("p", "station-hero-distance").child(fact_line(&hero.way)));
    tag("a", "station-hero-way")
        .attr("href", hero.href.clone())
        .child(dial(hero.bearing_deg, hero.go.is_hollow, true))
        .child(cost)
}

fn big_number(page: &PageContext, big: &BigNumber) -> Vec<Node> {
    let minutes = || tag("span", "station-hero-unit").text(page.words.minutes);
    match big {
        BigNumber::Minutes(number) => {
            let number = tag("span", "station-hero-number").text(number.to_string());
            vec![number, minutes()]
        }
        BigNumber::Between(least, most) => {
            let range = tag("span", "station-hero-number station-hero-range");
            vec![range.text(format!("{least}–{most}")), minutes()]
        }
        BigNumber::Opens(time) => {
            let class = if time.contains(' ') {
                "station-hero-time station-hero-day"
            } else {
                "station-hero-time"
            };
            vec![tag("span", class).text(time.clone())]
        }
    }
}

/// A much nearer station of unknown hours.
fn nearer(nearer: &Nearer) -> Node {
    with_station_data(tag("a", "nearer"), &nearer.data)
        .attr("href", nearer.href.clone())
        .child(icon(Icon::StateUnknown))
        .child(element("span").text(nearer.words.clone()))
        .child(icon(Icon::Forward))
}

/// How to get in, for whom, and a button that reads the answer aloud.
fn door_line(page: &PageContext, hero: &Hero) -> Node {
    let (symbol, door) = &hero.door;
    let words = tag("p", "door-line-words")
        .child(tag("span", "strong").text(door.clone()))
        .text(" ")
        .child(tag("span", "quiet nowrap").text(hero.audience.clone()));
    let speak = button("speak-button")
        .attr("aria-label", page.words.speak)
        .on_tap(page, Action::ReadAloud(hero.spoken.clone()))
        .child(icon(Icon::Speaker))
        .child(element("span").text(page.words.speak_short));
    tag("div", "door-line")
        .child(icon_of_class("icon icon-large", *symbol))
        .child(words)
        .child(speak)
}

/// Adds the attributes that tests and embedding pages read.
fn with_station_data(node: Node, data: &StationData) -> Node {
    node.attr("data-station", data.id.clone())
        .attr("data-state", data.state.key())
        .maybe("data-distance-m", data.distance_m.clone())
        .maybe(
            "data-minutes",
            data.minutes.map(|minutes| minutes.to_string()),
        )
}
