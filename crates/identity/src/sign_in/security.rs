//! `GET account/security`: how my account is protected, and where it is signed in.

use super::desk::{self, Desk};
use super::{credential, json};
use serde_json::{Value, json};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Hub, Result, TokenInfo, TokenKind};
use uuid::Uuid;

pub async fn security(_: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let caller = desk::person(&cx)?;
    let credential = credential::load(&cx.hub, &caller.tenant, caller.actor.id).await?;
    let keys = credential.passkeys.iter().map(|key| {
        json!({
            "id": key.id,
            "name": key.name,
            "created": json::instant(key.created),
            "used": key.used.map(json::instant),
        })
    });
    Ok(json::reply(
        200,
        &json!({
            "password_set": credential.password.is_some(),
            "changed": credential.password.as_ref().map(|p| json::instant(p.changed)),
            "totp": credential.totp.is_some(),
            "passkeys": keys.collect::<Vec<_>>(),
            "recovery_left": credential.recovery.len(),
            "sessions": sessions(&cx.hub, &caller.tenant, caller.actor.id, caller.family).await?,
        }),
    ))
}

/// The sessions and apps of an account, each once, newest first.
///
/// # Errors
/// `Unavailable`.
pub async fn sessions(hub: &Hub, tenant: &str, account: Uuid, current: Option<Uuid>) -> Result<Vec<Value>> {
    let tokens = hub.tokens_of(tenant, account).await?;
    let mut shown: Vec<Uuid> = Vec::new();
    let mut out = Vec::new();
    for token in &tokens {
        let Some(family) = token.family.filter(|family| !shown.contains(family)) else { continue };
        shown.push(family);
        let of_family = tokens.iter().filter(|t| t.family == Some(family));
        let used = of_family.clone().map(|t| t.used).max().unwrap_or(token.used);
        // The session says more of itself than the token it was made of.
        let token = of_family.clone().find(|t| t.kind == TokenKind::Session).unwrap_or(token);
        out.push(view(token, family, used, current));
    }
    Ok(out)
}

fn view(token: &TokenInfo, family: Uuid, used: i64, current: Option<Uuid>) -> Value {
    json!({
        "id": family.to_string(),
        "kind": token.kind.as_str(),
        "client": token.grant.client,
        "device": token.grant.device,
        "address": token.grant.address,
        "station": token.grant.station,
        "second_factor": token.grant.second_factor,
        "created": json::instant(token.created),
        "used": json::instant(used),
        "expires": json::instant(token.expires),
        "current": current == Some(family),
    })
}
