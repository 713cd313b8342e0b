//! What can be wrong. No text of a document, and no name, is part of an error.

/// Why a PDF was not signed, or a key, certificate or time stamp not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("this is no PDF")]
    NotAPdf,
    #[error("the PDF has more than 20 MB")]
    TooLarge,
    #[error("the PDF is encrypted")]
    Encrypted,
    #[error("the PDF has no cross-reference that can be read")]
    NoCrossReference,
    #[error("the PDF is broken: {0}")]
    Broken(&'static str),
    #[error("the PDF holds scripts or starts programs")]
    Scripts,
    #[error("the PDF was certified by its author and may not be changed")]
    Locked,
    #[error("the PDF has no such page")]
    NoSuchPage,
    #[error("the visible signature cannot be drawn: {0}")]
    Appearance(&'static str),
    #[error("the key cannot be used: {0}")]
    Key(&'static str),
    #[error("the certificate cannot be used: {0}")]
    Certificate(&'static str),
    #[error("the key is not the one of the certificate")]
    Mismatch,
    #[error("this is no time-stamp query: {0}")]
    Query(&'static str),
    #[error("the time stamp cannot be used: {0}")]
    Stamp(StampFault),
    #[error("nothing in the PDF is signed")]
    NotASignature,
    #[error("the signature is larger than the place reserved for it")]
    Room,
}

/// Why the answer of a time-stamp authority is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StampFault {
    #[error("the authority could not be reached")]
    Transport,
    #[error("the authority refused with status {0}")]
    Refused(u8),
    #[error("the answer cannot be read")]
    Malformed,
    #[error("the answer is to another question")]
    WrongNonce,
    #[error("the answer stamps something else")]
    WrongDigest,
    #[error("the authority is not one of ours")]
    Untrusted,
    #[error("its signature does not fit")]
    Forged,
    #[error("its certificate is not made for time stamps")]
    NotForStamping,
    #[error("its certificate was not valid at that time")]
    Expired,
    #[error("its certificate is revoked")]
    Revoked,
    #[error("its way of signing is not supported")]
    Unsupported,
}

pub type Result<T> = std::result::Result<T, Error>;
