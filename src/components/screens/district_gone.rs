//! A district that the dataset does not hold, and those that it holds.

use leptos::prelude::*;

use crate::components::districts::Districts;
use crate::components::notice::notices;
use crate::components::page_foot::ScreenFoot;
use crate::components::top_bar::back_bar;
use crate::components::use_page;
use crate::view_model::icon::Icon;
use crate::view_model::notice::Notice;
use crate::view_model::places::Places;

/// The screen.
#[component]
pub fn DistrictGoneScreen(
    /// The places to choose from.
    places: Places,
) -> impl IntoView {
    let page = use_page();
    let gone = Notice::new(Icon::Info, page.words.area_gone.to_owned());
    view! {
        {back_bar(&page, page.address.of_list().to_fragment())}
        {notices(&page, &[gone])}
        <Districts places=places/>
        <ScreenFoot/>
    }
}
