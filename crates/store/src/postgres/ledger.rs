//! The audit log of a tenant, as the ledger's storage. All nodes append to it: who holds the row of the log's
//! size gives the next places, so the log has no gap and its order is that of the commits.

use super::blocking::wait;
use super::connection::Params;
use super::pool::{Pool, Read};
use super::read::get;
use ledger::{Error, Hash, Result, Storage};
use std::ops::ControlFlow;
use tokio::runtime::Handle;
use tokio_postgres::Row;

/// Hashes a tile.
const TILE: u64 = 256;
const HASH_BYTES: usize = size_of::<Hash>();
const SCAN_ROWS: i64 = 1000;

pub struct PostgresStorage {
    pool: Pool,
    handle: Handle,
}

impl PostgresStorage {
    pub(super) fn new(pool: Pool, handle: Handle) -> PostgresStorage {
        PostgresStorage { pool, handle }
    }

    fn query(&self, sql: &str, params: Params<'_>) -> Result<Vec<Row>> {
        wait(&self.handle, self.pool.query(Read::Long, sql, params)).map_err(storage)
    }
}

fn first_number(rows: &[Row]) -> Result<u64> {
    let row = rows.first().ok_or_else(|| Error::Storage("the row of the log's size is missing".into()))?;
    Ok(get::<i64>(row, 0).map_err(storage)? as u64)
}

fn storage(error: crate::Error) -> Error {
    Error::Storage(error.to_string())
}

impl Storage for PostgresStorage {
    fn size(&self) -> Result<u64> {
        first_number(&self.query("SELECT size FROM log", &[])?)
    }

    /// Never tried again here: what was stored though the answer was lost is found by the log itself.
    fn append(&self, entries: &[Vec<u8>], _leaves: &[Hash]) -> Result<u64> {
        const SQL: &str = "WITH place AS (UPDATE log SET size = size + cardinality($1::bytea[]) \
            RETURNING size - cardinality($1::bytea[]) AS first), \
            put AS (INSERT INTO entry (seq, entry) SELECT place.first + e.n - 1, e.entry \
            FROM place CROSS JOIN unnest($1::bytea[]) WITH ORDINALITY AS e(entry, n)) \
            SELECT first FROM place";
        if entries.is_empty() {
            return self.size();
        }
        let rows = wait(&self.handle, self.pool.query_once(SQL, &[&entries])).map_err(storage)?;
        first_number(&rows)
    }

    fn scan(&self, from: u64, visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) -> Result<()> {
        const SQL: &str = "SELECT seq, entry FROM entry WHERE seq >= $1 ORDER BY seq LIMIT $2";
        let mut from = from as i64;
        loop {
            let rows = self.query(SQL, &[&from, &SCAN_ROWS])?;
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
        const SQL: &str =
            "SELECT tile, hashes FROM tile WHERE level = $1 AND tile BETWEEN $2 AND $3 ORDER BY tile";
        if count == 0 {
            return Ok(Vec::new());
        }
        let end = first.saturating_add(count as u64);
        let (from, to) = ((first / TILE) as i64, ((end - 1) / TILE) as i64);
        let mut found = Vec::with_capacity(count.min(1 << 16));
        let mut next = first;
        for row in self.query(SQL, &[&i64::from(level), &from, &to])? {
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
        const SQL: &str = "INSERT INTO tile AS old (level, tile, hashes) \
            SELECT $1, $2, $4 WHERE $3 = 0 OR EXISTS (SELECT FROM tile WHERE level = $1 AND tile = $2) \
            ON CONFLICT (level, tile) DO UPDATE \
            SET hashes = overlay(old.hashes PLACING $4::bytea FROM $3::int + 1 FOR octet_length($4)) \
            WHERE octet_length(old.hashes) >= $3";
        let mut at = first;
        let mut rest = hashes;
        while !rest.is_empty() {
            let offset = at % TILE;
            let (now, later) = rest.split_at(rest.len().min((TILE - offset) as usize));
            let bytes: Vec<u8> = now.iter().flatten().copied().collect();
            let (tile, level, offset) =
                ((at / TILE) as i64, i64::from(level), offset as i32 * HASH_BYTES as i32);
            let params: Params<'_> = &[&level, &tile, &offset, &bytes];
            if wait(&self.handle, self.pool.execute(SQL, params)).map_err(storage)? == 0 {
                return Err(Error::Range);
            }
            at += now.len() as u64;
            rest = later;
        }
        Ok(())
    }

    fn checkpoint(&self) -> Result<Option<String>> {
        let rows = self.query("SELECT note FROM checkpoint ORDER BY size DESC, n DESC LIMIT 1", &[])?;
        rows.first().map(|row| get(row, 0).map_err(storage)).transpose()
    }

    /// Keeps the newest 256 and one in 256 of the older ones.
    fn checkpoint_put(&self, size: u64, note: &str) -> Result<()> {
        const SQL: &str = "WITH newest AS (SELECT coalesce(max(n), 0) AS n, coalesce(max(size), 0) AS size \
            FROM checkpoint), thinned AS (DELETE FROM checkpoint c USING newest \
            WHERE c.n < newest.n - 256 AND c.n % 256 <> 0) \
            INSERT INTO checkpoint (size, note) SELECT $1, $2 FROM newest WHERE newest.size <= $1";
        let size = size as i64;
        wait(&self.handle, self.pool.execute(SQL, &[&size, &note])).map(drop).map_err(storage)
    }

    fn checkpoints(&self) -> Result<Vec<String>> {
        let rows = self.query("SELECT note FROM checkpoint ORDER BY n", &[])?;
        rows.iter().map(|row| get(row, 0).map_err(storage)).collect()
    }

    fn shared(&self) -> bool {
        true
    }
}
