//! Compressed copies of files, which web hosts serve as they are.

use std::fs::File;
use std::io::{self, Read as _, Write};

/// The extensions of files that are worth compressing.
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

/// The extensions that compressed copies add to a file's name.
pub(super) const COPIES: [&str; 2] = ["gz", "br"];

/// The effort of compression, so that a build takes seconds whatever the size of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effort {
    /// The smallest copies: two seconds a megabyte.
    Smallest,
    /// A few per cent larger and ten times as fast; for files that many riders load.
    Thorough,
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

/// The content of a compressed copy; none if `name` is not one.
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

/// The compressed copies of a file with their extensions, in the order of [`COPIES`].
pub(super) fn copies(bytes: &[u8], effort: Effort) -> [(&'static str, Vec<u8>); 2] {
    let (gzip, brotli) = match effort {
        Effort::Smallest => (9, 11),
        Effort::Thorough => (6, 7),
    };
    let into_memory = "writing into memory does not fail";
    let (gz, br) = std::thread::scope(|scope| {
        let gz = scope.spawn(|| {
            let level = flate2::Compression::new(gzip);
            let mut gz = flate2::write::GzEncoder::new(Vec::new(), level);
            gz.write_all(bytes).expect(into_memory);
            gz.finish().expect(into_memory)
        });
        // A window larger than the file costs time and saves nothing.
        let window = (usize::BITS - bytes.len().leading_zeros()).clamp(16, 22);
        let mut br = brotli::CompressorWriter::new(Vec::new(), 4096, brotli, window);
        br.write_all(bytes).expect(into_memory);
        let br = br.into_inner();
        (gz.join().expect("compressing does not panic"), br)
    });
    let [gz_extension, br_extension] = COPIES;
    [(gz_extension, gz), (br_extension, br)]
}

/// A file and its gzip copy, written in one pass with little effort. (Brotli at the same effort
/// gives larger copies than gzip.)
pub(super) struct WithCopy<W: Write> {
    original: W,
    copy: flate2::write::GzEncoder<File>,
}

impl<W: Write> WithCopy<W> {
    pub(super) fn new(original: W, copy: File) -> Self {
        Self {
            original,
            copy: flate2::write::GzEncoder::new(copy, flate2::Compression::fast()),
        }
    }

    /// Completes both.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.original.flush()?;
        self.copy.finish().map(|_| ())
    }
}

impl<W: Write> Write for WithCopy<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.original.write_all(bytes)?;
        self.copy.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.original.flush()
    }
}
