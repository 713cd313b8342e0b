//! Entries that wait to be appended, and callers that wait for them.

use super::entry::AuditEntry;
use crate::error::{Error, Result};
use parking_lot::{Condvar, Mutex};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Entries that may wait; more are refused (503), so that memory stays bounded.
const QUEUE_MAX: usize = 16 * 1024;

/// What callers, the appending thread and the follower share.
pub(super) struct Queue {
    state: Mutex<State>,
    /// Wakes the thread.
    filled: Condvar,
    /// Position up to which the feed is in the log.
    pub fed: AtomicI64,
    /// Entries in the log.
    pub appended: AtomicU64,
    pub node: String,
    /// Other nodes write to the same log.
    pub shared: bool,
}

#[derive(Default)]
struct State {
    entries: Vec<Waiting>,
    batch: Arc<Batch>,
    /// The thread wants to be woken at this length.
    want: usize,
    closed: bool,
    failed: Option<String>,
}

/// One encoded entry.
pub(super) struct Waiting {
    pub plain: Vec<u8>,
    /// The feed's position with this entry; 0 = unchanged.
    pub fed: i64,
}

/// Callers whose entries are appended together.
#[derive(Default)]
pub(super) struct Batch {
    state: AtomicU8,
    notify: Notify,
}

const PENDING: u8 = 0;
const DURABLE: u8 = 1;
const FAILED: u8 = 2;

impl Queue {
    pub fn new(node: &str, shared: bool, fed: i64, appended: u64) -> Queue {
        Queue {
            state: Mutex::new(State { want: 1, ..State::default() }),
            filled: Condvar::new(),
            fed: AtomicI64::new(fed),
            appended: AtomicU64::new(appended),
            node: node.to_string(),
            shared,
        }
    }

    /// Queues entries that become durable together or not at all.
    pub fn record_all(&self, entries: Vec<AuditEntry>) -> impl Future<Output = Result<()>> + use<> {
        let queued = self.push(entries);
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

    fn push(&self, entries: Vec<AuditEntry>) -> Result<Arc<Batch>> {
        let waiting: Vec<Waiting> = entries
            .into_iter()
            .map(|mut entry| {
                entry.node.clone_from(&self.node);
                Waiting { plain: entry.encode(), fed: entry.vid }
            })
            .collect();
        let mut state = self.state.lock();
        if let Some(reason) = &state.failed {
            return Err(Error::Unavailable(reason.clone()));
        }
        if state.closed || state.entries.len() + waiting.len() > QUEUE_MAX {
            return Err(Error::Unavailable("the audit log is overloaded or closed".into()));
        }
        let before = state.entries.len();
        state.entries.extend(waiting);
        if before < state.want && state.entries.len() >= state.want {
            self.filled.notify_one();
        }
        Ok(state.batch.clone())
    }

    pub fn close(&self) {
        self.state.lock().closed = true;
        self.filled.notify_one();
    }

    /// Waits for entries and takes them all. Callers come back soon after they were answered; to have them all
    /// in one append is worth a wait of a fraction of an fsync.
    pub fn take(&self, callers: usize, patience: Duration) -> Option<(Vec<Waiting>, Arc<Batch>)> {
        let mut state = self.state.lock();
        while state.entries.is_empty() {
            if state.closed {
                return None;
            }
            state.want = 1;
            self.filled.wait(&mut state);
        }
        let deadline = Instant::now() + patience;
        while state.entries.len() < callers && !state.closed {
            state.want = callers;
            if self.filled.wait_until(&mut state, deadline).timed_out() {
                break;
            }
        }
        state.want = 1;
        let batch = std::mem::take(&mut state.batch);
        Some((std::mem::take(&mut state.entries), batch))
    }

    pub fn waiting(&self) -> usize {
        self.state.lock().entries.len()
    }

    /// Whether entries are accepted.
    pub fn is_open(&self) -> bool {
        let state = self.state.lock();
        state.failed.is_none() && !state.closed && state.entries.len() < QUEUE_MAX
    }

    /// Accepts nothing more, for this reason.
    pub fn fail(&self, reason: String) {
        self.state.lock().failed = Some(reason);
    }
}

impl Batch {
    /// Answers all who wait.
    pub fn finish(&self, durable: bool) {
        self.state.store(if durable { DURABLE } else { FAILED }, Ordering::Release);
        self.notify.notify_waiters();
    }
}
