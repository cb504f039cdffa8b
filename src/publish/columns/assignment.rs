//! Gives columns to fields by the configuration and by the words of their headings.

use std::collections::BTreeMap;

use super::{Columns, SAMPLE};
use crate::publish::amenities;
use crate::publish::headings::{
    Field, HEADINGS, by_ending, hint, is_hint_of_form, outright, plain,
};
use crate::publish::hours_columns::HoursColumns;
use crate::publish::issue::Problem;
use crate::publish::table::TableRow;

pub(super) fn columns_of(
    headings: Vec<String>,
    configured: &BTreeMap<String, String>,
    rows: &[TableRow],
) -> Columns {
    let plain_headings: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let mut columns = Columns {
        headings,
        ..Columns::default()
    };
    let mut hours_in = None;
    for (field, key, ..) in HEADINGS {
        if let Some(heading) = configured.get(*key) {
            let wanted = plain(heading);
            let exact = columns
                .headings
                .iter()
                .position(|known| known.trim() == heading.trim());
            let column = exact.or_else(|| plain_headings.iter().position(|known| *known == wanted));
            if let Some(column) = column {
                columns.configured.insert(*field);
                if *field == Field::Hours {
                    hours_in = Some(column);
                } else {
                    columns.places.insert(*field, vec![column]);
                }
            }
        }
    }
    take_known(&mut columns, &plain_headings);
    let free: Vec<(usize, &str)> = columns
        .headings
        .iter()
        .enumerate()
        .filter(|(column, _)| !columns.is_taken(*column))
        .map(|(column, heading)| (column, heading.as_str()))
        .collect();
    let hours = HoursColumns::of(&free, |column| seem_hours(rows, column));
    columns.hours = match hours_in {
        Some(column) => hours.with_hours_in(column),
        None => hours,
    };
    for column in 0..columns.headings.len() {
        let features = amenities::named_by_heading(&columns.headings[column]);
        if !features.is_empty() && !columns.is_taken(column) {
            columns.ticks.push((column, features));
        }
    }
    let mut names: Vec<usize> = Vec::new();
    for column in 0..columns.headings.len() {
        if columns.is_taken(column) {
            continue;
        }
        if !is_hint_of_form(hint(&columns.headings[column])) {
            continue;
        }
        let Some(field) = by_ending(&columns.headings[column]) else {
            continue;
        };
        if field == Field::Name && tells_of_station(&columns.headings[column]) >= 0 {
            names.push(column);
        } else if !columns.has(field) && field != Field::Hours {
            columns.places.insert(field, vec![column]);
        }
    }
    if !columns.has(Field::Name) {
        let telling = |column: &usize| tells_of_station(&columns.headings[*column]);
        let most = names.into_iter().rev().max_by_key(telling);
        if let Some(column) = most {
            columns.places.insert(Field::Name, vec![column]);
        }
    }
    columns
}

/// Assigns the columns whose headings name a field outright.
fn take_known(columns: &mut Columns, plain_headings: &[String]) {
    let mut known: Vec<(Field, usize, usize)> = plain_headings
        .iter()
        .enumerate()
        .filter(|(column, _)| !columns.is_taken(*column))
        .filter_map(|(column, heading)| {
            let (field, rank) = outright(heading)?;
            // The geometry of a feature wins over its properties.
            let rank = if heading.starts_with("geometry") {
                0
            } else {
                rank + 1
            };
            let hint = hint(&columns.headings[column]);
            let field = match is_hint_of_form(hint) {
                true => field,
                // 电话（负责人） is a person's; 名称（主管单位） is not the station's.
                false if matches!(field, Field::Phone) && !hint.is_empty() => Field::Person,
                false => return None,
            };
            Some((field, rank, column))
        })
        .filter(|(field, ..)| *field != Field::Hours)
        .collect();
    known.sort_unstable();
    for (field, _, column) in known {
        let is_configured = columns.configured.contains(&field);
        let is_center = plain_headings[column].starts_with("center");
        let places = columns.places.entry(field).or_default();
        let may_be_more = matches!(
            field,
            Field::Address | Field::Phone | Field::Status | Field::Person | Field::Note
        ) || is_center;
        if places.is_empty() || may_be_more && !is_configured {
            places.push(column);
        }
    }
}

/// How clearly a heading that ends with a word for "name" means the station's name.
fn tells_of_station(heading: &str) -> i32 {
    const STATION: &[&str] = &[
        "站", "驿", "施設", "设施", "避難", "場所", "场所", "网点", "点位", "场馆", "公厕", "据点",
        "시설", "쉼터", "장소", "station", "site", "facility", "place", "location", "venue",
        "center", "centre", "shelter", "building",
    ];
    const OTHERS: &[&str] = &[
        "団体",
        "自治体",
        "管理",
        "機関",
        "组织",
        "机构",
        "工会",
        "organi",
        "agency",
        "owner",
        "operator",
        "provider",
        "company",
        "street",
        "borough",
        "ward",
        "부서",
    ];
    let heading = heading.to_lowercase();
    let has = |words: &[&str]| i32::from(words.iter().any(|word| heading.contains(word)));
    has(STATION) - 2 * has(OTHERS)
}

/// Whether cells of a column look like hours: a time, or the word for closed.
fn seem_hours(rows: &[TableRow], column: usize) -> bool {
    let is_hours = |cell: &str| {
        cell.contains(|c: char| c.is_ascii_digit()) && cell.contains([':', '：', '点', '时', '-'])
            || cell.contains("24")
            || cell.to_lowercase().contains("closed")
            || cell.contains('休')
    };
    let cells = rows
        .iter()
        .take(SAMPLE)
        .filter_map(|row| row.cells.get(column));
    let (mut filled, mut hours) = (0_usize, 0_usize);
    for cell in cells
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
    {
        filled += 1;
        hours += usize::from(is_hours(cell));
    }
    hours > 0 && hours * 2 >= filled
}

/// Columns that the configuration names and no heading has.
pub(super) fn missing(columns: &Columns, configured: &BTreeMap<String, String>) -> Vec<Problem> {
    HEADINGS
        .iter()
        .filter(|(field, ..)| !columns.has(*field))
        .filter_map(|(_, key, ..)| configured.get(*key))
        .map(|heading| Problem::ColumnMissing(heading.clone()))
        .collect()
}
