//! One tenant: its backend, keys, cache, writer and audit log.

use crate::access::gate::{Authority, Gate};
use crate::audit::Sequencer;
use crate::backend::Backend;
use crate::cache::EntryCache;
use crate::ctx::Clock;
use crate::error::Result;
pub use crate::keyring::Sealed;
use crate::rule::Rule;
use crate::write::{Rules, Writer};
use std::sync::Arc;

/// How long a superseded version stays findable by pages of an older snapshot.
pub const SNAPSHOT_MS: i64 = 15 * 60 * 1000;
const SWEEP_ROWS: usize = 500;

/// A tenant that is open. Every call takes a [`crate::Ctx`], decides access and is audited.
pub struct Tenant {
    pub(crate) name: Box<str>,
    pub(crate) backend: Arc<dyn Backend>,
    pub(crate) sealed: Arc<Sealed>,
    pub(crate) cache: Arc<EntryCache>,
    pub(crate) writer: Writer,
    pub(crate) audit: Sequencer,
    pub(crate) gate: Arc<Gate>,
    /// Held by a commit that lost a race and is decided anew.
    pub(crate) raced: tokio::sync::Mutex<()>,
}

impl Tenant {
    pub(crate) fn open(
        name: &str,
        backend: Arc<dyn Backend>,
        sealed: Arc<Sealed>,
        audit: Sequencer,
        cache_bytes: u64,
        authority: Arc<Authority>,
        shared: bool,
    ) -> Result<Tenant> {
        let cache = Arc::new(EntryCache::new(cache_bytes));
        let gate = Arc::new(Gate::new(authority, shared));
        let writer = Writer::start(backend.clone(), sealed.clone(), cache.clone(), gate.clone())?;
        let raced = tokio::sync::Mutex::default();
        Ok(Tenant { name: name.into(), backend, sealed, cache, writer, audit, gate, raced })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Sets the rules of the services; asked on every write from now on.
    pub fn rules_set(&self, rules: &[Arc<dyn Rule>]) {
        *self.writer.rules.write() = Arc::new(Rules::new(rules));
    }

    /// Removes index entries that no page can ask for any more; returns whether there may be more to do.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn sweep(&self, clock: &dyn Clock) -> Result<bool> {
        let done = self.backend.sweep(clock.now_ms() - SNAPSHOT_MS, SWEEP_ROWS).await?;
        Ok(done == SWEEP_ROWS)
    }

    /// Cache hits and misses since the start.
    pub fn cache_counts(&self) -> (u64, u64) {
        let get = |counter: &std::sync::atomic::AtomicU64| counter.load(std::sync::atomic::Ordering::Relaxed);
        (get(&self.cache.hits), get(&self.cache.misses))
    }
}
