//! A workbook as it came, with marks: only the marked sheets and the list of styles change.

use std::io::{Cursor, Write as _};

use yizhan::publish::{Sheet, workbook_package as package};
use zip::ZipArchive;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::SheetMarks;
use super::styles::Styles;
use super::worksheet;

const STYLES: &str = "xl/styles.xml";

/// Why a file cannot be edited.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotEditable {
    /// It is no archive, or a damaged one.
    #[error("{0}")]
    Archive(#[from] zip::result::ZipError),
    /// A part is no XML.
    #[error("{0}")]
    Xml(#[from] quick_xml::Error),
    /// A part cannot be written.
    #[error("{0}")]
    Write(#[from] std::io::Error),
    /// A part is missing, or lacks what it must hold.
    #[error("part {0}")]
    Part(String),
    /// A sheet is as wide as a sheet can be.
    #[error("no column left")]
    NoColumn,
}

pub(super) fn marked(file: &[u8], sheets: &[(&Sheet, SheetMarks)]) -> Result<Vec<u8>, NotEditable> {
    let missing = |part: &str| NotEditable::Part(part.to_owned());
    let mut archive = ZipArchive::new(Cursor::new(file))?;
    let styles = package::text(&mut archive, STYLES).ok_or_else(|| missing(STYLES))?;
    let mut styles = Styles::read(&styles)?.ok_or_else(|| missing(STYLES))?;
    let mut edited: Vec<(String, String)> = Vec::new();
    for (sheet, marks) in sheets.iter().filter(|(_, marks)| !marks.is_empty()) {
        let name = sheet.name.as_deref().unwrap_or_default();
        let part = package::sheet_part(&mut archive, name).ok_or_else(|| missing(name))?;
        let xml = package::text(&mut archive, &part).ok_or_else(|| missing(&part))?;
        edited.push((part, worksheet::marked(&xml, marks, &mut styles)?));
    }
    edited.push((STYLES.to_owned(), styles.into_xml()));

    let mut book = ZipWriter::new(Cursor::new(Vec::with_capacity(file.len())));
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index)?;
        let edited = edited
            .iter()
            .find(|(name, _)| name.as_bytes() == part.name_raw());
        match edited {
            None => book.raw_copy_file(part)?,
            Some((name, xml)) => {
                let options = SimpleFileOptions::default()
                    .last_modified_time(part.last_modified().unwrap_or_default());
                book.start_file(name.as_str(), options)?;
                book.write_all(xml.as_bytes())?;
            }
        }
    }
    Ok(book.finish()?.into_inner())
}
