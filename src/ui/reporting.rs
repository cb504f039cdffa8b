//! What a person says of a station is kept, and sent where somebody listens.

use leptos::task::spawn_local;

use super::facts::REPORTS_KEY;
use super::state::State;
use crate::browser;
use crate::domain::backoff::Backoff;
use crate::view_model::reports::{Report, Reports, Verdict};

impl State {
    /// Keeps what somebody found at the station that is shown.
    pub(super) fn report(self, verdict: Verdict) {
        let report = self.look(|facts| {
            Some(Report {
                station: facts.address.station.clone()?,
                verdict,
                at: facts.know(|known| known.forecasts.now()),
                edition: facts.shown()?.manifest.edition.clone(),
                is_sent: false,
            })
        });
        let Some(report) = report else { return };
        self.change_reports(|reports| reports.add(report));
        self.may_send(Backoff::default());
        self.send_reports();
    }

    fn change_reports(self, change: impl FnOnce(&mut Reports)) {
        self.change(|facts| {
            change(&mut facts.reports);
            browser::storage::write(REPORTS_KEY, &facts.reports.to_text());
        });
    }

    /// None is being sent, and the next may be from then on.
    pub(super) fn may_send(self, next: Backoff) {
        self.work(|tools| (tools.next_sending, tools.is_sending) = (next, false));
    }

    /// Sends the reports that wait, one after the other; after a failure the
    /// pause doubles.
    pub(super) fn send_reports(self) {
        let (backoff, is_sending) = self.work(|tools| (tools.next_sending, tools.is_sending));
        let next = self.look(|facts| {
            let is_due = !is_sending && backoff.is_due(facts.unix_minute);
            let report = facts.reports.to_send().filter(|_| is_due)?.clone();
            Some((
                report,
                facts.shown()?.manifest.report_url.clone(),
                facts.unix_minute,
            ))
        });
        let Some((report, url, now)) = next.filter(|(_, url, _)| !url.is_empty()) else {
            return;
        };
        // Until this attempt is over no other begins.
        self.work(|tools| tools.is_sending = true);
        spawn_local(async move {
            if browser::network::post_json(&url, &report.to_json()).await {
                self.may_send(Backoff::default());
                self.change_reports(|reports| reports.mark_sent(&report));
                self.send_reports();
            } else {
                self.may_send(backoff.after_failure(now));
            }
        });
    }
}
