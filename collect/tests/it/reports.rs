//! Reports are stored once, told to everybody, and add up to what the rule says.

use reqwest::Method;
use yizhan::dataset::decode_notices;
use yizhan::domain::report::{Standing, Verdict};

use crate::databases::{postgres, with_each};
use crate::receiver::{Dataset, ORIGIN, TestReceiver, bytes_of, message};

#[test]
fn a_report_that_is_sent_again_is_stored_once() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        let report = message("a", "locked", receiver.now());
        for (from, is_new) in [("1.1.1.1", true), ("1.1.1.1", false), ("2.2.2.2", false)] {
            // The last comes over another network: Wi-Fi was left before the answer was there.
            let answer: serde_json::Value = receiver
                .send(from, &report)
                .await
                .json()
                .await
                .expect("JSON");
            assert_eq!(answer["stored"], true);
            assert_eq!(answer["new"], is_new);
        }
        let stored = receiver
            .store
            .reports_since(receiver.now())
            .await
            .expect("reports");
        assert_eq!(stored.len(), 1);
        assert_eq!(stored[0].station, "a");
        assert_eq!(stored[0].report.verdict, Verdict::Locked);
        assert_eq!(stored[0].report.at, receiver.now());
    });
}

#[test]
fn two_riders_who_found_it_locked_are_told_to_everybody_and_one_is_not_enough() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        let standing = async || {
            let notices = receiver
                .store
                .notices(receiver.now())
                .await
                .expect("notices");
            notices["a"].standing(receiver.now())
        };
        receiver.report("1.1.1.1", "a", "locked").await;
        receiver.pass(1);
        receiver.report("1.1.1.1", "a", "locked").await;
        receiver.report("1.1.1.1", "a", "gone").await;
        assert_eq!(standing().await, Standing::AsPublished);
        receiver.pass(1);
        receiver.report("2.2.2.2", "a", "locked").await;
        assert_eq!(standing().await, Standing::Doubted);
        // A rider who finds it open later takes it back.
        receiver.pass(30);
        receiver.report("3.3.3.3", "a", "fine").await;
        assert_eq!(standing().await, Standing::AsPublished);
    });
}

#[test]
fn a_rider_who_changes_his_mind_counts_with_his_last_report() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        for (from, verdict) in [
            ("1.1.1.1", "locked"),
            ("2.2.2.2", "locked"),
            ("2.2.2.2", "fine"),
        ] {
            receiver.pass(1);
            receiver.report(from, "a", verdict).await;
        }
        let notices = receiver
            .store
            .notices(receiver.now())
            .await
            .expect("notices");
        assert_eq!(notices["a"].reports.len(), 2);
        assert_eq!(notices["a"].standing(receiver.now()), Standing::AsPublished);
    });
}

#[test]
fn who_reports_before_and_after_midnight_is_one_rider() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        // The phones of one IPv6 network are one sender.
        let phones = ["2001:db8:1:2::1", "2001:db8:1:2:3::9"];
        receiver.pass(11 * 60 + 50);
        receiver.report(phones[0], "a", "locked").await;
        receiver.pass(20);
        receiver.report(phones[1], "a", "locked").await;
        let notices = receiver
            .store
            .notices(receiver.now())
            .await
            .expect("notices");
        assert_eq!(notices["a"].reports.len(), 1);
        receiver.report("2001:db8:1:3::1", "a", "locked").await;
        receiver.pass(1);
        receiver.report("2001:db8:1:3::1", "a", "locked").await;
        let notices = receiver
            .store
            .notices(receiver.now())
            .await
            .expect("notices");
        assert_eq!(notices["a"].standing(receiver.now()), Standing::Doubted);
    });
}

#[test]
fn two_receivers_on_one_database_know_the_same_riders() {
    tokio::runtime::Runtime::new()
        .expect("a runtime")
        .block_on(async {
            let Some(database) = postgres().await else {
                return;
            };
            let one = TestReceiver::new(database.open().await).await;
            let other = TestReceiver::new(database.open().await).await;
            one.report("1.1.1.1", "a", "locked").await;
            other.pass(1);
            other.report("1.1.1.1", "a", "locked").await;
            let notices = one.store.notices(other.now()).await.expect("notices");
            assert_eq!(notices["a"].reports.len(), 1);
            other.report("2.2.2.2", "b", "wrong").await;
            assert_eq!(
                one.store.notices(other.now()).await.expect("notices").len(),
                2
            );
        });
}

#[test]
fn notices_are_written_in_one_step_and_a_file_of_others_is_left_alone() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        let data = Dataset::new();
        let path = data.path().join("notices.yz");
        let write = || stations_collect::notices::write(&receiver.store, &path, receiver.now());
        receiver.report("1.1.1.1", "b", "wrong").await;
        write().await.expect("a file");
        let notices = decode_notices(&bytes_of(&path).expect("a file")).expect("notices");
        assert_eq!(notices.written_at, receiver.now());
        let told = notices.stations["b"].on_day(Verdict::Wrong, receiver.now().day());
        assert_eq!(told, Some((1, receiver.now())));
        std::fs::write(&path, "something else").expect("a file");
        assert!(write().await.is_err());
        assert_eq!(bytes_of(&path).expect("a file"), b"something else");
    });
}

#[test]
fn pages_of_the_publisher_may_send_and_others_may_not() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        let preflight = async |origin: &str| {
            let request = receiver
                .request(Method::OPTIONS, "/reports")
                .header("origin", origin);
            let request = request
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "content-type");
            let response = request.send().await.expect("an answer");
            let headers = response.headers();
            let header = |name: &str| {
                headers
                    .get(name)
                    .map(|value| value.to_str().expect("text").to_owned())
            };
            (
                header("access-control-allow-origin"),
                header("access-control-allow-headers"),
            )
        };
        let (origin, headers) = preflight(ORIGIN).await;
        assert_eq!(origin.as_deref(), Some(ORIGIN));
        assert!(headers.expect("headers").contains("content-type"));
        assert_eq!(preflight("https://evil.example").await.0, None);
    });
}
