use ledger::Log;
use parking_lot::{Condvar, Mutex};
use std::time::{Duration, Instant};

/// A checkpoint is signed so long after an entry, or sooner when so many have come …
const EVERY: Duration = Duration::from_secs(1);
const ENTRIES: u64 = 1000;
/// … but not more often than this: each costs some fsyncs.
const AT_MOST_EVERY: Duration = Duration::from_millis(100);

/// Has checkpoints signed on a thread of its own, beside the appending.
pub(super) struct Checkpointer {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    size: u64,
    signed: u64,
    closed: bool,
    failed: bool,
}

impl Checkpointer {
    /// A log of so many entries, of which so many are signed.
    pub fn new(size: u64, signed: u64) -> Checkpointer {
        let state = State { size: size.max(signed), signed, closed: false, failed: false };
        Checkpointer { state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The log has so many entries now.
    pub fn grown(&self, size: u64) {
        let mut state = self.state.lock();
        let first = state.size == state.signed;
        let many = size.saturating_sub(state.signed) >= ENTRIES && state.size - state.signed < ENTRIES;
        state.size = state.size.max(size);
        if first || many {
            self.changed.notify_one();
        }
    }

    pub fn healthy(&self) -> bool {
        !self.state.lock().failed
    }

    /// Signs what there is, then ends the thread.
    pub fn close(&self) {
        self.state.lock().closed = true;
        self.changed.notify_one();
    }

    pub fn run(&self, log: &Log) {
        while self.due() {
            let begun = Instant::now();
            let signed = log.checkpoint();
            let mut state = self.state.lock();
            match signed {
                Ok(checkpoint) => {
                    // The log may have grown past what was told.
                    state.signed = checkpoint.size;
                    state.size = state.size.max(checkpoint.size);
                    state.failed = false;
                }
                Err(error) => {
                    tracing::error!(error = %error, "no checkpoint of the audit log could be signed");
                    state.failed = true;
                }
            }
            let next = begun + AT_MOST_EVERY;
            while !state.closed && !self.changed.wait_until(&mut state, next).timed_out() {}
            if state.closed && (state.failed || state.size == state.signed) {
                return;
            }
        }
    }

    /// Waits until a checkpoint is due; false when there will be none.
    fn due(&self) -> bool {
        let mut state = self.state.lock();
        while state.size == state.signed {
            if state.closed {
                return false;
            }
            self.changed.wait(&mut state);
        }
        let deadline = Instant::now() + EVERY;
        while !state.closed && state.size - state.signed < ENTRIES {
            if self.changed.wait_until(&mut state, deadline).timed_out() {
                break;
            }
        }
        true
    }
}
