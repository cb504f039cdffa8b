//! What the worker is doing, and what for.

/// What the worker does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Nothing.
    Idle,
    /// A step, how much of it is done, and how much there is.
    Running(WorkStep, usize, usize),
}

/// A step of the worker's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WorkStep {
    /// It has just got its task.
    Starting,
    /// It reads this file.
    Reading(String),
    /// It compares the stations.
    Comparing,
    /// It writes the dataset.
    Writing,
}

impl WorkStep {
    /// The step that a message names (`worker`).
    pub(crate) fn of(name: &str, file: String) -> Self {
        match name {
            "reading" => Self::Reading(file),
            "comparing" => Self::Comparing,
            _ => Self::Writing,
        }
    }
}

/// What was asked of the worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// To check all files.
    Check,
    /// Files, for this purpose.
    Files(Purpose),
}

/// What files from the worker are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be downloaded.
    Take,
    /// To be tried in the rider's page.
    Try,
}

/// What a clerk must confirm before these data are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmation {
    /// So many stations are gone.
    Gone(usize),
    /// What the site publishes could not be read.
    NotReadable,
}
