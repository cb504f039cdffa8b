//! Cuts a plain text into tokens that cover it completely.

use super::NotUnderstood;
use super::lexicon::word;
use super::text::Plain;
use super::token::{Clock, Period, Token};
use crate::domain::civil::Day;
use crate::domain::timetable::ALL_WEEK;

use Token as T;

/// The most characters quoted of words that are not understood.
const QUOTED: usize = 12;

/// The tokens of a text.
///
/// # Errors
///
/// [`NotUnderstood::Words`] at the first word that no table knows.
pub(super) fn tokens(plain: &Plain<'_>) -> Result<Vec<Token>, NotUnderstood> {
    let text = plain.text();
    let mut lexer = Lexer {
        text,
        letters: Letters::of(text),
        has_colon_times: has_colon_times(text),
        tokens: Vec::new(),
    };
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        match lexer.next(at) {
            Some((token, length)) => {
                lexer.tokens.push(token);
                at += length;
            }
            // The reason for a closure may contain any words: it can only make less open.
            None if lexer.is_in_reason() => at += rest.chars().next().map_or(1, char::len_utf8),
            None => return Err(unknown(plain, at)),
        }
    }
    Ok(lexer.tokens)
}

fn unknown(plain: &Plain<'_>, at: usize) -> NotUnderstood {
    let rest = &plain.text()[at..];
    let ends = |(index, c): &(usize, char)| *index > 0 && " ,;()\n、".contains(*c);
    let end = rest
        .char_indices()
        .find(ends)
        .map_or(rest.len(), |(index, _)| index);
    let quoted = plain.quote(at..at + end);
    NotUnderstood::Words(quoted.chars().take(QUOTED).collect())
}

struct Lexer<'a> {
    text: &'a str,
    letters: Letters,
    has_colon_times: bool,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    /// The token at `at`, and its length in bytes.
    fn next(&self, at: usize) -> Option<(Token, usize)> {
        let (before, rest) = self.text.split_at(at);
        if let Some(found) = chinese_weekday(rest, &self.tokens)
            .or_else(|| east_asian_weekday(before, rest, &self.tokens))
            .or_else(|| self.letters.weekday(before, rest))
        {
            return Some(found);
        }
        if rest.starts_with('|') {
            return Some((T::Comma, 1));
        }
        // "Closed Mondays. Tue-Sun 9-5."
        if rest == "." || rest.starts_with(". ") || rest.starts_with(".\n") {
            return Some((T::Stop, 1));
        }
        let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
        let known = word(rest).filter(|_| starts_word(before, rest));
        if is_number {
            // 24/7 and 7 days are words; otherwise the longer match counts.
            let number = number(rest, &self.tokens, self.has_colon_times);
            return match (known, number) {
                (Some(word), Some(number)) if word.1 < number.1 => Some(number),
                (Some(word), _) => Some(word),
                (None, number) => number,
            };
        }
        known
    }

    /// Whether the next characters still belong to the reason behind 因.
    fn is_in_reason(&self) -> bool {
        let since = self.tokens.iter().rev().take_while(|token| {
            matches!(
                token,
                T::Space | T::Doubt(_) | T::Harmless | T::Particle | T::And
            )
        });
        let before = self.tokens.len() - since.count();
        before > 0 && self.tokens[before - 1] == T::Because
    }
}

/// Whether a word of Latin letters may begin here.
fn starts_word(before: &str, rest: &str) -> bool {
    let is_latin = |c: char| c.is_alphabetic() && u32::from(c) < 0x250;
    !(rest.starts_with(is_latin) && before.ends_with(is_latin))
}

/// Whether times are written with a colon: then 7.15 may be a date.
fn has_colon_times(text: &str) -> bool {
    let bytes = text.as_bytes();
    (1..bytes.len().saturating_sub(1)).any(|at| {
        bytes[at] == b':' && bytes[at - 1].is_ascii_digit() && bytes[at + 1].is_ascii_digit()
    })
}

// ---- days ------------------------------------------------------------------------

/// 周一, 星期日, 周六日, 周1; and the bare 五 of 周一至五 or 周一、三、五.
fn chinese_weekday(rest: &str, before: &[Token]) -> Option<(Token, usize)> {
    let prefixes = [
        "每个星期",
        "每星期",
        "每礼拜",
        "每周",
        "逢周",
        "逢星期",
        "星期",
        "礼拜",
        "周",
    ];
    let named = prefixes
        .iter()
        .find_map(|p| Some((p.len(), rest.strip_prefix(p)?)));
    let follows = matches!(
        before,
        [.., T::Weekdays(_)] | [.., T::Weekdays(_), T::Dash | T::And | T::Or | T::Slash]
    );
    let (skipped, tail) = named.or_else(|| follows.then_some((0, rest)))?;
    let c = tail.chars().next()?;
    let after = &tail[c.len_utf8()..];
    let day = match c {
        '一' | '1' => 0,
        '二' | '2' => 1,
        '三' | '3' => 2,
        '四' | '4' => 3,
        '五' | '5' => 4,
        '六' | '6' => 5,
        '日' | '天' | '7' => 6,
        _ => return None,
    };
    if c.is_ascii_digit() {
        // The 8 of "周一 8:00" is not a weekday, nor is the 1 of "周一 1点".
        let is_joined = skipped > 0 || matches!(before, [.., T::Weekdays(_), T::Dash]);
        let is_time =
            after.starts_with(|c: char| c.is_ascii_digit() || ":.点时月号日h楼层".contains(c));
        // 周1-5 are days; 周一-5:00 has no meaning.
        if !is_joined || is_time {
            return None;
        }
    }
    // 每周五天 says how many days, not which.
    if c != '天' && after.starts_with('天') {
        return None;
    }
    // 五一 after days is a holiday; 一个, 二维码 are other words.
    if skipped == 0 && after.starts_with(['个', '一', '维', '楼', '层', '区']) {
        return None;
    }
    Some((T::Weekdays(1 << day), skipped + c.len_utf8()))
}

/// 月・水・金, 土日祝, 火曜日; 월~금, 토. Units of dates look the same: 7月1日, 7월 1일.
fn east_asian_weekday(before: &str, rest: &str, tokens: &[Token]) -> Option<(Token, usize)> {
    const KANJI: &str = "月火水木金土日";
    const HANGUL: &str = "월화수목금토일";
    let c = rest.chars().next()?;
    let (alphabet, suffixes) = if KANJI.contains(c) {
        (KANJI, ["曜日", "曜", "曜日"])
    } else if HANGUL.contains(c) {
        (HANGUL, ["요일", "요", "요일"])
    } else {
        return None;
    };
    if before.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let position = alphabet.chars().position(|day| day == c)?;
    let day = T::Weekdays(1 << position);
    let tail = &rest[c.len_utf8()..];
    if let Some(suffix) = suffixes.iter().find(|suffix| tail.starts_with(**suffix)) {
        return Some((day, c.len_utf8() + suffix.len()));
    }
    let is_day = |c: char| alphabet.contains(c) || "祝曜".contains(c);
    let joined = tail.trim_start_matches(['-', '·', '、', ',', '/', ' ']);
    let follows_day = matches!(
        tokens,
        [.., T::Weekdays(_)]
            | [.., T::Weekdays(_), T::Dash | T::And | T::Comma | T::Slash]
            | [.., T::Weekdays(_), T::Comma, T::Space]
    );
    let ends = tail.is_empty()
        || tail
            .starts_with(|c: char| "-·、,/()/: \n;".contains(c) || c.is_ascii_digit() || is_day(c));
    let is_bracketed = before.ends_with('(') && tail.starts_with(')');
    let is_certain = match c {
        // Units of dates, and common characters.
        '月' | '日' => {
            follows_day
                || is_bracketed
                || (joined.starts_with(is_day) && joined.len() < tail.len() + 1)
        }
        _ => true,
    };
    (is_certain && ends).then_some((day, c.len_utf8()))
}

/// Weekdays of one or two Latin letters, whose meaning depends on the language of the text.
struct Letters {
    days: &'static [(&'static str, u8)],
    is_german: bool,
}

impl Letters {
    fn of(text: &str) -> Self {
        const ENGLISH: &[(&str, u8)] =
            &[("m", 1), ("t", 2), ("w", 4), ("th", 8), ("r", 8), ("f", 16)];
        // The m of lunes, martes, miércoles may be either; beside an x it is Tuesday.
        const SPANISH: &[(&str, u8)] = SPANISH_WITH_X.split_at(1).1;
        const SPANISH_WITH_X: &[(&str, u8)] = &[
            ("m", 2),
            ("l", 1),
            ("x", 4),
            ("j", 8),
            ("v", 16),
            ("s", 32),
            ("d", 64),
        ];
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty())
            .collect();
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
        let days = if has(&["x"]) {
            SPANISH_WITH_X
        } else if has(&["l", "j", "v", "d"]) {
            SPANISH
        } else {
            ENGLISH
        };
        let is_german = has(&["mo", "mi", "so", "uhr", "und", "bis", "von", "geschlossen"]);
        Self { days, is_german }
    }

    fn weekday(&self, before: &str, rest: &str) -> Option<(Token, usize)> {
        if before.ends_with(char::is_alphanumeric) {
            return None;
        }
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let word = &rest[..end];
        let german = [("di", 2_u8), ("do", 8), ("so", 64)];
        if self.is_german
            && let Some((word, day)) = german.iter().find(|(name, _)| *name == word)
        {
            return Some((T::Weekdays(*day), word.len()));
        }
        let (word, day) = self.days.iter().find(|(name, _)| *name == word)?;
        Some((T::Weekdays(*day), word.len()))
    }
}

/// Every weekday from one to another, over the week-end if need be.
pub(super) fn weekdays_between(first: u8, last: u8) -> u8 {
    let (from, to) = (first.trailing_zeros(), last.trailing_zeros());
    let length = (to + 7 - from) % 7;
    (0..=length).fold(0, |mask, step| mask | 1 << ((from + step) % 7)) & ALL_WEEK
}

// ---- numbers ---------------------------------------------------------------------

fn digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

/// A number, and the token that the characters around it make of it.
fn number(rest: &str, before: &[Token], has_colon_times: bool) -> Option<(Token, usize)> {
    let length_to = |tail: &str| rest.len() - tail.len();
    let (figures, tail) = digits(rest);
    if let Some(found) = whole_date(rest) {
        return Some(found);
    }
    let value: u16 = figures.parse().ok()?;
    let is_end = matches!(before, [.., T::Dash] | [.., T::Dash, T::Space]);
    for unit in ["小时", "时间", "hours", "hour", "hrs", "hr", "h"] {
        if let Some(after) = tail.trim_start().strip_prefix(unit)
            && value == 24
            && !after.starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            // 0-24小时 ends at midnight.
            let token = if is_end {
                T::Time(Clock {
                    hour: 24,
                    minute: 0,
                    is_bare: false,
                    has_leading_zero: true,
                    period: None,
                })
            } else {
                T::AllDay
            };
            return Some((token, length_to(after)));
        }
    }
    if ["小时", "分钟", "天", "个", "人", "次", "元", "米"]
        .iter()
        .any(|unit| tail.starts_with(unit))
    {
        return None;
    }
    if let Some(after) = tail.strip_prefix('年') {
        return (1990..2100)
            .contains(&value)
            .then_some((T::Year(i32::from(value)), length_to(after)));
    }
    let month_tail = tail.trim_start();
    if let Some(after) = month_tail
        .strip_prefix("月份")
        .or_else(|| month_tail.strip_prefix('月'))
        .or_else(|| month_tail.strip_prefix('월'))
    {
        let month = u8::try_from(value)
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        return Some((T::Month(month), length_to(after)));
    }
    if let Some(after) = ['日', '号', '일']
        .iter()
        .find_map(|unit| tail.strip_prefix(*unit))
    {
        let day = u8::try_from(value)
            .ok()
            .filter(|day| (1..=31).contains(day))?;
        return Some((T::DayOfMonth(day), length_to(after)));
    }
    if let Some(found) = dotted(figures, value, tail, has_colon_times) {
        return Some((found.0, length_to(found.1)));
    }
    let (clock, after) = clock(figures, value, tail)?;
    let (clock, after) = with_am_pm(clock, after)?;
    let is_time = clock.hour <= 30 && clock.minute < 60 && (clock.hour <= 24 || !clock.is_bare);
    is_time.then_some((T::Time(clock), length_to(after)))
}

/// 2026-07-01, 2026/7/1, 2026.7.1
fn whole_date(rest: &str) -> Option<(Token, usize)> {
    let (year, tail) = digits(rest);
    let separator = tail.chars().next().filter(|c| "-/.".contains(*c))?;
    let (month, tail) = digits(tail.strip_prefix(separator)?);
    let (day, tail) = digits(tail.strip_prefix(separator)?);
    let is_date = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
    let day = is_date
        .then(|| Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))??;
    Some((T::Date(day), rest.len() - tail.len()))
}

/// 7.1, 7.15 beside times with a colon.
fn dotted<'a>(
    figures: &str,
    value: u16,
    tail: &'a str,
    has_colon_times: bool,
) -> Option<(Token, &'a str)> {
    let (day, after) = digits(tail.strip_prefix('.')?);
    let may_be_date = figures.len() <= 2 && (day.len() == 1 || day.len() == 2 && has_colon_times);
    let month = u8::try_from(value)
        .ok()
        .filter(|month| (1..=12).contains(month))?;
    let day: u8 = day.parse().ok()?;
    let is_marked = after
        .trim_start()
        .starts_with(['a', 'p', 'u', 'h', '点', '时']);
    (may_be_date && (1..=31).contains(&day) && !is_marked).then_some((T::Dotted(month, day), after))
}

fn clock<'a>(figures: &str, value: u16, tail: &'a str) -> Option<(Clock, &'a str)> {
    let has_leading_zero = figures.starts_with('0') && figures.len() > 1;
    let at = |hour, minute| Clock {
        hour,
        minute,
        is_bare: false,
        has_leading_zero,
        period: None,
    };
    if let Some(after) = tail.strip_prefix([':', '.']) {
        let (minute, _) = digits(after);
        // 11:3013:30: two times without anything between.
        let is_glued = matches!(minute.len(), 3 | 4) && after[minute.len()..].starts_with(':');
        if minute.len() == 2 || is_glued {
            let after_minute = &after[2..];
            let after = after_minute.strip_prefix(":00").unwrap_or(after_minute);
            let after = after.strip_prefix('分').unwrap_or(after);
            return (figures.len() <= 2).then_some((at(value, minute[..2].parse().ok()?), after));
        }
        // "周一至周五9:" is a slip of the pen; it is not guessed.
        return None;
    }
    let spaced = tail.strip_prefix(' ').unwrap_or(tail);
    if let Some(after) = ["点钟", "点", "时", "시"]
        .iter()
        .find_map(|unit| spaced.strip_prefix(unit))
    {
        for (word, minute) in [
            ("半", 30),
            ("一刻", 15),
            ("1刻", 15),
            ("三刻", 45),
            ("3刻", 45),
            ("整", 0),
            ("正", 0),
        ] {
            if let Some(after) = after.strip_prefix(word) {
                return Some((at(value, minute), after));
            }
        }
        let (minute, tail) = digits(
            after
                .strip_prefix(' ')
                .filter(|after| {
                    let (figures, unit) = digits(after);
                    !figures.is_empty() && unit.starts_with('분')
                })
                .unwrap_or(after),
        );
        return match minute.len() {
            0 => Some((at(value, 0), after)),
            1 | 2 => {
                let tail = tail.strip_prefix(['分', '분']).unwrap_or(tail);
                Some((at(value, minute.parse().ok()?), tail))
            }
            _ => None,
        };
    }
    // 9h, 9h30, 14 h
    if let Some(after) = spaced.strip_prefix('h')
        && figures.len() <= 2
        && !after.starts_with(|c: char| c.is_alphabetic())
    {
        let (minute, tail) = digits(after);
        return match minute.len() {
            0 => Some((at(value, 0), after)),
            2 => Some((at(value, minute.parse().ok()?), tail)),
            _ => None,
        };
    }
    match figures.len() {
        4 => Some((
            Clock {
                has_leading_zero: true,
                ..at(value / 100, value % 100)
            },
            tail.strip_prefix('h')
                .filter(|after| !after.starts_with(char::is_alphanumeric))
                .unwrap_or(tail),
        )),
        1 | 2 => Some((
            Clock {
                is_bare: true,
                ..at(value, 0)
            },
            tail,
        )),
        _ => None,
    }
}

fn with_am_pm(clock: Clock, tail: &str) -> Option<(Clock, &str)> {
    let spaced = tail.trim_start_matches(' ');
    let attached = [("a", false), ("p", true)].map(|mark| (tail, mark));
    let apart = [
        ("a.m.", false),
        ("p.m.", true),
        ("a.m", false),
        ("p.m", true),
        ("am", false),
        ("pm", true),
    ]
    .map(|mark| (spaced, mark));
    for (text, (mark, is_pm)) in apart.into_iter().chain(attached) {
        let ends = |after: &&str| !after.starts_with(|c: char| c.is_alphanumeric());
        let Some(after) = text.strip_prefix(mark).filter(ends) else {
            continue;
        };
        // "9am Wochenende" is not a time in the morning.
        if !(1..=12).contains(&clock.hour) {
            return None;
        }
        let hour = clock.hour % 12 + if is_pm { 12 } else { 0 };
        let period = Some(if is_pm {
            Period::Afternoon
        } else {
            Period::Morning
        });
        let clock = Clock {
            hour,
            is_bare: false,
            period,
            ..clock
        };
        return Some((clock, after));
    }
    Some((clock, tail))
}
