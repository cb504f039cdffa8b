//! Normalises a text: widths, dashes, brackets, numerals, traditional characters, and markup of
//! web pages. Each character keeps its place in the source, so that a message can quote what was
//! written.

use std::ops::Range;

/// Characters that mean "to".
const DASHES: &str = "-‐‑‒–—―−~～〜∼－─﹣ー至到";

const NUMERALS: &str = "零〇一二三四五六七八九十两";

/// Units after which a Chinese numeral is a number.
const UNITS: [&str; 8] = ["点", "时", "分", "月", "日", "号", "小时", "刻"];

/// Parts of the day after which a Chinese numeral is an hour: 早八晚五.
const BEFORE_HOURS: &str = "早朝晚午晨间上夜";

/// Markup that web pages and exports leave in a cell.
const MARKUP: [(&str, char); 9] = [
    ("<br>", '\n'),
    ("<br/>", '\n'),
    ("<br />", '\n'),
    ("</p>", '\n'),
    ("<p>", '\n'),
    ("&nbsp;", ' '),
    ("&amp;", '&'),
    ("&ndash;", '-'),
    ("\\n", '\n'),
];

/// Traditional and Japanese forms of the characters of the vocabulary.
const VARIANTS: &str = "週周時时間间點点節节號号開开關关館馆門门營营営营業业務务國国慶庆無无為为從从與与後后晝昼內内離离單单雙双個个終终閉闭毎每補补調调暫暂臨临維维裝装請请詳详電电話话約约預预戶户勞劳動动則则餘余僅仅們们預预變变動动現现場场準准據据書书廳厅區区樓楼層层員员療疗診诊對对";

/// A normalised text.
pub(super) struct Plain<'a> {
    source: &'a str,
    text: String,
    /// For each byte of `text`, and for its end, the byte of `source`.
    at: Vec<usize>,
}

impl<'a> Plain<'a> {
    /// The text in lower case and half width, with one kind of dash and bracket, digits
    /// for numerals, and simplified characters.
    pub(super) fn of(source: &'a str) -> Self {
        let mut characters = without_markup(source);
        for (character, _) in &mut characters {
            *character = alike(*character);
        }
        characters.dedup_by(|next, before| next.0 == '-' && before.0 == '-');
        let characters = without_numbering(&numerals_to_digits(&characters));
        let mut plain = Self {
            source,
            text: String::new(),
            at: Vec::new(),
        };
        for (character, at) in characters {
            for lower in character.to_lowercase() {
                plain.text.push(lower);
                plain.at.resize(plain.text.len(), at);
            }
        }
        plain.at.push(source.len());
        plain
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The part of the source that these bytes of the plain text come from.
    pub(super) fn quote(&self, bytes: Range<usize>) -> &'a str {
        let last = self.at.len() - 1;
        let (from, to) = (self.at[bytes.start.min(last)], self.at[bytes.end.min(last)]);
        self.source
            .get(from..to.max(from))
            .unwrap_or(self.source)
            .trim()
    }
}

type Placed = (char, usize);

fn without_markup(source: &str) -> Vec<Placed> {
    let mut characters = Vec::with_capacity(source.len());
    let mut at = 0;
    while let Some(character) = source[at..].chars().next() {
        let rest = &source[at..];
        let found = MARKUP.iter().find(|(mark, _)| {
            rest.get(..mark.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(mark))
        });
        if let Some((mark, instead)) = found {
            characters.push((*instead, at));
            at += mark.len();
        } else {
            characters.push((character, at));
            at += character.len_utf8();
        }
    }
    characters
}

fn alike(character: char) -> char {
    match character {
        c if DASHES.contains(c) => '-',
        '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{3000}' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\t' | '\u{200b}' | '\u{200e}'
        | '\u{200f}' | '\u{2060}' | '\u{feff}' => ' ',
        '【' | '［' | '〔' | '「' | '[' | '{' | '〈' | '《' => '(',
        '】' | '］' | '〕' | '」' | ']' | '}' | '〉' | '》' => ')',
        '。' | '﹔' => ';',
        '∶' | '︰' | '﹕' | '꞉' => ':',
        '•' | '・' | '･' | '‧' | '∙' | '●' | '■' | '·' => '·',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        c => {
            let mut variants = VARIANTS.chars();
            while let (Some(variant), Some(common)) = (variants.next(), variants.next()) {
                if variant == c {
                    return common;
                }
            }
            c
        }
    }
}

/// "1、周一…；2、周六…" and ①: the number of a line says nothing about hours. 1、2月 are
/// months: lines are numbered from one on, and there are several.
fn without_numbering(characters: &[Placed]) -> Vec<Placed> {
    let numbers = line_numbers(characters);
    let is_numbered = numbers.len() > 1
        && numbers
            .iter()
            .zip('1'..='9')
            .all(|(at, expected)| characters[*at].0 == expected);
    let mut kept: Vec<Placed> = Vec::with_capacity(characters.len());
    let mut at = 0;
    while let Some(&(character, place)) = characters.get(at) {
        if ('①'..='⑳').contains(&character) {
            kept.push(('\n', place));
        } else if is_numbered && numbers.contains(&at) {
            // Skips the mark behind the number as well.
            at += 1;
        } else {
            kept.push((character, place));
        }
        at += 1;
    }
    kept
}

/// Where lines begin with a digit and a mark, and no number follows.
fn line_numbers(characters: &[Placed]) -> Vec<usize> {
    let at = |index: usize| characters.get(index).map(|(c, _)| *c);
    let begins = |index: usize| {
        let before = characters[..index].iter().rev().find(|(c, _)| *c != ' ');
        before.is_none_or(|(c, _)| "\n;".contains(*c))
    };
    (0..characters.len())
        .filter(|&index| {
            at(index).is_some_and(|c| c.is_ascii_digit())
                && matches!(at(index + 1), Some('、' | ')' | '.'))
                && at(index + 2).is_some_and(|c| !c.is_ascii_digit())
                && begins(index)
        })
        .collect()
}

fn numerals_to_digits(characters: &[Placed]) -> Vec<Placed> {
    let mut out: Vec<Placed> = Vec::with_capacity(characters.len());
    let mut at = 0;
    while let Some(&(character, place)) = characters.get(at) {
        let length = characters[at..]
            .iter()
            .take_while(|(c, _)| NUMERALS.contains(*c))
            .count();
        if length == 0 {
            out.push((character, place));
            at += 1;
            continue;
        }
        let numeral: String = characters[at..at + length].iter().map(|(c, _)| c).collect();
        let after: String = characters[at + length..]
            .iter()
            .take(2)
            .map(|(c, _)| c)
            .collect();
        let before = out.last().map(|(c, _)| *c);
        let has_unit = UNITS.iter().any(|unit| after.starts_with(unit));
        let is_hour = before.is_some_and(|c| BEFORE_HOURS.contains(c))
            && !after.starts_with(|c: char| "个周".contains(c));
        // 周日, 星期一日…: the last numeral there names a weekday, not a number.
        let is_weekday = before.is_some_and(|c| "周期拜第曜初".contains(c));
        match number(&numeral) {
            Some(number) if (has_unit || is_hour) && !is_weekday => {
                out.extend(number.to_string().chars().map(|c| (c, place)));
            }
            _ => out.extend(&characters[at..at + length]),
        }
        at += length;
    }
    out
}

/// The value of a numeral up to 99.
fn number(numeral: &str) -> Option<u32> {
    let digit = |c| match c {
        '零' | '〇' => Some(0),
        '一' => Some(1),
        '二' | '两' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    };
    let whole = |text: &str| {
        let text = text.trim_start_matches(['零', '〇']);
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (None, _) => Some(0),
            (Some(c), None) => digit(c),
            _ => None,
        }
    };
    match numeral.split_once('十') {
        None => whole(numeral),
        Some(("", ones)) => Some(10 + whole(ones)?),
        Some((tens, ones)) => Some(whole(tens)? * 10 + whole(ones)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_writing_become_alike() {
        for (written, expected) in [
            ("８：３０—１７：００", "8:30-17:00"),
            ("周一——周五:8:30——17:00", "周一-周五:8:30-17:00"),
            ("八点半到十七点三十分", "8点半-17点30分"),
            ("二十四小时", "24小时"),
            ("周日、星期一", "周日、星期一"),
            ("十一月一日", "11月1日"),
            ("【每日】9AM～5PM", "(每日)9am-5pm"),
            ("週一至週五", "周一-周五"),
            ("早八晚五", "早8晚5"),
            ("1、周一<br>2、周二", "周一\n周二"),
        ] {
            assert_eq!(Plain::of(written).text(), expected);
        }
    }

    #[test]
    fn a_quotation_is_what_was_written() {
        let plain = Plain::of("週一 ８：３０ 看情况");
        let at = plain.text().find("看").expect("it is there");
        assert_eq!(plain.quote(at..plain.text().len()), "看情况");
        assert_eq!(plain.quote(0..at), "週一 ８：３０");
    }
}
