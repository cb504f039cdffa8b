//! Each screen as the parts of the page, so that a part that did not change is
//! left alone: focus, scroll and finger stay where they are.

use super::html::{Attribute, Html, PLAIN, button, element, icon, link, sized_icon, tag, tag_text};
use crate::domain::fix::NoPosition;
use crate::domain::station::Comfort;
use crate::view_model::action::Action;
use crate::view_model::address::{Address, View};
use crate::view_model::language::Words;
use crate::view_model::screen::{
    Amenity, Answer, BigNumber, Chip, DataAge, District, Fact, Go, Hero, Notice, Place, Places,
    Screen, Section, StationData, StationPage, StationRow,
};
use crate::view_model::sentences::StateWords;

/// The parts of the page, from above to below.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Parts {
    /// Where the person is, or the way back.
    pub top: Html,
    /// Bad news.
    pub notices: Html,
    /// The plate, or what stands in its place.
    pub plate: Html,
    /// What can be changed: filters, the age of the data.
    pub controls: Html,
    /// The rows.
    pub list: Html,
    /// The foot.
    pub foot: Html,
}

/// What every part may need to know.
struct Context<'a> {
    words: &'static Words,
    address: &'a Address,
    comfort: Comfort,
    is_elder: bool,
}

/// The screen as parts.
#[must_use]
pub fn parts(
    screen: &Screen,
    words: &'static Words,
    address: &Address,
    comfort: Comfort,
    is_elder: bool,
) -> Parts {
    let context = &Context {
        words,
        address,
        comfort,
        is_elder,
    };
    match screen {
        Screen::FirstVisit(places) => first_visit(context, places),
        Screen::Locating(places) => locating(context, places),
        Screen::NoPosition(reason, places) => no_position(context, *reason, places),
        Screen::Loading => loading(context),
        Screen::DataFailed => data_failed(context),
        Screen::Pick(places) => pick(context, places),
        Screen::Answer(answer) => answer_parts(context, answer),
        Screen::District(district) => district_parts(context, district),
        Screen::Station(station) => station_parts(context, station),
        Screen::StationGone => station_gone(context),
    }
}

impl Context<'_> {
    fn to(&self, view: View) -> String {
        self.address.with_view(Some(view)).to_fragment()
    }
}

// ---- the frame ---------------------------------------------------------------

fn season_switch(context: &Context<'_>) -> Html {
    let side = |comfort: Comfort, sign| {
        let address = Address {
            season: Some(comfort),
            ..context.address.clone()
        };
        let is_on = context.comfort == comfort;
        let action = Action::Replace(address.to_fragment());
        let (name, value) = action.to_markup();
        let attributes = [
            ("type", Some("button")),
            ("class", Some("season-switch-side")),
            ("role", Some("radio")),
            ("aria-checked", Some(if is_on { "true" } else { "false" })),
            ("data-do", Some(name)),
            ("data-value", Some(value.as_str())),
        ];
        element(
            "button",
            &attributes,
            icon(sign).and(Html::text(context.words.comfort(comfort))),
        )
    };
    element(
        "div",
        &[
            ("class", Some("season-switch")),
            ("role", Some("radiogroup")),
            ("aria-label", Some(context.words.season)),
        ],
        side(Comfort::Cool, "breeze").and(side(Comfort::Warm, "flame")),
    )
}

fn brand_bar(context: &Context<'_>) -> Html {
    let brand = tag(
        "span",
        "brand",
        icon("arrow").and(Html::text(context.words.brand)),
    );
    tag("header", "top-bar", brand.and(season_switch(context)))
}

fn back_bar(href: &str, title: &str) -> Html {
    let back = link(
        "top-bar-back place-button",
        href,
        icon("back").and(Html::text(title)),
    );
    tag("header", "top-bar", back)
}

/// Facts with a dot between them; a line never begins or ends with a dot.
fn fact_line(facts: &[String]) -> Html {
    tag(
        "span",
        "fact-line",
        Html::join(facts.iter().map(|fact| tag_text("span", "", fact))),
    )
}

fn notice(notice: &Notice) -> Html {
    let class = if notice.is_warning {
        "notice notice-warn"
    } else {
        "notice"
    };
    let mut words = tag_text("p", "notice-title", &notice.title);
    if !notice.note.is_empty() {
        words = words.and(tag_text("p", "quiet", &notice.note));
    }
    if let Some((label, href)) = &notice.link {
        words = words.and(link("text-button", href, Html::text(label)));
    }
    element(
        "div",
        &[("class", Some(class)), ("role", Some("status"))],
        icon(notice.icon).and(tag("div", "notice-words", words)),
    )
}

fn elder_toggle(context: &Context<'_>) -> Html {
    let label = if context.is_elder {
        context.words.standard
    } else {
        context.words.elder
    };
    let inner = icon("text-size").and(tag_text("span", "", label));
    button("text-button", &Action::ToggleElder, PLAIN, inner)
}

fn data_age(context: &Context<'_>, age: Option<&DataAge>) -> Html {
    let fact = match age {
        None => Html::default(),
        Some(age) => {
            let mut words = Html::text(&age.words);
            if age.is_demo {
                words = words.and(Html::text(" ")).and(element(
                    "b",
                    &[("title", Some(context.words.example_note))],
                    Html::text(context.words.example),
                ));
            }
            icon("check").and(tag("span", "", words))
        }
    };
    tag(
        "div",
        "data-age",
        tag("span", "data-age-fact", fact).and(elder_toggle(context)),
    )
}

fn page_foot(context: &Context<'_>) -> Html {
    let to = |view, label: &str| link("text-button", &context.to(view), Html::text(label));
    tag(
        "footer",
        "page-foot",
        to(View::Display, context.words.display).and(to(View::Privacy, context.words.privacy)),
    )
}

// ---- choosing a place ----------------------------------------------------------

fn districts(context: &Context<'_>, places: &Places) -> Html {
    if places.districts.is_empty() {
        return Html::default();
    }
    let example = if places.is_demo {
        context.words.example
    } else {
        ""
    };
    let title = Html::text(context.words.by_district)
        .and(Html::text(" "))
        .and(tag_text("span", "section-title-note", example));
    let items = places.districts.iter().map(|place| {
        let count = tag_text("span", "place-item-count", &place.note);
        link(
            "place-item",
            &place.href,
            Html::text(&place.name).and(Html::text(" ")).and(count),
        )
    });
    tag("h2", "section-title", title).and(tag("div", "place-grid", Html::join(items)))
}

/// A plate that tells of no station: strip, dial, title, foot.
fn words_plate(strip: Option<(&str, &str, &str)>, title: Html, foot: Html) -> Html {
    let has_strip = strip.is_some();
    let strip = strip.map_or_else(Html::default, |(sign, title, note)| {
        state_strip("unknown", sign, title, note)
    });
    let way = dial(0, "", has_strip, false).and(tag("h1", "first-visit-title", title));
    element(
        "section",
        &[("class", Some("station-hero"))],
        strip.and(tag("div", "station-hero-way", way)).and(foot),
    )
}

fn lines(lines: &[&str]) -> Html {
    let line_break = || element("br", &[], Html::default());
    let mut all = Html::default();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            all = all.and(line_break());
        }
        all = all.and(Html::text(line));
    }
    all
}

fn first_visit(context: &Context<'_>, places: &Places) -> Parts {
    let words = context.words;
    let [above, relief, below] = match context.comfort {
        Comfort::Cool => words.first_cool,
        Comfort::Warm => words.first_warm,
    };
    let line_break = || element("br", &[], Html::default());
    let title = Html::text(above)
        .and(line_break())
        .and(tag_text("em", "", relief))
        .and(line_break())
        .and(Html::text(below));
    let promise = |sign, text: &str| tag("li", "", icon(sign).and(Html::text(text)));
    let promises =
        promise("shield", words.promise_position).and(promise("offline", words.promise_offline));
    let go = icon("arrow").and(tag_text("span", "", words.find_nearest));
    let foot = tag("ul", "promise", promises).and(tag(
        "div",
        "go-foot",
        button("go-button", &Action::Locate, PLAIN, go),
    ));
    let instead = icon("search").and(Html::text(words.choose_instead));
    Parts {
        top: brand_bar(context),
        plate: words_plate(None, title, foot),
        controls: tag(
            "div",
            "block",
            link("button", &context.to(View::Pick), instead),
        ),
        list: districts(context, places),
        foot: data_age(context, None).and(page_foot(context)),
        ..Parts::default()
    }
}

fn locating(context: &Context<'_>, places: &Places) -> Parts {
    let words = context.words;
    let stop = icon("search").and(tag_text("span", "", words.stop_waiting));
    let foot = tag(
        "div",
        "go-foot go-foot-hollow",
        link("go-button go-button-hollow", &context.to(View::Pick), stop),
    );
    let strip = Some(("locate", words.locating, words.locating_limit));
    Parts {
        top: brand_bar(context),
        plate: words_plate(strip, lines(&words.locating_title), foot),
        list: districts(context, places),
        foot: page_foot(context),
        ..Parts::default()
    }
}

fn no_position(context: &Context<'_>, reason: NoPosition, places: &Places) -> Parts {
    let words = context.words;
    let (title, note, how) = match reason {
        NoPosition::TimedOut => (words.too_slow, words.too_slow_note, words.window_how),
        NoPosition::Unavailable => (words.no_position, words.no_position_note, words.window_how),
        NoPosition::Refused | NoPosition::Unsupported => {
            (words.no_position, words.no_position_note, words.allow_how)
        }
    };
    let choose = icon("location").and(tag_text("span", "", words.choose_place));
    let foot = tag(
        "div",
        "go-foot",
        link("go-button", &context.to(View::Pick), choose),
    );
    let again = icon("refresh").and(Html::text(words.try_again));
    let how = Notice {
        icon: "info",
        title: words.allow_title.to_owned(),
        note: how.to_owned(),
        is_warning: false,
        link: None,
    };
    Parts {
        top: brand_bar(context),
        plate: words_plate(
            Some(("location", title, note)),
            lines(&words.where_are_you),
            foot,
        ),
        controls: tag(
            "div",
            "block",
            button("button", &Action::Locate, PLAIN, again),
        )
        .and(notice(&how)),
        list: districts(context, places),
        foot: page_foot(context),
        ..Parts::default()
    }
}

fn loading(context: &Context<'_>) -> Parts {
    let words = context.words;
    let strip = Some(("refresh", words.loading, ""));
    Parts {
        top: brand_bar(context),
        plate: words_plate(strip, lines(&words.locating_title), Html::default()),
        controls: tag_text("p", "block quiet", words.loading_note),
        ..Parts::default()
    }
}

fn data_failed(context: &Context<'_>) -> Parts {
    let words = context.words;
    let said =
        tag_text("h1", "notice-title", words.failed).and(tag_text("p", "quiet", words.failed_note));
    let again = icon("refresh").and(Html::text(words.reload));
    Parts {
        top: brand_bar(context),
        notices: element(
            "div",
            &[("class", Some("notice")), ("role", Some("alert"))],
            icon("offline").and(tag("div", "notice-words", said)),
        ),
        controls: tag(
            "div",
            "block",
            button("button button-main", &Action::Load, PLAIN, again),
        ),
        foot: page_foot(context),
        ..Parts::default()
    }
}

fn pick(context: &Context<'_>, places: &Places) -> Parts {
    let words = context.words;
    let back = context.address.with_view(None).to_fragment();
    let input = element(
        "input",
        &[
            ("type", Some("search")),
            ("autocomplete", Some("off")),
            ("placeholder", Some(words.pick_hint)),
            ("aria-label", Some(words.pick_names)),
            ("data-search", Some("")),
        ],
        Html::default(),
    );
    let here = icon("locate").and(Html::text(words.pick_here));
    Parts {
        top: back_bar(&back, words.pick_title).and(element(
            "h1",
            &[("hidden", Some(""))],
            Html::text(words.pick_title),
        )),
        plate: tag("label", "field", icon("search").and(input)),
        controls: tag(
            "div",
            "block",
            button("button button-main", &Action::Locate, PLAIN, here),
        ),
        list: districts(context, places),
        ..Parts::default()
    }
}

/// What a search for a place found.
#[must_use]
pub fn place_results(found: &[Place], typed: &str, words: &Words) -> Html {
    let typed = typed.trim();
    if typed.is_empty() {
        return Html::default();
    }
    let status: Attribute<'_> = ("role", Some("status"));
    if found.is_empty() {
        let none = (words.pick_none)(typed);
        return element("p", &[("class", Some("block")), status], Html::text(&none));
    }
    let title = Html::text(words.pick_found)
        .and(Html::text(" "))
        .and(tag_text(
            "span",
            "section-title-note",
            &(words.count)(found.len()),
        ));
    let rows = found.iter().map(|place| {
        let name = tag_text("span", "place-found-name", &place.name);
        let note = tag_text("span", "place-item-note", &place.note);
        link("place-found", &place.href, name.and(note))
    });
    element("h2", &[("class", Some("section-title")), status], title).and(tag(
        "div",
        "block",
        Html::join(rows),
    ))
}

// ---- the answer ----------------------------------------------------------------

/// The disc with the arrow. Up is north, and a tick says so, unless there is
/// no direction to tell.
fn dial(bearing_deg: i32, label: &str, is_hollow: bool, has_north: bool) -> Html {
    let circle = |class, r| {
        let attributes = [
            ("class", Some(class)),
            ("cx", Some("66")),
            ("cy", Some("69")),
            ("r", Some(r)),
        ];
        element("circle", &attributes, Html::default())
    };
    let north = if has_north {
        let tick = [
            ("class", Some("dial-ahead")),
            ("d", Some("M66 0 76 14H56z")),
        ];
        element("path", &tick, Html::default())
    } else {
        Html::default()
    };
    let turn = format!("translate(66 69) rotate({bearing_deg}) scale(3.35) translate(-12 -11.6)");
    let arrow = element(
        "path",
        &[
            ("class", Some("dial-arrow")),
            ("vector-effect", Some("non-scaling-stroke")),
            (
                "d",
                Some("M12 2.2 21.6 12h-4.5v9.6h-2.9v-4.4a2.2 2.2 0 0 0-4.4 0v4.4H6.9V12H2.4z"),
            ),
        ],
        Html::default(),
    );
    let said = Some(label).filter(|label| !label.is_empty());
    element(
        "svg",
        &[
            (
                "class",
                Some(if is_hollow {
                    "dial dial-hollow"
                } else {
                    "dial"
                }),
            ),
            ("viewBox", Some("0 0 132 132")),
            ("role", said.map(|_| "img")),
            ("aria-label", said),
            (
                "aria-hidden",
                if said.is_none() { Some("true") } else { None },
            ),
        ],
        circle("dial-ring", "60")
            .and(north)
            .and(circle("dial-disc", "53"))
            .and(element("g", &[("transform", Some(&turn))], arrow)),
    )
}

/// The sign of a state.
fn state_icon(state: &str) -> &'static str {
    match state {
        "open" => "state-open",
        "closing_soon" => "state-soon",
        "closed" => "state-closed",
        _ => "state-unknown",
    }
}

/// The state in words, filled only as far as we know that the door opens.
fn state_strip(tone: &str, sign: &str, title: &str, until: &str) -> Html {
    let words = tag_text("span", "", title).and(tag_text("span", "state-strip-until", until));
    element(
        "p",
        &[("class", Some("state-strip")), ("data-tone", Some(tone))],
        icon(sign).and(tag("span", "state-strip-words", words)),
    )
}

fn strip_of(state: &StateWords) -> Html {
    state_strip(
        state.state,
        state_icon(state.state),
        &state.title,
        &state.until,
    )
}

fn amenity_row(context: &Context<'_>, amenities: &[Amenity]) -> Html {
    if amenities.is_empty() {
        return Html::default();
    }
    let things = amenities.iter().map(|thing| {
        let class = if thing.is_known {
            "amenity"
        } else {
            "amenity amenity-missing"
        };
        tag("li", class, icon(thing.icon).and(Html::text(&thing.label)))
    });
    element(
        "ul",
        &[
            ("class", Some("amenity-row")),
            ("aria-label", Some(context.words.has)),
        ],
        Html::join(things),
    )
}

fn go_foot(context: &Context<'_>, go: &Go) -> Html {
    let mut buttons = Html::default();
    if let Some(href) = &go.call {
        let ring = icon("phone").and(tag_text("span", "", context.words.ring_first));
        buttons = buttons.and(link("go-button", href, ring));
    }
    if let Some(href) = &go.href {
        let class = if go.is_hollow {
            "go-button go-button-hollow"
        } else {
            "go-button"
        };
        let attributes = [
            ("class", Some(class)),
            ("href", Some(href.as_str())),
            ("target", Some("_blank")),
            ("rel", Some("noopener noreferrer")),
        ];
        let way = icon("arrow").and(tag_text("span", "", go.label));
        buttons = buttons.and(element("a", &attributes, way));
    }
    if buttons.is_empty() {
        return buttons;
    }
    tag(
        "div",
        if go.is_hollow {
            "go-foot go-foot-hollow"
        } else {
            "go-foot"
        },
        buttons,
    )
}

/// The attributes that tests and other programs hold on to.
fn station_element(
    name: &'static str,
    class: &str,
    data: &StationData,
    own: Attribute<'_>,
    inner: Html,
) -> Html {
    let minutes = data.minutes.map(|minutes| minutes.to_string());
    element(
        name,
        &[
            ("class", Some(class)),
            ("data-station", Some(&data.id)),
            ("data-state", Some(data.state)),
            ("data-distance-m", data.distance_m.as_deref()),
            ("data-minutes", minutes.as_deref()),
            own,
        ],
        inner,
    )
}

fn hero(context: &Context<'_>, hero: &Hero) -> Html {
    let big = match &hero.big {
        BigNumber::Minutes(minutes) => tag_text(
            "span",
            "station-hero-number",
            &minutes.to_string(),
        )
        .and(tag_text("span", "station-hero-unit", context.words.minutes)),
        BigNumber::Opens(time) => tag_text("span", "station-hero-time", time),
    };
    let cost = tag("p", "station-hero-minutes", big).and(tag(
        "p",
        "station-hero-distance",
        fact_line(&hero.way),
    ));
    let way = dial(hero.bearing_deg, &hero.direction, hero.go.is_hollow, true).and(tag(
        "div",
        "station-hero-cost",
        cost,
    ));
    let title = tag_text("h1", "station-hero-name", &hero.name).and(tag(
        "p",
        "station-hero-where",
        fact_line(&hero.place),
    ));
    let (sign, door) = &hero.door;
    let door = tag_text("span", "strong", door)
        .and(Html::text(" "))
        .and(tag_text("span", "quiet nowrap", &hero.audience));
    let door = sized_icon("icon icon-large", sign).and(tag("p", "door-line-words", door));
    let inner = strip_of(&hero.state)
        .and(link("station-hero-way", &hero.href, way))
        .and(tag("div", "station-hero-title", title))
        .and(tag("div", "door-line", door))
        .and(amenity_row(context, &hero.amenities))
        .and(go_foot(context, &hero.go));
    station_element(
        "article",
        "station-hero",
        &hero.data,
        ("data-hero", Some("")),
        inner,
    )
}

fn station_row(context: &Context<'_>, row: &StationRow) -> Html {
    let minutes =
        row.data.minutes.map_or_else(Html::default, |minutes| {
            let is_far = if minutes > 99 {
                " station-row-minutes-far"
            } else {
                ""
            };
            let figure = tag_text("span", "station-row-number", &minutes.to_string())
                .and(tag_text("span", "station-row-unit", context.words.minutes));
            tag("span", &format!("station-row-minutes{is_far}"), figure)
        });
    let state = element(
        "p",
        &[
            ("class", Some("state-mark")),
            ("data-tone", Some(row.data.state)),
        ],
        icon(state_icon(row.data.state)).and(tag_text("span", "", &row.state)),
    );
    let body = tag_text("h3", "station-row-name", &row.name)
        .and(state)
        .and(tag("p", "station-row-facts", fact_line(&row.facts)));
    let arrow = row.bearing_deg.map_or_else(Html::default, |bearing_deg| {
        let turn = format!("rotate({bearing_deg} 12 12)");
        let symbol = element("use", &[("href", Some("#i-arrow"))], Html::default());
        element(
            "svg",
            &[
                ("class", Some("station-row-arrow")),
                ("viewBox", Some("0 0 24 24")),
                ("aria-hidden", Some("true")),
            ],
            element("g", &[("transform", Some(&turn))], symbol),
        )
    });
    let inner = minutes.and(tag("div", "station-row-body", body)).and(arrow);
    let row_link = ("href", Some(row.href.as_str()));
    tag(
        "li",
        "",
        station_element("a", "station-row", &row.data, row_link, inner),
    )
}

fn section(context: &Context<'_>, section: &Section) -> Html {
    let title = Html::text(&section.title)
        .and(Html::text(" "))
        .and(tag_text("span", "section-title-note", &section.note));
    let rows = section.rows.iter().map(|row| station_row(context, row));
    tag("h2", "section-title", title).and(tag("ul", "station-list", Html::join(rows)))
}

/// A filter that is tapped on and off.
pub(super) fn filter_chip(class: &str, chip: &Chip) -> Html {
    let sign = if chip.is_on { "check" } else { chip.icon };
    let sign = if sign.is_empty() {
        Html::default()
    } else {
        icon(sign)
    };
    let pressed = (
        "aria-pressed",
        Some(if chip.is_on { "true" } else { "false" }),
    );
    let action = Action::Replace(chip.href.clone());
    button(class, &action, pressed, sign.and(Html::text(&chip.label)))
}

fn answer_parts(context: &Context<'_>, answer: &Answer) -> Parts {
    let words = context.words;
    let pick = context.to(View::Pick);
    let place = element(
        "a",
        &[
            ("class", Some("place-button")),
            ("href", Some(&pick)),
            ("aria-label", Some(&answer.change_place)),
        ],
        icon("location")
            .and(tag_text("span", "place-button-name", &answer.near))
            .and(icon("down")),
    );
    let filter = link(
        "chip strong",
        &context.to(View::Filter),
        icon("filter").and(Html::text(words.filter)),
    );
    let chips = filter.and(Html::join(
        answer.chips.iter().map(|chip| filter_chip("chip", chip)),
    ));
    let chips = element(
        "div",
        &[
            ("class", Some("filter-chips")),
            ("role", Some("group")),
            ("aria-label", Some(words.filter_group)),
        ],
        chips,
    );
    let left_out = if answer.leaves_shut_out {
        let all = link("text-button", &answer.show_all, Html::text(words.show_all));
        let said = Html::text(words.shut_not_listed)
            .and(Html::text(" "))
            .and(all);
        tag("p", "block quiet", said)
    } else {
        Html::default()
    };
    Parts {
        top: tag("header", "top-bar", place.and(season_switch(context))),
        notices: Html::join(answer.notices.iter().map(notice)),
        plate: answer
            .hero
            .as_ref()
            .map_or_else(Html::default, |plate| hero(context, plate)),
        controls: data_age(context, Some(&answer.data_age)).and(chips),
        list: Html::join(answer.sections.iter().map(|rows| section(context, rows))),
        foot: left_out.and(page_foot(context)),
    }
}

fn district_parts(context: &Context<'_>, district: &District) -> Parts {
    let back = context.address.of_list().to_fragment();
    Parts {
        top: back_bar(&back, context.words.back).and(tag(
            "div",
            "block",
            tag_text("h1", "station-page-name", &district.name),
        )),
        notices: Html::join(district.notices.iter().map(notice)),
        controls: tag_text("p", "block quiet", context.words.area_note),
        list: Html::join(district.sections.iter().map(|rows| section(context, rows))),
        foot: data_age(context, Some(&district.data_age)).and(page_foot(context)),
        ..Parts::default()
    }
}

// ---- a station -----------------------------------------------------------------

fn fact(fact: &Fact) -> Html {
    let inner = icon(fact.icon)
        .and(tag_text("span", "", &fact.label))
        .and(tag_text("span", "fact-answer", &fact.answer));
    element(
        "li",
        &[("class", Some("fact")), ("data-has", Some(fact.has))],
        inner,
    )
}

fn station_parts(context: &Context<'_>, station: &StationPage) -> Parts {
    let words = context.words;
    let title = tag_text("h1", "station-page-name", &station.name).and(tag(
        "p",
        "quiet",
        fact_line(&station.place),
    ));
    let mut said = tag("p", "strong", fact_line(&station.way));
    if !station.hours.is_empty() {
        let hours = format!("{} {}", words.hours_fact, station.hours);
        said = said.and(tag_text("p", "quiet", &hours));
    }
    let plate = strip_of(&station.state)
        .and(tag("div", "station-hero-title", said))
        .and(amenity_row(context, &station.amenities))
        .and(go_foot(context, &station.go));
    let copy = icon("copy").and(Html::text(words.copy_address));
    let copy = button(
        "button",
        &Action::Copy(station.address.clone()),
        PLAIN,
        copy,
    )
    .and(element(
        "p",
        &[("role", Some("status")), ("data-copied", Some(""))],
        Html::default(),
    ))
    .and(tag_text("p", "selectable quiet", &station.address));
    let mut facts = tag_text("h2", "section-title", words.how_in).and(tag(
        "ul",
        "facts block",
        Html::join(station.facts.iter().map(fact)),
    ));
    if !station.absent.is_empty() {
        let absent = (words.absent)(&station.absent.join("、"));
        facts = facts.and(tag_text("p", "block quiet", &absent));
    }
    if let Some(href) = &station.from_here {
        let here = icon("location").and(Html::text(words.from_here));
        facts = facts.and(tag("div", "block", link("button", href, here)));
    }
    let provenance = station
        .provenance
        .iter()
        .map(|line| tag_text("li", "", line));
    let article = tag("div", "block", title)
        .and(tag("div", "station-hero", plate))
        .and(tag_text("p", "block quiet", words.opens_other_app));
    Parts {
        top: back_bar(&station.back, words.back),
        plate: station_element("article", "station-page", &station.data, PLAIN, article),
        controls: tag("div", "block", copy),
        list: facts.and(tag("ul", "block provenance", Html::join(provenance))),
        foot: data_age(context, Some(&station.data_age)),
        ..Parts::default()
    }
}

fn station_gone(context: &Context<'_>) -> Parts {
    let words = context.words;
    let back = context.address.of_list().to_fragment();
    let said = tag_text("h1", "notice-title", words.station_gone).and(tag_text(
        "p",
        "quiet",
        words.station_gone_note,
    ));
    let choose = link(
        "button button-main",
        &context.to(View::Pick),
        Html::text(words.choose_place),
    );
    Parts {
        top: back_bar(&back, words.back),
        notices: element(
            "div",
            &[("class", Some("notice")), ("role", Some("status"))],
            icon("info").and(tag("div", "notice-words", said)),
        ),
        controls: tag("div", "block", choose),
        ..Parts::default()
    }
}
