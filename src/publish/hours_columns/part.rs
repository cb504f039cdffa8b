//! What a column says of the hours, by the words of its heading.

use crate::publish::headings::{Field, HEADINGS, OTHER_THINGS, is_hint_of_form, words};
use crate::publish::hours::is_when;

/// What a column says of the hours. The text is the days or season that the heading names: 夏季,
/// 周一.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Hours(String),
    Opens(String),
    Closes(String),
    /// The days on which it is open.
    Days,
    ClosingDays,
    /// A break at noon.
    Break,
    /// Something about opening, in words that are not understood.
    Unclear,
}

const OPENS: &[&str] = &[
    "开始时间",
    "起始时间",
    "开门时间",
    "开馆时间",
    "开放开始时间",
    "开始",
    "開始時刻",
    "開始時間",
    "開館時刻",
    "開始",
    "운영시작시각",
    "시작시각",
    "시작시간",
    "open",
    "opens",
    "opening",
    "start",
    "starts",
    "begin",
    "from",
];

const CLOSES: &[&str] = &[
    "结束时间",
    "终止时间",
    "截止时间",
    "关门时间",
    "闭馆时间",
    "关闭时间",
    "打烊时间",
    "开放结束时间",
    "结束",
    "終了時刻",
    "終了時間",
    "閉館時刻",
    "終了",
    "운영종료시각",
    "종료시각",
    "종료시간",
    "close",
    "closes",
    "closing",
    "end",
    "ends",
    "to",
    "until",
];

const DAYS: &[&str] = &[
    "开放日期",
    "开放日",
    "服务日",
    "服务日期",
    "营业日",
    "营业日期",
    "开放星期",
    "营业星期",
    "服务星期",
    "星期",
    "开放天数",
    "利用日",
    "開館日",
    "開設日",
    "利用可能曜日",
    "開設曜日",
    "曜日",
    "개방요일",
    "운영요일",
    "요일",
    "days",
    "day",
    "daysopen",
    "opendays",
    "openingdays",
    "daysofoperation",
    "operatingdays",
    "weekdays",
    "joursdouverture",
    "días",
    "dias",
    "jours",
    "tage",
];

const CLOSING_DAYS: &[&str] = &[
    "休息日",
    "每周休息日",
    "店休",
    "例休",
    "闭馆日",
    "闭站日",
    "公休日",
    "休馆日",
    "休业日",
    "店休日",
    "关闭日",
    "休息日期",
    "闭馆日期",
    "不开放日",
    "定休日",
    "休館日",
    "閉館日",
    "休み",
    "休業日",
    "休日",
    "휴무일",
    "휴관일",
    "정기휴무",
    "closingdays",
    "closeddays",
    "closedon",
    "daysclosed",
    "closingday",
    "fermeture",
    "jourdefermeture",
    "joursdefermeture",
    "díadecierre",
    "díasdecierre",
    "ruhetag",
    "schließtag",
    "weeklyclosing",
    "정기휴일",
    "쉬는날",
];

const BREAKS: &[&str] = &[
    "午休时间",
    "午休",
    "午间休息",
    "午休时段",
    "休息时间",
    "休息时段",
    "lunchbreak",
    "lunch",
    "break",
    "점심시간",
    "휴게시간",
    "休憩時間",
    "昼休み",
];

/// Words that only say that the hours are those of the station.
const NEUTRAL: &[&str] = &[
    "站点",
    "驿站",
    "场所",
    "网点",
    "门店",
    "日常",
    "正常",
    "常规",
    "对外",
    "具体",
    "本站",
    "实际",
    "标准",
    "每日",
    "可",
    "施設",
    "business",
    "station",
    "site",
    "facility",
    "regular",
    "normal",
    "standard",
    "operating",
    "public",
    "tags",
    "properties",
    "attributes",
    "info",
    "detail",
    "ext",
    "biz",
    "shop",
    "week",
    "the",
    "of",
    "hour",
    "time",
    "times",
];

pub(super) fn part(heading: &str) -> Option<Part> {
    let (main, hint) = match heading.split_once(['(', '（', '[', '【']) {
        Some((main, hint)) => (main, hint.trim_end_matches([')', '）', ']', '】'])),
        None => (heading, ""),
    };
    let words = words(main);
    let whole = words.concat();
    for (list, part) in [
        (DAYS, Part::Days),
        (CLOSING_DAYS, Part::ClosingDays),
        (BREAKS, Part::Break),
    ] {
        if list.contains(&whole.as_str()) {
            return Some(part);
        }
    }
    let (part, rest) = stem(&words)?;
    let mut when = rest;
    if is_when(hint) {
        format!("{when} {hint}").trim().clone_into(&mut when);
    } else if !is_hint_of_form(hint) {
        // The hint limits the hours in unknown words.
        return (!says_others(hint)).then_some(Part::Unclear);
    }
    if !when.is_empty() && !is_when(&when) {
        let is_about_opening = matches!(part, Part::Hours(_)) && !says_others(&when);
        return is_about_opening.then_some(Part::Unclear);
    }
    Some(match part {
        Part::Opens(_) => Part::Opens(when),
        Part::Closes(_) => Part::Closes(when),
        Part::Hours(_) | Part::Days | Part::ClosingDays | Part::Break | Part::Unclear => {
            Part::Hours(when)
        }
    })
}

/// Whether hours are not those of the station, or of one day only.
pub(in crate::publish) fn says_others(words: &str) -> bool {
    const OTHERS: &[&str] = &[
        "today",
        "今日",
        "今天",
        "当日",
        "当天",
        "值班",
        "值守",
        "志愿",
        "医",
        "义诊",
        "人员",
        "保洁",
        "清洁",
        "消毒",
        "配送",
        "送餐",
        "供餐",
        "用餐",
        "取餐",
        "预约",
        "咨询",
        "热线",
        "客服",
        "duty",
        "staff",
        "cleaning",
        "delivery",
        "volunteer",
        "updated",
        "created",
        "modified",
        "last",
        "date",
        "zone",
    ];
    OTHERS
        .iter()
        .chain(OTHER_THINGS)
        .any(|word| words.contains(word))
}

/// What a heading is about, and its other words: 夏季 in 夏季开放时间.
fn stem(words: &[String]) -> Option<(Part, String)> {
    let hours = HEADINGS
        .iter()
        .find(|(field, ..)| *field == Field::Hours)?
        .2;
    let lists: [(Part, Vec<&str>); 3] = [
        (Part::Opens(String::new()), OPENS.to_vec()),
        (Part::Closes(String::new()), CLOSES.to_vec()),
        (
            Part::Hours(String::new()),
            hours.split_whitespace().collect(),
        ),
    ];
    let find = |words: &[String], list: &[(Part, Vec<&str>)]| {
        let mut best: Option<(usize, Part, Vec<String>)> = None;
        for (part, list) in list {
            for word in list {
                // The longest word is the most telling.
                if let Some(rest) = without(words, word)
                    && best
                        .as_ref()
                        .is_none_or(|(length, ..)| word.len() > *length)
                {
                    best = Some((word.len(), part.clone(), rest));
                }
            }
        }
        best.map(|(_, part, rest)| (part, rest))
    };
    let (part, rest) = find(words, &lists)?;
    // hours.monday.open: a word for opening beside the word for hours; monday.open.hours the
    // other way.
    let (edges, hours) = lists.split_at(2);
    let (part, rest) = if matches!(part, Part::Hours(_)) {
        find(&rest, edges).unwrap_or((part, rest))
    } else {
        let rest = find(&rest, hours).map_or(rest, |(_, rest)| rest);
        (part, rest)
    };
    Some((part, drop_neutral(&rest)))
}

/// The words of a heading without `word`, which may be several of them together or the end of
/// one.
fn without(words: &[String], word: &str) -> Option<Vec<String>> {
    for from in 0..words.len() {
        for to in from + 1..=words.len().min(from + 4) {
            if words[from..to].concat() == word {
                let rest = words[..from].iter().chain(&words[to..]);
                return Some(rest.cloned().collect());
            }
        }
    }
    if word.is_ascii() {
        return None;
    }
    let at = words.iter().position(|other| other.ends_with(word))?;
    let mut rest = words.to_vec();
    let length = rest[at].len() - word.len();
    rest[at].truncate(length);
    Some(rest)
}

fn drop_neutral(words: &[String]) -> String {
    let mut left: Vec<String> = Vec::new();
    for word in words {
        let mut word = word.clone();
        if word.is_ascii() {
            if NEUTRAL.contains(&word.as_str()) {
                continue;
            }
        } else {
            for neutral in NEUTRAL.iter().filter(|neutral| !neutral.is_ascii()) {
                if word.starts_with(neutral) {
                    word.drain(..neutral.len());
                }
            }
        }
        if !word.is_empty() {
            left.push(word);
        }
    }
    left.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_whose_hours_and_when() {
        let hours = |when: &str| Some(Part::Hours(when.to_owned()));
        let opens = |when: &str| Some(Part::Opens(when.to_owned()));
        let closes = |when: &str| Some(Part::Closes(when.to_owned()));
        for (heading, expected) in [
            ("开放时间", hours("")),
            ("站点开放时间（必填）", hours("")),
            ("HOURS_OF_OPERATION", hours("")),
            ("夏季开放时间", hours("夏季")),
            ("开放时间（夏季）", hours("夏季")),
            ("工作日开放时间", hours("工作日")),
            ("hours.Monday", hours("monday")),
            ("business.opentime_week", hours("")),
            ("business.opentime_today", None),
            ("值班时间", None),
            ("保洁时段", None),
            ("志愿者服务时间", None),
            ("开放时间（高温季）", Some(Part::Unclear)),
            ("HORAIRES PERIODE", Some(Part::Unclear)),
            ("更新时间", None),
            ("开始时间", opens("")),
            ("闭馆时间", closes("")),
            ("opening_hours.mon.open", opens("mon")),
            ("sat close", closes("sat")),
            ("休息日", Some(Part::ClosingDays)),
            ("Days Open", Some(Part::Days)),
            ("午休时间", Some(Part::Break)),
            ("名称", None),
        ] {
            assert_eq!(part(heading), expected, "{heading}");
        }
    }
}
