//! Copies the records of writes from the feed into the log.

use super::entry::{AuditEntry, Event};
use super::queue::Queue;
use super::sequencer::fed;
use crate::backend::{Backend, FeedRow, Op};
use crate::error::{Error, Result};
use crate::keyring::Sealed;
use ledger::Log;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::Duration;

const ROWS: usize = 1000;
const WAIT_MS: u64 = 10_000;
const RETRY: Duration = Duration::from_secs(1);
/// Writes are gathered for so long before they are copied: their records are durable with the writes already,
/// and a copy for each commit would make the disk sync twice as often.
const GATHER: Duration = Duration::from_millis(100);

/// Name of the value in the database that keeps the newest checkpoint, so that cutting off the log's end
/// together with its own checkpoint is found out.
pub(super) fn witness_name(shared: bool, node: &str) -> String {
    super::value_name("audit_checkpoint", shared, node)
}

/// Runs until it is aborted.
pub(super) async fn follow(
    queue: Arc<Queue>,
    log: Weak<Log>,
    sealed: Arc<Sealed>,
    backend: Arc<dyn Backend>,
) {
    let mut follower = Follower { queue, log, sealed, backend, position: None, unsure: false, witnessed: 0 };
    loop {
        if let Err(error) = follower.step().await {
            tracing::warn!(error = %error, "writes are not copied to the audit log; trying again");
            tokio::time::sleep(RETRY).await;
            follower.unsure = true;
        }
    }
}

struct Follower {
    queue: Arc<Queue>,
    /// Weak, so that a task that is being aborted does not keep the log open.
    log: Weak<Log>,
    sealed: Arc<Sealed>,
    backend: Arc<dyn Backend>,
    /// Rows up to here are done; rows of other nodes are skipped.
    position: Option<i64>,
    /// An append failed on its way: it may be in the log all the same.
    unsure: bool,
    witnessed: u64,
}

impl Follower {
    async fn step(&mut self) -> Result<()> {
        if self.unsure {
            self.look().await?;
        }
        let position = match self.position {
            Some(position) => position,
            None => self.start().await?,
        };
        let rows = self.backend.feed(position, ROWS).await?;
        let Some(last) = rows.last().map(|row| row.vid) else {
            self.witness().await?;
            self.backend.feed_wait(position, WAIT_MS).await;
            return Ok(());
        };
        let entries = entries(&self.sealed, &self.queue, &rows)?;
        if !entries.is_empty() {
            self.queue.record_all(entries).await?;
        }
        self.position = Some(last);
        if rows.len() < ROWS {
            tokio::time::sleep(GATHER).await;
        }
        Ok(())
    }

    /// Reads in the log itself how far it has come.
    async fn look(&mut self) -> Result<()> {
        let Some(log) = self.log.upgrade() else { return Ok(()) };
        let (sealed, node) = (self.sealed.clone(), self.queue.node.clone());
        let fed = tokio::task::spawn_blocking(move || fed(&**log.storage(), &sealed, &node));
        self.queue.fed.store(fed.await.map_err(Error::unavailable)??, Ordering::Release);
        (self.position, self.unsure) = (None, false);
        Ok(())
    }

    /// After a restore the database may be older than the log: then its new writes begin again below.
    async fn start(&mut self) -> Result<i64> {
        let (fed, top) = (self.queue.fed.load(Ordering::Acquire), self.backend.top().await?.vid);
        if fed > top {
            let ctx = crate::ctx::Ctx::system("audit");
            let entry =
                AuditEntry { vid: top, query: "restore".into(), ..AuditEntry::of(&ctx, Event::Operation) };
            self.queue.record_all(vec![entry]).await?;
        }
        let position = fed.min(top);
        self.position = Some(position);
        Ok(position)
    }

    /// Leaves the newest checkpoint with the database.
    async fn witness(&mut self) -> Result<()> {
        let Some(log) = self.log.upgrade() else { return Ok(()) };
        let size = log.signed().size;
        if size > self.witnessed {
            let note = tokio::task::spawn_blocking(move || log.storage().checkpoint());
            let note = note.await.map_err(Error::unavailable)?.map_err(super::error)?;
            let name = witness_name(self.queue.shared, &self.queue.node);
            self.backend.value_set(&name, note.unwrap_or_default().as_bytes()).await?;
            self.witnessed = size;
        }
        Ok(())
    }
}

/// The entries of feed rows; in a log that other nodes write too, of those that this one wrote.
fn entries(sealed: &Sealed, queue: &Queue, rows: &[FeedRow]) -> Result<Vec<AuditEntry>> {
    let mut out = Vec::with_capacity(rows.len());
    let mut detail: Option<(i64, AuditEntry)> = None;
    for row in rows {
        if detail.as_ref().is_none_or(|(t, _)| *t != row.t) {
            detail = Some((row.t, open_detail(sealed, &row.audit)?));
        }
        if let Some((_, detail)) =
            detail.as_ref().filter(|(_, detail)| !queue.shared || detail.node == queue.node)
        {
            out.push(of_row(detail, row));
        }
    }
    Ok(out)
}

/// The entry of one written version.
pub(super) fn of_row(detail: &AuditEntry, row: &FeedRow) -> AuditEntry {
    AuditEntry {
        at: row.at,
        event: match row.op {
            Op::Create => Event::Create,
            Op::Update => Event::Update,
            Op::Delete => Event::Delete,
        },
        kind: row.kind,
        id: row.id.clone(),
        version: row.version,
        vid: row.vid,
        patients: if row.owner == 0 { Vec::new() } else { vec![row.owner] },
        ..detail.clone()
    }
}

fn detail_binding(tenant: &str) -> Vec<u8> {
    [b"audit of writes|", tenant.as_bytes()].concat()
}

/// Seals the detail of a transaction, for its `audit` column.
pub(super) fn seal_detail(sealed: &Sealed, entry: &AuditEntry) -> Result<Vec<u8>> {
    seal::seal(&sealed.keys.audit, 0, &detail_binding(&sealed.tenant), &entry.encode())
        .map_err(Error::unavailable)
}

/// The account that committed the transaction of a feed row.
///
/// # Errors
/// `Corrupt` when its detail does not open.
pub(crate) fn writer_of(sealed: &Sealed, row: &FeedRow) -> Result<uuid::Uuid> {
    Ok(open_detail(sealed, &row.audit)?.actor)
}

pub(super) fn open_detail(sealed: &Sealed, detail: &[u8]) -> Result<AuditEntry> {
    let plain = seal::open(&sealed.keys.audit, &detail_binding(&sealed.tenant), detail)
        .map_err(|_| Error::Corrupt("the audit detail of a transaction does not open".into()))?;
    AuditEntry::decode(&plain)
}
