//! The keyring's schema: wrapped data keys.

use super::failure::db;
use super::pool::{Pool, Read};
use super::read::get;
use crate::error::Result;

pub(super) async fn one(pool: &Pool, kid: i64) -> Result<Option<Vec<u8>>> {
    let found = pool.query_one(Read::Short, "SELECT wrapped FROM key WHERE kid = $1", &[&kid]).await?;
    found.map(|row| get(&row, 0)).transpose()
}

/// Adding a key a second time with the same content (a repeated request) is no error.
pub(super) async fn add(pool: &Pool, keys: &[(i64, Vec<u8>)]) -> Result<()> {
    const SQL: &str = "WITH added AS (INSERT INTO key (kid, wrapped) \
        SELECT * FROM unnest($1::bigint[], $2::bytea[]) RETURNING kid) \
        UPDATE top SET kid = greatest(top.kid, (SELECT max(kid) FROM added))";
    let (kids, wrapped) = columns(keys);
    if kids.is_empty() {
        return Ok(());
    }
    pool.execute(SQL, &[&kids, &wrapped]).await.map(drop)
}

pub(super) async fn replace(pool: &Pool, keys: &[(i64, Vec<u8>)]) -> Result<()> {
    // UPDATE, not upsert: a key destroyed meanwhile must not come back.
    const SQL: &str = "UPDATE key SET wrapped = n.wrapped FROM unnest($1::bigint[], $2::bytea[]) AS n(kid, wrapped) \
        WHERE key.kid = n.kid";
    let (kids, wrapped) = columns(keys);
    pool.execute(SQL, &[&kids, &wrapped]).await.map(drop)
}

pub(super) async fn top(pool: &Pool) -> Result<i64> {
    pool.query_one(Read::Short, "SELECT kid FROM top", &[]).await?.map_or(Ok(0), |row| get(&row, 0))
}

/// Deletes the key and rewrites the table: PostgreSQL leaves a deleted row where it lies, a rewritten table
/// leaves only files that were removed. Copies in the write-ahead log go when its segments are recycled, those
/// in base backups when these are discarded: keep both short for this schema.
pub(super) async fn destroy(pool: &Pool, kid: i64) -> Result<()> {
    pool.execute("DELETE FROM key WHERE kid = $1", &[&kid]).await?;
    let connection = pool.connect().await?;
    connection.client.batch_execute("VACUUM FULL key").await.map_err(db)?;
    connection.client.batch_execute("CHECKPOINT").await.or_else(|error| {
        // Only a superuser or a member of pg_checkpoint may ask for it; the next one comes by itself.
        if error.code().is_some() { Ok(()) } else { Err(db(error)) }
    })
}

pub(super) async fn page(pool: &Pool, after: i64, limit: usize) -> Result<Vec<(i64, Vec<u8>)>> {
    const SQL: &str = "SELECT kid, wrapped FROM key WHERE kid > $1 ORDER BY kid LIMIT $2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let found = pool.query(Read::Long, SQL, &[&after, &limit]).await?;
    found.iter().map(|row| Ok((get(row, 0)?, get(row, 1)?))).collect()
}

fn columns(keys: &[(i64, Vec<u8>)]) -> (Vec<i64>, Vec<&[u8]>) {
    keys.iter().map(|(kid, wrapped)| (*kid, wrapped.as_slice())).unzip()
}
