//! OpenStreetMap's `opening_hours` syntax: reading it through the parser of
//! the `opening-hours` project, and writing it.

mod read;
mod write;

pub(super) use read::readings;
pub use read::timetable_of_osm;
pub use write::to_osm;

const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
