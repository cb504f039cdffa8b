//! Personal data, which is not published unless the configuration asks for it: names of
//! contacts, their mobile numbers, identity numbers.

/// The text without identity numbers, mobile numbers and named contacts; none if it has none of
/// them.
pub(super) fn without_contacts(text: &str) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut is_personal = false;
    for clause in clauses(text) {
        let has_mail = clause
            .split('@')
            .nth(1)
            .is_some_and(|host| host.contains('.'));
        if names_contact(clause) || has_personal_number(clause) || has_mail {
            is_personal = true;
        } else {
            kept.push(clause.to_owned());
        }
    }
    is_personal.then(|| kept.concat().trim_matches(is_separator).to_owned())
}

/// A name or an address without such numbers; the rest of it is needed.
pub(super) fn without_numbers(text: &str) -> Option<String> {
    has_personal_number(text).then(|| {
        let mut kept = text.to_owned();
        for number in numbers(text).filter(|number| is_personal_number(number)) {
            kept = kept.replace(number, "");
        }
        // Brackets around a number also name its owner.
        let cut: Vec<&str> = brackets(text)
            .filter(|inside| has_personal_number(inside))
            .collect();
        for inside in cut {
            let words = without_digits(inside);
            kept = kept.replace(words.trim(), "");
        }
        kept = kept
            .replace("（）", "")
            .replace("()", "")
            .replace("（ ）", "");
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

fn brackets(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(['（', '(']).skip(1);
    parts.filter_map(|part| part.split(['）', ')']).next())
}

fn without_digits(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// A mobile number of Taiwan or Japan, where a contact is named.
fn is_mobile_abroad(digits: &str) -> bool {
    digits.len() == 10 && digits.starts_with("09")
        || digits.len() == 11
            && ["090", "080", "070"]
                .iter()
                .any(|code| digits.starts_with(code))
}

/// A mobile number, in mainland China.
pub(super) fn is_mobile(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let local = match digits.len() {
        13 => digits.strip_prefix("86").unwrap_or(&digits),
        15 => digits.strip_prefix("0086").unwrap_or(&digits),
        _ => &digits,
    };
    local.len() == 11
        && local.starts_with('1')
        && !local.starts_with("10")
        && !local.starts_with("11")
        && !local.starts_with("12")
}

/// Whether it is the number of an office: with an area code, of seven or eight digits, or a
/// short one. Beside a person's name only such a number is published.
pub(super) fn is_of_office(number: &str) -> bool {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        _ if is_mobile_abroad(&digits) => false,
        3..=8 => true,
        10 => digits.starts_with("400") || digits.starts_with("800") || has_area_code(&digits),
        9 | 11 | 12 => has_area_code(&digits),
        _ => false,
    }
}

fn has_area_code(digits: &str) -> bool {
    let mut digits = digits.bytes();
    digits.next() == Some(b'0') && digits.next().is_some_and(|digit| digit != b'0')
}

fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(is_separator)
}

fn is_separator(c: char) -> bool {
    "，,；;。\n、".contains(c)
}

/// Whether a name follows a word for a contact: 联系人：张某, 负责人 李某.
pub(super) fn names_contact(clause: &str) -> bool {
    const WORDS: &[&str] = &[
        "联系人",
        "负责人",
        "责任人",
        "站长",
        "管理员",
        "经办人",
        "联络人",
        "值班员",
        "保洁员",
        "contact:",
        "manager:",
        "担当者",
        "担当：",
        "聯絡人",
        "담당자",
    ];
    let lower = clause.to_lowercase();
    WORDS.iter().any(|word| {
        lower.find(word).is_some_and(|at| {
            let behind = lower[at + word.len()..].trim_start_matches([' ', '：', ':', '\u{3000}']);
            // 请与管理员联系 contains no name.
            let is_request = [
                "联系", "电话", "协助", "帮助", "登记", "同意", "处", "手中", "领取",
            ]
            .iter()
            .any(|word| behind.starts_with(word));
            !is_request && behind.starts_with(char::is_alphabetic)
        })
    })
}

fn has_personal_number(text: &str) -> bool {
    numbers(text).any(is_personal_number)
}

fn is_personal_number(number: &str) -> bool {
    is_identity(number) || is_mobile(number)
}

/// Runs of digits, with the blanks and dashes that people put between them.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, 'X' | 'x' | ' ' | '-' | '+');
    text.split(move |c: char| !is_part(c))
        .map(|number| number.trim_matches([' ', '-']))
        .filter(|number| number.len() >= 11)
}

/// An identity number: eighteen characters with a month and a day in their places.
fn is_identity(number: &str) -> bool {
    let number: String = number.chars().filter(|c| !" -".contains(*c)).collect();
    let part = |from: usize, to: usize| number.get(from..to)?.parse::<u32>().ok();
    number.len() == 18
        && number[..17].bytes().all(|b| b.is_ascii_digit())
        && part(6, 10).is_some_and(|year| (1900..2100).contains(&year))
        && part(10, 12).is_some_and(|month| (1..=12).contains(&month))
        && part(12, 14).is_some_and(|day| (1..=31).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_and_their_numbers_leave_a_remark() {
        assert_eq!(
            without_contacts("自带水杯，联系人：张某，13800000000"),
            Some("自带水杯".to_owned())
        );
        assert_eq!(
            without_contacts("站长李某 021-00000000；有坡道"),
            Some("有坡道".to_owned())
        );
        assert_eq!(
            without_contacts("身份证310101199001011234"),
            Some(String::new())
        );
        for text in [
            "自带水杯",
            "电话021-00000000",
            "编号202607150001",
            "请与管理员联系",
            "",
        ] {
            assert_eq!(without_contacts(text), None, "{text}");
        }
        assert_eq!(without_numbers("甲站 13800000000"), Some("甲站".to_owned()));
        assert_eq!(
            without_numbers("人民路1号（王某 138 0000 0000）"),
            Some("人民路1号".to_owned())
        );
        assert_eq!(
            without_contacts("钥匙找王师傅138-0000-0000"),
            Some(String::new())
        );
    }

    #[test]
    fn numbers_of_offices_are_told_from_those_of_people() {
        for number in [
            "021-00000000",
            "12351",
            "400-000-0000",
            "0571-0000000",
            "00000000",
        ] {
            assert!(is_of_office(number) && !is_mobile(number), "{number}");
        }
        for number in ["13800000000", "+86 138 0000 0000", "00000000001"] {
            assert!(!is_of_office(number), "{number}");
        }
        assert!(is_mobile("138-0000-0000") && !is_mobile("12000000000"));
    }
}
