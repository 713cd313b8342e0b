//! Keys, envelope encryption and keyed hashes. Knows nothing of FHIR or SQL.
//!
//! ```text
//! root key (file, passphrase, or another KeyProvider)
//!   └ wraps TenantKeys { body, audit, index, keyring }
//!                                            └ wraps one DataKey a patient, numbered `kid`
//! ```
//!
//! Sealed bytes are `version | algorithm | kid (LEB128) | nonce | ciphertext | tag`; see [`seal_into`].
//! Destroying a patient's wrapped key makes all of the patient's bodies unreadable, in backups too.
//! Types that hold keys have no `Debug`, no `Display`, no `Clone`, and wipe themselves when dropped.

mod cipher;
mod digest;
mod error;
mod index_key;
mod key_file;
mod provider;
mod tenant_keys;
#[cfg(test)]
mod tests;
mod xaes;

pub use cipher::{DataKey, OVERHEAD_MAX, kid_of, open, open_into, seal, seal_into};
pub use digest::{random, sha256, token_generate, token_hash};
pub use error::{Error, Result};
pub use index_key::IndexKey;
pub use provider::{KeyProvider, RootKey};
pub use tenant_keys::TenantKeys;
