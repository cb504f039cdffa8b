//! The screen as HTML. Pure: values in, text out, so that what a rider sees is
//! tested without a browser, and the page carries no generated code for each
//! nested view (that code was two thirds of its weight; docs/performance.md).
//!
//! `signs` holds its signs.
//!
//! [`Html`] can only be made by escaping text or by joining other [`Html`], so
//! nothing that a sheet says can become markup.

#[expect(
    clippy::needless_pass_by_value,
    reason = "markup is built from the inside out: each piece is used once"
)]
mod html;
mod parts;
mod sheets;
mod signs;

pub use html::Html;
pub use parts::{Extent, Parts, page, parts, place_results};
pub use sheets::sheet;
