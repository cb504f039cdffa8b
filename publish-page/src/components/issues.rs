use leptos::prelude::*;
use yizhan::publish::Language;

use crate::checked::{IssueLine, RowPlace};
use crate::page::use_desk;

/// Rows shown at first, and added by each press of the button: thousands of rows at once would
/// stop the page.
const STEP: usize = 200;

/// A row that an earlier check marked and that is right now, among the others.
fn corrected_row(place: &RowPlace, language: Language) -> IssueLine {
    IssueLine {
        code: String::new(),
        severity: "fixed".to_owned(),
        severity_label: language.say("改好了", "put right").to_owned(),
        place: yizhan::publish::place(&place.file, place.sheet.as_deref()),
        row: Some(place.row),
        field: String::new(),
        name: String::new(),
        problem: String::new(),
        remedy: String::new(),
    }
}

/// The rows to look at, each with what to do.
#[component]
pub(crate) fn IssuesPart() -> impl IntoView {
    let desk = use_desk();
    let say = move |zh, en| desk.text(zh, en);
    let words = RwSignal::new(String::new());
    let severity = RwSignal::new(String::new());
    let shown = RwSignal::new(STEP);
    let found = Memo::new(move |_| {
        let words = words.get().to_lowercase();
        let severity = severity.get();
        desk.checked.with(|checked| {
            let corrected = checked.iter().flat_map(|checked| &checked.corrected);
            let corrected = corrected.map(|place| corrected_row(place, desk.language.get()));
            let issues = checked
                .iter()
                .flat_map(|checked| checked.issues.iter().cloned());
            let fits = |issue: &IssueLine| {
                let row = issue.row.map(|row| row.to_string()).unwrap_or_default();
                let texts = [
                    &issue.place,
                    &row,
                    &issue.field,
                    &issue.name,
                    &issue.problem,
                    &issue.remedy,
                ];
                (severity.is_empty() || issue.severity == severity)
                    && texts
                        .iter()
                        .any(|text| text.to_lowercase().contains(&words))
            };
            corrected.chain(issues).filter(fits).collect::<Vec<_>>()
        })
    });
    let total = move || desk.found(|found| found.issue_count + found.corrected.len());
    let lines = move || {
        found.with(|found| {
            let lines = found.iter().take(shown.get()).cloned();
            lines.enumerate().collect::<Vec<_>>()
        })
    };
    view! {
        <section>
            <h2>{say("要看的行", "Rows to look at")}</h2>
            <p class="filters">
                <label>{say("筛选 ", "Filter ")}<input type="search" on:input=move |event| { words.set(event_target_value(&event)); shown.set(STEP); }/></label>
                <select aria-label=say("程度", "Severity") on:change=move |event| { severity.set(event_target_value(&event)); shown.set(STEP); }>
                    <option value="">{say("全部", "All")}</option>
                    <option value="error">{say("错误", "Errors")}</option>
                    <option value="warning">{say("注意", "Warnings")}</option>
                    <option value="note">{say("提示", "Notes")}</option>
                    <option value="fixed">{say("改好了", "Put right")}</option>
                </select>
                <output>{move || format!("{} / {}", found.with(Vec::len), total())}</output>
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label=say("要看的行", "Rows to look at")>
                <table>
                    <thead><tr>
                        <th scope="col">{say("程度", "Severity")}</th>
                        <th scope="col">{say("文件", "File")}</th>
                        <th scope="col">{say("行", "Row")}</th>
                        <th scope="col">{say("字段", "Field")}</th>
                        <th scope="col">{say("站点", "Station")}</th>
                        <th scope="col">{say("问题", "What is wrong")}</th>
                        <th scope="col">{say("怎么改", "What to do")}</th>
                    </tr></thead>
                    <tbody>
                        <For each=lines key=Clone::clone let:line>
                            <tr class=line.1.severity.clone()>
                                <td>{line.1.severity_label.clone()}</td>
                                <td>{line.1.place.clone()}</td>
                                <td>{line.1.row}</td>
                                <td>{line.1.field.clone()}</td>
                                <td>{line.1.name.clone()}</td>
                                <td>{line.1.problem.clone()}</td>
                                <td>{line.1.remedy.clone()}</td>
                            </tr>
                        </For>
                    </tbody>
                </table>
            </div>
            <Show when=move || { found.with(Vec::len) > shown.get() }>
                <button on:click=move |_| shown.update(|shown| *shown += STEP)>{say("再看一些", "Show more")}</button>
            </Show>
        </section>
    }
}
