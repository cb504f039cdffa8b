//! The beginning, the check for a newer edition, and retries.

use std::sync::Arc;

use super::{CHECK_MINUTES, DatasetSync, Effect};
use crate::dataset::{
    CachePolicy, Data, Dataset, DatasetState, FetchError, Manifest, Newness, UpdateCheck, newness,
};
use crate::domain::backoff::Backoff;

impl DatasetSync {
    pub(super) fn open(
        &mut self,
        state: &mut DatasetState,
        manifest: Option<Vec<u8>>,
        has_room: bool,
        now: i64,
    ) -> Vec<Effect> {
        self.is_open = true;
        let edition = state.shown().map(|shown| shown.manifest.edition.clone());
        let mut effects = Vec::new();
        if state.sync.is_stored {
            self.stored = edition;
            if !has_room {
                effects.extend(self.be_full(state));
            }
            effects.extend(self.check(now));
        } else {
            match state.sync.check {
                UpdateCheck::Fresh => {
                    self.checked_at = now;
                    self.manifest = edition.zip(manifest);
                    if !has_room {
                        effects.extend(self.be_full(state));
                    }
                }
                UpdateCheck::Failed(_) => {
                    self.checked_at = now;
                    self.check_pause = self.check_pause.after_failure(now);
                }
                UpdateCheck::Asking => effects.extend(self.check(now)),
            }
        }
        if std::mem::take(&mut self.is_retry_wanted) {
            effects.extend(self.retry(state, now));
        }
        effects.push(self.recount());
        effects
    }

    /// There is no room: an edition with missing cells must not replace a stored one, and what was
    /// stored of it takes the room of the next.
    pub(super) fn be_full(&mut self, state: &mut DatasetState) -> Option<Effect> {
        let policy = std::mem::replace(&mut self.policy, CachePolicy::Nothing);
        state.sync.is_full = true;
        let has_leftovers = policy != CachePolicy::Nothing && self.stored.is_some();
        has_leftovers.then_some(Effect::DropLeftovers)
    }

    fn check(&mut self, now: i64) -> Option<Effect> {
        let may_check = !std::mem::replace(&mut self.is_checking, true);
        if may_check {
            self.checked_at = now;
        }
        may_check.then_some(Effect::FetchManifest)
    }

    /// Repeats a failed request once its pause is over, and checks for updates now and then.
    pub(super) fn tick(&mut self, now: i64) -> Vec<Effect> {
        if !self.is_open {
            return Vec::new();
        }
        let mut effects = Vec::new();
        if self.has_failed_count && self.pending_counts == 0 {
            effects.push(self.recount());
        }
        let pauses = [self.check_pause, self.screen_pause, self.background_pause];
        let is_over = |pause: &Backoff| pause.has_failed() && pause.is_due(now);
        let may_retry = pauses.iter().any(is_over) && self.check_pause.is_due(now);
        // A clock that was set back says nothing about the time since the last check.
        let since = now.saturating_sub(self.checked_at);
        if may_retry || !(0..CHECK_MINUTES).contains(&since) {
            effects.extend(self.check(now));
            effects.push(Effect::CheckPage);
        }
        effects
    }

    pub(super) fn retry(&mut self, state: &mut DatasetState, now: i64) -> Vec<Effect> {
        if !self.is_open {
            self.is_retry_wanted = true;
            return Vec::new();
        }
        for pause in [
            &mut self.check_pause,
            &mut self.screen_pause,
            &mut self.background_pause,
        ] {
            *pause = Backoff::default();
        }
        for download in self.for_screen.iter_mut().chain(&mut self.in_background) {
            download.is_retried = true;
        }
        self.is_check_retried = self.is_checking;
        state.sync.check = UpdateCheck::Asking;
        state.sync.cells_error = None;
        if matches!(state.data, Data::Failed) {
            state.data = Data::Waiting;
        }
        let mut effects: Vec<Effect> = self.check(now).into_iter().collect();
        if self.has_failed_count && self.pending_counts == 0 {
            effects.push(self.recount());
        }
        effects
    }

    pub(super) fn take_manifest(
        &mut self,
        state: &mut DatasetState,
        arrived: Result<Box<(Manifest, Vec<u8>)>, FetchError>,
        now: i64,
    ) -> Vec<Effect> {
        self.is_checking = false;
        let is_retried = std::mem::take(&mut self.is_check_retried);
        let (manifest, bytes) = match arrived {
            Ok(arrived) => *arrived,
            Err(_) if is_retried => return self.check(now).into_iter().collect(),
            Err(error) => {
                self.check_pause = self.check_pause.after_failure(now);
                state.sync.check = UpdateCheck::Failed(error);
                if !matches!(state.data, Data::Ready(_)) {
                    state.data = Data::Failed;
                }
                return Vec::new();
            }
        };
        self.check_pause = Backoff::default();
        let shown = state.shown();
        let found = shown.map_or(Newness::Newer, |shown| newness(&manifest, &shown.manifest));
        if found != Newness::Older {
            self.manifest = Some((manifest.edition.clone(), bytes));
        }
        match found {
            Newness::Same => {
                state.next = None;
                state.sync.check = UpdateCheck::Fresh;
            }
            Newness::Older => {
                // The host was rolled back: it may have no cells of a pending edition.
                state.next = None;
                state.sync.check = UpdateCheck::Failed(FetchError::Older);
            }
            Newness::Newer => {
                let next = state.next.as_ref();
                if next.is_some_and(|next| next.manifest.edition == manifest.edition) {
                    return Vec::new();
                }
                self.background_pause = Backoff::default();
                let dataset = Arc::new(Dataset::promised(manifest));
                if shown.is_none() {
                    state.sync.check = UpdateCheck::Fresh;
                    return vec![Effect::Show(dataset)];
                }
                state.next = Some(dataset);
            }
        }
        Vec::new()
    }
}
