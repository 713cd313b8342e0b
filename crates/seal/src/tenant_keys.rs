use crate::cipher::{DataKey, random_key};
use crate::error::{Error, Result};
use crate::index_key::IndexKey;
use crate::provider::KeyProvider;
use zeroize::Zeroizing;

/// The keys of one tenant, stored wrapped by the root key.
pub struct TenantKeys {
    /// Seals bodies that belong to no patient (`kid` 0).
    pub body: DataKey,
    /// Seals the entries of the audit log.
    pub audit: DataKey,
    /// Hashes index keys and authenticates page tokens.
    pub index: IndexKey,
    /// Wraps the patients' data keys.
    pub(crate) keyring: DataKey,
}

const LEN: usize = 4 * 32;

impl TenantKeys {
    pub fn generate() -> Result<TenantKeys> {
        Ok(TenantKeys {
            body: DataKey::generate_wide()?,
            audit: DataKey::generate_wide()?,
            index: IndexKey::new(random_key()?)?,
            keyring: DataKey::generate_wide()?,
        })
    }

    /// The keys sealed by the root key for this tenant; they open under no other tenant's name.
    pub fn wrap(&self, root: &(impl KeyProvider + ?Sized), tenant: &str) -> Result<Vec<u8>> {
        let mut plain = Zeroizing::new(Vec::with_capacity(LEN));
        for raw in [self.body.raw(), self.audit.raw(), self.index.raw(), self.keyring.raw()] {
            plain.extend_from_slice(raw);
        }
        root.wrap(&context(tenant), &plain)
    }

    /// # Errors
    /// The bytes were changed, are another tenant's, or were wrapped by another root key.
    pub fn unwrap(root: &(impl KeyProvider + ?Sized), tenant: &str, wrapped: &[u8]) -> Result<TenantKeys> {
        let plain = root.unwrap(&context(tenant), wrapped)?;
        let (keys, rest) = plain.as_chunks::<32>();
        let ([body, audit, index, keyring], []) = (keys, rest) else { return Err(Error::Open) };
        Ok(TenantKeys {
            body: DataKey::wide(Zeroizing::new(*body))?,
            audit: DataKey::wide(Zeroizing::new(*audit))?,
            index: IndexKey::new(Zeroizing::new(*index))?,
            keyring: DataKey::wide(Zeroizing::new(*keyring))?,
        })
    }

    /// Rotation of the root key: the same keys, wrapped by another.
    pub fn rewrap(
        wrapped: &[u8],
        tenant: &str,
        old: &(impl KeyProvider + ?Sized),
        new: &(impl KeyProvider + ?Sized),
    ) -> Result<Vec<u8>> {
        TenantKeys::unwrap(old, tenant, wrapped)?.wrap(new, tenant)
    }

    /// Rotation of the keyring key: the same keys but for a fresh keyring key. Wrapped data keys follow one by
    /// one with [`DataKey::rewrap`], so keep the old keys until all have.
    pub fn with_new_keyring(&self) -> Result<TenantKeys> {
        Ok(TenantKeys {
            body: DataKey::wide(Zeroizing::new(*self.body.raw()))?,
            audit: DataKey::wide(Zeroizing::new(*self.audit.raw()))?,
            index: IndexKey::new(Zeroizing::new(*self.index.raw()))?,
            keyring: DataKey::generate_wide()?,
        })
    }
}

fn context(tenant: &str) -> Vec<u8> {
    [b"medhub tenant keys|", tenant.as_bytes()].concat()
}
