//! One-time links: an invitation lasts a day, a reset an hour. A link is over when it was used, when the password
//! was set in any other way since, when a newer invitation was made, and when the mail address changed.

use super::credential;
use serde::{Deserialize, Serialize};
use store::{Error, Hub, Result};
use uuid::Uuid;

const DRAWER: &str = "link";
const HOUR_MS: i64 = 3_600_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Invitation,
    Reset,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Invitation => "invitation",
            Kind::Reset => "reset",
        }
    }

    /// How long it is good, in hours.
    pub fn hours(self) -> i64 {
        match self {
            Kind::Invitation => 24,
            Kind::Reset => 1,
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
    pub account: Uuid,
    pub kind: Kind,
    version: u64,
}

/// Makes a link; its token.
///
/// # Errors
/// `Unavailable`.
pub async fn make(hub: &Hub, tenant: &str, account: Uuid, kind: Kind) -> Result<String> {
    if kind == Kind::Invitation {
        // The administrator sends another: the former went to a wrong address, or got lost.
        outdate(hub, tenant, account).await?;
    }
    let version = credential::load(hub, tenant, account).await?.version;
    let token = seal::token_generate().map_err(Error::unavailable)?;
    let link = Link { account, kind, version };
    let payload = serde_json::to_vec(&link).map_err(|_| Error::Corrupt("a link".into()))?;
    let until = hub.clock().now_ms() + kind.hours() * HOUR_MS;
    hub.vault_put(tenant, DRAWER, &token, Some(until), &payload).await?;
    Ok(token)
}

/// Ends all links of an account that are under way.
///
/// # Errors
/// `Unavailable`.
pub async fn outdate(hub: &Hub, tenant: &str, account: Uuid) -> Result<()> {
    let change = |credential: &mut credential::Credential| {
        credential.version += 1;
        true
    };
    credential::change(hub, tenant, account, change).await.map(drop)
}

/// What a token stands for, if it is good.
///
/// # Errors
/// `Unavailable`.
pub async fn look(hub: &Hub, tenant: &str, token: &str) -> Result<Option<Link>> {
    good(hub, tenant, hub.vault(tenant, DRAWER, token).await?).await
}

/// Uses a link up.
///
/// # Errors
/// `Unavailable`.
pub async fn take(hub: &Hub, tenant: &str, token: &str) -> Result<Option<Link>> {
    good(hub, tenant, hub.vault_take(tenant, DRAWER, token).await?).await
}

async fn good(hub: &Hub, tenant: &str, payload: Option<Vec<u8>>) -> Result<Option<Link>> {
    let Some(payload) = payload else { return Ok(None) };
    let link: Link = serde_json::from_slice(&payload).map_err(|_| Error::Corrupt("a link".into()))?;
    let version = credential::load(hub, tenant, link.account).await?.version;
    Ok(Some(link).filter(|link| link.version == version))
}
