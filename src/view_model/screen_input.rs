//! The input of every screen: dataset, position, address, time and settings.

use super::address::Address;
use super::language::{Language, Words};
use super::nearby::ROWS;
use super::reports::Reports;
use super::settings::Settings;
use crate::dataset::{Dataset, SyncStatus};
use crate::domain::civil::CivilTime;
use crate::domain::fix::{Fix, LastPlace, Locating};
use crate::domain::forecast::Forecasts;
use crate::domain::nearest::Filter;
use crate::domain::position::LonLat;
use crate::domain::ranking::Question;
use crate::domain::station::Comfort;
use crate::domain::travel::Mode;

/// Whether the dataset is loaded.
#[derive(Clone, Copy, Debug)]
pub enum Loaded<'a> {
    /// The request is pending.
    Waiting,
    /// The request failed, and the phone has no cached dataset.
    Failed,
    /// The dataset is loaded; some of its cells may be missing.
    Ready(&'a Dataset),
}

/// Everything that a screen depends on.
#[derive(Clone, Debug)]
pub struct ScreenInput<'a> {
    /// The stations.
    pub data: Loaded<'a>,
    /// What the device says about the rider's position.
    pub locating: Locating,
    /// The fragment of the page's address.
    pub address: &'a Address,
    /// The time now, in the dataset's zone, and the opening states that follow from it.
    pub forecasts: &'a Forecasts,
    /// Minutes by which the phone's clock is ahead of the network's, if they differ. The page
    /// uses the phone's clock all the same and shows a warning: some riders set it wrong on
    /// purpose.
    pub clock_ahead_minutes: Option<i64>,
    /// The rider's last known position, if the phone remembers it.
    pub last_place: Option<LastPlace>,
    /// The time now, in whole minutes since the Unix epoch.
    pub unix_minute: i64,
    /// The reports that were made on this phone.
    pub reports: &'a Reports,
    /// The ids of the stations that were reported locked or gone within a day; they are
    /// ranked last.
    pub doubted: &'a [String],
    /// The id of the station in the hero on the screen, if the question is still the same.
    pub first_before: Option<&'a str>,
    /// Whether the device says that there is no network.
    pub is_offline: bool,
    /// How the dataset was fetched and cached.
    pub sync: SyncStatus,
    /// Whether the browser offers to put the page on the home screen.
    pub can_install: bool,
    /// Whether links to Apple Maps open: an Apple device, outside WeChat.
    pub has_apple_maps: bool,
    /// The settings of this phone.
    pub settings: Settings,
    /// The language.
    pub language: Language,
    /// Its words; those of Chinese until its own are loaded.
    pub words: &'static Words,
}

impl<'a> ScreenInput<'a> {
    /// The time now, in the dataset's zone.
    #[must_use]
    pub fn now(&self) -> CivilTime {
        self.forecasts.now()
    }

    /// The dataset, if it is loaded.
    #[must_use]
    pub fn dataset(&self) -> Option<&'a Dataset> {
        match self.data {
            Loaded::Ready(dataset) => Some(dataset),
            Loaded::Waiting | Loaded::Failed => None,
        }
    }

    /// The position around which stations are listed: the one in the address, or the device's.
    pub(super) fn origin(&self) -> Option<LonLat> {
        self.address.at.or(match self.locating {
            Locating::Found(fix) => Some(fix.position),
            Locating::Remembered(place) => Some(place.position),
            Locating::NotAsked | Locating::Asking | Locating::Unanswered | Locating::Failed(_) => {
                None
            }
        })
    }

    /// The device's fix, if it is the origin.
    pub(super) fn live_fix(&self) -> Option<Fix> {
        match self.locating {
            Locating::Found(fix) if self.address.at.is_none() => Some(fix),
            Locating::Found(_)
            | Locating::Remembered(_)
            | Locating::NotAsked
            | Locating::Asking
            | Locating::Unanswered
            | Locating::Failed(_) => None,
        }
    }

    /// The age of a fix.
    pub(super) fn age_minutes(&self, fix: Fix) -> i64 {
        self.unix_minute - fix.second.div_euclid(60)
    }

    /// The mode of travel.
    pub(super) fn mode(&self) -> Mode {
        let travel = self.address.travel.or(self.settings.travel);
        travel.unwrap_or_default()
    }

    /// The question that the ranking answers.
    pub(super) fn question<'b>(
        &self,
        dataset: &'b Dataset,
        origin: LonLat,
        filter: &'b Filter,
    ) -> Question<'b>
    where
        'a: 'b,
    {
        Question {
            origin,
            forecasts: self.forecasts,
            travel: dataset.manifest.travel.by(self.mode()),
            barriers: &dataset.manifest.barriers,
            filter,
            season: self.season(),
            open: self.address.open.unwrap_or_default(),
            is_member: self.settings.is_member,
            doubted: self.doubted,
            limit: ROWS + 1,
        }
    }

    /// The season that the address names, or that of the date.
    #[must_use]
    pub fn season(&self) -> Comfort {
        season(self.address, self.now())
    }
}

/// The season that the address names, or that of the date.
#[must_use]
pub fn season(address: &Address, now: CivilTime) -> Comfort {
    address.season.unwrap_or_else(|| Comfort::of_day(now.day()))
}
