//! What the screen shows, as plain data: which screen, which words, which
//! links. No signals, no DOM; everything is decided here and tested natively.

pub mod action;
pub mod address;
pub mod benefits;
pub mod emergency;
pub mod handover;
pub mod language;
pub mod map_link;
pub mod offline;
pub mod privacy;
pub mod radar;
pub mod reports;
pub mod screen;
pub mod sentences;
pub mod settings;
pub mod week;

mod en;
mod json;
mod ko;
mod zh_cn;
