//! The feed as services see it: pointers, never content.

use crate::backend::{FeedRow, Parked};
use crate::ctx::{Ctx, Role};
use crate::error::{Error, Result};
use crate::tenant::Tenant;

impl Tenant {
    /// Feed rows after a position, oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn feed(&self, after: i64, limit: usize) -> Result<Vec<FeedRow>> {
        self.backend.feed(after, limit).await
    }

    /// Waits until the feed may have grown past a position (a hint), or the time is over.
    pub async fn feed_wait(&self, after: i64, timeout_ms: u64) {
        self.backend.feed_wait(after, timeout_ms).await;
    }

    /// Position of the newest row.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn top(&self) -> Result<i64> {
        Ok(self.backend.top().await?.vid)
    }

    /// Where a reaction stands.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn cursor(&self, name: &str) -> Result<i64> {
        self.backend.cursor(name).await
    }

    /// Rows that a reaction could not handle.
    ///
    /// # Errors
    /// `Denied` to all but administrators; `Unavailable`.
    pub async fn parked(&self, ctx: &Ctx) -> Result<Vec<Parked>> {
        if !ctx.actor.has(Role::MedicalAdmin) {
            return Err(Error::Denied);
        }
        self.backend.parked().await
    }

    /// Sets a row aside, or counts another attempt.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn park(&self, parked: &Parked) -> Result<()> {
        self.backend.park(parked).await
    }

    /// Takes a row back: it was handled, or an operator dismissed it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn unpark(&self, reaction: &str, vid: i64) -> Result<()> {
        self.backend.unpark(reaction, vid).await
    }
}
