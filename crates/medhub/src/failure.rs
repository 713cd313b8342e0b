//! Why a command failed, as a sentence on the error output.

use crate::config::ConfigError;
use fhir::Lang;
use std::path::Path;

/// A failure of a command; its text is for the person at the terminal and holds no patient's identity.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error("{0}")]
    Config(#[from] ConfigError),
    #[error("{}", sentence(.0))]
    Store(#[from] store::Error),
    #[error("{0}")]
    Text(String),
    /// The command did its work, and what it found is bad: the exit code says so, all else is printed.
    #[error("")]
    Found,
}

pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    pub fn text(text: impl Into<String>) -> Failure {
        Failure::Text(text.into())
    }

    /// `cannot <what> <path>: <why>`.
    pub fn file(what: &str, path: &Path, error: &std::io::Error) -> Failure {
        Failure::Text(format!("cannot {what} {}: {error}", path.display()))
    }
}

/// What the store says, in words.
pub fn sentence(error: &store::Error) -> String {
    match error {
        store::Error::Refused(issues) => {
            let texts: Vec<String> = issues.iter().map(|i| i.sentence(Lang::En)).collect();
            texts.join(" ")
        }
        store::Error::NotFound => "there is no tenant or account of that name".to_string(),
        store::Error::Denied => "the account is disabled or may not do that".to_string(),
        store::Error::InWrite { error, .. } => sentence(error),
        other => other.to_string(),
    }
}
