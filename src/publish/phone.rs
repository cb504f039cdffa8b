//! Telephone numbers as people write them into one cell: several, with an extension, with a name.

use super::personal::{is_mobile, is_of_office};

/// What a cell says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Phone {
    /// The numbers to publish, as printed; without the words around them.
    pub(super) text: String,
    /// Whether a number was left out because it belongs to a person.
    pub(super) is_personal: bool,
    /// Whether it has words that are neither a number nor a word for "none".
    pub(super) other: bool,
}

/// Whose numbers a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Stations,
    /// Not said, as with 联系电话: mobile numbers are left out.
    Unsaid,
    /// The sheet names a contact: only numbers of offices are published.
    Persons,
}

/// Reads a cell.
pub(super) fn read(cell: &str, whose: Whose) -> Phone {
    let mut phone = Phone::default();
    let mut numbers: Vec<String> = Vec::new();
    // A comma before an extension does not separate numbers.
    let cell = cell.replace(", ext", " ext").replace(",ext", " ext");
    for piece in cell.split(['/', '；', ';', '、', '，', ',', '\n', '或']) {
        let piece = piece.trim();
        let Some((number, words)) = number_in(piece) else {
            phone.other |= piece.chars().any(char::is_alphanumeric) && !is_none(piece);
            continue;
        };
        let names_somebody = words.chars().any(char::is_alphabetic) && !is_label(&words);
        let is_personal = match whose {
            Whose::Stations => names_somebody && is_mobile(&number),
            Whose::Unsaid => is_mobile(&number),
            Whose::Persons => !is_of_office(&number),
        };
        if is_personal {
            phone.is_personal = true;
        } else {
            numbers.push(number);
        }
    }
    phone.text = numbers.join("/");
    phone
}

/// A number with its extension, and the words around it.
fn number_in(text: &str) -> Option<(String, String)> {
    let is_part = |c: char| c.is_ascii_digit() || "+-() （）—".contains(c);
    let from = text.find(|c: char| c.is_ascii_digit() || "+(（".contains(c))?;
    let (before, rest) = text.split_at(from);
    let to = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let (number, after) = rest.split_at(to);
    if number.chars().filter(char::is_ascii_digit).count() < SHORTEST {
        return None;
    }
    let number = number.trim_end_matches([' ', '-', '(', '（', '—']);
    let extension = ["转", "分机", "ext.", "ext", "x", "#"]
        .iter()
        .find_map(|word| {
            let digits = after.to_lowercase();
            let digits = digits
                .strip_prefix(word)?
                .trim_start_matches([' ', '：', ':']);
            let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
            (!digits.is_empty()).then_some(digits)
        });
    Some(match extension {
        Some(extension) => (format!("{number}转{extension}"), before.to_owned()),
        None => (number.to_owned(), format!("{before}{after}")),
    })
}

/// 110 has three digits; door numbers have fewer.
const SHORTEST: usize = 3;

fn is_none(text: &str) -> bool {
    let text = text
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    [
        "", "无", "暂无", "没有", "無", "なし", "없음", "none", "no", "n", "a", "null", "nil",
    ]
    .contains(&text.as_str())
}

/// Words that describe a number and do not name its owner.
fn is_label(words: &str) -> bool {
    let words = words
        .trim_matches(|c: char| !c.is_alphabetic())
        .to_lowercase();
    [
        "电话",
        "座机",
        "固话",
        "热线",
        "服务电话",
        "咨询电话",
        "联系电话",
        "tel",
        "phone",
        "手机",
    ]
    .contains(&words.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_several_numbers_extensions_and_names_are_read() {
        for (cell, text) in [
            ("021-00000000", "021-00000000"),
            ("021-00001234/00005678", "021-00001234/00005678"),
            ("00001234转801", "00001234转801"),
            ("(021) 0000 0000 ext. 8", "(021) 0000 0000转8"),
            ("518-000-0000, ext. 1", "518-000-0000转1"),
            ("电话：12351", "12351"),
            ("无", ""),
            ("暂无", ""),
            ("N/A", ""),
            ("2号门", ""),
        ] {
            assert_eq!(read(cell, Whose::Stations).text, text, "{cell}");
        }
        assert!(read("见公告", Whose::Stations).other && !read("暂无", Whose::Stations).other);
    }

    #[test]
    fn numbers_of_people_are_kept_back() {
        let kept_back = |cell, whose| {
            let phone = read(cell, whose);
            (phone.text, phone.is_personal)
        };
        assert_eq!(
            kept_back("13800000000 张师傅 2号门", Whose::Stations),
            (String::new(), true)
        );
        assert_eq!(
            kept_back("13800000000", Whose::Unsaid),
            (String::new(), true)
        );
        assert_eq!(
            kept_back("021-00000000、13800000000", Whose::Persons),
            ("021-00000000".to_owned(), true)
        );
        assert_eq!(
            kept_back("00000000001", Whose::Persons),
            (String::new(), true)
        );
        assert_eq!(
            kept_back("13800000000", Whose::Stations),
            ("13800000000".to_owned(), false)
        );
    }
}
