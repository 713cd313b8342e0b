//! What can be wrong with an expression, or with running it.

/// Why a text is not an expression.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{fault} at character {at}")]
pub struct ParseError {
    pub fault: Fault,
    /// Byte offset in the expression.
    pub at: usize,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Fault {
    #[error("a comment does not end")]
    UnfinishedComment,
    #[error("a string does not end")]
    UnfinishedString,
    #[error("an escape is not known")]
    BadEscape,
    #[error("a character is not expected")]
    UnexpectedCharacter,
    #[error("{0} is expected")]
    Expected(&'static str),
    #[error("the date or time is not valid")]
    BadTemporal,
    #[error("the number is not valid")]
    BadNumber,
    #[error("the function {0} is not known")]
    UnknownFunction(String),
    #[error("{0} has the wrong number of arguments")]
    WrongArguments(&'static str),
    #[error("the expression is too long or too deep")]
    TooLarge,
}

/// Why an evaluation stopped. Never holds a value of the data.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EvaluationError {
    #[error("{0} needs at most one item")]
    NotSingle(&'static str),
    #[error("{0} cannot take these types")]
    WrongType(&'static str),
    #[error("the element {0} does not exist on {1}")]
    UnknownElement(String, &'static str),
    #[error("the type {0} is not known")]
    UnknownType(String),
    #[error("the variable {0} is not known")]
    UnknownVariable(String),
    #[error("the pattern is not a valid regular expression")]
    BadPattern,
    #[error("{0} depends on the order of items that have none")]
    NoOrder(&'static str),
    #[error("{0} needs what this environment does not offer")]
    NotOffered(&'static str),
    #[error("the evaluation takes too many steps")]
    TooManySteps,
    #[error("the evaluation gives too many items")]
    TooManyItems,
}
