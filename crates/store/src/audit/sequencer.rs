use super::checkpointer::Checkpointer;
use super::chunk::Filter;
use super::codec::{Reader, signed};
use super::entry::AuditEntry;
use super::follower;
use crate::backend::Backend;
use crate::error::{Error, Result};
use crate::keyring::Sealed;
use ledger::{Log, Signer, Storage};
use parking_lot::{Condvar, Mutex};
use quick_cache::sync::Cache;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Entries that may wait; more are refused (503), so that memory stays bounded.
const QUEUE_MAX: usize = 16 * 1024;
/// Filters of chunks kept in memory, a few kilobytes each.
const FILTERS: usize = 512;

/// Writes the audit log of one tenant. A thread takes all that waits, appends it with one fsync, and wakes all
/// who wait for it.
pub struct Sequencer {
    pub(super) shared: Arc<Shared>,
    pub(super) log: Arc<Log>,
    pub(super) sealed: Arc<Sealed>,
    pub(super) checkpointer: Arc<Checkpointer>,
    pub(super) filters: Cache<u64, Filter>,
    threads: Vec<JoinHandle<()>>,
    follower: tokio::task::JoinHandle<()>,
}

/// What callers, the thread and the follower share.
pub(super) struct Shared {
    queue: Mutex<Queue>,
    /// Wakes the thread.
    filled: Condvar,
    /// Position up to which the feed is in the log.
    pub fed: AtomicI64,
    pub node: String,
    appended: AtomicU64,
}

#[derive(Default)]
struct Queue {
    entries: Vec<Waiting>,
    batch: Arc<Batch>,
    /// The thread wants to be woken at this length.
    want: usize,
    closed: bool,
    failed: Option<String>,
}

struct Waiting {
    plain: Vec<u8>,
    /// The feed's position with this entry; 0 = unchanged.
    fed: i64,
}

/// Callers whose entries are appended together.
#[derive(Default)]
struct Batch {
    state: AtomicU8,
    notify: Notify,
}

const PENDING: u8 = 0;
const DURABLE: u8 = 1;
const FAILED: u8 = 2;

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
            let fed = fed(&log, &keys, &own)?;
            Ok::<_, Error>((Arc::new(log), fed))
        });
        let (log, fed) = opened.await.map_err(Error::unavailable)??;
        let shared = Arc::new(Shared {
            queue: Mutex::new(Queue { want: 1, ..Queue::default() }),
            filled: Condvar::new(),
            fed: AtomicI64::new(fed),
            node: node.to_string(),
            appended: AtomicU64::new(log.size()),
        });
        let checkpointer = Arc::new(Checkpointer::new(log.signed().size));
        let appender = Appender {
            shared: shared.clone(),
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
            tokio::spawn(follower::follow(shared.clone(), Arc::downgrade(&log), sealed.clone(), backend));
        let filters = Cache::new(FILTERS);
        Ok(Sequencer { shared, log, sealed, checkpointer, filters, threads, follower })
    }

    /// Queues an entry at once; the future resolves when it is durable.
    ///
    /// # Errors
    /// `Unavailable` when too many wait, or the disk failed: then nothing may be answered.
    pub fn record(&self, entry: AuditEntry) -> impl Future<Output = Result<()>> + use<> {
        self.shared.record_all(vec![entry])
    }

    /// Whether entries are accepted.
    pub fn healthy(&self) -> bool {
        let queue = self.shared.queue.lock();
        queue.failed.is_none()
            && !queue.closed
            && queue.entries.len() < QUEUE_MAX
            && self.checkpointer.healthy()
    }

    /// Entries that wait.
    pub fn waiting(&self) -> u64 {
        self.shared.queue.lock().entries.len() as u64
    }

    /// Entries in the log.
    pub fn size(&self) -> u64 {
        self.shared.appended.load(Ordering::Acquire)
    }

    /// Position up to which writes have been copied from the feed into the log.
    pub fn fed(&self) -> i64 {
        self.shared.fed.load(Ordering::Acquire)
    }
}

impl Drop for Sequencer {
    fn drop(&mut self) {
        self.follower.abort();
        self.shared.close();
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

impl Shared {
    /// Queues entries that become durable together or not at all.
    pub fn record_all(&self, entries: Vec<AuditEntry>) -> impl Future<Output = Result<()>> + use<> {
        let queued = self.queue(entries);
        async move {
            let batch = queued?;
            // Asked for before looking at the state, so that the call in between is not missed.
            let notified = batch.notify.notified();
            if batch.state.load(Ordering::Acquire) == PENDING {
                notified.await;
            }
            match batch.state.load(Ordering::Acquire) {
                DURABLE => Ok(()),
                _ => Err(Error::Unavailable("the audit log cannot be written".into())),
            }
        }
    }

    fn queue(&self, entries: Vec<AuditEntry>) -> Result<Arc<Batch>> {
        let waiting: Vec<Waiting> = entries
            .into_iter()
            .map(|mut entry| {
                entry.node.clone_from(&self.node);
                Waiting { plain: entry.encode(), fed: entry.vid }
            })
            .collect();
        let mut queue = self.queue.lock();
        if let Some(reason) = &queue.failed {
            return Err(Error::Unavailable(reason.clone()));
        }
        if queue.closed || queue.entries.len() + waiting.len() > QUEUE_MAX {
            return Err(Error::Unavailable("the audit log is overloaded or closed".into()));
        }
        let before = queue.entries.len();
        queue.entries.extend(waiting);
        if before < queue.want && queue.entries.len() >= queue.want {
            self.filled.notify_one();
        }
        Ok(queue.batch.clone())
    }

    fn close(&self) {
        self.queue.lock().closed = true;
        self.filled.notify_one();
    }
}

/// The thread that appends.
struct Appender {
    shared: Arc<Shared>,
    log: Arc<Log>,
    sealed: Arc<Sealed>,
    checkpointer: Arc<Checkpointer>,
}

impl Appender {
    fn run(&self) {
        // So many callers seem to be there, and so long an append takes: see `take`.
        let (mut callers, mut took) = (1, Duration::ZERO);
        while let Some((entries, batch)) = self.take(callers, took / 4) {
            let start = Instant::now();
            let count = entries.len();
            let done = self.append(entries);
            took = start.elapsed();
            callers = count + self.shared.queue.lock().entries.len();
            let state = match done {
                Ok(()) => DURABLE,
                Err(error) => {
                    tracing::error!(error = %error, "the audit log cannot be written");
                    if fatal(&error) {
                        self.shared.queue.lock().failed = Some(error.to_string());
                    }
                    FAILED
                }
            };
            batch.state.store(state, Ordering::Release);
            batch.notify.notify_waiters();
        }
    }

    /// Waits for entries and takes them all. Callers come back soon after they were answered; to have them all
    /// in one append is worth a wait of a fraction of an fsync.
    fn take(&self, callers: usize, patience: Duration) -> Option<(Vec<Waiting>, Arc<Batch>)> {
        let mut queue = self.shared.queue.lock();
        while queue.entries.is_empty() {
            if queue.closed {
                return None;
            }
            queue.want = 1;
            self.shared.filled.wait(&mut queue);
        }
        let deadline = Instant::now() + patience;
        while queue.entries.len() < callers && !queue.closed {
            queue.want = callers;
            if self.shared.filled.wait_until(&mut queue, deadline).timed_out() {
                break;
            }
        }
        queue.want = 1;
        let batch = std::mem::take(&mut queue.batch);
        Some((std::mem::take(&mut queue.entries), batch))
    }

    fn append(&self, entries: Vec<Waiting>) -> Result<()> {
        let mut fed = self.shared.fed.load(Ordering::Acquire);
        let aad = super::binding(&self.sealed.tenant);
        let mut leaves = Vec::with_capacity(entries.len());
        let mut plain = Vec::new();
        for entry in &entries {
            if entry.fed != 0 {
                fed = entry.fed;
            }
            plain.clear();
            signed(fed, &mut plain);
            plain.extend_from_slice(&entry.plain);
            leaves.push(seal::seal(&self.sealed.keys.audit, 0, &aad, &plain).map_err(Error::unavailable)?);
        }
        self.log.append(&leaves).map_err(super::error)?;
        self.shared.fed.store(fed, Ordering::Release);
        self.shared.appended.store(self.log.size(), Ordering::Release);
        self.checkpointer.grown(self.log.size());
        Ok(())
    }
}

/// Whether nothing more may be acknowledged after this error.
fn fatal(error: &Error) -> bool {
    matches!(error, Error::Corrupt(_))
}

/// Opens a leaf: the feed's position as of the entry, and the entry.
pub(super) fn open_leaf(sealed: &Sealed, aad: &[u8], leaf: &[u8]) -> Result<(i64, AuditEntry)> {
    let plain = seal::open(&sealed.keys.audit, aad, leaf)
        .map_err(|_| Error::Corrupt("an audit entry does not open".into()))?;
    let mut reader = Reader(&plain);
    let fed = reader.signed().ok_or_else(|| Error::Corrupt("audit entry".into()))?;
    Ok((fed, AuditEntry::decode(reader.0)?))
}

/// Where this node stood in the feed when it last wrote to the log.
fn fed(log: &Log, sealed: &Sealed, node: &str) -> Result<i64> {
    const STEP: u64 = 256;
    let aad = super::binding(&sealed.tenant);
    let mut end = log.size();
    while end > 0 {
        let start = end.saturating_sub(STEP);
        let (mut found, mut failed) = (None, None);
        let scanned = log.storage().scan(start, &mut |number, leaf| {
            if number >= end {
                return ControlFlow::Break(());
            }
            match open_leaf(sealed, &aad, leaf) {
                Ok((fed, entry)) if entry.node == node => found = Some(fed),
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
