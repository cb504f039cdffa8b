//! How severe an issue is.

use super::Language;

/// How severe an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something is left out.
    Error,
    /// Something is published, and doubtful.
    Warning,
    /// Worth knowing; nothing is wrong or left out because of it.
    Note,
}

impl Severity {
    /// The name for a person.
    #[must_use]
    pub fn label(self, language: Language) -> &'static str {
        match language {
            Language::En => self.name(),
            Language::Zh => match self {
                Self::Error => "错误",
                Self::Warning => "注意",
                Self::Note => "提示",
            },
        }
    }

    /// The name in the tool's output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
