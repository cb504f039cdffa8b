//! Local storage. Where the browser blocks it, nothing is stored, and the page works without.

fn storage() -> Option<web_sys::Storage> {
    // Reading the property itself throws where cookies are blocked.
    web_sys::window()?.local_storage().ok()?
}

/// The text stored under a key.
#[must_use]
pub fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Stores a text under a key. Returns false if there was no room.
#[expect(
    clippy::must_use_candidate,
    reason = "most that is kept is a convenience"
)]
pub fn write(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

/// Removes the text stored under a key.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}
