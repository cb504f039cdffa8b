//! Asynchronous tasks.

use std::pin::Pin;

/// Runs a task on the browser's event loop. All tasks have one boxed type, so that the code that
/// drives them is compiled once.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
    wasm_bindgen_futures::spawn_local(task);
}
