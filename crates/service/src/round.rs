//! What follows from time that passes, not from a commit: a reminder falls due, nobody answered an alert.

use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;
use store::{Ctx, Hub, Result, Tenant};

/// Looks again and again at what has fallen due (decision 25).
///
/// Several nodes may make the same round at once, and a node may end in the middle of one: what is due is claimed by a
/// versioned write before it is done, and what a round finds stands in resources, never in its memory.
#[async_trait]
pub trait Round: Send + Sync + 'static {
    /// Short and stable, such as `communication.outbox`.
    fn name(&self) -> &'static str;

    /// The wait between two rounds.
    fn every(&self) -> Duration;

    /// One round in one tenant; a bounded piece of work. Says how many things it moved: while there are some, the next
    /// piece follows at once.
    ///
    /// # Errors
    /// Any: the round comes again, later and later.
    async fn go(&self, cx: &RoundCtx) -> Result<usize>;
}

/// What a round sees of the hub.
#[derive(Clone)]
pub struct RoundCtx {
    pub hub: Arc<Hub>,
    pub tenant: Arc<Tenant>,
    /// The hub itself as actor, under the round's name.
    pub ctx: Ctx,
}

impl RoundCtx {
    pub fn now_ms(&self) -> i64 {
        self.ctx.clock.now_ms()
    }
}
