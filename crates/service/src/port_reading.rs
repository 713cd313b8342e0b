//! The port to a machine that reads pages. The program implements it with what is installed beside it.

use async_trait::async_trait;
use bytes::Bytes;

/// What a page came as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Pdf,
    Png,
    Jpeg,
}

/// What was read on one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadPage {
    pub text: String,
    /// How sure the machine is of its words, 0 to 100; `None` where the file held the text itself.
    pub confidence: Option<u8>,
}

/// Why nothing was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("no program that reads pages is installed")]
    Missing,
    #[error("the file cannot be read")]
    Broken,
    #[error("reading took too long")]
    Slow,
}

#[async_trait]
pub trait Reader: Send + Sync + 'static {
    /// How many pages the file has.
    ///
    /// # Errors
    /// See [`ReadError`].
    async fn pages(&self, sheet: Sheet, file: Bytes) -> Result<usize, ReadError>;

    /// What stands on a page, counted from 1.
    ///
    /// # Errors
    /// See [`ReadError`].
    async fn page(&self, sheet: Sheet, file: Bytes, number: usize) -> Result<ReadPage, ReadError>;
}

/// Nobody reads.
pub struct NoReader;

#[async_trait]
impl Reader for NoReader {
    async fn pages(&self, _: Sheet, _: Bytes) -> Result<usize, ReadError> {
        Err(ReadError::Missing)
    }

    async fn page(&self, _: Sheet, _: Bytes, _: usize) -> Result<ReadPage, ReadError> {
        Err(ReadError::Missing)
    }
}
