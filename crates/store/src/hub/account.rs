//! Accounts of a tenant.

use super::Hub;
use crate::ctx::Role;
use crate::error::{Error, Result};
use crate::registry::AccountRow;
use fhir::{Code, Issue, Text};
use uuid::Uuid;

/// What may be told of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountInfo {
    pub id: Uuid,
    pub name: String,
    pub roles: Vec<Role>,
    /// `Practitioner/…` of the person, if there is one.
    pub practitioner: Option<String>,
    pub disabled: bool,
}

impl Hub {
    /// Creates an account.
    ///
    /// # Errors
    /// `NotFound` for the tenant; `Refused` when the name is not valid or taken.
    pub async fn account_create(
        &self,
        tenant: &str,
        name: &str,
        roles: &[Role],
        practitioner: Option<&str>,
    ) -> Result<()> {
        self.registry.tenant(tenant).await?.ok_or(Error::NotFound)?;
        let fine = |c: char| c.is_ascii_alphanumeric() || ".-_@".contains(c);
        if name.is_empty() || name.len() > 100 || !name.chars().all(fine) {
            return Err(bad_name().into());
        }
        if self.registry.account(tenant, name).await?.is_some() {
            return Err(taken().into());
        }
        let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        let row = AccountRow {
            id: self.config.ids.uuid(),
            tenant: tenant.to_string(),
            name: name.to_string(),
            roles: roles.join(","),
            practitioner: practitioner.map(str::to_string),
            disabled: false,
        };
        self.registry.account_put(&row).await
    }

    /// # Errors
    /// `Unavailable`.
    pub async fn accounts(&self, tenant: &str) -> Result<Vec<AccountInfo>> {
        Ok(self.registry.accounts(tenant).await?.into_iter().map(info).collect())
    }

    /// Disables an account: its tokens stop working within a second.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn account_disable(&self, tenant: &str, name: &str) -> Result<()> {
        let mut row = self.registry.account(tenant, name).await?.ok_or(Error::NotFound)?;
        row.disabled = true;
        self.registry.account_put(&row).await?;
        self.tokens.forget();
        Ok(())
    }
}

pub(super) fn info(row: AccountRow) -> AccountInfo {
    let roles = roles(&row.roles);
    AccountInfo { id: row.id, name: row.name, roles, practitioner: row.practitioner, disabled: row.disabled }
}

pub(super) fn roles(text: &str) -> Vec<Role> {
    text.split(',').filter_map(Role::parse).collect()
}

fn bad_name() -> Issue {
    const TEXT: Text = Text {
        key: "account.bad-name",
        fr: "Le nom d'un compte compte 1 à 100 lettres sans accent, chiffres ou « . - _ @ ».",
        en: "An account's name has 1 to 100 plain letters, digits or \". - _ @\".",
        de: "Ein Kontoname hat 1 bis 100 Buchstaben ohne Akzente, Ziffern oder „. - _ @“.",
    };
    Issue::error(Code::Value, TEXT)
}

fn taken() -> Issue {
    const TEXT: Text = Text {
        key: "account.taken",
        fr: "Ce compte existe déjà dans l'établissement.",
        en: "This account exists already in the tenant.",
        de: "Dieses Konto existiert bereits im Mandanten.",
    };
    Issue::error(Code::Duplicate, TEXT)
}
