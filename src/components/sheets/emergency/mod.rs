//! First aid: the number to call, the address to read out, help nearby, what to do.

mod aid_row;
mod read_out;
mod steps;

use leptos::prelude::*;

use self::aid_row::AidRow;
use self::read_out::ReadOut;
use self::steps::Steps;
use super::frame::SheetLayout;
use super::waiting::call_120;
use crate::components::icon::icon;
use crate::components::use_page;
use crate::view_model::action::Action;
use crate::view_model::emergency::Emergency;
use crate::view_model::icon::Icon;

/// The sheet.
#[component]
pub fn EmergencySheet(
    /// What is shown.
    emergency: Emergency,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let Emergency {
        place,
        known_by,
        can_locate,
        aids,
        is_cold,
    } = emergency;
    let locate = can_locate.then(|| {
        view! {
            <button type="button" class="button" on:click=page.on_tap(Action::LocateHere)>
                {icon(Icon::Locate)}
                {words.pick_here}
            </button>
        }
    });
    let aids = if aids.is_empty() {
        view! { <p class="quiet">{words.aid_none}</p> }.into_any()
    } else {
        let aids = aids.into_iter();
        aids.map(|aid| view! { <AidRow aid=aid/> })
            .collect_view()
            .into_any()
    };
    let heat = (words.heat, words.heat_steps);
    let cold = (words.cold, words.cold_steps);
    let likely = if is_cold { [cold, heat] } else { [heat, cold] };
    let steps = likely.map(|(title, steps)| view! { <Steps title=title steps=steps/> });
    view! {
        <SheetLayout title=words.nav_emergency>
            {call_120(words)}
            <h3 class="choice-title">{words.read_out}</h3>
            <ReadOut place=place known_by=known_by/>
            {locate}
            <h3 class="choice-title">{words.aid_near}</h3>
            {aids}
            {steps}
            <p class="quiet">{words.steps_note}</p>
        </SheetLayout>
    }
}
