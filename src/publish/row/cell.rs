//! Single cells: text without control characters, numbers, dates, lists.

use std::ops::RangeInclusive;

use crate::domain::civil::Day;
use crate::publish::config::Source;
use crate::publish::headings::Field;
use crate::publish::issue::Problem;

/// A cell without control characters, on one line; reports broken characters.
pub(super) fn clean(
    raw: &str,
    field: Field,
    name: &'static str,
    problems: &mut Vec<Problem>,
) -> String {
    let clean: String = raw
        .chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .collect();
    if clean.len() != raw.len() && raw.contains(|c: char| c.is_control() && !"\n\r\t".contains(c)) {
        problems.push(Problem::ControlCharacters { field: name });
    }
    if raw.contains('\u{fffd}') {
        problems.push(Problem::CharactersBroken { field: name });
    }
    if field != Field::Note && field != Field::Origin && looks_mangled(raw) {
        problems.push(Problem::CellMangled {
            field: name,
            text: raw.to_owned(),
        });
    }
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a spreadsheet made a date of a text such as 8-30 or 12-3.
pub(super) fn looks_mangled(text: &str) -> bool {
    let parts: Vec<&str> = text.trim_end_matches(" 0:00").split(['-', '/']).collect();
    let is_number = |part: &str, lengths: RangeInclusive<usize>| {
        lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    matches!(parts[..], [year, month, day]
        if is_number(year, 4..=4) && is_number(month, 1..=2) && is_number(day, 1..=2))
}

/// The digits of a telephone number that a spreadsheet treated as a quantity.
pub(super) fn whole_number(text: String, problems: &mut Vec<Problem>) -> String {
    let is_scientific = text.contains(['e', 'E'])
        && text.parse::<f64>().is_ok()
        && text.bytes().any(|byte| byte == b'.' || byte == b'+');
    if is_scientific {
        problems.push(Problem::CellMangled {
            field: "电话",
            text,
        });
        return String::new();
    }
    text.trim_end_matches(".0").to_owned()
}

pub(super) fn number(text: &str, problems: &mut Vec<Problem>) -> Option<u32> {
    if text.is_empty() {
        return None;
    }
    let number = text
        .trim_end_matches(".0")
        .trim_end_matches(['人', '个'])
        .parse()
        .ok();
    if number.is_none() {
        let text = text.to_owned();
        problems.push(Problem::NumberInvalid {
            field: "容纳人数",
            text,
        });
    }
    number
}

/// A date, with any of the usual signs between its numbers.
pub(in crate::publish) fn day(text: &str) -> Option<Day> {
    text.replace(['/', '.'], "-").parse().ok()
}

pub(super) fn verified_on(text: &str, source: &Source, problems: &mut Vec<Problem>) -> Option<Day> {
    if text.is_empty() {
        return source.verified_on;
    }
    let day = day(text);
    if day.is_none() {
        problems.push(Problem::DateInvalid {
            field: "核对日期",
            text: text.to_owned(),
        });
    }
    day
}

/// The parts of a cell that holds several.
pub(in crate::publish) fn list(text: &str) -> Vec<String> {
    text.split(['、', ',', '，', ';', '；'])
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}
