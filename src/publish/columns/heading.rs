//! Heading rows: which rows of a sheet are headings, in one row or two.

use std::collections::BTreeMap;

use super::assignment::columns_of;
use super::{Columns, SAMPLE};
use crate::publish::headings::{Field, outright, plain};
use crate::publish::hours_columns::{HoursColumns, says_others};
use crate::publish::table::TableRow;

/// The columns of a heading, and whether it is one row or two.
pub(super) fn heading_at(
    rows: &[TableRow],
    configured: &BTreeMap<String, String>,
) -> Option<(Columns, usize)> {
    let sample = |from: usize| rows.get(from..rows.len().min(from + SAMPLE)).unwrap_or(&[]);
    let one = columns_of(rows[0].cells.clone(), configured, sample(1));
    let two = rows
        .get(1)
        .and_then(|below| two_rows(&rows[0], below, configured, sample(2)));
    let below = rows
        .get(1)
        .map(|below| columns_of(below.cells.clone(), configured, sample(2)));
    let is_below_enough = |two: &Columns| {
        below.is_some_and(|below| below.is_heading() && below.weight() >= two.weight())
    };
    match two {
        // A title above a heading is not part of it.
        Some(two) if is_below_enough(&two) && !one.is_heading() && !goes_on(&rows[0], &rows[1]) => {
            None
        }
        Some(two)
            if two.is_heading() && (two.weight() > one.weight() || goes_on(&rows[0], &rows[1])) =>
        {
            Some((two, 2))
        }
        _ => one.is_heading().then_some((one, 1)),
    }
}

/// Whether a row is the lower half of a heading: cells that are merged over both rows are
/// repeated in it.
fn goes_on(above: &TableRow, below: &TableRow) -> bool {
    let cells = above.cells.iter().zip(&below.cells);
    let filled = cells.filter(|(one, other)| !one.trim().is_empty() && !other.trim().is_empty());
    let (same, other): (Vec<_>, Vec<_>) =
        filled.partition(|(one, other)| one.trim() == other.trim());
    same.len() >= 2 && !other.is_empty() && same.len() > other.len() / 2
}

/// Joins two rows of headings, such as 坐标 above 经度 and 纬度: the lower word counts if it is
/// known, and an upper word holds until the next one.
fn two_rows(
    above: &TableRow,
    below: &TableRow,
    configured: &BTreeMap<String, String>,
    rows: &[TableRow],
) -> Option<Columns> {
    if below.is_empty() || !looks_like_words(below, false) && !goes_on(above, below) {
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
        } else if own.is_empty() && upper.is_empty() {
            lower
        } else if outright(&plain(&lower)).is_some() {
            // 联系人 above 电话, 保洁 above 时间: the owner is kept in brackets.
            if is_neutral(&upper) {
                lower
            } else {
                format!("{lower}（{upper}）")
            }
        } else {
            format!("{lower}{upper}")
        }
    });
    Some(columns_of(headings.collect(), configured, rows))
}

/// Whether a heading above others says no more than that they are about the station.
fn is_neutral(upper: &str) -> bool {
    const WORDS: &[&str] = &[
        "信息", "情况", "基本", "站点", "驿站", "坐标", "位置", "地理", "站", "info", "location",
        "details",
    ];
    let lower = upper.to_lowercase();
    let field = outright(&plain(upper)).map(|(field, _)| field);
    field.is_some_and(|field| field != Field::Person)
        || HoursColumns::of(&[(0, upper)], |_| true).say_hours()
        || WORDS.iter().any(|word| lower.contains(word)) && !says_others(&lower)
}

/// Whether a row may be a heading: headings are words. Below the first heading a row with a
/// digit is skipped, which saves most of the work.
pub(super) fn looks_like_words(row: &TableRow, is_first: bool) -> bool {
    let has_digit = |cell: &String| cell.bytes().any(|byte| byte.is_ascii_digit());
    !row.is_empty() && (is_first || !row.cells.iter().any(has_digit))
}

/// Whether a row heads a table of something else: people, events, counts.
pub(super) fn is_heading_of_others(row: &TableRow) -> bool {
    const WORDS: &[&str] = &[
        "姓名",
        "单位",
        "职务",
        "部门",
        "手机",
        "电话",
        "联系电话",
        "备注",
        "序号",
        "活动名称",
        "活动",
        "地点",
        "日期",
        "时间",
        "内容",
        "主办单位",
        "数量",
        "个数",
        "占比",
        "街道",
        "区县",
        "类型",
        "小计",
        "合计",
    ];
    let cells: Vec<&str> = row.filled().map(|(_, cell)| cell).collect();
    let known = cells.iter().filter(|cell| WORDS.contains(*cell));
    looks_like_words(row, false) && cells.len() >= 2 && known.count() * 3 >= cells.len() * 2
}
