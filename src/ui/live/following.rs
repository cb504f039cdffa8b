//! Follows the device's position, and changes nothing on the page while a finger is down.

use std::time::Duration;

use crate::browser::task::spawn;
use leptos::prelude::*;

use super::controller::Controller;
use crate::browser;
use crate::domain::datum::Crs;
use crate::domain::fix::{
    Fix, FixSource, JUMP_SECONDS, LastPlace, Locating, NoPosition, OLD_MINUTES, PATIENCE_SECONDS,
    Taken, Track,
};
use crate::domain::position::Metres;
use crate::ui::model::{PLACE_KEY, unix_minute};
use crate::view_model::address::{Address, View};

/// The time limit of the host's answer; the device has the same.
const HOST_TIMEOUT: Duration = Duration::from_secs(10);

/// After a finger is lifted, the browser dispatches its click within this time.
const AFTER_TAP: Duration = Duration::from_millis(100);

/// The subscriptions to position and compass, which end when this is dropped.
pub(super) struct Following {
    _position: browser::position::Watch,
    _heading: browser::heading::Heading,
}

impl Controller {
    /// Asks the device for the position, and follows it. A position that is known already holds
    /// until a better one comes.
    pub(super) fn follow(self) {
        let number = self.with_runtime(|runtime| {
            runtime.track.ask_anew();
            runtime.asked += 1;
            runtime.asked
        });
        if !self.has_place() {
            self.update(|model| model.locating = Locating::Asking);
            let lose_patience = move || {
                let is_last = self.with_runtime(|runtime| runtime.asked == number);
                if is_last && self.locating() == Locating::Asking {
                    self.update(|model| model.locating = Locating::Unanswered);
                }
            };
            set_timeout(lose_patience, Duration::from_secs(PATIENCE_SECONDS.into()));
        }
        if browser::host::ask_position() && !browser::host::lets_locate() {
            // Only the host can give the position, and it may never answer.
            set_timeout(
                move || {
                    if self.is_waiting() {
                        self.fail(NoPosition::TimedOut);
                    }
                },
                HOST_TIMEOUT,
            );
            return;
        }
        let watch = browser::position::watch(move |answer| self.on_position(answer));
        match watch {
            Ok(watch) => {
                let following = Following {
                    _position: watch,
                    _heading: browser::heading::follow(),
                };
                self.with_runtime(|runtime| runtime.following = Some(following));
            }
            Err(reason) => self.fail(reason),
        }
    }

    /// Stops following the device, and drops its answers.
    pub(super) fn stop_following(self) {
        // Dropped outside `with_runtime`, since dropping it calls the browser.
        drop(self.with_runtime(|runtime| {
            runtime.track = Track::default();
            runtime.pending.clear();
            runtime.asked += 1;
            runtime.following.take()
        }));
    }

    fn locating(self) -> Locating {
        self.with(|model| model.locating)
    }

    /// Whether the list is around a position that holds until a better one comes.
    fn has_place(self) -> bool {
        matches!(
            self.locating(),
            Locating::Found(_) | Locating::Remembered(_)
        )
    }

    /// Whether an answer of the device is still awaited.
    fn is_waiting(self) -> bool {
        matches!(self.locating(), Locating::Asking | Locating::Unanswered)
    }

    /// Shows that there is no position, unless one is known.
    fn fail(self, reason: NoPosition) {
        if !self.has_place() {
            self.update(|model| model.locating = Locating::Failed(reason));
        }
    }

    /// Takes an answer of the device, or queues it while a finger is down.
    fn on_position(self, answer: Result<Fix, NoPosition>) {
        let crs = self.with(|model| model.settings.device_crs);
        let answer = answer.map(|fix| fix.reread(Crs::Wgs84, crs));
        let waits = self.with_runtime(|runtime| {
            if runtime.is_pressed {
                runtime.pending.push(answer);
            }
            runtime.is_pressed
        });
        if !waits {
            self.take(answer);
        }
    }

    fn take(self, answer: Result<Fix, NoPosition>) {
        match answer {
            Ok(fix) => {
                let taken = self.with_runtime(|runtime| runtime.track.take(fix));
                self.apply(taken);
                // A phone that lies still may send no other fix to confirm this one.
                if let Some(suspect) = self.with_runtime(|runtime| runtime.track.suspect()) {
                    let give_in = move || {
                        let taken = self.with_runtime(|runtime| runtime.track.give_in_to(suspect));
                        self.apply(taken);
                    };
                    set_timeout(give_in, Duration::from_secs(JUMP_SECONDS.into()));
                }
            }
            Err(reason) => self.fail(reason),
        }
    }

    fn apply(self, taken: Taken) {
        match taken {
            Taken::Moved(fix) => self.found(fix),
            Taken::Confirmed(fix) => self.confirm(fix),
            Taken::Ignored => {}
        }
    }

    /// Keeps the position and updates its time. Only its age is shown, in minutes.
    fn confirm(self, fix: Fix) {
        let Locating::Found(known) = self.locating() else {
            return self.found(fix);
        };
        if fix.second.div_euclid(60) != known.second.div_euclid(60) {
            self.update(|model| model.locating = Locating::Found(fix));
        }
    }

    /// Takes a message of the host as a fragment of the address: a position, with its accuracy in
    /// metres, the season, or the colours.
    pub(super) fn on_host_message(self, message: &str, accuracy: f64) {
        if message == browser::host::NO_POSITION && self.is_waiting() {
            self.fail(NoPosition::Blocked);
        }
        let wanted = Address::parse(message);
        if let Some(position) = wanted.at {
            // The host's position replaces any place chosen before.
            self.replace(Address {
                at: None,
                place: String::new(),
                ..self.address()
            });
            self.stop_following();
            self.place_at(Fix {
                position,
                accuracy: Metres(accuracy),
                source: FixSource::Host,
                second: unix_minute() * 60,
            });
        }
        if wanted.season.is_some() || wanted.theme.is_some() {
            let address = self.address();
            self.replace(Address {
                season: wanted.season.or(address.season),
                theme: wanted.theme.or(address.theme),
                ..address
            });
        }
    }

    /// Reads the device's positions in this reference system from now on.
    pub(super) fn read_device(self, crs: Crs) {
        let before = self.with(|model| model.settings.device_crs);
        self.change_settings(|settings| settings.device_crs = crs);
        if let Locating::Found(fix) = self.locating()
            && fix.source == FixSource::Device
        {
            self.place_at(fix.reread(before, crs));
        }
    }

    /// Sets a position that is not checked against earlier ones.
    fn place_at(self, fix: Fix) {
        self.with_runtime(|runtime| runtime.track.hold(fix));
        self.found(fix);
    }

    /// Asks the device when the emergency view opens without a fresh position, if that needs no
    /// permission prompt.
    pub(super) fn locate_in_an_emergency(self, view: Option<View>) {
        let is_fresh = |fix: Fix| unix_minute() - fix.second.div_euclid(60) < OLD_MINUTES;
        let knows = match self.locating() {
            Locating::Found(fix) => is_fresh(fix),
            Locating::Asking | Locating::Unanswered => true,
            Locating::NotAsked | Locating::Remembered(_) | Locating::Failed(_) => false,
        };
        if view != Some(View::Emergency) || knows {
            return;
        }
        spawn(async move {
            if browser::position::is_allowed().await {
                self.follow();
            }
        });
    }

    /// Records whether a finger is on the page.
    pub(super) fn press(self, is_pressed: bool) {
        self.with_runtime(|runtime| runtime.is_pressed = is_pressed);
        if !is_pressed {
            // The page changes only after the click has reached its element.
            set_timeout(move || self.catch_up(), AFTER_TAP);
        }
    }

    /// Takes the answers queued while a finger was down, unless one is down again.
    fn catch_up(self) {
        if self.with_runtime(|runtime| runtime.is_pressed) {
            return;
        }
        for answer in self.with_runtime(|runtime| std::mem::take(&mut runtime.pending)) {
            self.take(answer);
        }
        self.tick();
    }

    fn found(self, fix: Fix) {
        self.update(|model| {
            model.locating = Locating::Found(fix);
            if model.settings.remembers_place {
                let place = LastPlace {
                    position: fix.position,
                    minute: model.unix_minute,
                };
                browser::storage::write(PLACE_KEY, &place.to_text());
                model.last_place = Some(place);
            }
        });
    }

    /// Shows the list around the last position found.
    pub(super) fn use_last_place(self) {
        if let Some(place) = self.with(|model| model.last_place) {
            self.stop_following();
            self.update(|model| model.locating = Locating::Remembered(place));
            self.close_view();
        }
    }

    /// Turns remembering the last position on, or off and removes it.
    pub(super) fn remember_place(self, remembers_place: bool) {
        self.change_settings(|settings| settings.remembers_place = remembers_place);
        if !remembers_place {
            browser::storage::remove(PLACE_KEY);
            self.update(|model| model.last_place = None);
        }
    }
}
