//! The house: which room may know which, and versions that must agree.

use std::path::{Path, PathBuf};

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a room") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// No file of `room` mentions any of `words`.
#[track_caller]
fn check(room: &str, words: &[&str]) {
    let folder = format!("src/{room}");
    for file in sources(Path::new(&folder)) {
        let text = read(&file.to_string_lossy());
        // Tests may use what the room itself may not.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in words {
            assert!(!code.contains(word), "{} mentions {word}", file.display());
        }
    }
}

#[test]
fn the_domain_knows_no_other_room_no_clock_and_no_wire() {
    check(
        "domain",
        &[
            "crate::dataset",
            "crate::view_model",
            "crate::markup",
            "crate::browser",
            "crate::ui",
            "crate::publish",
            "crate::cli",
            "serde",
            "std::fs",
            "SystemTime",
            "web_sys",
            "leptos",
        ],
    );
}

#[test]
fn the_dataset_knows_only_the_domain() {
    check(
        "dataset",
        &[
            "crate::view_model",
            "crate::markup",
            "crate::browser",
            "crate::ui",
            "crate::publish",
            "crate::cli",
            "std::fs",
            "SystemTime",
            "web_sys",
            "leptos",
        ],
    );
}

#[test]
fn what_is_shown_is_decided_without_a_browser() {
    for room in ["view_model", "markup"] {
        check(
            room,
            &[
                "crate::browser",
                "crate::ui",
                "crate::publish",
                "web_sys",
                "leptos",
                "serde",
            ],
        );
    }
}

#[test]
fn the_browser_room_has_no_wording_and_no_leptos() {
    check(
        "browser",
        &["crate::view_model", "crate::markup", "crate::ui", "leptos"],
    );
}

#[test]
fn only_the_browser_room_knows_web_sys() {
    check("ui", &["web_sys"]);
}

#[test]
fn publishing_prints_nothing_and_ends_no_process() {
    check(
        "publish",
        &["println!", "eprintln!", "std::process", "crate::cli"],
    );
}

#[test]
fn targets_are_told_apart_in_the_library_and_the_binaries_only() {
    for room in [
        "domain",
        "dataset",
        "view_model",
        "markup",
        "browser",
        "ui",
        "publish",
        "cli",
    ] {
        check(room, &["target_arch"]);
    }
}

#[test]
fn wasm_bindgen_has_one_version_everywhere() {
    let pinned = read(".ci/tools.mk");
    let version = pinned
        .lines()
        .find_map(|line| line.strip_prefix("WASM_BINDGEN_VERSION := "))
        .expect("the pinned version");
    assert!(read("Cargo.toml").contains(&format!("wasm-bindgen = \"={version}\"")));
    assert!(read("Trunk.toml").contains(&format!("wasm_bindgen = \"{version}\"")));
}
