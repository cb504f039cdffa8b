//! Compressed copies, made on two threads.

use crate::publish::compressed::{COPIES, Effort, brotli, gzip};

/// The compressed copies of a file, with the extensions that they add to its name.
pub(super) fn copies(bytes: &[u8], effort: Effort) -> [(&'static str, Vec<u8>); 2] {
    let (gz, br) = std::thread::scope(|scope| {
        let gz = scope.spawn(|| gzip(bytes, effort));
        let br = brotli(bytes, effort);
        (gz.join().expect("compressing does not panic"), br)
    });
    let [gz_extension, br_extension] = COPIES;
    [(gz_extension, gz), (br_extension, br)]
}
