//! Where the checks run.

use crate::private_postgres::PrivatePostgres;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use store::postgres::Cluster;

/// A temporary folder that goes away.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("medhub-check-{}-{number}", std::process::id()));
        std::fs::create_dir(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The one PostgreSQL of this run; it ends with the process.
pub fn url() -> Option<String> {
    static SHARED: OnceLock<Option<PrivatePostgres>> = OnceLock::new();
    SHARED.get_or_init(PrivatePostgres::start).as_ref().map(PrivatePostgres::url)
}

/// A node connected to it. Each test has a runtime of its own, so each connects anew.
pub async fn cluster() -> Option<Arc<Cluster>> {
    let url = tokio::task::spawn_blocking(url).await.unwrap()?;
    Some(Cluster::connect(&url).await.unwrap())
}
