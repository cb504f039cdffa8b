//! Each screen as the parts of the page, so that a part that did not change is
//! left alone: focus, scroll and finger stay where they are.

use super::html::{
    Attribute, Html, PLAIN, button, element, icon, link, sign, sized_icon, tag, tag_text,
};
use crate::domain::fix::NoPosition;
use crate::domain::station::Comfort;
use crate::view_model::action::Action;
use crate::view_model::address::{Address, View};
use crate::view_model::benefits::Benefits;
use crate::view_model::language::Words;
use crate::view_model::offline::Standing;
use crate::view_model::radar::{MIDDLE, Mark, RINGS, Radar, minutes_fact};
use crate::view_model::reports::Verdict;
use crate::view_model::screen::{
    Amenity, Answer, BigNumber, Chip, DataAge, District, Fact, Failure, Go, Hero, MapChoice,
    Notice, Place, Places, Screen, Section, StationData, StationPage, StationRow,
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
    /// The rows, those that a screen shows at once.
    pub list: Html,
    /// The other rows; they may follow a frame later.
    pub more: Html,
    /// The foot.
    pub foot: Html,
    /// The way to the main pages.
    pub bar: Html,
}

/// How much of the screen is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Down to the plate: when the page opens, that is drawn and painted first.
    Plate,
    /// All but the rest of the rows: after a tap, that is drawn and painted first.
    Screen,
    /// The rest of the rows alone.
    Rest,
}

/// So many rows begin above the lower edge of a long phone.
const FIRST_ROWS: usize = 2;

/// What every part may need to know.
struct Context<'a> {
    words: &'static Words,
    address: &'a Address,
    comfort: Comfort,
    is_elder: bool,
    standing: &'a Standing,
    extent: Extent,
}

/// The screen as parts.
#[must_use]
pub fn parts(
    screen: &Screen,
    words: &'static Words,
    address: &Address,
    comfort: Comfort,
    is_elder: bool,
    standing: &Standing,
    extent: Extent,
) -> Parts {
    let context = &Context {
        words,
        address,
        comfort,
        is_elder,
        standing,
        extent,
    };
    if extent == Extent::Rest {
        return rest(context, screen);
    }
    let parts = match screen {
        Screen::FirstVisit(places) => first_visit(context, places),
        Screen::Locating(places) => locating(context, places),
        Screen::NoPosition(reason, places) => no_position(context, *reason, places),
        Screen::Loading => loading(context),
        Screen::DataFailed(failure) => data_failed(context, failure),
        Screen::Pick(places) => pick(context, places),
        Screen::Answer(answer) => answer_parts(context, answer),
        Screen::Radar(radar) => radar_parts(context, radar),
        Screen::Benefits(benefits) => benefits_parts(context, benefits),
        Screen::District(district) => district_parts(context, district),
        Screen::Station(station) => station_parts(context, station),
        Screen::StationGone => station_gone(context),
    };
    let update = standing.update.as_ref().map_or_else(Html::default, notice);
    let parts = Parts {
        bar: bottom_bar(context),
        notices: update.and(parts.notices),
        ..parts
    };
    if extent == Extent::Screen {
        return parts;
    }
    Parts {
        controls: Html::default(),
        list: Html::default(),
        foot: Html::default(),
        ..parts
    }
}

/// The whole page, each part under its name (`data-part`): places that were found stand
/// above the list, a sheet over everything.
#[must_use]
pub fn page(parts: &Parts, found: &Html, sheet: &Html) -> Html {
    let part = |class: &'static str, name: &'static str, live, inner: &Html| {
        let attributes = [
            ("class", Some(class).filter(|class| !class.is_empty())),
            ("data-part", Some(name)),
            ("aria-live", live),
        ];
        element("div", &attributes, inner.clone())
    };
    let body = Html::join([
        part("part", "top", None, &parts.top),
        part("part", "notices", None, &parts.notices),
        part("part", "plate", Some("polite"), &parts.plate),
        part("part", "controls", None, &parts.controls),
        part("part", "found", None, found),
        part("part", "list", None, &parts.list),
        part("part part-rest", "rest", None, &parts.more),
        part("part", "foot", None, &parts.foot),
    ]);
    tag("div", "page", tag("main", "page-body", body))
        .and(part("", "bar", None, &parts.bar))
        .and(part("", "sheet", None, sheet))
}

/// The rest of the rows; only an answer has any.
fn rest(context: &Context<'_>, screen: &Screen) -> Parts {
    let more = match screen {
        Screen::Answer(answer) => other_rows(context, &answer.sections),
        _ => Html::default(),
    };
    Parts {
        more,
        ..Parts::default()
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
    // Inside another page that page's own header is above.
    if context.address.embed {
        return tag("div", "top-bar", season_switch(context));
    }
    tag("header", "top-bar", brand.and(season_switch(context)))
}

/// Four pages, always in the same place.
fn bottom_bar(context: &Context<'_>) -> Html {
    if context.address.embed {
        return Html::default();
    }
    let words = context.words;
    let here = context.address.view;
    let item = |view: Option<View>, sign, label: &str| {
        let is_here = match view {
            Some(view) => here == Some(view),
            None => here.is_none_or(|view| !View::PAGES.contains(&view)),
        };
        let href = match view {
            // Help comes over whatever is shown.
            Some(View::Emergency) => context.to(View::Emergency),
            view => context.address.of_list().with_view(view).to_fragment(),
        };
        let class = if view == Some(View::Emergency) {
            "bottom-bar-item bottom-bar-item-urgent"
        } else {
            "bottom-bar-item"
        };
        let attributes = [
            ("class", Some(class)),
            ("href", Some(href.as_str())),
            ("aria-current", is_here.then_some("page")),
        ];
        element("a", &attributes, icon(sign).and(Html::text(label)))
    };
    let items = item(None, "navigate", words.nav_nearest)
        .and(item(Some(View::Radar), "radar", words.nav_radar))
        .and(item(Some(View::Benefits), "benefit", words.nav_benefits))
        .and(item(
            Some(View::Emergency),
            "emergency",
            words.nav_emergency,
        ));
    element(
        "nav",
        &[
            ("class", Some("bottom-bar")),
            ("aria-label", Some(words.nav)),
        ],
        tag("div", "bottom-bar-row", items),
    )
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
    if let Some((label, action)) = &notice.act {
        words = words.and(button("text-button", action, PLAIN, Html::text(label)));
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

/// The age of the data, on screens that show no station.
fn age_line(context: &Context<'_>) -> Html {
    data_age(context, context.standing.data_age.as_ref())
}

fn page_foot(context: &Context<'_>) -> Html {
    let to = |view, label: &str| link("text-button", &context.to(view), Html::text(label));
    tag(
        "footer",
        "page-foot",
        to(View::Display, context.words.display)
            .and(to(View::Privacy, context.words.privacy))
            .and(to(View::Offline, context.words.offline_status)),
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

/// A button to start from where the person was found last.
fn last_place(places: &Places) -> Html {
    if places.last.is_empty() {
        return Html::default();
    }
    let words = icon("clock").and(Html::text(&places.last));
    tag(
        "div",
        "block",
        button("button", &Action::UseLastPlace, PLAIN, words),
    )
}

#[inline(never)]
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
        )
        .and(last_place(places)),
        list: districts(context, places),
        foot: age_line(context).and(page_foot(context)),
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
        controls: last_place(places),
        list: districts(context, places),
        foot: age_line(context).and(page_foot(context)),
        ..Parts::default()
    }
}

#[inline(never)]
fn no_position(context: &Context<'_>, reason: NoPosition, places: &Places) -> Parts {
    let words = context.words;
    let (title, note, how) = match reason {
        NoPosition::TimedOut => (words.too_slow, words.too_slow_note, words.window_how),
        NoPosition::Unavailable => (words.no_position, words.no_position_note, words.window_how),
        NoPosition::Blocked => (words.no_position, words.no_position_note, words.blocked_how),
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
    // The browser opens the page anew, in the place of the one around it.
    let alone = (reason == NoPosition::Blocked).then(|| {
        let href = format!("?{}", context.address.alone().to_fragment());
        (words.open_alone.to_owned(), href)
    });
    let how = Notice {
        icon: "info",
        title: if alone.is_some() {
            words.blocked_title
        } else {
            words.allow_title
        }
        .to_owned(),
        note: how.to_owned(),
        link: alone,
        ..Notice::default()
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
        .and(last_place(places))
        .and(notice(&how)),
        list: districts(context, places),
        foot: age_line(context).and(page_foot(context)),
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

fn data_failed(context: &Context<'_>, failure: &Failure) -> Parts {
    let words = context.words;
    let said =
        tag_text("h1", "notice-title", &failure.title).and(tag_text("p", "quiet", &failure.note));
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

#[inline(never)]
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
        list: readings(words, places).and(districts(context, places)),
        ..Parts::default()
    }
}

/// For who is shown in the wrong place.
fn readings(words: &Words, places: &Places) -> Html {
    if places.readings.is_empty() {
        return Html::default();
    }
    let choices = places.readings.iter().map(|reading| {
        let pressed = (
            "aria-pressed",
            Some(if reading.is_on { "true" } else { "false" }),
        );
        let action = Action::ReadDevice(reading.crs);
        button("choice", &action, pressed, Html::text(&reading.label))
    });
    tag_text("h2", "section-title", words.off_title)
        .and(tag_text("p", "block quiet", words.off_note))
        .and(tag(
            "div",
            "block choice-row choice-lines",
            Html::join(choices),
        ))
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
            .and(circle("dial-disc", "53"))
            .and(tag(
                "g",
                // Turned against the device's heading, once that is known.
                if has_north { "dial-turn" } else { "" },
                north.and(element("g", &[("transform", Some(&turn))], arrow)),
            )),
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
        let (name, value) = Action::Navigate(go.station.clone()).to_markup();
        let attributes = [
            ("class", Some(class)),
            ("href", Some(href.as_str())),
            ("target", Some("_blank")),
            ("rel", Some("noopener noreferrer")),
            ("data-do", Some(name)),
            ("data-value", Some(value.as_str())),
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
    let (name, value) = Action::ReadAloud(hero.spoken.clone()).to_markup();
    let speak = element(
        "button",
        &[
            ("type", Some("button")),
            ("class", Some("speak-button")),
            ("aria-label", Some(context.words.speak)),
            ("data-do", Some(name)),
            ("data-value", Some(&value)),
        ],
        icon("speaker").and(tag_text("span", "", context.words.speak_short)),
    );
    let door = sized_icon("icon icon-large", sign)
        .and(tag("p", "door-line-words", door))
        .and(speak);
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
    station_row_with(row, minutes, None)
}

/// A row that begins with something, and may have a fact more.
fn station_row_with(row: &StationRow, first: Html, more: Option<String>) -> Html {
    let state = element(
        "p",
        &[
            ("class", Some("state-mark")),
            ("data-tone", Some(row.data.state)),
        ],
        icon(state_icon(row.data.state)).and(tag_text("span", "", &row.state)),
    );
    let facts: Vec<String> = more.into_iter().chain(row.facts.iter().cloned()).collect();
    let body = tag_text("h3", "station-row-name", &row.name)
        .and(state)
        .and(tag("p", "station-row-facts", fact_line(&facts)));
    let arrow = row.bearing_deg.map_or_else(Html::default, |bearing_deg| {
        let turn = format!("rotate({bearing_deg} 12 12)");
        element(
            "svg",
            &[
                ("class", Some("station-row-arrow")),
                ("viewBox", Some("0 0 24 24")),
                ("aria-hidden", Some("true")),
            ],
            element("g", &[("transform", Some(&turn))], sign("arrow")),
        )
    });
    let inner = first.and(tag("div", "station-row-body", body)).and(arrow);
    let row_link = ("href", Some(row.href.as_str()));
    element(
        "li",
        &[("data-key", Some(&row.data.id))],
        station_element("a", "station-row", &row.data, row_link, inner),
    )
}

fn section(context: &Context<'_>, section: &Section) -> Html {
    headed_rows(context, section, &section.rows)
}

/// Some rows of a section, with its title.
fn headed_rows(context: &Context<'_>, section: &Section, rows: &[StationRow]) -> Html {
    let title = Html::text(&section.title)
        .and(Html::text(" "))
        .and(tag_text("span", "section-title-note", &section.note));
    let rows = rows.iter().map(|row| station_row(context, row));
    tag("h2", "section-title", title).and(tag("ul", "station-list", Html::join(rows)))
}

/// The first rows of the first section, and its other rows.
fn split_rows(section: &Section) -> (&[StationRow], &[StationRow]) {
    section.rows.split_at(section.rows.len().min(FIRST_ROWS))
}

fn first_rows(context: &Context<'_>, sections: &[Section]) -> Html {
    sections.first().map_or_else(Html::default, |first| {
        headed_rows(context, first, split_rows(first).0)
    })
}

/// All rows but the first.
fn other_rows(context: &Context<'_>, sections: &[Section]) -> Html {
    let Some((first, others)) = sections.split_first() else {
        return Html::default();
    };
    let later = split_rows(first).1;
    let mut html = Html::default();
    if !later.is_empty() {
        let attributes = [
            ("class", Some("station-list station-list-rest")),
            ("aria-label", Some(first.title.as_str())),
        ];
        let rows = later.iter().map(|row| station_row(context, row));
        html = element("ul", &attributes, Html::join(rows));
    }
    html.and(Html::join(others.iter().map(|rows| section(context, rows))))
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
    let (name, value) = Action::Replace(chip.href.clone()).to_markup();
    let attributes = [
        ("type", Some("button")),
        ("class", Some(class)),
        ("data-do", Some(name)),
        ("data-value", Some(value.as_str())),
        ("data-key", Some(chip.label.as_str())),
        pressed,
    ];
    element("button", &attributes, sign.and(Html::text(&chip.label)))
}

fn answer_parts(context: &Context<'_>, answer: &Answer) -> Parts {
    let words = context.words;
    let parts = Parts {
        top: place_bar(context, &answer.near, &answer.change_place),
        notices: Html::join(answer.notices.iter().map(notice)),
        plate: answer
            .hero
            .as_ref()
            .map_or_else(Html::default, |plate| hero(context, plate)),
        ..Parts::default()
    };
    if context.extent == Extent::Plate {
        return parts;
    }
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
        controls: data_age(context, Some(&answer.data_age)).and(chips),
        list: first_rows(context, &answer.sections),
        foot: left_out
            .and(refresh(words, answer.is_live))
            .and(install_offer(words, answer.can_install))
            .and(page_foot(context)),
        ..parts
    }
}

/// Asks the device anew; it follows by itself, but who doubts it wants a button.
fn refresh(words: &Words, is_live: bool) -> Html {
    if !is_live {
        return Html::default();
    }
    let label = icon("refresh").and(Html::text(words.refresh));
    tag(
        "div",
        "block",
        button("button", &Action::Locate, PLAIN, label),
    )
}

/// A quiet offer below everything else, made once.
fn install_offer(words: &Words, is_offered: bool) -> Html {
    if !is_offered {
        return Html::default();
    }
    let yes = button("button", &Action::Install, PLAIN, Html::text(words.install));
    let no = button("button", &Action::NotNow, PLAIN, Html::text(words.not_now));
    let said =
        tag_text("p", "quiet", words.install_note).and(tag("div", "button-row", yes.and(no)));
    tag("div", "block", said)
}

/// Where the person is, which can be changed, and the season.
fn place_bar(context: &Context<'_>, near: &str, change_place: &str) -> Html {
    let pick = context.to(View::Pick);
    let place = element(
        "a",
        &[
            ("class", Some("place-button")),
            ("href", Some(&pick)),
            ("aria-label", Some(change_place)),
        ],
        icon("location")
            .and(tag_text("span", "place-button-name", near))
            .and(icon("down")),
    );
    tag("header", "top-bar", place.and(season_switch(context)))
}

// ---- around ----------------------------------------------------------------------

/// The class of a mark in the picture.
fn tone(state: &str) -> &'static str {
    match state {
        "open" => "radar-open",
        "closing_soon" => "radar-soon",
        "closed" => "radar-closed",
        _ => "radar-unknown",
    }
}

/// A disc with a number, drawn like the state.
fn numbered(mark: &Mark, radius: &'static str) -> Html {
    let disc = element(
        "circle",
        &[
            ("class", Some(tone(mark.row.data.state))),
            ("r", Some(radius)),
        ],
        Html::default(),
    );
    let number = mark.number.to_string();
    disc.and(element("text", &[("y", Some("7"))], Html::text(&number)))
}

#[inline(never)]
fn radar_parts(context: &Context<'_>, radar: &Radar) -> Parts {
    let words = context.words;
    let key = [
        ("open", words.state_open),
        ("closing_soon", words.state_soon),
        ("closed", words.state_closed),
        ("unknown", words.state_unknown),
    ];
    let key = key.into_iter().map(|(state, word)| {
        element(
            "p",
            &[("class", Some("state-mark")), ("data-tone", Some(state))],
            icon(state_icon(state)).and(tag_text("span", "", word)),
        )
    });
    let rows = radar.marks.iter().map(|mark| {
        let sign = element(
            "svg",
            &[
                ("class", Some("number-mark")),
                ("viewBox", Some("0 0 38 38")),
                ("aria-hidden", Some("true")),
            ],
            element(
                "g",
                &[
                    ("class", Some("radar-station")),
                    ("transform", Some("translate(19 19)")),
                ],
                numbered(mark, "17"),
            ),
        );
        station_row_with(&mark.row, sign, minutes_fact(mark, words.minutes))
    });
    let title = tag_text("h1", "section-title", words.radar_title);
    Parts {
        top: place_bar(context, &radar.near, &radar.change_place),
        notices: Html::join(radar.notices.iter().map(notice)),
        plate: radar_picture(context, radar).and(tag("div", "radar-key", Html::join(key))),
        list: title.and(tag("ul", "station-list", Html::join(rows))),
        foot: data_age(context, Some(&radar.data_age)).and(page_foot(context)),
        ..Parts::default()
    }
}

/// The picture. The list below says the same, so it is hidden from who cannot
/// see it; a finger may still tap a mark.
fn radar_picture(context: &Context<'_>, radar: &Radar) -> Html {
    let words = context.words;
    let middle = MIDDLE.to_string();
    let path = |points: &[(i32, i32)]| {
        let mut path = String::new();
        for (x, y) in points {
            path.push(if path.is_empty() { 'M' } else { 'L' });
            path.push_str(&x.to_string());
            path.push(' ');
            path.push_str(&y.to_string());
        }
        path
    };
    let shape = |class: &'static str, d: &str| {
        element(
            "path",
            &[("class", Some(class)), ("d", Some(d))],
            Html::default(),
        )
    };
    let (mut turning, mut names) = (Html::default(), Html::default());
    for (points, name) in &radar.rivers {
        let line = path(points);
        turning = turning
            .and(shape("radar-bank", &line))
            .and(shape("radar-river", &line));
        if let Some((x, y)) = name_place(points) {
            names = names.and(radar_text("radar-river-name", x, y, name));
        }
    }
    for (x, y) in &radar.crossings {
        let at = format!("translate({x} {y})");
        let dot = element(
            "circle",
            &[("class", Some("radar-crossing")), ("r", Some("6"))],
            Html::default(),
        );
        turning = turning.and(element("g", &[("transform", Some(&at))], dot));
    }
    let mut still = Html::default();
    for (radius, label) in RINGS.iter().zip(&radar.rings) {
        let ring = element(
            "circle",
            &[
                ("class", Some("radar-ring")),
                ("cx", Some(&middle)),
                ("cy", Some(&middle)),
                ("r", Some(&radius.to_string())),
            ],
            Html::default(),
        );
        let text = radar_text("radar-ring-text", MIDDLE, MIDDLE + radius + 5, label);
        still = still.and(ring).and(text);
    }
    // Water below the rings, everything that is said above them.
    let water = tag("g", "radar-turn", turning);
    let mut turning = names.and(radar_text("radar-north", MIDDLE, 28, words.north));
    // The nearest ones on top.
    for mark in radar.marks.iter().rev() {
        let at = format!("translate({} {})", mark.at.0, mark.at.1);
        let finger = element(
            "circle",
            &[("class", Some("radar-finger")), ("r", Some("25"))],
            Html::default(),
        );
        let station = element(
            "g",
            &[("class", Some("radar-station")), ("transform", Some(&at))],
            finger.and(tag("g", "radar-upright", numbered(mark, "19"))),
        );
        turning = turning.and(element(
            "a",
            &[
                ("href", Some(mark.row.href.as_str())),
                ("tabindex", Some("-1")),
            ],
            station,
        ));
    }
    let me = shape("radar-me", "M174 152l17 38-17-9-17 9z");
    let picture = element(
        "svg",
        &[
            (
                "class",
                Some(if radar.is_far {
                    "radar radar-far"
                } else {
                    "radar"
                }),
            ),
            ("viewBox", Some("0 0 348 348")),
            ("aria-hidden", Some("true")),
        ],
        water
            .and(still)
            .and(tag("g", "radar-turn", turning))
            .and(me),
    );
    let label = tag_text("figcaption", "unseen", &radar.label);
    tag("figure", "block", picture.and(label))
}

/// Where a river's name stands: on the river, off the middle, in the picture.
fn name_place(points: &[(i32, i32)]) -> Option<(i32, i32)> {
    let off = |(x, y): &(i32, i32)| {
        let (x, y) = (x - MIDDLE, y - MIDDLE);
        let from_ring = x * x + y * y - RINGS[1] * RINGS[1];
        from_ring.abs()
    };
    points.iter().min_by_key(|point| off(point)).copied()
}

fn radar_text(class: &'static str, x: i32, y: i32, text: &str) -> Html {
    element(
        "text",
        &[
            ("class", Some(class)),
            ("x", Some(&x.to_string())),
            ("y", Some(&y.to_string())),
            ("text-anchor", Some("middle")),
        ],
        Html::text(text),
    )
}

// ---- benefits --------------------------------------------------------------------

#[inline(never)]
fn benefits_parts(context: &Context<'_>, benefits: &Benefits) -> Parts {
    let words = context.words;
    let title = tag_text("h1", "sheet-title", words.benefits).and(tag_text(
        "span",
        "quiet",
        words.benefits_note,
    ));
    let items = benefits.all.iter().map(|benefit| {
        let when = benefit.when.as_ref().map_or_else(
            || icon("benefit"),
            |(figure, word)| {
                tag_text("span", "programme-when-number", figure).and(Html::text(word))
            },
        );
        let mut said = tag_text("h2", "programme-title", &benefit.title);
        for line in &benefit.lines {
            said = said.and(tag_text("p", "quiet", line));
        }
        if let Some(href) = &benefit.call {
            said = said.and(link(
                "text-button",
                href,
                icon("phone").and(Html::text(words.call)),
            ));
        }
        if let Some(href) = &benefit.url {
            let attributes = [
                ("class", Some("text-button")),
                ("href", Some(href.as_str())),
                ("target", Some("_blank")),
                ("rel", Some("noopener noreferrer")),
            ];
            said = said.and(element("a", &attributes, Html::text(words.more)));
        }
        let inner = tag("span", "programme-when", when).and(tag("div", "programme-words", said));
        tag("li", "programme", inner)
    });
    let list = if benefits.all.is_empty() {
        tag_text("p", "block quiet", words.no_benefits)
    } else {
        tag("ul", "station-list", Html::join(items))
    };
    Parts {
        top: tag("header", "top-bar", title),
        notices: benefits.next.as_ref().map_or_else(Html::default, notice),
        list,
        foot: data_age(context, Some(&benefits.data_age)).and(page_foot(context)),
        ..Parts::default()
    }
}

#[inline(never)]
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

#[inline(never)]
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
    let ribbon = station.today.as_ref().map_or_else(Html::default, ribbon);
    let plate = strip_of(&station.state)
        .and(tag("div", "station-hero-title", said.and(ribbon)))
        .and(amenity_row(context, &station.amenities))
        .and(go_foot(context, &station.go));
    let share = icon("share").and(Html::text(words.share));
    let share = button("button", &Action::Share(station.name.clone()), PLAIN, share);
    let acts = share.and(button(
        "button",
        &Action::ReadAloud(station.spoken.clone()),
        PLAIN,
        icon("speaker").and(Html::text(words.speak)),
    ));
    let copy = icon("copy").and(Html::text(words.copy_address));
    let copy = tag("div", "button-row", acts)
        .and(button(
            "button",
            &Action::Copy(station.address.clone()),
            PLAIN,
            copy,
        ))
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
    if !station.week.is_empty() {
        let days = station.week.iter().map(|day| {
            let name = if day.is_today {
                format!("{} · {}", day.name, words.today)
            } else {
                day.name.clone()
            };
            let inner =
                tag_text("span", "", &name).and(tag_text("span", "fact-answer", &day.hours));
            element(
                "li",
                &[
                    ("class", Some("fact")),
                    ("aria-current", day.is_today.then_some("date")),
                ],
                inner,
            )
        });
        facts = facts
            .and(tag_text("h2", "section-title", words.week))
            .and(tag("ul", "facts block", Html::join(days)));
    }
    if !station.benefits.is_empty() {
        let items = station
            .benefits
            .iter()
            .map(|title| tag_text("li", "", title));
        let all = link(
            "text-button",
            &context.to(View::Benefits),
            Html::text(words.more),
        );
        facts = facts
            .and(tag_text("h2", "section-title", words.benefits_here))
            .and(tag("ul", "block", Html::join(items)))
            .and(tag("p", "block", all));
    }
    facts = facts.and(report(words, station));
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
        .and(maps(words, &station.maps));
    Parts {
        top: back_bar(&station.back, words.back),
        plate: station_element("article", "station-page", &station.data, PLAIN, article),
        controls: tag("div", "block", copy),
        list: facts.and(tag("ul", "block provenance", Html::join(provenance))),
        foot: data_age(context, Some(&station.data_age)),
        ..Parts::default()
    }
}

/// The map apps, for who wants another one.
fn maps(words: &Words, maps: &[MapChoice]) -> Html {
    let Some(own) = maps.iter().find(|choice| choice.is_on) else {
        return Html::default();
    };
    let choices = maps.iter().map(|choice| {
        let (name, value) = Action::ChooseMap(choice.app).to_markup();
        let attributes = [
            ("class", Some("choice")),
            ("href", Some(choice.href.as_str())),
            ("target", Some("_blank")),
            ("rel", Some("noopener noreferrer")),
            ("data-do", Some(name)),
            ("data-value", Some(value.as_str())),
            ("aria-current", choice.is_on.then_some("true")),
        ];
        element("a", &attributes, Html::text(choice.label))
    });
    let note = (words.opens_other_app)(own.label);
    tag_text("p", "block quiet", &note)
        .and(tag_text("h2", "section-title", words.choose_map))
        .and(tag("div", "block choice-row", Html::join(choices)))
}

/// Today's hours as a bar, and where now is.
fn ribbon((spans, now): &(Vec<(u16, u16)>, u16)) -> Html {
    let across = |minute: u16| 4 + u32::from(minute) * 320 / 1440;
    let rect = |class: &'static str, x: u32, width: u32, y: &'static str, height: &'static str| {
        element(
            "rect",
            &[
                ("class", Some(class)),
                ("x", Some(&x.to_string())),
                ("y", Some(y)),
                ("width", Some(&width.to_string())),
                ("height", Some(height)),
                ("rx", Some("4")),
            ],
            Html::default(),
        )
    };
    let mut bars = rect("day-ribbon-track", 4, 320, "13", "16");
    for (from, to) in spans {
        let (x, end) = (across(*from), across(*to));
        bars = bars.and(rect("day-ribbon-open", x, end - x, "11", "20"));
    }
    let pointer = format!("M{} 35l-9-28h18z", across(*now));
    let pointer = element(
        "path",
        &[("class", Some("day-ribbon-now")), ("d", Some(&pointer))],
        Html::default(),
    );
    // The words beside it say the same.
    element(
        "svg",
        &[
            ("class", Some("day-ribbon")),
            ("viewBox", Some("0 0 328 40")),
            ("aria-hidden", Some("true")),
        ],
        bars.and(pointer),
    )
}

/// One tap says what was found.
fn report(words: &'static Words, station: &StationPage) -> Html {
    let choice = |verdict: Verdict| {
        let sign = match verdict {
            Verdict::Locked => "lock",
            Verdict::Wrong => "clock",
            Verdict::Gone => "report",
            Verdict::Fine => "check",
        };
        let label = icon(sign).and(Html::text((words.report_word)(verdict)));
        button("button", &Action::Report(verdict), PLAIN, label)
    };
    let mut said = Html::join(station.reported.iter().map(|line| tag_text("p", "", line)));
    if !station.report_text.is_empty() {
        let copy = icon("copy").and(Html::text(words.report_copy));
        let action = Action::Copy(station.report_text.clone());
        said = said.and(button("text-button", &action, PLAIN, copy));
    }
    let status = element(
        "div",
        &[("class", Some("block")), ("role", Some("status"))],
        said,
    );
    tag_text("h2", "section-title", words.report_title)
        .and(tag(
            "div",
            "block report-choices",
            Html::join(Verdict::ALL.map(choice)),
        ))
        .and(status)
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
