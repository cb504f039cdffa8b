//! Hours that a sheet spreads over columns: days apart from times, a column a weekday, morning
//! and afternoon, summer and winter, beginning and end, closing days.
//!
//! Such columns are joined to one text where their headings say how, and the text is read like
//! any other: whole, or not at all.

use super::headings::{Field, HEADINGS, OTHER_THINGS, is_hint_of_form, words};
use super::hours::is_when;
use super::table::TableRow;

/// What a column says of hours. The text is when, as far as the heading says: 夏季, 周一.
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

/// The columns of a sheet that say when its stations are open.
#[derive(Clone, Debug, Default)]
pub(super) struct HoursColumns {
    parts: Vec<(Part, usize)>,
}

/// What a row's columns say together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Joined {
    pub(super) text: String,
    /// Why the text cannot be trusted, if it cannot.
    pub(super) doubt: Option<Doubt>,
}

/// Why hours of several columns do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// There is a column for days, and it is empty here.
    DaysMissing,
    /// Only one of beginning and end is filled in.
    EndMissing,
    /// Two columns of hours say different things.
    Differ,
    /// Another column is about opening too, and is not understood.
    Unclear,
}

impl HoursColumns {
    /// The columns of some headings, as far as these headings tell; `seems_hours` looks at the
    /// cells where a heading is a mere 周一 or 上午.
    pub(super) fn of(headings: &[(usize, &str)], seems_hours: impl Fn(usize) -> bool) -> Self {
        let mut parts: Vec<(Part, usize)> = Vec::new();
        for (column, heading) in headings {
            let part = part(heading).or_else(|| {
                let when = words(heading).join(" ");
                (is_when(&when) && seems_hours(*column)).then_some(Part::Hours(when))
            });
            parts.extend(part.map(|part| (part, *column)));
        }
        // A beginning without its end says nothing by itself, unless 开门时间 is meant as both.
        let has = |part: &Part| parts.iter().any(|(other, _)| other == part);
        let alone: Vec<usize> = parts
            .iter()
            .filter(|(part, _)| match part {
                Part::Opens(when) => !has(&Part::Closes(when.clone())),
                Part::Closes(when) => !has(&Part::Opens(when.clone())),
                _ => false,
            })
            .map(|(_, column)| *column)
            .collect();
        for (part, column) in &mut parts {
            if alone.contains(column)
                && let Part::Opens(when) = part
                && seems_hours(*column)
            {
                *part = Part::Hours(std::mem::take(when));
            }
        }
        parts.retain(|(part, column)| !alone.contains(column) || matches!(part, Part::Hours(_)));
        // Days and breaks without hours are no opening hours.
        let says_when = |(part, _): &(Part, usize)| {
            matches!(part, Part::Hours(_) | Part::Opens(_) | Part::Closes(_))
        };
        if !parts.iter().any(says_when) {
            parts.retain(|(part, _)| matches!(part, Part::ClosingDays));
        }
        Self { parts }
    }

    /// One column, which holds it all.
    pub(super) fn single(column: usize) -> Self {
        Self {
            parts: vec![(Part::Hours(String::new()), column)],
        }
    }

    /// The same, with this column for the hours and no other.
    pub(super) fn with_hours_in(mut self, column: usize) -> Self {
        self.parts.retain(|(part, other)| {
            *other != column && matches!(part, Part::Days | Part::ClosingDays | Part::Break)
        });
        self.parts.push((Part::Hours(String::new()), column));
        self
    }

    pub(super) fn has(&self, column: usize) -> bool {
        self.parts.iter().any(|(_, other)| *other == column)
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// The columns, in their order.
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().map(|(_, column)| *column)
    }

    /// Whether any column says at what time it is open.
    pub(super) fn say_hours(&self) -> bool {
        self.parts
            .iter()
            .any(|(part, _)| matches!(part, Part::Hours(_) | Part::Opens(_)))
    }

    /// What a row says, as one text.
    pub(super) fn joined(&self, row: &TableRow) -> Joined {
        let cell = |column: usize| row.cells.get(column).map_or("", |cell| cell.trim());
        let mut joined = Joined::default();
        let mut plain: Vec<&str> = Vec::new();
        let mut spans: Vec<String> = Vec::new();
        for (part, column) in &self.parts {
            let text = cell(*column);
            match part {
                Part::Hours(when) if when.is_empty() => {
                    plain.extend((!text.is_empty()).then_some(text));
                }
                Part::Hours(when) if is_closed_mark(text) => spans.push(format!("{when} 休息")),
                Part::Hours(when) if !says_nothing(text) => spans.push(format!("{when} {text}")),
                Part::Opens(when) => {
                    let closes = Part::Closes(when.clone());
                    let end = self.parts.iter().find(|(part, _)| *part == closes);
                    let end = end.map_or("", |(_, column)| cell(*column));
                    match (says_nothing(text), says_nothing(end)) {
                        (true, true) => {}
                        // closed, closed
                        (false, false) if text == end => spans.push(format!("{when} {text}")),
                        (false, false) => {
                            spans.push(format!("{when} {}-{}", as_time(text), as_time(end)));
                        }
                        _ => {
                            joined.doubt = Some(Doubt::EndMissing);
                            spans.push(format!("{when} {text}-{end}"));
                        }
                    }
                }
                _ => {}
            }
        }
        plain.dedup();
        if plain.len() > 1 {
            joined.doubt = Some(Doubt::Differ);
        }
        let unclear = self.parts.iter().filter(|(part, _)| *part == Part::Unclear);
        let unclear: Vec<&str> = unclear
            .map(|(_, column)| cell(*column))
            .filter(|cell| !says_nothing(cell))
            .collect();
        let mut texts: Vec<String> = plain.into_iter().map(str::to_owned).collect();
        texts.extend(spans.into_iter().map(|span| span.trim().to_owned()));
        self.add_days(&cell, &mut texts, &mut joined);
        if !texts.is_empty() {
            for (part, column) in &self.parts {
                let text = cell(*column);
                match part {
                    Part::ClosingDays if !says_nothing(text) && !is_never(text) => {
                        texts.push(closed_on(text));
                    }
                    Part::Break if !says_nothing(text) && !is_never(text) => {
                        texts.push(format!("午休 {text}"));
                    }
                    _ => {}
                }
            }
        }
        if !texts.is_empty() && !unclear.is_empty() {
            joined.doubt = Some(Doubt::Unclear);
            texts.extend(unclear.into_iter().map(str::to_owned));
        }
        joined.text = texts.join("；");
        joined
    }

    /// Puts the days of a column of their own before each of the hours.
    fn add_days<'a>(
        &self,
        cell: &impl Fn(usize) -> &'a str,
        texts: &mut [String],
        joined: &mut Joined,
    ) {
        let columns = self.parts.iter().filter(|(part, _)| *part == Part::Days);
        let mut said: Vec<&str> = columns.map(|(_, column)| cell(*column)).collect();
        if said.is_empty() {
            return;
        }
        said.sort_unstable_by_key(|days| std::cmp::Reverse(days.len()));
        said.dedup();
        let days = said[0];
        // The day on which it was opened; two columns of days.
        let is_founding = days.contains(|c: char| c.is_ascii_digit())
            && !days.contains(['周', '至', '~', '～', ':'])
            && days.chars().filter(char::is_ascii_digit).count() >= 6;
        if is_founding || said.iter().filter(|days| !days.is_empty()).count() > 1 {
            joined.doubt.get_or_insert(Doubt::Unclear);
        }
        if days.is_empty() && !texts.is_empty() {
            joined.doubt.get_or_insert(Doubt::DaysMissing);
        }
        for text in texts {
            format!("{days} {text}").trim().clone_into(text);
        }
    }
}

/// 周一 becomes 周一休息; a text in Latin letters gets its own words.
fn closed_on(days: &str) -> String {
    let is_latin = days.chars().any(|c| c.is_ascii_alphabetic());
    let says_so = days.to_lowercase().contains("clos") || days.contains(['休', '闭', '閉']);
    match (says_so, is_latin) {
        (true, _) => days.to_owned(),
        (false, true) => format!("closed {days}"),
        (false, false) => format!("{days}休息"),
    }
}

/// 0930 and 9, in a column of beginnings or ends, are times.
fn as_time(cell: &str) -> String {
    let is_number = cell.bytes().all(|byte| byte.is_ascii_digit());
    match (is_number, cell.len()) {
        (true, 3 | 4) => {
            let (hour, minute) = cell.split_at(cell.len() - 2);
            format!("{hour}:{minute}")
        }
        (true, 1 | 2) => format!("{cell}:00"),
        _ => cell.to_owned(),
    }
}

fn says_nothing(cell: &str) -> bool {
    cell.chars().all(|c| "-—–/\\.。?？ ".contains(c))
}

fn is_closed_mark(cell: &str) -> bool {
    matches!(
        cell,
        "×" | "✗" | "✘" | "x" | "X" | "无" | "休" | "闭" | "否" | "0"
    )
}

/// No day is a closing day.
fn is_never(cell: &str) -> bool {
    let cell = cell
        .trim_matches(|c: char| "。.()（）".contains(c))
        .to_lowercase();
    let words = [
        "无",
        "無",
        "没有",
        "無し",
        "なし",
        "없음",
        "none",
        "no",
        "never",
        "n/a",
        "无休",
        "全年无休",
        "年中无休",
        "年中無休",
        "無休",
        "不休",
        "不休息",
        "연중무휴",
        "ninguno",
        "aucun",
        "否",
    ];
    words.contains(&cell.as_str())
}

// ---- headings ----------------------------------------------------------------------

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

/// Words that say of the hours only that they are those of the station.
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

fn part(heading: &str) -> Option<Part> {
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
        // It says of which hours, in words that are not known.
        return (!says_others(hint)).then_some(Part::Unclear);
    }
    if !when.is_empty() && !is_when(&when) {
        let is_about_opening = matches!(part, Part::Hours(_)) && !says_others(&when);
        return is_about_opening.then_some(Part::Unclear);
    }
    Some(match part {
        Part::Opens(_) => Part::Opens(when),
        Part::Closes(_) => Part::Closes(when),
        _ => Part::Hours(when),
    })
}

/// Whether hours are those of something else than the door, or of one day only.
pub(super) fn says_others(words: &str) -> bool {
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

/// What a heading is about, and its other words: 夏季 of 夏季开放时间.
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
    // hours.monday.open: an edge beside the word for hours; monday.open.hours the other way.
    let (edges, hours) = lists.split_at(2);
    let (part, rest) = match part {
        Part::Hours(_) => find(&rest, edges).unwrap_or((part, rest)),
        edge => match find(&rest, hours) {
            Some((_, rest)) => (edge, rest),
            None => (edge, rest),
        },
    };
    Some((part, drop_neutral(&rest)))
}

/// The words of a heading without one that may be several of them together, or the end of one.
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

    #[track_caller]
    fn check(headings: &[&str], cells: &[&str], expected: &str, doubt: Option<Doubt>) {
        let numbered: Vec<(usize, &str)> = headings.iter().copied().enumerate().collect();
        let columns = HoursColumns::of(&numbered, |_| true);
        let row = TableRow::new(2, cells.iter().map(|cell| (*cell).to_owned()).collect());
        let joined = columns.joined(&row);
        assert_eq!((joined.text.as_str(), joined.doubt), (expected, doubt));
    }

    #[test]
    fn columns_are_joined_as_their_headings_say() {
        check(
            &["开放日期", "开放时间"],
            &["周一至周五", "9:00-17:00"],
            "周一至周五 9:00-17:00",
            None,
        );
        check(
            &["开放日期", "开放时间"],
            &["", "9:00-17:00"],
            "9:00-17:00",
            Some(Doubt::DaysMissing),
        );
        check(
            &["服务时间", "休息日"],
            &["9:00-17:00", "周一"],
            "9:00-17:00；周一休息",
            None,
        );
        check(
            &["服务时间", "定休日"],
            &["9:00-17:00", "なし"],
            "9:00-17:00",
            None,
        );
        check(
            &["hours", "closed on"],
            &["9-17", "Mon"],
            "9-17；closed Mon",
            None,
        );
        check(
            &["周一", "周二"],
            &["9:00-17:00", "×"],
            "周一 9:00-17:00；周二 休息",
            None,
        );
        check(
            &["上午", "下午"],
            &["8:30-11:30", ""],
            "上午 8:30-11:30",
            None,
        );
        check(
            &["开门时间", "关门时间"],
            &["8:30", "17:00"],
            "8:30-17:00",
            None,
        );
        check(
            &["开门时间", "关门时间"],
            &["8:30", ""],
            "8:30-",
            Some(Doubt::EndMissing),
        );
        check(
            &["开放时间", "营业时间"],
            &["8:30-17:00", "9:00-18:00"],
            "8:30-17:00；9:00-18:00",
            Some(Doubt::Differ),
        );
        check(
            &["开放时间", "营业时间"],
            &["8:30-17:00", "8:30-17:00"],
            "8:30-17:00",
            None,
        );
        check(
            &["monOpen", "monClose"],
            &["0930", "1700"],
            "mon 09:30-17:00",
            None,
        );
        check(
            &["monOpen", "monClose"],
            &["CLOSED", "CLOSED"],
            "mon CLOSED",
            None,
        );
        check(
            &["开放时间", "特殊开放时间"],
            &["9:00-17:00", "见通知"],
            "9:00-17:00；见通知",
            Some(Doubt::Unclear),
        );
    }
}
