//! From a union's own sheets to a published dataset.

pub mod calendar;
pub mod hours;
