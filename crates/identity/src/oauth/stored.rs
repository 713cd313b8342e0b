//! What our verbs write into the vault and read back, as JSON.

use serde::de::DeserializeOwned;
use store::{Error, Result};

/// Reads what we wrote into the vault.
///
/// # Errors
/// `Corrupt`.
pub(crate) fn stored<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|_| Error::Corrupt("an entry of the vault".into()))
}

/// What goes into the vault.
///
/// # Errors
/// `Corrupt`: it cannot be written, which does not happen with our types.
pub(crate) fn to_store(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|_| Error::Corrupt("an entry for the vault".into()))
}
