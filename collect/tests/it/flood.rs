//! Forged reports change at most what the rule allows.

use std::net::{IpAddr, Ipv4Addr};

use stations_collect::message::Message;
use yizhan::domain::report::{Standing, Verdict};

use crate::databases::with_each;
use crate::receiver::{TestReceiver, message};

#[test]
fn ten_thousand_forged_reports_from_one_address_move_nothing() {
    with_each(|database| async move {
        let receiver = TestReceiver::with_limits(database.open().await, 120, 60).await;
        let mut stored = 0;
        for number in 0..10_000_i64 {
            // What stands before the address that the proxy saw is the forger's.
            let from = format!("10.0.{}.{}, 9.9.9.9", number / 250, number % 250);
            let station = ["a", "b", "=c"][usize::try_from(number % 3).expect("small")];
            let at = receiver.now().plus_minutes(-(number / 3) % 1000);
            let response = receiver.send(&from, &message(station, "locked", at)).await;
            assert!(matches!(response.status().as_u16(), 200 | 429));
            stored += usize::from(response.status() == 200);
        }
        // 120 at once; the machine may be slow enough for a few minutes' more.
        assert!((120..2000).contains(&stored), "{stored}");
        let notices = receiver
            .store
            .notices(receiver.now())
            .await
            .expect("notices");
        for notice in notices.values() {
            assert_eq!(notice.reports.len(), 1);
            assert_eq!(notice.standing(receiver.now()), Standing::AsPublished);
        }
    });
}

#[test]
fn a_flood_from_many_addresses_doubts_a_station_and_no_more() {
    with_each(|database| async move {
        let receiver = TestReceiver::with_limits(database.open().await, 120, 60).await;
        let mut stored = 0;
        for number in 0..2_000_u32 {
            let from = Ipv4Addr::from(0x0a00_0000 + number).to_string();
            let at = receiver.now().plus_minutes(-i64::from(number));
            let response = receiver.send(&from, &message("a", "gone", at)).await;
            stored += usize::from(response.status() == 200);
        }
        assert!((60..200).contains(&stored), "{stored}");
        let notices = receiver
            .store
            .notices(receiver.now())
            .await
            .expect("notices");
        assert_eq!(notices["a"].standing(receiver.now()), Standing::Doubted);
        // Whatever came, it is over after two days.
        let later = receiver.now().plus_minutes(3 * 24 * 60);
        assert!(
            receiver
                .store
                .notices(later)
                .await
                .expect("notices")
                .is_empty()
        );
    });
}

/// The rule as it is written in `docs/report.md`, over forged reports of every kind.
#[test]
fn only_the_publisher_closes_a_station() {
    with_each(|database| async move {
        let store = database.open().await;
        let now = "2026-07-15T12:00".parse().expect("a time");
        for number in 0..400_u32 {
            let message = Message {
                station: "a".to_owned(),
                edition: "2026-07-15-1a2b3c4d".to_owned(),
                verdict: Verdict::ALL[usize::try_from(number).expect("small") % 4],
                at: yizhan::domain::civil::CivilTime(29_000_000 + i64::from(number)),
            };
            let from = IpAddr::from(Ipv4Addr::from(number));
            store.add(&message, from, now).await.expect("stored");
        }
        let end = yizhan::domain::civil::CivilTime(29_000_400);
        let standing = store.notices(end).await.expect("notices")["a"].standing(end);
        assert!(matches!(
            standing,
            Standing::Doubted | Standing::AsPublished
        ));
    });
}
