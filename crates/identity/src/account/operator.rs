//! What the operator of the machine may do to an account, without being signed in to anything: the commands
//! `medhub user …`, and the sample clinic's accounts.

use super::profile::{self, Profile};
use crate::sign_in::hashing::{Hashing, Lane};
use crate::sign_in::link::{self, Kind};
use crate::sign_in::{credential, password_change, session};
use store::{AccountInfo, Error, Hub, Result};

async fn account(hub: &Hub, tenant: &str, user: &str) -> Result<AccountInfo> {
    hub.account(tenant, user).await?.ok_or(Error::NotFound)
}

/// Makes a link to set a password, good for a day: its token.
///
/// # Errors
/// `NotFound`; `Unavailable`.
pub async fn invitation(hub: &Hub, tenant: &str, user: &str) -> Result<String> {
    link::make(hub, tenant, account(hub, tenant, user).await?.id, Kind::Invitation).await
}

/// Sets a password and ends all sessions.
///
/// # Errors
/// `NotFound`; `Refused` for a password that is too short or too common.
pub async fn password(hub: &Hub, tenant: &str, user: &str, new: &str) -> Result<()> {
    let account = account(hub, tenant, user).await?;
    let alone = !credential::load(hub, tenant, account.id).await?.has_second_factor();
    crate::sign_in::password_check(new, user, alone)?;
    let hash = Hashing::default().hash(Lane::Known, new).await?;
    password_change::put(hub, tenant, account.id, hash, new, hub.clock().now_ms()).await?;
    session::end_all(hub, tenant, account.id, None).await.map(drop)
}

/// Takes all second factors away and ends all sessions.
///
/// # Errors
/// `NotFound`; `Unavailable`.
pub async fn reset_factors(hub: &Hub, tenant: &str, user: &str) -> Result<()> {
    super::reset_factors::forget(hub, tenant, account(hub, tenant, user).await?.id).await
}

/// Says who an account's person is.
///
/// # Errors
/// `NotFound`; `Refused` for a mail address that is taken or is none.
pub async fn describe(hub: &Hub, tenant: &str, user: &str, profile: &Profile) -> Result<()> {
    profile::save(hub, tenant, account(hub, tenant, user).await?.id, profile).await
}

/// Gives several accounts of a sample one and the same password, hashed once.
///
/// # Errors
/// `NotFound`; `Unavailable`.
pub async fn sample_password(hub: &Hub, tenant: &str, users: &[&str], new: &str) -> Result<()> {
    let hash = Hashing::default().hash(Lane::Known, new).await?;
    for user in users {
        let account = account(hub, tenant, user).await?;
        password_change::put(hub, tenant, account.id, hash.clone(), new, hub.clock().now_ms()).await?;
    }
    Ok(())
}
