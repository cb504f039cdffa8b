//! What is wrong with the data, where, and what to do about it.

use super::beside::Title;
use super::hours::NotUnderstood;
use super::hours_columns::Doubt;
use super::reference_system::ReferenceSystem;
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
    /// The name for a person.
    #[must_use]
    pub fn label(self, language: Language) -> &'static str {
        match language {
            Language::En => self.name(),
            Language::Zh => match self {
                Self::Error => "错误",
                Self::Warning => "注意",
                Self::Note => "提示",
            },
        }
    }

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

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// The words in this language.
    #[must_use]
    pub fn say<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

impl Issue {
    /// The file, and the sheet in a workbook with several.
    #[must_use]
    pub fn place(&self) -> String {
        place(&self.source, self.sheet.as_deref())
    }

    /// What is wrong, what was done, what to do.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::Zh => self.problem.zh(),
            Language::En => self.problem.en(),
        }
    }
}

/// The kinds of issues that three rows or more of a sheet share: the first of each, and the rows.
#[must_use]
pub fn summarised(issues: &[Issue]) -> Vec<(&Issue, Vec<usize>)> {
    const MANY: usize = 3;
    let mut kinds: Vec<(&Issue, Vec<usize>)> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for issue in issues {
        let Some(row) = issue.row else {
            continue;
        };
        let kind = (
            &issue.source,
            &issue.sheet,
            issue.problem.code(),
            issue.problem.field(),
        );
        let at = *known.entry(kind).or_insert_with(|| {
            kinds.push((issue, Vec::new()));
            kinds.len() - 1
        });
        kinds[at].1.push(row);
    }
    kinds.retain(|(_, rows)| rows.len() >= MANY);
    kinds.sort_by_key(|(first, rows)| (first.problem.severity(), std::cmp::Reverse(rows.len())));
    kinds
}

/// A file, and the sheet in a workbook with several.
#[must_use]
pub fn place(source: &str, sheet: Option<&str>) -> String {
    match sheet {
        Some(sheet) => format!("{source} [{sheet}]"),
        None => source.to_owned(),
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// The file, as the configuration names it.
    pub source: String,
    /// The sheet of a workbook, or the path of a list in a JSON file.
    pub sheet: Option<String>,
    /// The row as a spreadsheet counts (the heading is row 1), or the entry of
    /// a JSON list, from 1; none if it concerns the whole sheet.
    pub row: Option<usize>,
    /// The station's id, or the name of a programme or crossing.
    pub station: Option<String>,
    /// The station's name, as far as the row has one.
    pub name: Option<String>,
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
        /// What a heading says, such as `lng_gcj02`.
        heading: Option<String>,
    },
    /// Larger than this program reads.
    TooLarge,
    /// A workbook of the old binary kind.
    OldWorkbook,
    /// A workbook that cannot be opened.
    WorkbookBroken(String),
    /// JSON with a mistake in it.
    JsonBroken(String),
    /// A name of an encoding that nobody knows.
    EncodingNotKnown(String),
    /// Text in an encoding that cannot be told.
    EncodingUnclear,
    /// The encoding was found out by the headings that it makes.
    EncodingFound(String),
    /// The encoding was guessed by the letters.
    EncodingGuessed(String),
    /// A sheet of a workbook that was passed over.
    SheetSkipped {
        /// Its name.
        sheet: String,
        /// Whether the workbook hides it.
        is_hidden: bool,
    },
    /// A quotation mark that is never closed.
    QuoteOpen,
    /// The value of a formula that failed, such as `#REF!`.
    CellFailed(String),
    /// Cells beyond the last heading.
    CellsBeyond(String),
    /// A row that the workbook does not show.
    RowHidden,
    /// Columns that the workbook does not show.
    ColumnsHidden(Vec<String>),
    /// Columns that are not used.
    ColumnsUnused(Vec<String>),
    /// Columns with names and numbers of people.
    ColumnsPersonal(Vec<String>),
    /// A cell from which a person's name or number was taken out.
    PersonalData {
        /// The field.
        field: &'static str,
    },
    /// Several columns that together say the hours.
    HoursJoined(Vec<String>),
    /// Hours in several columns that do not go together.
    HoursDoubtful {
        /// What they say.
        text: String,
        /// What is wrong.
        doubt: Doubt,
    },
    /// A column of names with one name in it.
    NamesShared {
        /// Its heading.
        heading: String,
    },
    /// A name as long as a page.
    NameTooLong,
    /// A list of something else, as it seems: no position, hours or facilities.
    NotStations,
    /// The template's example.
    ExampleRow,
    /// The title of the rows below it.
    TitleRow(Title),
    /// Out of use for good, in these words.
    OutOfUse(String),
    /// Shut for now, or perhaps, in these words.
    PerhapsShut(String),
    /// A remark about opening that changes the hours.
    RemarkHeeded(String),
    /// Hours that hang on holidays, of which no calendar is given.
    HolidaysNotKnown,
    /// Whether a facility is there cannot be told.
    FacilityUnclear(String),
    /// JSON that counts steps of a grid instead of degrees.
    Quantised,
    /// The heading does not say what a column is; its cells do.
    ColumnByContent {
        /// What it was taken for.
        field: &'static str,
        /// Its letter and heading.
        heading: String,
    },
    /// A column of identifiers that many rows share.
    IdsShared(String),
    /// A row beside the stations: a title, a sum, a remark.
    NotAStation(String),
    /// Numbers in metres where degrees were declared.
    PositionInMetres {
        /// East.
        x: f64,
        /// North.
        y: f64,
    },
    /// Two numbers in one cell, in an order that nothing tells.
    PositionOrderUnclear(String),
    /// A line, an area or several points, of which one point was taken.
    PositionReduced(String),
    /// The same address as another row, and far from it.
    AddressApart {
        /// The other row's sheet.
        source: String,
        /// The other row.
        row: usize,
        /// How far, in metres.
        metres: u32,
    },
    /// A cell that a spreadsheet turned into a date or a rounded number.
    CellMangled {
        /// The field.
        field: &'static str,
        /// As it stands there now.
        text: String,
    },
    /// A cell with characters that are broken.
    CharactersBroken {
        /// The field.
        field: &'static str,
    },
    /// The same place as an earlier row: one station now.
    Merged {
        /// The sheet of the row that stays.
        source: String,
        /// The row that stays.
        row: usize,
    },
    /// Seems to be the same place as an earlier row, with other hours.
    MaybeSame {
        /// The sheet of the other row.
        source: String,
        /// The other row.
        row: usize,
    },
    /// A station without a name.
    NameMissing,
    /// No longitude and latitude.
    PositionMissing,
    /// Not numbers, or not on Earth.
    PositionInvalid(String),
    /// One of longitude and latitude.
    PositionHalf,
    /// Degrees with two decimals or fewer: a place to a kilometre or worse. Whole ones are not used.
    PositionCoarse {
        /// As printed.
        text: String,
        /// Whether it is so coarse that it is not used.
        is_withheld: bool,
    },
    /// Far from all other stations of the list.
    PositionAway {
        /// Kilometres to the nearest.
        km: u32,
    },
    /// The sheet names another datum than the configuration.
    CrsContradicts {
        /// What the sheet says, and where.
        sheet: String,
        /// What the configuration says.
        configured: String,
    },
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
    /// Hours that can be read in several ways.
    HoursAmbiguous {
        /// As printed.
        text: String,
        /// The readings, in OSM syntax.
        readings: Vec<String>,
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
    /// A recurrence that is not understood.
    RecurrenceNotUnderstood(String),
    /// A ferry or bridge that does not lead from one side of its barrier to the
    /// other.
    CrossingNotAcross(String),
    /// Nobody says when a ferry or bridge can be used.
    CrossingHoursMissing,
    /// A word that names no way of travelling.
    ModeNotKnown(String),
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
            P::NotATable | P::WorkbookBroken(_) | P::JsonBroken(_) => "not_a_table",
            P::NoHeading => "no_heading",
            P::SheetMissing(_) => "sheet_missing",
            P::ColumnMissing(_) => "column_missing",
            P::CrsMissing { .. } => "crs_missing",
            P::TooLarge => "too_large",
            P::OldWorkbook => "old_workbook",
            P::EncodingNotKnown(_) => "encoding_not_known",
            P::EncodingUnclear => "encoding_unclear",
            P::EncodingGuessed(_) => "encoding_guessed",
            P::SheetSkipped { .. } => "sheet_skipped",
            P::QuoteOpen => "quote_open",
            P::CellFailed(_) => "cell_failed",
            P::CellsBeyond(_) => "cells_beyond",
            P::RowHidden => "row_hidden",
            P::ColumnsHidden(_) => "columns_hidden",
            P::ColumnsUnused(_) => "columns_unused",
            P::ColumnsPersonal(_) => "columns_personal",
            P::PersonalData { .. } => "personal_data",
            P::HoursJoined(_) => "hours_joined",
            P::HoursDoubtful { .. } => "hours_doubtful",
            P::NamesShared { .. } => "names_shared",
            P::NameTooLong => "name_too_long",
            P::NotStations => "not_stations",
            P::ExampleRow => "example_row",
            P::OutOfUse(_) => "out_of_use",
            P::PerhapsShut(_) => "perhaps_shut",
            P::RemarkHeeded(_) => "remark_heeded",
            P::HolidaysNotKnown => "holidays_not_known",
            P::FacilityUnclear(_) => "amenity_unclear",
            P::Quantised => "quantised",
            P::EncodingFound(_) => "encoding_found",
            P::PositionCoarse { .. } => "position_coarse",
            P::CrsContradicts { .. } => "crs_contradicts",
            P::ColumnByContent { .. } => "column_by_content",
            P::IdsShared(_) => "ids_shared",
            P::NotAStation(_) | P::TitleRow(_) => "not_a_station",
            P::PositionOrderUnclear(_) => "position_order_unclear",
            P::PositionReduced(_) => "position_reduced",
            P::AddressApart { .. } => "address_apart",
            P::CellMangled { .. } => "cell_mangled",
            P::CharactersBroken { .. } => "characters_broken",
            P::Merged { .. } => "merged",
            P::MaybeSame { .. } => "maybe_same",
            P::NameMissing => "name_missing",
            P::PositionMissing => "position_missing",
            P::PositionInvalid(_) | P::PositionInMetres { .. } | P::PositionHalf => {
                "position_invalid"
            }
            P::PositionSwapped => "position_swapped",
            P::PositionOutside => "position_outside",
            P::PositionFar { .. } | P::PositionAway { .. } => "position_far",
            P::HoursMissing => "hours_missing",
            P::HoursNotUnderstood { .. } => "hours_not_understood",
            P::HoursAmbiguous { .. } => "hours_ambiguous",
            P::IdDuplicate { .. } => "id_duplicate",
            P::DateInvalid { .. } => "date_invalid",
            P::RecurrenceNotUnderstood(_) => "recurrence_not_understood",
            P::CrossingNotAcross(_) => "crossing_not_across",
            P::CrossingHoursMissing => "crossing_hours_missing",
            P::ModeNotKnown(_) => "mode_not_known",
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
            | P::TooLarge
            | P::OldWorkbook
            | P::WorkbookBroken(_)
            | P::JsonBroken(_)
            | P::EncodingNotKnown(_)
            | P::EncodingUnclear
            | P::PositionInMetres { .. }
            | P::PositionOrderUnclear(_)
            | P::NameMissing
            | P::NameTooLong
            | P::NotStations
            | P::ExampleRow
            | P::Quantised
            | P::PositionInvalid(_)
            | P::PositionHalf
            | P::PositionCoarse {
                is_withheld: true, ..
            }
            | P::PositionOutside
            | P::PositionFar { .. }
            | P::PositionAway { .. }
            | P::CrsContradicts { .. }
            | P::CrossingNotAcross(_)
            | P::IdDuplicate { .. } => Severity::Error,
            P::PositionMissing
            | P::PositionSwapped
            | P::QuoteOpen
            | P::CellFailed(_)
            | P::CellsBeyond(_)
            | P::RowHidden
            | P::ColumnsHidden(_)
            | P::HoursDoubtful { .. }
            | P::NamesShared { .. }
            | P::OutOfUse(_)
            | P::PerhapsShut(_)
            | P::FacilityUnclear(_)
            | P::EncodingGuessed(_)
            | P::PositionReduced(_)
            | P::AddressApart { .. }
            | P::CellMangled { .. }
            | P::CharactersBroken { .. }
            | P::MaybeSame { .. }
            | P::HoursNotUnderstood { .. }
            | P::DateInvalid { .. }
            | P::RecurrenceNotUnderstood(_)
            | P::ModeNotKnown(_)
            | P::NumberInvalid { .. }
            | P::ControlCharacters { .. } => Severity::Warning,
            P::CrsMissing { .. }
            | P::PositionCoarse {
                is_withheld: false, ..
            }
            | P::HoursAmbiguous { .. }
            | P::HoursMissing
            | P::CrossingHoursMissing
            | P::EncodingFound(_)
            | P::ColumnsUnused(_)
            | P::ColumnsPersonal(_)
            | P::PersonalData { .. }
            | P::HoursJoined(_)
            | P::HolidaysNotKnown
            | P::RemarkHeeded(_)
            | P::SheetSkipped { .. }
            | P::ColumnByContent { .. }
            | P::NotAStation(_)
            | P::TitleRow(_)
            | P::IdsShared(_)
            | P::Merged { .. } => Severity::Note,
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
            | P::TooLarge
            | P::OldWorkbook
            | P::WorkbookBroken(_)
            | P::JsonBroken(_)
            | P::EncodingNotKnown(_)
            | P::EncodingUnclear
            | P::EncodingFound(_)
            | P::EncodingGuessed(_)
            | P::SheetSkipped { .. }
            | P::QuoteOpen
            | P::CellFailed(_)
            | P::CellsBeyond(_)
            | P::RowHidden
            | P::ColumnsHidden(_)
            | P::ColumnsUnused(_)
            | P::ColumnsPersonal(_)
            | P::NotStations
            | P::ExampleRow
            | P::TitleRow(_)
            | P::Quantised
            | P::NotAStation(_)
            | P::Merged { .. }
            | P::MaybeSame { .. }
            | P::ColumnMissing(_) => None,
            P::NameMissing | P::NameTooLong | P::NamesShared { .. } => Some("名称"),
            P::OutOfUse(_) | P::PerhapsShut(_) => Some("状态"),
            P::FacilityUnclear(_) => Some("服务设施"),
            P::RecurrenceNotUnderstood(_) => Some("时间"),
            P::ModeNotKnown(_) => Some("方式"),
            P::CrsMissing { .. }
            | P::CrossingNotAcross(_)
            | P::CrsContradicts { .. }
            | P::PositionMissing
            | P::PositionHalf
            | P::PositionCoarse { .. }
            | P::PositionAway { .. }
            | P::PositionInvalid(_)
            | P::PositionSwapped
            | P::PositionOutside
            | P::PositionInMetres { .. }
            | P::PositionOrderUnclear(_)
            | P::PositionReduced(_)
            | P::AddressApart { .. }
            | P::PositionFar { .. } => Some("经度、纬度"),
            P::HoursMissing
            | P::HoursJoined(_)
            | P::HoursDoubtful { .. }
            | P::RemarkHeeded(_)
            | P::HolidaysNotKnown
            | P::CrossingHoursMissing
            | P::HoursNotUnderstood { .. }
            | P::HoursAmbiguous { .. } => Some("开放时间"),
            P::IdDuplicate { .. } | P::IdsShared(_) => Some("编号"),
            P::DateInvalid { field, .. }
            | P::ColumnByContent { field, .. }
            | P::CellMangled { field, .. }
            | P::CharactersBroken { field }
            | P::PersonalData { field }
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
            P::CrsMissing { in_china, heading } => {
                let evidence = if let Some(heading) = heading {
                    &format!("列名「{heading}」提到了坐标系")
                } else if *in_china {
                    "坐标在中国境内，可能是 gcj02（高德、腾讯）、bd09（百度）或 wgs84，相差约 500 米"
                } else {
                    "坐标在中国以外，多半是 wgs84"
                };
                format!(
                    "没有说明坐标系。检查时先按 wgs84 读。{evidence}。请在 stations.toml 里写 crs"
                )
            }
            P::TooLarge => "文件超过 200 MB。没有读取。请按城市或区分成几个文件".to_owned(),
            P::OldWorkbook => "这是旧格式的 .xls。没有读取。请在表格软件里另存为 .xlsx".to_owned(),
            P::WorkbookBroken(why) => format!("工作簿打不开（{why}）。没有读取。请用表格软件打开，再另存为 .xlsx"),
            P::JsonBroken(why) => format!("JSON 有错（{why}）。没有读取。请在那个位置改正"),
            P::EncodingNotKnown(label) => format!("不认识编码「{label}」。没有读取。请在 stations.toml 里写 encoding = \"gb18030\" 或 \"utf-8\""),
            P::EncodingUnclear => "看不出文件的编码，也没有认识的列名。没有读取。请另存为 CSV（UTF-8），或在 stations.toml 里写 encoding".to_owned(),
            P::EncodingFound(name) => format!("文件没有说明编码，按表头认出是 {name}。名称有乱码的话请在 stations.toml 里写 encoding"),
            P::EncodingGuessed(name) => format!("文件没有说明编码，按字形猜是 {name}，可能有乱码。请看名称是否正常；不对就在 stations.toml 里写 encoding，或另存为 CSV（UTF-8）"),
            P::CellFailed(text) => format!("「{text}」是公式出错的值。当作空着。请改好公式，或填上内容"),
            P::CellsBeyond(text) => format!("表头右边多出一格：「{text}」，多半是内容里有逗号而没有加引号。没有使用，开放时间另看。请把这一行的格子对齐"),
            P::RowHidden => "这一行在表里是隐藏的。照样发布了。不要发布的话请删掉这一行".to_owned(),
            P::ColumnsHidden(columns) => format!("这些列在表里是隐藏的，照样读了：{}。不要发布的话请删掉这些列", columns.join("、")),
            P::ColumnsUnused(columns) => format!("没有用到的列：{}。里面有要发布的内容的话，请改列名，或在 stations.toml 里写 columns", listed(columns, Language::Zh)),
            P::ColumnsPersonal(columns) => format!("这些列像是个人信息，没有发布：{}。确实要发布的话请在 stations.toml 里写 publish_contacts = true", columns.join("、")),
            P::PersonalData { field } => format!("「{field}」里有个人姓名、手机或证件号码。已去掉。确实要发布的话请在 stations.toml 里写 publish_contacts = true"),
            P::HoursJoined(columns) => format!("开放时间由几列合成：{}。请在报告的「开放时间读成了什么」里核对", columns.join("、")),
            P::HoursDoubtful { text, doubt } => match doubt {
                Doubt::DaysMissing => format!("时间「{text}」有，星期一栏是空的。页面显示「时间不明」。请写上哪几天开，天天开就写「每天」"),
                Doubt::EndMissing => format!("「{text}」只有开始或只有结束。页面显示「时间不明」。请把两栏都填上"),
                Doubt::Unclear => format!("还有一列也讲开放时间，看不懂：「{text}」。页面显示「时间不明」。请把时间都写在「开放时间」一列里"),
                Doubt::Differ => format!("几列时间说法不同：「{text}」。页面显示「时间不明」。请只留一列，或写得一致"),
            },
            P::NamesShared { heading } => format!("「{heading}」一列的名称全都一样，多半不是站点名称。照样发布了。请把站点名称的列名改成「名称」，或在 stations.toml 里写 columns"),
            P::NameTooLong => "名称太长，像是贴进了一整段文字。这一行没有发布。请只写名称".to_owned(),
            P::NotStations => "这张表没有经纬度、开放时间，也没有设施，像是通讯录或别的名单。没有发布。如果是站点表，请补上其中一列，或在 stations.toml 的 [[source]] 里写 kind（站点类型）".to_owned(),
            P::ExampleRow => "这是模板里的示例行。没有发布。请删除这一行，填上自己的站点".to_owned(),
            P::TitleRow(title) => match (title.district.as_str(), title.kind.as_str()) {
                ("", "") => format!("「{}」像是小标题或说明，不是站点。没有发布。如果是站点，请补上地址", title.text),
                (district, "") => format!("「{}」是小标题，下面的站点算在「{district}」。不对的话请加一列「区县」", title.text),
                ("", kind) => format!("「{}」是小标题，下面站点的类型写「{kind}」。不对的话请加一列「类型」", title.text),
                (district, kind) => format!("「{}」是小标题，下面的站点算在「{district}」，类型写「{kind}」。不对的话请加「区县」「类型」两列", title.text),
            },
            P::OutOfUse(words) => format!("表里说这个站点「{words}」。没有发布。还在使用的话请改状态"),
            P::PerhapsShut(words) => format!("表里说「{words}」。页面显示「时间不明」和这句话。已经恢复的话请改掉"),
            P::RemarkHeeded(words) => format!("备注「{words}」也算进了开放时间。最好写到「开放时间」一格里"),
            P::HolidaysNotKnown => "开放时间和节假日有关，而这个时区没有放假安排。这些日子算「时间不明」。请在 [dataset] 里写 calendar".to_owned(),
            P::FacilityUnclear(part) => format!("「{part}」看不出有还是没有。页面写「不明」。有就只写名称，没有就写「无…」"),
            P::Quantised => "这是 TopoJSON 一类的量化坐标，不是度。没有读取。请另存为 GeoJSON".to_owned(),
            P::PositionHalf => "经度和纬度只有一个。只按区列出。请把两个都填上".to_owned(),
            P::PositionCoarse { text, is_withheld } => format!("经纬度「{text}」只到 {}请在高德等地图上取点，小数点后写满 4 位以上", if *is_withheld { "整度，相差 100 公里。只按区列出。" } else { "小数点后一两位，可能差几公里。照样发布了。" }),
            P::PositionAway { km } => format!("位置离名单里其他站点最近也有 {km} 公里，多半不对。只按区列出。请到地图上重新取点"),
            P::CrsContradicts { sheet, configured } => format!("表里写的坐标系是 {sheet}，stations.toml 里写的是 {configured}，两者相差约 500 米或更多。位置都没有使用。请弄清楚是哪一种，改 crs 或改列名"),
            P::SheetSkipped { sheet, is_hidden } => format!("工作表「{sheet}」{}。没有读取。需要的话请在 stations.toml 里写 sheet", if *is_hidden { "是隐藏的" } else { "里没有站点表头" }),
            P::QuoteOpen => "这一行有一个引号没有配对。这一行按没有引号读取，其他行不受影响。请检查这一行的引号".to_owned(),
            P::ColumnByContent { field, heading } => format!("列「{heading}」按内容当作「{field}」。不对的话请改列名，或在 stations.toml 里写 columns"),
            P::IdsShared(example) => format!(
                "「编号」一列很多行相同（例如「{example}」），不是站点编号。已改用名称和地址编号。请给每个站点一个编号"
            ),
            P::NotAStation(text) => format!("「{text}」像是合计、说明或落款，不是站点。没有发布。如果是站点，请改名称"),
            P::PositionInMetres { x, y } => format!("坐标「{x}, {y}」是投影坐标（米），不是经纬度。只按区列出。请在 stations.toml 里写 crs = \"EPSG:编号\"，例如 EPSG:4549，或换成经纬度"),
            P::PositionOrderUnclear(text) => format!("「{text}」看不出哪个是经度。只按区列出。请把列名改成「经度,纬度」或「纬度,经度」"),
            P::PositionReduced(kind) => format!("图形是 {kind}，取了其中一点当作位置。请核对，最好给出门口的坐标"),
            P::AddressApart { source, row, metres } => format!("和 {source} 第 {row} 行地址相同，位置却相差 {metres} 米。两处都照原样发布。请核对哪个位置不对"),
            P::CellMangled { text, .. } => format!("「{text}」像是被表格软件改成了日期或科学计数。请把单元格设为文本，重新输入"),
            P::CharactersBroken { field } => format!("「{field}」里有坏掉的字（\u{fffd}）。已照原样保留。请重新输入这一格"),
            P::Merged { source, row } => format!("和 {source} 第 {row} 行是同一个地方。已合成一个站点。不是的话请在 stations.toml 里写 keep_apart"),
            P::MaybeSame { source, row } => format!("和 {source} 第 {row} 行像是同一个地方，但开放时间不同。没有合并。请核对"),
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
                hours_reason(reason, Language::Zh)
            ),
            P::HoursAmbiguous { text, readings } => format!(
                "开放时间「{text}」有 {} 种读法：{}。读法不一致的时候算「时间不明」。请写得只有一种读法，比如把星期写在时间前面",
                readings.len(),
                readings.join(" 或 ")
            ),
            P::IdDuplicate { source, row } => format!(
                "编号和 {source} 第 {row} 行重复。这一行用名称和地址另编了编号。请改成不同的编号，或删掉一行"
            ),
            P::CrossingNotAcross(barrier) => format!("这个渡口或桥不通到「{barrier}」的对岸。没有采用。请给出两岸各一个位置：经度、纬度和对岸经度、对岸纬度"),
            P::CrossingHoursMissing => "没有开放时间。不会带人走这里，对岸的站点另列。知道的话请补上".to_owned(),
            P::ModeNotKnown(word) => format!("不认识通行方式「{word}」。已忽略。请写 ebike（电动车）、bicycle（自行车）或 foot（步行）"),
            P::RecurrenceNotUnderstood(text) => format!(
                "「{text}」看不懂是哪天。只显示原文。请写成「每月28日」「每周三」「每年5月1日」或「长期」"
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
            P::CrsMissing { in_china, heading } => {
                let evidence = if let Some(heading) = heading {
                    &format!("the heading \"{heading}\" names one")
                } else if *in_china {
                    "the positions lie in China and may be gcj02 (AMap, Tencent), bd09 (Baidu) or \
                     wgs84, some 500 m apart"
                } else {
                    "the positions lie outside China and are most likely wgs84"
                };
                format!(
                    "no datum is declared; read as wgs84 for this check; {evidence}; say crs in stations.toml"
                )
            }
            P::TooLarge => "the file is larger than 200 MB; not read; divide it by city or district".to_owned(),
            P::OldWorkbook => "this is an old .xls workbook; not read; save it as .xlsx".to_owned(),
            P::WorkbookBroken(why) => format!("the workbook cannot be opened ({why}); not read; open it in a spreadsheet program and save it again"),
            P::JsonBroken(why) => format!("the JSON is broken ({why}); not read; mend it at that place"),
            P::EncodingNotKnown(label) => format!("encoding \"{label}\" is not known; not read; say encoding = \"gb18030\" or \"utf-8\" in stations.toml"),
            P::EncodingUnclear => "the encoding of the text cannot be told, and no heading is known; not read; save it as CSV (UTF-8), or say encoding in stations.toml".to_owned(),
            P::EncodingFound(name) => format!("the file does not say its encoding; its headings are words in {name}; if names are garbled, say encoding in stations.toml"),
            P::EncodingGuessed(name) => format!("the file does not say its encoding; by its letters it is {name}, which may be wrong and garble names; look at them; say encoding in stations.toml, or save it as CSV (UTF-8)"),
            P::CellFailed(text) => format!("\"{text}\" is the value of a formula that failed; taken as empty; mend the formula or fill in the cell"),
            P::CellsBeyond(text) => format!("a cell beyond the last heading: \"{text}\", most likely a comma without quotation marks; not used; put the cells of this row under their headings"),
            P::RowHidden => "the sheet hides this row; published all the same; take the row out if it should not be".to_owned(),
            P::ColumnsHidden(columns) => format!("the sheet hides these columns; read all the same: {}; take them out if they should not be published", columns.join(", ")),
            P::ColumnsUnused(columns) => format!("columns that are not used: {}; if they hold anything to publish, change their headings, or say columns in stations.toml", listed(columns, Language::En)),
            P::ColumnsPersonal(columns) => format!("these columns seem to name people and are not published: {}; to publish them say publish_contacts = true in stations.toml", columns.join(", ")),
            P::PersonalData { field } => format!("{field} holds a person's name, mobile or identity number; taken out; to publish it say publish_contacts = true in stations.toml"),
            P::HoursJoined(columns) => format!("the hours stand in several columns, read together: {}; check them in the report under \"Opening hours as understood\"", columns.join(", ")),
            P::HoursDoubtful { text, doubt } => match doubt {
                Doubt::DaysMissing => format!("there are hours (\"{text}\") and no days; the page says that the hours are not known; fill in the days, or 每天 for every day"),
                Doubt::EndMissing => format!("\"{text}\" has a beginning or an end only; the page says that the hours are not known; fill in both"),
                Doubt::Unclear => format!("another column is about opening too and is not understood: \"{text}\"; the page says that the hours are not known; write all of them in one column"),
                Doubt::Differ => format!("columns of hours say different things: \"{text}\"; the page says that the hours are not known; keep one column, or make them agree"),
            },
            P::NamesShared { heading } => format!("all names in column \"{heading}\" are the same; it is hardly the column of names; published all the same; call the right column name, or say columns in stations.toml"),
            P::NameTooLong => "the name is as long as a page; the row is not published; write the name only".to_owned(),
            P::NotStations => "this sheet has no positions, no hours and no facilities, like a list of contacts; not published; if it lists stations, add one of these columns, or say kind (what the stations are) in stations.toml".to_owned(),
            P::ExampleRow => "this is the template's example row; not published; take it out and fill in your own stations".to_owned(),
            P::TitleRow(title) => match (title.district.as_str(), title.kind.as_str()) {
                ("", "") => format!("\"{}\" looks like a title or a remark and not like a station; not published; if it is one, add its address", title.text),
                (district, "") => format!("\"{}\" is a title; the stations below are listed under \"{district}\"; if that is wrong add a column 区县 (district)", title.text),
                ("", kind) => format!("\"{}\" is a title; the stations below are of kind \"{kind}\"; if that is wrong add a column 类型 (kind)", title.text),
                (district, kind) => format!("\"{}\" is a title; the stations below are listed under \"{district}\" as \"{kind}\"; if that is wrong add columns 区县 (district) and 类型 (kind)", title.text),
            },
            P::OutOfUse(words) => format!("the sheet says of this station: \"{words}\"; not published; if it is in use change its state"),
            P::PerhapsShut(words) => format!("the sheet says \"{words}\"; the page shows that and says that the hours are not known; change it once it is open again"),
            P::RemarkHeeded(words) => format!("the remark \"{words}\" counts for the hours too; better write it with them"),
            P::HolidaysNotKnown => "the hours hang on public holidays, of which none are known in this time zone; such days are not known; say calendar in [dataset]".to_owned(),
            P::FacilityUnclear(part) => format!("\"{part}\" does not tell whether it is there; the page says that it is not known; write the name only for what is there, and 无… for what is not"),
            P::Quantised => "coordinates are steps of a grid, as in TopoJSON, and not degrees; not read; save it as GeoJSON".to_owned(),
            P::PositionHalf => "only one of longitude and latitude; listed by district only; fill in both".to_owned(),
            P::PositionCoarse { text, is_withheld } => format!("longitude and latitude \"{text}\" are rounded to {}; take the position from a map, with four decimals at least", if *is_withheld { "whole degrees, 100 km apart; listed by district only" } else { "a kilometre or more; published all the same" }),
            P::PositionAway { km } => format!("the position is {km} km from the nearest other station of the list, most likely wrong; listed by district only; take the position from a map again"),
            P::CrsContradicts { sheet, configured } => format!("the sheet says {sheet}, stations.toml says {configured}, which is 500 m apart or more; no position is used; find out which it is, and change crs or the heading"),
            P::SheetSkipped { sheet, is_hidden } => format!("sheet \"{sheet}\" {}; not read; name it as sheet in stations.toml if it lists stations", if *is_hidden { "is hidden" } else { "has no heading of a station list" }),
            P::QuoteOpen => "a quotation mark of this row is never closed; the row was read without quotation marks, the others as they are; check the row".to_owned(),
            P::ColumnByContent { field, heading } => format!("column \"{heading}\" is taken for {field} by what its cells hold; if that is wrong, change the heading or say columns in stations.toml"),
            P::IdsShared(example) => format!(
                "many rows share an id (such as \"{example}\"): the column does not tell stations \
                 apart; ids were made of names and addresses; give each station an id of its own"
            ),
            P::NotAStation(text) => format!("\"{text}\" looks like a sum, a remark or a signature and not like a station; not published; if it is one, change its name"),
            P::PositionInMetres { x, y } => format!("\"{x}, {y}\" are metres on a grid and not degrees; listed by district only; say crs = \"EPSG:…\" in stations.toml, such as EPSG:25830, or give degrees"),
            P::PositionOrderUnclear(text) => format!("\"{text}\" does not tell which number is the longitude; listed by district only; call the column lon,lat or lat,lon"),
            P::PositionReduced(kind) => format!("the geometry is a {kind}; a point on it or inside it is used; check it, or better give the position of the door"),
            P::AddressApart { source, row, metres } => format!("has the address of {source} row {row}, {metres} m away; both are published as they are; check which position is wrong"),
            P::CellMangled { text, .. } => format!("\"{text}\" looks like a text that a spreadsheet made a date or a rounded number; format the cell as text and type it again"),
            P::CharactersBroken { field } => format!("{field} holds broken characters (\u{fffd}); kept as they are; type the cell again"),
            P::Merged { source, row } => format!("is the place of {source} row {row}; made one station; if it is not, name both ids in keep_apart in stations.toml"),
            P::MaybeSame { source, row } => format!("seems to be the place of {source} row {row}, but the opening hours differ; not merged; check them"),
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
            P::HoursAmbiguous { text, readings } => format!(
                "opening hours \"{text}\" can be read in {} ways: {}; where they differ the hours are \
                 not known; write them so that there is one, with the days before their hours",
                readings.len(),
                readings.join(" or ")
            ),
            P::IdDuplicate { source, row } => format!(
                "the id is that of {source} row {row}; this row got an id made of its name and \
                 address; give it its own id, or take one row away"
            ),
            P::CrossingNotAcross(barrier) => format!("this crossing does not lead to the other side of \"{barrier}\"; not used; give a position on either side: longitude, latitude, far_lon, far_lat"),
            P::CrossingHoursMissing => "no opening hours; nobody is sent this way, and stations on the other side are listed apart; fill them in if you know them".to_owned(),
            P::ModeNotKnown(word) => format!("\"{word}\" is no way of travelling; ignored; say ebike, bicycle or foot"),
            P::RecurrenceNotUnderstood(text) => format!(
                "\"{text}\" does not say a day that is understood; only the text is shown; write \
                 每月28日 (monthly), 每周三 (weekly), 每年5月1日 (yearly) or 长期 (always)"
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

/// Some names of columns, and how many more there are.
fn listed(columns: &[String], language: Language) -> String {
    const SHOWN: usize = 20;
    let shown = columns.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    let more = columns.len().saturating_sub(SHOWN);
    match (language, more) {
        (Language::Zh, 0) => shown.join("、"),
        (Language::En, 0) => shown.join(", "),
        (Language::Zh, _) => format!("{}，等 {} 列", shown.join("、"), columns.len()),
        (Language::En, _) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Why a text about opening hours is not understood.
#[must_use]
pub fn hours_reason(reason: &NotUnderstood, language: Language) -> String {
    if matches!(language, Language::En) {
        return reason.to_string();
    }
    match reason {
        NotUnderstood::NothingSaid => "没有说几点".to_owned(),
        NotUnderstood::Words(words) => format!("不认识「{words}」"),
        NotUnderstood::Unclear(_) => "几部分合不到一起".to_owned(),
        NotUnderstood::TooManyReadings => "有太多种读法".to_owned(),
    }
}

/// The datum assumed for a check where none is declared.
pub(super) const ASSUMED_CRS: ReferenceSystem = ReferenceSystem::Datum(Crs::Wgs84);
