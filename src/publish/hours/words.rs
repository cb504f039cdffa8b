//! Cuts a plain text into tokens. A word that is not in these tables stops the
//! reading: nothing is skipped that might have mattered.

use super::NotUnderstood;
use crate::domain::civil::Day;
use crate::domain::timetable::{ALL_WEEK, MONDAY_TO_FRIDAY, WEEK_END};

/// A part of the day that a time is said to lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    Dawn,
    Morning,
    Noon,
    Afternoon,
    Evening,
    NextDay,
}

/// A time as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u16,
    pub(super) minute: u16,
    /// A bare number, which may be an hour.
    pub(super) is_bare: bool,
    pub(super) period: Option<Period>,
}

/// A holiday that is called by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    NewYear,
    SpringFestival,
    Qingming,
    Labour,
    DragonBoat,
    MidAutumn,
    National,
}

/// The half of the year in which a timetable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Summer,
    Winter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Time(Clock),
    Period(Period),
    Dash,
    Space,
    Comma,
    /// 、 及 和 and the like.
    And,
    /// A semicolon or full stop.
    Stop,
    Open,
    Close,
    Weekdays(u8),
    /// Bit n−1 for the nth, bit 5 for the last.
    Nth(u8),
    Every,
    Rest,
    OrdinaryDays,
    Workdays,
    RestDays,
    Holidays,
    Named(Named),
    /// Days after the lunar New Year's day; −1 for its eve.
    Lunar(i8),
    Season(Season),
    Year(i32),
    Month(u8),
    DayOfMonth(u8),
    Date(Day),
    Since,
    AllDay,
    Off,
    Except,
    Without,
    Lunch,
    /// A notice decides; `true` if it only adds a caveat to hours given elsewhere.
    ByNotice(bool),
    /// Says that something is open, not when.
    OpenWord,
    /// Says that no day is left out.
    AllYear,
}

use Token as T;

/// Words and what they mean; the longest that fits is taken.
const WORDS: &[(&str, Option<Token>)] = &[
    // Days
    ("每天", Some(T::Every)),
    ("每日", Some(T::Every)),
    ("天天", Some(T::Every)),
    ("每周7天", Some(T::Every)),
    ("daily", Some(T::Every)),
    ("every day", Some(T::Every)),
    ("everyday", Some(T::Every)),
    ("7 days a week", Some(T::Every)),
    ("其余时间", Some(T::Rest)),
    ("其余时段", Some(T::Rest)),
    ("其余月份", Some(T::Rest)),
    ("其余日期", Some(T::Rest)),
    ("其余", Some(T::Rest)),
    ("其他时间", Some(T::Rest)),
    ("其他时段", Some(T::Rest)),
    ("其他月份", Some(T::Rest)),
    ("其他日期", Some(T::Rest)),
    ("其他", Some(T::Rest)),
    ("其它时间", Some(T::Rest)),
    ("其它时段", Some(T::Rest)),
    ("其它月份", Some(T::Rest)),
    ("其它", Some(T::Rest)),
    ("平时", Some(T::Rest)),
    ("平常", Some(T::Rest)),
    ("平日", Some(T::OrdinaryDays)),
    ("工作日", Some(T::Workdays)),
    ("上班日", Some(T::Workdays)),
    ("休息日", Some(T::RestDays)),
    ("非工作日", Some(T::RestDays)),
    ("双休日", Some(T::Weekdays(WEEK_END))),
    ("双休", Some(T::Weekdays(WEEK_END))),
    ("周末", Some(T::Weekdays(WEEK_END))),
    ("weekends", Some(T::Weekdays(WEEK_END))),
    ("weekend", Some(T::Weekdays(WEEK_END))),
    ("weekdays", Some(T::Weekdays(MONDAY_TO_FRIDAY))),
    ("weekday", Some(T::Weekdays(MONDAY_TO_FRIDAY))),
    ("国家法定节假日", Some(T::Holidays)),
    ("法定节假日", Some(T::Holidays)),
    ("国家法定假日", Some(T::Holidays)),
    ("法定假日", Some(T::Holidays)),
    ("法定假期", Some(T::Holidays)),
    ("国定假日", Some(T::Holidays)),
    ("国定节假日", Some(T::Holidays)),
    ("法定节日", Some(T::Holidays)),
    ("节假日", Some(T::Holidays)),
    ("假日", Some(T::Holidays)),
    ("节日", Some(T::Holidays)),
    ("public holidays", Some(T::Holidays)),
    ("holidays", Some(T::Holidays)),
    ("元旦", Some(T::Named(Named::NewYear))),
    ("春节", Some(T::Named(Named::SpringFestival))),
    ("清明节", Some(T::Named(Named::Qingming))),
    ("清明", Some(T::Named(Named::Qingming))),
    ("五一劳动节", Some(T::Named(Named::Labour))),
    ("劳动节", Some(T::Named(Named::Labour))),
    ("五一", Some(T::Named(Named::Labour))),
    ("端午节", Some(T::Named(Named::DragonBoat))),
    ("端午", Some(T::Named(Named::DragonBoat))),
    ("中秋节", Some(T::Named(Named::MidAutumn))),
    ("中秋", Some(T::Named(Named::MidAutumn))),
    ("十一国庆节", Some(T::Named(Named::National))),
    ("国庆节", Some(T::Named(Named::National))),
    ("国庆", Some(T::Named(Named::National))),
    ("十一", Some(T::Named(Named::National))),
    ("除夕", Some(T::Lunar(-1))),
    ("大年初一", Some(T::Lunar(0))),
    ("正月初一", Some(T::Lunar(0))),
    ("年初一", Some(T::Lunar(0))),
    ("初一", Some(T::Lunar(0))),
    ("初二", Some(T::Lunar(1))),
    ("初三", Some(T::Lunar(2))),
    ("初四", Some(T::Lunar(3))),
    ("初五", Some(T::Lunar(4))),
    ("初六", Some(T::Lunar(5))),
    ("初七", Some(T::Lunar(6))),
    ("正月十五", Some(T::Lunar(14))),
    ("第一个", Some(T::Nth(1))),
    ("第二个", Some(T::Nth(2))),
    ("第三个", Some(T::Nth(4))),
    ("第四个", Some(T::Nth(8))),
    ("第1个", Some(T::Nth(1))),
    ("第2个", Some(T::Nth(2))),
    ("第3个", Some(T::Nth(4))),
    ("第4个", Some(T::Nth(8))),
    ("最后一个", Some(T::Nth(32))),
    ("monday", Some(T::Weekdays(1))),
    ("mondays", Some(T::Weekdays(1))),
    ("mon", Some(T::Weekdays(1))),
    ("tuesday", Some(T::Weekdays(2))),
    ("tuesdays", Some(T::Weekdays(2))),
    ("tues", Some(T::Weekdays(2))),
    ("tue", Some(T::Weekdays(2))),
    ("wednesday", Some(T::Weekdays(4))),
    ("wednesdays", Some(T::Weekdays(4))),
    ("wed", Some(T::Weekdays(4))),
    ("thursday", Some(T::Weekdays(8))),
    ("thursdays", Some(T::Weekdays(8))),
    ("thurs", Some(T::Weekdays(8))),
    ("thu", Some(T::Weekdays(8))),
    ("friday", Some(T::Weekdays(16))),
    ("fridays", Some(T::Weekdays(16))),
    ("fri", Some(T::Weekdays(16))),
    ("saturday", Some(T::Weekdays(32))),
    ("saturdays", Some(T::Weekdays(32))),
    ("sat", Some(T::Weekdays(32))),
    ("sunday", Some(T::Weekdays(64))),
    ("sundays", Some(T::Weekdays(64))),
    ("sun", Some(T::Weekdays(64))),
    // Seasons
    ("夏令时间", Some(T::Season(Season::Summer))),
    ("夏令时", Some(T::Season(Season::Summer))),
    ("夏时制", Some(T::Season(Season::Summer))),
    ("夏令", Some(T::Season(Season::Summer))),
    ("夏季", Some(T::Season(Season::Summer))),
    ("夏天", Some(T::Season(Season::Summer))),
    ("冬令时间", Some(T::Season(Season::Winter))),
    ("冬令时", Some(T::Season(Season::Winter))),
    ("冬时制", Some(T::Season(Season::Winter))),
    ("冬令", Some(T::Season(Season::Winter))),
    ("冬季", Some(T::Season(Season::Winter))),
    ("冬天", Some(T::Season(Season::Winter))),
    ("起", Some(T::Since)),
    ("开始", Some(T::Since)),
    // Parts of the day
    ("凌晨", Some(T::Period(Period::Dawn))),
    ("早上", Some(T::Period(Period::Morning))),
    ("早晨", Some(T::Period(Period::Morning))),
    ("清晨", Some(T::Period(Period::Morning))),
    ("上午", Some(T::Period(Period::Morning))),
    ("早", Some(T::Period(Period::Morning))),
    ("中午", Some(T::Period(Period::Noon))),
    ("下午", Some(T::Period(Period::Afternoon))),
    ("午后", Some(T::Period(Period::Afternoon))),
    ("傍晚", Some(T::Period(Period::Evening))),
    ("晚上", Some(T::Period(Period::Evening))),
    ("晚间", Some(T::Period(Period::Evening))),
    ("夜间", Some(T::Period(Period::Evening))),
    ("夜里", Some(T::Period(Period::Evening))),
    ("晚", Some(T::Period(Period::Evening))),
    ("次日凌晨", Some(T::Period(Period::NextDay))),
    ("第二天凌晨", Some(T::Period(Period::NextDay))),
    ("次日早上", Some(T::Period(Period::NextDay))),
    ("次日", Some(T::Period(Period::NextDay))),
    ("第二天", Some(T::Period(Period::NextDay))),
    ("翌日", Some(T::Period(Period::NextDay))),
    ("隔天", Some(T::Period(Period::NextDay))),
    // The whole day
    ("全天候", Some(T::AllDay)),
    ("全天", Some(T::AllDay)),
    ("全日", Some(T::AllDay)),
    ("昼夜", Some(T::AllDay)),
    ("通宵", Some(T::AllDay)),
    ("24/7", Some(T::AllDay)),
    ("24×7", Some(T::AllDay)),
    ("around the clock", Some(T::AllDay)),
    // Shut
    ("暂停对外开放", Some(T::Off)),
    ("停止对外开放", Some(T::Off)),
    ("不对外开放", Some(T::Off)),
    ("暂停开放", Some(T::Off)),
    ("停止开放", Some(T::Off)),
    ("暂停服务", Some(T::Off)),
    ("暂停营业", Some(T::Off)),
    ("停止营业", Some(T::Off)),
    ("停止服务", Some(T::Off)),
    ("不提供服务", Some(T::Off)),
    ("不开放", Some(T::Off)),
    ("不开门", Some(T::Off)),
    ("不营业", Some(T::Off)),
    ("不服务", Some(T::Off)),
    ("临时关闭", Some(T::Off)),
    ("关闭", Some(T::Off)),
    ("关门", Some(T::Off)),
    ("关停", Some(T::Off)),
    ("闭馆", Some(T::Off)),
    ("闭站", Some(T::Off)),
    ("停业", Some(T::Off)),
    ("歇业", Some(T::Off)),
    ("公休", Some(T::Off)),
    ("放假", Some(T::Off)),
    ("休馆", Some(T::Off)),
    ("休息", Some(T::Off)),
    ("休", Some(T::Off)),
    ("closed", Some(T::Off)),
    ("除外", Some(T::Except)),
    ("excepted", Some(T::Except)),
    ("除", Some(T::Without)),
    ("except", Some(T::Without)),
    ("以外", Some(T::Except)),
    ("之外", Some(T::Except)),
    ("外", Some(T::Except)),
    ("午休时间", Some(T::Lunch)),
    ("午休", Some(T::Lunch)),
    ("中午休息", Some(T::Lunch)),
    ("中午闭馆", Some(T::Lunch)),
    ("中午不开放", Some(T::Lunch)),
    ("中午不营业", Some(T::Lunch)),
    ("午间休息", Some(T::Lunch)),
    ("午间闭馆", Some(T::Lunch)),
    // Open, somehow
    ("对外开放", Some(T::OpenWord)),
    ("正常开放", Some(T::OpenWord)),
    ("正常营业", Some(T::OpenWord)),
    ("照常开放", Some(T::OpenWord)),
    ("照常营业", Some(T::OpenWord)),
    ("照常", Some(T::OpenWord)),
    ("开放时间", Some(T::OpenWord)),
    ("开放时段", Some(T::OpenWord)),
    ("开门时间", Some(T::OpenWord)),
    ("营业时间", Some(T::OpenWord)),
    ("服务时间", Some(T::OpenWord)),
    ("工作时间", Some(T::OpenWord)),
    ("开馆时间", Some(T::OpenWord)),
    ("开放", Some(T::OpenWord)),
    ("开门", Some(T::OpenWord)),
    ("营业", Some(T::OpenWord)),
    ("服务", Some(T::OpenWord)),
    ("正常", Some(T::OpenWord)),
    ("不休息", Some(T::OpenWord)),
    ("不打烊", Some(T::OpenWord)),
    ("不休", Some(T::OpenWord)),
    ("时间", Some(T::OpenWord)),
    ("opening hours", Some(T::OpenWord)),
    ("hours", Some(T::OpenWord)),
    ("open", Some(T::OpenWord)),
    ("全年365天", Some(T::AllYear)),
    ("365天", Some(T::AllYear)),
    ("全年无休", Some(T::AllYear)),
    ("全年不休", Some(T::AllYear)),
    ("节假日不休息", Some(T::AllYear)),
    ("节假日不休", Some(T::AllYear)),
    ("中午不休息", Some(T::AllYear)),
    ("中午不闭馆", Some(T::AllYear)),
    ("中午不休", Some(T::AllYear)),
    ("午间不休息", Some(T::AllYear)),
    ("午间不休", Some(T::AllYear)),
    ("节假日无休", Some(T::AllYear)),
    ("无休", Some(T::AllYear)),
    ("全年开放", Some(T::AllYear)),
    ("常年开放", Some(T::AllYear)),
    ("长期开放", Some(T::AllYear)),
    // Words that change nothing
    ("早班", None),
    ("中班", None),
    ("晚班", None),
    ("期间", None),
    ("假期", None),
    ("即日起", None),
    ("内部装修", None),
    ("装修中", None),
    ("装修", None),
    ("维修中", None),
    ("维修", None),
    ("施工", None),
    ("次年", None),
    ("每年", None),
    ("每月", None),
    ("每周", None),
    ("每逢", None),
    ("每", None),
    ("逢", None),
    ("自", None),
    ("从", None),
    ("为", None),
    ("是", None),
    ("的", None),
    ("均", None),
    ("都", None),
    ("止", None),
    ("整", None),
    ("from", None),
    ("the", None),
    ("on", None),
    // What joins
    ("及", Some(T::And)),
    ("和", Some(T::And)),
    ("与", Some(T::And)),
    ("或", Some(T::And)),
    ("and", Some(T::And)),
    ("to", Some(T::Dash)),
    ("until", Some(T::Dash)),
    ("till", Some(T::Dash)),
    ("through", Some(T::Dash)),
    ("thru", Some(T::Dash)),
    (
        "noon",
        Some(T::Time(Clock {
            hour: 12,
            minute: 0,
            is_bare: false,
            period: None,
        })),
    ),
    (
        "midnight",
        Some(T::Time(Clock {
            hour: 24,
            minute: 0,
            is_bare: false,
            period: None,
        })),
    ),
];

/// How English names of days begin.
const ENGLISH_DAYS: [&str; 10] = [
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "public holidays",
    "holidays",
    "on ",
];

/// Bracketed remarks about the last admission change no hours.
const ADMISSION: [&str; 6] = ["入场", "入馆", "进场", "进馆", "入内", "取号"];

/// What may stand before 为准 and still name no other hours.
const NOTICE_WORDS: [&str; 7] = [
    "具体",
    "实际",
    "详情",
    "详细",
    "最终",
    "如有变动",
    "如有调整",
];

pub(super) fn tokens(plain: &str) -> Result<Vec<Token>, NotUnderstood> {
    let mut tokens = Vec::new();
    let mut rest = plain;
    while !rest.is_empty() {
        let (token, length) = next_token(rest, &tokens)
            .ok_or_else(|| NotUnderstood::Words(rest.chars().take(12).collect()))?;
        tokens.extend(token);
        rest = &rest[length..];
    }
    Ok(tokens)
}

/// The token at the start of `rest`, if it is not noise, and its length in bytes.
fn next_token(rest: &str, before: &[Token]) -> Option<(Option<Token>, usize)> {
    let first = rest.chars().next()?;
    let one = first.len_utf8();
    if let Some(found) = weekday(rest, before) {
        return Some(found);
    }
    if let Some((is_caveat, length)) = notice(rest) {
        return Some((Some(T::ByNotice(is_caveat)), length));
    }
    if let Some(length) = admission_remark(rest) {
        return Some((None, length));
    }
    if let Some(length) = reason(rest) {
        return Some((None, length));
    }
    let longest = WORDS
        .iter()
        .filter(|(word, _)| rest.starts_with(word))
        .filter(|(word, _)| !word.is_ascii() || ends_word(&rest[word.len()..]))
        .max_by_key(|(word, _)| word.len());
    if let Some((word, token)) = longest {
        // "closed Mondays" names the days behind the word.
        let is_before_days = *word == "closed"
            && ENGLISH_DAYS
                .iter()
                .any(|day| rest[word.len()..].trim_start().starts_with(day));
        return Some((
            if is_before_days {
                Some(T::Without)
            } else {
                *token
            },
            word.len(),
        ));
    }
    if first.is_ascii_digit() {
        return number(rest);
    }
    let token = match first {
        '-' => Some(T::Dash),
        ' ' | '·' => Some(T::Space),
        ',' | '|' => Some(T::Comma),
        '、' | '/' | '+' | '&' => Some(T::And),
        ';' => Some(T::Stop),
        '(' => Some(T::Open),
        ')' => Some(T::Close),
        ':' => None,
        _ => return None,
    };
    Some((token, one))
}

/// Whether an English word may end here.
fn ends_word(after: &str) -> bool {
    !after.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// 周一, 星期日, 周六日, 周1; and the bare 五 of 周一至五 or 周一、三、五.
fn weekday(rest: &str, before: &[Token]) -> Option<(Option<Token>, usize)> {
    let named = ["每星期", "每礼拜", "每周", "逢周", "星期", "礼拜", "周"]
        .iter()
        .find_map(|p| Some((p.len(), rest.strip_prefix(p)?)));
    let follows = matches!(
        before,
        [.., T::Weekdays(_)] | [.., T::Weekdays(_), T::Dash | T::And]
    );
    let (skipped, tail) = named.or_else(|| follows.then_some((0, rest)))?;
    let c = tail.chars().next()?;
    let after = &tail[c.len_utf8()..];
    let day = match c {
        '一' | '1' => 0,
        '二' | '2' => 1,
        '三' | '3' => 2,
        '四' | '4' => 3,
        '五' | '5' => 4,
        '六' | '6' => 5,
        '日' | '天' | '7' => 6,
        _ => return None,
    };
    if c.is_ascii_digit() {
        // The 8 of "周一 8:00" is no weekday, nor is the 1 of "周一 1点".
        let is_joined = skipped > 0 || matches!(before, [.., T::Weekdays(_), T::Dash]);
        let is_time =
            after.starts_with(|c: char| c.is_ascii_digit() || ":.点时月號号日h".contains(c));
        if !is_joined || is_time {
            return None;
        }
    }
    // 日 may also be the unit of a date, and 一 the start of 一月: `text` has
    // turned those into digits, so what stands here names a weekday.
    Some((Some(T::Weekdays(1 << day)), skipped + c.len_utf8()))
}

/// 以现场为准, 具体以公告为准, 见门口告示, 视情况而定 …: up to the end of the
/// remark, and whether it is a mere caveat.
fn notice(rest: &str) -> Option<(bool, usize)> {
    let head = NOTICE_WORDS
        .iter()
        .find(|word| rest.starts_with(*word))
        .map_or(0, |w| w.len());
    let tail = &rest[head..];
    let end = tail.find([',', ';', ')', '(']).unwrap_or(tail.len());
    let remark = &tail[..end];
    let starts = |words: &[&str]| words.iter().any(|word| remark.starts_with(word));
    if let Some(at) = remark.find("为准") {
        let is_by = starts(&[
            "以",
            "请以",
            "时间以",
            "开放时间以",
            "时间请以",
            "营业时间以",
        ]);
        return is_by.then_some((true, head + at + "为准".len()));
    }
    if starts(&["见门口", "详见", "请致电", "请电话", "可致电", "电话咨询"]) {
        return Some((true, head + end));
    }
    let decides = [
        "视情况",
        "视天气",
        "看情况",
        "另行通知",
        "需预约",
        "须预约",
        "需提前预约",
        "须提前预约",
        "请提前预约",
        "提前预约",
        "凭预约",
        "电话预约",
        "预约",
        "不定时",
        "不定期",
        "时间不定",
    ];
    starts(&decides).then_some((false, head + end))
}

/// （最晚20:30入场）
fn admission_remark(rest: &str) -> Option<usize> {
    let is_start = rest.starts_with('(')
        || ["最晚", "最后", "停止入", "截止"]
            .iter()
            .any(|word| rest.starts_with(word));
    let end = rest.find(')').map(|at| at + 1).or_else(|| {
        (!rest.starts_with('(')).then_some(rest.find([',', ';']).unwrap_or(rest.len()))
    })?;
    let remark = &rest[..end];
    let closes = remark.starts_with('(');
    let inner = remark.trim_end_matches(')');
    let length = if closes { end } else { inner.len() };
    (is_start && ADMISSION.iter().any(|word| inner.contains(word))).then_some(length)
}

/// 因装修: why a door is shut changes nothing.
fn reason(rest: &str) -> Option<usize> {
    let tail = rest.strip_prefix("因")?;
    let end = tail.find(|c: char| ",;()自从暂停关闭".contains(c) || c.is_ascii_digit())?;
    (end > 0).then_some("因".len() + end)
}

fn digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

/// A number and what its surroundings make of it.
fn number(rest: &str) -> Option<(Option<Token>, usize)> {
    let length_to = |tail: &str| rest.len() - tail.len();
    let (figures, tail) = digits(rest);
    if let Some(found) = whole_date(rest) {
        return Some(found);
    }
    let value: u16 = figures.parse().ok()?;
    for unit in ["小时", "hours", "hour", "hrs", "h"] {
        if let Some(after) = tail.trim_start().strip_prefix(unit) {
            return (value == 24 && ends_word(after))
                .then_some((Some(T::AllDay), length_to(after)));
        }
    }
    if let Some(after) = ["×24小时", "*24小时", "x24小时", "×24", "*24", "x24"]
        .iter()
        .find_map(|by| tail.strip_prefix(by))
    {
        return (value == 7).then_some((Some(T::AllDay), length_to(after)));
    }
    if let Some(after) = tail.strip_prefix('年') {
        return (1990..2100)
            .contains(&value)
            .then_some((Some(T::Year(i32::from(value))), length_to(after)));
    }
    if let Some(after) = tail
        .strip_prefix("月份")
        .or_else(|| tail.strip_prefix('月'))
    {
        let month = u8::try_from(value)
            .ok()
            .filter(|month| (1..=12).contains(month))?;
        return Some((Some(T::Month(month)), length_to(after)));
    }
    if let Some(after) = tail.strip_prefix('日').or_else(|| tail.strip_prefix('号')) {
        let day = u8::try_from(value)
            .ok()
            .filter(|day| (1..=31).contains(day))?;
        return Some((Some(T::DayOfMonth(day)), length_to(after)));
    }
    let (clock, after) = clock(figures, value, tail)?;
    let (clock, after) = with_am_pm(clock, after)?;
    let is_time = clock.hour <= 30 && clock.minute < 60 && (clock.hour <= 24 || !clock.is_bare);
    is_time.then_some((Some(T::Time(clock)), length_to(after)))
}

/// 2026-07-01, 2026/7/1, 2026.7.1
fn whole_date(rest: &str) -> Option<(Option<Token>, usize)> {
    let (year, tail) = digits(rest);
    let separator = tail.chars().next().filter(|c| "-/.".contains(*c))?;
    let (month, tail) = digits(tail.strip_prefix(separator)?);
    let (day, tail) = digits(tail.strip_prefix(separator)?);
    let is_date = year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len());
    let day = is_date
        .then(|| Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))??;
    Some((Some(T::Date(day)), rest.len() - tail.len()))
}

fn clock<'a>(figures: &str, value: u16, tail: &'a str) -> Option<(Clock, &'a str)> {
    let at = |hour, minute| Clock {
        hour,
        minute,
        is_bare: false,
        period: None,
    };
    if let Some(after) = tail.strip_prefix([':', '.']) {
        let (minute, after) = digits(after);
        if minute.len() == 2 {
            let after = after.strip_prefix(":00").unwrap_or(after);
            let after = after.strip_prefix('分').unwrap_or(after);
            return (figures.len() <= 2).then_some((at(value, minute.parse().ok()?), after));
        }
        // "周一至周五9:" is a slip of the pen; nobody should guess.
        return None;
    }
    if let Some(after) = ["点钟", "点", "點", "时"]
        .iter()
        .find_map(|unit| tail.strip_prefix(unit))
    {
        for (word, minute) in [("半", 30), ("一刻", 15), ("三刻", 45), ("整", 0)] {
            if let Some(after) = after.strip_prefix(word) {
                return Some((at(value, minute), after));
            }
        }
        let (minute, tail) = digits(after);
        return match minute.len() {
            0 => Some((at(value, 0), after)),
            1 | 2 => {
                let tail = tail.strip_prefix('分').unwrap_or(tail);
                Some((at(value, minute.parse().ok()?), tail))
            }
            _ => None,
        };
    }
    match figures.len() {
        4 => Some((at(value / 100, value % 100), tail)),
        1 | 2 => Some((
            Clock {
                hour: value,
                minute: 0,
                is_bare: true,
                period: None,
            },
            tail,
        )),
        _ => None,
    }
}

fn with_am_pm(clock: Clock, tail: &str) -> Option<(Clock, &str)> {
    let word = tail.trim_start();
    for (mark, is_pm) in [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)] {
        if let Some(after) = word.strip_prefix(mark).filter(|after| ends_word(after)) {
            if !(1..=12).contains(&clock.hour) {
                return None;
            }
            let hour = clock.hour % 12 + if is_pm { 12 } else { 0 };
            let period = Some(if is_pm {
                Period::Afternoon
            } else {
                Period::Morning
            });
            return Some((
                Clock {
                    hour,
                    is_bare: false,
                    period,
                    ..clock
                },
                after,
            ));
        }
    }
    Some((clock, tail))
}

/// Every weekday from one to another, over the week-end if need be.
pub(super) fn weekdays_between(first: u8, last: u8) -> u8 {
    let (from, to) = (first.trailing_zeros(), last.trailing_zeros());
    let length = (to + 7 - from) % 7;
    (0..=length).fold(0, |mask, step| mask | 1 << ((from + step) % 7)) & ALL_WEEK
}
