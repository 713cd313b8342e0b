//! The thread that appends to the log.

use super::checkpointer::Checkpointer;
use super::codec::signed;
use super::queue::{Queue, Waiting};
use crate::error::{Error, Result};
use crate::keyring::Sealed;
use ledger::Log;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

pub(super) struct Appender {
    pub queue: Arc<Queue>,
    pub log: Arc<Log>,
    pub sealed: Arc<Sealed>,
    pub checkpointer: Arc<Checkpointer>,
}

impl Appender {
    /// Appends until the queue is closed and empty.
    pub fn run(&self) {
        // So many callers seem to be tthere, and so long an append takes: see `Queue::take`.
        let (mut callers, mut took) = (1, Duration::ZERO);
        while let Some((entries, batch)) = self.queue.take(callers, took / 4) {
            let start = Instant::now();
            let count = entries.len();
            let done = self.append(entries);
            took = start.elapsed();
            callers = count + self.queue.waiting();
            if let Err(error) = &done {
                tracing::error!(error = %error, "the audit log cannot be written");
                if fatal(error) {
                    self.queue.fail(error.to_string());
                }
            }
            batch.finish(done.is_ok());
        }
    }

    fn append(&self, entries: Vec<Waiting>) -> Result<()> {
        let mut fed = self.queue.fed.load(Ordering::Acquire);
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
        self.queue.fed.store(fed, Ordering::Release);
        self.queue.appended.store(self.log.size(), Ordering::Release);
        self.checkpointer.grown(self.log.size());
        Ok(())
    }
}

/// Whether nothing more may be acknowledged after this error.
fn fatal(error: &Error) -> bool {
    matches!(error, Error::Corrupt(_))
}
