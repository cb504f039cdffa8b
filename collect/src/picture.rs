//! What the publisher looks at: stations by the number of reports that are not answered, with the
//! days and hours at which riders found them shut.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use yizhan::domain::civil::CivilTime;
use yizhan::domain::report::{Answer, Verdict};

use crate::stations::Edition;
use crate::store::{Store, StoreError, Stored};

const DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// A station with reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// The station's id.
    pub station: String,
    /// Its name, or nothing if it is no longer in the list.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its hours as they are printed.
    pub hours: String,
    /// How many reports of each kind are not answered: locked, wrong, gone, fine.
    pub locked: usize,
    /// Information that is wrong.
    pub wrong: usize,
    /// No longer there.
    pub gone: usize,
    /// Open.
    pub fine: usize,
    /// The last report, as `2026-07-15T12:10`.
    pub last: String,
    /// How many times it was found locked or gone on this weekday, Monday first, in this hour.
    pub shut_at: [[usize; 24]; 7],
    /// The publisher's last answer; empty if there is none.
    pub answer: String,
}

impl Picture {
    /// The reports that call for an answer.
    #[must_use]
    pub fn open_reports(&self) -> usize {
        self.locked + self.wrong + self.gone
    }

    /// When it was found shut, as `周一 12 时 ×3`.
    #[must_use]
    pub fn shut_at_words(&self) -> String {
        let mut words = Vec::new();
        for (day, hours) in DAYS.iter().zip(&self.shut_at) {
            for (hour, count) in hours.iter().enumerate().filter(|(_, count)| **count > 0) {
                words.push(format!("周{day} {hour} 时 ×{count}"));
            }
        }
        words.join("；")
    }
}

/// The stations with reports since a time, those with the most open reports first.
///
/// # Errors
///
/// [`StoreError`] if the reports cannot be read.
pub async fn pictures(
    store: &Store,
    edition: &Edition,
    since: CivilTime,
) -> Result<Vec<Picture>, StoreError> {
    let answers = store.answers().await?;
    let mut by_station: BTreeMap<String, Vec<Stored>> = BTreeMap::new();
    for stored in store.reports_since(since).await? {
        by_station
            .entry(stored.station.clone())
            .or_default()
            .push(stored);
    }
    let ids: BTreeSet<&String> = by_station.keys().collect();
    let mut pictures: Vec<Picture> = ids
        .into_iter()
        .map(|id| picture(id, &by_station[id], edition, answers.get(id).copied()))
        .collect();
    pictures.sort_by_key(|picture| std::cmp::Reverse(picture.open_reports()));
    Ok(pictures)
}

fn picture(
    id: &str,
    reports: &[Stored],
    edition: &Edition,
    answer: Option<(Answer, CivilTime)>,
) -> Picture {
    let known = edition.stations.get(id);
    let mut picture = Picture {
        station: id.to_owned(),
        name: known.map(|known| known.name.clone()).unwrap_or_default(),
        address: known.map(|known| known.address.clone()).unwrap_or_default(),
        hours: known.map(|known| known.hours.clone()).unwrap_or_default(),
        locked: 0,
        wrong: 0,
        gone: 0,
        fine: 0,
        last: String::new(),
        shut_at: [[0; 24]; 7],
        answer: answer
            .map(|(answer, _)| answer_words(answer))
            .unwrap_or_default(),
    };
    for stored in reports {
        let at = stored.report.at;
        picture.last = at.to_string();
        if answer.is_some_and(|(_, answered)| at <= answered) {
            continue;
        }
        let count = match stored.report.verdict {
            Verdict::Locked => &mut picture.locked,
            Verdict::Wrong => &mut picture.wrong,
            Verdict::Gone => &mut picture.gone,
            Verdict::Fine => &mut picture.fine,
        };
        *count += 1;
        if stored.report.verdict.warns() {
            let day = usize::from(at.day().weekday());
            picture.shut_at[day][usize::from(at.minute() / 60)] += 1;
        }
    }
    picture
}

/// An answer in the words of the page.
#[must_use]
pub fn answer_words(answer: Answer) -> String {
    match answer {
        Answer::VerifiedOpen => "已核实开放".to_owned(),
        Answer::HoursCorrected => "时间已更正".to_owned(),
        Answer::Withdrawn => "已撤".to_owned(),
        Answer::ClosedUntil(day) => format!("临时关闭到 {day}"),
    }
}

/// The pictures as CSV with a byte order mark, which Excel needs for Chinese.
///
/// # Errors
///
/// [`csv::Error`] if it cannot be written.
pub fn to_csv(pictures: &[Picture], out: impl std::io::Write) -> Result<(), csv::Error> {
    let mut out = out;
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "编号",
        "名称",
        "地址",
        "登记的开放时间",
        "锁着",
        "信息不对",
        "已经没了",
        "开着",
        "最近一次",
        "什么时候锁着",
        "答复",
    ])?;
    for picture in pictures {
        let counts = [picture.locked, picture.wrong, picture.gone, picture.fine];
        let [locked, wrong, gone, fine] = counts.map(|count| count.to_string());
        // Spreadsheets run a cell that begins like a formula; ids come from phones.
        let plain = |text: &str| {
            if text.starts_with(['=', '+', '-', '@', '\t']) {
                format!("'{text}")
            } else {
                text.to_owned()
            }
        };
        table.write_record([
            &plain(&picture.station),
            &plain(&picture.name),
            &plain(&picture.address),
            &plain(&picture.hours),
            &locked,
            &wrong,
            &gone,
            &fine,
            &picture.last,
            &picture.shut_at_words(),
            &picture.answer,
        ])?;
    }
    table.flush()?;
    Ok(())
}
