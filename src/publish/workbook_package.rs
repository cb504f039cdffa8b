//! The parts of a workbook: an archive of XML files that name one another.

use std::io::{Read, Seek};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// The path of a sheet's part, by the sheet's name.
pub fn sheet_part<F: Read + Seek>(archive: &mut ZipArchive<F>, name: &str) -> Option<String> {
    let relation = find(&text(archive, "xl/workbook.xml")?, "sheet", |sheet| {
        (attribute(sheet, "name")? == name)
            .then(|| attribute(sheet, "id"))
            .flatten()
    })?;
    let relations = text(archive, "xl/_rels/workbook.xml.rels")?;
    let target = find(&relations, "Relationship", |one| {
        (attribute(one, "Id")? == relation)
            .then(|| attribute(one, "Target"))
            .flatten()
    })?;
    Some(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

/// A part as text.
pub fn text<F: Read + Seek>(archive: &mut ZipArchive<F>, part: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(part).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

/// What `of` makes of the first element of this name for which it makes anything.
fn find(
    xml: &str,
    element: &str,
    of: impl Fn(&BytesStart<'_>) -> Option<String>,
) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return None,
            Event::Start(start) | Event::Empty(start) if start.local_name().as_ref() == element => {
                if let Some(found) = of(&start) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
}

/// The value of an attribute, whatever its namespace.
#[must_use]
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found.value.into_owned();
    let plain = quick_xml::escape::unescape(&value).ok()?;
    Some(plain.into_owned())
}
