//! What is wrong with the data, where, and what to do about it.
//!
//! `problem` says what can be wrong and how much it matters; `zh` and `en` hold the sentences.

mod en;
mod language;
mod problem;
mod severity;
mod zh;

use super::hours::NotUnderstood;
pub use language::Language;
pub use problem::{FileKind, Problem};
pub use severity::Severity;

/// A fault in the data, and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// The file, as the configuration names it.
    pub source: String,
    /// The sheet of a workbook, or the path of a list in a JSON file.
    pub sheet: Option<String>,
    /// The row as a spreadsheet counts (the heading is row 1), or the entry of
    /// a JSON list, from 1; none if it concerns the whole sheet.
    pub row: Option<usize>,
    /// The station's id, or the name of a programme or crossing.
    pub station: Option<String>,
    /// The station's name, as far as the row has one.
    pub name: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

impl Issue {
    /// The file, and the sheet in a workbook with several.
    #[must_use]
    pub fn place(&self) -> String {
        place(&self.source, self.sheet.as_deref())
    }

    /// What is wrong, what was done, what to do.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::Zh => self.problem.zh(),
            Language::En => self.problem.en(),
        }
    }
}

/// The kinds of issues that at least three rows of a sheet share: the first issue of each kind,
/// and the rows.
#[must_use]
pub fn summarised(issues: &[Issue]) -> Vec<(&Issue, Vec<usize>)> {
    const MANY: usize = 3;
    let mut kinds: Vec<(&Issue, Vec<usize>)> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for issue in issues {
        let Some(row) = issue.row else {
            continue;
        };
        let kind = (
            &issue.source,
            &issue.sheet,
            issue.problem.code(),
            issue.problem.field(),
        );
        let at = *known.entry(kind).or_insert_with(|| {
            kinds.push((issue, Vec::new()));
            kinds.len() - 1
        });
        kinds[at].1.push(row);
    }
    kinds.retain(|(_, rows)| rows.len() >= MANY);
    kinds.sort_by_key(|(first, rows)| (first.problem.severity(), std::cmp::Reverse(rows.len())));
    kinds
}

/// A file, and the sheet in a workbook with several.
#[must_use]
pub fn place(source: &str, sheet: Option<&str>) -> String {
    match sheet {
        Some(sheet) => format!("{source} [{sheet}]"),
        None => source.to_owned(),
    }
}

/// Some names of columns, and how many more there are.
fn listed(columns: &[String], language: Language) -> String {
    const SHOWN: usize = 20;
    let shown = columns.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    let more = columns.len().saturating_sub(SHOWN);
    match (language, more) {
        (Language::Zh, 0) => shown.join("、"),
        (Language::En, 0) => shown.join(", "),
        (Language::Zh, _) => format!("{}，等 {} 列", shown.join("、"), columns.len()),
        (Language::En, _) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Why a text about opening hours is not understood.
#[must_use]
pub fn hours_reason(reason: &NotUnderstood, language: Language) -> String {
    if matches!(language, Language::En) {
        return reason.to_string();
    }
    match reason {
        NotUnderstood::NothingSaid => "没有说几点".to_owned(),
        NotUnderstood::Words(words) => format!("不认识「{words}」"),
        NotUnderstood::Unclear(_) => "几部分合不到一起".to_owned(),
        NotUnderstood::TooManyReadings => "有太多种读法".to_owned(),
    }
}
