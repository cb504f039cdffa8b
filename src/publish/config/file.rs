//! The keys of `stations.toml`, and the checks of their values.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{ConfigError, Source};
use crate::domain::datum::Crs;
use crate::domain::travel::{Modes, TravelFigures};
use crate::publish::barriers::{self, BarrierSource};
use crate::publish::files::Files;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub(super) dataset: FileDataset,
    #[serde(default)]
    pub(super) source: Vec<FileSource>,
    #[serde(default)]
    pub(super) barrier: Vec<FileBarrier>,
    #[serde(default)]
    pub(super) programmes: Vec<FileProgrammes>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileDataset {
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) publisher: FilePublisher,
    #[serde(default)]
    pub(super) demo: bool,
    pub(super) time_zone: Option<String>,
    pub(super) edition: Option<String>,
    pub(super) service_area: Option<[f64; 4]>,
    pub(super) calendar: Option<PathBuf>,
    pub(super) stale_after: Option<u32>,
    pub(super) keep_mb: Option<u16>,
    #[serde(default)]
    pub(super) report_url: String,
    #[serde(default)]
    pub(super) embed_origins: Vec<String>,
    pub(super) rooms: Option<Vec<String>>,
    pub(super) makeshift: Option<Vec<String>>,
    #[serde(default)]
    pub(super) travel: FileTravel,
    pub(super) merge: Option<bool>,
    #[serde(default)]
    pub(super) keep_apart: Vec<Vec<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FilePublisher {
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) phone: String,
    #[serde(default)]
    pub(super) url: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileTravel {
    pub(super) detour: Option<f64>,
    pub(super) ebike_kmh: Option<f64>,
    pub(super) bicycle_kmh: Option<f64>,
    pub(super) foot_kmh: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileBarrier {
    #[serde(default)]
    pub(super) name: String,
    pub(super) geometry: String,
    pub(super) modes: Option<Vec<String>>,
    pub(super) crossings: Option<String>,
    pub(super) crs: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileProgrammes {
    pub(super) path: String,
    pub(super) sheet: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileSource {
    pub(super) path: String,
    pub(super) crs: Option<String>,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) origin: String,
    #[serde(default)]
    pub(super) licence: String,
    #[serde(default)]
    pub(super) city: String,
    #[serde(default)]
    pub(super) district: String,
    #[serde(default)]
    pub(super) kind: String,
    pub(super) verified_on: Option<String>,
    pub(super) sheet: Option<String>,
    pub(super) encoding: Option<String>,
    pub(super) json_path: Option<String>,
    #[serde(default)]
    pub(super) columns: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) publish_contacts: bool,
}

/// The address that reports are sent to, if it is one: absolute, or a path of the same site.
pub(super) fn report_url(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = text.split_once("://").unwrap_or_default();
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let is_address =
        text.is_empty() || text.starts_with('/') || origin(&format!("{scheme}://{host}")).is_some();
    (is_address && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

/// An origin as browsers write it: scheme, host in small letters, a port that is not the
/// scheme's own. None for anything else.
pub(super) fn origin(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let (scheme, host) = text.split_once("://")?;
    let own_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let host = host.trim_end_matches('/').trim_end_matches(own_port);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    (!host.is_empty() && host.chars().all(is_plain)).then(|| format!("{scheme}://{host}"))
}

impl FileTravel {
    /// The figures, at the precision of the wire.
    pub(super) fn checked(&self) -> Result<TravelFigures, ConfigError> {
        let defaults = TravelFigures::default();
        let detour = self.detour.unwrap_or(defaults.detour);
        if !(1.0..=5.0).contains(&detour) {
            return Err(ConfigError::Travel("detour", "from 1 to 5"));
        }
        let speeds = [
            ("ebike_kmh", self.ebike_kmh),
            ("bicycle_kmh", self.bicycle_kmh),
            ("foot_kmh", self.foot_kmh),
        ];
        let mut metres_per_minute = defaults.metres_per_minute;
        for ((key, given), speed) in speeds.into_iter().zip(&mut metres_per_minute) {
            if let Some(kmh) = given {
                if !(1.0..=60.0).contains(&kmh) {
                    return Err(ConfigError::Travel(key, "from 1 to 60 km/h"));
                }
                *speed = (kmh * 1000.0).round() / 60.0;
            }
        }
        Ok(TravelFigures {
            detour: (detour * 100.0).round() / 100.0,
            metres_per_minute,
        })
    }
}

impl FileBarrier {
    pub(super) fn checked(
        self,
        folder: &Path,
        files: &dyn Files,
    ) -> Result<BarrierSource, ConfigError> {
        let modes = match self.modes {
            None => Modes::ALL,
            Some(words) => {
                let modes = words
                    .into_iter()
                    .map(|word| barriers::mode(&word).ok_or(ConfigError::Mode(word)));
                Modes::of(modes.collect::<Result<Vec<_>, _>>()?)
            }
        };
        let crs = match self.crs {
            // WGS-84, like the GeoJSON of the barrier.
            None => Crs::Wgs84,
            Some(word) => word.parse().map_err(|cause| ConfigError::Crs {
                path: self.geometry.clone(),
                cause,
            })?,
        };
        Ok(BarrierSource {
            barrier: barriers::geometry(&folder.join(&self.geometry), files, &self.name, modes)?,
            crossings: self
                .crossings
                .map(|label| (label.clone(), folder.join(label))),
            crs,
        })
    }
}

impl FileSource {
    pub(super) fn checked(self, folder: &Path) -> Result<Source, ConfigError> {
        let crs = self
            .crs
            .ok_or_else(|| ConfigError::CrsMissing(self.path.clone()))?;
        let crs = crs.parse().map_err(|cause| ConfigError::Crs {
            path: self.path.clone(),
            cause,
        })?;
        Ok(Source {
            path: folder.join(&self.path),
            label: self.path,
            crs: Some(crs),
            title: self.title,
            origin: self.origin,
            licence: self.licence,
            city: self.city,
            district: self.district,
            kind: self.kind,
            verified_on: self.verified_on.map(|text| text.parse()).transpose()?,
            sheet: self.sheet,
            encoding: self.encoding,
            json_path: self.json_path,
            columns: self.columns,
            publish_contacts: self.publish_contacts,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_sent_to_an_address_or_nowhere() {
        for text in [
            "",
            "/reports",
            "https://union.example/r?a=1",
            "http://127.0.0.1:8080/",
        ] {
            assert_eq!(report_url(text).as_deref(), Some(text));
        }
        for text in [
            "union.example/r",
            "021-63211939",
            "mailto:a@b",
            "https://",
            "https://a b/",
        ] {
            assert_eq!(report_url(text), None, "{text}");
        }
    }

    #[test]
    fn an_origin_is_written_as_browsers_compare_it() {
        for (text, expected) in [
            ("https://union.example", Some("https://union.example")),
            (" https://Union.Example/ ", Some("https://union.example")),
            ("https://union.example:443", Some("https://union.example")),
            ("http://localhost:8080", Some("http://localhost:8080")),
            ("https://union.example/page", None),
            ("https://*.union.example", None),
            ("union.example", None),
            ("*", None),
            ("https://", None),
            ("ftp://union.example", None),
        ] {
            assert_eq!(origin(text).as_deref(), expected, "{text:?}");
        }
    }
}
