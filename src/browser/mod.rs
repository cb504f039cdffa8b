//! Access to the browser: position, fetch, storage, the address. It returns types of this crate
//! and contains no wording.

pub mod clipboard;
pub mod clock;
pub mod dataset_store;
pub mod early;
pub mod heading;
pub mod host;
pub mod initials;
pub mod install;
pub mod listener;
pub mod location;
pub mod network;
pub mod page;
pub mod position;
pub mod service_worker;
pub mod share;
pub mod speech;
pub mod stations;
pub mod storage;
pub mod task;
