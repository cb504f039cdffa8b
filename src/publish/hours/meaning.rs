//! Makes a timetable of one reading: which clause wins where several speak of a day.

use super::NotUnderstood;
use super::choices::Choices;
use super::clauses::{Body, Clause, Reading, is_part_of_year};
use super::holidays::{Spells, named_spells};
use super::lexicon::{Period, Vacation, season};
use super::merge::{TooIntricate, agreement, painted_over, within};
use super::reader::{Selector, Span as WrittenSpan};
use crate::domain::calendar::{Calendar, DayClass};
use crate::domain::civil::{Day, MINUTES_PER_DAY, MonthDay};
use crate::domain::timetable::{
    ALL_CLASSES, ALL_WEEK, Days, Door, HOLIDAY, MAKE_UP, MONDAY_TO_FRIDAY, ORDINARY, Rule, Span,
    Timetable, WEEK_END, agreed, door_at,
};

/// A noon break of which nobody says the times: surely from 12:00 to 13:00,
/// perhaps from 11:00 and until 14:30.
const NOON_BREAK: [(u16, u16, Door); 3] = [
    (660, 720, Door::Unknown),
    (720, 780, Door::Shut),
    (780, 870, Door::Unknown),
];

/// The parts of the year, and the seasons that each may be counted to: June to August are
/// surely summer, December to February surely winter; the dates of the change are anybody's
/// guess.
const PARTS_OF_YEAR: [(MonthDay, MonthDay, u8); 4] = [
    (
        md(3, 1),
        md(5, 31),
        season::WINTER | season::SPRING | season::SUMMER,
    ),
    (md(6, 1), md(8, 31), season::SUMMER),
    (
        md(9, 1),
        md(11, 30),
        season::SUMMER | season::AUTUMN | season::WINTER,
    ),
    (md(12, 1), md(2, 29), season::WINTER),
];

const fn md(month: u8, day: u8) -> MonthDay {
    MonthDay { month, day }
}

impl From<TooIntricate> for NotUnderstood {
    fn from(_: TooIntricate) -> Self {
        Self::Unclear("the hours hang on too many dates")
    }
}

/// The timetable of a reading.
///
/// # Errors
///
/// [`NotUnderstood::Unclear`] if a timetable cannot say what the reading says.
pub(super) fn timetable(
    reading: &Reading,
    calendar: &Calendar,
    choices: &mut Choices,
) -> Result<Timetable, NotUnderstood> {
    let mut clauses = without_vague_dates(&reading.clauses, choices);
    if week_and_season_cross(&clauses) && choices.pick(2) == 1 {
        clauses = within_the_week(clauses);
    }
    let reading = &Reading {
        clauses,
        ..reading.clone()
    };
    let mut as_printed = in_seasons(reading, calendar, choices)?;
    if reading.is_perhaps_shut {
        let shut = Timetable { rules: Vec::new() };
        as_printed = agreement(&[as_printed, shut])?;
    }
    Ok(as_printed)
}

/// School holidays and seasons without dates: each choice is a reading.
fn without_vague_dates(clauses: &[Clause], choices: &mut Choices) -> Vec<Clause> {
    let mut all = Vec::new();
    for clause in clauses {
        let Some(at) = clause
            .days
            .iter()
            .position(|day| matches!(day, Selector::Vacation(_) | Selector::SomeSeason))
        else {
            all.push(clause.clone());
            continue;
        };
        let summer = [
            Selector::Yearly(md(7, 10), md(8, 20)),
            Selector::Yearly(md(6, 15), md(9, 10)),
        ];
        // Some weeks around the lunar New Year; on which dates no text says.
        let winter = [
            Selector::Lunar(-3, 6),
            Selector::Yearly(md(1, 5), md(3, 10)),
        ];
        let at_most_or_least = choices.pick(2);
        let parts: Vec<Selector> = match clause.days[at] {
            Selector::Vacation(Vacation::Any) if at_most_or_least == 0 => vec![Selector::Holidays],
            Selector::Vacation(Vacation::Any) => vec![Selector::Holidays, summer[1], winter[1]],
            Selector::Vacation(Vacation::Summer) => vec![summer[at_most_or_least]],
            Selector::Vacation(Vacation::Winter) => vec![winter[at_most_or_least]],
            Selector::Vacation(Vacation::SummerAndWinter) => {
                vec![summer[at_most_or_least], winter[at_most_or_least]]
            }
            // 高温季节, and nobody says when: all the year, or never.
            _ if at_most_or_least == 0 => vec![Selector::Every],
            _ => Vec::new(),
        };
        for part in parts {
            let mut days = clause.days.clone();
            days[at] = part;
            days.retain(|day| *day != Selector::Every);
            all.push(Clause {
                days,
                ..clause.clone()
            });
        }
    }
    all
}

/// The timetable, where seasons without dates are each part of the year's own.
fn in_seasons(
    reading: &Reading,
    calendar: &Calendar,
    choices: &mut Choices,
) -> Result<Timetable, NotUnderstood> {
    let named = reading
        .clauses
        .iter()
        .flat_map(|clause| &clause.days)
        .fold(0, |named, day| match day {
            Selector::Season(seasons) => named | seasons,
            _ => named,
        });
    if named == 0 {
        return build(reading, calendar, choices);
    }
    // Who speaks of summer and winter only has no spring.
    let usual = season::SUMMER | season::WINTER;
    let mut by_season = Vec::new();
    for season in [
        season::SPRING,
        season::SUMMER,
        season::AUTUMN,
        season::WINTER,
    ] {
        if (named | usual) & season != 0 {
            by_season.push((
                season,
                build(&in_season(reading, season), calendar, choices)?,
            ));
        }
    }
    let mut rules = Vec::new();
    for (from, to, may_be) in PARTS_OF_YEAR {
        let candidates: Vec<Timetable> = by_season
            .iter()
            .filter(|(season, _)| may_be & season != 0)
            .map(|(_, timetable)| timetable.clone())
            .collect();
        rules.extend(within(&agreement(&candidates)?, &[(from, to)]));
    }
    Ok(Timetable { rules })
}

/// The reading on a day of `season`.
fn in_season(reading: &Reading, season: u8) -> Reading {
    let is_of_season = |clause: &&Clause| {
        clause.days.iter().all(|day| match day {
            Selector::Season(seasons) => seasons & season != 0,
            _ => true,
        })
    };
    let without_season = |clause: &Clause| {
        let mut days = clause.days.clone();
        let named = days.len();
        days.retain(|day| !matches!(day, Selector::Season(_)));
        // A clause for the whole season lies over one for the whole year.
        if days.is_empty() && named > 0 {
            days.push(Selector::Yearly(md(1, 1), md(12, 31)));
        }
        Clause {
            days,
            ..clause.clone()
        }
    };
    Reading {
        clauses: reading
            .clauses
            .iter()
            .filter(is_of_season)
            .map(without_season)
            .collect(),
        ..reading.clone()
    }
}

/// Which clause wins: later ones lie over earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Everything,
    Week,
    RestDays,
    PartOfYear,
    Holidays,
    Dates,
    /// Shut, or nobody knows: over whatever opens.
    Closure,
    /// Open on dates that the text takes out of a closure.
    DatedOpening,
}

fn build(
    reading: &Reading,
    calendar: &Calendar,
    choices: &mut Choices,
) -> Result<Timetable, NotUnderstood> {
    let all = with_ordinary_days(&reading.clauses, choices);
    let does_week_win = week_and_season_cross(&all) && choices.pick(2) == 1;
    let opens = |clause: &Clause| match &clause.body {
        Body::Spans { open, .. } => !open.is_empty(),
        Body::AsUsual | Body::Unknown => true,
        Body::Off | Body::OffAt(_) | Body::OffDuring(_) | Body::OnlyOn(_) => false,
    };
    let has_base = all.iter().any(|clause| {
        matches!(clause.body, Body::Spans { .. })
            && clause.days.iter().all(|day| *day == Selector::Rest)
    });
    let is_shut_for_good = |clause: &Clause| clause.days.is_empty() && clause.body == Body::Off;
    let mut ranked: Vec<(Level, u32, Rule)> = Vec::new();
    if !all.iter().any(is_shut_for_good) && !all.iter().any(opens) {
        // 周一闭馆, and nothing else: open on other days, but when?
        ranked.push((Level::Everything, u32::MAX, unknown_on(Days::EVERY)));
    }
    let closes = all
        .iter()
        .any(|clause| clause.body == Body::Off && !clause.days.is_empty());
    let do_dates_win = closes && all.iter().any(|clause| is_dated(clause) && opens(clause));
    let do_dates_win = do_dates_win && choices.pick(2) == 1;
    let names_workdays = all
        .iter()
        .any(|clause| opens(clause) && clause.days.contains(&Selector::Workdays));
    let mut parts_off = Vec::new();
    let mut named = Vec::new();
    for clause in &all {
        let spans = match &clause.body {
            Body::Spans { open, breaks } => {
                let spans = read_spans(open, breaks, reading.has_vague_noon_break);
                until_last_entry(spans, reading.last_entry)
            }
            Body::Off => Vec::new(),
            Body::AsUsual if has_base => continue,
            Body::Unknown | Body::AsUsual => vec![Span::whole_day(Door::Unknown)],
            Body::OnlyOn(sets) => {
                for days in others(sets)? {
                    ranked.push((Level::Closure, breadth(&days), Rule::new(days, Vec::new())));
                }
                continue;
            }
            Body::OffAt(span) => {
                parts_off.push((clause, (span.from, span.to), Vec::new()));
                continue;
            }
            Body::OffDuring(period) => {
                let (sure, perhaps) = minutes_of(*period);
                parts_off.push((clause, sure, perhaps));
                continue;
            }
        };
        let spells = named_spells(&clause.days, calendar)?;
        if !spells.is_empty() {
            named.extend(spells.into_iter().map(|spells| (spells, spans.clone())));
            continue;
        }
        for mut days in days_of(clause)? {
            // 工作日8:00-17:00，双休日休息: a make-up Saturday is a working day.
            if clause.body == Body::Off
                && names_workdays
                && days.classes == ALL_CLASSES
                && days.weekdays & !WEEK_END == 0
            {
                days.classes &= !MAKE_UP;
            }
            let mut level = level(clause, does_week_win);
            if level == Level::Dates && opens(clause) && do_dates_win {
                level = Level::DatedOpening;
            }
            if clause.but_not_on_holidays && !has_base {
                // 周二至周日9:00-17:00，周一闭馆（节假日除外）: open on such a
                // Monday, but nobody says when.
                let days = Days {
                    classes: HOLIDAY,
                    ..days.clone()
                };
                ranked.push((level, breadth(&days), unknown_on(days)));
            }
            ranked.push((level, breadth(&days), Rule::new(days, spans.clone())));
        }
    }
    ranked.sort_by_key(|(level, breadth, _)| (*level, std::cmp::Reverse(*breadth)));
    let closing = ranked.partition_point(|(level, _, _)| *level < Level::Closure);
    let rules_of = |ranked: Vec<(Level, u32, Rule)>| ranked.into_iter().map(|(_, _, rule)| rule);
    let closures: Vec<Rule> = rules_of(ranked.split_off(closing)).collect();
    let mut timetable = Timetable {
        rules: rules_of(ranked).collect(),
    };
    let (named_openings, named_closures): (Vec<_>, Vec<_>) =
        named.into_iter().partition(|(_, spans)| !spans.is_empty());
    timetable = on_named_holidays(timetable, named_openings)?;
    timetable.rules.extend(closures);
    timetable = on_named_holidays(timetable, named_closures)?;
    for (clause, sure, perhaps) in parts_off {
        for days in days_of(clause)? {
            timetable = painted_over(&timetable, &days, |painted| {
                without(painted, sure, &perhaps)
            })?;
        }
    }
    Ok(timetable)
}

/// The timetable with what holds on holidays that are called by name: on their dates, and
/// perhaps where those are not announced.
fn on_named_holidays(
    mut timetable: Timetable,
    named: Vec<(Spells, Vec<Span>)>,
) -> Result<Timetable, NotUnderstood> {
    for (spells, spans) in named {
        let known = Days {
            between: spells.known,
            ..Days::EVERY
        };
        if !known.between.is_empty() {
            timetable.rules.push(Rule::new(known, spans.clone()));
        }
        let perhaps = Days {
            between: spells.open_years,
            seasons: vec![spells.window],
            ..Days::EVERY
        };
        if !perhaps.between.is_empty() {
            timetable = painted_over(&timetable, &perhaps, |painted| agreed(painted, &spans))?;
        }
    }
    Ok(timetable)
}

/// 仅周末: all days but these.
fn others(sets: &[Vec<Selector>]) -> Result<Vec<Days>, NotUnderstood> {
    let cannot = NotUnderstood::Unclear("only on days that no timetable can turn round");
    let mut mask = 0;
    match sets {
        [set] if *set == [Selector::Holidays] => return Ok(vec![Days::of(ALL_CLASSES & !HOLIDAY)]),
        [set] if *set == [Selector::Workdays] => {
            return Ok(vec![
                Days {
                    weekdays: WEEK_END,
                    classes: ORDINARY,
                    ..Days::EVERY
                },
                Days::of(HOLIDAY),
            ]);
        }
        [set] => {
            if let [Selector::Yearly(from, to)] = set[..] {
                let before = MonthDay {
                    month: if from.day > 1 {
                        from.month
                    } else {
                        from.month.wrapping_sub(1).max(1)
                    },
                    day: if from.day > 1 { from.day - 1 } else { 31 },
                };
                let after = MonthDay {
                    day: to.day + 1,
                    ..to
                };
                let is_whole_year = from == md(1, 1);
                if is_whole_year || from.month == 1 {
                    return Err(cannot);
                }
                return Ok(vec![Days {
                    seasons: vec![(after, before)],
                    ..Days::EVERY
                }]);
            }
            for day in set {
                let Selector::Weekdays(more) = day else {
                    return Err(cannot);
                };
                mask |= more;
            }
        }
        _ => return Err(cannot),
    }
    Ok(vec![Days::on(ALL_WEEK & !mask)])
}

/// Where nobody is let in for more than an hour before it closes, nobody should go.
fn until_last_entry(mut spans: Vec<Span>, last_entry: Option<u16>) -> Vec<Span> {
    const USUAL: u16 = 60;
    let Some(last) = last_entry else { return spans };
    // 最晚5:00 of 9:00-21:00 is five in the afternoon; 最晚1:00 of a night is past midnight.
    let meant = [last, last + MINUTES_PER_DAY / 2, last + MINUTES_PER_DAY];
    let is_inside = |minute: &u16| {
        spans
            .iter()
            .any(|span| span.from < *minute && *minute <= span.to)
    };
    let last = meant.into_iter().find(is_inside).unwrap_or(last);
    let late: Vec<Span> = spans
        .iter()
        .filter(|span| span.to > last + USUAL)
        .map(|span| Span {
            from: span.from.max(last),
            to: span.to,
            door: Door::Unknown,
        })
        .collect();
    spans.extend(late);
    paint(spans)
}

fn unknown_on(days: Days) -> Rule {
    Rule::new(days, vec![Span::whole_day(Door::Unknown)])
}

fn is_dated(clause: &Clause) -> bool {
    clause
        .days
        .iter()
        .any(|day| matches!(day, Selector::Dates(..)) || is_one_date(day))
}

/// 10月1日, each year.
fn is_one_date(selector: &Selector) -> bool {
    match selector {
        Selector::Yearly(from, to) => from.month == to.month && to.day - from.day.min(to.day) < 10,
        _ => false,
    }
}

/// 平日 is Monday to Friday beside week-end hours, and every other day beside
/// holiday hours.
fn with_ordinary_days(clauses: &[Clause], choices: &mut Choices) -> Vec<Clause> {
    let names =
        |wanted: fn(&Selector) -> bool| clauses.iter().any(|clause| clause.days.iter().any(wanted));
    let names_weekdays = names(|s| matches!(s, Selector::Weekdays(_)));
    let names_others = names(|s| {
        matches!(
            s,
            Selector::Holidays | Selector::Named(_) | Selector::Lunar(..) | Selector::RestDays
        )
    });
    let mut all = clauses.to_vec();
    for selector in all.iter_mut().flat_map(|clause| &mut clause.days) {
        if *selector == Selector::OrdinaryDays {
            // Beside week-end hours it is the working week; beside 假日, which may be the
            // week-end, or every other day too.
            *selector = if names_weekdays {
                Selector::Weekdays(MONDAY_TO_FRIDAY)
            } else if names_others {
                [Selector::Weekdays(MONDAY_TO_FRIDAY), Selector::Rest][choices.pick(2)]
            } else {
                // 平日9:00-17:00, and nothing else: nobody knows which of these it means.
                [
                    Selector::Weekdays(MONDAY_TO_FRIDAY),
                    Selector::Workdays,
                    Selector::Rest,
                ][choices.pick(3)]
            };
        }
    }
    all
}

/// "周一至周五 8:30-17:00，7-8月 8:00-22:00": which holds on a Monday in July is a choice.
fn week_and_season_cross(clauses: &[Clause]) -> bool {
    let opens = |clause: &&Clause| matches!(clause.body, Body::Spans { .. });
    clauses.iter().filter(opens).any(is_of_season_only)
        && clauses
            .iter()
            .filter(opens)
            .any(|clause| clause.days.iter().any(is_in_week))
}

/// 周一至周五8:30-17:00，夏季8:30-18:00: the summer hours are those of the same weekdays.
fn within_the_week(clauses: Vec<Clause>) -> Vec<Clause> {
    let opens = |clause: &Clause| matches!(clause.body, Body::Spans { .. });
    let weeks: Vec<Vec<Selector>> = clauses
        .iter()
        .filter(|clause| opens(clause))
        .map(|clause| clause.days.iter().copied().filter(is_in_week).collect())
        .filter(|week: &Vec<Selector>| !week.is_empty())
        .collect();
    clauses
        .into_iter()
        .flat_map(|clause| {
            if !(opens(&clause) && is_of_season_only(&clause)) {
                return vec![clause];
            }
            let of_week = |week: &Vec<Selector>| Clause {
                days: [&clause.days[..], &week[..]].concat(),
                ..clause.clone()
            };
            weeks.iter().map(of_week).collect()
        })
        .collect()
}

fn is_of_season_only(clause: &Clause) -> bool {
    let is_season = |s: &Selector| {
        is_part_of_year(s) && !is_one_date(s)
            || matches!(s, Selector::Dates(from, to) if from != to)
    };
    clause.days.iter().any(is_season) && !clause.days.iter().any(is_in_week)
}

fn is_in_week(selector: &Selector) -> bool {
    matches!(
        selector,
        Selector::Weekdays(_) | Selector::Workdays | Selector::RestDays | Selector::NthWeekday(..)
    )
}

/// The spans of a clause without the breaks.
fn read_spans(open: &[WrittenSpan], breaks: &[WrittenSpan], has_noon_break: bool) -> Vec<Span> {
    let span = |written: &WrittenSpan, door| Span {
        from: written.from,
        to: written.to,
        door,
    };
    let latest = open.iter().map(|span| span.to).max().unwrap_or_default();
    let open = open.iter().map(|s| span(s, Door::Open));
    // 18:00-次日6:00，2:00-4:00休息: a break in the small hours is one of the night.
    let shut = breaks.iter().flat_map(|written| {
        let at_night = WrittenSpan {
            from: written.from + MINUTES_PER_DAY,
            to: written.to + MINUTES_PER_DAY,
        };
        let is_of_night = at_night.from < latest && at_night.to <= 2 * MINUTES_PER_DAY;
        [Some(*written), is_of_night.then_some(at_night)]
    });
    let shut: Vec<Span> = shut.flatten().map(|s| span(&s, Door::Shut)).collect();
    let read = paint(open.chain(shut).collect());
    let runs_through_noon = (720..780).all(|minute| door_at(&read, minute) == Door::Open);
    if !(has_noon_break && runs_through_noon) {
        return read;
    }
    let mut with_break = read.clone();
    for (from, to, door) in NOON_BREAK {
        let within = read.iter().filter(|span| span.from < to && span.to > from);
        with_break.extend(within.map(|span| Span {
            from: span.from.max(from),
            to: span.to.min(to),
            door,
        }));
    }
    paint(with_break)
}

fn paint(spans: Vec<Span>) -> Vec<Span> {
    let rule = Rule::new(Days::EVERY, spans);
    let painted = Timetable { rules: vec![rule] }.painted(Day(0), DayClass::Ordinary);
    agreed(&painted, &painted)
}

/// 周五下午闭馆: shut from 13:00, perhaps from 12:00; and so on. The minutes that are sure, and
/// those that are doubtful.
fn minutes_of(period: Period) -> ((u16, u16), Vec<(u16, u16)>) {
    const NIGHT_BEFORE: (u16, u16) = (MINUTES_PER_DAY, MINUTES_PER_DAY + 420);
    match period {
        Period::Morning => ((0, 720), vec![(720, 780)]),
        // Of the night that began the evening before, too.
        Period::Dawn => ((0, 360), vec![(360, 720), NIGHT_BEFORE]),
        Period::Noon => ((720, 780), vec![(660, 870)]),
        Period::Afternoon => ((780, 2 * MINUTES_PER_DAY), vec![(720, 780)]),
        // 夜间 begins somewhere between five and nine, and its small hours are of this day or the next.
        Period::Evening | Period::NextDay => {
            ((1260, 2 * MINUTES_PER_DAY), vec![(1020, 1260), (0, 420)])
        }
    }
}

/// A day's spans without some minutes, of which some are doubtful.
fn without(spans: &[Span], sure: (u16, u16), perhaps: &[(u16, u16)]) -> Vec<Span> {
    let mut rest = spans.to_vec();
    for perhaps in perhaps {
        rest.extend(
            spans
                .iter()
                .filter(|s| s.from < perhaps.1 && s.to > perhaps.0)
                .map(|s| Span {
                    from: s.from.max(perhaps.0),
                    to: s.to.min(perhaps.1),
                    door: Door::Unknown,
                }),
        );
    }
    rest.push(Span {
        from: sure.0,
        to: sure.1,
        door: Door::Shut,
    });
    paint(rest)
}

fn level(clause: &Clause, does_week_win: bool) -> Level {
    let has = |wanted: fn(&Selector) -> bool| clause.days.iter().any(wanted);
    if clause.body == Body::Off || clause.body == Body::Unknown && !clause.days.is_empty() {
        Level::Closure
    } else if is_dated(clause) {
        Level::Dates
    } else if has(|s| matches!(s, Selector::Holidays)) {
        Level::Holidays
    } else if has(|s| matches!(s, Selector::NthWeekday(..)))
        || has(|s| matches!(s, Selector::Yearly(..))) && !does_week_win
    {
        Level::PartOfYear
    } else if has(|s| matches!(s, Selector::RestDays)) {
        Level::RestDays
    } else if has(|s| matches!(s, Selector::Weekdays(_) | Selector::Workdays)) {
        Level::Week
    } else {
        Level::Everything
    }
}

/// The narrower of two clauses of a level lies over the other.
fn breadth(days: &Days) -> u32 {
    // A make-up day follows 工作日 even where week-end hours are given too.
    if days.classes == MAKE_UP {
        0
    } else {
        days.weekdays.count_ones()
    }
}

/// The days of a clause that names no holiday.
fn days_of(clause: &Clause) -> Result<Vec<Days>, NotUnderstood> {
    let mut kinds: Vec<Days> = Vec::new();
    let mut seasons = Vec::new();
    let mut between = Vec::new();
    for selector in &clause.days {
        match *selector {
            // Beside other days it adds none: 平时…（周一至周五）
            Selector::Every | Selector::Rest => {}
            Selector::Weekdays(mask) => match kinds.iter_mut().find(|days| is_week(days)) {
                Some(known) => known.weekdays |= mask,
                None => kinds.push(Days::on(mask)),
            },
            Selector::NthWeekday(nth, weekdays) => {
                kinds.push(Days {
                    weekdays,
                    nth,
                    ..Days::EVERY
                });
            }
            Selector::Workdays => {
                kinds.push(Days {
                    weekdays: MONDAY_TO_FRIDAY,
                    classes: ORDINARY | MAKE_UP,
                    ..Days::EVERY
                });
                kinds.push(Days::of(MAKE_UP));
            }
            Selector::RestDays => {
                kinds.push(Days {
                    weekdays: WEEK_END,
                    classes: ORDINARY | HOLIDAY,
                    ..Days::EVERY
                });
                kinds.push(Days::of(HOLIDAY));
            }
            Selector::Holidays => kinds.push(Days::of(HOLIDAY)),
            Selector::Yearly(from, to) => seasons.push((from, to)),
            Selector::Dates(from, to) => between.push((from, to)),
            Selector::OrdinaryDays
            | Selector::Named(_)
            | Selector::Lunar(..)
            | Selector::Vacation(_)
            | Selector::SomeSeason
            | Selector::Season(_) => {
                return Err(NotUnderstood::Unclear(
                    "a holiday or season beside other days",
                ));
            }
        }
    }
    if kinds.is_empty() {
        kinds.push(Days::EVERY);
    }
    for days in &mut kinds {
        days.seasons.clone_from(&seasons);
        days.between.clone_from(&between);
        if clause.but_not_on_holidays {
            days.classes &= !HOLIDAY;
        }
        debug_assert!(days.weekdays & !ALL_WEEK == 0);
    }
    Ok(kinds)
}

/// Whether these are weekdays and nothing else.
fn is_week(days: &Days) -> bool {
    days.nth == 0 && days.classes == ALL_CLASSES && days.weekdays != ALL_WEEK
}
