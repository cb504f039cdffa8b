//! Everything that can be wrong with the data: its code, its severity, its field.

use super::Severity;
use crate::publish::hours::NotUnderstood;
use crate::publish::hours_columns::Doubt;
use crate::publish::title::Title;

use Problem as P;

/// A kind of file that holds no rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A picture.
    Picture,
    /// A PDF.
    Pdf,
    /// A text document or a presentation.
    Document,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The file cannot be read.
    Unreadable(String),
    /// There is nothing in it.
    Empty,
    /// It is not a table or a list of stations.
    NotATable,
    /// It is a file of another kind.
    OtherKind(FileKind),
    /// No row looks like a heading.
    NoHeading,
    /// A sheet that the configuration names is not in the workbook.
    SheetMissing(String),
    /// A column that the configuration names is not there.
    ColumnMissing(String),
    /// The datum of the positions is not declared.
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
    /// An unknown encoding.
    EncodingNotKnown(String),
    /// Text whose encoding cannot be determined.
    EncodingUnclear,
    /// The encoding was recognised by the headings that it gives.
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
    CellFailed {
        /// Its column, from 0.
        column: usize,
        /// The value.
        text: String,
    },
    /// Cells beyond the last heading.
    CellsBeyond(String),
    /// A row that the workbook does not show.
    RowHidden,
    /// Columns that the workbook hides.
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
    /// Hours that depend on holidays, for which no calendar is given.
    HolidaysNotKnown,
    /// It is unclear whether a facility is present.
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
    /// Two numbers in one cell in an order that cannot be determined.
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
        /// The present text of the cell.
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
    /// Degrees with two decimals or fewer, which are precise to a kilometre at best. Whole
    /// degrees are not used.
    PositionCoarse {
        /// As printed.
        text: String,
        /// Whether it is so coarse that it is not used.
        is_rejected: bool,
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
    /// Longitude and latitude are in each other's column.
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
    /// A date that does not exist.
    DateInvalid {
        /// The field.
        field: &'static str,
        /// As printed.
        text: String,
    },
    /// A recurrence that is not understood, such as 每月最后一个周五.
    RecurrenceNotUnderstood(String),
    /// A ferry or bridge that does not lead from one side of its barrier to the
    /// other.
    CrossingNotAcross(String),
    /// The hours of a ferry or bridge are not given.
    CrossingHoursMissing,
    /// An unknown mode of travel.
    ModeNotKnown(String),
    /// Text where a number is expected.
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

impl Problem {
    /// The stable code in the tool's output.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            P::Unreadable(_) => "unreadable",
            P::Empty => "empty",
            P::NotATable | P::OtherKind(_) | P::WorkbookBroken(_) | P::JsonBroken(_) => {
                "not_a_table"
            }
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
            P::CellFailed { .. } => "cell_failed",
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
            | P::OtherKind(_)
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
                is_rejected: true, ..
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
            | P::CellFailed { .. }
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
                is_rejected: false, ..
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

    /// The column that it concerns, from 0, where it is about one cell whatever its field.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        if let P::CellFailed { column, .. } = self {
            Some(*column)
        } else {
            None
        }
    }

    /// The field of the template that it concerns.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            P::Unreadable(_)
            | P::Empty
            | P::NotATable
            | P::OtherKind(_)
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
            | P::CellFailed { .. }
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
}
