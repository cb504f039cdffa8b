//! Keeps the first frame of this address for the next visit: it is shown then before
//! the module is here (`public/frame.js`), so it must be what the module will draw.
//! Whether it will be is no matter of rules: it is drawn for minute after minute, as
//! a page that opens then would draw it, and kept for as long as nothing differs.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::drawn::draw;
use super::facts::{Facts, unix_minute};
use super::state::{EDITION_KEY, State};
use super::supply::Holding;
use crate::browser;
use crate::browser::frame::{self, Frame};
use crate::dataset::Dataset;
use crate::domain::fix::Locating;
use crate::markup::{Extent, page};

/// So far ahead it is known what the frame will be.
const AHEAD_MINUTES: i64 = 20;

/// Between one minute that is looked at and the next, for a slow phone's fingers.
const PAUSE: Duration = Duration::from_millis(100);

/// Who taps taps again: so long after a change nothing is looked at.
const REST: Duration = Duration::from_secs(1);

/// A frame that is kept.
pub(super) struct Kept {
    /// What it hangs on but the stations and the minute.
    key: String,
    edition: String,
    /// With a network, and without.
    frames: [Frame; 2],
    /// When a page that opens draws it.
    minutes: Range<i64>,
    /// Whether the minute behind those has another one.
    is_over: bool,
}

impl State {
    /// Keeps the frame of what is known now, if it is not kept yet. Runs whenever what
    /// is known changes.
    pub(super) fn keep_frame(self) {
        self.facts.track();
        let is_at_it = self.work(|tools| {
            tools.changes += 1;
            std::mem::replace(&mut tools.keeps_frame, true)
        });
        if !is_at_it {
            self.look_ahead_in(REST);
        }
    }

    fn look_ahead_in(self, pause: Duration) {
        let seen = self.work(|tools| tools.changes);
        let look = move || {
            let is_in_use = self.work(|tools| tools.is_pressed || tools.changes != seen);
            if is_in_use {
                self.look_ahead_in(REST);
            } else if self.look_at_next_minute().is_some() {
                self.look_ahead_in(PAUSE);
            } else {
                self.work(|tools| tools.keeps_frame = false);
            }
        };
        set_timeout(look, pause);
    }

    /// None if there is nothing more to look at.
    fn look_at_next_minute(self) -> Option<()> {
        let dataset = self.dataset_of_next_visit()?;
        let edition = &dataset.manifest.edition;
        let key = frame::key()?;
        let now = unix_minute();
        let before = self.work(|tools| tools.frame.take());
        let mut kept = before
            .filter(|kept| kept.key == key && kept.edition == *edition)
            .filter(|kept| kept.minutes.contains(&now))
            .unwrap_or_else(|| Kept {
                frames: frames(&dataset, now),
                key,
                edition: edition.clone(),
                minutes: now..now,
                is_over: false,
            });
        let next = kept.minutes.end;
        let is_done = kept.is_over || next >= now + AHEAD_MINUTES;
        if !is_done {
            // The minute of the frame itself needs no second look.
            kept.is_over = next > now && frames(&dataset, next) != kept.frames;
            kept.minutes.end += i64::from(!kept.is_over);
            let minutes = &kept.minutes;
            let keep = |(frame, is_offline)| frame::keep(frame, is_offline, &kept.key, minutes);
            let until = kept.frames.iter().zip([false, true]).map(keep).min();
            kept.minutes.end = until.unwrap_or(kept.minutes.end);
        }
        self.work(|tools| tools.frame = Some(kept));
        (!is_done).then_some(())
    }

    /// The stations that a page opened now will find here; none if its first frame
    /// must not be kept.
    fn dataset_of_next_visit(self) -> Option<Arc<Dataset>> {
        let dataset = self.look(|facts| {
            // While somebody is followed, the last place and with it the frame change
            // every minute.
            let may_keep = facts.locating == Locating::NotAsked
                && facts.address.view.is_none()
                && !facts.address.embed
                && facts.settings.remembers_place
                && facts.holding.supply.is_kept
                && !facts.holding.supply.is_full;
            facts.shown().filter(|_| may_keep).cloned()
        })?;
        let manifest = &dataset.manifest;
        let edition = &manifest.edition;
        let kept = browser::storage::read(EDITION_KEY);
        let is_kept = kept.is_none_or(|kept| kept == *edition)
            && self.work(|tools| tools.stock.keeps(edition));
        // Of a larger one nothing is there before somebody asks.
        let is_early = browser::kept::are_early(manifest.cells.len() + 1);
        (is_kept && is_early).then_some(dataset)
    }
}

/// What a page draws first that opens here in some minute, with a network and without.
fn frames(dataset: &Arc<Dataset>, unix_minute: i64) -> [Frame; 2] {
    let mut facts = Facts::opened_with(Holding::of(Arc::clone(dataset)));
    facts.unix_minute = unix_minute;
    [false, true].map(|is_offline| {
        facts.is_offline = is_offline;
        let drawn = draw(&facts, Extent::Plate);
        let look = drawn.root.look().into_iter();
        Frame {
            html: page(&drawn.parts, &drawn.found, &drawn.sheet)
                .as_str()
                .to_owned(),
            look: look
                .filter_map(|(name, value)| Some((name, value?.to_owned())))
                .collect(),
            scale: drawn.root.scale_text(),
        }
    })
}
