//! Prepares the built page for publication: names by content, the service worker's file list,
//! and compressed copies.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256, Sha384};

use super::copies::copies;
use crate::dataset::{MANIFEST_NAME, decode_manifest};
use crate::publish::compressed::{self, Effort, extension_of};

/// Scripts that get a name by content, like the module and its parts. Scripts that refer to
/// others come last.
const NAMED_BY_CONTENT: [&str; 5] = [
    "dataset-store.js",
    "module.js",
    "host.js",
    "web.js",
    "boot.js",
];

/// Those that a bundler may already have merged into `boot.js`.
const BUNDLED: [&str; 3] = ["dataset-store.js", "module.js", "web.js"];

/// Files that refer to others by name.
const REFERRING: [&str; 3] = ["boot.js", "early.js", "index.html"];

/// Inlined into `index.html`: the repair script cannot itself be missing, and each request costs
/// a slow phone more than its bytes.
const INLINED: [Inlined; 3] = [
    Inlined {
        name: "load-guard.js",
        reference: "<script src=\"load-guard.js\"></script>",
        element: "script",
    },
    Inlined {
        name: "early.js",
        reference: "<script src=\"early.js\"></script>",
        element: "script",
    },
    Inlined {
        name: "yizhan.css",
        reference: "<link rel=\"stylesheet\" href=\"yizhan.css\" />",
        element: "style",
    },
];

struct Inlined {
    name: &'static str,
    /// How `index.html` refers to it.
    reference: &'static str,
    element: &'static str,
}

/// Not part of a release and not cached by phones: files that are deployed by hand
/// (docs/hosting.md), and files that other pages load or their authors read (docs/embedding.md).
const APART: [&str; 5] = ["off/", "embed.js", "embed/", "404.html", "publish/"];

/// The line of the service worker that is replaced by the file list.
const LIST_MARK: &str = "const RELEASE = { version: \"dev\", files: [] };";

/// What was packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The release: some digits of the digest of all its files.
    pub version: String,
    /// Files that the service worker keeps, and their bytes.
    pub files: Vec<(String, usize)>,
}

/// Why a build cannot be packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file cannot be read or written.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The service worker was packed before, or is not ours.
    #[error("{0} has no place for the list of files: pack a fresh build (trunk build --release)")]
    NoMark(PathBuf),
}

/// Packs the folder that trunk built.
///
/// # Errors
///
/// [`PackError`], with the file.
pub fn pack(dist: &Path) -> Result<Packed, PackError> {
    let mut renamed: BTreeMap<&str, String> = BTreeMap::new();
    let modules = modules(dist)?;
    let modules = modules.iter().map(String::as_str);
    for name in modules.chain(NAMED_BY_CONTENT) {
        if BUNDLED.contains(&name) && !dist.join(name).exists() {
            continue;
        }
        rewrite(dist, name, &renamed)?;
        let path = dist.join(name);
        if extension_of(name) == "js" {
            write(&path, without_comments(&text(&path)?).as_bytes())?;
        }
        let bytes = read(&dist.join(name))?;
        let extension = extension_of(name);
        let stem = name.trim_end_matches(extension).trim_end_matches('.');
        let new = format!("{stem}-{}.{extension}", &hex(&bytes)[..16]);
        let (from, to) = (dist.join(name), dist.join(&new));
        std::fs::rename(&from, &to).map_err(|cause| PackError::File { path: from, cause })?;
        renamed.insert(name, new);
    }
    for name in ["early.js", "index.html"] {
        rewrite(dist, name, &renamed)?;
    }
    for inlined in &INLINED {
        inline(dist, inlined)?;
    }
    seal(dist, renamed.values())?;
    allow_reports(dist)?;

    let worker = dist.join("sw.js");
    let script = text(&worker)?;
    let mut files = Vec::new();
    let mut entries = String::new();
    let mut all = Sha256::new();
    for name in files_below(dist, dist)? {
        let is_apart = APART.iter().any(|apart| name.starts_with(apart));
        if name.starts_with("data/") || is_apart || name == "sw.js" {
            continue;
        }
        let bytes = read(&dist.join(&name))?;
        let digest = hex(&bytes);
        all.update(format!("{name} {digest}\n"));
        let _ = write!(entries, "\n  [\"{name}\", \"{digest}\"],");
        files.push((name, bytes.len()));
    }
    all.update(&script);
    let version = to_hex(&all.finalize())[..12].to_owned();
    if !script.contains(LIST_MARK) {
        return Err(PackError::NoMark(worker));
    }
    let list = format!("const RELEASE = {{ version: \"{version}\", files: [{entries}\n] }};");
    write(&worker, script.replace(LIST_MARK, &list).as_bytes())?;

    // `build` compresses the data, which is also published without the page.
    for name in files_below(dist, dist)? {
        if compressed::is_worthwhile(&name) && !name.starts_with("data/") {
            compress(&dist.join(name))?;
        }
    }
    Ok(Packed { version, files })
}

/// The module, and the parts that it was split into.
fn modules(dist: &Path) -> Result<Vec<String>, PackError> {
    let mut names = files_below(dist, dist)?;
    names.retain(|name| extension_of(name) == "wasm" && !name.contains('/'));
    if names.is_empty() {
        names.push("web_bg.wasm".to_owned());
    }
    Ok(names)
}

/// Puts the new names into a file that refers to others.
fn rewrite(dist: &Path, name: &str, renamed: &BTreeMap<&str, String>) -> Result<(), PackError> {
    if !REFERRING.contains(&name) {
        return Ok(());
    }
    let path = dist.join(name);
    let mut content = text(&path)?;
    for (old, new) in renamed {
        // Only whole names: "web.js" must not be found inside another.
        for before in ["/", "\""] {
            content = content.replace(&format!("{before}{old}\""), &format!("{before}{new}\""));
        }
    }
    // Trunk's instruction is of no use to browsers.
    if let Some(start) = content.find("<link data-trunk")
        && let Some(length) = content[start..].find('>')
    {
        content.replace_range(start..=start + length, "");
    }
    write(&path, content.as_bytes())
}

/// Removes the comments of a script or a style sheet to save bytes. Only comments on lines of
/// their own; anything else may be part of a string.
fn without_comments(script: &str) -> String {
    let mut kept = String::new();
    let mut is_inside = false;
    for line in script.lines() {
        let text = line.trim();
        is_inside |= text.starts_with("/*");
        if !is_inside && !text.starts_with("//") && !text.is_empty() {
            kept.push_str(line);
            kept.push('\n');
        }
        is_inside &= !text.ends_with("*/");
    }
    kept
}

/// Writes a file into `index.html`, and into its policy by its digest.
fn inline(dist: &Path, inlined: &Inlined) -> Result<(), PackError> {
    let Inlined {
        name,
        reference,
        element,
    } = inlined;
    let (path, file) = (dist.join("index.html"), dist.join(name));
    let content = without_comments(&text(&file)?);
    let digest = STANDARD.encode(Sha256::digest(&content));
    let policy = format!("{element}-src 'self'");
    let page = text(&path)?
        .replace(reference, &format!("<{element}>{content}</{element}>"))
        .replace(&policy, &format!("{policy} 'sha256-{digest}'"));
    write(&path, page.as_bytes())?;
    std::fs::remove_file(&file).map_err(|cause| PackError::File { path: file, cause })
}

/// Adds subresource integrity to the scripts of `index.html`, so that browsers run nothing else
/// in their place. The module is left out: browsers do not check what they preload for `fetch`,
/// and the service worker checks what it caches.
fn seal<'a>(dist: &Path, names: impl Iterator<Item = &'a String>) -> Result<(), PackError> {
    let path = dist.join("index.html");
    let mut page = text(&path)?;
    for name in names.filter(|name| extension_of(name) != "wasm") {
        let digest = STANDARD.encode(Sha384::digest(read(&dist.join(name))?));
        let reference = format!("src=\"{name}\"");
        let sealed = format!("{reference} integrity=\"sha384-{digest}\"");
        page = page.replace(&reference, &sealed);
    }
    write(&path, page.as_bytes())
}

/// Allows the publisher's address for reports in the content security policy, if it is on
/// another host.
fn allow_reports(dist: &Path) -> Result<(), PackError> {
    // Packing cannot repair a dataset that cannot be read.
    let manifest = std::fs::read(dist.join("data").join(MANIFEST_NAME));
    let Some(manifest) = manifest.ok().and_then(|bytes| decode_manifest(&bytes).ok()) else {
        return Ok(());
    };
    let Some(origin) = origin_of(&manifest.report_url) else {
        return Ok(());
    };
    let path = dist.join("index.html");
    let page = text(&path)?;
    let allowed = page.replace(
        "connect-src 'self'",
        &format!("connect-src 'self' {origin}"),
    );
    write(&path, allowed.as_bytes())
}

/// The scheme and host of a web address; none for an address on the same host,
/// and none for anything that could end the policy it is written into.
fn origin_of(url: &str) -> Option<String> {
    let host = url
        .strip_prefix("https://")?
        .split(['/', '?', '#'])
        .next()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
    (!host.is_empty() && host.chars().all(is_plain)).then(|| format!("https://{host}"))
}

fn compress(path: &Path) -> Result<(), PackError> {
    for (extension, copy) in copies(&read(path)?, Effort::Smallest) {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(extension);
        write(Path::new(&name), &copy)?;
    }
    Ok(())
}

/// The files below a folder, as paths with `/` relative to `dist`, sorted;
/// without compressed copies.
fn files_below(folder: &Path, dist: &Path) -> Result<Vec<String>, PackError> {
    let failed = |cause| PackError::File {
        path: folder.to_owned(),
        cause,
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            files.extend(files_below(&path, dist)?);
        } else if let Ok(relative) = path.strip_prefix(dist) {
            let name: Vec<_> = relative
                .iter()
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            let name = name.join("/");
            if compressed::original_of(&name).is_none() {
                files.push(name);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn hex(bytes: &[u8]) -> String {
    to_hex(&Sha256::digest(bytes))
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn read(path: &Path) -> Result<Vec<u8>, PackError> {
    std::fs::read(path).map_err(|cause| PackError::File {
        path: path.to_owned(),
        cause,
    })
}

fn text(path: &Path) -> Result<String, PackError> {
    std::fs::read_to_string(path).map_err(|cause| PackError::File {
        path: path.to_owned(),
        cause,
    })
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), PackError> {
    std::fs::write(path, bytes).map_err(|cause| PackError::File {
        path: path.to_owned(),
        cause,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_stay_at_home_and_texts_are_left_alone() {
        let script = "// one\nlet a = \"// b\"; // c\n/* d\n e */\n\n  /** f */\ng();\n";
        assert_eq!(without_comments(script), "let a = \"// b\"; // c\ng();\n");
    }

    #[test]
    fn only_a_plain_web_host_gets_into_the_policy() {
        let origin = |url| origin_of(url);
        assert_eq!(
            origin("https://union.example/report"),
            Some("https://union.example".to_owned())
        );
        assert_eq!(
            origin("https://union.example:8443?x"),
            Some("https://union.example:8443".to_owned())
        );
        for url in [
            "/report",
            "http://union.example/",
            "https://",
            "https://a;script-src *",
            "https://a b",
        ] {
            assert_eq!(origin(url), None, "{url}");
        }
    }
}
