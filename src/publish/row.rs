//! Makes a station of a row.

use super::amenities;
use super::columns::{Columns, Field};
use super::config::Source;
use super::hours;
use super::issue::{ASSUMED_CRS, Problem};
use super::table::TableRow;
use crate::dataset::Digest;
use crate::domain::calendar::Calendar;
use crate::domain::opening::Hours;
use crate::domain::position::LonLat;
use crate::domain::station::Station;

/// A station and what is wrong with its row; no station for a row without a
/// name, and nothing at all for an empty row.
pub(super) fn read(
    row: &TableRow,
    columns: &Columns,
    source: &Source,
    source_index: usize,
    calendar: &Calendar,
) -> (Option<Station>, Vec<Problem>) {
    let mut problems = Vec::new();
    if row.cells.iter().all(|cell| cell.trim().is_empty()) {
        return (None, problems);
    }
    let cell = |field| columns.cell(row, field);
    let mut text = |field, name| {
        let raw = cell(field);
        let clean: String = raw
            .chars()
            .filter(|c| !c.is_control() || *c == '\n')
            .collect();
        if clean.len() != raw.len()
            && raw.contains(|c: char| c.is_control() && !"\n\r\t".contains(c))
        {
            problems.push(Problem::ControlCharacters { field: name });
        }
        clean.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let name = text(Field::Name, "名称");
    let address = text(Field::Address, "地址");
    let floor = text(Field::Floor, "楼层");
    let landmark = text(Field::Landmark, "地标");
    let phone = text(Field::Phone, "电话");
    let note = text(Field::Note, "备注");
    let given_id = text(Field::Id, "编号");
    let origin = text(Field::Origin, "来源");
    let or = |own: String, default: &str| {
        if own.is_empty() {
            default.to_owned()
        } else {
            own
        }
    };
    let district = or(text(Field::District, "区县"), &source.district);
    let city = or(text(Field::City, "城市"), &source.city);
    let kind = or(text(Field::Kind, "类型"), &source.kind);
    if name.is_empty() {
        problems.push(Problem::NameMissing);
        return (None, problems);
    }

    let (lon, lat) = coordinates(row, columns);
    let position = position(&lon, &lat, source, &mut problems);
    let hours = read_hours(cell(Field::Hours), calendar, &mut problems);
    let (features, unknown) = amenities::read(cell(Field::Amenities));
    let id = if given_id.is_empty() {
        derived_id(&name, &address)
    } else {
        given_id
    };
    let station = Station {
        id,
        city: city.trim_end_matches('市').to_owned(),
        district,
        floor,
        landmark,
        position,
        kinds: kind
            .split(['、', ',', '，', ';', '；'])
            .map(|kind| kind.trim().to_owned())
            .filter(|kind| !kind.is_empty())
            .collect(),
        features,
        hours,
        access: amenities::access(cell(Field::Door), cell(Field::Audience)),
        phone: phone.trim_end_matches(".0").to_owned(),
        capacity: number(cell(Field::Capacity), &mut problems),
        note: with_others(&note, &unknown),
        verified_on: verified_on(cell(Field::VerifiedOn), source, &mut problems),
        source: source_index,
        origin,
        name,
        address,
    };
    (Some(station), problems)
}

/// The same place keeps its id from edition to edition, wherever its row stands.
fn derived_id(name: &str, address: &str) -> String {
    let digest = Digest::of(format!("{name}\n{address}").as_bytes()).to_string();
    format!("s-{}", &digest[..12])
}

/// Facilities that have no sign of their own are still told.
fn with_others(note: &str, others: &[String]) -> String {
    match (note.is_empty(), others.is_empty()) {
        (_, true) => note.to_owned(),
        (true, false) => format!("另有：{}", others.join("、")),
        (false, false) => format!("{note}。另有：{}", others.join("、")),
    }
}

/// Longitude and latitude as written, from two cells or from one.
fn coordinates(row: &TableRow, columns: &Columns) -> (String, String) {
    let cell = |field| columns.cell(row, field).to_owned();
    let pair = |text: &str| {
        let (one, other) = text.split_once([',', '，', ' ', ';'])?;
        Some((one.trim().to_owned(), other.trim().to_owned()))
    };
    if let Some((lat, lon)) = pair(columns.cell(row, Field::LatLon)) {
        return (lon, lat);
    }
    match pair(columns.cell(row, Field::Position)) {
        // Where only one order can be meant, it is; else longitude comes first.
        Some((one, other)) => {
            let is_lat = |text: &str| text.parse::<f64>().is_ok_and(|value| value.abs() <= 90.0);
            if is_lat(&one) && !is_lat(&other) {
                (other, one)
            } else {
                (one, other)
            }
        }
        None => (cell(Field::Lon), cell(Field::Lat)),
    }
}

fn position(lon: &str, lat: &str, source: &Source, problems: &mut Vec<Problem>) -> Option<LonLat> {
    if lon.is_empty() && lat.is_empty() {
        problems.push(Problem::PositionMissing);
        return None;
    }
    let invalid = || Problem::PositionInvalid(format!("{lon}, {lat}"));
    let crs = source.crs.unwrap_or(ASSUMED_CRS);
    let (Ok(x), Ok(y)) = (lon.parse::<f64>(), lat.parse::<f64>()) else {
        problems.push(invalid());
        return None;
    };
    // An empty cell that a program wrote as a number, not the Gulf of Guinea.
    if x == 0.0 && y == 0.0 {
        problems.push(Problem::PositionMissing);
        return None;
    }
    if let Ok(position) = crs.to_wgs84(x, y) {
        return Some(position);
    }
    // A latitude over 90 that makes sense the other way round was swapped.
    if let (true, Ok(position)) = (y.abs() > 90.0 && x.abs() <= 90.0, crs.to_wgs84(y, x)) {
        problems.push(Problem::PositionSwapped);
        return Some(position);
    }
    problems.push(invalid());
    None
}

fn read_hours(text: &str, calendar: &Calendar, problems: &mut Vec<Problem>) -> Hours {
    if text.is_empty() {
        problems.push(Problem::HoursMissing);
        return Hours::default();
    }
    match hours::read(text, calendar) {
        Ok(timetable) => Hours {
            timetable: Some(timetable),
            text: text.to_owned(),
        },
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

fn verified_on(
    text: &str,
    source: &Source,
    problems: &mut Vec<Problem>,
) -> Option<crate::domain::civil::Day> {
    if text.is_empty() {
        return source.verified_on;
    }
    let day = text.replace(['/', '.'], "-").parse().ok();
    if day.is_none() {
        problems.push(Problem::DateInvalid {
            field: "核对日期",
            text: text.to_owned(),
        });
    }
    day
}
