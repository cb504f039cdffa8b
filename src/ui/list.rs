//! The answer with its rows, and the list of a district.

use leptos::prelude::*;

use super::app::{Page, link_to};
use super::frame::{BackBar, DataAge, FactLine, Icon, Notice, PageFoot, SeasonSwitch};
use super::hero::{StationHero, state_icon};
use crate::view_model::address::View;
use crate::view_model::screen::{Answer, Chip, District, Section, StationRow as Row};

/// Where the person is, and the season.
#[component]
fn PlaceBar(
    /// The answer, which says where.
    #[prop(into)]
    near: Signal<(String, String)>,
) -> impl IntoView {
    let page = expect_context::<Page>();
    view! {
        <header class="top-bar">
            <a
                class="place-button"
                href=link_to(page, Some(View::Pick))
                aria-label=move || near.get().1
            >
                <Icon name="location" />
                <span class="place-button-name">{move || near.get().0}</span>
                <Icon name="down" />
            </a>
            <SeasonSwitch />
        </header>
    }
}

/// A filter that is tapped on and off.
#[component]
pub fn FilterChip(
    /// The filter.
    chip: Chip,
    /// `chip` in a row, `choice` in a sheet.
    class: &'static str,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let icon = if chip.is_on { "check" } else { chip.icon };
    let href = chip.href;
    view! {
        <button
            class=class
            aria-pressed=chip.is_on.to_string()
            on:click=move |_| page.replace_with(&href)
        >
            {(!icon.is_empty()).then(|| view! { <Icon name=icon /> })}
            {chip.label}
        </button>
    }
}

/// One station: minutes left, arrow right, at most three lines.
#[component]
pub fn StationRow(
    /// The station.
    row: Row,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let unit = page.words().minutes;
    let minutes = row.data.minutes.map(|minutes| {
        let is_far = minutes > 99;
        view! {
            <span class="station-row-minutes" class:station-row-minutes-far=is_far>
                <span class="station-row-number">{minutes}</span>
                <span class="station-row-unit">{unit}</span>
            </span>
        }
    });
    let arrow = row.bearing_deg.map(|bearing_deg| {
        view! {
            <svg class="station-row-arrow" viewBox="0 0 24 24" aria-hidden="true">
                <g transform=format!("rotate({bearing_deg} 12 12)")>
                    <use href="#i-arrow" />
                </g>
            </svg>
        }
    });
    view! {
        <a
            class="station-row"
            href=row.href
            data-station=row.data.id
            data-state=row.data.state
            data-distance-m=row.data.distance_m
            data-minutes=row.data.minutes.map(|minutes| minutes.to_string())
        >
            {minutes}
            <div class="station-row-body">
                <h3 class="station-row-name">{row.name}</h3>
                <p class="state-mark" data-tone=row.data.state>
                    <Icon name=state_icon(row.data.state) />
                    <span>{row.state}</span>
                </p>
                <p class="station-row-facts">
                    <FactLine facts=row.facts />
                </p>
            </div>
            {arrow}
        </a>
    }
}

/// Rows under a heading.
#[component]
fn SectionView(
    /// The rows.
    section: Section,
) -> impl IntoView {
    view! {
        <h2 class="section-title">
            {section.title} " " <span class="section-title-note">{section.note}</span>
        </h2>
        <ul class="station-list">
            {section
                .rows
                .into_iter()
                .map(|row| {
                    view! {
                        <li>
                            <StationRow row=row />
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

/// The nearest station, and the next ones. Each part is drawn anew only when
/// it changes, so that a tick of the clock moves no focus.
#[component]
pub fn AnswerView(
    /// The answer; none for the moment in which another screen takes over.
    answer: Memo<Option<Answer>>,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let part = move |of: fn(&Answer) -> AnswerPart| {
        Memo::new(move |_| answer.read().as_ref().map(of))
    };
    let notices = part(|answer| AnswerPart::Notices(answer.notices.clone()));
    let hero = part(|answer| AnswerPart::Hero(Box::new(answer.hero.clone())));
    let age = part(|answer| AnswerPart::Age(answer.data_age.clone()));
    let chips = part(|answer| AnswerPart::Chips(answer.chips.clone()));
    let sections = part(|answer| AnswerPart::Sections(answer.sections.clone()));
    let near = Memo::new(move |_| {
        let answer = answer.read();
        answer.as_ref().map_or_else(Default::default, |a| (a.near.clone(), a.change_place.clone()))
    });
    let foot = Memo::new(move |_| {
        answer.read().as_ref().filter(|a| a.leaves_shut_out).map(|a| a.show_all.clone())
    });
    let filter_link = link_to(page, Some(View::Filter));
    view! {
        <PlaceBar near=near />
        {move || notices.get().map(AnswerPart::draw)}
        <div aria-live="polite">{move || hero.get().map(AnswerPart::draw)}</div>
        {move || age.get().map(AnswerPart::draw)}
        <div class="filter-chips" role="group" aria-label=move || page.words().filter_group>
            <a class="chip strong" href=filter_link>
                <Icon name="filter" />
                {move || page.words().filter}
            </a>
            {move || chips.get().map(AnswerPart::draw)}
        </div>
        {move || sections.get().map(AnswerPart::draw)}
        {move || {
            foot.get()
                .map(|href| {
                    let words = page.words();
                    view! {
                        <p class="block quiet">
                            {words.shut_not_listed} " "
                            <a class="text-button" href=href>
                                {words.show_all}
                            </a>
                        </p>
                    }
                })
        }}
        <PageFoot />
    }
}

/// A part of the answer that is drawn by itself.
#[derive(Clone, PartialEq)]
enum AnswerPart {
    Notices(Vec<crate::view_model::screen::Notice>),
    Hero(Box<Option<crate::view_model::screen::Hero>>),
    Age(crate::view_model::screen::DataAge),
    Chips(Vec<Chip>),
    Sections(Vec<Section>),
}

impl AnswerPart {
    fn draw(self) -> AnyView {
        match self {
            Self::Notices(notices) => notices
                .into_iter()
                .map(|notice| view! { <Notice notice=notice /> })
                .collect_view()
                .into_any(),
            Self::Hero(hero) => hero.map(|hero| view! { <StationHero hero=hero /> }).into_any(),
            Self::Age(age) => view! { <DataAge age=age /> }.into_any(),
            Self::Chips(chips) => chips
                .into_iter()
                .map(|chip| view! { <FilterChip chip=chip class="chip" /> })
                .collect_view()
                .into_any(),
            Self::Sections(sections) => sections
                .into_iter()
                .map(|section| view! { <SectionView section=section /> })
                .collect_view()
                .into_any(),
        }
    }
}

/// The stations of a district.
#[component]
pub fn DistrictView(
    /// The district.
    district: District,
) -> impl IntoView {
    let page = expect_context::<Page>();
    let words = page.words();
    let back = page.address.read_untracked().of_list().to_fragment();
    view! {
        <BackBar href=back title=district.name.clone() />
        <h1 hidden>{district.name}</h1>
        {district.notices.into_iter().map(|notice| view! { <Notice notice=notice /> }).collect_view()}
        <p class="block quiet">{words.area_note}</p>
        {district
            .sections
            .into_iter()
            .map(|section| view! { <SectionView section=section /> })
            .collect_view()}
        <DataAge age=district.data_age />
        <PageFoot />
    }
}
