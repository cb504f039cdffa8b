//! Distances, times and opening states in words.

use super::language::Words;
use super::station_state::StationState;
use crate::domain::civil::{CivilTime, MINUTES_PER_DAY};
use crate::domain::decimal::fixed;
use crate::domain::opening::{Doubt, Opening};
use crate::domain::position::Metres;
use crate::domain::route::{NoCrossing, RouteKind};

/// An opening state in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateWords {
    /// The state on arrival; now, if the distance is unknown.
    pub state: StationState,
    /// The left half of the strip: the state.
    pub title: String,
    /// The right half of the strip: until when, or what to do.
    pub until: String,
    /// Both in short, for a row.
    pub short: String,
}

/// A distance in words, rounded to 10 m, from 1 km on to 100 m, from 100 km on to 1 km.
#[must_use]
pub fn distance(Metres(metres): Metres, words: &Words) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "distances on Earth fit"
    )]
    let tens = (metres / 10.0).round() as u32 * 10;
    if tens < 1000 {
        (words.metres)(tens.max(10))
    } else if tens < 100_000 {
        (words.kilometres)(&fixed(metres / 1000.0, 1))
    } else {
        (words.kilometres)(&fixed(metres / 1000.0, 0))
    }
}

/// A time of day: 8:30.
fn clock(time: CivilTime) -> String {
    let minute = time.minute();
    format!("{}:{:02}", minute / 60, minute % 60)
}

/// A time relative to `now`: 14:00, 明天 8:30, 周一 8:30, 10月8日 9:00. The midnight that
/// ends today is 24:00.
#[must_use]
pub fn when(time: CivilTime, now: CivilTime, words: &Words) -> String {
    let ends_today = time.minute() == 0 && time.day().plus(-1) == now.day();
    let ahead = time.day().0 - now.day().0;
    if ends_today && now.minutes_until(time) < i64::from(MINUTES_PER_DAY) {
        return "24:00".to_owned();
    }
    match ahead {
        0 => clock(time),
        1 => (words.tomorrow)(&clock(time)),
        2..=6 => (words.on_weekday)(usize::from(time.day().weekday()), &clock(time)),
        _ => {
            let (_, month, day) = time.day().ymd();
            (words.on_date)(month, day, &clock(time))
        }
    }
}

/// An opening time relative to `now`. Midnight is 0:00 of the next day here.
fn opening_time(time: CivilTime, now: CivilTime, words: &Words) -> String {
    if time.minute() == 0 && time.day().0 - now.day().0 == 1 {
        (words.tomorrow)("0:00")
    } else {
        when(time, now, words)
    }
}

/// An opening state in words. `arrival` is the travel time in minutes and the state then; none
/// if the distance is unknown. `hours_text` is the hours as printed.
#[must_use]
pub fn state(
    now: CivilTime,
    state_now: Opening,
    arrival: Option<(i64, Opening)>,
    hours_text: &str,
    words: &Words,
) -> StateWords {
    let then = arrival.map_or(state_now, |(_, then)| then);
    let say = |title: &str, until: String, short: String| StateWords {
        state: StationState::of(&then),
        title: title.to_owned(),
        until,
        short,
    };
    match then {
        Opening::Open { until } => {
            let was_shut = !state_now.is_open();
            let (closes, short) = match until {
                Some(until) => {
                    let time = when(until, now, words);
                    ((words.closes_at)(&time), (words.open_until)(&time))
                }
                None => (
                    words.round_the_clock.to_owned(),
                    format!("{} · {}", words.open_now, words.round_the_clock),
                ),
            };
            match (was_shut, arrival, until) {
                (true, ..) => say(
                    words.opens_by_arrival,
                    closes,
                    words.opens_by_arrival.to_owned(),
                ),
                (false, _, None) => say(words.open_all_night, closes, short),
                (false, Some(_), _) => say(words.open_on_arrival, closes, short),
                (false, None, _) => say(words.open_now, closes, short),
            }
        }
        Opening::ClosingSoon { until } => {
            let closes = (words.closes_in)(now.minutes_until(until));
            let left = match arrival {
                Some((minutes, _)) => {
                    (words.left_on_arrival)(now.plus_minutes(minutes).minutes_until(until))
                }
                None => (words.closes_at)(&when(until, now, words)),
            };
            say(&closes.clone(), left, closes)
        }
        Opening::Closed { opens, on_break } => {
            let opens = opens.map(|opens| opening_time(opens, now, words));
            let title = if state_now.is_open() {
                words.shut_before_arrival
            } else if on_break {
                words.lunch_break
            } else {
                words.closed
            };
            let until = opens.as_deref().map(words.opens_at).unwrap_or_default();
            let short = match opens.as_deref().map(words.closed_opens) {
                Some(opens) => format!("{title} · {opens}"),
                None => title.to_owned(),
            };
            say(title, until, short)
        }
        Opening::Unknown(doubt) => {
            let until = match doubt {
                Doubt::CalendarMissing(year) => (words.calendar_missing)(year),
                Doubt::NoHours => words.ask_first.to_owned(),
                Doubt::NotUnderstood | Doubt::Ambiguous => (words.hours_as_printed)(hours_text),
            };
            say(
                words.hours_unknown,
                until,
                format!("{} · {}", words.hours_unknown, words.ask_first),
            )
        }
    }
}

/// Minutes with their unit: 3 分钟.
#[must_use]
pub fn minutes(minutes: u32, unit: &str) -> String {
    format!("{minutes} {unit}")
}

/// The barriers and crossings on a route, in words; empty if there are none.
#[must_use]
pub fn route_kind(route_kind: &RouteKind<'_>, now: CivilTime, words: &Words) -> Vec<String> {
    match route_kind {
        RouteKind::Free => Vec::new(),
        RouteKind::Around(barrier) => vec![(words.around)(&barrier.name)],
        RouteKind::By(crossing) => {
            let mut said = vec![(words.by_crossing)(&crossing.name)];
            if crossing.verified_on.is_none() {
                said.push(words.crossing_unverified.to_owned());
            }
            said
        }
        RouteKind::OtherSide(barrier, why) => vec![
            (words.beyond)(&barrier.name),
            match why {
                NoCrossing::NoneKnown => words.no_crossing.to_owned(),
                NoCrossing::HoursUnknown(crossing) => {
                    (words.crossing_hours_unknown)(&crossing.name)
                }
                NoCrossing::NotInUse(crossing, Some(opens)) => {
                    let opens = opening_time(*opens, now, words);
                    (words.crossing_opens)(&crossing.name, &opens)
                }
                NoCrossing::NotInUse(crossing, None) => {
                    (words.crossing_not_in_time)(&crossing.name)
                }
            },
        ],
    }
}

/// How far the phone's clock is off, in words, and what that means.
#[must_use]
pub fn clock_off(minutes_ahead: i64, words: &Words) -> (String, &'static str) {
    let difference = long_time(minutes_ahead.abs(), words);
    let title = if minutes_ahead > 0 {
        words.clock_ahead
    } else {
        words.clock_behind
    };
    (title(&difference), words.clock_note)
}

/// A duration in its largest fitting unit: 7 分钟, 3 小时, 2 天.
fn long_time(minutes: i64, words: &Words) -> String {
    match minutes {
        ..=119 => (words.minutes_long)(minutes),
        120..=2879 => (words.hours_long)(minutes / 60),
        _ => (words.days_long)(minutes / 1440),
    }
}

/// The age of a position: 上次的位置（2 小时前）.
#[must_use]
pub fn last_place(minutes: i64, words: &Words) -> String {
    // The clock may have been set back since; the age is never negative.
    (words.last_place)(&long_time(minutes.max(0), words))
}

/// The age of the data in whole days of the dataset's zone.
#[must_use]
pub fn age_days(built_at: CivilTime, now: CivilTime) -> i64 {
    i64::from(now.day().0) - i64::from(built_at.day().0)
}

/// The age of the data in words: 今天 6:00 的数据; 7月12日的数据，3 天前. The date alone if the
/// phone's clock is before it.
#[must_use]
pub fn data_age(built_at: CivilTime, now: CivilTime, words: &Words) -> String {
    let (_, month, day) = built_at.day().ymd();
    let date = (words.date)(month, day);
    match age_days(built_at, now) {
        ..0 => (words.data_of)(&date),
        // Midnight means that the edition has a date without a time.
        0 if built_at.minute() == 0 => words.data_of_today.to_owned(),
        0 => (words.data_today)(&clock(built_at)),
        days => (words.data_days)(&date, days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::barrier::{Barrier, Crossing};
    use crate::view_model::language::Language;

    fn time(text: &str) -> CivilTime {
        text.parse().expect("a time")
    }

    #[track_caller]
    fn check(now: &str, state_now: Opening, arrival: Option<(i64, Opening)>, expected: &str) {
        let said = state(
            time(now),
            state_now,
            arrival,
            "看情况",
            Language::ZhCn.words(),
        );
        assert_eq!(
            format!("{}|{}|{}", said.title, said.until, said.short),
            expected
        );
    }

    #[test]
    fn a_row_says_in_short_what_the_strip_says() {
        let until = time("2026-07-15T20:00");
        let open = Opening::Open { until: Some(until) };
        check(
            "2026-07-15T13:12",
            open,
            Some((3, open)),
            "开着 · 到时还开着|20:00 关|开着 · 到 20:00",
        );
        let soon = Opening::ClosingSoon { until };
        check(
            "2026-07-15T19:42",
            soon,
            Some((5, soon)),
            "18 分钟后关门|到了还剩 13 分|18 分钟后关门",
        );
        let all_night = Opening::Open { until: None };
        check(
            "2026-07-15T23:00",
            all_night,
            Some((5, all_night)),
            "开着 · 通宵不关|24 小时|开着 · 24 小时",
        );
    }

    #[test]
    fn a_station_that_closes_before_the_arrival_says_so() {
        let until = time("2026-07-15T12:00");
        let opens = Some(time("2026-07-15T13:30"));
        check(
            "2026-07-15T11:56",
            Opening::ClosingSoon { until },
            Some((
                6,
                Opening::Closed {
                    opens,
                    on_break: true,
                },
            )),
            "开着，但到时关了|13:30 开门|开着，但到时关了 · 13:30 开",
        );
    }

    #[test]
    fn a_closed_station_says_when_it_opens() {
        let closed = |opens: &str, on_break| Opening::Closed {
            opens: Some(time(opens)),
            on_break,
        };
        for (opens, on_break, expected) in [
            ("2026-07-15T13:30", true, "午休|13:30 开门|午休 · 13:30 开"),
            (
                "2026-07-16T08:30",
                false,
                "关着|明天 8:30 开门|关着 · 明天 8:30 开",
            ),
            (
                "2026-07-16T00:00",
                false,
                "关着|明天 0:00 开门|关着 · 明天 0:00 开",
            ),
            (
                "2026-07-20T09:00",
                false,
                "关着|周一 9:00 开门|关着 · 周一 9:00 开",
            ),
            (
                "2026-10-08T09:00",
                false,
                "关着|10月8日 9:00 开门|关着 · 10月8日 9:00 开",
            ),
        ] {
            check("2026-07-15T12:30", closed(opens, on_break), None, expected);
        }
    }

    #[test]
    fn unknown_hours_are_never_called_open() {
        for (doubt, expected) in [
            (Doubt::NoHours, "时间不明|先问再去|时间不明 · 先问再去"),
            (
                Doubt::NotUnderstood,
                "时间不明|原文：看情况|时间不明 · 先问再去",
            ),
            (
                Doubt::CalendarMissing(2027),
                "时间不明|2027 年放假安排还没有，以现场为准|时间不明 · 先问再去",
            ),
        ] {
            check("2026-07-15T12:30", Opening::Unknown(doubt), None, expected);
        }
    }

    #[test]
    fn barriers_and_crossings_are_named() {
        let river = Barrier {
            name: "黄浦江".to_owned(),
            ..Barrier::default()
        };
        let ferry = Crossing {
            name: "东复线".to_owned(),
            ..Crossing::default()
        };
        let verified = Crossing {
            verified_on: "2026-07-01".parse().ok(),
            ..ferry.clone()
        };
        let opens = Some(time("2026-07-16T05:00"));
        for (route_kind, expected) in [
            (RouteKind::Free, ""),
            (RouteKind::Around(&river), "绕黄浦江弯道"),
            (RouteKind::By(&verified), "经东复线，已算等候"),
            (RouteKind::By(&ferry), "经东复线，已算等候|渡口未核实"),
            (
                RouteKind::OtherSide(&river, NoCrossing::NoneKnown),
                "隔着黄浦江|没有已知能过去的渡口或桥",
            ),
            (
                RouteKind::OtherSide(&river, NoCrossing::HoursUnknown(&ferry)),
                "隔着黄浦江|东复线：时间不明",
            ),
            (
                RouteKind::OtherSide(&river, NoCrossing::NotInUse(&ferry, opens)),
                "隔着黄浦江|东复线：明天 5:00 开",
            ),
            (
                RouteKind::OtherSide(&river, NoCrossing::NotInUse(&ferry, None)),
                "隔着黄浦江|东复线：赶不上",
            ),
        ] {
            let said = super::route_kind(
                &route_kind,
                time("2026-07-15T23:00"),
                Language::ZhCn.words(),
            );
            assert_eq!(said.join("|"), expected);
        }
    }

    #[test]
    fn a_clock_that_is_off_is_named_with_the_difference() {
        let words = Language::ZhCn.words();
        assert_eq!(clock_off(7, words).0, "手机时间快了 7 分钟");
        assert_eq!(clock_off(-90, words).0, "手机时间慢了 90 分钟");
        assert_eq!(clock_off(-480, words).0, "手机时间慢了 8 小时");
        assert_eq!(clock_off(132 * 1440, words).0, "手机时间快了 132 天");
    }

    #[test]
    fn distances_are_rounded() {
        let words = Language::ZhCn.words();
        for (metres, expected) in [
            (0.0, "10 米"),
            (824.0, "820 米"),
            (996.0, "1.0 公里"),
            (1349.0, "1.3 公里"),
            (123_456.0, "123 公里"),
        ] {
            assert_eq!(distance(Metres(metres), words), expected);
        }
    }

    #[test]
    fn the_age_of_the_data_is_as_precise_as_the_edition() {
        let words = Language::ZhCn.words();
        for (built_at, expected) in [
            ("2026-07-15T06:00", "今天 6:00 的数据"),
            ("2026-07-15T00:00", "今天的数据"),
            ("2026-07-12T06:00", "7月12日的数据，3 天前"),
        ] {
            assert_eq!(
                data_age(time(built_at), time("2026-07-15T12:00"), words),
                expected
            );
        }
    }

    #[test]
    fn midnight_ends_a_day_and_begins_the_next() {
        let words = Language::ZhCn.words();
        let now = time("2026-07-15T22:00");
        assert_eq!(when(time("2026-07-16T00:00"), now, words), "24:00");
        assert_eq!(when(time("2026-07-16T01:00"), now, words), "明天 1:00");
    }
}
