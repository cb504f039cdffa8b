//! How answers look.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::domain::calendar::Calendar;
use crate::domain::civil::CivilTime;
use crate::domain::opening::Opening;
use crate::publish::hours::{NotUnderstood, Understood, to_osm};
use crate::publish::{
    Change, ColumnReading, Issue, Language, Prepared, Severity, TableReading, hours_reason, place,
    summarised,
};

/// Prints to standard output; a closed pipe is not an error.
pub(super) fn text(text: &str) -> io::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

pub(super) fn json(value: &Value) -> io::Result<()> {
    text(&format!("{value:#}\n"))
}

/// Every issue, then the columns of each sheet and the field each was taken for, then the
/// totals. All are entries of one list, so that a program that filters for issues skips the
/// others.
pub(super) fn checked(prepared: &Prepared, lang: Language) -> Value {
    let issues = prepared.issues.iter().map(|issue| {
        json!({
            "source": issue.source,
            "sheet": issue.sheet,
            "row": issue.row,
            "station": issue.station,
            "name": issue.name,
            "field": issue.problem.field(),
            "severity": issue.problem.severity().name(),
            "code": issue.problem.code(),
            "message": issue.message(lang),
        })
    });
    let tables = prepared.tables.iter().map(|table| {
        let columns: Vec<Value> = table
            .columns
            .iter()
            .map(|column| {
                json!({
                    "column": column.column,
                    "heading": column.heading,
                    "field": column.field,
                    "personal": column.is_personal,
                })
            })
            .collect();
        entry(
            "columns",
            Some(&table.source),
            table.sheet.as_deref(),
            lang.say("每一列当作了什么", "what each column was taken for"),
            &json!({
                "heading_row": table.heading_row,
                "columns": columns,
            }),
        )
    });
    let totals = Totals::of(prepared);
    let totals = entry(
        "totals",
        None,
        None,
        &summary(prepared, lang),
        &json!({
            "totals": {
                "rows": totals.rows,
                "stations": totals.stations,
                "with_position": totals.placed,
                "with_hours": totals.known,
                "errors": totals.errors,
                "warnings": totals.warnings,
                "notes": totals.notes,
            },
        }),
    );
    issues.chain(tables).chain([totals]).collect()
}

/// An entry that is not an issue, with the keys of one.
fn entry(
    code: &str,
    source: Option<&str>,
    sheet: Option<&str>,
    message: &str,
    more: &Value,
) -> Value {
    let mut entry = json!({
        "source": source,
        "sheet": sheet,
        "row": null,
        "station": null,
        "name": null,
        "field": null,
        "severity": "note",
        "code": code,
        "message": message,
    });
    if let (Some(entry), Some(more)) = (entry.as_object_mut(), more.as_object()) {
        entry.extend(more.clone());
    }
    entry
}

/// One line for each kind of issue that many rows of a sheet share, with their number.
pub(super) fn by_code(issues: &[Issue], lang: Language) -> String {
    let mut text = String::new();
    for (first, rows) in summarised(issues) {
        let severity = first.problem.severity().label(lang);
        let (place, message) = (first.place(), first.message(lang));
        let count = rows.len();
        let _ = match lang {
            Language::Zh => writeln!(
                text,
                "{severity} {place} 有 {count} 行（第 {} 行等），例如：{message}",
                rows[0]
            ),
            Language::En => writeln!(
                text,
                "{severity} {place}: {count} rows (row {} and others), such as: {message}",
                rows[0]
            ),
        };
    }
    text
}

/// One line for each issue: file, row and field, as a spreadsheet user looks for them.
pub(super) fn issue_lines(
    issues: &[Issue],
    lang: Language,
    out: &mut impl Write,
) -> io::Result<()> {
    for issue in issues {
        let severity = issue.problem.severity().label(lang);
        let row = match (lang, issue.row) {
            (_, None) => String::new(),
            (Language::Zh, Some(row)) => format!(" 第 {row} 行"),
            (Language::En, Some(row)) => format!(" row {row}"),
        };
        let field = issue
            .problem
            .field()
            .map(|field| format!(" [{field}]"))
            .unwrap_or_default();
        let station = issue
            .station
            .as_ref()
            .map(|s| format!(" {s}"))
            .unwrap_or_default();
        writeln!(
            out,
            "{severity} {}{row}{field}{station}: {}",
            issue.place(),
            issue.message(lang)
        )?;
    }
    Ok(())
}

/// The field that each column was taken for, so that people see a wrong guess.
pub(super) fn columns(tables: &[TableReading], lang: Language) -> String {
    let mut text = String::new();
    for table in tables {
        let place = place(&table.source, table.sheet.as_deref());
        let list = |columns: Vec<String>| {
            columns.join(if matches!(lang, Language::Zh) {
                "、"
            } else {
                ", "
            })
        };
        let taken = table
            .columns
            .iter()
            .filter_map(|column| Some(format!("{} ← {}", column.field?, column.name())));
        let unused = table
            .columns
            .iter()
            .filter(|column| column.field.is_none())
            .map(ColumnReading::name);
        let (taken, unused) = (list(taken.collect()), list(unused.collect()));
        let row = table.heading_row;
        let (heading, rest) = match lang {
            // A JSON list has keys.
            Language::Zh if row == 0 => ("按字段名".to_owned(), "没有用到"),
            Language::En if row == 0 => ("by its keys".to_owned(), "not used"),
            Language::Zh => (format!("表头第 {row} 行"), "没有用到"),
            Language::En => (format!("heading in row {row}"), "not used"),
        };
        text.extend([&place, ": ", &heading, "; ", &taken]);
        if !unused.is_empty() {
            text.extend(["; ", rest, ": ", &unused]);
        }
        text.push('\n');
    }
    text
}

/// What a check counts.
struct Totals {
    rows: usize,
    stations: usize,
    placed: usize,
    known: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Totals {
    fn of(prepared: &Prepared) -> Self {
        let stations = &prepared.stations;
        Self {
            rows: prepared.rows,
            stations: stations.len(),
            placed: stations.iter().filter(|s| s.position.is_some()).count(),
            known: stations
                .iter()
                .filter(|s| s.hours.timetable.is_some())
                .count(),
            errors: prepared.count_of(Severity::Error),
            warnings: prepared.count_of(Severity::Warning),
            notes: prepared.count_of(Severity::Note),
        }
    }
}

/// That riders' phones will not take an edition that is older than the one before.
pub(super) fn older_edition(lang: Language) -> &'static str {
    lang.say(
        "注意：stations.toml 里的 edition 比上一次早，骑手的手机会留着上一次的数据。请写今天的日期，或者去掉 edition",
        "note: the edition in stations.toml is earlier than that of the dataset before, so phones keep the one before; write today's date, or take edition out",
    )
}

pub(super) fn summary(prepared: &Prepared, lang: Language) -> String {
    let Totals {
        rows,
        stations,
        placed,
        known,
        errors,
        warnings,
        notes,
    } = Totals::of(prepared);
    match lang {
        Language::Zh => format!(
            "{rows} 行，{stations} 个站点，{placed} 个有位置，{known} 个时间清楚；{errors} 个错误，{warnings} 个注意，{notes} 个提示"
        ),
        Language::En => format!(
            "{rows} rows, {stations} stations, {placed} with a position, {known} with known hours; \
             {errors} errors, {warnings} warnings, {notes} notes"
        ),
    }
}

/// Rounded to a tenth of a metre or degree, which is finer than any position is known.
pub(super) fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// When the door opens or closes next, if known.
pub(super) fn next_change(state: Opening) -> Option<CivilTime> {
    match state {
        Opening::Open { until } => until,
        Opening::ClosingSoon { until } => Some(until),
        Opening::Closed { opens, .. } => opens,
        Opening::Unknown(_) => None,
    }
}

pub(super) fn hours(
    at: CivilTime,
    understood: &Result<Understood, NotUnderstood>,
    calendar: &Calendar,
    as_json: bool,
) -> io::Result<()> {
    let (state, until, osm) = match understood {
        Ok(Understood { timetable, .. }) => {
            let state = timetable.state_at(at, calendar);
            let until = next_change(state);
            let until = until.map(|until| until.to_string());
            (state.name(), until, Some(to_osm(timetable, calendar)))
        }
        Err(_) => ("unknown", None, None),
    };
    let readings: Vec<String> = understood
        .iter()
        .flat_map(|understood| &understood.readings)
        .map(|timetable| to_osm(timetable, calendar))
        .collect();
    let reason = |lang| {
        understood
            .as_ref()
            .err()
            .map(|reason| hours_reason(reason, lang))
    };
    if as_json {
        return json(&json!({
            "state": state,
            "until": until,
            "osm": osm,
            "readings": readings,
            "reason": reason(Language::En),
            "reason_zh": reason(Language::Zh),
        }));
    }
    for lang in [Language::Zh, Language::En] {
        if let Some(reason) = reason(lang) {
            eprintln!("{reason}");
        }
    }
    let until = until
        .map(|until| format!("  until {until}"))
        .unwrap_or_default();
    let mut lines = format!("{state}{until}\n{}\n", osm.unwrap_or_default());
    if !readings.is_empty() {
        let count = readings.len();
        let _ = writeln!(
            lines,
            "{count} 种读法，不一致的时间算不明 · {count} readings; unknown where they differ"
        );
        for (number, reading) in (1..).zip(readings) {
            let _ = writeln!(lines, "  {number}. {reading}");
        }
    }
    text(&lines)
}

pub(super) fn changes(changes: &[Change], lang: Language, as_json: bool) -> io::Result<()> {
    if as_json {
        let list = changes.iter().map(|change| {
            json!({
                "change": change.code(),
                "id": change.id,
                "name": change.name,
                "metres": change.metres(),
                "before": change.words().0,
                "after": change.words().1,
            })
        });
        return json(&list.collect());
    }
    let mut lines = String::new();
    for group in changes.chunk_by(|one, other| one.code() == other.code()) {
        let kind = group[0].kind(lang);
        let _ = writeln!(lines, "{kind}: {}", group.len());
        for change in group {
            let said = match lang {
                Language::Zh => change.zh(),
                Language::En => change.en(),
            };
            let _ = writeln!(lines, "  {said}  {}  {}", change.id, change.name);
        }
    }
    text(&lines)
}
