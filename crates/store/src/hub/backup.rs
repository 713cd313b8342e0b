//! Backup and restore of the embedded store. Everything copied is sealed; the keyring is copied to a folder
//! of its own, so that it can be kept for less long than the data (an erased patient's key must not survive
//! in it); the root key is never part of a backup.

use super::Hub;
use crate::error::{Error, Result};
use crate::sqlite::{Sqlite, SqliteRegistry};
use fhir::{Code, Text};
use std::fs;
use std::path::Path;

/// What was copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    pub tenants: usize,
    pub bytes: u64,
}

impl Hub {
    /// Copies the installation while it is in use: `to/hub.db`, `to/tenants/<name>/{data.db,audit/}` and
    /// `to/keyring/<name>.db`.
    ///
    /// # Errors
    /// `Refused` on PostgreSQL (its own tools do this) or when the folder is not empty; `Unavailable`.
    pub async fn backup(&self, to: &Path) -> Result<Copied> {
        if self.cluster.is_some() {
            return Err(Error::refused(Code::NotSupported, ON_POSTGRES));
        }
        empty_folder(to)?;
        SqliteRegistry::open(&self.config.data.join("hub.db"))?.copy_to(&to.join("hub.db"))?;
        fs::create_dir_all(to.join("keyring")).map_err(Error::unavailable)?;
        let mut copied = Copied::default();
        for tenant in self.registry.tenants().await? {
            let folder = to.join("tenants").join(&tenant.name);
            fs::create_dir_all(&folder).map_err(Error::unavailable)?;
            let keyring = to.join("keyring").join(format!("{}.db", tenant.name));
            Sqlite::open(&self.tenant_folder(&tenant.name))?.copy_to(&folder.join("data.db"), &keyring)?;
            // After the data: the log may know more than the data, never less.
            let log = self.tenant_folder(&tenant.name).join("audit");
            ledger::FileStorage::copy(&log, &folder.join("audit")).map_err(Error::unavailable)?;
            copied.tenants += 1;
        }
        copied.bytes = size_of(to).map_err(Error::unavailable)?;
        Ok(copied)
    }
}

/// Restores a backup into an empty data folder. Erasures that `erased_in` (a newer data folder or backup)
/// knows are done again, so that a restore brings no erased patient back.
///
/// # Errors
/// `Refused` when the folder is not empty; `Unavailable`.
pub fn restore(from: &Path, data: &Path, erased_in: Option<&Path>) -> Result<Copied> {
    let occupied = data.join("hub.db").exists() || data.join("tenants").exists();
    if occupied {
        return Err(Error::refused(Code::Conflict, NOT_EMPTY));
    }
    fs::create_dir_all(data).map_err(Error::unavailable)?;
    fs::copy(from.join("hub.db"), data.join("hub.db")).map_err(Error::unavailable)?;
    let mut copied = Copied::default();
    for entry in fs::read_dir(from.join("tenants")).map_err(Error::unavailable)? {
        let entry = entry.map_err(Error::unavailable)?;
        let name = entry.file_name();
        let folder = data.join("tenants").join(&name);
        copy_folder(&entry.path(), &folder)?;
        let keyring = from.join("keyring").join(&name).with_added_extension("db");
        fs::copy(keyring, folder.join("keyring.db")).map_err(Error::unavailable)?;
        if let Some(newer) =
            erased_in.map(|f| f.join("tenants").join(&name)).filter(|f| f.join("data.db").exists())
        {
            crate::sqlite::erasures_carry(&newer, &folder)?;
        }
        copied.tenants += 1;
    }
    copied.bytes = size_of(data).map_err(Error::unavailable)?;
    Ok(copied)
}

const ON_POSTGRES: Text = Text {
    key: "backup.postgres",
    fr: "La base est sur PostgreSQL : sauvegardez-la avec pg_basebackup ou pg_dump, le schéma « k_… » (clés) à part.",
    en: "The database is on PostgreSQL: back it up with pg_basebackup or pg_dump, the \"k_…\" schemas (keys) apart.",
    de: "Die Datenbank liegt auf PostgreSQL: Sichern Sie sie mit pg_basebackup oder pg_dump, die Schemata „k_…“ (Schlüssel) getrennt.",
};

const NOT_EMPTY: Text = Text {
    key: "backup.not-empty",
    fr: "Le dossier de destination n'est pas vide. Indiquez un dossier vide ou qui n'existe pas.",
    en: "The target folder is not empty. Name an empty folder, or one that does not exist.",
    de: "Der Zielordner ist nicht leer. Geben Sie einen leeren oder nicht vorhandenen Ordner an.",
};

fn empty_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(Error::unavailable)?;
    match fs::read_dir(path).map_err(Error::unavailable)?.next() {
        None => Ok(()),
        Some(_) => Err(Error::refused(Code::Conflict, NOT_EMPTY)),
    }
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).map_err(Error::unavailable)?;
    for entry in fs::read_dir(from).map_err(Error::unavailable)? {
        let entry = entry.map_err(Error::unavailable)?;
        let target = to.join(entry.file_name());
        if entry.file_type().map_err(Error::unavailable)?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target).map_err(Error::unavailable)?;
        }
    }
    Ok(())
}

fn size_of(path: &Path) -> std::io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let meta = entry.metadata()?;
        bytes += if meta.is_dir() { size_of(&entry.path())? } else { meta.len() };
    }
    Ok(bytes)
}
