/// What can go wrong with a log. Never holds the content of an entry.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("ledger: {0}")]
    Io(#[from] std::io::Error),
    /// A write or fsync failed before. What is on the disk is uncertain, so nothing more is acknowledged until
    /// the log is opened anew.
    #[error("ledger: stopped after a failed write")]
    Stopped,
    /// The log is not what its last checkpoint says: run a verification.
    #[error("ledger: damaged at entry {entry}: {what}")]
    Damaged { entry: u64, what: &'static str },
    #[error("ledger: the signature or the text of a checkpoint is not valid")]
    Checkpoint,
    /// A proof was asked for something that is not in the tree.
    #[error("ledger: entry or size beyond the log")]
    Range,
    #[error("ledger: an entry is empty, or longer than {max} bytes")]
    Length { max: usize },
    /// The database that holds the log fails.
    #[error("ledger: storage: {0}")]
    Storage(String),
    #[error("ledger: the cryptographic library failed")]
    Library,
}

pub type Result<T> = std::result::Result<T, Error>;
