//! Progress of long work, reported to a callback.

/// A part of the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Rows of a file are being read.
    Reading(String),
    /// Stations are being compared with one another.
    Comparing,
    /// The dataset is being written.
    Writing,
    /// What was written is being read back and compared.
    ReadingBack,
}

/// Called now and then with the step, how much of it is done, and how much there is.
pub type Progress<'a> = dyn FnMut(&Step, usize, usize) + 'a;

/// A callback that ignores the progress.
pub fn silent(_: &Step, _: usize, _: usize) {}
