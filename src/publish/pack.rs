//! Makes the built page ready to be published: names by content, the service
//! worker's list, and compressed copies.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256, Sha384};

use super::compressed::{self, Effort, extension_of};
use crate::dataset::{MANIFEST_NAME, decode_manifest};

/// Files of the shell that get a name by content: first those that name no
/// other, last those that do.
const NAMED_BY_CONTENT: [&str; 5] = ["web_bg.wasm", "kept.js", "host.js", "web.js", "boot.js"];

/// Those of them that a bundler may have put into `boot.js` before.
const BUNDLED: [&str; 2] = ["kept.js", "web.js"];

/// Files that name others.
const REFERRING: [&str; 2] = ["boot.js", "index.html"];

/// What becomes part of `index.html` itself: what mends a page that arrived with a
/// hole must not be the hole, and each request costs a slow phone more than its bytes.
const INLINED: [Inlined; 3] = [
    Inlined {
        name: "legacy.js",
        reference: "<script src=\"legacy.js\"></script>",
        element: "script",
    },
    Inlined {
        name: "yizhan.css",
        reference: "<link rel=\"stylesheet\" href=\"yizhan.css\" />",
        element: "style",
    },
    Inlined {
        name: "frame.js",
        reference: "<script src=\"frame.js\"></script>",
        element: "script",
    },
];

struct Inlined {
    name: &'static str,
    /// How `index.html` refers to it.
    reference: &'static str,
    element: &'static str,
}

/// What is no part of a release, and not kept by phones: what is deployed by hand
/// (docs/hosting.md), and what other pages load or their authors read
/// (docs/embedding.md).
const APART: [&str; 4] = ["off/", "embed.js", "embed/", "404.html"];

/// Where the service worker takes its list.
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
    for name in NAMED_BY_CONTENT {
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
    rewrite(dist, "index.html", &renamed)?;
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

    // `build` compresses the data itself: it is published by itself, too.
    for name in files_below(dist, dist)? {
        if compressed::is_worthwhile(&name) && !name.starts_with("data/") {
            compress(&dist.join(name))?;
        }
    }
    Ok(Packed { version, files })
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
    // Trunk has read its instruction; browsers need not.
    if let Some(start) = content.find("<link data-trunk")
        && let Some(length) = content[start..].find('>')
    {
        content.replace_range(start..=start + length, "");
    }
    write(&path, content.as_bytes())
}

/// Leaves the comments of a script or a style sheet at home: nobody on a phone reads them. Only
/// those that stand alone on their lines; anything else may be part of a text.
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

/// Tells browsers in `index.html` what the scripts must be, so that nothing else is run in their place. The module is left out: browsers do not
/// check what they preload for `fetch`, and the worker checks what it keeps.
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

/// Lets the page reach the publisher's address for reports, if that is on
/// another host: its policy allows no other by itself.
fn allow_reports(dist: &Path) -> Result<(), PackError> {
    // A dataset that cannot be read is nothing that packing could mend.
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
    for (extension, copy) in compressed::copies(&read(path)?, Effort::Smallest) {
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
