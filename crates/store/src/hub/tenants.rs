//! Creating, listing, suspending and destroying tenants.

use super::Hub;
use crate::error::{Error, Result};
use crate::registry::TenantRow;
use fhir::{Code, Issue, Text};
use quick_cache::sync::Cache;
use seal::TenantKeys;

/// For so long a host name is answered from memory.
const HOST_TRUSTED_MS: i64 = 2000;

/// Host names seen lately, and their tenants.
pub(super) struct Hosts(Cache<String, (i64, Option<String>)>);

impl Default for Hosts {
    fn default() -> Self {
        Hosts(Cache::new(1000))
    }
}

/// A tenant to create.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// 1 to 40 of `[a-z0-9-]`, beginning with a letter; part of addresses.
    pub name: String,
    pub title: String,
    /// Host name whose `/fhir` is this tenant's.
    pub host: Option<String>,
}

/// What may be told of a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantInfo {
    pub name: String,
    pub title: String,
    pub host: Option<String>,
    pub suspended: bool,
    /// ms since epoch.
    pub created: i64,
}

impl From<TenantRow> for TenantInfo {
    fn from(row: TenantRow) -> Self {
        let TenantRow { name, title, host, suspended, created, .. } = row;
        TenantInfo { name, title, host, suspended, created }
    }
}

impl Hub {
    /// Creates a tenant with keys of its own.
    ///
    /// # Errors
    /// `Refused` when the name is not valid or taken.
    pub async fn tenant_create(&self, new: NewTenant) -> Result<()> {
        if !valid_name(&new.name) {
            return Err(bad_name().into());
        }
        if self.registry.tenant(&new.name).await?.is_some() {
            return Err(taken(&new.name).into());
        }
        let keys = TenantKeys::generate().and_then(|keys| keys.wrap(&*self.config.root, &new.name));
        let row = TenantRow {
            title: new.title,
            host: new.host,
            suspended: false,
            created: self.config.clock.now_ms(),
            keys: keys.map_err(Error::unavailable)?,
            name: new.name,
        };
        self.registry.tenant_put(&row).await?;
        self.tenant(&row.name).await.map(drop)
    }

    /// # Errors
    /// `Unavailable`.
    pub async fn tenants(&self) -> Result<Vec<TenantInfo>> {
        Ok(self.registry.tenants().await?.into_iter().map(TenantInfo::from).collect())
    }

    /// # Errors
    /// `NotFound`.
    pub async fn tenant_info(&self, name: &str) -> Result<TenantInfo> {
        self.registry.tenant(name).await?.map(TenantInfo::from).ok_or(Error::NotFound)
    }

    /// The tenant that a host name belongs to.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn tenant_by_host(&self, host: &str) -> Result<Option<String>> {
        let now = self.config.clock.now_ms();
        if let Some((until, found)) = self.hosts.0.get(host)
            && now < until
        {
            return Ok(found);
        }
        let found = self.registry.tenant_by_host(host).await?;
        self.hosts.0.insert(host.to_string(), (now + HOST_TRUSTED_MS, found.clone()));
        Ok(found)
    }

    /// Suspends a tenant (its tokens stop working within a second) or lets it work again.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn tenant_suspend(&self, name: &str, suspended: bool) -> Result<()> {
        let mut row = self.registry.tenant(name).await?.ok_or(Error::NotFound)?;
        row.suspended = suspended;
        self.registry.tenant_put(&row).await?;
        self.open.write().remove(name);
        Ok(())
    }

    /// Destroys a tenant: its keys first, so that whatever remains of its data (a backup) cannot be read,
    /// then its accounts and its data.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable` when something could not be removed (call it again).
    pub async fn tenant_destroy(&self, name: &str) -> Result<()> {
        self.registry.tenant(name).await?.ok_or(Error::NotFound)?;
        self.open.write().remove(name);
        self.keys.remove(name);
        self.registry.tenant_remove(name).await?;
        match &self.cluster {
            Some(cluster) => cluster.destroy(name).await,
            None => match std::fs::remove_dir_all(self.tenant_folder(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::unavailable(error)),
                _ => Ok(()),
            },
        }
    }
}

fn valid_name(name: &str) -> bool {
    let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=40).contains(&name.len())
        && name.bytes().all(fine)
        && name.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
}

fn bad_name() -> Issue {
    const TEXT: Text = Text {
        key: "tenant.bad-name",
        fr: "Le nom d'un établissement compte 1 à 40 minuscules, chiffres ou tirets et commence par une lettre.",
        en: "A tenant's name has 1 to 40 lower-case letters, digits or hyphens and begins with a letter.",
        de: "Ein Mandantenname hat 1 bis 40 Kleinbuchstaben, Ziffern oder Bindestriche und beginnt mit einem Buchstaben.",
    };
    Issue::error(Code::Value, TEXT)
}

fn taken(name: &str) -> Issue {
    const TEXT: Text = Text {
        key: "tenant.taken",
        fr: "L'établissement « {name} » existe déjà.",
        en: "The tenant \"{name}\" exists already.",
        de: "Der Mandant „{name}“ existiert bereits.",
    };
    Issue::error(Code::Duplicate, TEXT).arg("name", name)
}

pub(super) fn suspended() -> Error {
    const TEXT: Text = Text {
        key: "tenant.suspended",
        fr: "Cet établissement est suspendu. Adressez-vous à l'administrateur de la plate-forme.",
        en: "This tenant is suspended. Ask the administrator of the platform.",
        de: "Dieser Mandant ist gesperrt. Wenden Sie sich an die Plattformverwaltung.",
    };
    Error::refused(Code::Forbidden, TEXT)
}
