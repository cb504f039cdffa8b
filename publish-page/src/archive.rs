//! Files in one ZIP archive.

use std::io::{Cursor, Write as _};

use yizhan::publish::compressed::{COPIES, extension_of};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// An archive of these files: name and bytes. Files that are compressed already are stored.
///
/// # Errors
///
/// [`zip::result::ZipError`] for a name that no archive can hold.
pub fn archive(files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if COPIES.contains(&extension_of(name)) {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        // The same bytes at any time.
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default());
        archive.start_file(name.as_str(), options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}
