//! `GET accounts`: who there is. Seen by the administrator and by the auditor.

use super::{delegation, guard, profile};
use crate::sign_in::{Desk, credential, json};
use serde_json::{Value, json};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{AccountInfo, Result};

pub async fn list(_: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    guard::may_see(&cx).await?;
    let mut accounts = Vec::new();
    for account in cx.hub.accounts(cx.tenant.name()).await? {
        accounts.push(view(&cx, &account).await?);
    }
    cx.tenant.audit_operation(&cx.ctx, "accounts-list", None).await?;
    Ok(json::reply(200, &json!({"accounts": accounts})))
}

/// What an administrator sees of an account.
///
/// # Errors
/// `Unavailable`.
pub async fn view(cx: &RouteCtx, account: &AccountInfo) -> Result<Value> {
    let (hub, tenant, now) = (&cx.hub, cx.tenant.name(), cx.ctx.clock.now_ms());
    let profile = profile::load(hub, tenant, account.id).await?;
    let credential = credential::load(hub, tenant, account.id).await?;
    let seen = hub.tokens_of(tenant, account.id).await?.iter().map(|token| token.used).max();
    let delegations = delegation::delegations(hub, tenant, account.id, now).await?;
    let delegations = delegations
        .iter()
        .map(|d| json!({"n": d.n, "for": d.for_account.to_string(), "until": json::instant(d.until)}));
    Ok(json!({
        "id": account.id.to_string(),
        "user": account.name,
        "name": if profile.name.is_empty() { account.name.clone() } else { profile.name },
        "title": profile.title,
        "mail": profile.mail,
        "roles": account.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
        "person": account.practitioner,
        "disabled": account.disabled,
        "password_set": credential.password.is_some(),
        "second_factor": credential.has_second_factor(),
        "last_seen": seen.map(json::instant),
        "delegations": delegations.collect::<Vec<_>>(),
    }))
}
