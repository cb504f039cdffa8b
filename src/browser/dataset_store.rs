//! Dataset files stored on the phone, by name (`public/dataset-store.js`).

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = yizhanStore, js_name = place)]
    async fn js_place() -> JsValue;
    #[wasm_bindgen(js_namespace = yizhanStore, js_name = read)]
    async fn js_read(names: Array) -> JsValue;
    #[wasm_bindgen(js_namespace = yizhanStore, js_name = names)]
    async fn js_names() -> JsValue;
    #[wasm_bindgen(js_namespace = yizhanStore, js_name = change)]
    async fn js_change(files: Array, keep: JsValue, expected: JsValue) -> JsValue;
    #[wasm_bindgen(js_namespace = yizhanStore, js_name = earlyFiles)]
    fn js_early_files() -> Array;
    #[wasm_bindgen(js_namespace = yizhanStore, js_name = persist)]
    async fn js_persist();
    #[wasm_bindgen(js_namespace = yizhanStore, js_name = savesData)]
    fn js_saves_data() -> bool;
}

use crate::dataset::StorageKind;

/// A dataset file that the scripts read from the store or fetched.
#[derive(Debug)]
pub struct EarlyFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whether its bytes were verified against the digest in its name.
    pub is_intact: bool,
}

/// The stored files that were read in advance; none if many files are stored.
#[must_use]
pub fn early_files() -> Vec<EarlyFile> {
    to_files(&js_early_files())
}

/// Converts the files of the scripts: name, bytes, whether the digest was verified.
pub(super) fn to_files(files: &Array) -> Vec<EarlyFile> {
    let file = |file: JsValue| {
        let file: Array = file.unchecked_into();
        let bytes = file.get(1);
        Some(EarlyFile {
            name: file.get(0).as_string()?,
            bytes: bytes.dyn_ref::<Uint8Array>()?.to_vec(),
            is_intact: file.get(2).is_truthy(),
        })
    };
    files.iter().filter_map(file).collect()
}

/// Where this browser stores files.
pub async fn storage_kind() -> StorageKind {
    match js_place().await.as_string().as_deref() {
        Some("database") => StorageKind::Database,
        Some("storage") => StorageKind::Storage,
        _ => StorageKind::Nowhere,
    }
}

/// The contents of the named files, in the same order; `None` for a file that is not stored.
pub async fn read(names: &[String]) -> Vec<Option<Vec<u8>>> {
    let files: Array = js_read(to_array(names)).await.unchecked_into();
    let bytes = |file: JsValue| file.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec);
    files.iter().map(bytes).collect()
}

/// The names of all stored files; none if the storage does not answer.
pub async fn names() -> Option<Vec<String>> {
    let names: Array = js_names().await.dyn_into().ok()?;
    Some(names.iter().filter_map(|name| name.as_string()).collect())
}

/// Stores files, all or none. Returns false if there was no room.
pub async fn write(files: &[(String, Vec<u8>)]) -> bool {
    let pairs = files.iter().map(|(name, bytes)| pair(name, bytes));
    let stored = js_change(pairs.collect(), JsValue::UNDEFINED, JsValue::UNDEFINED).await;
    stored.is_truthy()
}

/// Replaces the file `name`, which was `before`, and removes all files that are not among
/// `names`, all or nothing. Returns false if there was no room; none if the file was not `before`
/// any more, or one of the files `loaded` is not stored.
pub async fn commit(
    name: &str,
    before: Option<&[u8]>,
    bytes: &[u8],
    names: &[String],
    loaded: &[String],
) -> Option<bool> {
    let before = before.map_or(JsValue::UNDEFINED, |bytes| Uint8Array::from(bytes).into());
    let expected = Array::of2(&before, &to_array(loaded));
    let files = Array::of1(&pair(name, bytes));
    let stored = js_change(files, to_array(names).into(), expected.into()).await;
    stored.as_bool()
}

/// Removes all stored files.
pub async fn clear() {
    js_change(Array::new(), Array::new().into(), JsValue::UNDEFINED).await;
}

fn pair(name: &str, bytes: &[u8]) -> Array {
    Array::of2(&JsValue::from_str(name), &Uint8Array::from(bytes))
}

/// Asks the browser not to evict the store when space is short.
pub async fn persist() {
    js_persist().await;
}

/// Whether data saving is on in the browser.
#[must_use]
pub fn saves_data() -> bool {
    js_saves_data()
}

pub(super) fn to_array(names: &[String]) -> Array {
    names.iter().map(|name| JsValue::from_str(name)).collect()
}
