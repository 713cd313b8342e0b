//! Whether the hub can work: for `/readyz` and for metrics.

use super::Hub;
use crate::error::Result;

/// What must hold for the hub to serve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Health {
    /// The registry and every open tenant answer.
    pub database: bool,
    /// Every open tenant's audit log accepts entries.
    pub audit: bool,
    /// Every open tenant's keys are unlocked.
    pub keys: bool,
    /// Free part of the disk that holds the data folder, 0 to 1; `None` where it cannot be told.
    pub disk_free: Option<f64>,
}

impl Health {
    /// Less free disk than this is not ready.
    pub const DISK_FREE_MIN: f64 = 0.05;

    pub fn ready(&self) -> bool {
        self.database
            && self.audit
            && self.keys
            && self.disk_free.is_none_or(|free| free > Self::DISK_FREE_MIN)
    }
}

impl Hub {
    /// Checks by writing: a small value in every open tenant.
    pub async fn health(&self) -> Health {
        let now = self.config.clock.now_ms().to_le_bytes();
        let mut health = Health {
            database: self.registry.tenants().await.is_ok(),
            audit: true,
            keys: true,
            disk_free: disk_free(&self.config.data),
        };
        for tenant in self.tenants_open() {
            health.database &= tenant.backend.value_set("health", &now).await.is_ok();
            health.audit &= tenant.audit.healthy();
        }
        health
    }

    /// Figures for the metrics page: name, label (never an id or a name of a person), value.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn gauges(&self) -> Result<Vec<(&'static str, Option<&'static str>, f64)>> {
        let (mut hits, mut misses, mut waiting, mut versions) = (0, 0, 0, 0);
        let tenants = self.tenants_open();
        for tenant in &tenants {
            let (h, m) = tenant.cache_counts();
            hits += h;
            misses += m;
            waiting += tenant.audit.waiting();
            versions += tenant.top().await?;
        }
        Ok(vec![
            ("medhub_tenants_open", None, tenants.len() as f64),
            ("medhub_cache_reads_total", Some("hit"), hits as f64),
            ("medhub_cache_reads_total", Some("miss"), misses as f64),
            ("medhub_audit_waiting", None, waiting as f64),
            ("medhub_versions", None, versions as f64),
        ])
    }
}

/// Free part of the file system of a folder.
fn disk_free(folder: &std::path::Path) -> Option<f64> {
    let stat = rustix::fs::statvfs(folder).ok()?;
    (stat.f_blocks > 0).then(|| stat.f_bavail as f64 / stat.f_blocks as f64)
}
