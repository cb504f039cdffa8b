//! Reports and answers in a database: SQLite in one file, or PostgreSQL for several receivers.

use std::collections::BTreeMap;
use std::net::IpAddr;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions, AnyRow, install_default_drivers};
use sqlx::{AnyPool, ConnectOptions as _, Executor as _, Row as _};
use yizhan::domain::civil::{CivilTime, Day};
use yizhan::domain::report::{Answer, Notice, RiderReport, TOLD_MINUTES, Verdict};

use crate::message::Message;
use crate::sender::{self, DayKey};

/// How long the hash of a sender's address is kept, in days, the day of the report being one.
pub const SENDER_DAYS: i32 = 2;

/// Why the database could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Its tables could not be made or are those of another release.
    #[error("the tables of the database: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The system gives no random numbers.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// A row holds what this release does not write.
    #[error("the database holds {0:?}, which this release does not know")]
    UnknownValue(String),
}

/// A report as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The station's id.
    pub station: String,
    /// What the rider found, and when.
    pub report: RiderReport,
    /// The edition that the rider saw.
    pub edition: String,
    /// When it came.
    pub received: CivilTime,
    /// The hash of the sender's address; empty when it was forgotten.
    pub sender: String,
}

/// Which reports are deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forget {
    /// All reports on a station, and the answer.
    Station(String),
    /// All reports of the days before this one.
    Before(Day),
    /// All reports and answers.
    All,
}

/// The database.
#[derive(Clone, Debug)]
pub struct Store {
    pool: AnyPool,
}

impl Store {
    /// Opens a database and makes its tables if they are missing. `url` is
    /// `sqlite:reports.db` or `postgres://user@host/database`.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot be opened.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        install_default_drivers();
        let is_sqlite = url.starts_with("sqlite:");
        let url = if is_sqlite && !url.contains('?') {
            format!("{url}?mode=rwc")
        } else {
            url.to_owned()
        };
        let options: AnyConnectOptions = url.parse()?;
        // SQLite has one writer; several connections would only wait for one another.
        let connections = if is_sqlite { 1 } else { 8 };
        let pool = AnyPoolOptions::new()
            .max_connections(connections)
            .after_connect(move |connection, _| {
                Box::pin(async move {
                    if is_sqlite {
                        // Survives the end of the process and of the power.
                        connection
                            .execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
                            .await?;
                    }
                    Ok(())
                })
            })
            .connect_with(options.disable_statement_logging())
            .await?;
        sqlx::migrate!().run(&pool).await?;
        Ok(Self { pool })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it does not.
    pub async fn check(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Stores a report that came from this address, if it is not stored yet. It is on the disk
    /// when this returns. Gives whether it is new.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored.
    pub async fn add(
        &self,
        message: &Message,
        sender: IpAddr,
        now: CivilTime,
    ) -> Result<bool, StoreError> {
        let today = now.day();
        let hash = sender::hash(&self.day_key(today).await?, sender);
        let before = self.known_key(today.plus(-1)).await?;
        let before = before.map(|key| sender::hash(&key, sender));
        // Who reported yesterday is the same rider today: otherwise one alone would count as two
        // around midnight.
        let known = match before {
            Some(before) => self
                .has_report_of(&message.station, &before)
                .await?
                .then_some(before),
            None => None,
        };
        let result = sqlx::query(
            "INSERT INTO reports (station, verdict, at, edition, received, sender) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        )
        .bind(&message.station)
        .bind(message.verdict.key())
        .bind(message.at.0)
        .bind(&message.edition)
        .bind(now.0)
        .bind(known.unwrap_or(hash))
        .execute(&self.pool)
        .await?;
        Ok(result.rows_affected() > 0)
    }

    async fn has_report_of(&self, station: &str, sender: &str) -> Result<bool, StoreError> {
        let row = sqlx::query("SELECT 1 FROM reports WHERE station = $1 AND sender = $2 LIMIT 1")
            .bind(station)
            .bind(sender)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.is_some())
    }

    /// The key of a day, made at its first report; receivers on one database share it.
    async fn day_key(&self, day: Day) -> Result<DayKey, StoreError> {
        if let Some(key) = self.known_key(day).await? {
            return Ok(key);
        }
        let key = sender::new_key()?;
        sqlx::query("INSERT INTO day_keys (day, day_key) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(i64::from(day.0))
            .bind(sender::to_hex(&key))
            .execute(&self.pool)
            .await?;
        // Another receiver may have been first.
        Ok(self.known_key(day).await?.unwrap_or(key))
    }

    async fn known_key(&self, day: Day) -> Result<Option<DayKey>, StoreError> {
        let row = sqlx::query("SELECT day_key FROM day_keys WHERE day = $1")
            .bind(i64::from(day.0))
            .fetch_optional(&self.pool)
            .await?;
        row.map(|row| {
            let text: String = row.try_get(0)?;
            sender::key_from_hex(&text).ok_or(StoreError::UnknownValue(text))
        })
        .transpose()
    }

    /// Forgets who sent the reports of earlier days, and deletes reports that are older than
    /// `keep_days`.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refused.
    pub async fn forget_old(&self, now: CivilTime, keep_days: u16) -> Result<(), StoreError> {
        let first = now.day().plus(1 - SENDER_DAYS);
        sqlx::query("DELETE FROM day_keys WHERE day < $1")
            .bind(i64::from(first.0))
            .execute(&self.pool)
            .await?;
        sqlx::query("UPDATE reports SET sender = '' WHERE received < $1 AND sender <> ''")
            .bind(first.start().0)
            .execute(&self.pool)
            .await?;
        self.forget(&Forget::Before(now.day().plus(-i32::from(keep_days))))
            .await?;
        Ok(())
    }

    /// Deletes reports. Gives how many.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refused.
    pub async fn forget(&self, which: &Forget) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let deleted = match which {
            Forget::Station(station) => {
                sqlx::query("DELETE FROM answers WHERE station = $1")
                    .bind(station)
                    .execute(&mut *transaction)
                    .await?;
                sqlx::query("DELETE FROM reports WHERE station = $1").bind(station)
            }
            Forget::Before(day) => {
                sqlx::query("DELETE FROM reports WHERE at < $1").bind(day.start().0)
            }
            Forget::All => {
                sqlx::query("DELETE FROM answers")
                    .execute(&mut *transaction)
                    .await?;
                sqlx::query("DELETE FROM reports")
            }
        };
        let deleted = deleted.execute(&mut *transaction).await?.rows_affected();
        transaction.commit().await?;
        Ok(deleted)
    }

    /// The reports on what was found at or after a time, the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refused.
    pub async fn reports_since(&self, since: CivilTime) -> Result<Vec<Stored>, StoreError> {
        let rows = sqlx::query(
            "SELECT station, verdict, at, edition, received, sender FROM reports \
             WHERE at >= $1 ORDER BY at, station, verdict",
        )
        .bind(since.0)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(stored).collect()
    }

    /// Notes what the publisher answered on a station.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refused.
    pub async fn answer(
        &self,
        station: &str,
        answer: Answer,
        now: CivilTime,
    ) -> Result<(), StoreError> {
        let (key, day) = answer_to_row(answer);
        sqlx::query(
            "INSERT INTO answers (station, answer, day, at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (station) DO UPDATE SET answer = $2, day = $3, at = $4",
        )
        .bind(station)
        .bind(key)
        .bind(i64::from(day))
        .bind(now.0)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The publisher's answers, by station.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refused.
    pub async fn answers(&self) -> Result<BTreeMap<String, (Answer, CivilTime)>, StoreError> {
        let rows = sqlx::query("SELECT station, answer, day, at FROM answers")
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| {
                let answer: String = row.try_get(1)?;
                let day: i64 = row.try_get(2)?;
                let known = answer_from_row(&answer, day);
                let known = known.ok_or(StoreError::UnknownValue(answer))?;
                Ok((row.try_get(0)?, (known, CivilTime(row.try_get(3)?))))
            })
            .collect()
    }

    /// What everybody may know at a time: of each station the last report of each rider of the last
    /// two days, and the answer.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refused.
    pub async fn notices(&self, now: CivilTime) -> Result<BTreeMap<String, Notice>, StoreError> {
        let mut last: BTreeMap<(String, String), RiderReport> = BTreeMap::new();
        for stored in self.reports_since(now.plus_minutes(-TOLD_MINUTES)).await? {
            // Riders whose hash was forgotten cannot be told apart: they count as one.
            last.insert((stored.station, stored.sender), stored.report);
        }
        let mut notices: BTreeMap<String, Notice> = BTreeMap::new();
        for ((station, _), report) in last {
            notices.entry(station).or_default().reports.push(report);
        }
        for (station, (answer, at)) in self.answers().await? {
            let is_told = match answer {
                Answer::Withdrawn => true,
                Answer::ClosedUntil(day) => now.day() <= day,
                Answer::VerifiedOpen | Answer::HoursCorrected => {
                    at.minutes_until(now) < TOLD_MINUTES
                }
            };
            if is_told {
                notices.entry(station).or_default().answer = Some((answer, at));
            }
        }
        for notice in notices.values_mut() {
            notice
                .reports
                .sort_by_key(|report| std::cmp::Reverse(report.at));
        }
        Ok(notices)
    }
}

fn stored(row: &AnyRow) -> Result<Stored, StoreError> {
    let key: String = row.try_get(1)?;
    Ok(Stored {
        station: row.try_get(0)?,
        report: RiderReport {
            verdict: Verdict::from_key(&key).ok_or(StoreError::UnknownValue(key))?,
            at: CivilTime(row.try_get(2)?),
        },
        edition: row.try_get(3)?,
        received: CivilTime(row.try_get(4)?),
        sender: row.try_get(5)?,
    })
}

fn answer_to_row(answer: Answer) -> (&'static str, i32) {
    match answer {
        Answer::VerifiedOpen => ("open", 0),
        Answer::HoursCorrected => ("hours", 0),
        Answer::Withdrawn => ("withdrawn", 0),
        Answer::ClosedUntil(day) => ("closed", day.0),
    }
}

fn answer_from_row(answer: &str, day: i64) -> Option<Answer> {
    Some(match answer {
        "open" => Answer::VerifiedOpen,
        "hours" => Answer::HoursCorrected,
        "withdrawn" => Answer::Withdrawn,
        "closed" => Answer::ClosedUntil(Day(day.try_into().ok()?)),
        _ => return None,
    })
}
