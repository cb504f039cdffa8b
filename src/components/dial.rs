//! The disc with the arrow to the station.

use super::node::{Node, svg};

const ARROW: &str = "M12 2.2 21.6 12h-4.5v9.6h-2.9v-4.4a2.2 2.2 0 0 0-4.4 0v4.4H6.9V12H2.4z";

/// The dial; hollow where the station may be shut.
///
/// Up is north, marked by a tick, unless there is no direction to show. The words beside the
/// dial give the direction too, so it is hidden from screen readers.
#[must_use]
pub fn dial(bearing_deg: i32, is_hollow: bool, has_north: bool) -> Node {
    let arrow = svg("path")
        .class("dial-arrow")
        .attr("vector-effect", "non-scaling-stroke")
        .attr("d", ARROW);
    let turn = format!("translate(66 69) rotate({bearing_deg}) scale(3.35) translate(-12 -11.6)");
    let arrow = svg("g").attr("transform", turn).child(arrow);
    let turned = if has_north {
        // The style sheet turns this group against the device's heading.
        let tick = svg("path").class("dial-ahead").attr("d", "M66 0 76 14H56z");
        svg("g").class("dial-turn").child(tick)
    } else {
        svg("g")
    };
    svg("svg")
        .class(if is_hollow {
            "dial dial-hollow"
        } else {
            "dial"
        })
        .attr("viewBox", "0 0 132 132")
        .attr("aria-hidden", "true")
        .child(circle("dial-ring", "60"))
        .child(circle("dial-disc", "53"))
        .child(turned.child(arrow))
}

fn circle(class: &'static str, radius: &'static str) -> Node {
    svg("circle")
        .class(class)
        .attr("cx", "66")
        .attr("cy", "69")
        .attr("r", radius)
}
