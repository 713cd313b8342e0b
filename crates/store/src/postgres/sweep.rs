//! Removes the index entries of versions superseded long ago.

use super::connection::{Connection, Sql};
use super::failure::db;
use super::pool::Pool;
use super::read::get;
use crate::backend::IndexRows;
use crate::error::{Error, Result};
use std::sync::Arc;

/// Several nodes may sweep at once: each takes rows that no other holds. Returns how many versions were done.
pub(super) async fn sweep(pool: &Pool, before_ms: i64, limit: usize) -> Result<usize> {
    let connection = Arc::new(pool.connect().await?);
    connection.client.batch_execute("BEGIN").await.map_err(db)?;
    // Dropping the connection rolls back.
    let done = sweep_on(&connection, before_ms, limit).await?;
    connection.client.batch_execute("COMMIT").await.map_err(db)?;
    Ok(done)
}

async fn sweep_on(connection: &Connection, before_ms: i64, limit: usize) -> Result<usize> {
    const DUE: &str = "SELECT d.vid, d.by, v.ix FROM dead d JOIN ver v ON v.vid = d.vid WHERE d.at < $1 \
        ORDER BY d.vid LIMIT $2 FOR UPDATE OF d SKIP LOCKED";
    const DEAD: &str = "DELETE FROM dead WHERE vid = ANY($1::bigint[])";
    // Pages as of a snapshot before this one can no longer be shown truthfully.
    const SWEPT: &str = "INSERT INTO cursor (name, vid) VALUES ('swept', $1) \
        ON CONFLICT (name) DO UPDATE SET vid = greatest(cursor.vid, excluded.vid)";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let due = connection.query(DUE, &[&before_ms, &limit]).await.map_err(db)?;
    let mut entries = Entries::default();
    let mut newest = 0i64;
    for row in &due {
        entries.add(get(row, 0)?, get(row, 2)?)?;
        newest = newest.max(get(row, 1)?);
    }
    if due.is_empty() {
        return Ok(0);
    }
    entries.remove(connection).await.map_err(db)?;
    connection.execute(DEAD, &[&entries.vids]).await.map_err(db)?;
    connection.execute(SWEPT, &[&newest]).await.map_err(db)?;
    Ok(due.len())
}

/// Removes the entries of all versions sealed by a data key (an erasure), in portions.
pub(super) async fn remove_of_key(pool: &Pool, kid: i64) -> Result<usize> {
    const FOUND: &str = "SELECT vid, ix FROM ver WHERE kid = $1 AND vid > $2 ORDER BY vid LIMIT 5000";
    let connection = pool.connect().await?;
    // Nothing is indexed by key: an erasure reads all versions once.
    connection.client.batch_execute("SET statement_timeout = 0").await.map_err(db)?;
    let (mut done, mut last) = (0, 0i64);
    loop {
        let found = connection.query(FOUND, &[&kid, &last]).await.map_err(db)?;
        let mut entries = Entries::default();
        for row in &found {
            entries.add(get(row, 0)?, get(row, 1)?)?;
        }
        let Some(newest) = entries.vids.last() else { return Ok(done) };
        last = *newest;
        connection.client.batch_execute("BEGIN").await.map_err(db)?;
        entries.remove(&connection).await.map_err(db)?;
        connection.client.batch_execute("COMMIT").await.map_err(db)?;
        done += found.len();
    }
}

/// Index entries to remove, column by column.
#[derive(Default)]
struct Entries {
    vids: Vec<i64>,
    ix: [Vec<i64>; 3],
    rng: [Vec<i64>; 4],
}

impl Entries {
    fn add(&mut self, vid: i64, encoded: &[u8]) -> Result<()> {
        self.vids.push(vid);
        if encoded.is_empty() {
            return Ok(());
        }
        let rows = IndexRows::decode(encoded)
            .ok_or_else(|| Error::Corrupt(format!("index entries of version {vid}")))?;
        for key in &rows.eq {
            push(&mut self.ix, [*key, rows.time, vid]);
        }
        for range in &rows.ranges {
            push(&mut self.rng, [range.key, range.lo, range.hi, vid]);
        }
        Ok(())
    }

    async fn remove(&self, connection: &Connection) -> Sql<()> {
        const IX: &str = "DELETE FROM ix USING unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS n(key, time, vid) \
            WHERE ix.key = n.key AND ix.time = n.time AND ix.vid = n.vid";
        const RNG: &str = "DELETE FROM rng USING unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) \
            AS n(key, lo, hi, vid) WHERE rng.key = n.key AND rng.lo = n.lo AND rng.hi = n.hi AND rng.vid = n.vid";
        const VER: &str = "UPDATE ver SET ix = ''::bytea WHERE vid = ANY($1::bigint[]) AND ix <> ''::bytea";
        let (ix, rng) = (&self.ix, &self.rng);
        connection.execute(IX, &[&ix[0], &ix[1], &ix[2]]).await?;
        connection.execute(RNG, &[&rng[0], &rng[1], &rng[2], &rng[3]]).await?;
        connection.execute(VER, &[&self.vids]).await.map(drop)
    }
}

fn push<const N: usize>(columns: &mut [Vec<i64>; N], row: [i64; N]) {
    columns.iter_mut().zip(row).for_each(|(column, number)| column.push(number));
}
