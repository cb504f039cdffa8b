use leptos::prelude::*;

use crate::page::{Purpose, use_desk};
use crate::workbench::MOST_GONE_PERCENT;

/// The rider's page with these data, and the download.
#[component]
pub(crate) fn Take() -> impl IntoView {
    let desk = use_desk();
    let say = move |zh, en| Signal::derive(move || desk.say(zh, en));
    let without_crs = move || {
        desk.checked.with(|checked| {
            checked
                .as_ref()
                .map(|c| c.without_crs.clone())
                .unwrap_or_default()
        })
    };
    let stations = move || {
        desk.checked
            .with(|checked| checked.as_ref().map(|c| c.stations).unwrap_or_default())
    };
    // How many are gone, if that wants a word.
    let gone = Memo::new(move |_| {
        desk.checked.with(|checked| {
            let changes = checked.as_ref().and_then(|c| c.changes.as_ref())?;
            (changes.gone_percent > MOST_GONE_PERCENT).then_some(changes.gone)
        })
    });
    let confirmed = RwSignal::new(None::<usize>);
    let may_take = move || {
        without_crs().is_empty()
            && stations() > 0
            && (gone.get().is_none() || confirmed.get() == gone.get())
    };
    view! {
        <section class="take">
            <h2>{say("发布", "Publish")}</h2>
            <Show when=move || !without_crs().is_empty()>
                <p class="failure">{say("还没有选坐标系：", "The datum is not chosen yet: ")}{move || without_crs().join("、")}</p>
            </Show>
            <Show when=move || stations() == 0>
                <p class="failure">{say("没有可发布的站点。", "There is no station to publish.")}</p>
            </Show>
            <Show when=move || gone.get().is_some()>
                <label class="choice">
                    <input type="checkbox" prop:checked=move || gone.get().is_some() && confirmed.get() == gone.get()
                        on:change=move |event| confirmed.set(if event_target_checked(&event) { gone.get() } else { None })/>
                    {move || gone.get().map(|gone| match desk.language.get() {
                        yizhan::publish::Language::Zh => format!("现在发布的站点里有 {gone} 个不见了，我核对过，确实没有了"),
                        yizhan::publish::Language::En => format!("{gone} of the published stations are gone; I have checked, they really are"),
                    })}
                </label>
            </Show>
            <button disabled=move || !may_take() on:click=move |_| desk.build(Purpose::Try)>{say("先在骑手的页面里试", "Try it in the rider's page")}</button>
            <button class="main" disabled=move || !may_take() on:click=move |_| desk.build(Purpose::Take)>{say("下载 data.zip", "Download data.zip")}</button>
            <ol class="note">
                <li>{say("解压 data.zip，得到 data 文件夹。", "Unpack data.zip: a folder named data.")}</li>
                <li>{say("把里面的文件传到网站的 data 文件夹，最后传 manifest.yz 和 first.yz。不要先删旧文件。", "Copy its files into the site's data folder, manifest.yz and first.yz last. Delete nothing before.")}</li>
                <li>{say("打开网站，页面最下面的日期应该是今天。", "Open the site: the date at the foot should be today's.")}</li>
            </ol>
            <Show when=move || { desk.trials.get() > 0 }>
                <h3>{say("骑手会看到的（还没有发布）", "What riders would see (not published yet)")}</h3>
                <For each=move || [desk.trials.get()] key=|trial| *trial let:_trial>
                    <iframe title=say("试用", "Trial") src="try/"></iframe>
                </For>
            </Show>
        </section>
    }
}
