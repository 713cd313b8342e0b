//! Opening a hub and its tenants.

use super::{Hub, HubConfig, tenants::Hosts, token::Tokens};
use crate::access::gate::Authority;
use crate::audit::Sequencer;
use crate::backend::Backend;
use crate::ctx::{Clock, Ids, RandomIds};
use crate::error::{Error, Result};
use crate::keyring::{KEYS_PREVIOUS, Sealed};
use crate::postgres::Cluster;
use crate::registry::Registry;
use crate::sqlite::{Sqlite, SqliteRegistry};
use crate::tenant::Tenant;
use parking_lot::RwLock;
use seal::{KeyProvider, RootKey, TenantKeys};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::Handle;

impl Hub {
    /// Opens the installation, which may be empty.
    ///
    /// # Errors
    /// `Unavailable` with what cannot be opened.
    pub async fn open(config: HubConfig) -> Result<Arc<Hub>> {
        Ok(Arc::new(Hub::open_with(config, None).await?))
    }

    /// A hub for tests, in a temporary folder that goes away with it.
    ///
    /// # Errors
    /// `Unavailable` when the folder cannot be made.
    pub async fn in_memory(clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Result<Arc<Hub>> {
        Hub::temporary(None, clock, ids).await
    }

    /// The same, with its records in a database (`postgres://…`) where one is named.
    ///
    /// # Errors
    /// `Unavailable` when the folder cannot be made or the database cannot be reached.
    pub async fn temporary(
        database: Option<String>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Result<Arc<Hub>> {
        let data = temporary_folder()?;
        let root: Arc<dyn KeyProvider> = Arc::new(RootKey::generate().map_err(Error::unavailable)?);
        let node = "test".to_string();
        let config = HubConfig { data: data.clone(), database, cache_bytes: 8 << 20, node, root, clock, ids };
        Ok(Arc::new(Hub::open_with(config, Some(data)).await?))
    }

    async fn open_with(config: HubConfig, temporary: Option<PathBuf>) -> Result<Hub> {
        std::fs::create_dir_all(&config.data).map_err(Error::unavailable)?;
        let cluster = match &config.database {
            Some(url) => Some(Cluster::connect(url).await?),
            None => None,
        };
        let registry: Arc<dyn Registry> = match &cluster {
            Some(cluster) => cluster.registry(),
            None => Arc::new(SqliteRegistry::open(&config.data.join("hub.db"))?),
        };
        Ok(Hub {
            config,
            registry,
            cluster,
            open: RwLock::new(HashMap::new()),
            opening: tokio::sync::Mutex::new(()),
            tokens: Tokens::default(),
            hosts: Hosts::default(),
            keys: quick_cache::sync::Cache::new(1000),
            rules: RwLock::new(Vec::new()),
            authority: Arc::new(Authority::new()),
            temporary,
        })
    }

    /// Folder of a tenant's files.
    pub(crate) fn tenant_folder(&self, name: &str) -> PathBuf {
        self.config.data.join("tenants").join(name)
    }

    pub(super) async fn open_tenant(&self, name: &str) -> Result<Tenant> {
        let row = self.registry.tenant(name).await?.ok_or(Error::NotFound)?;
        if row.suspended {
            return Err(super::tenants::suspended());
        }
        let backend: Arc<dyn Backend> = match &self.cluster {
            Some(cluster) => cluster.backend(name).await?,
            None => Arc::new(Sqlite::open(&self.tenant_folder(name))?),
        };
        let unwrap = |wrapped: &[u8]| {
            TenantKeys::unwrap(&*self.config.root, name, wrapped).map_err(|_| {
                Error::Unavailable(format!("the root key does not open the keys of tenant {name}"))
            })
        };
        let (keys, keyring) = (unwrap(&row.keys)?, unwrap(&row.keys)?);
        let previous = backend.value(KEYS_PREVIOUS).await?.filter(|k| !k.is_empty());
        let previous = previous.map(|k| unwrap(&k)).transpose()?;
        let sealed = Arc::new(Sealed::new(name, keys, keyring, previous, backend.clone(), Handle::current()));
        let audit = self.open_audit(name, &sealed, &backend).await?;
        let (authority, shared) = (self.authority.clone(), self.cluster.is_some());
        Tenant::open(name, backend, sealed, audit, self.config.cache_bytes, authority, shared)
    }

    async fn open_audit(
        &self,
        name: &str,
        sealed: &Arc<Sealed>,
        backend: &Arc<dyn Backend>,
    ) -> Result<Sequencer> {
        match &self.cluster {
            Some(cluster) => {
                let storage = Arc::new(cluster.ledger(name, &self.config.node).await?);
                Sequencer::open(storage, sealed.clone(), backend.clone(), &self.config.node).await
            }
            None => {
                let folder = self.tenant_folder(name).join("audit");
                let storage = ledger::FileStorage::open(&folder).map_err(Error::unavailable)?;
                Sequencer::open(Arc::new(storage), sealed.clone(), backend.clone(), &self.config.node).await
            }
        }
    }
}

fn temporary_folder() -> Result<PathBuf> {
    let name = format!("medhub-{}-{}", std::process::id(), RandomIds.uuid());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).map_err(Error::unavailable)?;
    Ok(folder)
}
