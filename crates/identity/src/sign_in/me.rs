//! `GET me`: who is signed in, and how.

use super::desk::{Desk, ENROL};
use super::{json, passkey, session, station};
use crate::account::profile;
use serde_json::{Value, json};
use service::{RouteCtx, RouteReply, RouteRequest};
use std::sync::Arc;
use store::{Caller, Error, Result, TokenKind};

pub async fn me(desk: Arc<Desk>, cx: RouteCtx, _: RouteRequest) -> Result<RouteReply> {
    let caller = cx.caller.as_ref().ok_or(Error::Denied)?;
    Ok(json::reply(200, &view(&desk, &cx, caller).await?))
}

/// What the app shows of the person who is signed in.
///
/// # Errors
/// `Unavailable`.
pub async fn view(desk: &Desk, cx: &RouteCtx, caller: &Caller) -> Result<Value> {
    let (tenant, actor, grant) = (&*caller.tenant, &caller.actor, &caller.grant);
    let now = cx.ctx.clock.now_ms();
    let profile = profile::load(&cx.hub, tenant, actor.id).await?;
    let station = match &grant.station {
        Some(id) => station::by_id(&cx.hub, tenant, id).await?,
        None => None,
    };
    let name = if profile.name.is_empty() { actor.name.clone() } else { profile.name };
    let must: &[&str] = if is_limited(caller) { &["enrol-second-factor"] } else { &[] };
    let open = grant.break_glass.iter().filter(|glass| glass.until > now);
    let open = open.map(|g| json!({"patient": g.patient, "until": json::instant(g.until)}));
    Ok(json!({
        "user": actor.name,
        "id": actor.id.to_string(),
        "name": name,
        "title": profile.title,
        "mail": profile.mail,
        "tenant": tenant,
        "tenant_title": cx.hub.tenant_info(tenant).await?.title,
        "roles": actor.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>(),
        "practitioner": actor.person.as_deref(),
        "purpose": caller.purpose.as_str(),
        "purposes": [caller.purpose.as_str()],
        "demo": desk.is_sample(tenant),
        "version": desk.parts.version,
        "second_factor": grant.second_factor,
        "factor_age_s": grant.factor_at.map(|at| (now - at).max(0) / 1000),
        "session": session_view(caller),
        "break_glass": open.collect::<Vec<_>>(),
        "must": must,
        "station": station.map(|s| json!({"id": s.id, "name": s.name})),
        "passkeys_possible": passkey::is_possible(cx),
    }))
}

fn session_view(caller: &Caller) -> Option<Value> {
    let family = caller.family.filter(|_| caller.kind == TokenKind::Session)?;
    let idle = if caller.grant.station.is_some() { session::STATION_IDLE_S } else { session::IDLE_S };
    Some(json!({"id": family.to_string(), "idle_s": idle, "expires": json::instant(caller.expires)}))
}

/// Whether the session may do nothing but enrol a second factor.
pub fn is_limited(caller: &Caller) -> bool {
    caller.grant.client.is_none() && caller.grant.plain_scopes == ENROL
}
