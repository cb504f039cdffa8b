//! Packing a built page.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256, Sha384};
use yizhan::cli::{PackError, pack};

fn built(folder: &Path, wasm: &[u8]) {
    for inner in ["data", "off", "embed"] {
        fs::create_dir_all(folder.join(inner)).expect("a folder");
    }
    let page = r#"<meta content="script-src 'self'; style-src 'self'"><script src="dataset-store.js"></script><link data-trunk rel="rust" href="Cargo.toml"><link rel="stylesheet" href="yizhan.css" /><script src="web.js"></script><link href="web_bg.wasm"><script src="boot.js"></script><script src="load-guard.js"></script><script src="early.js"></script>"#;
    for (name, content) in [
        ("index.html", page.as_bytes()),
        (
            "boot.js",
            b"import init from \"./web.js\"; import(\"./host.js\"); new URL(\"./web_bg.wasm\", import.meta.url)",
        ),
        ("web.js", b"export default 1; // web_bg.wasm"),
        ("web_bg.wasm", wasm),
        ("yizhan.css", b"p { color: red }"),
        (
            "dataset-store.js",
            b"// what the phone keeps\nexport const one = 1;\n",
        ),
        ("load-guard.js", b"/* what mends */\nmend();\n"),
        ("early.js", b"ask(\"./web_bg.wasm\");\n"),
        ("host.js", b"export const start = 1;\n"),
        ("embed.js", b"embed()"),
        ("embed/index.html", b"<p>build it</p>"),
        ("off/sw.js", b"leave()"),
        (
            "sw.js",
            b"const RELEASE = { version: \"dev\", files: [] };\n",
        ),
        ("data/manifest.yz", b"YZM"),
    ] {
        fs::write(folder.join(name), content).expect("written");
    }
}

fn packed(wasm: &[u8]) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    built(folder.path(), wasm);
    let version = pack(folder.path()).expect("packed").version;
    (folder, version)
}

#[test]
fn names_follow_the_content_and_all_references_follow_the_names() {
    let (folder, _) = packed(b"\0asm one");
    let page = fs::read_to_string(folder.path().join("index.html")).expect("the page");
    assert!(!page.contains("data-trunk"));
    let names: Vec<&str> = page
        .split(['=', '"'])
        .filter(|part| part.contains('-') && part.contains('.'))
        .collect();
    assert_eq!(names.len(), 5, "{page}");
    for name in names {
        assert!(folder.path().join(name).exists(), "{name}");
        assert!(
            folder.path().join(format!("{name}.br")).exists(),
            "{name}.br"
        );
        assert!(
            folder.path().join(format!("{name}.gz")).exists(),
            "{name}.gz"
        );
    }
    let (other, _) = packed(b"\0asm two");
    let page_of = |folder: &Path| fs::read_to_string(folder.join("index.html")).expect("the page");
    assert_ne!(
        page,
        page_of(other.path()),
        "another module has another name"
    );
}

#[test]
fn the_worker_lists_the_shell_with_digests_and_leaves_the_data_out() {
    let (folder, version) = packed(b"\0asm one");
    let worker = fs::read_to_string(folder.path().join("sw.js")).expect("the worker");
    assert!(worker.contains(&format!("version: \"{version}\"")));
    assert!(!worker.contains("manifest.yz") && !worker.contains("sw.js\""));
    let page = fs::read(folder.path().join("index.html")).expect("the page");
    let digest: String = Sha256::digest(&page)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .concat();
    assert!(
        worker.contains(&format!("[\"index.html\", \"{digest}\"]")),
        "{worker}"
    );
}

#[test]
fn scripts_are_sealed_and_what_mends_and_the_style_are_part_of_the_page() {
    let (folder, _) = packed(b"\0asm one");
    let page = fs::read_to_string(folder.path().join("index.html")).expect("the page");
    assert!(page.contains("<script>mend();\n</script>"), "{page}");
    let asked = page
        .split("ask(\"./")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let module = asked.expect("the early script asks for the module by its name");
    assert!(folder.path().join(module).exists(), "{page}");
    let early = format!("ask(\"./{module}\");\n");
    let digest = |script: &str| STANDARD.encode(Sha256::digest(script));
    let policy = format!(
        "script-src 'self' 'sha256-{}' 'sha256-{}';",
        digest(&early),
        digest("mend();\n")
    );
    assert!(page.contains(&policy), "{page}");
    assert!(page.contains("<style>p { color: red }\n</style>"), "{page}");
    let digest = STANDARD.encode(Sha256::digest("p { color: red }\n"));
    let policy = format!("style-src 'self' 'sha256-{digest}'\"");
    assert!(page.contains(&policy), "{page}");
    for inlined in ["load-guard.js", "early.js", "yizhan.css"] {
        assert!(!folder.path().join(inlined).exists(), "{inlined}");
    }
    let sealed = page
        .split('"')
        .filter(|part| part.starts_with("sha384-"))
        .count();
    assert_eq!(sealed, 3, "boot, web, kept: {page}");
    let digest = STANDARD.encode(Sha384::digest("export default 1; // web_bg.wasm\n"));
    assert!(
        page.contains(&format!("integrity=\"sha384-{digest}\"")),
        "{page}"
    );
}

#[test]
fn what_other_pages_load_keeps_its_name_and_is_kept_by_no_phone() {
    let (folder, _) = packed(b"\0asm one");
    let worker = fs::read_to_string(folder.path().join("sw.js")).expect("the worker");
    assert!(!worker.contains("embed"), "{worker}");
    for name in ["embed.js", "embed.js.br", "embed/index.html"] {
        assert!(folder.path().join(name).exists(), "{name}");
    }
    assert!(worker.contains("[\"host-"), "{worker}");
}

#[test]
fn one_script_instead_of_three_is_packed_too() {
    let folder = tempfile::tempdir().expect("a folder");
    built(folder.path(), b"\0asm");
    for bundled in ["dataset-store.js", "web.js"] {
        fs::remove_file(folder.path().join(bundled)).expect("removed");
    }
    let script = "import(\"./host.js\");new URL(\"./web_bg.wasm\",import.meta.url)";
    fs::write(folder.path().join("boot.js"), script).expect("written");
    pack(folder.path()).expect("packed");
    let names = fs::read_dir(folder.path()).expect("a folder");
    let names: Vec<_> = names
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .collect();
    let boot = names
        .iter()
        .find(|name| name.starts_with("boot-") && name.split('.').count() == 2)
        .expect("the script");
    let script = fs::read_to_string(folder.path().join(boot)).expect("the script");
    for name in script.split('"').filter_map(|part| part.strip_prefix("./")) {
        assert!(
            name.contains('-') && names.iter().any(|n| n == name),
            "{name}"
        );
    }
}

#[test]
fn the_same_build_is_the_same_release_and_another_is_not() {
    let version = |wasm: &[u8]| packed(wasm).1;
    assert_eq!(version(b"\0asm one"), version(b"\0asm one"));
    assert_ne!(version(b"\0asm one"), version(b"\0asm two"));
}

#[test]
fn a_folder_that_trunk_did_not_build_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(pack(folder.path()), Err(PackError::File { .. })));
    built(folder.path(), b"\0asm");
    fs::write(folder.path().join("sw.js"), "// another worker").expect("written");
    assert!(matches!(pack(folder.path()), Err(PackError::NoMark(_))));
}
