//! What concerns the document as a whole: attributes of the root element, the title, and
//! announcements to screen readers.

use super::model::Model;
use crate::browser::page;
use crate::view_model::address::View;
use crate::view_model::announcement::Announcement;
use crate::view_model::offline::sync_status_name;
use crate::view_model::screen::Screen;
use crate::view_model::screen_input::{Loaded, ScreenInput, season};

/// The attributes of the root element and the title, for the style sheet, screen readers and
/// tests.
#[derive(Clone, PartialEq)]
pub(super) struct RootAttributes {
    pub(super) screen: &'static str,
    pub(super) view: Option<View>,
    season: &'static str,
    language: &'static str,
    title: String,
    theme: Option<&'static str>,
    edition: Option<String>,
    sync_status: &'static str,
    scale: u16,
    pub(super) is_embedded: bool,
}

impl RootAttributes {
    /// The attributes while a screen is shown.
    pub(super) fn new(input: &ScreenInput<'_>, screen: &Screen) -> Self {
        Self {
            screen: screen.name(),
            view: input.address.view,
            season: season(input.address, input.now()).key(),
            language: input.language.tag(),
            title: if let Screen::Station(station) = screen {
                format!("{} · {}", station.name, input.words.brand)
            } else {
                input.words.brand.to_owned()
            },
            theme: input
                .address
                .theme
                .unwrap_or(input.settings.theme)
                .name_at(input.now().minute() / 60),
            edition: match input.data {
                Loaded::Ready(dataset) => Some(dataset.manifest.edition.clone()),
                Loaded::Waiting | Loaded::Failed => None,
            },
            sync_status: sync_status_name(input),
            scale: input.address.scale.unwrap_or(input.settings.scale),
            is_embedded: input.address.embed,
        }
    }

    /// Whether a sheet covers the screen.
    pub(super) fn has_sheet(&self) -> bool {
        self.view.is_some_and(View::is_sheet)
    }

    /// Sets the attributes.
    pub(super) fn apply_root_attributes(&self) {
        let when = |is_so: bool| is_so.then_some("");
        let attributes = [
            ("lang", Some(self.language)),
            ("data-season", Some(self.season)),
            ("data-theme", self.theme),
            ("data-elder", when(self.scale >= 150)),
            ("data-large", when(self.scale > 115)),
            ("data-embed", when(self.is_embedded)),
            ("data-sheet", when(self.has_sheet())),
            ("data-edition", self.edition.as_deref()),
            ("data-sync", Some(self.sync_status)),
            ("data-screen", Some(self.screen)),
        ];
        for (name, value) in attributes {
            page::set_attribute(name, value);
        }
        let scale = format!("{}.{:02}", self.scale / 100, self.scale % 100);
        page::set_property("--user-scale", &scale);
        page::set_title(&self.title);
    }
}

/// Announces an answer to screen readers, if it has changed.
pub(super) fn announce(Announcement { name, state }: &Announcement) {
    page::announce("[data-part=announcement]", name, state);
}

/// The station of the first answer, if the screen has one.
pub(super) fn first_answer(screen: &Screen) -> Option<&String> {
    screen.hero().map(|hero| &hero.data.id)
}

impl Model {
    /// Remembers which station is the first answer on the screen. A screen without an answer,
    /// such as a station's page, changes nothing.
    pub(super) fn note_first_answer(&mut self, station: Option<String>) {
        if let Some(station) = station {
            let list = self.address.of_list().to_fragment();
            self.first_answer = Some((list, station));
        }
    }
}
