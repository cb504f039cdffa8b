//! The tool as a process, and a folder that goes away with the test.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

pub fn stations(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stations"))
        .args(arguments)
        .output()
        .expect("the tool runs")
}

#[track_caller]
pub fn out(arguments: &[&str], status: i32) -> String {
    let output = stations(arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[track_caller]
pub fn json(arguments: &[&str], status: i32) -> Value {
    serde_json::from_str(&out(arguments, status)).expect("JSON")
}

pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).expect("written");
        path.to_string_lossy().into_owned()
    }
}
