use leptos::prelude::*;

use yizhan::publish::Language;

use crate::browser::can_write_folders;
use crate::checked::Comparison;
use crate::page::use_desk;
use crate::work::{Confirmation, Purpose, Work};
use crate::workbench::MOST_GONE_PERCENT;

/// The rider's page with these data, and the download.
#[component]
pub(crate) fn Take() -> impl IntoView {
    let desk = use_desk();
    let say = move |zh, en| desk.text(zh, en);
    let without_crs = move || desk.found(|found| found.without_crs.clone());
    let stations = move || desk.found(|found| found.stations);
    let confirmation = Memo::new(move |_| {
        desk.checked
            .with(|checked| match &checked.as_ref()?.comparison {
                Comparison::Changes(changes) if changes.gone_percent > MOST_GONE_PERCENT => {
                    Some(Confirmation::Gone(changes.gone))
                }
                Comparison::NotReadable => Some(Confirmation::NotReadable),
                Comparison::Changes(_) | Comparison::NotPublished | Comparison::NoStations => None,
            })
    });
    let is_confirmed = move || desk.confirmed.get() == confirmation.get();
    let is_idle = move || desk.work.get() == Work::Idle;
    let may_try =
        move || is_idle() && desk.is_shown_current() && without_crs().is_empty() && stations() > 0;
    let may_take = move || may_try() && (confirmation.get().is_none() || is_confirmed());
    let word = move || {
        Some(match (confirmation.get()?, desk.language.get()) {
            (Confirmation::Gone(gone), Language::Zh) => {
                format!("现在发布的站点里有 {gone} 个不见了，我核对过，确实没有了")
            }
            (Confirmation::Gone(gone), Language::En) => {
                format!(
                    "{gone} of the published stations are gone; I have checked, they really are"
                )
            }
            (Confirmation::NotReadable, Language::Zh) => {
                "现在发布的数据读不到，没法比较；我知道，仍要发布".to_owned()
            }
            (Confirmation::NotReadable, Language::En) => {
                "What is published now cannot be read and compared; I publish all the same"
                    .to_owned()
            }
        })
    };
    view! {
        <section class="take">
            <h2>{say("发布", "Publish")}</h2>
            <Show when=move || !without_crs().is_empty()>
                <p class="failure">{say("还没有选坐标系：", "The datum is not chosen yet: ")}{move || without_crs().join(desk.say("、", ", "))}</p>
            </Show>
            <Show when=move || stations() == 0>
                <p class="failure">{say("没有可发布的站点。", "There is no station to publish.")}</p>
            </Show>
            <Show when=move || confirmation.get().is_some()>
                <label class="choice">
                    <input type="checkbox" prop:checked=is_confirmed
                        on:change=move |event| desk.confirmed.set(confirmation.get().filter(|_| event_target_checked(&event)))/>
                    {word}
                </label>
            </Show>
            <button aria-disabled=move || (!may_try()).to_string() on:click=move |_| if may_try() { desk.build(Purpose::Try) }>{say("先在骑手的页面里试", "Try it in the rider's page")}</button>
            <button class="main" aria-disabled=move || (!may_take()).to_string() on:click=move |_| if may_take() { desk.build(Purpose::Take) }>{say("下载 data.zip", "Download data.zip")}</button>
            {can_write_folders().then(|| view! {
                <button aria-disabled=move || (!may_take()).to_string() on:click=move |_| if may_take() { desk.choose_folder() }>{say("写进文件夹…", "Write into a folder…")}</button>
            })}
            <p class="corrected" role="status">{move || desk.done.get()}</p>
            <ol class="note">
                <li>{say("解压 data.zip，得到 data 文件夹和一页说明。", "Unpack data.zip: a folder named data, and a page of instructions.")}</li>
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
