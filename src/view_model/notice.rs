//! Notices above a screen, and the failure in the place of one.

use super::action::Action;
use super::address::decode;
use super::data_age::stale_days;
use super::icon::Icon;
use super::nearby::INACCURATE_M;
use super::offline::sync_notice;
use super::screen_input::ScreenInput;
use super::sentences;
use crate::dataset::Dataset;

/// A message above a screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its icon.
    pub icon: Icon,
    /// What happened.
    pub title: String,
    /// What to do about it; may be empty.
    pub note: String,
    /// Whether it is a warning.
    pub is_warning: bool,
    /// A link: label and target.
    pub link: Option<(String, String)>,
    /// A button: label and action.
    pub action: Option<(&'static str, Action)>,
}

impl Notice {
    /// A notice with only an icon and a title, not a warning.
    #[must_use]
    pub fn new(icon: Icon, title: String) -> Self {
        Self {
            icon,
            title,
            note: String::new(),
            is_warning: false,
            link: None,
            action: None,
        }
    }
}

/// Why a screen cannot be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What happened.
    pub title: String,
    /// What to do about it; may be empty.
    pub note: String,
}

/// A module of the page did not load.
#[must_use]
pub fn part_failed(input: &ScreenInput<'_>) -> Failure {
    Failure {
        title: input.words.part_failed.to_owned(),
        note: input.words.part_failed_note.to_owned(),
    }
}

/// A notice for each part of the address that makes no sense.
pub(super) fn link_notices(input: &ScreenInput<'_>) -> Vec<Notice> {
    let words = input.words;
    let parts = input.address.not_understood.iter();
    parts
        .map(|part| Notice {
            note: if input.address.is_swapped && part.starts_with("at=") {
                (words.swapped_note)(part)
            } else if part == "crs=" {
                words.no_crs_note.to_owned()
            } else {
                (words.odd_link_note)(&decode(part))
            },
            ..Notice::new(Icon::Info, words.odd_link.to_owned())
        })
        .collect()
}

/// The notices above every list of stations.
pub(super) fn notices(input: &ScreenInput<'_>, dataset: &Dataset) -> Vec<Notice> {
    let words = input.words;
    let mut notices = link_notices(input);
    notices.extend(sync_notice(input, dataset));
    if let Some(days) = stale_days(input, dataset) {
        notices.push(Notice {
            note: words.stale_note.to_owned(),
            is_warning: true,
            ..Notice::new(Icon::Clock, (words.stale)(days))
        });
    }
    if let Some(minutes) = input.clock_ahead_minutes {
        let (title, note) = sentences::clock_off(minutes, words);
        notices.push(Notice {
            note: note.to_owned(),
            is_warning: true,
            ..Notice::new(Icon::Clock, title)
        });
    }
    if let Some(fix) = input.live_fix()
        && fix.accuracy.0 > INACCURATE_M
    {
        let title = (words.inaccurate)(&sentences::distance(fix.accuracy, words));
        notices.push(Notice {
            note: words.inaccurate_note.to_owned(),
            ..Notice::new(Icon::Compass, title)
        });
    }
    // Only the first notice is shown in full, so a warning comes first.
    if let Some(index) = notices.iter().position(|notice| notice.is_warning) {
        notices.swap(0, index);
    }
    notices
}
