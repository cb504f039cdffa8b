//! The browser: files, the worker, storage, downloads. It contains no wording.

use js_sys::{Array, Promise, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, HtmlElement, MessageEvent, Url,
    Worker, WorkerOptions, WorkerType,
};

/// A file that was dropped, with its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Dropped {
    pub(crate) name: String,
    pub(crate) bytes: Uint8Array,
}

/// Reads dropped or chosen files.
pub(crate) async fn read(files: Vec<File>) -> Vec<Dropped> {
    let mut dropped = Vec::new();
    for file in files {
        // One that cannot be read is empty, and the check says so.
        let buffer = JsFuture::from(file.array_buffer()).await;
        let bytes = buffer.map_or_else(|_| Uint8Array::new_with_length(0), |b| Uint8Array::new(&b));
        dropped.push(Dropped {
            name: file.name(),
            bytes,
        });
    }
    dropped
}

/// The files of a list.
pub(crate) fn listed(files: Option<FileList>) -> Vec<File> {
    let files = files.into_iter();
    files
        .flat_map(|list| (0..list.length()).filter_map(move |place| list.get(place)))
        .collect()
}

/// Files as a list of `[name, bytes]`.
pub(crate) fn to_files(files: &[(String, Vec<u8>)]) -> Array {
    let pairs = files
        .iter()
        .map(|(name, bytes)| Array::of2(&name.into(), &Uint8Array::from(bytes.as_slice())));
    pairs.collect()
}

/// The files of a list of `[name, bytes]`.
pub(crate) fn from_files(list: &JsValue) -> Vec<(String, Vec<u8>)> {
    let pairs = dropped_of(list).into_iter();
    pairs.map(|file| (file.name, file.bytes.to_vec())).collect()
}

/// The same, with the bytes where they are.
pub(crate) fn dropped_of(list: &JsValue) -> Vec<Dropped> {
    let Some(list) = list.dyn_ref::<Array>() else {
        return Vec::new();
    };
    let file = |pair: JsValue| {
        let pair: Array = pair.dyn_into().ok()?;
        Some(Dropped {
            name: pair.get(0).as_string()?,
            bytes: pair.get(1).dyn_into().ok()?,
        })
    };
    list.iter().filter_map(file).collect()
}

/// Files as the worker takes them.
pub(crate) fn of_dropped(files: &[Dropped]) -> Array {
    let pairs = files
        .iter()
        .map(|file| Array::of2(&file.name.as_str().into(), &file.bytes));
    pairs.collect()
}

/// Starts the worker; `on_message` gets each of its messages, `fail` is called if it cannot be loaded.
pub(crate) fn start_worker(
    on_message: impl Fn(Array) + 'static,
    fail: impl Fn() + 'static,
) -> Option<Worker> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options("worker.js", &options).ok()?;
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(message) = event.data().dyn_into::<Array>() {
            on_message(message);
        }
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    let fail = Closure::<dyn Fn()>::new(fail);
    worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
    // Both live as long as the page.
    on_message.forget();
    fail.forget();
    Some(worker)
}

/// A file of the same site; none if there is no such file.
pub(crate) async fn fetch(path: &str) -> Result<Option<Uint8Array>, JsValue> {
    let response = JsFuture::from(window().fetch_with_str(path)).await?;
    let response: web_sys::Response = response.dyn_into()?;
    if response.status() == 404 {
        return Ok(None);
    }
    if !response.ok() {
        return Err(JsValue::UNDEFINED);
    }
    let buffer: Promise = response.array_buffer()?;
    Ok(Some(Uint8Array::new(&JsFuture::from(buffer).await?)))
}

/// Says in which language the document is, and what it is called.
pub(crate) fn name_document(language: &str, title: &str) {
    document().set_title(title);
    if let Some(root) = document().document_element() {
        // Cannot fail: the name is valid.
        let _ = root.set_attribute("lang", language);
    }
}

/// Gives the focus to the element that a selector finds.
pub(crate) fn focus(selector: &str) {
    let element = document().query_selector(selector).ok().flatten();
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Without the focus the page works as well.
        let _ = element.focus();
    }
}

/// A selector for the choice that has the focus, by its label.
pub(crate) fn focused_choice() -> Option<String> {
    let label = document().active_element()?.get_attribute("aria-label")?;
    let quoted = label.replace('\\', "\\\\").replace('"', "\\\"");
    Some(format!("select[aria-label=\"{quoted}\"]"))
}

/// Whether an event happened in a field of a form.
pub(crate) fn is_field(target: Option<web_sys::EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| ["INPUT", "TEXTAREA"].contains(&&*element.tag_name()))
}

/// Asks a question that is answered by yes or no.
pub(crate) fn confirms(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or_default()
}

/// Downloads a file.
pub(crate) fn download(name: &str, bytes: &Uint8Array) {
    let parts = Array::of1(bytes);
    let options = BlobPropertyBag::new();
    options.set_type("application/octet-stream");
    let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&parts, &options) else {
        return;
    };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else {
        return;
    };
    if let Ok(link) = document().create_element("a") {
        let link: HtmlAnchorElement = link.unchecked_into();
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The browser has started the download by then.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_mins(1),
    );
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = yizhanFolder, js_name = isThere)]
    fn js_can_write_folders() -> bool;
    #[wasm_bindgen(catch, js_namespace = yizhanFolder, js_name = choose)]
    async fn js_choose_folder() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = yizhanFolder, js_name = read)]
    async fn js_read_folder(names: Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_namespace = yizhanFolder, js_name = write)]
    async fn js_write_folder(
        by_content: JsValue,
        fixed: JsValue,
        old: JsValue,
    ) -> Result<JsValue, JsValue>;
}

/// Whether this browser lets a page write into a folder (`folder.js`).
pub(crate) fn can_write_folders() -> bool {
    js_can_write_folders()
}

/// Asks for a folder; the names in it, and whether each is a file. None if the clerk chose none.
pub(crate) async fn choose_folder() -> Result<Option<Vec<(String, bool)>>, String> {
    let names = js_choose_folder().await.map_err(words_of)?;
    let Ok(names) = names.dyn_into::<Array>() else {
        return Ok(None);
    };
    let names = names.iter().filter_map(|pair| {
        let pair: Array = pair.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1).is_truthy()))
    });
    Ok(Some(names.collect()))
}

/// Files of the chosen folder, as the worker takes them.
pub(crate) async fn read_folder(names: &[(String, bool)]) -> Result<JsValue, String> {
    let names = names.iter().map(|(name, _)| JsValue::from(name));
    js_read_folder(names.collect()).await.map_err(words_of)
}

/// Replaces the dataset in the chosen folder, all or nothing. Returns the file that was not
/// completed after the manifest, if any.
pub(crate) async fn write_folder(
    by_content: JsValue,
    fixed: JsValue,
    old: JsValue,
) -> Result<Option<String>, String> {
    let unfinished = js_write_folder(by_content, fixed, old).await;
    unfinished.map(|name| name.as_string()).map_err(words_of)
}

/// What an exception says.
fn words_of(error: JsValue) -> String {
    let error = error.dyn_into::<js_sys::Error>();
    error.map_or_else(
        |other| format!("{other:?}"),
        |error| String::from(error.message()),
    )
}

/// The address of the site that this page is part of.
pub(crate) fn site() -> String {
    let page = document().base_uri().ok().flatten().unwrap_or_default();
    let site = Url::new_with_base("..", &page);
    site.map_or(page, |site| site.href())
}

/// Puts the files of a dataset where the rider's page in `try/` reads them.
pub(crate) async fn offer_to_try(files: &[Dropped]) -> Option<()> {
    let caches = window().caches().ok()?;
    JsFuture::from(caches.delete(TRIAL)).await.ok()?;
    let cache = JsFuture::from(caches.open(TRIAL)).await.ok()?;
    let cache: web_sys::Cache = cache.unchecked_into();
    for file in files {
        let response = web_sys::Response::new_with_opt_js_u8_array(Some(&file.bytes)).ok()?;
        let path = format!("try/data/{}", file.name);
        JsFuture::from(cache.put_with_str(&path, &response))
            .await
            .ok()?;
    }
    Some(())
}

/// The cache of a dataset that is being tried (sw.js).
const TRIAL: &str = "yizhan-publish-trial";

/// Registers the service worker, which makes the page work offline and serves `try/`. True once
/// it answers for this page.
pub(crate) async fn register_service_worker() -> bool {
    let container = window().navigator().service_worker();
    if JsFuture::from(container.register("sw.js")).await.is_err() {
        return false;
    }
    match container.ready() {
        Ok(ready) => JsFuture::from(ready).await.is_ok(),
        Err(_) => false,
    }
}

/// A text of this machine's storage.
pub(crate) fn stored(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Stores a text.
pub(crate) fn store(key: &str, text: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        // Without room or storage the form is filled in again next time.
        let _ = storage.set_item(key, text);
    }
}

/// The time in China, in minutes since 1970.
pub(crate) fn minutes_in_china() -> f64 {
    (js_sys::Date::now() / 60_000.0).floor() + 480.0
}
