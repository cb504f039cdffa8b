//! Builds the page `/publish/` (`publish-page`): its module, its files, and the demo's sheets.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use yizhan::dataset::Digest;

use crate::command::run;
use crate::split::FEATURES;
use crate::trim;

/// Files of the page besides the module and its glue.
const ASSETS: [&str; 7] = [
    "boot.js",
    "folder.js",
    "index.html",
    "publish.css",
    "sw.js",
    "try.js",
    "worker.js",
];

/// What `sw.js` says until the build writes the version.
const UNVERSIONED: &str = "const VERSION = \"dev\";";

/// Builds the page into the folder `publish` of the site.
pub(crate) fn build(target: &Path, site: &Path) -> Result<()> {
    let root = Path::new(".");
    run(
        "cargo",
        root,
        [
            "build",
            "--quiet",
            "--target=wasm32-unknown-unknown",
            "--package=publish-page",
            "--profile=publish-page",
        ],
    )?;
    let module = target.join("wasm32-unknown-unknown/publish-page/publish_page.wasm");
    let folder = site.join("publish");
    let glue = [
        module.into_os_string(),
        "--target=web".into(),
        "--no-typescript".into(),
        "--out-name=publish".into(),
        "--out-dir".into(),
        folder.clone().into_os_string(),
    ];
    run("wasm-bindgen", root, glue)?;
    let module = folder.join("publish_bg.wasm");
    trim::drop_custom_sections(&module)?;
    let name = module.as_os_str();
    let features = FEATURES.iter().map(AsRef::as_ref);
    let optimise = [name, "-O2".as_ref(), "-o".as_ref(), name].into_iter();
    run("wasm-opt", root, optimise.chain(features))?;
    for name in ASSETS {
        copy(&Path::new("publish-page/assets").join(name), &folder)?;
    }
    let demo = folder.join("demo");
    std::fs::create_dir_all(&demo)?;
    for entry in std::fs::read_dir("data")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension != "md") {
            copy(&path, &demo)?;
        }
    }
    write_version(&folder)
}

/// The service worker changes with any of the files.
fn write_version(folder: &Path) -> Result<()> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|file| file.is_file());
    files.sort();
    let mut bytes = Vec::new();
    for file in files {
        bytes.extend(std::fs::read(file)?);
    }
    let digest = Digest::of(&bytes);
    let path = folder.join("sw.js");
    let script = std::fs::read_to_string(&path)?;
    anyhow::ensure!(script.contains(UNVERSIONED), "sw.js has no {UNVERSIONED}");
    let script = script.replace(UNVERSIONED, &format!("const VERSION = \"{digest}\";"));
    std::fs::write(&path, script)?;
    Ok(())
}

fn copy(file: &Path, folder: &Path) -> Result<()> {
    let name = file.file_name().context("a file")?;
    std::fs::copy(file, folder.join(name)).with_context(|| file.display().to_string())?;
    Ok(())
}
