use leptos::prelude::*;

use super::field::Field;
use crate::page::use_desk;

/// What is asked once for the dataset.
#[component]
pub(crate) fn DatasetForm() -> impl IntoView {
    let desk = use_desk();
    let get = move |key: &'static str| {
        Signal::derive(move || desk.settings.with(|settings| settings.dataset(key)))
    };
    let set = move |key: &'static str| move |text: String| desk.set_dataset(key, &text);
    let say = move |zh, en| desk.text(zh, en);
    view! {
        <section>
            <h2>{say("谁发布", "Who publishes")}</h2>
            <div class="fields">
                <Field label=say("数据的名称", "Title of the dataset") hint=say("例：上海市总工会户外职工驿站", "Riders see it at the foot of the page") value=get("title") on_change=set("title")/>
                <Field label=say("发布单位", "Publisher") hint=say("例：上海市总工会", "Who answers for it") value=get("publisher.name") on_change=set("publisher.name")/>
                <Field label=say("联系电话", "Telephone") hint=say("骑手可以打来问", "For riders' questions") value=get("publisher.phone") on_change=set("publisher.phone")/>
                <Field label=say("收报告的地址", "Address for reports") hint=say("有服务器收骑手的「锁着」「没有了」时填；没有就留空", "Only with a server that receives riders' reports") value=get("report_url") on_change=set("report_url")/>
            </div>
            <p class="note">{say(
                "这些只记在这台电脑上（stations.toml），下个月不用再填。",
                "These stay on this computer only (stations.toml); next month they are filled in already.",
            )}</p>
            <button on:click=move |_| desk.take_settings()>{say("下载 stations.toml", "Download stations.toml")}</button>
            <Show when=move || !desk.is_demo.get()>
                <button on:click=move |_| desk.forget_settings()>{say("清掉记住的设置", "Forget these settings")}</button>
            </Show>
        </section>
    }
}
