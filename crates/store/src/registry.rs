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

/// A token; only its hash is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    pub hash: [u8; 32],
    pub account: Uuid,
    /// `access`, `session` or `refresh`.
    pub kind: String,
    /// What the token belongs to: a session, or a chain of refresh tokens with their access tokens.
    pub family: Option<Uuid>,
    /// HL7 PurposeOfUse code.
    pub purpose: String,
    /// ms since epoch.
    pub created: i64,
    /// When it was last seen, ms since epoch; kept to the minute.
    pub used: i64,
    /// It ends when it was not seen for so many ms; 0: it does not.
    pub idle: i64,
    /// ms since epoch.
    pub expires: i64,
    /// The grant, sealed by the tenant's key; empty: no limits.
    pub detail: Vec<u8>,
}

/// Something kept under a key until it is taken, removed or over. The payload is sealed by the tenant's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultRow {
    pub tenant: String,
    /// Which drawer, such as `credential`.
    pub kind: String,
    /// Keyed hash of the name.
    pub key: [u8; 32],
    /// ms since epoch.
    pub expires: Option<i64>,
    pub payload: Vec<u8>,
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
    async fn account_by_id(&self, id: Uuid) -> Result<Option<AccountRow>>;
    /// All tokens of an account, newest first.
    async fn tokens_of(&self, account: Uuid) -> Result<Vec<TokenRow>>;
    /// All tokens of a family, newest first.
    async fn tokens_in(&self, family: Uuid) -> Result<Vec<TokenRow>>;
    /// Replaces what a token is granted if it is still `old`; whether it did. A token that was ended stays so.
    async fn token_swap(&self, hash: &[u8; 32], old: &[u8], new: &[u8]) -> Result<bool>;
    async fn token_touch(&self, hash: &[u8; 32], used: i64) -> Result<()>;
    async fn family_remove(&self, family: Uuid) -> Result<()>;
    /// Adds or replaces.
    async fn vault_put(&self, row: &VaultRow) -> Result<()>;
    /// Adds unless there is one already that is not over at `now`; whether it did.
    async fn vault_add(&self, row: &VaultRow, now: i64) -> Result<bool>;
    async fn vault(&self, tenant: &str, kind: &str, key: &[u8; 32]) -> Result<Option<VaultRow>>;
    /// Removes and returns: of several callers one gets it.
    async fn vault_take(&self, tenant: &str, kind: &str, key: &[u8; 32]) -> Result<Option<VaultRow>>;
    /// Replaces if the payload is still `old`; whether it did.
    async fn vault_swap(&self, old: &[u8], row: &VaultRow) -> Result<bool>;
    async fn vault_list(&self, tenant: &str, kind: &str) -> Result<Vec<VaultRow>>;
    /// Removes tokens and vault rows that were over at `now`.
    async fn sweep(&self, now: i64) -> Result<()>;
}
