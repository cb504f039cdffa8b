use leptos::prelude::*;

use crate::page::use_desk;

/// What changes against the dataset that the site publishes now.
#[component]
pub(crate) fn ChangesPart() -> impl IntoView {
    let desk = use_desk();
    let say = move |zh, en| Signal::derive(move || desk.say(zh, en));
    let changes = move || {
        desk.checked
            .with(|checked| checked.as_ref().and_then(|c| c.changes.clone()))
    };
    view! {
        <section>
            <h2>{say("和现在发布的相比", "Compared with what is published now")}</h2>
            {move || match changes() {
                None => view! { <p>{say("这个网站还没有发布过数据。", "This site publishes no dataset yet.")}</p> }.into_any(),
                Some(changes) => view! {
                    <p>{changes.edition.clone()}{" · "}
                        {changes.kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect::<Vec<_>>().join(" · ")}
                        {changes.kinds.is_empty().then(|| say("没有变化", "no changes"))}
                    </p>
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
