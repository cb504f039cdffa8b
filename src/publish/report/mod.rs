//! The report for the clerk: how many stations there are, where they lie, when they are open,
//! how their hours were understood, and every row that needs a correction. The page loads
//! nothing from the network.

mod hours_as_read;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::config::Config;
use super::issue::{Issue, Language, Severity, place};
use super::prepare::{Prepared, RejectedPosition};
use crate::domain::civil::{CivilTime, Day};
use crate::domain::opening::Hours;
use crate::domain::position::{Bounds, LonLat};
use crate::domain::station::{Feature, Station, Tristate};
pub use hours_as_read::hours_as_read;

/// The page, as HTML. Coverage is counted over the week of `day`.
#[must_use]
pub fn report(config: &Config, prepared: &Prepared, day: Day, language: Language) -> String {
    let title = language.say("站点检查报告", "Report on a list of stations");
    let rows: String = prepared
        .issues
        .iter()
        .map(|issue| issue_row(issue, language))
        .collect();
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title} · {name}</title>\n<style>{STYLE}</style>\n\
         <h1>{title}</h1>\n<p>{name} · {day}</p>\n\
         {counts}\n<h2>{where_heading}</h2>\n{picture}\n\
         <h2>{when_heading}</h2>\n{coverage}\n\
         <h2>{read_heading}</h2>\n{read}\n\
         <h2>{columns_heading}</h2>\n{columns}\n\
         <h2>{issues_heading}</h2>\n\
         <p><label>{filter} <input id=\"filter\" type=\"search\"></label> <output id=\"shown\"></output></p>\n\
         <table id=\"issues\"><thead><tr>{headings}</tr></thead><tbody>\n{rows}</tbody></table>\n\
         <script>{SCRIPT}</script>\n</html>\n",
        lang = language.say("zh-CN", "en"),
        name = escaped(&config.title),
        counts = counts_table(prepared, language),
        where_heading = language.say("站点在哪里", "Where the stations lie"),
        picture = maps(prepared, language),
        when_heading = language.say(
            "一周每小时开着几个",
            "How many are open, by hour of the week"
        ),
        coverage = coverage(config, prepared, day, language),
        read_heading = language.say("开放时间读成了什么", "Opening hours as understood"),
        read = hours_as_read(config, prepared, day, language),
        columns_heading = language.say("每一列当作了什么", "What each column was taken for"),
        columns = columns(prepared, language),
        issues_heading = language.say("要看的行", "Rows to look at"),
        filter = language.say("筛选", "Filter"),
        headings = [
            language.say("程度", "Severity"),
            language.say("文件", "File"),
            language.say("行", "Row"),
            language.say("字段", "Field"),
            language.say("站点", "Station"),
            language.say("问题和办法", "What is wrong, what to do"),
        ]
        .map(|word| format!("<th scope=\"col\">{word}</th>"))
        .concat(),
    )
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:1rem auto;padding:0 1rem;\
color:#1b1b1b;background:#fff}table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #bbb;\
padding:.2rem .5rem;text-align:left;vertical-align:top}.error{background:#ffe3e0}.warning{background:#fff4d6}\
th,td:first-child{white-space:nowrap}\
svg{max-width:100%;max-height:40rem;height:auto;border:1px solid #bbb}.week td{text-align:center;padding:.1rem .25rem;\
font-variant-numeric:tabular-nums}.none{background:#1b1b1b;color:#fff}input{font:inherit;padding:.3rem}";

const SCRIPT: &str = "const rows=[...document.querySelectorAll('#issues tbody tr')];\
const shown=document.getElementById('shown');const filter=document.getElementById('filter');\
const show=()=>{const wanted=filter.value.toLowerCase();let count=0;for(const row of rows){\
const fits=row.textContent.toLowerCase().includes(wanted);row.hidden=!fits;count+=fits}\
shown.textContent=count+' / '+rows.length};filter.addEventListener('input',show);show();";

/// A text as HTML, also within quotation marks.
#[must_use]
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// What there is, and how many of it.
#[must_use]
pub fn counts(prepared: &Prepared, language: Language) -> Vec<(String, usize)> {
    let stations = &prepared.stations;
    let count =
        |is_it: &dyn Fn(&Station) -> bool| stations.iter().filter(|station| is_it(station)).count();
    let lines = [
        (
            language.say("有站点的行", "Rows with a station"),
            prepared.rows,
        ),
        (language.say("站点", "Stations"), stations.len()),
        (
            language.say("没有位置", "Without a position"),
            count(&|s| s.position.is_none()),
        ),
        (
            language.say("时间不明", "Hours not known"),
            count(&|s| s.hours.timetable.is_none()),
        ),
        (
            language.say("没有电话", "Without a telephone number"),
            count(&|s| s.phone.is_empty()),
        ),
        (
            language.say("没有写设施", "Nothing said of what they offer"),
            count(&|s| {
                Feature::ALL
                    .iter()
                    .all(|feature| s.features.answer(*feature) == Tristate::Unknown)
            }),
        ),
        (
            language.say("从未核对", "Never checked by a person"),
            count(&|s| s.verified_on.is_none()),
        ),
        (
            language.say("错误", "Errors"),
            prepared.count_of(Severity::Error),
        ),
        (
            language.say("注意", "Warnings"),
            prepared.count_of(Severity::Warning),
        ),
        (
            language.say("提示", "Notes"),
            prepared.count_of(Severity::Note),
        ),
    ];
    lines.map(|(name, count)| (name.to_owned(), count)).into()
}

fn counts_table(prepared: &Prepared, language: Language) -> String {
    let stations = &prepared.stations;
    let mut rows = String::new();
    for (name, count) in counts(prepared, language) {
        let _ = write!(
            rows,
            "<tr><th scope=\"row\">{name}</th><td>{count}</td></tr>"
        );
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for kind in stations.iter().flat_map(|station| &station.kinds) {
        *kinds.entry(kind).or_default() += 1;
    }
    let kinds: Vec<String> = kinds
        .iter()
        .map(|(kind, count)| format!("{} {count}", escaped(kind)))
        .collect();
    format!("<table>{rows}</table><p>{}</p>", kinds.join(" · "))
}

/// The longer side of the map, in its own units.
const SIDE: f64 = 640.0;

/// More stations than this are dots without names: an element each would stop a browser.
const MANY_DOTS: usize = 3000;

/// Room for the marks at its edges.
const MARGIN: f64 = 40.0;

/// A map without tiles for each city, as HTML: on one map two cities would be two specks.
#[must_use]
pub fn maps(prepared: &Prepared, language: Language) -> String {
    let mut cities: BTreeMap<&str, (Vec<&Station>, Vec<&RejectedPosition>)> = BTreeMap::new();
    for station in &prepared.stations {
        let city = cities.entry(&station.city).or_default();
        if station.position.is_some() {
            city.0.push(station);
        }
    }
    for rejected in &prepared.rejected {
        cities.entry(&rejected.city).or_default().1.push(rejected);
    }
    let pictures: Vec<String> = cities
        .into_iter()
        .filter_map(|(city, (placed, rejected))| {
            let drawn = picture(&placed, &rejected, language)?;
            Some(format!("<h3>{}</h3>{drawn}", escaped(city)))
        })
        .collect();
    let mut notes = Vec::new();
    if pictures.is_empty() {
        notes.push(language.say("没有一个站点有位置。", "No station has a position."));
    } else {
        notes.push(language.say("北在上。", "North is up."));
    }
    if !prepared.rejected.is_empty() {
        notes.push(language.say(
            "红叉是可疑的位置，没有发布，下面是文件、行号、名称；在图外的画在边上，写明相距多远。",
            "A red cross is a doubtful position, which is not published; below are file, row and name. One outside of the \
             picture stands at its edge, with its distance.",
        ));
    }
    format!("{}<p>{}</p>", pictures.concat(), notes.join(" "))
}

/// A dot for each station; a cross with a number for each doubtful position, and a list of those.
fn picture(
    placed: &[&Station],
    rejected: &[&RejectedPosition],
    language: Language,
) -> Option<String> {
    let published = placed.iter().filter_map(|station| station.position);
    let doubtful = rejected.iter().map(|rejected| rejected.position);
    // Scaled to the published positions: one wrong position at the other end of the country
    // would make a speck of all others.
    let bounds = Bounds::around(published).or_else(|| Bounds::around(doubtful))?;
    // Degrees of longitude shrink with latitude; precise enough for a map.
    let shrink = f64::midpoint(bounds.south, bounds.north)
        .to_radians()
        .cos()
        .max(0.1);
    let (wide, high) = (
        (bounds.east - bounds.west) * shrink,
        bounds.north - bounds.south,
    );
    let scale = SIDE / wide.max(high).max(1e-4);
    let (width, height) = (wide * scale + 2.0 * MARGIN, high * scale + 2.0 * MARGIN);
    let spot = |position: LonLat| {
        let x = (position.lon() - bounds.west) * shrink * scale + MARGIN;
        let y = (bounds.north - position.lat()) * scale + MARGIN;
        (x, y)
    };
    let mut marks = String::new();
    let spots = placed
        .iter()
        .filter_map(|station| Some((station, spot(station.position?))));
    if placed.len() > MANY_DOTS {
        marks += "<path stroke=\"#06c\" stroke-width=\"4\" stroke-linecap=\"round\" d=\"";
        for (_, (x, y)) in spots {
            let _ = write!(marks, "M{x:.0} {y:.0}h0");
        }
        marks += "\"/>";
    } else {
        for (station, (x, y)) in spots {
            let _ = write!(
                marks,
                "<circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"3\"><title>{}</title></circle>",
                escaped(&station.name)
            );
        }
    }
    let mut list = String::new();
    for (number, rejected) in (1..).zip(rejected) {
        let (x, y) = spot(rejected.position);
        let (at_x, at_y) = (x.clamp(12.0, width - 12.0), y.clamp(12.0, height - 12.0));
        let is_outside = (at_x - x).abs() + (at_y - y).abs() > 1.0;
        let distance = placed
            .iter()
            .filter_map(|station| station.position)
            .map(|position| position.distance_to(rejected.position).0 / 1000.0)
            .fold(f64::INFINITY, f64::min);
        let away = if is_outside && distance.is_finite() {
            format!(" · {distance:.0} km")
        } else {
            String::new()
        };
        // The number goes on the side that has room for it.
        let (text_x, anchor) = if at_x > width / 2.0 {
            (at_x - 9.0, "end")
        } else {
            (at_x + 9.0, "start")
        };
        let _ = write!(
            marks,
            "<path d=\"M{at_x:.0} {at_y:.0}m-6-6l12 12m0-12l-12 12\" stroke=\"#c00\" stroke-width=\"3\"/>\
             <text x=\"{text_x:.0}\" y=\"{:.0}\" text-anchor=\"{anchor}\" fill=\"#c00\">{number}</text>",
            at_y + 5.0,
        );
        let _ = write!(
            list,
            "<li>{} {} {}{away}</li>",
            escaped(&rejected.source),
            rejected.row,
            escaped(&rejected.name),
        );
    }
    if !list.is_empty() {
        list = format!("<ol>{list}</ol>");
    }
    Some(format!(
        "<svg viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" role=\"img\" aria-label=\"{}\" fill=\"#06c\" \
         font-size=\"14\">{marks}</svg>{list}",
        language.say("站点位置图", "Map of the stations"),
    ))
}

/// What each column of each sheet was taken for, so that a wrong guess is seen.
fn columns(prepared: &Prepared, language: Language) -> String {
    let mut page = String::new();
    for table in &prepared.tables {
        let _ = write!(
            page,
            "<h3>{}</h3><table>",
            escaped(&place(&table.source, table.sheet.as_deref()))
        );
        for column in &table.columns {
            let (class, field) = match column.field {
                Some(field) => ("", field),
                None if column.is_personal => (
                    " class=\"warning\"",
                    language.say("个人信息，没有发布", "personal, not published"),
                ),
                None => (" class=\"warning\"", language.say("没有用到", "not used")),
            };
            let _ = write!(
                page,
                "<tr{class}><th scope=\"row\">{}</th><td>{}</td></tr>",
                escaped(&column.name()),
                escaped(field)
            );
        }
        page += "</table>";
    }
    page
}

/// How many stations are known to be open at each full hour of the week, as HTML.
#[must_use]
pub fn coverage(config: &Config, prepared: &Prepared, day: Day, language: Language) -> String {
    let monday = Day(day.0 - i32::from(day.weekday()));
    let names = match language {
        Language::Zh => ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
        Language::En => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    };
    let hours: Vec<String> = (0..24)
        .map(|hour| format!("<th scope=\"col\">{hour}</th>"))
        .collect();
    let hours = hours.concat();
    // Computed once for each text: whole lists share a few dozen.
    let mut shared: BTreeMap<&str, (usize, &Hours)> = BTreeMap::new();
    for station in &prepared.stations {
        let entry = shared.entry(&station.hours.text);
        entry.or_insert((0, &station.hours)).0 += 1;
    }
    let mut rows = String::new();
    let mut gaps: Vec<(String, i64, i64)> = Vec::new();
    for (offset, name) in (0..).zip(names) {
        let _ = write!(rows, "<tr><th scope=\"row\">{name}</th>");
        for hour in 0..24 {
            let at: CivilTime = Day(monday.0 + offset).start().plus_minutes(hour * 60);
            let open: usize = shared
                .values()
                .filter(|(_, hours)| hours.state_at(at, &config.calendar).is_open())
                .map(|(count, _)| count)
                .sum();
            let class = if open == 0 { " class=\"none\"" } else { "" };
            let _ = write!(rows, "<td{class}>{open}</td>");
            if open == 0 {
                match gaps.last_mut() {
                    Some((day, _, to)) if day == name && *to == hour => *to = hour + 1,
                    _ => gaps.push((name.to_owned(), hour, hour + 1)),
                }
            }
        }
        rows += "</tr>";
    }
    let gap = if gaps.is_empty() {
        language
            .say(
                "每个整点都有站点开着。",
                "Some station is open at every full hour.",
            )
            .to_owned()
    } else {
        format!(
            "{}: {}",
            language.say("一个都没有开", "None is open"),
            gaps.iter()
                .map(|(day, from, to)| format!("{day} {from}:00-{to}:00"))
                .collect::<Vec<_>>()
                .join(", ")
        )
    };
    format!(
        "<table class=\"week\"><tr><th></th>{hours}</tr>{rows}</table><p>{gap}</p><p>{}</p>",
        language.say(
            "时间不明的站点不算开着。",
            "Stations whose hours are not known do not count as open."
        ),
    )
}

fn issue_row(issue: &Issue, language: Language) -> String {
    let severity = issue.problem.severity();
    let cells = [
        severity.label(language).to_owned(),
        issue.place(),
        issue.row.map(|row| row.to_string()).unwrap_or_default(),
        issue.problem.field().unwrap_or_default().to_owned(),
        issue
            .name
            .clone()
            .or(issue.station.clone())
            .unwrap_or_default(),
        issue.message(language),
    ]
    .map(|cell| format!("<td>{}</td>", escaped(&cell)));
    format!(
        "<tr class=\"{}\">{}</tr>\n",
        severity.name(),
        cells.concat()
    )
}
