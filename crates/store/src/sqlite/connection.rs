//! Connections: how they are set up, pooled, migrated and copied.

use super::db;
use crate::error::{Error, Result};
use parking_lot::Mutex;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Page cache of each reading connection, in KiB. Bounds the memory of a small installation.
const READER_CACHE_KIB: i64 = 8 * 1024;
const WRITER_CACHE_KIB: i64 = 32 * 1024;
const STATEMENTS_MAX: usize = 128;

pub(super) fn open_writer(path: &Path) -> Result<Connection> {
    let connection = open_plain(path)?;
    connection.pragma_update(None, "journal_mode", "WAL").map_err(db)?;
    setup(&connection, WRITER_CACHE_KIB)?;
    Ok(connection)
}

/// A connection that commits and moves the log durably, with no settings else.
pub(super) fn open_plain(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path).map_err(db)?;
    connection.busy_timeout(Duration::from_secs(20)).map_err(db)?;
    // FULL: a commit is on the disk when it returns, whatever happens to the power.
    connection.pragma_update(None, "synchronous", "FULL").map_err(db)?;
    Ok(connection)
}

fn open_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(db)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(db)?;
    connection.pragma_update(None, "query_only", true).map_err(db)?;
    setup(&connection, READER_CACHE_KIB)?;
    Ok(connection)
}

fn setup(connection: &Connection, cache_kib: i64) -> Result<()> {
    connection.pragma_update(None, "cache_size", -cache_kib).map_err(db)?;
    connection.pragma_update(None, "temp_store", "MEMORY").map_err(db)?;
    connection.pragma_update(None, "mmap_size", 0).map_err(db)?;
    // Plans do not depend on bound values: else each binding makes the next step plan the statement again,
    // which was a fifth of the time of a search.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(db)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    Ok(())
}

/// Brings a file to the newest schema. Each step is one transaction, after a snapshot beside the file.
pub(super) fn migrate(connection: &mut Connection, path: &Path, migrations: &[&str]) -> Result<()> {
    let have: i64 = connection.pragma_query_value(None, "user_version", |r| r.get(0)).map_err(db)?;
    let have = usize::try_from(have).unwrap_or(usize::MAX);
    if have > migrations.len() {
        return Err(Error::Unavailable(format!(
            "the file has schema {have}, this program knows up to {}: use a newer program",
            migrations.len()
        )));
    }
    for (step, sql) in migrations.iter().enumerate().skip(have) {
        if step > 0 {
            copy(connection, &path.with_extension(format!("before-{}.db", step + 1)))?;
        }
        let transaction = connection.transaction().map_err(db)?;
        transaction.execute_batch(sql).map_err(db)?;
        transaction.pragma_update(None, "user_version", step as i64 + 1).map_err(db)?;
        transaction.commit().map_err(db)?;
    }
    Ok(())
}

/// A consistent copy of a database in use.
pub(super) fn copy(source: &Connection, to: &Path) -> Result<()> {
    let mut target = Connection::open(to).map_err(db)?;
    let backup = rusqlite::backup::Backup::new(source, &mut target).map_err(db)?;
    backup.run_to_completion(1024, Duration::ZERO, None).map_err(db)
}

/// Reading connections, made on demand and kept.
pub(super) struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

/// A connection on loan; goes back when dropped.
pub(super) struct Loan<'a> {
    pool: &'a Pool,
    /// There until drop takes it.
    connection: Vec<Connection>,
}

impl Pool {
    pub fn new(path: &Path) -> Pool {
        Pool { path: path.to_path_buf(), idle: Mutex::new(Vec::new()) }
    }

    pub fn get(&self) -> Result<Loan<'_>> {
        let idle = self.idle.lock().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        Ok(Loan { pool: self, connection: vec![connection] })
    }
}

impl Deref for Loan<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection[0]
    }
}

impl Drop for Loan<'_> {
    fn drop(&mut self) {
        self.pool.idle.lock().append(&mut self.connection);
    }
}
