//! `hub.db`: tenants, accounts, tokens.

use super::{connection, db};
use crate::error::Result;
use crate::registry::{AccountRow, Registry, TenantRow, TokenRow, VaultRow};
use async_trait::async_trait;
use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension, Row};
use std::path::Path;
use uuid::Uuid;

const MIGRATIONS: &[&str] = &[include_str!("hub_1.sql"), include_str!("hub_2.sql")];

pub struct SqliteRegistry {
    connection: Mutex<Connection>,
}

impl SqliteRegistry {
    /// Opens or creates the file.
    ///
    /// # Errors
    /// `Unavailable` when it cannot be opened or is newer than the program.
    pub fn open(path: &Path) -> Result<SqliteRegistry> {
        let mut writer = connection::open_writer(path)?;
        connection::migrate(&mut writer, path, MIGRATIONS)?;
        Ok(SqliteRegistry { connection: Mutex::new(writer) })
    }

    /// A consistent copy of the file.
    ///
    /// # Errors
    /// `Unavailable` when it cannot be written.
    pub fn copy_to(&self, to: &Path) -> Result<()> {
        connection::copy(&self.connection.lock(), to)
    }

    fn tokens(&self, condition: &str, id: Uuid) -> Result<Vec<TokenRow>> {
        let connection = self.connection.lock();
        let sql = format!("{TOKEN} WHERE {condition} ORDER BY created DESC");
        let mut statement = connection.prepare_cached(&sql).map_err(db)?;
        let rows = statement.query_map([id.into_bytes()], token).map_err(db)?;
        rows.collect::<rusqlite::Result<_>>().map_err(db)
    }
}

fn tenant(r: &Row<'_>) -> rusqlite::Result<TenantRow> {
    Ok(TenantRow {
        name: r.get(0)?,
        title: r.get(1)?,
        host: r.get(2)?,
        suspended: r.get(3)?,
        created: r.get(4)?,
        keys: r.get(5)?,
    })
}

fn account(r: &Row<'_>) -> rusqlite::Result<AccountRow> {
    Ok(AccountRow {
        id: Uuid::from_bytes(r.get(0)?),
        tenant: r.get(1)?,
        name: r.get(2)?,
        roles: r.get(3)?,
        practitioner: r.get(4)?,
        disabled: r.get(5)?,
    })
}

fn token(r: &Row<'_>) -> rusqlite::Result<TokenRow> {
    Ok(TokenRow {
        hash: r.get(0)?,
        account: Uuid::from_bytes(r.get(1)?),
        purpose: r.get(2)?,
        expires: r.get(3)?,
        kind: r.get(4)?,
        family: r.get::<_, Option<[u8; 16]>>(5)?.map(Uuid::from_bytes),
        created: r.get(6)?,
        used: r.get(7)?,
        idle: r.get(8)?,
        detail: r.get(9)?,
    })
}

fn vault(r: &Row<'_>) -> rusqlite::Result<VaultRow> {
    Ok(VaultRow {
        tenant: r.get(0)?,
        kind: r.get(1)?,
        key: r.get(2)?,
        expires: r.get(3)?,
        payload: r.get(4)?,
    })
}

const TOKEN: &str =
    "SELECT hash, account, purpose, expires, kind, family, created, used, idle, detail FROM token";
const VAULT: &str = "SELECT tenant, kind, key, expires, payload FROM vault";
const TENANT: &str = "SELECT name, title, host, suspended, created, keys FROM tenant";
const ACCOUNT: &str = "SELECT id, tenant, name, roles, practitioner, disabled FROM account";

#[async_trait]
impl Registry for SqliteRegistry {
    async fn tenants(&self) -> Result<Vec<TenantRow>> {
        let connection = self.connection.lock();
        let mut statement = connection.prepare_cached(&format!("{TENANT} ORDER BY name")).map_err(db)?;
        let rows = statement.query_map([], tenant).map_err(db)?;
        rows.collect::<rusqlite::Result<_>>().map_err(db)
    }

    async fn tenant(&self, name: &str) -> Result<Option<TenantRow>> {
        let connection = self.connection.lock();
        let sql = format!("{TENANT} WHERE name=?1");
        connection.query_row(&sql, [name], tenant).optional().map_err(db)
    }

    async fn tenant_by_host(&self, host: &str) -> Result<Option<String>> {
        let connection = self.connection.lock();
        let sql = "SELECT name FROM tenant WHERE host=?1";
        connection.query_row(sql, [host], |r| r.get(0)).optional().map_err(db)
    }

    async fn tenant_put(&self, row: &TenantRow) -> Result<()> {
        let sql = "INSERT INTO tenant(name, title, host, suspended, created, keys) VALUES (?1,?2,?3,?4,?5,?6) \
            ON CONFLICT(name) DO UPDATE SET title=?2, host=?3, suspended=?4, keys=?6";
        let values = (&row.name, &row.title, &row.host, row.suspended, row.created, &row.keys);
        self.connection.lock().execute(sql, values).map(drop).map_err(db)
    }

    async fn tenant_remove(&self, name: &str) -> Result<()> {
        let mut connection = self.connection.lock();
        let transaction = connection.transaction().map_err(db)?;
        let tokens = "DELETE FROM token WHERE account IN (SELECT id FROM account WHERE tenant=?1)";
        let vault = "DELETE FROM vault WHERE tenant=?1";
        for sql in [tokens, vault, "DELETE FROM account WHERE tenant=?1", "DELETE FROM tenant WHERE name=?1"]
        {
            transaction.execute(sql, [name]).map_err(db)?;
        }
        transaction.commit().map_err(db)
    }

    async fn accounts(&self, tenant: &str) -> Result<Vec<AccountRow>> {
        let connection = self.connection.lock();
        let mut statement =
            connection.prepare_cached(&format!("{ACCOUNT} WHERE tenant=?1 ORDER BY name")).map_err(db)?;
        let rows = statement.query_map([tenant], account).map_err(db)?;
        rows.collect::<rusqlite::Result<_>>().map_err(db)
    }

    async fn account(&self, tenant: &str, name: &str) -> Result<Option<AccountRow>> {
        let connection = self.connection.lock();
        let sql = format!("{ACCOUNT} WHERE tenant=?1 AND name=?2");
        connection.query_row(&sql, [tenant, name], account).optional().map_err(db)
    }

    async fn account_put(&self, row: &AccountRow) -> Result<()> {
        let sql = "INSERT INTO account(id, tenant, name, roles, practitioner, disabled) VALUES (?1,?2,?3,?4,?5,?6) \
            ON CONFLICT(id) DO UPDATE SET roles=?4, practitioner=?5, disabled=?6";
        let id = row.id.into_bytes();
        let values = (id, &row.tenant, &row.name, &row.roles, &row.practitioner, row.disabled);
        self.connection.lock().execute(sql, values).map(drop).map_err(db)
    }

    async fn account_by_id(&self, id: Uuid) -> Result<Option<AccountRow>> {
        let sql = format!("{ACCOUNT} WHERE id=?1");
        self.connection.lock().query_row(&sql, [id.into_bytes()], account).optional().map_err(db)
    }

    async fn token_put(&self, row: &TokenRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO token(hash, account, purpose, expires, kind, family, created, used, idle, detail) \
            VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";
        let values = (
            row.hash,
            row.account.into_bytes(),
            &row.purpose,
            row.expires,
            &row.kind,
            row.family.map(Uuid::into_bytes),
            row.created,
            row.used,
            row.idle,
            &row.detail,
        );
        self.connection.lock().execute(sql, values).map(drop).map_err(db)
    }

    async fn token(&self, hash: &[u8; 32]) -> Result<Option<(TokenRow, AccountRow)>> {
        let connection = self.connection.lock();
        let sql = format!("{TOKEN} WHERE hash=?1");
        let Some(token) = connection.query_row(&sql, [hash], token).optional().map_err(db)? else {
            return Ok(None);
        };
        let sql = format!("{ACCOUNT} WHERE id=?1");
        let found =
            connection.query_row(&sql, [token.account.into_bytes()], account).optional().map_err(db)?;
        Ok(found.map(|account| (token, account)))
    }

    async fn token_remove(&self, hash: &[u8; 32]) -> Result<()> {
        self.connection.lock().execute("DELETE FROM token WHERE hash=?1", [hash]).map(drop).map_err(db)
    }

    async fn tokens_of(&self, account: Uuid) -> Result<Vec<TokenRow>> {
        self.tokens("account=?1", account)
    }

    async fn tokens_in(&self, family: Uuid) -> Result<Vec<TokenRow>> {
        self.tokens("family=?1", family)
    }

    async fn token_swap(&self, hash: &[u8; 32], old: &[u8], new: &[u8]) -> Result<bool> {
        let sql = "UPDATE token SET detail=?3 WHERE hash=?1 AND detail=?2";
        self.connection.lock().execute(sql, (hash, old, new)).map(|n| n == 1).map_err(db)
    }

    async fn token_touch(&self, hash: &[u8; 32], used: i64) -> Result<()> {
        let sql = "UPDATE token SET used=?2 WHERE hash=?1";
        self.connection.lock().execute(sql, (hash, used)).map(drop).map_err(db)
    }

    async fn family_remove(&self, family: Uuid) -> Result<()> {
        let sql = "DELETE FROM token WHERE family=?1";
        self.connection.lock().execute(sql, [family.into_bytes()]).map(drop).map_err(db)
    }

    async fn vault_put(&self, row: &VaultRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO vault(tenant, kind, key, expires, payload) VALUES (?1,?2,?3,?4,?5)";
        let values = (&row.tenant, &row.kind, row.key, row.expires, &row.payload);
        self.connection.lock().execute(sql, values).map(drop).map_err(db)
    }

    async fn vault_add(&self, row: &VaultRow, now: i64) -> Result<bool> {
        let sql = "INSERT INTO vault(tenant, kind, key, expires, payload) VALUES (?1,?2,?3,?4,?5) \
            ON CONFLICT DO UPDATE SET expires=?4, payload=?5 WHERE vault.expires<=?6";
        let values = (&row.tenant, &row.kind, row.key, row.expires, &row.payload, now);
        self.connection.lock().execute(sql, values).map(|n| n == 1).map_err(db)
    }

    async fn vault(&self, tenant: &str, kind: &str, key: &[u8; 32]) -> Result<Option<VaultRow>> {
        let sql = format!("{VAULT} WHERE tenant=?1 AND kind=?2 AND key=?3");
        self.connection.lock().query_row(&sql, (tenant, kind, key), vault).optional().map_err(db)
    }

    async fn vault_take(&self, tenant: &str, kind: &str, key: &[u8; 32]) -> Result<Option<VaultRow>> {
        let sql = "DELETE FROM vault WHERE tenant=?1 AND kind=?2 AND key=?3 \
            RETURNING tenant, kind, key, expires, payload";
        self.connection.lock().query_row(sql, (tenant, kind, key), vault).optional().map_err(db)
    }

    async fn vault_swap(&self, old: &[u8], row: &VaultRow) -> Result<bool> {
        let sql =
            "UPDATE vault SET expires=?4, payload=?5 WHERE tenant=?1 AND kind=?2 AND key=?3 AND payload=?6";
        let values = (&row.tenant, &row.kind, row.key, row.expires, &row.payload, old);
        self.connection.lock().execute(sql, values).map(|n| n == 1).map_err(db)
    }

    async fn vault_list(&self, tenant: &str, kind: &str) -> Result<Vec<VaultRow>> {
        let connection = self.connection.lock();
        let sql = format!("{VAULT} WHERE tenant=?1 AND kind=?2 ORDER BY key");
        let mut statement = connection.prepare_cached(&sql).map_err(db)?;
        let rows = statement.query_map([tenant, kind], vault).map_err(db)?;
        rows.collect::<rusqlite::Result<_>>().map_err(db)
    }

    async fn sweep(&self, now: i64) -> Result<()> {
        let connection = self.connection.lock();
        let over = "DELETE FROM token WHERE expires<=?1 OR (idle>0 AND used+idle<=?1)";
        connection.execute(over, [now]).map_err(db)?;
        connection.execute("DELETE FROM vault WHERE expires<=?1", [now]).map(drop).map_err(db)
    }
}
