//! Makes a timetable of clauses: which one wins where several speak of a day,
//! and what stays unknown because two readings differ.

use super::NotUnderstood;
use super::clauses::{Body, Clause, Clauses, FOREVER, Selector, WrittenSpan};
use super::words::{Named, Period, Season};
use crate::domain::calendar::{Calendar, CalendarYear, DayClass};
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

/// June to August are surely summer, December to February surely winter; in
/// the other months the dates of the change are anybody's guess.
const SUMMER: (MonthDay, MonthDay) = (md(6, 1), md(8, 31));
const WINTER: (MonthDay, MonthDay) = (md(12, 1), md(2, 29));
const BETWEEN_SEASONS: [(MonthDay, MonthDay); 2] = [(md(3, 1), md(5, 31)), (md(9, 1), md(11, 30))];

const fn md(month: u8, day: u8) -> MonthDay {
    MonthDay { month, day }
}

pub(super) fn timetable(
    clauses: &Clauses,
    calendar: &Calendar,
) -> Result<Timetable, NotUnderstood> {
    let is_vague = |clause: &Clause| clause.days.iter().any(|s| matches!(s, Selector::Season(_)));
    if !clauses.clauses.iter().any(is_vague) {
        return build(clauses, calendar);
    }
    let in_season = |season: Season| {
        let kept = clauses
            .clauses
            .iter()
            .filter(|clause| {
                !clause
                    .days
                    .iter()
                    .any(|s| matches!(s, Selector::Season(other) if *other != season))
            })
            .map(|clause| {
                let mut days = clause.days.clone();
                let named = days.len();
                days.retain(|s| !matches!(s, Selector::Season(_)));
                // A clause for the whole season lies over one for the whole year.
                if days.is_empty() && named > 0 {
                    days.push(Selector::Yearly(md(1, 1), md(12, 31)));
                }
                Clause {
                    days,
                    ..clause.clone()
                }
            })
            .collect();
        build(
            &Clauses {
                clauses: kept,
                ..clauses.clone()
            },
            calendar,
        )
    };
    seasons_joined(&in_season(Season::Summer)?, &in_season(Season::Winter)?)
}

/// Summer's and winter's rules in their months, and what both say in between.
fn seasons_joined(summer: &Timetable, winter: &Timetable) -> Result<Timetable, NotUnderstood> {
    let whole_year = (md(1, 1), md(12, 31));
    let is_plain = |rule: &Rule| {
        rule.days.nth == 0
            && rule.days.between.is_empty()
            && (rule.days.seasons.is_empty() || rule.days.seasons == [whole_year])
    };
    if !summer.rules.iter().chain(&winter.rules).all(is_plain) {
        return Err(NotUnderstood::Unclear(
            "seasons without dates beside dated exceptions",
        ));
    }
    let within = |timetable: &Timetable, season| {
        timetable.rules.clone().into_iter().map(move |rule| Rule {
            days: Days {
                seasons: vec![season],
                ..rule.days
            },
            ..rule
        })
    };
    let mut rules: Vec<Rule> = within(summer, SUMMER)
        .chain(within(winter, WINTER))
        .collect();
    rules.extend(by_weekday(
        &[summer, winter],
        &Days {
            seasons: BETWEEN_SEASONS.to_vec(),
            ..Days::EVERY
        },
        |readings| agreed(&readings[0], &readings[1]),
    ));
    Ok(Timetable { rules })
}

/// Rules for each weekday (and class of day, where that matters) that say what
/// `decide` makes of what `timetables` say there.
fn by_weekday(
    timetables: &[&Timetable],
    days: &Days,
    decide: impl Fn(&[Vec<Span>]) -> Vec<Span>,
) -> Vec<Rule> {
    let depends = timetables
        .iter()
        .any(|timetable| timetable.depends_on_calendar());
    let classes: &[(u8, DayClass)] = if depends {
        &[
            (ORDINARY, DayClass::Ordinary),
            (HOLIDAY, DayClass::Holiday),
            (MAKE_UP, DayClass::MakeUp),
        ]
    } else {
        &[(ALL_CLASSES, DayClass::Ordinary)]
    };
    let mut rules: Vec<Rule> = Vec::new();
    for &(bits, class) in classes {
        let mut by_spans: Vec<(u8, Vec<Span>)> = Vec::new();
        // Some week of April, which no rule here singles out.
        for day in (0..7).map(|ahead| Day(ORDINARY_MONDAY.0 + ahead)) {
            let readings: Vec<_> = timetables
                .iter()
                .map(|timetable| timetable.painted(day, class))
                .collect();
            let spans = decide(&readings);
            match by_spans.iter_mut().find(|(_, known)| *known == spans) {
                Some((mask, _)) => *mask |= 1 << day.weekday(),
                None => by_spans.push((1 << day.weekday(), spans)),
            }
        }
        for (weekdays, spans) in by_spans {
            let classes = bits & days.classes;
            let weekdays = weekdays & days.weekdays;
            if classes != 0 && weekdays != 0 {
                rules.push(Rule::new(
                    Days {
                        weekdays,
                        classes,
                        ..days.clone()
                    },
                    spans,
                ));
            }
        }
    }
    rules
}

/// Monday, 2001-04-09: long before any date that a list names.
const ORDINARY_MONDAY: Day = Day(11_421);

fn build(clauses: &Clauses, calendar: &Calendar) -> Result<Timetable, NotUnderstood> {
    let all = with_ordinary_days(&clauses.clauses)?;
    refuse_crossed_conditions(&all)?;
    let breaks: Vec<WrittenSpan> = all
        .iter()
        .filter_map(|clause| match &clause.body {
            Body::Spans(spans) => Some(spans),
            _ => None,
        })
        .flatten()
        .filter(|span| span.is_break)
        .copied()
        .collect();
    let says_hours = all.iter().any(|clause| {
        matches!(&clause.body, Body::Spans(spans) if spans.iter().any(|span| !span.is_break))
            || clause.body == Body::AsUsual
            || clause.body == Body::Unknown
    });
    let has_base = all.iter().any(|clause| {
        matches!(clause.body, Body::Spans(_))
            && clause
                .days
                .iter()
                .all(|s| matches!(s, Selector::Every | Selector::Rest))
    });

    let is_shut_for_good = |c: &Clause| c.days.is_empty() && c.body == Body::Off;
    let mut ranked: Vec<(u8, u32, Rule)> = Vec::new();
    if all.iter().any(is_shut_for_good) {
        // 暂停开放
    } else if !says_hours
        || !all
            .iter()
            .any(|c| !c.days.is_empty() || matches!(c.body, Body::Spans(_)))
    {
        let nobody_knows = Rule::new(Days::EVERY, vec![Span::whole_day(Door::Unknown)]);
        ranked.push((0, u32::MAX, nobody_knows));
    }
    let mut parts_off = Vec::new();
    let mut named = Vec::new();
    for clause in &all {
        let spans = match &clause.body {
            Body::Spans(spans) if spans.iter().all(|span| span.is_break) => continue,
            Body::Spans(spans) => read_spans(spans, &breaks, clauses.has_vague_noon_break),
            Body::Off => Vec::new(),
            Body::AsUsual if has_base => continue,
            Body::Unknown | Body::AsUsual => vec![Span::whole_day(Door::Unknown)],
            Body::OffDuring(period) => {
                parts_off.push((clause, *period));
                continue;
            }
        };
        let spells = named_spells(&clause.days, calendar)?;
        if !spells.is_empty() {
            named.extend(spells.into_iter().map(|spells| (spells, spans.clone())));
            continue;
        }
        for days in days_of(clause)? {
            if clause.but_not_on_holidays && !has_base {
                // 周二至周日9:00-17:00，周一闭馆（节假日除外）: open on such a
                // Monday, but nobody says when.
                let days = Days {
                    classes: HOLIDAY,
                    ..days.clone()
                };
                let unknown = vec![Span::whole_day(Door::Unknown)];
                ranked.push((level(clause), breadth(&days), Rule::new(days, unknown)));
            }
            ranked.push((
                level(clause),
                breadth(&days),
                Rule::new(days, spans.clone()),
            ));
        }
    }
    ranked.sort_by_key(|(level, breadth, _)| (*level, std::cmp::Reverse(*breadth)));
    let mut timetable = Timetable {
        rules: ranked.into_iter().map(|(_, _, rule)| rule).collect(),
    };
    if timetable.rules.is_empty() && named.is_empty() {
        return Err(NotUnderstood::NothingSaid);
    }
    for (clause, period) in parts_off {
        let mut rules = Vec::new();
        for days in days_of(clause)? {
            rules.extend(by_weekday(&[&timetable], &days, |painted| {
                without_period(&painted[0], period)
            }));
        }
        timetable.rules.extend(rules);
    }
    for (spells, spans) in named {
        let known = Days {
            between: spells.known,
            ..Days::EVERY
        };
        let on_holiday = Timetable {
            rules: vec![Rule::new(Days::EVERY, spans.clone())],
        };
        let perhaps = Days {
            between: spells.open_years,
            seasons: vec![spells.window],
            ..Days::EVERY
        };
        let guesses = by_weekday(&[&timetable, &on_holiday], &perhaps, |readings| {
            agreed(&readings[0], &readings[1])
        });
        if !known.between.is_empty() {
            timetable.rules.push(Rule::new(known, spans));
        }
        if !perhaps.between.is_empty() {
            timetable.rules.extend(guesses);
        }
    }
    Ok(timetable)
}

/// 平日 is Monday to Friday beside week-end hours, and every other day beside
/// holiday hours.
fn with_ordinary_days(clauses: &[Clause]) -> Result<Vec<Clause>, NotUnderstood> {
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
            *selector = if names_weekdays {
                Selector::Weekdays(MONDAY_TO_FRIDAY)
            } else if names_others {
                Selector::Rest
            } else {
                return Err(NotUnderstood::Unclear("which days 平日 means is not clear"));
            };
        }
    }
    Ok(all)
}

/// "周一至周五 8:30-17:00，7-8月 8:00-22:00": on a Saturday in July, who knows?
fn refuse_crossed_conditions(clauses: &[Clause]) -> Result<(), NotUnderstood> {
    let is_spans = |clause: &&Clause| matches!(clause.body, Body::Spans(_));
    let is_season = |s: &Selector| matches!(s, Selector::Yearly(..));
    let is_week = |s: &Selector| {
        matches!(
            s,
            Selector::Weekdays(_)
                | Selector::Workdays
                | Selector::RestDays
                | Selector::NthWeekday(..)
        )
    };
    let season_only = clauses
        .iter()
        .filter(is_spans)
        .any(|c| c.days.iter().any(is_season) && !c.days.iter().any(is_week));
    let week_only = clauses
        .iter()
        .filter(is_spans)
        .any(|c| c.days.iter().any(is_week) && !c.days.iter().any(is_season));
    if season_only && week_only {
        return Err(NotUnderstood::Unclear(
            "one part speaks of weekdays, another of a season; on some days they disagree",
        ));
    }
    Ok(())
}

/// The spans of a clause in the readings it allows, without the breaks.
fn read_spans(spans: &[WrittenSpan], breaks: &[WrittenSpan], has_noon_break: bool) -> Vec<Span> {
    let painted = |other: bool| {
        let span = |written: &WrittenSpan, door| {
            let (from, to) = written
                .other
                .filter(|_| other)
                .unwrap_or((written.from, written.to));
            Span { from, to, door }
        };
        let open = spans
            .iter()
            .filter(|s| !s.is_break)
            .map(|s| span(s, Door::Open));
        let shut = breaks.iter().map(|s| span(s, Door::Shut));
        paint(open.chain(shut).collect())
    };
    let read = agreed(&painted(false), &painted(true));
    let runs_through_noon = (660..870).all(|minute| door_at(&read, minute) == Door::Open)
        || (720..780).all(|minute| door_at(&read, minute) == Door::Open);
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
    let painted = Timetable { rules: vec![rule] }.painted(ORDINARY_MONDAY, DayClass::Ordinary);
    agreed(&painted, &painted)
}

/// 周五下午闭馆: shut from 13:00, perhaps from 12:00; and so on.
fn without_period(spans: &[Span], period: Period) -> Vec<Span> {
    let shut = |from, to| Span {
        from,
        to,
        door: Door::Shut,
    };
    let (sure, perhaps) = match period {
        Period::Morning | Period::Dawn => (shut(0, 720), (720, 780)),
        Period::Noon => (shut(720, 780), (660, 870)),
        Period::Afternoon => (shut(780, 2 * MINUTES_PER_DAY), (720, 780)),
        Period::Evening | Period::NextDay => (shut(1080, 2 * MINUTES_PER_DAY), (1020, 1080)),
    };
    let mut rest = spans.to_vec();
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
    rest.push(sure);
    paint(rest)
}

/// Which clause wins: later levels lie over earlier ones.
fn level(clause: &Clause) -> u8 {
    let has = |wanted: fn(&Selector) -> bool| clause.days.iter().any(wanted);
    if has(|s| matches!(s, Selector::Dates(..))) {
        7
    } else if has(|s| matches!(s, Selector::Holidays)) {
        5
    } else if matches!(clause.body, Body::Off | Body::Unknown) && !clause.days.is_empty() {
        4
    } else if has(|s| matches!(s, Selector::Yearly(..) | Selector::NthWeekday(..))) {
        3
    } else if has(|s| matches!(s, Selector::Workdays | Selector::RestDays)) {
        2
    } else {
        u8::from(has(|s| matches!(s, Selector::Weekdays(_))))
    }
}

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
            Selector::Every | Selector::Rest => kinds.push(Days::EVERY),
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

/// When a holiday called by name falls.
struct Spells {
    /// The dates that are announced.
    known: Vec<(Day, Day)>,
    /// The years that are not …
    open_years: Vec<(Day, Day)>,
    /// … and the part of the year in which it may fall then.
    window: (MonthDay, MonthDay),
}

/// The spells of a clause that names holidays; none if it names no holiday.
fn named_spells(days: &[Selector], calendar: &Calendar) -> Result<Vec<Spells>, NotUnderstood> {
    let spells: Vec<Spells> = days
        .iter()
        .filter_map(|selector| match *selector {
            Selector::Named(named) => Some(holiday_spells(named, calendar)),
            Selector::Lunar(first, last) => Some(lunar_spells(first, last)),
            _ => None,
        })
        .collect();
    if spells.is_empty() || spells.len() == days.len() {
        Ok(spells)
    } else {
        Err(NotUnderstood::Unclear(
            "a holiday called by name beside other days",
        ))
    }
}

/// New Year's day of the lunar calendar, from the tables of the Hong Kong
/// Observatory.
const LUNAR_NEW_YEAR: [(i32, u8, u8); 12] = [
    (2024, 2, 10),
    (2025, 1, 29),
    (2026, 2, 17),
    (2027, 2, 6),
    (2028, 1, 26),
    (2029, 2, 13),
    (2030, 2, 3),
    (2031, 1, 23),
    (2032, 2, 11),
    (2033, 1, 31),
    (2034, 2, 19),
    (2035, 2, 8),
];

fn lunar_new_year(year: i32) -> Option<Day> {
    let (_, month, day) = LUNAR_NEW_YEAR.iter().find(|(known, ..)| *known == year)?;
    Day::from_ymd(year, *month, *day)
}

fn lunar_spells(first: i8, last: i8) -> Spells {
    let known = LUNAR_NEW_YEAR
        .iter()
        .filter_map(|(year, ..)| lunar_new_year(*year))
        .map(|day| (day.plus(i32::from(first)), day.plus(i32::from(last))))
        .collect();
    let years: Vec<i32> = LUNAR_NEW_YEAR.iter().map(|(year, ..)| *year).collect();
    Spells {
        known,
        open_years: other_years(&years),
        window: (md(1, 20), md(3, 8)),
    }
}

fn holiday_spells(named: Named, calendar: &Calendar) -> Spells {
    let window = match named {
        Named::NewYear => (md(12, 29), md(1, 4)),
        Named::SpringFestival => (md(1, 15), md(3, 5)),
        Named::Qingming => (md(4, 2), md(4, 8)),
        Named::Labour => (md(4, 27), md(5, 7)),
        Named::DragonBoat => (md(5, 24), md(6, 28)),
        Named::MidAutumn => (md(9, 5), md(10, 11)),
        Named::National => (md(9, 28), md(10, 11)),
    };
    let is_day_of = |day: Day, class_year: &CalendarYear| {
        let MonthDay {
            month,
            day: of_month,
        } = day.month_day();
        match named {
            Named::NewYear => (month, of_month) == (1, 1),
            Named::SpringFestival => lunar_new_year(class_year.year) == Some(day),
            Named::Qingming => month == 4 && (4..=6).contains(&of_month),
            Named::Labour => (month, of_month) == (5, 1),
            Named::DragonBoat => month == 6 || (month == 5 && of_month > 20),
            Named::MidAutumn => month == 9 || (month == 10 && class_year.year == 2025),
            Named::National => (month, of_month) == (10, 1),
        }
    };
    let mut years = Vec::new();
    let mut known = Vec::new();
    for year in calendar.years() {
        let mut runs: Vec<(Day, Day)> = Vec::new();
        for &day in &year.holidays {
            match runs.last_mut() {
                Some((_, last)) if last.plus(1) == day => *last = day,
                _ => runs.push((day, day)),
            }
        }
        let run = runs
            .into_iter()
            .find(|&(first, last)| (first.0..=last.0).any(|day| is_day_of(Day(day), year)));
        if let Some(run) = run {
            years.push(year.year);
            known.push(run);
        }
    }
    Spells {
        known,
        open_years: other_years(&years),
        window,
    }
}

/// The spells that are in none of these years, which ascend.
fn other_years(years: &[i32]) -> Vec<(Day, Day)> {
    let start = |year| Day::from_ymd(year, 1, 1).unwrap_or(FOREVER);
    let mut open = Vec::new();
    let mut from = start(1);
    for &year in years {
        let before = start(year).plus(-1);
        if from <= before {
            open.push((from, before));
        }
        from = start(year + 1);
    }
    open.push((from, FOREVER));
    open
}
