//! What the publisher runs beside its stations, for people who look it up.

use super::language::Words;
use super::screen::{DataAge, Knowledge, Notice, data_age};
use crate::dataset::Dataset;
use crate::domain::programme::{Programme, Recurrence};
use crate::domain::station::Station;

/// The page of benefits.
#[derive(Clone, Debug, PartialEq)]
pub struct Benefits {
    /// The next day on which something takes place.
    pub next: Option<Notice>,
    /// Every programme that is not over.
    pub all: Vec<Benefit>,
    /// How old the data is.
    pub data_age: DataAge,
}

/// One programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Benefit {
    /// A large figure and a word, such as 28 and 每月; or nothing.
    pub when: Option<(String, String)>,
    /// The title.
    pub title: String,
    /// For whom, when, what, how, from where; as far as it is said.
    pub lines: Vec<String>,
    /// A telephone link.
    pub call: Option<String>,
    /// A web page.
    pub url: Option<String>,
}

/// What is listed, on a day.
#[inline(never)]
pub(super) fn benefits(known: &Knowledge<'_>, dataset: &Dataset) -> Benefits {
    let words = known.language.words();
    let today = known.now().day();
    let current = dataset
        .programmes
        .iter()
        .filter(|programme| !programme.is_over(today));
    let recurs = |programme: &&Programme| {
        !matches!(
            programme.recurrence,
            Recurrence::Always | Recurrence::Unknown
        )
    };
    let next = current
        .clone()
        .filter(recurs)
        .filter_map(|programme| Some((programme.next_on(today)?, programme)))
        .min_by_key(|(day, _)| *day)
        .map(|(day, programme)| Notice {
            icon: "calendar",
            title: (words.next_day)(&programme.title, i64::from(day.0 - today.0)),
            note: programme.join.clone(),
            is_warning: false,
            ..Notice::default()
        });
    Benefits {
        next,
        all: current.map(|programme| benefit(programme, words)).collect(),
        data_age: data_age(known, dataset),
    }
}

fn benefit(programme: &Programme, words: &Words) -> Benefit {
    let when = match programme.recurrence {
        Recurrence::Monthly(day) => Some((day.to_string(), words.each_month.to_owned())),
        Recurrence::Weekly(day) => Some((
            (words.short_weekday)(usize::from(day)).to_owned(),
            words.each_week.to_owned(),
        )),
        Recurrence::Yearly(date) => Some((
            (words.month_day)(date.month, date.day),
            words.each_year.to_owned(),
        )),
        Recurrence::Always | Recurrence::Unknown => None,
    };
    let said = |text: &String, say: fn(&str) -> String| (!text.is_empty()).then(|| say(text));
    let lines = [
        said(&programme.audience, str::to_owned),
        said(&programme.when, str::to_owned).filter(|_| when.is_none()),
        said(&programme.summary, str::to_owned),
        said(&programme.join, words.join),
        said(&programme.source, words.source),
    ];
    Benefit {
        when,
        title: programme.title.clone(),
        lines: lines.into_iter().flatten().collect(),
        call: (!programme.phone.is_empty()).then(|| super::screen::tel(&programme.phone)),
        // Only a web page: a link from a sheet must not run anything.
        url: (programme.url.starts_with("https://") || programme.url.starts_with("http://"))
            .then(|| programme.url.clone()),
    }
}

/// The titles of the programmes that apply at a station.
pub(super) fn at_station(
    known: &Knowledge<'_>,
    dataset: &Dataset,
    station: &Station,
) -> Vec<String> {
    let today = known.now().day();
    let applies = |programme: &&Programme| {
        !programme.is_over(today)
            && (programme.stations.contains(&station.id)
                || programme
                    .kinds
                    .iter()
                    .any(|kind| station.kinds.contains(kind)))
    };
    let here = dataset.programmes.iter().filter(applies);
    here.map(|programme| programme.title.clone()).collect()
}
