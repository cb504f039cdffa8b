//! The `stations` tool: arguments, printing, files and folders. Data goes to standard output,
//! messages to standard error.

mod args;
mod copies;
mod dataset_folder;
mod disk;
mod nearest;
mod pack;
mod print;
mod progress;
mod template;
mod write_dataset;

pub use dataset_folder::FolderError;
pub use disk::Disk;
pub use pack::{PackError, Packed, pack};
pub use write_dataset::{BuildError, write_dataset};

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context as _;
use clap::Parser as _;

use crate::dataset::{MANIFEST_NAME, Newness, newness};
use crate::domain::civil::CivilTime;
use crate::domain::datum::Crs;
use crate::domain::forecast::Forecasts;
use crate::domain::nearest::Filter;
use crate::domain::position::LonLat;
use crate::domain::ranking::{OpenWish, Question};
use crate::domain::station::Comfort;
use crate::publish::{
    self, Config, DatasetFiles, Issue, Severity, diff, gone_percent, hours, prepare, read_dataset,
    to_csv, to_geojson,
};
use args::{Args, Command, Format, Pair, Season};

/// The data is as it should be.
const CLEAN: u8 = 0;
/// The data has issues; what is good was used.
const ISSUES: u8 = 1;
/// The tool could not do its work.
const COULD_NOT_RUN: u8 = 2;

/// Runs the tool with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            let asked = !error.use_stderr();
            // A closed pipe is not an error.
            let _ = error.print();
            return ExitCode::from(if asked { CLEAN } else { COULD_NOT_RUN });
        }
    };
    match run(args.command) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("stations: {error:#}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn run(command: Command) -> anyhow::Result<u8> {
    match command {
        Command::Check {
            sources,
            config,
            json,
            report,
            lang,
        } => {
            let config = match config {
                Some(path) => Config::read(&path, &Disk)?,
                None if sources.is_empty() => Config::read(Path::new(args::CONFIG), &Disk)?,
                None => Config::default(),
            };
            let config = if sources.is_empty() {
                config
            } else {
                publish::for_files(&sources, &config, &Disk)
            };
            publish::require_sources(&config, &Disk)?;
            let mut bar = progress::Bar::new(lang);
            let mut tell = |step: &publish::Step, done, total| bar.tell(step, done, total);
            let prepared = prepare(&config, &Disk, &mut tell);
            bar.clear();
            if let Some(path) = report {
                let today = config
                    .edition
                    .unwrap_or(now(config.utc_offset_minutes).day());
                let page = publish::report(&config, &prepared, today, lang);
                std::fs::write(&path, page).with_context(|| path.display().to_string())?;
            }
            if json {
                print::json(&print::checked(&prepared, lang))?;
            } else {
                print::text(&print::by_code(&prepared.issues, lang))?;
                print::issue_lines(&prepared.issues, lang, &mut std::io::stdout())?;
                eprint!("{}", print::columns(&prepared.tables, lang));
                eprintln!("{}", print::summary(&prepared, lang));
            }
            Ok(code_of(&prepared.issues))
        }
        Command::Template { file } => {
            template::write(&file)?;
            println!("{}", file.display());
            Ok(CLEAN)
        }
        Command::Build {
            config,
            out,
            max_gone,
            lang,
        } => {
            let config = Config::read(&config, &Disk)?;
            publish::require_sources(&config, &Disk)?;
            let mut bar = progress::Bar::new(lang);
            let mut tell = |step: &publish::Step, done, total| bar.tell(step, done, total);
            let mut prepared = prepare(&config, &Disk, &mut tell);
            let summary = print::summary(&prepared, lang);
            eprint!("{}", print::by_code(&prepared.issues, lang));
            // Buffered: thirty thousand unbuffered lines would take as long as the build.
            let mut lines = std::io::BufWriter::new(std::io::stderr());
            print::issue_lines(&prepared.issues, lang, &mut lines)?;
            lines.flush()?;
            let now = now(config.utc_offset_minutes);
            let before = DatasetFiles::open(&out, MANIFEST_NAME, &Disk).map(|files| files.manifest);
            let dataset = write_dataset(&config, &mut prepared, now, &out, max_gone, &mut tell);
            bar.clear();
            let dataset = dataset?;
            eprintln!("{summary}");
            if before.is_ok_and(|before| newness(&dataset.manifest, &before) == Newness::Older) {
                eprintln!("{}", print::older_edition(lang));
            }
            println!("{}", dataset.manifest.edition);
            Ok(code_of(&prepared.issues))
        }
        Command::Nearest {
            data,
            at,
            crs,
            season,
            time,
            open,
            need,
            kind,
            not_members_only,
            member,
            travel,
            explain,
            limit,
            json,
            lang,
        } => {
            let dataset = read_dataset(&data, &Disk)?;
            let manifest = &dataset.manifest;
            let now = time.unwrap_or_else(|| now(manifest.utc_offset_minutes));
            let filter = Filter {
                season: season.map(Season::comfort),
                needs: need,
                kinds: kind,
                not_members_only,
            };
            let question = Question {
                origin: crs.to_wgs84(at.0, at.1)?,
                forecasts: &Forecasts::at(now, &manifest.calendar),
                travel: manifest.travel.by(travel.unwrap_or_default()),
                barriers: &manifest.barriers,
                season: filter.season.unwrap_or(Comfort::of_day(now.day())),
                filter: &filter,
                open: match (open, travel) {
                    (Some(open), _) => open.wish(),
                    (None, Some(_)) => OpenWish::Arrival,
                    (None, None) => OpenWish::Any,
                },
                is_member: member,
                doubted: &[],
                limit,
            };
            let mut listed = match travel {
                Some(_) => question.ranked(&dataset.stations),
                None => nearest::by_distance(&question, &dataset.stations),
            };
            if open.is_none() && travel.is_some() {
                nearest::add_the_others(&question, &dataset.stations, &mut listed);
            }
            listed.truncate(limit);
            if json {
                nearest::print_json(&question, &listed, lang)?;
            } else if explain {
                nearest::explain(&question, &listed, lang)?;
            } else {
                nearest::print_lines(&question, &listed)?;
            }
            Ok(CLEAN)
        }
        Command::Hours {
            text,
            at,
            calendar,
            json,
        } => {
            let calendar = match calendar {
                Some(path) => publish::calendar_file(&path, &Disk)?,
                None => Config::default().calendar,
            };
            let understood = hours::understand(&text, &calendar);
            print::hours(at, &understood, &calendar, json)?;
            Ok(if understood.is_ok() { CLEAN } else { ISSUES })
        }
        Command::Convert {
            from,
            to,
            position: Pair(lon, lat),
        } => {
            let (lon, lat) = converted(from, to, lon, lat)?;
            println!("{lon:.7},{lat:.7}");
            Ok(CLEAN)
        }
        Command::Diff {
            old,
            new,
            max_gone,
            json,
            lang,
        } => {
            let (old, new) = (read_dataset(&old, &Disk)?, read_dataset(&new, &Disk)?);
            let changes = diff(&old, &new);
            print::changes(&changes, lang, json)?;
            let gone = gone_percent(&old, &changes);
            let count = |code: &str| {
                changes
                    .iter()
                    .filter(|change| change.code() == code)
                    .count()
            };
            eprintln!(
                "{} → {}: +{} −{} ({gone:.1} %)",
                old.manifest.edition,
                new.manifest.edition,
                count("added"),
                count("gone"),
            );
            Ok(if max_gone.is_some_and(|most| gone > most) {
                ISSUES
            } else {
                CLEAN
            })
        }
        Command::Export { data, format } => {
            let dataset = read_dataset(&data, &Disk)?;
            let text = match format {
                Format::Geojson => to_geojson(&dataset),
                Format::Csv => to_csv(&dataset),
            };
            print::text(&text)?;
            Ok(CLEAN)
        }
        Command::Pack { dist } => {
            let packed = pack(&dist).context("pack")?;
            let bytes: usize = packed.files.iter().map(|(_, bytes)| bytes).sum();
            eprintln!("{} files, {bytes} bytes", packed.files.len());
            println!("{}", packed.version);
            Ok(CLEAN)
        }
    }
}

/// The position on another datum; unchanged if both are the same.
fn converted(from: Crs, to: Crs, lon: f64, lat: f64) -> anyhow::Result<(f64, f64)> {
    LonLat::new(lon, lat)?;
    Ok(if from == to {
        (lon, lat)
    } else {
        to.from_wgs84(from.to_wgs84(lon, lat)?)
    })
}

fn code_of(issues: &[Issue]) -> u8 {
    let matters = issues
        .iter()
        .any(|issue| issue.problem.severity() != Severity::Note);
    if matters { ISSUES } else { CLEAN }
}

/// The time on this machine's clock, in a zone.
fn now(utc_offset_minutes: i32) -> CivilTime {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    CivilTime::from_unix_ms(since.as_secs_f64() * 1000.0, utc_offset_minutes)
}
