//! Writes the template for a union's clerk into a new file.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;

use crate::publish::template;

/// Writes the template. A file that is there is never overwritten.
pub(super) fn write(path: &Path) -> anyhow::Result<()> {
    let bytes = template().context("template")?;
    let name = path.display();
    let exists = |cause: std::io::Error| match cause.kind() {
        std::io::ErrorKind::AlreadyExists => anyhow::anyhow!(
            "{name} is there already; give another name (文件已经存在，请换一个名字)"
        ),
        _ => anyhow::Error::new(cause).context(name.to_string()),
    };
    let mut file = std::fs::File::create_new(path).map_err(exists)?;
    file.write_all(&bytes).with_context(|| name.to_string())
}
