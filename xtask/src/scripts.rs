//! Bundles the page's scripts and minifies them: on a slow network each request costs more than
//! its bytes.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::command::run;

/// Bundles the scripts that start the page into `boot.js` and `early.js`, and minifies the others.
pub(crate) fn bundle(work: &Path, folder: &Path) -> Result<()> {
    // Puts the splitter's loader of parts, and the glue, beside our scripts, as modules to bundle.
    let loader = std::fs::read_to_string(work.join("__wasm_split.js"))?;
    let loader = replace(&loader, "WebAssembly.instantiateStreaming(", "instantiate(")?;
    let loader = replace(&loader, "fetch(new URL(", "bring(new URL(")?;
    let loader = format!("import {{ bring, instantiate }} from \"./module.js\";\n{loader}");
    std::fs::write(folder.join("__wasm_split.js"), loader)?;
    std::fs::copy(work.join("web.js"), folder.join("web.js"))?;
    // Classic scripts, not modules: Chromium compiles boot.js when the service worker stores it,
    // so that later visits need not; early.js runs at its place in the page. `import.meta.url` is
    // then the page's address, whose folder holds all files.
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
    // For engines of any age.
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

/// Replaces all occurrences of a text. Fails if there are none.
pub(crate) fn replace(text: &str, old: &str, new: &str) -> Result<String> {
    if !text.contains(old) {
        bail!("nothing to replace: {old}");
    }
    Ok(text.replace(old, new))
}
