//! Makes a station of a row.
//!
//! `cell` reads single cells, `position` the coordinates, `hours` the opening hours, `facilities`
//! what the station offers, and `state` what the row says of being in use.

mod cell;
mod facilities;
mod hours;
mod position;
mod state;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::access::access;
use super::amenities::{self, AmenityReading};
use super::closure::State;
use super::columns::Columns;
use super::config::{Config, Source};
use super::headings::Field;
use super::hours::{NotUnderstood, Understood};
use super::issue::Problem;
use super::non_station_row::{self, NonStationRow};
use super::personal;
use super::phone::{self, Whose};
use super::reference_system::ReferenceSystem;
use super::table::TableRow;
use super::title::Title;
use crate::dataset::Digest;
use crate::domain::opening::Hours;
use crate::domain::station::Station;
use cell::{clean, number, verified_on, whole_number};
pub(super) use cell::{day, list};
use facilities::facilities;
use hours::{apply_remarks, hours_of};
use position::position;
use state::{out_of_use, remarks};

/// What holds for all rows of a table.
pub(super) struct RowContext<'a> {
    pub(super) columns: &'a Columns,
    pub(super) source: &'a Source,
    pub(super) source_index: usize,
    pub(super) crs: ReferenceSystem,
    pub(super) readings: &'a RefCell<Readings>,
    /// What holds for all sheets.
    pub(super) config: &'a Config,
    /// The title above the rows.
    pub(super) title: &'a Title,
    /// The sign between the cells of a text file.
    pub(super) separator: Option<char>,
    /// Whether the columns' headings name another datum than the configuration.
    pub(super) is_other_datum: bool,
}

/// What a row is.
pub(super) enum Row {
    /// Nothing to publish, which the problems explain.
    None,
    /// The title of the rows below it.
    Title(Title),
    Station(Box<Station>),
}

/// A cache of texts that were read before: thousands of rows share some dozen texts for hours
/// and some hundreds for facilities.
#[derive(Default)]
pub(super) struct Readings {
    hours: HashMap<String, Result<Understood, NotUnderstood>>,
    facilities: HashMap<String, AmenityReading>,
}

impl Readings {
    fn facilities(&mut self, text: &str) -> AmenityReading {
        if let Some(reading) = self.facilities.get(text) {
            return reading.clone();
        }
        let reading = amenities::read(text);
        self.facilities.insert(text.to_owned(), reading.clone());
        reading
    }
}

/// A longer name, in characters, is a page pasted into a cell.
const LONGEST_NAME: usize = 120;

/// What a row is, and what is wrong with it.
pub(super) fn read(row: &TableRow, context: &RowContext<'_>) -> (Row, Vec<Problem>) {
    let RowContext {
        columns, source, ..
    } = *context;
    let mut problems = Vec::new();
    if row.is_empty() {
        return (Row::None, problems);
    }
    match non_station_row::of_row(row, columns) {
        Some(NonStationRow::Example) => return (Row::None, vec![Problem::ExampleRow]),
        Some(NonStationRow::Remark(text)) => return (Row::None, vec![Problem::NotAStation(text)]),
        Some(NonStationRow::Title(title)) => {
            let problem = Problem::TitleRow(title.clone());
            return (Row::Title(title), vec![problem]);
        }
        None => {}
    }
    if row.is_hidden {
        problems.push(Problem::RowHidden);
    }
    let cell = |field| columns.cell(row, field);
    let publishes_contacts = source.publish_contacts;
    // The text without personal data, if it has any and the configuration does not publish
    // contacts.
    let without_contacts = |text: &str| {
        if publishes_contacts {
            None
        } else {
            personal::without_contacts(text)
        }
    };
    let mut text = |field, name| {
        let clean = clean(cell(field), field, name, &mut problems);
        let kept = if matches!(field, Field::Note | Field::Landmark) {
            without_contacts(&clean)
        } else if publishes_contacts {
            None
        } else {
            personal::without_numbers(&clean)
        };
        if kept.is_some() {
            problems.push(Problem::PersonalData { field: name });
        }
        kept.unwrap_or(clean)
    };
    let name = text(Field::Name, "名称");
    let address = text(Field::Address, "地址");
    let floor = text(Field::Floor, "楼层");
    let landmark = text(Field::Landmark, "地标");
    let given_id = text(Field::Id, "编号");
    let origin = text(Field::Origin, "来源");
    let notes: Vec<String> = columns
        .cells(row, Field::Note)
        .map(|(_, note)| note.to_owned())
        .collect();
    let mut note = text(Field::Note, "备注");
    for more in notes.iter().skip(1) {
        note = format!(
            "{note}；{}",
            without_contacts(more).as_ref().unwrap_or(more)
        );
    }
    let or = |own: String, title: &str, default: &str| match (own.is_empty(), title.is_empty()) {
        (false, _) => own,
        (true, false) => title.to_owned(),
        (true, true) => default.to_owned(),
    };
    let district = or(
        text(Field::District, "区县"),
        &context.title.district,
        &source.district,
    );
    let city = or(text(Field::City, "城市"), "", &source.city);
    let kind = or(text(Field::Kind, "类型"), &context.title.kind, &source.kind);
    if name.is_empty() {
        problems.push(Problem::NameMissing);
        return (Row::None, problems);
    }
    if name.chars().count() > LONGEST_NAME {
        problems.push(Problem::NameTooLong);
        return (Row::None, problems);
    }

    let mut shut = out_of_use(row, context, &name, &address);
    if let Some((words, State::Gone)) = &shut {
        problems.push(Problem::OutOfUse(words.clone()));
        return (Row::None, problems);
    }
    let position = position(row, context, &mut problems);
    let mut hours = hours_of(row, context, &mut problems);
    if shut.is_none() {
        shut = apply_remarks(
            &remarks(row, columns, &notes),
            &mut hours,
            context,
            &mut problems,
        );
    }
    if let Some((words, _)) = shut {
        let words = without_contacts(&words).unwrap_or(words);
        hours = Hours {
            text: [words.as_str(), &hours.text]
                .map(str::trim)
                .join("；")
                .trim_matches('；')
                .to_owned(),
            ..Hours::default()
        };
        problems.push(Problem::PerhapsShut(words));
    }
    if let Some(text) = without_contacts(&hours.text) {
        problems.push(Problem::PersonalData {
            field: "开放时间"
        });
        hours.text = text;
    }
    let (features, mut others) = facilities(row, context, &notes, &mut problems);
    let told = others.len();
    others.retain(|other| without_contacts(other).is_none());
    if others.len() < told {
        problems.push(Problem::PersonalData {
            field: "服务设施"
        });
    }
    let id = if given_id.is_empty() {
        derived_id(&[&name, &address])
    } else {
        given_id.trim_end_matches(".0").to_owned()
    };
    let station = Station {
        id,
        city: city.trim_end_matches('市').to_owned(),
        district,
        floor,
        landmark,
        position,
        is_room: is_room(context.config, &kind, &name),
        kinds: kinds(&kind),
        features,
        hours: Arc::new(hours),
        access: access(cell(Field::Door), cell(Field::Audience)),
        phone: phones(row, context, &mut problems),
        capacity: number(cell(Field::Capacity), &mut problems),
        note: with_others(&note, &others),
        verified_on: verified_on(cell(Field::VerifiedOn), source, &mut problems),
        source: context.source_index,
        origin,
        name,
        address,
    };
    (Row::Station(Box::new(station)), problems)
}

/// Whether a kind is a room; without a kind the name decides. A filling station is not a room,
/// even in a list of rooms.
fn is_room(config: &Config, kind: &str, name: &str) -> bool {
    let (kind, name) = (kind.to_lowercase(), name.to_lowercase());
    let decisive = if kind.is_empty() { &name } else { &kind };
    let holds =
        |words: &[String], text: &str| words.iter().any(|word| text.contains(word.as_str()));
    holds(&config.rooms, decisive)
        && !holds(&config.makeshift, &kind)
        && !holds(&config.makeshift, &name)
}

/// The kinds in a cell, without words of data formats.
fn kinds(text: &str) -> Vec<String> {
    let mut kinds = list(text);
    kinds.retain(|kind| {
        let words = [
            "feature",
            "node",
            "way",
            "relation",
            "point",
            "polygon",
            "multipoint",
        ];
        !words.contains(&kind.to_lowercase().as_str())
    });
    kinds
}

/// The telephone numbers to publish.
fn phones(row: &TableRow, context: &RowContext<'_>, problems: &mut Vec<Problem>) -> String {
    let columns = context.columns;
    let is_asked_for = context.source.publish_contacts || columns.is_configured(Field::Phone);
    let raw = clean(
        columns.cell(row, Field::Phone),
        Field::Phone,
        "电话",
        problems,
    );
    let raw = whole_number(raw, problems);
    let heading = columns.heading_of(Field::Phone).unwrap_or_default();
    let whose = if is_asked_for {
        Whose::Stations
    } else if columns.has(Field::Person) {
        Whose::Persons
    } else if heading.contains("联系") || heading.to_lowercase().contains("contact") {
        Whose::Unsaid
    } else {
        Whose::Stations
    };
    let phone = phone::read(&raw, whose);
    if is_asked_for && phone.is_personal {
        return raw;
    }
    if phone.is_personal {
        problems.push(Problem::PersonalData { field: "电话" });
    }
    if phone.other {
        problems.push(Problem::NumberInvalid {
            field: "电话",
            text: raw,
        });
    }
    phone.text
}

/// Adds the facilities that have no icon to the note.
fn with_others(note: &str, others: &[String]) -> String {
    match (note.is_empty(), others.is_empty()) {
        (_, true) => note.to_owned(),
        (true, false) => format!("另有：{}", others.join("、")),
        (false, false) => format!("{note}。另有：{}", others.join("、")),
    }
}

/// An id derived from these texts: a place keeps it from edition to edition, whatever its row.
pub(super) fn derived_id(parts: &[&str]) -> String {
    let digest = Digest::of(parts.join("\n").as_bytes()).to_string();
    format!("s-{}", &digest[..12])
}
