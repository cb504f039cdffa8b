use leptos::prelude::*;

use crate::page::use_desk;

/// The totals, the map, and when stations are open.
#[component]
pub(crate) fn Summary() -> impl IntoView {
    let desk = use_desk();
    let say = move |zh, en| Signal::derive(move || desk.say(zh, en));
    let counts = move || {
        desk.checked.with(|checked| {
            checked
                .as_ref()
                .map(|c| c.counts.clone())
                .unwrap_or_default()
        })
    };
    let html = move |of: fn(&crate::checked::Checked) -> &String| {
        move || {
            desk.checked
                .with(|checked| checked.as_ref().map(|c| of(c).clone()).unwrap_or_default())
        }
    };
    let corrected = move || {
        desk.checked.with(|checked| {
            checked
                .as_ref()
                .map(|c| c.corrected.clone())
                .unwrap_or_default()
        })
    };
    view! {
        <section>
            <h2>{say("总数", "Totals")}</h2>
            <table class="counts"><tbody>
                <For each=counts key=Clone::clone let:count>
                    <tr><th scope="row">{count.0}</th><td>{count.1}</td></tr>
                </For>
            </tbody></table>
            <Show when=move || !corrected().is_empty()>
                <p class="corrected">
                    {say("上次标出、这次改好的行：", "Rows that were marked before and are right now: ")}
                    {move || corrected().iter().map(|place| format!("{} {}", yizhan::publish::place(&place.file, place.sheet.as_deref()), place.row)).collect::<Vec<_>>().join("、")}
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
