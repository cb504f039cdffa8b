//! Builds the release of the page from what trunk built: `cargo xtask release FOLDER`.
//!
//! 1. `split`: splits the module into a first module and parts that are loaded later.
//! 2. `shell`: renders the first screens into the page.
//! 3. `scripts`: bundles and minifies scripts and style sheet.
//! 4. `publish_page`: builds the page `/publish/`.
//! 5. `yizhan::cli::pack`: content hashes in names, the worker's file list, compressed copies.

mod command;
mod publish_page;
mod scripts;
mod shell;
mod split;
mod trim;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

const USAGE: &str = "usage: cargo xtask release FOLDER   # what trunk built, in place";

/// A copy of the build before packing, of which the tests make other releases.
const UNPACKED: &str = "unpacked";

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["release", folder] => release(Path::new(folder)),
        _ => bail!("{USAGE}"),
    }
}

fn release(folder: &Path) -> Result<()> {
    let target = target_folder();
    let module = target.join("wasm32-unknown-unknown/page/web.wasm");
    let work = target.join("parts");
    let parts = split::split(&module, &work, folder)?;
    shell::draw(folder, &parts)?;
    scripts::bundle(&work, folder)?;
    let unpacked = target.join(UNPACKED);
    copy_folder(folder, &unpacked).context("keep the build before it is packed")?;
    publish_page::build(&target, folder)?;
    let packed = yizhan::cli::pack(folder).context("pack")?;
    println!("{}", packed.version);
    Ok(())
}

/// Cargo's target folder.
fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// Replaces `to` by a copy of `from`.
fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
