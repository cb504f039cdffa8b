//! Any bytes as a sheet: issues, never a panic; and what is published reads back.
#![no_main]

use std::cell::OnceCell;

use libfuzzer_sys::fuzz_target;
use yizhan::publish::{Config, prepare_files, silent};

thread_local! {
    static FOLDER: OnceCell<tempfile::TempDir> = const { OnceCell::new() };
    static CONFIG: Config = Config::default();
}

fuzz_target!(|bytes: &[u8]| {
    FOLDER.with(|folder| {
        let folder = folder.get_or_init(|| tempfile::tempdir().expect("a folder"));
        let path = folder.path().join("sheet");
        std::fs::write(&path, bytes).expect("written");
        let prepared = CONFIG.with(|config| prepare_files(&[path], config, &mut silent));
        for issue in &prepared.issues {
            assert!(!issue.problem.zh().is_empty() && !issue.problem.en().is_empty());
        }
    });
});
