//! The page `/publish/`: a union's clerk drops sheets, sees how they are understood, and takes
//! the dataset for the website. Nothing leaves the machine.
//!
//! `workbench` does the work, in a worker: it knows files, settings and the engine of the tool,
//! and no browser. `settings` edits `stations.toml`, `checked` is what the worker reports,
//! `marked_workbook`, `archive` and `instructions` are what the clerk downloads. `worker`, `work`
//! and `page` (with `desk_settings`) run in the browser.

pub mod archive;
pub mod checked;
pub mod file_names;
pub mod instructions;
pub mod marked_workbook;
pub mod settings;
pub mod workbench;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod components;
#[cfg(target_arch = "wasm32")]
mod desk_settings;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod site;
#[cfg(target_arch = "wasm32")]
mod work;
#[cfg(target_arch = "wasm32")]
mod worker;
