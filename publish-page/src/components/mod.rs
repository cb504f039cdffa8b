//! The parts of the page, in the order in which a clerk meets them.

pub(crate) mod app;
mod changes;
mod columns;
mod dataset_form;
mod drop_zone;
mod field;
mod file_card;
mod issues;
mod summary;
mod take;
