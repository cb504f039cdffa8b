//! Finds out what stands in which column: by the configuration, by the words
//! that people use in headings, or by what the cells hold.

use std::collections::BTreeMap;
use std::ops::Range;

use super::coordinate::{self, Order};
use super::headings::{Field, HEADINGS, by_ending, outright, plain};
use super::hours;
use super::issue::Problem;
use super::table::{Table, TableRow};
use crate::domain::calendar::Calendar;

/// Which column holds what.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Several columns for an address or a telephone number: the first that is
    /// filled counts.
    places: BTreeMap<Field, Vec<usize>>,
    /// Hours in several columns, and what each is for: 夏季, 周末.
    hours_parts: Vec<(String, usize)>,
    /// Every heading, as printed.
    headings: Vec<String>,
    /// Which of two numbers in one cell is the longitude, if they tell.
    pub(super) order: Option<Order>,
}

/// Some rows under one heading.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) columns: Columns,
    /// The last row of the heading, as a spreadsheet counts.
    pub(super) heading_row: usize,
    /// Indices of the table's rows.
    pub(super) rows: Range<usize>,
}

impl Columns {
    pub(super) fn cell<'a>(&self, row: &'a TableRow, field: Field) -> &'a str {
        let columns = self.places.get(&field).map_or(&[][..], Vec::as_slice);
        columns
            .iter()
            .filter_map(|column| row.cells.get(*column))
            .map(|cell| cell.trim())
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }

    /// The hours, which may stand in several columns.
    pub(super) fn hours(&self, row: &TableRow) -> String {
        if self.hours_parts.is_empty() {
            return self.cell(row, Field::Hours).to_owned();
        }
        let parts: Vec<String> = self
            .hours_parts
            .iter()
            .filter_map(|(when, column)| {
                let text = row.cells.get(*column)?.trim();
                (!text.is_empty()).then(|| format!("{when} {text}"))
            })
            .collect();
        parts.join("；")
    }

    pub(super) fn has(&self, field: Field) -> bool {
        self.places.contains_key(&field)
    }

    /// Every heading, as printed.
    pub(super) fn headings(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(String::as_str)
    }

    /// How many columns the heading has.
    pub(super) fn width(&self) -> usize {
        self.headings
            .iter()
            .filter(|h| !h.trim().is_empty())
            .count()
    }

    /// What was taken for what: the field's name and its column; the columns
    /// that are not used have no field.
    pub(super) fn described(&self) -> Vec<(Option<&'static str>, String)> {
        let field_of = |column: usize| {
            if self.hours_parts.iter().any(|(_, part)| *part == column) {
                return Some(Field::Hours.label());
            }
            let places = self.places.iter();
            let mut fields = places.filter(|(_, columns)| columns.contains(&column));
            fields.next().map(|(field, _)| field.label())
        };
        self.headings
            .iter()
            .enumerate()
            .filter(|(column, heading)| !heading.trim().is_empty() || field_of(*column).is_some())
            .map(|(column, heading)| {
                let heading = heading.split_whitespace().collect::<Vec<_>>().join(" ");
                (field_of(column), format!("{} {heading}", letters(column)))
            })
            .collect()
    }

    fn is_taken(&self, column: usize) -> bool {
        self.places
            .values()
            .any(|columns| columns.contains(&column))
            || self.hours_parts.iter().any(|(_, part)| *part == column)
    }

    /// A heading that a list of stations can have.
    fn is_heading(&self) -> bool {
        self.has(Field::Name) && self.places.len() >= 2
    }
}

/// A column's name in a spreadsheet: A … Z, AA …
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => letter.to_string(),
        more => letters(more - 1) + &letter.to_string(),
    }
}

/// How many headings that we know a line has.
pub(super) fn known_headings(line: &str, separator: char) -> usize {
    line.split(separator)
        .filter(|cell| outright(&plain(cell.trim_matches('"'))).is_some())
        .count()
}

/// A title and a preface may stand above the heading, but not a whole page.
const PREFACE_ROWS: usize = 60;

/// Finds every heading and the rows under it: a sheet may hold several tables,
/// one below the other.
pub(super) fn sections(
    table: &Table,
    configured: &BTreeMap<String, String>,
    calendar: &Calendar,
) -> Result<(Vec<Section>, Vec<Problem>), Problem> {
    // The index of each heading, how many rows it has, and its columns.
    let mut headings: Vec<(usize, usize, Columns)> = Vec::new();
    let mut index = 0;
    while index < table.rows.len() && (index <= PREFACE_ROWS || !headings.is_empty()) {
        let found = looks_like_words(&table.rows[index], headings.is_empty())
            .then(|| heading_at(&table.rows[index..], configured))
            .flatten();
        let height = found.as_ref().map_or(1, |(_, height)| *height);
        headings.extend(found.map(|(columns, height)| (index, height, columns)));
        index += height;
    }
    let ends: Vec<usize> = headings
        .iter()
        .skip(1)
        .map(|(index, ..)| *index)
        .chain([table.rows.len()])
        .collect();
    let mut sections: Vec<Section> = headings
        .into_iter()
        .zip(ends)
        .map(|((index, height, columns), end)| Section {
            columns,
            heading_row: table.rows[index + height - 1].number,
            rows: index + height..end,
        })
        .collect();
    let mut problems = Vec::new();
    for section in &mut sections {
        let rows = &table.rows[section.rows.clone()];
        problems.extend(missing(&section.columns, configured));
        problems.extend(by_content(&mut section.columns, rows, calendar));
        let pairs = rows.iter().filter_map(|row| {
            let text = [Field::Position, Field::LatLon, Field::Pair]
                .map(|field| section.columns.cell(row, field));
            coordinate::pair(text.into_iter().find(|text| !text.is_empty())?)
        });
        section.columns.order = coordinate::order_of(pairs);
    }
    if sections.is_empty() {
        return Err(Problem::NoHeading);
    }
    Ok((sections, problems))
}

/// Headings are words. Below the first one, a row with a digit is no heading:
/// that saves a look at nearly every row.
fn looks_like_words(row: &TableRow, is_first: bool) -> bool {
    let has_digit = |cell: &String| cell.bytes().any(|byte| byte.is_ascii_digit());
    !row.is_empty() && (is_first || !row.cells.iter().any(has_digit))
}

/// The columns of a heading, and whether it is one row or two.
fn heading_at(
    rows: &[TableRow],
    configured: &BTreeMap<String, String>,
) -> Option<(Columns, usize)> {
    let one = columns_of(rows[0].cells.clone(), configured);
    let two = rows
        .get(1)
        .and_then(|below| two_rows(&rows[0], below, configured));
    let below = rows
        .get(1)
        .map(|below| columns_of(below.cells.clone(), configured));
    let is_below_enough = |two: &Columns| {
        below.is_some_and(|below| below.is_heading() && below.places.len() >= two.places.len())
    };
    match two {
        // A title above a heading is not part of it.
        Some(two) if is_below_enough(&two) && !one.is_heading() => None,
        Some(two)
            if two.is_heading()
                && (two.places.len() > one.places.len()
                    || two.hours_parts.len() > one.hours_parts.len()) =>
        {
            Some((two, 2))
        }
        _ => one.is_heading().then_some((one, 1)),
    }
}

/// 坐标 above 经度 and 纬度: the lower word counts where it says something, and
/// an upper word holds until the next one.
fn two_rows(
    above: &TableRow,
    below: &TableRow,
    configured: &BTreeMap<String, String>,
) -> Option<Columns> {
    if below.is_empty() || !looks_like_words(below, false) {
        return None;
    }
    let width = above.cells.len().max(below.cells.len());
    let mut upper = String::new();
    let headings = (0..width).map(|column| {
        let cell = |row: &TableRow| {
            row.cells
                .get(column)
                .map_or("", |cell| cell.trim())
                .to_owned()
        };
        let (own, lower) = (cell(above), cell(below));
        if !own.is_empty() {
            upper.clone_from(&own);
        }
        if lower.is_empty() || lower == own {
            own
        } else if own.is_empty() && upper.is_empty() || outright(&plain(&lower)).is_some() {
            lower
        } else {
            format!("{lower}{upper}")
        }
    });
    Some(columns_of(headings.collect(), configured))
}

fn columns_of(headings: Vec<String>, configured: &BTreeMap<String, String>) -> Columns {
    let plain_headings: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let mut columns = Columns {
        headings,
        ..Columns::default()
    };
    for (field, key, ..) in HEADINGS {
        if let Some(heading) = configured.get(*key) {
            let wanted = plain(heading);
            let exact = columns
                .headings
                .iter()
                .position(|known| known.trim() == heading.trim());
            let column = exact.or_else(|| plain_headings.iter().position(|known| *known == wanted));
            if let Some(column) = column {
                columns.places.insert(*field, vec![column]);
            }
        }
    }
    let mut known: Vec<(Field, usize, usize)> = plain_headings
        .iter()
        .enumerate()
        .filter(|(column, _)| !columns.is_taken(*column))
        .filter_map(|(column, heading)| {
            outright(heading).map(|(field, rank)| (field, rank, column))
        })
        .collect();
    known.sort_unstable();
    for (field, _, column) in known {
        let key = HEADINGS
            .iter()
            .find(|(other, ..)| *other == field)
            .map_or("", |(_, key, ..)| key);
        let places = columns.places.entry(field).or_default();
        let may_be_more = matches!(field, Field::Address | Field::Phone);
        if places.is_empty() || may_be_more && !configured.contains_key(key) {
            places.push(column);
        }
    }
    take_hours_in_parts(&mut columns);
    for column in 0..columns.headings.len() {
        if columns.is_taken(column) {
            continue;
        }
        if let Some(field) = by_ending(&columns.headings[column])
            && !columns.has(field)
        {
            columns.places.insert(field, vec![column]);
        }
    }
    columns
}

/// 夏季开放时间 and 冬季开放时间, or 工作日 and 周末: what stands before the word
/// for hours must be something that the reader of hours knows.
fn take_hours_in_parts(columns: &mut Columns) {
    let mut parts = Vec::new();
    for (column, heading) in columns.headings.iter().enumerate() {
        let plain = plain(heading);
        let Some((_, _, words, _)) = HEADINGS.iter().find(|(field, ..)| *field == Field::Hours)
        else {
            return;
        };
        let when = words
            .split_whitespace()
            .find_map(|word| plain.strip_suffix(word));
        if let Some(when) = when.filter(|when| !when.is_empty())
            && hours::read(&format!("{when} 8:00-9:00"), &Calendar::default()).is_ok()
        {
            parts.push((when.to_owned(), column));
        }
    }
    if parts.len() >= 2 {
        columns.places.remove(&Field::Hours);
        columns.hours_parts = parts;
    }
}

/// Columns that the configuration names and no heading has.
fn missing(columns: &Columns, configured: &BTreeMap<String, String>) -> Vec<Problem> {
    HEADINGS
        .iter()
        .filter(|(field, ..)| !columns.has(*field))
        .filter_map(|(_, key, ..)| configured.get(*key))
        .map(|heading| Problem::ColumnMissing(heading.clone()))
        .collect()
}

/// So many rows are looked at where the heading is silent.
const SAMPLE: usize = 60;

/// Takes columns for what most of their cells are.
fn by_content(columns: &mut Columns, rows: &[TableRow], calendar: &Calendar) -> Vec<Problem> {
    let mut problems = Vec::new();
    let width = rows
        .iter()
        .take(SAMPLE)
        .map(|row| row.cells.len())
        .max()
        .unwrap_or_default();
    columns
        .headings
        .resize(width.max(columns.headings.len()), String::new());
    let free: Vec<usize> = (0..width)
        .filter(|column| !columns.is_taken(*column))
        .filter(|column| !columns.headings[*column].to_lowercase().contains("epsg"))
        .collect();
    let holds = |column: usize, least: f64, is_it: &dyn Fn(&str) -> bool| {
        let cells = rows
            .iter()
            .take(SAMPLE)
            .filter_map(|row| row.cells.get(column));
        let filled: Vec<&str> = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        #[expect(clippy::cast_precision_loss, reason = "60 at most")]
        let share = filled.iter().filter(|cell| is_it(cell)).count() as f64 / filled.len() as f64;
        filled.len() >= 2 && share >= least
    };
    let mut take = |field: Field, column: usize, columns: &mut Columns| {
        columns.places.insert(field, vec![column]);
        let heading = format!("{} {}", letters(column), columns.headings[column]);
        problems.push(Problem::ColumnByContent {
            field: field.label(),
            heading: heading.trim().to_owned(),
        });
    };
    let has_place = [
        Field::Lon,
        Field::Lat,
        Field::Position,
        Field::LatLon,
        Field::Pair,
    ]
    .iter()
    .any(|field| columns.has(*field));
    if !has_place {
        // Only in China do the numbers themselves tell east from north.
        let within = |range: Range<f64>| {
            move |cell: &str| {
                let is_fine = cell
                    .split('.')
                    .nth(1)
                    .is_some_and(|decimals| decimals.len() >= 3);
                is_fine && coordinate::number(cell).is_some_and(|value| range.contains(&value))
            }
        };
        let lon = free
            .iter()
            .find(|column| holds(**column, 0.8, &within(73.0..136.0)));
        let lat = free
            .iter()
            .find(|column| holds(**column, 0.8, &within(3.0..54.0)));
        let is_pair = |cell: &str| {
            let is_degrees = |(one, other): (f64, f64)| one.abs() <= 180.0 && other.abs() <= 180.0;
            cell.contains('.') && coordinate::pair(cell).is_some_and(is_degrees)
        };
        if let (Some(lon), Some(lat)) = (lon, lat) {
            take(Field::Lon, *lon, columns);
            take(Field::Lat, *lat, columns);
        } else if let Some(column) = free.iter().find(|column| holds(**column, 0.8, &is_pair)) {
            take(Field::Pair, *column, columns);
        }
    }
    if !columns.has(Field::Hours) && columns.hours_parts.is_empty() {
        let is_hours = |cell: &str| {
            cell.contains([':', '：', '点', '时']) && hours::read(cell, calendar).is_ok()
        };
        if let Some(column) = free.iter().find(|column| holds(**column, 0.6, &is_hours)) {
            take(Field::Hours, *column, columns);
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let rows = rows.iter().enumerate().map(|(index, cells)| TableRow {
            number: index + 1,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        });
        Table {
            rows: rows.collect(),
            ..Table::default()
        }
    }

    fn found(rows: &[&[&str]]) -> Vec<Section> {
        let calendar = Calendar::default();
        sections(&table(rows), &BTreeMap::new(), &calendar)
            .expect("a heading")
            .0
    }

    #[test]
    fn a_title_and_a_preface_may_stand_above_the_heading() {
        let found = found(&[
            &["2026年户外劳动者驿站一览表", "", ""],
            &["填表日期：7月1日", "", ""],
            &["驿站名称*（必填）", "详细地址", "联系电话"],
            &["甲", "一路1号", "021"],
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].heading_row, found[0].rows.clone()), (3, 3..4));
    }

    #[test]
    fn two_rows_of_headings_are_read_together() {
        let rows = table(&[
            &["名称", "地址", "坐标", "", "开放时间", ""],
            &["", "", "经度", "纬度", "夏季", "冬季"],
            &["甲", "一路1号", "121.4", "31.2", "6:00-22:00", "8:00-18:00"],
        ]);
        let (sections, _) =
            sections(&rows, &BTreeMap::new(), &Calendar::default()).expect("a heading");
        let [section] = sections.as_slice() else {
            panic!("{sections:?}")
        };
        assert_eq!(section.rows, 2..3);
        let cell = |field| section.columns.cell(&rows.rows[2], field);
        assert_eq!((cell(Field::Lon), cell(Field::Lat)), ("121.4", "31.2"));
        assert_eq!(
            section.columns.hours(&rows.rows[2]),
            "夏季 6:00-22:00；冬季 8:00-18:00"
        );
    }

    #[test]
    fn tables_one_below_the_other_have_their_own_columns() {
        let found = found(&[
            &["名称", "地址", "电话"],
            &["甲", "一路1号", ""],
            &["二、浦东新区", "", ""],
            &["地址", "站点名称", "开放时间"],
            &["二路2号", "乙", "全天"],
            &["三路3号", "丙", "全天"],
        ]);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].rows.clone(), found[1].rows.clone()), (1..3, 4..6));
    }

    #[test]
    fn where_the_heading_is_silent_the_cells_tell() {
        let rows = table(&[
            &["名称", "地址", "", "X1", "时段"],
            &["甲", "一路1号", "31.2304", "121.4737", "8:30-17:00"],
            &["乙", "二路2号", "31.2310", "121.4740", "9:00-18:00"],
        ]);
        let (sections, problems) =
            sections(&rows, &BTreeMap::new(), &Calendar::default()).expect("a heading");
        let cell = |field| sections[0].columns.cell(&rows.rows[1], field);
        assert_eq!(
            (cell(Field::Lon), cell(Field::Lat)),
            ("121.4737", "31.2304")
        );
        assert_eq!(cell(Field::Hours), "8:30-17:00");
        assert_eq!(problems.len(), 3);
    }

    #[test]
    fn longer_headings_are_known_by_their_last_word() {
        for (heading, field) in [
            ("工会驿站全部名称", Some(Field::Name)),
            ("Station Name", Some(Field::Name)),
            ("geo_lat", Some(Field::Lat)),
            ("所属单位名称", None),
            ("数据更新时间", None),
            ("负责人电话", None),
        ] {
            assert_eq!(by_ending(heading), field, "{heading}");
        }
    }

    #[test]
    fn every_word_says_one_thing() {
        let mut seen = BTreeMap::new();
        for (field, _, words, _) in HEADINGS {
            for word in words.split_whitespace() {
                assert_eq!(word, plain(word), "a heading is looked up in plain form");
                if let Some(other) = seen.insert(word, field) {
                    assert_eq!(other, field, "{word}");
                }
            }
        }
    }
}
