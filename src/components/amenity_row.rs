//! What a station offers, as icons with a word.

use super::PageContext;
use super::icon::icon;
use super::node::{Node, tag};
use crate::view_model::amenity::Amenity;

/// The row; none without amenities.
#[must_use]
pub fn amenity_row(page: &PageContext, amenities: &[Amenity]) -> Option<Node> {
    if amenities.is_empty() {
        return None;
    }
    let items = amenities.iter().map(|amenity| {
        let class = if amenity.is_known {
            "amenity"
        } else {
            "amenity amenity-missing"
        };
        let item = tag("li", class).child(icon(amenity.icon));
        item.text(amenity.label.clone())
    });
    Some(
        tag("ul", "amenity-row")
            .attr("aria-label", page.words.has)
            .children(items),
    )
}
