//! Columns that no field uses: whether words about opening may stand in them.

use crate::publish::headings::words;
use crate::publish::hours_columns::says_others;

/// What a column that no field uses may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::publish) enum Watch {
    /// Its heading is about opening: every word counts that does not mean "in use".
    State,
    /// Remarks: words about closing count, understood or not.
    Remarks,
    /// Anything: days and words of closing count where they are the whole cell.
    Cells,
}

/// How to watch a column, by its heading; none if it is about people, offices or records.
pub(super) fn watch(heading: &str) -> Option<Watch> {
    const CLOSING: &[&str] = &[
        "停用",
        "撤",
        "闭",
        "休",
        "关闭",
        "关停",
        "暂停",
        "检修",
        "维护",
        "closed",
        "closure",
        "disused",
        "abandoned",
        "deleted",
        "폐쇄",
        "fermeture",
        "end date",
        "end_date",
        "enddate",
        "expir",
        "valid to",
        "until",
        "截止",
        "有效期",
    ];
    const OPENING: &[&str] = &[
        "开放",
        "运行",
        "在用",
        "使用情况",
        "使用状",
        "投入使用",
        "启用",
        "正常",
        "状态",
        "状况",
        "现况",
        "状況",
        "状態",
        "利用可否",
        "一般開放",
        "运营",
        "营业",
        "운영여부",
        "개방",
        "운영기간",
        "期间",
        "期間",
        "时段",
        "季节",
        "月份",
        "open",
        "active",
        "in use",
        "in service",
        "status",
        "statut",
        "état",
        "estado",
        "season",
        "saison",
        "temporada",
        "months",
        "période",
        "horaires",
    ];
    const REMARKS: &[&str] = &[
        "备注",
        "说明",
        "事项",
        "情况",
        "其他",
        "其它",
        "提示",
        "整改",
        "核查",
        "特記",
        "その他",
        "注意",
        "비고",
        "특이",
        "note",
        "remark",
        "comment",
        "info",
        "observ",
        "bemerk",
        "hinweis",
        "exception",
    ];
    const RECORDS: &[&str] = &[
        "面积", "数量", "id", "编码", "代码", "url", "link", "photo", "area", "type", "agency",
        "operator", "방식", "기관",
    ];
    let lower = heading.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(CLOSING) || words(heading).iter().any(|word| word == "access") {
        return Some(Watch::State);
    }
    if says_others(&lower) || has(RECORDS) {
        return None;
    }
    Some(if has(REMARKS) {
        Watch::Remarks
    } else if has(OPENING) {
        Watch::State
    } else {
        Watch::Cells
    })
}
