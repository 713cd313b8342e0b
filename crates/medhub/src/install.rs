//! An installation: its configuration, its lock, its root key and its hub.

use crate::cli::Place;
use crate::config::Config;
use crate::failure::{Failure, Result};
use seal::RootKey;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Hub, HubConfig, RandomIds, SystemClock};

/// The configuration that the place, the environment and the flags amount to.
pub fn config(place: &Place, flags: &[(&str, Option<String>)]) -> Result<Config> {
    let standard = PathBuf::from("medhub.toml");
    let file = place.config.clone().or_else(|| standard.exists().then_some(standard));
    let mut all = vec![("data", place.data.clone()), ("database", place.database.clone())];
    all.extend(flags.iter().cloned());
    Ok(Config::load(file.as_deref(), std::env::vars(), &all)?)
}

/// Opens the hub. Makes the data folder and the root key where there are none.
pub async fn hub(config: &Config) -> Result<Arc<Hub>> {
    std::fs::create_dir_all(&config.data)
        .map_err(|e| Failure::file("make the data folder", &config.data, &e))?;
    let root = root_key(config)?;
    let hub_config = HubConfig {
        data: config.data.clone(),
        database: config.database.clone(),
        cache_bytes: config.cache_bytes(),
        node: config.node.clone(),
        root: Arc::new(root),
        clock: Arc::new(SystemClock),
        ids: Arc::new(RandomIds),
    };
    Ok(Hub::open(hub_config).await?)
}

/// Opens a hub that must be there already: a mistyped folder is named instead of filled.
pub async fn hub_existing(config: &Config) -> Result<Arc<Hub>> {
    if config.database.is_none() && !config.data.join("hub.db").exists() {
        return Err(Failure::text(format!(
            "there is no installation in {}: begin with `medhub tenant create` or `medhub serve --demo`",
            config.data.display()
        )));
    }
    hub(config).await
}

fn root_key(config: &Config) -> Result<RootKey> {
    let path = config.root_key();
    // A fresh key beside sealed data would only hide that the right one is missing.
    if config.data.join("hub.db").exists() && !path.exists() {
        let path = path.display();
        return Err(Failure::text(format!("the root key {path} is not there: put your copy of it back")));
    }
    let key = match &config.passphrase_file {
        None => RootKey::load_or_create(&path),
        Some(file) => {
            let text =
                std::fs::read_to_string(file).map_err(|e| Failure::file("read the passphrase", file, &e))?;
            RootKey::load_or_create_with_passphrase(&path, text.trim_end_matches(['\r', '\n']))
        }
    };
    key.map_err(|e| Failure::text(format!("the root key {} cannot be used: {e}", path.display())))
}

/// The lock of an embedded store: one process at a time may open its tenants.
pub struct Lock(#[allow(dead_code)] Option<File>);

/// Takes the lock, or says who has it.
pub fn lock(config: &Config) -> Result<Lock> {
    if config.database.is_some() {
        return Ok(Lock(None));
    }
    std::fs::create_dir_all(&config.data)
        .map_err(|e| Failure::file("make the data folder", &config.data, &e))?;
    let file = lock_file(&config.data)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(Some(file))),
        Err(TryLockError::WouldBlock) => Err(Failure::text(format!(
            "another medhub works in {}: stop it first, or work through its address",
            config.data.display()
        ))),
        Err(TryLockError::Error(e)) => Err(Failure::file("lock", &config.data.join("lock"), &e)),
    }
}

/// Whether another process holds the lock.
pub fn locked(config: &Config) -> bool {
    config.database.is_none()
        && lock_file(&config.data).is_ok_and(|f| matches!(f.try_lock(), Err(TryLockError::WouldBlock)))
}

fn lock_file(data: &Path) -> Result<File> {
    let path = data.join("lock");
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|e| Failure::file("open", &path, &e))
}
