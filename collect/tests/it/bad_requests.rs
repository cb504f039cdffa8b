//! Requests that are wrong in every way: a clear answer, nothing stored, nothing logged of them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use reqwest::{Client, Method};
use serde_json::{Value, json};
use yizhan::domain::civil::CivilTime;

use crate::databases::with_each;
use crate::kill::Process;
use crate::receiver::{ORIGIN, message};

const FROM: &str = "203.0.113.77";
const SQL: &str = "a'; DROP TABLE reports; --";
const HTML: &str = "<script>alert(1)</script>";

/// A report of now in which one field is another.
fn with(field: &str, value: Value) -> Vec<u8> {
    let mut report = message("a", "locked", Process::now());
    report[field] = value;
    report.to_string().into_bytes()
}

fn without(field: &str) -> Vec<u8> {
    let mut report = message("a", "locked", Process::now());
    report.as_object_mut().expect("an object").remove(field);
    report.to_string().into_bytes()
}

/// Bodies that are no report, and the status that each is answered with.
fn bodies() -> Vec<(Vec<u8>, u16)> {
    let good = message("a", "locked", Process::now()).to_string();
    let at = |minutes: i64| json!(Process::now().plus_minutes(minutes).to_string());
    let utf16 = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut not_utf8 = good.clone().into_bytes();
    not_utf8.insert(12, 0xff);
    let padded = |length: usize| with("edition", json!("x".repeat(length)));
    let twice = good.replace(
        "\"report\":\"locked\"",
        "\"report\":\"fine\",\"report\":\"locked\"",
    );
    vec![
        (Vec::new(), 400),
        (b"null".to_vec(), 400),
        (b"[]".to_vec(), 400),
        (b"{".to_vec(), 400),
        (b"\"report\"".to_vec(), 400),
        (good.as_bytes()[..good.len() - 3].to_vec(), 400),
        ([good.as_bytes(), good.as_bytes()].concat(), 400),
        (not_utf8, 400),
        (utf16, 400),
        (b"\x1f\x8b\x08\0\0\0\0\0".to_vec(), 400),
        ("[".repeat(2000).into_bytes(), 400),
        (twice.into_bytes(), 400),
        (b"station=a&report=locked".to_vec(), 400),
        (
            b"--x\r\nContent-Disposition: form-data; name=\"report\"\r\n\r\nlocked".to_vec(),
            400,
        ),
        (padded(3000), 413),
        (padded(1_000_000), 413),
        (with("yizhan", json!(0)), 400),
        (with("yizhan", json!(2)), 400),
        (with("yizhan", json!("1")), 400),
        (with("yizhan", json!(-1)), 400),
        (with("yizhan", json!(1.5)), 400),
        (without("yizhan"), 400),
        (with("type", json!("feedback")), 400),
        (with("type", json!(SQL)), 400),
        (without("type"), 400),
        (with("station", json!("nowhere")), 404),
        (with("station", json!("")), 404),
        (with("station", json!(SQL)), 404),
        (with("station", json!(HTML)), 404),
        (with("station", json!("a\0")), 404),
        (with("station", json!(7)), 400),
        (without("station"), 400),
        (with("edition", json!(SQL)), 422),
        (with("edition", json!(HTML)), 422),
        (with("edition", json!("2026-13-01-1a2b3c4d")), 422),
        (with("edition", json!("")), 422),
        (without("edition"), 400),
        (with("report", json!("LOCKED")), 422),
        (with("report", json!(SQL)), 422),
        (with("report", json!(HTML)), 422),
        (without("report"), 400),
        (with("at", json!("yesterday")), 422),
        (with("at", json!(SQL)), 422),
        (with("at", json!(HTML)), 422),
        (with("at", json!("2026-02-30T10:00")), 422),
        (with("at", at(24 * 60)), 422),
        (with("at", at(-15 * 24 * 60)), 422),
        (with("at", json!("9999999-01-01T00:00")), 422),
        (with("at", json!(29_000_000)), 400),
        (without("at"), 400),
    ]
}

#[test]
fn bad_requests_are_answered_plainly_and_leave_nothing_behind() {
    with_each(|database| async move {
        let process = Process::start(&database.url, &["--behind-proxy"]);
        let client = Client::new();
        let request = |method: Method, path: &str| {
            let request = client.request(method, format!("{}{path}", process.url));
            request.header("x-forwarded-for", FROM)
        };
        let check = async |request: reqwest::RequestBuilder, status: u16, what: &str| {
            let response = request.send().await.expect("an answer");
            assert_eq!(response.status().as_u16(), status, "{what}");
            let words: Value = response.json().await.expect(what);
            for language in ["zh", "en"] {
                assert!(
                    words[language].as_str().is_some_and(|text| text.len() > 10),
                    "{what}"
                );
            }
            assert!(!words.to_string().contains(SQL) && !words.to_string().contains(HTML));
        };
        for (body, status) in bodies() {
            let what = String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned();
            check(request(Method::POST, "/reports").body(body), status, &what).await;
        }
        let good = || message("a", "locked", Process::now()).to_string();
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH] {
            check(request(method, "/reports").body(good()), 405, "a method").await;
        }
        for path in [
            "/",
            "/report",
            "/reports/",
            "/reports/a",
            "/../reports.db",
            "/%2e%2e/reports.db",
        ] {
            check(request(Method::POST, path).body(good()), 404, path).await;
        }
        for origin in [
            "https://evil.example",
            "null",
            "https://riders.example.evil.example",
        ] {
            let request = request(Method::POST, "/reports")
                .header("origin", origin)
                .body(good());
            check(request, 403, origin).await;
        }
        check(request(Method::GET, "/open-reports"), 401, "no token").await;

        // Bytes that never come, and bytes that are no HTTP.
        let (late, other) = {
            let address = process.url.trim_start_matches("http://").to_owned();
            let ask = |bytes: &'static [u8]| {
                let address = address.clone();
                tokio::task::spawn_blocking(move || {
                    let mut stream = TcpStream::connect(address).expect("a connection");
                    stream.write_all(bytes).expect("sent");
                    let mut answer = String::new();
                    stream.read_to_string(&mut answer).expect("an answer");
                    answer
                })
            };
            let slow = ask(b"POST /reports HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 100\r\n\r\n{");
            let other = ask(b"\x16\x03\x01\x02\0\r\n\r\n");
            (
                slow.await.expect("a thread"),
                other.await.expect("a thread"),
            )
        };
        assert!(late.starts_with("HTTP/1.1 408"), "{late}");
        assert!(
            other.is_empty() || other.starts_with("HTTP/1.1 400"),
            "{other}"
        );

        // A replay of a good report is stored once.
        for is_new in [true, false] {
            let request = request(Method::POST, "/reports").header("origin", ORIGIN);
            let body = message("b", "wrong", Process::now().day().start()).to_string();
            let answer: Value = request
                .body(body)
                .send()
                .await
                .expect("an answer")
                .json()
                .await
                .expect("JSON");
            assert_eq!(answer["new"], is_new);
        }
        let stored = database
            .open()
            .await
            .reports_since(CivilTime(0))
            .await
            .expect("reports");
        assert_eq!(stored.len(), 1);
        let log = process.stop();
        for secret in [FROM, "DROP TABLE", "script", "nowhere", "evil"] {
            assert!(!log.contains(secret), "{secret} in {log}");
        }
        assert!(
            log.contains("unknown_station") && log.contains("too_slow"),
            "{log}"
        );
    });
}
