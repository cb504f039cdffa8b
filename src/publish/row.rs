//! Makes a station of a row.

use super::amenities;
use super::columns::Columns;
use super::config::Source;
use super::coordinate::{self, Order};
use super::headings::Field;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::hours::{self, NotUnderstood, Understood};
use super::issue::Problem;
use super::reference_system::ReferenceSystem;
use super::table::TableRow;
use crate::dataset::Digest;
use crate::domain::calendar::Calendar;
use crate::domain::civil::Day;
use crate::domain::datum::Crs;
use crate::domain::opening::Hours;
use crate::domain::position::Bounds;
use crate::domain::position::LonLat;
use crate::domain::station::Station;

/// What holds for all rows of a table.
pub(super) struct Surroundings<'a> {
    pub(super) columns: &'a Columns,
    pub(super) source: &'a Source,
    pub(super) source_index: usize,
    pub(super) crs: ReferenceSystem,
    pub(super) calendar: &'a Calendar,
    pub(super) service_area: Option<&'a Bounds>,
    pub(super) readings: &'a RefCell<Readings>,
}

/// Hours that were read before: a list of thousands has some dozen texts.
pub(super) type Readings = HashMap<String, Result<Understood, NotUnderstood>>;

/// A station and what is wrong with its row; no station for a row without a
/// name, and nothing at all for an empty row.
pub(super) fn read(row: &TableRow, around: &Surroundings<'_>) -> (Option<Station>, Vec<Problem>) {
    let Surroundings {
        columns, source, ..
    } = *around;
    let mut problems = Vec::new();
    if row.is_empty() {
        return (None, problems);
    }
    if let Some(problem) = no_station(row, columns) {
        return (None, vec![problem]);
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

    let position = position(row, around, &mut problems);
    let hours = read_hours(&columns.hours(row), around, &mut problems);
    let (features, unknown) = amenities::read(cell(Field::Amenities));
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
        kinds: list(&kind),
        features,
        hours: Arc::new(hours),
        access: amenities::access(cell(Field::Door), cell(Field::Audience)),
        phone: whole_number(phone, &mut problems),
        capacity: number(cell(Field::Capacity), &mut problems),
        note: with_others(&note, &unknown),
        verified_on: verified_on(cell(Field::VerifiedOn), source, &mut problems),
        source: around.source_index,
        origin,
        name,
        address,
    };
    (Some(station), problems)
}

/// The same place keeps its id from edition to edition, wherever its row stands.
pub(super) fn derived_id(parts: &[&str]) -> String {
    let digest = Digest::of(parts.join("\n").as_bytes()).to_string();
    format!("s-{}", &digest[..12])
}

/// How rows begin that are no stations.
const SUMS: [&str; 12] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "注：",
    "注:",
    "备注：",
    "说明：",
    "填表",
    "制表",
    "total",
    "Total",
];

/// A row that a sheet has beside its stations: the title of a part, a sum, a
/// remark; or a name with nothing that leads there.
fn no_station(row: &TableRow, columns: &Columns) -> Option<Problem> {
    let mut filled = row
        .cells
        .iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty());
    let first = filled.next()?;
    // A merged title stands in each of its cells.
    let is_alone = filled.all(|cell| cell == first);
    let is_sum = SUMS.iter().any(|word| first.starts_with(word))
        && columns.cell(row, Field::Address).is_empty();
    (columns.width() >= 3 && is_alone || is_sum).then(|| Problem::NotAStation(first.to_owned()))
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
        let (one, other) =
            coordinate::pair(text).ok_or_else(|| Problem::PositionInvalid(text.to_owned()))?;
        // The row's own numbers tell, or else the column's, or else its heading.
        let own = coordinate::order_of(std::iter::once((one, other)));
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
    coordinate::number(lon)
        .zip(coordinate::number(lat))
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
    let known = around.readings.borrow().get(text).cloned();
    let reading = known.unwrap_or_else(|| {
        let reading = hours::understand(text, around.calendar);
        let mut readings = around.readings.borrow_mut();
        readings.insert(text.to_owned(), reading.clone());
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
