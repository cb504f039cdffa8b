//! The texts about opening hours beside their readings.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::escaped;
use crate::domain::civil::Day;
use crate::domain::timetable::Timetable;
use crate::publish::config::Config;
use crate::publish::hours::{self, Understood};
use crate::publish::issue::{Language, hours_reason};
use crate::publish::prepare::Prepared;
use crate::view_model::language;
use crate::view_model::week::week;

/// Each text about opening hours beside its reading, so that people who know the stations can
/// check it; as HTML. A reading opens to the week of `day` as riders see it.
#[must_use]
pub fn hours_as_read(config: &Config, prepared: &Prepared, day: Day, language: Language) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for station in &prepared.stations {
        *counts.entry(&station.hours.text).or_default() += 1;
    }
    counts.remove("");
    let headings = [
        language.say("表里写的", "As printed"),
        language.say("站点", "Stations"),
        language.say("读成", "As understood"),
    ];
    let mut table = String::from("<table><tr>");
    for heading in headings {
        let _ = write!(table, "<th scope=\"col\">{heading}</th>");
    }
    table += "</tr>";
    for (text, count) in counts {
        let cell = match hours::understand(text, &config.calendar) {
            Ok(understood) => format!("<td>{}</td>", reading(config, &understood, day, language)),
            Err(reason) => {
                let reason = escaped(&hours_reason(&reason, language));
                format!("<td class=\"warning\">{reason}</td>")
            }
        };
        let text = escaped(text);
        let _ = write!(table, "<tr><td>{text}</td><td>{count}</td>{cell}</tr>");
    }
    let note = language.say(
        "点开能看到骑手会看到的一周。读成的写法是 OpenStreetMap 的 opening_hours。有几种读法的，? 后面是每一种；不一致的时候算时间不明。",
        "A click shows the week as riders see it. What was understood is written as OpenStreetMap's opening_hours. Where \
         there are several readings each stands behind a question mark; where they differ the hours are not known.",
    );
    format!("{table}</table><p>{note}</p>")
}

/// What was understood, with its week.
fn reading(config: &Config, understood: &Understood, day: Day, language: Language) -> String {
    let osm = |timetable| escaped(&hours::to_osm(timetable, &config.calendar));
    let mut html = format!("<details><summary>{}", osm(&understood.timetable));
    for reading in &understood.readings {
        let _ = write!(html, "<br>? {}", osm(reading));
    }
    html += "</summary><table>";
    html += &week_rows(config, &understood.timetable, day, language);
    html += "</table></details>";
    html
}

fn week_rows(config: &Config, timetable: &Timetable, day: Day, language: Language) -> String {
    let words = match language {
        Language::Zh => language::Language::ZhCn.words(),
        Language::En => language::Language::En.words(),
    };
    let days = week(timetable, day.start(), &config.calendar, words);
    let rows = days.iter().map(|day| {
        let (name, hours) = (escaped(&day.name), escaped(&day.hours));
        format!("<tr><th scope=\"row\">{name}</th><td>{hours}</td></tr>")
    });
    rows.collect()
}
