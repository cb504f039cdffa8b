//! The icons: shapes in a square of 24 by 24, drawn with round lines of the text's colour
//! (`.icon` in `yizhan.css`) and filled where a shape says so.
//!
//! Each is drawn where it is shown. As symbols of `index.html`, all of them had to be parsed
//! before the first paint: 45 ms on a phone four times slower.

use super::node::{Node, svg};
use crate::view_model::icon::Icon;

/// An icon of the text's size.
#[must_use]
pub fn icon(icon: Icon) -> Node {
    icon_of_class("icon", icon)
}

/// An icon of a class. Words beside it say the same, so screen readers skip it.
#[must_use]
pub fn icon_of_class(class: &'static str, icon: Icon) -> Node {
    svg("svg")
        .class(class)
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .markup(icon_markup(icon))
}

/// The shapes of an icon.
#[must_use]
#[rustfmt::skip]
pub(super) fn icon_markup(icon: Icon) -> &'static str {
    match icon {
        Icon::StateOpen => r#"<path fill="currentColor" stroke="none" fill-rule="evenodd" d="M12 1.8a10.2 10.2 0 1 0 0 20.4 10.2 10.2 0 0 0 0-20.4zM10.6 17.3 5.7 12.4l2.1-2.1 2.8 2.8 5.6-5.6 2.1 2.1z"/>"#,
        Icon::StateSoon => r#"<circle cx="12" cy="12" r="9" stroke-width="2.4"/><path fill="currentColor" stroke="none" d="M12 12V5.4a6.6 6.6 0 0 1 5.72 9.9z"/>"#,
        Icon::StateClosed => r#"<circle cx="12" cy="12" r="9" stroke-width="2.4"/><path stroke-width="3" d="M7.6 12h8.8"/>"#,
        Icon::StateUnknown => r#"<circle cx="12" cy="12" r="9.4" stroke-dasharray="3.3 2.6"/><path stroke-width="2.2" d="M9.4 9.7a2.7 2.7 0 1 1 4.1 2.3c-1 .6-1.5 1.1-1.5 2.1M12 17.2v.01"/>"#,
        Icon::Arrow => r#"<path fill="currentColor" stroke-width="1.4" d="M12 2.2 21.6 12h-4.5v9.6h-2.9v-4.4a2.2 2.2 0 0 0-4.4 0v4.4H6.9V12H2.4z"/>"#,
        Icon::Navigate => r#"<path d="M12 2.8 21 12h-4v9h-3v-4.2a2 2 0 0 0-4 0V21H7v-9H3z"/>"#,
        Icon::Cooling => r#"<rect x="2.8" y="4" width="18.4" height="8" rx="2"/><path d="M6.5 8.5h7M17.5 8.5v.01M7.5 15.5v1.8A2.2 2.2 0 0 1 5.3 19.5M12 15.5v5M16.5 15.5v1.8a2.2 2.2 0 0 0 2.2 2.2"/>"#,
        Icon::Fan => r#"<circle cx="12" cy="12" r="1.7"/><path d="M11 10.4C9.2 7.6 9.6 3.2 12.6 3.2c2.8 0 3.6 3.3.9 6.9"/><g transform="rotate(120 12 12)"><path d="M11 10.4C9.2 7.6 9.6 3.2 12.6 3.2c2.8 0 3.6 3.3.9 6.9"/></g><g transform="rotate(240 12 12)"><path d="M11 10.4C9.2 7.6 9.6 3.2 12.6 3.2c2.8 0 3.6 3.3.9 6.9"/></g>"#,
        Icon::Shade => r#"<path d="M4.6 4h14.8L21.5 9.6h-19zM2.5 9.6a3.17 3.17 0 0 0 6.33 0 3.17 3.17 0 0 0 6.34 0 3.17 3.17 0 0 0 6.33 0M5.5 13v8M18.5 13v8"/>"#,
        Icon::Heating => r#"<path d="M4.5 10v10.5M9.5 10v10.5M14.5 10v10.5M19.5 10v10.5M4.5 13h15M4.5 17.8h15M7.5 2.8c-1.2 1.3 1.2 2.4 0 3.7M12 2.8c-1.2 1.3 1.2 2.4 0 3.7M16.5 2.8c-1.2 1.3 1.2 2.4 0 3.7"/>"#,
        Icon::Breeze => r#"<path d="M2.5 9h11.3a2.9 2.9 0 1 0-2.9-2.9M2.5 13.2h16a2.8 2.8 0 1 1-2.8 2.8M2.5 17.4h7a2.1 2.1 0 1 1-2.1 2.1"/>"#,
        Icon::Flame => r#"<path d="M12 21.5a6.6 6.6 0 0 0 6.6-6.6c0-3.3-2-5-3.3-7.2-.9-1.6-1.4-3.3-1.2-5.2-3.2 1.4-4.9 4-5 7-.8-.5-1.2-1.2-1.4-2-1.4 1.5-2.3 4-2.3 7.4a6.6 6.6 0 0 0 6.6 6.6z"/>"#,
        Icon::Water => r#"<path d="M5.5 3.5h13l-1.4 15.2a2 2 0 0 1-2 1.8H8.9a2 2 0 0 1-2-1.8zM6.3 10.4c1.9-1.3 3.4 1.2 5.7 0s3.8 1.2 5.7 0"/>"#,
        Icon::HotWater => r#"<path d="M4.5 10h12v6a4.5 4.5 0 0 1-4.5 4.5H9A4.5 4.5 0 0 1 4.5 16zM16.5 11.5h1.3a2.7 2.7 0 0 1 0 5.4h-1.5M8.3 2.8c-1.2 1.3 1.2 2.4 0 3.7M12.8 2.8c-1.2 1.3 1.2 2.4 0 3.7"/>"#,
        Icon::Microwave => r#"<rect x="2.2" y="4.8" width="19.6" height="13.7" rx="2"/><rect x="5.4" y="8" width="9" height="7.3" rx="1"/><path d="M18.2 8.6v.01M18.2 11.7v.01M18.2 14.8v.01M5.5 18.5v1.7M18.5 18.5v1.7"/>"#,
        Icon::Charging => r#"<rect x="6.5" y="2.3" width="11" height="19.4" rx="2.5"/><path d="M13 7.2 10.3 12h3.4L11 16.8"/>"#,
        Icon::Seats => r#"<path d="M6 11V6.5a3 3 0 0 1 3-3h6a3 3 0 0 1 3 3V11M2.8 13.2a2.1 2.1 0 0 1 4.2 0v2h10v-2a2.1 2.1 0 0 1 4.2 0v3.6a2 2 0 0 1-2 2H4.8a2 2 0 0 1-2-2zM6 18.8V21M18 18.8V21"/>"#,
        Icon::Toilet => r#"<path d="M5 3h4.5v8H5zM4 11h16a7 7 0 0 1-5.5 6.5L15 21H8.5v-3.8A6.4 6.4 0 0 1 4 11z"/>"#,
        Icon::Wifi => r#"<path d="M2.4 9.2a14 14 0 0 1 19.2 0M5.9 12.9a9 9 0 0 1 12.2 0M9.3 16.5a4 4 0 0 1 5.4 0M12 20.2v.01"/>"#,
        Icon::FirstAid => r#"<rect x="2.8" y="7" width="18.4" height="13.5" rx="2"/><path d="M8.3 7V5.3a2 2 0 0 1 2-2h3.4a2 2 0 0 1 2 2V7M12 10.5v6.5M8.75 13.75h6.5"/>"#,
        Icon::Aed => r#"<path d="M12 20.8S3 15.7 3 9.2A4.8 4.8 0 0 1 12 6.7a4.8 4.8 0 0 1 9 2.5c0 6.5-9 11.6-9 11.6zM12.9 8.6l-2.5 3.7h3.2l-2.5 3.7"/>"#,
        Icon::Fridge => r#"<rect x="5.2" y="2.3" width="13.6" height="18.4" rx="2"/><path d="M5.2 9.6h13.6M9 5.5v1.3M9 13v3M7.5 20.7v1M16.5 20.7v1"/>"#,
        Icon::Umbrella => r#"<path d="M12 2.5v1.3M2.8 12.5a9.2 9.2 0 0 1 18.4 0zM12 12.5v6.3a2.5 2.5 0 0 0 5 0"/>"#,
        Icon::Ebike => r#"<circle cx="5.6" cy="17" r="3.2"/><circle cx="18.4" cy="17" r="3.2"/><path d="M8.8 17h4.4c0-3.4 1.6-5.6 4-6.6L15.6 4.5h-3M4 10.5h5.5c1.6 0 3 2.6 3.7 6.5M5.6 13.8v-3.3"/>"#,
        Icon::BatterySwap => r#"<rect x="7.3" y="5.5" width="9.4" height="16" rx="2"/><path d="M10 5.5v-3h4v3M12.8 9.7 10.6 13.5h2.8l-2.2 3.8M3.2 8v8M1.5 14.3 3.2 16l1.7-1.7M20.8 17V9M19.1 10.7 20.8 9l1.7 1.7"/>"#,
        Icon::Shower => r#"<path d="M4 21V7.3a4.3 4.3 0 0 1 8.5-.9M7.5 11.2a5 5 0 0 1 10 0zM9 14.7v1.5M12.5 14.7v1.5M16 14.7v1.5M9 19.3v1.5M12.5 19.3v1.5M16 19.3v1.5"/>"#,
        Icon::Reading => r#"<path d="M12 6.5C9.5 4.5 6.5 4 3 4.2v14.3c3.5-.2 6.5.3 9 2.3 2.5-2 5.5-2.5 9-2.3V4.2c-3.5-.2-6.5.3-9 2.3zM12 6.5v14.3"/>"#,
        Icon::Meal => r#"<path d="M2.8 11h18.4a9.2 9.2 0 0 1-5.7 8.5v1.3h-7v-1.3A9.2 9.2 0 0 1 2.8 11zM8.5 3.3c-1.2 1.3 1.2 2.4 0 3.7M13 3.3c-1.2 1.3 1.2 2.4 0 3.7"/>"#,
        Icon::Door => r#"<path d="M2.8 21h18.4M5.5 21V5.7a1 1 0 0 1 .8-1L13.5 3v18M13.5 5h4a1 1 0 0 1 1 1v15M10.3 11.8v1"/>"#,
        Icon::QrDoor => r#"<path d="M2.8 7.5V4.8a2 2 0 0 1 2-2h2.7M16.5 2.8h2.7a2 2 0 0 1 2 2v2.7M21.2 16.5v2.7a2 2 0 0 1-2 2h-2.7M7.5 21.2H4.8a2 2 0 0 1-2-2v-2.7"/><path d="M7 7h3.6v3.6H7zM13.4 7H17v3.6h-3.6zM7 13.4h3.6V17H7zM13.6 13.8v.01M17 13.6V17h-3.2"/>"#,
        Icon::FaceDoor => r#"<path d="M2.8 7.5V4.8a2 2 0 0 1 2-2h2.7M16.5 2.8h2.7a2 2 0 0 1 2 2v2.7M21.2 16.5v2.7a2 2 0 0 1-2 2h-2.7M7.5 21.2H4.8a2 2 0 0 1-2-2v-2.7"/><path d="M8.7 9v1M15.3 9v1M12 9.5v3.3h-1M8.5 15.6a5 5 0 0 0 7 0"/>"#,
        Icon::AppDoor => r#"<rect x="6" y="2.3" width="12" height="19.4" rx="2.5"/><path d="M12 7v7M8.8 11 12 14.2 15.2 11M9.5 17.8h5"/>"#,
        Icon::Staffed => r#"<circle cx="12" cy="6.2" r="3.4"/><path d="M5.5 15.5a6.5 6.5 0 0 1 13 0M2.8 15.5h18.4v5.3H2.8z"/>"#,
        Icon::Anyone => r#"<circle cx="8.5" cy="7.5" r="3.3"/><path d="M2.3 20a6.2 6.2 0 0 1 12.4 0M15.5 4.5a3.2 3.2 0 0 1 0 6M17.5 14.5a6 6 0 0 1 4.2 5.5"/>"#,
        Icon::Stairs => r#"<path d="M2.8 20.5h4.5V16h4.5v-4.5h4.5V7h4.9V3"/>"#,
        Icon::Lock => r#"<rect x="4.2" y="10.3" width="15.6" height="10.7" rx="2"/><path d="M7.8 10.3V7.2a4.2 4.2 0 0 1 8.4 0v3.1M12 14.5v2.3"/>"#,
        Icon::Copy => r#"<rect x="8.5" y="8.5" width="12.5" height="12.5" rx="2"/><path d="M15.5 8.5V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v8.5a2 2 0 0 0 2 2h3.5"/>"#,
        Icon::Share => r#"<path d="M12 15V3.3M7.3 8 12 3.3 16.7 8M4.5 12.5V19a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-6.5"/>"#,
        Icon::Report => r#"<path d="M5 21.5V3.5M5 4.5c5-2.6 9 2.6 14.5 0v9.5C14 16.6 10 11.4 5 14"/>"#,
        Icon::Phone => r#"<path d="M5 3h3.6l1.9 4.9-2.3 1.7a12.5 12.5 0 0 0 6.2 6.2l1.7-2.3 4.9 1.9V19a2 2 0 0 1-2.2 2A17.2 17.2 0 0 1 3 5.2 2 2 0 0 1 5 3z"/>"#,
        Icon::Offline => r#"<path d="M12 20.2v.01M9.3 16.5a4 4 0 0 1 5.4 0M5.9 12.9a9 9 0 0 1 4.4-2.3M15.2 11.1a9 9 0 0 1 2.9 1.8M2.4 9.2A14 14 0 0 1 6.7 6.5M11.3 5.4a14 14 0 0 1 10.3 3.8M3.5 3.5l17 17"/>"#,
        Icon::Location => r#"<path d="M12 21.5s7.3-6.5 7.3-12a7.3 7.3 0 0 0-14.6 0c0 5.5 7.3 12 7.3 12z"/><circle cx="12" cy="9.5" r="2.5"/>"#,
        Icon::Locate => r#"<circle cx="12" cy="12" r="6.3"/><path d="M12 2.3v3.4M12 18.3v3.4M2.3 12h3.4M18.3 12h3.4M12 12v.01"/>"#,
        Icon::Compass => r#"<circle cx="12" cy="12" r="9.5"/><path d="M15.8 8.2l-2.3 5.3-5.3 2.3 2.3-5.3z"/>"#,
        Icon::Radar => r#"<circle cx="12" cy="12" r="9.5"/><circle cx="12" cy="12" r="4.5"/><path d="M12 12 18.5 5.3M12 12v.01"/>"#,
        Icon::List => r#"<path d="M8.5 5.5H21M8.5 12H21M8.5 18.5H21M3.5 5.5v.01M3.5 12v.01M3.5 18.5v.01"/>"#,
        Icon::Filter => r#"<path d="M3 6h11M18 6h3M3 12h3M10 12h11M3 18h9M16 18h5"/><circle cx="16" cy="6" r="2"/><circle cx="8" cy="12" r="2"/><circle cx="14" cy="18" r="2"/>"#,
        Icon::Speaker => r#"<path d="M3.5 9.2v5.6h3.8L13 19.5v-15L7.3 9.2zM16.5 8.8a4.5 4.5 0 0 1 0 6.4M19 6a8.5 8.5 0 0 1 0 12"/>"#,
        Icon::TextSize => r#"<path d="M3 8.8h18M12 3v5.8c0 5.3-3 9.5-8.5 12M12 8.8c0 5.3 3 9.7 8.5 12"/>"#,
        Icon::Benefit => r#"<path d="M2.8 8a2 2 0 0 1 2-2h14.4a2 2 0 0 1 2 2v2a2 2 0 0 0 0 4v2a2 2 0 0 1-2 2H4.8a2 2 0 0 1-2-2v-2a2 2 0 0 0 0-4zM14.5 6v2M14.5 11v2M14.5 16v2"/>"#,
        Icon::Emergency => r#"<path d="M9 3h6v6h6v6h-6v6H9v-6H3V9h6z"/>"#,
        Icon::Clock => r#"<circle cx="12" cy="12" r="9.5"/><path d="M12 6.5V12l3.8 2.3"/>"#,
        Icon::Calendar => r#"<rect x="3" y="4.8" width="18" height="16.2" rx="2"/><path d="M3 10h18M8 2.5v4.3M16 2.5v4.3"/>"#,
        Icon::Refresh => r#"<path d="M20.5 12A8.5 8.5 0 1 1 17.8 5.8L20.5 8.3M20.5 3v5.3h-5.3"/>"#,
        Icon::Search => r#"<circle cx="10.5" cy="10.5" r="7"/><path d="M15.8 15.8 21 21"/>"#,
        Icon::Info => r#"<circle cx="12" cy="12" r="9.5"/><path d="M12 11v6M12 7.2v.01"/>"#,
        Icon::Shield => r#"<path d="M12 2.5 20 5.5v6c0 5-3.3 8.3-8 10-4.7-1.7-8-5-8-10v-6zM8.5 11.8l2.6 2.6 4.6-4.8"/>"#,
        Icon::Check => r#"<path stroke-width="2.6" d="M4.5 12.5l5 5L19.5 7"/>"#,
        Icon::Close => r#"<path stroke-width="2.4" d="M5 5l14 14M19 5 5 19"/>"#,
        Icon::Back => r#"<path stroke-width="2.4" d="M15 4.5 7.5 12l7.5 7.5"/>"#,
        Icon::Forward => r#"<path stroke-width="2.4" d="M9 4.5l7.5 7.5L9 19.5"/>"#,
        Icon::Down => r#"<path stroke-width="2.4" d="M5 9l7 7 7-7"/>"#,
    }
}
