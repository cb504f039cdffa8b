//! Rows of a sheet that are not stations: sums, remarks, signatures, titles, the example of the
//! template.

use super::columns::Columns;
use super::headings::Field;
use super::table::TableRow;
use super::template;
use super::title::{Title, is_numbered, title};

/// What a row is, if it is not a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NonStationRow {
    /// A sum, a remark, a signature.
    Remark(String),
    /// The title of the rows below it.
    Title(Title),
    /// The template's own example.
    Example,
}

/// What the row is, if it is not a station.
pub(super) fn of_row(row: &TableRow, columns: &Columns) -> Option<NonStationRow> {
    let name = columns.cell(row, Field::Name);
    let (_, first) = row.filled().next()?;
    if is_example(row, name) {
        return Some(NonStationRow::Example);
    }
    let address = columns.cell(row, Field::Address);
    let says_where = !address.is_empty() && columns.says_position(row);
    let remark = || NonStationRow::Remark(first.to_owned());
    // 备注：新增 in the first column is about the station of the row; without a name it is a
    // remark.
    let begins = if name.is_empty() { first } else { name };
    if is_sum(begins) || is_remark(begins) || is_sum(first) && !says_where {
        return Some(remark());
    }
    if is_no_name(begins) && !says_where {
        return Some(remark());
    }
    // A merged title is repeated in each of its cells.
    let count = row.filled().count();
    let is_alone = row.filled().all(|(_, cell)| cell == first);
    if columns.width() >= 3 && is_alone {
        let title = title(first);
        // A station of which only the name is known must not give its name as a kind to the rows
        // below.
        let is_title =
            count >= 2 || is_numbered(first) || !title.district.is_empty() || title.is_shut;
        return Some(NonStationRow::Title(if is_title {
            title
        } else {
            Title {
                text: first.to_owned(),
                ..Title::default()
            }
        }));
    }
    // Counts behind a label, and no address or position: a line of statistics.
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
    // Seals and signatures are written in any column.
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

/// Numbers, dates, dashes and words that people write where they know no name.
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

fn is_in_brackets(text: &str) -> bool {
    text.starts_with(['(', '（', '[', '【']) && text.ends_with([')', '）', ']', '】'])
}

/// 合计, 合计：5, 共12个站点, Total; but not 总计路驿站.
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
        // 共 alone is part of a name.
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
    // The name is in the next cell.
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
}
