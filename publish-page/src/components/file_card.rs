use leptos::prelude::*;
use yizhan::domain::datum::Crs;

use super::field::Field;
use crate::browser;
use crate::checked::IssueLine;
use crate::page::use_desk;

/// The reference systems of maps in China, as people know them.
const SYSTEMS: [(&str, &str, &str); 3] = [
    ("gcj02", "高德 / 腾讯（GCJ-02）", "Amap / Tencent (GCJ-02)"),
    ("bd09", "百度（BD-09）", "Baidu (BD-09)"),
    ("wgs84", "GPS / 天地图（WGS-84）", "GPS / Tianditu (WGS-84)"),
];

/// The datum of a source, as the settings may write it: `GCJ-02`.
fn datum_of(text: &str) -> String {
    match text.parse() {
        Ok(Crs::Gcj02) => "gcj02".to_owned(),
        Ok(Crs::Bd09) => "bd09".to_owned(),
        Ok(Crs::Wgs84) => "wgs84".to_owned(),
        Err(_) => text.to_owned(),
    }
}

/// A file: what it cannot say itself.
#[component]
pub(crate) fn FileCard(
    /// The file's name.
    name: String,
) -> impl IntoView {
    let desk = use_desk();
    let name = StoredValue::new(name);
    let get = move |key: &'static str| {
        Signal::derive(move || {
            desk.settings
                .with(|settings| name.with_value(|name| settings.source(name, key)))
        })
    };
    let set = move |key: &'static str, text: String| {
        desk.set(|settings| name.with_value(|name| settings.set_source(name, key, &text)));
    };
    let crs = get("crs");
    let is_list = move || {
        desk.checked.with(|checked| {
            let tables = checked.as_ref().map(|checked| &checked.tables);
            tables.is_none_or(|tables| {
                tables
                    .iter()
                    .any(|table| name.with_value(|name| table.file == *name))
            })
        })
    };
    // Why the file could not be read at all.
    let fault = move || {
        desk.found(|found| {
            let is_mine = |issue: &&IssueLine| {
                issue.row.is_none()
                    && issue.severity == "error"
                    && name.with_value(|name| issue.place.starts_with(name.as_str()))
            };
            let fault = found.issues.iter().find(is_mine);
            fault.map(|issue| format!("{}。{}", issue.problem.trim_end_matches('。'), issue.remedy))
        })
    };
    // What the file itself says of its datum.
    let datum_issue = move || {
        desk.found(|found| {
            let is_mine = |issue: &&IssueLine| {
                ["crs_missing", "crs_contradicts"].contains(&issue.code.as_str())
                    && name.with_value(|name| issue.place.starts_with(name.as_str()))
            };
            found.issues.iter().find(is_mine).cloned()
        })
    };
    let say = move |zh, en| desk.text(zh, en);
    view! {
        <section class="file">
            <h2>{name.get_value()}
                <button class="quiet" on:click=move |_| { name.with_value(|name| desk.remove(name)); browser::focus(".drop input"); }>{say("移除", "Remove")}</button>
            </h2>
            <p class="failure">{fault}</p>
            <Show when=is_list>
                <fieldset class:missing=move || crs.get().is_empty()>
                    <legend>{say("经纬度是从哪里来的？", "Where do longitude and latitude come from?")}</legend>
                    <DatumPicture/>
                    <For each=move || SYSTEMS key=|system| system.0 let:system>
                        <label class="choice">
                            <input type="radio" name=move || format!("crs-{}", name.get_value())
                                prop:checked=move || datum_of(&crs.get()) == system.0
                                on:change=move |_| set("crs", system.0.to_owned())/>
                            {say(system.1, system.2)}
                        </label>
                    </For>
                    <p class:evidence=true class:failure=move || datum_issue().is_some_and(|issue| issue.code == "crs_contradicts")>
                        {move || datum_issue().map(|issue| issue.problem)}
                    </p>
                </fieldset>
                <div class="fields">
                    <Field label=say("城市", "City") hint=say("表里没有城市一列时填，例：上海", "If the sheet has no column for it") value=get("city") on_change=move |text| set("city", text)/>
                    <Field label=say("区县", "District") hint=say("整张表都在一个区时填", "If all are in one district") value=get("district") on_change=move |text| set("district", text)/>
                    <Field label=say("名单的名称", "Title of the list") hint=say("例：黄浦区户外职工爱心接力站", "Shown to riders as the source") value=get("title") on_change=move |text| set("title", text)/>
                    <Field label=say("来源", "Origin") hint=say("哪个单位、什么时候给的", "Who made it, and when") value=get("origin") on_change=move |text| set("origin", text)/>
                    <Field label=say("许可", "Licence") hint=say("可以公开吗，依据是什么", "May it be published, on what grounds") value=get("licence") on_change=move |text| set("licence", text)/>
                </div>
                <button on:click=move |_| name.with_value(|name| desk.mark(name))>
                    {say("下载标好问题的表格", "Download the sheet with the problems marked")}
                </button>
            </Show>
        </section>
    }
}

/// The same door as three maps place it.
#[component]
fn DatumPicture() -> impl IntoView {
    let desk = use_desk();
    view! {
        <svg class="datum" viewBox="0 0 320 96" role="img" aria-label=move || desk.say(
            "同一个门口，三种地图给的经纬度相差几百米", "One door: the coordinates of three maps differ by some hundred metres")>
            <path d="M0 70H320M90 0V96M230 0V96" stroke="#ccc" stroke-width="8" fill="none"/>
            <g font-size="12">
                <circle cx="60" cy="66" r="6" fill="#06c"/><text x="20" y="88">"GPS"</text>
                <circle cx="150" cy="40" r="6" fill="#c60"/><text x="118" y="26">{move || desk.say("高德 腾讯", "Amap")}</text>
                <circle cx="262" cy="22" r="6" fill="#083"/><text x="240" y="48">{move || desk.say("百度", "Baidu")}</text>
                <path d="M66 64L143 42M156 39L255 24" stroke="#333" stroke-dasharray="4 3" fill="none"/>
                <text x="76" y="44">{move || desk.say("约 500 米", "about 500 m")}</text>
                <text x="176" y="58">{move || desk.say("约 800 米", "about 800 m")}</text>
            </g>
        </svg>
    }
}
