//! Some stations under a heading.

use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

use super::station_row::StationRow;
use crate::view_model::nearby::RowSection;
use crate::view_model::station_row;

/// The heading and the rows.
#[component]
pub fn RowSection(
    /// What is shown.
    section: RowSection,
) -> impl IntoView {
    let RowSection { title, note, rows } = section;
    view! {
        <SectionTitle title=title note=note/>
        <StationList rows=rows/>
    }
}

/// A heading with a note.
#[component]
pub fn SectionTitle(
    /// The heading.
    #[prop(into)]
    title: String,
    /// What it means.
    #[prop(into)]
    note: String,
) -> impl IntoView {
    view! {
        <h2 class="section-title">
            {title} " " <span class="section-title-note">{note}</span>
        </h2>
    }
}

/// Rows. The key of a row is all that it shows: with the identifier alone, a row would keep
/// the distance of the place where the rider was before. (`<For>` takes a signal; this is the
/// same for a value.)
#[component]
pub fn StationList(
    /// What the rows show.
    rows: Vec<station_row::StationRow>,
    /// A further class of the list.
    #[prop(default = "station-list")]
    class: &'static str,
    /// The name of the list for screen readers, where no heading stands above it.
    #[prop(optional)]
    label: Option<String>,
) -> impl IntoView {
    view! {
        <ul class=class aria-label=label>
            {keyed(rows, station_row::StationRow::clone, row_view)}
        </ul>
    }
}

/// A row, and a callback for a change of its index, which does nothing.
fn row_view(_: usize, row: station_row::StationRow) -> (fn(usize), AnyView) {
    (|_| {}, view! { <StationRow row=row/> }.into_any())
}
