//! Makes a station of a row.

use super::amenities;
use super::beside::{self, Beside, Title};
use super::closure::{self, State};
use super::columns::{Columns, Watch};
use super::config::Source;
use super::coordinate::{self, Order};
use super::headings::Field;
use super::hours_columns::Doubt;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::hours::{self, NotUnderstood, Remark, Understood};
use super::issue::Problem;
use super::personal;
use super::phone::{self, Whose};
use super::reference_system::ReferenceSystem;
use super::table::TableRow;
use crate::dataset::Digest;
use crate::domain::calendar::Calendar;
use crate::domain::civil::Day;
use crate::domain::datum::Crs;
use crate::domain::opening::Hours;
use crate::domain::position::Bounds;
use crate::domain::position::LonLat;
use crate::domain::station::{Answer, Features, Station};

/// What holds for all rows of a table.
pub(super) struct Surroundings<'a> {
    pub(super) columns: &'a Columns,
    pub(super) source: &'a Source,
    pub(super) source_index: usize,
    pub(super) crs: ReferenceSystem,
    pub(super) calendar: &'a Calendar,
    pub(super) service_area: Option<&'a Bounds>,
    pub(super) readings: &'a RefCell<Readings>,
    /// What stands above the rows.
    pub(super) title: &'a Title,
    /// The sign between the cells of a text file.
    pub(super) separator: Option<char>,
    /// Whether the columns' headings name another datum than the configuration.
    pub(super) is_other_datum: bool,
}

/// What a row turned out to be.
pub(super) enum Row {
    /// Nothing to publish, which the problems explain.
    None,
    /// The title of the rows below it.
    Title(Title),
    Station(Box<Station>),
}

/// Texts that were read before: a list of thousands has some dozen for hours, and some hundreds for
/// facilities.
#[derive(Default)]
pub(super) struct Readings {
    hours: HashMap<String, Result<Understood, NotUnderstood>>,
    facilities: HashMap<String, amenities::Said>,
}

impl Readings {
    fn facilities(&mut self, text: &str) -> amenities::Said {
        if let Some(said) = self.facilities.get(text) {
            return said.clone();
        }
        let said = amenities::read(text);
        self.facilities.insert(text.to_owned(), said.clone());
        said
    }
}

/// What a row is, and what is wrong with it.
pub(super) fn read(row: &TableRow, around: &Surroundings<'_>) -> (Row, Vec<Problem>) {
    let Surroundings {
        columns, source, ..
    } = *around;
    let mut problems = Vec::new();
    if row.is_empty() {
        return (Row::None, problems);
    }
    match beside::of_row(row, columns) {
        Some(Beside::Example) => return (Row::None, vec![Problem::ExampleRow]),
        Some(Beside::Remark(text)) => return (Row::None, vec![Problem::NotAStation(text)]),
        Some(Beside::Title(title)) => {
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
    // A text without what belongs to people, where it has any and nobody asked for it.
    let withheld = |text: &str| {
        if publishes_contacts {
            None
        } else {
            personal::withheld(text)
        }
    };
    let mut text = |field, name| {
        let clean = clean(cell(field), field, name, &mut problems);
        let kept = match field {
            Field::Note | Field::Landmark => withheld(&clean),
            _ if publishes_contacts => None,
            _ => personal::without_numbers(&clean),
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
        note = format!("{note}；{}", withheld(more).as_ref().unwrap_or(more));
    }
    let or = |own: String, title: &str, default: &str| match (own.is_empty(), title.is_empty()) {
        (false, _) => own,
        (true, false) => title.to_owned(),
        (true, true) => default.to_owned(),
    };
    let district = or(
        text(Field::District, "区县"),
        &around.title.district,
        &source.district,
    );
    let city = or(text(Field::City, "城市"), "", &source.city);
    let kind = or(text(Field::Kind, "类型"), &around.title.kind, &source.kind);
    if name.is_empty() {
        problems.push(Problem::NameMissing);
        return (Row::None, problems);
    }
    if name.chars().count() > LONGEST_NAME {
        problems.push(Problem::NameTooLong);
        return (Row::None, problems);
    }

    let mut shut = out_of_use(row, around, &name, &address);
    if let Some((words, State::Gone)) = &shut {
        problems.push(Problem::OutOfUse(words.clone()));
        return (Row::None, problems);
    }
    let position = position(row, around, &mut problems);
    let mut hours = hours_of(row, around, &mut problems);
    if shut.is_none() {
        shut = heed_remarks(
            &remarks(row, columns, &notes),
            &mut hours,
            around,
            &mut problems,
        );
    }
    if let Some((words, _)) = shut {
        let words = withheld(&words).unwrap_or(words);
        hours = Hours {
            timetable: None,
            text: [words.as_str(), &hours.text]
                .map(str::trim)
                .join("；")
                .trim_matches('；')
                .to_owned(),
        };
        problems.push(Problem::PerhapsShut(words));
    }
    if let Some(text) = withheld(&hours.text) {
        problems.push(Problem::PersonalData {
            field: "开放时间"
        });
        hours.text = text;
    }
    let (features, mut others) = facilities(row, around, &notes, &mut problems);
    let told = others.len();
    others.retain(|other| withheld(other).is_none());
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
        kinds: kinds(&kind),
        features,
        hours: Arc::new(hours),
        access: amenities::access(cell(Field::Door), cell(Field::Audience)),
        phone: phones(row, around, &mut problems),
        capacity: number(cell(Field::Capacity), &mut problems),
        note: with_others(&note, &others),
        verified_on: verified_on(cell(Field::VerifiedOn), source, &mut problems),
        source: around.source_index,
        origin,
        name,
        address,
    };
    (Row::Station(Box::new(station)), problems)
}

/// No station's name is longer, in characters; a page that was pasted into a cell is.
const LONGEST_NAME: usize = 120;

/// A cell without control characters, on one line; what is broken in it is told.
fn clean(raw: &str, field: Field, name: &'static str, problems: &mut Vec<Problem>) -> String {
    let clean: String = raw
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    if clean.len() != raw.len() && raw.contains(|c: char| c.is_control() && !"\n\r\t".contains(c)) {
        problems.push(Problem::ControlCharacters { field: name });
    }
    if raw.contains('\u{fffd}') {
        problems.push(Problem::CharactersBroken { field: name });
    }
    if field != Field::Note && field != Field::Origin && looks_mangled(raw) {
        problems.push(Problem::CellMangled {
            field: name,
            text: raw.to_owned(),
        });
    }
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a title, a column of states, the name or the address says of a station that is shut or gone.
fn out_of_use(
    row: &TableRow,
    around: &Surroundings<'_>,
    name: &str,
    address: &str,
) -> Option<(String, State)> {
    let columns = around.columns;
    let states = columns.cells(row, Field::Status);
    let by_state = states
        .map(|(heading, words)| (said(heading, words), closure::state(heading, words)))
        .find(|(_, state)| *state != State::InUse);
    let by_title = || {
        let title = around.title;
        title.is_shut.then(|| (title.text.clone(), State::Doubtful))
    };
    let by_words = || {
        let found = closure::in_name(name).or_else(|| closure::in_brackets(address));
        found.map(|(words, state)| (words.to_owned(), state))
    };
    by_state.or_else(by_title).or_else(by_words).or_else(|| {
        // Columns about opening that are used for nothing else.
        let mut watched = columns
            .watched(row)
            .filter(|(_, _, watch)| *watch == Watch::State);
        watched
            .find(|(heading, cell, _)| closure::state(heading, cell) != State::InUse)
            .map(|(heading, cell, _)| (said(heading, cell), State::Doubtful))
    })
}

/// A word of a state with its heading, where it says nothing by itself: 是否开放：否.
fn said(heading: &str, words: &str) -> String {
    let is_clear = words.chars().count() > 2 && !words.is_ascii();
    if is_clear {
        words.to_owned()
    } else {
        format!("{heading}：{words}")
    }
}

/// Remarks of a row, and whatever stands in columns that are used for nothing.
fn remarks<'a>(
    row: &'a TableRow,
    columns: &'a Columns,
    notes: &'a [String],
) -> Vec<(&'a str, Remark)> {
    let mut remarks: Vec<(&str, Remark)> = notes
        .iter()
        .flat_map(|note| closure::clauses(note))
        .collect();
    for (_, cell, watch) in columns.watched(row) {
        // Numbers and links say nothing of opening.
        if cell.len() > 300 || cell.contains("://") || !cell.chars().any(char::is_alphabetic) {
            continue;
        }
        match watch {
            Watch::State => {}
            Watch::Remarks => remarks.extend(closure::clauses(cell)),
            Watch::Cells => remarks.extend(closure::whole(cell)),
        }
    }
    remarks
}

/// Takes from the hours what remarks close. Words that are not all understood make them unknown.
fn heed_remarks(
    remarks: &[(&str, Remark)],
    hours: &mut Hours,
    around: &Surroundings<'_>,
    problems: &mut Vec<Problem>,
) -> Option<(String, State)> {
    for &(clause, remark) in remarks {
        // 空调维修中 is about the air-conditioning.
        if remark == Remark::Shut && !amenities::names_any(clause) {
            return Some((clause.to_owned(), State::Doubtful));
        }
        if remark == Remark::Shut || hours.timetable.is_none() {
            continue;
        }
        let read = hours::understand_with_remark(&hours.text, clause, around.calendar);
        let Ok(Understood { timetable, .. }) = read else {
            return Some((clause.to_owned(), State::Doubtful));
        };
        if hours.timetable.as_ref() != Some(&timetable) {
            problems.push(Problem::RemarkHeeded(clause.to_owned()));
            hours.timetable = Some(timetable);
            hours.text = format!("{}；{clause}", hours.text);
        }
    }
    None
}

/// What a station offers, by a list, by ticks and by remarks; and what has no sign of its own.
fn facilities(
    row: &TableRow,
    around: &Surroundings<'_>,
    notes: &[String],
    problems: &mut Vec<Problem>,
) -> (Features, Vec<String>) {
    let columns = around.columns;
    let mut readings = around.readings.borrow_mut();
    let said = readings.facilities(columns.cell(row, Field::Amenities));
    let mut unclear = said.unclear;
    let mut features = said.features;
    for (named, heading, cell) in columns.ticks(row) {
        let answer = amenities::tick(cell);
        if answer.is_none() && cell.chars().any(char::is_alphanumeric) {
            unclear.push(format!("{heading}：{cell}"));
        }
        for feature in named {
            let answer = match (features.answer(*feature), answer) {
                (Answer::Unknown, Some(answer)) => answer,
                (listed, Some(answer)) if listed == answer => listed,
                _ => Answer::Unknown,
            };
            features.set(*feature, answer);
        }
    }
    for note in notes {
        // A remark adds nothing, but may take away: 空调坏了.
        let remarked = readings.facilities(note);
        for part in remarked.unclear {
            for feature in amenities::named(&part) {
                if features.has(feature) {
                    features.set(feature, Answer::Unknown);
                    unclear.push(part.clone());
                }
            }
        }
    }
    unclear.dedup();
    problems.extend(unclear.into_iter().map(Problem::FacilityUnclear));
    (features, said.others)
}

/// Words of data formats that are no kinds of stations.
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
fn phones(row: &TableRow, around: &Surroundings<'_>, problems: &mut Vec<Problem>) -> String {
    let columns = around.columns;
    let is_asked_for = around.source.publish_contacts || columns.is_configured(Field::Phone);
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

/// The same place keeps its id from edition to edition, wherever its row stands.
pub(super) fn derived_id(parts: &[&str]) -> String {
    let digest = Digest::of(parts.join("\n").as_bytes()).to_string();
    format!("s-{}", &digest[..12])
}

/// What a spreadsheet makes of 8-30 or 12-3: a date, in the middle of a text
/// column.
fn looks_mangled(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_end_matches(" 0:00").split(['-', '/']).collect();
    let is_number = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    matches!(parts[..], [year, month, day]
        if is_number(year, 4..=4) && is_number(month, 1..=2) && is_number(day, 1..=2))
}

/// A telephone number that a spreadsheet took for a quantity.
fn whole_number(text: String, problems: &mut Vec<Problem>) -> String {
    let is_scientific = text.contains(['e', 'E'])
        && text.parse::<f64>().is_ok()
        && text.bytes().any(|byte| byte == b'.' || byte == b'+');
    if is_scientific {
        problems.push(Problem::CellMangled {
            field: "电话",
            text,
        });
        return String::new();
    }
    text.trim_end_matches(".0").to_owned()
}

/// Facilities that have no sign of their own are still told.
fn with_others(note: &str, others: &[String]) -> String {
    match (note.is_empty(), others.is_empty()) {
        (_, true) => note.to_owned(),
        (true, false) => format!("另有：{}", others.join("、")),
        (false, false) => format!("{note}。另有：{}", others.join("、")),
    }
}

/// East and north (longitude and latitude) as written.
fn coordinates(row: &TableRow, columns: &Columns) -> Result<(f64, f64), Problem> {
    let together = [Field::LatLon, Field::Position, Field::Pair]
        .into_iter()
        .map(|field| (field, columns.cell(row, field)))
        .find(|(_, text)| !text.is_empty());
    if let Some((field, text)) = together
        && columns.cell(row, Field::Lon).is_empty()
    {
        let pair = coordinate::pair_with(text, columns.o_is_east)
            .ok_or_else(|| Problem::PositionInvalid(text.to_owned()))?;
        let (one, other) = pair.numbers();
        // The row's own letters and numbers tell, or else the column's, or else its heading.
        let own = pair
            .order
            .or(coordinate::order_of(std::iter::once((one, other))));
        let by_heading = match field {
            Field::LatLon => Some(Order::LatLon),
            Field::Position => Some(Order::LonLat),
            _ => None,
        };
        return match own.or(columns.order).or(by_heading) {
            Some(Order::LonLat) => Ok((one, other)),
            Some(Order::LatLon) => Ok((other, one)),
            None => Err(Problem::PositionOrderUnclear(text.to_owned())),
        };
    }
    let (lon, lat) = (columns.cell(row, Field::Lon), columns.cell(row, Field::Lat));
    if lon.is_empty() && lat.is_empty() {
        return Err(Problem::PositionMissing);
    }
    if lon.is_empty() || lat.is_empty() {
        return Err(Problem::PositionHalf);
    }
    coordinate::number_with(lon, columns.o_is_east)
        .zip(coordinate::number_with(lat, columns.o_is_east))
        .ok_or_else(|| Problem::PositionInvalid(format!("{lon}, {lat}")))
}

fn position(
    row: &TableRow,
    around: &Surroundings<'_>,
    problems: &mut Vec<Problem>,
) -> Option<LonLat> {
    let (x, y) = match coordinates(row, around.columns) {
        Ok(numbers) => numbers,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    // An empty cell that a program wrote as a number, not the Gulf of Guinea.
    if x == 0.0 && y == 0.0 {
        problems.push(Problem::PositionMissing);
        return None;
    }
    if around.is_other_datum {
        // The whole sheet is told once.
        return None;
    }
    let is_degrees = around.crs.is_degrees() && x.abs().max(y.abs()) <= 180.0;
    if is_degrees && is_rounded(x, 100.0) && is_rounded(y, 100.0) {
        let is_far_off = is_rounded(x, 1.0) && is_rounded(y, 1.0);
        problems.push(Problem::PositionCoarse {
            text: format!("{x}, {y}"),
            is_withheld: is_far_off,
        });
        if is_far_off {
            return None;
        }
    }
    let as_written = around.crs.to_wgs84(x, y);
    let swapped = around.crs.to_wgs84(y, x);
    // Where the sheet's stations must be, as far as anybody has said.
    let belongs = |position: LonLat| match (around.service_area, around.crs) {
        (Some(area), _) => area.contain(position),
        (None, ReferenceSystem::Datum(Crs::Gcj02 | Crs::Bd09)) => {
            (73.0..136.0).contains(&position.lon()) && (3.0..54.0).contains(&position.lat())
        }
        (None, _) => true,
    };
    match (as_written, swapped) {
        (Some(position), _) if belongs(position) => Some(position),
        (_, Some(position)) if belongs(position) => {
            problems.push(Problem::PositionSwapped);
            Some(position)
        }
        (Some(position), _) => Some(position),
        _ if around.crs.is_degrees() && x.abs().max(y.abs()) > 1000.0 => {
            problems.push(Problem::PositionInMetres { x, y });
            None
        }
        _ => {
            problems.push(Problem::PositionInvalid(format!("{x}, {y}")));
            None
        }
    }
}

/// Whether a number of degrees is given in whole ones, which are a hundred kilometres apart, or
/// in hundredths, which are one.
fn is_rounded(degrees: f64, parts: f64) -> bool {
    let counted = degrees * parts;
    (counted - counted.round()).abs() < 1e-9
}

/// The hours that a row's columns say together.
fn hours_of(row: &TableRow, around: &Surroundings<'_>, problems: &mut Vec<Problem>) -> Hours {
    let columns = around.columns;
    let joined = columns.hours(row);
    let beyond = columns.beyond(row);
    if beyond.is_empty() {
        let Some(doubt) = joined.doubt else {
            return read_hours(&joined.text, around, problems);
        };
        let understood = |text: &str| hours::read(text, around.calendar).ok();
        let texts: Vec<&str> = joined.text.split('；').collect();
        // Two columns that say one thing in different words.
        if doubt == Doubt::Differ
            && let Some(first) = understood(texts[0])
            && texts
                .iter()
                .all(|text| understood(text).as_ref() == Some(&first))
        {
            return read_hours(texts[0], around, problems);
        }
        problems.push(Problem::HoursDoubtful {
            text: joined.text.clone(),
            doubt,
        });
        return Hours {
            timetable: None,
            text: joined.text,
        };
    }
    problems.push(Problem::CellsBeyond(beyond.join(" ")));
    let whole = around
        .separator
        .and_then(|separator| columns.hours_beyond(row, separator));
    match whole {
        Some(whole) => read_hours(&whole, around, problems),
        // Whatever stands beyond may belong to the hours.
        None => Hours {
            timetable: None,
            text: joined.text,
        },
    }
}

fn read_hours(text: &str, around: &Surroundings<'_>, problems: &mut Vec<Problem>) -> Hours {
    if text.is_empty() {
        problems.push(Problem::HoursMissing);
        return Hours::default();
    }
    if looks_mangled(text) {
        // A single day is no opening hours: most likely 8-30 was typed.
        let (field, text) = ("开放时间", text.to_owned());
        problems.push(Problem::CellMangled {
            field,
            text: text.clone(),
        });
        return Hours {
            timetable: None,
            text,
        };
    }
    let known = around.readings.borrow().hours.get(text).cloned();
    let reading = known.unwrap_or_else(|| {
        let reading = hours::understand(text, around.calendar);
        let mut readings = around.readings.borrow_mut();
        readings.hours.insert(text.to_owned(), reading.clone());
        reading
    });
    match reading {
        Ok(Understood {
            timetable,
            readings,
        }) => {
            if !readings.is_empty() {
                let osm = |reading| hours::to_osm(reading, around.calendar);
                problems.push(Problem::HoursAmbiguous {
                    text: text.to_owned(),
                    readings: readings.iter().map(osm).collect(),
                });
            }
            Hours {
                timetable: Some(timetable),
                text: text.to_owned(),
            }
        }
        Err(reason) => {
            problems.push(Problem::HoursNotUnderstood {
                text: text.to_owned(),
                reason,
            });
            Hours {
                timetable: None,
                text: text.to_owned(),
            }
        }
    }
}

fn number(text: &str, problems: &mut Vec<Problem>) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    let number = text
        .trim_end_matches(".0")
        .trim_end_matches(['人', '个'])
        .parse()
        .ok();
    if number.is_none() {
        let text = text.to_owned();
        problems.push(Problem::NumberInvalid {
            field: "容纳人数",
            text,
        });
    }
    number
}

/// A date, with any of the usual signs between its numbers.
pub(super) fn day(text: &str) -> Option<Day> {
    text.replace(['/', '.'], "-").parse().ok()
}

/// The parts of a cell that holds several.
pub(super) fn list(text: &str) -> Vec<String> {
    text.split(['、', ',', '，', ';', '；'])
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

fn verified_on(text: &str, source: &Source, problems: &mut Vec<Problem>) -> Option<Day> {
    if text.is_empty() {
        return source.verified_on;
    }
    let day = day(text);
    if day.is_none() {
        problems.push(Problem::DateInvalid {
            field: "核对日期",
            text: text.to_owned(),
        });
    }
    day
}
