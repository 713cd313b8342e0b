//! What a person granted before, by client. It spares the question, not the check.

use crate::oauth::stored::{stored, to_store};
use serde::{Deserialize, Serialize};
use store::{Hub, Result};
use uuid::Uuid;

const DRAWER: &str = "oauth-consent";
/// Apps of one person; the oldest are forgotten.
const MAX: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    pub client: String,
    pub scopes: Vec<String>,
    /// ms since epoch.
    pub at: i64,
}

pub async fn all(hub: &Hub, tenant: &str, account: Uuid) -> Result<Vec<Remembered>> {
    match hub.vault(tenant, DRAWER, &account.to_string()).await? {
        Some(bytes) => stored(&bytes),
        None => Ok(Vec::new()),
    }
}

/// Whether all of these scopes were granted to this client.
pub async fn covers(hub: &Hub, tenant: &str, account: Uuid, client: &str, scopes: &[String]) -> Result<bool> {
    let known = all(hub, tenant, account).await?;
    let known = known.iter().find(|r| r.client == client);
    Ok(known.is_some_and(|r| scopes.iter().all(|scope| r.scopes.contains(scope))))
}

pub async fn add(hub: &Hub, tenant: &str, account: Uuid, new: Remembered) -> Result<()> {
    let with = |mut list: Vec<Remembered>| {
        list.retain(|r| r.client != new.client);
        if list.len() >= MAX {
            list.remove(0);
        }
        list.push(new.clone());
        list
    };
    change(hub, tenant, account, with).await
}

pub async fn remove(hub: &Hub, tenant: &str, account: Uuid, client: &str) -> Result<()> {
    change(hub, tenant, account, |list| list.into_iter().filter(|r| r.client != client).collect()).await
}

async fn change(
    hub: &Hub,
    tenant: &str,
    account: Uuid,
    with: impl Fn(Vec<Remembered>) -> Vec<Remembered> + Send + Sync,
) -> Result<()> {
    let name = account.to_string();
    if hub.vault_add(tenant, DRAWER, &name, None, &to_store(&with(Vec::new()))?).await? {
        return Ok(());
    }
    hub.vault_change(tenant, DRAWER, &name, |old| to_store(&with(stored(old).ok()?)).ok()).await.map(drop)
}
