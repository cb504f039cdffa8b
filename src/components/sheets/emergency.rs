//! First aid: the number to call, the address to read out, help nearby, what to do.

use leptos::prelude::*;

use super::frame::SheetFrame;
use super::waiting::call_120;
use crate::components::icon::icon;
use crate::components::use_page;
use crate::view_model::action::Action;
use crate::view_model::emergency::{Aid, Emergency};
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
        <SheetFrame title=words.nav_emergency>
            {call_120(words)}
            <h3 class="choice-title">{words.read_out}</h3>
            <AddressPlate place=place known_by=known_by/>
            {locate}
            <h3 class="choice-title">{words.aid_near}</h3>
            {aids}
            {steps}
            <p class="quiet">{words.steps_note}</p>
        </SheetFrame>
    }
}

/// Where the rider is, to be read out on the telephone.
#[component]
fn AddressPlate(
    /// The lines of the address; empty where it is not known.
    place: Vec<String>,
    /// How the place is known; empty where that is obvious.
    known_by: String,
) -> impl IntoView {
    let words = use_page().words;
    let lines = if place.is_empty() {
        view! { <p>{words.read_out_unknown}</p> }.into_any()
    } else {
        let lines = place.into_iter().enumerate();
        let lines = lines.map(|(number, line)| {
            let class = (number == 0).then_some("address-plate-text");
            view! { <p class=class>{line}</p> }
        });
        lines.collect_view().into_any()
    };
    let known_by = (!known_by.is_empty()).then(|| view! { <p class="quiet">{known_by}</p> });
    view! { <div class="address-plate selectable">{lines} {known_by}</div> }
}

#[component]
fn AidRow(
    /// Where help is.
    aid: Aid,
) -> impl IntoView {
    view! {
        <a class="action-row" href=aid.href>
            {icon(aid.icon)}
            <div class="action-row-words">
                <p class="action-row-title">{aid.title}</p>
                <p class="quiet">{aid.note}</p>
            </div>
            {icon(Icon::Forward)}
        </a>
    }
}

#[component]
fn Steps(
    /// The title.
    title: &'static str,
    /// What to do, in this order.
    steps: [&'static str; 4],
) -> impl IntoView {
    let steps = steps.map(|step| view! { <li class="step">{step}</li> });
    view! {
        <h3 class="choice-title">{title}</h3>
        <ol class="steps">{steps}</ol>
    }
}
