//! The position follows the person, and nothing moves under a finger.

use std::time::Duration;

use leptos::prelude::*;

use super::state::{PLACE_KEY, State};
use crate::browser;
use crate::domain::datum::Crs;
use crate::domain::fix::{Fix, FixSource, LastPlace, Locating, NoPosition};
use crate::domain::position::Metres;
use crate::view_model::address::Address;
use crate::view_model::settings::Settings;

/// As long as the device may take.
const HOST_TIMEOUT: Duration = Duration::from_secs(10);

/// What is listened to while it is kept.
pub(super) struct Following {
    _position: browser::position::Watch,
    _heading: browser::heading::Heading,
}

impl State {
    /// Asks the device where the person is, and follows.
    pub(super) fn follow(self) {
        self.locating.set(Locating::Asking);
        if browser::host::ask_position() && !browser::host::lets_locate() {
            // All depends on the host then, which may never answer.
            set_timeout(
                move || {
                    if *self.locating.read_untracked() == Locating::Asking {
                        self.locating.set(Locating::Failed(NoPosition::TimedOut));
                    }
                },
                HOST_TIMEOUT,
            );
            return;
        }
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
        let crs = self.settings.read_untracked().device_crs;
        let answer = answer.map(|fix| fix.reread(Crs::Wgs84, crs));
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

    /// Takes what the page around this one says, as a fragment of the address: a
    /// position, how exact it is in metres, the season, the colours.
    pub(super) fn hear_host(self, said: &str, accuracy: f64) {
        if said == browser::host::NO_POSITION && *self.locating.read_untracked() == Locating::Asking
        {
            self.locating.set(Locating::Failed(NoPosition::Blocked));
        }
        let said = Address::parse(said);
        if let Some(position) = said.at {
            // The host's position takes the place of whatever was chosen before.
            self.replace(Address {
                at: None,
                place: String::new(),
                ..self.address.get_untracked()
            });
            self.following.set_value(None);
            self.found(Fix {
                position,
                accuracy: Metres(accuracy),
                source: FixSource::Host,
            });
        }
        if said.season.is_some() || said.theme.is_some() {
            let address = self.address.get_untracked();
            self.replace(Address {
                season: said.season.or(address.season),
                theme: said.theme.or(address.theme),
                ..address
            });
        }
    }

    /// Takes the device's positions as being on this reference system from now on.
    pub(super) fn read_device(self, crs: Crs) {
        let settings = self.settings.get_untracked();
        self.keep_settings(Settings {
            device_crs: crs,
            ..settings
        });
        let locating = self.locating.get_untracked();
        if let Locating::Found(fix) = locating
            && fix.source == FixSource::Device
        {
            self.found(fix.reread(settings.device_crs, crs));
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
