//! Facts in a line, separated by dots.

use super::node::{Node, element, tag};

/// The style sheet adds the dots, so that a line never begins or ends with one.
#[must_use]
pub fn fact_line(facts: &[String]) -> Node {
    let facts = facts.iter().map(|fact| element("span").text(fact.clone()));
    tag("span", "fact-line").children(facts)
}
