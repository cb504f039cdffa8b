//! The catalogue of the page's sentences. A language is one file with one constant, and a
//! missing sentence does not compile. `docs/languages.md` says how to add a language.

use super::map_link::MapApp;
use crate::domain::position::Direction;
use crate::domain::report::Verdict;
use crate::domain::station::{Audience, Comfort, EntryMethod, Feature};
use crate::domain::travel::Mode;

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// 简体中文
    #[default]
    ZhCn,
    /// English
    En,
    /// 한국어
    Ko,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::ZhCn, Self::En, Self::Ko];

    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
            Self::Ko => "ko",
        }
    }

    /// The language's own name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ZhCn => "简体中文",
            Self::En => "English",
            Self::Ko => "한국어",
        }
    }

    /// The language whose tag has the same primary subtag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = |tag: &str| {
            tag.split(['-', '_'])
                .next()
                .unwrap_or("")
                .to_ascii_lowercase()
        };
        Self::ALL
            .into_iter()
            .find(|language| primary(language.tag()) == primary(tag))
    }

    /// Its words. Not for the page's first module: a call pulls all languages into it.
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Self::ZhCn => &CHINESE,
            Self::En => &ENGLISH,
            Self::Ko => &KOREAN,
        }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.brand)
    }
}

/// 简体中文
pub static CHINESE: Words = super::zh_cn::WORDS;
/// English
pub static ENGLISH: Words = super::en::WORDS;
/// 한국어
pub static KOREAN: Words = super::ko::WORDS;

/// Every sentence of the page in one language.
#[expect(
    missing_docs,
    reason = "a field's name says what the sentence is; the files show it"
)]
pub struct Words {
    pub brand: &'static str,

    // First visit
    /// Three lines; the middle one is set in the season's colour.
    pub first_cool: [&'static str; 3],
    pub first_warm: [&'static str; 3],
    pub find_nearest: &'static str,
    pub choose_instead: &'static str,
    pub promise_position: &'static str,
    pub promise_offline: &'static str,
    pub by_district: &'static str,

    // Position
    pub unknown: &'static str,
    pub locating: &'static str,
    pub locating_limit: &'static str,
    pub locating_title: [&'static str; 2],
    pub stop_waiting: &'static str,
    pub no_position: &'static str,
    pub no_position_note: &'static str,
    pub too_slow: &'static str,
    pub too_slow_note: &'static str,
    pub where_are_you: [&'static str; 2],
    pub choose_place: &'static str,
    pub try_again: &'static str,
    pub allow_title: &'static str,
    pub allow_how: &'static str,
    pub window_how: &'static str,
    pub blocked_title: &'static str,
    pub blocked_how: &'static str,
    pub open_alone: &'static str,
    pub inaccurate: fn(&str) -> String,
    pub inaccurate_note: &'static str,
    pub my_position: &'static str,
    pub given_position: &'static str,
    pub near: fn(&str) -> String,
    pub change_place: fn(&str) -> String,

    // Place picker
    pub pick_title: &'static str,
    pub pick_hint: &'static str,
    pub pick_here: &'static str,
    pub pick_none: fn(&str) -> String,
    pub pick_found: &'static str,
    pub pick_names: &'static str,
    pub off_title: &'static str,
    pub off_note: &'static str,
    pub next_to: fn(&str, &str) -> String,
    pub count: fn(usize) -> String,
    pub back: &'static str,
    pub area_note: &'static str,
    pub area_unplaced: &'static str,

    // Seasons
    pub season: &'static str,
    pub cool: &'static str,
    pub warm: &'static str,

    // The list screen
    pub then: &'static str,
    pub then_note: &'static str,
    pub by_distance_note: &'static str,
    pub unknown_section: &'static str,
    pub unknown_section_note: &'static str,
    pub soon_section: &'static str,
    pub far_section: &'static str,
    pub other_side_section: &'static str,
    pub other_side_section_note: &'static str,
    pub all_shut: &'static str,
    pub first_to_open: &'static str,
    pub minutes: &'static str,
    pub by_mode: fn(Mode, u32) -> String,
    pub straight: fn(&str) -> String,
    pub metres: fn(u32) -> String,
    pub kilometres: fn(&str) -> String,
    pub go: &'static str,
    pub go_anyway: &'static str,
    pub ring_first: &'static str,
    pub has: &'static str,
    pub not_known: fn(&str) -> String,
    pub nothing_here: &'static str,
    pub nothing_here_note: &'static str,
    pub nothing_matches: &'static str,
    pub drop_filters: &'static str,
    pub shut_not_listed: &'static str,
    pub show_all: &'static str,

    // Doubts and caveats
    pub makeshift_section: &'static str,
    pub makeshift_section_note: &'static str,
    pub filters_on: &'static str,
    pub no_crs_note: &'static str,
    pub you_reported: &'static str,
    pub reported_section: &'static str,
    pub only_known_as: fn(&str) -> String,
    pub something_else: &'static str,
    pub nearer_unknown: fn(u32) -> String,
    pub nearer_holiday: fn(u32) -> String,
    pub holiday_doubt: &'static str,
    pub wait_at_door: fn(i64) -> String,
    pub matching_shut: &'static str,
    pub none_near_matches: &'static str,
    pub travel_by: fn(Mode) -> &'static str,
    pub ask_travel: &'static str,
    pub member: &'static str,
    pub rough_position: fn(&str) -> String,
    pub unanswered: &'static str,
    pub unanswered_note: &'static str,
    pub more_notices: fn(usize) -> String,
    pub swapped_note: fn(&str) -> String,
    pub area_gone: &'static str,
    pub show_nearest: &'static str,
    pub report_not_kept: &'static str,
    pub known_by_fix: fn(&str) -> String,
    pub known_by_choice: &'static str,
    pub somewhere_near: fn(&str) -> String,

    // Barriers, clock, last position
    pub beyond: fn(&str) -> String,
    pub no_crossing: &'static str,
    pub crossing_hours_unknown: fn(&str) -> String,
    pub crossing_opens: fn(&str, &str) -> String,
    pub crossing_not_in_time: fn(&str) -> String,
    pub by_crossing: fn(&str) -> String,
    pub crossing_unverified: &'static str,
    pub around: fn(&str) -> String,
    pub clock_ahead: fn(&str) -> String,
    pub clock_behind: fn(&str) -> String,
    pub last_place: fn(&str) -> String,
    pub remember_place: &'static str,
    pub remember: &'static str,
    pub do_not_remember: &'static str,
    pub minutes_long: fn(i64) -> String,
    pub hours_long: fn(i64) -> String,
    pub days_long: fn(i64) -> String,
    pub clock_note: &'static str,

    // Opening states
    pub open_on_arrival: &'static str,
    pub open_now: &'static str,
    pub should_be_open: &'static str,
    pub opens_by_arrival: &'static str,
    pub open_all_night: &'static str,
    pub round_the_clock: &'static str,
    pub closes_in: fn(i64) -> String,
    pub left_on_arrival: fn(i64) -> String,
    pub shut_before_arrival: &'static str,
    pub closed: &'static str,
    pub lunch_break: &'static str,
    pub hours_unknown: &'static str,
    pub hours_as_printed: fn(&str) -> String,
    pub ask_first: &'static str,
    pub calendar_missing: fn(i32) -> String,
    pub closes_at: fn(&str) -> String,
    pub open_until: fn(&str) -> String,
    pub opens_at: fn(&str) -> String,
    pub closed_opens: fn(&str) -> String,
    pub tomorrow: fn(&str) -> String,
    pub on_weekday: fn(usize, &str) -> String,
    pub on_date: fn(u8, u8, &str) -> String,

    // Filters
    pub filter: &'static str,
    pub filter_group: &'static str,
    pub filter_open: &'static str,
    pub filter_arrival: &'static str,
    pub filter_now: &'static str,
    pub filter_any: &'static str,
    pub filter_need: &'static str,
    pub filter_kind: &'static str,
    pub filter_travel: &'static str,
    pub filter_who: &'static str,
    pub filter_not_members: &'static str,
    pub filter_clear: &'static str,
    pub filter_show: &'static str,
    pub close: &'static str,

    // A station
    pub how_in: &'static str,
    pub door_fact: &'static str,
    pub audience_fact: &'static str,
    pub capacity_fact: &'static str,
    pub capacity: fn(u32) -> String,
    pub absent: fn(&str) -> String,
    /// Between the things of a list.
    pub between_things: &'static str,
    pub hours_fact: &'static str,
    pub floor_fact: &'static str,
    pub kind_fact: &'static str,
    pub phone_fact: &'static str,
    pub note_fact: &'static str,
    pub copy_address: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    pub from_here: &'static str,
    pub unverified: &'static str,
    pub verified_on: fn(&str) -> String,
    pub station_gone: &'static str,
    pub station_gone_note: &'static str,
    pub no_position_known: &'static str,
    pub opens_other_app: fn(&str) -> String,
    pub map_app: fn(MapApp) -> &'static str,
    pub choose_map: &'static str,

    // The data
    pub data_of_today: &'static str,
    pub data_today: fn(&str) -> String,
    pub data_days: fn(&str, i64) -> String,
    pub data_of: fn(&str) -> String,
    pub date: fn(u8, u8) -> String,
    pub example: &'static str,
    pub example_note: &'static str,
    pub stale: fn(i64) -> String,
    pub stale_note: &'static str,
    pub loading: &'static str,
    pub loading_note: &'static str,
    pub failed: &'static str,
    pub failed_note: &'static str,
    pub not_kept_here: &'static str,
    pub unreached: &'static str,
    pub missing: &'static str,
    pub missing_note: &'static str,
    pub not_ours: &'static str,
    pub not_ours_note: &'static str,
    pub newer_format: &'static str,
    pub newer_format_note: &'static str,
    pub damaged: &'static str,
    pub damaged_note: &'static str,
    pub older: &'static str,
    pub reload: &'static str,
    pub odd_link: &'static str,
    pub odd_link_note: fn(&str) -> String,

    // Modules that load later
    pub incomplete: &'static str,
    pub part_coming: &'static str,
    pub part_missing: &'static str,
    pub part_failed: &'static str,
    pub part_failed_note: &'static str,

    // Display, privacy
    pub elder: &'static str,
    pub standard: &'static str,
    pub display: &'static str,
    pub text_size: &'static str,
    pub text_large: &'static str,
    pub colours: &'static str,
    pub automatic: &'static str,
    pub light: &'static str,
    pub sunlight: &'static str,
    pub dark: &'static str,
    pub language: &'static str,
    pub done: &'static str,
    pub privacy: &'static str,
    pub privacy_facts: &'static [(&'static str, &'static str)],
    pub publisher_fact: &'static str,
    pub sources_fact: &'static str,
    pub as_of_fact: &'static str,
    pub privacy_note: &'static str,

    // The cache
    pub offline_status: &'static str,
    pub update: &'static str,
    pub update_now: &'static str,
    pub page_fact: &'static str,
    pub page_stored: &'static str,
    pub page_not_kept: &'static str,
    pub list_fact: &'static str,
    pub cells_kept: fn(usize, usize, &str) -> String,
    pub all_kept: fn(&str) -> String,
    pub nothing_kept: &'static str,
    pub store_fact: &'static str,
    pub store_small: &'static str,
    pub store_closed: &'static str,
    pub store_full: &'static str,
    pub check_fact: &'static str,
    pub checking: &'static str,
    pub fresh: &'static str,
    pub offline_note: &'static str,
    pub keep_all: &'static str,
    pub clear_stored: &'static str,

    // Radar, programmes, emergency, reports
    pub nav: &'static str,
    pub nav_nearest: &'static str,
    pub nav_radar: &'static str,
    pub nav_benefits: &'static str,
    pub nav_emergency: &'static str,
    pub radar_title: &'static str,
    pub radar_label: fn(usize) -> String,
    pub radar_minutes: fn(u32) -> String,
    pub north: &'static str,
    pub state_open: &'static str,
    pub state_soon: &'static str,
    pub state_closed: &'static str,
    pub state_unknown: &'static str,
    pub benefits: &'static str,
    pub benefits_note: &'static str,
    pub no_benefits: &'static str,
    pub benefits_here: &'static str,
    pub next_day: fn(&str, i64) -> String,
    pub each_month: &'static str,
    pub each_week: &'static str,
    pub each_year: &'static str,
    pub short_weekday: fn(usize) -> &'static str,
    pub month_day: fn(u8, u8) -> String,
    pub join: fn(&str) -> String,
    pub source: fn(&str) -> String,
    pub more: &'static str,
    pub call: &'static str,
    pub call_120: &'static str,
    pub read_out: &'static str,
    pub read_out_from: fn(&str, &str) -> String,
    pub read_out_exact: fn(&str) -> String,
    pub read_out_unknown: &'static str,
    pub aid_near: &'static str,
    pub aid_none: &'static str,
    pub heat: &'static str,
    pub cold: &'static str,
    pub heat_steps: [&'static str; 4],
    pub cold_steps: [&'static str; 4],
    pub steps_note: &'static str,
    pub week: &'static str,
    pub weekday: fn(usize) -> &'static str,
    pub today: &'static str,
    pub shut_all_day: &'static str,
    pub share: &'static str,
    pub speak_short: &'static str,
    pub speak: &'static str,
    pub report_title: &'static str,
    pub report_word: fn(Verdict) -> &'static str,
    pub reported: fn(i64, &str) -> String,
    pub report_kept: &'static str,
    pub report_queued: &'static str,
    pub report_sent: &'static str,
    pub report_refused: &'static str,
    pub report_copy: &'static str,
    pub refresh: &'static str,
    pub offline: &'static str,
    pub clear_all: &'static str,
    pub install: &'static str,
    pub install_note: &'static str,
    pub not_now: &'static str,

    // Values of the domain
    pub feature: fn(Feature) -> &'static str,
    pub direction: fn(Direction) -> &'static str,
    pub door: fn(EntryMethod) -> &'static str,
    pub audience: fn(Audience) -> &'static str,
    pub mode: fn(Mode) -> &'static str,
}

impl Words {
    /// 清凉 or 取暖.
    #[must_use]
    pub fn comfort(&self, comfort: Comfort) -> &'static str {
        match comfort {
            Comfort::Cool => self.cool,
            Comfort::Warm => self.warm,
        }
    }
}
