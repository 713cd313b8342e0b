//! Connections of one schema: two lanes that many readers share for short reads, and a bounded number that
//! are lent for reads that may take longer. All are made on demand.

use super::connection::{Connection, Params, Sql};
use super::failure::{db, lost};
use super::server::Server;
use crate::error::{Error, Result};
use parking_lot::Mutex;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio_postgres::Row;

const LANES: usize = 2;
/// How long a reader waits for one of them.
const WAIT: Duration = Duration::from_secs(10);
/// Lent connections unused for this long are closed.
const IDLE: Duration = Duration::from_secs(60);

pub(super) struct Pool {
    server: Server,
    pub schema: String,
    lanes: [Lane; LANES],
    turn: AtomicUsize,
    idle: Mutex<Vec<(Instant, Arc<Connection>)>>,
    lent: Semaphore,
}

#[derive(Default)]
struct Lane {
    open: Mutex<Option<Arc<Connection>>>,
    /// Held while connecting, so that waiting readers share the new connection.
    gate: tokio::sync::Mutex<()>,
}

/// How a statement reads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// A few rows by key.
    Short,
    /// Anything else.
    Long,
}

impl Pool {
    /// At most `lent` connections are lent at once: with the lanes, what a schema may take of the server's
    /// `max_connections`.
    pub fn new(server: Server, schema: String, lent: usize) -> Pool {
        Pool {
            server,
            schema,
            lanes: Default::default(),
            turn: AtomicUsize::new(0),
            idle: Mutex::new(Vec::new()),
            lent: Semaphore::new(lent),
        }
    }

    /// A connection that nobody else has.
    pub async fn connect(&self) -> Result<Connection> {
        Connection::open(&self.server, &self.schema).await
    }

    /// Reads; when the server has gone away meanwhile, once more on a new connection.
    pub async fn query(&self, read: Read, sql: &str, params: Params<'_>) -> Result<Vec<Row>> {
        self.run(read, |connection| async move { connection.query(sql, params).await }).await
    }

    pub async fn query_one(&self, read: Read, sql: &str, params: Params<'_>) -> Result<Option<Row>> {
        Ok(self.query(read, sql, params).await?.into_iter().next())
    }

    /// The same, but never twice: for statements that must not be repeated.
    pub async fn query_once(&self, sql: &str, params: Params<'_>) -> Result<Vec<Row>> {
        self.attempt(Read::Long, false, |connection| async move { connection.query(sql, params).await }).await
    }

    /// Changes something in a way that may be repeated.
    pub async fn execute(&self, sql: &str, params: Params<'_>) -> Result<u64> {
        self.run(Read::Long, |connection| async move { connection.execute(sql, params).await }).await
    }

    pub async fn run<T, F, W>(&self, read: Read, work: W) -> Result<T>
    where
        W: Fn(Arc<Connection>) -> F,
        F: Future<Output = Sql<T>>,
    {
        self.attempt(read, true, work).await
    }

    async fn attempt<T, F, W>(&self, read: Read, mut again: bool, work: W) -> Result<T>
    where
        W: Fn(Arc<Connection>) -> F,
        F: Future<Output = Sql<T>>,
    {
        let _permit = match read {
            Read::Short => None,
            Read::Long => {
                let permit = tokio::time::timeout(WAIT, self.lent.acquire()).await;
                let permit =
                    permit.map_err(|_| Error::Unavailable("postgres: all connections are busy".into()))?;
                Some(permit.map_err(Error::unavailable)?)
            }
        };
        loop {
            let connection = match read {
                Read::Short => self.lane().await?,
                Read::Long => self.borrow().await?,
            };
            let result = work(connection.clone()).await;
            let useless = result.as_ref().is_err_and(lost);
            if !useless && read == Read::Long {
                self.give_back(connection);
            } else if useless {
                self.discard(&connection);
            }
            match result {
                Ok(done) => return Ok(done),
                Err(_) if useless && again => again = false,
                Err(error) => return Err(db(error)),
            }
        }
    }

    async fn lane(&self) -> Result<Arc<Connection>> {
        let lane = &self.lanes[self.turn.fetch_add(1, Ordering::Relaxed) % LANES];
        if let Some(open) = lane.living() {
            return Ok(open);
        }
        let _gate = lane.gate.lock().await;
        if let Some(open) = lane.living() {
            return Ok(open);
        }
        let fresh = Arc::new(self.connect().await?);
        *lane.open.lock() = Some(fresh.clone());
        Ok(fresh)
    }

    async fn borrow(&self) -> Result<Arc<Connection>> {
        while let Some((_, connection)) = self.idle.lock().pop() {
            if !connection.is_closed() {
                return Ok(connection);
            }
        }
        Ok(Arc::new(self.connect().await?))
    }

    fn give_back(&self, connection: Arc<Connection>) {
        let now = Instant::now();
        let mut idle = self.idle.lock();
        // The last one used is taken first, so the first ones are those that have been idle longest.
        idle.retain(|(since, _)| now.duration_since(*since) < IDLE);
        idle.push((now, connection));
    }

    fn discard(&self, connection: &Arc<Connection>) {
        for lane in &self.lanes {
            let mut open = lane.open.lock();
            if open.as_ref().is_some_and(|c| Arc::ptr_eq(c, connection)) {
                *open = None;
            }
        }
    }
}

impl Lane {
    fn living(&self) -> Option<Arc<Connection>> {
        self.open.lock().as_ref().filter(|c| !c.is_closed()).cloned()
    }
}
