//! The synchronisation of the dataset: random sequences of answers, faults, editions, places and
//! full storage on a simulated phone and host.

mod phone;

use proptest::prelude::*;
use yizhan::dataset::{Dataset, Effect, FetchError, MANIFEST_NAME};

use phone::{Edition, Files, LARGE, Phone, REACH, SMALL, Step, step, town};

fn check(editions: &[Edition], first: usize, visits: &[Vec<Step>], is_asked: bool) {
    let mut phone = Phone::first_visit(editions, first);
    for (number, steps) in visits.iter().enumerate() {
        if number > 0 {
            let store = phone.store;
            phone = if store.contains_key(MANIFEST_NAME) {
                Phone::later_visit(editions, phone.published, store)
            } else {
                Phone::first_visit(editions, phone.published)
            };
        }
        for step in steps {
            phone.take(step);
        }
    }
    phone.assert_offline();
    phone.settle(is_asked);
    phone.assert_settled();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_small_dataset_is_never_shown_or_stored_with_a_hole_and_reaches_the_newest_edition(
        first in 0..3_usize,
        visits in prop::collection::vec(prop::collection::vec(step(), 0..30), 1..4),
        is_asked in any::<bool>(),
    ) {
        check(&SMALL, first, &visits, is_asked);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_large_dataset_is_never_shown_or_stored_with_a_hole_and_reaches_the_newest_edition(
        first in 0..3_usize,
        visits in prop::collection::vec(prop::collection::vec(step(), 0..30), 1..4),
        is_asked in any::<bool>(),
    ) {
        check(&LARGE, first, &visits, is_asked);
    }
}

#[test]
fn a_clear_during_a_commit_leaves_nothing_stored() {
    let mut phone = Phone::first_visit(&SMALL, 0);
    // Cells, then programmes; then the commit is pending.
    phone.answer_until_commit();
    phone.take(&Step::Clear);
    for _ in 0..10 {
        phone.take(&Step::Answer(0, None));
    }
    assert!(phone.pending.is_empty());
    assert!(!phone.state.sync.is_stored);
    assert_eq!(phone.store, Files::new());
}

#[test]
fn a_failed_download_is_repeated_after_a_pause_and_at_once_when_the_rider_asks() {
    let mut phone = Phone::first_visit(&SMALL, 0);
    let download = |phone: &Phone<'_>| {
        let is_download = |effect: &Effect| matches!(effect, Effect::FetchCells { .. });
        phone.pending.iter().position(is_download)
    };
    let request = download(&phone).expect("cells are needed");
    phone.take(&Step::Answer(request, Some(FetchError::Unreached)));
    assert_eq!(phone.state.sync.cells_error, Some(FetchError::Unreached));
    assert_eq!(download(&phone), None, "without a pause");
    phone.take(&Step::Wait(1));
    let request = download(&phone).expect("after a minute");
    // Asked for again while it is pending: the failure is followed by another attempt at once.
    phone.take(&Step::Retry);
    phone.take(&Step::Answer(request, Some(FetchError::Unreached)));
    assert!(download(&phone).is_some());
}

/// A phone that has stored the cells around two towns of a large dataset.
fn with_two_towns() -> Phone<'static> {
    let mut phone = Phone::first_visit(&LARGE, 0);
    phone.answer_all(None);
    phone.take(&Step::Move(Some(1)));
    phone.answer_all(None);
    let store = phone.store;
    Phone::later_visit(&LARGE, 0, store)
}

#[test]
fn a_failed_background_download_delays_nothing_that_the_screen_needs() {
    let mut phone = with_two_towns();
    phone.take(&Step::Publish(1));
    // The manifest comes, then the network goes.
    phone.take(&Step::Answer(0, None));
    phone.answer_all(Some(FetchError::Unreached));
    phone.take(&Step::Move(Some(1)));
    assert_ne!(phone.needed_of(phone.shown()), [0; 0], "not loaded yet");
    phone.answer_all(Some(FetchError::Unreached));
    assert_eq!(phone.needed_of(phone.shown()), [0; 0], "it is stored");
}

#[test]
fn a_newer_edition_replaces_none_that_is_stored_elsewhere_too() {
    let mut phone = with_two_towns();
    phone.take(&Step::Move(None));
    phone.take(&Step::Publish(1));
    phone.answer_all(None);
    phone.take(&Step::Move(Some(1)));
    phone.answer_all(Some(FetchError::Unreached));
    assert_eq!(phone.needed_of(phone.shown()), [0; 0]);
}

#[test]
fn a_clear_during_a_download_leaves_nothing_stored() {
    let mut phone = Phone::first_visit(&LARGE, 0);
    phone.take(&Step::Clear);
    // The storage is cleared before the download ends.
    phone.take(&Step::Answer(2, None));
    phone.answer_all(None);
    assert_eq!(phone.store, Files::new());
}

#[test]
fn a_file_that_the_host_lacks_for_a_day_is_asked_for_ever_more_rarely() {
    let mut phone = with_two_towns();
    phone.answer_all(None);
    phone.take(&Step::Publish(1));
    let manifest = &LARGE[1].manifest;
    let near = Dataset::promised(manifest.clone()).missing_near(town(0), REACH);
    phone.broken.insert(manifest.cells[near[0]].file_name());
    phone.take(&Step::Wait(360));
    phone.answer_all(None);
    phone.requests = 0;
    for _ in 0..24 * 60 {
        phone.take(&Step::Wait(1));
        while !phone.pending.is_empty() {
            phone.take(&Step::Answer(0, None));
        }
    }
    assert!(phone.requests < 150, "{} requests", phone.requests);
    assert_eq!(phone.shown().manifest.edition, LARGE[0].manifest.edition);
}

#[test]
fn a_cell_that_failed_before_the_screen_wanted_it_is_asked_for_ever_more_rarely() {
    let mut phone = Phone::first_visit(&SMALL, 0);
    let manifest = &SMALL[0].manifest;
    let near = Dataset::promised(manifest.clone()).missing_near(town(1), REACH);
    phone.broken.insert(manifest.cells[near[0]].file_name());
    phone.answer_all(None);
    phone.take(&Step::Wait(1));
    phone.answer_all(None);
    phone.take(&Step::Move(Some(1)));
    phone.answer_all(None);
    phone.requests = 0;
    for _ in 0..24 * 60 {
        phone.take(&Step::Wait(1));
        while !phone.pending.is_empty() {
            phone.take(&Step::Answer(0, None));
        }
    }
    assert!(phone.requests < 150, "{} requests", phone.requests);
}

#[test]
fn a_cell_that_cannot_be_loaded_keeps_neither_page_nor_list_from_being_stored() {
    let mut phone = Phone::first_visit(&SMALL, 0);
    let manifest = &SMALL[0].manifest;
    let near = phone.needed_of(phone.shown());
    phone.broken.insert(manifest.cells[near[0]].file_name());
    phone.answer_all(None);
    assert!(phone.is_page_stored);
    assert!(phone.state.sync.is_stored);
    assert_ne!(phone.shown().programmes, []);
}

#[test]
fn a_tab_stores_nothing_over_files_that_another_tab_has_removed() {
    let mut phone = with_two_towns();
    phone.answer_all(None);
    phone.take(&Step::Publish(2));
    phone.take(&Step::Wait(360));
    phone.answer_until_commit();
    phone.take(&Step::OtherTab(1));
    let stored = phone.store.clone();
    phone.answer_all(None);
    assert_eq!(phone.store, stored);
}

#[test]
fn what_was_stored_of_an_edition_that_finds_no_room_makes_room_for_the_next() {
    let mut phone = with_two_towns();
    phone.answer_all(None);
    let before = phone.store.clone();
    phone.take(&Step::Publish(1));
    phone.take(&Step::Wait(360));
    // The manifest and some cells; then the room ends.
    for _ in 0..3 {
        phone.take(&Step::Answer(0, None));
    }
    phone.take(&Step::Room(false));
    phone.answer_all(None);
    assert_eq!(phone.store, before);
}
