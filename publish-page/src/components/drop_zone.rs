use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, Event, HtmlInputElement};

use crate::browser::{self, Dropped};
use crate::page::{Desk, use_desk};

/// Where sheets are dropped, chosen or pasted.
#[component]
pub(crate) fn DropZone() -> impl IntoView {
    let desk = use_desk();
    let is_over = RwSignal::new(false);
    // Anywhere on the page: beside it, a browser would open the file and leave the page.
    let _ = window_event_listener(leptos::ev::dragover, move |event| {
        event.prevent_default();
        is_over.set(true);
    });
    let _ = window_event_listener(leptos::ev::dragleave, move |_| is_over.set(false));
    let _ = window_event_listener(leptos::ev::drop, move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        let data = event.data_transfer();
        add(desk, browser::listed(data.and_then(|data| data.files())));
    });
    let choose = move |event: Event| {
        let Some(input) = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        add(desk, browser::listed(input.files()));
        // The same file may be chosen again after it was corrected.
        input.set_value("");
    };
    let _ = window_event_listener(leptos::ev::paste, move |event| {
        let data = event.clipboard_data();
        let text = data
            .and_then(|data| data.get_data("text/plain").ok())
            .unwrap_or_default();
        // What is pasted into a field of the form stays there.
        let is_table = text.contains('\t') && text.contains('\n');
        let is_part = text.contains('\t') || text.trim().contains('\n');
        if is_part && !is_table && !browser::is_field(event.target()) {
            desk.notify(
                "粘贴的只有一行或一列。请连表头一起，选中整张表再复制",
                "Only a row or a column was pasted. Select the whole sheet, with its headings, and copy it again",
            );
        }
        if is_table {
            event.prevent_default();
            let bytes = js_sys::Uint8Array::from(text.as_bytes());
            let name = desk.paste_name();
            desk.add(vec![Dropped { name, bytes }]);
        }
    });
    view! {
        <section class="drop" class:over=move || is_over.get()>
            <h2>{move || desk.say("把站点表格拖到这里", "Drop your sheets of stations here")}</h2>
            <p>{move || desk.say(
                "Excel（.xlsx）、CSV、JSON、GeoJSON 都可以，也可以在 Excel 里复制后按 Ctrl+V 粘贴。表格只在这台电脑上处理，不会上传。",
                "Excel (.xlsx), CSV, JSON or GeoJSON; or copy cells in Excel and press Ctrl+V. Everything happens on this computer, nothing is uploaded.",
            )}</p>
            <label class="button">
                {move || desk.say("选择文件", "Choose files")}
                <input type="file" multiple on:change=choose accept=".xlsx,.xlsm,.xls,.csv,.tsv,.txt,.json,.geojson,.toml"/>
            </label>
            <button on:click=move |_| desk.template()>{move || desk.say("下载空白模板", "Download the empty template")}</button>
            <button on:click=move |_| desk.load_demo()>{move || desk.say("用示例数据试试", "See it with the demo's sheets")}</button>
        </section>
    }
}

fn add(desk: Desk, files: Vec<web_sys::File>) {
    spawn_local(async move { desk.add(browser::read(files).await) });
}
