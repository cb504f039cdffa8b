use leptos::prelude::*;

use crate::page::use_desk;

/// The totals, the map, and when stations are open.
#[component]
pub(crate) fn Summary() -> impl IntoView {
    let desk = use_desk();
    let say = move |zh, en| desk.text(zh, en);
    let counts = move || desk.found(|found| found.counts.clone());
    let html = move |of: fn(&crate::checked::Checked) -> &String| {
        move || desk.found(|found| of(found).clone())
    };
    let corrected = move || desk.found(|found| found.corrected.len());
    view! {
        <section>
            <h2>{say("总数", "Totals")}</h2>
            <table class="counts"><tbody>
                <For each=counts key=Clone::clone let:count>
                    <tr><th scope="row">{count.0}</th><td>{count.1}</td></tr>
                </For>
            </tbody></table>
            <Show when=move || { corrected() > 0 }>
                <p class="corrected">
                    {say("上次标出、这次改好的行：", "Rows that were marked before and are right now: ")}{corrected}
                </p>
            </Show>
        </section>
        <section>
            <h2>{say("站点在哪里", "Where the stations lie")}</h2>
            <div class="map" inner_html=html(|checked| &checked.map)></div>
        </section>
        <section>
            <h2>{say("一周每小时开着几个", "How many are open, by hour of the week")}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say("一周每小时开着几个", "How many are open, by hour of the week") inner_html=html(|checked| &checked.coverage)></div>
        </section>
        <section>
            <details>
                <summary><h2>{say("开放时间读成了什么", "Opening hours as understood")}</h2></summary>
                <div class="scroll" tabindex="0" role="region" aria-label=say("开放时间读成了什么", "Opening hours as understood") inner_html=html(|checked| &checked.hours)></div>
            </details>
        </section>
    }
}
