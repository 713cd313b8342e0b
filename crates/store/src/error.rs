//! What can go wrong in the store, and what a caller may be told of it.

use fhir::{Code, Issue, Text};

/// An error of the store. `Refused` is the caller's to mend; the others are ours.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request cannot be done, and why; nothing was changed.
    #[error("refused: {}", .0.first().map(|i| i.text.key).unwrap_or(""))]
    Refused(Vec<Issue>),
    /// The policy denies the access.
    #[error("denied")]
    Denied,
    /// The resource was deleted; the version that says so, and when (ms since epoch).
    #[error("gone")]
    Gone { version: u64, at: i64 },
    #[error("not found")]
    NotFound,
    /// The version is not the one that `If-Match` asked for.
    #[error("version conflict")]
    VersionConflict { current: u64 },
    /// More than one resource matches a condition.
    #[error("multiple matches")]
    MultipleMatches,
    /// What is wrong with one write of a transaction of several.
    #[error("write {index}: {error}")]
    InWrite { index: usize, error: Box<Error> },
    /// The database, the audit log or the disk fails; safe to try again.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// What is stored cannot be understood. Never holds content.
    #[error("corrupt: {0}")]
    Corrupt(String),
}

pub type Result<T> = std::result::Result<T, Error>;

impl From<Issue> for Error {
    fn from(issue: Issue) -> Self {
        Error::Refused(vec![issue])
    }
}

impl Error {
    /// A refusal with one issue.
    pub fn refused(code: Code, text: Text) -> Self {
        Error::Refused(vec![Issue::error(code, text)])
    }

    /// The same error, said of the write `index` when there are several.
    #[must_use]
    pub fn in_write(self, index: usize, several: bool) -> Self {
        match self {
            Error::Unavailable(_) | Error::Corrupt(_) => self,
            other if several => Error::InWrite { index, error: Box::new(other) },
            other => other,
        }
    }

    pub fn unavailable(source: impl std::fmt::Display) -> Self {
        Error::Unavailable(source.to_string())
    }
}
