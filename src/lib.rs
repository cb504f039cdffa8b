//! Yizhan (驿站) tells people who work outdoors where the nearest place is to
//! cool down or warm up.
//!
//! The rooms, and what each may touch, are described in `ARCHITECTURE.md`.
//! This is the only file, beside the binaries, that asks which target it is
//! built for.

pub mod components;
pub mod dataset;
pub mod domain;
pub mod view_model;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(all(target_arch = "wasm32", not(feature = "publish")))]
pub mod ui;

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
#[cfg(any(not(target_arch = "wasm32"), feature = "publish"))]
pub mod publish;
