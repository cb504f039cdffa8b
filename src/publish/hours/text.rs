//! Makes ways of writing alike: widths, dashes, brackets, Chinese numerals.

/// Characters that mean "to".
const DASHES: &str = "-‐‑‒–—―−~～〜－─﹣ー至到";

const NUMERALS: &str = "零〇一二三四五六七八九十两";

/// Units after which a Chinese numeral is a number.
const UNITS: [&str; 8] = ["点", "點", "时", "分", "月", "日", "号", "小时"];

/// The text in lower case and half width, with one kind of dash and bracket,
/// and digits for numerals.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if DASHES.contains(c) => {
                if !plain.ends_with('-') {
                    plain.push('-');
                }
            }
            '\u{3000}' | '\u{a0}' | '\t' | '\r' | '\n' | '\u{200b}' | '\u{feff}' => plain.push(' '),
            '【' | '［' | '〔' | '「' | '[' => plain.push('('),
            '】' | '］' | '〕' | '」' | ']' => plain.push(')'),
            '。' | '﹔' => plain.push(';'),
            '∶' | '︰' => plain.push(':'),
            '\u{ff01}'..='\u{ff5e}' => {
                let narrow = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c);
                plain.extend(narrow.to_lowercase());
            }
            c => plain.extend(c.to_lowercase()),
        }
    }
    numerals_to_digits(&plain)
}

fn numerals_to_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length: usize = rest
            .chars()
            .take_while(|c| NUMERALS.contains(*c))
            .map(char::len_utf8)
            .sum();
        let (numeral, after) = rest.split_at(length);
        let has_unit = UNITS.iter().any(|unit| after.starts_with(unit));
        // 周日, 星期一日…: the last numeral there names a weekday, not a number.
        let is_weekday = ["周", "期", "拜", "第"]
            .iter()
            .any(|before| out.ends_with(before));
        match number(numeral) {
            Some(number) if length > 0 && has_unit && !is_weekday => {
                out.push_str(&number.to_string());
                rest = after;
            }
            _ => {
                let step = length.max(c.len_utf8());
                out.push_str(&rest[..step]);
                rest = &rest[step..];
            }
        }
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
        ] {
            assert_eq!(plain(written), expected);
        }
    }
}
