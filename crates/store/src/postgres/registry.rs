//! The hub's schema: tenants, accounts, tokens.

use super::pool::{Pool, Read};
use super::read::get;
use crate::error::{Error, Result};
use crate::registry::{AccountRow, Registry, TenantRow, TokenRow};
use async_trait::async_trait;
use tokio_postgres::Row;
use uuid::Uuid;

pub struct PostgresRegistry {
    pool: Pool,
}

impl PostgresRegistry {
    pub(super) fn new(pool: Pool) -> Self {
        PostgresRegistry { pool }
    }
}

fn tenant(r: &Row) -> Result<TenantRow> {
    Ok(TenantRow {
        name: get(r, 0)?,
        title: get(r, 1)?,
        host: get(r, 2)?,
        suspended: get(r, 3)?,
        created: get(r, 4)?,
        keys: get(r, 5)?,
    })
}

fn account(r: &Row) -> Result<AccountRow> {
    let id = Uuid::from_slice(get(r, 0)?).map_err(|_| Error::Corrupt("an account's id".into()))?;
    Ok(AccountRow {
        id,
        tenant: get(r, 1)?,
        name: get(r, 2)?,
        roles: get(r, 3)?,
        practitioner: get(r, 4)?,
        disabled: get(r, 5)?,
    })
}

#[async_trait]
impl Registry for PostgresRegistry {
    async fn tenants(&self) -> Result<Vec<TenantRow>> {
        const SQL: &str = "SELECT name, title, host, suspended, created, keys FROM tenant ORDER BY name";
        self.pool.query(Read::Short, SQL, &[]).await?.iter().map(tenant).collect()
    }

    async fn tenant(&self, name: &str) -> Result<Option<TenantRow>> {
        const SQL: &str = "SELECT name, title, host, suspended, created, keys FROM tenant WHERE name = $1";
        self.pool.query_one(Read::Short, SQL, &[&name]).await?.as_ref().map(tenant).transpose()
    }

    async fn tenant_by_host(&self, host: &str) -> Result<Option<String>> {
        let found =
            self.pool.query_one(Read::Short, "SELECT name FROM tenant WHERE host = $1", &[&host]).await?;
        found.map(|row| get(&row, 0)).transpose()
    }

    async fn tenant_put(&self, row: &TenantRow) -> Result<()> {
        const SQL: &str = "INSERT INTO tenant (name, title, host, suspended, created, keys) \
            VALUES ($1, $2, $3, $4, $5, $6) \
            ON CONFLICT (name) DO UPDATE SET title = $2, host = $3, suspended = $4, keys = $6";
        let TenantRow { name, title, host, suspended, created, keys } = row;
        self.pool.execute(SQL, &[name, title, host, suspended, created, keys]).await.map(drop)
    }

    async fn tenant_remove(&self, name: &str) -> Result<()> {
        const SQL: &str = "WITH gone AS (DELETE FROM account WHERE tenant = $1 RETURNING id), \
            tokens AS (DELETE FROM token WHERE account IN (SELECT id FROM gone)) DELETE FROM tenant WHERE name = $1";
        self.pool.execute(SQL, &[&name]).await.map(drop)
    }

    async fn accounts(&self, tenant: &str) -> Result<Vec<AccountRow>> {
        const SQL: &str = "SELECT id, tenant, name, roles, practitioner, disabled FROM account \
            WHERE tenant = $1 ORDER BY name";
        self.pool.query(Read::Short, SQL, &[&tenant]).await?.iter().map(account).collect()
    }

    async fn account(&self, tenant: &str, name: &str) -> Result<Option<AccountRow>> {
        const SQL: &str = "SELECT id, tenant, name, roles, practitioner, disabled FROM account \
            WHERE tenant = $1 AND name = $2";
        self.pool.query_one(Read::Short, SQL, &[&tenant, &name]).await?.as_ref().map(account).transpose()
    }

    async fn account_put(&self, row: &AccountRow) -> Result<()> {
        const SQL: &str = "INSERT INTO account (id, tenant, name, roles, practitioner, disabled) \
            VALUES ($1, $2, $3, $4, $5, $6) \
            ON CONFLICT (id) DO UPDATE SET roles = $4, practitioner = $5, disabled = $6";
        let id = row.id.as_bytes().as_slice();
        let AccountRow { tenant, name, roles, practitioner, disabled, .. } = row;
        self.pool.execute(SQL, &[&id, tenant, name, roles, practitioner, disabled]).await.map(drop)
    }

    async fn token_put(&self, row: &TokenRow) -> Result<()> {
        const SQL: &str = "INSERT INTO token (hash, account, purpose, expires) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (hash) DO UPDATE SET account = $2, purpose = $3, expires = $4";
        let (hash, id) = (row.hash.as_slice(), row.account.as_bytes().as_slice());
        self.pool.execute(SQL, &[&hash, &id, &row.purpose, &row.expires]).await.map(drop)
    }

    async fn token(&self, hash: &[u8; 32]) -> Result<Option<(TokenRow, AccountRow)>> {
        const SQL: &str = "SELECT a.id, a.tenant, a.name, a.roles, a.practitioner, a.disabled, k.purpose, k.expires \
            FROM token k JOIN account a ON a.id = k.account WHERE k.hash = $1";
        let Some(row) = self.pool.query_one(Read::Short, SQL, &[&hash.as_slice()]).await? else {
            return Ok(None);
        };
        let account = account(&row)?;
        let token =
            TokenRow { hash: *hash, account: account.id, purpose: get(&row, 6)?, expires: get(&row, 7)? };
        Ok(Some((token, account)))
    }

    async fn token_remove(&self, hash: &[u8; 32]) -> Result<()> {
        self.pool.execute("DELETE FROM token WHERE hash = $1", &[&hash.as_slice()]).await.map(drop)
    }
}
