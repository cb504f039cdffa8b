//! Receives riders' reports on stations, stores them, and tells everybody what they add up to.
//!
//! `message` reads what a phone sends, `store` keeps it in SQLite or PostgreSQL, `sender` tells
//! riders apart without keeping an address, `notices` writes `notices.yz` beside the dataset, and
//! `service` is all of that behind HTTP. `docs/report.md` describes them for the publisher.

pub mod clock;
pub mod message;
pub mod notices;
pub mod picture;
pub mod sender;
pub mod service;
pub mod stations;
pub mod store;
