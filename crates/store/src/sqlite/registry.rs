//! `hub.db`: tenants, accounts, tokens.

use super::{connection, db};
use crate::error::Result;
use crate::registry::{AccountRow, Registry, TenantRow, TokenRow};
use async_trait::async_trait;
use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension, Row};
use std::path::Path;
use uuid::Uuid;

const MIGRATIONS: &[&str] = &[include_str!("hub_1.sql")];

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
        for sql in [tokens, "DELETE FROM account WHERE tenant=?1", "DELETE FROM tenant WHERE name=?1"] {
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

    async fn token_put(&self, row: &TokenRow) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO token(hash, account, purpose, expires) VALUES (?1,?2,?3,?4)";
        let values = (row.hash, row.account.into_bytes(), &row.purpose, row.expires);
        self.connection.lock().execute(sql, values).map(drop).map_err(db)
    }

    async fn token(&self, hash: &[u8; 32]) -> Result<Option<(TokenRow, AccountRow)>> {
        let connection = self.connection.lock();
        let sql = "SELECT a.id, a.tenant, a.name, a.roles, a.practitioner, a.disabled, k.purpose, k.expires \
            FROM token k JOIN account a ON a.id=k.account WHERE k.hash=?1";
        let found = connection.query_row(sql, [hash], |r| {
            let account = account(r)?;
            let token = TokenRow { hash: *hash, account: account.id, purpose: r.get(6)?, expires: r.get(7)? };
            Ok((token, account))
        });
        found.optional().map_err(db)
    }

    async fn token_remove(&self, hash: &[u8; 32]) -> Result<()> {
        self.connection.lock().execute("DELETE FROM token WHERE hash=?1", [hash]).map(drop).map_err(db)
    }
}
