//! What is wrong with the data, where, and what to do about it.

use super::hours::NotUnderstood;
use crate::domain::datum::Crs;

/// How much an issue matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something is left out.
    Error,
    /// Something is published, and doubtful.
    Warning,
    /// Worth knowing; the data is as good as it can be without it.
    Note,
}

impl Severity {
    /// The name in the tool's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// The sheet, as the configuration names it.
    pub source: String,
    /// The row as a spreadsheet counts (the heading is row 1), or the entry of
    /// a JSON list, from 1; none if it concerns the whole sheet.
    pub row: Option<usize>,
    /// The station's id, or its name where it has none.
    pub station: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The file cannot be read.
    Unreadable(String),
    /// There is nothing in it.
    Empty,
    /// It is no table or list of stations.
    NotATable,
    /// No row looks like a heading.
    NoHeading,
    /// A sheet that the configuration names is not in the workbook.
    SheetMissing(String),
    /// A column that the configuration names is not there.
    ColumnMissing(String),
    /// Nobody says on which datum the positions are.
    CrsMissing {
        /// What the numbers look like.
        in_china: bool,
    },
    /// A station without a name.
    NameMissing,
    /// No longitude and latitude.
    PositionMissing,
    /// Not numbers, or not on Earth.
    PositionInvalid(String),
    /// Longitude and latitude stand in each other's column.
    PositionSwapped,
    /// Outside the service area.
    PositionOutside,
    /// Far from the other stations of its district.
    PositionFar {
        /// The district.
        district: String,
        /// Kilometres to the nearest other station there.
        km: u32,
    },
    /// The hours are not given.
    HoursMissing,
    /// The hours are not understood.
    HoursNotUnderstood {
        /// As printed.
        text: String,
        /// Where reading stopped.
        reason: NotUnderstood,
    },
    /// Two rows with one id.
    IdDuplicate {
        /// The sheet in which the id was seen first.
        source: String,
        /// The row there.
        row: usize,
    },
    /// A date that is none.
    DateInvalid {
        /// The field.
        field: &'static str,
        /// As printed.
        text: String,
    },
    /// A number that is none.
    NumberInvalid {
        /// The field.
        field: &'static str,
        /// As printed.
        text: String,
    },
    /// A cell with control characters.
    ControlCharacters {
        /// The field.
        field: &'static str,
    },
}

use Problem as P;

impl Problem {
    /// The stable code in the tool's output.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            P::Unreadable(_) => "unreadable",
            P::Empty => "empty",
            P::NotATable => "not_a_table",
            P::NoHeading => "no_heading",
            P::SheetMissing(_) => "sheet_missing",
            P::ColumnMissing(_) => "column_missing",
            P::CrsMissing { .. } => "crs_missing",
            P::NameMissing => "name_missing",
            P::PositionMissing => "position_missing",
            P::PositionInvalid(_) => "position_invalid",
            P::PositionSwapped => "position_swapped",
            P::PositionOutside => "position_outside",
            P::PositionFar { .. } => "position_far",
            P::HoursMissing => "hours_missing",
            P::HoursNotUnderstood { .. } => "hours_not_understood",
            P::IdDuplicate { .. } => "id_duplicate",
            P::DateInvalid { .. } => "date_invalid",
            P::NumberInvalid { .. } => "number_invalid",
            P::ControlCharacters { .. } => "control_characters",
        }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        match self {
            P::Unreadable(_)
            | P::Empty
            | P::NotATable
            | P::NoHeading
            | P::SheetMissing(_)
            | P::ColumnMissing(_)
            | P::NameMissing
            | P::PositionInvalid(_)
            | P::PositionOutside
            | P::PositionFar { .. }
            | P::IdDuplicate { .. } => Severity::Error,
            P::PositionMissing
            | P::PositionSwapped
            | P::HoursNotUnderstood { .. }
            | P::DateInvalid { .. }
            | P::NumberInvalid { .. }
            | P::ControlCharacters { .. } => Severity::Warning,
            P::CrsMissing { .. } | P::HoursMissing => Severity::Note,
        }
    }

    /// The field of the template that it concerns.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            P::Unreadable(_)
            | P::Empty
            | P::NotATable
            | P::NoHeading
            | P::SheetMissing(_)
            | P::ColumnMissing(_) => None,
            P::NameMissing => Some("名称"),
            P::CrsMissing { .. }
            | P::PositionMissing
            | P::PositionInvalid(_)
            | P::PositionSwapped
            | P::PositionOutside
            | P::PositionFar { .. } => Some("经度、纬度"),
            P::HoursMissing | P::HoursNotUnderstood { .. } => Some("开放时间"),
            P::IdDuplicate { .. } => Some("编号"),
            P::DateInvalid { field, .. }
            | P::NumberInvalid { field, .. }
            | P::ControlCharacters { field } => Some(field),
        }
    }

    /// What is wrong, what was done, what to do: in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            P::Unreadable(why) => format!("文件打不开（{why}）。没有读取。请检查路径和权限"),
            P::Empty => "文件是空的。没有读取。请放入表格".to_owned(),
            P::NotATable => {
                "这不是表格或 JSON 列表。没有读取。请另存为 CSV（UTF-8）再试".to_owned()
            }
            P::NoHeading => {
                "找不到表头。没有读取。第一行应有「名称、地址、经度、纬度」等列名".to_owned()
            }
            P::SheetMissing(sheet) => {
                format!("工作簿里没有「{sheet}」这张表。没有读取。请改 stations.toml 里的 sheet")
            }
            P::ColumnMissing(column) => {
                format!("stations.toml 里写的列「{column}」在表里没有。已忽略。请改成表头里的字")
            }
            P::CrsMissing { in_china } => {
                let evidence = if *in_china {
                    "坐标在中国境内，可能是 gcj02（高德、腾讯）、bd09（百度）或 wgs84，相差约 500 米"
                } else {
                    "坐标在中国以外，多半是 wgs84"
                };
                format!(
                    "没有说明坐标系。检查时先按 wgs84 读。{evidence}。请在 stations.toml 里写 crs"
                )
            }
            P::NameMissing => "没有名称。这一行没有发布。请填写名称".to_owned(),
            P::PositionMissing => {
                "没有经纬度。只按区列出，不参与距离排序。请补上经度和纬度".to_owned()
            }
            P::PositionInvalid(text) => format!(
                "经纬度「{text}」不是地球上的位置。只按区列出。请改正，经度在前，例如 121.4737 和 31.2304"
            ),
            P::PositionSwapped => "经度和纬度填反了。已对调使用。请在表里对调".to_owned(),
            P::PositionOutside => {
                "位置在服务范围以外。只按区列出。请核对经纬度，或改 service_area".to_owned()
            }
            P::PositionFar { district, km } => format!(
                "位置离「{district}」其他站点最近也有 {km} 公里，多半是地址解析错了。只按区列出。请到地图上重新取点"
            ),
            P::HoursMissing => "没有开放时间。页面显示「时间不明」。知道的话请补上".to_owned(),
            P::HoursNotUnderstood { text, reason } => format!(
                "开放时间看不懂：「{text}」（{}）。页面显示「时间不明」和原文。请写成「周一至周五 8:30-17:00」这样",
                hours_zh(reason)
            ),
            P::IdDuplicate { source, row } => format!(
                "编号（没有编号时是名称加地址）和 {source} 第 {row} 行重复。这一行没有发布。请改成不同的编号，或删掉一行"
            ),
            P::DateInvalid { text, .. } => {
                format!("「{text}」不是日期。当作没有填。请写成 2026-07-15")
            }
            P::NumberInvalid { text, .. } => format!("「{text}」不是数字。当作没有填。请只写数字"),
            P::ControlCharacters { field } => {
                format!("「{field}」里有看不见的控制字符。已去掉。请重新输入这一格")
            }
        }
    }

    /// What is wrong, what was done, what to do: in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            P::Unreadable(why) => {
                format!(
                    "the file cannot be opened ({why}); not read; check its path and permissions"
                )
            }
            P::Empty => "the file is empty; not read; put a table into it".to_owned(),
            P::NotATable => {
                "this is no table or JSON list; not read; save it as CSV (UTF-8)".to_owned()
            }
            P::NoHeading => {
                "no heading row found; not read; the first row should name its columns: \
                 名称, 地址, 经度, 纬度 (name, address, longitude, latitude) and so on"
                    .to_owned()
            }
            P::SheetMissing(sheet) => format!(
                "the workbook has no sheet \"{sheet}\"; not read; mend sheet in stations.toml"
            ),
            P::ColumnMissing(column) => format!(
                "stations.toml names a column \"{column}\" that the table lacks; ignored; \
                 write what the heading says"
            ),
            P::CrsMissing { in_china } => {
                let evidence = if *in_china {
                    "the positions lie in China and may be gcj02 (AMap, Tencent), bd09 (Baidu) or \
                     wgs84, some 500 m apart"
                } else {
                    "the positions lie outside China and are most likely wgs84"
                };
                format!(
                    "no datum is declared; read as wgs84 for this check; {evidence}; say crs in stations.toml"
                )
            }
            P::NameMissing => "no name; the row is not published; give it a name".to_owned(),
            P::PositionMissing => "no longitude and latitude; listed by district only, not ranked \
                                   by distance; add both"
                .to_owned(),
            P::PositionInvalid(text) => format!(
                "longitude and latitude \"{text}\" are no position on Earth; listed by district \
                 only; mend them, longitude first, such as 121.4737 and 31.2304"
            ),
            P::PositionSwapped => {
                "longitude and latitude are swapped; used the other way round; swap them in the \
                 table"
                    .to_owned()
            }
            P::PositionOutside => "the position lies outside the service area; listed by district \
                                   only; check it, or change service_area"
                .to_owned(),
            P::PositionFar { district, km } => format!(
                "the position is {km} km from the nearest other station of {district}, most likely \
                 a wrong geocode; listed by district only; take the position from a map again"
            ),
            P::HoursMissing => {
                "no opening hours; the page says that they are not known; add them if you can"
                    .to_owned()
            }
            P::HoursNotUnderstood { text, reason } => format!(
                "opening hours not understood: \"{text}\" ({reason}); the page shows the text and \
                 says that the hours are not known; write them like 周一至周五 8:30-17:00"
            ),
            P::IdDuplicate { source, row } => format!(
                "the id (or name and address, where there is none) is that of {source} row {row}; \
                 the row is not published; give it its own id, or take one row away"
            ),
            P::DateInvalid { text, .. } => {
                format!("\"{text}\" is not a date; ignored; write 2026-07-15")
            }
            P::NumberInvalid { text, .. } => {
                format!("\"{text}\" is not a number; ignored; write digits only")
            }
            P::ControlCharacters { field } => {
                format!("{field} holds control characters; removed; type the cell again")
            }
        }
    }
}

fn hours_zh(reason: &NotUnderstood) -> String {
    match reason {
        NotUnderstood::NothingSaid => "没有说几点".to_owned(),
        NotUnderstood::Words(words) => format!("不认识「{words}」"),
        NotUnderstood::Unclear(_) => "几部分合不到一起".to_owned(),
    }
}

/// The datum assumed for a check where none is declared.
pub(super) const ASSUMED_CRS: Crs = Crs::Wgs84;
