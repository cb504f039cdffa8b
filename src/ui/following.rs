//! The position follows the person, and nothing moves under a finger.

use leptos::prelude::*;

use super::state::State;
use crate::browser;
use crate::domain::fix::{Fix, Locating, NoPosition};

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
            Locating::NotAsked | Locating::Asking | Locating::Failed(_) => None,
        };
        match (answer, before) {
            (Ok(fix), None) => self.locating.set(Locating::Found(fix)),
            (Ok(fix), Some(before)) if fix.is_news_after(&before) => {
                if self.is_pressed.get_value() {
                    self.pending_fix.set_value(Some(fix));
                } else {
                    self.locating.set(Locating::Found(fix));
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
            self.locating.set(Locating::Found(fix));
        }
    }
}
