//! What the screen shows, as plain data: which screen, which words, which
//! links. No signals, no DOM; everything is decided here and tested natively.

pub mod action;
pub mod address;
pub mod language;
pub mod map_link;
pub mod screen;
pub mod sentences;
pub mod settings;

mod en;
mod zh_cn;
