//! What a person says of a station is kept, and sent where somebody listens.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{Data, REPORTS_KEY, State};
use crate::browser;
use crate::view_model::reports::{Report, Reports, Verdict};

/// Between two attempts to send never more than so many minutes pass.
const MOST_MINUTES: i64 = 60;

impl State {
    /// Keeps what somebody found at the station that is shown.
    pub(super) fn report(self, verdict: Verdict) {
        let (Some(station), Data::Ready(dataset)) = (
            self.address.read_untracked().station.clone(),
            self.data.get_untracked(),
        ) else {
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
        self.next_sending.set_value((0, 1));
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
        let Data::Ready(dataset) = self.data.get_untracked() else {
            return;
        };
        let url = dataset.manifest.report_url.clone();
        let now = self.unix_minute.get_untracked();
        let (not_before, pause) = self.next_sending.get_value();
        let waiting = self.reports.read_untracked().to_send().cloned();
        let Some(report) = waiting.filter(|_| !url.is_empty() && now >= not_before) else {
            return;
        };
        // Until this attempt is over no other begins.
        self.next_sending.set_value((i64::MAX, pause));
        spawn_local(async move {
            if browser::network::post_json(&url, &report.to_json()).await {
                self.next_sending.set_value((0, 1));
                self.change_reports(|reports| reports.mark_sent(&report));
                self.send_reports();
            } else {
                let next = (pause * 2).min(MOST_MINUTES);
                self.next_sending.set_value((now + pause, next));
            }
        });
    }
}
