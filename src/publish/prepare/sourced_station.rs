//! A station with the row that it comes from.

use crate::domain::station::Station;
use crate::publish::issue::{Issue, Problem, place};

/// A station and the row it comes from.
#[derive(Clone, Debug)]
pub(in crate::publish) struct SourcedStation {
    pub(in crate::publish) station: Station,
    pub(in crate::publish) source: String,
    pub(in crate::publish) sheet: Option<String>,
    pub(in crate::publish) row: usize,
    pub(in crate::publish) id_was_given: bool,
}

impl SourcedStation {
    /// The file, and the sheet in a workbook.
    pub(in crate::publish) fn place(&self) -> String {
        place(&self.source, self.sheet.as_deref())
    }

    /// Only what an issue needs.
    pub(in crate::publish) fn without_station(&self) -> Self {
        let station = Station {
            id: self.station.id.clone(),
            name: self.station.name.clone(),
            ..Station::default()
        };
        Self {
            station,
            source: self.source.clone(),
            sheet: self.sheet.clone(),
            ..*self
        }
    }

    pub(super) fn issue(&self, problem: Problem) -> Issue {
        Issue {
            source: self.source.clone(),
            sheet: self.sheet.clone(),
            row: Some(self.row),
            station: Some(self.station.id.clone()),
            name: Some(self.station.name.clone()),
            problem,
        }
    }
}
