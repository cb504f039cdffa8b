//! Compressed copies of files, which web hosts serve as they are.

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
pub const COPIES: [&str; 2] = ["gz", "br"];

/// The effort of compression, so that a build takes seconds whatever the size of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// The smallest copies: two seconds a megabyte.
    Smallest,
    /// A few per cent larger and ten times as fast; for files that many riders load.
    Thorough,
}

impl Effort {
    /// The effort for the files of a dataset.
    #[must_use]
    pub fn for_dataset(is_large: bool) -> Self {
        if is_large {
            Self::Thorough
        } else {
            Self::Smallest
        }
    }
}

/// Whether a file of this name is worth compressing.
#[must_use]
pub fn is_worthwhile(name: &str) -> bool {
    COMPRESSED.contains(&extension_of(name))
}

/// The extension of a file's name, without the dot; empty if there is none.
#[must_use]
pub fn extension_of(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The name of the file that `name` is a compressed copy of.
#[must_use]
pub fn original_of(name: &str) -> Option<&str> {
    let (original, extension) = name.rsplit_once('.')?;
    COPIES.contains(&extension).then_some(original)
}

/// The content of a compressed copy; none if `name` is not one.
#[must_use]
pub fn decompressed(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
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

/// The gzip copy of a file.
#[must_use]
pub fn gzip(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let level = match effort {
        Effort::Smallest => 9,
        Effort::Thorough => 6,
    };
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    gzip.write_all(bytes).expect(INTO_MEMORY);
    gzip.finish().expect(INTO_MEMORY)
}

/// The brotli copy of a file.
#[must_use]
pub fn brotli(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let quality = match effort {
        Effort::Smallest => 11,
        Effort::Thorough => 7,
    };
    // A window larger than the file costs time and saves nothing.
    let window = (usize::BITS - bytes.len().leading_zeros()).clamp(16, 22);
    let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, quality, window);
    brotli.write_all(bytes).expect(INTO_MEMORY);
    brotli.into_inner()
}

const INTO_MEMORY: &str = "writing into memory does not fail";

/// A file and its gzip copy, written in one pass with little effort. (Brotli at the same effort
/// gives larger copies than gzip.)
pub struct WithCopy<W: Write, C: Write> {
    original: W,
    copy: flate2::write::GzEncoder<C>,
}

impl<W: Write, C: Write> WithCopy<W, C> {
    fn new(original: W, copy: C) -> Self {
        Self {
            original,
            copy: flate2::write::GzEncoder::new(copy, flate2::Compression::fast()),
        }
    }

    /// Writes both with `write`, buffered: writing a few bytes at a time costs more than
    /// compressing them.
    ///
    /// # Errors
    ///
    /// Why one of them cannot be written.
    pub fn write(
        original: W,
        copy: C,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<(W, C)> {
        let mut both = io::BufWriter::with_capacity(1 << 16, Self::new(original, copy));
        write(&mut both)?;
        both.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .finish()
    }

    fn finish(mut self) -> io::Result<(W, C)> {
        self.original.flush()?;
        Ok((self.original, self.copy.finish()?))
    }
}

impl<W: Write, C: Write> Write for WithCopy<W, C> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.original.write_all(bytes)?;
        self.copy.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.original.flush()
    }
}
