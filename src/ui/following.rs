//! The position follows the person, and nothing moves under a finger.

use leptos::prelude::*;

use super::state::{PLACE_KEY, State};
use crate::browser;
use crate::domain::fix::{Fix, LastPlace, Locating, NoPosition};
use crate::view_model::settings::Settings;

/// What is listened to while it is kept.
pub(super) struct Following {
    _position: browser::position::Watch,
    _heading: browser::heading::Heading,
}

impl State {
    /// Asks the device where the person is, and follows.
    pub(super) fn follow(self) {
        self.locating.set(Locating::Asking);
        let watch = browser::position::watch(move |answer| self.hear(answer));
        match watch {
            Ok(watch) => self.following.set_value(Some(Following {
                _position: watch,
                _heading: browser::heading::follow(),
            })),
            Err(reason) => self.locating.set(Locating::Failed(reason)),
        }
    }

    /// Takes an answer of the device.
    fn hear(self, answer: Result<Fix, NoPosition>) {
        let before = match *self.locating.read_untracked() {
            Locating::Found(fix) => Some(fix),
            Locating::NotAsked
            | Locating::Asking
            | Locating::Remembered(_)
            | Locating::Failed(_) => None,
        };
        match (answer, before) {
            (Ok(fix), None) => self.found(fix),
            (Ok(fix), Some(before)) if fix.is_news_after(&before) => {
                if self.is_pressed.get_value() {
                    self.pending_fix.set_value(Some(fix));
                } else {
                    self.found(fix);
                }
            }
            // The last good answer stays.
            (_, Some(_)) => {}
            (Err(reason), None) => self.locating.set(Locating::Failed(reason)),
        }
    }

    /// A finger is on the page, or has left it.
    pub(super) fn press(self, is_pressed: bool) {
        self.is_pressed.set_value(is_pressed);
        if !is_pressed && let Some(fix) = self.pending_fix.get_value() {
            self.pending_fix.set_value(None);
            self.found(fix);
        }
    }

    fn found(self, fix: Fix) {
        self.locating.set(Locating::Found(fix));
        if self.settings.read_untracked().remembers_place {
            let place = LastPlace {
                position: fix.position,
                minute: self.unix_minute.get_untracked(),
            };
            browser::storage::write(PLACE_KEY, &place.to_text());
            self.last_place.set(Some(place));
        }
    }

    /// Shows the list around where the person was found last.
    pub(super) fn use_last_place(self) {
        if let Some(place) = self.last_place.get_untracked() {
            self.following.set_value(None);
            self.locating.set(Locating::Remembered(place));
            self.close_view();
        }
    }

    /// Remembers where the person was found last from now on, or forgets it.
    pub(super) fn remember_place(self, remembers_place: bool) {
        self.keep_settings(Settings {
            remembers_place,
            ..self.settings.get_untracked()
        });
        if !remembers_place {
            browser::storage::remove(PLACE_KEY);
            self.last_place.set(None);
        }
    }
}
