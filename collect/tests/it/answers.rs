//! The publisher sees what riders found, and answers it.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use stations_collect::picture::{pictures, to_csv};
use stations_collect::stations::Stations;
use yizhan::domain::report::Standing;

use crate::databases::with_each;
use crate::receiver::{Dataset, TOKEN, TestReceiver};

#[test]
fn the_publisher_sees_stations_by_open_reports_and_answers_them() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        receiver.report("1.1.1.1", "b", "wrong").await;
        for from in ["1.1.1.1", "2.2.2.2", "3.3.3.3"] {
            receiver.report(from, "a", "locked").await;
            receiver.pass(1);
        }
        let seen = async || -> Vec<Value> {
            let request = receiver
                .request(Method::GET, "/open-reports")
                .bearer_auth(TOKEN);
            request
                .send()
                .await
                .expect("an answer")
                .json()
                .await
                .expect("JSON")
        };
        let before = seen().await;
        assert_eq!(before[0]["station"], "a");
        assert_eq!(before[0]["hours"], "8:00-18:00");
        assert_eq!(before[0]["locked"], 3);
        // 2026-07-15 is a Wednesday.
        assert_eq!(before[0]["shut_at"][2][12], 3);
        let answer = |answer: Value| receiver.request(Method::POST, "/answers").json(&answer);
        for (token, status) in [("", 401), ("a token of the test", 401), (TOKEN, 200)] {
            let request = answer(json!({ "station": "a", "answer": "open" })).bearer_auth(token);
            assert_eq!(request.send().await.expect("an answer").status(), status);
        }
        let after = seen().await;
        let answered = after.iter().find(|one| one["station"] == "a").expect("a");
        assert_eq!(answered["locked"], 0);
        assert_eq!(answered["answer"], "已核实开放");
        let closed = json!({ "station": "a", "answer": "closed", "until": "2026-07-20" });
        let response = answer(closed)
            .bearer_auth(TOKEN)
            .send()
            .await
            .expect("an answer");
        assert_eq!(response.status(), 200);
        let notices = receiver
            .store
            .notices(receiver.now())
            .await
            .expect("notices");
        let day = "2026-07-20".parse().expect("a day");
        assert_eq!(
            notices["a"].standing(receiver.now()),
            Standing::ClosedUntil(day)
        );
        for bad in [
            json!({ "station": "a", "answer": "closed" }),
            json!({ "station": "a", "answer": "open", "until": "2026-07-20" }),
            json!({ "station": "a", "answer": "closed", "until": "tomorrow" }),
            json!({ "station": "a" }),
        ] {
            let response = answer(bad)
                .bearer_auth(TOKEN)
                .send()
                .await
                .expect("an answer");
            assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        }
    });
}

#[test]
fn the_table_of_reports_runs_no_formula_and_is_read_by_excel() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        receiver.report("1.1.1.1", "=c", "locked").await;
        let data = Dataset::new();
        let stations = Stations::open(&data.path()).expect("stations");
        let since = receiver.now().plus_minutes(-60);
        let found = pictures(&receiver.store, &stations.edition(), since)
            .await
            .expect("pictures");
        let mut table = Vec::new();
        to_csv(&found, &mut table).expect("CSV");
        let table = String::from_utf8(table).expect("UTF-8");
        assert!(table.starts_with('\u{feff}'));
        assert!(table.contains("\n'=c,丙站,"), "{table}");
        assert!(table.contains("周三 12 时 ×1"), "{table}");
    });
}
