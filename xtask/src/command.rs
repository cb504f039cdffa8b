//! Runs other programs, and says how to install a missing one.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Runs a program in a folder. Its output goes to the terminal.
pub(crate) fn run<S: AsRef<OsStr>>(
    program: &str,
    folder: &Path,
    args: impl IntoIterator<Item = S>,
) -> Result<()> {
    let status = Command::new(program)
        .current_dir(folder)
        .args(args)
        .status()
        .with_context(|| format!("{program} is not here: `make tools` brings it"))?;
    if !status.success() {
        bail!("{program}: {status}");
    }
    Ok(())
}
