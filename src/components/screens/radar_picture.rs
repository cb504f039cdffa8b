//! The picture of the stations around. The list below it says the same, so the picture is
//! hidden from screen readers; a finger can still tap a station in it.

use crate::components::node::{Node, svg};
use crate::view_model::language::Words;
use crate::view_model::radar::{MIDDLE, Mark, RINGS, Radar};
use crate::view_model::station_state::StationState;

/// The picture, in its own units: 348 wide and high.
#[must_use]
pub fn radar_picture(words: &Words, radar: &Radar) -> Node {
    let class = if radar.is_far {
        "radar radar-far"
    } else {
        "radar"
    };
    let turned = |parts: Vec<Node>| svg("g").class("radar-turn").children(parts);
    svg("svg")
        .class(class)
        .attr("viewBox", "0 0 348 348")
        .attr("aria-hidden", "true")
        // Water below the rings, names and stations above them.
        .child(turned(water(radar)))
        .children(rings(radar))
        .child(turned(names_and_stations(words, radar)))
        .child(shape("radar-me", "M174 152l17 38-17-9-17 9z".to_owned()))
}

/// A disc with the number of a station, for its row.
#[must_use]
pub fn number_mark(mark: &Mark) -> Node {
    let disc = svg("g")
        .class("radar-station")
        .attr("transform", "translate(19 19)")
        .children(numbered(mark, "17"));
    svg("svg")
        .class("number-mark")
        .attr("viewBox", "0 0 38 38")
        .attr("aria-hidden", "true")
        .child(disc)
}

fn water(radar: &Radar) -> Vec<Node> {
    let mut parts = Vec::new();
    for (points, _) in &radar.rivers {
        let line = path(points);
        parts.push(shape("radar-bank", line.clone()));
        parts.push(shape("radar-river", line));
    }
    for (x, y) in &radar.crossings {
        let dot = svg("circle").class("radar-crossing").attr("r", "6");
        let at = format!("translate({x} {y})");
        parts.push(svg("g").attr("transform", at).child(dot));
    }
    parts
}

fn rings(radar: &Radar) -> Vec<Node> {
    let mut parts = Vec::new();
    for (radius, label) in RINGS.iter().zip(&radar.rings) {
        let ring = svg("circle")
            .class("radar-ring")
            .attr("cx", MIDDLE.to_string())
            .attr("cy", MIDDLE.to_string())
            .attr("r", radius.to_string());
        parts.push(ring);
        parts.push(text(
            "radar-ring-text",
            (MIDDLE, MIDDLE + radius + 5),
            label,
        ));
    }
    parts
}

fn names_and_stations(words: &Words, radar: &Radar) -> Vec<Node> {
    let mut parts = Vec::new();
    for (points, name) in &radar.rivers {
        if let Some(at) = name_place(points) {
            parts.push(text("radar-river-name", at, name));
        }
    }
    parts.push(text("radar-north", (MIDDLE, 28), words.north));
    // The nearest station on top.
    parts.extend(radar.marks.iter().rev().map(station));
    parts
}

fn station(mark: &Mark) -> Node {
    let finger = svg("circle").class("radar-finger").attr("r", "25");
    let disc = svg("g")
        .class("radar-upright")
        .children(numbered(mark, "19"));
    let (x, y) = mark.at;
    let station = svg("g")
        .class("radar-station")
        .attr("transform", format!("translate({x} {y})"))
        .child(finger)
        .child(disc);
    svg("a")
        .attr("href", mark.row.href.clone())
        .attr("tabindex", "-1")
        .child(station)
}

/// A disc with a number, in the colour of the state.
fn numbered(mark: &Mark, radius: &'static str) -> [Node; 2] {
    let tone = match mark.row.data.state {
        StationState::Open => "radar-open",
        StationState::ClosingSoon => "radar-soon",
        StationState::Closed => "radar-closed",
        StationState::Unknown => "radar-unknown",
    };
    let disc = svg("circle").class(tone).attr("r", radius);
    let number = svg("text").attr("y", "7").text(mark.number.to_string());
    [disc, number]
}

/// Where a river's name is written: on the river, near the middle ring, in the picture.
fn name_place(points: &[(i32, i32)]) -> Option<(i32, i32)> {
    let from_ring = |(x, y): &(i32, i32)| {
        let (x, y) = (x - MIDDLE, y - MIDDLE);
        (x * x + y * y - RINGS[1] * RINGS[1]).abs()
    };
    points.iter().min_by_key(|point| from_ring(point)).copied()
}

fn path(points: &[(i32, i32)]) -> String {
    let mut path = String::new();
    for (x, y) in points {
        path.push(if path.is_empty() { 'M' } else { 'L' });
        path.push_str(&x.to_string());
        path.push(' ');
        path.push_str(&y.to_string());
    }
    path
}

fn shape(class: &'static str, path: String) -> Node {
    svg("path").class(class).attr("d", path)
}

fn text(class: &'static str, (x, y): (i32, i32), words: &str) -> Node {
    svg("text")
        .class(class)
        .attr("x", x.to_string())
        .attr("y", y.to_string())
        .attr("text-anchor", "middle")
        .text(words.to_owned())
}
