use leptos::prelude::*;
use yizhan::publish::Language;

use super::changes::ChangesPart;
use super::columns::ColumnsPart;
use super::dataset_form::DatasetForm;
use super::drop_zone::DropZone;
use super::file_card::FileCard;
use super::issues::IssuesPart;
use super::summary::Summary;
use super::take::Take;
use crate::page::use_desk;
use crate::work::{Work, WorkStep};

/// The whole page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let desk = use_desk();
    let other = move || match desk.language.get() {
        Language::Zh => ("English", Language::En),
        Language::En => ("中文", Language::Zh),
    };
    let names = move || {
        desk.files.with(|files| {
            files
                .iter()
                .map(|file| file.name.clone())
                .collect::<Vec<_>>()
        })
    };
    view! {
        <header class="top" lang=move || desk.say("zh-CN", "en")>
            <h1>{move || desk.say("驿站 · 发布", "Yizhan · publish")}</h1>
            <button class="quiet" on:click=move |_| desk.speak(other().1)>{move || other().0}</button>
        </header>
        <main lang=move || desk.say("zh-CN", "en")>
            <DropZone/>
            <For each=names key=String::clone let:name>
                <FileCard name=name/>
            </For>
            <p class="failure" role="alert">{move || desk.failure.get()}</p>
            <p class="failure" role="alert">{move || desk.notice.get()}</p>
            <Show when=move || desk.is_demo.get()>
                <p class="corrected">
                    {move || desk.say("这是示例数据，填写的内容不会记住。", "These are the demo's sheets; nothing you fill in is remembered.")}
                    <button class="quiet" on:click=move |_| desk.leave_demo()>{move || desk.say("回到自己的表格", "Back to your own sheets")}</button>
                </p>
            </Show>
            <Progress/>
            <Show when=move || desk.checked.with(Option::is_some)>
                <Summary/>
                <IssuesPart/>
                <ColumnsPart/>
                <ChangesPart/>
            </Show>
            <Show when=move || desk.files.with(|files| !files.is_empty())>
                <DatasetForm/>
            </Show>
            <Show when=move || desk.checked.with(Option::is_some)>
                <Take/>
            </Show>
        </main>
    }
}

/// What the worker does, and how far it is.
#[component]
fn Progress() -> impl IntoView {
    let desk = use_desk();
    let step = move || match desk.work.get() {
        Work::Idle => String::new(),
        Work::Running(WorkStep::Starting, ..) => desk.say("开始", "starting").to_owned(),
        Work::Running(WorkStep::Reading(file), ..) => {
            format!("{} {file}", desk.say("正在读", "reading"))
        }
        Work::Running(WorkStep::Comparing, ..) => desk
            .say("正在互相对比", "comparing the stations")
            .to_owned(),
        Work::Running(WorkStep::Writing, ..) => {
            desk.say("正在生成数据", "writing the dataset").to_owned()
        }
    };
    let share = move || match desk.work.get() {
        Work::Running(_, done, total) if total > 1 => Some((done * 100 / total).to_string()),
        // Without a value the bar moves.
        Work::Running(..) | Work::Idle => None,
    };
    view! {
        <div class="work" role="status" hidden=move || desk.work.get() == Work::Idle>
            <span>{step}</span>
            <progress max="100" value=share></progress>
        </div>
    }
}
