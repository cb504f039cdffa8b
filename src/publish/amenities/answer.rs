//! Whether the words beside a feature say that it is there, that it is not, or neither.

use super::items::MARKS;
use crate::domain::station::Tristate;

/// Words that refer to everything named before.
pub(super) const ALL_OF_THEM: &[&str] = &["均", "都", "皆", "全部", "一律", "以上", "とも", "모두"];

/// Phrases that contain a sign of absence without meaning it.
const HARMLESS: &[&str] = &[
    "无障碍",
    "无线",
    "无偿",
    "无烟",
    "无需预约",
    "无需",
    "无限量",
    "无限",
    "不间断",
    "不限量",
    "不限时",
    "不限",
    "不断",
    "不锈钢",
    "不收费",
    "非机动车",
    "非会员也可",
    "未成年",
    "户外",
    "室外",
    "外卖",
    "意外",
    "另有",
    "另设",
    "关爱",
    "相关",
    "接待",
    "等待",
    "招待",
    "失物",
    "barrier-free",
    "non-stop",
    "nonstop",
    "no charge",
];

/// Signs that something is not there.
pub(super) const ABSENT: &[&str] = &[
    "没有",
    "未配备",
    "未提供",
    "未设",
    "未安装",
    "不提供",
    "不具备",
    "不配备",
    "不支持",
    "不可用",
    "不含",
    "暂无",
    "暂未",
    "缺少",
    "无",
    "無",
    "否",
    "没",
    "×",
    "☐",
    "禁止",
    "なし",
    "不可",
    "없음",
    "불가",
    "none",
    "without",
    "not available",
    "unavailable",
    "no",
    "n/a",
    "false",
    "lacks",
    "missing",
    "neither",
    "nor",
    "zero",
    "pas de",
    "ナシ",
    "ゼロ",
    "ありません",
    "sans",
    "sin",
    "kein",
    "keine",
    "ohne",
    "non",
];

/// Signs that something may not be there, or not now.
pub(super) const DOUBTFUL: &[&str] = &[
    "不",
    "未",
    "非",
    "勿",
    "禁",
    "停",
    "坏",
    "缺",
    "暂",
    "拟",
    "待",
    "欠",
    "拆",
    "撤",
    "关",
    "限",
    "除",
    "外",
    "仅",
    "失",
    "故障",
    "损",
    "维修",
    "检修",
    "修",
    "过期",
    "计划",
    "取消",
    "△",
    "?",
    "？",
    "另",
    "谢绝",
    "原有",
    "原来",
    "旧",
    "曾",
    "即将",
    "自备",
    "申请",
    "采购",
    "需",
    "希望",
    "建议",
    "报废",
    "被盗",
    "漏水",
    "隔壁",
    "可能",
    "下月",
    "年",
    "准备",
    "予定",
    "準備",
    "検討",
    "休止",
    "ない",
    "not",
    "except",
    "never",
    "pending",
    "requested",
    "future",
    "disabled",
    "removed",
    "nearby",
    "other than",
    "off",
    "broken",
    "out of",
    "closed",
    "repair",
    "planned",
    "soon",
    "only",
    "limited",
    "고장",
];

/// Signs that something is there, for the cells that hold nothing else.
const PRESENT: &[&str] = &[
    "有", "是", "√", "●", "○", "◯", "■", "具备", "提供", "配备", "齐全", "可用", "可", "正常",
    "免费", "yes", "y", "true", "ja", "sí", "si", "oui", "あり", "있음", "free",
];

/// Whether what a part says beside its features denies or doubts them.
pub(super) fn answer_of(rest: &str) -> Tristate {
    let rest = without(rest, HARMLESS);
    let is_none = has_sign(&rest, ABSENT) || is_crossed(&rest) || counts_zero(&rest);
    let left = without(&rest, ABSENT);
    let doubts = has_sign(&left, DOUBTFUL);
    match (is_none, doubts) {
        (false, false) if is_neutral(&rest) => Tristate::Yes,
        (true, false) if !says_yes(&left) && !has_sign(&rest, ALL_OF_THEM) => Tristate::No,
        _ => Tristate::Unknown,
    }
}

/// Whether the words beside a feature only say how, where, for whom or how many of it there are.
/// Any other word may deny it: 自备, 申请中, 下月到位.
fn is_neutral(rest: &str) -> bool {
    const WORDS: &[&str] = &[
        "冷暖",
        "冷热",
        "温热",
        "温",
        "冷",
        "热",
        "暖",
        "冰",
        "立式",
        "柜式",
        "中央",
        "壁挂",
        "大型",
        "小型",
        "智能",
        "便携",
        "自助",
        "免费",
        "爱心",
        "便民",
        "公共",
        "专用",
        "共享",
        "户外",
        "室内",
        "室外",
        "一楼",
        "二楼",
        "全天",
        "常年",
        "夏季",
        "冬季",
        "供应",
        "提供",
        "配备",
        "配有",
        "设有",
        "备有",
        "使用",
        "设备",
        "设施",
        "服务",
        "功能",
        "区域",
        "空间",
        "区",
        "站",
        "点",
        "处",
        "機",
        "间",
        "室",
        "柜",
        "箱",
        "桶",
        "架",
        "机",
        "器",
        "炉",
        "桩",
        "口",
        "线",
        "套",
        "把",
        "张",
        "台",
        "个",
        "只",
        "部",
        "名",
        "位",
        "有",
        "是",
        "√",
        "●",
        "○",
        "■",
        "及",
        "和",
        "与",
        "或",
        "等",
        "各",
        "可",
        "供",
        "给",
        "的",
        "为",
        "大",
        "小",
        "多",
        "新",
        "式",
        "加热",
        "餐食",
        "手机",
        "电动车",
        "电瓶车",
        "数字",
        "网络",
        "信号",
        "覆盖",
        "wifi",
        "友好",
        "骑士",
        "环卫",
        "快递",
        "外卖",
        "劳动者",
        "对",
        "店",
        "户外劳动者",
        "职工",
        "骑手",
        "休息",
        "临时",
        "简易",
        "基本",
        "常用",
        "日常",
        "应急",
        "干净",
        "卫生",
        "角",
        "元",
        "优惠",
        "女",
        "男",
        "母婴",
        "无障碍",
        "小时",
        "时",
    ];
    const LATIN: &[&str] = &[
        "free",
        "available",
        "with",
        "and",
        "a",
        "an",
        "the",
        "public",
        "indoor",
        "outdoor",
        "cold",
        "hot",
        "cool",
        "cooled",
        "warm",
        "bottled",
        "large",
        "small",
        "of",
        "for",
        "in",
        "on",
        "site",
        "room",
        "area",
        "station",
        "stations",
        "machine",
        "access",
        "provided",
        "yes",
        "y",
        "true",
        "clean",
        "accessible",
        "barrier",
        "ja",
        "oui",
        "si",
        "sí",
        "phone",
        "usb",
        "seating",
        "tables",
        "space",
        "facilities",
    ];
    let mut left = rest.to_lowercase();
    for word in WORDS {
        left = left.replace(word, " ");
    }
    left.split(|c: char| !c.is_alphabetic()).all(|word| {
        word.is_empty() || LATIN.contains(&word) || ["あり", "있음", "도", "の"].contains(&word)
    })
}

/// Whether the words beside a feature say that it is there.
pub(super) fn says_yes(rest: &str) -> bool {
    let rest = rest.trim().trim_start_matches(':').trim();
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let counts = unit.len() < rest.len()
        && !rest.starts_with('0')
        && (unit.is_empty() || unit.starts_with(COUNTERS));
    counts || has_sign(rest, PRESENT)
}

const COUNTERS: [char; 12] = [
    '台', '个', '把', '张', '间', '处', '只', '部', '条', '套', '份', '人',
];

/// 没有空调、热水: the items that follow may be missing too.
pub(super) fn denies_what_follows(part: &str, names_any: bool) -> bool {
    if !names_any {
        return answer_of(part) == Tristate::No;
    }
    let plain = without(part, HARMLESS);
    let plain = plain.trim_start_matches([' ', '(', ':']);
    let mut words = ABSENT.iter().filter(|word| !word.starts_with(MARKS));
    words.any(|word| {
        plain.starts_with(word) && has_sign(plain.get(..word.len() + 1).unwrap_or(plain), &[word])
    })
}

fn without(text: &str, words: &[&str]) -> String {
    let mut text = text.to_owned();
    for word in words {
        if has_sign(&text, &[word]) {
            text = text.replace(word, " ");
        }
    }
    text
}

/// Whether the text contains one of these words, as a whole word if it is of Latin letters.
pub(super) fn has_sign(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
            let (before, after) = (&text[..at], &text[at + word.len()..]);
            !word.is_ascii()
                || !is_latin(before.chars().next_back()) && !is_latin(after.chars().next())
        })
    })
}

/// An x for "no": alone, not a letter of a word.
fn is_crossed(text: &str) -> bool {
    has_sign(text, &["x"]) && !text.contains(|c: char| c.is_ascii_digit()) || text.trim() == "n"
}

/// 0台: none, in numbers.
fn counts_zero(text: &str) -> bool {
    text.match_indices(['0', '零']).any(|(at, zero)| {
        let (before, after) = (&text[..at], &text[at + zero.len()..]);
        // 10台, 24:00 and 2.0 are not zero.
        let number = before.trim_end_matches([':', '.']);
        !number.ends_with(|c: char| c.is_ascii_digit())
            && (after.trim_matches([' ', ')']).is_empty() || after.starts_with(COUNTERS))
    })
}
