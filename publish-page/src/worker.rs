//! The worker's end: one message in, any number of messages out.
//!
//! In: `[id, "check", files, settings, language, minutes, published]`, `[id, "build", settings,
//! site]`, `[id, "into", settings, files]`,
//! `[id, "marked", file, language]`, `[id, "template"]`; `files` is a list of `[name, bytes]`,
//! `published` too, or none if it could not be read, `minutes` the time in China since 1970. Out:
//! `[id, "progress", step, done, total, file]`, then one of `[id, "checked", json]`, `[id, "files",
//! files]`, `[id, "into", files, files, names]`, `[id, "failed", words]`; `worker.js` adds `[id, "crashed", words]`.

use std::cell::RefCell;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use yizhan::domain::civil::CivilTime;
use yizhan::publish::{Language, Progress, Step, template};

use crate::archive::archive;
use crate::browser::{from_files, to_files};
use crate::file_names::marked_name;
use crate::instructions::{self, instructions};
use crate::workbench::{Published, Workbench, WorkbenchError};

thread_local! {
    static WORKBENCH: RefCell<Workbench> = RefCell::default();
}

/// Handles a message of the page; `post` sends one to it.
#[wasm_bindgen]
pub fn handle(message: &Array, post: &Function) {
    let send = |parts: &Array| {
        // Cannot fail: what is sent can be copied.
        let _ = post.call1(&JsValue::NULL, parts);
    };
    let id = message.get(0);
    let mut percent = None;
    let mut progress = |step: &Step, done: usize, total: usize| {
        let (name, file) = match step {
            Step::Reading(file) => ("reading", file.as_str()),
            Step::Comparing => ("comparing", ""),
            Step::Writing | Step::ReadingBack => ("writing", ""),
        };
        // Not for every row: a message costs more than a row.
        let now = (format!("{name} {file}"), done * 100 / total.max(1));
        if percent.as_ref() != Some(&now) {
            percent = Some(now);
            let message = Array::of5(
                &id,
                &"progress".into(),
                &name.into(),
                &JsValue::from_f64(as_number(done)),
                &JsValue::from_f64(as_number(total)),
            );
            message.push(&file.into());
            send(&message);
        }
    };
    let answer = WORKBENCH.with_borrow_mut(|workbench| {
        answer(workbench, message, &mut progress).map_err(|error| error.words(workbench.language()))
    });
    send(&answer.unwrap_or_else(|words| Array::of3(&id, &"failed".into(), &words.into())));
}

/// The answer to a message.
fn answer(
    workbench: &mut Workbench,
    message: &Array,
    progress: &mut Progress<'_>,
) -> Result<Array, WorkbenchError> {
    let id = message.get(0);
    let text = |place: u32| message.get(place).as_string().unwrap_or_default();
    match text(1).as_str() {
        "check" => {
            let published = message.get(6);
            let published = if published.is_falsy() {
                Published::NotReadable
            } else {
                Published::of_files(&from_files(&published).into_iter().collect())
            };
            *workbench = Workbench::new(from_files(&message.get(2)), published);
            #[expect(clippy::cast_possible_truncation, reason = "whole minutes")]
            let minutes = message.get(5).as_f64().unwrap_or_default() as i64;
            let language = language(&text(4));
            let checked = workbench.check(&text(3), language, CivilTime(minutes), progress)?;
            let json = serde_json::to_string(&checked);
            let json = json.map_err(|cause| WorkbenchError::Output(cause.to_string()))?;
            Ok(Array::of3(&id, &"checked".into(), &json.into()))
        }
        "build" => {
            let files = workbench.build(&text(2), progress)?;
            let page = instructions(&text(3)).into_bytes();
            let zipped = files
                .iter()
                .map(|(name, bytes)| (format!("data/{name}"), bytes.clone()));
            let zipped: Vec<(String, Vec<u8>)> = zipped
                .chain([(instructions::NAME.to_owned(), page)])
                .collect();
            let zip = archive(&zipped);
            let zip = zip.map_err(|cause| WorkbenchError::Output(cause.to_string()))?;
            let mut all = vec![("data.zip".to_owned(), zip)];
            all.extend(files);
            Ok(Array::of3(&id, &"files".into(), &to_files(&all)))
        }
        "into" => {
            let old = from_files(&message.get(3)).into_iter().collect();
            let replacement = workbench.build_into(&text(2), &old, progress)?;
            let old: Array = replacement.old.iter().map(JsValue::from).collect();
            Ok(Array::of5(
                &id,
                &"into".into(),
                &to_files(&replacement.by_content),
                &to_files(&replacement.fixed),
                &old,
            ))
        }
        "marked" => {
            let file = text(2);
            let marked = workbench.marked(&file, language(&text(3)))?;
            let all = [(marked_name(&file, marked.is_original), marked.bytes)];
            Ok(Array::of3(&id, &"files".into(), &to_files(&all)))
        }
        _ => {
            let bytes = template().map_err(|cause| WorkbenchError::Output(cause.to_string()))?;
            let all = [("驿站模板.xlsx".to_owned(), bytes)];
            Ok(Array::of3(&id, &"files".into(), &to_files(&all)))
        }
    }
}

fn language(tag: &str) -> Language {
    if tag == "en" {
        Language::En
    } else {
        Language::Zh
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of rows are far below 2^52"
)]
fn as_number(count: usize) -> f64 {
    count as f64
}
