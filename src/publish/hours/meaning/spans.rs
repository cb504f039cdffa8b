//! The times of a clause as the spans of a rule: breaks, the last admission, parts of the day.

use crate::domain::calendar::DayClass;
use crate::domain::civil::{Day, MINUTES_PER_DAY};
use crate::domain::timetable::{Days, OpenState, Rule, Span, Timetable, agreed, open_state_at};
use crate::publish::hours::piece::Span as WrittenSpan;
use crate::publish::hours::token::Period;

/// A noon break without times: certainly from 12:00 to 13:00, perhaps from 11:00 and until
/// 14:30.
const NOON_BREAK: [(u16, u16, OpenState); 3] = [
    (660, 720, OpenState::Unknown),
    (720, 780, OpenState::Shut),
    (780, 870, OpenState::Unknown),
];

/// The spans of a clause without the breaks.
pub(super) fn read_spans(
    open: &[WrittenSpan],
    breaks: &[WrittenSpan],
    has_noon_break: bool,
) -> Vec<Span> {
    let span = |written: &WrittenSpan, state| Span {
        from: written.from,
        to: written.to,
        state,
    };
    let latest = open.iter().map(|span| span.to).max().unwrap_or_default();
    let open = open.iter().map(|s| span(s, OpenState::Open));
    // 18:00-次日6:00，2:00-4:00休息: a break in the small hours is one of the night.
    let shut = breaks.iter().flat_map(|written| {
        let at_night = WrittenSpan {
            from: written.from + MINUTES_PER_DAY,
            to: written.to + MINUTES_PER_DAY,
        };
        let is_of_night = at_night.from < latest && at_night.to <= 2 * MINUTES_PER_DAY;
        [Some(*written), is_of_night.then_some(at_night)]
    });
    let shut: Vec<Span> = shut.flatten().map(|s| span(&s, OpenState::Shut)).collect();
    let read = paint(open.chain(shut).collect());
    let runs_through_noon =
        (720..780).all(|minute| open_state_at(&read, minute) == OpenState::Open);
    if !(has_noon_break && runs_through_noon) {
        return read;
    }
    let mut with_break = read.clone();
    for (from, to, state) in NOON_BREAK {
        let within = read.iter().filter(|span| span.from < to && span.to > from);
        with_break.extend(within.map(|span| Span {
            from: span.from.max(from),
            to: span.to.min(to),
            state,
        }));
    }
    paint(with_break)
}

/// If the last admission is more than an hour before closing, the time after it is unknown:
/// nobody should go then.
pub(super) fn until_last_entry(mut spans: Vec<Span>, last_entry: Option<u16>) -> Vec<Span> {
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
            state: OpenState::Unknown,
        })
        .collect();
    spans.extend(late);
    paint(spans)
}

/// The certain and the doubtful minutes of a closure. 周五下午闭馆: shut from 13:00, perhaps
/// from 12:00.
pub(super) fn minutes_of(period: Period) -> ((u16, u16), Vec<(u16, u16)>) {
    const NIGHT_BEFORE: (u16, u16) = (MINUTES_PER_DAY, MINUTES_PER_DAY + 420);
    match period {
        Period::Morning => ((0, 720), vec![(720, 780)]),
        // Of the night that began the evening before, too.
        Period::Dawn => ((0, 360), vec![(360, 720), NIGHT_BEFORE]),
        Period::Noon => ((720, 780), vec![(660, 870)]),
        Period::Afternoon => ((780, 2 * MINUTES_PER_DAY), vec![(720, 780)]),
        // 夜间 begins between 17:00 and 21:00, and its small hours belong to this day or the
        // next.
        Period::Evening | Period::NextDay => {
            ((1260, 2 * MINUTES_PER_DAY), vec![(1020, 1260), (0, 420)])
        }
    }
}

/// A day's spans without the certain minutes of a closure, and unknown in the doubtful ones.
pub(super) fn without(spans: &[Span], sure: (u16, u16), perhaps: &[(u16, u16)]) -> Vec<Span> {
    let mut rest = spans.to_vec();
    for perhaps in perhaps {
        rest.extend(
            spans
                .iter()
                .filter(|s| s.from < perhaps.1 && s.to > perhaps.0)
                .map(|s| Span {
                    from: s.from.max(perhaps.0),
                    to: s.to.min(perhaps.1),
                    state: OpenState::Unknown,
                }),
        );
    }
    rest.push(Span {
        from: sure.0,
        to: sure.1,
        state: OpenState::Shut,
    });
    paint(rest)
}

fn paint(spans: Vec<Span>) -> Vec<Span> {
    let rule = Rule::new(Days::EVERY, spans);
    let painted = Timetable { rules: vec![rule] }.painted(Day(0), DayClass::Ordinary);
    agreed(&painted, &painted)
}
