//! The file of programmes, separate since few riders open it.

use serde::{Deserialize, Serialize};

use super::{DatasetError, Digest, body, header};
use crate::domain::civil::{Day, MonthDay};
use crate::domain::programme::{Programme, Recurrence};

const KIND: u8 = b'P';

/// The entry of the programmes' file in the manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgrammesEntry {
    /// Length of the file in bytes, uncompressed.
    pub bytes: u32,
    /// The digest of the file.
    pub digest: Digest,
}

impl ProgrammesEntry {
    /// The file's name, which changes with its content.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("programmes-{}.yz", self.digest)
    }
}

#[derive(Serialize, Deserialize)]
struct WireProgramme {
    id: String,
    title: String,
    audience: String,
    summary: String,
    when: String,
    recurrence: WireRecurrence,
    from: Option<i32>,
    to: Option<i32>,
    kinds: Vec<String>,
    stations: Vec<String>,
    join: String,
    phone: String,
    url: String,
    source: String,
}

#[derive(Serialize, Deserialize)]
enum WireRecurrence {
    Unknown,
    Always,
    Monthly(u8),
    Weekly(u8),
    Yearly(u8, u8),
}

impl WireProgramme {
    fn of(programme: Programme) -> Self {
        // Without `..`, so that the compiler asks whether a new field is written.
        let Programme {
            id,
            title,
            audience,
            summary,
            when,
            recurrence,
            from,
            to,
            kinds,
            stations,
            join,
            phone,
            url,
            source,
        } = programme;
        Self {
            id,
            title,
            audience,
            summary,
            when,
            recurrence: match recurrence {
                Recurrence::Unknown => WireRecurrence::Unknown,
                Recurrence::Always => WireRecurrence::Always,
                Recurrence::Monthly(day) => WireRecurrence::Monthly(day),
                Recurrence::Weekly(day) => WireRecurrence::Weekly(day),
                Recurrence::Yearly(MonthDay { month, day }) => WireRecurrence::Yearly(month, day),
            },
            from: from.map(|day| day.0),
            to: to.map(|day| day.0),
            kinds,
            stations,
            join,
            phone,
            url,
            source,
        }
    }
}

/// The bytes of the programmes, and their entry in the manifest.
#[must_use]
pub fn encode_programmes(programmes: &[Programme]) -> (Vec<u8>, ProgrammesEntry) {
    let wire: Vec<WireProgramme> = programmes.iter().cloned().map(WireProgramme::of).collect();
    let mut bytes = header(KIND).to_vec();
    bytes.extend(postcard::to_allocvec(&wire).expect("plain data always serialises into memory"));
    let entry = ProgrammesEntry {
        bytes: u32::try_from(bytes.len()).expect("a few pages of text"),
        digest: Digest::of(&bytes),
    };
    (bytes, entry)
}

/// Reads the programmes.
///
/// # Errors
///
/// [`DatasetError`] if these are not the bytes that were published.
pub fn decode_programmes(
    bytes: &[u8],
    entry: &ProgrammesEntry,
) -> Result<Vec<Programme>, DatasetError> {
    let content = body(bytes, KIND)?;
    if Digest::of(bytes) != entry.digest {
        return Err(DatasetError::Damaged);
    }
    let (wire, rest): (Vec<WireProgramme>, _) =
        postcard::take_from_bytes(content).map_err(|_| DatasetError::Malformed)?;
    if !rest.is_empty() {
        return Err(DatasetError::Malformed);
    }
    let programmes = wire.into_iter().map(|wire| Programme {
        id: wire.id,
        title: wire.title,
        audience: wire.audience,
        summary: wire.summary,
        when: wire.when,
        recurrence: match wire.recurrence {
            WireRecurrence::Unknown => Recurrence::Unknown,
            WireRecurrence::Always => Recurrence::Always,
            WireRecurrence::Monthly(day) => Recurrence::monthly(day).unwrap_or_default(),
            WireRecurrence::Weekly(day) => Recurrence::Weekly(day % 7),
            WireRecurrence::Yearly(month, day) => {
                Recurrence::yearly(month, day).unwrap_or_default()
            }
        },
        from: wire.from.map(Day),
        to: wire.to.map(Day),
        kinds: wire.kinds,
        stations: wire.stations,
        join: wire.join,
        phone: wire.phone,
        url: wire.url,
        source: wire.source,
    });
    Ok(programmes.collect())
}
