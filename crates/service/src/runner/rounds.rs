//! The clock's part of the runner: each service's rounds, in each tenant.

use super::Runner;
use crate::{Round, RoundCtx};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use store::{Error, Result, Tenant};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How often it is looked whether a round is due.
const TICK: Duration = Duration::from_millis(500);
/// Pieces of one round that follow each other before it waits again.
const PIECES: usize = 20;
/// Pieces of one round in [`Runner::rounds_once`]: more means that a round moves the same things again and again.
const PIECES_MAX: usize = 10_000;

impl Runner {
    /// Makes the rounds of one tenant until told to stop, or until the tenant is gone. Each goes at its own pace: one
    /// that reads a pile of scans must not keep a call to a patient from going up.
    pub(super) async fn run_rounds(self: Arc<Self>, tenant: Arc<Tenant>, stop: watch::Receiver<bool>) {
        let mut all = JoinSet::new();
        for round in &self.rounds {
            all.spawn(self.clone().run_round(tenant.clone(), round.clone(), stop.clone()));
        }
        all.join_all().await;
    }

    async fn run_round(
        self: Arc<Self>,
        tenant: Arc<Tenant>,
        round: Arc<dyn Round>,
        mut stop: watch::Receiver<bool>,
    ) {
        let (mut due, mut failures) = (Instant::now(), 0);
        while !*stop.borrow() && !self.stopping.load(Ordering::Relaxed) {
            if Instant::now() >= due {
                let wait = match self.pieces(&tenant, &round).await {
                    Ok(()) => {
                        failures = 0;
                        round.every()
                    }
                    Err(error) => {
                        tracing::warn!(round = round.name(), %error, "a round failed and comes again");
                        failures += 1;
                        round.every() + self.pace.wait(failures)
                    }
                };
                due = Instant::now() + wait;
            }
            if self.hub.tenant(tenant.name()).await.is_err() {
                return;
            }
            tokio::select! { _ = stop.changed() => return, () = tokio::time::sleep(TICK) => {} }
        }
    }

    async fn pieces(&self, tenant: &Arc<Tenant>, round: &Arc<dyn Round>) -> Result<()> {
        for _ in 0..PIECES {
            if self.stopping.load(Ordering::Relaxed) || self.piece(tenant, round).await? == 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    /// In a task of its own, so that a panic is the round's failure and not the runner's end.
    async fn piece(&self, tenant: &Arc<Tenant>, round: &Arc<dyn Round>) -> Result<usize> {
        let cx = RoundCtx { hub: self.hub.clone(), tenant: tenant.clone(), ctx: self.ctx(round.name()) };
        let round = round.clone();
        match tokio::spawn(async move { round.go(&cx).await }).await {
            Ok(result) => result,
            Err(_) => Err(Error::Corrupt("round.panicked".to_string())),
        }
    }

    /// Makes every round of every tenant until none moves anything. For tests, whose clock stands still meanwhile.
    ///
    /// # Errors
    /// The first failure of a round.
    pub async fn rounds_once(&self) -> Result<usize> {
        let mut moved = 0;
        for info in self.hub.tenants().await?.into_iter().filter(|t| !t.suspended) {
            let tenant = self.hub.tenant(&info.name).await?;
            for round in &self.rounds {
                for piece in 0..=PIECES_MAX {
                    if piece == PIECES_MAX {
                        return Err(Error::Corrupt("round.endless".to_string()));
                    }
                    match self.piece(&tenant, round).await? {
                        0 => break,
                        some => moved += some,
                    }
                }
            }
        }
        Ok(moved)
    }
}
