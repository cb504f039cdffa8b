//! The district screen.

use super::data_age::{DataAge, data_age};
use super::nearby::RowSection;
use super::notice::{Notice, notices};
use super::places::area_name;
use super::screen_input::ScreenInput;
use super::station_row::row;
use crate::dataset::Dataset;
use crate::domain::opening::Opening;
use crate::domain::station::{Area, Station};

/// The stations of a district.
#[derive(Clone, Debug, PartialEq)]
pub struct District {
    /// Its name.
    pub name: String,
    /// The notices above the list.
    pub notices: Vec<Notice>,
    /// Its stations, open ones first; those without a position are in a section of their own.
    pub sections: Vec<RowSection>,
    /// The age of the data.
    pub data_age: DataAge,
}

/// The district screen of an area.
#[inline(never)]
pub(super) fn district(input: &ScreenInput<'_>, dataset: &Dataset, area: &Area) -> District {
    let words = input.words;
    let calendar = &dataset.manifest.calendar;
    let mut members: Vec<(usize, &Station)> = dataset
        .stations
        .iter()
        .filter(|station| station.city == area.city && station.district == area.district)
        .map(|station| {
            let rank = match station.hours.state_at(input.now(), calendar) {
                Opening::Open { .. } => 0,
                Opening::ClosingSoon { .. } => 1,
                Opening::Unknown(_) => 2,
                Opening::Closed { .. } => 3,
            };
            (rank, station)
        })
        .collect();
    members.sort_by(|(rank, one), (other_rank, other)| {
        (rank, &one.name).cmp(&(other_rank, &other.name))
    });
    let (placed, unplaced): (Vec<_>, Vec<_>) = members
        .into_iter()
        .partition(|(_, station)| station.position.is_some());
    let section = |title: &str, note: &str, members: Vec<(usize, &Station)>| RowSection {
        title: title.to_owned(),
        note: note.to_owned(),
        rows: members
            .iter()
            .map(|(_, s)| row(input, dataset, s, None))
            .collect(),
    };
    let count = (words.count)(placed.len());
    let name = area_name(area, false);
    let sections = [
        section(&name, &count, placed),
        section(
            words.area_unplaced,
            &(words.count)(unplaced.len()),
            unplaced,
        ),
    ];
    District {
        name,
        notices: notices(input, dataset),
        sections: sections
            .into_iter()
            .filter(|section| !section.rows.is_empty())
            .collect(),
        data_age: data_age(input, dataset),
    }
}
