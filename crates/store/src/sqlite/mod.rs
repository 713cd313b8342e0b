//! The embedded store: one SQLite file a tenant, one writer, many readers (WAL), `synchronous=FULL`.

mod checkpoint;
mod connection;
mod keyring;
mod read;
mod registry;
mod select;
mod tx;

pub use registry::SqliteRegistry;

use crate::backend::ERASED;
use crate::backend::{Backend, FeedRow, Head, HistoryQuery, Hit, Parked, Row, Select, Top, Tx};
use crate::error::{Error, Result};
use async_trait::async_trait;
use checkpoint::Checkpointer;
use connection::Pool;
use parking_lot::Mutex;
use rusqlite::{Connection, OptionalExtension};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;

/// Ordered migrations of a tenant's file; each runs once, after a snapshot of the file.
const MIGRATIONS: &[&str] = &[include_str!("schema_1.sql")];

/// One tenant's files: `data.db` (sealed rows and indexes) and `keyring.db` (wrapped data keys, apart so
/// that its backups can be kept shorter than those of the data).
pub struct Sqlite {
    dir: PathBuf,
    readers: Pool,
    writer: Mutex<Connection>,
    keyring: Mutex<Connection>,
    grown: watch::Sender<i64>,
    /// A commit has failed with an I/O error: the file may hold it or not.
    broken: Arc<AtomicBool>,
    checkpointer: Checkpointer,
}

impl Sqlite {
    /// Opens or creates the files in `dir`.
    ///
    /// # Errors
    /// `Unavailable` when a file cannot be opened, or was written by a newer version of the program.
    pub fn open(dir: &Path) -> Result<Sqlite> {
        std::fs::create_dir_all(dir).map_err(Error::unavailable)?;
        let data = dir.join("data.db");
        let mut writer = connection::open_writer(&data)?;
        connection::migrate(&mut writer, &data, MIGRATIONS)?;
        let broken = Arc::new(AtomicBool::new(false));
        let checkpointer = Checkpointer::start(&data, &writer, broken.clone())?;
        let keyring = keyring::open(&dir.join("keyring.db"))?;
        Ok(Sqlite {
            dir: dir.to_path_buf(),
            readers: Pool::new(&data),
            writer: Mutex::new(writer),
            keyring: Mutex::new(keyring),
            grown: watch::Sender::new(0),
            broken,
            checkpointer,
        })
    }

    /// Writes a consistent copy of the data and of the keyring, while the tenant is in use.
    ///
    /// # Errors
    /// `Unavailable` when the copy cannot be written.
    pub fn copy_to(&self, data: &Path, keyring: &Path) -> Result<()> {
        let source = self.readers.get()?;
        connection::copy(&source, data)?;
        connection::copy(&self.keyring.lock(), keyring)
    }

    /// The folder that holds the files.
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}

/// Takes over the list of erased data keys from a newer folder of the tenant, and destroys them again.
///
/// # Errors
/// `Unavailable`.
pub(crate) fn erasures_carry(newer: &Path, folder: &Path) -> Result<()> {
    let list = read::value(&*Pool::new(&newer.join("data.db")).get()?, ERASED)?.unwrap_or_default();
    let restored = Sqlite::open(folder)?;
    let sql = "INSERT OR REPLACE INTO value(name, value) VALUES (?1, ?2)";
    restored.writer.lock().execute(sql, (ERASED, &list)).map_err(db)?;
    for kid in list.as_chunks::<8>().0 {
        let kid = i64::from_le_bytes(*kid);
        keyring::destroy(&restored.keyring.lock(), kid)?;
        tx::index_remove(&mut restored.writer.lock(), kid)?;
    }
    Ok(())
}

/// Turns a database error into ours; SQLite's texts hold names of tables, never content.
pub(crate) fn db(error: rusqlite::Error) -> Error {
    match error {
        rusqlite::Error::SqliteFailure(code, _) => Error::Unavailable(format!("sqlite: {code}")),
        other => Error::Unavailable(format!("sqlite: {other}")),
    }
}

#[async_trait]
impl Backend for Sqlite {
    async fn current(&self, kind: u16, id: &str) -> Result<Option<Row>> {
        read::current(&*self.readers.get()?, kind, id)
    }

    async fn current_many(&self, names: &[(u16, String)]) -> Result<Vec<Row>> {
        let connection = self.readers.get()?;
        let mut rows = Vec::with_capacity(names.len());
        for (kind, id) in names {
            rows.extend(read::current(&connection, *kind, id)?);
        }
        Ok(rows)
    }

    async fn version(&self, kind: u16, id: &str, version: u64) -> Result<Option<Row>> {
        read::version(&*self.readers.get()?, kind, id, version)
    }

    async fn rows(&self, vids: &[i64]) -> Result<Vec<Row>> {
        read::rows(&*self.readers.get()?, vids)
    }

    async fn names(&self, vids: &[i64]) -> Result<Vec<(u16, String, i64)>> {
        read::names(&*self.readers.get()?, vids)
    }

    async fn heads(&self, rids: &[i64]) -> Result<Vec<Head>> {
        read::heads(&*self.readers.get()?, rids)
    }

    async fn history(&self, query: &HistoryQuery) -> Result<Vec<Row>> {
        read::history(&*self.readers.get()?, query)
    }

    async fn history_count(&self, query: &HistoryQuery) -> Result<u64> {
        read::history_count(&*self.readers.get()?, query)
    }

    async fn select(&self, select: &Select) -> Result<Vec<Hit>> {
        select::hits(&*self.readers.get()?, select)
    }

    async fn count(&self, select: &Select) -> Result<i64> {
        select::count(&*self.readers.get()?, select)
    }

    async fn feed(&self, after: i64, limit: usize) -> Result<Vec<FeedRow>> {
        read::feed(&*self.readers.get()?, after, limit)
    }

    async fn top(&self) -> Result<Top> {
        read::top(&*self.readers.get()?)
    }

    async fn vid_before(&self, at: i64) -> Result<i64> {
        read::vid_before(&*self.readers.get()?, at)
    }

    async fn feed_wait(&self, after: i64, timeout_ms: u64) {
        let mut grown = self.grown.subscribe();
        let wait = grown.wait_for(|top| *top > after);
        // Another process may write too (an import beside the server): the timeout bounds how late we see it.
        let _ = tokio::time::timeout(Duration::from_millis(timeout_ms), wait).await;
    }

    async fn cursor(&self, name: &str) -> Result<i64> {
        let connection = self.readers.get()?;
        let found = connection
            .query_row("SELECT vid FROM cursor WHERE name=?1", [name], |r| r.get(0))
            .optional()
            .map_err(db)?;
        Ok(found.unwrap_or(0))
    }

    async fn parked(&self) -> Result<Vec<Parked>> {
        read::parked(&*self.readers.get()?)
    }

    async fn park(&self, parked: &Parked) -> Result<()> {
        let sql =
            "INSERT OR REPLACE INTO parked(reaction, vid, attempts, reason, at) VALUES (?1,?2,?3,?4,?5)";
        let row = (&parked.reaction, parked.vid, parked.attempts, &parked.reason, parked.at);
        self.writer.lock().execute(sql, row).map(drop).map_err(db)
    }

    async fn unpark(&self, reaction: &str, vid: i64) -> Result<()> {
        let sql = "DELETE FROM parked WHERE reaction=?1 AND vid=?2";
        self.writer.lock().execute(sql, (reaction, vid)).map(drop).map_err(db)
    }

    async fn value(&self, name: &str) -> Result<Option<Vec<u8>>> {
        read::value(&*self.readers.get()?, name)
    }

    async fn value_set(&self, name: &str, value: &[u8]) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO value(name, value) VALUES (?1, ?2)";
        self.writer.lock().execute(sql, (name, value)).map(drop).map_err(db)
    }

    async fn keyring_get(&self, kid: i64) -> Result<Option<Vec<u8>>> {
        keyring::get(&self.keyring.lock(), kid)
    }

    async fn keyring_add(&self, keys: &[(i64, Vec<u8>)]) -> Result<()> {
        keyring::add(&mut self.keyring.lock(), keys)
    }

    async fn keyring_top(&self) -> Result<i64> {
        keyring::top(&self.keyring.lock())
    }

    async fn keyring_destroy(&self, kid: i64) -> Result<()> {
        keyring::destroy(&self.keyring.lock(), kid)
    }

    async fn keyring_page(&self, after: i64, limit: usize) -> Result<Vec<(i64, Vec<u8>)>> {
        keyring::page(&self.keyring.lock(), after, limit)
    }

    async fn keyring_replace(&self, keys: &[(i64, Vec<u8>)]) -> Result<()> {
        keyring::replace(&mut self.keyring.lock(), keys)
    }

    async fn sweep(&self, before_ms: i64, limit: usize) -> Result<usize> {
        tx::sweep(&mut self.writer.lock(), before_ms, limit)
    }

    async fn index_remove(&self, kid: i64) -> Result<usize> {
        tx::index_remove(&mut self.writer.lock(), kid)
    }

    fn failed_commit_is_fatal(&self) -> bool {
        self.broken.load(Ordering::Acquire)
    }

    fn begin(&self) -> Result<Box<dyn Tx + '_>> {
        Ok(Box::new(tx::SqliteTx::begin(self.writer.lock(), &self.grown, &self.broken, &self.checkpointer)?))
    }
}
