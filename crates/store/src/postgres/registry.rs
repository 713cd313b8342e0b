//! The hub's schema: tenants, accounts, tokens.

use super::pool::{Pool, Read};
use super::read::get;
use crate::error::{Error, Result};
use crate::registry::{AccountRow, Registry, TenantRow, TokenRow, VaultRow};
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

    async fn tokens(&self, column: &str, id: Uuid) -> Result<Vec<TokenRow>> {
        let sql = format!(
            "SELECT hash, account, purpose, expires, kind, family, created, used, idle, detail FROM token \
             WHERE {column} = $1 ORDER BY created DESC"
        );
        let id = id.as_bytes().as_slice();
        self.pool.query(Read::Short, &sql, &[&id]).await?.iter().map(|r| token(r, 0)).collect()
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

fn hash(bytes: &[u8]) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| Error::Corrupt("a hash in the registry".into()))
}

fn id(bytes: &[u8]) -> Result<Uuid> {
    Uuid::from_slice(bytes).map_err(|_| Error::Corrupt("an id in the registry".into()))
}

/// The columns of a token, from the column `at` on.
fn token(r: &Row, at: usize) -> Result<TokenRow> {
    Ok(TokenRow {
        hash: hash(get(r, at)?)?,
        account: id(get(r, at + 1)?)?,
        purpose: get(r, at + 2)?,
        expires: get(r, at + 3)?,
        kind: get(r, at + 4)?,
        family: get::<Option<&[u8]>>(r, at + 5)?.map(id).transpose()?,
        created: get(r, at + 6)?,
        used: get(r, at + 7)?,
        idle: get(r, at + 8)?,
        detail: get(r, at + 9)?,
    })
}

fn vault(r: &Row) -> Result<VaultRow> {
    Ok(VaultRow {
        tenant: get(r, 0)?,
        kind: get(r, 1)?,
        key: hash(get(r, 2)?)?,
        expires: get(r, 3)?,
        payload: get(r, 4)?,
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
            tokens AS (DELETE FROM token WHERE account IN (SELECT id FROM gone)), \
            kept AS (DELETE FROM vault WHERE tenant = $1) DELETE FROM tenant WHERE name = $1";
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

    async fn account_by_id(&self, id: Uuid) -> Result<Option<AccountRow>> {
        const SQL: &str = "SELECT id, tenant, name, roles, practitioner, disabled FROM account WHERE id = $1";
        let id = id.as_bytes().as_slice();
        self.pool.query_one(Read::Short, SQL, &[&id]).await?.as_ref().map(account).transpose()
    }

    async fn token_put(&self, row: &TokenRow) -> Result<()> {
        const SQL: &str = "INSERT INTO token (hash, account, purpose, expires, kind, family, created, used, idle, detail) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (hash) DO UPDATE SET account = $2, \
            purpose = $3, expires = $4, kind = $5, family = $6, created = $7, used = $8, idle = $9, detail = $10";
        let (hash, id) = (row.hash.as_slice(), row.account.as_bytes().as_slice());
        let family = row.family.map(|f| f.as_bytes().to_vec());
        let TokenRow { purpose, expires, kind, created, used, idle, detail, .. } = row;
        self.pool
            .execute(SQL, &[&hash, &id, purpose, expires, kind, &family, created, used, idle, detail])
            .await
            .map(drop)
    }

    async fn token(&self, hash: &[u8; 32]) -> Result<Option<(TokenRow, AccountRow)>> {
        const SQL: &str = "SELECT a.id, a.tenant, a.name, a.roles, a.practitioner, a.disabled, k.hash, k.account, \
            k.purpose, k.expires, k.kind, k.family, k.created, k.used, k.idle, k.detail \
            FROM token k JOIN account a ON a.id = k.account WHERE k.hash = $1";
        let Some(row) = self.pool.query_one(Read::Short, SQL, &[&hash.as_slice()]).await? else {
            return Ok(None);
        };
        Ok(Some((token(&row, 6)?, account(&row)?)))
    }

    async fn token_remove(&self, hash: &[u8; 32]) -> Result<()> {
        self.pool.execute("DELETE FROM token WHERE hash = $1", &[&hash.as_slice()]).await.map(drop)
    }

    async fn tokens_of(&self, account: Uuid) -> Result<Vec<TokenRow>> {
        self.tokens("account", account).await
    }

    async fn tokens_in(&self, family: Uuid) -> Result<Vec<TokenRow>> {
        self.tokens("family", family).await
    }

    async fn token_swap(&self, hash: &[u8; 32], old: &[u8], new: &[u8]) -> Result<bool> {
        let sql = "UPDATE token SET detail = $3 WHERE hash = $1 AND detail = $2";
        Ok(self.pool.execute(sql, &[&hash.as_slice(), &old, &new]).await? == 1)
    }

    async fn token_touch(&self, hash: &[u8; 32], used: i64) -> Result<()> {
        let sql = "UPDATE token SET used = $2 WHERE hash = $1";
        self.pool.execute(sql, &[&hash.as_slice(), &used]).await.map(drop)
    }

    async fn family_remove(&self, family: Uuid) -> Result<()> {
        let family = family.as_bytes().as_slice();
        self.pool.execute("DELETE FROM token WHERE family = $1", &[&family]).await.map(drop)
    }

    async fn vault_put(&self, row: &VaultRow) -> Result<()> {
        const SQL: &str = "INSERT INTO vault (tenant, kind, key, expires, payload) VALUES ($1, $2, $3, $4, $5) \
            ON CONFLICT (tenant, kind, key) DO UPDATE SET expires = $4, payload = $5";
        let VaultRow { tenant, kind, key, expires, payload } = row;
        self.pool.execute(SQL, &[tenant, kind, &key.as_slice(), expires, payload]).await.map(drop)
    }

    async fn vault_add(&self, row: &VaultRow, now: i64) -> Result<bool> {
        const SQL: &str = "INSERT INTO vault (tenant, kind, key, expires, payload) VALUES ($1, $2, $3, $4, $5) \
            ON CONFLICT (tenant, kind, key) DO UPDATE SET expires = $4, payload = $5 WHERE vault.expires <= $6";
        let VaultRow { tenant, kind, key, expires, payload } = row;
        let values: &[&(dyn tokio_postgres::types::ToSql + Sync)] =
            &[tenant, kind, &key.as_slice(), expires, payload, &now];
        Ok(self.pool.execute(SQL, values).await? == 1)
    }

    async fn vault(&self, tenant: &str, kind: &str, key: &[u8; 32]) -> Result<Option<VaultRow>> {
        const SQL: &str = "SELECT tenant, kind, key, expires, payload FROM vault \
            WHERE tenant = $1 AND kind = $2 AND key = $3";
        let found = self.pool.query_one(Read::Short, SQL, &[&tenant, &kind, &key.as_slice()]).await?;
        found.as_ref().map(vault).transpose()
    }

    async fn vault_take(&self, tenant: &str, kind: &str, key: &[u8; 32]) -> Result<Option<VaultRow>> {
        const SQL: &str = "DELETE FROM vault WHERE tenant = $1 AND kind = $2 AND key = $3 \
            RETURNING tenant, kind, key, expires, payload";
        let found = self.pool.query_once(SQL, &[&tenant, &kind, &key.as_slice()]).await?;
        found.first().map(vault).transpose()
    }

    async fn vault_swap(&self, old: &[u8], row: &VaultRow) -> Result<bool> {
        const SQL: &str = "UPDATE vault SET expires = $4, payload = $5 \
            WHERE tenant = $1 AND kind = $2 AND key = $3 AND payload = $6";
        let VaultRow { tenant, kind, key, expires, payload } = row;
        let values: &[&(dyn tokio_postgres::types::ToSql + Sync)] =
            &[tenant, kind, &key.as_slice(), expires, payload, &old];
        Ok(self.pool.execute(SQL, values).await? == 1)
    }

    async fn vault_list(&self, tenant: &str, kind: &str) -> Result<Vec<VaultRow>> {
        const SQL: &str = "SELECT tenant, kind, key, expires, payload FROM vault \
            WHERE tenant = $1 AND kind = $2 ORDER BY key";
        self.pool.query(Read::Short, SQL, &[&tenant, &kind]).await?.iter().map(vault).collect()
    }

    async fn sweep(&self, now: i64) -> Result<()> {
        let over = "DELETE FROM token WHERE expires <= $1 OR (idle > 0 AND used + idle <= $1)";
        self.pool.execute(over, &[&now]).await?;
        self.pool.execute("DELETE FROM vault WHERE expires <= $1", &[&now]).await.map(drop)
    }
}
