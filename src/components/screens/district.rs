//! The stations of a district, in no order of distance.

use leptos::prelude::*;

use crate::components::notice::notices;
use crate::components::page_foot::AgedFoot;
use crate::components::row_section::RowSection;
use crate::components::top_bar::back_bar;
use crate::components::use_page;
use crate::view_model::district::District;

/// The screen.
#[component]
pub fn DistrictScreen(
    /// What is shown.
    district: District,
) -> impl IntoView {
    let page = use_page();
    let sections = district.sections.into_iter();
    let sections = sections.map(|section| view! { <RowSection section=section/> });
    view! {
        {back_bar(&page, page.address.of_list().to_fragment())}
        <div class="block">
            <h1 class="station-page-name">{district.name}</h1>
        </div>
        {notices(&page, &district.notices)}
        <p class="block quiet">{page.words.area_note}</p>
        {sections.collect_view()}
        <AgedFoot age=district.data_age/>
    }
}
