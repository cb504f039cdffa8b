//! What the page shows, as plain data: which screen, which words, which links. No signals and
//! no DOM, so all of it is tested natively.

pub mod action;
pub mod address;
pub mod amenity;
pub mod announcement;
pub mod benefits;
pub mod data_age;
pub mod district;
pub mod emergency;
pub mod filters;
pub mod hero;
pub mod icon;
pub mod language;
pub mod map_link;
pub mod nearby;
pub mod notice;
pub mod offline;
pub mod places;
pub mod privacy;
pub mod radar;
pub mod reports;
pub mod screen;
pub mod screen_input;
pub mod sentences;
pub mod settings;
pub mod sheet;
pub mod station_page;
pub mod station_payload;
pub mod station_row;
pub mod station_state;
pub mod week;

mod en;
mod json;
mod ko;
mod telephone;
mod zh_cn;
