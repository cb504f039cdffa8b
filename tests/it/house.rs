//! The structure of the code: which module may know which, how long files are, what things are
//! called, and versions that must agree.

use std::path::{Path, PathBuf};

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a module") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The modules of `src`.
const MODULES: [&str; 8] = [
    "domain",
    "dataset",
    "view_model",
    "components",
    "browser",
    "ui",
    "publish",
    "cli",
];

/// No file of a module mentions any of `words`.
#[track_caller]
fn check(module: &str, words: &[&str]) {
    let folder = format!("src/{module}");
    for file in sources(Path::new(&folder)) {
        let text = read(&file.to_string_lossy());
        // Tests may use what the module itself may not.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in words {
            assert!(!code.contains(word), "{} mentions {word}", file.display());
        }
    }
}

#[test]
fn the_domain_knows_no_other_module_no_clock_and_no_wire_format() {
    check(
        "domain",
        &[
            "crate::dataset",
            "crate::view_model",
            "crate::components",
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
            "crate::components",
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
fn the_screen_is_decided_without_a_browser_and_without_leptos() {
    check(
        "view_model",
        &[
            "crate::components",
            "crate::browser",
            "crate::ui",
            "crate::publish",
            "web_sys",
            "leptos",
            "serde",
        ],
    );
}

#[test]
fn components_know_no_browser_and_no_rules() {
    check(
        "components",
        &[
            "crate::browser",
            "crate::dataset",
            "crate::ui",
            "crate::publish",
            "crate::domain::ranking",
            "web_sys",
            "serde",
        ],
    );
}

#[test]
fn the_browser_module_has_no_wording_and_no_leptos() {
    check(
        "browser",
        &[
            "crate::view_model",
            "crate::components",
            "crate::ui",
            "leptos",
        ],
    );
}

#[test]
fn only_the_browser_module_knows_web_sys() {
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
fn only_the_library_and_the_binaries_ask_for_the_target() {
    for module in MODULES {
        check(module, &["target_arch"]);
    }
}

#[test]
fn no_file_is_longer_than_six_hundred_lines() {
    for file in sources(Path::new("src"))
        .into_iter()
        .chain(sources(Path::new("xtask/src")))
    {
        let lines = read(&file.to_string_lossy()).lines().count();
        assert!(lines <= 600, "{} has {lines} lines", file.display());
    }
}

/// Words that the code used before it spoke the words of the trade.
#[test]
fn the_words_of_the_trade_are_used() {
    let old = [
        "Knowledge",
        "Holding {",
        "KeptIn",
        "Passage",
        "Surroundings",
        "Gathered",
        "Withheld",
        "to_markup",
        "from_markup",
        "data-do",
        "twins",
        "side_sheet",
        "handover",
        "legacy.js",
        " ears",
        " plate",
        "is told",
        "who asks",
    ];
    for module in MODULES {
        for file in sources(Path::new(&format!("src/{module}"))) {
            let text = read(&file.to_string_lossy());
            for word in old {
                assert!(!text.contains(word), "{}: {word}", file.display());
            }
        }
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

#[test]
fn the_early_script_reads_the_format_that_the_tool_writes_and_knows_the_languages() {
    let script = read("public/early.js");
    let format = format!("const FORMAT = {};", yizhan::dataset::FORMAT);
    assert!(script.contains(&format), "{format}");
    for language in yizhan::view_model::language::Language::ALL {
        assert!(script.contains(&format!("\"{}\"", language.tag())));
    }
}
