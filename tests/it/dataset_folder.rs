//! Where a build writes, what it removes, and what is left when it cannot.
//!
//! What must hold: a file that no build wrote is never changed or removed, and the
//! folder holds a whole dataset, the old one or the new one.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use yizhan::dataset::{NOTICES_NAME, encode_notices};

use super::running::{Folder, stations};

const HEADING: &str = "编号,名称,地址,经度,纬度,开放时间\n";

/// A union's folder: a sheet of `count` stations, its configuration and two files of the clerk's own.
fn union(count: usize) -> Folder {
    let folder = Folder::new();
    list(&folder, count, "甲");
    folder.write(
        "stations.toml",
        "[dataset]\nedition = \"2026-07-01\"\n[[source]]\npath = \"list.csv\"\ncrs = \"wgs84\"\n",
    );
    folder.write("说明.docx", "precious");
    folder.write("cell-notes.yz", "mine, whatever its name");
    folder
}

fn list(folder: &Folder, count: usize, name: &str) {
    let rows = (0..count).map(|n| {
        let lon = 121.0 + f64::from(u32::try_from(n % 700).expect("small")) / 1000.0;
        format!(
            "{n},{name}{n}号站,测试路{n}号,{lon},31.3,8:00-{}:00\n",
            17 + n % 5
        )
    });
    folder.write("list.csv", HEADING.to_owned() + &rows.collect::<String>());
}

fn build(folder: &Folder, out: &Path) -> Output {
    stations(&[
        "build",
        "--config",
        &text(&folder.path("stations.toml")),
        "--out",
        &text(out),
    ])
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// Every file below a folder with its content; links by where they lead.
fn content(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_symlink() {
            let target = fs::read_link(&path).expect("a link");
            found.insert(path, text(&target).into_bytes());
        } else if path.is_dir() {
            found.extend(content(&path));
        } else {
            let bytes = fs::read(&path).expect("readable");
            found.insert(path, bytes);
        }
    }
    found
}

/// The build refuses to write into `out`, changes nothing below the union's folder, and names `named`.
#[track_caller]
fn check_refused(folder: &Folder, out: &Path, named: &str) {
    let before = content(&folder.path(""));
    let output = build(folder, out);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(named), "{named}: {said}");
    assert!(
        said.contains("--out") || !said.contains("Nothing was written"),
        "{said}"
    );
    assert!(content(&folder.path("")) == before, "something was changed");
}

/// The names of a whole dataset, which the tool reads back.
#[track_caller]
fn check_whole(data: &Path) -> Vec<String> {
    let output = stations(&["export", "--data", &text(data), "--format", "csv"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let exported = String::from_utf8(output.stdout).expect("UTF-8");
    let names = exported.lines().skip(1);
    names
        .map(|line| line.split(',').nth(1).expect("a name").to_owned())
        .collect()
}

/// Each file has compressed copies with the same content, and there are no others. (Large
/// exports have gzip's alone.)
#[track_caller]
fn check_copies(data: &Path) {
    let files = content(data);
    let mut copies = BTreeMap::from([("gz", 0), ("br", 0)]);
    for (path, bytes) in &files {
        let name = text(path);
        let mut original = Vec::new();
        let extension = path.extension().and_then(|extension| extension.to_str());
        let (extension, read) = match extension {
            Some("gz") => {
                let mut gz = flate2::read::GzDecoder::new(&bytes[..]);
                ("gz", gz.read_to_end(&mut original))
            }
            Some("br") => {
                let mut br = brotli::Decompressor::new(&bytes[..], 4096);
                ("br", br.read_to_end(&mut original))
            }
            _ => continue,
        };
        read.expect("compressed");
        assert!(
            files.get(&path.with_extension("")) == Some(&original),
            "{name}"
        );
        *copies.entry(extension).or_default() += 1;
    }
    let originals = files.len() - copies.values().sum::<usize>();
    let exports = 2;
    assert_eq!(copies["gz"], originals, "{:?}", files.keys());
    let without = originals - copies["br"];
    assert!(without == 0 || without == exports, "{:?}", files.keys());
}

#[test]
fn a_new_folder_and_an_empty_one_are_written() {
    let folder = union(3);
    let (new, empty) = (folder.path("new/data"), folder.path("empty"));
    fs::create_dir(&empty).expect("a folder");
    for out in [new, empty] {
        assert_eq!(build(&folder, &out).status.code(), Some(0));
        assert_eq!(check_whole(&out).len(), 3);
        check_copies(&out);
    }
}

#[test]
fn the_clerks_folder_is_refused_with_what_stands_in_it() {
    let folder = union(3);
    check_refused(&folder, &folder.path(""), "stations.toml");
    let documents = folder.path("documents");
    fs::create_dir(&documents).expect("a folder");
    fs::write(documents.join("七月.xlsx"), "precious").expect("written");
    check_refused(&folder, &documents, "七月.xlsx");
}

#[test]
fn the_current_folder_is_refused() {
    let folder = union(3);
    let before = content(&folder.path(""));
    for out in [".", "./", "../."] {
        fs::create_dir_all(folder.path("inner")).expect("a folder");
        let here = if out == "../." {
            folder.path("inner")
        } else {
            folder.path("")
        };
        let output = Command::new(env!("CARGO_BIN_EXE_stations"))
            .args([
                "build",
                "--config",
                &text(&folder.path("stations.toml")),
                "--out",
                out,
            ])
            .current_dir(here)
            .output()
            .expect("the tool runs");
        assert_eq!(output.status.code(), Some(2), "{out}");
        assert!(content(&folder.path("")) == before, "{out}");
    }
}

#[test]
fn the_notices_of_the_receiver_stay_beside_the_dataset() {
    let folder = union(3);
    let data = folder.path("data");
    build(&folder, &data);
    let now = "2026-07-15T12:00".parse().expect("a time");
    let notices = encode_notices(&BTreeMap::new(), now);
    fs::write(data.join(NOTICES_NAME), &notices).expect("written");
    list(&folder, 4, "乙");
    assert!(build(&folder, &data).status.success());
    assert_eq!(fs::read(data.join(NOTICES_NAME)).expect("a file"), notices);
    // A file of that name that holds something else is somebody's.
    fs::write(data.join(NOTICES_NAME), "precious").expect("written");
    check_refused(&folder, &data, NOTICES_NAME);
}

#[test]
fn a_dataset_with_a_foreign_file_or_folder_in_it_is_refused() {
    for (name, is_folder) in [
        ("照片.jpg", false),
        ("cell-00112233445566778899aabbccddeeff.yz", false),
        ("stations.xlsx", false),
        ("old", true),
    ] {
        let folder = union(3);
        let data = folder.path("data");
        build(&folder, &data);
        if is_folder {
            fs::create_dir(data.join(name)).expect("a folder");
        } else {
            fs::write(data.join(name), "precious").expect("written");
        }
        check_refused(&folder, &data, name);
    }
}

#[test]
fn a_folder_with_a_file_of_one_of_our_names_but_no_manifest_is_refused() {
    for name in [
        "stations.csv",
        "stations.geojson",
        "manifest.yz",
        "stations.csv.gz",
    ] {
        let folder = union(3);
        let data = folder.path("data");
        fs::create_dir(&data).expect("a folder");
        fs::write(data.join(name), "precious").expect("written");
        check_refused(&folder, &data, name);
    }
}

#[test]
fn a_published_list_that_the_clerk_changed_is_refused() {
    for name in ["stations.csv", "stations.geojson"] {
        for has_copies in [true, false] {
            let folder = union(3);
            let data = folder.path("data");
            build(&folder, &data);
            let mut list = fs::read(data.join(name)).expect("a list");
            list.extend(b"\nmine");
            fs::write(data.join(name), list).expect("written");
            if !has_copies {
                for extension in ["gz", "br"] {
                    fs::remove_file(data.join(format!("{name}.{extension}"))).expect("removed");
                }
            }
            check_refused(&folder, &data, name);
        }
    }
}

#[test]
fn a_dataset_of_a_build_that_wrote_no_copies_is_ours() {
    let folder = union(3);
    let data = folder.path("data");
    build(&folder, &data);
    for path in content(&data).keys() {
        if path
            .extension()
            .is_some_and(|end| end == "gz" || end == "br")
        {
            fs::remove_file(path).expect("removed");
        }
    }
    list(&folder, 3, "乙");
    assert_eq!(build(&folder, &data).status.code(), Some(0));
    check_copies(&data);
}

#[test]
fn files_that_only_look_like_ours_are_refused() {
    for (name, content) in [
        (".building", "my diary"),
        ("cell-00112233445566778899aabbccddeeff.yz.gz", "mine"),
        ("manifest.yz.br", "mine"),
        ("stations.csv.br", "mine"),
    ] {
        let folder = union(3);
        let data = folder.path("data");
        build(&folder, &data);
        fs::write(data.join(name), content).expect("written");
        check_refused(&folder, &data, name);
    }
}

#[cfg(unix)]
#[test]
fn a_hard_link_under_the_name_of_a_leftover_leads_to_no_harm() {
    let folder = union(3);
    let data = folder.path("data");
    build(&folder, &data);
    let mine = folder.path("说明.docx");
    fs::hard_link(&mine, data.join(".stations.csv.partial")).expect("a link");
    assert_eq!(build(&folder, &data).status.code(), Some(0));
    assert_eq!(fs::read(mine).expect("still there"), b"precious");
}

#[test]
fn a_build_that_was_stopped_in_its_last_step_is_finished_by_the_next() {
    let folder = union(3);
    let data = folder.path("data");
    build(&folder, &data);
    let before = check_whole(&data);
    // The manifest has its name, and the list has not.
    fs::rename(
        data.join("stations.csv"),
        data.join(".stations.csv.partial"),
    )
    .expect("renamed");
    list(&folder, 3, "乙");
    assert_eq!(build(&folder, &data).status.code(), Some(0));
    assert_ne!(check_whole(&data), before);
    check_copies(&data);
}

#[test]
fn a_sheet_in_the_dataset_folder_is_refused_although_it_has_one_of_our_names() {
    let folder = union(3);
    let data = folder.path("data");
    build(&folder, &data);
    folder.write(
        "stations.toml",
        "[[source]]\npath = \"data/stations.csv\"\ncrs = \"wgs84\"\n",
    );
    check_refused(&folder, &data, "stations.csv");
}

#[test]
fn a_damaged_manifest_is_refused_and_nothing_is_removed() {
    let folder = union(3);
    let data = folder.path("data");
    build(&folder, &data);
    let path = data.join("manifest.yz");
    let mut bytes = fs::read(&path).expect("a manifest");
    *bytes.last_mut().expect("bytes") ^= 1;
    fs::write(&path, bytes).expect("written");
    check_refused(&folder, &data, "manifest");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let folder = union(3);
    let path = folder.path("data");
    fs::write(&path, "precious").expect("written");
    check_refused(&folder, &path, "data");
}

#[test]
fn an_update_removes_what_the_last_build_wrote_and_nothing_else() {
    let folder = union(3000);
    let data = folder.path("data");
    build(&folder, &data);
    let before = content(&data);
    list(&folder, 30, "乙");
    assert_eq!(build(&folder, &data).status.code(), Some(0));
    assert!(check_whole(&data).iter().all(|name| name.starts_with('乙')));
    check_copies(&data);
    let after = content(&data);
    let cells = |files: &BTreeMap<PathBuf, Vec<u8>>| {
        files
            .keys()
            .filter(|path| text(path).contains("cell-"))
            .count()
    };
    assert!(
        cells(&after) < cells(&before),
        "cells of the last edition are gone"
    );
    // The same again changes nothing.
    assert_eq!(build(&folder, &data).status.code(), Some(0));
    assert!(content(&data) == after);
}

#[test]
fn cells_of_earlier_months_beside_a_published_dataset_are_ours() {
    let folder = union(5);
    let (old, new, site) = (folder.path("old"), folder.path("new"), folder.path("site"));
    build(&folder, &old);
    list(&folder, 5, "乙");
    build(&folder, &new);
    fs::create_dir(&site).expect("a folder");
    for month in [&old, &new] {
        for path in content(month).keys() {
            fs::copy(path, site.join(path.file_name().expect("a name"))).expect("copied");
        }
    }
    assert_eq!(build(&folder, &site).status.code(), Some(0));
    assert_eq!(content(&site).len(), content(&new).len());
    check_whole(&site);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_dataset_is_followed_and_stays_a_link_and_others_are_refused() {
    use std::os::unix::fs::symlink;
    let folder = union(3);
    let (data, link) = (folder.path("data"), folder.path("link"));
    build(&folder, &data);
    symlink(&data, &link).expect("a link");
    list(&folder, 3, "乙");
    assert_eq!(build(&folder, &link).status.code(), Some(0));
    assert!(link.is_symlink());
    assert!(check_whole(&data).iter().all(|name| name.starts_with('乙')));

    let documents = folder.path("documents");
    fs::create_dir(&documents).expect("a folder");
    fs::write(documents.join("七月.xlsx"), "precious").expect("written");
    symlink(&documents, folder.path("to-documents")).expect("a link");
    check_refused(&folder, &folder.path("to-documents"), "七月.xlsx");
    symlink(folder.path("nowhere"), folder.path("to-nowhere")).expect("a link");
    check_refused(&folder, &folder.path("to-nowhere"), "to-nowhere");
    // A link under one of our names in the folder itself leads to somebody's file.
    fs::remove_file(data.join("stations.csv")).expect("removed");
    symlink(folder.path("说明.docx"), data.join("stations.csv")).expect("a link");
    check_refused(&folder, &data, "stations.csv");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let folder = union(3);
    check_refused(
        &folder,
        Path::new("/proc/self/yizhan-data"),
        "/proc/self/yizhan-data",
    );
    check_refused(&folder, Path::new("/sys/kernel"), "/sys/kernel");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_keeps_its_dataset() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = union(3);
    let data = folder.path("data");
    build(&folder, &data);
    list(&folder, 3, "乙");
    let allow = |mode| fs::set_permissions(&data, fs::Permissions::from_mode(mode)).expect("set");
    allow(0o555);
    let status = build(&folder, &data).status.code();
    allow(0o755);
    // The superuser may write there all the same.
    let is_new = check_whole(&data).iter().all(|name| name.starts_with('乙'));
    assert_eq!(is_new, status == Some(0), "{status:?}");
    assert!(status == Some(0) || status == Some(2));
    check_copies(&data);
}

/// Runs the build in a shell that lets no file grow beyond so many blocks of 512 or 1,024 bytes.
#[cfg(unix)]
fn build_with_little_room(folder: &Folder, out: &Path, blocks: u32, is_told: bool) -> Output {
    // Without the trap the system ends the process in the middle of a write.
    let trap = if is_told { "trap '' XFSZ;" } else { "" };
    let script =
        format!("{trap} ulimit -f {blocks}; exec \"$0\" build --config \"$1\" --out \"$2\"");
    Command::new("sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_stations")])
        .args([folder.path("stations.toml"), out.to_owned()])
        .output()
        .expect("a shell")
}

#[cfg(unix)]
#[test]
fn a_disk_that_fills_up_leaves_the_old_dataset_and_nothing_beside_it() {
    let folder = union(40);
    let data = folder.path("data");
    build(&folder, &data);
    let before = content(&data);
    list(&folder, 3000, "乙");
    for blocks in [0, 1, 8, 40, 150] {
        let output = build_with_little_room(&folder, &data, blocks, true);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{blocks}: {said}");
        assert!(
            said.contains("unchanged") && said.contains("没有动"),
            "{said}"
        );
        assert!(content(&data) == before, "{blocks}");
        let new = folder.path("new");
        assert_eq!(
            build_with_little_room(&folder, &new, blocks, true)
                .status
                .code(),
            Some(2)
        );
        assert!(!new.exists(), "{blocks}");
    }
}

#[cfg(unix)]
#[test]
fn a_build_that_is_killed_leaves_the_old_dataset_and_the_next_one_tidies_up() {
    let folder = union(40);
    let data = folder.path("data");
    build(&folder, &data);
    let names = check_whole(&data);
    list(&folder, 3000, "乙");
    for blocks in [1, 8, 150] {
        let output = build_with_little_room(&folder, &data, blocks, false);
        assert_eq!(output.status.code(), None, "it was killed");
        assert_eq!(check_whole(&data), names, "{blocks}");
    }
    assert_eq!(build(&folder, &data).status.code(), Some(0));
    check_copies(&data);
    assert_eq!(check_whole(&data).len(), 3000);
}

#[test]
fn of_builds_at_the_same_time_each_is_whole_or_refused() {
    let folder = union(600);
    let data = folder.path("data");
    build(&folder, &data);
    let start = |name: &str| {
        list(&folder, 600, name);
        folder.write(
            &format!("{name}.csv"),
            fs::read(folder.path("list.csv")).expect("a list"),
        );
        let config = folder.write(
            &format!("{name}.toml"),
            format!("[[source]]\npath = \"{name}.csv\"\ncrs = \"wgs84\"\n"),
        );
        Command::new(env!("CARGO_BIN_EXE_stations"))
            .args(["build", "--config", &config, "--out", &text(&data)])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the tool runs")
    };
    for _ in 0..5 {
        let running: Vec<_> = ["乙", "丙", "丁", "戊"].map(start).into_iter().collect();
        let mut succeeded = 0;
        for child in running {
            let output = child.wait_with_output().expect("it ends");
            let said = String::from_utf8_lossy(&output.stderr);
            match output.status.code() {
                Some(0) => succeeded += 1,
                Some(2) => assert!(said.contains("another build"), "{said}"),
                status => panic!("{status:?}: {said}"),
            }
        }
        assert!(succeeded > 0);
        let names = check_whole(&data);
        assert_eq!(names.len(), 600);
        let first = names[0].chars().next();
        assert!(
            names.iter().all(|name| name.chars().next() == first),
            "one edition"
        );
        check_copies(&data);
    }
}
