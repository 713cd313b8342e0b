use super::appender::Appender;
use super::checkpointer::Checkpointer;
use super::chunk::Filter;
use super::codec::Reader;
use super::entry::AuditEntry;
use super::follower;
use super::queue::Queue;
use crate::backend::Backend;
use crate::error::{Error, Result};
use crate::keyring::Sealed;
use ledger::{Log, Signer, Storage};
use quick_cache::sync::Cache;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;

/// Filters of chunks kept in memory, a few kilobytes each.
const FILTERS: usize = 512;

/// Writes the audit log of one tenant. A thread takes all that waits, appends it with one fsync, and wakes all
/// who wait for it.
pub struct Sequencer {
    pub(super) queue: Arc<Queue>,
    pub(super) log: Arc<Log>,
    pub(super) sealed: Arc<Sealed>,
    pub(super) checkpointer: Arc<Checkpointer>,
    pub(super) filters: Cache<u64, Filter>,
    threads: Vec<JoinHandle<()>>,
    follower: tokio::task::JoinHandle<()>,
}

impl Sequencer {
    /// Opens the log and starts its threads, and the task that follows the feed. `node` names this process
    /// among those that share a database.
    ///
    /// # Errors
    /// `Unavailable` when the log cannot be opened; `Corrupt` when it is damaged.
    pub async fn open(
        storage: Arc<dyn Storage>,
        sealed: Arc<Sealed>,
        backend: Arc<dyn Backend>,
        node: &str,
    ) -> Result<Sequencer> {
        let seed = sealed.keys.signing_seed().map_err(Error::unavailable)?;
        let signer = Signer::new(&super::origin(&sealed.tenant), &seed).map_err(Error::unavailable)?;
        let (keys, own) = (sealed.clone(), node.to_string());
        let opened = tokio::task::spawn_blocking(move || {
            let log = Log::open(storage, signer).map_err(super::error)?;
            let fed = fed(&**log.storage(), &keys, &own)?;
            Ok::<_, Error>((Arc::new(log), fed))
        });
        let (log, fed) = opened.await.map_err(Error::unavailable)??;
        let queue = Arc::new(Queue::new(node, log.storage().shared(), fed, log.size()));
        let checkpointer = Arc::new(Checkpointer::new(log.size(), log.signed().size));
        let appender = Appender {
            queue: queue.clone(),
            log: log.clone(),
            sealed: sealed.clone(),
            checkpointer: checkpointer.clone(),
        };
        let threads = vec![
            thread("audit", move || appender.run())?,
            thread("audit-checkpoint", {
                let (checkpointer, log) = (checkpointer.clone(), log.clone());
                move || checkpointer.run(&log)
            })?,
        ];
        let follower =
            tokio::spawn(follower::follow(queue.clone(), Arc::downgrade(&log), sealed.clone(), backend));
        let filters = Cache::new(FILTERS);
        Ok(Sequencer { queue, log, sealed, checkpointer, filters, threads, follower })
    }

    /// Queues an entry at once; the future resolves when it is durable.
    ///
    /// # Errors
    /// `Unavailable` when too many wait, or the disk failed: then nothing may be answered.
    pub fn record(&self, entry: AuditEntry) -> impl Future<Output = Result<()>> + use<> {
        self.queue.record_all(vec![entry])
    }

    /// Whether entries are accepted.
    pub fn healthy(&self) -> bool {
        self.queue.is_open() && self.checkpointer.healthy()
    }

    /// Entries that wait.
    pub fn waiting(&self) -> u64 {
        self.queue.waiting() as u64
    }

    /// Entries in the log, those of other nodes included.
    pub(super) async fn stored(&self) -> Result<u64> {
        let log = self.log.clone();
        let size = tokio::task::spawn_blocking(move || log.storage().size());
        size.await.map_err(Error::unavailable)?.map_err(super::error)
    }

    /// Entries in the log when this node last wrote to it.
    pub fn size(&self) -> u64 {
        self.queue.appended.load(Ordering::Acquire)
    }

    /// Position up to which writes have been copied from the feed into the log.
    pub fn fed(&self) -> i64 {
        self.queue.fed.load(Ordering::Acquire)
    }
}

impl Drop for Sequencer {
    fn drop(&mut self) {
        self.follower.abort();
        self.queue.close();
        // The log is written to its end, then signed.
        if let Some(appender) = (!self.threads.is_empty()).then(|| self.threads.remove(0)) {
            let _ = appender.join();
        }
        self.checkpointer.close();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Opens a leaf: the feed's position as of the entry, and the entry.
pub(super) fn open_leaf(sealed: &Sealed, aad: &[u8], leaf: &[u8]) -> Result<(i64, AuditEntry)> {
    let plain = seal::open(&sealed.keys.audit, aad, leaf)
        .map_err(|_| Error::Corrupt("an audit entry does not open".into()))?;
    let mut reader = Reader(&plain);
    let fed = reader.signed().ok_or_else(|| Error::Corrupt("audit entry".into()))?;
    Ok((fed, AuditEntry::decode(reader.0)?))
}

/// Where the log stands in the feed: its last entry says so. In a log that other nodes write too, it is the last
/// entry of this one.
pub(super) fn fed(storage: &dyn Storage, sealed: &Sealed, node: &str) -> Result<i64> {
    const STEP: u64 = 256;
    let (aad, shared) = (super::binding(&sealed.tenant), storage.shared());
    let mut end = storage.size().map_err(super::error)?;
    while end > 0 {
        let start = end.saturating_sub(STEP);
        let (mut found, mut failed) = (None, None);
        let scanned = storage.scan(start, &mut |number, leaf| {
            if number >= end {
                return ControlFlow::Break(());
            }
            match open_leaf(sealed, &aad, leaf) {
                Ok((fed, entry)) if !shared || entry.node == node => found = Some(fed),
                Ok(_) => {}
                Err(error) => failed = Some(error),
            }
            ControlFlow::Continue(())
        });
        scanned.map_err(super::error)?;
        if let Some(error) = failed {
            return Err(error);
        }
        if let Some(fed) = found {
            return Ok(fed);
        }
        end = start;
    }
    Ok(0)
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.into()).spawn(work).map_err(Error::unavailable)
}
