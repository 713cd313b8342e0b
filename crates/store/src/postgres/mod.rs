//! The shared store: one PostgreSQL schema a tenant, several nodes.
//!
//! A node writes while it holds the tenant's head row (`tx`), so `t` and `vid` are commit-ordered; a commit
//! group is a handful of statements over arrays (`append`). Readers share connections (`pool`); other nodes
//! hear of a commit by `NOTIFY` (`listen`).
//!
//! A server on another machine must speak TLS 1.3 with a certificate that we can verify (`address`).

mod address;
mod append;
mod blocking;
mod connection;
mod failure;
mod keyring;
mod ledger;
mod listen;
mod migrate;
mod pool;
mod read;
mod registry;
mod select;
mod server;
mod sweep;
mod top;
mod tx;

pub use ledger::PostgresStorage;

use crate::backend::{Backend, FeedRow, Head, HistoryQuery, Hit, Newest, Parked, Row, Select, Top, Tx};
use crate::error::Result;
use crate::registry::Registry;
use address::Address;
use async_trait::async_trait;
use connection::{Connection, quoted};
use failure::db;
use parking_lot::Mutex;
use pool::{Pool, Read};
use server::Server;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::watch;

/// Ordered steps of each schema; each runs once, in its own transaction. Never edit one that was released.
const TENANT_STEPS: &[&str] = &[include_str!("schema_1.sql")];
const KEYRING_STEPS: &[&str] = &[include_str!("keyring_1.sql")];
const LEDGER_STEPS: &[&str] = &[include_str!("ledger_1.sql")];
const HUB_STEPS: &[&str] = &[include_str!("hub_1.sql"), include_str!("hub_2.sql")];
const HUB_SCHEMA: &str = "medhub";
/// Connections for longer reads: of a tenant's data, and of everything else.
const LENT_DATA: usize = 6;
const LENT_FEW: usize = 3;

/// A database that holds the hub's tenants.
pub struct Cluster {
    server: Server,
    grown: Mutex<HashMap<String, watch::Sender<i64>>>,
}

impl Cluster {
    /// Reads `postgres://user@host/database?…` (or `host=… dbname=…`) and starts to listen.
    ///
    /// # Errors
    /// `Unavailable` when the address cannot be read or the database not be reached.
    pub async fn connect(url: &str) -> Result<Arc<Cluster>> {
        let address = Address::read(url)?;
        let server = Server::new(address.clone())?;
        migrate::migrate(&server, HUB_SCHEMA, HUB_STEPS).await?;
        let cluster = Arc::new(Cluster { server, grown: Mutex::default() });
        cluster.server.handle().spawn(listen::run(Arc::downgrade(&cluster), address));
        Ok(cluster)
    }

    /// The registry of tenants, accounts and tokens.
    pub fn registry(&self) -> Arc<dyn Registry> {
        Arc::new(registry::PostgresRegistry::new(Pool::new(self.server.clone(), HUB_SCHEMA.into(), LENT_FEW)))
    }

    /// Opens or creates the schemas `t_<name>` and `k_<name>` of a tenant.
    ///
    /// # Errors
    /// `Unavailable` when the database cannot be reached or the schema is newer than the program.
    pub async fn backend(self: &Arc<Self>, name: &str) -> Result<Arc<dyn Backend>> {
        let (data, keys) = (format!("t_{name}"), format!("k_{name}"));
        migrate::migrate(&self.server, &data, TENANT_STEPS).await?;
        migrate::migrate(&self.server, &keys, KEYRING_STEPS).await?;
        let grown = self.grown.lock().entry(data.clone()).or_insert_with(|| watch::Sender::new(0)).clone();
        Ok(Arc::new(Postgres {
            pool: Pool::new(self.server.clone(), data, LENT_DATA),
            keyring: Pool::new(self.server.clone(), keys, LENT_FEW),
            writer: tokio::sync::Mutex::new(None),
            handle: self.server.handle().clone(),
            grown,
            top: top::SharedTop::default(),
            _cluster: self.clone(),
        }))
    }

    /// The audit log of a tenant, in the schema `a_<name>`; all nodes share it. `node` names this one in the
    /// server's list of connections.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn ledger(&self, name: &str, node: &str) -> Result<PostgresStorage> {
        let schema = format!("a_{name}");
        migrate::migrate(&self.server, &schema, LEDGER_STEPS).await?;
        let server = self.server.named(format!("medhub audit {node}"));
        let handle = server.handle().clone();
        Ok(PostgresStorage::new(Pool::new(server, schema, LENT_FEW), handle))
    }

    /// Removes a tenant's schemas with all they hold.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn destroy(&self, name: &str) -> Result<()> {
        let (data, keys, audit) = (format!("t_{name}"), format!("k_{name}"), format!("a_{name}"));
        let client = self.server.client().await?;
        for schema in [&keys, &data, &audit] {
            let sql = format!(
                "SET client_min_messages = warning; SET lock_timeout = '20s'; DROP SCHEMA IF EXISTS {} CASCADE",
                quoted(schema)?
            );
            client.batch_execute(&sql).await.map_err(db)?;
        }
        self.grown.lock().remove(&data);
        Ok(())
    }

    /// A node has committed up to this version.
    fn heard(&self, schema: &str, vid: i64) {
        if let Some(grown) = self.grown.lock().get(schema) {
            grow(grown, vid);
        }
    }
}

fn grow(grown: &watch::Sender<i64>, vid: i64) {
    grown.send_if_modified(|top| {
        let grows = *top < vid;
        *top = vid.max(*top);
        grows
    });
}

/// One tenant: a schema for sealed rows and indexes, and one for wrapped data keys.
pub struct Postgres {
    pool: Pool,
    keyring: Pool,
    writer: tokio::sync::Mutex<Option<Arc<Connection>>>,
    handle: Handle,
    grown: watch::Sender<i64>,
    top: top::SharedTop,
    /// Keeps the listener alive.
    _cluster: Arc<Cluster>,
}

#[async_trait]
impl Backend for Postgres {
    async fn current(&self, kind: u16, id: &str) -> Result<Option<Row>> {
        read::current(&self.pool, kind, id).await
    }

    async fn current_many(&self, names: &[(u16, String)]) -> Result<Vec<Row>> {
        read::current_many(&self.pool, names).await
    }

    async fn version(&self, kind: u16, id: &str, version: u64) -> Result<Option<Row>> {
        read::version(&self.pool, kind, id, version).await
    }

    async fn rows(&self, vids: &[i64]) -> Result<Vec<Row>> {
        read::rows(&self.pool, vids).await
    }

    async fn names(&self, vids: &[i64]) -> Result<Vec<(u16, String, i64)>> {
        read::names(&self.pool, vids).await
    }

    async fn heads(&self, rids: &[i64]) -> Result<Vec<Head>> {
        read::heads(&self.pool, rids).await
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Row>> {
        read::history(&self.pool, query).await
    }

    async fn history_count(&self, query: &HistoryQuery) -> Result<u64> {
        read::history_count(&self.pool, query).await
    }

    async fn select(&self, select: &Select) -> Result<Vec<Hit>> {
        self.pool.run(Read::Long, |connection| async move { select::hits(&connection, select).await }).await
    }

    async fn count(&self, select: &Select) -> Result<i64> {
        self.pool.run(Read::Long, |connection| async move { select::count(&connection, select).await }).await
    }

    async fn feed(&self, after: i64, limit: usize) -> Result<Vec<FeedRow>> {
        read::feed(&self.pool, after, limit).await
    }

    async fn top(&self) -> Result<Top> {
        Ok(self.top.ask(&self.pool).await?.0)
    }

    async fn newest_elsewhere(&self) -> Result<Option<Newest>> {
        Ok(Some(self.top.ask(&self.pool).await?.1))
    }

    async fn vid_before(&self, at: i64) -> Result<i64> {
        read::vid_before(&self.pool, at).await
    }

    async fn feed_wait(&self, after: i64, timeout_ms: u64) {
        let mut grown = self.grown.subscribe();
        let wait = grown.wait_for(|top| *top > after);
        let _ = tokio::time::timeout(Duration::from_millis(timeout_ms), wait).await;
    }

    async fn cursor(&self, name: &str) -> Result<i64> {
        let found =
            self.pool.query_one(Read::Short, "SELECT vid FROM cursor WHERE name = $1", &[&name]).await?;
        found.map_or(Ok(0), |row| read::get(&row, 0))
    }

    async fn parked(&self) -> Result<Vec<Parked>> {
        read::parked(&self.pool).await
    }

    async fn park(&self, parked: &Parked) -> Result<()> {
        const SQL: &str = "INSERT INTO parked (reaction, vid, attempts, reason, at) VALUES ($1, $2, $3, $4, $5) \
            ON CONFLICT (reaction, vid) DO UPDATE SET attempts = $3, reason = $4, at = $5";
        let Parked { reaction, vid, attempts, reason, at } = parked;
        self.pool.execute(SQL, &[reaction, vid, &i64::from(*attempts), reason, at]).await.map(drop)
    }

    async fn unpark(&self, reaction: &str, vid: i64) -> Result<()> {
        let sql = "DELETE FROM parked WHERE reaction = $1 AND vid = $2";
        self.pool.execute(sql, &[&reaction, &vid]).await.map(drop)
    }

    async fn value(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let found =
            self.pool.query_one(Read::Short, "SELECT value FROM value WHERE name = $1", &[&name]).await?;
        found.map(|row| read::get(&row, 0)).transpose()
    }

    async fn value_set(&self, name: &str, value: &[u8]) -> Result<()> {
        const SQL: &str = "INSERT INTO value (name, value) VALUES ($1, $2) \
            ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.pool.execute(SQL, &[&name, &value]).await.map(drop)
    }

    async fn keyring_get(&self, kid: i64) -> Result<Option<Vec<u8>>> {
        keyring::one(&self.keyring, kid).await
    }

    async fn keyring_add(&self, keys: &[(i64, Vec<u8>)]) -> Result<()> {
        keyring::add(&self.keyring, keys).await
    }

    async fn keyring_top(&self) -> Result<i64> {
        keyring::top(&self.keyring).await
    }

    async fn keyring_destroy(&self, kid: i64) -> Result<()> {
        keyring::destroy(&self.keyring, kid).await
    }

    async fn keyring_page(&self, after: i64, limit: usize) -> Result<Vec<(i64, Vec<u8>)>> {
        keyring::page(&self.keyring, after, limit).await
    }

    async fn keyring_replace(&self, keys: &[(i64, Vec<u8>)]) -> Result<()> {
        keyring::replace(&self.keyring, keys).await
    }

    async fn sweep(&self, before_ms: i64, limit: usize) -> Result<usize> {
        sweep::sweep(&self.pool, before_ms, limit).await
    }

    async fn index_remove(&self, kid: i64) -> Result<usize> {
        sweep::remove_of_key(&self.pool, kid).await
    }

    /// The server keeps its own word: what it could not commit, it has not committed, or says so on the next
    /// connection.
    fn failed_commit_is_fatal(&self) -> bool {
        false
    }

    fn begin(&self) -> Result<Box<dyn Tx + '_>> {
        Ok(Box::new(tx::PostgresTx::begin(self)?))
    }
}
