//! The writing transaction, and the sweeper of superseded index entries.

use super::checkpoint::Checkpointer;
use super::{db, read, select};
use crate::backend::{Head, Hit, IndexRows, NewTransaction, NewVersion, Op, Row, Select, Top, Tx};
use crate::error::{Error, Result};
use parking_lot::MutexGuard;
use rusqlite::{CachedStatement, Connection, ErrorCode, TransactionBehavior};
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::watch;

/// A transaction that holds the tenant's write lock until it is committed or dropped.
pub(super) struct SqliteTx<'a> {
    connection: MutexGuard<'a, Connection>,
    grown: &'a watch::Sender<i64>,
    broken: &'a AtomicBool,
    checkpointer: &'a Checkpointer,
    top: i64,
    open: bool,
}

impl<'a> SqliteTx<'a> {
    pub fn begin(
        connection: MutexGuard<'a, Connection>,
        grown: &'a watch::Sender<i64>,
        broken: &'a AtomicBool,
        checkpointer: &'a Checkpointer,
    ) -> Result<Self> {
        run(&connection, "BEGIN IMMEDIATE")?;
        Ok(SqliteTx { connection, grown, broken, checkpointer, top: 0, open: true })
    }
}

impl Drop for SqliteTx<'_> {
    fn drop(&mut self) {
        if self.open {
            let _ = run(&self.connection, "ROLLBACK");
        }
    }
}

fn run(connection: &Connection, sql: &str) -> Result<()> {
    connection.prepare_cached(sql).and_then(|mut s| s.execute([])).map(drop).map_err(db)
}

impl Tx for SqliteTx<'_> {
    fn top(&mut self) -> Result<Top> {
        read::top(&self.connection)
    }

    fn heads(&mut self, names: &[(u16, &str)]) -> Result<Vec<Option<Head>>> {
        read::heads_by_name(&self.connection, names)
    }

    fn rows(&mut self, vids: &[i64]) -> Result<Vec<Row>> {
        read::rows(&self.connection, vids)
    }

    fn select(&mut self, select: &Select) -> Result<Vec<Hit>> {
        select::hits(&self.connection, select)
    }

    fn count(&mut self, select: &Select) -> Result<i64> {
        select::count(&self.connection, select)
    }

    fn vid_before(&mut self, at: i64) -> Result<i64> {
        read::vid_before(&self.connection, at)
    }

    fn append(&mut self, transactions: &[NewTransaction], versions: &[(i64, NewVersion)]) -> Result<()> {
        let mut statements = Statements::prepare(&self.connection)?;
        for transaction in transactions {
            statements.tx.execute((transaction.t, transaction.at, &transaction.audit)).map_err(db)?;
        }
        for group in versions.chunk_by(|a, b| a.0 == b.0) {
            let t = group[0].0;
            for (_, version) in group {
                statements.append(t, version)?;
                self.top = self.top.max(version.vid);
            }
            statements.tx_last.execute((t, self.top)).map_err(db)?;
        }
        Ok(())
    }

    fn cursor_set(&mut self, name: &str, vid: i64) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO cursor(name, vid) VALUES (?1, ?2)";
        self.connection.prepare_cached(sql).and_then(|mut s| s.execute((name, vid))).map(drop).map_err(db)
    }

    fn value(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        read::value(&self.connection, name)
    }

    fn value_set(&mut self, name: &str, value: &[u8]) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO value(name, value) VALUES (?1, ?2)";
        self.connection.prepare_cached(sql).and_then(|mut s| s.execute((name, value))).map(drop).map_err(db)
    }

    fn savepoint(&mut self) -> Result<()> {
        run(&self.connection, "SAVEPOINT job")
    }

    fn savepoint_release(&mut self) -> Result<()> {
        run(&self.connection, "RELEASE job")
    }

    fn savepoint_rollback(&mut self) -> Result<()> {
        run(&self.connection, "ROLLBACK TO job")?;
        run(&self.connection, "RELEASE job")
    }

    fn commit(mut self: Box<Self>) -> Result<()> {
        let done = self.connection.prepare_cached("COMMIT").and_then(|mut s| s.execute([]));
        if let Err(error) = done {
            // A full disk is safe: nothing was written. After a failed fsync nobody knows what was.
            if error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure) {
                self.broken.store(true, Ordering::Release);
            }
            return Err(db(error));
        }
        self.open = false;
        if self.top > 0 {
            self.grown.send_replace(self.top);
        }
        self.checkpointer.committed(&self.connection);
        Ok(())
    }

    fn rollback(self: Box<Self>) {}
}

/// The statements of an append, looked up once a batch.
struct Statements<'c> {
    tx: CachedStatement<'c>,
    tx_last: CachedStatement<'c>,
    res_new: CachedStatement<'c>,
    res_cur: CachedStatement<'c>,
    ver: CachedStatement<'c>,
    dead: CachedStatement<'c>,
    ix: CachedStatement<'c>,
    rng: CachedStatement<'c>,
}

impl<'c> Statements<'c> {
    fn prepare(connection: &'c Connection) -> Result<Self> {
        let get = |sql: &str| connection.prepare_cached(sql).map_err(db);
        Ok(Statements {
            tx: get("INSERT INTO tx(t, at, vid, audit) VALUES (?1,?2,0,?3)")?,
            tx_last: get("UPDATE tx SET vid=?2 WHERE t=?1")?,
            res_new: get("INSERT INTO res(rid, kind, id, cur) VALUES (?1,?2,?3,?4)")?,
            res_cur: get("UPDATE res SET cur=?2 WHERE rid=?1")?,
            ver: get(
                "INSERT INTO ver(vid, rid, t, ver, op, kid, owner, ix, body) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)",
            )?,
            dead: get("INSERT INTO dead(vid, by, at) SELECT ?1, ?2, at FROM tx WHERE t=?3")?,
            ix: get("INSERT INTO ix(key, time, vid) VALUES (?1,?2,?3)")?,
            rng: get("INSERT INTO rng(key, lo, hi, vid, time) VALUES (?1,?2,?3,?4,?5)")?,
        })
    }

    fn append(&mut self, t: i64, v: &NewVersion) -> Result<()> {
        match v.previous {
            None => self.res_new.execute((v.rid, v.kind, &v.id, v.vid)).map_err(db)?,
            Some(previous) => {
                self.dead.execute((previous, v.vid, t)).map_err(db)?;
                self.res_cur.execute((v.rid, v.vid)).map_err(db)?
            }
        };
        let entries = if v.op == Op::Delete { Vec::new() } else { v.index.encode() };
        let row = (v.vid, v.rid, t, v.version as i64, v.op as i64, v.kid, v.owner, entries, &v.body);
        self.ver.execute(row).map_err(db)?;
        if v.op == Op::Delete {
            return Ok(());
        }
        let time = v.index.time;
        for key in &v.index.eq {
            self.ix.execute((key, time, v.vid)).map_err(db)?;
        }
        for range in &v.index.ranges {
            self.rng.execute((range.key, range.lo, range.hi, v.vid, time)).map_err(db)?;
        }
        Ok(())
    }
}

/// Removes the index entries of versions superseded before a time; returns how many versions were done.
pub(super) fn sweep(connection: &mut Connection, before_ms: i64, limit: usize) -> Result<usize> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(db)?;
    let due: Vec<(i64, i64, Vec<u8>)> = {
        let sql = "SELECT d.vid, d.by, v.ix FROM dead d JOIN ver v ON v.vid=d.vid WHERE d.at<?1 ORDER BY d.vid LIMIT ?2";
        let mut statement = transaction.prepare_cached(sql).map_err(db)?;
        let rows = statement
            .query_map((before_ms, limit as i64), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
            .map_err(db)?;
        rows.collect::<rusqlite::Result<_>>().map_err(db)?
    };
    for (vid, _, entries) in &due {
        remove_entries(&transaction, *vid, entries)?;
        transaction
            .prepare_cached("DELETE FROM dead WHERE vid=?1")
            .and_then(|mut s| s.execute([vid]))
            .map_err(db)?;
    }
    if let Some(newest) = due.iter().map(|(_, by, _)| *by).max() {
        // Pages as of a snapshot before this one can no longer be shown truthfully.
        let sql = "INSERT OR REPLACE INTO cursor(name, vid) SELECT 'swept', max(?1, coalesce((SELECT vid FROM cursor \
            WHERE name='swept'), 0))";
        transaction.execute(sql, [newest]).map_err(db)?;
    }
    transaction.commit().map_err(db)?;
    Ok(due.len())
}

fn remove_entries(connection: &Connection, vid: i64, entries: &[u8]) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let rows = IndexRows::decode(entries)
        .ok_or_else(|| Error::Corrupt(format!("index entries of version {vid}")))?;
    let mut ix =
        connection.prepare_cached("DELETE FROM ix WHERE key=?1 AND time=?2 AND vid=?3").map_err(db)?;
    for key in &rows.eq {
        ix.execute((key, rows.time, vid)).map_err(db)?;
    }
    let mut rng = connection
        .prepare_cached("DELETE FROM rng WHERE key=?1 AND lo=?2 AND hi=?3 AND vid=?4")
        .map_err(db)?;
    for range in &rows.ranges {
        rng.execute((range.key, range.lo, range.hi, vid)).map_err(db)?;
    }
    let sql = "UPDATE ver SET ix=x'' WHERE vid=?1";
    connection.prepare_cached(sql).and_then(|mut s| s.execute([vid])).map(drop).map_err(db)
}

/// Removes the index entries of all versions sealed by a data key; returns how many versions.
pub(super) fn index_remove(connection: &mut Connection, kid: i64) -> Result<usize> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(db)?;
    let found: Vec<(i64, Vec<u8>)> = {
        let mut statement = transaction.prepare_cached("SELECT vid, ix FROM ver WHERE kid=?1").map_err(db)?;
        let rows = statement.query_map([kid], |r| Ok((r.get(0)?, r.get(1)?))).map_err(db)?;
        rows.collect::<rusqlite::Result<_>>().map_err(db)?
    };
    for (vid, entries) in &found {
        remove_entries(&transaction, *vid, entries)?;
    }
    transaction.commit().map_err(db)?;
    Ok(found.len())
}
