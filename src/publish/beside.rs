//! Rows that a sheet has beside its stations: sums, remarks, signatures, titles of parts, the
//! example of the template.

use super::closure::mentions_closing;
use super::columns::Columns;
use super::headings::Field;
use super::hours::is_shut;
use super::personal::names_contact;
use super::table::TableRow;
use super::template;

/// What a row is that is no station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    /// A sum, a remark, a signature.
    Remark(String),
    /// The title of the rows below it.
    Title(Title),
    /// The template's own example.
    Example,
}

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
    /// A title in the midst of rows holds from there on; what it does not say stays.
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

/// What the row is, if it is no station.
pub(super) fn of_row(row: &TableRow, columns: &Columns) -> Option<Beside> {
    let name = columns.cell(row, Field::Name);
    let (_, first) = row.filled().next()?;
    if is_example(row, name) {
        return Some(Beside::Example);
    }
    let address = columns.cell(row, Field::Address);
    let says_where = !address.is_empty() && columns.says_position(row);
    let remark = || Beside::Remark(first.to_owned());
    // 备注：新增 in the first column is about its station; without a name it stands alone.
    let begins = if name.is_empty() { first } else { name };
    if is_sum(begins) || is_remark(begins) || is_sum(first) && !says_where {
        return Some(remark());
    }
    if is_no_name(begins) && !says_where {
        return Some(remark());
    }
    // A merged title stands in each of its cells.
    let count = row.filled().count();
    let is_alone = row.filled().all(|(_, cell)| cell == first);
    if columns.width() >= 3 && is_alone {
        let title = title(first);
        // A station of which only the name is known gives no kind to others.
        let is_title =
            count >= 2 || is_numbered(first) || !title.district.is_empty() || title.is_shut;
        return Some(Beside::Title(if is_title {
            title
        } else {
            Title {
                text: first.to_owned(),
                ..Title::default()
            }
        }));
    }
    // Counts behind a label, and nothing that leads anywhere: a line of statistics.
    let is_count = |cell: &str| {
        let digits = cell.trim_end_matches('%');
        digits.len() <= 5 && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let others: Vec<(usize, &str)> = row.filled().filter(|(_, cell)| *cell != name).collect();
    let others = others.iter().copied();
    let is_fine = |cell: &str| {
        cell.split('.')
            .nth(1)
            .is_some_and(|decimals| decimals.len() >= 3)
    };
    let is_statistics = count >= 2
        && columns.cell(row, Field::Phone).is_empty()
        && others.clone().all(|(_, cell)| is_count(cell))
        && !others.clone().any(|(_, cell)| is_fine(cell));
    // Seals and signatures stand in no column in particular.
    let is_apart = name.is_empty()
        && row
            .filled()
            .all(|(_, cell)| is_remark(cell) || is_in_brackets(cell));
    (is_apart || is_statistics).then(remark)
}

/// The template's example, whole or with another name; and rows that show how to fill in.
fn is_example(row: &TableRow, name: &str) -> bool {
    let from_template = row
        .filled()
        .filter(|(_, cell)| template::examples().any(|example| example == *cell))
        .count();
    let shows_how = [
        "例：",
        "例:",
        "示例：",
        "示例:",
        "（必填",
        "(必填",
        "（填写",
    ]
    .iter()
    .any(|word| name.starts_with(word));
    name.contains("请删除这一行") || name == "示例站点" || shows_how || from_template >= 3
}

/// Numbers, dates, dashes and words that stand where no name is known.
fn is_no_name(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "测试",
        "test",
        "xxx",
        "null",
        "none",
        "n/a",
        "待定",
        "待补充",
        "示例",
        "例",
        "以下空白",
        "无",
        "空",
        "略",
    ];
    let is_page = ["附件", "第", "共"].iter().any(|word| {
        text.strip_prefix(word).is_some_and(|rest| {
            rest.trim_end_matches(['页', '张', '号'])
                .chars()
                .all(|c| c.is_ascii_digit())
        })
    });
    let is_date = text.contains('年')
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "年月日 ".contains(c));
    WORDS.contains(&text.to_lowercase().as_str())
        || is_page
        || is_date
        || !text.chars().any(char::is_alphabetic)
}

/// 一、…, （二）…, …（共12个）: how titles are written and names are not.
fn is_numbered(text: &str) -> bool {
    bare(text).is_some_and(|bare| {
        let before = &text[..text.find(bare).unwrap_or_default()];
        let after = &text[text.find(bare).map_or(text.len(), |at| at + bare.len())..];
        !before.trim().is_empty() || after.contains(|c: char| c.is_ascii_digit())
    })
}

/// What the title row above a table says: its first words that are no number.
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

fn is_in_brackets(text: &str) -> bool {
    text.starts_with(['(', '（', '[', '【']) && text.ends_with([')', '）', ']', '】'])
}

/// 合计, 合计：5, 共12个站点, Total; 总计路驿站 is none.
fn is_sum(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "合计",
        "总计",
        "小计",
        "共计",
        "总数",
        "总共",
        "总量",
        "汇总",
        "累计",
        "平均",
        "占比",
        "其中",
        "计",
        "全区合计",
        "全市合计",
        "本页小计",
        "本页合计",
        "合計",
        "小計",
        "総計",
        "計",
        "합계",
        "총계",
        "소계",
        "평균",
        "계",
        "共",
    ];
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let lower = text.to_lowercase();
    let ends = |rest: &str| {
        rest.trim_start_matches(|c: char| "：:，,、(（)）=".contains(c))
            .is_empty()
            || rest.starts_with(|c: char| c.is_ascii_digit() || "：:(（".contains(c))
    };
    let english = [
        "total",
        "totals",
        "subtotal",
        "sub-total",
        "grandtotal",
        "sum",
        "average",
        "mean",
        "overall",
        "summe",
        "gesamt",
        "moyenne",
        "suma",
        "promedio",
    ];
    // Total (Sports Hub) is a name.
    let ends_english = |rest: &str| {
        let rest = rest.trim_start_matches([':', '=']);
        rest.chars()
            .all(|c| c.is_ascii_digit() || ".,%".contains(c))
    };
    WORDS.iter().any(|word| {
        // 共 alone is a syllable of names.
        text.strip_prefix(word)
            .is_some_and(|rest| ends(rest) && !(*word == "共" && rest.is_empty()))
            // 其中：工会驿站
            || *word == "其中" && text.starts_with("其中：")
    }) || english
        .iter()
        .any(|word| lower.strip_prefix(word).is_some_and(ends_english))
}

/// 注：…, 填表人：张三, 数据来源：…, 2. 备注
fn is_remark(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "注",
        "备注",
        "附注",
        "说明",
        "注意",
        "提示",
        "填表说明",
        "填报说明",
        "填表人",
        "填报人",
        "填表日期",
        "填报日期",
        "填表单位",
        "填报单位",
        "制表人",
        "制表",
        "制表日期",
        "制表单位",
        "审核人",
        "审核",
        "审批",
        "审批人",
        "复核",
        "复核人",
        "负责人",
        "经办人",
        "联系人",
        "联系电话",
        "单位负责人",
        "分管领导",
        "签字",
        "签名",
        "盖章",
        "单位盖章",
        "数据来源",
        "来源",
        "统计日期",
        "统计时间",
        "更新日期",
        "更新时间",
        "截止日期",
        "日期",
    ];
    // A name stands in the next cell.
    const LABELS: &[&str] = &[
        "制表人",
        "填表人",
        "填报人",
        "审核人",
        "经办人",
        "复核人",
        "填表日期",
        "制表日期",
    ];
    const ENGLISH: &[&str] = &[
        "note",
        "notes",
        "source",
        "sources",
        "prepared by",
        "approved by",
        "last updated",
        "updated",
        "remarks",
    ];
    let text = text.trim().trim_start_matches(['*', '※', '＊']);
    let lower = text.to_lowercase();
    let label = lower
        .split(['：', ':', '＿', '_', '\u{3000}', ' ', '１', '1'])
        .next()
        .unwrap_or_default();
    let has_label = lower.len() > label.len();
    WORDS.contains(&label) && has_label
        || LABELS.contains(&lower.as_str())
        || ENGLISH.iter().any(|word| {
            lower
                .strip_prefix(word)
                .is_some_and(|rest| rest.starts_with([':', '：']))
        })
}

/// What a title says of the rows below it: 二、浦东新区 a district, 公共厕所（12个） a kind.
fn title(text: &str) -> Title {
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

/// The longest kind or district that anybody has, in characters.
const LONGEST: usize = 16;

/// A title without its number, the count behind it, and the words for "list"; none if it is a
/// sentence and no title.
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
    // 服务区, 休息区 and 小区 are no districts.
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
    fn sums_and_remarks_are_told_from_names() {
        for text in [
            "合计",
            "合计：",
            "总计 5",
            "共5个站点",
            "Total",
            "Grand total: 12",
            "小计（12）",
            "注：以现场为准",
            "备注：无",
            "填表人：张某",
            "审核人：        填表人：",
            "数据来源: 总工会",
            "制表　李某",
            "Source: city",
        ] {
            assert!(is_sum(text) || is_remark(text), "{text}");
        }
        for text in [
            "合计路驿站",
            "共康路驿站",
            "共",
            "总部大厦驿站",
            "说明书驿站",
            "联系人家园",
            "日期山驿站",
            "Total Fitness Centre",
            "审核路1号",
            "注溪驿站",
        ] {
            assert!(!is_sum(text) && !is_remark(text), "{text}");
        }
    }

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
