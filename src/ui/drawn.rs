//! What the page shows, as values: the HTML of its parts, and what its root element
//! says. It is worked out from the facts alone, for the first frame and for all others.

use super::after_frame;
use super::facts::Facts;
use crate::browser;
use crate::domain::station::Comfort;
use crate::markup::{Extent, Html, Parts, parts, place_results, sheet};
use crate::view_model::address::View;
use crate::view_model::emergency::{Emergency, emergency};
use crate::view_model::offline::{standing, status, supply_name};
use crate::view_model::privacy::privacy;
use crate::view_model::screen::{
    Filters, Knowledge, Loaded, Screen, filters, find_places, screen, season,
};

/// Everything on the page.
pub(super) struct Drawn {
    /// All but the rest of the rows.
    pub(super) parts: Parts,
    pub(super) found: Html,
    pub(super) sheet: Html,
    pub(super) root: Root,
}

/// What the root element says of the page.
#[derive(PartialEq)]
pub(super) struct Root {
    pub(super) screen: &'static str,
    pub(super) view: Option<View>,
    season: &'static str,
    language: &'static str,
    title: String,
    theme: Option<&'static str>,
    edition: Option<String>,
    supply: &'static str,
    scale: u16,
    pub(super) is_embedded: bool,
    has_sheet: bool,
}

impl Root {
    /// The attributes that decide how the page looks.
    pub(super) fn look(&self) -> [(&'static str, Option<&str>); 7] {
        let when = |is_so: bool| is_so.then_some("");
        [
            ("lang", Some(self.language)),
            ("data-season", Some(self.season)),
            ("data-theme", self.theme),
            ("data-elder", when(self.scale >= 150)),
            ("data-large", when(self.scale > 115)),
            ("data-embed", when(self.is_embedded)),
            ("data-sheet", when(self.has_sheet)),
        ]
    }

    /// The size of the text, 1.00 as a rule.
    pub(super) fn scale_text(&self) -> String {
        format!("{}.{:02}", self.scale / 100, self.scale % 100)
    }
}

/// Draws the rest of the rows.
pub(super) fn draw_rest(facts: &Facts) -> Html {
    facts.know(|known| {
        let comfort = season(known.address, known.now());
        draw_parts(known, &screen(known), comfort, Extent::Rest).more
    })
}

fn draw_parts(known: &Knowledge<'_>, screen: &Screen, comfort: Comfort, extent: Extent) -> Parts {
    parts(
        screen,
        known.language.words(),
        known.address,
        comfort,
        known.settings.is_elder(),
        &standing(known),
        extent,
    )
}

/// Draws what is known.
pub(super) fn draw(facts: &Facts, extent: Extent) -> Drawn {
    facts.know(|known| {
        let words = known.language.words();
        let settings = known.settings;
        let found = match (known.address.view, known.data) {
            (Some(View::Pick), Loaded::Ready(dataset)) => {
                let typed = &facts.typed;
                let found =
                    find_places(dataset, known.address, typed, &browser::initials::initials);
                place_results(&found, typed, words)
            }
            _ => Html::default(),
        };
        let offered = match known.address.view {
            Some(View::Filter) => filters(known),
            _ => Filters::default(),
        };
        let help = match known.address.view {
            Some(View::Emergency) => emergency(known),
            _ => Emergency::default(),
        };
        let lines = match known.address.view {
            Some(View::Offline) => status(known),
            Some(View::Privacy) => privacy(known),
            _ => Vec::new(),
        };
        let has_sheet = known.address.view.is_some_and(View::is_sheet);
        let comfort = season(known.address, known.now());
        let screen = screen(known);
        Drawn {
            parts: draw_parts(known, &screen, comfort, extent),
            found,
            sheet: if has_sheet {
                sheet(
                    known.address,
                    &offered,
                    &help,
                    &lines,
                    settings,
                    known.language,
                )
            } else {
                Html::default()
            },
            root: Root {
                screen: screen.name(),
                view: known.address.view,
                season: comfort.key(),
                language: words.tag,
                title: match &screen {
                    Screen::Station(station) => format!("{} · {}", station.name, words.brand),
                    _ => words.brand.to_owned(),
                },
                theme: known
                    .address
                    .theme
                    .unwrap_or(settings.theme)
                    .name_at(known.now().minute() / 60),
                supply: supply_name(known),
                edition: match known.data {
                    Loaded::Ready(dataset) => Some(dataset.manifest.edition.clone()),
                    Loaded::Waiting | Loaded::Failed => None,
                },
                scale: known.address.scale.unwrap_or(settings.scale),
                is_embedded: known.address.embed,
                has_sheet,
            },
        }
    })
}

/// Tells the root element what is shown: for the style sheet, for screen
/// readers, for tests.
pub(super) fn reflect(root: &Root) {
    use browser::page::{set_attribute, set_property, set_title};
    for (name, value) in root.look() {
        set_attribute(name, value);
    }
    set_property("--user-scale", &root.scale_text());
    // It is shown outside the page, and costs as much as all of this together.
    let title = root.title.clone();
    after_frame(move || set_title(&title));
    set_attribute("data-edition", root.edition.as_deref());
    set_attribute("data-supply", Some(root.supply));
    set_attribute("data-screen", Some(root.screen));
}
