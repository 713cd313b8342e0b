use crate::cipher::{DataKey, random_key};
use crate::error::{Error, Result};
use crate::index_key::IndexKey;
use crate::provider::KeyProvider;
use aws_lc_rs::hkdf;
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

    /// Seed of the Ed25519 key that signs the checkpoints of the tenant's audit log.
    pub fn signing_seed(&self) -> Result<Zeroizing<[u8; 32]>> {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"medhub audit");
        let mut seed = Zeroizing::new([0u8; 32]);
        salt.extract(self.audit.raw())
            .expand(&[b"checkpoint"], hkdf::HKDF_SHA256)?
            .fill(seed.as_mut_slice())?;
        Ok(seed)
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
