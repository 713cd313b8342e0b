//! What must outlive a request and is no resource: credentials, one-time links, clients. Payloads are sealed by
//! the tenant's key, names are kept as keyed hashes.

use super::Hub;
use crate::error::{Error, Result};
use crate::registry::VaultRow;
use seal::TenantKeys;
use std::sync::Arc;

impl Hub {
    /// Puts a payload under a name in a drawer (`kind`), replacing what is there. `expires`: ms since epoch.
    ///
    /// # Errors
    /// `NotFound` for the tenant; `Unavailable`.
    pub async fn vault_put(
        &self,
        tenant: &str,
        kind: &'static str,
        name: &str,
        expires: Option<i64>,
        payload: &[u8],
    ) -> Result<()> {
        let row = self.vault_row(tenant, kind, name, expires, payload).await?;
        self.registry.vault_put(&row).await
    }

    /// Puts a payload unless there is one; whether it did. Of several callers one succeeds.
    ///
    /// # Errors
    /// As [`Hub::vault_put`].
    pub async fn vault_add(
        &self,
        tenant: &str,
        kind: &'static str,
        name: &str,
        expires: Option<i64>,
        payload: &[u8],
    ) -> Result<bool> {
        let row = self.vault_row(tenant, kind, name, expires, payload).await?;
        self.registry.vault_add(&row, self.config.clock.now_ms()).await
    }

    /// # Errors
    /// As [`Hub::vault_put`].
    pub async fn vault(&self, tenant: &str, kind: &'static str, name: &str) -> Result<Option<Vec<u8>>> {
        let key = self.vault_key(tenant, kind, name).await?;
        let row = self.registry.vault(tenant, kind, &key).await?;
        self.vault_open(row).await
    }

    /// Removes and returns: of several callers one gets it.
    ///
    /// # Errors
    /// As [`Hub::vault_put`].
    pub async fn vault_take(&self, tenant: &str, kind: &'static str, name: &str) -> Result<Option<Vec<u8>>> {
        let key = self.vault_key(tenant, kind, name).await?;
        let row = self.registry.vault_take(tenant, kind, &key).await?;
        self.vault_open(row).await
    }

    /// Changes a payload; `change` may be called again when somebody else was faster. `None` from it leaves
    /// all as it is. Answers whether there was something to change and it was changed.
    ///
    /// # Errors
    /// As [`Hub::vault_put`].
    pub async fn vault_change(
        &self,
        tenant: &str,
        kind: &'static str,
        name: &str,
        change: impl Fn(&[u8]) -> Option<Vec<u8>> + Send + Sync,
    ) -> Result<bool> {
        let key = self.vault_key(tenant, kind, name).await?;
        for _ in 0..20 {
            let Some(row) = self.registry.vault(tenant, kind, &key).await? else { return Ok(false) };
            let (expires, old) = (row.expires, row.payload.clone());
            let Some(plain) = self.vault_open(Some(row)).await? else { return Ok(false) };
            let Some(new) = change(&plain) else { return Ok(false) };
            let row = self.vault_row(tenant, kind, name, expires, &new).await?;
            if self.registry.vault_swap(&old, &row).await? {
                return Ok(true);
            }
        }
        Err(Error::Unavailable("the same entry is being changed by too many at once".into()))
    }

    /// Every payload of a drawer, in no order.
    ///
    /// # Errors
    /// As [`Hub::vault_put`].
    pub async fn vault_list(&self, tenant: &str, kind: &'static str) -> Result<Vec<Vec<u8>>> {
        let mut found = Vec::new();
        for row in self.registry.vault_list(tenant, kind).await? {
            found.extend(self.vault_open(Some(row)).await?);
        }
        Ok(found)
    }

    /// Removes tokens and vault entries that are over.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn vault_sweep(&self) -> Result<()> {
        self.registry.sweep(self.config.clock.now_ms()).await
    }

    async fn vault_row(
        &self,
        tenant: &str,
        kind: &'static str,
        name: &str,
        expires: Option<i64>,
        payload: &[u8],
    ) -> Result<VaultRow> {
        let key = self.vault_key(tenant, kind, name).await?;
        let payload = self.seal_for(tenant, kind, &key, payload).await?;
        Ok(VaultRow { tenant: tenant.to_string(), kind: kind.to_string(), key, expires, payload })
    }

    async fn vault_open(&self, row: Option<VaultRow>) -> Result<Option<Vec<u8>>> {
        let now = self.config.clock.now_ms();
        match row.filter(|row| row.expires.is_none_or(|end| now < end)) {
            Some(row) => Ok(Some(self.open_for(&row.tenant, &row.kind, &row.key, &row.payload).await?)),
            None => Ok(None),
        }
    }

    async fn vault_key(&self, tenant: &str, kind: &str, name: &str) -> Result<[u8; 32]> {
        let keys = self.keys_of(tenant).await?;
        let mac = keys.index.mac(&[b"vault|", kind.as_bytes(), b"|", name.as_bytes()].concat());
        Ok(seal::sha256(&mac))
    }

    /// Seals something of a tenant that is kept in the registry.
    pub(super) async fn seal_for(
        &self,
        tenant: &str,
        kind: &str,
        key: &[u8; 32],
        plain: &[u8],
    ) -> Result<Vec<u8>> {
        let keys = self.keys_of(tenant).await?;
        seal::seal(&keys.body, 0, &binding(tenant, kind, key), plain).map_err(Error::unavailable)
    }

    pub(super) async fn open_for(
        &self,
        tenant: &str,
        kind: &str,
        key: &[u8; 32],
        sealed: &[u8],
    ) -> Result<Vec<u8>> {
        let keys = self.keys_of(tenant).await?;
        seal::open(&keys.body, &binding(tenant, kind, key), sealed)
            .map_err(|_| Error::Corrupt("a sealed entry of the registry".into()))
    }

    /// The tenant's keys, without opening its data: commands use the registry while another process serves.
    async fn keys_of(&self, tenant: &str) -> Result<Arc<TenantKeys>> {
        if let Some(keys) = self.keys.get(tenant) {
            return Ok(keys);
        }
        let row = self.registry.tenant(tenant).await?.ok_or(Error::NotFound)?;
        let keys = TenantKeys::unwrap(&*self.config.root, tenant, &row.keys).map_err(Error::unavailable)?;
        let keys = Arc::new(keys);
        self.keys.insert(tenant.to_string(), keys.clone());
        Ok(keys)
    }
}

/// What a sealed entry is bound to: it opens in no other place.
fn binding(tenant: &str, kind: &str, key: &[u8; 32]) -> Vec<u8> {
    [b"registry|", tenant.as_bytes(), b"|", kind.as_bytes(), b"|", key].concat()
}
