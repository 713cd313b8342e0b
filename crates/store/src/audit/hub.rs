//! The examination of a tenant's audit log, from inside and from the command line.

use super::verify::{Verified, verify};
use crate::backend::Backend;
use crate::error::{Error, Result};
use crate::hub::Hub;
use crate::keyring::Sealed;
use crate::sqlite::Sqlite;
use crate::tenant::Tenant;
use ledger::{FileStorage, Storage};
use seal::TenantKeys;
use std::sync::Arc;
use tokio::runtime::Handle;

impl Hub {
    /// Examines the audit log of a tenant. Works beside a running server, and on a log so damaged that the
    /// tenant does not open.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable` when log, database or keys cannot be read at all.
    pub async fn audit_verify(&self, tenant: &str) -> Result<Verified> {
        let row = self.registry.tenant(tenant).await?.ok_or(Error::NotFound)?;
        let keys = || TenantKeys::unwrap(&*self.config.root, tenant, &row.keys).map_err(Error::unavailable);
        let (storage, backend): (Arc<dyn Storage>, Arc<dyn Backend>) = match &self.cluster {
            Some(cluster) => {
                let storage = cluster.ledger(tenant, &self.config.node).await?;
                (Arc::new(storage), cluster.backend(tenant).await?)
            }
            None => {
                let folder = self.tenant_folder(tenant);
                let storage = FileStorage::open_read_only(&folder.join("audit")).map_err(super::error)?;
                (Arc::new(storage), Arc::new(Sqlite::open(&folder)?))
            }
        };
        let sealed = Sealed::new(tenant, keys()?, keys()?, None, backend.clone(), Handle::current());
        verify(storage, Arc::new(sealed), backend, &self.config.node).await
    }
}

impl Tenant {
    /// Examines the audit log of this tenant.
    ///
    /// # Errors
    /// `Unavailable` when log or database cannot be read at all.
    pub async fn audit_verify(&self) -> Result<Verified> {
        let storage = self.audit.log.storage().clone();
        verify(storage, self.sealed.clone(), self.backend.clone(), &self.audit.queue.node).await
    }
}
