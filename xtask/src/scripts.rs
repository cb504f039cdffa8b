//! One script of the page's own, and no bytes in it that nobody reads: each request costs
//! a slow network more than its bytes.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::command::run;

/// Makes `boot.js` of all scripts that the page starts with.
pub(crate) fn bundle(work: &Path, folder: &Path) -> Result<()> {
    // One module of the parts' loader, written by the splitter, and the glue beside ours.
    let loader = std::fs::read_to_string(work.join("__wasm_split.js"))?;
    let loader = replace(&loader, "WebAssembly.instantiateStreaming(", "instantiate(")?;
    let loader = replace(&loader, "fetch(new URL(", "bring(new URL(")?;
    let loader = format!("import {{ bring, instantiate }} from \"./module.js\";\n{loader}");
    std::fs::write(folder.join("__wasm_split.js"), loader)?;
    std::fs::copy(work.join("web.js"), folder.join("web.js"))?;
    // Plain scripts, no modules: Chromium compiles the one when the worker keeps it, and
    // later visits need not; the other runs where it stands. `import.meta` is then the page,
    // in whose folder all of it lies.
    for (script, target) in [("boot.js", "esnext"), ("early.js", "es2018")] {
        let args = [
            script,
            "--bundle",
            "--format=iife",
            "--minify",
            "--charset=utf8",
            "--define:import.meta.url=document.baseURI",
            "--log-level=warning",
            "--allow-overwrite",
            &format!("--target={target}"),
            &format!("--outfile={script}"),
        ];
        run("esbuild", folder, args)?;
    }
    let index = folder.join("index.html");
    let page = std::fs::read_to_string(&index)?;
    let page = replace(
        &page,
        "<script type=\"module\" src=\"boot.js\">",
        "<script async src=\"boot.js\">",
    )?;
    let page = replace(
        &page,
        "<script type=\"module\" src=\"early.js\">",
        "<script src=\"early.js\">",
    )?;
    std::fs::write(&index, page)?;
    let others = [
        "host.js",
        "yizhan.css",
        "--minify",
        "--charset=utf8",
        "--log-level=warning",
        "--allow-overwrite",
        "--outdir=.",
    ];
    run("esbuild", folder, others)?;
    // Read by engines of any age.
    let legacy = [
        "load-guard.js",
        "--minify",
        "--target=es5",
        "--charset=utf8",
        "--log-level=warning",
        "--allow-overwrite",
        "--outdir=.",
    ];
    run("esbuild", folder, legacy)?;
    for bundled in ["dataset-store.js", "module.js", "web.js", "__wasm_split.js"] {
        std::fs::remove_file(folder.join(bundled)).with_context(|| bundled)?;
    }
    Ok(())
}

/// Replaces a text wherever it stands; one that stands nowhere is an error.
pub(crate) fn replace(text: &str, old: &str, new: &str) -> Result<String> {
    if !text.contains(old) {
        bail!("nothing to replace: {old}");
    }
    Ok(text.replace(old, new))
}
