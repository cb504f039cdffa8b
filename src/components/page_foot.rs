//! The foot of a page.

use leptos::prelude::*;

use super::data_age::DataAge;
use super::use_page;
use crate::view_model::address::View;
use crate::view_model::data_age;

/// The foot of a screen that shows no station: the age of the dataset, and the links.
#[component]
pub fn ScreenFoot() -> impl IntoView {
    let page = use_page();
    (!page.is_first_paint).then(|| view! { <AgedFoot age=page.page_status.data_age.clone()/> })
}

/// The age of what is shown, and the links.
#[component]
pub fn AgedFoot(
    /// The age; none where no dataset is loaded.
    #[prop(into)]
    age: Option<data_age::DataAge>,
) -> impl IntoView {
    view! {
        <DataAge age=age/>
        <PageFoot/>
    }
}

/// Links to display, privacy, offline use.
#[component]
pub fn PageFoot() -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let links = [
        (View::Display, words.display),
        (View::Privacy, words.privacy),
        (View::Offline, words.offline_status),
    ];
    let links = links.map(|(view, label)| {
        view! { <a class="text-button" href=page.link_to(view)>{label}</a> }
    });
    view! { <footer class="page-foot">{links}</footer> }
}
