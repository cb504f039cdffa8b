//! Any bytes as a sheet: issues, never a panic; and what is published reads back.
#![no_main]

use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;
use yizhan::publish::{Config, FilesInMemory, prepare_files, silent};

thread_local! {
    static CONFIG: Config = Config::default();
}

fuzz_target!(|bytes: &[u8]| {
    let path = PathBuf::from("sheet");
    let files = FilesInMemory([(path.clone(), bytes.to_vec())].into());
    let prepared = CONFIG.with(|config| prepare_files(&[path], config, &files, &mut silent));
    for issue in &prepared.issues {
        assert!(!issue.problem.zh().is_empty() && !issue.problem.en().is_empty());
    }
});
