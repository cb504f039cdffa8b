//! `stations-collect`: receives riders' reports. `docs/report.md` describes it.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, Parser, Subcommand};
use stations_collect::clock::{self, Clock};
use stations_collect::picture::{pictures, to_csv};
use stations_collect::service::{Limits, PICTURE_DAYS, Receiver, Settings, read_answer, router};
use stations_collect::stations::Stations;
use stations_collect::store::{Forget, Store};
use tokio::net::TcpListener;
use tokio::signal;
use yizhan::domain::civil::CivilTime;

/// How often notices are written, the dataset looked at and old reports forgotten.
const ROUND: Duration = Duration::from_mins(1);

/// Receives riders' reports on stations (接收骑手的反馈).
#[derive(Parser)]
#[command(name = "stations-collect", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Args)]
struct Where {
    /// The database: `sqlite:reports.db`, or `postgres://user:password@host/name` (数据库).
    #[arg(
        long,
        env = "STATIONS_DATABASE",
        default_value = "sqlite:reports.db",
        hide_env_values = true
    )]
    database: String,
    /// The folder of the published dataset (已发布的 data 文件夹).
    #[arg(long, env = "STATIONS_DATA", default_value = "data")]
    data: PathBuf,
}

#[derive(Subcommand)]
enum Command {
    /// Receives reports until it is stopped (接收反馈).
    Serve {
        #[command(flatten)]
        place: Where,
        /// Where it listens (监听的地址).
        #[arg(long, default_value = "127.0.0.1:8787")]
        listen: SocketAddr,
        /// The origin of a page that may send, such as `https://example.org`; once for each (可以发反馈的网站).
        #[arg(long = "origin")]
        origins: Vec<String>,
        /// Writes what riders are told into this file, usually notices.yz beside the dataset (写反馈汇总的文件).
        #[arg(long)]
        notices: Option<PathBuf>,
        /// A proxy in front says in X-Forwarded-For who sends (前面有 nginx 或 Caddy).
        #[arg(long)]
        behind_proxy: bool,
        /// A file that holds the publisher's token (写着口令的文件).
        #[arg(long)]
        token_file: Option<PathBuf>,
        /// Reports are deleted after so many days (反馈保留的天数).
        #[arg(long, default_value_t = 180)]
        keep_days: u16,
        /// The most reports from one address in a minute (一个地址每分钟最多).
        #[arg(long, default_value = "120")]
        by_address: NonZeroU32,
        /// The most reports on one station in an hour (一个站点每小时最多).
        #[arg(long, default_value = "60")]
        by_station: NonZeroU32,
    },
    /// Writes what riders are told, once; for a static host and a timer (写一次反馈汇总).
    Notices {
        #[command(flatten)]
        place: Where,
        /// The file, usually notices.yz beside the dataset.
        out: PathBuf,
    },
    /// Lists the stations with reports as CSV, those with the most first (列出有反馈的站点).
    Reports {
        #[command(flatten)]
        place: Where,
    },
    /// Answers the reports on a station (答复一个站点的反馈).
    Answer {
        #[command(flatten)]
        place: Where,
        /// The station's id.
        station: String,
        /// open 已核实开放, hours 时间已更正, withdrawn 已撤, closed 临时关闭.
        answer: String,
        /// The last day of a closure, such as 2026-08-01.
        until: Option<String>,
    },
    /// Deletes reports (删除反馈).
    Forget {
        #[command(flatten)]
        place: Where,
        /// All reports on this station.
        #[arg(long, conflicts_with_all = ["before", "all"])]
        station: Option<String>,
        /// All reports before this day, such as 2026-08-01.
        #[arg(long, conflicts_with = "all")]
        before: Option<String>,
        /// Everything.
        #[arg(long)]
        all: bool,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let clock = clock::system();
    match Arguments::parse().command {
        Command::Serve {
            place,
            listen,
            origins,
            notices,
            behind_proxy,
            token_file,
            keep_days,
            by_address,
            by_station,
        } => {
            tracing_subscriber::fmt()
                .json()
                .with_writer(std::io::stderr)
                .init();
            let (store, stations) = open(&place).await?;
            let token = token_file.as_deref().map(read_token).transpose()?;
            let settings = Settings {
                store: store.clone(),
                stations: stations.clone(),
                clock: clock.clone(),
                origins,
                is_behind_proxy: behind_proxy,
                token,
                limits: Limits {
                    by_address,
                    by_station,
                },
            };
            let receiver = Receiver::new(settings);
            let rounds = Rounds {
                store,
                stations,
                clock,
                notices,
                keep_days,
                receiver: receiver.clone(),
            };
            // The first round says at once what cannot be written.
            rounds.go().await?;
            tokio::spawn(rounds.repeat());
            let listener = TcpListener::bind(listen)
                .await
                .with_context(|| format!("{listen}"))?;
            tracing::info!(address = %listener.local_addr()?, "listening");
            let service = router(receiver).into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service)
                .with_graceful_shutdown(stopped())
                .await?;
        }
        Command::Notices { place, out } => {
            let (store, stations) = open(&place).await?;
            stations_collect::notices::write(&store, &out, now(&clock, &stations)).await?;
        }
        Command::Reports { place } => {
            let (store, stations) = open(&place).await?;
            let since = now(&clock, &stations).plus_minutes(-PICTURE_DAYS * 24 * 60);
            to_csv(
                &pictures(&store, &stations.edition(), since).await?,
                std::io::stdout(),
            )?;
        }
        Command::Answer {
            place,
            station,
            answer,
            until,
        } => {
            let (store, stations) = open(&place).await?;
            if !stations.edition().stations.contains_key(&station) {
                bail!("no station has the id {station} (没有这个编号的站点)");
            }
            let answer = read_answer(&answer, until.as_deref())
                .context("write open, hours, withdrawn, or closed and a date such as 2026-08-01")?;
            store
                .answer(&station, answer, now(&clock, &stations))
                .await?;
        }
        Command::Forget {
            place,
            station,
            before,
            all,
        } => {
            let which = match (station, before) {
                (Some(station), _) => Forget::Station(station),
                (None, Some(day)) => Forget::Before(day.parse()?),
                (None, None) if all => Forget::All,
                (None, None) => {
                    bail!("say what to delete: --station, --before or --all (请说明删什么)")
                }
            };
            let deleted = Store::open(&place.database).await?.forget(&which).await?;
            println!("已删除 {deleted} 条 ({deleted} reports deleted)");
        }
    }
    Ok(())
}

async fn open(place: &Where) -> anyhow::Result<(Store, Arc<Stations>)> {
    let stations = Stations::open(&place.data).with_context(|| {
        format!(
            "no dataset in {}: name it with --data (这里没有站点数据)",
            place.data.display()
        )
    })?;
    let store = Store::open(&place.database)
        .await
        .context("the database cannot be opened (数据库打不开)")?;
    Ok((store, Arc::new(stations)))
}

fn now(clock: &Clock, stations: &Stations) -> CivilTime {
    clock::civil(clock, stations.edition().utc_offset_minutes)
}

fn read_token(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let token = text.trim().to_owned();
    if token.len() < 16 {
        bail!(
            "{}: the token needs at least 16 characters (口令至少 16 个字符)",
            path.display()
        );
    }
    Ok(token)
}

/// What is done once a minute.
struct Rounds {
    store: Store,
    stations: Arc<Stations>,
    clock: Clock,
    notices: Option<PathBuf>,
    keep_days: u16,
    receiver: Arc<Receiver>,
}

impl Rounds {
    async fn go(&self) -> anyhow::Result<()> {
        self.receiver.forget_limits();
        if self.stations.refresh()? {
            tracing::info!("newer dataset");
        }
        let now = now(&self.clock, &self.stations);
        self.store.forget_old(now, self.keep_days).await?;
        if let Some(path) = &self.notices {
            stations_collect::notices::write(&self.store, path, now).await?;
        }
        Ok(())
    }

    async fn repeat(self) {
        let mut rounds = tokio::time::interval(ROUND);
        rounds.tick().await;
        loop {
            rounds.tick().await;
            if let Err(cause) = self.go().await {
                tracing::error!(%cause, "round");
            }
        }
    }
}

/// Waits until the process is asked to stop.
async fn stopped() {
    let interrupted = signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminated = signal::unix::signal(signal::unix::SignalKind::terminate())
            .expect("a handler of SIGTERM can be set");
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}
