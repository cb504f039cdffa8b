//! Titles above rows, and what they say of them: 二、浦东新区, 公共厕所（12个）.

use super::closure::mentions_closing;
use super::hours::is_shut;
use super::personal::names_contact;
use super::table::TableRow;

/// The title of some rows, and what it says of them.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Title {
    /// As printed.
    pub text: String,
    /// The district, if it names one.
    pub district: String,
    /// The kind of stations, if it names one.
    pub kind: String,
    /// Whether it says that the stations below are shut: 已停用站点.
    pub is_shut: bool,
}

impl Title {
    /// Applies a later title: it holds for the rows below it, and what it does not say stays.
    pub(super) fn take_over(&mut self, next: Self) {
        self.text = next.text;
        self.is_shut = next.is_shut;
        if !next.district.is_empty() {
            self.district = next.district;
        }
        if !next.kind.is_empty() {
            self.kind = next.kind;
        }
    }
}

/// The title that a row above a table gives: its first cell with letters.
pub(super) fn title_of(row: &TableRow) -> Title {
    let is_word = |(_, cell): &(usize, &str)| cell.chars().any(char::is_alphabetic);
    let first = row.filled().find(is_word).or(row.filled().next());
    title(first.map_or("", |(_, cell)| cell))
}

/// What the name of a sheet or the path of a list says: `closed_stations`, 黄浦区. A kind is not
/// taken from it.
pub(super) fn title_of_list(path: &str) -> Title {
    let last = path
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .replace('_', " ");
    let is_shut = is_shut(&last)
        || mentions_closing(&last)
        || last
            .to_lowercase()
            .split(' ')
            .any(|word| word == "planned" || word == "closed");
    let found = title(&last);
    let is_district = found.kind.is_empty() && !found.district.is_empty();
    Title {
        district: if is_district {
            found.district
        } else {
            String::new()
        },
        text: last,
        is_shut,
        ..Title::default()
    }
}

/// What a title says of the rows below it: 二、浦东新区 a district, 公共厕所（12个） a kind.
pub(super) fn title(text: &str) -> Title {
    let mut title = Title {
        text: text.to_owned(),
        is_shut: is_shut(text) || mentions_closing(text),
        ..Title::default()
    };
    let Some(plain) = bare(text).filter(|plain| !names_contact(plain)) else {
        return title;
    };
    if title.is_shut {
        return title;
    }
    let (district, kind) = split_district(plain);
    district.clone_into(&mut title.district);
    kind.clone_into(&mut title.kind);
    title
}

/// 一、…, （二）…, …（共12个）: how titles are written and names are not.
pub(super) fn is_numbered(text: &str) -> bool {
    bare(text).is_some_and(|bare| {
        let before = &text[..text.find(bare).unwrap_or_default()];
        let after = &text[text.find(bare).map_or(text.len(), |at| at + bare.len())..];
        !before.trim().is_empty() || after.contains(|c: char| c.is_ascii_digit())
    })
}

/// The longest kind or district, in characters.
const LONGEST: usize = 16;

/// A title without its number, its count and the words for "list"; none if it is a sentence.
fn bare(text: &str) -> Option<&str> {
    const LISTS: &[&str] = &[
        "一览表",
        "一览",
        "名单",
        "汇总表",
        "统计表",
        "明细表",
        "明细",
        "清单",
        "列表",
        "登记表",
        "信息表",
        "地图",
        "目录",
        "情况表",
        "汇总",
        "信息",
        "表",
        "如下",
    ];
    let mut rest = text.trim();
    let numbers = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    for open in ["（", "("] {
        if let Some(inside) = rest.strip_prefix(open)
            && let Some((number, after)) = inside.split_once(['）', ')'])
            && number.chars().all(numbers)
        {
            rest = after;
        }
    }
    if let Some((number, after)) = rest.split_once(['、', '.', '．'])
        && !number.is_empty()
        && number.chars().all(numbers)
    {
        rest = after;
    }
    if let Some((before, count)) = rest.rsplit_once(['（', '('])
        && count.contains(|c: char| c.is_ascii_digit())
    {
        rest = before;
    }
    for word in LISTS {
        rest = rest.strip_suffix(word).unwrap_or(rest);
    }
    let rest = rest.trim().trim_end_matches(['：', ':', '。']);
    let is_title = !rest.is_empty()
        && rest.chars().count() <= LONGEST
        && rest.chars().any(char::is_alphabetic)
        && !rest.contains(|c: char| c.is_ascii_digit() || "，,。；;：:".contains(c))
        && !["以下", "请", "本表"]
            .iter()
            .any(|word| rest.starts_with(word));
    is_title.then_some(rest)
}

/// 黄浦区公共厕所 is a district and a kind.
fn split_district(text: &str) -> (&str, &str) {
    const ENDS: [char; 6] = ['区', '县', '市', '镇', '乡', '旗'];
    let ends = |part: &str| part.ends_with(ENDS) || part.ends_with("街道");
    // 服务区, 休息区 and 小区 are not districts.
    let is_place = |part: &str| {
        let count = part.chars().count();
        (2..=9).contains(&count)
            && ends(part)
            && ![
                "服务区",
                "休息区",
                "小区",
                "园区",
                "社区",
                "景区",
                "超市",
                "城市",
                "门市",
                "夜市",
                "集市",
                "菜市",
            ]
            .iter()
            .any(|word| part.ends_with(word))
            && part != "街道"
    };
    if is_place(text) {
        return (text, "");
    }
    for (at, c) in text.char_indices() {
        let (before, after) = text.split_at(at + c.len_utf8());
        if is_place(before) && after.chars().count() >= 2 {
            return (before, after);
        }
    }
    ("", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_a_kind_or_a_district_or_both() {
        for (text, district, kind) in [
            ("二、浦东新区", "浦东新区", ""),
            ("（一）外滩街道（共12个）", "外滩街道", ""),
            ("公共厕所（5个）", "", "公共厕所"),
            (
                "黄浦区户外职工爱心接力站一览表",
                "黄浦区",
                "户外职工爱心接力站",
            ),
            ("高速服务区", "", "高速服务区"),
            ("以下站点暂停开放", "", ""),
            ("联系电话：12351", "", ""),
        ] {
            let title = title(text);
            assert_eq!(
                (title.district.as_str(), title.kind.as_str()),
                (district, kind),
                "{text}"
            );
        }
    }
}
