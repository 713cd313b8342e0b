//! An account as a SCIM user.

use super::answer::{Answer, Fault};
use crate::account::profile;
use serde_json::{Value, json};
use service::{RouteCtx, RouteRequest};
use store::{AccountInfo, Result, Role};
use uuid::Uuid;

pub const SCHEMA: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// The directory's own number of an account, and back.
const EXTERNAL: &str = "scim-external";
/// Accounts that the directory has removed: closed here, gone there.
const REMOVED: &str = "scim-removed";

/// The accounts of people, by name, without those that were removed.
pub async fn all(cx: &RouteCtx) -> Result<Vec<AccountInfo>> {
    let gone = cx.hub.vault_list(cx.tenant.name(), REMOVED).await?;
    let mut accounts = cx.hub.accounts(cx.tenant.name()).await?;
    accounts.retain(|a| of_person(a) && !gone.iter().any(|id| id == a.id.as_bytes()));
    accounts.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(accounts)
}

/// Programs are not people.
fn of_person(account: &AccountInfo) -> bool {
    !account.roles.contains(&Role::Integration) && !account.name.starts_with("client-")
}

/// The account that the path names.
///
/// # Errors
/// 404.
pub async fn target(cx: &RouteCtx, request: &RouteRequest) -> Answer<AccountInfo> {
    by_id(cx, request.param("id")).await?.ok_or_else(Fault::not_found)
}

pub async fn by_id(cx: &RouteCtx, id: &str) -> Result<Option<AccountInfo>> {
    let Ok(id) = Uuid::parse_str(id) else { return Ok(None) };
    let tenant = cx.tenant.name();
    if cx.hub.vault(tenant, REMOVED, &id.to_string()).await?.is_some() {
        return Ok(None);
    }
    Ok(cx.hub.account_by_id(tenant, id).await?.filter(of_person))
}

pub async fn by_external(cx: &RouteCtx, external: &str) -> Result<Option<AccountInfo>> {
    let found = cx.hub.vault(cx.tenant.name(), EXTERNAL, &format!("of|{external}")).await?;
    match found.and_then(|id| Uuid::from_slice(&id).ok()) {
        Some(id) => by_id(cx, &id.to_string()).await,
        None => Ok(None),
    }
}

async fn external(cx: &RouteCtx, id: Uuid) -> Result<Option<String>> {
    let found = cx.hub.vault(cx.tenant.name(), EXTERNAL, &format!("is|{id}")).await?;
    Ok(found.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// # Errors
/// 409 when it is another account's.
pub async fn set_external(cx: &RouteCtx, id: Uuid, new: &str) -> Answer<()> {
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    let old = external(cx, id).await?;
    if old.as_deref() == Some(new) {
        return Ok(());
    }
    if !hub.vault_add(tenant, EXTERNAL, &format!("of|{new}"), None, id.as_bytes()).await? {
        return Err(Fault::new(409, "uniqueness", "this externalId is another user's"));
    }
    if let Some(old) = old {
        hub.vault_take(tenant, EXTERNAL, &format!("of|{old}")).await?;
    }
    Ok(hub.vault_put(tenant, EXTERNAL, &format!("is|{id}"), None, new.as_bytes()).await?)
}

pub async fn mark_removed(cx: &RouteCtx, id: Uuid) -> Result<()> {
    let (hub, tenant) = (&cx.hub, cx.tenant.name());
    hub.vault_put(tenant, REMOVED, &id.to_string(), None, id.as_bytes()).await?;
    if let Some(old) = external(cx, id).await? {
        hub.vault_take(tenant, EXTERNAL, &format!("of|{old}")).await?;
        hub.vault_take(tenant, EXTERNAL, &format!("is|{id}")).await?;
    }
    Ok(())
}

/// As the directory sees it.
pub async fn view(cx: &RouteCtx, account: &AccountInfo) -> Result<Value> {
    let profile = profile::load(&cx.hub, cx.tenant.name(), account.id).await?;
    let name = if profile.name.is_empty() { account.name.clone() } else { profile.name };
    let groups: Vec<Value> = account
        .roles
        .iter()
        .map(|role| json!({ "value": role.as_str(), "display": role.as_str(), "type": "direct" }))
        .collect();
    let mut out = json!({
        "schemas": [SCHEMA],
        "id": account.id.to_string(),
        "userName": account.name,
        "displayName": name,
        "name": { "formatted": name },
        "active": !account.disabled,
        "groups": groups,
        "meta": { "resourceType": "User", "location": location(cx, account.id) },
    });
    if let Some(mail) = profile.mail {
        out["emails"] = json!([{ "value": mail, "type": "work", "primary": true }]);
    }
    if let Some(title) = profile.title {
        out["title"] = title.into();
    }
    if let Some(external) = external(cx, account.id).await? {
        out["externalId"] = external.into();
    }
    Ok(out)
}

pub fn location(cx: &RouteCtx, id: Uuid) -> String {
    format!("{}/scim/v2/Users/{id}", cx.base)
}
