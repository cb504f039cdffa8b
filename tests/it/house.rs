//! The structure of the code: which module may know which, how long files are, what things are
//! called, and versions that must agree.

use std::path::{Path, PathBuf};

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    files_of(folder, &["rs"])
}

/// The files in a folder with one of these extensions.
fn files_of(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            files.extend(files_of(&path, extensions));
        } else if extension.is_some_and(|extension| extensions.contains(&extension)) {
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
fn publishing_touches_no_disk_prints_nothing_and_ends_no_process() {
    check(
        "publish",
        &[
            "std::fs",
            "std::thread",
            "println!",
            "eprintln!",
            "std::process",
            "crate::cli",
            "crate::ui",
            "crate::browser",
            "crate::components",
            "leptos",
        ],
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
    let folders = [
        "src",
        "xtask/src",
        "publish-page",
        "collect",
        "public",
        "tests",
    ];
    for file in folders
        .iter()
        .flat_map(|folder| files_of(Path::new(folder), &["rs", "js", "mjs", "css"]))
    {
        let lines = read(&file.to_string_lossy()).lines().count();
        assert!(lines <= 600, "{} has {lines} lines", file.display());
    }
}

/// The names of the enums that the code declares.
fn own_enums(code: &str) -> Vec<&str> {
    let declared = code.lines().filter_map(|line| line.split_once("enum "));
    declared
        .map(|(_, rest)| {
            rest.split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default()
        })
        .collect()
}

/// The lines of `code` with a `_ =>` beside arms that name a variant of one of `enums`.
fn wildcards_beside<'a>(code: &'a str, enums: &[&str]) -> Vec<&'a str> {
    let lines: Vec<&str> = code.lines().collect();
    let indent = |line: &str| line.len() - line.trim_start().len();
    let names_a_variant = |arm: &str| {
        let pattern = arm.split("=>").next().unwrap_or_default();
        let pattern = pattern.split(" if ").next().unwrap_or_default();
        // A list of values has no end that a match could name.
        !pattern.contains('[')
            && enums.iter().any(|name| {
                let path = format!("{name}::");
                let mut found = pattern.match_indices(&path);
                found.any(|(at, _)| !pattern[..at].ends_with(char::is_alphanumeric))
            })
    };
    let is_wildcard = |at: &usize| {
        let line = lines[*at].trim_start();
        if !line.starts_with("_ =>") && !line.starts_with("_ if ") {
            return false;
        }
        let before = lines[..*at].iter().rev();
        before
            .take_while(|before| before.trim().is_empty() || indent(before) >= indent(lines[*at]))
            .filter(|before| indent(before) == indent(lines[*at]))
            .any(|before| names_a_variant(before))
    };
    (0..lines.len())
        .filter(is_wildcard)
        .map(|at| lines[at])
        .collect()
}

/// With a wildcard, nobody is asked what a new variant means there.
#[test]
fn a_match_on_our_own_enums_names_every_variant() {
    let sample = "match a {\n    Own::One => 1,\n    _ => 2,\n}";
    assert_eq!(wildcards_beside(sample, &["Own"]), ["    _ => 2,"]);
    let texts: Vec<String> = ["src", "xtask/src", "publish-page/src", "collect/src"]
        .map(Path::new)
        .into_iter()
        .flat_map(sources)
        .map(|file| read(&file.to_string_lossy()))
        .collect();
    let enums: Vec<&str> = texts.iter().flat_map(|text| own_enums(text)).collect();
    assert!(enums.contains(&"OpenState"), "finds the enums");
    // Crates that the code uses have an `Event` and a `Value` too.
    let is_ours = |name: &&str| !name.is_empty() && !["Event", "Value"].contains(name);
    let enums: Vec<&str> = enums.into_iter().filter(is_ours).collect();
    for text in &texts {
        let found = wildcards_beside(text, &enums);
        let first_line = text.lines().next().unwrap_or_default();
        assert_eq!(found, [""; 0], "in the file that begins: {first_line}");
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
        "yizhanKept",
        "data-supply",
        "supply",
        "LiveModule",
        "-plate",
        "Plate",
        "KeepAll",
        "ClearKept",
        " ears",
        " plate",
        "is told",
        "who asks",
    ];
    let folders = [
        "src",
        "xtask/src",
        "publish-page",
        "collect",
        "public",
        "docs",
    ];
    for file in folders
        .iter()
        .flat_map(|folder| files_of(Path::new(folder), &["rs", "js", "css", "md"]))
    {
        let text = read(&file.to_string_lossy());
        for word in old {
            assert!(!text.contains(word), "{}: {word}", file.display());
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
    let (shell, embed) = (read("xtask/src/shell.rs"), read("public/embed.js"));
    for language in yizhan::view_model::language::Language::ALL {
        let tag = language.tag();
        assert!(script.contains(&format!("\"{tag}\"")), "{tag}");
        // The first module holds Chinese.
        let is_apart = language != yizhan::view_model::language::Language::ZhCn;
        assert!(!is_apart || shell.contains(&format!("\"{tag}\":")), "{tag}");
        let primary = tag.split('-').next().unwrap_or_default();
        assert!(embed.contains(&format!(" {primary}: \"")), "{tag}");
    }
}

#[test]
fn the_address_document_lists_every_language_and_amenity() {
    let document = read("docs/address.md");
    for language in yizhan::view_model::language::Language::ALL {
        assert!(document.contains(&format!("`{}`", language.tag())));
    }
    let (_, listed) = document.split_once("Features: `").expect("the list");
    let listed = listed.split('`').next().unwrap_or_default();
    let listed: Vec<&str> = listed.split_whitespace().collect();
    let known = yizhan::domain::station::Feature::ALL.map(yizhan::domain::station::Feature::key);
    assert_eq!(listed, known);
}
