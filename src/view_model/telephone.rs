//! Telephone links from the printed texts of source sheets.

/// The first telephone number of a text, as a link; none if there is none. An extension
/// (转 8002) is left out, because it cannot be dialled before somebody answers.
#[must_use]
pub(super) fn tel(text: &str) -> Option<String> {
    let text: String = text.trim().chars().map(half_width).collect();
    let is_alone = text.chars().all(is_part);
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        if is_part(c) {
            run.push(c);
            continue;
        }
        // A number before one of these characters counts doors: 2号, 302室.
        let counts_doors = "号室楼弄层栋幢座门单院房岁元人".contains(c);
        if let Some(digits) = number(&run, counts_doors, is_alone) {
            return Some(format!("tel:{digits}"));
        }
        run.clear();
    }
    None
}

/// Full-width characters as half-width ones: ０２１ is 021.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' => '-',
        c => c,
    }
}

fn is_part(c: char) -> bool {
    matches!(c, '0'..='9' | ' ' | '-' | '(' | ')' | '+' | '.')
}

/// The number at the beginning of a run of digits and separators.
fn number(run: &str, counts_doors: bool, is_alone: bool) -> Option<String> {
    let bytes = run.as_bytes();
    let mut digits = String::new();
    let mut whole = None;
    for (at, byte) in bytes.iter().enumerate() {
        if !byte.is_ascii_digit() {
            if *byte == b'+' && digits.is_empty() {
                digits.push('+');
            }
            continue;
        }
        digits.push(char::from(*byte));
        let ends_here = !bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let is_last = at + 1 == bytes.len();
        if ends_here && !(is_last && counts_doors) && is_number(digits.as_bytes(), is_alone) {
            whole = Some(digits.clone());
        }
    }
    whole
}

/// Whether digits are a telephone number: a five-digit service, a landline with or without its
/// area code, a mobile phone, a number with a country code; an emergency number only if the
/// text holds nothing else.
fn is_number(digits: &[u8], is_alone: bool) -> bool {
    match (digits, digits.len()) {
        ([b'+', ..], length) => (9..=16).contains(&length),
        ([b'1', b'1', b'0' | b'9'] | [b'1', b'2', b'0' | b'2'], _) => is_alone,
        ([b'1' | b'9', ..], 5)
        | ([b'1'..=b'9', ..], 7 | 8)
        | ([b'4' | b'8', b'0', b'0', ..], 10)
        | ([b'0', ..], 10 | 11)
        | ([b'1', ..], 11)
        | ([b'0', b'3'..=b'9', ..], 12)
        | ([b'8', b'6', ..], 13) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_is_the_first_telephone_number_of_a_text() {
        for (text, expected) in [
            ("021-59501234", "021-59501234"),
            ("(021)59501234", "021-59501234"),
            ("（０２１）５９５０１２３４", "021-59501234"),
            ("021-5950 1234 转 8002", "021-59501234"),
            ("021-59501234转8002", "021-59501234"),
            ("59501234", "59501234"),
            ("13800138000 张师傅 2号门", "13800138000"),
            ("021-59501239 门卫室 2号门", "021-59501239"),
            ("2号门 59501234", "59501234"),
            ("59501234/59501235", "59501234"),
            ("59501234 59501235", "59501234"),
            ("400-820-1234", "400-820-1234"),
            ("+86 138 0013 8000", "+86 138 0013 8000"),
            ("12351", "12351"),
            ("0571－87654321、87654322", "0571-87654321"),
            ("无", ""),
            ("暂无", ""),
            ("转 8002", ""),
            ("张师傅 302室", ""),
            ("021-59501234 2号门", "021-59501234"),
            ("13800138000-1", "13800138000"),
            ("安亭镇墨玉路110号", ""),
            ("门卫119室 59501234", "59501234"),
            ("120", "120"),
            ("javascript:alert(1)", ""),
            ("", ""),
        ] {
            let expected: String = expected.chars().filter(|c| !" -".contains(*c)).collect();
            let expected = (!expected.is_empty()).then(|| format!("tel:{expected}"));
            assert_eq!(tel(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_link_holds_only_digits_of_the_text(text in "[0-9转室 张()+-]{0,24}") {
            if let Some(link) = tel(&text) {
                let digits = link.trim_start_matches("tel:").trim_start_matches('+');
                let all: String = text.chars().filter(char::is_ascii_digit).collect();
                proptest::prop_assert!(all.contains(digits) && digits.len() >= 3, "{link}");
            }
        }
    }
}
