//! What can be wrong with an expression or with running it.

use fhir::fhirpath::{EvaluationError, Fault, ParseError};

/// Why there is no answer. Holds words of the expression at most, never of the data.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{what}{}", place(*at))]
pub struct Error {
    pub what: What,
    /// Byte offset in the expression; none for what happens while it runs.
    pub at: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum What {
    /// The text is no expression.
    #[error("{0}")]
    Text(Fault),
    /// It ran and was stopped.
    #[error("{0}")]
    Run(EvaluationError),
}

fn place(at: Option<usize>) -> String {
    at.map(|at| format!(" at character {at}")).unwrap_or_default()
}

impl From<ParseError> for Error {
    fn from(error: ParseError) -> Self {
        Error { what: What::Text(error.fault), at: Some(error.at) }
    }
}

impl From<EvaluationError> for Error {
    fn from(error: EvaluationError) -> Self {
        Error { what: What::Run(error), at: None }
    }
}
