//! Compressed copies of files, as web hosts serve them without compressing anew.

use std::io::{Read as _, Write as _};

/// What is worth compressing, by extension.
const COMPRESSED: [&str; 10] = [
    "html",
    "js",
    "css",
    "wasm",
    "svg",
    "webmanifest",
    "yz",
    "geojson",
    "csv",
    "json",
];

/// The extensions that copies have behind the file's own.
pub(super) const COPIES: [&str; 2] = ["gz", "br"];

/// How hard to try. A clerk waits for some seconds, whatever the size of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// The smallest copies: two seconds a megabyte.
    Smallest,
    /// A few per cent larger, ten times as fast: what many riders load.
    Thorough,
    /// A fifth larger, a hundred times as fast: exports of a whole country.
    Quick,
}

impl Effort {
    /// The effort for a file of a dataset of which `total` bytes are to be compressed.
    pub(super) fn of_dataset(name: &str, total: usize) -> Self {
        const SLOW_ABOVE_BYTES: usize = 1 << 20;
        if total <= SLOW_ABOVE_BYTES {
            Self::Smallest
        } else if extension_of(name) == "yz" {
            Self::Thorough
        } else {
            Self::Quick
        }
    }
}

pub(super) fn is_worthwhile(name: &str) -> bool {
    COMPRESSED.contains(&extension_of(name))
}

pub(super) fn extension_of(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The name of the file that `name` is a compressed copy of.
pub(super) fn original_of(name: &str) -> Option<&str> {
    let (original, extension) = name.rsplit_once('.')?;
    COPIES.contains(&extension).then_some(original)
}

/// What a compressed copy of this name holds, if it is one.
pub(super) fn decompressed(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut original = Vec::new();
    match extension_of(name) {
        "gz" => flate2::read::GzDecoder::new(bytes)
            .read_to_end(&mut original)
            .ok()?,
        "br" => brotli::Decompressor::new(bytes, 4096)
            .read_to_end(&mut original)
            .ok()?,
        _ => return None,
    };
    Some(original)
}

/// The copies of a file with their extensions, in the order of [`COPIES`].
pub(super) fn copies(bytes: &[u8], effort: Effort) -> [(&'static str, Vec<u8>); 2] {
    let (gzip, brotli) = match effort {
        Effort::Smallest => (9, 11),
        Effort::Thorough => (6, 7),
        Effort::Quick => (1, 2),
    };
    let into_memory = "writing into memory does not fail";
    let (gz, br) = std::thread::scope(|scope| {
        let gz = scope.spawn(|| {
            let level = flate2::Compression::new(gzip);
            let mut gz = flate2::write::GzEncoder::new(Vec::new(), level);
            gz.write_all(bytes).expect(into_memory);
            gz.finish().expect(into_memory)
        });
        // A window that is larger than the file only costs time.
        let window = (usize::BITS - bytes.len().leading_zeros()).clamp(16, 22);
        let mut br = brotli::CompressorWriter::new(Vec::new(), 4096, brotli, window);
        br.write_all(bytes).expect(into_memory);
        let br = br.into_inner();
        (gz.join().expect("compressing does not panic"), br)
    });
    let [gz_extension, br_extension] = COPIES;
    [(gz_extension, gz), (br_extension, br)]
}
