//! Splits the module: what the first list needs stays in it, and each function marked in
//! `src/ui/lazy.rs` becomes a part, with all code and texts that only it needs.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, ensure};
use wasm_split_cli_support::{Options, transform};

use crate::command::run;
use crate::trim;

/// WebAssembly features that all supported browsers have (docs/performance.md).
pub(crate) const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

/// Passes for the first module. Similar functions side by side compress better.
const FIRST: [&str; 2] = ["-Oz", "--reorder-functions-by-name"];

/// The files of each part.
pub(crate) type Parts = BTreeMap<String, Vec<String>>;

/// Splits the module that cargo built. The module, its parts and its glue go to `work`; the
/// optimised modules go to `folder`, where trunk put the module in one piece.
pub(crate) fn split(module: &Path, work: &Path, folder: &Path) -> Result<Parts> {
    if work.exists() {
        std::fs::remove_dir_all(work)?;
    }
    std::fs::create_dir_all(work)?;
    let whole = work.join("whole.wasm");
    std::fs::copy(module, &whole)
        .with_context(|| format!("{}: trunk build --release makes it", module.display()))?;
    // Classes for the server functions of Leptos, which this page does not use. As exports they
    // would keep themselves, and all code that they need, in the module.
    trim::drop_exports(&whole, |name| name.contains("intounderlying"))?;
    let bytes = std::fs::read(&whole)?;
    let first = work.join("web.wasm");
    let mut options = Options::new(&bytes);
    options.output_dir = work;
    options.main_out_path = &first;
    options.main_module = "./web.js";
    let split = transform(options).map_err(|cause| anyhow!("split: {cause:?}"))?;
    let glue = [
        "web.wasm",
        "--target=web",
        "--keep-lld-exports",
        "--no-typescript",
        "--out-name=web",
        "--out-dir=.",
    ];
    run("wasm-bindgen", work, glue)?;
    let glue = work.join("web.js");
    let text = std::fs::read_to_string(&glue)?;
    // The glue imports the loader once for each part.
    let once = without_repeated_imports(&text);
    ensure!(once != text, "the glue imports the loader otherwise");
    std::fs::write(&glue, once)?;

    let there = std::path::absolute(folder)?;
    optimize(work, "web_bg.wasm", &there, &FIRST)?;
    trim::empty_source_names(&there.join("web_bg.wasm"))?;
    for part in split.split_modules {
        let name = part.file_name().unwrap_or_default().to_string_lossy();
        optimize(work, &name, &there, &["-Oz"])?;
        trim::empty_source_names(&there.join(&*name))?;
    }
    let names = trim::shorten_imports(&there.join("web_bg.wasm"))?;
    let text = std::fs::read_to_string(&glue)?;
    std::fs::write(&glue, trim::shorten_glue(&text, &names)?)?;
    let files = |names: Vec<String>| names.iter().map(|name| format!("{name}.wasm")).collect();
    Ok(split
        .prefetch_map
        .into_iter()
        .map(|(part, names)| (part, files(names)))
        .collect())
}

/// The glue with each import of the loader once: wasm-bindgen writes one for each part.
fn without_repeated_imports(glue: &str) -> String {
    let mut is_first = [true; 2];
    let mut kept = String::new();
    for line in glue.lines() {
        let place = if line.ends_with("from \"./__wasm_split.js\"") {
            Some(0)
        } else if line.starts_with("        \"./__wasm_split.js\": import") {
            Some(1)
        } else {
            None
        };
        if let Some(place) = place
            && !std::mem::take(&mut is_first[place])
        {
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

fn optimize(work: &Path, name: &str, to: &Path, passes: &[&str]) -> Result<()> {
    let target = to.join(name);
    let target = target.to_string_lossy();
    let files = [name, "-o", &target];
    let args = passes.iter().chain(&FEATURES).chain(&files);
    run("wasm-opt", work, args)
}
