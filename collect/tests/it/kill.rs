//! The receiver as a process: started, killed in the middle, stopped, and used from a terminal.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread::JoinHandle;

use reqwest::Client;
use serde_json::Value;
use stations_collect::clock;
use stations_collect::store::Stored;
use tokio::sync::mpsc::unbounded_channel;
use yizhan::domain::civil::CivilTime;

use crate::databases::{sqlite, with_each};
use crate::receiver::{Dataset, ORIGIN, bytes_of, message};

/// A receiver that runs as a process of its own.
pub(crate) struct Process {
    pub(crate) url: String,
    child: Child,
    log: Option<JoinHandle<String>>,
    data: Dataset,
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_stations-collect"))
}

impl Process {
    pub(crate) fn start(database: &str, arguments: &[&str]) -> Self {
        let data = Dataset::new();
        let mut child = program()
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--origin",
                ORIGIN,
                "--database",
                database,
            ])
            .arg("--data")
            .arg(data.path())
            .arg("--notices")
            .arg(data.path().join("notices.yz"))
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the receiver starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its log")).lines();
        let mut read = String::new();
        let url = loop {
            let line = lines
                .next()
                .unwrap_or_else(|| panic!("no receiver: {read}"))
                .expect("text");
            read += &line;
            let entry: Value = serde_json::from_str(&line).expect("a line of the log is JSON");
            if let Some(address) = entry["fields"]["address"].as_str() {
                break format!("http://{address}");
            }
        };
        let log = std::thread::spawn(move || {
            lines
                .map_while(Result::ok)
                .fold(String::new(), |log, line| log + &line + "\n")
        });
        Self {
            url,
            child,
            log: Some(log),
            data,
        }
    }

    /// Now, in the zone of the dataset.
    pub(crate) fn now() -> CivilTime {
        clock::civil(&clock::system(), 8 * 60)
    }

    /// Asks it to stop, and gives what it logged.
    pub(crate) fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        let asked = Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .expect("kill");
        assert!(asked.success());
        assert!(self.child.wait().expect("an end").success());
        let log = self.log.take().expect("stopped once");
        log.join().expect("a log")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Also after a failed assertion: the receiver would outlive the tests.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_was_answered_for_survives_kill_9() {
    with_each(|database| async move {
        let limits = ["--by-address", "1000000", "--by-station", "1000000"];
        let mut process = Process::start(&database.url, &limits);
        let (accept, mut accepted) = unbounded_channel();
        let next = Arc::new(AtomicI64::new(0));
        for _ in 0..4 {
            let (accept, next) = (accept.clone(), next.clone());
            let url = format!("{}/reports", process.url);
            tokio::spawn(async move {
                let client = Client::new();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let station = if number % 2 == 0 { "a" } else { "b" };
                    let at = Process::now().day().start().plus_minutes(-number);
                    let request = client.post(&url).json(&message(station, "locked", at));
                    let Ok(response) = request.send().await else {
                        break;
                    };
                    assert_eq!(response.status(), 200);
                    accept.send((station, at)).expect("a listener");
                }
            });
        }
        drop(accept);
        let mut before = Vec::new();
        accepted.recv_many(&mut before, 200).await;
        while before.len() < 200 {
            before.push(accepted.recv().await.expect("senders that go on"));
        }
        process.child.kill().expect("killed");
        process.child.wait().expect("an end");
        // Until every sender has seen that it is gone.
        while let Some(one) = accepted.recv().await {
            before.push(one);
        }
        let stored = database.open().await.reports_since(CivilTime(0)).await;
        let stored = stored.expect("reports");
        for (station, at) in before {
            let is_it = |one: &Stored| one.station == station && one.report.at == at;
            assert!(stored.iter().any(is_it), "{station} at {at} was lost");
        }
        // It starts again with what is there.
        let again = Process::start(&database.url, &[]);
        let health = reqwest::get(format!("{}/health", again.url))
            .await
            .expect("an answer");
        assert_eq!(health.status(), 200);
        again.stop();
    });
}

#[test]
fn the_tool_answers_lists_writes_notices_and_deletes() {
    let (database, data) = (sqlite(), Dataset::new());
    let run = |arguments: &[&str]| {
        let output = program()
            .args(arguments)
            .args(["--database", &database.url, "--data"])
            .arg(data.path())
            .output()
            .expect("it runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.success(),
            text(&output.stdout) + &text(&output.stderr),
        )
    };
    assert!(run(&["reports"]).0);
    assert!(run(&["answer", "a", "closed", "2099-01-01"]).0);
    let (is_done, words) = run(&["answer", "nowhere", "open"]);
    assert!(!is_done && words.contains("nowhere"), "{words}");
    let (is_done, words) = run(&["answer", "a", "perhaps"]);
    assert!(!is_done && words.contains("withdrawn"), "{words}");
    let out = data.path().join("notices.yz");
    assert!(run(&["notices", &out.display().to_string()]).0);
    let notices = yizhan::dataset::decode_notices(&bytes_of(&out).expect("a file"));
    assert!(notices.expect("notices").stations["a"].answer.is_some());
    let (is_done, words) = run(&["forget"]);
    assert!(!is_done && words.contains("--station"), "{words}");
    assert!(run(&["forget", "--all"]).1.contains('0'));
}

#[test]
fn a_receiver_without_a_dataset_says_so() {
    let database = sqlite();
    let output = program()
        .args(["serve", "--database", &database.url, "--data", "/nowhere"])
        .output()
        .expect("it runs");
    assert!(!output.status.success());
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        words.contains("--data") && words.contains("/nowhere"),
        "{words}"
    );
}

#[test]
fn notices_are_written_as_soon_as_it_starts() {
    let database = sqlite();
    let process = Process::start(&database.url, &[]);
    let path = process.data.path().join("notices.yz");
    assert!(yizhan::dataset::decode_notices(&bytes_of(&path).expect("a file")).is_ok());
    process.stop();
}
