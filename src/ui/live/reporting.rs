//! Stores a rider's reports on stations, and sends them if the publisher takes reports.

use crate::browser::task::spawn;

use super::controller::Controller;
use crate::browser;
use crate::domain::backoff::Backoff;
use crate::domain::report::Verdict;
use crate::ui::model::REPORTS_KEY;
use crate::view_model::reports::{Delivery, Report, Reports};

impl Controller {
    /// Stores a report on the station that is shown.
    pub(super) fn report(self, verdict: Verdict) {
        let report = self.with(|model| {
            Some(Report {
                station: model.address.station.clone()?,
                verdict,
                at: model.with_input(|input| input.forecasts.now()),
                edition: model.shown()?.manifest.edition.clone(),
                delivery: Delivery::Waiting,
            })
        });
        let Some(report) = report else { return };
        self.change_reports(|reports| reports.add(report));
        self.may_send(Backoff::default());
        self.send_reports();
    }

    fn change_reports(self, change: impl FnOnce(&mut Reports)) {
        self.update(|model| {
            change(&mut model.reports);
            let text = model.reports.to_text();
            model.reports.is_lost = !browser::storage::write(REPORTS_KEY, &text);
        });
    }

    /// Marks that no report is being sent, and when the next may be.
    pub(super) fn may_send(self, next: Backoff) {
        self.with_runtime(|runtime| (runtime.next_sending, runtime.is_sending) = (next, false));
    }

    /// Sends the pending reports, one after the other; each failure doubles the pause.
    pub(super) fn send_reports(self) {
        let (backoff, is_sending) =
            self.with_runtime(|runtime| (runtime.next_sending, runtime.is_sending));
        let next = self.with(|model| {
            let is_due = !is_sending && backoff.is_due(model.unix_minute);
            let report = model.reports.to_send().filter(|_| is_due)?.clone();
            Some((
                report,
                model.shown()?.manifest.report_url.clone(),
                model.unix_minute,
            ))
        });
        let Some((report, url, now)) = next.filter(|(_, url, _)| !url.is_empty()) else {
            return;
        };
        // No other attempt begins until this one ends.
        self.with_runtime(|runtime| runtime.is_sending = true);
        spawn(async move {
            let answer = browser::network::post_json(&url, &report.to_json()).await;
            match answer.map_or(Delivery::Waiting, Delivery::answered) {
                Delivery::Waiting => self.may_send(backoff.after_failure(now)),
                delivery @ (Delivery::Sent | Delivery::Refused) => {
                    self.may_send(Backoff::default());
                    self.change_reports(|reports| reports.deliver(&report, delivery));
                    self.send_reports();
                }
            }
        });
    }
}
