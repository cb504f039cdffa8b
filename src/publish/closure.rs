//! Stations that are out of use, as a column of states, their name or a remark says.

use super::hours::{Remark, is_shut, remark};

/// What a column of states says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    InUse,
    /// Shut for now, or described in unknown words.
    Doubtful,
    /// For good.
    Gone,
}

/// The state that the words of a cell give under its heading: 是否停用 turns yes into no.
pub(super) fn state(heading: &str, words: &str) -> State {
    const IN_USE: &[&str] = &[
        "正常",
        "开放",
        "开放中",
        "已开放",
        "正常开放",
        "对外开放",
        "运营",
        "运营中",
        "正常运营",
        "已运营",
        "营业",
        "营业中",
        "正常营业",
        "在用",
        "使用中",
        "正常使用",
        "启用",
        "已启用",
        "投用",
        "已投用",
        "在营",
        "有效",
        "良好",
        "完好",
        "正常运行",
        "运行中",
        "可用",
        "全年",
        "全年开放",
        "长期",
        "长期有效",
        "每天",
        "24小时",
        "yes",
        "public",
        "all year",
        "open",
        "opened",
        "active",
        "operational",
        "in use",
        "in operation",
        "in service",
        "normal",
        "available",
        "enabled",
        "ouvert",
        "abierto",
        "運用中",
        "開設中",
        "開館",
        "公開",
        "운영",
        "운영중",
    ];
    let plain = words
        .trim()
        .trim_matches(['。', '.', '√', ' '])
        .to_lowercase();
    let is_yes = matches!(
        plain.as_str(),
        "是" | "有" | "yes" | "y" | "true" | "1" | "" | "ok"
    );
    let is_no = matches!(plain.as_str(), "否" | "无" | "no" | "n" | "false" | "0");
    let heading = heading.to_lowercase();
    let asks_for_closing = [
        "停", "关", "闭", "撤", "休", "废", "closed", "deleted", "폐쇄", "out of",
    ]
    .iter()
    .any(|word| heading.contains(word));
    if IN_USE.contains(&plain.as_str()) || is_yes && !asks_for_closing || is_no && asks_for_closing
    {
        return State::InUse;
    }
    how_long(&plain)
}

/// The words of a name or an address that say that the station is shut: in brackets, or at the end.
pub(super) fn in_name(name: &str) -> Option<(&str, State)> {
    let said = |words: &str| says_shut(words).then(|| how_long(words));
    let parts = name.split(['(', '（', '[', '【', ')', '）', ']', '】', '-', '—', '–']);
    let mut parts = parts.map(str::trim).filter(|part| !part.is_empty());
    let first = parts.next()?;
    if let Some(found) = parts.find_map(|part| Some((part, said(part)?))) {
        return Some(found);
    }
    // 沙泾驿站已撤, without brackets.
    let at = ["已", "暂停", "停用", "装修"]
        .iter()
        .filter_map(|word| first.rfind(word).filter(|at| *at > 0))
        .min()?;
    let (_, end) = first.split_at(at);
    is_shut(end).then(|| (end, how_long(end)))
}

/// The words in an address's brackets that say that the station is shut.
pub(super) fn in_brackets(address: &str) -> Option<(&str, State)> {
    let parts = address.split(['（', '(']).skip(1);
    let mut inside = parts.filter_map(|part| part.split(['）', ')']).next());
    inside
        .find(|words| says_shut(words))
        .map(|words| (words, State::Doubtful))
}

/// Whether words in brackets say that it is shut, perhaps or at times.
fn says_shut(words: &str) -> bool {
    is_shut(words) || mentions_closing(words) || limits_opening(words)
}

/// 8月开放, 仅周末开放: not always.
fn limits_opening(words: &str) -> bool {
    let opens = ["开放", "营业", "open"]
        .iter()
        .any(|word| words.contains(word));
    opens && words.contains(['月', '周', '季', '节', '假', '仅', '限', '晚', '夜'])
}

/// The cell, if the whole of it says when the station is open or shut. For columns that no field
/// uses.
pub(super) fn whole(cell: &str) -> Option<(&str, Remark)> {
    let remark = remark(cell);
    (remark != Remark::Silent).then_some((cell, remark))
}

/// Whether words are about closing, moving or a later opening, by stems that occur in no
/// harmless phrase. Used where only such words are expected; a false alarm costs no more than
/// 时间不明.
pub(super) fn mentions_closing(words: &str) -> bool {
    const STEMS: &[&str] = &[
        "不再",
        "不开",
        "未开",
        "闭",
        "停",
        "休",
        "撤",
        "拆",
        "搬",
        "迁",
        "锁",
        "取消",
        "废",
        "拟建",
        "筹",
        "规划",
        "待启",
        "待开",
        "不对外",
        "内部使用",
        "内部职工",
        "不定期",
        "不固定",
        "不定时",
        "视情况",
        "看情况",
        "并入",
        "合并",
        "整改",
        "训占用",
        "被占用",
        "除く",
        "除外",
        "以外",
        "改为",
        "改到",
        "才开",
        "后开放",
        "前开放",
        "即将开",
        "启用",
        "注销",
        "作废",
        "旧址",
        "盘点",
        "检修",
        "学期",
        "只在",
        "仅在",
        "仅限内",
        "关门",
        "关站",
        "关了",
        "closed",
        "closure",
        "closing",
        "not open",
        "temporarily",
        "under construction",
        "relocated",
        "demolished",
        "out of service",
        "coming soon",
        "閉",
        "工事",
        "휴관",
        "폐",
        "ferm",
        "cerrad",
        "geschlossen",
    ];
    const HARMLESS: &[&str] = &[
        "停车",
        "可停",
        "能停",
        "除颤",
        "停放",
        "停靠",
        "停留",
        "休息",
        "休闲",
        "休憩",
        "休整",
        "退休",
        "随手关门",
        "请关门",
        "关闭门窗",
        "关闭电源",
        "密闭",
        "封闭",
        "闭路",
        "搬运",
        "车锁",
        "密码锁",
        "锁具",
        "锁车",
        "废品",
        "废电池",
        "废旧",
        "已启用",
        "电停",
        "地铁停",
        "无休",
        "不打烊",
        "不停",
        "closed-toe",
        "please close",
        "close to",
        "closest",
        "doors close",
        "ferme de",
        "ferment",
        "不闭馆",
        "免费开放",
    ];
    // 中午休息 is a break, although 休息 is among the harmless phrases.
    let is_break = ["中午休", "午间休"].iter().any(|stem| words.contains(stem));
    let mut rest = words.to_lowercase();
    for phrase in HARMLESS {
        rest = rest.replace(phrase, " ");
    }
    is_break || STEMS.iter().any(|stem| rest.contains(stem))
}

/// Words such as 已撤 mean that the station is gone for good; others, that it may open again.
fn how_long(words: &str) -> State {
    let lower = words.to_lowercase();
    let is_for_good = [
        "撤",
        "拆",
        "永久",
        "搬",
        "迁",
        "取消",
        "停用",
        "废",
        "不再",
        "关停",
        "permanent",
        "demolished",
        "removed",
        "defunct",
    ]
    .iter()
    .any(|word| lower.contains(word));
    if is_for_good {
        State::Gone
    } else {
        State::Doubtful
    }
}

/// The clauses of a remark that say when it is shut or open.
pub(super) fn clauses(note: &str) -> impl Iterator<Item = (&str, Remark)> {
    let clauses = note.split(['；', ';', '。', '\n', '！', '!']);
    // A clause with commas is read as a whole if possible, else part by part.
    clauses
        .flat_map(|clause| {
            if remark(clause) == Remark::Readable {
                vec![clause]
            } else {
                clause.split(['，', ',']).collect()
            }
        })
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
        .map(|clause| {
            let remark = remark(clause);
            if remark == Remark::Silent && mentions_closing(clause) {
                (clause, Remark::Shut)
            } else {
                (clause, remark)
            }
        })
        .filter(|(_, remark)| *remark != Remark::Silent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_in_use_only_in_words_that_say_so() {
        for (heading, words, expected) in [
            ("状态", "正常", State::InUse),
            ("状态", "", State::InUse),
            ("status", "OPEN", State::InUse),
            ("是否开放", "是", State::InUse),
            ("是否开放", "否", State::Doubtful),
            ("是否停用", "否", State::InUse),
            ("是否停用", "是", State::Doubtful),
            ("状态", "装修中", State::Doubtful),
            ("状态", "已停用", State::Gone),
            ("status", "Permanently closed", State::Gone),
            ("status", "Temporarily closed", State::Doubtful),
            ("状态", "待定", State::Doubtful),
        ] {
            assert_eq!(state(heading, words), expected, "{heading} {words}");
        }
    }

    #[test]
    fn names_may_say_that_a_station_is_gone() {
        assert_eq!(in_name("沙泾驿站（已撤）"), Some(("已撤", State::Gone)));
        assert_eq!(in_name("沙泾驿站已撤销"), Some(("已撤销", State::Gone)));
        assert_eq!(in_name("乙站-装修中"), Some(("装修中", State::Doubtful)));
        for name in [
            "关门弄驿站",
            "休息站（东门）",
            "已和路驿站",
            "暂停路驿站",
            "驿站（一楼）",
            "Closed Loop Cafe",
            "MAIRIE DU 19E",
            "Camino de Moncada, 76 - 2",
        ] {
            assert_eq!(in_name(name), None, "{name}");
        }
    }

    #[test]
    fn remarks_about_opening_are_found_among_others() {
        let found =
            |note: &'static str| clauses(note).map(|(clause, _)| clause).collect::<Vec<_>>();
        assert_eq!(found("自带水杯；周一闭馆"), ["周一闭馆"]);
        assert_eq!(found("门口有坡道，停车方便"), Vec::<&str>::new());
        assert_eq!(found("有坡道，店面装修，至9月底"), ["店面装修"]);
        for note in [
            "不再开放",
            "已拆迁",
            "搬到对面",
            "门锁着",
            "内部使用",
            "Closed July 2026",
            "水曜日は休館",
        ] {
            assert_eq!(found(note), [note]);
        }
        for note in [
            "请随手关门",
            "Open to all",
            "Free Wi-Fi",
            "No pets",
            "Close to subway",
            "退休职工优先",
        ] {
            assert_eq!(found(note), Vec::<&str>::new(), "{note}");
        }
    }
}
