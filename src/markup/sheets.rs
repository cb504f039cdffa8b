//! What lies over the list: filters, display, privacy.

use super::html::{Attribute, Html, PLAIN, button, element, icon, link, tag, tag_text};
use super::parts::filter_chip;
use crate::view_model::action::Action;
use crate::view_model::address::{Address, MAX_SCALE, View};
use crate::view_model::emergency::Emergency;
use crate::view_model::language::{Language, Words};
use crate::view_model::offline::Line;
use crate::view_model::screen::{Chip, Filters};
use crate::view_model::settings::{Settings, Theme};

/// The sheet that the address names, if it names one.
#[must_use]
#[inline(never)]
pub fn sheet(
    address: &Address,
    filters: &Filters,
    emergency: &Emergency,
    lines: &[Line],
    settings: Settings,
    language: Language,
) -> Html {
    let words = language.words();
    match address.view {
        None | Some(View::Pick | View::Radar | View::Benefits) => Html::default(),
        Some(View::Emergency) => emergency_sheet(address, emergency, words),
        Some(View::Filter) => filter_sheet(address, filters, words),
        Some(View::Display) => display_sheet(address, settings, language),
        Some(View::Privacy) => privacy_sheet(address, lines, words),
        Some(View::Offline) => offline_sheet(address, lines, words),
    }
}

fn frame(address: &Address, title: &str, words: &Words, body: Html, foot: Html) -> Html {
    let close = address.with_view(None).to_fragment();
    let closing = |class: &'static str, tabindex: Option<&'static str>, inner| {
        let attributes = [
            ("class", Some(class)),
            ("href", Some(close.as_str())),
            ("aria-label", Some(words.close)),
            ("tabindex", tabindex),
        ];
        element("a", &attributes, inner)
    };
    let head = element(
        "h2",
        &[
            ("class", Some("sheet-title")),
            ("tabindex", Some("-1")),
            ("data-focus", Some("")),
        ],
        Html::text(title),
    );
    let inner = tag(
        "div",
        "sheet-head",
        head.and(closing("sheet-close", None, icon("close"))),
    )
    .and(tag("div", "sheet-body", body))
    .and(tag("div", "sheet-foot", foot));
    closing("sheet-scrim", Some("-1"), Html::default()).and(element(
        "section",
        &[
            ("class", Some("sheet")),
            ("role", Some("dialog")),
            ("aria-modal", Some("true")),
            ("aria-label", Some(title)),
        ],
        inner,
    ))
}

fn group(title: &str, class: &str, inner: Html) -> Html {
    let attributes = [
        ("class", Some(class)),
        ("role", Some("group")),
        ("aria-label", Some(title)),
    ];
    tag_text("p", "choice-title", title).and(element("div", &attributes, inner))
}

fn done(address: &Address, label: &str) -> Html {
    link(
        "button button-main",
        &address.with_view(None).to_fragment(),
        Html::text(label),
    )
}

fn filter_sheet(address: &Address, filters: &Filters, words: &Words) -> Html {
    let chips = |chips: &[Chip]| Html::join(chips.iter().map(|chip| filter_chip("choice", chip)));
    let mut body = group(words.filter_open, "choice-row", chips(&filters.open))
        .and(group(
            words.filter_need,
            "choice-grid",
            chips(&filters.needs),
        ))
        .and(group(
            words.filter_travel,
            "choice-row",
            chips(&filters.travel),
        ));
    if !filters.who.is_empty() {
        body = body.and(group(words.filter_who, "choice-row", chips(&filters.who)));
    }
    body = body.and(group(
        words.filter_kind,
        "choice-row",
        chips(&filters.kinds),
    ));
    let cleared = Address {
        open: None,
        ..address.without_filter()
    };
    let clear = Action::Replace(cleared.to_fragment());
    let foot = button("button", &clear, PLAIN, Html::text(words.filter_clear))
        .and(done(address, words.filter_show));
    frame(address, words.filter, words, body, foot)
}

fn choice(label: &str, is_on: bool, action: &Action) -> Html {
    let pressed: Attribute<'_> = ("aria-pressed", Some(if is_on { "true" } else { "false" }));
    button("choice", action, pressed, Html::text(label))
}

fn display_sheet(address: &Address, settings: Settings, language: Language) -> Html {
    let words = language.words();
    let sizes = [
        (words.standard, 100),
        (words.text_large, 130),
        (words.elder, MAX_SCALE),
    ];
    let sizes =
        sizes.map(|(label, scale)| choice(label, settings.scale == scale, &Action::Scale(scale)));
    let colours = Theme::ALL.map(|theme| {
        let label = match theme {
            Theme::Automatic => words.automatic,
            Theme::Light => words.light,
            Theme::Sunlight => words.sunlight,
            Theme::Dark => words.dark,
        };
        choice(label, settings.theme == theme, &Action::Colours(theme))
    });
    let languages = Language::ALL
        .map(|other| choice(other.words().name, other == language, &Action::Speak(other)));
    let places = [(words.remember, true), (words.do_not_remember, false)];
    let places = places.map(|(label, remember)| {
        let is_on = settings.remembers_place == remember;
        choice(label, is_on, &Action::RememberPlace(remember))
    });
    let body = group(words.text_size, "choice-row", Html::join(sizes))
        .and(group(words.colours, "choice-row", Html::join(colours)))
        .and(group(words.language, "choice-row", Html::join(languages)))
        .and(group(
            words.remember_place,
            "choice-row",
            Html::join(places),
        ));
    frame(
        address,
        words.display,
        words,
        body,
        done(address, words.done),
    )
}

fn emergency_sheet(address: &Address, emergency: &Emergency, words: &Words) -> Html {
    let call = link(
        "button button-danger button-huge",
        "tel:120",
        icon("phone").and(Html::text(words.call_120)),
    );
    let mut plate = Html::default();
    for (number, line) in emergency.place.iter().enumerate() {
        let class = if number == 0 {
            "address-plate-text"
        } else {
            ""
        };
        plate = plate.and(tag_text("p", class, line));
    }
    if emergency.place.is_empty() {
        plate = tag_text("p", "", words.read_out_unknown);
    }
    let aids = emergency.aids.iter().map(|aid| {
        let said =
            tag_text("p", "action-row-title", &aid.title).and(tag_text("p", "quiet", &aid.note));
        let inner = icon(aid.icon)
            .and(tag("div", "action-row-words", said))
            .and(icon("forward"));
        link("action-row", &aid.href, inner)
    });
    let aids = if emergency.aids.is_empty() {
        tag_text("p", "quiet", words.aid_none)
    } else {
        Html::join(aids)
    };
    let steps = |title: &str, steps: &[&str; 4]| {
        let items = steps.iter().map(|step| tag_text("li", "step", step));
        tag_text("h3", "choice-title", title).and(tag("ol", "steps", Html::join(items)))
    };
    let (heat, cold) = (
        steps(words.heat, &words.heat_steps),
        steps(words.cold, &words.cold_steps),
    );
    let steps = if emergency.is_cold {
        cold.and(heat)
    } else {
        heat.and(cold)
    };
    let body = call
        .and(tag_text("h3", "choice-title", words.read_out))
        .and(tag("div", "address-plate selectable", plate))
        .and(tag_text("h3", "choice-title", words.aid_near))
        .and(aids)
        .and(steps)
        .and(tag_text("p", "quiet", words.steps_note));
    frame(address, words.nav_emergency, words, body, Html::default())
}

fn fact(sign: &'static str, label: &str, answer: &str, has: &str) -> Html {
    let inner =
        icon(sign)
            .and(tag_text("span", "", label))
            .and(tag_text("span", "fact-answer", answer));
    element(
        "li",
        &[("class", Some("fact")), ("data-has", Some(has))],
        inner,
    )
}

fn privacy_sheet(address: &Address, lines: &[Line], words: &Words) -> Html {
    let facts = lines
        .iter()
        .map(|line| fact("shield", line.label, &line.answer, "yes"));
    let body = tag("ul", "facts facts-long", Html::join(facts)).and(tag_text(
        "p",
        "quiet",
        words.privacy_note,
    ));
    let offline = address.with_view(Some(View::Offline)).to_fragment();
    let body = body.and(link(
        "text-button",
        &offline,
        Html::text(words.offline_status),
    ));
    let forget = button(
        "button",
        &Action::Forget,
        PLAIN,
        Html::text(words.clear_all),
    );
    let foot = forget.and(done(address, words.done));
    frame(address, words.privacy, words, body, foot)
}

fn offline_sheet(address: &Address, kept: &[Line], words: &Words) -> Html {
    let facts = kept.iter().map(|line| {
        let (sign, has) = if line.is_good {
            ("check", "yes")
        } else {
            ("info", "unknown")
        };
        fact(sign, line.label, &line.answer, has)
    });
    let keep = icon("down").and(Html::text(words.keep_all));
    let again = icon("refresh").and(Html::text(words.reload));
    let body = tag("ul", "facts", Html::join(facts))
        .and(tag_text("p", "quiet", words.offline_note))
        .and(button("button", &Action::KeepAll, PLAIN, keep))
        .and(button("button", &Action::Load, PLAIN, again));
    let clear = button(
        "button",
        &Action::ClearKept,
        PLAIN,
        Html::text(words.clear_kept),
    );
    let foot = clear.and(done(address, words.done));
    frame(address, words.offline_status, words, body, foot)
}
