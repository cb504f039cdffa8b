//! The sheets over the list, one file each: a lazy module of their own (`ui/lazy.rs`).

mod choice;
mod display;
mod emergency;
mod filter;
mod frame;
mod offline;
mod privacy;
mod waiting;

use leptos::prelude::*;

pub use self::waiting::waiting_nodes;

use self::display::DisplaySheet;
use self::emergency::EmergencySheet;
use self::filter::FilterSheet;
use self::offline::OfflineSheet;
use self::privacy::PrivacySheet;
use crate::view_model::sheet::Sheet;

/// Renders a sheet.
#[must_use]
pub fn sheet_view(sheet: Sheet) -> AnyView {
    match sheet {
        Sheet::Emergency(emergency) => view! { <EmergencySheet emergency=emergency/> }.into_any(),
        Sheet::Filter(filters) => view! { <FilterSheet filters=filters/> }.into_any(),
        Sheet::Display(settings, language) => {
            view! { <DisplaySheet settings=settings language=language/> }.into_any()
        }
        Sheet::Privacy(lines) => view! { <PrivacySheet lines=lines/> }.into_any(),
        Sheet::Offline(lines) => view! { <OfflineSheet lines=lines/> }.into_any(),
    }
}
