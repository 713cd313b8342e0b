//! What the hub knows outside any tenant: tenants, accounts, tokens. One of the stated exceptions to
//! "all is FHIR": credentials are never resources.

use crate::error::Result;
use async_trait::async_trait;
use uuid::Uuid;

/// A tenant as registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantRow {
    /// Short name: `[a-z0-9-]`, part of addresses.
    pub name: String,
    /// Name for people.
    pub title: String,
    /// Host name under which `/fhir` is this tenant's.
    pub host: Option<String>,
    pub suspended: bool,
    /// ms since epoch.
    pub created: i64,
    /// The tenant's keys, wrapped by the root key.
    pub keys: Vec<u8>,
}

/// An account of a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    pub id: Uuid,
    pub tenant: String,
    pub name: String,
    /// Role names, comma-separated.
    pub roles: String,
    /// `Practitioner/…` of the person, if there is one.
    pub practitioner: Option<String>,
    pub disabled: bool,
}

/// A bearer token; only its hash is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    pub hash: [u8; 32],
    pub account: Uuid,
    /// HL7 PurposeOfUse code.
    pub purpose: String,
    /// ms since epoch.
    pub expires: i64,
}

/// Where tenants, accounts and tokens are kept.
#[async_trait]
pub trait Registry: Send + Sync + 'static {
    async fn tenants(&self) -> Result<Vec<TenantRow>>;
    async fn tenant(&self, name: &str) -> Result<Option<TenantRow>>;
    async fn tenant_by_host(&self, host: &str) -> Result<Option<String>>;
    /// Adds or replaces.
    async fn tenant_put(&self, row: &TenantRow) -> Result<()>;
    async fn tenant_remove(&self, name: &str) -> Result<()>;
    async fn accounts(&self, tenant: &str) -> Result<Vec<AccountRow>>;
    async fn account(&self, tenant: &str, name: &str) -> Result<Option<AccountRow>>;
    /// Adds or replaces by id.
    async fn account_put(&self, row: &AccountRow) -> Result<()>;
    async fn token_put(&self, row: &TokenRow) -> Result<()>;
    /// The token with this hash and its account, whatever their state.
    async fn token(&self, hash: &[u8; 32]) -> Result<Option<(TokenRow, AccountRow)>>;
    async fn token_remove(&self, hash: &[u8; 32]) -> Result<()>;
}
