//! The hub: all tenants of an installation, and who may come in.

mod account;
mod account_change;
mod backup;
mod health;
mod open;
mod peek;
mod rotate;
mod tenants;
mod token;
mod vault;

pub use account::AccountInfo;
pub use account_change::AccountChange;
pub use backup::{Copied, restore};
pub use health::Health;
pub use peek::TokenKey;
pub use tenants::{NewTenant, TenantInfo};
pub use token::{Caller, NewToken, TokenInfo, TokenKind};

use crate::access::TieSource;
use crate::access::gate::Authority;
use crate::ctx::{Clock, Ids};
use crate::error::Result;
use crate::postgres::Cluster;
use crate::registry::Registry;
use crate::rule::Rule;
use crate::tenant::Tenant;
use parking_lot::RwLock;
use seal::KeyProvider;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a hub needs to open.
#[derive(Clone)]
pub struct HubConfig {
    /// Folder of the embedded store; also holds the root key file by default.
    pub data: PathBuf,
    /// `postgres://…`; the embedded store when absent.
    pub database: Option<String>,
    /// Memory for opened resources, per tenant, in bytes.
    pub cache_bytes: u64,
    /// Name of this node, for its part of the audit log on a shared database.
    pub node: String,
    pub root: Arc<dyn KeyProvider>,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
}

/// An installation.
pub struct Hub {
    pub(crate) config: HubConfig,
    pub(crate) registry: Arc<dyn Registry>,
    pub(crate) cluster: Option<Arc<Cluster>>,
    open: RwLock<HashMap<String, Arc<Tenant>>>,
    opening: tokio::sync::Mutex<()>,
    tokens: token::Tokens,
    hosts: tenants::Hosts,
    /// Keys of tenants used lately, for what is sealed in the registry.
    keys: quick_cache::sync::Cache<String, Arc<seal::TenantKeys>>,
    rules: RwLock<Vec<Arc<dyn Rule>>>,
    pub(crate) authority: Arc<Authority>,
    /// Tests only: the folder is removed with the hub.
    temporary: Option<PathBuf>,
}

impl Hub {
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.config.clock
    }

    pub fn ids(&self) -> &Arc<dyn Ids> {
        &self.config.ids
    }

    pub fn config(&self) -> &HubConfig {
        &self.config
    }

    pub fn data(&self) -> &Path {
        &self.config.data
    }

    /// The rules of the services, for all tenants, open now or later.
    pub fn rules_set(&self, rules: Vec<Arc<dyn Rule>>) {
        self.open.read().values().for_each(|tenant| tenant.rules_set(&rules));
        *self.rules.write() = rules;
    }

    /// The policies that decide from now on; those that the program carries until then.
    pub fn policies_set(&self, policies: Arc<policy::Policies>) {
        self.authority.policies_set(policies);
    }

    /// Who tells what ties actors to patients. Without one nobody is tied to anyone.
    pub fn ties_set(&self, source: Arc<dyn TieSource>) {
        self.authority.source_set(source);
        self.open.read().values().for_each(|tenant| tenant.gate.clear());
    }

    /// The tenants that are open now.
    pub fn tenants_open(&self) -> Vec<Arc<Tenant>> {
        self.open.read().values().cloned().collect()
    }

    /// A tenant by name, opened at its first use.
    ///
    /// # Errors
    /// `NotFound`; `Refused` when it is suspended; `Unavailable` when it cannot be opened.
    pub async fn tenant(&self, name: &str) -> Result<Arc<Tenant>> {
        if let Some(tenant) = self.open.read().get(name) {
            return Ok(tenant.clone());
        }
        let _one = self.opening.lock().await;
        if let Some(tenant) = self.open.read().get(name) {
            return Ok(tenant.clone());
        }
        let tenant = Arc::new(self.open_tenant(name).await?);
        tenant.rules_set(&self.rules.read());
        self.open.write().insert(name.to_string(), tenant.clone());
        Ok(tenant)
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        if let Some(folder) = &self.temporary {
            self.open.write().clear();
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
