use crate::cipher::{DataKey, open, random_key, seal};
use crate::error::Result;
use crate::key_file;
use std::path::Path;
use zeroize::Zeroizing;

/// What guards the tenants' keys: a key file today; a hardware module or a key service can implement it too.
pub trait KeyProvider: Send + Sync {
    /// Seals a tenant's keys. `context` must be given again to unwrap.
    fn wrap(&self, context: &[u8], plain: &[u8]) -> Result<Vec<u8>>;
    /// # Errors
    /// The bytes were changed, have another context or were wrapped by another key.
    fn unwrap(&self, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>>;
}

/// The root key held in this process, read from a key file.
pub struct RootKey {
    key: DataKey,
}

impl RootKey {
    /// A fresh key that is stored nowhere.
    pub fn generate() -> Result<RootKey> {
        RootKey::from_raw(random_key()?)
    }

    /// Reads the key file, or makes it with a fresh key, readable by its owner alone.
    pub fn load_or_create(path: &Path) -> Result<RootKey> {
        RootKey::from_raw(key_file::load_or_create(path, None)?)
    }

    /// As [`RootKey::load_or_create`], with the key in the file sealed by a passphrase (PBKDF2-HMAC-SHA-256,
    /// 600,000 rounds, about a fifth of a second).
    pub fn load_or_create_with_passphrase(path: &Path, passphrase: &str) -> Result<RootKey> {
        RootKey::from_raw(key_file::load_or_create(path, Some(passphrase))?)
    }

    /// Writes the key to a new file, sealed by the passphrase if there is one: backup, or another passphrase.
    ///
    /// # Errors
    /// The file exists already, or cannot be written.
    pub fn store(&self, path: &Path, passphrase: Option<&str>) -> Result<()> {
        key_file::create(path, self.key.raw(), passphrase)
    }

    fn from_raw(raw: Zeroizing<[u8; 32]>) -> Result<RootKey> {
        Ok(RootKey { key: DataKey::wide(raw)? })
    }
}

impl KeyProvider for RootKey {
    fn wrap(&self, context: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        seal(&self.key, 0, context, plain)
    }

    fn unwrap(&self, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        Ok(Zeroizing::new(open(&self.key, context, wrapped)?))
    }
}
