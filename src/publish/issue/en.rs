//! What is wrong, what was done and what to do, in English.

use super::{FileKind, Language, Problem, listed};
use crate::publish::hours_columns::Doubt;

use Problem as P;

impl Problem {
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
            P::OtherKind(kind) => {
                let kind = match kind {
                    FileKind::Picture => "a picture",
                    FileKind::Pdf => "a PDF",
                    FileKind::Document => "a text document or a presentation",
                };
                format!("this is {kind}, not a table; not read; put in a table, as .xlsx or CSV")
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
            P::CellFailed { text, .. } => format!("\"{text}\" is the value of a formula that failed; taken as empty; mend the formula or fill in the cell"),
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
            P::PositionCoarse { text, is_rejected } => format!("longitude and latitude \"{text}\" are rounded to {}; take the position from a map, with four decimals at least", if *is_rejected { "whole degrees, 100 km apart; listed by district only" } else { "a kilometre or more; published all the same" }),
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
