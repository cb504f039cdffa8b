//! The screen of programmes that the publisher runs beside its stations.

use super::data_age::{DataAge, data_age};
use super::icon::Icon;
use super::language::Words;
use super::notice::Notice;
use super::screen_input::ScreenInput;
use crate::dataset::Dataset;
use crate::domain::programme::{Programme, Recurrence};
use crate::domain::station::Station;

/// The screen of programmes.
#[derive(Clone, Debug, PartialEq)]
pub struct Benefits {
    /// A notice about the programme that takes place next.
    pub next: Option<Notice>,
    /// The programmes that are not over.
    pub all: Vec<Benefit>,
    /// The age of the data.
    pub data_age: DataAge,
}

/// One programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Benefit {
    /// A large figure and a word, such as 28 and 每月; none if it does not recur.
    pub when: Option<(String, String)>,
    /// The title.
    pub title: String,
    /// Audience, time, summary, how to join, source; as far as they are known.
    pub lines: Vec<String>,
    /// The telephone link.
    pub call: Option<String>,
    /// The link to its web page.
    pub url: Option<String>,
}

/// The screen of programmes.
#[inline(never)]
pub(super) fn benefits(input: &ScreenInput<'_>, dataset: &Dataset) -> Benefits {
    let words = input.words;
    let today = input.now().day();
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
            note: programme.join.clone(),
            ..Notice::new(
                Icon::Calendar,
                (words.next_day)(&programme.title, i64::from(day.0 - today.0)),
            )
        });
    Benefits {
        next,
        all: current.map(|programme| benefit(programme, words)).collect(),
        data_age: data_age(input, dataset),
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
    let line = |text: &String, format: fn(&str) -> String| (!text.is_empty()).then(|| format(text));
    let lines = [
        line(&programme.audience, str::to_owned),
        line(&programme.when, str::to_owned).filter(|_| when.is_none()),
        line(&programme.summary, str::to_owned),
        line(&programme.join, words.join),
        line(&programme.source, words.source),
    ];
    Benefit {
        when,
        title: programme.title.clone(),
        lines: lines.into_iter().flatten().collect(),
        call: super::telephone::tel(&programme.phone),
        // Only web pages: a link from a source sheet must not run a script.
        url: (programme.url.starts_with("https://") || programme.url.starts_with("http://"))
            .then(|| programme.url.clone()),
    }
}

/// The titles of the programmes that apply at a station.
pub(super) fn at_station(
    input: &ScreenInput<'_>,
    dataset: &Dataset,
    station: &Station,
) -> Vec<String> {
    let today = input.now().day();
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
