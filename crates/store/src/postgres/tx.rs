//! The writing transaction. [`Tx`] is synchronous because rules run inside it; it therefore lives on the
//! writer's own blocking thread, and each call waits there for the runtime to bring the answer (`blocking`).

use super::append::Columns;
use super::blocking::wait;
use super::connection::{Connection, Params, Sql};
use super::failure::{db, lost};
use super::read::{self, get};
use super::{Postgres, grow, select};
use crate::backend::{Head, Hit, NewTransaction, NewVersion, Row, Select, Top, Tx};
use crate::error::{Error, Result};
use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use tokio::sync::MutexGuard;

/// Holds the head row of the tenant, and with it the write lock on all nodes, until committed or dropped.
pub(super) struct PostgresTx<'a> {
    backend: &'a Postgres,
    /// This node's own turn to write.
    slot: MutexGuard<'a, Option<Arc<Connection>>>,
    connection: Arc<Connection>,
    top: Top,
    /// Counters at the savepoint.
    saved: Top,
    /// Commit times of the transactions appended so far.
    times: HashMap<i64, i64>,
    /// A statement failed: PostgreSQL will not commit what went before.
    broken: bool,
    open: bool,
}

const LOCK: &str = "SELECT t, vid, rid, at FROM head FOR UPDATE";

impl<'a> PostgresTx<'a> {
    pub fn begin(backend: &'a Postgres) -> Result<Self> {
        wait(&backend.handle, async {
            let mut slot = backend.writer.lock().await;
            let mut fresh = false;
            loop {
                let connection = match slot.as_ref().filter(|c| !c.is_closed()) {
                    Some(connection) => connection.clone(),
                    None => {
                        fresh = true;
                        slot.insert(Arc::new(backend.pool.connect().await?)).clone()
                    }
                };
                match lock(&connection).await {
                    Ok(row) => {
                        let top = read::top_of(&row)?;
                        let times = HashMap::new();
                        return Ok(PostgresTx {
                            backend,
                            slot,
                            connection,
                            top,
                            saved: top,
                            times,
                            broken: false,
                            open: true,
                        });
                    }
                    Err(error) => {
                        *slot = None;
                        // The server was restarted since the last transaction: nothing was begun, try anew.
                        if fresh || !lost(&error) {
                            return Err(db(error));
                        }
                    }
                }
            }
        })
    }

    fn ask<T>(&mut self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let result = wait(&self.backend.handle, work);
        self.broken |= result.is_err();
        result
    }

    fn run(&mut self, sql: &'static str) -> Result<()> {
        let connection = self.connection.clone();
        self.ask(async move { connection.client.batch_execute(sql).await.map_err(db) })
    }
}

/// Opens the transaction and takes the lock, in one round trip.
async fn lock(connection: &Connection) -> Sql<tokio_postgres::Row> {
    let statement = connection.statement(LOCK, &[]).await?;
    let (begun, row) =
        tokio::join!(connection.client.batch_execute("BEGIN"), connection.client.query_one(&statement, &[]));
    begun?;
    row
}

impl Drop for PostgresTx<'_> {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        let rolled_back = wait(&self.backend.handle, self.connection.client.batch_execute("ROLLBACK"));
        if rolled_back.is_err() {
            // The server rolls back when the connection ends.
            *self.slot = None;
        }
    }
}

impl Tx for PostgresTx<'_> {
    fn top(&mut self) -> Result<Top> {
        Ok(self.top)
    }

    fn heads(&mut self, names: &[(u16, &str)]) -> Result<Vec<Option<Head>>> {
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let connection = self.connection.clone();
        self.ask(read::heads_on(&connection, names))
    }

    fn rows(&mut self, vids: &[i64]) -> Result<Vec<Row>> {
        if vids.is_empty() {
            return Ok(Vec::new());
        }
        let connection = self.connection.clone();
        self.ask(read::rows_on(&connection, vids))
    }

    fn select(&mut self, select: &Select) -> Result<Vec<Hit>> {
        let connection = self.connection.clone();
        self.ask(async { select::hits(&connection, select).await.map_err(db) })
    }

    fn count(&mut self, select: &Select) -> Result<i64> {
        let connection = self.connection.clone();
        self.ask(async { select::count(&connection, select).await.map_err(db) })
    }

    fn vid_before(&mut self, at: i64) -> Result<i64> {
        let connection = self.connection.clone();
        self.ask(async {
            let found = connection.query(read::VID_BEFORE, &[&at]).await.map_err(db)?;
            found.first().map_or(Ok(0), |row| get(row, 0))
        })
    }

    fn append(&mut self, transactions: &[NewTransaction], versions: &[(i64, NewVersion)]) -> Result<()> {
        for new in transactions {
            self.times.insert(new.t, new.at);
            self.top.t = self.top.t.max(new.t);
            self.top.at = self.top.at.max(new.at);
        }
        let columns = Columns::new(transactions, versions, &self.times, &self.top)?;
        for (_, version) in versions {
            self.top.vid = self.top.vid.max(version.vid);
            self.top.rid = self.top.rid.max(version.rid);
        }
        let connection = self.connection.clone();
        self.ask(async { columns.send(&connection).await })
    }

    fn cursor_set(&mut self, name: &str, vid: i64) -> Result<()> {
        const SQL: &str = "INSERT INTO cursor (name, vid) VALUES ($1, $2) \
            ON CONFLICT (name) DO UPDATE SET vid = excluded.vid";
        let connection = self.connection.clone();
        self.ask(async { connection.execute(SQL, &[&name, &vid]).await.map(drop).map_err(db) })
    }

    fn value(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let connection = self.connection.clone();
        let rows = self.ask(async {
            connection.query("SELECT value FROM value WHERE name = $1", &[&name]).await.map_err(db)
        })?;
        rows.first().map(|row| get(row, 0)).transpose()
    }

    fn value_set(&mut self, name: &str, value: &[u8]) -> Result<()> {
        const SQL: &str = "INSERT INTO value (name, value) VALUES ($1, $2) \
            ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        let connection = self.connection.clone();
        self.ask(async { connection.execute(SQL, &[&name, &value]).await.map(drop).map_err(db) })
    }

    fn savepoint(&mut self) -> Result<()> {
        self.saved = self.top;
        self.run("SAVEPOINT job")
    }

    fn savepoint_release(&mut self) -> Result<()> {
        self.run("RELEASE SAVEPOINT job")
    }

    fn savepoint_rollback(&mut self) -> Result<()> {
        let connection = self.connection.clone();
        let sql = "ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job";
        let done = self.ask(async move { connection.client.batch_execute(sql).await.map_err(db) });
        if done.is_ok() {
            // What failed is undone, so what went before the savepoint can be committed.
            self.broken = false;
            self.top = self.saved;
        }
        done
    }

    fn commit(mut self: Box<Self>) -> Result<()> {
        if self.broken {
            return Err(Error::Unavailable("postgres: a statement of this transaction failed".into()));
        }
        let (connection, top, schema) = (self.connection.clone(), self.top, self.backend.pool.schema.clone());
        const HEAD: &str = "UPDATE head SET t = $1, vid = $2, rid = $3, at = $4";
        const NOTIFY: &str = "SELECT pg_notify('medhub', $1)";
        let payload = format!("{schema} {}", top.vid);
        let (ready, committed) = wait(&self.backend.handle, async {
            let counters: Params<'_> = &[&top.t, &top.vid, &top.rid, &top.at];
            let payload: Params<'_> = &[&payload];
            // Looked up first, so that the three go out together.
            let prepared =
                tokio::try_join!(connection.statement(HEAD, &[]), connection.statement(NOTIFY, &[]));
            let (head, notify) = match prepared {
                Ok(statements) => statements,
                Err(error) => return (Err(error), Ok(())),
            };
            let (head, notify, committed) = tokio::join!(
                connection.client.execute(&head, counters),
                connection.client.query(&notify, payload),
                connection.client.batch_execute("COMMIT"),
            );
            (head.and(notify.map(|_| 1)), committed)
        });
        // After a failed statement COMMIT rolls back without an error of its own.
        self.open = ready.is_err();
        ready.map_err(db)?;
        if let Err(error) = committed {
            *self.slot = None;
            let why = db(error);
            return Err(Error::Unavailable(format!("the outcome of the commit is unknown ({why})")));
        }
        grow(&self.backend.grown, top.vid);
        Ok(())
    }

    fn rollback(self: Box<Self>) {}
}
