//! What a row says that its station offers.

use super::RowContext;
use crate::domain::station::{Features, Tristate};
use crate::publish::amenities;
use crate::publish::headings::Field;
use crate::publish::issue::Problem;
use crate::publish::table::TableRow;

/// What a station offers, by a list, by ticks and by remarks; and the facilities that have no
/// icon.
pub(super) fn facilities(
    row: &TableRow,
    context: &RowContext<'_>,
    notes: &[String],
    problems: &mut Vec<Problem>,
) -> (Features, Vec<String>) {
    let columns = context.columns;
    let mut readings = context.readings.borrow_mut();
    let reading = readings.facilities(columns.cell(row, Field::Amenities));
    let mut unclear = reading.unclear;
    let mut features = reading.features;
    for (named, heading, cell) in columns.ticks(row) {
        let answer = amenities::tick(cell);
        if answer.is_none() && cell.chars().any(char::is_alphanumeric) {
            unclear.push(format!("{heading}：{cell}"));
        }
        for feature in named {
            let listed = features.answer(*feature);
            let agreed = answer.filter(|own| listed == Tristate::Unknown || listed == *own);
            features.set(*feature, agreed.unwrap_or(Tristate::Unknown));
        }
    }
    for note in notes {
        // A remark adds no facility, but may make one unknown: 空调坏了.
        let remarked = readings.facilities(note);
        for part in remarked.unclear {
            for feature in amenities::named(&part) {
                if features.has(feature) {
                    features.set(feature, Tristate::Unknown);
                    unclear.push(part.clone());
                }
            }
        }
    }
    unclear.dedup();
    problems.extend(unclear.into_iter().map(Problem::FacilityUnclear));
    (features, reading.others)
}
