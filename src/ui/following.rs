//! The position follows the person, and nothing moves under a finger.

use std::time::Duration;

use leptos::prelude::*;

use super::facts::PLACE_KEY;
use super::state::State;
use crate::browser;
use crate::domain::datum::Crs;
use crate::domain::fix::{Fix, FixSource, LastPlace, Locating, NoPosition};
use crate::domain::position::Metres;
use crate::view_model::address::Address;

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
        self.change(|facts| facts.locating = Locating::Asking);
        if browser::host::ask_position() && !browser::host::lets_locate() {
            // All depends on the host then, which may never answer.
            set_timeout(
                move || {
                    if self.locating() == Locating::Asking {
                        self.fail(NoPosition::TimedOut);
                    }
                },
                HOST_TIMEOUT,
            );
            return;
        }
        let watch = browser::position::watch(move |answer| self.hear(answer));
        match watch {
            Ok(watch) => {
                let following = Following {
                    _position: watch,
                    _heading: browser::heading::follow(),
                };
                self.work(|tools| tools.following = Some(following));
            }
            Err(reason) => self.fail(reason),
        }
    }

    /// Listens to the device no longer.
    pub(super) fn stop_following(self) {
        // Dropped out here: it calls the browser.
        drop(self.work(|tools| tools.following.take()));
    }

    fn locating(self) -> Locating {
        self.look(|facts| facts.locating)
    }

    fn fail(self, reason: NoPosition) {
        self.change(|facts| facts.locating = Locating::Failed(reason));
    }

    /// Takes an answer of the device.
    fn hear(self, answer: Result<Fix, NoPosition>) {
        let crs = self.look(|facts| facts.settings.device_crs);
        let answer = answer.map(|fix| fix.reread(Crs::Wgs84, crs));
        let before = match self.locating() {
            Locating::Found(fix) => Some(fix),
            Locating::NotAsked
            | Locating::Asking
            | Locating::Remembered(_)
            | Locating::Failed(_) => None,
        };
        match (answer, before) {
            (Ok(fix), None) => self.found(fix),
            (Ok(fix), Some(before)) if fix.is_news_after(&before) => {
                let waits = self.work(|tools| {
                    tools.pending_fix = tools.is_pressed.then_some(fix);
                    tools.is_pressed
                });
                if !waits {
                    self.found(fix);
                }
            }
            // The last good answer stays.
            (_, Some(_)) => {}
            (Err(reason), None) => self.fail(reason),
        }
    }

    /// Takes what the page around this one says, as a fragment of the address: a
    /// position, how exact it is in metres, the season, the colours.
    pub(super) fn hear_host(self, said: &str, accuracy: f64) {
        if said == browser::host::NO_POSITION && self.locating() == Locating::Asking {
            self.fail(NoPosition::Blocked);
        }
        let said = Address::parse(said);
        if let Some(position) = said.at {
            // The host's position takes the place of whatever was chosen before.
            self.replace(Address {
                at: None,
                place: String::new(),
                ..self.address()
            });
            self.stop_following();
            self.found(Fix {
                position,
                accuracy: Metres(accuracy),
                source: FixSource::Host,
            });
        }
        if said.season.is_some() || said.theme.is_some() {
            let address = self.address();
            self.replace(Address {
                season: said.season.or(address.season),
                theme: said.theme.or(address.theme),
                ..address
            });
        }
    }

    /// Takes the device's positions as being on this reference system from now on.
    pub(super) fn read_device(self, crs: Crs) {
        let before = self.look(|facts| facts.settings.device_crs);
        self.keep_settings(|settings| settings.device_crs = crs);
        if let Locating::Found(fix) = self.locating()
            && fix.source == FixSource::Device
        {
            self.found(fix.reread(before, crs));
        }
    }

    /// A finger is on the page, or has left it.
    pub(super) fn press(self, is_pressed: bool) {
        let pending = self.work(|tools| {
            tools.is_pressed = is_pressed;
            tools.pending_fix.take_if(|_| !is_pressed)
        });
        if let Some(fix) = pending {
            self.found(fix);
        }
    }

    fn found(self, fix: Fix) {
        self.change(|facts| {
            facts.locating = Locating::Found(fix);
            if facts.settings.remembers_place {
                let place = LastPlace {
                    position: fix.position,
                    minute: facts.unix_minute,
                };
                browser::storage::write(PLACE_KEY, &place.to_text());
                facts.last_place = Some(place);
            }
        });
    }

    /// Shows the list around where the person was found last.
    pub(super) fn use_last_place(self) {
        if let Some(place) = self.look(|facts| facts.last_place) {
            self.stop_following();
            self.change(|facts| facts.locating = Locating::Remembered(place));
            self.close_view();
        }
    }

    /// Remembers where the person was found last from now on, or forgets it.
    pub(super) fn remember_place(self, remembers_place: bool) {
        self.keep_settings(|settings| settings.remembers_place = remembers_place);
        if !remembers_place {
            browser::storage::remove(PLACE_KEY);
            browser::frame::forget();
            self.change(|facts| facts.last_place = None);
        }
    }
}
