//! Sections of a sheet: each heading with the rows below it. A sheet may hold several tables,
//! one below the other or side by side.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::Columns;
use super::assignment::{columns_of, missing};
use super::content::{by_content, choose_name, o_is_east};
use super::heading::{heading_at, is_heading_of_others, looks_like_words};
use crate::domain::calendar::Calendar;
use crate::publish::coordinate;
use crate::publish::headings::{Field, outright, plain};
use crate::publish::issue::Problem;
use crate::publish::table::{Table, TableRow};

/// Some rows under one heading.
#[derive(Clone, Debug)]
pub(in crate::publish) struct Section {
    pub(in crate::publish) columns: Columns,
    /// The last row of the heading, as a spreadsheet counts.
    pub(in crate::publish) heading_row: usize,
    /// Indices of the table's rows.
    pub(in crate::publish) rows: Range<usize>,
    /// Index of the title row above the heading, where several tables are stacked.
    pub(in crate::publish) title: Option<usize>,
}

/// A heading is searched in this many rows: a title and a preface may stand above it.
const PREFACE_ROWS: usize = 60;

/// Finds every heading and the rows below it: a sheet may hold several tables, one below the
/// other.
pub(in crate::publish) fn sections(
    table: &Table,
    configured: &BTreeMap<String, String>,
    calendar: &Calendar,
) -> Result<(Vec<Section>, Vec<Problem>), Problem> {
    // The index of each heading, how many rows it has, and its columns.
    let mut headings: Vec<(usize, usize, Columns)> = Vec::new();
    let mut index = 0;
    while index < table.rows.len() && (index <= PREFACE_ROWS || !headings.is_empty()) {
        let row = &table.rows[index];
        let found = looks_like_words(row, headings.is_empty())
            .then(|| heading_at(&table.rows[index..], configured))
            .flatten();
        let height = found.as_ref().map_or(1, |(_, height)| *height);
        if let Some((_, _, columns)) = headings.last() {
            if found.is_none() && columns.are_repeated_by(row) {
                headings.push((index, 1, columns.clone()));
            } else if found.is_none() && (is_heading_of_others(row) || columns.are_words_in(row)) {
                // Contacts or events below the stations.
                headings.push((index, 1, Columns::default()));
            }
        }
        headings.extend(found.map(|(columns, height)| (index, height, columns)));
        index += height;
    }
    if headings.is_empty() {
        return Err(Problem::NoHeading);
    }
    let is_stacked = headings.len() > 1;
    let headings = side_by_side(headings, configured);
    let ends: Vec<usize> = headings
        .iter()
        .map(|(index, ..)| {
            let next = headings
                .iter()
                .map(|(other, ..)| *other)
                .find(|other| other > index);
            next.unwrap_or(table.rows.len())
        })
        .collect();
    let mut sections: Vec<Section> = Vec::new();
    let mut from = 0;
    for (place, (index, height, columns)) in headings.into_iter().enumerate() {
        let title = is_stacked
            .then(|| title_above(&table.rows, from, index))
            .flatten();
        if let Some(title) = title {
            for before in sections
                .iter_mut()
                .filter(|before| before.rows.end == index)
            {
                before.rows.end = title;
            }
        }
        from = index + height;
        sections.push(Section {
            columns,
            heading_row: table.rows[index + height - 1].number,
            rows: from..ends[place],
            title,
        });
    }
    let mut problems = Vec::new();
    for section in &mut sections {
        let rows = &table.rows[section.rows.clone()];
        section.columns = with_cells(&section.columns, configured, rows);
        problems.extend(missing(&section.columns, configured));
        problems.extend(by_content(&mut section.columns, rows, calendar));
        problems.extend(section.columns.joined_hours().map(Problem::HoursJoined));
        problems.extend(choose_name(&mut section.columns, rows));
        section.columns.watch();
        let pairs = rows.iter().filter_map(|row| {
            let text = [Field::Position, Field::LatLon, Field::Pair]
                .map(|field| section.columns.cell(row, field));
            coordinate::pair(text.into_iter().find(|text| !text.is_empty())?)
        });
        section.columns.order = coordinate::order_of(pairs.map(coordinate::Pair::numbers));
        section.columns.o_is_east = o_is_east(&section.columns, rows);
    }
    Ok((sections, problems))
}

/// The row that heads the columns if none of its words is known: the first of the widest rows, so
/// that somebody can say what they hold.
pub(in crate::publish) fn likely_heading(
    table: &Table,
    configured: &BTreeMap<String, String>,
) -> Option<(usize, Columns)> {
    let preface = table.rows.iter().take(PREFACE_ROWS);
    // Cells of a merged title repeat it.
    let width = |row: &&TableRow| {
        row.filled()
            .map(|(_, cell)| cell)
            .collect::<HashSet<_>>()
            .len()
    };
    // Of equal maxima `max_by_key` takes the last.
    let row = preface.rev().max_by_key(width)?;
    (width(&row) > 1).then(|| (row.number, columns_of(row.cells.clone(), configured, &[])))
}

/// Splits tables that are side by side: a second column of names begins the next one.
fn side_by_side(
    headings: Vec<(usize, usize, Columns)>,
    configured: &BTreeMap<String, String>,
) -> Vec<(usize, usize, Columns)> {
    let is_name =
        |heading: &String| outright(&plain(heading)).is_some_and(|(field, _)| field == Field::Name);
    let mut all = Vec::new();
    for (index, height, columns) in headings {
        let names: Vec<usize> = (0..columns.headings.len())
            .filter(|column| is_name(&columns.headings[*column]))
            .collect();
        let [first, second] = names[..] else {
            all.push((index, height, columns));
            continue;
        };
        let part = |range: Range<usize>| {
            let only = columns.headings.iter().enumerate();
            let only = only.map(|(column, heading)| {
                if range.contains(&column) {
                    heading.clone()
                } else {
                    String::new()
                }
            });
            Columns {
                is_beside: true,
                ..columns_of(only.collect(), configured, &[])
            }
        };
        // The second table begins at its serial number or at its first repeated heading.
        let begins = (first + 1..=second)
            .rev()
            .take_while(|column| {
                *column == second
                    || outright(&plain(&columns.headings[*column]))
                        .is_some_and(|(field, _)| field == Field::Serial)
            })
            .last()
            .unwrap_or(second);
        let is_repeated = columns.headings[begins..]
            .iter()
            .filter(|heading| !heading.trim().is_empty())
            .all(|heading| columns.headings[..begins].contains(heading));
        if is_repeated && second < columns.headings.len() - 1 {
            let end = columns.headings.len();
            all.push((index, height, part(0..begins)));
            all.push((index, height, part(begins..end)));
        } else {
            all.push((index, height, columns));
        }
    }
    all
}

/// The title of a table below another one: the last filled row above its heading, if it holds no
/// more than a word or two.
fn title_above(rows: &[TableRow], from: usize, heading: usize) -> Option<usize> {
    let index = (from..heading)
        .rev()
        .find(|index| !rows[*index].is_empty())?;
    let filled: HashSet<&str> = rows[index].filled().map(|(_, cell)| cell).collect();
    let width = rows[heading].filled().count();
    (filled.len() * 2 < width && filled.len() <= TITLE_CELLS).then_some(index)
}

/// The most cells of a title row: a title, and a code or a number beside it.
const TITLE_CELLS: usize = 3;

/// The columns, assigned again with the cells below the heading, which tell what a heading such
/// as 周一 stands for.
fn with_cells(
    columns: &Columns,
    configured: &BTreeMap<String, String>,
    rows: &[TableRow],
) -> Columns {
    Columns {
        is_beside: columns.is_beside,
        ..columns_of(columns.headings.clone(), configured, rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Table {
        let rows = rows.iter().enumerate().map(|(index, cells)| {
            let cells = cells.iter().map(|cell| (*cell).to_owned()).collect();
            TableRow::new(index + 1, cells)
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
            section.columns.hours(&rows.rows[2]).text,
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
        assert_eq!((found[0].rows.clone(), found[1].rows.clone()), (1..2, 4..6));
        assert_eq!((found[0].title, found[1].title), (None, Some(2)));
    }

    #[test]
    fn where_the_heading_is_silent_the_cells_tell() {
        let rows = table(&[
            &["名称", "地址", "", "X1", "列5"],
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
        assert_eq!(sections[0].columns.hours(&rows.rows[1]).text, "8:30-17:00");
        assert_eq!(problems.len(), 3);
    }
}
