//! The list of cell formats of a workbook, and formats that are added to it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use yizhan::publish::workbook_package::attribute;

use super::{HEADING, WRONG};

/// The formats of `xl/styles.xml`. Cells name a format by its place among the elements `xf` of
/// `cellXfs`; a format names its background by its place in `fills`.
pub(super) struct Styles<'a> {
    xml: &'a str,
    fills: List,
    formats: List,
    /// Each format as it is written.
    written: Vec<&'a str>,
    added: Vec<String>,
    /// The format of a wrong cell, and of a heading, by the format that it had.
    recoloured: BTreeMap<(usize, Background), usize>,
    wrapped: Option<usize>,
}

/// A background that is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Background {
    Wrong,
    Heading,
}

/// An element that lists others.
#[derive(Default)]
struct List {
    /// Where its start tag stands.
    tag: Range<usize>,
    /// The start tag, without its attribute `count`, which may be left out.
    start: String,
    /// Where its end tag begins.
    end: usize,
    entries: usize,
}

impl<'a> Styles<'a> {
    /// The formats; none if a list is missing or empty.
    pub(super) fn read(xml: &'a str) -> Result<Option<Self>, quick_xml::Error> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let (mut fills, mut formats) = (List::default(), List::default());
        let mut written = Vec::new();
        // The names of the elements around the event.
        let mut open: Vec<String> = Vec::new();
        let mut format = 0;
        loop {
            let from = position(&reader);
            let event = reader.read_event()?;
            let to = position(&reader);
            match event {
                Event::Eof => break,
                Event::Start(start) => {
                    let name = start.local_name().as_ref().to_owned();
                    match (open.last().map(String::as_str), name.as_str()) {
                        (_, "fills") => fills.begin(&start, from..to),
                        (_, "cellXfs") => formats.begin(&start, from..to),
                        (Some("fills"), "fill") => fills.entries += 1,
                        (Some("cellXfs"), "xf") => format = from,
                        _ => {}
                    }
                    open.push(name);
                }
                Event::End(end) => {
                    open.pop();
                    match (open.last().map(String::as_str), end.local_name().as_ref()) {
                        (_, "fills") => fills.end = from,
                        (_, "cellXfs") => formats.end = from,
                        (Some("cellXfs"), "xf") => written.push(&xml[format..to]),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        formats.entries = written.len();
        let is_complete = fills.entries > 0 && formats.entries > 0;
        Ok(is_complete.then(|| Self {
            xml,
            fills,
            formats,
            written,
            added: Vec::new(),
            recoloured: BTreeMap::new(),
            wrapped: None,
        }))
    }

    /// The format like this one with another background.
    pub(super) fn with(&mut self, background: Background, format: usize) -> usize {
        let (entries, fills) = (self.formats.entries, self.fills.entries);
        // A cell may name a format that there is not; spreadsheets show the first then.
        let format = if format < entries { format } else { 0 };
        *self
            .recoloured
            .entry((format, background))
            .or_insert_with(|| {
                let fill = match background {
                    Background::Wrong => fills,
                    Background::Heading => fills + 1,
                };
                self.added.push(with_fill(self.written[format], fill));
                entries + self.added.len() - 1
            })
    }

    /// The format of a text of several lines.
    pub(super) fn wrapped(&mut self) -> usize {
        let prefix = prefix(&self.formats.start);
        *self.wrapped.get_or_insert_with(|| {
            self.added.push(format!(
                "<{prefix}xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" \
                 applyAlignment=\"1\"><{prefix}alignment vertical=\"top\" wrapText=\"1\"/></{prefix}xf>"
            ));
            self.formats.entries + self.added.len() - 1
        })
    }

    /// The list as XML, with what was added.
    pub(super) fn into_xml(self) -> String {
        let prefix = prefix(&self.fills.start);
        let fills = [WRONG, HEADING].iter().fold(String::new(), |mut xml, colour| {
            let _ = write!(
                xml,
                "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor \
                 rgb=\"FF{colour}\"/><{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>"
            );
            xml
        });
        let mut edits = [
            (self.fills.tag, self.fills.start),
            (self.fills.end..self.fills.end, fills),
            (self.formats.tag, self.formats.start),
            (self.formats.end..self.formats.end, self.added.concat()),
        ];
        edits.sort_by_key(|(place, _)| place.start);
        let mut xml = String::with_capacity(self.xml.len() + 4096);
        let mut copied = 0;
        for (place, text) in edits {
            xml.push_str(&self.xml[copied..place.start]);
            xml.push_str(&text);
            copied = place.end;
        }
        xml.push_str(&self.xml[copied..]);
        xml
    }
}

impl List {
    fn begin(&mut self, start: &BytesStart<'_>, tag: Range<usize>) {
        self.tag = tag;
        self.start = tag_with(start, &["count"], &[]);
        self.start.push('>');
    }
}

/// A format with another background.
fn with_fill(format: &str, fill: usize) -> String {
    let mut reader = Reader::from_str(format);
    let Ok(Event::Start(start) | Event::Empty(start)) = reader.read_event() else {
        return format.to_owned();
    };
    let rest = &format[position(&reader)..];
    let fill = fill.to_string();
    let mut tag = tag_with(
        &start,
        &["fillId", "applyFill"],
        &[("fillId", &fill), ("applyFill", "1")],
    );
    tag.push_str(if rest.is_empty() { "/>" } else { ">" });
    tag.push_str(rest);
    tag
}

/// A start tag without these attributes and with others, open at its end.
pub(super) fn tag_with(start: &BytesStart<'_>, without: &[&str], with: &[(&str, &str)]) -> String {
    let mut tag = format!("<{}", start.name().as_ref());
    for attribute in start.attributes().flatten() {
        if !without.contains(&attribute.key.as_ref()) {
            // The value is escaped already; it may have stood in single quotation marks.
            let value = attribute.value.replace('"', "&quot;");
            let _ = write!(tag, " {}=\"{value}\"", attribute.key.as_ref());
        }
    }
    for (name, value) in with {
        let _ = write!(tag, " {name}=\"{value}\"");
    }
    tag
}

/// What stands before the name of an element: `x:` of `<x:row>`.
pub(super) fn prefix(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    let name = name.split([' ', '>', '/']).next().unwrap_or_default();
    name.split_once(':')
        .map_or("", |(prefix, _)| &name[..=prefix.len()])
}

/// How many bytes were read.
pub(super) fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// The number that an attribute gives.
pub(super) fn number(element: &BytesStart<'_>, name: &str) -> Option<usize> {
    attribute(element, name)?.parse().ok()
}
