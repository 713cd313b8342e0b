//! The keyring's file: wrapped data keys. A destroyed key is overwritten on the disk at once.

use super::db;
use crate::error::{Error, Result};
use rusqlite::{Connection, OptionalExtension};
use std::io::Read;
use std::path::Path;
use std::time::Duration;

pub(super) fn open(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path).map_err(db)?;
    connection.busy_timeout(Duration::from_secs(20)).map_err(db)?;
    // secure_delete and a journal that stays in place, so that a destroyed key can be overwritten everywhere.
    connection.pragma_update(None, "journal_mode", "PERSIST").map_err(db)?;
    connection.pragma_update(None, "synchronous", "FULL").map_err(db)?;
    connection.pragma_update(None, "secure_delete", true).map_err(db)?;
    connection
        .execute_batch("CREATE TABLE IF NOT EXISTS key (kid INTEGER PRIMARY KEY, wrapped BLOB NOT NULL)")
        .map_err(db)?;
    Ok(connection)
}

pub(super) fn get(connection: &Connection, kid: i64) -> Result<Option<Vec<u8>>> {
    connection
        .prepare_cached("SELECT wrapped FROM key WHERE kid=?1")
        .and_then(|mut s| s.query_row([kid], |r| r.get(0)).optional())
        .map_err(db)
}

pub(super) fn add(connection: &mut Connection, keys: &[(i64, Vec<u8>)]) -> Result<()> {
    write(connection, keys, "INSERT INTO key(kid, wrapped) VALUES (?1, ?2)")
}

pub(super) fn replace(connection: &mut Connection, keys: &[(i64, Vec<u8>)]) -> Result<()> {
    // UPDATE, not REPLACE: a key destroyed meanwhile must not come back.
    write(connection, keys, "UPDATE key SET wrapped=?2 WHERE kid=?1")
}

fn write(connection: &mut Connection, keys: &[(i64, Vec<u8>)], sql: &str) -> Result<()> {
    let transaction = connection.transaction().map_err(db)?;
    for (kid, wrapped) in keys {
        transaction.prepare_cached(sql).and_then(|mut s| s.execute((kid, wrapped))).map_err(db)?;
    }
    transaction.commit().map_err(db)
}

pub(super) fn top(connection: &Connection) -> Result<i64> {
    connection.query_row("SELECT coalesce(max(kid), 0) FROM key", [], |r| r.get(0)).map_err(db)
}

pub(super) fn destroy(connection: &Connection, kid: i64) -> Result<()> {
    connection.execute("DELETE FROM key WHERE kid=?1", [kid]).map_err(db)?;
    wipe_journal(connection).map_err(Error::unavailable)
}

/// The rollback journal still holds the page as it was: overwrite it with zeros where it lies. Its header is
/// invalid between transactions, so nothing needs it.
fn wipe_journal(connection: &Connection) -> std::io::Result<()> {
    let Some(path) = connection.path() else { return Ok(()) };
    let mut journal = match std::fs::OpenOptions::new().write(true).open(format!("{path}-journal")) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let length = journal.metadata()?.len();
    std::io::copy(&mut std::io::repeat(0).take(length), &mut journal)?;
    journal.sync_all()
}

pub(super) fn page(connection: &Connection, after: i64, limit: usize) -> Result<Vec<(i64, Vec<u8>)>> {
    let mut statement = connection
        .prepare_cached("SELECT kid, wrapped FROM key WHERE kid>?1 ORDER BY kid LIMIT ?2")
        .map_err(db)?;
    let rows = statement.query_map((after, limit as i64), |r| Ok((r.get(0)?, r.get(1)?))).map_err(db)?;
    rows.collect::<rusqlite::Result<_>>().map_err(db)
}
