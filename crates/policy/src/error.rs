//! Why the policies could not be loaded: for the operator, never for a caller.

/// Each names the file to look into.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    #[error("policy file {file} cannot be read: {reason}")]
    Unreadable { file: String, reason: String },
    #[error("policy file {file} is longer than {max} bytes")]
    TooLong { file: String, max: usize },
    #[error("policy manifest {file}: {reason}")]
    Manifest { file: String, reason: String },
    #[error("policy file {file} cannot be understood: {reason}")]
    Syntax { file: String, reason: String },
    #[error("policy file {file}, policy {policy}: annotation @{annotation} is missing")]
    Unexplained { file: String, policy: String, annotation: &'static str },
    #[error("policy file {file}: the name {policy} is used twice")]
    Twice { file: String, policy: String },
    #[error("policy file {file} does not fit the schema: {reason}")]
    Invalid { file: String, reason: String },
    #[error("the invariant {policy} is missing: no file of the manifest {file} forbids it")]
    InvariantMissing { file: String, policy: String },
}
