//! The stations near a position, and the reasons for their order.

use std::fmt::Write as _;
use std::io;

use serde_json::{Value, json};

use super::print::{self, tenths};
use crate::domain::nearest::Stations;
use crate::domain::opening::Opening;
use crate::domain::position::Metres;
use crate::domain::ranking::{
    FARTHER_MINUTES, Handicap, OpenWish, Question, REACH_MINUTES, Ranked, Tier, UNKNOWN_MINUTES,
    is_night,
};
use crate::domain::route::{NoCrossing, RouteKind};
use crate::publish::Language;

/// By great-circle distance alone. Stations that are not open when the question asks for it are
/// left out.
pub(super) fn by_distance<'a>(question: &Question<'a>, stations: &'a Stations) -> Vec<Ranked<'a>> {
    let routes = question.routes();
    let all = Question {
        open: OpenWish::Any,
        ..*question
    };
    let is_wanted = |ranked: &Ranked<'_>| match question.open {
        OpenWish::Any => true,
        OpenWish::Now => ranked.now.is_open(),
        OpenWish::Arrival => ranked.on_arrival.is_open(),
    };
    let found = stations.nearest(question.origin, question.limit, |station, Metres(_)| {
        question.filter.admits(station)
            && all
                .look_at(&routes, station)
                .as_ref()
                .is_some_and(is_wanted)
    });
    found
        .into_iter()
        .filter_map(|found| all.look_at(&routes, found.station))
        .collect()
}

/// Adds the stations that the page does not offer, in the order of their routes.
pub(super) fn add_the_others<'a>(
    question: &Question<'a>,
    stations: &'a Stations,
    listed: &mut Vec<Ranked<'a>>,
) {
    let all = Question {
        open: OpenWish::Any,
        ..*question
    };
    for ranked in all.ranked(stations) {
        let is_listed = |other: &Ranked<'_>| other.station.id == ranked.station.id;
        if !listed.iter().any(is_listed) {
            listed.push(ranked);
        }
    }
}

pub(super) fn print_json(
    question: &Question<'_>,
    listed: &[Ranked<'_>],
    lang: Language,
) -> io::Result<()> {
    let rows = listed.iter().map(|ranked| {
        let (barrier, crossing) = match ranked.route.route_kind {
            RouteKind::Free => (None, None),
            RouteKind::By(crossing) => (None, Some(&crossing.name)),
            RouteKind::Around(barrier) | RouteKind::OtherSide(barrier, _) => {
                (Some(&barrier.name), None)
            }
        };
        let Handicap {
            relief,
            members_only,
            closing,
            wait,
        } = ranked.handicap;
        let is_reached = !matches!(ranked.route.route_kind, RouteKind::OtherSide(..));
        json!({
            "id": ranked.station.id,
            "name": ranked.station.name,
            "distance_m": tenths(ranked.distance.0),
            "bearing_deg": bearing(question, ranked),
            "state": ranked.now.name(),
            "minutes": is_reached.then_some(ranked.minutes),
            "state_on_arrival": ranked.on_arrival.name(),
            "group": ranked.tier.name(),
            "fitness": ranked.fitness.name(),
            "handicap": {
                "relief": relief,
                "members_only": members_only,
                "closing": closing,
                "wait": wait,
            },
            "holiday_doubt": ranked.holiday_doubt,
            "barrier": barrier,
            "crossing": crossing,
            "why": why(question, ranked, lang),
        })
    });
    print::json(&rows.collect::<Value>())
}

pub(super) fn print_lines(question: &Question<'_>, listed: &[Ranked<'_>]) -> io::Result<()> {
    let lines = listed.iter().map(|ranked| {
        format!(
            "{:>8.0} m  {:>3.0}°  {:<12}  {}  {}\n",
            tenths(ranked.distance.0),
            bearing(question, ranked),
            ranked.now.name(),
            ranked.station.id,
            ranked.station.name,
        )
    });
    print::text(&lines.collect::<String>())
}

/// A paragraph a station.
pub(super) fn explain(
    question: &Question<'_>,
    listed: &[Ranked<'_>],
    lang: Language,
) -> io::Result<()> {
    let paragraphs = listed.iter().enumerate().map(|(number, ranked)| {
        format!(
            "{}. {}  {}\n   {}\n   {}\n   {}\n",
            number + 1,
            ranked.station.name,
            ranked.station.id,
            route(question, ranked, lang),
            doors(ranked, lang),
            why(question, ranked, lang),
        )
    });
    print::text(&paragraphs.collect::<String>())
}

fn bearing(question: &Question<'_>, ranked: &Ranked<'_>) -> f64 {
    tenths(question.origin.bearing_to(ranked.position)) % 360.0
}

/// Minutes, metres, barrier and crossing.
fn route(question: &Question<'_>, ranked: &Ranked<'_>, lang: Language) -> String {
    let metres = ranked.distance.0;
    let bearing_deg = bearing(question, ranked);
    let minutes = ranked.minutes;
    let straight = match lang {
        Language::Zh => format!("直线 {metres:.0} 米，方位 {bearing_deg:.0}°"),
        Language::En => format!("{metres:.0} m straight, bearing {bearing_deg:.0}°"),
    };
    let takes = match lang {
        Language::Zh => format!("约 {minutes} 分钟"),
        Language::En => format!("about {minutes} min"),
    };
    let checked = |is_verified| {
        if is_verified {
            ""
        } else {
            lang.say("（未核实）", " (unverified)")
        }
    };
    match (ranked.route.route_kind, lang) {
        (RouteKind::Free, Language::Zh) => format!("{takes}；{straight}；中间没有阻隔"),
        (RouteKind::Free, Language::En) => format!("{takes}; {straight}; nothing in between"),
        (RouteKind::Around(barrier), Language::Zh) => {
            format!("{takes}；{straight}；绕{}的弯道", barrier.name)
        }
        (RouteKind::Around(barrier), Language::En) => {
            format!("{takes}; {straight}; around a bend of {}", barrier.name)
        }
        (RouteKind::By(crossing), _) => {
            let (name, mark) = (&crossing.name, checked(crossing.verified_on.is_some()));
            let (wait, ride) = (crossing.wait_minutes, crossing.ride_minutes);
            match lang {
                Language::Zh => {
                    format!("{takes}；{straight}；经{name}{mark}，等 {wait} 分钟、过 {ride} 分钟")
                }
                Language::En => format!(
                    "{takes}; {straight}; by {name}{mark}, {wait} min wait and {ride} min across"
                ),
            }
        }
        (RouteKind::OtherSide(barrier, reason), _) => {
            let reason = no_crossing(reason, lang);
            match lang {
                Language::Zh => format!("{straight}；隔着{}：{reason}", barrier.name),
                Language::En => format!("{straight}; beyond {}: {reason}", barrier.name),
            }
        }
    }
}

fn no_crossing(reason: NoCrossing<'_>, lang: Language) -> String {
    match (reason, lang) {
        (NoCrossing::NoneKnown, Language::Zh) => "没有已知能过去的渡口或桥".to_owned(),
        (NoCrossing::NoneKnown, Language::En) => "no ferry or bridge is known".to_owned(),
        (NoCrossing::HoursUnknown(crossing), Language::Zh) => {
            format!("{}的时间不明", crossing.name)
        }
        (NoCrossing::HoursUnknown(crossing), Language::En) => {
            format!("the hours of {} are not known", crossing.name)
        }
        (NoCrossing::NotInUse(crossing, opens), _) => {
            let again = opens.map(|opens| opens.to_string()).unwrap_or_default();
            let name = &crossing.name;
            match lang {
                Language::Zh => format!("{name}那时不开 {again}").trim_end().to_owned(),
                Language::En => format!("{name} is not in use then {again}")
                    .trim_end()
                    .to_owned(),
            }
        }
    }
}

fn doors(ranked: &Ranked<'_>, lang: Language) -> String {
    let now = lang.say("现在", "now");
    let then = lang.say("到时", "on arrival");
    let say = |state: Opening| {
        let until = print::next_change(state)
            .map(|until| format!(" → {until}"))
            .unwrap_or_default();
        format!("{}{until}", state.name())
    };
    format!(
        "{now} {}; {then} {}",
        say(ranked.now),
        say(ranked.on_arrival)
    )
}

/// The tier, and the minutes that decide the order within it.
fn why(question: &Question<'_>, ranked: &Ranked<'_>, lang: Language) -> String {
    let group = match ranked.tier {
        Tier::All => lang
            .say("全部列出，按路程", "all doors, by the route alone")
            .to_owned(),
        Tier::Open => lang.say("开着", "open").to_owned(),
        Tier::Unknown => lang.say("时间不明", "hours unknown").to_owned(),
        Tier::Makeshift => lang
            .say(
                "开着，但只知道是厕所、加油站、充电处一类",
                "open, but known only as a toilet, a filling station or the like",
            )
            .to_owned(),
        Tier::Doubtful => match lang {
            Language::Zh => format!("时间不明，超过 {UNKNOWN_MINUTES} 分钟或只是厕所一类"),
            Language::En => {
                format!("hours unknown, beyond {UNKNOWN_MINUTES} minutes or makeshift")
            }
        },
        Tier::Reported => lang
            .say("刚报告过锁着或没了", "reported locked or gone")
            .to_owned(),
        Tier::OpensSoon => lang
            .say("一小时内开门", "opening within the hour")
            .to_owned(),
        Tier::OpenFarther => match lang {
            Language::Zh => format!("开着，{REACH_MINUTES} 到 {FARTHER_MINUTES} 分钟"),
            Language::En => format!("open, {REACH_MINUTES} to {FARTHER_MINUTES} minutes away"),
        },
        Tier::OtherSide => lang
            .say("对岸，另列", "on the other side, listed apart")
            .to_owned(),
    };
    if matches!(ranked.tier, Tier::All) {
        return group;
    }
    let minutes = ranked.minutes;
    let mut why = match lang {
        Language::Zh => format!("{group}；{minutes} 分钟"),
        Language::En => format!("{group}; {minutes} min"),
    };
    let Handicap {
        relief,
        members_only,
        closing,
        wait,
    } = ranked.handicap;
    for (handicap, zh, en) in [
        (relief, "设施差", "for lesser relief"),
        (members_only, "仅限会员", "for members only"),
        (closing, "快关门", "closing soon"),
        (wait, "等开门", "waiting for the door"),
    ] {
        if handicap > 0 {
            // Cannot fail: the text is in memory.
            let _ = match lang {
                Language::Zh => write!(why, " + {zh} {handicap} 分钟"),
                Language::En => write!(why, " + {handicap} min {en}"),
            };
        }
    }
    if ranked.holiday_doubt {
        why.push_str(lang.say(
            "；节日可能不开，排在确定开的后面",
            "; may be shut on the holiday, behind those that are sure",
        ));
    }
    if is_night(question.forecasts.now()) {
        why.push_str(lang.say(
            "；夜里 24 小时的优先",
            "; at night those that never shut first",
        ));
    }
    why
}
