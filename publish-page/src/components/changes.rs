use leptos::prelude::*;

use crate::checked::Comparison;
use crate::page::use_desk;

/// What changes against the dataset that the site publishes now.
#[component]
pub(crate) fn ChangesPart() -> impl IntoView {
    let desk = use_desk();
    let say = move |zh, en| desk.text(zh, en);
    let comparison = move || desk.found(|found| found.comparison.clone());
    view! {
        <section>
            <h2>{say("和现在发布的相比", "Compared with what is published now")}</h2>
            {move || match comparison() {
                Comparison::NotPublished => view! { <p>{say("这个网站还没有发布过数据。", "This site publishes no dataset yet.")}</p> }.into_any(),
                Comparison::NotReadable => view! { <p class="failure">{say("现在发布的数据读不到（断网，或者文件坏了），没法比较。", "What is published now cannot be read (no network, or damaged files), so nothing can be compared.")}</p> }.into_any(),
                Comparison::NoStations => view! { <p>{say("没有站点可以比较。", "There is no station to compare.")}</p> }.into_any(),
                Comparison::Changes(changes) => view! {
                    <p>{changes.edition.clone()}{" · "}
                        {changes.kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(" · ")}
                        {changes.kinds.is_empty().then(|| say("没有变化", "no changes"))}
                    </p>
                    {(changes.lines.len() < changes.total).then(|| {
                        let shown = changes.lines.len();
                        view! { <p class="note">{say("下面只列出前 ", "Listed below: the first ")}{shown}</p> }
                    })}
                    <details><summary>{say("逐条看", "One by one")}</summary>
                        <div class="scroll" tabindex="0" role="region" aria-label=say("逐条看", "One by one")><table><tbody>
                            {changes.lines.into_iter().map(|(kind, name, what)| view! {
                                <tr><td>{kind}</td><td>{name}</td><td>{what}</td></tr>
                            }).collect_view()}
                        </tbody></table></div>
                    </details>
                }.into_any(),
            }}
        </section>
    }
}
