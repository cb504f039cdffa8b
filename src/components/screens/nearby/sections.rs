//! The rows below the hero.

use leptos::prelude::*;

use crate::components::row_section::{RowSection, SectionTitle, StationList};
use crate::view_model::nearby;

/// The rows that begin above the lower edge of a long phone. The style sheet lays out the
/// others when they come near the screen.
const FIRST_ROWS: usize = 2;

/// The next stations.
#[component]
pub(super) fn Sections(
    /// The sections, each with rows.
    sections: Vec<nearby::RowSection>,
) -> impl IntoView {
    let mut sections = sections.into_iter();
    let first = sections.next().map(|first| {
        let mut rows = first.rows;
        let later = rows.split_off(rows.len().min(FIRST_ROWS));
        let top = view! {
            <SectionTitle title=first.title.clone() note=first.note/>
            <StationList rows=rows/>
        };
        let rest = (!later.is_empty()).then(|| {
            view! { <StationList rows=later class="station-list station-list-rest" label=first.title/> }
        });
        (top, rest)
    });
    let (top, rest) = first.unzip();
    let others = sections.map(|section| view! { <RowSection section=section/> });
    view! {
        {top}
        <div class="list-rest">{rest.flatten()} {others.collect_view()}</div>
    }
}
