//! What the tool takes.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Parser, Subcommand, ValueEnum};

use crate::domain::civil::CivilTime;
use crate::domain::datum::Crs;
use crate::domain::ranking::OpenWish;
use crate::domain::station::{Comfort, Feature};
use crate::domain::travel::Mode;
use crate::publish::Language;

/// Where the configuration is, unless said otherwise.
pub(super) const CONFIG: &str = "data/stations.toml";

/// From a union's own spreadsheets to the dataset that riders' phones read.
///
/// Exit status: 0 clean, 1 the data has issues, 2 could not run.
#[derive(Parser)]
#[command(name = "stations", version)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Say what is wrong with sheets, row by row; nothing is written.
    #[command(
        after_help = "Example:\n  stations check data/anting.csv --config data/stations.toml\n  stations check --json | jq '.[] | select(.severity == \"error\")'"
    )]
    Check {
        /// Sheets (CSV or JSON) or folders of them; none for all that the
        /// configuration names.
        sources: Vec<PathBuf>,
        /// What the sheets do not say themselves: datum, city, columns.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Print `[{source,row,station,severity,code,message}]`.
        #[arg(long)]
        json: bool,
        /// Write a page to look at: counts, a picture of where the stations
        /// lie, the hours of the week, and every row that needs a hand.
        #[arg(long, value_name = "FILE.html")]
        report: Option<PathBuf>,
        /// The language of messages.
        #[arg(long, value_name = "zh|en", default_value = "zh", value_parser = language)]
        lang: Language,
    },
    /// Write an empty workbook to fill in: headings, drop-downs, an example row
    /// and explanations.
    #[command(after_help = "Example:\n  stations template stations.xlsx")]
    Template {
        /// The workbook; a file that is there is not overwritten.
        file: PathBuf,
    },
    /// Write the dataset; the old one stays until the new one is complete.
    #[command(
        after_help = "Example:\n  stations build --config data/stations.toml --out public/data"
    )]
    Build {
        /// Which sheets, and what they do not say themselves.
        #[arg(long, value_name = "FILE", default_value = CONFIG)]
        config: PathBuf,
        /// Where the dataset goes.
        #[arg(long, value_name = "DIR", default_value = "public/data")]
        out: PathBuf,
        /// Refuse if more of the stations that are there would be gone.
        #[arg(long, value_name = "PERCENT", value_parser = percent)]
        max_gone: Option<f64>,
        /// The language of messages.
        #[arg(long, value_name = "zh|en", default_value = "zh", value_parser = language)]
        lang: Language,
    },
    /// List the stations nearest to a position, by great-circle distance; with
    /// `--travel` in the order in which the page offers them.
    #[command(
        after_help = "Example:\n  stations nearest --data public/data --at 121.2174,31.3144 --crs gcj02 --need hot_water --limit 5 --json\n  stations nearest --data public/data --at 121.4903,31.2397 --travel ebike --open arrival --explain"
    )]
    Nearest {
        /// A published dataset.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// Longitude and latitude in degrees.
        #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
        at: Pair,
        /// The datum of the position.
        #[arg(long, default_value = "wgs84")]
        crs: Crs,
        /// Only stations known to give this relief.
        #[arg(long, value_enum)]
        season: Option<Season>,
        /// The time in the dataset's zone; now, if not said.
        #[arg(long, value_name = "YYYY-MM-DDTHH:MM")]
        time: Option<CivilTime>,
        /// Only stations that are open now, or on arrival. If not said, none is left out:
        /// with `--travel` those that the page does not offer stand last.
        #[arg(long, value_enum)]
        open: Option<Open>,
        /// Only stations known to have all of these.
        #[arg(long, value_name = "KEY,KEY", value_delimiter = ',', value_parser = feature)]
        need: Vec<Feature>,
        /// Only stations listed under one of these schemes.
        #[arg(long, value_name = "KIND,KIND", value_delimiter = ',')]
        kind: Vec<String>,
        /// Without stations for union members only.
        #[arg(long)]
        not_members_only: bool,
        /// The rider is a union member: stations for members only rank as any other.
        #[arg(long)]
        member: bool,
        /// Order by minutes of travel, as the page does: doors, relief, rivers.
        #[arg(long, value_name = "ebike|bicycle|foot", value_parser = mode)]
        travel: Option<Mode>,
        /// Say of each station how one gets there, what its door does, and why
        /// it stands where it stands.
        #[arg(long)]
        explain: bool,
        /// How many at most.
        #[arg(long, default_value_t = 10)]
        limit: usize,
        /// Print `[{id,name,distance_m,bearing_deg,state}]` and more.
        #[arg(long)]
        json: bool,
        /// The language of explanations.
        #[arg(long, value_name = "zh|en", default_value = "zh", value_parser = language)]
        lang: Language,
    },
    /// Read a text about opening hours, and say whether the door is open.
    #[command(
        after_help = "Example:\n  stations hours '周一至周五 8:30-11:30，13:30-17:00' --at 2026-07-15T12:10 --json"
    )]
    Hours {
        /// Chinese as unions print it, simple English, or OSM syntax.
        #[arg(allow_hyphen_values = true)]
        text: String,
        /// The time in the dataset's zone.
        #[arg(long, value_name = "YYYY-MM-DDTHH:MM")]
        at: CivilTime,
        /// Holidays and make-up workdays; the built-in ones, if not said.
        #[arg(long, value_name = "FILE")]
        calendar: Option<PathBuf>,
        /// Print `{state,until,osm,readings,reason,reason_zh}`.
        #[arg(long)]
        json: bool,
    },
    /// Convert a position between WGS-84, GCJ-02 and BD-09.
    #[command(
        after_help = "Example:\n  stations convert --from gcj02 --to wgs84 121.4782231,31.2284577"
    )]
    Convert {
        /// The datum of the position.
        #[arg(long)]
        from: Crs,
        /// The datum to convert to.
        #[arg(long)]
        to: Crs,
        /// Longitude and latitude in degrees.
        #[arg(value_name = "LON,LAT", allow_hyphen_values = true)]
        position: Pair,
    },
    /// Say what changed between two published datasets: added, gone, moved,
    /// other hours, other names.
    #[command(after_help = "Example:\n  stations diff last-month/data public/data --max-gone 10%")]
    Diff {
        /// The older dataset.
        old: PathBuf,
        /// The newer dataset.
        new: PathBuf,
        /// Exit with 1 if more of the old stations are gone.
        #[arg(long, value_name = "PERCENT", value_parser = percent)]
        max_gone: Option<f64>,
        /// Print `[{change,id,name,metres,before,after}]`.
        #[arg(long)]
        json: bool,
        /// The language of messages.
        #[arg(long, value_name = "zh|en", default_value = "zh", value_parser = language)]
        lang: Language,
    },
    /// Print a published dataset for other programs.
    #[command(
        after_help = "Example:\n  stations export --data public/data --format geojson > stations.geojson"
    )]
    Export {
        /// A published dataset.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// GeoJSON (RFC 7946) or CSV; both WGS-84.
        #[arg(long, value_enum)]
        format: Format,
    },
    /// Make a built page ready to be published: names by content, the service
    /// worker's list, compressed copies. `trunk build --release` does it by itself.
    #[command(
        after_help = "Example:\n  stations pack dist   # a folder that trunk built and nobody packed"
    )]
    Pack {
        /// The folder that trunk built.
        #[arg(default_value = "dist")]
        dist: PathBuf,
    },
}

/// Longitude and latitude in degrees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair(pub(super) f64, pub(super) f64);

impl FromStr for Pair {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text
            .split_once(',')
            .and_then(|(lon, lat)| Some(Self(lon.trim().parse().ok()?, lat.trim().parse().ok()?)));
        numbers.ok_or_else(|| format!("\"{text}\" is not LON,LAT, such as 121.4737,31.2304"))
    }
}

fn language(text: &str) -> Result<Language, String> {
    match text {
        "zh" | "zh-CN" => Ok(Language::Zh),
        "en" => Ok(Language::En),
        _ => Err("say zh or en".to_owned()),
    }
}

fn percent(text: &str) -> Result<f64, String> {
    let number = text.trim_end_matches('%').trim().parse::<f64>().ok();
    let number = number.filter(|number| (0.0..=100.0).contains(number));
    number.ok_or_else(|| format!("\"{text}\" is no percentage, such as 10%"))
}

fn mode(key: &str) -> Result<Mode, String> {
    Mode::from_key(key).ok_or_else(|| "say ebike, bicycle or foot".to_owned())
}

fn feature(key: &str) -> Result<Feature, String> {
    Feature::from_key(key).ok_or_else(|| {
        let known: Vec<&str> = Feature::ALL.iter().map(|feature| feature.key()).collect();
        format!("\"{key}\" is not known; there are: {}", known.join(", "))
    })
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Season {
    Cool,
    Warm,
}

impl Season {
    pub(super) fn comfort(self) -> Comfort {
        match self {
            Self::Cool => Comfort::Cool,
            Self::Warm => Comfort::Warm,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Open {
    Any,
    Now,
    Arrival,
}

impl Open {
    pub(super) fn wish(self) -> OpenWish {
        match self {
            Self::Any => OpenWish::Any,
            Self::Now => OpenWish::Now,
            Self::Arrival => OpenWish::Arrival,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    Geojson,
    Csv,
}
