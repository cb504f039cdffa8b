//! The filters.

use leptos::prelude::*;

use super::choice::{ChoiceGroup, Done};
use super::frame::SheetLayout;
use crate::components::filter_chip::FilterChip;
use crate::components::use_page;
use crate::view_model::action::Action;
use crate::view_model::address::Address;
use crate::view_model::filters::{Chip, Filters};

/// The sheet.
#[component]
pub fn FilterSheet(
    /// What can be filtered by.
    filters: Filters,
) -> impl IntoView {
    let page = use_page();
    let words = page.words;
    let Filters {
        open,
        needs,
        travel,
        who,
        kinds,
    } = filters;
    let cleared = Address {
        open: None,
        ..page.address.without_filter()
    };
    let clear = page.on_tap(Action::Replace(cleared.to_fragment()));
    let foot = view! {
        <button type="button" class="button" on:click=clear>{words.filter_clear}</button>
        <Done label=words.filter_show/>
    };
    let members = (!who.is_empty()).then(|| {
        view! { <ChoiceGroup title=words.filter_who>{choices(who)}</ChoiceGroup> }
    });
    view! {
        <SheetLayout title=words.filter foot=foot.into_any()>
            <ChoiceGroup title=words.filter_open>{choices(open)}</ChoiceGroup>
            <ChoiceGroup title=words.filter_need class="choice-grid">{choices(needs)}</ChoiceGroup>
            <ChoiceGroup title=words.filter_travel>{choices(travel)}</ChoiceGroup>
            {members}
            <ChoiceGroup title=words.filter_kind>{choices(kinds)}</ChoiceGroup>
        </SheetLayout>
    }
}

fn choices(chips: Vec<Chip>) -> impl IntoView {
    let chips = chips.into_iter();
    chips
        .map(|chip| view! { <FilterChip chip=chip class="choice"/> })
        .collect_view()
}
