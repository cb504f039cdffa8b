//! Finds out what stands in which column: by the configuration, by the words
//! that people use in headings, or by what the cells hold.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::amenities;
use super::coordinate::{self, Order};
use super::headings::{Field, HEADINGS, by_ending, hint, is_hint_of_form, outright, plain, words};
use super::hours;
use super::hours_columns::{HoursColumns, Joined, says_others};
use super::issue::Problem;
use super::reference_system::ReferenceSystem;
use super::table::{Table, TableRow};
use crate::domain::calendar::Calendar;
use crate::domain::station::Feature;

/// Which column holds what.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Several columns for an address, a telephone number or a state: the first
    /// that is filled counts.
    places: BTreeMap<Field, Vec<usize>>,
    /// Where the hours stand, which may be several columns.
    hours: HoursColumns,
    /// Columns that each stand for a facility: √, 有, 2台.
    ticks: Vec<(usize, Vec<Feature>)>,
    /// Every heading, as printed.
    headings: Vec<String>,
    /// Fields that the configuration gives to a column.
    configured: HashSet<Field>,
    /// Columns that are used for nothing, and how to watch for words about opening in them.
    watched: Vec<(usize, Watch)>,
    /// Whether another table stands beside this one.
    is_beside: bool,
    /// Which of two numbers in one cell is the longitude, if they tell.
    pub(super) order: Option<Order>,
    /// Whether O behind a number is Ost, the German east.
    pub(super) o_is_east: Option<bool>,
}

/// What a column that is used for nothing may hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Watch {
    /// Its heading is about opening: whatever is not a word for "in use" counts.
    State,
    /// Remarks: words about closing count, understood or not.
    Remarks,
    /// Anything: days and words of closing count where they are the whole cell.
    Cells,
}

/// Every way in which a sheet gives positions.
const POSITIONS: [Field; 5] = [
    Field::Lon,
    Field::Lat,
    Field::Position,
    Field::LatLon,
    Field::Pair,
];

/// Some rows under one heading.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) columns: Columns,
    /// The last row of the heading, as a spreadsheet counts.
    pub(super) heading_row: usize,
    /// Indices of the table's rows.
    pub(super) rows: Range<usize>,
    /// Index of the title row above the heading, where several tables are stacked.
    pub(super) title: Option<usize>,
}

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnReading {
    /// Its place, from 0.
    pub index: usize,
    /// Its letters in a spreadsheet.
    pub column: String,
    /// Its heading.
    pub heading: String,
    /// The heading of our template that it was taken for; none if it is not used.
    pub field: Option<&'static str>,
    /// Whether what it holds is somebody's name or number, and so not published.
    pub is_personal: bool,
}

impl ColumnReading {
    /// The column as people find it: its letters and its heading.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.column, self.heading)
            .trim()
            .to_owned()
    }
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

    /// Every filled cell of a field that may have several columns, with its heading.
    pub(super) fn cells<'a>(
        &'a self,
        row: &'a TableRow,
        field: Field,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let columns = self.places.get(&field).into_iter().flatten();
        columns.filter_map(|column| {
            let cell = row.cells.get(*column)?.trim();
            (!cell.is_empty()).then(|| (self.headings[*column].as_str(), cell))
        })
    }

    /// The hours, which may stand in several columns.
    pub(super) fn hours(&self, row: &TableRow) -> Joined {
        self.hours.joined(row)
    }

    /// The facilities that have a column of their own, and what stands there.
    pub(super) fn ticks<'a>(
        &'a self,
        row: &'a TableRow,
    ) -> impl Iterator<Item = (&'a [Feature], &'a str, &'a str)> {
        self.ticks.iter().filter_map(|(column, features)| {
            let cell = row.cells.get(*column)?.trim();
            (!cell.is_empty()).then(|| (features.as_slice(), self.headings[*column].as_str(), cell))
        })
    }

    /// The filled cells of columns that are used for nothing, with their headings.
    pub(super) fn watched<'a>(
        &'a self,
        row: &'a TableRow,
    ) -> impl Iterator<Item = (&'a str, &'a str, Watch)> {
        self.watched.iter().filter_map(|(column, watch)| {
            let cell = row.cells.get(*column)?.trim();
            (!cell.is_empty()).then(|| (self.headings[*column].as_str(), cell, *watch))
        })
    }

    pub(super) fn has(&self, field: Field) -> bool {
        match field {
            Field::Hours => self.hours.say_hours(),
            _ => self.places.contains_key(&field),
        }
    }

    /// Whether a row has anything in its columns of positions.
    pub(super) fn says_position(&self, row: &TableRow) -> bool {
        POSITIONS
            .iter()
            .any(|field| !self.cell(row, *field).is_empty())
    }

    /// Whether another table stands beside this one, whose columns are not its own.
    pub(super) fn is_beside_another(&self) -> bool {
        self.is_beside
    }

    /// Whether the configuration names the field's column.
    pub(super) fn is_configured(&self, field: Field) -> bool {
        self.configured.contains(&field)
    }

    /// Every heading, as printed.
    pub(super) fn headings(&self) -> impl Iterator<Item = &str> {
        self.headings.iter().map(String::as_str)
    }

    /// The heading of the column that holds a field.
    pub(super) fn heading_of(&self, field: Field) -> Option<&str> {
        let column = self.places.get(&field)?.first()?;
        self.headings.get(*column).map(String::as_str)
    }

    /// Of two longitudes on different datums takes those on the declared one.
    pub(super) fn prefer(&mut self, crs: ReferenceSystem) {
        for field in [Field::Lon, Field::Lat] {
            let Some(heading) = self.heading_of(field) else {
                continue;
            };
            let other = ReferenceSystem::named_in(heading).filter(|named| *named != crs);
            if other.is_none() || self.is_configured(field) {
                continue;
            }
            let better = (0..self.headings.len()).find(|column| {
                let heading = &self.headings[*column];
                outright(&plain(heading)).is_some_and(|(known, _)| known == field)
                    && ReferenceSystem::named_in(heading).is_none_or(|named| named == crs)
            });
            if let Some(better) = better {
                self.places.insert(field, vec![better]);
            }
        }
    }

    /// How many columns the heading has.
    pub(super) fn width(&self) -> usize {
        self.headings
            .iter()
            .filter(|h| !h.trim().is_empty())
            .count()
    }

    /// The last column that has a heading or is used without one.
    fn last(&self) -> usize {
        let used =
            |column: &usize| !self.headings[*column].trim().is_empty() || self.is_taken(*column);
        (0..self.headings.len())
            .rev()
            .find(used)
            .unwrap_or_default()
    }

    /// The cells of a row beyond the last heading.
    pub(super) fn beyond<'a>(&self, row: &'a TableRow) -> Vec<&'a str> {
        let last = if self.is_beside {
            usize::MAX
        } else {
            self.last()
        };
        row.filled()
            .filter(|(column, _)| *column > last)
            .map(|(_, cell)| cell)
            .collect()
    }

    /// Where the last column is one of hours, the hours with what stands beyond it: the separator
    /// stands in the text, and nobody put it in quotation marks.
    pub(super) fn hours_beyond(&self, row: &TableRow, separator: char) -> Option<String> {
        let last = self.last();
        let is_only = self.hours.len() == 1 && self.hours.has(last);
        let cells: Vec<&str> = row
            .cells
            .get(last..)?
            .iter()
            .map(|cell| cell.trim())
            .collect();
        is_only.then(|| cells.join(&separator.to_string()))
    }

    /// What was taken for what, column by column.
    pub(super) fn described(&self) -> Vec<ColumnReading> {
        let field_of = |column: usize| {
            if self.hours.has(column) {
                return Some(Field::Hours);
            }
            if self.ticks.iter().any(|(tick, _)| *tick == column) {
                return Some(Field::Amenities);
            }
            let mut fields = self
                .places
                .iter()
                .filter(|(_, columns)| columns.contains(&column));
            fields.next().map(|(field, _)| *field)
        };
        self.headings
            .iter()
            .enumerate()
            .map(|(column, heading)| {
                let field = field_of(column);
                let is_personal =
                    field == Some(Field::Person) && !self.is_configured(Field::Person);
                ColumnReading {
                    index: column,
                    column: letters(column),
                    heading: heading.split_whitespace().collect::<Vec<_>>().join(" "),
                    field: field.filter(|_| !is_personal).map(Field::label),
                    is_personal,
                }
            })
            .collect()
    }

    /// A column as people find it: its letters and its heading.
    fn name_of(&self, column: usize) -> String {
        format!("{} {}", letters(column), self.headings[column].trim())
            .trim()
            .to_owned()
    }

    /// That a column was taken for a field by what it holds.
    fn by_content(&self, field: Field, column: usize) -> Problem {
        Problem::ColumnByContent {
            field: field.label(),
            heading: self.name_of(column),
        }
    }

    /// The columns that join to the hours, as people find them; none if one column has them all.
    fn joined_hours(&self) -> Option<Vec<String>> {
        let name = |column| self.name_of(column);
        (self.hours.len() > 1).then(|| self.hours.columns().map(name).collect())
    }

    /// Finds out which columns are used for nothing, once all others are given away.
    fn watch(&mut self) {
        self.watched = (0..self.headings.len())
            .filter(|column| !self.is_taken(*column))
            .filter(|column| !(self.is_beside && self.headings[*column].trim().is_empty()))
            .filter_map(|column| Some((column, watch(&self.headings[column])?)))
            .collect();
    }

    fn is_taken(&self, column: usize) -> bool {
        self.places
            .values()
            .any(|columns| columns.contains(&column))
            || self.hours.has(column)
            || self.ticks.iter().any(|(tick, _)| *tick == column)
    }

    /// Whether a row is the heading once more, as on each printed page.
    fn are_repeated_by(&self, row: &TableRow) -> bool {
        let mut filled = row.filled();
        let first = filled.next();
        let is_same = |(column, cell): (usize, &str)| {
            self.headings
                .get(column)
                .is_some_and(|heading| heading.trim() == cell)
        };
        first.is_some_and(is_same) && row.filled().count() >= 2 && filled.all(is_same)
    }

    /// Whether words stand where positions should: the heading of another table.
    fn are_words_in(&self, row: &TableRow) -> bool {
        let (lon, lat) = (self.cell(row, Field::Lon), self.cell(row, Field::Lat));
        let is_word = |cell: &str| {
            coordinate::number(cell).is_none() && cell.chars().any(char::is_alphabetic)
        };
        let has_digit = |cell: &str| cell.contains(|c: char| c.is_ascii_digit());
        let names = [self.cell(row, Field::Name), self.cell(row, Field::Address)];
        is_word(lon)
            && is_word(lat)
            && lon != lat
            && !names.iter().any(|cell| has_digit(cell) || cell.is_empty())
    }

    /// How much of a heading is understood.
    fn weight(&self) -> usize {
        let fields = self.places.keys().filter(|field| **field != Field::Serial);
        fields.count() + self.hours.len() + self.ticks.len()
    }

    /// A heading that a list of stations can have.
    fn is_heading(&self) -> bool {
        self.has(Field::Name) && self.weight() >= 2
    }

    /// Whether anything says that the rows are places where somebody can rest, and not people,
    /// events or offices: a position, hours, or what they offer.
    pub(super) fn tell_of_places(&self) -> bool {
        let fields = [
            Field::Lon,
            Field::Position,
            Field::LatLon,
            Field::Pair,
            Field::Hours,
            Field::Amenities,
        ];
        !self.ticks.is_empty() || fields.iter().any(|field| self.has(*field))
    }
}

/// How to watch a column, by its heading; not at all where it is about people, offices or records.
fn watch(heading: &str) -> Option<Watch> {
    const CLOSING: &[&str] = &[
        "停用",
        "撤",
        "闭",
        "休",
        "关闭",
        "关停",
        "暂停",
        "检修",
        "维护",
        "closed",
        "closure",
        "disused",
        "abandoned",
        "deleted",
        "폐쇄",
        "fermeture",
        "end date",
        "end_date",
        "enddate",
        "expir",
        "valid to",
        "until",
        "截止",
        "有效期",
    ];
    const OPENING: &[&str] = &[
        "开放",
        "运行",
        "在用",
        "使用情况",
        "使用状",
        "投入使用",
        "启用",
        "正常",
        "状态",
        "状况",
        "现况",
        "状況",
        "状態",
        "利用可否",
        "一般開放",
        "运营",
        "营业",
        "운영여부",
        "개방",
        "운영기간",
        "期间",
        "期間",
        "时段",
        "季节",
        "月份",
        "open",
        "active",
        "in use",
        "in service",
        "status",
        "statut",
        "état",
        "estado",
        "season",
        "saison",
        "temporada",
        "months",
        "période",
        "horaires",
    ];
    const REMARKS: &[&str] = &[
        "备注",
        "说明",
        "事项",
        "情况",
        "其他",
        "其它",
        "提示",
        "整改",
        "核查",
        "特記",
        "その他",
        "注意",
        "비고",
        "특이",
        "note",
        "remark",
        "comment",
        "info",
        "observ",
        "bemerk",
        "hinweis",
        "exception",
    ];
    const RECORDS: &[&str] = &[
        "面积", "数量", "id", "编码", "代码", "url", "link", "photo", "area", "type", "agency",
        "operator", "방식", "기관",
    ];
    let lower = heading.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(CLOSING) || words(heading).iter().any(|word| word == "access") {
        return Some(Watch::State);
    }
    if says_others(&lower) || has(RECORDS) {
        return None;
    }
    Some(if has(REMARKS) {
        Watch::Remarks
    } else if has(OPENING) {
        Watch::State
    } else {
        Watch::Cells
    })
}

/// Whether keys say more of a place than its name and position: an address, hours, facilities.
pub(super) fn are_those_of_one_place(headings: Vec<String>) -> bool {
    let columns = columns_of(headings, &BTreeMap::new(), &[]);
    columns.has(Field::Address) || columns.has(Field::Hours) || columns.has(Field::Amenities)
}

/// Whether keys of a JSON list could be those of stations: a name, and where they are or when.
pub(super) fn could_list_stations(headings: Vec<String>) -> bool {
    let columns = columns_of(headings, &BTreeMap::new(), &[]);
    columns.has(Field::Name) && (columns.has(Field::Address) || columns.tell_of_places())
}

/// A column's name in a spreadsheet: A … Z, AA …
fn letters(column: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(column % 26).unwrap_or_default());
    match column / 26 {
        0 => letter.to_string(),
        more => letters(more - 1) + &letter.to_string(),
    }
}

/// How many headings that we know a line has, of those that count.
pub(super) fn known_headings(line: &str, separator: char, counts: &dyn Fn(&str) -> bool) -> usize {
    line.split(separator)
        .map(|cell| cell.trim_matches('"'))
        .filter(|cell| counts(cell) && outright(&plain(cell)).is_some())
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

/// Tables that stand beside each other: a second column of names begins the next one.
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
        // The second table begins where its serial number or its first repeated heading stands.
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

/// The title of a table that stands below another one: the last filled row above its heading, if
/// it holds no more than a word or two.
fn title_above(rows: &[TableRow], from: usize, heading: usize) -> Option<usize> {
    let index = (from..heading)
        .rev()
        .find(|index| !rows[*index].is_empty())?;
    let filled: HashSet<&str> = rows[index].filled().map(|(_, cell)| cell).collect();
    let width = rows[heading].filled().count();
    (filled.len() * 2 < width && filled.len() <= TITLE_CELLS).then_some(index)
}

/// A title, and a code or a number beside it.
const TITLE_CELLS: usize = 3;

/// The columns once more, now that the cells can say what a heading such as 周一 stands for.
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

/// Whether a row heads a table of something else: people, events, counts.
fn is_heading_of_others(row: &TableRow) -> bool {
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

/// Whether a row is the lower half of a heading: cells that are merged over both rows stand in it
/// too.
fn goes_on(above: &TableRow, below: &TableRow) -> bool {
    let cells = above.cells.iter().zip(&below.cells);
    let filled = cells.filter(|(one, other)| !one.trim().is_empty() && !other.trim().is_empty());
    let (same, other): (Vec<_>, Vec<_>) =
        filled.partition(|(one, other)| one.trim() == other.trim());
    same.len() >= 2 && !other.is_empty() && same.len() > other.len() / 2
}

/// 坐标 above 经度 and 纬度: the lower word counts where it says something, and
/// an upper word holds until the next one.
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
            // 联系人 above 电话, 保洁 above 时间: whose it is stays in brackets.
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

fn columns_of(
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
        match by_ending(&columns.headings[column]) {
            Some(Field::Name) if tells_of_station(&columns.headings[column]) >= 0 => {
                names.push(column);
            }
            Some(field) if !columns.has(field) && field != Field::Hours => {
                columns.places.insert(field, vec![column]);
            }
            _ => {}
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

/// Gives away the columns whose headings say outright what they hold.
fn take_known(columns: &mut Columns, plain_headings: &[String]) {
    let mut known: Vec<(Field, usize, usize)> = plain_headings
        .iter()
        .enumerate()
        .filter(|(column, _)| !columns.is_taken(*column))
        .filter_map(|(column, heading)| {
            let (field, rank) = outright(heading)?;
            // The geometry of a file is where its features are, whatever its properties say.
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

/// How well a heading that ends with a word for "name" says that it is the station's.
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

/// A column of names in which all names are one is not the column of names.
fn choose_name(columns: &mut Columns, rows: &[TableRow]) -> Option<Problem> {
    if columns.is_configured(Field::Name) {
        return None;
    }
    let distinct = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.cells.get(column));
        let filled: Vec<&str> = cells
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let kinds: HashSet<&&str> = filled.iter().collect();
        (filled.len(), kinds.len())
    };
    let column = *columns.places.get(&Field::Name)?.first()?;
    let (filled, kinds) = distinct(column);
    if filled < ROWS_TO_DOUBT || kinds > 1 {
        return None;
    }
    let other = (0..columns.headings.len())
        .filter(|other| !columns.is_taken(*other))
        .filter(|other| {
            let heading = &columns.headings[*other];
            by_ending(heading) == Some(Field::Name)
                || outright(&plain(heading)).is_some_and(|(field, _)| field == Field::Name)
        })
        .find(|other| distinct(*other).1 * 2 > filled);
    match other {
        Some(other) => {
            columns.places.insert(Field::Name, vec![other]);
            Some(columns.by_content(Field::Name, other))
        }
        None => Some(Problem::NamesShared {
            heading: columns.headings[column].trim().to_owned(),
        }),
    }
}

/// Two stations of one name are nothing strange.
const ROWS_TO_DOUBT: usize = 3;

/// Whether O stands for Ost: where the column also has W for west, or where headings are German.
/// In French and Spanish it is the west; none where nothing tells.
fn o_is_east(columns: &Columns, rows: &[TableRow]) -> Option<bool> {
    let texts = || {
        rows.iter().take(SAMPLE).flat_map(|row| {
            [Field::Lon, Field::Position, Field::LatLon, Field::Pair]
                .map(|field| columns.cell(row, field))
        })
    };
    let says = |letter: char| texts().any(|text| text.to_uppercase().trim_end().ends_with(letter));
    match (says('W'), says('E')) {
        (true, false) => return Some(true),
        (false, true) => return Some(false),
        _ => {}
    }
    let has = |list: &[&str]| {
        columns.headings.iter().any(|heading| {
            words(heading)
                .iter()
                .any(|word| list.contains(&word.as_str()))
        })
    };
    let is_german = has(&[
        "öffnungszeiten",
        "breite",
        "länge",
        "breitengrad",
        "längengrad",
        "straße",
        "strasse",
        "ort",
        "plz",
        "bezirk",
    ]);
    let is_romance = has(&[
        "nom",
        "horaires",
        "nombre",
        "dirección",
        "direccion",
        "longitud",
        "horario",
        "endereço",
        "nome",
        "indirizzo",
    ]);
    match (is_german, is_romance) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
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
    let sample = || rows.iter().take(SAMPLE);
    let width = sample()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or_default();
    // A cell that a few rows have beyond the heading makes no column.
    let is_column = |column: &usize| {
        let filled = sample().filter(|row| {
            row.cells
                .get(*column)
                .is_some_and(|cell| !cell.trim().is_empty())
        });
        filled.count() * 2 > sample().filter(|row| !row.is_empty()).count()
    };
    let width = (columns.headings.len()..width)
        .filter(is_column)
        .max()
        .map_or(columns.headings.len(), |last| last + 1);
    columns.headings.resize(width, String::new());
    let free: Vec<usize> = (0..width)
        .filter(|column| !columns.is_taken(*column))
        .filter(|column| !columns.headings[*column].to_lowercase().contains("epsg"))
        .collect();
    let is_silent = |column: &&usize, columns: &Columns| says_nothing(&columns.headings[**column]);
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
        problems.push(columns.by_content(field, column));
    };
    let has_place = POSITIONS.iter().any(|field| columns.has(*field));
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
            let is_degrees = |pair: coordinate::Pair| {
                let (one, other) = pair.numbers();
                one.abs() <= 180.0 && other.abs() <= 180.0
            };
            cell.contains('.') && coordinate::pair(cell).is_some_and(is_degrees)
        };
        if let (Some(lon), Some(lat)) = (lon, lat) {
            take(Field::Lon, *lon, columns);
            take(Field::Lat, *lat, columns);
        } else if let Some(column) = free.iter().find(|column| holds(**column, 0.8, &is_pair)) {
            take(Field::Pair, *column, columns);
        }
    }
    if !columns.has(Field::Hours) {
        let is_hours = |cell: &str| {
            cell.contains([':', '：', '点', '时']) && hours::read(cell, calendar).is_ok()
        };
        // A heading that says something else is believed: 值班时间 are no opening hours.
        let column = free
            .iter()
            .filter(|column| is_silent(column, columns))
            .find(|column| holds(**column, 0.6, &is_hours))
            .copied();
        if let Some(column) = column {
            columns.hours = HoursColumns::single(column);
            problems.push(columns.by_content(Field::Hours, column));
        }
    }
    problems
}

/// A heading that is empty or a mere name for a column: X1, 列2, `field_3`, Unnamed: 4.
fn says_nothing(heading: &str) -> bool {
    let word: String = heading
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphabetic())
        .collect();
    word.chars().count() <= 1
        || ["列", "字段", "column", "col", "field", "unnamed", "未命名"].contains(&word.as_str())
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
