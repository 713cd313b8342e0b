//! Finding one account, and changing what it is.

use super::Hub;
use super::account::info;
use crate::ctx::Role;
use crate::error::{Error, Result};
use crate::hub::AccountInfo;
use uuid::Uuid;

/// What becomes different; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountChange {
    pub roles: Option<Vec<Role>>,
    /// `Practitioner/…` of the person; `Some(None)` takes it away.
    pub person: Option<Option<String>>,
    pub disabled: Option<bool>,
}

impl Hub {
    /// The account of that name, in the tenant.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn account(&self, tenant: &str, name: &str) -> Result<Option<AccountInfo>> {
        Ok(self.registry.account(tenant, name).await?.map(info))
    }

    /// The account of that id, if it is of the tenant.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn account_by_id(&self, tenant: &str, id: Uuid) -> Result<Option<AccountInfo>> {
        Ok(self.registry.account_by_id(id).await?.filter(|row| row.tenant == tenant).map(info))
    }

    /// Changes an account. Its tokens follow within a second; those of a disabled one stop working.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable`.
    pub async fn account_change(&self, tenant: &str, id: Uuid, change: AccountChange) -> Result<AccountInfo> {
        let row = self.registry.account_by_id(id).await?;
        let mut row = row.filter(|row| row.tenant == tenant).ok_or(Error::NotFound)?;
        if let Some(roles) = change.roles {
            row.roles = roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(",");
        }
        if let Some(person) = change.person {
            row.practitioner = person;
        }
        row.disabled = change.disabled.unwrap_or(row.disabled);
        self.registry.account_put(&row).await?;
        self.tokens.forget();
        Ok(info(row))
    }
}
