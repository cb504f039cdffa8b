//! Reads barriers: their geometry as GeoJSON, their crossings from a sheet.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::auxiliary_sheet::AuxiliarySheet;
use super::config::ConfigError;
use super::coordinate;
use super::files::Files;
use super::hours;
use super::issue::{Issue, Problem};
use super::row::list;
use super::table::TableRow;
use crate::domain::barrier::{Barrier, Crossing, metres_from, nearest_on_line};
use crate::domain::calendar::Calendar;
use crate::domain::datum::Crs;
use crate::domain::opening::Hours;
use crate::domain::position::{LonLat, Metres};
use crate::domain::travel::{Mode, Modes};

/// A barrier as `stations.toml` gives it, its crossings not read yet.
#[derive(Clone, Debug)]
pub struct BarrierSource {
    /// Its geometry, and the modes of travel that cannot cross it.
    pub barrier: Barrier,
    /// The sheet of crossings, as the configuration writes it and where it is.
    pub crossings: Option<(String, PathBuf)>,
    /// The datum of the crossings.
    pub crs: Crs,
}

/// The headings that a column may have; the first is the one in our documents.
const NAME: &str = "名称 渡口 桥名 name";
const LON: &str = "经度 lon lng longitude";
const LAT: &str = "纬度 lat latitude";
const FAR_LON: &str = "对岸经度 far_lon lon2 to_lon";
const FAR_LAT: &str = "对岸纬度 far_lat lat2 to_lat";
const MODES: &str = "方式 通行方式 modes mode";
const HOURS: &str = "开放时间 运营时间 时间 hours opening_hours";
const WAIT: &str = "等候分钟 候船分钟 wait_minutes wait";
const RIDE: &str = "过江分钟 航行分钟 ride_minutes ride";
const VERIFIED_ON: &str = "核实日期 verified_on";
const SOURCE: &str = "来源 source";

/// The values where the sheet gives none.
const WAIT_MINUTES: u16 = 10;
const RIDE_MINUTES: u16 = 5;

/// A crossing for which only one place is given must lie this near to the barrier.
const NEAR_BARRIER: Metres = Metres(1500.0);

/// A landing that the sheet puts on the barrier is moved this far to the side.
const LANDING_M: f64 = 150.0;

/// A barrier with its crossings.
pub(super) fn read(
    source: &BarrierSource,
    files: &dyn Files,
    calendar: &Calendar,
    issues: &mut Vec<Issue>,
) -> Barrier {
    let mut barrier = source.barrier.clone();
    if let Some((label, path)) = &source.crossings {
        barrier.crossings = crossings(&barrier, label, path, files, source.crs, calendar, issues);
    }
    barrier
}

/// Reads the geometry of a barrier from a GeoJSON file. `name` may be empty: it
/// is then the geometry's own, or that of the file.
pub(super) fn geometry(
    path: &Path,
    files: &dyn Files,
    name: &str,
    modes: Modes,
) -> Result<Barrier, ConfigError> {
    let refused = |why: &str| ConfigError::Barrier {
        path: path.to_owned(),
        why: why.to_owned(),
    };
    let text = files.read_text(path).map_err(|cause| ConfigError::File {
        path: path.to_owned(),
        cause,
    })?;
    let value: Value = serde_json::from_str(&text).map_err(|cause| refused(&cause.to_string()))?;
    let features: Vec<&Value> = match value["features"].as_array() {
        Some(features) => features.iter().collect(),
        None => vec![&value],
    };
    let name_of = |feature: &&Value| feature["properties"]["name"].as_str().map(str::to_owned);
    let named = features.iter().find_map(name_of);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut barrier = Barrier {
        name: [
            name.to_owned(),
            named.unwrap_or_default(),
            stem.into_owned(),
        ]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default(),
        modes,
        ..Barrier::default()
    };
    for feature in features {
        let geometry = match feature.get("geometry") {
            Some(geometry) => geometry,
            None => feature,
        };
        let coordinates = &geometry["coordinates"];
        let each = |list: &Value| list.as_array().cloned().unwrap_or_default();
        let (lines, areas) = match geometry["type"].as_str() {
            Some("LineString") => (vec![coordinates.clone()], Vec::new()),
            Some("MultiLineString") => (each(coordinates), Vec::new()),
            Some("Polygon") => (Vec::new(), vec![coordinates[0].clone()]),
            Some("MultiPolygon") => (
                Vec::new(),
                each(coordinates)
                    .iter()
                    .map(|polygon| polygon[0].clone())
                    .collect(),
            ),
            _ => {
                return Err(refused(
                    "a barrier is a LineString, a Polygon or several of them (阻隔应是线或面)",
                ));
            }
        };
        let read = |chains: Vec<Value>| -> Result<Vec<Vec<LonLat>>, ConfigError> {
            let chains = chains.iter().map(|chain| {
                let places: Option<Vec<LonLat>> = each(chain).iter().map(place).collect();
                let places = places.filter(|places| places.len() > 1);
                places.ok_or_else(|| {
                    refused("a coordinate is not [longitude, latitude] in WGS-84 degrees (坐标应是 [经度, 纬度])")
                })
            });
            chains.collect()
        };
        barrier.lines.extend(read(lines)?);
        barrier.areas.extend(read(areas)?);
    }
    Ok(barrier)
}

fn place(value: &Value) -> Option<LonLat> {
    let [lon, lat] = [value[0].as_f64()?, value[1].as_f64()?];
    Some(LonLat::new(lon, lat).ok()?.rounded())
}

fn crossings(
    barrier: &Barrier,
    label: &str,
    path: &Path,
    files: &dyn Files,
    crs: Crs,
    calendar: &Calendar,
    issues: &mut Vec<Issue>,
) -> Vec<Crossing> {
    let Some(mut sheet) = AuxiliarySheet::read(path, files, label, None, NAME, issues) else {
        return Vec::new();
    };
    let mut crossings = Vec::new();
    for row in sheet.rows() {
        let name = sheet.cell(&row, NAME);
        if name.is_empty() {
            sheet.report(row.number, None, Problem::NameMissing);
            continue;
        }
        let landings = [(LON, LAT), (FAR_LON, FAR_LAT)].map(|(lon, lat)| {
            let number = |words| coordinate::number(&sheet.cell(&row, words));
            let position = crs.to_wgs84(number(lon)?, number(lat)?).ok();
            position.map(LonLat::rounded)
        });
        let landings = match landings {
            [Some(one), None] => both_sides(barrier, one),
            landings => landings,
        };
        let is_across = |[one, other]: [Option<LonLat>; 2]| {
            one.zip(other)
                .is_some_and(|(one, other)| barrier.meet(one, other).divides)
        };
        if !is_across(landings) {
            let problem = Problem::CrossingNotAcross(barrier.name.clone());
            sheet.report(row.number, Some(&name), problem);
            continue;
        }
        let minutes = |sheet: &mut AuxiliarySheet<'_>, words, field, unsaid| {
            let text = sheet.cell(&row, words);
            let number = text.trim_end_matches("分钟").trim().parse().ok();
            if number.is_none() && !text.is_empty() {
                let problem = Problem::NumberInvalid { field, text };
                sheet.report(row.number, Some(&name), problem);
            }
            number.unwrap_or(unsaid)
        };
        crossings.push(Crossing {
            landings,
            modes: crossing_modes(&mut sheet, &row, &name, barrier.modes),
            hours: crossing_hours(&mut sheet, &row, &name, calendar),
            wait_minutes: minutes(&mut sheet, WAIT, "等候分钟", WAIT_MINUTES),
            ride_minutes: minutes(&mut sheet, RIDE, "过江分钟", RIDE_MINUTES),
            verified_on: sheet.day(&row, &name, VERIFIED_ON, "核实日期"),
            source: sheet.cell(&row, SOURCE),
            name,
        });
    }
    crossings
}

/// A landing on either side, for a crossing of which one place is known: that place and its
/// mirror image, or, if it lies on the barrier, a place on each side.
fn both_sides(barrier: &Barrier, place: LonLat) -> [Option<LonLat>; 2] {
    let near = barrier
        .lines
        .iter()
        .filter_map(|line| nearest_on_line(line, place))
        .min_by(|(_, one, _), (_, other, _)| one.0.total_cmp(&other.0));
    let Some((foot, distance, [east, north])) =
        near.filter(|(_, distance, _)| *distance <= NEAR_BARRIER)
    else {
        return [Some(place), None];
    };
    let mirrored = LonLat::new(
        2.0 * foot.lon() - place.lon(),
        2.0 * foot.lat() - place.lat(),
    );
    if let (Ok(mirrored), true) = (mirrored, distance.0 > LANDING_M / 2.0) {
        return [Some(place), Some(mirrored.rounded())];
    }
    let beside =
        |metres: f64| metres_from(foot, east * metres, north * metres).map(LonLat::rounded);
    [beside(LANDING_M), beside(-LANDING_M)]
}

fn crossing_modes(sheet: &mut AuxiliarySheet<'_>, row: &TableRow, name: &str, all: Modes) -> Modes {
    let text = sheet.cell(row, MODES);
    if text.is_empty() {
        return all;
    }
    let mut modes = Vec::new();
    for word in list(&text) {
        match mode(&word) {
            Some(mode) => modes.push(mode),
            None => sheet.report(row.number, Some(name), Problem::ModeNotKnown(word)),
        }
    }
    Modes::of(modes)
}

/// A way of travelling as people write it.
pub(super) fn mode(word: &str) -> Option<Mode> {
    Mode::from_key(word).or(match word {
        "电动车" | "电瓶车" | "电动自行车" | "e-bike" => Some(Mode::Ebike),
        "自行车" | "bike" | "cycle" => Some(Mode::Bicycle),
        "步行" | "行人" | "walk" => Some(Mode::Foot),
        _ => None,
    })
}

fn crossing_hours(
    sheet: &mut AuxiliarySheet<'_>,
    row: &TableRow,
    name: &str,
    calendar: &Calendar,
) -> Hours {
    let text = sheet.cell(row, HOURS);
    if text.is_empty() {
        sheet.report(row.number, Some(name), Problem::CrossingHoursMissing);
        return Hours::default();
    }
    match hours::understand(&text, calendar) {
        Ok(understood) => understood.into_hours(&text),
        Err(reason) => {
            let problem = Problem::HoursNotUnderstood {
                text: text.clone(),
                reason,
            };
            sheet.report(row.number, Some(name), problem);
            Hours {
                text,
                ..Hours::default()
            }
        }
    }
}
