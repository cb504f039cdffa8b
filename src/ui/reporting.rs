//! What a person says of a station is kept, and sent where somebody listens.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{REPORTS_KEY, State};
use crate::browser;
use crate::domain::backoff::Backoff;
use crate::view_model::reports::{Report, Reports, Verdict};

impl State {
    /// Keeps what somebody found at the station that is shown.
    pub(super) fn report(self, verdict: Verdict) {
        let (Some(station), Some(dataset)) =
            (self.address.read_untracked().station.clone(), self.shown())
        else {
            return;
        };
        let report = Report {
            station,
            verdict,
            at: untrack(|| self.know(|known| known.forecasts.now())),
            edition: dataset.manifest.edition.clone(),
            is_sent: false,
        };
        self.change_reports(|reports| reports.add(report));
        self.next_sending.set_value((Backoff::default(), false));
        self.send_reports();
    }

    fn change_reports(self, change: impl FnOnce(&mut Reports)) {
        let mut reports = self.reports.get_untracked();
        change(&mut reports);
        browser::storage::write(REPORTS_KEY, &reports.to_text());
        self.reports.set(reports);
    }

    /// Sends the reports that wait, one after the other; after a failure the
    /// pause doubles.
    pub(super) fn send_reports(self) {
        let Some(dataset) = self.shown() else {
            return;
        };
        let url = dataset.manifest.report_url.clone();
        let now = self.unix_minute.get_untracked();
        let (backoff, is_sending) = self.next_sending.get_value();
        let waiting = self.reports.read_untracked().to_send().cloned();
        let Some(report) =
            waiting.filter(|_| !url.is_empty() && !is_sending && backoff.is_due(now))
        else {
            return;
        };
        // Until this attempt is over no other begins.
        self.next_sending.set_value((backoff, true));
        spawn_local(async move {
            if browser::network::post_json(&url, &report.to_json()).await {
                self.next_sending.set_value((Backoff::default(), false));
                self.change_reports(|reports| reports.mark_sent(&report));
                self.send_reports();
            } else {
                self.next_sending
                    .set_value((backoff.after_failure(now), false));
            }
        });
    }
}
