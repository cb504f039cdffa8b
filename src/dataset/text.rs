//! Columns of texts, in compact encodings.

use serde::Serialize;

use super::DatasetError;
use super::reader::Reader;

/// A column of texts: all of them in one string, and their lengths in bytes.
#[derive(Default, Serialize)]
pub(super) struct Text {
    lengths: Vec<u32>,
    joined: String,
}

impl Text {
    /// Reads a column.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            lengths: reader.unsigned_list(),
            joined: reader.owned(),
        }
    }

    pub(super) fn of<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let (mut lengths, mut joined) = (Vec::new(), String::new());
        for text in texts {
            let text = text.as_ref();
            lengths.push(u32::try_from(text.len()).expect("a cell of a sheet is short"));
            joined.push_str(text);
        }
        // Most columns are empty in most cells: then lengths are left out.
        if joined.is_empty() {
            lengths.clear();
        }
        Self { lengths, joined }
    }

    pub(super) fn split(&self, count: usize) -> Result<Vec<&str>, DatasetError> {
        if self.lengths.is_empty() && self.joined.is_empty() {
            return Ok(vec![""; count]);
        }
        let mut rest = self.joined.as_str();
        let texts = self
            .lengths
            .iter()
            .map(|length| {
                let length = usize::try_from(*length).map_err(|_| DatasetError::Malformed)?;
                let (text, after) = rest
                    .split_at_checked(length)
                    .ok_or(DatasetError::Malformed)?;
                rest = after;
                Ok(text)
            })
            .collect::<Result<Vec<_>, DatasetError>>()?;
        (texts.len() == count && rest.is_empty())
            .then_some(texts)
            .ok_or(DatasetError::Malformed)
    }
}

/// Identifiers. If all of a cell have one prefix and a number of one width, as
/// numbered rows have, only the numbers are stored.
#[derive(Serialize)]
pub(super) enum Identifiers {
    Numbered {
        prefix: String,
        width: u8,
        /// The lowest eight bits of each number, then the next, and the highest.
        bytes: [Vec<u8>; 3],
    },
    Text(Text),
}

impl Default for Identifiers {
    fn default() -> Self {
        Self::Text(Text::default())
    }
}

impl Identifiers {
    /// Reads a column.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        if reader.flag() {
            return Self::Text(Text::read(reader));
        }
        Self::Numbered {
            prefix: reader.owned(),
            width: reader.byte(),
            bytes: [(); 3].map(|()| reader.bytes().to_vec()),
        }
    }

    pub(super) fn of<'a>(ids: impl Iterator<Item = &'a str> + Clone) -> Self {
        let Some((prefix, width)) = ids.clone().next().map(numbered) else {
            return Self::Text(Text::of(ids));
        };
        let numbers: Option<Vec<u32>> = ids
            .clone()
            .map(|id| {
                let digits = id.strip_prefix(prefix)?;
                let is_number = digits.len() == width && digits.bytes().all(|b| b.is_ascii_digit());
                // Seven digits fit into three bytes.
                (is_number && (1..=7).contains(&width)).then(|| digits.parse().ok())?
            })
            .collect();
        match numbers {
            Some(numbers) => Self::Numbered {
                prefix: prefix.to_owned(),
                width: u8::try_from(width).expect("seven at most"),
                bytes: [0, 1, 2]
                    .map(|byte| numbers.iter().map(|n| n.to_le_bytes()[byte]).collect()),
            },
            None => Self::Text(Text::of(ids)),
        }
    }

    pub(super) fn split(&self, count: usize) -> Result<Vec<String>, DatasetError> {
        match self {
            Self::Text(text) => Ok(text.split(count)?.into_iter().map(str::to_owned).collect()),
            Self::Numbered {
                prefix,
                width,
                bytes: [low, middle, high],
            } => {
                if [low.len(), middle.len(), high.len()] != [count; 3] || !(1..=7).contains(width) {
                    return Err(DatasetError::Malformed);
                }
                let width = usize::from(*width);
                let number = |row: usize| u32::from_le_bytes([low[row], middle[row], high[row], 0]);
                Ok((0..count)
                    .map(|row| with_number(prefix, width, number(row)))
                    .collect())
            }
        }
    }
}

/// A prefix and a number of `width` digits. Without `format!`, which for a thousand of them
/// takes a slow phone as long as reading the rest of their cell.
fn with_number(prefix: &str, width: usize, number: u32) -> String {
    let mut digits = [b'0'; 7];
    let mut rest = number;
    for digit in digits.iter_mut().rev() {
        *digit += u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    let mut id = String::with_capacity(prefix.len() + width);
    id.push_str(prefix);
    id.extend(
        digits
            .iter()
            .skip(7 - width)
            .map(|digit| char::from(*digit)),
    );
    id
}

/// An identifier's prefix, and how many digits follow it.
fn numbered(id: &str) -> (&str, usize) {
    let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit());
    (prefix, id.len() - prefix.len())
}

/// Names and addresses. A station is often named after its street and its scheme:
/// what name and address share is stored once, and the kind is not repeated.
#[derive(Default, Serialize)]
pub(super) struct Names {
    /// The name, with [`SHARED`] and [`KIND`] as placeholders.
    name: Text,
    shared: Text,
    /// The address before the shared part, and after it.
    before: Text,
    after: Text,
}

/// The placeholder of the part shared with the address. No published name
/// contains it, since the tool removes control characters.
const SHARED: char = '\u{1}';

/// The placeholder of the station's first kind.
const KIND: char = '\u{2}';

/// A station's name and address, cut for the columns of [`Names`].
pub(super) struct NameParts<'a> {
    name: String,
    shared: &'a str,
    before: &'a str,
    after: &'a str,
}

impl<'a> NameParts<'a> {
    /// Cuts the name and address of a station whose first kind is `kind`, empty for none.
    pub(super) fn of(name: &str, address: &'a str, kind: &str) -> Self {
        let whole = Self {
            name: name.to_owned(),
            shared: "",
            before: address,
            after: "",
        };
        if name.contains([SHARED, KIND]) {
            // Not published by this tool. The name would be decoded as another one, so
            // the tool's comparison after writing rejects it.
            return whole;
        }
        let shared = longest_shared(name, address);
        let mut parts = match address.split_once(shared) {
            Some((before, after)) if !shared.is_empty() => Self {
                name: name.replacen(shared, &SHARED.to_string(), 1),
                shared,
                before,
                after,
            },
            _ => whole,
        };
        if !kind.is_empty() {
            parts.name = parts.name.replacen(kind, &KIND.to_string(), 1);
        }
        parts
    }
}

/// The longest text of two characters or more that occurs in both; the first
/// in the name, if several are as long.
fn longest_shared<'a>(name: &str, address: &'a str) -> &'a str {
    let mut longest = "";
    let name: Vec<char> = name.chars().collect();
    let starts: Vec<(usize, char)> = address.char_indices().collect();
    for from in 0..name.len() {
        for (start, (byte, _)) in starts.iter().enumerate() {
            let length = name[from..]
                .iter()
                .zip(&starts[start..])
                .take_while(|(one, (_, other))| *one == other)
                .count();
            let end = starts
                .get(start + length)
                .map_or(address.len(), |(byte, _)| *byte);
            if length >= 2 && end - byte > longest.len() {
                longest = &address[*byte..end];
            }
        }
    }
    longest
}

impl Names {
    /// Reads the columns.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            name: Text::read(reader),
            shared: Text::read(reader),
            before: Text::read(reader),
            after: Text::read(reader),
        }
    }

    pub(super) fn of(parts: &[NameParts<'_>]) -> Self {
        Self {
            name: Text::of(parts.iter().map(|parts| &parts.name)),
            shared: Text::of(parts.iter().map(|parts| parts.shared)),
            before: Text::of(parts.iter().map(|parts| parts.before)),
            after: Text::of(parts.iter().map(|parts| parts.after)),
        }
    }

    pub(super) fn split(&self, count: usize) -> Result<SplitNames<'_>, DatasetError> {
        Ok(SplitNames {
            name: self.name.split(count)?,
            shared: self.shared.split(count)?,
            before: self.before.split(count)?,
            after: self.after.split(count)?,
        })
    }
}

pub(super) struct SplitNames<'a> {
    name: Vec<&'a str>,
    shared: Vec<&'a str>,
    before: Vec<&'a str>,
    after: Vec<&'a str>,
}

impl SplitNames<'_> {
    /// Name and address of a station whose first kind is `kind`.
    pub(super) fn of_row(&self, row: usize, kind: &str) -> (String, String) {
        let shared = self.shared[row];
        let mut name = String::new();
        for piece in self.name[row].split_inclusive([SHARED, KIND]) {
            if let Some(before) = piece.strip_suffix(SHARED) {
                name.push_str(before);
                name.push_str(shared);
            } else if let Some(before) = piece.strip_suffix(KIND) {
                name.push_str(before);
                name.push_str(kind);
            } else {
                name.push_str(piece);
            }
        }
        let address = [self.before[row], shared, self.after[row]].concat();
        (name, address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, address: &str, kind: &str, expected: [&str; 4]) {
        let parts = NameParts::of(name, address, kind);
        assert_eq!(
            [parts.name.as_str(), parts.shared, parts.before, parts.after],
            expected
        );
        let names = Names::of(std::slice::from_ref(&parts));
        let (decoded_name, decoded_address) = names.split(1).expect("one station").of_row(0, kind);
        assert_eq!(
            (decoded_name.as_str(), decoded_address.as_str()),
            (name, address)
        );
    }

    #[test]
    fn street_and_scheme_are_stored_once() {
        check(
            "漕溪北路工会驿站",
            "上海市徐汇区漕溪北路534号",
            "工会驿站",
            ["\u{1}\u{2}", "漕溪北路", "上海市徐汇区", "534号"],
        );
    }

    #[test]
    fn name_and_address_without_a_shared_part_are_stored_unchanged() {
        check(
            "比星咖啡店",
            "百安路528号",
            "",
            ["比星咖啡店", "", "百安路528号", ""],
        );
        check("", "", "", ["", "", "", ""]);
    }

    #[track_caller]
    fn check_ids(ids: &[&str], is_numbered: bool) {
        let column = Identifiers::of(ids.iter().copied());
        assert_eq!(matches!(column, Identifiers::Numbered { .. }), is_numbered);
        assert_eq!(column.split(ids.len()).expect("ids"), ids);
    }

    #[test]
    fn numbered_identifiers_are_stored_as_numbers() {
        check_ids(&["SH-0001", "SH-9999", "SH-0000"], true);
        check_ids(&["7", "8"], true);
        check_ids(&["SH-1", "SH-10"], false);
        check_ids(&["a", "b"], false);
        check_ids(&["20240100001", "20240100002"], false);
        check_ids(&["", "1"], false);
    }
}
