//! What can be wrong with a view or with running it.

use fhir::fhirpath::{EvaluationError, ParseError};

/// Why a view is refused or a run is stopped. Holds words of the view at most, never of the data.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{at}: {what}")]
pub struct Error {
    /// Where in the view, such as `select[0].column[1].path`.
    pub at: String,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum What {
    #[error("is missing")]
    Missing,
    #[error("has the wrong JSON type")]
    WrongJson,
    #[error("is no type of resource")]
    UnknownResource,
    #[error("is no name of a column: a letter, then letters, digits and _")]
    BadName,
    #[error("stands twice")]
    Twice,
    #[error("needs exactly one value[x] of a primitive type")]
    BadConstant,
    #[error("uses %{0}, which is not defined")]
    UnknownConstant(String),
    #[error("calls {0}(), which views do not offer")]
    NotOffered(&'static str),
    #[error("has several of forEach, forEachOrNull and repeat")]
    SeveralLoops,
    #[error("has other columns than the first branch of the union")]
    UnevenUnion,
    #[error("is too large or too deep")]
    TooLarge,
    #[error("{0}")]
    Path(ParseError),
    #[error("{0}")]
    Run(EvaluationError),
    #[error("gives several values; only a column with `collection` may")]
    SeveralValues,
    #[error("gives an element with parts; a column holds plain values")]
    NotPlain,
    #[error("gives no boolean")]
    NotBoolean,
    #[error("takes too long")]
    Expired,
    #[error("makes too many rows of one resource")]
    TooManyRows,
}
