//! One connection: how it is set up, and its prepared statements.

use super::failure::db;
use super::server::Server;
use crate::error::{Error, Result};
use parking_lot::Mutex;
use std::collections::HashMap;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Row, Statement};

/// When more texts than this have been prepared, all are dropped; searches come in some hundred shapes.
const STATEMENTS_MAX: usize = 512;

/// Settings of every session. Plans are made once and are always index scans in nested loops: the queries are
/// written for that, keys are hashes without useful statistics, and planning would cost more than running.
const SETTINGS: &str = "SET jit = off; SET synchronous_commit = on; SET client_min_messages = warning; \
    SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off; \
    SET enable_hashjoin = off; SET enable_mergejoin = off; SET random_page_cost = 1.1; \
    SET join_collapse_limit = 1; \
    SET enable_material = off; SET max_parallel_workers_per_gather = 0; SET statement_timeout = '60s'; SET lock_timeout = '20s'; \
    SET idle_in_transaction_session_timeout = '60s';";

/// What a statement brings, with the database's own error.
pub(super) type Sql<T> = std::result::Result<T, tokio_postgres::Error>;
pub(super) type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// Several callers may use it at once: their requests are sent one after the other without waiting.
pub(super) struct Connection {
    pub client: Client,
    statements: Mutex<HashMap<Box<str>, Statement>>,
}

impl Connection {
    /// Connects, with this schema (and no other) as the place of unqualified names.
    pub async fn open(server: &Server, schema: &str) -> Result<Connection> {
        let client = server.client().await?;
        let settings = format!("{SETTINGS} SET search_path = {};", quoted(schema)?);
        client.batch_execute(&settings).await.map_err(db)?;
        Ok(Connection { client, statements: Mutex::new(HashMap::new()) })
    }

    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Prepares a text once; `types` are those of its first arguments, where they cannot be told from the text.
    pub async fn statement(&self, sql: &str, types: &[Type]) -> Sql<Statement> {
        if let Some(found) = self.statements.lock().get(sql) {
            return Ok(found.clone());
        }
        let statement = self.client.prepare_typed(sql, types).await?;
        let mut statements = self.statements.lock();
        if statements.len() >= STATEMENTS_MAX {
            statements.clear();
        }
        statements.insert(sql.into(), statement.clone());
        Ok(statement)
    }

    pub async fn query(&self, sql: &str, params: Params<'_>) -> Sql<Vec<Row>> {
        let statement = self.statement(sql, &[]).await?;
        self.client.query(&statement, params).await
    }

    pub async fn execute(&self, sql: &str, params: Params<'_>) -> Sql<u64> {
        let statement = self.statement(sql, &[]).await?;
        self.client.execute(&statement, params).await
    }
}

/// A schema's name, quoted.
///
/// # Errors
/// `Unavailable` when it is not made of `[a-z0-9_-]`, at most 63 of them: it must not carry SQL.
pub(super) fn quoted(schema: &str) -> Result<String> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    if schema.is_empty() || schema.len() > 63 || !schema.bytes().all(plain) {
        return Err(Error::Unavailable("the tenant's name is no name of a PostgreSQL schema".into()));
    }
    Ok(format!("\"{schema}\""))
}
