//! Reads what a station offers, as unions write it: 空调、热水、充电 ….

use crate::domain::station::{Access, Answer, Audience, Door, Feature, Features};

/// Words and the features they stand for; the longest that fits is taken, so
/// that 热水 is not read as 水.
const WORDS: &[(&str, &[Feature])] = &[
    ("避暑取暖", &[Feature::Cooling, Feature::Warming]),
    ("纳凉取暖", &[Feature::Cooling, Feature::Warming]),
    ("冷暖空调", &[Feature::AirConditioning, Feature::Heating]),
    ("空调", &[Feature::AirConditioning]),
    ("冷气", &[Feature::AirConditioning]),
    ("风扇", &[Feature::Fan]),
    ("电扇", &[Feature::Fan]),
    ("遮阳", &[Feature::Shade]),
    ("遮荫", &[Feature::Shade]),
    ("凉棚", &[Feature::Shade]),
    ("避暑", &[Feature::Cooling]),
    ("纳凉", &[Feature::Cooling]),
    ("降温", &[Feature::Cooling]),
    ("暖气", &[Feature::Heating]),
    ("取暖器", &[Feature::Heating]),
    ("电暖", &[Feature::Heating]),
    ("取暖", &[Feature::Warming]),
    ("御寒", &[Feature::Warming]),
    ("热饮", &[Feature::HotDrink]),
    ("热茶", &[Feature::HotDrink]),
    ("姜茶", &[Feature::HotDrink]),
    ("热水", &[Feature::HotWater]),
    ("开水", &[Feature::HotWater]),
    ("饮水机", &[Feature::Water]),
    ("饮用水", &[Feature::Water]),
    ("饮水", &[Feature::Water]),
    ("喝水", &[Feature::Water]),
    ("茶水", &[Feature::Water]),
    ("茶饮", &[Feature::Water]),
    ("冷饮", &[Feature::Water]),
    ("微波炉", &[Feature::Microwave]),
    ("餐食加热", &[Feature::Microwave]),
    ("加热餐食", &[Feature::Microwave]),
    ("热饭", &[Feature::Microwave]),
    ("手机充电", &[Feature::Charging]),
    ("充电", &[Feature::Charging]),
    ("充電", &[Feature::Charging]),
    ("와이파이", &[Feature::Wifi]),
    ("插座", &[Feature::Charging]),
    ("排插", &[Feature::Charging]),
    ("换电", &[Feature::BatterySwap]),
    ("桌椅", &[Feature::Seats]),
    ("座椅", &[Feature::Seats]),
    ("座位", &[Feature::Seats]),
    ("沙发", &[Feature::Seats]),
    ("按摩椅", &[Feature::Seats]),
    ("休憩", &[Feature::Seats]),
    ("歇脚", &[Feature::Seats]),
    ("休息室", &[Feature::Seats]),
    ("休息区", &[Feature::Seats]),
    ("公共厕所", &[Feature::Toilet]),
    ("卫生间", &[Feature::Toilet]),
    ("洗手间", &[Feature::Toilet]),
    ("厕所", &[Feature::Toilet]),
    ("公厕", &[Feature::Toilet]),
    ("如厕", &[Feature::Toilet]),
    ("无线网络", &[Feature::Wifi]),
    ("无线网", &[Feature::Wifi]),
    ("wi-fi", &[Feature::Wifi]),
    ("wifi", &[Feature::Wifi]),
    ("应急药箱", &[Feature::FirstAid]),
    ("应急药品", &[Feature::FirstAid]),
    ("急救箱", &[Feature::FirstAid]),
    ("急救包", &[Feature::FirstAid]),
    ("医药箱", &[Feature::FirstAid]),
    ("药箱", &[Feature::FirstAid]),
    ("药品", &[Feature::FirstAid]),
    ("aed", &[Feature::Aed]),
    ("除颤", &[Feature::Aed]),
    ("冰箱", &[Feature::Fridge]),
    ("雨具", &[Feature::Umbrella]),
    ("雨伞", &[Feature::Umbrella]),
    ("爱心伞", &[Feature::Umbrella]),
    ("图书", &[Feature::Reading]),
    ("书报", &[Feature::Reading]),
    ("阅读", &[Feature::Reading]),
    ("电动车停放", &[Feature::EbikeParking]),
    ("停车位", &[Feature::EbikeParking]),
    ("停车", &[Feature::EbikeParking]),
    ("淋浴", &[Feature::Shower]),
    ("洗澡", &[Feature::Shower]),
    ("餐饮", &[Feature::Meals]),
    ("套餐", &[Feature::Meals]),
    ("用餐", &[Feature::Meals]),
    ("维修工具", &[Feature::Tools]),
    ("修车工具", &[Feature::Tools]),
    ("工具箱", &[Feature::Tools]),
    ("洗衣", &[Feature::Laundry]),
    ("冷暖气", &[Feature::AirConditioning, Feature::Heating]),
    ("冷氣", &[Feature::AirConditioning]),
    ("冷房", &[Feature::AirConditioning]),
    ("エアコン", &[Feature::AirConditioning]),
    ("에어컨", &[Feature::AirConditioning]),
    ("선풍기", &[Feature::Fan]),
    ("飲水機", &[Feature::Water]),
    ("給水", &[Feature::Water]),
    ("정수기", &[Feature::Water]),
    ("熱水", &[Feature::HotWater]),
    ("廁所", &[Feature::Toilet]),
    ("トイレ", &[Feature::Toilet]),
    ("화장실", &[Feature::Toilet]),
    ("無線網路", &[Feature::Wifi]),
    ("微波爐", &[Feature::Microwave]),
    ("air conditioned", &[Feature::AirConditioning]),
    ("air-conditioned", &[Feature::AirConditioning]),
    ("microwave", &[Feature::Microwave]),
    ("fridge", &[Feature::Fridge]),
    ("refrigerator", &[Feature::Fridge]),
    ("seating", &[Feature::Seats]),
    ("seat", &[Feature::Seats]),
    ("shower", &[Feature::Shower]),
    ("first aid", &[Feature::FirstAid]),
    ("umbrella", &[Feature::Umbrella]),
    ("washroom", &[Feature::Toilet]),
    ("drinking fountain", &[Feature::Water]),
    ("water fountain", &[Feature::Water]),
    ("air conditioning", &[Feature::AirConditioning]),
    ("air-conditioning", &[Feature::AirConditioning]),
    ("heating", &[Feature::Heating]),
    ("drinking water", &[Feature::Water]),
    ("toilet", &[Feature::Toilet]),
    ("restroom", &[Feature::Toilet]),
    ("charging", &[Feature::Charging]),
];

/// What a text says of facilities.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Said {
    pub(super) features: Features,
    /// Parts that name no feature known here.
    pub(super) others: Vec<String>,
    /// Parts of which it is not clear whether the feature is there.
    pub(super) unclear: Vec<String>,
}

/// Reads a list such as 空调、热水(无)、微波炉坏了.
///
/// A feature is there only where nothing in its part denies or doubts it: a sign of absence
/// that is not understood makes it unknown, never present.
pub(super) fn read(text: &str) -> Said {
    let text = alike(text);
    let mut answers: Vec<(Feature, Answer)> = Vec::new();
    let mut said = Said::default();
    // 、 may carry on what a negation began, stronger signs end it.
    // In Latin letters a comma does not end it: no AC, WiFi or toilets.
    let is_latin = text.is_ascii();
    let ends_clause = |c: char| "，；;。\n|".contains(c) || c == ',' && !is_latin;
    for clause in text.split(ends_clause) {
        let before = answers.len();
        let mut is_denied = false;
        for part in clause.split(['、', '/', '+', '·', ',']).flat_map(items) {
            let part = part.trim();
            if part.is_empty() {
                continue;
            }
            let (found, rest) = named_in(part);
            let mut answer = answer_of(&rest);
            let is_left_open = part.ends_with([':', '|', '-', '/', '—']);
            if is_left_open && answer == Answer::Yes {
                answer = Answer::Unknown;
            }
            if is_denied && answer == Answer::Yes && !says_yes(&rest) {
                answer = Answer::Unknown;
            }
            // 空调、热水均无; 空调、微波炉：无
            let may_reach_back = has_sign(&rest, ALL_OF_THEM) || part.contains(':');
            if may_reach_back && answer != Answer::Yes {
                for (_, earlier) in &mut answers[before..] {
                    if *earlier == Answer::Yes {
                        *earlier = Answer::Unknown;
                        said.unclear.push(clause.trim().to_owned());
                    }
                }
            }
            is_denied |= denies_what_follows(part, !found.is_empty());
            if found.is_empty() {
                // That something unknown is missing is not worth a word.
                if answer != Answer::No && rest.chars().any(char::is_alphanumeric) {
                    said.others.push(part.to_owned());
                }
            } else if answer == Answer::Unknown {
                said.unclear.push(part.to_owned());
            }
            answers.extend(found.into_iter().map(|feature| (feature, answer)));
        }
    }
    for feature in Feature::ALL {
        let mut of_it = answers.iter().filter(|(other, _)| *other == feature);
        if let Some((_, first)) = of_it.next() {
            // Said to be there and not to be there: unknown.
            let agrees = of_it.all(|(_, other)| other == first);
            said.features
                .set(feature, if agrees { *first } else { Answer::Unknown });
        }
    }
    said
}

/// The cell of a column that stands for these features: √, 有, 2台, 无. None where it says nothing
/// that is understood.
pub(super) fn tick(cell: &str) -> Option<Answer> {
    let cell = alike(cell);
    let cell = cell.trim();
    if let Ok(count) = cell.parse::<f64>() {
        return Some(if count > 0.0 { Answer::Yes } else { Answer::No });
    }
    match answer_of(cell) {
        Answer::Yes if says_yes(cell) => Some(Answer::Yes),
        Answer::No => Some(Answer::No),
        _ => None,
    }
}

/// The features that a text names, whatever it says of them.
pub(super) fn named(text: &str) -> Vec<Feature> {
    named_in(&alike(text)).0
}

/// Whether a text names any.
pub(super) fn names_any(text: &str) -> bool {
    !named(text).is_empty()
}

/// The features that a heading names, if it says nothing else: 空调, 是否有热水, 充电桩数量.
pub(super) fn named_by_heading(heading: &str) -> Vec<Feature> {
    let (found, rest) = named_in(&alike(heading));
    let mut rest: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    for word in AROUND_FEATURES {
        rest = rest.replace(word, "");
    }
    if rest.is_empty() { found } else { Vec::new() }
}

/// What headings of such columns say beside the feature.
const AROUND_FEATURES: &[&str] = &[
    "是否配备",
    "是否提供",
    "是否有",
    "有没有",
    "有无",
    "是否",
    "配套",
    "配备",
    "提供",
    "设施",
    "设备",
    "服务",
    "数量",
    "台数",
    "个数",
    "情况",
    "桩",
    "available",
    "has",
    "有",
    "数",
];

/// Stand for all that was named before.
const ALL_OF_THEM: &[&str] = &["均", "都", "皆", "全部", "一律", "以上", "とも", "모두"];

/// Words that contain a sign of absence and mean none.
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
const ABSENT: &[&str] = &[
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
const DOUBTFUL: &[&str] = &[
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

/// Ways of writing made alike: lower case, one form of each mark.
fn alike(text: &str) -> String {
    let alike = text.chars().flat_map(char::to_lowercase).map(|c| match c {
        '✓' | '✔' | '☑' | '✅' => '√',
        '✗' | '✘' | '✕' | '✖' | '╳' | '❌' => '×',
        '□' | '◻' | '❏' => '☐',
        // Some mean by it that the box is ticked.
        '☒' => '?',
        '（' | '【' | '[' => '(',
        '）' | '】' | ']' => ')',
        '：' => ':',
        '\u{3000}' => ' ',
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        other => other,
    });
    let mut alike: String = alike.collect();
    // The stroke of n/a is none between two items; an empty box is a cross.
    for sign in ['否', '无', '没', '×', '☐', '0'] {
        alike = alike.replace(&format!("|{sign}"), &format!(":{sign}"));
    }
    for (from, to) in [
        ("n/a", "none"),
        ("( )", "☐"),
        ("()", "☐"),
        ("(√)", "√"),
        ("(x)", "√"),
        ("(v)", "√"),
        ("(×)", "×"),
    ] {
        alike = alike.replace(from, to);
    }
    alike
}

const MARKS: [char; 3] = ['√', '×', '☐'];

/// The items of a list that are set apart by spaces, marks or colons, each with its mark.
fn items(text: &str) -> Vec<String> {
    let leads = text.trim_start().starts_with(MARKS);
    let mut items: Vec<String> = Vec::new();
    let mut pending = String::new();
    for piece in pieces(text, leads) {
        let is_mark = piece.trim().chars().all(|c| MARKS.contains(&c) || c == ' ');
        if !named_in(&piece).0.is_empty() {
            items.push(std::mem::take(&mut pending) + &piece);
        } else if items.is_empty() || leads && is_mark || BEFORE.contains(&piece.trim()) {
            pending.push_str(&piece);
            pending.push(' ');
        } else if let Some(last) = items.last_mut() {
            last.push(' ');
            last.push_str(&piece);
        }
    }
    match items.last_mut() {
        // wifi not available
        Some(last) if !leads => last.push_str(&pending),
        _ if !pending.trim().is_empty() => items.push(pending),
        _ => {}
    }
    items
}

/// Words that deny what comes after them.
const BEFORE: &[&str] = &[
    "no", "without", "lacks", "not", "neither", "nor", "sans", "sin", "ohne", "kein", "keine",
];

/// Cut where another item may begin: at spaces that are not inside a feature's name, at marks, and
/// at colons between features (除空调外均有:热水).
fn pieces(text: &str, leads: bool) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut rest = text;
    let (mut is_named, mut is_marked) = (false, false);
    while let Some(c) = rest.chars().next() {
        let (features, length) = feature_at(text, rest);
        let is_mark = MARKS.contains(&c);
        let is_space = c == ' ' || c == ':' && is_named && !named_in(&rest[1..]).0.is_empty();
        let begins_item = if leads {
            is_mark
        } else {
            !features.is_empty() && is_marked
        };
        if is_space || begins_item && is_named {
            pieces.push(String::new());
            (is_named, is_marked) = (false, false);
        }
        if !is_space {
            pieces
                .last_mut()
                .expect("not empty")
                .push_str(&rest[..length]);
        }
        is_named |= !features.is_empty();
        is_marked |= is_mark;
        rest = &rest[length..];
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// The features and the length of the word at the start of `rest`.
fn feature_at(text: &str, rest: &str) -> (&'static [Feature], usize) {
    let before = text[..text.len() - rest.len()].chars().next_back();
    let longest = WORDS
        .iter()
        .filter(|(word, _)| rest.starts_with(word) && is_word(word, before, &rest[word.len()..]))
        .max_by_key(|(word, _)| word.len());
    match longest {
        Some((word, features)) => {
            let is_plural = word.is_ascii() && rest[word.len()..].starts_with('s');
            (features, word.len() + usize::from(is_plural))
        }
        None => (&[], rest.chars().next().map_or(0, char::len_utf8)),
    }
}

/// Words of Latin letters do not begin or end inside others.
fn is_word(word: &str, before: Option<char>, after: &str) -> bool {
    let is_latin = |c: char| c.is_ascii_alphabetic();
    let ends = |c: Option<char>| !c.is_some_and(is_latin);
    !word.starts_with(is_latin)
        || ends(before) && {
            // charging stations, toilets
            let after = after.strip_prefix('s').unwrap_or(after);
            !word.ends_with(is_latin) || ends(after.chars().next())
        }
}

/// The features that a text names, and what it says beside them.
fn named_in(text: &str) -> (Vec<Feature>, String) {
    let mut found = Vec::new();
    let mut left = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (features, length) = feature_at(text, rest);
        if features.is_empty() {
            left.push_str(&rest[..length]);
        } else {
            found.extend_from_slice(features);
            left.push(' ');
        }
        rest = &rest[length..];
    }
    (found, left)
}

/// Whether what a part says beside its features denies or doubts them.
fn answer_of(rest: &str) -> Answer {
    let rest = without(rest, HARMLESS);
    let is_none = has_sign(&rest, ABSENT) || is_crossed(&rest) || counts_zero(&rest);
    let left = without(&rest, ABSENT);
    let doubts = has_sign(&left, DOUBTFUL);
    match (is_none, doubts) {
        (false, false) if is_neutral(&rest) => Answer::Yes,
        (true, false) if !says_yes(&left) && !has_sign(&rest, ALL_OF_THEM) => Answer::No,
        _ => Answer::Unknown,
    }
}

/// Whether words beside a feature say nothing but how, where, for whom or how many of it there are.
/// Any other word may take it away: 自备, 申请中, 下月到位.
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
fn says_yes(rest: &str) -> bool {
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

/// 没有空调、热水: what else is listed may be missing too.
fn denies_what_follows(part: &str, names_any: bool) -> bool {
    if !names_any {
        return answer_of(part) == Answer::No;
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

/// Whether one of these words stands there, by itself if it is of Latin letters.
fn has_sign(text: &str, words: &[&str]) -> bool {
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
        // 10台, 24:00 and 2.0 are none.
        let number = before.trim_end_matches([':', '.']);
        !number.ends_with(|c: char| c.is_ascii_digit())
            && (after.trim_matches([' ', ')']).is_empty() || after.starts_with(COUNTERS))
    })
}

/// How the door opens and for whom, where the sheet says so in words known here.
pub(super) fn access(door: &str, audience: &str) -> Access {
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let door = if has(door, &["扫码", "二维码"]) {
        Door::QrCode
    } else if has(door, &["刷脸", "人脸"]) {
        Door::Face
    } else if has(door, &["app", "APP", "App", "小程序"]) {
        Door::App
    } else if has(door, &["值守", "值班", "有人", "前台"]) {
        Door::Staffed
    } else if has(door, &["推门", "自由进", "敞开", "直接进", "免预约"]) {
        Door::WalkIn
    } else {
        Door::Unknown
    };
    // 非会员也可: not for members only.
    let is_open_to_others = has(
        audience,
        &["非会员", "不限会员", "会员及", "会员和", "会员优先"],
    );
    let audience = if has(audience, &["会员"]) && !is_open_to_others {
        Audience::UnionMembers
    } else if has(
        audience,
        &["户外", "骑手", "新就业", "快递", "外卖", "环卫"],
    ) {
        Audience::OutdoorWorkers
    } else if has(
        audience,
        &["所有人", "谁都", "市民", "公众", "任何人", "不限"],
    ) {
        Audience::Anyone
    } else {
        Audience::Unknown
    };
    Access { door, audience }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, yes: &[Feature], no: &[Feature], left: &[&str]) {
        let said = read(text);
        for feature in Feature::ALL {
            let expected = if yes.contains(&feature) {
                Answer::Yes
            } else if no.contains(&feature) {
                Answer::No
            } else {
                Answer::Unknown
            };
            assert_eq!(
                said.features.answer(feature),
                expected,
                "{feature:?} in {text:?}"
            );
        }
        assert_eq!(said.others, left, "{text:?}");
    }

    #[test]
    fn hot_water_is_not_just_water() {
        check(
            "空调、热水、无线网络",
            &[Feature::AirConditioning, Feature::HotWater, Feature::Wifi],
            &[],
            &[],
        );
    }

    #[test]
    fn what_is_said_to_be_missing_is_missing_and_what_is_broken_is_unknown() {
        check(
            "无空调，风扇，饮水机（维修中）",
            &[Feature::Fan],
            &[Feature::AirConditioning],
            &[],
        );
    }

    #[test]
    fn what_names_no_feature_is_handed_back() {
        check("免费饮水、血压测量", &[Feature::Water], &[], &["血压测量"]);
    }

    #[test]
    fn shelter_from_heat_and_cold_says_nothing_of_the_means() {
        check("避暑取暖", &[Feature::Cooling, Feature::Warming], &[], &[]);
    }

    #[test]
    fn marks_belong_to_the_item_beside_which_they_stand() {
        use Feature::{AirConditioning as Cool, HotWater, Microwave};
        check("☑空调 ☐热水 ☑微波炉", &[Cool, Microwave], &[HotWater], &[]);
        check("空调√ 热水× 微波炉√", &[Cool, Microwave], &[HotWater], &[]);
        check(
            "空调 √ 热水 × 微波炉 √",
            &[Cool, Microwave],
            &[HotWater],
            &[],
        );
        check(
            "空调：有；热水：无；微波炉：2台",
            &[Cool, Microwave],
            &[HotWater],
            &[],
        );
    }

    #[test]
    fn a_negation_reaches_as_far_as_it_may() {
        use Feature::{AirConditioning as Cool, HotWater};
        check("没有空调和热水", &[], &[Cool, HotWater], &[]);
        // No hot water either? The text does not tell.
        check("无空调、热水", &[], &[Cool], &[]);
        check("空调、热水均无", &[], &[], &[]);
        check("除空调外均有：热水", &[HotWater], &[], &[]);
        check(
            "无障碍卫生间、非机动车停车",
            &[Feature::Toilet, Feature::EbikeParking],
            &[],
            &[],
        );
    }

    #[test]
    fn headings_that_name_a_feature_and_nothing_else_are_columns_of_ticks() {
        for (heading, count) in [
            ("空调", 1),
            ("是否有热水", 1),
            ("微波炉配套设施", 1),
            ("充电桩数量", 1),
            ("wifi名称", 0),
            ("厕所负责人", 0),
        ] {
            assert_eq!(named_by_heading(heading).len(), count, "{heading}");
        }
        for (cell, answer) in [
            ("√", Some(Answer::Yes)),
            ("有", Some(Answer::Yes)),
            ("1", Some(Answer::Yes)),
            ("2台", Some(Answer::Yes)),
            ("Y", Some(Answer::Yes)),
            ("×", Some(Answer::No)),
            ("无", Some(Answer::No)),
            ("0", Some(Answer::No)),
            ("N", Some(Answer::No)),
            ("否", Some(Answer::No)),
            ("维修中", None),
            ("隔壁", None),
            ("/", None),
        ] {
            assert_eq!(tick(cell), answer, "{cell}");
        }
    }

    proptest! {
        /// Whatever is put around a feature with a sign of absence, it is not there.
        #[test]
        fn nothing_that_is_denied_is_there(
            sign in 0..ABSENT.len() + DOUBTFUL.len(),
            behind in any::<bool>(),
            (open, close) in prop_oneof![Just(("", "")), Just(("（", "）")), Just(("：", "")), Just((" ", ""))],
        ) {
            let sign = ABSENT.iter().chain(DOUBTFUL).nth(sign).expect("in range");
            let text = if behind {
                format!("热水{open}{sign}{close}")
            } else {
                format!("{sign} 热水")
            };
            prop_assert!(!read(&text).features.has(Feature::HotWater), "{text}");
        }
    }
}
