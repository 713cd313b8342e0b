//! Rotation of keys while the tenant is in use: a fresh keyring key, under which every patient's data key is
//! wrapped anew; and another root key. Bodies are not touched.

use super::Hub;
use crate::error::{Error, Result};
use crate::keyring::KEYS_PREVIOUS;
use seal::KeyProvider;
use seal::TenantKeys;

/// Data keys wrapped anew in one step.
const STEP: usize = 500;

impl Hub {
    /// Gives a tenant a fresh keyring key. Can be stopped and called again: the old key is kept until the
    /// last data key has been wrapped anew. Returns how many were.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable`.
    pub async fn keyring_rotate(&self, name: &str) -> Result<usize> {
        let tenant = self.tenant(name).await?;
        let mut row = self.registry.tenant(name).await?.ok_or(Error::NotFound)?;
        let pending = tenant.backend.value(KEYS_PREVIOUS).await?.filter(|keys| !keys.is_empty());
        if pending.is_none() {
            let old = TenantKeys::unwrap(&*self.config.root, name, &row.keys).map_err(Error::unavailable)?;
            let new = old.with_new_keyring().map_err(Error::unavailable)?;
            tenant.backend.value_set(KEYS_PREVIOUS, &row.keys).await?;
            row.keys = new.wrap(&*self.config.root, name).map_err(Error::unavailable)?;
            self.registry.tenant_put(&row).await?;
        }
        let wrapped_old = tenant.backend.value(KEYS_PREVIOUS).await?.unwrap_or_default();
        let old = TenantKeys::unwrap(&*self.config.root, name, &wrapped_old).map_err(Error::unavailable)?;
        let new = TenantKeys::unwrap(&*self.config.root, name, &row.keys).map_err(Error::unavailable)?;
        tenant.sealed.keyrings_set(new, Some(old));
        let done = tenant.sealed.rewrap_all(STEP).await?;
        tenant.backend.value_set(KEYS_PREVIOUS, &[]).await?;
        Ok(done)
    }

    /// Wraps every tenant's keys under another root key. The caller then starts the hub with that key.
    ///
    /// # Errors
    /// `Unavailable`; run it again, tenants already done stay done.
    pub async fn root_rotate(&self, new: &dyn KeyProvider) -> Result<usize> {
        let mut done = 0;
        for mut row in self.registry.tenants().await? {
            if TenantKeys::unwrap(new, &row.name, &row.keys).is_ok() {
                continue;
            }
            row.keys = TenantKeys::rewrap(&row.keys, &row.name, &*self.config.root, new)
                .map_err(|_| Error::Unavailable(format!("the keys of tenant {} do not open", row.name)))?;
            self.registry.tenant_put(&row).await?;
            done += 1;
        }
        Ok(done)
    }
}
