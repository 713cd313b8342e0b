//! The life of the runner: a task for each tenant, tenants that come and go, and quiescence for tests.

use super::Runner;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use store::{Result, Tenant};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often the list of tenants is read again.
const TENANTS_EVERY: Duration = Duration::from_secs(2);
/// Longest wait for the feed: a wake-up is a hint that may be lost.
const FEED_WAIT_MS: u64 = 5_000;
const SWEEP_EVERY: Duration = Duration::from_secs(30);
const SWEEP_STEPS: usize = 20;

impl Runner {
    /// Serves all tenants until `stop` turns true; then finishes the rows in hand and returns.
    pub async fn run(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        let mut tasks: HashMap<String, JoinHandle<()>> = HashMap::new();
        while !*stop.borrow() {
            self.start_tenants(&mut tasks, &stop).await;
            tokio::select! {
                changed = stop.changed() => if changed.is_err() { break },
                () = tokio::time::sleep(TENANTS_EVERY) => {}
            }
        }
        self.stopping.store(true, Ordering::Relaxed);
        for (_, task) in tasks {
            if task.await.is_err() {
                tracing::error!("a reaction task of a tenant ended badly");
            }
        }
    }

    async fn start_tenants(
        self: &Arc<Self>,
        tasks: &mut HashMap<String, JoinHandle<()>>,
        stop: &watch::Receiver<bool>,
    ) {
        tasks.retain(|_, task| !task.is_finished());
        let Ok(tenants) = self.hub.tenants().await else { return };
        for info in tenants.into_iter().filter(|t| !t.suspended) {
            if tasks.contains_key(&info.name) {
                continue;
            }
            let Ok(tenant) = self.hub.tenant(&info.name).await else { continue };
            let rounds = self.clone().run_rounds(tenant.clone(), stop.clone());
            let feed = self.clone().run_tenant(tenant, stop.clone());
            let task = tokio::spawn(async move {
                tokio::join!(feed, rounds);
            });
            tasks.insert(info.name, task);
        }
    }

    async fn run_tenant(self: Arc<Self>, tenant: Arc<Tenant>, mut stop: watch::Receiver<bool>) {
        let mut failures = 0;
        let mut swept = Instant::now();
        while !*stop.borrow() {
            let seen = tenant.top().await.unwrap_or_default();
            match self.catch_up_all(&tenant).await {
                Ok(_) => failures = 0,
                Err(error) => {
                    failures += 1;
                    tracing::warn!(%error, failures, "reactions wait for the store");
                    let wait = self.pace.wait(failures);
                    tokio::select! { _ = stop.changed() => return, () = tokio::time::sleep(wait) => continue }
                }
            }
            if swept.elapsed() >= SWEEP_EVERY {
                swept = Instant::now();
                self.sweep(&tenant).await;
            }
            // A tenant that was suspended or destroyed ends its task; it starts again when it is back.
            if self.hub.tenant(tenant.name()).await.is_err() {
                return;
            }
            tokio::select! {
                _ = stop.changed() => return,
                () = tenant.feed_wait(seen, FEED_WAIT_MS) => {}
            }
        }
    }

    /// Removes what no page of a search can ask for any more, a bounded part of it at a time; and tokens, tickets
    /// and links that are over.
    async fn sweep(&self, tenant: &Tenant) {
        if let Err(error) = self.hub.vault_sweep().await {
            tracing::warn!(%error, "tokens and links that are over could not be swept");
        }
        for _ in 0..SWEEP_STEPS {
            match tenant.sweep(&**self.hub.clock()).await {
                Ok(true) => tokio::task::yield_now().await,
                Ok(false) => return,
                Err(error) => {
                    tracing::warn!(%error, "superseded index entries could not be swept");
                    return;
                }
            }
        }
    }

    async fn catch_up_all(&self, tenant: &Arc<Tenant>) -> Result<usize> {
        let mut served = 0;
        for reaction in &self.reactions {
            served += self.catch_up(tenant, reaction).await?;
        }
        Ok(served)
    }

    /// Runs all reactions of all tenants until nothing is left to do. For tests and for the command line.
    ///
    /// # Errors
    /// The store's.
    pub async fn drain(&self) -> Result<()> {
        loop {
            let mut served = 0;
            for info in self.hub.tenants().await?.into_iter().filter(|t| !t.suspended) {
                let tenant = self.hub.tenant(&info.name).await?;
                served += self.catch_up_all(&tenant).await?;
            }
            if served == 0 {
                return Ok(());
            }
        }
    }
}
