//! Nothing tells riders apart for longer than two days, and all of it can be deleted.

use stations_collect::store::Forget;
use yizhan::domain::civil::CivilTime;

use crate::databases::with_each;
use crate::receiver::TestReceiver;

#[test]
fn who_sent_a_report_is_forgotten_after_two_days_and_the_report_after_its_time() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        receiver.report("1.1.1.1", "a", "locked").await;
        let day = |days: i64| receiver.now().plus_minutes(days * 24 * 60);
        let all = async || {
            receiver
                .store
                .reports_since(CivilTime(0))
                .await
                .expect("reports")
        };
        receiver.store.forget_old(day(1), 180).await.expect("done");
        assert!(!all().await[0].sender.is_empty());
        assert!(!all().await[0].sender.contains("1.1.1.1"));
        receiver.store.forget_old(day(2), 180).await.expect("done");
        assert_eq!(all().await[0].sender, "");
        receiver
            .store
            .forget_old(day(180), 180)
            .await
            .expect("done");
        assert_eq!(all().await.len(), 1);
        receiver
            .store
            .forget_old(day(181), 180)
            .await
            .expect("done");
        assert_eq!(all().await.len(), 0);
    });
}

#[test]
fn an_address_has_another_hash_every_day() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        receiver.report("1.1.1.1", "a", "locked").await;
        receiver.report("1.1.1.1", "b", "locked").await;
        receiver.pass(3 * 24 * 60);
        receiver.report("1.1.1.1", "a", "locked").await;
        let reports = receiver
            .store
            .reports_since(CivilTime(0))
            .await
            .expect("reports");
        assert_eq!(reports[0].sender, reports[1].sender);
        assert_ne!(reports[0].sender, reports[2].sender);
    });
}

#[test]
fn reports_are_deleted_by_station_by_day_and_altogether() {
    with_each(|database| async move {
        let receiver = TestReceiver::new(database.open().await).await;
        for station in ["a", "b", "=c"] {
            receiver.report("1.1.1.1", station, "wrong").await;
        }
        let forget = async |which| receiver.store.forget(&which).await.expect("done");
        assert_eq!(forget(Forget::Station("a".to_owned())).await, 1);
        assert_eq!(forget(Forget::Before(receiver.now().day())).await, 0);
        assert_eq!(
            forget(Forget::Before(receiver.now().day().plus(1))).await,
            2
        );
        receiver.report("1.1.1.1", "a", "gone").await;
        assert_eq!(forget(Forget::All).await, 1);
    });
}
