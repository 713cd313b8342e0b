/// What can go wrong with keys and sealed bytes. Never holds content or key material.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes were changed, are too short, belong elsewhere, or were sealed with another key.
    #[error("sealed bytes do not open: changed, cut, misplaced or sealed with another key")]
    Open,
    /// The header names a format that this program does not know.
    #[error("sealed bytes of an unknown format (version {version}, algorithm {algorithm})")]
    Format { version: u8, algorithm: u8 },
    /// The operating system gave no randomness, or the library refused.
    #[error("the cryptographic library failed")]
    Library,
    /// The key file cannot be understood.
    #[error("key file: {0}")]
    KeyFile(&'static str),
    /// The key file needs a passphrase and none, or a wrong one, was given.
    #[error("key file: the passphrase is missing or wrong")]
    Passphrase,
    #[error("key file: {0}")]
    Io(#[from] std::io::Error),
}

pub type Result<T> = std::result::Result<T, Error>;

impl From<aws_lc_rs::error::Unspecified> for Error {
    fn from(_: aws_lc_rs::error::Unspecified) -> Self {
        Error::Library
    }
}
