//! The audit log of one node, as the ledger's storage. Nodes do not share a log, so appending needs no lock
//! between them; two processes under one name are kept apart by the primary key.

use super::blocking::wait;
use super::connection::Connection;
use super::failure::db;
use super::pool::{Pool, Read};
use super::read::get;
use crate::error::Result as StoreResult;
use ledger::{Error, Hash, Result, Storage};
use parking_lot::Mutex;
use std::ops::ControlFlow;
use std::sync::Arc;
use tokio::runtime::Handle;

/// Hashes a tile.
const TILE: u64 = 256;
const HASH_BYTES: usize = size_of::<Hash>();
const SCAN_ROWS: i64 = 1000;

pub struct PostgresStorage {
    pool: Pool,
    handle: Handle,
    node: i64,
    state: Mutex<State>,
}

struct State {
    /// Entries that were acknowledged.
    size: u64,
    connection: Option<Arc<Connection>>,
    /// An append was lost on its way: it may lie there, unacknowledged.
    unsure: bool,
}

impl PostgresStorage {
    pub(super) async fn open(pool: Pool, node: &str) -> StoreResult<PostgresStorage> {
        const NODE: &str = "WITH made AS (INSERT INTO node (name) VALUES ($1) ON CONFLICT DO NOTHING RETURNING number) \
            SELECT number FROM made UNION ALL SELECT number FROM node WHERE name = $1 LIMIT 1";
        let connection = pool.connect().await?;
        let row = connection.query(NODE, &[&node]).await.map_err(db)?;
        let number: i64 = match row.first() {
            Some(row) => get(row, 0)?,
            None => {
                return Err(crate::Error::Unavailable("the node's log is being created: try again".into()));
            }
        };
        let size = size_of_log(&connection, number).await?;
        let state = State { size, connection: Some(Arc::new(connection)), unsure: false };
        Ok(PostgresStorage { pool, handle: Handle::current(), node: number, state: Mutex::new(state) })
    }

    fn query(&self, sql: &str, params: super::connection::Params<'_>) -> Result<Vec<tokio_postgres::Row>> {
        wait(&self.handle, self.pool.query(Read::Long, sql, params)).map_err(storage)
    }

    /// Appends behind what was acknowledged. What an unsure append may have left there was never
    /// acknowledged and is no part of any checkpoint: it goes first.
    async fn append_on(
        &self,
        connection: &Connection,
        state: &State,
        entries: &[Vec<u8>],
    ) -> StoreResult<()> {
        const CLEAR: &str = "DELETE FROM entry WHERE node = $1 AND seq >= $2";
        const APPEND: &str = "INSERT INTO entry (node, seq, entry) \
            SELECT $1, $2 + n - 1, entry FROM unnest($3::bytea[]) WITH ORDINALITY AS e(entry, n)";
        let first = state.size as i64;
        if state.unsure {
            connection.execute(CLEAR, &[&self.node, &first]).await.map_err(db)?;
        }
        connection.execute(APPEND, &[&self.node, &first, &entries]).await.map(drop).map_err(db)
    }
}

async fn size_of_log(connection: &Connection, node: i64) -> StoreResult<u64> {
    const SQL: &str =
        "SELECT coalesce((SELECT seq + 1 FROM entry WHERE node = $1 ORDER BY seq DESC LIMIT 1), 0)";
    let rows = connection.query(SQL, &[&node]).await.map_err(db)?;
    rows.first().map_or(Ok(0), |row| Ok(get::<i64>(row, 0)? as u64))
}

fn storage(error: crate::Error) -> Error {
    Error::Storage(error.to_string())
}

impl Storage for PostgresStorage {
    fn size(&self) -> Result<u64> {
        Ok(self.state.lock().size)
    }

    fn append(&self, entries: &[Vec<u8>], _leaves: &[Hash]) -> Result<u64> {
        let mut state = self.state.lock();
        let first = state.size;
        if entries.is_empty() {
            return Ok(first);
        }
        let result = wait(&self.handle, async {
            let connection = match state.connection.take().filter(|c| !c.is_closed()) {
                Some(connection) => connection,
                None => Arc::new(self.pool.connect().await?),
            };
            self.append_on(&connection, &state, entries).await.map(|()| connection)
        });
        match result {
            Ok(connection) => {
                state.connection = Some(connection);
                state.unsure = false;
                state.size = first + entries.len() as u64;
                Ok(first)
            }
            Err(error) => {
                state.unsure = true;
                Err(storage(error))
            }
        }
    }

    fn scan(&self, from: u64, visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) -> Result<()> {
        const SQL: &str = "SELECT seq, entry FROM entry WHERE node = $1 AND seq >= $2 ORDER BY seq LIMIT $3";
        let mut from = from as i64;
        loop {
            let rows = self.query(SQL, &[&self.node, &from, &SCAN_ROWS])?;
            for row in &rows {
                let seq: i64 = get(row, 0).map_err(storage)?;
                if visit(seq as u64, get(row, 1).map_err(storage)?).is_break() {
                    return Ok(());
                }
                from = seq + 1;
            }
            if rows.is_empty() {
                return Ok(());
            }
        }
    }

    fn hashes(&self, level: u8, first: u64, count: usize) -> Result<Vec<Hash>> {
        const SQL: &str = "SELECT tile, hashes FROM tile WHERE node = $1 AND level = $2 AND tile BETWEEN $3 AND $4 \
            ORDER BY tile";
        if count == 0 {
            return Ok(Vec::new());
        }
        let end = first.saturating_add(count as u64);
        let (from, to) = ((first / TILE) as i64, ((end - 1) / TILE) as i64);
        let mut found = Vec::with_capacity(count.min(1 << 16));
        let mut next = first;
        for row in self.query(SQL, &[&self.node, &i64::from(level), &from, &to])? {
            let (tile, bytes): (i64, &[u8]) =
                (get(&row, 0).map_err(storage)?, get(&row, 1).map_err(storage)?);
            let start = tile as u64 * TILE;
            for (n, hash) in bytes.chunks_exact(HASH_BYTES).enumerate() {
                // A gap ends what there is.
                if start + n as u64 == next && next < end {
                    found.push(Hash::try_from(hash).map_err(|_| Error::Range)?);
                    next += 1;
                }
            }
        }
        Ok(found)
    }

    fn hashes_put(&self, level: u8, first: u64, hashes: &[Hash]) -> Result<()> {
        const SQL: &str = "INSERT INTO tile AS old (node, level, tile, hashes) \
            SELECT $1, $2, $3, $5 WHERE $4 = 0 OR EXISTS (SELECT FROM tile WHERE node = $1 AND level = $2 AND tile = $3) \
            ON CONFLICT (node, level, tile) DO UPDATE \
            SET hashes = overlay(old.hashes PLACING $5::bytea FROM $4::int + 1 FOR octet_length($5)) \
            WHERE octet_length(old.hashes) >= $4";
        let mut at = first;
        let mut rest = hashes;
        while !rest.is_empty() {
            let offset = at % TILE;
            let (now, later) = rest.split_at(rest.len().min((TILE - offset) as usize));
            let bytes: Vec<u8> = now.iter().flatten().copied().collect();
            let (tile, level, offset) =
                ((at / TILE) as i64, i64::from(level), offset as i32 * HASH_BYTES as i32);
            let params: super::connection::Params<'_> = &[&self.node, &level, &tile, &offset, &bytes];
            if wait(&self.handle, self.pool.execute(SQL, params)).map_err(storage)? == 0 {
                return Err(Error::Range);
            }
            at += now.len() as u64;
            rest = later;
        }
        Ok(())
    }

    fn checkpoint(&self) -> Result<Option<String>> {
        const SQL: &str = "SELECT note FROM checkpoint WHERE node = $1 ORDER BY n DESC LIMIT 1";
        let rows = self.query(SQL, &[&self.node])?;
        rows.first().map(|row| get(row, 0).map_err(storage)).transpose()
    }

    fn checkpoint_put(&self, size: u64, note: &str) -> Result<()> {
        const SQL: &str = "WITH newest AS (SELECT coalesce(max(n), 0) AS n, coalesce(max(size), 0) AS size FROM checkpoint WHERE node = $1), \
            thinned AS (DELETE FROM checkpoint c USING newest WHERE c.node = $1 AND c.n < newest.n - 256 AND c.n % 256 <> 0) \
            INSERT INTO checkpoint (node, n, size, note) SELECT $1, newest.n + 1, $2, $3 FROM newest WHERE newest.size <= $2";
        let size = size as i64;
        wait(&self.handle, self.pool.execute(SQL, &[&self.node, &size, &note])).map(drop).map_err(storage)
    }

    fn checkpoints(&self) -> Result<Vec<String>> {
        const SQL: &str = "SELECT note FROM checkpoint WHERE node = $1 ORDER BY n";
        self.query(SQL, &[&self.node])?.iter().map(|row| get(row, 0).map_err(storage)).collect()
    }
}
