//! Work that waits for the browser.

use std::pin::Pin;

/// Does something as soon as its turn comes. All tasks are of one type: the code that
/// drives a task comes once and not for each.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    wasm_bindgen_futures::spawn_local(task);
}
